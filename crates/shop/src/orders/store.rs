//! What orders ask of the store.

use async_trait::async_trait;

use super::order::{Order, OrderContent, OrderNumber};
use crate::store_error::StoreError;

/// Orders. Each keeps a whole snapshot; its picture is kept once for all orders of the same design.
#[async_trait]
pub trait OrderStore: Send + Sync {
    /// Writes an order under the next number (from 1001) and with its idempotency key, and returns it as written. When
    /// an order has the key already, that one is returned and nothing is written.
    async fn place_order(
        &self,
        content: OrderContent,
        request_key: Option<&str>,
    ) -> Result<Order, StoreError>;
    /// The order with this idempotency key.
    async fn order_by_request(&self, request_key: &str) -> Result<Option<Order>, StoreError>;
    /// The order with this token.
    async fn order_by_token(&self, token: &str) -> Result<Option<Order>, StoreError>;
    /// The order with this number.
    async fn order_by_number(&self, number: OrderNumber) -> Result<Option<Order>, StoreError>;
    /// Orders with numbers below `before`, newest first.
    async fn orders(&self, before: Option<OrderNumber>, limit: u32) -> Result<Vec<Order>, StoreError>;
}
