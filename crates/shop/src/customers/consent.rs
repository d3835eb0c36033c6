//! Consent: before anything is remembered of a person beyond a visit they are asked, and they take it back with one click.

use super::customer::Customer;
use super::store::{ConsentAnswer, NewConsent, Remembered};
use crate::error::ShopError;
use crate::secret::token_hash;
use crate::shop::Shop;

/// The version of the question's wording in all languages; counts on when what it asks for changes.
pub const WORDING: u32 = 3;
/// The first wording that asks to look at what was ordered before.
pub(crate) const ASKS_FOR_ORDERS: u32 = 2;
/// The first that asks to keep with an order which segments its buyer is in.
pub(crate) const ASKS_FOR_SEGMENTS: u32 = 3;

impl Shop {
    /// Keeps what a customer says, asked in a language, a tag of BCP 47. Where they take it back, all that was remembered is
    /// forgotten at once.
    ///
    /// # Errors
    /// The store failed.
    pub async fn keep_consent(
        &self,
        customer: &Customer,
        is_given: bool,
        language: &str,
    ) -> Result<(), ShopError> {
        let answer =
            ConsentAnswer { is_given, wording: WORDING, language: language.to_owned(), at: self.now() };
        Ok(self.store.keep_consent(&NewConsent { customer: customer.id.clone(), answer }).await?)
    }

    /// Remembers the designs behind links, and the uses stated for products. `false`, and nothing is kept, without consent.
    ///
    /// # Errors
    /// The store failed.
    pub async fn remember(
        &self,
        customer: &Customer,
        links: &[String],
        needs: Vec<(String, String)>,
    ) -> Result<bool, ShopError> {
        let designs = links.iter().map(|link| token_hash(link)).collect();
        let remembered = Remembered { customer: customer.id.clone(), designs, needs, at: self.now() };
        Ok(self.store.remember(&remembered).await?)
    }

    /// Forgets a design of a customer; `design` is what [`super::OwnDesign::key`] says.
    ///
    /// # Errors
    /// The store failed.
    pub async fn forget_own_design(&self, customer: &Customer, design: &str) -> Result<(), ShopError> {
        Ok(self.store.forget_design(&customer.id, design).await?)
    }

    /// Forgets what a customer stated for a product.
    ///
    /// # Errors
    /// The store failed.
    pub async fn forget_need(&self, customer: &Customer, slug: &str) -> Result<(), ShopError> {
        Ok(self.store.forget_need(&customer.id, slug).await?)
    }
}
