//! Which rules are behind a conflict: a search for a design with some values that remembers what closed its branches.
//!
//! At each point everything undecided is assumed to be as in a reference. A rule that does not hold then, a set of options
//! out of bounds or a budget that is exceeded is a conflict: one of the decisions in it has to depart. The search branches
//! over those, never over what is in no conflict. Exact, and bounded in steps.
//!
//! What an attribute would be is decided whether it applies or not, which follows from the others. That a chosen one
//! has to apply is a condition like a rule, but never to blame.

use std::collections::BTreeSet;

use engine::effort::TooComplex;

use crate::attribute::Attribute;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, OptionId, RuleId};
use crate::known::{Assumed, Open, Partial};
use crate::product::Product;
use crate::rule::evaluation::Knowledge;
use crate::rule::syntax::Condition;
use crate::value::{OptionSet, Value};

/// Most assignments one search tries before it gives up.
pub(crate) const MOST_STEPS: u32 = 400_000;

/// The rules behind a conflict of choices, none of which can be left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Blame {
    pub rules: Vec<RuleId>,
    /// Whether the budget is behind it, too.
    pub budget: bool,
}

/// Refutes claims about one product over one reference, each in so many steps.
pub(crate) struct Refuter<'r> {
    pub product: &'r Product,
    pub reference: &'r Design,
    pub steps: u32,
}

impl Refuter<'_> {
    /// The rules behind choices that are known to be impossible.
    pub(crate) fn rules_behind(&self, choices: &Choices) -> Result<Blame, TooComplex> {
        let refuted = self.refuted(choices, &self.every_rule(), true)?;
        self.needed(choices, refuted.unwrap_or_default())
    }

    /// The fewest of some impossible choices that are impossible already, later ones left out first, and the rules behind
    /// them. What is chosen for `wanted` is kept.
    pub(crate) fn conflict(
        &self,
        choices: &Choices,
        wanted: Option<AttributeId>,
    ) -> Result<(Choices, Blame), TooComplex> {
        let every = self.every_rule();
        let mut refutation = self.refuted(choices, &every, true)?.unwrap_or_default();
        let mut kept = self.involved(choices, wanted, &refutation);
        let given: Vec<AttributeId> =
            kept.iter().map(|(id, _)| id).filter(|id| Some(*id) != wanted).collect();
        for &id in given.iter().rev() {
            if kept.get(id).is_some()
                && let Some(simpler) = self.refuted(&kept.clone().without(id), &every, true)?
            {
                kept = self.involved(&kept.without(id), wanted, &simpler);
                refutation = simpler;
            }
        }
        let blame = self.needed(&kept, refutation)?;
        Ok((kept, blame))
    }

    fn every_rule(&self) -> Vec<bool> {
        vec![true; self.product.rules.len()]
    }

    /// Why no valid design has these choices, as far as these rules and the budget go; `None` when one has.
    fn refuted(
        &self,
        choices: &Choices,
        rules: &[bool],
        budget: bool,
    ) -> Result<Option<Refutation>, TooComplex> {
        let claim = Claim { fixed: choices, reference: self.reference, rules, budget, steps: self.steps };
        refute(self.product, &claim)
    }

    /// What of a refutation is needed to refute these choices.
    fn needed(&self, kept: &Choices, refutation: Refutation) -> Result<Blame, TooComplex> {
        let Refutation { mut rules, mut budget, .. } = refutation;
        if budget && let Some(simpler) = self.refuted(kept, &self.every_rule(), false)? {
            (budget, rules) = (false, simpler.rules);
        }
        for index in (0..rules.len()).rev() {
            if !rules[index] {
                continue;
            }
            rules[index] = false;
            match self.refuted(kept, &rules, budget)? {
                Some(simpler) => rules = simpler.rules,
                None => rules[index] = true,
            }
        }
        let rules = (0..rules.len()).filter(|&index| rules[index]).map(RuleId::new).collect();
        Ok(Blame { rules, budget })
    }

    /// The choices that a refutation is about, with the wanted one. Any choice may count for the budget.
    fn involved(&self, choices: &Choices, wanted: Option<AttributeId>, refutation: &Refutation) -> Choices {
        let mut involved: BTreeSet<AttributeId> = BTreeSet::new();
        involved.extend(wanted.into_iter().chain(refutation.value));
        for (rule, _) in self.product.rules.iter().zip(&refutation.rules).filter(|(_, blamed)| **blamed) {
            involved.extend(self.product.behind(&rule.condition));
        }
        for &id in &refutation.presence {
            involved.insert(id);
            let applies = self.product.attribute(id).applies.iter();
            involved.extend(applies.flat_map(|applies| self.product.behind(applies)));
        }
        let given: Vec<AttributeId> = choices.iter().map(|(id, _)| id).collect();
        let apart = |id: &AttributeId| !refutation.budget && !involved.contains(id);
        given.into_iter().filter(apart).fold(choices.clone(), Choices::without)
    }
}

