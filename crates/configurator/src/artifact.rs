//! Diagrams as bytes: what the server compiled is what the browser reads.
//!
//! Layout: the magic bytes, the version, then whole numbers in LEB128 (signed ones zigzag): how many variables and the
//! size of each; how many nodes; for each node how many arcs; for each arc its cost and how many factors; for each factor
//! twice the literal, or twice the distance back to the node plus one. Equal diagrams give equal bytes on every machine.

use crate::diagram::Diagram;

/// First bytes of every artifact.
const MAGIC: &[u8; 3] = b"ATD";
/// Version of the layout. Another version is refused.
pub const VERSION: u8 = 1;
/// Most literals, nodes, arcs and factors that are read.
const MOST: usize = 50_000_000;

/// Bytes that are no diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArtifactError {
    /// The bytes are something else.
    #[error("these bytes are no diagram")]
    NoDiagram,
    /// The layout is of another version.
    #[error("the diagram has version {found}, this program reads version {VERSION}")]
    Version {
        /// The version it has.
        found: u8,
    },
    /// The diagram has other attributes or options than the product.
    #[error("the diagram is one of another product")]
    AnotherProduct,
    /// The bytes end early, go on too long, or contradict themselves.
    #[error("the diagram is damaged at byte {at}")]
    Damaged {
        /// Where it was noticed.
        at: usize,
    },
}

impl Diagram {
    /// The diagram as bytes.
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
            let arcs = self.arcs[node] as usize..self.arcs[node + 1] as usize;
            write(&mut bytes, arcs.len() as u64);
            for arc in arcs {
                let cost = self.costs[arc];
                write(&mut bytes, (cost.cast_unsigned() << 1) ^ (cost >> 63).cast_unsigned());
                let factors = self.factors_of[arc] as usize..self.factors_of[arc + 1] as usize;
                write(&mut bytes, factors.len() as u64);
                for &factor in &self.factors[factors] {
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
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ArtifactError> {
        let Some((magic, rest)) = bytes.split_first_chunk::<3>() else {
            return Err(ArtifactError::NoDiagram);
        };
        let Some((&found, _)) = rest.split_first().filter(|_| magic == MAGIC) else {
            return Err(ArtifactError::NoDiagram);
        };
        if found != VERSION {
            return Err(ArtifactError::Version { found });
        }
        let mut reader = Reader { bytes, at: 4 };
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
            diagram.arcs.reserve(nodes + 1);
            diagram.arcs.push(0);
            diagram.factors_of.push(0);
        }
        for node in 0..nodes {
            for _ in 0..reader.length()? {
                let cost = reader.unsigned()?;
                diagram.costs.push((cost >> 1).cast_signed() ^ -(cost & 1).cast_signed());
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
        if reader.at == bytes.len() { Ok(diagram) } else { Err(reader.damaged()) }
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn write(bytes: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Reader<'_> {
    fn damaged(&self) -> ArtifactError {
        ArtifactError::Damaged { at: self.at }
    }

    fn unsigned(&mut self) -> Result<u64, ArtifactError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let Some(&byte) = self.bytes.get(self.at) else { return Err(self.damaged()) };
            self.at += 1;
            let part = u64::from(byte & 0x7f);
            if part << shift >> shift != part {
                return Err(self.damaged());
            }
            number |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(self.damaged())
    }

    fn number(&mut self, most: usize) -> Result<usize, ArtifactError> {
        let number = self.unsigned()?;
        usize::try_from(number).ok().filter(|&number| number <= most).ok_or_else(|| self.damaged())
    }

    /// How many entries follow: each takes at least a byte, so there can't be more than there are bytes left.
    fn length(&mut self) -> Result<usize, ArtifactError> {
        let length = self.number(MOST)?;
        if length <= self.bytes.len() - self.at { Ok(length) } else { Err(self.damaged()) }
    }
}
