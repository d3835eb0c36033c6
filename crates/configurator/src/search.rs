//! The search: starts from a reference and, as long as something is wrong with it, departs from it where that may help.
//!
//! At each point everything undecided is assumed to be as in the reference. A rule that does not hold then, a set of
//! options out of bounds or a budget that is exceeded is a conflict: one of the decisions in it has to depart. The
//! search branches over those, never over what is in no conflict. Conflicts without a decision in common need a
//! departure each, which bounds from below what a design will cost; the search looks for designs of that cost first and
//! then for ever dearer ones (R. E. Korf, Depth-first iterative-deepening, 1985). Exact, and bounded in steps.

use engine::effort::TooComplex;

use crate::design::{Choices, Design, Member, OptionSet, Value};
use crate::known::{Open, Partial};
use crate::product::{AttributeId, Kind, OptionId, Product};

/// Most assignments one search tries before it gives up.
pub(crate) const MOST_STEPS: u32 = 400_000;

/// How often the search starts again for slightly dearer designs before it looks for all of them at once.
const DEEPENINGS: u32 = 8;

/// What to search for: the valid design with these values that departs least from a reference.
pub(crate) struct Goal<'g> {
    pub fixed: &'g Choices,
    pub reference: &'g Design,
    /// What it costs to depart from the reference, by attribute, at least 1; per option for a multi-choice. `None` when
    /// any valid design will do.
    pub weights: Option<&'g [u32]>,
    /// Which rules count, by rule.
    pub rules: &'g [bool],
    /// Whether the customisation budget counts.
    pub budget: bool,
    /// Options that multi-choices left open have to contain (`true`) or to leave out.
    pub members: &'g [Member],
    /// After how many assignments to give up.
    pub steps: u32,
}

/// The design the goal asks for; `None` when there is none. Among designs that depart equally far it is the one that
/// keeps the reference longest, in the product's order with attributes that rules mention before the others.
pub(crate) fn search(product: &Product, goal: &Goal) -> Result<Option<Design>, TooComplex> {
    let mut search = Search::new(product, goal);
    search.run()?;
    Ok(search.best.map(|(_, design)| design))
}

/// What showed that no design meets a goal; the rest of the goal need not be looked at again to show that.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refutation {
    /// By rule.
    pub rules: Vec<bool>,
    pub budget: bool,
    /// A fixed value that the attribute cannot have, whatever the rules say.
    pub value: Option<AttributeId>,
}

/// Why no design meets the goal; `None` when one does.
pub(crate) fn refute(product: &Product, goal: &Goal) -> Result<Option<Refutation>, TooComplex> {
    let mut search = Search::new(product, goal);
    search.run()?;
    Ok(if search.best.is_none() { Some(search.blamed) } else { None })
}

/// One decision of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// Undecided units of which one has to depart from what is assumed, and the rule that asks for it, if it is one.
struct Conflict {
    units: Vec<usize>,
    cause: Cause,
}

#[derive(Clone, Copy)]
enum Cause {
    Rule(usize),
    Bounds,
    Budget,
}

/// What a decision replaced, to take it back.
struct Undo {
    unit: usize,
    partial: Partial,
    value: Value,
}

struct Search<'s> {
    product: &'s Product,
    goal: &'s Goal<'s>,
    /// What is decided.
    open: Open<'s>,
    /// What is decided, and the reference for the rest.
    assumed: Design,
    units: Vec<Unit>,
    /// By unit: whether it is decided.
    decided: Vec<bool>,
    /// By attribute: the rules that count and mention it.
    watched: Vec<Vec<usize>>,
    /// By rule: the units it depends on, and whether what is assumed breaks it.
    units_of: Vec<Vec<usize>>,
    broken: Vec<bool>,
    /// Points of what is fixed, and the most a design may have.
    points: u64,
    ceiling: u64,
    steps: u32,
    /// The dearest designs to look at, and the least cost that was passed over for being dearer.
    limit: u64,
    beyond: Option<u64>,
    best: Option<(u64, Design)>,
    /// What has closed branches so far.
    blamed: Refutation,
}

