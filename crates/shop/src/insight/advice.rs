//! What the sums advise: which options to retire, which long menus to split, which rules block what people want. Each share is judged by
//! an exact bound of it (Clopper and Pearson), so that little evidence advises nothing.

use std::collections::{BTreeMap, BTreeSet};

use configurator::{Attribute, AttributeId, Opt, OptionId, Product};
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
    /// A pair is wanted together, and a rule blocks what people want, where at least this share of those who saw an attribute asked for an option that it blocked.
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
    /// Two options that are wanted together and can't be had so.
    Pair {
        /// The attribute's code of what was asked for.
        attribute: String,
        /// The option's code.
        option: String,
        /// Attribute's and option's code of what was chosen and in the way.
        with: (String, String),
        /// In how many visits.
        times: u32,
        /// Visits that saw the attribute of what was asked for.
        seen: u32,
        /// The share of them that asked for it beside the other is at least this.
        at_least: f64,
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
    let mut advice = blocked_pairs(product, sums, least);
    advice.extend(blocking_rules(product, sums, least));
    for (id, attribute) in product.ids().filter(|(_, attribute)| !attribute.locked) {
        advice.extend(split(product, attribute, sums, least));
        advice.extend(retire(product, (id, attribute), sums, least));
    }
    advice
}

/// The share that is there at most.
fn upper_bound(times: u32, of: u32) -> f64 {
    1.0 - lower_bound(of.saturating_sub(times), of, CONFIDENCE)
}

fn retire(
    product: &Product,
    (id, attribute): (AttributeId, &Attribute),
    sums: &Sums,
    least: &LeastEvidence,
) -> Vec<Advice> {
    let judge = |(_, option): (OptionId, &Opt)| {
        let sum = |kind| sums.option(kind, &attribute.code, &option.code);
        let shown = sum(CountKind::Shown);
        if shown < least.visits {
            return None;
        }
        // Who orders what the start had has chosen it, too.
        let chosen = sum(CountKind::Chosen).saturating_add(sum(CountKind::Ordered));
        let at_most = upper_bound(chosen.saturating_add(sum(CountKind::Asked)), shown);
        let (attribute, option) = (attribute.code.clone(), option.code.clone());
        let advice = Advice::Retire { attribute, option, shown, chosen, at_most };
        (at_most <= least.hardly_ever).then_some(advice)
    };
    // Of two options, one that nobody takes is no menu to shorten.
    if attribute.options().len() < 3 {
        return Vec::new();
    }
    // Whoever wants what the standard has need not choose it.
    let standard = product.standard().value(id);
    attribute.option_ids().filter(|(option, _)| !standard.includes(*option)).filter_map(judge).collect()
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

/// Pairs that the product still has, the most wanted first. Asked for either way round it is one pair.
fn blocked_pairs(product: &Product, sums: &Sums, least: &LeastEvidence) -> Vec<Advice> {
    let has = |attribute: &str, option: &str| {
        product.by_code(attribute).is_some_and(|id| product.attribute(id).option_by_code(option).is_some())
    };
    let mut pairs = BTreeMap::<[(&str, &str); 2], Vec<(&Count, u32)>>::new();
    for (count, times) in sums.iter().filter(|(count, _)| count.kind == CountKind::Paired) {
        let Some((other, chosen)) = count.rule.split_once(':') else { continue };
        if has(&count.subject, &count.option) && has(other, chosen) {
            let mut pair = [(count.subject.as_str(), count.option.as_str()), (other, chosen)];
            pair.sort_unstable();
            pairs.entry(pair).or_default().push((count, times));
        }
    }
    let judge = |asked: Vec<(&Count, u32)>| {
        let times = asked.iter().fold(0_u32, |sum, (_, times)| sum.saturating_add(*times));
        let (most, _) = asked.into_iter().max_by_key(|(_, times)| *times)?;
        let seen = sums.at(CountKind::Seen, &most.subject);
        let at_least = lower_bound(times.min(seen), seen, CONFIDENCE);
        let (other, chosen) = most.rule.split_once(':')?;
        let (attribute, option) = (most.subject.clone(), most.option.clone());
        let with = (other.to_owned(), chosen.to_owned());
        let is_wanted = seen >= least.visits && at_least >= least.asked;
        is_wanted.then_some((times, Advice::Pair { attribute, option, with, times, seen, at_least }))
    };
    let mut wanted: Vec<(u32, Advice)> = pairs.into_values().filter_map(judge).collect();
    wanted.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
    wanted.into_iter().map(|(_, advice)| advice).collect()
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
        asked.sort_by_key(|asked| std::cmp::Reverse(asked.times));
        let most = asked.first()?;
        let seen = sums.at(CountKind::Seen, &most.attribute);
        let at_least = lower_bound(most.times.min(seen), seen, CONFIDENCE);
        let is_wanted = seen >= least.visits && at_least >= least.asked;
        is_wanted.then(|| Advice::Rule { rule: rule.to_owned(), asked, seen, at_least })
    };
    rules.into_iter().filter(|(rule, _)| known.contains(rule)).filter_map(judge).collect()
}

