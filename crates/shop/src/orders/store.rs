//! What orders ask of the store.

use async_trait::async_trait;

use configurator::{RevisionNumber, Slug};
use personalize::Asker;
use time::{Date, OffsetDateTime};

use super::order::{Order, OrderContent, OrderNumber};
use crate::mail::store::NewOrderMail;
use crate::store_error::StoreError;

/// An order to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct NewOrder {
    /// What it says.
    pub content: OrderContent,
    /// SHA-256 of the token that opens its page, in hexadecimal digits.
    pub token_hash: String,
    /// The request that it comes from, where that can come again.
    pub request: Option<RequestKey>,
    /// The language that the buyer reads, a tag of BCP 47; empty where that is not known.
    pub language: String,
    /// The mail that tells the buyer, where one is to go.
    pub mail: Option<NewOrderMail>,
    /// The day on which it is counted in the sums of its product's page; nothing where it is not.
    pub counted_on: Option<Date>,
    /// What is known of who orders, as they agreed: it is kept to learn from, and forgotten with the buyer.
    pub asker: Asker,
    /// What the orders of one basket have in common, and no others; nothing where it is ordered alone.
    pub basket: Option<String>,
}

/// What tells that a request came before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    /// SHA-256 of the idempotency key, in hexadecimal digits.
    pub key: String,
    /// SHA-256 of what was asked for with it.
    pub body: String,
}

/// What became of an order that was to be written.
#[derive(Clone, Debug, PartialEq)]
pub enum Placing {
    /// It is written.
    Placed(Order),
    /// The same request placed this order before. The new token opens it, too; nothing else is written.
    PlacedBefore(Order),
    /// Another request with the same key placed an order; nothing is written.
    KeyUsed(OrderNumber),
    /// The revision was withdrawn; nothing is written.
    Withdrawn,
    /// Another order of its basket can't be written, and so neither is this one.
    HeldBack,
}

/// An order that may be placed by mistake once more.
#[derive(Clone, Copy, Debug)]
pub struct RepeatQuery<'q> {
    /// The product.
    pub slug: &'q Slug,
    /// The revision.
    pub revision: RevisionNumber,
    /// The complete design: attributes and values.
    pub choices: &'q [(String, String)],
    /// The buyer's e-mail address.
    pub email: &'q str,
    /// From when on.
    pub since: OffsetDateTime,
}

/// Orders. Each keeps a whole snapshot; its picture is kept once for all orders of the same design.
#[async_trait]
pub trait OrderStore: Send + Sync {
    /// Writes an order under the next number (from 1001), unless its request came before.
    async fn place_order(&self, order: NewOrder) -> Result<Placing, StoreError>;
    /// Writes orders under numbers that follow each other, as [`OrderStore::place_order`] does: all, or none. What became of each, in
    /// their order.
    async fn place_orders(&self, orders: Vec<NewOrder>) -> Result<Vec<Placing>, StoreError>;
    /// What a request placed before, when an order has its key. Its token opens that order from now on, too.
    async fn placed_before(
        &self,
        request: &RequestKey,
        token_hash: &str,
    ) -> Result<Option<Placing>, StoreError>;
    /// The last order of the same design by the same buyer.
    async fn repeated_order(&self, repeat: RepeatQuery<'_>) -> Result<Option<OrderNumber>, StoreError>;
    /// The order that a token with this hash opens.
    async fn order_by_token(&self, token_hash: &str) -> Result<Option<Order>, StoreError>;
    /// The order with this number.
    async fn order_by_number(&self, number: OrderNumber) -> Result<Option<Order>, StoreError>;
    /// The orders of a basket, by number.
    async fn orders_of_basket(&self, basket: &str) -> Result<Vec<Order>, StoreError>;
    /// Orders with numbers below `before`, newest first.
    async fn orders(&self, before: Option<OrderNumber>, limit: u32) -> Result<Vec<Order>, StoreError>;
}
