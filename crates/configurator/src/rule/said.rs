//! What a rule says to shoppers where nobody wrote a sentence: made of its condition and of the product's names.

use std::collections::{BTreeMap, BTreeSet};

use words::{Language, Phrases, Words};

use super::syntax::{Comparison, Condition, Number, Property};
use crate::attribute::Attribute;
use crate::ids::{AttributeId, OptionId};

/// A condition over these attributes as a sentence of a language. It names every attribute and option that the condition names.
pub(crate) fn sentence(condition: &Condition, attributes: &[Attribute], language: Language) -> String {
    let teller = Teller { attributes, words: language.words(), say: language.phrases() };
    teller.told(condition).unwrap_or_else(|| teller.plainly(condition))
}

/// The property whose sum has a name of its own.
const WEIGHT: &str = "weight";
/// Of more parts nobody reads a sentence.
const MOST_PARTS: usize = 12;

struct Teller<'a> {
    attributes: &'a [Attribute],
    words: &'static Words,
    say: &'static Phrases,
}

/// The parts of what is joined by one word, in their order.
fn parts(condition: &Condition, is_and: bool) -> Vec<&Condition> {
    match (condition, is_and) {
        (Condition::And(left, right), true) | (Condition::Or(left, right), false) => {
            let mut found = parts(left, is_and);
            found.extend(parts(right, is_and));
            found
        }
        _ => vec![condition],
    }
}

/// What is joined by one word; there is at least one.
fn joined(parts: &[&Condition], join: fn(Box<Condition>, Box<Condition>) -> Condition) -> Option<Condition> {
    parts.iter().map(|part| (*part).clone()).reduce(|all, part| join(Box::new(all), Box::new(part)))
}

fn implies(given: &Condition, needed: &Condition) -> Condition {
    Condition::Implies(Box::new(given.clone()), Box::new(needed.clone()))
}

/// The comparison with its sides exchanged.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}

fn compares(comparison: Comparison, left: i64, right: i64) -> bool {
    match comparison {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Greater => left > right,
        Comparison::AtLeast => left >= right,
    }
}

