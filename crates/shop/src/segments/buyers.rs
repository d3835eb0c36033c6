//! Finding buyers, and keeping segments of them.

use super::rule::Rule;
use super::store::{BuyerQuery, BuyerSummary, Segment};
use crate::customers::{Account, Customer, CustomerId};
use crate::error::ShopError;
use crate::orders::buyer::normal_email;
use crate::orders::words_of;
use crate::shop::Shop;
use crate::short_text::short_text;

/// Most characters of a segment's name.
const LONGEST_NAME: usize = 60;
/// Most words that are looked for.
const MOST_WORDS: usize = 8;
/// Most currencies in which somebody's orders are told.
const MOST_CURRENCIES: u32 = 20;

/// How somebody stands among the buyers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuyerStanding {
    /// What their orders come to, by currency, the most first; empty where none counts.
    pub sums: Vec<BuyerSummary>,
    /// Names of the segments that they are in.
    pub segments: Vec<String>,
}

impl Shop {
    /// Buyers whose orders have the words of a text and who fit a rule, and how many those are.
    ///
    /// # Errors
    /// The store failed.
    pub async fn buyers(
        &self,
        text: &str,
        rule: &Rule,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<BuyerSummary>, u64), ShopError> {
        let words: Vec<String> = words_of(text).into_iter().take(MOST_WORDS).collect();
        if !words.is_empty() {
            self.make_findable().await?;
        }
        let query = BuyerQuery { words, offset, limit, ..self.buyers_of(rule) };
        Ok((self.store.buyers(&query).await?, self.store.count_buyers(&query).await?))
    }

    /// All segments with how many buyers are in each.
    ///
    /// # Errors
    /// The store failed.
    pub async fn segments(&self) -> Result<Vec<(Segment, u64)>, ShopError> {
        let mut counted = Vec::new();
        for segment in self.store.segments().await? {
            let many = self.store.count_buyers(&self.buyers_of(&segment.rule)).await?;
            counted.push((segment, many));
        }
        Ok(counted)
    }

    /// Whether a customer is in a segment, who agreed in this version of the wording or a later one that their orders may speak.
    pub(crate) async fn is_in_segment(
        &self,
        customer: &CustomerId,
        wording: u32,
        name: &str,
    ) -> Result<bool, ShopError> {
        let segments = self.store.segments().await?;
        let Some(segment) = segments.into_iter().find(|segment| segment.name == name) else {
            return Ok(false);
        };
        let query = self.buyers_of(&segment.rule);
        let query = BuyerQuery { customer: Some((customer.clone(), wording)), ..query };
        Ok(self.store.count_buyers(&query).await? > 0)
    }

    /// Names of the segments that a customer is in, who agreed in this version of the wording or a later one that their orders may speak:
    /// of those `among` these names, or of all.
    pub(crate) async fn segments_of(
        &self,
        customer: &CustomerId,
        wording: u32,
        among: Option<&[String]>,
    ) -> Result<Vec<String>, ShopError> {
        if among.is_some_and(<[String]>::is_empty) {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for Segment { name, rule } in self.store.segments().await? {
            if among.is_some_and(|among| !among.contains(&name)) {
                continue;
            }
            let query = self.buyers_of(&rule);
            let query = BuyerQuery { customer: Some((customer.clone(), wording)), ..query };
            if self.store.count_buyers(&query).await? > 0 {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// How the person with an address stands among the buyers.
    ///
    /// # Errors
    /// The store failed.
    pub async fn buyer_standing(&self, email: &str) -> Result<BuyerStanding, ShopError> {
        let theirs = |rule: &Rule| BuyerQuery { email: Some(normal_email(email)), ..self.buyers_of(rule) };
        let query = BuyerQuery { limit: MOST_CURRENCIES, ..theirs(&Rule::default()) };
        let mut standing =
            BuyerStanding { sums: self.store.buyers(&query).await?, ..BuyerStanding::default() };
        for Segment { name, rule } in self.store.segments().await? {
            if self.store.count_buyers(&theirs(&rule)).await? > 0 {
                standing.segments.push(name);
            }
        }
        Ok(standing)
    }

    fn buyers_of(&self, rule: &Rule) -> BuyerQuery {
        let begins = |day| self.profile().beginning_of(day);
        let (since, before) = (rule.since.map(begins), rule.before.map(begins));
        BuyerQuery { rule: rule.clone(), since, before, ..BuyerQuery::default() }
    }

    /// Keeps a segment, in place of one of this name.
    ///
    /// # Errors
    /// The name is too long or has characters that nobody sees, or the store failed.
    pub async fn keep_segment(&self, name: &str, rule: Rule, by: &str) -> Result<(), ShopError> {
        let name = short_text(name, LONGEST_NAME)?;
        if name.is_empty() {
            return Ok(());
        }
        Ok(self.store.keep_segment(&Segment { name, rule }, by, self.now()).await?)
    }

    /// Forgets a segment.
    ///
    /// # Errors
    /// The store failed.
    pub async fn remove_segment(&self, name: &str, by: &str) -> Result<(), ShopError> {
        Ok(self.store.remove_segment(name, by, self.now()).await?)
    }

    /// Everything between the shop and the person with an address: the customer, where they signed in once, and what is known.
    ///
    /// # Errors
    /// The store failed.
    pub async fn touch_points(&self, email: &str) -> Result<(Option<Customer>, Account), ShopError> {
        let email = normal_email(email);
        let customer = self.store.customer_by_email(&email).await?;
        let mut account = match &customer {
            Some(customer) => self.account(customer).await?,
            None => self.account_without(&email).await?,
        };
        // What is locked is found by nobody.
        account.orders.retain(|order| !order.progress.is_locked);
        Ok((customer, account))
    }
}
