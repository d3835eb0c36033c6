//! Prices changed by a percentage: shown as old and new first, then saved into drafts, each an edit that is undone like others.

use configurator::source::Source;
use configurator::{Currency, Money, Slug};

use super::draft::Draft;
use super::rows;
use crate::error::ShopError;
use crate::shop::Shop;
use words::Language;

/// What new prices are rounded to, in whole units of the currency; halves away from zero. What would go the other way than it was
/// meant, or is less than what it is rounded to, is rounded more finely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceRounding {
    /// The smallest unit that there is, such as cents.
    Smallest,
    /// 1.
    One,
    /// 5.
    Five,
    /// 10.
    Ten,
    /// The nearest number that ends in 9.
    Nine,
}

impl PriceRounding {
    /// All of them, as forms name them.
    pub const NAMED: [(&'static str, Self); 5] = [
        ("smallest", Self::Smallest),
        ("1", Self::One),
        ("5", Self::Five),
        ("10", Self::Ten),
        ("9", Self::Nine),
    ];

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|(known, _)| *known == name).map(|(_, rounding)| rounding)
    }

    /// How far its numbers lie apart, and by how much they are below the multiples of that, in minor units; `unit` are those of 1.
    const fn steps(self, unit: i64) -> (i64, i64) {
        match self {
            Self::Smallest => (1, 0),
            Self::One => (unit, 0),
            Self::Five => (5 * unit, 0),
            Self::Ten => (10 * unit, 0),
            Self::Nine => (10 * unit, unit),
        }
    }
}

/// How prices change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceChange {
    /// Hundredths of a percent; negative for lower prices.
    pub hundredths: i64,
    /// What new prices are rounded to.
    pub rounding: PriceRounding,
    /// The attribute whose prices change; without one, all prices of a product: base price, options, surcharges and discounts.
    pub attribute: Option<String>,
}

/// A price of a draft, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepricedLine {
    /// What it is the price of: an attribute's name, where it is of one, and an option's or a surcharge's; both empty for the base
    /// price.
    pub of: (String, String),
    /// Before.
    pub was: Money,
    /// After; the same where rounding leaves nothing of the change.
    pub becomes: Money,
    /// Whether it is rounded more finely than was asked for.
    pub is_finer: bool,
}

impl RepricedLine {
    /// Whether the price is another one then.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.was != self.becomes
    }
}

/// A draft with other prices.
#[derive(Clone, Debug, PartialEq)]
pub struct RepricedDraft {
    /// The draft as it is.
    pub draft: Draft,
    /// The prices that there are, but for what costs nothing.
    pub lines: Vec<RepricedLine>,
    source: Source,
}

/// Prices that were saved into a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SavedPrices {
    /// How many are others.
    pub many: usize,
    /// The draft's version that has them.
    pub version: i64,
}

impl PriceChange {
    /// The most that prices can fall, and rise, in hundredths of a percent.
    pub const MOST: std::ops::RangeInclusive<i64> = -9_000..=100_000;

    /// A price after the change, and whether it is rounded more finely than was asked for. What costs or saves something goes on to, and
    /// no price goes the other way than the change.
    fn apply(&self, amount: i64, unit: i64) -> (i64, bool) {
        let was = i128::from(amount).abs();
        let exact = was * i128::from(10_000 + self.hundredths);
        let rounded = |rounding: PriceRounding| {
            let (step, less) = rounding.steps(unit);
            let [step, less] = [step, less].map(|minor| i128::from(minor) * 10_000);
            let near = ((exact + less + step / 2) / step * step - less) / 10_000;
            let is_against = (self.hundredths < 0 && near > was) || (self.hundredths > 0 && near < was);
            (near > 0 && exact >= step && !is_against).then_some(near)
        };
        let asked = rounded(self.rounding);
        let finer = || {
            let moves = |near: &i128| self.hundredths == 0 || *near != was;
            rounded(PriceRounding::One)
                .filter(moves)
                .or_else(|| rounded(PriceRounding::Smallest))
                .unwrap_or(1)
        };
        let near = i64::try_from(asked.unwrap_or_else(finer)).unwrap_or(i64::MAX);
        let is_finer = asked.is_none() && self.rounding != PriceRounding::Smallest;
        (if amount < 0 { -near } else { near }, is_finer)
    }

    /// Changes the prices of a product; returns what becomes of each.
    fn reprice(&self, source: &mut Source) -> Vec<RepricedLine> {
        let currency = Currency::new(&source.currency).unwrap_or(Currency::NONE);
        let unit = 10_i64.pow(currency.digits());
        let mut lines = Vec::new();
        let mut change = |attribute: &str, name: &str, amount: &mut i64| {
            let was = *amount;
            if was == 0 {
                return;
            }
            let (after, is_finer) = self.apply(was, unit);
            *amount = after;
            let of = (attribute.to_owned(), name.to_owned());
            let (was, becomes) = (Money::new(was, currency), Money::new(after, currency));
            lines.push(RepricedLine { of, was, becomes, is_finer });
        };
        if self.attribute.is_none() {
            change("", "", &mut source.base_price);
        }
        let wanted = |code: &str| self.attribute.as_deref().is_none_or(|attribute| attribute == code);
        for attribute in source.attributes.iter_mut().filter(|attribute| wanted(&attribute.code)) {
            for option in &mut attribute.options {
                change(&attribute.label, &option.label, &mut option.price);
            }
            if let Some(price) = &mut attribute.price {
                change(&attribute.label, "", price);
            }
        }
        if self.attribute.is_none() {
            for price in &mut source.prices {
                change("", &price.label, &mut price.amount);
            }
        }
        lines
    }
}

