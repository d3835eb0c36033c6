//! A revision in memory: the product, checked, with what answers for it.

use configurator::artifact::Artifact;
use configurator::{Money, Product, RevisionNumber, ServedBy, Slug};
use time::OffsetDateTime;

use super::low_price::low_price;
use super::{Bundle, RevisionRow};
use crate::error::ShopError;
use crate::secret::short_hash;
use crate::store::StoreError;

/// One immutable published state of a product.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The product's address in the shop.
    pub slug: Slug,
    /// Counts from 1 for each product.
    pub number: RevisionNumber,
    /// What it holds.
    pub bundle: Bundle,
    /// The product, checked, and compiled unless it is too large for that.
    pub product: Product,
    /// What the browser loads: an [`Artifact`] as bytes.
    pub artifact: Vec<u8>,
    /// First 16 hexadecimal digits of the artifact's SHA-256.
    pub hash: String,
    /// The lowest price of a valid design; of a product without an exact price range, the lowest that was found.
    pub low_price: Money,
    /// When it was published.
    pub published_at: OffsetDateTime,
    /// Who published it.
    pub published_by: String,
}

impl Revision {
    /// The stated use if it is one of the product's answers: others are not learnt from and not remembered.
    pub(crate) fn known_use<'u>(&self, stated_use: Option<&'u str>) -> Option<&'u str> {
        let mut answers = self.product.uses.iter().flat_map(|uses| &uses.answers);
        stated_use.filter(|stated| answers.any(|answer| answer.code == *stated))
    }
}

/// Checks and compiles a stored revision.
pub(super) fn checked(row: RevisionRow) -> Result<Revision, ShopError> {
    let what = || format!("revision {} of '{}'", row.number, row.slug);
    if short_hash(row.bundle.as_bytes()) != row.hash {
        let reason = "it is not what was published: its hash is another".to_owned();
        return Err(StoreError::Unreadable { what: what(), reason }.into());
    }
    let bundle = Bundle::read(&row.bundle, what)?;
    let mut product = Product::check(&bundle.source).map_err(|problems| ShopError::BrokenRevision {
        slug: row.slug.clone(),
        number: row.number,
        problems,
    })?;
    match product.prepare() {
        ServedBy::Diagram => {}
        ServedBy::Solver => tracing::info!(slug = %row.slug, "too large for a diagram: the solver answers"),
        ServedBy::Search => {
            tracing::warn!(slug = %row.slug, "too large for a diagram and for the solver: the search answers")
        }
    }
    let artifact = Artifact::new(bundle.source.clone(), bundle.drawings.clone(), product.write_diagram());
    let artifact = artifact.to_bytes();
    Ok(Revision {
        hash: short_hash(&artifact),
        low_price: low_price(&product),
        slug: row.slug,
        number: row.number,
        bundle,
        product,
        artifact,
        published_at: row.published_at,
        published_by: row.published_by,
    })
}
