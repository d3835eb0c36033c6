//! By how much choices miss a rule that bounds a sum: the least that it comes to, whatever is chosen for the rest. Other rules
//! are left aside, so an amount is told only where the choices miss the rule by themselves.

use crate::design::Choices;
use crate::ids::{AttributeId, OptionId, RuleId};
use crate::known::Open;
use crate::product::Product;
use crate::rule::evaluation::Knowledge;
use crate::rule::syntax::{Comparison, Condition, Number, Property};
use crate::value::Value;

/// By how much choices miss a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// How much; more than 0.
    pub amount: i64,
    /// Whether that is too much; otherwise it is too little.
    pub is_too_much: bool,
    /// What it is counted in.
    pub measure: Measure,
}

/// What a sum is counted in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Weight.
    Grams,
    /// Minor units.
    Price,
    /// Lead time.
    Days,
    /// The unit of a number.
    Unit(String),
    /// Something that has a name but no unit.
    Plain,
}

impl Product {
    /// By how much choices miss a rule that bounds a sum or a number, at the least; `None` where another kind of rule or other
    /// rules are in the way, too.
    #[must_use]
    pub fn miss(&self, rule: RuleId, choices: &Choices) -> Option<Miss> {
        let open = Open::of(self, |id| choices.get(id));
        let (left, comparison, right) = missed(&self.rule(rule).condition, &open)?;
        // Without a value nothing is too much or too little.
        let needed = [left, right].into_iter().filter_map(Number::needs);
        if needed.into_iter().any(|id| open.present(id) != Some(true)) {
            return None;
        }
        let (small, large, is_too_much, spare) = match comparison {
            Comparison::AtMost => (left, right, true, 0),
            Comparison::Less => (left, right, true, 1),
            Comparison::AtLeast => (right, left, false, 0),
            Comparison::Greater => (right, left, false, 1),
            Comparison::Equal | Comparison::NotEqual => return None,
        };
        let mut sum = Sum::default();
        sum.add(small, 1, self)?;
        sum.add(large, -1, self)?;
        let amount = sum.least(&open, choices)?.saturating_add(spare);
        (amount > 0).then_some(Miss { amount, is_too_much, measure: sum.measure()? })
    }

    /// The amount of a miss in the reader's language.
    pub(crate) fn measured(&self, miss: &Miss) -> String {
        let number = || self.words.locale.number(miss.amount);
        match &miss.measure {
            Measure::Grams => self.words.engine.grams(&number()),
            Measure::Price => self.price(miss.amount),
            Measure::Days => self.words.engine.days(miss.amount.unsigned_abs()),
            Measure::Unit(unit) => format!("{}\u{a0}{unit}", number()),
            Measure::Plain => number(),
        }
    }
}

/// The comparison in a condition that can't hold any more, where that alone is why the condition can't.
fn missed<'c>(condition: &'c Condition, open: &Open) -> Option<(&'c Number, Comparison, &'c Number)> {
    let fails = |condition: &Condition| condition.truth(open) == Some(false);
    match condition {
        Condition::Compare(left, comparison, right) => Some((left, *comparison, right)),
        Condition::Implies(when, then) if when.truth(open) == Some(true) => missed(then, open),
        Condition::And(left, right) => match (fails(left), fails(right)) {
            (true, false) => missed(left, open),
            (false, true) => missed(right, open),
            _ => None,
        },
        _ => None,
    }
}

/// A sum of what attributes count, each by itself.
#[derive(Default)]
struct Sum {
    constant: i64,
    /// By attribute: what each option counts; of a number what each unit does.
    of: Vec<(AttributeId, Vec<i64>)>,
    /// Names of the properties in it, and whether one is multiplied.
    properties: Vec<String>,
    is_multiplied: bool,
    /// Units of the numbers in it.
    units: Vec<String>,
}

