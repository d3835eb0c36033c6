//! Finding orders again.

use super::order::{Order, OrderNumber};
use crate::error::ShopError;
use crate::secret::token_hash;
use crate::shop::Shop;

/// Most orders one call returns.
const MOST_ORDERS: u32 = 200;

impl Shop {
    /// The order that a token opens.
    ///
    /// # Errors
    /// The store failed.
    pub async fn order(&self, token: &str) -> Result<Option<Order>, ShopError> {
        Ok(self.store.order_by_token(&token_hash(token)).await?)
    }

    /// The order with this number, for administrators.
    ///
    /// # Errors
    /// The store failed.
    pub async fn order_by_number(&self, number: OrderNumber) -> Result<Option<Order>, ShopError> {
        Ok(self.store.order_by_number(number).await?)
    }

    /// Orders with numbers below `before` (all when absent), newest first, at most `limit` and at most 200.
    ///
    /// # Errors
    /// The store failed.
    pub async fn orders(&self, before: Option<OrderNumber>, limit: u32) -> Result<Vec<Order>, ShopError> {
        Ok(self.store.orders(before, limit.min(MOST_ORDERS)).await?)
    }
}
