//! Revisions in memory: the product, checked, with what answers for it. As many stay there as fit, and each is made once
//! for all who wait for it.

use std::sync::Arc;

use configurator::artifact::Artifact;
use configurator::{Configured, Product, RevisionNumber, ServedBy, Slug, StartPolicy};
use quick_cache::sync::Cache;
use quick_cache::{OptionsBuilder, Weighter};
use time::OffsetDateTime;

use super::bundle::{Bundle, configured, inspect};
use super::prepared::{KeptArtifactError, PackedArtifact, Prepared};
use super::spoken::Languages;
use super::store::RevisionRow;
use crate::drafts::draft::Draft;
use crate::error::ShopError;
use crate::secret::short_hash;
use crate::stock::missing::Missing;
use crate::stock::store::SoldOut;
use crate::store_error::StoreError;

/// One immutable published state of a product.
#[derive(Debug)]
pub struct Revision {
    /// The product's address in the shop.
    pub slug: Slug,
    /// Counts from 1 for each product.
    pub number: RevisionNumber,
    /// What it holds.
    pub bundle: Bundle,
    /// The product with what answers for it: its diagram, or its solver where that would be too large.
    pub product: Configured,
    /// What the browser loads: an [`Artifact`] as bytes, compressed.
    pub artifact: PackedArtifact,
    /// When it was published.
    pub published_at: OffsetDateTime,
    /// Who published it.
    pub published_by: String,
    /// About how many bytes it takes in memory.
    weight: u64,
    /// What was made of it for readers.
    pub(super) languages: Languages,
    /// What of it is sold out.
    pub(crate) missing: Option<Missing>,
}

impl Revision {
    /// How the product's setting has a shopper start who agreed to a personal start. Without a question about use nobody's orders
    /// teach, and everybody starts from the standard.
    #[must_use]
    pub fn start_policy(&self) -> StartPolicy {
        self.bundle.source.uses.as_ref().map_or(StartPolicy::Standard, |uses| uses.start)
    }

    /// The same with what is sold out taken off.
    pub(crate) fn missing(&self, product: Configured, artifact: PackedArtifact, missing: Missing) -> Self {
        Self {
            slug: self.slug.clone(),
            number: self.number,
            bundle: self.bundle.clone(),
            product,
            artifact,
            published_at: self.published_at,
            published_by: self.published_by.clone(),
            weight: self.weight,
            languages: Languages::default(),
            missing: Some(missing),
        }
    }

    /// Whether something of it is sold out.
    pub(crate) fn misses_some(&self) -> bool {
        self.missing.is_some()
    }

    /// What of it is sold out.
    pub(crate) fn sold_out(&self) -> Vec<SoldOut> {
        self.missing.as_ref().map(Missing::sold_out).unwrap_or_default()
    }

    /// The stated use if it is one of the product's answers: others are not learnt from and not remembered.
    pub(crate) fn known_use<'u>(&self, stated_use: Option<&'u str>) -> Option<&'u str> {
        let mut answers = self.product.uses.iter().flat_map(|uses| &uses.answers);
        stated_use.filter(|stated| answers.any(|answer| answer.code == *stated))
    }
}

/// A revision without what is sold out.
pub(crate) type RevisionKey = (Slug, RevisionNumber, Vec<SoldOut>);

/// Revisions in memory, which never change. The least used make room for others.
pub(crate) type Revisions = Cache<RevisionKey, Arc<Revision>, InBytes>;

#[derive(Clone)]
pub(crate) struct InBytes;

impl Weighter<RevisionKey, Arc<Revision>> for InBytes {
    fn weight(&self, _: &RevisionKey, revision: &Arc<Revision>) -> u64 {
        revision.weight
    }
}

/// How many bytes the revisions in memory may take, about.
const ROOM: u64 = 64 << 20;
/// About how many revisions that are.
const MANY: usize = 512;
/// How many times its text as JSON a bundle takes in memory, with the product that is made of it. With the demo products
/// all three estimates together come out a little above what is measured, 1.2 megabytes each.
const TIMES_TEXT: u64 = 8;
/// How many times its artifact a revision takes in memory for its readers: with the product in each language.
const TIMES_ARTIFACT: u64 = 6;
/// How many times its bytes a diagram takes in memory.
const TIMES_DIAGRAM: u64 = 12;