impl Shop {
    /// What a change would make of a product's draft.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, or the store failed.
    pub async fn repriced(&self, slug: &Slug, change: &PriceChange) -> Result<RepricedDraft, ShopError> {
        let draft = self.draft(slug).await?;
        let (mut source, change) = (draft.bundle.source.clone(), change.clone());
        let work = move || {
            let lines = change.reprice(&mut source);
            (source, lines)
        };
        let (source, lines) = self.executor.run(work).await?;
        Ok(RepricedDraft { draft, lines, source })
    }

    /// Saves what a change makes of a draft, if nobody saved that since `version`; nothing where no price is another one then.
    ///
    /// # Errors
    /// See [`Shop::save_draft`]; nothing is changed then.
    pub async fn reprice(
        &self,
        slug: &Slug,
        version: i64,
        change: &PriceChange,
        by: &str,
    ) -> Result<Option<SavedPrices>, ShopError> {
        let RepricedDraft { draft, lines, source } = self.repriced(slug, change).await?;
        if draft.version != version {
            return Err(self.draft_changed(slug).await?);
        }
        let many = lines.iter().filter(|line| line.moves()).count();
        if many == 0 {
            return Ok(None);
        }
        let mut bundle = draft.bundle;
        bundle.source = source;
        let saved = self.save_draft(slug, version, bundle, by).await?;
        Ok(Some(SavedPrices { many, version: saved.version }))
    }

    /// The options of an attribute in a draft as a CSV file; nothing where the draft has no such attribute.
    ///
    /// # Errors
    /// There is no such product, the shop is busy, or the store failed.
    pub async fn options_csv(
        &self,
        slug: &Slug,
        code: &str,
        language: Language,
    ) -> Result<Option<String>, ShopError> {
        let source = self.draft(slug).await?.bundle.source;
        let found = source.attributes.iter().find(|attribute| attribute.code == code);
        Ok(found.and_then(|attribute| rows::write(attribute, &source.currency, language)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_rounded_as_is_asked_for() {
        use PriceRounding::{Five, Nine, One, Smallest, Ten};
        for (amount, hundredths, rounding, expected) in [
            (10_000, 500, Smallest, 10_500),
            (9_999, 333, Smallest, 10_332),
            (-9_999, 333, Smallest, -10_332),
            (10_000, -9_000, Smallest, 1_000),
            (12_345, 0, One, 12_300),
            (12_350, 0, One, 12_400),
            (12_345, 0, Five, 12_500),
            (-12_345, 0, Five, -12_500),
            (12_345, 0, Ten, 12_000),
            (12_345, 0, Nine, 11_900),
            (12_445, 0, Nine, 12_900),
            (12_400, 0, Nine, 12_900),
            (12_399, 0, Nine, 11_900),
            // Less than what it would be rounded to.
            (500, 0, Nine, 500),
            (300, 1_000, Ten, 330),
            (40, 0, One, 40),
            (4, -9_000, Smallest, 1),
            (-4, -9_000, Smallest, -1),
            (4, -9_000, One, 1),
            (1, 0, Smallest, 1),
            (i64::MAX, 100_000, Smallest, i64::MAX),
        ] {
            let change = PriceChange { hundredths, rounding, attribute: None };
            assert_eq!(change.apply(amount, 100).0, expected, "{amount} {hundredths} {rounding:?}");
        }
    }

    #[test]
    fn no_price_goes_the_other_way_than_the_change() {
        let apply = |amount, hundredths, rounding| {
            PriceChange { hundredths, rounding, attribute: None }.apply(amount, 100)
        };
        let nine = PriceRounding::Nine;
        // 15.30 is nearest to 19, 5.10 to 9; 24.65 to 29, which it was.
        assert_eq!(apply(1_800, -1_500, nine), (1_500, true));
        assert_eq!(apply(-1_800, -1_500, nine), (-1_500, true));
        assert_eq!(apply(600, -1_500, nine), (500, true));
        assert_eq!(apply(2_900, -1_500, nine), (2_900, false));
        assert_eq!(apply(9_900, -1_500, nine), (8_900, false));
        // 12.60 is nearest to 10, and 4.40 to 9, twice as much.
        assert_eq!(apply(1_200, 500, PriceRounding::Ten), (1_300, true));
        assert_eq!(apply(400, 1_000, nine), (440, true));
        for (_, rounding) in PriceRounding::NAMED {
            for amount in (1..30_000).step_by(7).flat_map(|amount| [amount, -amount]) {
                for hundredths in [-9_000, -1_500, -250, -1, 1, 250, 1_500, 100_000] {
                    let (after, _) = apply(amount, hundredths, rounding);
                    let (was, is) = (amount.abs(), after.abs());
                    let is_right = if hundredths < 0 { is <= was } else { is >= was };
                    assert!(
                        is_right && after.signum() == amount.signum(),
                        "{amount} {hundredths} {rounding:?}"
                    );
                }
            }
        }
    }
}
