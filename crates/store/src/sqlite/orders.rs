//! Orders, and the pictures of what was ordered.

use async_trait::async_trait;
use shop::StoreError;
use shop::orders::{Order, OrderContent, OrderNumber, OrderStore};

use super::SqliteStore;
use crate::rows::failed_to;
use crate::statements::orders::{ORDER_BY_NUMBER, ORDER_BY_REQUEST, ORDER_BY_TOKEN, ORDERS, OrderRecord};

#[async_trait]
impl OrderStore for SqliteStore {
    async fn place_order(
        &self,
        content: OrderContent,
        request_key: Option<&str>,
    ) -> Result<Order, StoreError> {
        self.orders.place(content, request_key).await
    }

    async fn order_by_request(&self, request_key: &str) -> Result<Option<Order>, StoreError> {
        let query = sqlx::query_as::<_, OrderRecord>(ORDER_BY_REQUEST).bind(request_key);
        let row =
            query.fetch_optional(&self.readers).await.map_err(failed_to("find an order by its request"))?;
        Ok(row.map(Order::from))
    }

    async fn order_by_token(&self, token: &str) -> Result<Option<Order>, StoreError> {
        let query = sqlx::query_as::<_, OrderRecord>(ORDER_BY_TOKEN).bind(token);
        let row =
            query.fetch_optional(&self.readers).await.map_err(failed_to("find an order by its token"))?;
        Ok(row.map(Order::from))
    }

    async fn order_by_number(&self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        let query = sqlx::query_as::<_, OrderRecord>(ORDER_BY_NUMBER).bind(number.get());
        let row =
            query.fetch_optional(&self.readers).await.map_err(failed_to("find an order by its number"))?;
        Ok(row.map(Order::from))
    }

    async fn orders(&self, before: Option<OrderNumber>, limit: u32) -> Result<Vec<Order>, StoreError> {
        let before = before.map_or(i64::MAX, OrderNumber::get);
        let query = sqlx::query_as::<_, OrderRecord>(ORDERS).bind(before).bind(limit);
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("list orders"))?;
        Ok(rows.into_iter().map(Order::from).collect())
    }
}
