//! Interchangeable values: those that no constraint and no conditional price ever tells apart. A model is compiled with one
//! value for each class of them, so that a number is cut into the intervals its rules distinguish (E. C. Freuder,
//! "Eliminating interchangeable values in constraint satisfaction problems", 1991). Prices of single values may differ
//! within a class, since no diagram has them.

use std::hash::{BuildHasherDefault, Hash};

use hashbrown::HashMap;
use rustc_hash::FxHasher;

use crate::model::{
    Constraint, ConstraintKind, Expression, Formula, Model, Price, PriceKind, ValueId, Variable, VariableId,
};

/// Most assignments that are gone through to see which values one formula or price under a condition tells apart. Beyond
/// that its parts are looked at one by one, which may find fewer values interchangeable.
const MOST_TRIED: usize = 1 << 16;

/// A model with one value for each class of interchangeable ones.
#[derive(Clone, Debug)]
pub struct Merged {
    /// It has the same variables; each value is named after the first of its class, and costs nothing.
    pub model: Model,
    /// By variable and value: what it stands for.
    pub classes: Vec<Vec<Vec<ValueId>>>,
}

impl Model {
    /// The model with interchangeable values merged; `None` when there are none.
    #[must_use]
    pub fn merged(&self) -> Option<Merged> {
        self.merged_trying(MOST_TRIED)
    }

    /// The same when at most so many assignments of a formula or price are gone through.
    #[must_use]
    pub fn merged_trying(&self, most_tried: usize) -> Option<Merged> {
        let mut told = ToldApart::nothing_of(self, most_tried);
        for constraint in &self.constraints {
            match &constraint.kind {
                ConstraintKind::Table { scope, tuples, .. } => told.by_table(scope, tuples, &[], 0),
                ConstraintKind::Formula(formula) => told.by_formula(formula),
            }
        }
        for price in &self.prices {
            told.by_price(&price.kind);
        }
        let classes = told.classes();
        if classes.iter().zip(&self.variables).all(|(classes, variable)| classes.len() == variable.size()) {
            return None;
        }
        Some(Merged { model: Representatives::of(&classes).model(self), classes })
    }
}

/// Which values have been told apart so far.
struct ToldApart {
    /// By variable and value: the first value it has not been told apart from.
    first: Vec<Vec<usize>>,
    /// Most assignments that are gone through.
    most_tried: usize,
}

impl ToldApart {
    /// Nothing yet, but for variables of two values, whose merging would gain next to nothing.
    fn nothing_of(model: &Model, most_tried: usize) -> Self {
        let first = model.variables.iter().map(|variable| match variable.size() {
            size @ ..=2 => (0..size).collect(),
            size => vec![0; size],
        });
        Self { first: first.collect(), most_tried }
    }

    /// Whether all values of these variables have been told apart.
    fn settled(&self, scope: &[VariableId]) -> bool {
        let settled = |variable: &VariableId| {
            self.first[variable.index()].iter().enumerate().all(|(value, &first)| value == first)
        };
        scope.iter().all(settled)
    }

    /// Tells values with different keys apart.
    fn split<K: Hash + Eq>(&mut self, variable: VariableId, mut key: impl FnMut(usize) -> K) {
        let mut known = HashMap::<(usize, K), usize, BuildHasherDefault<FxHasher>>::default();
        for (value, first) in self.first[variable.index()].iter_mut().enumerate() {
            *first = *known.entry((*first, key(value))).or_insert(value);
        }
    }

    fn by_formula(&mut self, formula: &Formula) {
        let mut scope = Vec::new();
        formula.variables(&mut |variable| scope.push(variable));
        if self.settled(&scope) || self.by_trying(scope, &|assignment| formula.holds(assignment).into()) {
            return;
        }
        match formula {
            Formula::In(variable, values) => {
                self.split(*variable, |value| values.contains(&ValueId::new(value)));
            }
            Formula::Not(inner) => self.by_formula(inner),
            Formula::And(parts) | Formula::Or(parts) | Formula::Count { of: parts, .. } => {
                parts.iter().for_each(|part| self.by_formula(part));
            }
            Formula::Compare(left, _, right) => {
                self.by_expression(left);
                self.by_expression(right);
            }
        }
    }

