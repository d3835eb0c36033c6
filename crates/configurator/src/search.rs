//! The plain search: walks the open attributes one by one, drops a branch as soon as a rule is certainly broken, and
//! keeps the design that departs least from a reference. Obviously right, exact, and bounded by a number of steps.

use crate::design::{Choices, Design, OptionSet, Value};
use crate::known::{Open, Partial};
use crate::product::{AttributeId, Kind, OptionId, Product};

/// Most assignments one search tries before it gives up.
const STEP_LIMIT: u32 = 400_000;

/// The question took more steps than the plain search allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this product has too many combinations for the plain search")]
pub struct TooComplex;

/// What to search for: the valid design with these values that departs least from a reference.
pub(crate) struct Goal<'g> {
    pub fixed: &'g Choices,
    pub reference: &'g Design,
    /// What it costs to depart from the reference, by attribute; per option for a multi-choice.
    pub weights: &'g [u32],
    /// Which rules count, by rule.
    pub rules: &'g [bool],
    /// Whether the customisation budget counts.
    pub budget: bool,
    /// An option that a multi-choice left open has to contain.
    pub member: Option<(AttributeId, OptionId)>,
}

/// One decision of the search.
#[derive(Clone, Copy)]
enum Unit {
    Whole(AttributeId),
    Member(AttributeId, OptionId),
}

impl Unit {
    fn attribute(self) -> AttributeId {
        match self {
            Self::Whole(attribute) | Self::Member(attribute, _) => attribute,
        }
    }
}

struct Search<'s> {
    product: &'s Product,
    goal: &'s Goal<'s>,
    open: Open<'s>,
    texts: Vec<Option<String>>,
    units: Vec<Unit>,
    /// By attribute: the rules that count and mention it.
    watched: Vec<Vec<usize>>,
    ceiling: u64,
    steps: u32,
    best: Option<(u64, Design)>,
}

/// The design the goal asks for; `None` when there is none.
pub(crate) fn search(product: &Product, goal: &Goal) -> Result<Option<Design>, TooComplex> {
    let mut watched = vec![Vec::new(); product.attributes.len()];
    for (index, rule) in product.rules.iter().enumerate().filter(|(index, _)| goal.rules[*index]) {
        rule.condition.attributes(&mut |attribute: AttributeId| {
            let rules: &mut Vec<usize> = &mut watched[attribute.index()];
            if rules.last() != Some(&index) {
                rules.push(index);
            }
        });
    }
    let ceiling = product.budget.filter(|_| goal.budget).map_or(u64::MAX, |budget| u64::from(budget.ceiling));
    let mut search = Search {
        product,
        goal,
        open: Open { product, partial: Vec::with_capacity(product.attributes.len()) },
        texts: vec![None; product.attributes.len()],
        units: Vec::new(),
        watched,
        ceiling,
        steps: 0,
        best: None,
    };
    let Some((points, cost)) = search.start() else { return Ok(None) };
    let contradicted = |search: &Search, rule: usize| {
        search.product.rules[rule].condition.truth(&search.open) == Some(false)
    };
    if points > ceiling || (0..product.rules.len()).any(|rule| goal.rules[rule] && contradicted(&search, rule)) {
        return Ok(None);
    }
    search.descend(0, cost, points)?;
    Ok(search.best.map(|(_, design)| design))
}

