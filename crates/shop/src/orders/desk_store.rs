//! What the orders desk asks of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use time::{Date, Duration, OffsetDateTime};

use super::filter::{DeskQuery, View};
use super::order::{OrderNumber, PickedPart};
use super::state::{OrderState, Progress};
use crate::store_error::StoreError;

/// A change of an order to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    /// The order.
    pub number: OrderNumber,
    /// What is changed.
    pub what: What,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
    /// What tells the buyer of another state; nothing where nobody is told.
    pub mail: Option<NewStateMail>,
}

/// A mail that tells a buyer into which state their order got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStateMail {
    /// Opens the order's page. Kept until the mail is sent.
    pub token: String,
    /// SHA-256 of it, in hexadecimal digits.
    pub token_hash: String,
    /// When it goes.
    pub due_at: OffsetDateTime,
}

/// What is changed of an order, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Its state, which has to be the one in which it was seen.
    Move {
        /// The state before.
        seen: OrderState,
        /// The state after.
        to: OrderState,
        /// Why; may be empty.
        reason: String,
    },
    /// Its state, back to where it was before its last step, which was not long ago ([`STEP_BACK_WITHIN`]).
    Back {
        /// The state before.
        seen: OrderState,
        /// The state after.
        to: OrderState,
    },
    /// Whether it is marked as a test.
    Test(bool),
    /// Whether it is left out of learning.
    LeftOut(bool),
    /// Nothing; this was noted.
    Note(String),
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changing {
    /// It is done, or was so already.
    Done,
    /// The order is in another state than it was seen in. Nothing is written of it.
    Otherwise(OrderState),
    /// Its last step is another one, or was too long ago to be undone.
    TooLate,
    /// There is no such order.
    NoOrder,
}

/// For how long the last step of an order can be undone.
pub const STEP_BACK_WITHIN: Duration = Duration::minutes(10);

/// Something that was done with an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderEvent {
    /// What.
    pub what: What,
    /// When.
    pub at: OffsetDateTime,
    /// By whom.
    pub by: String,
}

/// An order on the desk's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskOrder {
    /// Its number.
    pub number: OrderNumber,
    /// How far it is.
    pub progress: Progress,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// The product.
    pub slug: Slug,
    /// The revision it was made from.
    pub revision: RevisionNumber,
    /// The product's name then.
    pub product_name: String,
    /// How many pieces.
    pub quantity: u32,
    /// The total in minor units.
    pub total: i64,
    /// Its currency.
    pub currency: String,
    /// The day it is promised for, where one was kept.
    pub arrival: Option<Date>,
    /// Name of the buyer.
    pub buyer: String,
    /// Their e-mail address.
    pub email: String,
    /// What production picks.
    pub parts: Vec<PickedPart>,
    /// The orders of the same basket, with this one, by number; empty where it was ordered alone.
    pub ordered_together: Vec<OrderNumber>,
}

/// Orders in one currency, added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskSum {
    /// The currency.
    pub currency: String,
    /// How many they are.
    pub orders: u64,
    /// What they cost together, in minor units.
    pub total: i64,
}

/// What orders are found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findable {
    /// The order.
    pub number: OrderNumber,
    /// Name of the buyer.
    pub buyer: String,
    /// Their e-mail address.
    pub email: String,
    /// The product's name.
    pub product: String,
}

/// The desk: what becomes of orders, and the ways to find them.
#[async_trait]
pub trait DeskStore: Send + Sync {
    /// Changes orders, all in one transaction, in which each change is also kept as an event. What became of each, in their order.
    /// In the same transaction mails are written to buyers who are there. One that was not taken yet is over where its step is undone,
    /// where the next step is mailed, and where the order is cancelled or comes back.
    async fn change_orders(&self, changes: &[NewChange]) -> Result<Vec<Changing>, StoreError>;
    /// What was done with an order, the last first.
    async fn order_events(&self, number: OrderNumber) -> Result<Vec<OrderEvent>, StoreError>;
    /// Orders that a query asks for, in its order.
    async fn desk_orders(&self, query: &DeskQuery) -> Result<Vec<DeskOrder>, StoreError>;
    /// Orders that a query's filter finds, added up by currency, in the order of their codes.
    async fn desk_sums(&self, query: &DeskQuery) -> Result<Vec<DeskSum>, StoreError>;
    /// How many orders a query's filter finds of each product; none of those without any.
    async fn orders_by_product(&self, query: &DeskQuery) -> Result<Vec<(Slug, u64)>, StoreError>;
    /// The first orders that can't be found by words yet, at most `limit`.
    async fn orders_without_words(&self, limit: u32) -> Result<Vec<Findable>, StoreError>;
    /// Lets orders be found by words.
    async fn add_order_words(&self, words: &[(OrderNumber, Vec<String>)]) -> Result<(), StoreError>;
    /// The filters that a person keeps, by name.
    async fn desk_views(&self, email: &str) -> Result<Vec<View>, StoreError>;
    /// Keeps a filter, in place of one with its name.
    async fn keep_desk_view(&self, email: &str, view: &View) -> Result<(), StoreError>;
    /// Removes a filter.
    async fn remove_desk_view(&self, email: &str, name: &str) -> Result<(), StoreError>;
}
