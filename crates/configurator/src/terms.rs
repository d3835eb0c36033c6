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

    /// How many more than these pieces cost less in total, and by how much, in minor units: of several such tiers the one with
    /// the lowest total.
    #[must_use]
    pub fn more_for_less(&self, design: &Design, quantity: Quantity) -> Option<(Quantity, i64)> {
        let total = |pieces| self.quote_for(design, pieces).total.amount;
        let now = total(quantity);
        let tiers = self.tiers.iter().filter(|tier| tier.from > quantity.get());
        let offers = tiers.filter_map(|tier| Quantity::new(tier.from));
        let offers = offers.map(|more| (more, now.saturating_sub(total(more))));
        offers.filter(|(_, less)| *less > 0).max_by_key(|(_, less)| *less)
    }

    /// The fewest pieces that cost more in total than so many as a tier begins with.
    #[must_use]
    pub fn fewest_dearer(&self, tier: Tier) -> Option<u32> {
        let total = |pieces: u32, tier: Option<Tier>| {
            u64::from(pieces) * (10_000 - u64::from(tier.map_or(0, |tier| tier.discount)).min(10_000))
        };
        let own = |pieces: &u32| Quantity::new(*pieces).and_then(|quantity| self.tier(quantity));
        let least = total(tier.from, Some(tier));
        (1..tier.from).rev().take_while(|pieces| total(*pieces, own(pieces)) > least).last()
    }

    /// Why a design can't be returned; nothing when it can.
    #[must_use]
    pub fn no_return(&self, design: &Design) -> Option<&str> {
        let applies = |why: &&NoReturn| why.when.as_ref().is_none_or(|when| self.holds(when, design));
        self.no_returns.iter().find(applies).map(|why| why.reason.as_str())
    }
}
