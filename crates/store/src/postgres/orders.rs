//! Orders, and the pictures of what was ordered.

use async_trait::async_trait;
use shop::StoreError;
use shop::orders::{Order, OrderContent, OrderNumber, OrderStore};

use super::PostgresStore;
use super::query::query_as;
use super::transaction::reading;
use crate::statements::orders::{ORDER_BY_NUMBER, ORDER_BY_REQUEST, ORDER_BY_TOKEN, ORDERS, OrderRecord};

#[async_trait]
impl OrderStore for PostgresStore {
    async fn place_order(
        &self,
        content: OrderContent,
        request_key: Option<&str>,
    ) -> Result<Order, StoreError> {
        self.orders.place(content, request_key).await
    }

    async fn order_by_request(&self, request_key: &str) -> Result<Option<Order>, StoreError> {
        let row = reading!(self.database, "find an order by its request", |connection| {
            let query = query_as::<OrderRecord>(ORDER_BY_REQUEST).bind(request_key);
            query.fetch_optional(connection).await
        });
        Ok(row?.map(Order::from))
    }

    async fn order_by_token(&self, token: &str) -> Result<Option<Order>, StoreError> {
        let row = reading!(self.database, "find an order by its token", |connection| {
            query_as::<OrderRecord>(ORDER_BY_TOKEN).bind(token).fetch_optional(connection).await
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

    async fn orders(&self, before: Option<OrderNumber>, limit: u32) -> Result<Vec<Order>, StoreError> {
        let before = before.map_or(i64::MAX, OrderNumber::get);
        let rows = reading!(self.database, "list orders", |connection| {
            let query = query_as::<OrderRecord>(ORDERS).bind(before).bind(i64::from(limit));
            query.fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Order::from).collect())
    }
}
