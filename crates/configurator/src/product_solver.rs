//! A product that is too large for a diagram, answered by the solver.
//!
//! What is possible and what is in conflict is exact, or left open when it takes too long to find out; more may be known when
//! one asks again. The nearest design, and so a repair, is that as far as patience goes, of those that are equally near the
//! one that keeps the reference longest, and otherwise only near; the same question always gets the same design, so that a
//! menu promises what a click then brings.

use std::ops::Range;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::blame::Blame;
use crate::compiled::{Offer, Offers};
use crate::design::{Choices, Design, Member, Value};
use crate::lower::{TYPED, Variables, read_design, value_of};
use crate::menu::ServedBy;
use crate::product::{AttributeId, Kind, Product, RuleId};
use crate::solved::{Conflict, Nearest, Solve, Solved, Wanted};
use engine::cnf::{Limits, TooLarge};
use engine::compile;
use engine::effort::{Effort, Patience, TooComplex};
use engine::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};
use engine::objective::Scores;
use engine::solver::{Choice, First, GuardedConstraints, Solver};

/// Limits of a diagram that a shop makes when it starts: what takes longer is left to the solver.
const SHOP: compile::Limits = compile::Limits { nodes: 200_000, orders: 4, steps: 2_000_000 };
/// Limits of the solver there, which is copied for many a question.
const SHOP_CLAUSES: Limits = Limits { clauses: 2_000_000, states: 500_000 };

impl Product {
    /// Makes what answers for the product: its diagram, or its solver where that would be too large, or neither where the
    /// rules are too large for both.
    pub fn prepare(&mut self) -> ServedBy {
        if self.compile(SHOP).is_err() {
            // What is left then is the search.
            let _ = self.solve(&SHOP_CLAUSES, Patience::default());
        }
        self.served_by()
    }

    /// Makes the product's solver, which answers where [`Product::compile`] would be too large, and finds out what no choice
    /// makes possible, as far as the effort for a menu goes. Reasons are first searched for: most are simple.
    ///
    /// # Errors
    /// The rules outgrow a limit as clauses; the product is as before.
    pub fn solve(&mut self, limits: &Limits, patience: Patience) -> Result<(), TooLarge> {
        let solver = ProductSolver::new(self, limits, patience)?;
        self.solved = Some(Solved::new(solver, patience));
        Ok(())
    }
}

struct ProductSolver {
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
    fallback: RwLock<Solver>,
}

impl ProductSolver {
    fn new(product: &Product, limits: &Limits, patience: Patience) -> Result<Self, TooLarge> {
        let mut model = product.to_model();
        // Of designs that are equally near, one is taken whatever it costs: prices would only be in the way.
        model.prices.clear();
        model.variables.iter_mut().for_each(|variable| variable.prices.fill(0));
        let variables = Variables::of(product);
        let mut first = vec![0_u32];
        for variable in &model.variables {
            let last = first.last().copied().unwrap_or(0);
            first.push(last.saturating_add(u32::try_from(variable.size()).unwrap_or(u32::MAX)));
        }
        let has_budget = product.budget.is_some();
        let end = model.constraints.len() - usize::from(has_budget);
        let rules = end - product.rules.len()..end;
        let mut typed = Vec::new();
        for (id, attribute) in product.ids() {
            if matches!(attribute.kind, Kind::Text { .. }) {
                let may = model.add_variable(Variable::boolean(format!("{} is typed", attribute.code)));
                let other = Formula::In(variables.whole(id), vec![ValueId::new(TYPED)]);
                let implied = Formula::Or(vec![other.negated(), Formula::In(may, vec![ValueId(1)])]);
                model.add_constraint(&attribute.code, ConstraintKind::Formula(implied));
                typed.push((id, may));
            }
        }
        let mut fallback = Solver::new(&model, limits)?;
        let guarded = fallback.guarded();
        // What no choice makes possible is found out beforehand, as far as effort goes.
        fallback.menu_within(&[], &[], &Effort::new(patience.menu));
        let fallback = RwLock::new(fallback);
        Ok(Self { variables, first, typed, rules, has_budget, model, patience, guarded, fallback })
    }

