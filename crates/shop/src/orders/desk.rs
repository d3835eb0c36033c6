//! The orders desk: finding orders, a page at a time, and keeping filters.

use configurator::Slug;
use time::{Date, OffsetDateTime};

use super::desk_error::DeskError;
use super::desk_store::{DeskOrder, DeskSum, Findable};
use super::filter::{Cursor, DeskQuery, Filter, NEVER, Sort, View, words_of};
use super::order::OrderNumber;
use super::progress::Change;
use crate::shop::Shop;
use crate::short_text::needed_text;
use crate::store_error::StoreError;

/// Most orders of a page.
const MOST_ORDERS: u32 = 500;
/// How many orders are made findable at a time.
const BATCH: u32 = 500;
/// Most words an order is found by.
const MOST_WORDS: usize = 40;
/// Most views of a person.
const MOST_VIEWS: usize = 20;
/// Most characters of a view's name.
const LONGEST_NAME: usize = 60;

/// A page of the desk's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskPage {
    /// The orders.
    pub orders: Vec<DeskOrder>,
    /// Where the page before begins, if there is one.
    pub before: Option<Cursor>,
    /// Where the page after begins, if there is one.
    pub after: Option<Cursor>,
}

/// What orders are marked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As tests, or not any more.
    Test(bool),
    /// As left out of learning, or taken in again.
    LeftOut(bool),
}

impl Mark {
    /// The change that makes it.
    #[must_use]
    pub const fn change(self) -> Change {
        match self {
            Self::Test(is) => Change::Test(is),
            Self::LeftOut(is) => Change::LeftOut(is),
        }
    }
}

impl Shop {
    /// A page of the orders that a query asks for, with the places of those beside it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn desk_orders(&self, mut query: DeskQuery) -> Result<DeskPage, DeskError> {
        if !query.filter.words().is_empty() {
            self.make_findable().await?;
        }
        query.placed = self.placed(&query.filter);
        let limit = query.limit.clamp(1, MOST_ORDERS);
        query.limit = limit + 1;
        let mut orders = self.store.desk_orders(&query).await?;
        let more = orders.len() > limit as usize;
        orders.truncate(limit as usize);
        let from = query.from;
        let backwards = from.is_some_and(|from| from.backwards);
        if backwards {
            orders.reverse();
        }
        let beside = |order: Option<&DeskOrder>, backwards| {
            order.map(|order| Cursor { key: key(query.sort, order), number: order.number, backwards })
        };
        let (is_first, is_last) = if backwards { (!more, false) } else { (from.is_none(), !more) };
        let before = beside(orders.first(), true).filter(|_| !is_first);
        let after = beside(orders.last(), false).filter(|_| !is_last);
        Ok(DeskPage { orders, before, after })
    }

    /// When the first and after the last of a filter's days of placing begin.
    fn placed(&self, filter: &Filter) -> (Option<OffsetDateTime>, Option<OffsetDateTime>) {
        let begins = |day: Option<Date>| day.map(|day| self.profile().beginning_of(day));
        (begins(filter.from), begins(filter.to.and_then(Date::next_day)))
    }

    /// How many orders a filter finds, and what they cost together: by currency, in the order of their codes.
    ///
    /// # Errors
    /// The store failed.
    pub async fn desk_sums(&self, filter: Filter) -> Result<Vec<DeskSum>, DeskError> {
        if !filter.words().is_empty() {
            self.make_findable().await?;
        }
        let placed = self.placed(&filter);
        Ok(self.store.desk_sums(&DeskQuery { filter, placed, ..DeskQuery::default() }).await?)
    }

    /// How many orders a filter finds of each product, in one question; none of those without any.
    ///
    /// # Errors
    /// The store failed.
    pub async fn orders_by_product(&self, filter: Filter) -> Result<Vec<(Slug, u64)>, DeskError> {
        if !filter.words().is_empty() {
            self.make_findable().await?;
        }
        let placed = self.placed(&filter);
        Ok(self.store.orders_by_product(&DeskQuery { filter, placed, ..DeskQuery::default() }).await?)
    }

    /// Lets all orders be found by their words. Placing an order costs nothing of this.
    pub(crate) async fn make_findable(&self) -> Result<(), StoreError> {
        loop {
            let orders = self.store.orders_without_words(BATCH).await?;
            if orders.is_empty() {
                return Ok(());
            }
            let words: Vec<_> = orders.iter().map(|order| (order.number, words_of_order(order))).collect();
            self.store.add_order_words(&words).await?;
        }
    }

    /// Marks every order that a filter finds, a few hundred in each transaction; how many those were.
    ///
    /// # Errors
    /// The store failed. What was marked before stays so.
    pub async fn mark_found(&self, filter: Filter, mark: Mark, by: &str) -> Result<u64, DeskError> {
        let mut query = DeskQuery { filter, sort: Sort::Oldest, limit: MOST_ORDERS, ..DeskQuery::default() };
        let mut marked = 0;
        loop {
            let page = self.desk_orders(query.clone()).await?;
            marked += page.orders.len() as u64;
            let changes = page.orders.iter().map(|order| (order.number, mark.change())).collect();
            self.change_orders(changes, by).await?;
            query.from = page.after;
            if query.from.is_none() {
                return Ok(marked);
            }
        }
    }

    /// The filters that a person keeps.
    ///
    /// # Errors
    /// The store failed.
    pub async fn desk_views(&self, email: &str) -> Result<Vec<View>, DeskError> {
        Ok(self.store.desk_views(email).await?)
    }

    /// Keeps a filter under a name, in place of the one that has it.
    ///
    /// # Errors
    /// The name can't be taken, or there are too many.
    pub async fn keep_desk_view(&self, email: &str, view: View) -> Result<(), DeskError> {
        let name = needed_text(&view.name, LONGEST_NAME)?.ok_or(DeskError::NoViewName)?;
        let kept = self.store.desk_views(email).await?;
        if kept.len() >= MOST_VIEWS && kept.iter().all(|kept| kept.name != name) {
            return Err(DeskError::TooManyViews { most: MOST_VIEWS });
        }
        Ok(self.store.keep_desk_view(email, &View { name, ..view }).await?)
    }

    /// Removes a filter.
    ///
    /// # Errors
    /// The store failed.
    pub async fn remove_desk_view(&self, email: &str, name: &str) -> Result<(), DeskError> {
        Ok(self.store.remove_desk_view(email, name).await?)
    }
}

/// What a list is sorted by, of one order.
fn key(sort: Sort, order: &DeskOrder) -> i64 {
    match sort {
        Sort::Newest | Sort::Oldest => order.number.get(),
        Sort::Largest | Sort::Smallest => order.total,
        Sort::Due | Sort::DueLast => order.arrival.map_or(NEVER, |day| i64::from(day.to_julian_day())),
    }
}

/// What an order is found by: at least its number.
fn words_of_order(order: &Findable) -> Vec<String> {
    let number = OrderNumber::to_string(&order.number);
    let mut words = vec![number];
    words.extend(words_of(&order.email));
    words.extend([&order.buyer, &order.product].into_iter().flat_map(|text| words_of(text)));
    // Parts of what is joined, too: the second half of a double name, the domain of an address.
    let parts: Vec<_> = words.iter().flat_map(|word| word.split(['-', '@'])).map(str::to_owned).collect();
    words.extend(parts);
    words.truncate(MOST_WORDS);
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words.dedup();
    words
}
