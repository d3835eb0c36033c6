//! Checks of what is agreed beyond one piece: discounts on several, and what can't be returned.

use words::Locale;

use super::Checker;
use crate::attribute::Attribute;
use crate::product::{NoReturn, Tier};
use crate::source::Source;
use crate::terms::Quantity;

/// The highest discount, in hundredths of a percent.
const MOST_DISCOUNT: u32 = 9_000;

impl Checker<'_> {
    pub(super) fn tiers(&mut self, source: &Source) -> Vec<Tier> {
        let mut tiers: Vec<Tier> = Vec::with_capacity(source.tiers.len());
        for (index, tier) in source.tiers.iter().enumerate() {
            let place = format!("tiers.{index}");
            if !(2..=Quantity::MOST).contains(&tier.from) {
                let advice = format!("Use 2 to {}.", Quantity::MOST);
                self.report(format!("{place}.from"), "no discount can begin here", advice);
            } else if tiers.last().is_some_and(|before| before.from >= tier.from) {
                let advice = "Write the tiers from the fewest pieces to the most, each number once.";
                self.report(format!("{place}.from"), "the tier before begins later", advice);
            }
            let discount = percent(&tier.discount).filter(|discount| (1..=MOST_DISCOUNT).contains(discount));
            if discount.is_none() {
                let message = format!("'{}' is no discount", tier.discount);
                let advice = "Write one above 0 and up to 90 %, such as \"5 %\" or \"7.5 %\".";
                self.report(format!("{place}.discount"), message, advice);
            }
            tiers.push(Tier { from: tier.from, discount: discount.unwrap_or(1) });
        }
        tiers
    }

    pub(super) fn no_returns(&mut self, source: &Source, attributes: &[Attribute]) -> Vec<NoReturn> {
        let mut reasons = Vec::with_capacity(source.no_returns.len());
        for (index, written) in source.no_returns.iter().enumerate() {
            let place = format!("no_returns.{index}");
            self.filled(&format!("{place}.reason"), &written.reason);
            let when = written.when.as_ref();
            let when = when.map(|text| self.condition(&format!("{place}.when"), text, attributes));
            reasons.push(NoReturn { when, reason: written.reason.clone() });
        }
        reasons
    }
}

/// Reads `5 %` or `7.5 %` in hundredths of a percent; nothing for a text that is none or below nothing.
#[must_use]
pub fn percent(text: &str) -> Option<u32> {
    u32::try_from(Locale::ENGLISH.read(text, 2, &["%"]).ok()?).ok()
}
