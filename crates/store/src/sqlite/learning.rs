//! What was ordered, to learn from.

use async_trait::async_trait;
use shop::learning::{LearningStore, PastDesignRow};
use shop::{Slug, StoreError};

use super::SqliteStore;
use crate::rows::failed_to;
use crate::statements::learning::{PastDesignRecord, past_designs};

const PAST_DESIGNS: &str = past_designs!("buyer ->> 'email'");

#[async_trait]
impl LearningStore for SqliteStore {
    async fn past_designs(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError> {
        let query = sqlx::query_as::<_, PastDesignRecord>(PAST_DESIGNS).bind(slug.as_str());
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read what was ordered"))?;
        Ok(rows.into_iter().map(PastDesignRow::from).collect())
    }
}
