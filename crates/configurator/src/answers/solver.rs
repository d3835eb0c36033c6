//! A product that is too large for a diagram, answered by the solver.
//!
//! What is possible and what is in conflict is exact, or left open when it takes too long to find out; more may be known when
//! one asks again. The nearest design, and so a repair, is that as far as patience goes, of those that are equally near the
//! one that keeps the reference longest, and otherwise only near; the same question always gets the same design, so that a
//! menu promises what a click then brings.

use std::fmt;
use std::ops::Range;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::{Answers, Conflict, Near, Nearest, Offer, Offers, ServedBy, Wanted};
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, RuleId};
use crate::layout::Variables;
use crate::product::Product;
use crate::refute::{Blame, Refuter};
use crate::value::{Member, Value};
use engine::Diagram;
use engine::cnf::{Limits, TooLarge};
use engine::effort::{Effort, Patience, TooComplex};
use engine::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};
use engine::objective::Scores;
use engine::solver::{Choice, First, GuardedConstraints, Solver};

/// What answers for a product whose diagram would be too large. Reasons are first searched for: most are simple.
pub(crate) struct SolverAnswers {
    variables: Variables,
    /// By variable: its first literal, as a diagram would number them.
    first: Vec<u32>,
    /// For each text the attribute and a variable that lets it be another than the standard's: nobody but the shopper
    /// types texts.
    typed: Vec<(AttributeId, VariableId)>,
    /// Which of the model's constraints are the product's rules, in order; the budget follows, if there is one.
    rules: Range<usize>,
    has_budget: bool,
    model: Model,
    patience: Patience,
    /// Every constraint with a selector, to find those that are to blame.
    guarded: GuardedConstraints,
    /// Written to by what is learnt about what is possible.
    solver: RwLock<Solver>,
}

impl SolverAnswers {
    /// Makes the solver and finds out what no choice makes possible, as far as the effort for a menu goes.
    ///
    /// # Errors
    /// The rules outgrow a limit as clauses.
    pub(crate) fn new(product: &Product, limits: &Limits, patience: Patience) -> Result<Self, TooLarge> {
        let mut model = product.to_model();
        // Of designs that are equally near, one is taken whatever it costs: prices would only be in the way.
        model.prices.clear();
        model.variables.iter_mut().for_each(|variable| variable.prices.fill(0));
        let variables = Variables::of(product);
        let first = first_literals(&model);
        let has_budget = product.budget.is_some();
        let end = model.constraints.len() - usize::from(has_budget);
        let rules = end - product.rules.len()..end;
        let mut typed = Vec::new();
        for (id, attribute) in product.ids() {
            if let Some(value) = attribute.kind.typed() {
                let may = model.add_variable(Variable::boolean(format!("{} is typed", attribute.code)));
                let other = Formula::In(variables.whole(id), vec![ValueId::new(value)]);
                let implied = Formula::Or(vec![other.negated(), Formula::In(may, vec![ValueId(1)])]);
                model.add_constraint(&attribute.code, ConstraintKind::Formula(implied));
                typed.push((id, may));
            }
        }
        let mut solver = Solver::new(&model, limits)?;
        let guarded = solver.guarded();
        // What no choice makes possible is found out beforehand, as far as effort goes.
        solver.menu_within(&[], &[], &Effort::new(patience.menu));
        let solver = RwLock::new(solver);
        Ok(Self { variables, first, typed, rules, has_budget, model, patience, guarded, solver })
    }