impl<'s> Search<'s> {
    fn new(product: &'s Product, goal: &'s Goal<'s>) -> Self {
        let mut watched = vec![Vec::new(); product.attributes.len()];
        for (index, rule) in product.rules.iter().enumerate().filter(|(index, _)| goal.rules[*index]) {
            rule.condition.attributes(&mut |attribute: AttributeId| {
                let rules: &mut Vec<usize> = &mut watched[attribute.index()];
                if rules.last() != Some(&index) {
                    rules.push(index);
                }
            });
        }
        let budget = product.budget.filter(|_| goal.budget);
        Self {
            product,
            goal,
            open: Open { product, partial: Vec::with_capacity(product.attributes.len()) },
            assumed: goal.reference.clone(),
            units: Vec::new(),
            decided: Vec::new(),
            watched,
            units_of: vec![Vec::new(); product.rules.len()],
            broken: vec![false; product.rules.len()],
            points: 0,
            ceiling: budget.map_or(u64::MAX, |budget| u64::from(budget.ceiling)),
            steps: 0,
            limit: 0,
            beyond: None,
            best: None,
            blamed: Refutation { rules: vec![false; product.rules.len()], ..Refutation::default() },
        }
    }

    fn run(&mut self) -> Result<(), TooComplex> {
        if !self.start() {
            return Ok(());
        }
        for _ in 0..DEEPENINGS {
            self.beyond = None;
            self.descend(0)?;
            match self.beyond {
                Some(next) if self.best.is_none() => self.limit = next,
                _ => return Ok(()),
            }
        }
        self.limit = u64::MAX;
        self.descend(0)
    }

    /// Decides what is fixed or locked and lists the rest. False when that alone cannot be.
    fn start(&mut self) -> bool {
        let (mut bound, mut free) = (Vec::new(), Vec::new());
        for (id, attribute) in self.product.ids() {
            let standard = self.product.standard().value(id);
            let fixed = self.goal.fixed.get(id);
            if attribute.locked && fixed.is_some_and(|value| value != standard) {
                self.blamed.value = Some(id);
                return false;
            }
            if let Some(value) = if attribute.locked { Some(standard) } else { fixed } {
                if attribute.option_ids().any(|(option, opt)| !opt.available && value.includes(option)) {
                    self.blamed.value = Some(id);
                    return false;
                }
                self.points += u64::from(self.product.points(id, value));
                self.open.partial.push(Partial::of(value, attribute));
                self.assumed.set(id, value.clone());
                continue;
            }
            let units = if self.watched[id.index()].is_empty() { &mut free } else { &mut bound };
            let partial = match &attribute.kind {
                Kind::Choice { .. } => Partial::Choice(None),
                Kind::Number { .. } => Partial::Number(None),
                Kind::Text { .. } => Partial::Text(None),
                Kind::MultiChoice { options, min, max } => {
                    let (mut decided, mut chosen) = (OptionSet::default(), OptionSet::default());
                    let mut assumed = OptionSet::default();
                    for (option, opt) in attribute.option_ids() {
                        let mut members = self.goal.members.iter();
                        match members.find(|(owner, wanted, _)| *owner == id && *wanted == option) {
                            Some((.., true)) if !opt.available => return false,
                            Some(&(.., inside)) => {
                                decided = decided.toggled(option);
                                if inside {
                                    (chosen, assumed) = (chosen.toggled(option), assumed.toggled(option));
                                }
                                if standard.includes(option) != inside {
                                    self.points += u64::from(opt.points);
                                }
                            }
                            None if opt.available => {
                                units.push(Unit::Member(id, option));
                                if self.goal.reference.value(id).includes(option) {
                                    assumed = assumed.toggled(option);
                                }
                            }
                            None => decided = decided.toggled(option),
                        }
                    }
                    if !can_have_between(*min, *max, options.len(), decided, chosen) {
                        return false;
                    }
                    self.assumed.set(id, Value::Options(assumed));
                    Partial::Options { decided, chosen }
                }
            };
            if !matches!(partial, Partial::Options { .. }) {
                units.push(Unit::Whole(id));
            }
            self.open.partial.push(partial);
        }
        bound.append(&mut free);
        self.units = bound;
        self.decided = vec![false; self.units.len()];
        for (index, unit) in self.units.iter().enumerate() {
            for &rule in &self.watched[unit.attribute().index()] {
                self.units_of[rule].push(index);
            }
        }
        for rule in (0..self.broken.len()).filter(|&rule| self.goal.rules[rule]) {
            self.broken[rule] = self.is_broken(rule);
        }
        let contradicted =
            (0..self.broken.len()).find(|&rule| self.broken[rule] && self.is_contradicted(rule));
        if let Some(rule) = contradicted {
            self.blamed.rules[rule] = true;
        }
        contradicted.is_none()
    }

