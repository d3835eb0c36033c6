//! How often options are chosen where they are shown: beside orders a second source of what they are worth. From sums of days, which know no
//! person. Pure.

use std::cmp::Ordering;

use configurator::Product;
use personalize::part_worths::PartWorth;

use super::worths::{MenuWorths, OptionWorth};
use crate::insight::count::{CountKind, Sums};

/// Of fewer visits that saw an option no share is told.
const LEAST_SHOWN: u32 = 20;
/// So many standard deviations of a normal distribution hold 95 %.
const DEVIATIONS: f64 = 1.959_964;

/// Visits that saw an option, and those of them that chose it by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// How many saw it.
    pub shown: u32,
    /// How many chose it.
    pub chosen: u32,
}

impl Chosen {
    /// Of an option; nothing where too few saw it.
    fn of(sums: &Sums, attribute: &str, option: &str) -> Option<Self> {
        let chosen = sums.option(CountKind::Chosen, attribute, option);
        // What is chosen was seen, whatever a page told of that.
        let shown = sums.option(CountKind::Shown, attribute, option).max(chosen);
        (shown >= LEAST_SHOWN).then_some(Self { shown, chosen })
    }

    /// The share of those who chose it.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.chosen) / f64::from(self.shown.max(1))
    }

    /// Where that share lies with 95 % confidence, looked at once: Wilson's interval (Journal of the American Statistical Association 22,
    /// 1927).
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        if self.shown == 0 {
            return (0.0, 1.0);
        }
        let (share, visits, squared) = (self.share(), f64::from(self.shown), DEVIATIONS * DEVIATIONS);
        let shrunk = 1.0 + squared / visits;
        let middle = (share + squared / (2.0 * visits)) / shrunk;
        let variance = share * (1.0 - share) / visits + squared / (4.0 * visits * visits);
        let within = DEVIATIONS * variance.max(0.0).sqrt() / shrunk;
        ((middle - within).max(0.0), (middle + within).min(1.0))
    }

    fn and(self, other: Self) -> Self {
        Self {
            shown: self.shown.saturating_add(other.shown),
            chosen: self.chosen.saturating_add(other.chosen),
        }
    }
}

/// Whether choices say of an option what orders say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Both have it above the other options of its menu, or below them.
    Agrees,
    /// One has it above them and the other below.
    Differs,
    /// One of them can't tell.
    Unclear,
}

/// What choices say of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoicesOf {
    /// How often it was chosen; nothing where too few saw it.
    pub chosen: Option<Chosen>,
    /// Whether orders say the same; nothing where there is nothing to compare it with.
    pub agreement: Option<Agreement>,
}

/// What choices say of the options of a menu, in its order. Each is compared with the others together; what the standard has is in no
/// comparison, since nobody chooses by hand what is there.
#[must_use]
pub fn beside_orders(product: &Product, menu: &MenuWorths, sums: &Sums) -> Vec<ChoicesOf> {
    let is_standard = |option: &OptionWorth| {
        product.by_code(&menu.attribute).is_some_and(|id| {
            let found = product.attribute(id).option_by_code(&option.option);
            found.is_some_and(|option| product.standard().value(id).includes(option))
        })
    };
    let told = |option: &OptionWorth| {
        let chosen = Chosen::of(sums, &menu.attribute, &option.option);
        (chosen, option.worth.zip(chosen).filter(|_| !is_standard(option)))
    };
    let told: Vec<_> = menu.options.iter().map(told).collect();
    let one = |place: usize| {
        let (chosen, own) = *told.get(place)?;
        let others = told.iter().enumerate().filter(|(other, _)| *other != place);
        let others: Vec<(PartWorth, Chosen)> = others.filter_map(|(_, (_, other))| *other).collect();
        Some(ChoicesOf { chosen, agreement: own.and_then(|own| agreement(own, &others)) })
    };
    (0..told.len()).filter_map(one).collect()
}

fn agreement((worth, chosen): (PartWorth, Chosen), others: &[(PartWorth, Chosen)]) -> Option<Agreement> {
    if others.is_empty() {
        return None;
    }
    let count: f64 = others.iter().map(|_| 1.0).sum();
    let mean = others.iter().map(|(worth, _)| worth.worth).sum::<f64>() / count;
    // As if they were known apart from each other: they go together, so less would do.
    let spread: f64 = others.iter().map(|(worth, _)| (worth.within / count).powi(2)).sum();
    let (apart, within) = (worth.worth - mean, (worth.within.powi(2) + spread).sqrt());
    let by_orders = side((apart - within, apart + within), (0.0, 0.0));
    let rest = others.iter().fold(Chosen::default(), |sum, (_, other)| sum.and(*other));
    let by_choices = side(chosen.interval(), rest.interval());
    Some(match (by_orders, by_choices) {
        (Ordering::Equal, _) | (_, Ordering::Equal) => Agreement::Unclear,
        (orders, choices) if orders == choices => Agreement::Agrees,
        _ => Agreement::Differs,
    })
}

/// On which side of another interval one is; neither where they meet.
fn side((low, high): (f64, f64), (other_low, other_high): (f64, f64)) -> Ordering {
    if low > other_high {
        Ordering::Greater
    } else if high < other_low {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}

#[cfg(test)]
mod tests;
