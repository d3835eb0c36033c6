//! What was ordered, to learn from.

use async_trait::async_trait;
use shop::learning::{LearningStore, PastDesignRow};
use shop::{Slug, StoreError};

use super::PostgresStore;
use super::query::query_as;
use super::transaction::reading;
use crate::statements::learning::{PastDesignRecord, past_designs};

const PAST_DESIGNS: &str = past_designs!("CAST(buyer AS jsonb) ->> 'email'");

#[async_trait]
impl LearningStore for PostgresStore {
    async fn past_designs(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError> {
        let rows = reading!(self.database, "read what was ordered", |connection| {
            let query = query_as::<PastDesignRecord>(PAST_DESIGNS).bind(slug.as_str());
            query.fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(PastDesignRow::from).collect())
    }
}