    /// For questions of which nothing is learnt.
    fn calm(&self) -> RwLockReadGuard<'_, Solver> {
        // What they read was not touched by whoever failed.
        self.fallback.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn learning(&self) -> RwLockWriteGuard<'_, Solver> {
        self.fallback.write().unwrap_or_else(|poisoned| {
            let mut fallback = poisoned.into_inner();
            fallback.forget();
            self.fallback.clear_poison();
            fallback
        })
    }

    /// What a value of an attribute is in the model.
    fn value(&self, product: &Product, id: AttributeId, value: &Value) -> Vec<Choice> {
        let attribute = product.attribute(id);
        match (&attribute.kind, value) {
            (Kind::MultiChoice { .. }, Value::Options(set)) => {
                let options = attribute.option_ids().map(|(option, _)| option);
                let inside = |option| ValueId(u32::from(set.contains(option)));
                options.map(|option| (self.variables.member(id, option), inside(option))).collect()
            }
            _ => {
                // What the attribute can't be is beyond its variable's values, where nothing is possible.
                let value = value_of(attribute, product.standard().value(id), value);
                vec![(self.variables.whole(id), value.map_or(ValueId(u32::MAX), ValueId::new))]
            }
        }
    }

    fn members(&self, members: &[Member]) -> impl Iterator<Item = Choice> {
        let member = |&(id, option, inside)| (self.variables.member(id, option), ValueId(u32::from(inside)));
        members.iter().map(member)
    }

    /// For each text whether it may be another than the standard's.
    fn typed(&self, product: &Product, fixed: &Choices, reference: &Design) -> impl Iterator<Item = Choice> {
        self.typed.iter().map(|&(id, may)| {
            let own = fixed.get(id).unwrap_or_else(|| reference.value(id));
            let typed = value_of(product.attribute(id), product.standard().value(id), own) == Some(TYPED);
            (may, ValueId(u32::from(typed)))
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

    /// What keeping the reference's values is worth, by value of each variable, and how far numbers are from them.
    fn scores(&self, product: &Product, fixed: &Choices, reference: &Design, weights: &[u32]) -> Scores {
        let mut worth = vec![0_i32; self.first.last().copied().unwrap_or(0) as usize];
        let mut distances = vec![0_u32; worth.len()];
        for (id, attribute) in product.ids().filter(|(id, _)| fixed.get(*id).is_none()) {
            let weight = i32::try_from(weights[id.index()]).unwrap_or(i32::MAX);
            for (variable, value) in self.value(product, id, reference.value(id)) {
                let literals = self.first[variable.index()]..self.first[variable.index() + 1];
                let Some(literal) = literals.clone().nth(value.index()) else { continue };
                worth[literal as usize] = weight;
                if matches!(attribute.kind, Kind::Number { .. }) {
                    for (number, literal) in (0..).zip(literals) {
                        distances[literal as usize] = value.0.abs_diff(number);
                    }
                }
            }
        }
        let scores = Scores::new(worth);
        // Where numbers are so many that the two can't be told apart, any of them is as good as another.
        scores.clone().with_distances(distances).unwrap_or(scores)
    }

    /// Which rules contradict these choices, each needed for that, and whether the budget is; without it if that will do.
    /// `None` when that takes too long to find out. An effort that ends leaves rules in that may not be needed.
    fn blamed(&self, choices: &[Choice], effort: &Effort) -> Option<Blame> {
        let budget = self.has_budget.then_some(self.rules.end);
        let found = self.guarded.culprits(choices, self.rules.clone(), budget, effort)?;
        let rules = found.constraints.into_iter().map(|index| RuleId::new(index - self.rules.start));
        Some(Blame { rules: rules.collect(), budget: found.spared })
    }
}

impl Solve for ProductSolver {
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
        &Wanted { fixed, members, reference, weights }: &Wanted,
        finding: u64,
        effort: &Effort,
    ) -> Result<Option<Nearest>, TooComplex> {
        let wanted =
            fixed.iter().fold(reference.clone(), |design, (id, value)| design.with(id, value.clone()));
        let has = |&(id, option, inside): &Member| wanted.value(id).includes(option) == inside;
        if members.iter().all(has) && product.validate(&wanted).is_empty() {
            return Ok(Some(Nearest { design: wanted, is_proven: true }));
        }
        let mut choices = self.fixed(product, fixed, reference);
        choices.extend(self.members(members));
        let scores = self.scores(product, fixed, reference, weights);
        let found = self.calm().first_of_best(&choices, &scores, finding, self.patience, effort)?;
        Ok(found.map(|First { assignment, is_proven }| Nearest {
            design: read_design(product, &self.variables, &assignment, &wanted),
            is_proven,
        }))
    }

    fn offers(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        design: Option<&Design>,
        effort: &Effort,
    ) -> Offers<'_> {
        let choices = self.fixed(product, fixed, reference);
        let shown = design.map(|design| self.neighbours(product, fixed, reference, design));
        let available = self.learning().menu_within(&choices, &shown.unwrap_or_default(), effort);
        let own = available.into_iter().take(self.first.len() - 1).flatten();
        let offer = |available: Option<bool>| match available {
            Some(true) => Offer::Price(0),
            Some(false) => Offer::Impossible,
            None => Offer::Undecided,
        };
        Offers::new(&self.variables, &self.first, own.map(offer).collect())
    }

    fn conflict(
        &self,
        product: &Product,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
        effort: &Effort,
    ) -> Result<Conflict, TooComplex> {
        let mut fallback = self.learning();
        let mut is_contradiction = |choices: &Choices| {
            fallback.is_possible_within(&self.fixed(product, choices, reference), effort) == Some(false)
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
        drop(fallback);
        let blame = self.blamed(&self.fixed(product, &kept, reference), effort);
        Ok(Conflict { kept, blame })
    }
}
