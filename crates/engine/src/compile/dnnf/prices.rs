//! Prices that depend on several variables, as variables of their own that follow from them: one value per amount.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ConstraintKind, Expression, Formula, Model, PriceKind, ValueId, Variable, VariableId};

/// Combinations of values of a price's scope that are looked at one by one.
const MOST_COMBINATIONS: usize = 20_000;

/// A model with a variable for each price, after its own.
pub(super) struct Priced {
    /// The model, without prices.
    pub model: Model,
    /// By variable that stands for a price: the amount of each of its values, in minor units.
    pub amounts: Vec<(VariableId, Vec<i64>)>,
    /// The sum of the prices that depend on nothing.
    pub constant: i64,
}

/// Makes prices variables. Nothing when a price depends on too many combinations.
pub(super) fn with_prices_as_variables(model: &Model) -> Option<Priced> {
    let mut priced = Priced { model: model.clone(), amounts: Vec::new(), constant: 0 };
    for price in std::mem::take(&mut priced.model.prices) {
        match price.kind {
            PriceKind::When(formula, Expression::Constant(amount)) => {
                let variable = priced.add(&price.name, vec![0, amount]);
                priced.define(&price.name, variable, 1, formula);
            }
            kind => {
                let scope = kind.scope();
                if scope.is_empty() {
                    priced.constant = priced.constant.saturating_add(kind.amount(&[]));
                } else {
                    priced.add_dependent(&price.name, &scope, &kind)?;
                }
            }
        }
    }
    Some(priced)
}

impl Priced {
    fn add(&mut self, name: &str, amounts: Vec<i64>) -> VariableId {
        let values = (0..amounts.len()).map(|value| value.to_string()).collect();
        let variable = self.model.add_variable(Variable::new(name, values));
        self.amounts.push((variable, amounts));
        variable
    }

    /// Says that a variable has a value exactly when a formula holds.
    fn define(&mut self, name: &str, variable: VariableId, value: usize, formula: Formula) {
        let has = Formula::In(variable, vec![ValueId::new(value)]);
        let both = Formula::And(vec![has.clone(), formula.clone()]);
        let neither = Formula::And(vec![has.negated(), formula.negated()]);
        self.model.add_constraint(name, ConstraintKind::Formula(Formula::Or(vec![both, neither])));
    }

    /// Adds a variable that follows from the values of a scope.
    fn add_dependent(&mut self, name: &str, scope: &[VariableId], kind: &PriceKind) -> Option<()> {
        let combinations = scope.iter().try_fold(1_usize, |product, &variable| {
            product
                .checked_mul(self.model.variable(variable).size())
                .filter(|&product| product <= MOST_COMBINATIONS)
        });
        if combinations.is_some() {
            self.add_by_combinations(name, scope, kind);
            return Some(());
        }
        let PriceKind::Table { scope, tuples, amounts, otherwise } = kind else { return None };
        let mut seen = BTreeSet::new();
        let mut by_amount: BTreeMap<i64, Vec<Formula>> = BTreeMap::new();
        for (tuple, &amount) in tuples.chunks_exact(scope.len()).zip(amounts) {
            // The first of equal tuples counts.
            if seen.insert(tuple) && amount != *otherwise {
                let parts =
                    scope.iter().zip(tuple).map(|(&variable, &value)| Formula::In(variable, vec![value]));
                by_amount.entry(amount).or_default().push(Formula::And(parts.collect()));
            }
        }
        let values = std::iter::once(*otherwise).chain(by_amount.keys().copied()).collect();
        let variable = self.add(name, values);
        for (position, formulas) in by_amount.into_values().enumerate() {
            self.define(name, variable, position + 1, Formula::Or(formulas));
        }
        Some(())
    }

    /// Adds a variable with a table of every combination of the scope's values.
    fn add_by_combinations(&mut self, name: &str, scope: &[VariableId], kind: &PriceKind) {
        let mut assignment = vec![ValueId(0); self.model.variables.len()];
        let mut rows: Vec<(Vec<ValueId>, i64)> = Vec::new();
        loop {
            let tuple = scope.iter().map(|variable| assignment[variable.index()]).collect();
            rows.push((tuple, kind.amount(&assignment)));
            // Counts on: the last variable that has a next value takes it, those behind it start again.
            let next = scope.iter().rposition(|&variable| {
                let value = &mut assignment[variable.index()];
                value.0 += 1;
                let is_value = value.index() < self.model.variable(variable).size();
                if !is_value {
                    *value = ValueId(0);
                }
                is_value
            });
            if next.is_none() {
                break;
            }
        }
        let amounts: BTreeSet<i64> = rows.iter().map(|(_, amount)| *amount).collect();
        let amounts: Vec<i64> = amounts.into_iter().collect();
        let variable = self.add(name, amounts.clone());
        let mut tuples = Vec::with_capacity(rows.len() * (scope.len() + 1));
        for (tuple, amount) in rows {
            tuples.extend(tuple);
            tuples.push(ValueId::new(amounts.partition_point(|&other| other < amount)));
        }
        let mut scope = scope.to_vec();
        scope.push(variable);
        self.model.add_constraint(name, ConstraintKind::Table { scope, tuples, allowed: true });
    }
}