impl Search<'_> {
    /// Decides what is fixed or locked and lists the rest. `None` when that alone cannot be.
    fn start(&mut self) -> Option<(u64, u64)> {
        let (mut points, mut cost) = (0, 0);
        let (mut bound, mut free) = (Vec::new(), Vec::new());
        for (id, attribute) in self.product.ids() {
            let standard = self.product.standard().value(id);
            let fixed = self.goal.fixed.get(id);
            if attribute.locked && fixed.is_some_and(|value| value != standard) {
                return None;
            }
            let fixed = if attribute.locked { Some(standard) } else { fixed };
            let units = if self.watched[id.index()].is_empty() { &mut free } else { &mut bound };
            if let Some(value) = fixed {
                if attribute.option_ids().any(|(option, opt)| !opt.available && value.includes(option)) {
                    return None;
                }
                points += u64::from(self.product.points(id, value));
                cost += self.deviation(id, value);
            }
            self.open.partial.push(match (&attribute.kind, fixed) {
                (Kind::Choice { .. }, Some(Value::Option(option))) => Partial::Choice(Some(*option)),
                (Kind::MultiChoice { .. }, Some(Value::Options(set))) => {
                    Partial::Options { decided: attribute.option_ids().map(|(option, _)| option).collect(), chosen: *set }
                }
                (Kind::Number { .. }, Some(Value::Number(number))) => Partial::Number(Some(*number)),
                (Kind::Text { .. }, Some(Value::Text(text))) => {
                    self.texts[id.index()] = Some(text.clone());
                    Partial::Text(Some(!text.is_empty()))
                }
                (Kind::MultiChoice { .. }, _) => {
                    let needed: OptionSet =
                        self.goal.member.filter(|(owner, _)| *owner == id).map(|(_, option)| option).into_iter().collect();
                    points += needed
                        .iter()
                        .filter(|option| !standard.includes(*option))
                        .map(|option| u64::from(attribute.option(option).points))
                        .sum::<u64>();
                    let (open, decided): (Vec<_>, Vec<_>) = attribute
                        .option_ids()
                        .partition(|(option, opt)| opt.available && !needed.contains(*option));
                    units.extend(open.into_iter().map(|(option, _)| Unit::Member(id, option)));
                    Partial::Options { decided: decided.into_iter().map(|(option, _)| option).collect(), chosen: needed }
                }
                (kind, _) => {
                    units.push(Unit::Whole(id));
                    match kind {
                        Kind::Number { .. } => Partial::Number(None),
                        Kind::Text { .. } => Partial::Text(None),
                        _ => Partial::Choice(None),
                    }
                }
            });
        }
        bound.append(&mut free);
        self.units = bound;
        Some((points, cost))
    }

    fn deviation(&self, id: AttributeId, value: &Value) -> u64 {
        let differs = match (value, self.goal.reference.value(id)) {
            (Value::Options(set), Value::Options(reference)) => u64::from(set.difference(*reference).len()),
            (value, reference) => u64::from(value != reference),
        };
        differs * u64::from(self.goal.weights[id.index()])
    }

    fn descend(&mut self, at: usize, cost: u64, points: u64) -> Result<(), TooComplex> {
        if self.best.as_ref().is_some_and(|(best, _)| cost >= *best) {
            return Ok(());
        }
        let Some(&unit) = self.units.get(at) else {
            self.best = Some((cost, self.design()));
            return Ok(());
        };
        let id = unit.attribute();
        let before = self.open.partial[id.index()].clone();
        match unit {
            Unit::Member(_, option) => {
                let (reference, standard) = (self.goal.reference.value(id), self.product.standard().value(id));
                let first = reference.includes(option);
                for member in [first, !first] {
                    let extra = if member == first { 0 } else { u64::from(self.goal.weights[id.index()]) };
                    let spent = if member == standard.includes(option) { 0 } else { self.product.attribute(id).option(option).points };
                    if let Partial::Options { decided, chosen } = &before {
                        let decided = decided.toggled(option);
                        let chosen = if member { chosen.toggled(option) } else { *chosen };
                        self.open.partial[id.index()] = Partial::Options { decided, chosen };
                    }
                    self.step(at, cost + extra, points + u64::from(spent))?;
                }
            }
            Unit::Whole(_) => {
                for value in self.candidates(id) {
                    let cost = cost + self.deviation(id, &value);
                    let points = points + u64::from(self.product.points(id, &value));
                    self.open.partial[id.index()] = match value {
                        Value::Option(option) => Partial::Choice(Some(option)),
                        Value::Number(number) => Partial::Number(Some(number)),
                        Value::Text(text) => {
                            let filled = !text.is_empty();
                            self.texts[id.index()] = Some(text);
                            Partial::Text(Some(filled))
                        }
                        Value::Options(_) => continue,
                    };
                    self.step(at, cost, points)?;
                }
            }
        }
        self.open.partial[id.index()] = before;
        Ok(())
    }

    /// Goes on behind the unit just decided, unless that broke something.
    fn step(&mut self, at: usize, cost: u64, points: u64) -> Result<(), TooComplex> {
        self.steps += 1;
        if self.steps > STEP_LIMIT {
            return Err(TooComplex);
        }
        let id = self.units[at].attribute();
        let fits = match (&self.open.partial[id.index()], &self.product.attribute(id).kind) {
            (Partial::Options { decided, chosen }, Kind::MultiChoice { options, min, max }) => {
                let open = u32::try_from(options.len()).unwrap_or(u32::MAX) - decided.len();
                chosen.len() <= *max && chosen.len() + open >= *min
            }
            _ => true,
        };
        let broken = |rule: &usize| self.product.rules[*rule].condition.truth(&self.open) == Some(false);
        if fits && points <= self.ceiling && !self.watched[id.index()].iter().any(broken) {
            self.descend(at + 1, cost, points)?;
        }
        Ok(())
    }

    /// The values of an attribute in the order in which they are tried: the reference's, the standard, the others (for
    /// a number, by distance from the reference). An attribute that no rule mentions needs only the first two.
    fn candidates(&self, id: AttributeId) -> Vec<Value> {
        let attribute = self.product.attribute(id);
        let (reference, standard) = (self.goal.reference.value(id), self.product.standard().value(id));
        let mut values = vec![reference.clone()];
        if standard != reference {
            values.push(standard.clone());
        }
        if self.watched[id.index()].is_empty() {
            values.retain(|value| !attribute.option_ids().any(|(option, opt)| !opt.available && value.includes(option)));
            return values;
        }
        match &attribute.kind {
            Kind::Choice { .. } => {
                let others = attribute.option_ids().map(|(option, _)| Value::Option(option));
                values.extend(others.filter(|value| value != reference && value != standard));
                values.retain(|value| attribute.option_ids().any(|(option, opt)| opt.available && value.includes(option)));
            }
            Kind::Number { min, max, step, .. } => {
                let Value::Number(middle) = *reference else { return values };
                let mut others: Vec<i64> = (0..=(max - min) / step).map(|index| min + index * step).collect();
                others.sort_by_key(|number| ((number - middle).abs(), *number));
                values = others.into_iter().map(Value::Number).collect();
            }
            Kind::Text { .. } => {
                let empty = Value::Text(String::new());
                if !values.contains(&empty) {
                    values.push(empty);
                }
            }
            Kind::MultiChoice { .. } => {}
        }
        values
    }

    fn design(&self) -> Design {
        let values = self.open.partial.iter().zip(&self.texts).map(|(partial, text)| match partial {
            Partial::Choice(option) => Value::Option(option.unwrap_or(OptionId::new(0))),
            Partial::Options { chosen, .. } => Value::Options(*chosen),
            Partial::Number(number) => Value::Number(number.unwrap_or(0)),
            Partial::Text(_) => Value::Text(text.clone().unwrap_or_default()),
        });
        Design::new(values.collect())
    }
}

