//! The assignment that is worth most, and of those the cheapest, with proof as far as patience goes.
//!
//! What a value is worth less than the best of its variable, and what it costs more than the cheapest, becomes the weight
//! of literals that should hold; cores of them are paid for until the rest can hold (`relaxation`), the heavy ones first
//! (Ansótegui, Bonet, Gabàs, Levy, "Improving SAT-based weighted MaxSAT solvers", 2012). What alone would cost more than
//! the best assignment found so far must hold from then on.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::boxes::Boxes;
use super::prices::{Prices, Several};
use super::relaxation::{Relaxation, Step};
use super::search::{Literal, Search};
use super::state::{Choice, Solver};
use crate::effort::{Effort, Patience, TooComplex};
use crate::model::ValueId;
use crate::objective::Scores;

/// The assignment that scores most, as far as it was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Optimum {
    /// A value for each variable.
    pub assignment: Vec<ValueId>,
    /// What they score together.
    pub score: i64,
    /// Its total in minor units.
    pub total: i64,
    /// Whether it is proven that none scores more, and that none with the same score costs less.
    pub exact: bool,
    /// No valid assignment scores more.
    pub most_score: i64,
    /// No valid assignment costs less and scores `most_score`, in minor units.
    pub least_total: i64,
}

/// What [`Solver::first_of_best`] finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// A value for each variable.
    pub assignment: Vec<ValueId>,
    /// Whether it is proven that none scores more.
    pub is_proven: bool,
}

impl Solver {
    /// The valid assignment with these choices that scores most, the cheapest of these; `None` when there is none. The
    /// search for a better one, or for the proof that there is none, is given up after so many conflicts. The answer
    /// depends on nothing else.
    #[must_use]
    pub fn best(&self, choices: &[Choice], scores: &Scores, conflicts: u64) -> Option<Optimum> {
        let (mut search, scale, mut best) =
            self.begin(choices, scores, u64::MAX, &Effort::unbounded()).ok().flatten()?;
        let soft = scale.weights(self, &mut search);
        let mut relaxation = Relaxation::new(search, Vec::new(), soft);
        relaxation.search.patience = conflicts;
        self.improve(&mut relaxation, &scale, &mut best);
        let paid = relaxation.paid.min(best.cost);
        let (score, over) = (paid / scale.unit, paid % scale.unit);
        let most_score = scale.most.saturating_sub(i64::try_from(score).unwrap_or(i64::MAX));
        let least_total = scale.least.saturating_add(i128::try_from(over).unwrap_or(i128::MAX));
        Some(Optimum {
            assignment: best.assignment,
            score: scores.worth(best.score),
            total: best.total,
            exact: paid == best.cost && !scale.saturate,
            most_score: scores.worth(most_score),
            least_total: match i64::try_from(least_total) {
                Ok(least) if !scale.saturate => least,
                _ => i64::MIN,
            },
        })
    }

