//! What the browser loads of a revision, in one piece: the product as checked, its drawings, and the diagram that was compiled
//! of it. Whoever reads it needs neither what checks products as written nor what reads rules.
//!
//! Layout: the magic bytes, the version, the [`Product`] field by field, how many further languages and the tag and texts of
//! each, how many drawings and the name and text of each, and whether a diagram follows; if so, it is the rest. Whole numbers
//! are in LEB128, signed ones zigzag; texts, lists and tables come after their length. Equal artifacts give equal bytes on
//! every machine.

pub(crate) mod error;
mod product;
mod sound;

use std::collections::BTreeMap;

use engine::bytes::{Binary, Reader};

pub use error::ArtifactError;

use crate::configured::Configured;
use crate::product::Product;
use crate::source::{Source, speaks};

/// First bytes of every artifact.
const MAGIC: &[u8; 3] = b"ATR";
/// Version of the layout. Another version is refused. It goes up when a field of [`Product`] comes, goes or moves, and when
/// the model made of a product, and so what its diagram means, changes.
pub const VERSION: u8 = 7;

/// Everything the browser needs of a revision.
#[derive(Clone, Debug, PartialEq)]
pub struct Artifact {
    /// The product as checked.
    pub product: Product,
    /// What it is called in further languages.
    pub languages: Vec<Language>,
    /// The text of each drawing by its file name.
    pub drawings: BTreeMap<String, String>,
    /// What [`Configured::write_diagram`] wrote; `None` when the product is too large for a diagram.
    pub diagram: Option<Vec<u8>>,
}

/// The texts of a product in a further language. What tells them apart is their order, so a page needs no tables of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its BCP 47 tag.
    pub tag: String,
    /// In the order of [`Product::texts`]; empty ones are as written.
    pub texts: Vec<String>,
}

impl Artifact {
    /// The artifact of a product with the translations of its source and these drawings.
    #[must_use]
    pub fn new(configured: &Configured, source: &Source, drawings: BTreeMap<String, String>) -> Self {
        let product = configured.product().as_ref().clone();
        let texts = |tag: &String| {
            // A translated product has the same attributes, so the same texts in the same places.
            let translated = Product::check(&source.in_language(tag));
            let (mut written, mut translated) =
                (product.clone(), translated.unwrap_or_else(|_| product.clone()));
            let pairs = translated.texts().zip(written.texts());
            pairs.map(|(text, written)| if text == written { String::new() } else { text.clone() }).collect()
        };
        let tags = source.translations.keys();
        let languages = tags.map(|tag| Language { tag: tag.clone(), texts: texts(tag) }).collect();
        Self { product, languages, drawings, diagram: configured.write_diagram() }
    }

    /// The artifact as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(VERSION);
        self.product.write(&mut bytes);
        self.languages.write(&mut bytes);
        self.drawings.write(&mut bytes);
        self.diagram.is_some().write(&mut bytes);
        bytes.extend(self.diagram.iter().flatten());
        bytes
    }

    /// Reads what [`Artifact::to_bytes`] wrote. The bytes may come from anywhere: what is read can be gone through without
    /// harm.
    ///
    /// # Errors
    /// The bytes are no artifact of this version, or damaged; or the product is none that [`Product::check`] makes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ArtifactError> {
        let mut reader = Reader::open(bytes, MAGIC, VERSION, "artifact")?;
        let mut product = Product::read(&mut reader)?;
        product.words = words::of(&product.language);
        let languages = Vec::read(&mut reader)?;
        let drawings = BTreeMap::read(&mut reader)?;
        let diagram = if bool::read(&mut reader)? { Some(reader.rest().to_vec()) } else { None };
        reader.end()?;
        if product.is_sound() {
            Ok(Self { product, languages, drawings, diagram })
        } else {
            Err(ArtifactError::Unsound)
        }
    }

    /// The artifact with the texts of a language in place of those as written, or of the one that comes closest as
    /// [`Source::in_language`] has it. All languages share one diagram.
    #[must_use]
    pub fn in_language(mut self, tag: &str) -> Self {
        let written = if speaks(&self.product.language, tag) { self.product.language.len() } else { 0 };
        self.languages.retain(|language| language.tag.len() > written && speaks(&language.tag, tag));
        // They ascend, so a language comes before its variants.
        if let Some(Language { tag, texts }) = self.languages.pop() {
            self.product.words = words::of(&tag);
            self.product.language = tag;
            let pairs = self.product.texts().zip(texts);
            pairs.filter(|(_, translated)| !translated.is_empty()).for_each(|(text, new)| *text = new);
        }
        self.languages.clear();
        self
    }

    /// The product with its diagram.
    ///
    /// # Errors
    /// There is no diagram, or it is damaged or one of another product.
    pub fn configured(self) -> Result<Configured, ArtifactError> {
        let diagram = self.diagram.ok_or(ArtifactError::NoDiagram)?;
        Configured::with_diagram(self.product, &diagram)
    }
}
