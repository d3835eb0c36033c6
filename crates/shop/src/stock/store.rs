//! What stock asks of the store.

use async_trait::async_trait;
use configurator::Slug;
use time::{Date, OffsetDateTime};

use crate::store_error::StoreError;

/// An option that is sold out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SoldOut {
    /// Code of the attribute.
    pub attribute: String,
    /// Code of the option.
    pub option: String,
    /// The day, in the shop's time zone, on which it is on sale again by itself.
    pub until: Option<Date>,
}

impl SoldOut {
    /// Whether it can't be had on a day.
    #[must_use]
    pub fn is_on(&self, day: Date) -> bool {
        self.until.is_none_or(|until| until > day)
    }
}

/// The same with who said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldOutRow {
    /// The option.
    pub sold_out: SoldOut,
    /// When it was marked.
    pub at: OffsetDateTime,
    /// Who marked it.
    pub by: String,
}

/// What of the products is sold out.
#[async_trait]
pub trait StockStore: Send + Sync {
    /// A product's options that were marked, by code of attribute and option; also those whose day has come.
    async fn sold_out(&self, slug: &Slug) -> Result<Vec<SoldOutRow>, StoreError>;
    /// What [`StockStore::sold_out`] says of every product.
    async fn all_sold_out(&self) -> Result<Vec<(Slug, SoldOut)>, StoreError>;
    /// Marks an option as sold out, or changes until when, and notes it in the audit; `false`, and nothing written, when
    /// something else is marked of the product than `beside`.
    async fn mark_sold_out(
        &self,
        slug: &Slug,
        row: &SoldOutRow,
        beside: &[SoldOutRow],
    ) -> Result<bool, StoreError>;
    /// Takes an option's mark off and notes it in the audit; `false`, and nothing written, when it has none.
    async fn put_on_sale(
        &self,
        slug: &Slug,
        option: (&str, &str),
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;
}
