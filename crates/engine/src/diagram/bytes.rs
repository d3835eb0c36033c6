//! Diagrams as bytes: what the server compiled is what the browser reads.
//!
//! Layout: the magic bytes, the version, then whole numbers in LEB128 (signed ones zigzag): how many variables and the
//! size of each; how many nodes; for each node how many arcs; for each arc its cost and how many factors; for each factor
//! twice the literal, or twice the distance back to the node plus one. Equal diagrams give equal bytes on every machine.

use crate::bytes::{Binary, BytesError, MOST, Reader, write};
use crate::diagram::{Diagram, narrow};

/// First bytes of every diagram.
const MAGIC: &[u8; 3] = b"ATD";
/// Version of the layout. Another version is refused.
const VERSION: u8 = 1;

impl Diagram {
    /// What [`Diagram::from_bytes`] reads; the same for equal diagrams.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        let literals = self.literals();
        write(&mut bytes, self.variables() as u64);
        for size in self.sizes() {
            write(&mut bytes, size as u64);
        }
        write(&mut bytes, self.nodes() as u64);
        for node in 0..self.nodes() {
            let arcs = self.arcs_of(node);
            write(&mut bytes, arcs.len() as u64);
            for arc in arcs {
                self.costs[arc].write(&mut bytes);
                let factors = self.factors_of_arc(arc);
                write(&mut bytes, factors.len() as u64);
                for &factor in factors {
                    let factor = factor as usize;
                    write(
                        &mut bytes,
                        if factor < literals {
                            factor as u64 * 2
                        } else {
                            (literals + node - factor) as u64 * 2 + 1
                        },
                    );
                }
            }
        }
        bytes
    }

    /// Reads what [`Diagram::to_bytes`] wrote. The bytes may come from anywhere: what is read can be gone through without
    /// harm, though only what was written answers rightly.
    ///
    /// # Errors
    /// The bytes are no diagram of this version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BytesError> {
        let mut reader = Reader::open(bytes, MAGIC, VERSION, "diagram")?;
        let variables = reader.length()?;
        let mut first = Vec::with_capacity(variables + 1);
        first.push(0_u32);
        let mut literals = 0_usize;
        for _ in 0..variables {
            literals += reader.number(MOST)?;
            if literals > MOST {
                return Err(reader.damaged());
            }
            first.push(narrow(literals));
        }
        let nodes = reader.length()?;
        let mut diagram = Self { first, ..Self::default() };
        if nodes > 0 {
            diagram.arcs.push(0);
            diagram.factors_of.push(0);
        }
        for node in 0..nodes {
            let arcs = reader.length()?;
            if arcs == 0 {
                return Err(reader.damaged());
            }
            for _ in 0..arcs {
                diagram.costs.push(i64::read(&mut reader)?);
                for _ in 0..reader.length()? {
                    let written = reader.number(MOST * 2)?;
                    let factor = match (written & 1 == 0, written >> 1) {
                        (true, literal) if literal < literals => literal,
                        (false, back) if (1..=node).contains(&back) => literals + node - back,
                        _ => return Err(reader.damaged()),
                    };
                    diagram.factors.push(narrow(factor));
                }
                diagram.factors_of.push(narrow(diagram.factors.len()));
            }
            diagram.arcs.push(narrow(diagram.costs.len()));
        }
        reader.end()?;
        Ok(diagram.in_columns())
    }
}