    fn blame(&mut self, cause: Cause) {
        match cause {
            Cause::Rule(rule) => self.blamed.rules[rule] = true,
            Cause::Budget => self.blamed.budget = true,
            Cause::Bounds => {}
        }
    }

    /// Whether a rule cannot hold any more, whatever is decided next.
    fn is_contradicted(&self, rule: usize) -> bool {
        self.product.rules[rule].condition.truth(&self.open) == Some(false)
    }

    /// Whether a rule does not hold for what is assumed.
    fn is_broken(&self, rule: usize) -> bool {
        !self.product.holds(&self.product.rules[rule].condition, &self.assumed)
    }

    /// Looks at all designs that keep what is decided; `cost` is what its departures cost.
    fn descend(&mut self, cost: u64) -> Result<(), TooComplex> {
        let conflicts = self.conflicts();
        if let Some(conflict) = conflicts.iter().find(|conflict| conflict.units.is_empty()) {
            self.blame(conflict.cause);
            return Ok(());
        }
        let least = cost.saturating_add(self.least_cost(&conflicts));
        if least > self.limit {
            self.beyond = Some(self.beyond.map_or(least, |beyond| beyond.min(least)));
            return Ok(());
        }
        if let Some((best, design)) = &self.best
            && (least > *best || least == *best && !self.may_come_before(design))
        {
            return Ok(());
        }
        let Some(conflict) = conflicts.into_iter().min_by_key(|conflict| self.breadth(conflict)) else {
            self.best = Some((cost, self.assumed.clone()));
            return Ok(());
        };
        self.blame(conflict.cause);
        let mut kept = Vec::with_capacity(conflict.units.len());
        for unit in conflict.units {
            for value in self.departures(unit) {
                self.steps += 1;
                if self.steps > self.goal.steps {
                    return Err(TooComplex);
                }
                let undo = self.decide(unit, value);
                if self.fits(unit) {
                    self.descend(cost.saturating_add(self.weight(unit)))?;
                }
                self.take_back(undo);
                if self.goal.weights.is_none() && self.best.is_some() {
                    return Ok(());
                }
            }
            let value = self.assumed.value(self.units[unit].attribute()).clone();
            kept.push(self.decide(unit, value));
            if !self.fits(unit) {
                break;
            }
        }
        while let Some(undo) = kept.pop() {
            self.take_back(undo);
        }
        Ok(())
    }

    /// What is wrong with the assumed design: for each conflict the undecided units of which one has to depart.
    fn conflicts(&self) -> Vec<Conflict> {
        let undecided = |unit: &usize| !self.decided[*unit];
        let broken = (0..self.broken.len()).filter(|&rule| self.broken[rule]);
        let mut conflicts: Vec<Conflict> = broken
            .map(|rule| Conflict {
                units: self.units_of[rule].iter().copied().filter(undecided).collect(),
                cause: Cause::Rule(rule),
            })
            .collect();
        for (index, &unit) in self.units.iter().enumerate() {
            let id = unit.attribute();
            match (&self.product.attribute(id).kind, self.assumed.value(id)) {
                (Kind::MultiChoice { min, max, .. }, Value::Options(set)) => {
                    let first = index == 0 || self.units[index - 1].attribute() != id;
                    if first && !(*min..=*max).contains(&set.len()) {
                        let own =
                            (index..self.units.len()).take_while(|&next| self.units[next].attribute() == id);
                        conflicts
                            .push(Conflict { units: own.filter(undecided).collect(), cause: Cause::Bounds });
                    }
                }
                (kind, value) if !stands(kind, value) => {
                    let units = Some(index).into_iter().filter(undecided).collect();
                    conflicts.push(Conflict { units, cause: Cause::Bounds });
                }
                _ => {}
            }
        }
        if self.ceiling < u64::MAX {
            conflicts.extend(self.overspent().map(|units| Conflict { units, cause: Cause::Budget }));
        }
        conflicts
    }

