//! What was ordered, to learn from.

use async_trait::async_trait;
use shop::learning::{LearningStore, PastDesignRow};
use shop::{Slug, StoreError};

use super::SqliteStore;
use crate::rows::failed_to;
use crate::statements::learning::{
    ADD_MADE_UP, EXAMPLES, FORGET_MADE_UP, PastDesignRecord, choices, past_designs,
};

const PAST_DESIGNS: &str = past_designs!("buyer ->> 'email'");

#[async_trait]
impl LearningStore for SqliteStore {
    async fn past_designs(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError> {
        let query = sqlx::query_as::<_, PastDesignRecord>(PAST_DESIGNS).bind(slug.as_str());
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read what was ordered"))?;
        Ok(rows.into_iter().map(PastDesignRow::from).collect())
    }

    async fn examples(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError> {
        let query = sqlx::query_as::<_, PastDesignRecord>(EXAMPLES).bind(slug.as_str());
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read a product's examples"))?;
        Ok(rows.into_iter().map(PastDesignRow::from).collect())
    }

    async fn replace_made_up(&self, slug: &Slug, orders: &[PastDesignRow]) -> Result<(), StoreError> {
        let failed = failed_to("write made-up orders");
        let choices = choices(orders)?;
        let mut transaction = self.begin().await.map_err(failed)?;
        let forget = sqlx::query(FORGET_MADE_UP).bind(slug.as_str());
        forget.execute(&mut *transaction).await.map_err(failed)?;
        for (order, choices) in orders.iter().zip(choices) {
            let add = sqlx::query(ADD_MADE_UP).bind(slug.as_str()).bind(&order.stated_use).bind(choices);
            add.bind(order.count).execute(&mut *transaction).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)
    }
}