/// What shall be refuted: that a valid design has these values.
struct Claim<'c> {
    pub fixed: &'c Choices,
    /// What is tried first.
    pub reference: &'c Design,
    /// Which rules count, by rule.
    pub rules: &'c [bool],
    /// Whether the customisation budget counts.
    pub budget: bool,
    /// After how many assignments to give up.
    pub steps: u32,
}

/// What showed that no design meets a claim; the rest of the claim need not be looked at again to show that.
#[derive(Clone, Debug, Default)]
struct Refutation {
    /// By rule.
    pub rules: Vec<bool>,
    pub budget: bool,
    /// A fixed value that the attribute cannot have, whatever the rules say.
    pub value: Option<AttributeId>,
    /// Attributes that had to apply.
    pub presence: BTreeSet<AttributeId>,
}

/// Why no design meets the claim; `None` when one does.
fn refute(product: &Product, claim: &Claim) -> Result<Option<Refutation>, TooComplex> {
    let mut search = Search::new(product, claim);
    let found = search.start() && search.descend()?;
    Ok(if found { None } else { Some(search.blamed) })
}

/// Whether an attribute can have a value whatever the rules say.
fn can_have(product: &Product, id: AttributeId, value: &Value) -> bool {
    let attribute = product.attribute(id);
    let gone = attribute.option_ids().any(|(option, opt)| !opt.available && value.includes(option));
    !gone && (!attribute.locked || value == product.initial(id))
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
    /// By place among the conditions.
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
    claim: &'s Claim<'s>,
    /// What is decided.
    open: Open<'s>,
    /// What is decided, and the reference for the rest.
    assumed: Design,
    units: Vec<Unit>,
    /// The product's rules, and then what has to apply.
    conditions: Vec<Condition>,
    /// Whether each of them counts, and the attributes of those that are no rules.
    counts: Vec<bool>,
    presence: Vec<AttributeId>,
    /// By unit: whether it is decided.
    decided: Vec<bool>,
    /// By attribute: the conditions that count and depend on it.
    watched: Vec<Vec<usize>>,
    /// By attribute: whether it makes a difference to a condition that counts or to whether another one applies.
    matters: Vec<bool>,
    /// By condition: the units it depends on, and whether what is assumed breaks it.
    units_of: Vec<Vec<usize>>,
    broken: Vec<bool>,
    /// What is fixed or locked, and the most points a design may have.
    given: Vec<AttributeId>,
    ceiling: u64,
    steps: u32,
    /// What has closed branches so far.
    blamed: Refutation,
}

impl<'s> Search<'s> {
    fn new(product: &'s Product, claim: &'s Claim<'s>) -> Self {
        let mut conditions: Vec<Condition> =
            product.rules.iter().map(|rule| rule.condition.clone()).collect();
        let mut presence = Vec::new();
        for (id, _) in claim.fixed.iter() {
            let Some(applies) = &product.attribute(id).applies else { continue };
            conditions.push(applies.clone());
            presence.push(id);
        }
        let counts: Vec<bool> = (0..conditions.len()).map(|at| claim.rules.get(at) != Some(&false)).collect();
        let mut watched = vec![Vec::new(); product.attributes.len()];
        for (index, condition) in conditions.iter().enumerate().filter(|(index, _)| counts[*index]) {
            for attribute in product.behind(condition) {
                watched[attribute.index()].push(index);
            }
        }
        let mut matters: Vec<bool> = watched.iter().map(|conditions| !conditions.is_empty()).collect();
        for applies in product.attributes.iter().filter_map(|attribute| attribute.applies.as_ref()) {
            product.behind(applies).into_iter().for_each(|id| matters[id.index()] = true);
        }
        let budget = product.budget.filter(|_| claim.budget);
        Self {
            product,
            claim,
            open: Open { product, partial: Vec::with_capacity(product.attributes.len()) },
            assumed: Design::new(
                product.ids().map(|(id, _)| product.usual(id, claim.reference).clone()).collect(),
            ),
            units: Vec::new(),
            decided: Vec::new(),
            watched,
            matters,
            units_of: vec![Vec::new(); conditions.len()],
            broken: vec![false; conditions.len()],
            conditions,
            counts,
            presence,
            given: Vec::new(),
            ceiling: budget.map_or(u64::MAX, |budget| u64::from(budget.ceiling)),
            steps: 0,
            blamed: Refutation { rules: vec![false; product.rules.len()], ..Refutation::default() },
        }
    }