    /// Of the valid assignments with these choices that score most the first, where higher scores come before lower ones and
    /// earlier values before later ones, variable by variable, as far as [`Patience::finding`] goes; what the values cost is not
    /// looked at. Where the proof takes more than [`Patience::proving`], the better of two: what was found until then, and what comes of
    /// deciding variable by variable, those that matter most before the others, as far as [`Patience::finding`] goes. `None`
    /// when there is no valid assignment. What it took is taken off `effort`.
    ///
    /// # Errors
    /// With the effort of `finding` there is no telling whether there is one.
    pub fn first_of_best(
        &self,
        choices: &[Choice],
        scores: &Scores,
        finding: u64,
        patience: Patience,
        effort: &Effort,
    ) -> Result<Option<First>, TooComplex> {
        let begun = self.begin(choices, scores, finding, effort)?;
        let Some((mut search, scale, mut best)) = begun else { return Ok(None) };
        let Patience { finding, proving, .. } = patience;
        let soft = scale.weights(self, &mut search);
        effort.take(search.copying());
        let mut all = search.clone();
        let mut relaxation = Relaxation::new(search, Vec::new(), soft);
        relaxation.search.effort = proving;
        self.improve(&mut relaxation, &scale, &mut best);
        let in_order: Vec<usize> = (0..self.literals.len()).collect();
        effort.take(proving - relaxation.search.effort);
        let is_best = |cost: u128| relaxation.paid == cost && !scale.saturate;
        if is_best(best.cost) && relaxation.counted {
            // The best is paid for: whatever keeps all that should hold is as good.
            let should_hold = relaxation.soft.into_keys().collect();
            let search = &mut relaxation.search;
            search.effort = finding;
            let assignment = self.first(search, should_hold, &scale, &in_order, best.assignment);
            effort.take(finding - search.effort);
            return Ok(Some(First { assignment, is_proven: true }));
        }
        let mut by_weight = in_order;
        by_weight.sort_by_key(|&variable| Reverse(scale.scores[variable].iter().max().copied()));
        all.effort = finding;
        let near = self.first(&mut all, Vec::new(), &scale, &by_weight, best.assignment.clone());
        effort.take(finding - all.effort);
        let mut better = scale.weigh(self.prices(), near);
        if best.cost < better.cost {
            // What was found may lack things that can be had beside all that is good about it.
            let good = |&variable: &usize| {
                let (own, scores) = (best.assignment[variable].index(), &scale.scores[variable]);
                (scores[own] == ends(scores, &scale.domains[variable]).1)
                    .then(|| self.literals[variable][own])
            };
            let good = by_weight.iter().filter_map(good).collect();
            all.effort = finding;
            let polished = self.first(&mut all, good, &scale, &by_weight, best.assignment);
            effort.take(finding - all.effort);
            better = scale.weigh(self.prices(), polished);
        }
        let is_proven = is_best(better.cost);
        Ok(Some(First { assignment: better.assignment, is_proven }))
    }

    /// A search in which the choices hold, what assignments are measured by, and one of them; `None` when there is none. An
    /// error when that is not found out with the effort of `finding`. What it took is taken off `effort`.
    fn begin(
        &self,
        choices: &[Choice],
        scores: &Scores,
        finding: u64,
        effort: &Effort,
    ) -> Result<Option<(Search, Scale, Found)>, TooComplex> {
        let mut search = self.fresh.clone();
        for literal in self.assumptions(choices) {
            search.add(&[literal]);
        }
        search.effort = finding;
        let is_possible = search.solve(&[]);
        effort.take(search.copying().saturating_add(finding - search.effort));
        if !is_possible {
            return if search.gave_up { Err(TooComplex) } else { Ok(None) };
        }
        let scale = Scale::of(self, &search, scores);
        let found = scale.weigh(self.prices(), self.assignment(&search));
        Ok(Some((search, scale, found)))
    }

    /// The first assignment where all that is assumed holds, like this one, which holds it, too; in this order of variables, as
    /// far as the search's effort goes.
    fn first(
        &self,
        search: &mut Search,
        mut assumed: Vec<Literal>,
        scale: &Scale,
        variables: &[usize],
        mut found: Vec<ValueId>,
    ) -> Vec<ValueId> {
        for &variable in variables {
            let literals = &self.literals[variable];
            let mut values: Vec<usize> = (0..literals.len()).collect();
            values.sort_by_key(|&value| Reverse(scale.scores[variable][value]));
            for value in values {
                assumed.push(literals[value]);
                if found[variable].index() == value {
                    break;
                }
                if search.solve(&assumed) {
                    found = self.assignment(search);
                    break;
                }
                assumed.pop();
            }
        }
        found
    }

