//! What the browser loads of a revision, in one piece: the product as written, its drawings, and the diagram that was
//! compiled of it.
//!
//! Layout: the magic bytes, the version, the [`Source`] field by field in the order of its declaration but for its
//! translations, how many further languages and the tag and texts of each, how many drawings and the name and text of each,
//! and whether a diagram follows; if so, it is the rest. Whole numbers are in LEB128, signed ones zigzag; texts, lists and
//! tables come after their length. Equal artifacts give equal bytes on every machine.

mod source;

use std::collections::BTreeMap;

use engine::bytes::{Binary, BytesError, Reader};

use crate::Product;
use crate::check::check_published;
use crate::source::{Source, speaks};

/// First bytes of every artifact.
const MAGIC: &[u8; 3] = b"ATR";
/// Version of the layout. Another version is refused. It goes up when a field of [`Source`] comes, goes or moves.
pub const VERSION: u8 = 2;

/// Everything the browser needs of a revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Artifact {
    /// The product as written, its translations apart; nothing of it is checked by reading an artifact.
    pub source: Source,
    /// What it is called in further languages.
    pub languages: Vec<Language>,
    /// The text of each drawing by its file name.
    pub drawings: BTreeMap<String, String>,
    /// What [`Product::write_diagram`] wrote; `None` when the product is too large for a diagram.
    pub diagram: Option<Vec<u8>>,
}

/// The texts of a product in a further language. What tells them apart is their order, so a page needs no tables of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its BCP 47 tag.
    pub tag: String,
    /// In the order of [`Source::texts`]; empty ones are as written.
    pub texts: Vec<String>,
}

/// Why there is no product in some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArtifactError {
    /// The bytes are no artifact, no diagram, of another version, or damaged.
    #[error(transparent)]
    Bytes(#[from] BytesError),
    /// The product is one that [`Product::check`] refuses.
    #[error("the artifact holds a product that is not sound")]
    Unsound,
    /// The diagram has other attributes or options than the product.
    #[error("the diagram is one of another product")]
    AnotherProduct,
}

impl Artifact {
    /// The artifact of a product with these drawings, and what [`Product::write_diagram`] wrote.
    #[must_use]
    pub fn new(mut source: Source, drawings: BTreeMap<String, String>, diagram: Option<Vec<u8>>) -> Self {
        let written: Vec<String> = source.texts().map(|text| text.clone()).collect();
        let texts = |tag: &String| {
            let mut translated = source.in_language(tag);
            let texts = translated.texts().zip(&written);
            texts.map(|(text, written)| if text == written { String::new() } else { text.clone() }).collect()
        };
        let tags = source.translations.keys();
        let languages = tags.map(|tag| Language { tag: tag.clone(), texts: texts(tag) }).collect();
        source.translations.clear();
        Self { source, languages, drawings, diagram }
    }

    /// The artifact as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        self.source.write(&mut bytes);
        self.languages.write(&mut bytes);
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
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BytesError> {
        let mut reader = Reader::open(bytes, MAGIC, VERSION, "artifact")?;
        let source = Source::read(&mut reader)?;
        let languages = Vec::read(&mut reader)?;
        let drawings = BTreeMap::read(&mut reader)?;
        let diagram = if bool::read(&mut reader)? { Some(reader.rest().to_vec()) } else { None };
        reader.end()?;
        Ok(Self { source, languages, drawings, diagram })
    }

    /// The artifact with the texts of a language in place of those as written, or of the one that comes closest as
    /// [`Source::in_language`] has it. All languages share one diagram.
    #[must_use]
    pub fn in_language(mut self, tag: &str) -> Self {
        let written = if speaks(&self.source.language, tag) { self.source.language.len() } else { 0 };
        self.languages.retain(|language| language.tag.len() > written && speaks(&language.tag, tag));
        // They ascend, so a language comes before its variants.
        if let Some(Language { tag, texts }) = self.languages.pop() {
            self.source.language = tag;
            let pairs = self.source.texts().zip(texts);
            pairs.filter(|(_, translated)| !translated.is_empty()).for_each(|(text, new)| *text = new);
        }
        self.languages.clear();
        self
    }

    /// The product, checked, with its diagram.
    ///
    /// # Errors
    /// The product is not sound, or the diagram is damaged or one of another product.
    pub fn product(&self) -> Result<Product, ArtifactError> {
        let product = check_published(&self.source).map_err(|_| ArtifactError::Unsound)?;
        match &self.diagram {
            Some(diagram) => product.with_diagram(diagram),
            None => Ok(product),
        }
    }
}