/// Room for revisions.
pub(crate) fn revisions() -> Revisions {
    // In one piece, so that a large product fits.
    let options =
        OptionsBuilder::new().shards(1).estimated_items_capacity(MANY).weight_capacity(ROOM).build();
    match options {
        Ok(options) => Cache::with_options(options, InBytes, Default::default(), Default::default()),
        Err(_) => Cache::with_weighter(MANY, ROOM, InBytes),
    }
}

/// A stored revision in memory, and what was prepared of it if nothing was kept that can be used.
pub(super) fn make(
    row: RevisionRow,
    kept: Option<PackedArtifact>,
) -> Result<(Revision, Option<Prepared>), ShopError> {
    let what = || format!("revision {} of '{}'", row.number, row.slug);
    if short_hash(row.bundle.as_bytes()) != row.hash {
        let reason = "it is not what was published: its hash is another".to_owned();
        return Err(StoreError::Unreadable { what: what(), reason }.into());
    }
    let bundle = Bundle::read(&row.bundle, what)?;
    let broken =
        |problems| ShopError::BrokenRevision { slug: row.slug.clone(), number: row.number, problems };
    let product = Product::check(&bundle.source).map_err(broken)?;
    let kept = kept.and_then(|artifact| match with_kept(&product, &artifact) {
        Ok(product) => Some((product, artifact)),
        Err(error) => {
            tracing::warn!(slug = %row.slug, number = %row.number, %error, "a kept artifact is made anew");
            None
        }
    });
    let (product, artifact, anew) = match kept {
        Some((product, artifact)) => (product, artifact, None),
        None => {
            let product = configured(product).map_err(broken)?;
            if product.served_by() == ServedBy::Solver {
                tracing::info!(slug = %row.slug, "too large for a diagram: the solver answers");
            }
            let prepared = Prepared::of(&bundle, &product);
            (product, prepared.artifact.clone(), Some(prepared))
        }
    };
    let weight = weight(row.bundle.len(), &product, &artifact);
    let revision = Revision {
        slug: row.slug,
        number: row.number,
        bundle,
        product,
        artifact,
        published_at: row.published_at,
        published_by: row.published_by,
        weight,
        languages: Languages::default(),
        missing: None,
    };
    Ok((revision, anew))
}

/// About how many bytes a revision takes in memory, of which the bundle is so many as JSON.
fn weight(bundle: usize, product: &Configured, artifact: &PackedArtifact) -> u64 {
    let diagram = product.diagram().map_or(0, |diagram| diagram.to_bytes().len());
    TIMES_TEXT * bundle as u64
        + TIMES_DIAGRAM * diagram as u64
        + TIMES_ARTIFACT * artifact.brotli.len() as u64
}

/// A draft under the address and number by which it is walked, in memory alone; nothing where it could not be published. May take as
/// long as [`inspect`].
pub(crate) fn of_draft(
    slug: Slug,
    number: RevisionNumber,
    draft: Draft,
    at: OffsetDateTime,
) -> Option<Revision> {
    let product = inspect(&draft.bundle).ok()?;
    let artifact = Prepared::of(&draft.bundle, &product).artifact;
    let (text, _) = draft.bundle.write().ok()?;
    Some(Revision {
        slug,
        number,
        weight: weight(text.len(), &product, &artifact),
        bundle: draft.bundle,
        product,
        artifact,
        published_at: draft.changed_at.unwrap_or(at),
        published_by: draft.changed_by,
        languages: Languages::default(),
        missing: None,
    })
}

/// The product with the diagram of its kept artifact, or with its solver where that has none.
fn with_kept(product: &Product, artifact: &PackedArtifact) -> Result<Configured, KeptArtifactError> {
    let artifact = Artifact::from_bytes(&artifact.unpack()?)?;
    if artifact.product != *product {
        return Err(KeptArtifactError::AnotherProduct);
    }
    match artifact.diagram {
        Some(diagram) => Ok(Configured::with_diagram(artifact.product, &diagram)?),
        None => Configured::with_solver(artifact.product).map_err(|_| KeptArtifactError::NoSolver),
    }
}