    /// For questions of which nothing is learnt.
    fn reading(&self) -> RwLockReadGuard<'_, Solver> {
        // What they read was not touched by whoever failed.
        self.solver.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn learning(&self) -> RwLockWriteGuard<'_, Solver> {
        self.solver.write().unwrap_or_else(|poisoned| {
            let mut solver = poisoned.into_inner();
            solver.forget();
            self.solver.clear_poison();
            solver
        })
    }

    /// What a value of an attribute is in the model.
    fn value<'v>(
        &self,
        product: &'v Product,
        id: AttributeId,
        value: &'v Value,
    ) -> impl Iterator<Item = Choice> + use<'v> {
        choices_of(product, &self.variables, id, value)
    }

    fn members(&self, members: &[Member]) -> impl Iterator<Item = Choice> {
        let member = |&(id, option, inside)| (self.variables.member(id, option), ValueId(u32::from(inside)));
        members.iter().map(member)
    }

    /// For each text whether it may be another than the standard's.
    fn typed(&self, product: &Product, fixed: &Choices, reference: &Design) -> impl Iterator<Item = Choice> {
        self.typed.iter().map(|&(id, may)| {
            let own = fixed.get(id).unwrap_or_else(|| product.usual(id, reference));
            let attribute = product.attribute(id);
            let is_typed = attribute.pick(0, own, product.initial(id)) == attribute.kind.typed();
            (may, ValueId(u32::from(is_typed)))
        })
    }

    /// All that fixed values say.
    fn fixed(&self, product: &Product, fixed: &Choices, reference: &Design) -> Vec<Choice> {
        let values = fixed.iter().flat_map(|(id, value)| self.value(product, id, value));
        self.typed(product, fixed, reference).chain(values).collect()
    }

    /// A valid design as an assignment, and those that differ from it in one value: most of what is available needs no more to
    /// be shown.
    fn neighbours(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        design: &Design,
    ) -> Vec<Vec<ValueId>> {
        let mut assignment = vec![ValueId(0); self.model.variables.len()];
        let values = product.ids().flat_map(|(id, _)| self.value(product, id, design.value(id)));
        for (variable, value) in values.chain(self.typed(product, fixed, reference)) {
            assignment[variable.index()] = value;
        }
        let mut found = vec![assignment.clone()];
        for (index, variable) in self.model.variables.iter().enumerate() {
            let own = assignment[index];
            for value in (0..variable.size()).map(ValueId::new).filter(|value| *value != own) {
                assignment[index] = value;
                if self.model.is_valid(&assignment) {
                    found.push(assignment.clone());
                }
            }
            assignment[index] = own;
        }
        found
    }

    /// Which rules contradict these choices, each needed for that, and whether the budget is; without it if that will do.
    /// `None` when that takes too long to find out. An effort that ends leaves rules in that may not be needed.
    fn blamed(&self, choices: &[Choice], effort: &Effort) -> Option<Blame> {
        let budget = self.has_budget.then_some(self.rules.end);
        let found = self.guarded.culprits(choices, self.rules.clone(), budget, effort)?;
        let rules = found.constraints.into_iter().map(|index| RuleId::new(index - self.rules.start));
        Some(Blame { rules: rules.collect(), budget: found.spared })
    }

    /// Why no valid design has these choices. `wanted` is kept.
    fn conflict(
        &self,
        product: &Product,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
        effort: &Effort,
    ) -> Result<Conflict, TooComplex> {
        let mut solver = self.learning();
        let mut is_contradiction = |choices: &Choices| {
            solver.is_possible_within(&self.fixed(product, choices, reference), effort) == Some(false)
        };
        if !is_contradiction(choices) {
            return Err(TooComplex);
        }
        let mut kept = choices.clone();
        let given: Vec<AttributeId> = choices.iter().map(|(id, _)| id).collect();
        for id in given.into_iter().rev().filter(|id| Some(*id) != wanted) {
            let fewer = kept.clone().without(id);
            if is_contradiction(&fewer) {
                kept = fewer;
            }
        }
        drop(solver);
        let blame = self.blamed(&self.fixed(product, &kept, reference), effort);
        Ok(Conflict { kept, blame })
    }
}

impl Answers for SolverAnswers {
    fn served_by(&self) -> ServedBy {
        ServedBy::Solver
    }

    fn patience(&self) -> Patience {
        self.patience
    }

    fn is_possible(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        members: &[Member],
        effort: &Effort,
    ) -> Result<bool, TooComplex> {
        let mut choices = self.fixed(product, fixed, reference);
        choices.extend(self.members(members));
        self.learning().is_possible_within(&choices, effort).ok_or(TooComplex)
    }

    fn nearest(
        &self,
        product: &Product,
        sought: &Wanted,
        finding: u64,
        effort: &Effort,
    ) -> Result<Option<Nearest>, TooComplex> {
        let &Wanted { fixed, members, near: Near { reference, .. }, there, .. } = sought;
        let wanted =
            fixed.iter().fold(reference.clone(), |design, (id, value)| design.with(id, value.clone()));
        let design = product.fitted(wanted.clone());
        let has = |&(id, option, inside): &Member| match design.value(id) {
            Value::Absent => false,
            value => value.includes(option) == inside,
        };
        let may_be = |(id, value): (AttributeId, &Value)| match fixed.get(id) {
            Some(own) => value == own,
            None => *value != Value::Absent || *there.value(id) == Value::Absent,
        };
        if members.iter().all(has) && design.iter().all(may_be) && product.validate(&design).is_empty() {
            return Ok(Some(Nearest { design, is_proven: true }));
        }
        let mut choices = self.fixed(product, fixed, reference);
        choices.extend(self.members(members));
        let scores = scores(product, (&self.variables, &self.first), sought);
        let found = self.reading().first_of_best(&choices, &scores, finding, self.patience, effort)?;
        Ok(found.map(|First { assignment, is_proven }| Nearest {
            design: self.variables.read(product, &assignment, &wanted),
            is_proven,
        }))
    }

