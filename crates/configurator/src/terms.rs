//! What is agreed beyond one piece of a design: how many, what several cost, and whether it can be returned.

use crate::design::Design;
use crate::money::scaled;
use crate::price::{Line, Quote};
use crate::product::{NoReturn, Product, Tier};

/// How many pieces of a design, 1 to 999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(u32);

impl Quantity {
    /// One piece.
    pub const ONE: Self = Self(1);
    /// The most pieces of one order.
    pub const MOST: u32 = 999;

    /// So many pieces; nothing for none or for more than there may be.
    #[must_use]
    pub fn new(pieces: u32) -> Option<Self> {
        (1..=Self::MOST).contains(&pieces).then_some(Self(pieces))
    }

    /// How many they are.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0
    }
}

impl Product {
    /// The itemised price of several pieces of a design: the lines of one, then what the others cost, then the discount of the
    /// highest tier that they reach. Weight is that of all pieces, lead time and points are those of one.
    #[must_use]
    pub fn quote_for(&self, design: &Design, quantity: Quantity) -> Quote {
        let mut quote = self.quote(design);
        let (pieces, each) = (i64::from(quantity.get()), quote.total.amount);
        let mut total = each;
        let mut add = |label: String, amount: i64| {
            if amount != 0 {
                quote.lines.push(Line { label, attribute: None, amount: self.money(amount) });
            }
            total = total.saturating_add(amount);
        };
        let say = &self.words.engine;
        if quantity > Quantity::ONE {
            add(say.more_alike(u64::from(quantity.get() - 1)), each.saturating_mul(pieces - 1));
        }
        if let Some(tier) = self.tier(quantity) {
            let percent = self.words.locale.hundredths(tier.discount);
            let all = each.saturating_mul(pieces);
            add(say.tier_discount(&percent, &tier.from), -scaled(all, tier.discount.into(), 10_000));
        }
        quote.total = self.money(total);
        quote.weight = quote.weight.saturating_mul(pieces);
        quote
    }

    /// The discount that so many pieces have.
    fn tier(&self, quantity: Quantity) -> Option<Tier> {
        self.tiers.iter().rev().find(|tier| tier.from <= quantity.get()).copied()
    }

    /// Why a design can't be returned; nothing when it can.
    #[must_use]
    pub fn no_return(&self, design: &Design) -> Option<&str> {
        let applies = |why: &&NoReturn| why.when.as_ref().is_none_or(|when| self.holds(when, design));
        self.no_returns.iter().find(applies).map(|why| why.reason.as_str())
    }
}