    /// The undecided units that cost points, if the assumed design has more points than it may have.
    fn overspent(&self) -> Option<Vec<usize>> {
        let points = |unit: usize| {
            let unit = self.units[unit];
            let (value, standard) =
                (self.assumed.value(unit.attribute()), self.product.standard().value(unit.attribute()));
            u64::from(match unit {
                Unit::Whole(id) => self.product.points(id, value),
                Unit::Member(_, option) if value.includes(option) == standard.includes(option) => 0,
                Unit::Member(id, option) => self.product.attribute(id).option(option).points,
            })
        };
        let (decided, open): (Vec<usize>, Vec<usize>) =
            (0..self.units.len()).partition(|&unit| self.decided[unit]);
        let spent: u64 = self.points + decided.into_iter().map(points).sum::<u64>();
        if spent > self.ceiling {
            return Some(Vec::new());
        }
        let open: Vec<usize> = open.into_iter().filter(|&unit| points(unit) > 0).collect();
        let all = spent + open.iter().map(|&unit| points(unit)).sum::<u64>();
        (all > self.ceiling).then_some(open)
    }

    fn weight(&self, unit: usize) -> u64 {
        self.goal.weights.map_or(0, |weights| u64::from(weights[self.units[unit].attribute().index()]))
    }

    /// What it costs at least to end these conflicts: one departure for each of those without a unit in common.
    fn least_cost(&self, conflicts: &[Conflict]) -> u64 {
        let mut used = vec![false; self.units.len()];
        let mut sum = 0;
        for Conflict { units, .. } in conflicts {
            if !units.iter().any(|&unit| used[unit]) {
                sum += units.iter().map(|&unit| self.weight(unit)).min().unwrap_or(0);
                units.iter().for_each(|&unit| used[unit] = true);
            }
        }
        sum
    }

    /// How many departures a conflict has to choose from.
    fn breadth(&self, conflict: &Conflict) -> u64 {
        let departures = conflict.units.iter().map(|&unit| match self.units[unit] {
            Unit::Member(..) => 1,
            Unit::Whole(id) => match &self.product.attribute(id).kind {
                Kind::Choice { options } => options.len() as u64 - 1,
                Kind::Number { min, max, step, .. } => max.abs_diff(*min) / step.unsigned_abs(),
                Kind::Text { .. } | Kind::MultiChoice { .. } => 1,
            },
        });
        departures.sum()
    }

    /// The values of an undecided unit other than the reference's, in the order in which they are tried: the standard,
    /// the others (for a number, by distance from the reference). An attribute that no rule mentions needs only the
    /// standard.
    fn departures(&self, unit: usize) -> Vec<Value> {
        let unit = self.units[unit];
        let id = unit.attribute();
        if let (Unit::Member(_, option), Value::Options(set)) = (unit, self.assumed.value(id)) {
            return vec![Value::Options(set.toggled(option))];
        }
        let attribute = self.product.attribute(id);
        let (reference, standard) = (self.goal.reference.value(id), self.product.standard().value(id));
        let mut values: Vec<Value> = match &attribute.kind {
            _ if self.watched[id.index()].is_empty() => vec![standard.clone()],
            Kind::Number { min, max, step, .. } => {
                (0..=(max - min) / step).map(|index| Value::Number(min + index * step)).collect()
            }
            Kind::Text { .. } => vec![standard.clone(), Value::Text(String::new())],
            Kind::Choice { .. } | Kind::MultiChoice { .. } => {
                let available = attribute.option_ids().filter(|(_, option)| option.available);
                available.map(|(option, _)| Value::Option(option)).collect()
            }
        };
        values.retain(|value| value != reference);
        values.sort_by_key(|value| self.rank(id, value));
        values.dedup();
        values
    }

