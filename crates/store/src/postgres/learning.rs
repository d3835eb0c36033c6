//! What was ordered, to learn from.

use async_trait::async_trait;
use shop::customers::CustomerId;
use shop::learning::{LearningStore, OrderedChoices, OrderedDesign, OwnDesignRow, PastDesignRow};
use shop::{OrderedValue, Slug, StoreError};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::PostgresStore;
use super::query::{query, query_as};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::learning::{
    ADD_MADE_UP, BuyerRecord, DesignRecord, EXAMPLES, FORGET_MADE_UP, LEARNT_FROM, ORDERED_DESIGNS,
    OWN_DESIGNS, OWN_ORDERS, OrderedRecord, OwnOrderRecord, PAST_DESIGNS, PastDesignRecord, RETURNING_BUYERS,
    by_buyer, choices, oldest_first,
};

#[async_trait]
impl LearningStore for PostgresStore {
    async fn past_designs(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError> {
        let rows = reading!(self.database, "read what was ordered", |connection| {
            let query = query_as::<PastDesignRecord>(PAST_DESIGNS).bind(slug.as_str());
            query.fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(PastDesignRow::from).collect())
    }

    async fn returning_buyers(&self, slug: &Slug) -> Result<Vec<Vec<OrderedChoices>>, StoreError> {
        let rows = reading!(self.database, "read what is ordered again", |connection| {
            query_as::<BuyerRecord>(RETURNING_BUYERS).bind(slug.as_str()).fetch_all(connection).await
        });
        Ok(by_buyer(rows?))
    }

    async fn learnt_from(
        &self,
        slug: &Slug,
        since: OffsetDateTime,
    ) -> Result<Vec<Vec<OrderedValue>>, StoreError> {
        let rows = reading!(self.database, "read what became of defaults", |connection| {
            let query = query_as::<DesignRecord>(LEARNT_FROM).bind(slug.as_str());
            query.bind(milliseconds(since)).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Vec::from).collect())
    }

    async fn ordered_designs(&self, slug: &Slug) -> Result<Vec<OrderedDesign>, StoreError> {
        let rows = reading!(self.database, "read what was ordered", |connection| {
            query_as::<OrderedRecord>(ORDERED_DESIGNS).bind(slug.as_str()).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(OrderedDesign::from).collect())
    }

    async fn own_orders(
        &self,
        customer: &CustomerId,
        slug: &Slug,
        wording: u32,
    ) -> Result<Vec<OwnDesignRow>, StoreError> {
        let rows = reading!(self.database, "read what a customer ordered", |connection| {
            let query = query_as::<OwnOrderRecord>(OWN_ORDERS).bind(customer.as_str());
            query.bind(slug.as_str()).bind(i64::from(wording)).fetch_all(connection).await
        });
        Ok(oldest_first(rows?))
    }

    async fn own_designs(
        &self,
        customer: &CustomerId,
        slug: &Slug,
        wording: u32,
    ) -> Result<Vec<OwnDesignRow>, StoreError> {
        let rows = reading!(self.database, "read what a customer keeps", |connection| {
            let query = query_as::<OwnOrderRecord>(OWN_DESIGNS).bind(customer.as_str());
            query.bind(slug.as_str()).bind(i64::from(wording)).fetch_all(connection).await
        });
        Ok(oldest_first(rows?))
    }

    async fn examples(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError> {
        let rows = reading!(self.database, "read a product's examples", |connection| {
            query_as::<PastDesignRecord>(EXAMPLES).bind(slug.as_str()).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(PastDesignRow::from).collect())
    }

    async fn replace_made_up(&self, slug: &Slug, orders: &[PastDesignRow]) -> Result<(), StoreError> {
        let choices = choices(orders)?;
        writing!(self.database, "write made-up orders", |connection| {
            replace(connection, slug, orders, &choices).await
        })
    }
}

async fn replace(
    connection: &mut PgConnection,
    slug: &Slug,
    orders: &[PastDesignRow],
    choices: &[String],
) -> sqlx::Result<()> {
    query(FORGET_MADE_UP).bind(slug.as_str()).execute(&mut *connection).await?;
    for (order, choices) in orders.iter().zip(choices) {
        let add = query(ADD_MADE_UP).bind(slug.as_str()).bind(&order.stated_use).bind(choices);
        add.bind(i64::from(order.count)).execute(&mut *connection).await?;
    }
    Ok(())
}
