//! What was ordered, to learn from.

use async_trait::async_trait;
use shop::customers::CustomerId;
use shop::learning::{LearningStore, OrderedChoices, OrderedDesign, OwnDesignRow, PastDesignRow};
use shop::{OrderedValue, Slug, StoreError};
use time::OffsetDateTime;

use super::SqliteStore;
use crate::rows::{failed_to, milliseconds};
use crate::statements::learning::{
    ADD_MADE_UP, BuyerRecord, DesignRecord, EXAMPLES, FORGET_MADE_UP, LEARNT_FROM, ORDERED_DESIGNS,
    OWN_DESIGNS, OWN_ORDERS, OrderedRecord, OwnOrderRecord, PAST_DESIGNS, PastDesignRecord, RETURNING_BUYERS,
    by_buyer, choices, oldest_first,
};

#[async_trait]
impl LearningStore for SqliteStore {
    async fn past_designs(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError> {
        let query = sqlx::query_as::<_, PastDesignRecord>(PAST_DESIGNS).bind(slug.as_str());
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read what was ordered"))?;
        Ok(rows.into_iter().map(PastDesignRow::from).collect())
    }

    async fn returning_buyers(&self, slug: &Slug) -> Result<Vec<Vec<OrderedChoices>>, StoreError> {
        let query = sqlx::query_as::<_, BuyerRecord>(RETURNING_BUYERS).bind(slug.as_str());
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read what is ordered again"))?;
        Ok(by_buyer(rows))
    }

    async fn learnt_from(
        &self,
        slug: &Slug,
        since: OffsetDateTime,
    ) -> Result<Vec<Vec<OrderedValue>>, StoreError> {
        let query = sqlx::query_as::<_, DesignRecord>(LEARNT_FROM).bind(slug.as_str());
        let rows = query.bind(milliseconds(since)).fetch_all(&self.readers).await;
        let rows = rows.map_err(failed_to("read what became of defaults"))?;
        Ok(rows.into_iter().map(Vec::from).collect())
    }

    async fn ordered_designs(&self, slug: &Slug) -> Result<Vec<OrderedDesign>, StoreError> {
        let query = sqlx::query_as::<_, OrderedRecord>(ORDERED_DESIGNS).bind(slug.as_str());
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read what was ordered"))?;
        Ok(rows.into_iter().map(OrderedDesign::from).collect())
    }

    async fn own_orders(
        &self,
        customer: &CustomerId,
        slug: &Slug,
        wording: u32,
    ) -> Result<Vec<OwnDesignRow>, StoreError> {
        let query = sqlx::query_as::<_, OwnOrderRecord>(OWN_ORDERS).bind(customer.as_str());
        let rows = query.bind(slug.as_str()).bind(wording).fetch_all(&self.readers).await;
        Ok(oldest_first(rows.map_err(failed_to("read what a customer ordered"))?))
    }

    async fn own_designs(
        &self,
        customer: &CustomerId,
        slug: &Slug,
        wording: u32,
    ) -> Result<Vec<OwnDesignRow>, StoreError> {
        let query = sqlx::query_as::<_, OwnOrderRecord>(OWN_DESIGNS).bind(customer.as_str());
        let rows = query.bind(slug.as_str()).bind(wording).fetch_all(&self.readers).await;
        Ok(oldest_first(rows.map_err(failed_to("read what a customer keeps"))?))
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