    /// The place of a value in the order in which an attribute's values are tried; the reference's is the first.
    fn rank(&self, id: AttributeId, value: &Value) -> (u64, i64) {
        match (value, self.goal.reference.value(id)) {
            (value, reference) if value == reference => (0, 0),
            (Value::Number(number), Value::Number(reference)) => (number.abs_diff(*reference), *number),
            (value, _) if value == self.product.standard().value(id) => (1, 0),
            (Value::Option(option), _) => (2, option.index() as i64),
            _ => (2, 0),
        }
    }

    /// Whether a design that keeps what is decided may come before this one, which departs equally far.
    fn may_come_before(&self, other: &Design) -> bool {
        for (index, &unit) in self.units.iter().enumerate() {
            let id = unit.attribute();
            let rank = |design: &Design| match unit {
                Unit::Whole(_) => self.rank(id, design.value(id)),
                Unit::Member(_, option) => {
                    let usual = self.goal.reference.value(id).includes(option);
                    (u64::from(design.value(id).includes(option) != usual), 0)
                }
            };
            let (own, others) = (if self.decided[index] { rank(&self.assumed) } else { (0, 0) }, rank(other));
            if own != others {
                return own < others;
            }
        }
        false
    }

    fn decide(&mut self, unit: usize, value: Value) -> Undo {
        let id = self.units[unit].attribute();
        let partial = self.open.partial[id.index()];
        self.open.partial[id.index()] = match (self.units[unit], partial) {
            (Unit::Member(_, option), Partial::Options { decided, chosen }) => Partial::Options {
                decided: decided.toggled(option),
                chosen: if value.includes(option) { chosen.toggled(option) } else { chosen },
            },
            _ => Partial::of(&value, self.product.attribute(id)),
        };
        self.decided[unit] = true;
        Undo { unit, partial, value: self.assume(id, value) }
    }

    fn take_back(&mut self, undo: Undo) {
        let id = self.units[undo.unit].attribute();
        self.open.partial[id.index()] = undo.partial;
        self.decided[undo.unit] = false;
        self.assume(id, undo.value);
    }

    /// Gives the assumed design another value and returns the one it had.
    fn assume(&mut self, id: AttributeId, value: Value) -> Value {
        if self.assumed.value(id) == &value {
            return value;
        }
        let old = self.assumed.set(id, value);
        for index in 0..self.watched[id.index()].len() {
            let rule = self.watched[id.index()][index];
            self.broken[rule] = self.is_broken(rule);
        }
        old
    }

    /// Whether what is decided of a unit's attribute leaves its rules and bounds a chance. A rule that holds for what is
    /// assumed has one.
    fn fits(&mut self, unit: usize) -> bool {
        let id = self.units[unit].attribute();
        let bounds = match (&self.open.partial[id.index()], &self.product.attribute(id).kind) {
            (Partial::Options { decided, chosen }, Kind::MultiChoice { options, min, max }) => {
                can_have_between(*min, *max, options.len(), *decided, *chosen)
            }
            _ => true,
        };
        let mut watched = self.watched[id.index()].iter().copied();
        let contradicted = watched.find(|&rule| self.broken[rule] && self.is_contradicted(rule));
        if let (true, Some(rule)) = (bounds, contradicted) {
            self.blame(Cause::Rule(rule));
        }
        bounds && contradicted.is_none()
    }
}

/// Whether a value is one the attribute takes at the moment: defaults may be of another time.
fn stands(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Choice { options }, Value::Option(option)) => options[option.index()].available,
        (Kind::Number { min, max, step, .. }, Value::Number(number)) => {
            (*min..=*max).contains(number) && (number - min) % step == 0
        }
        _ => true,
    }
}

/// Whether a multi-choice of so many options can still get as many as it takes.
fn can_have_between(min: u32, max: u32, options: usize, decided: OptionSet, chosen: OptionSet) -> bool {
    let open = u32::try_from(options).unwrap_or(u32::MAX).saturating_sub(decided.len());
    chosen.len() <= max && chosen.len() + open >= min
}