    fn by_expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Constant(_) => {}
            Expression::Of(variable, numbers) => self.split(*variable, |value| numbers[value]),
            Expression::Sum(parts) => parts.iter().for_each(|part| self.by_expression(part)),
            Expression::Difference(left, right) | Expression::Product(left, right) => {
                self.by_expression(left);
                self.by_expression(right);
            }
            Expression::Quotient(number, ..) => self.by_expression(number),
        }
    }

    fn by_price(&mut self, price: &PriceKind) {
        match price {
            PriceKind::Table { scope, tuples, amounts, otherwise } => {
                self.by_table(scope, tuples, amounts, *otherwise);
            }
            PriceKind::When(formula, amount) => {
                let scope = price.scope();
                if !self.settled(&scope) && !self.by_trying(scope, &|assignment| price.amount(assignment)) {
                    self.by_formula(formula);
                    self.by_expression(amount);
                }
            }
        }
    }

    /// Tells apart what makes a difference for some assignment; false, and nothing done, when there are too many to try.
    fn by_trying(&mut self, mut scope: Vec<VariableId>, meaning: &dyn Fn(&[ValueId]) -> i64) -> bool {
        scope.sort_unstable();
        scope.dedup();
        let sizes: Vec<usize> = scope.iter().map(|variable| self.first[variable.index()].len()).collect();
        let all = sizes.iter().try_fold(1_usize, |all, size| all.checked_mul(*size));
        let Some(all) = all.filter(|&all| all <= self.most_tried) else { return false };
        let mut assignment = vec![ValueId(0); self.first.len()];
        let mut meanings = Vec::with_capacity(all);
        for at in 0..all {
            let mut rest = at;
            for (variable, size) in scope.iter().zip(&sizes).rev() {
                assignment[variable.index()] = ValueId::new(rest % size);
                rest /= size;
            }
            meanings.push(meaning(&assignment));
        }
        // The last variable changes fastest.
        let mut stride = 1;
        for (&variable, size) in scope.iter().zip(&sizes).rev() {
            self.split(variable, |value| {
                let runs = meanings[value * stride..].chunks(stride * size);
                runs.flat_map(|run| &run[..stride]).copied().collect::<Vec<i64>>()
            });
            stride *= size;
        }
        true
    }

    /// Tells values apart that occur in different rows, or in the same with different amounts. Of rows that are there
    /// twice the first counts; those with the amount of every other row tell nothing.
    fn by_table(&mut self, scope: &[VariableId], tuples: &[ValueId], amounts: &[i64], otherwise: i64) {
        if self.settled(scope) {
            return;
        }
        let amounts = amounts.iter().copied().chain(std::iter::repeat(otherwise.wrapping_add(1)));
        let mut rows: Vec<(&[ValueId], i64)> = tuples.chunks_exact(scope.len()).zip(amounts).collect();
        rows.sort_by_key(|(tuple, _)| *tuple);
        rows.dedup_by_key(|(tuple, _)| *tuple);
        rows.retain(|(_, amount)| *amount != otherwise);
        for (place, &variable) in scope.iter().enumerate() {
            // Without this place the rows of a value are still in order.
            let mut rows_of: Vec<Vec<i64>> = vec![Vec::new(); self.first[variable.index()].len()];
            for (tuple, amount) in &rows {
                if let Some(own) = rows_of.get_mut(tuple[place].index()) {
                    let others = tuple[..place].iter().chain(&tuple[place + 1..]);
                    own.extend(others.map(|value| i64::from(value.0)).chain([*amount]));
                }
            }
            self.split(variable, |value| std::mem::take(&mut rows_of[value]));
        }
    }

    /// By variable: its classes, in the order of their first values.
    fn classes(&self) -> Vec<Vec<Vec<ValueId>>> {
        let of = |first: &Vec<usize>| {
            let mut classes = vec![Vec::new(); first.len()];
            for (value, &first) in first.iter().enumerate() {
                classes[first].push(ValueId::new(value));
            }
            classes.retain(|class| !class.is_empty());
            classes
        };
        self.first.iter().map(of).collect()
    }
}

/// The classes by their first values, which stand for them.
struct Representatives<'c> {
    classes: &'c [Vec<Vec<ValueId>>],
    /// By variable and value: the class it stands for, if it does.
    class_of: Vec<Vec<Option<ValueId>>>,
}

impl<'c> Representatives<'c> {
    fn of(classes: &'c [Vec<Vec<ValueId>>]) -> Self {
        let class_of = |classes: &Vec<Vec<ValueId>>| {
            let mut class_of = vec![None; classes.iter().map(Vec::len).sum()];
            for (class, values) in classes.iter().enumerate() {
                class_of[values[0].index()] = Some(ValueId::new(class));
            }
            class_of
        };
        Self { class_of: classes.iter().map(class_of).collect(), classes }
    }