/// One reason why a design is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule it breaks, if it is a rule.
    pub rule: Option<crate::product::RuleId>,
    /// What is wrong, for people.
    pub sentence: String,
}

impl Product {
    /// Everything that keeps a complete design from being valid; nothing for a valid one.
    #[must_use]
    pub fn validate(&self, design: &Design) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut report = |rule, sentence: String| violations.push(Violation { rule, sentence });
        for (id, attribute) in self.ids() {
            let value = design.value(id);
            let label = &attribute.label;
            if attribute.locked && value != self.standard().value(id) {
                let standard = self.describe(id, self.standard().value(id));
                report(None, format!("{label} is always {standard}."));
            }
            for (_, gone) in attribute.option_ids().filter(|(option, opt)| !opt.available && value.includes(*option)) {
                report(None, format!("{} is not available at the moment.", gone.label));
            }
            if let Err(error) = attribute.read_value(&self.write_value(id, value)) {
                report(None, error.to_string());
            }
        }
        for (index, rule) in self.rules.iter().enumerate() {
            if !self.holds(&rule.condition, design) {
                report(Some(crate::product::RuleId::new(index)), rule.sentence.clone());
            }
        }
        let points: u64 = design.iter().map(|(id, value)| u64::from(self.points(id, value))).sum();
        if let Some(budget) = self.budget.filter(|budget| points > u64::from(budget.ceiling)) {
            report(None, over_budget(points, budget.ceiling));
        }
        violations
    }
}

/// The sentence for a design that costs more points than the budget has.
pub(crate) fn over_budget(points: u64, ceiling: u32) -> String {
    format!("This would take {points} of {ceiling} points of customisation. Set something back to the standard first.")
}
