//! A value that is offered beside the choices, in words.

use configurator::{Choices, Product};
use leptos::prelude::*;
use personalize::habits::{Habits, HabitsError};
use personalize::offers::{Beside, LikelierValue};

use super::desk::Desk;
use super::said::Said;
use crate::address;

/// What separates texts: ASCII's unit separator, which is in none of them.
const BETWEEN: &str = "\u{1f}";

/// A value that is offered beside the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferLine {
    /// The attribute's code.
    pub attribute: String,
    /// The code of the option that takes it.
    pub option: String,
    /// Its name.
    pub label: String,
    /// The value, in words.
    pub value: String,
    /// What it does to the price, in words.
    pub price: String,
    /// Why it is offered.
    pub reason: String,
    /// The product's page with it.
    pub take: String,
}

impl OfferLine {
    /// A value that others with these choices have, in words, and where it is taken without a script.
    #[must_use]
    pub fn of(product: &Product, choices: &Choices, found: &LikelierValue, take: String) -> Self {
        let attribute = product.attribute(found.change.attribute);
        let price = product.price_change(found.price_change);
        Self {
            attribute: attribute.code.clone(),
            option: attribute.option(found.option).code.clone(),
            label: attribute.label.clone(),
            value: product.describe(found.change.attribute, &found.change.value),
            price: if price.is_empty() { product.words().studio.same_price().to_owned() } else { price },
            reason: found.change.reason(product, choices).unwrap_or_default(),
            take,
        }
    }

    /// Its texts, one after the other.
    #[must_use]
    pub fn texts(self) -> [String; 7] {
        let Self { attribute, option, label, value, price, reason, take } = self;
        [attribute, option, label, value, price, reason, take]
    }

    /// Gaps in place of its texts, by their number, which `public/offers.js` fills.
    #[must_use]
    pub fn gaps() -> Self {
        let gap = |number: u8| format!("{{{number}}}");
        let [attribute, option, label, value, price, reason, take] = [0, 1, 2, 3, 4, 5, 6].map(gap);
        Self { attribute, option, label, value, price, reason, take }
    }
}

impl Desk {
    /// The texts of the value that most of those have who chose as this shopper, by the bytes of what was learnt, with [`BETWEEN`]
    /// between them; empty where there is none.
    ///
    /// # Errors
    /// The bytes are something else, or another product's.
    pub fn offered(&self, habits: &[u8]) -> Result<String, HabitsError> {
        let (fixed, state) = (self.fixed(), self.state());
        let habits = Habits::from_bytes(habits, &fixed.product)?;
        let Some(shown) = untrack(|| self.design()) else { return Ok(String::new()) };
        let Said { choices, entries } = self.history.with_untracked(|history| history.now.clone());
        let stated_use = state.agreed_use.as_deref();
        let beside = Beside { product: &fixed.product, stated_use, choices: &choices, shown: &shown };
        let Some(found) = beside.likelier_value(&habits, &fixed.default.design) else {
            return Ok(String::new());
        };
        let pairs = Said { choices: found.choices.clone(), entries }.to_pairs(&fixed.product);
        let take = address::product(&state.slug, state.revision, &state.start, &pairs);
        let take = address::by_campaign(take, &state.campaign);
        Ok(OfferLine::of(&fixed.product, &choices, &found, take).texts().join(BETWEEN))
    }
}
