//! Products and their revisions.

use shop::catalogue::{Prepared, ProductRow, RevisionInfo, RevisionRow};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::FromRow;
use time::OffsetDateTime;

use super::offers::OfferRecord;
use crate::rows::Moment;

pub(crate) const PRODUCTS: &str = "SELECT slug, live_revision FROM products ORDER BY position";
pub(crate) const UNPREPARED: &str = "\
    SELECT slug, live_revision FROM products
    WHERE standing IN ('listed', 'hidden', 'archived') AND (
        NOT EXISTS (SELECT 1 FROM listings WHERE slug = products.slug AND revision = live_revision AND format = $1)
        OR NOT EXISTS (SELECT 1 FROM artifacts WHERE slug = products.slug AND revision = live_revision AND format = $1))
    ORDER BY position";
pub(crate) const LIVE: &str = "SELECT live_revision FROM products WHERE slug = $1";
pub(crate) const REVISION: &str = "\
    SELECT slug, number, bundle, hash, published_at, published_by, note
    FROM revisions WHERE slug = $1 AND number = $2";
pub(crate) const REVISIONS: &str = "\
    SELECT number, published_at, published_by, note, number = products.live_revision AS live,
        (SELECT COUNT(*) FROM orders WHERE orders.slug = revisions.slug AND orders.revision = revisions.number) AS orders,
        superseded_at, COALESCE(offers.hold_days, (SELECT releases.hold_days FROM release_products
            JOIN releases ON releases.id = release_products.release
            WHERE release_products.slug = revisions.slug AND release_products.published = revisions.number
            ORDER BY releases.id DESC LIMIT 1)) AS hold_days,
        withdrawn_at, withdrawn_by, reason, reasons
    FROM revisions JOIN products ON products.slug = revisions.slug
        LEFT JOIN offers ON offers.slug = revisions.slug AND offers.revision = revisions.number
    WHERE revisions.slug = $1 AND number > products.unseen ORDER BY number DESC";
pub(crate) const ADD_PRODUCT: &str = "\
    INSERT INTO products (slug, position, live_revision)
    SELECT $1, COALESCE(MAX(position), 0) + 1, 1 FROM products";
pub(crate) const ADD_REVISION: &str = "\
    INSERT INTO revisions (slug, number, bundle, hash, published_at, published_by, note)
    SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6 FROM revisions WHERE slug = $1
    RETURNING number";
pub(crate) const ADD_PAST_DESIGN: &str = "\
    INSERT INTO past_designs (slug, stated_use, choices, count, synthetic) VALUES ($1, $2, $3, $4, 1)";
pub(crate) const MAKE_LIVE: &str = "\
    UPDATE products SET live_revision = $2,
        standing = CASE WHEN standing = 'begun' THEN 'listed' ELSE standing END
    WHERE slug = $1 AND standing NOT IN ('removed', 'moved') AND EXISTS (SELECT 1 FROM revisions WHERE slug = $1 AND number = $2)
        AND NOT EXISTS (SELECT 1 FROM offers WHERE slug = $1 AND revision = $2 AND withdrawn_at IS NOT NULL)";

#[derive(FromRow)]
pub(crate) struct ProductRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(try_from = "i64")]
    live_revision: RevisionNumber,
}

impl From<ProductRecord> for ProductRow {
    fn from(row: ProductRecord) -> Self {
        Self { slug: row.slug, live: row.live_revision }
    }
}

#[derive(FromRow)]
pub(crate) struct RevisionRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(try_from = "i64")]
    number: RevisionNumber,
    bundle: String,
    hash: String,
    #[sqlx(try_from = "i64")]
    published_at: Moment,
    published_by: String,
    note: String,
}

#[derive(FromRow)]
pub(crate) struct InfoRecord {
    #[sqlx(try_from = "i64")]
    number: RevisionNumber,
    #[sqlx(try_from = "i64")]
    published_at: Moment,
    published_by: String,
    note: String,
    live: bool,
    orders: i64,
    #[sqlx(flatten)]
    offer: OfferRecord,
}

/// The text of a revision, which is written when a product is added and when a draft is published.
pub(crate) struct Published<'p> {
    pub slug: &'p Slug,
    pub bundle: &'p str,
    pub hash: &'p str,
    pub at: OffsetDateTime,
    pub by: &'p str,
    pub note: &'p str,
    pub prepared: &'p Prepared,
}

impl From<RevisionRecord> for RevisionRow {
    fn from(row: RevisionRecord) -> Self {
        Self {
            slug: row.slug,
            number: row.number,
            bundle: row.bundle,
            hash: row.hash,
            published_at: row.published_at.0,
            published_by: row.published_by,
            note: row.note,
        }
    }
}

impl From<InfoRecord> for RevisionInfo {
    fn from(row: InfoRecord) -> Self {
        Self {
            number: row.number,
            published_at: row.published_at.0,
            published_by: row.published_by,
            note: row.note,
            live: row.live,
            orders: row.orders,
            offer: row.offer.into(),
        }
    }
}

/// The number of a revision as the database made it.
pub(crate) fn revision_number(number: i64) -> Result<RevisionNumber, StoreError> {
    let unreadable = |error: shop::InvalidRevision| StoreError::Unreadable {
        what: "a revision's number".to_owned(),
        reason: error.to_string(),
    };
    number.try_into().map_err(unreadable)
}
