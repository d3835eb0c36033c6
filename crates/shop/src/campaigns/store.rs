//! What campaign links ask of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use personalize::Start;
use time::{Date, OffsetDateTime};

use crate::store_error::StoreError;

/// A campaign link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// What its address ends with.
    pub code: String,
    /// What it says on the product's page.
    pub greeting: String,
    /// The product.
    pub slug: Slug,
    /// The revision that its choices were made on; the live one where there are none.
    pub revision: Option<RevisionNumber>,
    /// What the design starts from.
    pub start: Start,
    /// The choices it begins with: codes of attributes, and values as they are written.
    pub choices: Vec<(String, String)>,
    /// When it was made.
    pub made_at: OffsetDateTime,
    /// Since when it leads to the product alone, and counts nothing.
    pub ended_at: Option<OffsetDateTime>,
}

/// How often a link was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// On which day (UTC).
    pub day: Date,
    /// How often.
    pub opened: u32,
}

/// Campaign links and how often they were opened. Nothing says by whom.
#[async_trait]
pub trait CampaignStore: Send + Sync {
    /// The link with this code.
    async fn campaign(&self, code: &str) -> Result<Option<Campaign>, StoreError>;
    /// All links, the newest first, each with its days, the newest first.
    async fn campaigns(&self) -> Result<Vec<(Campaign, Vec<Counted>)>, StoreError>;
    /// Adds a link and notes in the audit who did; `false`, and nothing written, where there is one with this code.
    async fn add_campaign(&self, campaign: &Campaign, by: &str) -> Result<bool, StoreError>;
    /// Ends a link that has not ended, and notes it in the audit; `false` where there is none.
    async fn end_campaign(&self, code: &str, by: &str, at: OffsetDateTime) -> Result<bool, StoreError>;
    /// Counts that a link was opened on a day.
    async fn count_campaign(&self, code: &str, day: Date) -> Result<(), StoreError>;
}