impl Teller<'_> {
    fn name(&self, id: AttributeId) -> &str {
        let attribute = &self.attributes[id.index()];
        if attribute.label.trim().is_empty() { &attribute.code } else { &attribute.label }
    }

    fn option(&self, id: AttributeId, option: OptionId) -> &str {
        let option = self.attributes[id.index()].option(option);
        if option.label.trim().is_empty() { &option.code } else { &option.label }
    }

    fn options(&self, id: AttributeId, options: &[OptionId]) -> String {
        let names: Vec<&str> = options.iter().map(|option| self.option(id, *option)).collect();
        self.words.listed(&names, self.say.or())
    }

    /// The sentence; nothing where there is no good one.
    fn told(&self, condition: &Condition) -> Option<String> {
        match condition {
            Condition::Implies(given, needed) => self.implication(given, needed),
            Condition::Iff(one, other) => {
                Some(self.say.only_together(&self.phrase(one)?, &self.needed(other)?))
            }
            Condition::And(..) if parts(condition, true).len() > MOST_PARTS => None,
            Condition::And(..) => {
                let told: Option<Vec<String>> =
                    parts(condition, true).into_iter().map(|part| self.told(part)).collect();
                Some(told?.join(" "))
            }
            Condition::Or(..) => self.alternatives(condition),
            Condition::Not(inner) => self.negation(inner),
            Condition::In(id, options) => Some(self.say.only(&self.name(*id), &self.options(*id, options))),
            // Others may be chosen beside it.
            Condition::Has(..) => Some(self.say.one_of(&self.phrase(condition)?)),
            Condition::NotIn(..) | Condition::Filled(_) | Condition::Compare(..) => {
                Some(format!("{}.", self.phrase(condition)?))
            }
        }
    }

    fn implication(&self, given: &Condition, needed: &Condition) -> Option<String> {
        if let Condition::Implies(further, needed) = needed {
            let given = joined(&[given, further], Condition::And)?;
            return self.implication(&given, needed);
        }
        let phrase = self.phrase(given)?;
        if let Some(others) = self.excluded(needed) {
            return Some(self.say.does_not_go_with(&phrase, &others));
        }
        if let Some(needed) = self.needed(needed) {
            return Some(self.say.goes_only_with(&phrase, &needed));
        }
        match parts(needed, true)[..] {
            [_] => None,
            ref needed => {
                let told: Option<Vec<String>> =
                    needed.iter().map(|part| self.told(&implies(given, part))).collect();
                Some(told?.join(" "))
            }
        }
    }

    /// What none of may hold, where a condition says nothing else.
    fn excluded(&self, condition: &Condition) -> Option<String> {
        let mut of: BTreeMap<AttributeId, BTreeSet<OptionId>> = BTreeMap::new();
        let mut open = parts(condition, true);
        open.reverse();
        while let Some(part) = open.pop() {
            match part {
                Condition::NotIn(id, options) => of.entry(*id).or_default().extend(options),
                Condition::Not(inner) => {
                    for inner in parts(inner, false) {
                        match inner {
                            Condition::In(id, options) => of.entry(*id).or_default().extend(options),
                            Condition::Has(id, option) => of.entry(*id).or_default().extend([option]),
                            _ => return None,
                        }
                    }
                }
                _ => return None,
            }
        }
        let told: Vec<String> = of
            .into_iter()
            .map(|(id, options)| {
                let options: Vec<OptionId> = options.into_iter().collect();
                self.say.value_is(&self.name(id), &self.options(id, &options))
            })
            .collect();
        Some(told.join(self.say.or()))
    }

    /// What does not hold.
    fn negation(&self, inner: &Condition) -> Option<String> {
        match inner {
            Condition::Not(inner) => self.told(inner),
            Condition::Or(..) => {
                let not = |part: &Condition| Condition::Not(Box::new(part.clone()));
                let told: Option<Vec<String>> =
                    parts(inner, false).into_iter().map(|part| self.told(&not(part))).collect();
                Some(told?.join(" "))
            }
            Condition::And(..) => {
                let phrases: Option<Vec<String>> =
                    parts(inner, true).into_iter().map(|part| self.phrase(part)).collect();
                let phrases = phrases?;
                if let [one, other] = &phrases[..] {
                    return Some(self.say.does_not_go_with(one, other));
                }
                let phrases: Vec<&str> = phrases.iter().map(String::as_str).collect();
                Some(self.say.not_together(&self.words.listed(&phrases, self.words.engine.and())))
            }
            _ => {
                let phrase = self.phrase(&Condition::Not(Box::new(inner.clone())))?;
                Some(format!("{phrase}."))
            }
        }
    }

    /// At least one of several. Where some of them are that something else does not hold, the others are what that needs.
    fn alternatives(&self, condition: &Condition) -> Option<String> {
        let all = parts(condition, false);
        if all.len() > MOST_PARTS {
            return None;
        }
        let given: Vec<&Condition> = all
            .iter()
            .filter_map(|part| match part {
                Condition::Not(inner) => Some(inner.as_ref()),
                _ => None,
            })
            .collect();
        let needed: Vec<&Condition> =
            all.iter().filter(|part| !matches!(part, Condition::Not(_))).copied().collect();
        if !given.is_empty() && !needed.is_empty() {
            let given = joined(&given, Condition::And)?;
            return self.implication(&given, &joined(&needed, Condition::Or)?);
        }
        if given.is_empty()
            && let Some(phrase) = self.of_one_attribute(&all)
        {
            let (id, options) = phrase;
            return Some(self.say.only(&self.name(id), &self.options(id, &options)));
        }
        let phrases: Option<Vec<String>> = all.into_iter().map(|part| self.phrase(part)).collect();
        Some(self.say.one_of(&phrases?.join(self.say.semicolon())))
    }

    /// The options of the one attribute that all of these are about.
    fn of_one_attribute(&self, parts: &[&Condition]) -> Option<(AttributeId, Vec<OptionId>)> {
        let mut found: Option<AttributeId> = None;
        let mut options = BTreeSet::new();
        for part in parts {
            let (id, named) = match part {
                Condition::In(id, named) => (*id, named.clone()),
                _ => return None,
            };
            if *found.get_or_insert(id) != id {
                return None;
            }
            options.extend(named);
        }
        Some((found?, options.into_iter().collect()))
    }

    /// A condition as something that is needed.
    fn needed(&self, condition: &Condition) -> Option<String> {
        self.phrase(condition)?;
        let parts = parts(condition, true).into_iter().map(|part| self.phrase(part));
        Some(parts.collect::<Option<Vec<String>>>()?.join(self.say.and_with()))
    }

    /// A condition as something that is chosen: `Sole: Trail together with Size: at most 44`.
    fn phrase(&self, condition: &Condition) -> Option<String> {
        let say = self.say;
        Some(match condition {
            Condition::In(id, options) => say.value_is(&self.name(*id), &self.options(*id, options)),
            Condition::NotIn(id, options) => say.value_is_not(&self.name(*id), &self.options(*id, options)),
            Condition::Has(id, option) => say.value_is(&self.name(*id), &self.option(*id, *option)),
            Condition::Filled(id) => say.with_text(&self.name(*id)),
            Condition::Compare(left, comparison, right) => self.comparison(left, *comparison, right)?,
            Condition::Not(inner) => match inner.as_ref() {
                Condition::In(id, options) => say.value_is_not(&self.name(*id), &self.options(*id, options)),
                Condition::NotIn(id, options) => say.value_is(&self.name(*id), &self.options(*id, options)),
                Condition::Has(id, option) => say.without_option(&self.name(*id), &self.option(*id, *option)),
                Condition::Filled(id) => say.without_text(&self.name(*id)),
                Condition::Not(inner) => return self.phrase(inner),
                _ => return None,
            },
            Condition::And(..) => {
                let parts = parts(condition, true);
                if parts.iter().any(|part| matches!(part, Condition::Or(..)) && self.is_mixed(part)) {
                    return None;
                }
                let phrases: Option<Vec<String>> = parts.into_iter().map(|part| self.phrase(part)).collect();
                phrases?.join(say.together_with())
            }
            Condition::Or(..) => {
                let parts = parts(condition, false);
                if let Some((id, options)) = self.of_one_attribute(&parts) {
                    return Some(say.value_is(&self.name(id), &self.options(id, &options)));
                }
                let phrases: Option<Vec<String>> = parts.into_iter().map(|part| self.phrase(part)).collect();
                phrases?.join(say.or())
            }
            Condition::Implies(..) | Condition::Iff(..) => return None,
        })
    }

    /// Whether alternatives are about several things.
    fn is_mixed(&self, condition: &Condition) -> bool {
        self.of_one_attribute(&parts(condition, false)).is_none()
    }

    fn comparison(&self, left: &Number, comparison: Comparison, right: &Number) -> Option<String> {
        if let (Number::Constant(_), false) = (left, matches!(right, Number::Constant(_))) {
            return self.comparison(right, turned(comparison), left);
        }
        if let (Number::Property(id, property), Number::Constant(wanted)) = (left, right) {
            return self.with_property(*id, property, comparison, *wanted);
        }
        let (subject, value) = (self.subject(left)?, self.value(right, left)?);
        let say = self.say;
        Some(match comparison {
            Comparison::Equal => say.value_is(&subject, &value),
            Comparison::NotEqual => say.value_is_not(&subject, &value),
            Comparison::Less => say.less_than(&subject, &value),
            Comparison::AtMost => say.at_most(&subject, &value),
            Comparison::Greater => say.more_than(&subject, &value),
            Comparison::AtLeast => say.at_least(&subject, &value),
        })
    }

    /// A property is no word of shoppers: the options that have it so are.
    fn with_property(
        &self,
        id: AttributeId,
        property: &Property,
        comparison: Comparison,
        wanted: i64,
    ) -> Option<String> {
        if !self.attributes[id.index()].kind.is_choice() {
            return None;
        }
        let values = property.values.iter().enumerate();
        let found: Vec<OptionId> = values
            .filter(|(_, value)| compares(comparison, **value, wanted))
            .map(|(index, _)| OptionId::new(index))
            .collect();
        (!found.is_empty()).then(|| self.say.value_is(&self.name(id), &self.options(id, &found)))
    }

    /// What a number is called.
    fn subject(&self, number: &Number) -> Option<String> {
        Some(match number {
            Number::Attribute(id) | Number::Count(id) => self.name(*id).to_owned(),
            Number::Sum(name, _) if name == WEIGHT => self.say.weight_in_all().to_owned(),
            Number::Add(..) => {
                let mut names = Vec::new();
                self.summands(number, &mut names)?;
                self.say.in_all(&self.words.listed(&names, self.words.engine.and()))
            }
            _ => return None,
        })
    }

    /// The names of what is added up.
    fn summands<'s>(&'s self, number: &Number, names: &mut Vec<&'s str>) -> Option<()> {
        match number {
            Number::Add(left, right) => {
                self.summands(left, names)?;
                self.summands(right, names)
            }
            Number::Attribute(id) | Number::Count(id) => {
                names.push(self.name(*id));
                Some(())
            }
            _ => None,
        }
    }

    /// What a number is compared with.
    fn value(&self, number: &Number, with: &Number) -> Option<String> {
        let locale = &self.words.locale;
        match (number, with) {
            (Number::Constant(value), Number::Sum(..)) => Some(locale.weight(*value)),
            (Number::Constant(value), Number::Attribute(id)) => {
                let number = locale.number(*value);
                Some(match self.attributes[id.index()].kind.unit() {
                    "" => number,
                    unit => format!("{number} {unit}"),
                })
            }
            (Number::Constant(value), _) => Some(locale.number(*value)),
            (Number::Attribute(_) | Number::Count(_) | Number::Add(..), _) => self.subject(number),
            _ => None,
        }
    }

    /// What is behind a condition, where there is no good sentence: true in any case.
    fn plainly(&self, condition: &Condition) -> String {
        let mut of: BTreeMap<AttributeId, BTreeSet<OptionId>> = BTreeMap::new();
        mentioned(condition, &mut of);
        let told: Vec<String> = of
            .iter()
            .map(|(id, options)| {
                let options: Vec<&str> = options.iter().map(|option| self.option(*id, *option)).collect();
                match options.is_empty() {
                    true => self.name(*id).to_owned(),
                    false => {
                        let options = options.join(self.words.engine.comma());
                        self.say.with_options(&self.name(*id), &options)
                    }
                }
            })
            .collect();
        match told.len() {
            0 => self.say.about_nothing().to_owned(),
            1 => self.say.is_limited(&told[0]),
            _ => self.say.fit_each_other(&told.join(self.say.semicolon())),
        }
    }
}

