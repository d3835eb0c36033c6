//! Prices changed by a percentage: shown as old and new first, then saved into drafts, each an edit that is undone like others.

use configurator::source::Source;
use configurator::{Currency, Money, Slug};

use super::draft::Draft;
use super::rows;
use crate::error::ShopError;
use crate::shop::Shop;
use words::Language;

/// What new prices are rounded to, in whole units of the currency; halves away from zero.
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
    /// After.
    pub becomes: Money,
}

/// A draft with other prices.
#[derive(Clone, Debug, PartialEq)]
pub struct RepricedDraft {
    /// The draft as it is.
    pub draft: Draft,
    /// The prices that change.
    pub lines: Vec<RepricedLine>,
    source: Source,
}

impl PriceChange {
    /// The most that prices can fall, and rise, in hundredths of a percent.
    pub const MOST: std::ops::RangeInclusive<i64> = -9_000..=100_000;

    /// A price after the change. What costs or saves something goes on to.
    fn apply(&self, amount: i64, unit: i64) -> i64 {
        let exact = i128::from(amount) * i128::from(10_000 + self.hundredths);
        let round = |step: i64, less: i64| {
            // To the nearest of all numbers that are `less` below a multiple of the step.
            let step = i128::from(step) * 10_000;
            let shifted = exact.abs() + i128::from(less) * 10_000;
            let near = (shifted + step / 2) / step * step - i128::from(less) * 10_000;
            i64::try_from(near / 10_000).unwrap_or(i64::MAX)
        };
        let smallest = round(1, 0).max(1);
        let rounded = match self.rounding {
            PriceRounding::Smallest => smallest,
            PriceRounding::One => round(unit, 0),
            PriceRounding::Five => round(5 * unit, 0),
            PriceRounding::Ten => round(10 * unit, 0),
            PriceRounding::Nine => round(10 * unit, unit),
        };
        // Rounding makes nothing free that cost or saved something.
        let rounded = if rounded <= 0 { smallest } else { rounded };
        if amount < 0 { -rounded } else { rounded }
    }

    /// Changes the prices of a product; returns those that are others then.
    fn reprice(&self, source: &mut Source) -> Vec<RepricedLine> {
        let currency = Currency::new(&source.currency).unwrap_or(Currency::NONE);
        let unit = 10_i64.pow(currency.digits());
        let mut lines = Vec::new();
        let mut change = |attribute: &str, name: &str, amount: &mut i64| {
            let was = *amount;
            if was == 0 {
                return;
            }
            *amount = self.apply(was, unit);
            if *amount != was {
                let of = (attribute.to_owned(), name.to_owned());
                let (was, becomes) = (Money::new(was, currency), Money::new(*amount, currency));
                lines.push(RepricedLine { of, was, becomes });
            }
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

    /// Saves what a change makes of a draft, if nobody saved that since `version`; returns how many prices are others.
    ///
    /// # Errors
    /// See [`Shop::save_draft`]; nothing is changed then.
    pub async fn reprice(
        &self,
        slug: &Slug,
        version: i64,
        change: &PriceChange,
        by: &str,
    ) -> Result<usize, ShopError> {
        let RepricedDraft { draft, lines, source } = self.repriced(slug, change).await?;
        if draft.version != version {
            return Err(self.draft_changed(slug).await?);
        }
        if !lines.is_empty() {
            let mut bundle = draft.bundle;
            bundle.source = source;
            self.save_draft(slug, version, bundle, by).await?;
        }
        Ok(lines.len())
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
            (500, 0, Nine, 900),
            // Rounded down it would be free.
            (300, 1_000, Ten, 330),
            (40, 0, One, 40),
            (4, -9_000, Smallest, 1),
            (-4, -9_000, Smallest, -1),
            (4, -9_000, One, 1),
            (1, 0, Smallest, 1),
            (i64::MAX, 100_000, Smallest, i64::MAX),
        ] {
            let change = PriceChange { hundredths, rounding, attribute: None };
            assert_eq!(change.apply(amount, 100), expected, "{amount} {hundredths} {rounding:?}");
        }
    }
}
