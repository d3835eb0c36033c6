//! The list of products, searched and in pages. It compiles nothing, but once for a product of which something was just sold out:
//! all else it says is kept.

use configurator::{Currency, Money, RevisionNumber, Slug};
use time::OffsetDateTime;
use words::Language;

use super::prepared::FORMAT;
use super::store::{ListQuery, ListingRow};
use crate::error::ShopError;
use crate::shop::Shop;
use crate::stock::missing::Prices;
use crate::store_error::StoreError;

/// What a list says of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Its address in the shop.
    pub slug: Slug,
    /// Its live revision.
    pub revision: RevisionNumber,
    /// Its name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// The lowest price of a valid design; of a product without an exact price range, the lowest that was found.
    pub low_price: Money,
    /// The price of the standard design.
    pub standard_price: Money,
    /// The highest price of a valid design, where the prices of all designs are known.
    pub high_price: Option<Money>,
    /// Days from order to dispatch of the standard design.
    pub lead_time_days: u32,
    /// When the live revision was published.
    pub published_at: OffsetDateTime,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductList {
    /// The products on it, in the order in which they were added.
    pub items: Vec<Listing>,
    /// Which page it is, from 1.
    pub page: u32,
    /// How many there are, at least 1.
    pub pages: u32,
    /// How many products are on all of them.
    pub total: u32,
}

/// Products on a page.
const PAGE: u32 = 24;
/// Most words that are looked for, and most letters of each.
const MOST_WORDS: usize = 8;
const LONGEST_WORD: usize = 60;

/// A text as it is kept and asked for in the search of the list: small letters without accents.
#[must_use]
pub fn folded(text: &str) -> String {
    configurator::folded(text)
}

impl Shop {
    /// The products that are found by all of these words in whatever language, case and accents, those added first first: by their names,
    /// summaries and search words, and by what their ready-made designs, uses, attributes and options are called. Beyond the last page is
    /// the last one. What is not prepared yet, or not sound for this release, is not on it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn list(&self, words: &str, page: u32, language: Language) -> Result<ProductList, ShopError> {
        let words = folded(words);
        // Not every database takes every text.
        let words = words.split(|letter: char| letter.is_whitespace() || letter.is_control());
        let words = words.filter(|word| !word.is_empty()).take(MOST_WORDS);
        let words: Vec<String> = words.map(|word| word.chars().take(LONGEST_WORD).collect()).collect();
        let total = self.store.count_listed(FORMAT, &words).await?;
        let pages = total.div_ceil(PAGE).max(1);
        let page = page.clamp(1, pages);
        let query = ListQuery {
            format: FORMAT,
            words,
            offset: (page - 1) * PAGE,
            limit: PAGE,
            language: language.tag().to_owned(),
        };
        let rows = self.store.listed(&query).await?;
        let mut items: Vec<Listing> =
            rows.into_iter().map(|row| listing(row, language)).collect::<Result<_, _>>()?;
        for item in &mut items {
            self.without_sold_out(item).await?;
        }
        Ok(ProductList { items, page, pages, total })
    }
}

impl Shop {
    /// That pages are answered, from the database that is served.
    ///
    /// # Errors
    /// The store failed.
    pub async fn can_serve(&self) -> Result<(), ShopError> {
        self.store.is_there().await?;
        self.list("", 1, Language::default()).await.map(|_| ())
    }

    /// That shoppers can be served: what they look at is found, and what they order is kept.
    ///
    /// # Errors
    /// The store failed, or can only be read.
    pub async fn can_take_orders(&self) -> Result<(), ShopError> {
        self.can_serve().await?;
        Ok(self.store.can_be_written().await?)
    }
}

impl Shop {
    /// Makes the prices of a listing those of what is left of the product. Where that can't be told now, it keeps those of the
    /// whole one.
    async fn without_sold_out(&self, listing: &mut Listing) -> Result<(), ShopError> {
        let sold_out = self.sold_out_lately(&listing.slug).await?;
        if sold_out.is_empty() {
            return Ok(());
        }
        let left = self.prices_left(&listing.slug, listing.revision, &sold_out).await;
        let left = left.inspect_err(|error| {
            tracing::warn!(product = %listing.slug, %error, "the list has the prices of the whole product");
        });
        if let Ok(Some(Prices { low, standard, high, lead_time_days })) = left {
            (listing.low_price, listing.standard_price, listing.high_price) = (low, standard, high);
            listing.lead_time_days = lead_time_days;
        }
        Ok(())
    }
}

fn listing(row: ListingRow, language: Language) -> Result<Listing, StoreError> {
    let currency = Currency::new(&row.currency).ok_or_else(|| StoreError::Unreadable {
        what: format!("the currency of '{}'", row.slug),
        reason: format!("'{}' is none", row.currency),
    })?;
    Ok(Listing {
        slug: row.slug,
        revision: row.revision,
        name: language.marked(row.name),
        summary: language.marked(row.summary),
        low_price: Money::new(row.low_price, currency),
        standard_price: Money::new(row.standard_price, currency),
        high_price: row.high_price.map(|amount| Money::new(amount, currency)),
        lead_time_days: row.lead_time_days,
        published_at: row.published_at,
    })
}