#[cfg(test)]
mod tests {
    use configurator::source::Source;

    use super::*;

    /// A shoe with a short menu of laces, a long one of colours, and a step after it.
    fn shoe() -> Product {
        let colours: Vec<_> = (1..=14)
            .map(|number| serde_json::json!({ "code": format!("c{number}"), "label": format!("Colour {number}") }))
            .collect();
        let source: Source = serde_json::from_value(serde_json::json!({
            "name": "Shoe", "summary": "A shoe.", "currency": "EUR", "base_price": 1000, "lead_time_days": 3,
            "steps": [{ "code": "looks", "label": "Looks" }, { "code": "text", "label": "Text" }, { "code": "end", "label": "End" }],
            "attributes": [
                { "code": "lace", "step": "looks", "label": "Lace", "kind": "choice", "standard": "flat", "options": [
                    { "code": "flat", "label": "Flat" }, { "code": "round", "label": "Round" }, { "code": "none", "label": "None" },
                ]},
                { "code": "lining", "step": "looks", "label": "Lining", "kind": "choice", "standard": "wool", "options": [
                    { "code": "wool", "label": "Wool" }, { "code": "silk", "label": "Silk" },
                ]},
                { "code": "size", "step": "end", "label": "Size", "kind": "number", "standard": 9, "min": 7, "max": 12 },
                { "code": "colour", "step": "text", "label": "Colour", "kind": "choice", "standard": "c1", "options": colours },
            ],
            "rules": [{ "code": "no_round", "rule": "lining = silk implies lace != round", "sentence": "Silk goes without round laces." }],
        }))
        .unwrap();
        Product::check(&source).unwrap()
    }

    fn advised(counts: &[(Count, u32)]) -> Vec<Advice> {
        advise(&shoe(), &counts.iter().cloned().collect(), &LeastEvidence::default())
    }

    fn option(kind: CountKind, attribute: &str, code: &str, times: u32) -> (Count, u32) {
        (Count::option(kind, attribute, code), times)
    }

    #[test]
    fn nothing_counted_advises_nothing() {
        assert_eq!(advised(&[]), []);
    }

    #[test]
    fn an_option_is_retired_once_it_is_sure_that_hardly_anybody_wants_it() {
        let judged = |shown, chosen, ordered, asked| {
            let counts = [
                option(CountKind::Shown, "lace", "round", shown),
                option(CountKind::Chosen, "lace", "round", chosen),
                option(CountKind::Ordered, "lace", "round", ordered),
                option(CountKind::Asked, "lace", "round", asked),
            ];
            !advised(&counts).is_empty()
        };
        // Of 148 nobody: 2.004 % at most; of 149: 1.99 %.
        assert!(!judged(148, 0, 0, 0));
        assert!(judged(149, 0, 0, 0));
        assert!(!judged(149, 1, 0, 0));
        // Ordered as it was, or wanted and blocked, is wanted, too.
        assert!(judged(400, 2, 0, 0));
        assert!(!judged(400, 2, 10, 0));
        assert!(!judged(400, 2, 0, 10));
        let counts = [option(CountKind::Shown, "lace", "flat", 5_000)];
        assert_eq!(advised(&counts), [], "it is the standard");
        let counts = [option(CountKind::Shown, "lining", "silk", 5_000)];
        assert_eq!(advised(&counts), [], "one of two is no menu to shorten");
    }

