//! What the sums advise: which options to retire, which long menus to split, which rules block what people want. Each share is judged by
//! an exact bound of it (Clopper and Pearson), so that little evidence advises nothing.

use std::collections::{BTreeMap, BTreeSet};

use configurator::{Attribute, Product};
use personalize::bounds::lower_bound;

use super::count::{Count, CountKind, Sums};

/// How sure each bound is.
const CONFIDENCE: f64 = 0.95;

/// From where on something is advised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeastEvidence {
    /// Fewest visits that saw what is judged.
    pub visits: u32,
    /// An option is retired where at most this share of those who saw it chose or ordered it.
    pub hardly_ever: f64,
    /// Options from which on a menu is long.
    pub long: usize,
    /// Options at its beginning that are near; the others are far down.
    pub near: usize,
    /// A long menu is split where at least this share of choices lies far down.
    pub far: f64,
    /// It is split, too, where at most this share of those who saw its step saw the next one.
    pub go_on: f64,
    /// A rule blocks what people want where at least this share of those who saw an attribute asked for an option that it blocked.
    pub asked: f64,
}

impl Default for LeastEvidence {
    fn default() -> Self {
        Self { visits: 100, hardly_ever: 0.02, long: 12, near: 8, far: 0.5, go_on: 0.5, asked: 0.05 }
    }
}

/// An option that was asked for while a rule blocked it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedFor {
    /// The attribute's code.
    pub attribute: String,
    /// The option's code.
    pub option: String,
    /// In how many visits.
    pub times: u32,
}

/// One piece of advice with its evidence. Shares are between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
pub enum Advice {
    /// An option that is shown and hardly ever chosen.
    Retire {
        /// The attribute's code.
        attribute: String,
        /// The option's code.
        option: String,
        /// Visits that saw it.
        shown: u32,
        /// Visits that chose it, and orders that have it.
        chosen: u32,
        /// The share that chose it is at most this.
        at_most: f64,
    },
    /// A long menu of which most is chosen far down.
    SplitFar {
        /// The attribute's code.
        attribute: String,
        /// How many options it has.
        options: usize,
        /// Choices among its options.
        chosen: u32,
        /// Those of them that lie far down.
        far: u32,
        /// The share that lies far down is at least this.
        at_least: f64,
    },
    /// A long menu after which few go on.
    SplitLeft {
        /// The attribute's code.
        attribute: String,
        /// How many options it has.
        options: usize,
        /// Visits that saw its step.
        seen: u32,
        /// Those of them that saw the next one.
        went_on: u32,
        /// The share that went on is at most this.
        at_most: f64,
    },
    /// A rule that blocks what people ask for.
    Rule {
        /// The rule's code.
        rule: String,
        /// The options that were asked for, the most wanted first.
        asked: Vec<AskedFor>,
        /// Visits that saw the attribute of the most wanted.
        seen: u32,
        /// The share of them that asked for it is at least this.
        at_least: f64,
    },
}

/// What the sums of a product advise.
#[must_use]
pub fn advise(product: &Product, sums: &Sums, least: &LeastEvidence) -> Vec<Advice> {
    let mut advice = blocking_rules(product, sums, least);
    for (_, attribute) in product.ids().filter(|(_, attribute)| !attribute.locked) {
        advice.extend(split(product, attribute, sums, least));
        advice.extend(retire(attribute, sums, least));
    }
    advice
}

/// The share that is there at most.
fn upper_bound(times: u32, of: u32) -> f64 {
    1.0 - lower_bound(of.saturating_sub(times), of, CONFIDENCE)
}

fn retire(attribute: &Attribute, sums: &Sums, least: &LeastEvidence) -> Vec<Advice> {
    let judge = |option: &str| {
        let sum = |kind| sums.option(kind, &attribute.code, option);
        let shown = sum(CountKind::Shown);
        // Who orders what the start had has chosen it, too.
        let chosen = sum(CountKind::Chosen).saturating_add(sum(CountKind::Ordered));
        let wanted = chosen.saturating_add(sum(CountKind::Asked));
        let at_most = upper_bound(wanted, shown);
        let advice = Advice::Retire {
            attribute: attribute.code.clone(),
            option: option.to_owned(),
            shown,
            chosen,
            at_most,
        };
        (shown >= least.visits && wanted < shown && at_most <= least.hardly_ever).then_some(advice)
    };
    // Of two options, one that nobody takes is no menu to shorten.
    if attribute.options().len() < 3 {
        return Vec::new();
    }
    attribute.options().iter().filter_map(|option| judge(&option.code)).collect()
}

fn split(product: &Product, attribute: &Attribute, sums: &Sums, least: &LeastEvidence) -> Option<Advice> {
    let options = attribute.options().len();
    if options < least.long {
        return None;
    }
    let chosen_of = |option: &str| sums.option(CountKind::Chosen, &attribute.code, option);
    let sum = |from: usize| {
        let options = attribute.options().iter().skip(from);
        options.fold(0_u32, |sum, option| sum.saturating_add(chosen_of(&option.code)))
    };
    let (chosen, far) = (sum(0), sum(least.near));
    let at_least = lower_bound(far, chosen, CONFIDENCE);
    let code = attribute.code.clone();
    if chosen >= least.visits && at_least >= least.far {
        return Some(Advice::SplitFar { attribute: code, options, chosen, far, at_least });
    }
    let step = &product.steps.get(attribute.step)?.code;
    let next = &product.steps.get(attribute.step + 1)?.code;
    let seen = sums.at(CountKind::StepSeen, step);
    let went_on = sums.at(CountKind::StepSeen, next).min(seen);
    let at_most = upper_bound(went_on, seen);
    let is_left = seen >= least.visits && at_most <= least.go_on;
    is_left.then_some(Advice::SplitLeft { attribute: code, options, seen, went_on, at_most })
}

fn blocking_rules(product: &Product, sums: &Sums, least: &LeastEvidence) -> Vec<Advice> {
    let mut rules = BTreeMap::<&str, Vec<AskedFor>>::new();
    for (Count { subject, option, rule, .. }, times) in
        sums.iter().filter(|(count, _)| count.kind == CountKind::Barred)
    {
        let asked = AskedFor { attribute: subject.clone(), option: option.clone(), times };
        rules.entry(rule).or_default().push(asked);
    }
    let known: BTreeSet<&str> = product.rules.iter().map(|rule| rule.code.as_str()).collect();
    let judge = |(rule, mut asked): (&str, Vec<AskedFor>)| {
        asked.sort_by(|one, other| other.times.cmp(&one.times));
        let most = asked.first()?;
        let seen = sums.at(CountKind::Seen, &most.attribute);
        let at_least = lower_bound(most.times.min(seen), seen, CONFIDENCE);
        let is_wanted = seen >= least.visits && at_least >= least.asked;
        is_wanted.then(|| Advice::Rule { rule: rule.to_owned(), asked, seen, at_least })
    };
    rules.into_iter().filter(|(rule, _)| known.contains(rule)).filter_map(judge).collect()
}
