//! A product being edited.

use configurator::{RevisionNumber, Slug};
use time::OffsetDateTime;

use super::store::DraftRow;
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;

/// A product being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The product.
    pub slug: Slug,
    /// Grows with every save; 0 when it equals the live revision.
    pub version: i64,
    /// Number of the live revision it started from.
    pub base: RevisionNumber,
    /// What is edited.
    pub bundle: Bundle,
    /// When it was last saved.
    pub changed_at: Option<OffsetDateTime>,
    /// Who saved it last; nobody yet when empty.
    pub changed_by: String,
}

impl Draft {
    /// A draft as it is kept.
    pub(crate) fn read(row: DraftRow) -> Result<Self, ShopError> {
        let bundle = Bundle::read(&row.bundle, || format!("the draft of '{}'", row.slug))?;
        Ok(Self::of(row, bundle))
    }

    /// A draft as it is kept, whose bundle was read already.
    pub(super) fn of(row: DraftRow, bundle: Bundle) -> Self {
        Self {
            slug: row.slug,
            version: row.version,
            base: row.base,
            bundle,
            changed_at: Some(row.changed_at),
            changed_by: row.changed_by,
        }
    }
}