    #[test]
    fn a_long_menu_is_split_where_most_is_chosen_far_down() {
        let judged = |near, far| {
            let counts = [
                option(CountKind::Chosen, "colour", "c2", near),
                option(CountKind::Chosen, "colour", "c9", far),
            ];
            advised(&counts)
        };
        assert_eq!(judged(30, 40), [], "too few");
        assert_eq!(judged(95, 105), [], "it may be chance");
        let split = judged(80, 120);
        let [Advice::SplitFar { options: 14, chosen: 200, far: 120, at_least, .. }] = split[..] else {
            panic!("{split:?}")
        };
        assert!((0.53..0.55).contains(&at_least), "{at_least}");
        // A short menu has no far end.
        assert_eq!(advised(&[option(CountKind::Chosen, "lace", "none", 900)]), []);
    }

    #[test]
    fn a_rule_that_blocks_what_people_want_is_named_with_its_options() {
        let judged = |asked, seen| {
            let counts = [
                (Count::barred("lace", "round", "no_round"), asked),
                (Count::barred("lining", "silk", "no_round"), asked / 2),
                (Count::barred("lace", "round", "gone"), 900),
                (Count::at(CountKind::Seen, "lace"), seen),
            ];
            advised(&counts)
        };
        assert_eq!(judged(40, 60), [], "too few saw it");
        assert_eq!(judged(12, 200), [], "6 %, which may be 4");
        let found = judged(40, 200);
        let [Advice::Rule { rule, asked, seen: 200, .. }] = &found[..] else { panic!("{found:?}") };
        let asked: Vec<_> = asked.iter().map(|asked| (asked.option.as_str(), asked.times)).collect();
        assert_eq!((rule.as_str(), asked), ("no_round", vec![("round", 40), ("silk", 20)]));
    }

    #[test]
    fn a_pair_that_is_wanted_together_and_blocked_is_named_once_whichever_was_first() {
        let judged = |round_asked, silk_asked, seen| {
            let counts = [
                (Count::paired("lace", "round", ("lining", "silk")), round_asked),
                (Count::paired("lining", "silk", ("lace", "round")), silk_asked),
                (Count::paired("lace", "round", ("lining", "velvet")), 900),
                (Count::at(CountKind::Seen, "lace"), seen),
                (Count::at(CountKind::Seen, "lining"), 4),
            ];
            advised(&counts)
        };
        assert_eq!(judged(40, 0, 60), [], "too few saw it");
        assert_eq!(judged(12, 0, 200), [], "6 %, which may be 4");
        let found = judged(20, 15, 200);
        let [Advice::Pair { attribute, option, with, times: 35, seen: 200, at_least }] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!((attribute.as_str(), option.as_str()), ("lace", "round"));
        assert_eq!((with.0.as_str(), with.1.as_str()), ("lining", "silk"));
        assert!((0.12..0.14).contains(at_least), "{at_least}");
    }

    #[test]
    fn a_long_menu_after_which_few_go_on_is_split() {
        let judged = |seen, went_on| {
            advised(&[
                (Count::at(CountKind::StepSeen, "text"), seen),
                (Count::at(CountKind::StepSeen, "end"), went_on),
            ])
        };
        assert_eq!(judged(50, 1), [], "too few");
        assert_eq!(judged(200, 95), [], "it may be half of them");
        let split = judged(200, 60);
        assert!(matches!(&split[..], [Advice::SplitLeft { seen: 200, went_on: 60, .. }]), "{split:?}");
    }
}