    fn offers(
        &self,
        product: &Product,
        fixed: &Choices,
        Near { reference, .. }: Near<'_>,
        design: Option<&Design>,
        effort: &Effort,
    ) -> Offers<'_> {
        let choices = self.fixed(product, fixed, reference);
        let shown = design.map(|design| self.neighbours(product, fixed, reference, design));
        let available = self.learning().menu_within(&choices, &shown.unwrap_or_default(), effort);
        let own = available.into_iter().take(self.first.len() - 1).flatten();
        let offer = |available: Option<bool>| match available {
            Some(true) => Offer::Possible { price: 0, alone: false },
            Some(false) => Offer::Impossible,
            None => Offer::Undecided,
        };
        Offers::new(&self.variables, &self.first, own.map(offer).collect())
    }

    fn is_priced(&self) -> bool {
        false
    }

    fn conflicts(
        &self,
        product: &Product,
        choices: &Choices,
        alone: &[Choices],
        reference: &Design,
        effort: &Effort,
    ) -> Vec<Option<Conflict>> {
        let conflict = |alone: &Choices| {
            let wanted = alone.iter().next();
            let all = alone.iter().fold(choices.clone(), |all, (id, value)| all.with(id, value.clone()));
            let wanted = wanted.map(|(id, _)| id);
            let found = Refuter { product, reference, steps: self.patience.steps }.conflict(&all, wanted);
            match found {
                Ok((kept, blame)) => Some(Conflict { kept, blame: Some(blame) }),
                Err(TooComplex) => self.conflict(product, &all, wanted, reference, effort).ok(),
            }
        };
        alone.iter().map(conflict).collect()
    }

    fn price_range(&self, _: &Product, _: &Choices) -> Option<(i64, i64)> {
        None
    }

    fn diagram(&self) -> Option<&Diagram> {
        None
    }

    fn to_bytes(&self) -> Option<Vec<u8>> {
        None
    }
}

impl fmt::Debug for SolverAnswers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SolverAnswers").field("patience", &self.patience).finish_non_exhaustive()
    }
}

/// What a value of an attribute is in the model.
fn choices_of<'v>(
    product: &'v Product,
    variables: &Variables,
    id: AttributeId,
    value: &'v Value,
) -> impl Iterator<Item = Choice> + use<'v> {
    let (attribute, standard) = (product.attribute(id), product.initial(id));
    variables.all(id).enumerate().map(move |(place, variable)| {
        // What the attribute can't be is beyond its variable's values, where nothing is possible.
        let value = attribute.pick(place, value, standard);
        (variable, value.map_or(ValueId(u32::MAX), ValueId::new))
    })
}

/// By variable: its first literal, as a diagram would number them; behind them how many there are.
pub(crate) fn first_literals(model: &Model) -> Vec<u32> {
    let mut first = vec![0_u32];
    for variable in &model.variables {
        let last = first.last().copied().unwrap_or(0);
        first.push(last.saturating_add(u32::try_from(variable.size()).unwrap_or(u32::MAX)));
    }
    first
}

/// What keeping the reference's values is worth, by value of each variable, and how far numbers are from them.
pub(crate) fn scores(
    product: &Product,
    (variables, first): (&Variables, &[u32]),
    &Wanted { fixed, near, there, weights, .. }: &Wanted,
) -> Scores {
    let mut worth = vec![0_i32; first.last().copied().unwrap_or(0) as usize];
    let mut distances = vec![0_u32; worth.len()];
    for (id, attribute) in product.ids().filter(|(id, _)| fixed.get(*id).is_none()) {
        let weight = i32::try_from(weights[id.index()]).unwrap_or(i32::MAX);
        for (variable, value) in choices_of(product, variables, id, product.usual(id, near.reference)) {
            let literals = first[variable.index()]..first[variable.index() + 1];
            let Some(literal) = literals.clone().nth(value.index()) else { continue };
            worth[literal as usize] = weight;
            if let Some(absent) = attribute.absent() {
                // A set departs from each option that it had.
                let is_near = attribute.kind.is_multi_choice() && value.index() == 0;
                if is_near || *there.value(id) == Value::Absent {
                    worth[first[variable.index()] as usize + absent] = weight;
                }
            }
            for (other, literal) in literals.enumerate() {
                distances[literal as usize] = attribute.distance(value.index(), other);
            }
        }
    }
    let scores = Scores::new(worth);
    // Where numbers are so many that the two can't be told apart, any of them is as good as another.
    scores.clone().with_distances(distances).unwrap_or(scores)
}