    /// Decides what is fixed or locked and lists the rest. False when that alone cannot be.
    fn start(&mut self) -> bool {
        let (mut bound, mut free) = (Vec::new(), Vec::new());
        for (id, attribute) in self.product.ids() {
            let standard = self.product.initial(id);
            let fixed = self.claim.fixed.get(id);
            if let Some(value) = if attribute.locked { Some(standard) } else { fixed } {
                let has_it = fixed.is_some() || attribute.applies.is_none();
                if has_it && !can_have(self.product, id, fixed.unwrap_or(value)) {
                    self.blamed.value = Some(id);
                    return false;
                }
                self.open.partial.push(Partial::of(value, attribute));
                self.assumed.set(id, value.clone());
                self.given.push(id);
                continue;
            }
            let units = if self.matters[id.index()] { &mut bound } else { &mut free };
            let partial = self.undecided(id, attribute, units);
            if !self.can_still_be(attribute, partial) {
                return false;
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
        for rule in (0..self.broken.len()).filter(|&rule| self.counts[rule]) {
            self.broken[rule] = self.is_broken(rule);
        }
        let contradicted =
            (0..self.broken.len()).find(|&rule| self.broken[rule] && self.is_contradicted(rule));
        if let Some(rule) = contradicted {
            self.blame(Cause::Rule(rule));
        }
        contradicted.is_none()
    }

    /// What is decided of an attribute that is neither fixed nor locked; what can be decided of it is added to the units.
    fn undecided(&mut self, id: AttributeId, attribute: &Attribute, units: &mut Vec<Unit>) -> Partial {
        if !attribute.kind.is_multi_choice() {
            units.push(Unit::Whole(id));
            return Partial::open(attribute);
        }
        let reference = self.product.usual(id, self.claim.reference);
        let (mut decided, mut assumed) = (OptionSet::default(), OptionSet::default());
        for (option, opt) in attribute.option_ids() {
            if !opt.available {
                decided = decided.toggled(option);
                continue;
            }
            units.push(Unit::Member(id, option));
            if reference.includes(option) {
                assumed = assumed.toggled(option);
            }
        }
        self.assumed.set(id, Value::Options(assumed));
        Partial::Options { decided, chosen: OptionSet::default() }
    }

    /// Whether a multi-choice of which so much is decided can keep its bounds; others always can.
    fn can_still_be(&self, attribute: &Attribute, partial: Partial) -> bool {
        match (partial, attribute.kind.set_bounds()) {
            (Partial::Options { decided, chosen }, Some(bounds)) => {
                let options = u32::try_from(attribute.options().len()).unwrap_or(u32::MAX);
                let open = options.saturating_sub(decided.len());
                chosen.len() <= *bounds.end() && chosen.len() + open >= *bounds.start()
            }
            _ => true,
        }
    }

    fn blame(&mut self, cause: Cause) {
        match cause {
            Cause::Rule(rule) => match rule.checked_sub(self.blamed.rules.len()) {
                None => self.blamed.rules[rule] = true,
                Some(place) => {
                    self.blamed.presence.insert(self.presence[place]);
                }
            },
            Cause::Budget => self.blamed.budget = true,
            Cause::Bounds => {}
        }
    }

    /// Whether a rule cannot hold any more, whatever is decided next.
    fn is_contradicted(&self, rule: usize) -> bool {
        self.conditions[rule].truth(&self.open) == Some(false)
    }

    /// Whether a rule does not hold for what is assumed.
    fn is_broken(&self, rule: usize) -> bool {
        let assumed = Assumed { product: self.product, design: &self.assumed };
        self.conditions[rule].truth(&assumed) != Some(true)
    }

    /// Whether a design that keeps what is decided meets the claim.
    fn descend(&mut self) -> Result<bool, TooComplex> {
        let conflicts = self.conflicts();
        if let Some(conflict) = conflicts.iter().find(|conflict| conflict.units.is_empty()) {
            self.blame(conflict.cause);
            return Ok(false);
        }
        let Some(conflict) = conflicts.into_iter().min_by_key(|conflict| self.breadth(conflict)) else {
            return Ok(true);
        };
        self.blame(conflict.cause);
        let mut kept = Vec::with_capacity(conflict.units.len());
        for unit in conflict.units {
            for value in self.departures(unit) {
                self.steps += 1;
                if self.steps > self.claim.steps {
                    return Err(TooComplex);
                }
                let undo = self.decide(unit, value);
                if self.fits(unit) && self.descend()? {
                    return Ok(true);
                }
                self.take_back(undo);
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
        Ok(false)
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
            let is_first = index == 0 || self.units[index - 1].attribute() != id;
            if is_first && !self.product.attribute(id).kind.takes(self.assumed.value(id)) {
                let own = (index..self.units.len()).take_while(|&next| self.units[next].attribute() == id);
                conflicts.push(Conflict { units: own.filter(undecided).collect(), cause: Cause::Bounds });
            }
        }
        if self.ceiling < u64::MAX {
            conflicts.extend(self.overspent().map(|units| Conflict { units, cause: Cause::Budget }));
        }
        conflicts
    }

    /// The undecided units by which points may be saved, if the assumed design has more points than it may have.
    fn overspent(&self) -> Option<Vec<usize>> {
        let assumed = Assumed { product: self.product, design: &self.assumed };
        let own = |id: AttributeId, unit: Option<Unit>| {
            let (value, standard) = (self.assumed.value(id), self.product.initial(id));
            u64::from(match unit {
                Some(Unit::Member(_, option)) if !value.includes(option) || standard.includes(option) => 0,
                Some(Unit::Member(_, option)) => self.product.attribute(id).option(option).points,
                Some(Unit::Whole(_)) | None => self.product.points(id, value),
            })
        };
        let given = self.given.iter().map(|&id| (id, None));
        let units =
            self.units.iter().enumerate().map(|(index, unit)| (unit.attribute(), Some((index, *unit))));
        let (mut spent, mut all, mut open) = (0, 0, BTreeSet::new());
        let mut leaving = BTreeSet::new();
        for (id, unit) in given.chain(units) {
            let points = own(id, unit.map(|(_, unit)| unit));
            if points == 0 || assumed.present(id) == Some(false) {
                continue;
            }
            all += points;
            let index = unit.map(|(index, _)| index).filter(|&index| !self.decided[index]);
            // What is decided costs nothing where its attribute may still leave.
            if index.is_none() && self.open.present(id) == Some(true) {
                spent += points;
            }
            open.extend(index);
            let applies = self.product.attribute(id).applies.iter();
            leaving.extend(applies.flat_map(|applies| self.product.behind(applies)));
        }
        if all <= self.ceiling {
            return None;
        }
        if spent > self.ceiling {
            return Some(Vec::new());
        }
        let leaves = |index: &usize| leaving.contains(&self.units[*index].attribute());
        open.extend((0..self.units.len()).filter(|&index| !self.decided[index]).filter(leaves));
        Some(open.into_iter().collect())
    }

    /// How many departures a conflict has to choose from.
    fn breadth(&self, conflict: &Conflict) -> u64 {
        let departures = conflict.units.iter().map(|&unit| match self.units[unit] {
            Unit::Member(..) => 1,
            Unit::Whole(id) => self.product.attribute(id).kind.others(),
        });
        departures.sum()
    }

    /// The values of an undecided unit other than the reference's, in the order in which they are tried: the standard,
    /// the others (for a number, by distance from the reference). One that makes no difference to any condition
    /// needs only the standard.
    fn departures(&self, unit: usize) -> Vec<Value> {
        let unit = self.units[unit];
        let id = unit.attribute();
        if let (Unit::Member(_, option), Value::Options(set)) = (unit, self.assumed.value(id)) {
            return vec![Value::Options(set.toggled(option))];
        }
        let (reference, standard) = (self.product.usual(id, self.claim.reference), self.product.initial(id));
        let mut values = if self.matters[id.index()] {
            self.product.attribute(id).kind.told_apart(standard)
        } else {
            vec![standard.clone()]
        };
        values.retain(|value| value != reference);
        values.sort_by_key(|value| self.rank(id, value));
        values.dedup();
        values
    }

    /// The place of a value in the order in which an attribute's values are tried; the reference's is the first.
    fn rank(&self, id: AttributeId, value: &Value) -> (u64, i64) {
        match (value, self.product.usual(id, self.claim.reference)) {
            (value, reference) if value == reference => (0, 0),
            (Value::Number(number), Value::Number(reference)) => (number.abs_diff(*reference), *number),
            (value, _) if value == self.product.initial(id) => (1, 0),
            (Value::Option(option), _) => (2, option.index() as i64),
            _ => (2, 0),
        }
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
        let bounds = self.can_still_be(self.product.attribute(id), self.open.partial[id.index()]);
        let mut watched = self.watched[id.index()].iter().copied();
        let contradicted = watched.find(|&rule| self.broken[rule] && self.is_contradicted(rule));
        if let (true, Some(rule)) = (bounds, contradicted) {
            self.blame(Cause::Rule(rule));
        }
        bounds && contradicted.is_none()
    }
}
