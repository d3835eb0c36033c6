//! What is made of a revision once, when it is published or loaded, so that no page view has to: what a list says of it,
//! and what the browser loads.

use std::collections::BTreeSet;
use std::io::Read;

use configurator::Configured;
use configurator::artifact::{self, Artifact, ArtifactError};
use configurator::source::Source;
use words::Language;

use super::bundle::Bundle;
use super::low_price::low_price;
use crate::secret::short_hash;

/// Version of what is made of a revision. It goes up by one in a release that makes something else of it: artifacts of another
/// [`artifact::VERSION`], or a list that says more.
pub const FORMAT: u8 = 8;
/// That of the release before, which may be running on the same database and needs what it made.
pub(crate) const FORMER_FORMAT: u8 = 7;
// Another version of artifacts is another format.
const _: () = assert!(artifact::VERSION == 7 && FORMER_FORMAT + 1 == FORMAT);

/// What is made of a revision once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// Its version.
    pub format: u8,
    /// The product's name.
    pub name: String,
    /// The product in one sentence.
    pub summary: String,
    /// Both in further languages that the shop speaks.
    pub texts: Vec<ListingTexts>,
    /// What else it is found by, in every language that the shop speaks, a text on a line.
    pub found_by: String,
    /// ISO 4217 code of the prices.
    pub currency: String,
    /// The lowest price of a valid design in minor units; of a product without an exact price range, the lowest that was
    /// found.
    pub low_price: i64,
    /// The price of the standard design in minor units.
    pub standard_price: i64,
    /// The highest price of a valid design in minor units, where the prices of all designs are known.
    pub high_price: Option<i64>,
    /// Days from order to dispatch of the standard design.
    pub lead_time_days: u32,
    /// What the browser loads.
    pub artifact: PackedArtifact,
}

impl Prepared {
    /// What is made of a bundle and of its product, which is compiled already. Takes tens of milliseconds.
    pub(crate) fn of(bundle: &Bundle, product: &Configured) -> Self {
        let standard = product.quote(product.standard());
        let artifact =
            Artifact::new(product, &bundle.source, preview::used(&bundle.source, &bundle.drawings));
        Self {
            format: FORMAT,
            name: product.name.clone(),
            summary: product.summary.clone(),
            texts: texts(&bundle.source),
            found_by: found_by(&bundle.source),
            currency: standard.total.currency.code().to_owned(),
            low_price: low_price(product).amount,
            standard_price: standard.total.amount,
            high_price: product.price_range().map(|(_, high)| high),
            lead_time_days: standard.lead_time_days,
            artifact: PackedArtifact::pack(&artifact.to_bytes()),
        }
    }
}

/// What a list says of a product in a further language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingTexts {
    /// BCP 47 tag.
    pub language: String,
    /// The product's name.
    pub name: String,
    /// The product in one sentence.
    pub summary: String,
}

fn texts(source: &Source) -> Vec<ListingTexts> {
    let texts = Language::ALL.into_iter().map(|language| {
        let Source { name, summary, .. } = source.in_language(language.tag());
        ListingTexts { language: language.tag().to_owned(), name, summary }
    });
    texts.filter(|texts| texts.name != source.name || texts.summary != source.summary).collect()
}

/// Most bytes that a product is found by: a search reads them all.
const MOST_FOUND_BY: usize = 64 * 1024;

