//! What a customer's own page shows: orders, designs, needs, mails, and what they agreed to.

use super::customer::Customer;
use super::store::{AccountRows, ConsentAnswer, KeptNeed, SentMail};
use crate::designs::KeptDesign;
use crate::error::ShopError;
use crate::orders::buyer::normal_email;
use crate::orders::{DeskOrder, Order, OrderNumber};
use crate::shop::Shop;

/// Most orders that a page shows.
const MOST_ORDERS: u32 = 200;

/// A design that a customer kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnDesign {
    /// What it is called by among theirs.
    pub key: String,
    /// The design.
    pub design: KeptDesign,
}

/// What is known of a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// Their orders, newest first.
    pub orders: Vec<DeskOrder>,
    /// What they said last about what is remembered.
    pub consent: Option<ConsentAnswer>,
    /// Their designs, the newest first.
    pub designs: Vec<OwnDesign>,
    /// Their needs.
    pub needs: Vec<KeptNeed>,
    /// Mails to them, newest first.
    pub mails: Vec<SentMail>,
    /// How many sessions of theirs last.
    pub sessions: u32,
}

impl Account {
    /// Whether they agreed that things are remembered.
    #[must_use]
    pub fn may_remember(&self) -> bool {
        self.consent.as_ref().is_some_and(|consent| consent.is_given)
    }
}

impl Shop {
    /// What is known of a customer.
    ///
    /// # Errors
    /// The store failed.
    pub async fn account(&self, customer: &Customer) -> Result<Account, ShopError> {
        let orders = self.store.orders_of(&customer.email, MOST_ORDERS).await?;
        let AccountRows { consent, designs, needs, mails, sessions } =
            self.store.account(customer, self.now()).await?;
        let designs = designs.into_iter().map(|(key, design)| OwnDesign { key, design }).collect();
        Ok(Account { orders, consent, designs, needs, mails, sessions })
    }

    /// What is known of somebody who never signed in: their orders, and mails to them.
    pub(crate) async fn account_without(&self, email: &str) -> Result<Account, ShopError> {
        Ok(Account {
            orders: self.store.orders_of(email, MOST_ORDERS).await?,
            consent: None,
            designs: Vec::new(),
            needs: Vec::new(),
            mails: self.store.mails_to(email).await?,
            sessions: 0,
        })
    }

    /// An order of a customer.
    ///
    /// # Errors
    /// The store failed.
    pub async fn order_of(
        &self,
        customer: &Customer,
        number: OrderNumber,
    ) -> Result<Option<Order>, ShopError> {
        let order = self.store.order_by_number(number).await?;
        Ok(order.filter(|order| normal_email(&order.buyer.email) == customer.email))
    }
}