    /// Searches on until the best is found or patience runs out.
    fn improve(&self, relaxation: &mut Relaxation, scale: &Scale, best: &mut Found) {
        let mut boxes = Boxes::new(self, &scale.domains);
        let mut last = best.assignment.clone();
        let mut least = u128::MAX;
        // Whether `last` was found before something lighter than `least` had to hold.
        let mut outdated = false;
        while best.cost > relaxation.paid {
            // The weights come in powers of two, so that a few rounds see them all.
            match relaxation.soft.values().filter(|&&weight| weight < least).max() {
                Some(lighter) => least = 1 << lighter.checked_ilog2().unwrap_or(0),
                None if outdated => {}
                None => {
                    let gap = best.cost - relaxation.paid;
                    if scale.saturate || !boxes.refine(self, &scale.domains, relaxation, &last, gap) {
                        return;
                    }
                    least = u128::MAX;
                    continue;
                }
            }
            loop {
                match relaxation.step(least) {
                    Step::Core if best.cost > relaxation.paid => {}
                    Step::Model => break,
                    Step::Core | Step::Nothing | Step::GivenUp => return,
                }
            }
            last = self.assignment(&relaxation.search);
            let found = scale.weigh(self.prices(), last.clone());
            if found.cost < best.cost {
                *best = found;
            }
            outdated = relaxation.soft.values().any(|&weight| weight < least);
            relaxation.harden(best.cost.saturating_sub(relaxation.paid));
        }
    }
}

/// An assignment with what it costs in weights, its score and its total.
struct Found {
    cost: u128,
    assignment: Vec<ValueId>,
    score: i64,
    total: i64,
}

/// What assignments are measured by.
struct Scale {
    /// By variable, by value: whether it may be had.
    domains: Vec<Vec<bool>>,
    /// By variable, by value.
    scores: Vec<Vec<i64>>,
    /// The sum of the best scores of all variables.
    most: i64,
    /// The total of the cheapest values and the lowest prices of several variables, each by itself.
    least: i128,
    /// What a unit of score weighs: more than all prices together.
    unit: u128,
    /// Whether totals can saturate; then they weigh nothing.
    saturate: bool,
}

impl Scale {
    fn of(solver: &Solver, search: &Search, scores: &Scores) -> Self {
        let may = |literals: &Vec<Literal>| {
            literals.iter().map(|&literal| !search.is_refuted(literal, 0)).collect::<Vec<bool>>()
        };
        let domains: Vec<Vec<bool>> = solver.literals.iter().map(may).collect();
        let mut all = scores.iter();
        let scores: Vec<Vec<i64>> =
            domains.iter().map(|domain| all.by_ref().take(domain.len()).collect()).collect();
        let most = scores.iter().zip(&domains).map(|(own, domain)| ends(own, domain).1).sum();
        let prices = solver.prices();
        let single = prices.values.iter().zip(&domains).map(|(own, domain)| ends(own, domain));
        let several = prices.several.iter().map(|price| {
            let interval = price.interval(&domains);
            (interval.low, interval.high)
        });
        let (mut least, mut unit) = (i128::from(prices.base), 1);
        if !prices.saturate {
            for (low, high) in single.chain(several) {
                least += i128::from(low);
                unit += u128::from(high.abs_diff(low));
            }
        }
        Self { domains, scores, most, least, unit, saturate: prices.saturate }
    }

    fn weigh(&self, prices: &Prices, assignment: Vec<ValueId>) -> Found {
        let score = self.scores.iter().zip(&assignment).map(|(scores, value)| scores[value.index()]).sum();
        let total = prices.total(&assignment);
        let over = if self.saturate { 0 } else { i128::from(total).saturating_sub(self.least) };
        let cost = u128::from(self.most.abs_diff(score)) * self.unit + over.unsigned_abs();
        Found { cost, assignment, score, total }
    }

    /// What should hold, and what it costs when it does not.
    fn weights(&self, solver: &Solver, search: &mut Search) -> BTreeMap<Literal, u128> {
        let mut weights = Weights { search, soft: BTreeMap::new() };
        for ((literals, domain), scores) in solver.literals.iter().zip(&self.domains).zip(&self.scores) {
            let best = ends(scores, domain).1;
            let costs = scores.iter().map(|score| u128::from(best.abs_diff(*score)) * self.unit);
            weights.variable(literals, domain, costs.collect());
        }
        if self.saturate {
            return weights.soft;
        }
        for ((literals, domain), prices) in
            solver.literals.iter().zip(&self.domains).zip(&solver.prices().values)
        {
            let cheapest = ends(prices, domain).0;
            let costs = prices.iter().map(|price| u128::from(price.abs_diff(cheapest)));
            weights.variable(literals, domain, costs.collect());
        }
        for price in &solver.prices().several {
            weights.price(solver, price, &self.domains);
        }
        weights.soft
    }
}

