//! What the browser loads of a revision, in one piece: the product as written, its drawings, and the diagram that was
//! compiled of it.
//!
//! Layout: the magic bytes, the version, the [`Source`] field by field in the order of its declaration, how many drawings
//! and the name and text of each, and whether a diagram follows; if so, it is the rest. Whole numbers are in LEB128,
//! signed ones zigzag; texts, lists and tables come after their length. Equal artifacts give equal bytes on every machine.

mod bytes;
mod diagram;
mod source;

use std::collections::BTreeMap;

use bytes::{Binary, Reader};

use crate::Product;
use crate::source::Source;

/// First bytes of every artifact.
const MAGIC: &[u8; 3] = b"ATR";
/// Version of the layout. Another version is refused. It goes up when a field of [`Source`] comes, goes or moves.
pub const VERSION: u8 = 1;

/// Everything the browser needs of a revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Artifact {
    /// The product as written; nothing of it is checked by reading an artifact.
    pub source: Source,
    /// The text of each drawing by its file name.
    pub drawings: BTreeMap<String, String>,
    /// What [`Product::write_diagram`] wrote; `None` when the product is too large for a diagram.
    pub diagram: Option<Vec<u8>>,
}

/// Bytes that are no artifact or no diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArtifactError {
    /// The bytes are something else than an artifact.
    #[error("these bytes are no artifact")]
    NoArtifact,
    /// The bytes are something else than a diagram.
    #[error("these bytes are no diagram")]
    NoDiagram,
    /// The layout is of another version.
    #[error("the bytes have version {found}, this program reads version {known}")]
    Version {
        /// The version they have.
        found: u8,
        /// The version that is read.
        known: u8,
    },
    /// The product is one that [`Product::check`] refuses.
    #[error("the artifact holds a product that is not sound")]
    Unsound,
    /// The diagram has other attributes or options than the product.
    #[error("the diagram is one of another product")]
    AnotherProduct,
    /// The bytes end early, go on too long, or contradict themselves.
    #[error("the bytes are damaged at {at}")]
    Damaged {
        /// Which byte it was noticed at, counted from 0.
        at: usize,
    },
}

impl Artifact {
    /// The artifact as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        self.source.write(&mut bytes);
        self.drawings.write(&mut bytes);
        self.diagram.is_some().write(&mut bytes);
        bytes.extend(self.diagram.iter().flatten());
        bytes
    }

    /// Reads what [`Artifact::to_bytes`] wrote. The bytes may come from anywhere; [`Artifact::product`] checks what they
    /// say.
    ///
    /// # Errors
    /// The bytes are no artifact of this version, or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ArtifactError> {
        let mut reader = Reader::open(bytes, MAGIC, VERSION).ok_or(ArtifactError::NoArtifact)??;
        let source = Source::read(&mut reader)?;
        let drawings = BTreeMap::read(&mut reader)?;
        let diagram = if bool::read(&mut reader)? { Some(reader.rest().to_vec()) } else { None };
        reader.end()?;
        Ok(Self { source, drawings, diagram })
    }

    /// The product, checked, with its diagram.
    ///
    /// # Errors
    /// The product is not sound, or the diagram is damaged or one of another product.
    pub fn product(&self) -> Result<Product, ArtifactError> {
        let product = Product::check(&self.source).map_err(|_| ArtifactError::Unsound)?;
        match &self.diagram {
            Some(diagram) => product.with_diagram(diagram),
            None => Ok(product),
        }
    }
}