/// The attributes that a condition names or counts, with the options that it names of them.
fn mentioned(condition: &Condition, found: &mut BTreeMap<AttributeId, BTreeSet<OptionId>>) {
    match condition {
        Condition::In(id, options) | Condition::NotIn(id, options) => {
            found.entry(*id).or_default().extend(options);
        }
        Condition::Has(id, option) => found.entry(*id).or_default().extend([option]),
        Condition::Filled(id) => found.entry(*id).or_default().extend([] as [OptionId; 0]),
        Condition::Compare(left, _, right) => [left, right].into_iter().for_each(|side| counted(side, found)),
        Condition::Not(inner) => mentioned(inner, found),
        Condition::And(left, right)
        | Condition::Or(left, right)
        | Condition::Implies(left, right)
        | Condition::Iff(left, right) => [left, right].into_iter().for_each(|side| mentioned(side, found)),
    }
}

/// The attributes that a number depends on.
fn counted(number: &Number, found: &mut BTreeMap<AttributeId, BTreeSet<OptionId>>) {
    match number {
        Number::Constant(_) => {}
        Number::Attribute(id) | Number::Property(id, _) | Number::Count(id) => {
            found.entry(*id).or_default();
        }
        Number::Sum(_, parts) => {
            for (id, property) in parts {
                if property.values.iter().any(|value| *value != 0) {
                    found.entry(*id).or_default();
                }
            }
        }
        Number::Add(left, right) | Number::Subtract(left, right) | Number::Multiply(left, right) => {
            counted(left, found);
            counted(right, found);
        }
        Number::Divide(number, _) => counted(number, found),
    }
}
