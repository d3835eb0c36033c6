//! What the gate and previews of drafts ask of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use personalize::Start;
use time::OffsetDateTime;

use crate::orders::order::OrderNumber;
use crate::store_error::StoreError;

/// An order as the replay reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayOrderRow {
    /// Its number.
    pub number: OrderNumber,
    /// How many pieces.
    pub quantity: u32,
    /// Its complete design: codes of attributes and values.
    pub choices: Vec<(String, String)>,
}

/// What orders and designs of a product are replayed: another mark where others are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReplayMark {
    /// How many orders there are.
    pub orders: i64,
    /// The number of the newest; 0 where there is none.
    pub newest_order: i64,
    /// How many designs there are.
    pub designs: i64,
    /// When the last of them was kept, in milliseconds since 1970; 0 where there is none.
    pub last_kept: i64,
}

/// A saved design as the replay reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayDesignRow {
    /// The first twelve digits of the hash of its link.
    pub id: String,
    /// When it was kept last.
    pub kept_at: OffsetDateTime,
    /// The revision it was made on.
    pub revision: RevisionNumber,
    /// What it starts from.
    pub start: Start,
    /// Codes of attributes and values.
    pub choices: Vec<(String, String)>,
}

/// What rests on a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestingRow {
    /// The revision.
    pub revision: RevisionNumber,
    /// How many saved, named and shared designs were made on it.
    pub designs: u64,
    /// How many orders of it are neither delivered nor cancelled nor returned; test orders are left out.
    pub open_orders: u64,
}

/// A link that shows a product's draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewLink {
    /// The product.
    pub slug: Slug,
    /// When it was made.
    pub at: OffsetDateTime,
    /// Who made it.
    pub by: String,
}

/// What rests on revisions, and links that show drafts. Of a link's token the store has the SHA-256, in hexadecimal digits.
#[async_trait]
pub trait GateStore: Send + Sync {
    /// What orders and designs of a product are replayed by now.
    async fn replay_mark(&self, slug: &Slug) -> Result<ReplayMark, StoreError>;
    /// How many orders of a product there are that are no test orders, and the newest of them.
    async fn replay_orders(&self, slug: &Slug, limit: u32) -> Result<(u64, Vec<ReplayOrderRow>), StoreError>;
    /// How many designs of a product are saved, named or shared, and those that were kept last.
    async fn replay_designs(
        &self,
        slug: &Slug,
        limit: u32,
    ) -> Result<(u64, Vec<ReplayDesignRow>), StoreError>;
    /// What rests on each revision of a product, as far as anything does.
    async fn resting_on(&self, slug: &Slug) -> Result<Vec<RestingRow>, StoreError>;
    /// Makes a link that shows a product's draft, in place of one there was, and notes it in the audit; `false`, and nothing
    /// written, where there is no draft or the product was removed. It ends when the draft is published or discarded, or the
    /// product is removed.
    async fn keep_preview(&self, token_hash: &str, link: &PreviewLink) -> Result<bool, StoreError>;
    /// The product whose draft a link shows.
    async fn previewed(&self, token_hash: &str) -> Result<Option<Slug>, StoreError>;
    /// The link that shows a product's draft.
    async fn preview_link(&self, slug: &Slug) -> Result<Option<PreviewLink>, StoreError>;
    /// Ends the link that shows a product's draft, and notes it in the audit; `false`, and nothing written, where there is none.
    async fn end_preview(&self, slug: &Slug, by: &str, at: OffsetDateTime) -> Result<bool, StoreError>;
}