impl Sum {
    /// Adds a number so many times; `None` where attributes don't count by themselves in it.
    fn add(&mut self, number: &Number, times: i64, product: &Product) -> Option<()> {
        match number {
            Number::Constant(constant) => {
                self.constant = self.constant.saturating_add(constant.saturating_mul(times));
            }
            Number::Attribute(id) => {
                // Multiplied it is no more counted in its unit.
                if times.abs() != 1 {
                    return None;
                }
                self.units.push(product.attribute(*id).kind.unit().to_owned());
                self.count(*id, &[1], times);
            }
            Number::Property(id, property) => self.property(*id, property, times),
            Number::Sum(_, parts) => {
                parts.iter().for_each(|(id, property)| self.property(*id, property, times));
            }
            Number::Count(id) => {
                self.named("count", times);
                self.count(*id, &vec![1; product.attribute(*id).options().len()], times);
            }
            Number::Add(left, right) => {
                self.add(left, times, product)?;
                self.add(right, times, product)?;
            }
            Number::Subtract(left, right) => {
                self.add(left, times, product)?;
                self.add(right, times.saturating_neg(), product)?;
            }
            Number::Multiply(left, right) => match (constant(left), constant(right)) {
                (Some(factor), _) => self.add(right, times.saturating_mul(factor), product)?,
                (_, Some(factor)) => self.add(left, times.saturating_mul(factor), product)?,
                (None, None) => return None,
            },
            Number::Divide(..) => return None,
        }
        Some(())
    }

    fn property(&mut self, id: AttributeId, property: &Property, times: i64) {
        self.named(&property.name, times);
        self.count(id, &property.values, times);
    }

    fn named(&mut self, name: &str, times: i64) {
        self.is_multiplied |= times.abs() != 1;
        self.properties.push(name.to_owned());
    }

    fn count(&mut self, id: AttributeId, counts: &[i64], times: i64) {
        let at = self.of.iter().position(|(own, _)| *own == id).unwrap_or_else(|| {
            self.of.push((id, vec![0; counts.len()]));
            self.of.len() - 1
        });
        for (own, count) in self.of[at].1.iter_mut().zip(counts) {
            *own = own.saturating_add(count.saturating_mul(times));
        }
    }

    /// The least that it comes to with these choices; `None` where it is open whether some attribute applies, or where something
    /// that counts has yet to become what another choice needs to apply.
    fn least(&self, open: &Open, choices: &Choices) -> Option<i64> {
        let needing = choices.iter().filter(|(id, _)| open.present(*id) != Some(true));
        let needed = open.product.deciding(&needing.collect());
        self.of.iter().try_fold(self.constant, |sum, &(id, ref counts)| {
            if counts.iter().all(|&count| count == 0) {
                return Some(sum);
            }
            let attribute = open.product.attribute(id);
            let locked = attribute.locked.then(|| open.product.initial(id));
            let own = match choices.get(id).or(locked) {
                Some(value) => of_value(value, counts),
                None if needed.contains(&id) => return None,
                None => attribute.kind.least(counts),
            };
            let own = if open.present(id)? { own } else { 0 };
            Some(sum.saturating_add(own))
        })
    }

    /// What it is counted in; `None` where that has no name.
    fn measure(&self) -> Option<Measure> {
        match (&self.units[..], &self.properties[..]) {
            ([unit, others @ ..], _) if others.iter().all(|other| other == unit) => {
                Some(if unit.is_empty() { Measure::Plain } else { Measure::Unit(unit.clone()) })
            }
            ([], [name, others @ ..]) if !self.is_multiplied => {
                let alike = others.iter().all(|other| other == name);
                Some(match name.as_str() {
                    "weight" if alike => Measure::Grams,
                    "price" if alike => Measure::Price,
                    "lead_time_days" if alike => Measure::Days,
                    _ => Measure::Plain,
                })
            }
            _ => None,
        }
    }
}

/// The value of a number that depends on no attribute.
fn constant(number: &Number) -> Option<i64> {
    match number {
        Number::Constant(constant) => Some(*constant),
        Number::Subtract(left, right) => Some(constant(left)?.saturating_sub(constant(right)?)),
        Number::Add(left, right) => Some(constant(left)?.saturating_add(constant(right)?)),
        Number::Multiply(left, right) => Some(constant(left)?.saturating_mul(constant(right)?)),
        _ => None,
    }
}

/// What a value counts.
fn of_value(value: &Value, counts: &[i64]) -> i64 {
    let of = |option: OptionId| counts.get(option.index()).copied().unwrap_or(0);
    match value {
        Value::Option(option) => of(*option),
        Value::Options(set) => set.iter().map(of).fold(0, i64::saturating_add),
        Value::Number(number) => counts.first().map_or(0, |count| count.saturating_mul(*number)),
        Value::Text(_) | Value::Absent => 0,
    }
}