    /// The class that a value stands for; `None` when it stands for none, or the variable has no such value.
    fn class(&self, variable: VariableId, value: ValueId) -> Option<ValueId> {
        self.class_of[variable.index()].get(value.index()).copied().flatten()
    }

    fn model(&self, model: &Model) -> Model {
        let variable = |(variable, classes): (&Variable, &Vec<Vec<ValueId>>)| {
            let names = classes.iter().map(|class| variable.values[class[0].index()].clone());
            Variable::new(&variable.name, names.collect())
        };
        let constraint = |constraint: &Constraint| Constraint {
            name: constraint.name.clone(),
            kind: match &constraint.kind {
                ConstraintKind::Table { scope, tuples, allowed } => {
                    let tuples = self.rows(scope, tuples).flat_map(|(_, row)| row).collect();
                    ConstraintKind::Table { scope: scope.clone(), tuples, allowed: *allowed }
                }
                ConstraintKind::Formula(formula) => ConstraintKind::Formula(self.formula(formula)),
            },
        };
        let price = |price: &Price| Price {
            name: price.name.clone(),
            kind: match &price.kind {
                PriceKind::Table { scope, tuples, amounts, otherwise } => {
                    let (mut kept, mut own) = (Vec::new(), Vec::new());
                    for (at, row) in self.rows(scope, tuples) {
                        kept.extend(row);
                        own.push(amounts[at]);
                    }
                    let (scope, otherwise) = (scope.clone(), *otherwise);
                    PriceKind::Table { scope, tuples: kept, amounts: own, otherwise }
                }
                PriceKind::When(formula, amount) => {
                    PriceKind::When(self.formula(formula), self.expression(amount))
                }
            },
        };
        Model {
            variables: model.variables.iter().zip(self.classes).map(variable).collect(),
            constraints: model.constraints.iter().map(constraint).collect(),
            prices: model.prices.iter().map(price).collect(),
            base_price: model.base_price,
        }
    }

    /// The rows that are made of representatives, as classes, each with its place among all.
    fn rows<'t>(
        &'t self,
        scope: &'t [VariableId],
        tuples: &'t [ValueId],
    ) -> impl Iterator<Item = (usize, Vec<ValueId>)> + 't {
        let rows = tuples.chunks_exact(scope.len().max(1)).enumerate();
        rows.filter_map(|(at, row)| {
            let row = scope.iter().zip(row).map(|(&variable, &value)| self.class(variable, value));
            Some((at, row.collect::<Option<Vec<ValueId>>>()?))
        })
    }

    fn formula(&self, formula: &Formula) -> Formula {
        let several = |parts: &[Formula]| parts.iter().map(|part| self.formula(part)).collect();
        match formula {
            Formula::In(variable, values) => {
                let classes = values.iter().filter_map(|&value| self.class(*variable, value));
                Formula::In(*variable, classes.collect())
            }
            Formula::Not(inner) => Formula::Not(Box::new(self.formula(inner))),
            Formula::And(parts) => Formula::And(several(parts)),
            Formula::Or(parts) => Formula::Or(several(parts)),
            Formula::Count { min, max, of } => Formula::Count { min: *min, max: *max, of: several(of) },
            Formula::Compare(left, comparison, right) => {
                Formula::Compare(self.expression(left), *comparison, self.expression(right))
            }
        }
    }

    fn expression(&self, expression: &Expression) -> Expression {
        let boxed = |expression: &Expression| Box::new(self.expression(expression));
        match expression {
            Expression::Constant(number) => Expression::Constant(*number),
            Expression::Of(variable, numbers) => {
                let classes = self.classes[variable.index()].iter();
                Expression::Of(*variable, classes.map(|class| numbers[class[0].index()]).collect())
            }
            Expression::Sum(parts) => {
                Expression::Sum(parts.iter().map(|part| self.expression(part)).collect())
            }
            Expression::Difference(left, right) => Expression::Difference(boxed(left), boxed(right)),
            Expression::Product(left, right) => Expression::Product(boxed(left), boxed(right)),
            Expression::Quotient(number, divisor, rounding) => {
                Expression::Quotient(boxed(number), *divisor, *rounding)
            }
        }
    }
}
