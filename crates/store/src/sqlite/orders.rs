//! Orders, and the pictures of what was ordered.

use async_trait::async_trait;
use shop::StoreError;
use shop::orders::{NewOrder, Order, OrderNumber, OrderStore, Placing, RepeatQuery, RequestKey};

use super::SqliteStore;
use super::order_records::{add_token, placed_before};
use crate::rows::{failed_to, json, milliseconds};
use crate::statements::orders::{
    BUYERS_OF, BuyerRecord, ORDER_BY_NUMBER, ORDER_BY_TOKEN, ORDERS, ORDERS_OF_BASKET, OrderRecord, repeated,
};

#[async_trait]
impl OrderStore for SqliteStore {
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
        let failed = failed_to("find an order by its request");
        let mut reader = self.readers.acquire().await.map_err(failed)?;
        let placing = placed_before(&mut reader, request).await.map_err(failed)?;
        if let Some(Placing::PlacedBefore(order)) = &placing {
            let mut transaction = self.begin().await.map_err(failed)?;
            add_token(&mut transaction, token_hash, order.number).await.map_err(failed)?;
            transaction.commit().await.map_err(failed)?;
        }
        Ok(placing)
    }

    async fn repeated_order(&self, repeat: RepeatQuery<'_>) -> Result<Option<OrderNumber>, StoreError> {
        let choices = json(&repeat.choices, "choices")?;
        let query = sqlx::query_as::<_, BuyerRecord>(BUYERS_OF).bind(repeat.slug.as_str());
        let query = query.bind(repeat.revision.get()).bind(milliseconds(repeat.since)).bind(choices);
        let buyers = query.fetch_all(&self.readers).await.map_err(failed_to("find a repeated order"))?;
        Ok(repeated(buyers, &repeat))
    }

    async fn order_by_token(&self, token_hash: &str) -> Result<Option<Order>, StoreError> {
        let query = sqlx::query_as::<_, OrderRecord>(ORDER_BY_TOKEN).bind(token_hash);
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

    async fn orders_of_basket(&self, basket: &str) -> Result<Vec<Order>, StoreError> {
        let query = sqlx::query_as::<_, OrderRecord>(ORDERS_OF_BASKET).bind(basket);
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("find the orders of a basket"))?;
        Ok(rows.into_iter().map(Order::from).collect())
    }

    async fn orders(&self, before: Option<OrderNumber>, limit: u32) -> Result<Vec<Order>, StoreError> {
        let before = before.map_or(i64::MAX, OrderNumber::get);
        let query = sqlx::query_as::<_, OrderRecord>(ORDERS).bind(before).bind(limit);
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("list orders"))?;
        Ok(rows.into_iter().map(Order::from).collect())
    }
}
