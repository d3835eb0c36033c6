//! Orders, and the pictures of what was ordered.

use async_trait::async_trait;
use shop::StoreError;
use shop::orders::{NewOrder, Order, OrderNumber, OrderStore, Placing, RepeatQuery, RequestKey};

use super::PostgresStore;
use super::group::{add_token, placed_before};
use super::query::query_as;
use super::transaction::{reading, writing};
use crate::rows::{json, milliseconds};
use crate::statements::orders::{
    BUYERS_OF, BuyerRecord, ORDER_BY_NUMBER, ORDER_BY_TOKEN, ORDERS, ORDERS_OF_BASKET, OrderRecord, repeated,
};

#[async_trait]
impl OrderStore for PostgresStore {
    async fn place_order(&self, order: NewOrder) -> Result<Placing, StoreError> {
        self.orders.place(order).await
    }

    async fn place_orders(&self, orders: Vec<NewOrder>) -> Result<Vec<Placing>, StoreError> {
        self.orders.place_all(orders).await
    }

    async fn placed_before(
        &self,
        request: &RequestKey,
        token_hash: &str,
    ) -> Result<Option<Placing>, StoreError> {
        let what = "find an order by its request";
        let placing = reading!(self.database, what, |connection| placed_before(connection, request).await)?;
        if let Some(Placing::PlacedBefore(order)) = &placing {
            writing!(self.database, what, |connection| {
                add_token(connection, token_hash, order.number).await
            })?;
        }
        Ok(placing)
    }

    async fn repeated_order(&self, repeat: RepeatQuery<'_>) -> Result<Option<OrderNumber>, StoreError> {
        let choices = json(&repeat.choices, "choices")?;
        let buyers = reading!(self.database, "find a repeated order", |connection| {
            let query = query_as::<BuyerRecord>(BUYERS_OF).bind(repeat.slug.as_str());
            let query = query.bind(repeat.revision.get()).bind(milliseconds(repeat.since)).bind(&choices);
            query.fetch_all(connection).await
        });
        Ok(repeated(buyers?, &repeat))
    }

    async fn order_by_token(&self, token_hash: &str) -> Result<Option<Order>, StoreError> {
        let row = reading!(self.database, "find an order by its token", |connection| {
            query_as::<OrderRecord>(ORDER_BY_TOKEN).bind(token_hash).fetch_optional(connection).await
        });
        Ok(row?.map(Order::from))
    }

    async fn order_by_number(&self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        let row = reading!(self.database, "find an order by its number", |connection| {
            let query = query_as::<OrderRecord>(ORDER_BY_NUMBER).bind(number.get());
            query.fetch_optional(connection).await
        });
        Ok(row?.map(Order::from))
    }

    async fn orders_of_basket(&self, basket: &str) -> Result<Vec<Order>, StoreError> {
        let rows = reading!(self.database, "find the orders of a basket", |connection| {
            query_as::<OrderRecord>(ORDERS_OF_BASKET).bind(basket).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Order::from).collect())
    }

    async fn orders(&self, before: Option<OrderNumber>, limit: u32) -> Result<Vec<Order>, StoreError> {
        let before = before.map_or(i64::MAX, OrderNumber::get);
        let rows = reading!(self.database, "list orders", |connection| {
            let query = query_as::<OrderRecord>(ORDERS).bind(before).bind(i64::from(limit));
            query.fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Order::from).collect())
    }
}
