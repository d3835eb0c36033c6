//! Forgetting a customer, on their wish or because its time is over. What the law has kept stays, locked, until that is over.

use time::{Date, Duration, Month, OffsetDateTime};

use super::customer::Customer;
use super::store::{Erasure, Retention};
use crate::error::ShopError;
use crate::orders::{DeskOrder, OrderNumber};
use crate::shop::Shop;

/// After how long customers are forgotten who agreed to be remembered and never came back.
const CUSTOMERS_KEPT: Duration = Duration::days(3 * 365);

/// An order whose buyer stays when they are erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptOrder {
    /// The order.
    pub number: OrderNumber,
    /// Until the end of which day at least.
    pub until: Date,
    /// Whether the buyer still waits for it; then it stays until it is there, too.
    pub is_open: bool,
}

/// What erasing a customer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasing {
    /// Orders that keep their buyer, newest first.
    pub kept: Vec<KeptOrder>,
    /// How many orders lose theirs.
    pub freed: usize,
}

/// What was forgotten because its time was over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retained {
    /// Orders that have no buyer any more.
    pub orders: u64,
    /// Whether what was forgotten was overwritten in the database's files, too.
    pub is_scrubbed: bool,
}

impl Shop {
    /// What erasing a customer would mean at this moment.
    ///
    /// # Errors
    /// The store failed.
    pub async fn erasing(&self, customer: &Customer) -> Result<Erasing, ShopError> {
        let orders = self.store.orders_of(&customer.email, u32::MAX).await?;
        let before = self.orders_before();
        let is_free = |order: &&DeskOrder| {
            order.progress.is_test || (order.placed_at < before && !order.progress.state.is_open())
        };
        let freed = orders.iter().filter(is_free).count();
        let kept = orders.iter().filter(|order| !is_free(order)).map(|order| KeptOrder {
            number: order.number,
            until: self.kept_until(order.placed_at),
            is_open: order.progress.state.is_open(),
        });
        Ok(Erasing { kept: kept.collect(), freed })
    }

    /// Forgets a customer: everything about them goes, but for the buyers of orders that have to be kept. How many those are.
    ///
    /// # Errors
    /// The store failed; then nothing was forgotten.
    pub async fn erase(&self, customer: &Customer) -> Result<u64, ShopError> {
        let erasure = Erasure {
            customer: customer.id.clone(),
            email: customer.email.clone(),
            at: self.now(),
            orders_before: self.orders_before(),
        };
        let kept = self.store.erase(&erasure).await?;
        tracing::info!(kept, "a customer was erased");
        Ok(kept)
    }

    /// Forgets whose time is over, and overwrites in the database's files what was forgotten.
    ///
    /// # Errors
    /// The store failed.
    pub async fn retain(&self) -> Result<Retained, ShopError> {
        let now = self.now();
        let retention = Retention {
            now,
            orders_before: self.orders_before(),
            customers_before: now.saturating_sub(CUSTOMERS_KEPT),
        };
        let orders = self.store.retain(retention).await?;
        Ok(Retained { orders, is_scrubbed: self.store.scrub(now).await? })
    }

    /// Buyers of orders from before need not be kept any more: their year is over for as many years as the shop keeps orders.
    fn orders_before(&self) -> OffsetDateTime {
        let year = self.now().year().saturating_sub(self.profile().retention_years.into());
        first_of(year).midnight().assume_utc()
    }

    /// Until the end of which day an order's buyer is kept at least.
    fn kept_until(&self, placed_at: OffsetDateTime) -> Date {
        let year = placed_at.year().saturating_add(self.profile().retention_years.into());
        first_of(year.saturating_add(1)).previous_day().unwrap_or(Date::MAX)
    }
}

/// The first day of a year; the last day there is beyond all years.
fn first_of(year: i32) -> Date {
    Date::from_calendar_date(year, Month::January, 1).unwrap_or(Date::MAX)
}