/// The least and the greatest of the numbers of values that may be had.
fn ends(numbers: &[i64], domain: &[bool]) -> (i64, i64) {
    let may = || numbers.iter().zip(domain).filter(|(_, may)| **may).map(|(number, _)| *number);
    (may().min().unwrap_or(0), may().max().unwrap_or(0))
}

/// What should hold, in the making.
struct Weights<'s> {
    search: &'s mut Search,
    soft: BTreeMap<Literal, u128>,
}

impl Weights<'_> {
    /// The costs of a variable's values.
    fn variable(&mut self, literals: &[Literal], domain: &[bool], costs: Vec<u128>) {
        let may = literals.iter().zip(domain).zip(costs).filter(|((_, may), cost)| **may && *cost > 0);
        let costly: Vec<(Literal, u128)> = may.map(|((&literal, _), cost)| (literal, cost)).collect();
        if let [(literal, cost)] = costly[..] {
            *self.soft.entry(!literal).or_insert(0) += cost;
            return;
        }
        let ladder = self.ladder(costly.iter().map(|(_, cost)| *cost).collect());
        for (literal, cost) in costly {
            if let Some(&step) = ladder.get(&cost) {
                self.search.add(&[!literal, step]);
            }
        }
    }

    /// The cost of a price that depends on several variables. One that is not written out in rows has none yet, beyond
    /// its lowest amount.
    fn price(&mut self, solver: &Solver, price: &Several, domains: &[Vec<bool>]) {
        let Several::Rows { scope, rows, otherwise } = price else { return };
        let lowest = price.interval(domains).low;
        let cost = |amount: i64| if amount > lowest { u128::from(amount.abs_diff(lowest)) } else { 0 };
        let literals = |row: &[ValueId]| -> Vec<Literal> {
            scope.iter().zip(row).map(|(&variable, &value)| solver.literal((variable, value))).collect()
        };
        let may = |row: &[ValueId]| {
            let mut values = scope.iter().zip(row);
            values
                .all(|(variable, value)| domains[variable.index()].get(value.index()).is_some_and(|&may| may))
        };
        let rows: Vec<(Vec<Literal>, u128)> = rows
            .iter()
            .filter(|(row, _)| may(row))
            .map(|(row, amount)| (literals(row), cost(amount)))
            .collect();
        let otherwise = cost(*otherwise);
        let costs = rows.iter().map(|(_, cost)| *cost).chain([otherwise]).filter(|&cost| cost > 0);
        let ladder = self.ladder(costs.collect());
        // Without a row, the other amount is due: one that is cheaper has to be there.
        let mut cheaper: Vec<Literal> = ladder.get(&otherwise).copied().into_iter().collect();
        for (literals, cost) in rows {
            if cost < otherwise {
                let row = self.search.add_variable();
                literals.iter().for_each(|&literal| self.search.add(&[!row, literal]));
                cheaper.push(row);
            }
            if let Some(&step) = ladder.get(&cost) {
                let clause: Vec<Literal> = literals.iter().map(|&literal| !literal).chain([step]).collect();
                self.search.add(&clause);
            }
        }
        if otherwise > 0 {
            self.search.add(&cheaper);
        }
    }

    /// Literals by cost: true when at least that is due. Each weighs what it costs more than the one below.
    fn ladder(&mut self, mut costs: Vec<u128>) -> BTreeMap<u128, Literal> {
        costs.sort_unstable();
        costs.dedup();
        let mut steps = BTreeMap::new();
        let mut below: Option<(u128, Literal)> = None;
        for cost in costs {
            let step = self.search.add_variable();
            if let Some((_, below)) = below {
                self.search.add(&[!step, below]);
            }
            self.soft.insert(!step, cost - below.map_or(0, |(cost, _)| cost));
            steps.insert(cost, step);
            below = Some((cost, step));
        }
        steps
    }
}