/// Every text that a product is found by beside name and summary, once: its search words, and what ready-made designs, uses,
/// attributes and options are called.
fn found_by(source: &Source) -> String {
    let spoken = Language::ALL.into_iter().map(|language| source.in_language(language.tag()));
    // Where there is too much, the search words stay.
    let (mut words, mut texts) = (BTreeSet::new(), BTreeSet::new());
    for source in std::iter::once(source.clone()).chain(spoken) {
        words.insert(source.search_words);
        texts.extend(source.designs.into_iter().flat_map(|design| [design.label, design.summary]));
        let answers = source.uses.into_iter().flat_map(|uses| uses.answers);
        texts.extend(answers.flat_map(|answer| [answer.label, answer.people]));
        for attribute in source.attributes {
            texts.insert(attribute.label);
            let sold = attribute.options.into_iter().filter(|option| option.available);
            texts.extend(sold.map(|option| option.label));
        }
    }
    let all = words.into_iter().chain(texts).filter(|text| !text.is_empty());
    let mut found_by = all.collect::<Vec<_>>().join("\n");
    found_by.truncate(found_by.floor_char_boundary(MOST_FOUND_BY));
    found_by
}

/// An [`Artifact`]'s bytes, compressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedArtifact {
    /// First 16 hexadecimal digits of the SHA-256 of the artifact's bytes.
    pub hash: String,
    /// The bytes, as Brotli compresses them.
    pub brotli: Vec<u8>,
}

/// A kept artifact that is none of this revision and release.
#[derive(Debug, thiserror::Error)]
pub enum KeptArtifactError {
    /// The bytes are not what Brotli made.
    #[error("the bytes can't be decompressed: {0}")]
    Packed(#[from] std::io::Error),
    /// The bytes are others than were kept.
    #[error("its hash is {found}, not {kept}")]
    Hash {
        /// What was kept.
        kept: String,
        /// What the bytes have.
        found: String,
    },
    /// It holds the product otherwise than this release checks it.
    #[error("it holds another product than the revision")]
    AnotherProduct,
    /// It has no diagram, and the rules are too large for the solver.
    #[error("it has no diagram, and the rules are too large for the solver")]
    NoSolver,
    /// The bytes say something else than an artifact.
    #[error(transparent)]
    Artifact(#[from] ArtifactError),
}

/// Most bytes of an artifact: a product with more is none that a browser could load.
const LARGEST: u64 = 64 << 20;
const BUFFER: usize = 16 << 10;
/// Of 0 to 11; the last steps take many times as long for a few hundredths.
const QUALITY: u32 = 9;
/// Bits of the window.
const WINDOW: u32 = 22;

impl PackedArtifact {
    /// Compresses an artifact's bytes.
    #[must_use]
    pub fn pack(bytes: &[u8]) -> Self {
        let mut brotli = Vec::new();
        let read = brotli::CompressorReader::new(bytes, BUFFER, QUALITY, WINDOW).read_to_end(&mut brotli);
        debug_assert!(read.is_ok(), "reading from memory into memory");
        Self { hash: short_hash(bytes), brotli }
    }

    /// The artifact's bytes.
    ///
    /// # Errors
    /// They are not what was packed.
    pub fn unpack(&self) -> Result<Vec<u8>, KeptArtifactError> {
        let mut bytes = Vec::new();
        brotli::Decompressor::new(self.brotli.as_slice(), BUFFER).take(LARGEST).read_to_end(&mut bytes)?;
        let found = short_hash(&bytes);
        if found == self.hash {
            Ok(bytes)
        } else {
            Err(KeptArtifactError::Hash { kept: self.hash.clone(), found })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_back_and_nothing_else_does() {
        let bytes: Vec<u8> = (0..50_000_u32).map(|number| u8::try_from(number % 251 % 7).unwrap()).collect();
        let packed = PackedArtifact::pack(&bytes);
        assert!(packed.brotli.len() < bytes.len() / 10);
        assert_eq!(packed.unpack().unwrap(), bytes);

        let other =
            PackedArtifact { brotli: PackedArtifact::pack(b"something else").brotli, ..packed.clone() };
        assert!(matches!(other.unpack(), Err(KeptArtifactError::Hash { .. })));
        let early = PackedArtifact { brotli: packed.brotli[..packed.brotli.len() / 2].to_vec(), ..packed };
        assert!(matches!(early.unpack(), Err(KeptArtifactError::Packed(_))));
    }
}
