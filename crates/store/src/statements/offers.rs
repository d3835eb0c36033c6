//! For how long revisions are offered.

use std::collections::BTreeMap;

use shop::catalogue::{EndingPrices, Offer, Reasons, Withdrawal};
use shop::{RevisionNumber, Slug};
use sqlx::FromRow;
use time::Duration;

use crate::rows::{MaybeMoment, Moment};

pub(crate) const OFFER: &str = "\
    SELECT superseded_at, hold_days, withdrawn_at, withdrawn_by, reason, reasons FROM offers
    WHERE slug = $1 AND revision = $2";
/// Its prices hold from now on as long as the release says that published it, if one did.
pub(crate) const SUPERSEDE: &str = "\
    INSERT INTO offers (slug, revision, superseded_at, hold_days)
    SELECT slug, live_revision, $3,
        (SELECT releases.hold_days FROM release_products JOIN releases ON releases.id = release_products.release
            WHERE release_products.slug = products.slug AND release_products.published = products.live_revision
            ORDER BY releases.id DESC LIMIT 1)
    FROM products WHERE slug = $1 AND live_revision <> $2 AND standing NOT IN ('removed', 'moved')
        AND EXISTS (SELECT 1 FROM revisions WHERE slug = $1 AND number = $2)
        AND NOT EXISTS (SELECT 1 FROM offers WHERE slug = $1 AND revision = $2 AND withdrawn_at IS NOT NULL)
    ON CONFLICT (slug, revision) DO UPDATE SET superseded_at = excluded.superseded_at, hold_days = excluded.hold_days";
pub(crate) const IS_LIVE: &str = "\
    UPDATE offers SET superseded_at = NULL WHERE slug = $1 AND revision = $2 AND withdrawn_at IS NULL";
pub(crate) const WITHDRAW: &str = "\
    INSERT INTO offers (slug, revision, withdrawn_at, withdrawn_by, reason, reasons)
    SELECT slug, number, $3, $4, $5, $6 FROM revisions WHERE slug = $1 AND number = $2
        AND NOT EXISTS (SELECT 1 FROM products WHERE slug = $1 AND live_revision = $2)
    ON CONFLICT (slug, revision) DO UPDATE SET withdrawn_at = excluded.withdrawn_at,
        withdrawn_by = excluded.withdrawn_by, reason = excluded.reason, reasons = excluded.reasons";
pub(crate) const OFFER_AGAIN: &str = "\
    UPDATE offers SET withdrawn_at = NULL, withdrawn_by = NULL, reason = NULL, reasons = '{}'
    WHERE slug = $1 AND revision = $2 AND withdrawn_at IS NOT NULL
        AND revision > (SELECT unseen FROM products WHERE slug = $1)";

/// Those whose prices end after `$2` and not after `$3`; a day has so many milliseconds.
pub(crate) const ENDING: &str = "\
    SELECT slug, revision, superseded_at + COALESCE(hold_days, $1) * 86400000 AS ends FROM offers
    WHERE superseded_at IS NOT NULL AND withdrawn_at IS NULL
        AND superseded_at + COALESCE(hold_days, $1) * 86400000 > $2
        AND superseded_at + COALESCE(hold_days, $1) * 86400000 <= $3
        AND slug IN (SELECT slug FROM products WHERE standing IN ('listed', 'hidden'))
    ORDER BY ends, slug, revision";

#[derive(FromRow)]
pub(crate) struct EndingRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(try_from = "i64")]
    revision: RevisionNumber,
    #[sqlx(try_from = "i64")]
    ends: Moment,
}

impl From<EndingRecord> for EndingPrices {
    fn from(row: EndingRecord) -> Self {
        Self { slug: row.slug, number: row.revision, ends: row.ends.0 }
    }
}

/// An offer's columns; all empty where nothing is kept of it.
#[derive(FromRow)]
pub(crate) struct OfferRecord {
    #[sqlx(try_from = "Option<i64>")]
    superseded_at: MaybeMoment,
    hold_days: Option<i64>,
    #[sqlx(try_from = "Option<i64>")]
    withdrawn_at: MaybeMoment,
    withdrawn_by: Option<String>,
    reason: Option<String>,
    #[sqlx(try_from = "Option<String>")]
    reasons: ByLanguage,
}

/// A reason by language, as JSON.
struct ByLanguage(BTreeMap<String, String>);

impl TryFrom<Option<String>> for ByLanguage {
    type Error = serde_json::Error;

    fn try_from(text: Option<String>) -> Result<Self, Self::Error> {
        text.as_deref().map_or_else(|| Ok(BTreeMap::new()), serde_json::from_str).map(Self)
    }
}

impl From<OfferRecord> for Offer {
    fn from(row: OfferRecord) -> Self {
        let OfferRecord { superseded_at, hold_days, withdrawn_at, withdrawn_by, reason, reasons } = row;
        let otherwise = reason.unwrap_or_default();
        // A release before there were any writes another reason and leaves these.
        let is_of_it = reasons.0.values().any(|said| *said == otherwise);
        let by_language = if is_of_it { reasons.0 } else { BTreeMap::new() };
        let withdrawal = withdrawn_at.0.map(|at| Withdrawal {
            at,
            by: withdrawn_by.unwrap_or_default(),
            reasons: Reasons { otherwise, by_language },
        });
        Self { superseded_at: superseded_at.0, hold: hold_days.map(Duration::days), withdrawal }
    }
}
