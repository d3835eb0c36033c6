//! What constraints, prices, formulas and expressions are as functions over an order of the variables.

use super::{EVERYWHERE, Forest, Function, Map, NOWHERE, Node, TooLarge};
use crate::cnf::diagram::magnitude;
use crate::diagram::narrow;
use crate::model::{Comparison, ConstraintKind, Expression, Formula, PriceKind, ValueId, VariableId};

impl Forest {
    /// The function that a constraint is: 0 where it holds.
    pub(crate) fn constraint(&mut self, kind: &ConstraintKind) -> Result<Function, TooLarge> {
        match kind {
            ConstraintKind::Table { scope, tuples, allowed } => {
                let amounts = |_| if *allowed { Function::ZERO } else { Function::NOWHERE };
                let otherwise = if *allowed { Function::NOWHERE } else { Function::ZERO };
                self.table(scope, tuples, amounts, otherwise)
            }
            ConstraintKind::Formula(formula) => self.formula(formula),
        }
    }

    /// The function that a price is.
    pub(crate) fn price(&mut self, kind: &PriceKind) -> Result<Function, TooLarge> {
        match kind {
            PriceKind::Table { scope, tuples, amounts, otherwise } => self.table(
                scope,
                tuples,
                |row| Function::constant(amounts[row]),
                Function::constant(*otherwise),
            ),
            PriceKind::When(when, amount) => {
                let when = self.formula(when)?;
                let amount = self.expression(amount)?;
                let applied = self.sum(when, amount)?;
                self.union(applied, Function::ZERO)
            }
        }
    }

    /// A function given by tuples; the first of equal tuples counts.
    fn table(
        &mut self,
        scope: &[VariableId],
        tuples: &[ValueId],
        amount: impl Fn(usize) -> Function,
        otherwise: Function,
    ) -> Result<Function, TooLarge> {
        if scope.is_empty() {
            return Ok(otherwise);
        }
        let mut columns: Vec<usize> = (0..scope.len()).collect();
        columns.sort_unstable_by_key(|&column| self.level(scope[column]));
        let levels: Vec<u32> = columns.iter().map(|&column| narrow(self.level(scope[column]))).collect();
        let at = |row: usize, depth: usize| tuples[row * scope.len() + columns[depth]];
        let mut rows: Vec<usize> = (0..tuples.len() / scope.len()).collect();
        rows.sort_by(|&one, &other| {
            (0..columns.len())
                .map(|depth| at(one, depth))
                .cmp((0..columns.len()).map(|depth| at(other, depth)))
        });
        rows.dedup_by(|later, earlier| {
            (0..columns.len()).all(|depth| at(*later, depth) == at(*earlier, depth))
        });
        self.branch(&rows, 0, &levels, &at, &amount, otherwise)
    }

    /// The function of sorted rows that agree before a depth.
    fn branch(
        &mut self,
        rows: &[usize],
        depth: usize,
        levels: &[u32],
        at: &dyn Fn(usize, usize) -> ValueId,
        amount: &dyn Fn(usize) -> Function,
        otherwise: Function,
    ) -> Result<Function, TooLarge> {
        let Some(&level) = levels.get(depth) else {
            return Ok(rows.first().map_or(otherwise, |&row| amount(row)));
        };
        if rows.is_empty() {
            return Ok(otherwise);
        }
        let mut rest = rows;
        let start = self.scratch.len();
        for value in 0..self.order[level as usize].1 {
            let length = rest.partition_point(|&row| at(row, depth).index() <= value);
            let (own, later) = rest.split_at(length);
            rest = later;
            let edge = self.branch(own, depth + 1, levels, at, amount, otherwise)?;
            self.scratch.push(edge);
        }
        self.make(level, start)
    }

    /// 0 where a formula holds.
    pub(crate) fn formula(&mut self, formula: &Formula) -> Result<Function, TooLarge> {
        match formula {
            Formula::In(variable, values) => {
                let has = |value: usize| values.iter().any(|wanted| wanted.index() == value);
                let level = narrow(self.level(*variable));
                let start = self.scratch.len();
                for value in 0..self.order[level as usize].1 {
                    self.scratch.push(if has(value) { Function::ZERO } else { Function::NOWHERE });
                }
                self.make(level, start)
            }
            Formula::Not(inner) => {
                let inner = self.formula(inner)?;
                self.complement(inner)
            }
            Formula::And(parts) => {
                self.fold(parts, Function::ZERO, |forest, all, part| forest.sum(all, part))
            }
            Formula::Or(parts) => {
                self.fold(parts, Function::NOWHERE, |forest, all, part| forest.union(all, part))
            }
            Formula::Count { min, max, of } => {
                let count = self.fold(of, Function::ZERO, |forest, sum, part| {
                    let part = forest.union(part.plus(1), Function::ZERO)?;
                    forest.sum(sum, part)
                })?;
                let at_least = self.select(count, Comparison::AtLeast, i64::from(*min))?;
                let at_most = self.select(count, Comparison::AtMost, i64::from(*max))?;
                self.sum(at_least, at_most)
            }
            Formula::Compare(left, _, right) if !within(left, right) => {
                let holds = |assignment: &[ValueId]| {
                    if formula.holds(assignment) { Function::ZERO } else { Function::NOWHERE }
                };
                self.enumerated(|visit| formula.variables(visit), &holds)
            }
            Formula::Compare(left, comparison, right) => {
                let left = self.expression(left)?;
                let right = self.expression(right)?;
                let right = self.scaled(right, -1, &mut Map::default())?;
                let difference = self.sum(left, right)?;
                self.select(difference, *comparison, 0)
            }
        }
    }

    fn fold(
        &mut self,
        parts: &[Formula],
        start: Function,
        mut join: impl FnMut(&mut Self, Function, Function) -> Result<Function, TooLarge>,
    ) -> Result<Function, TooLarge> {
        let mut functions = parts.iter().map(|part| self.formula(part)).collect::<Result<Vec<_>, _>>()?;
        // From the bottom up, so that each join touches little.
        functions.sort_by_key(|function| std::cmp::Reverse(self.level_of(*function)));
        functions.into_iter().try_fold(start, |all, part| join(self, all, part))
    }

    /// 0 where a function is not defined.
    fn complement(&mut self, function: Function) -> Result<Function, TooLarge> {
        // 1 where it is defined and 0 elsewhere; then only the latter is kept.
        let marked = self.scaled(function, 0, &mut Map::default())?.plus(1);
        let marked = self.union(marked, Function::ZERO)?;
        self.select(marked, Comparison::Equal, 0)
    }

    /// 0 where the amount compares like this with a number; undefined elsewhere.
    fn select(
        &mut self,
        function: Function,
        comparison: Comparison,
        number: i64,
    ) -> Result<Function, TooLarge> {
        self.select_below(function, comparison, number, &mut Map::default())
    }

    fn select_below(
        &mut self,
        function: Function,
        comparison: Comparison,
        number: i64,
        done: &mut Map<Function, Function>,
    ) -> Result<Function, TooLarge> {
        if function.node == NOWHERE {
            return Ok(Function::NOWHERE);
        }
        let Node { level, first, most, total } = self.nodes[function.node as usize];
        let (low, high) = (function.cost, function.cost.saturating_add(most));
        let never = match comparison {
            Comparison::Equal => number < low || number > high,
            Comparison::Unequal => low == high && low == number,
            Comparison::Less | Comparison::AtMost => !comparison.holds(low, number),
            Comparison::More | Comparison::AtLeast => !comparison.holds(high, number),
        };
        if never {
            return Ok(Function::NOWHERE);
        }
        let always = match comparison {
            Comparison::Equal => low == high,
            Comparison::Unequal => number < low || number > high,
            Comparison::Less | Comparison::AtMost => comparison.holds(high, number),
            Comparison::More | Comparison::AtLeast => comparison.holds(low, number),
        };
        if always && total {
            return Ok(Function::ZERO);
        }
        if let Some(&selected) = done.get(&function) {
            return Ok(selected);
        }
        self.look(level)?;
        let start = self.scratch.len();
        for value in 0..self.order[level as usize].1 {
            let edge = self.edges[first as usize + value].plus(function.cost);
            let edge = self.select_below(edge, comparison, number, done)?;
            self.scratch.push(edge);
        }
        let selected = self.make(level, start)?;
        done.insert(function, selected);
        Ok(selected)
    }

    /// The function times a number.
    fn scaled(
        &mut self,
        function: Function,
        factor: i64,
        done: &mut Map<u32, Function>,
    ) -> Result<Function, TooLarge> {
        let cost = function.cost.saturating_mul(factor);
        if function.node == NOWHERE || function.node == EVERYWHERE {
            return Ok(Function { cost, ..function });
        }
        if let Some(&scaled) = done.get(&function.node) {
            return Ok(scaled.plus(cost));
        }
        let Node { level, first, .. } = self.nodes[function.node as usize];
        let start = self.scratch.len();
        for value in 0..self.order[level as usize].1 {
            let edge = self.scaled(self.edges[first as usize + value], factor, done)?;
            self.scratch.push(edge);
        }
        let scaled = self.make(level, start)?;
        done.insert(function.node, scaled);
        Ok(scaled.plus(cost))
    }

    /// The function that an expression is.
    fn expression(&mut self, expression: &Expression) -> Result<Function, TooLarge> {
        match expression {
            Expression::Constant(number) => Ok(Function::constant(*number)),
            Expression::Of(variable, numbers) => {
                let level = narrow(self.level(*variable));
                let start = self.scratch.len();
                self.scratch.extend(numbers.iter().map(|&number| Function::constant(number)));
                self.make(level, start)
            }
            Expression::Sum(parts) => parts.iter().try_fold(Function::ZERO, |sum, part| {
                let part = self.expression(part)?;
                self.sum(sum, part)
            }),
            Expression::Difference(left, right) => {
                let left = self.expression(left)?;
                let right = self.expression(right)?;
                let right = self.scaled(right, -1, &mut Map::default())?;
                self.sum(left, right)
            }
            Expression::Product(left, right) => match (&**left, &**right) {
                (Expression::Constant(number), other) | (other, Expression::Constant(number)) => {
                    let other = self.expression(other)?;
                    self.scaled(other, *number, &mut Map::default())
                }
                _ => self.evaluated(expression),
            },
            Expression::Quotient(..) => self.evaluated(expression),
        }
    }

    fn evaluated(&mut self, expression: &Expression) -> Result<Function, TooLarge> {
        let value = |assignment: &[ValueId]| Function::constant(expression.value(assignment));
        self.enumerated(|visit| expression.variables(visit), &value)
    }

    /// What an assignment means, by trying every one of the variables that are visited.
    fn enumerated(
        &mut self,
        variables: impl FnOnce(&mut dyn FnMut(VariableId)),
        meaning: &dyn Fn(&[ValueId]) -> Function,
    ) -> Result<Function, TooLarge> {
        let mut scope = Vec::new();
        variables(&mut |variable| scope.push(variable));
        scope.sort_unstable_by_key(|variable| self.level(*variable));
        scope.dedup();
        let product = scope.iter().try_fold(1_usize, |product, variable| {
            product.checked_mul(self.order[self.level(*variable)].1).filter(|&product| product <= self.limit)
        });
        if product.is_none() {
            return Err(TooLarge);
        }
        let mut assignment = vec![ValueId(0); self.levels.len()];
        self.enumerate(meaning, &scope, &mut assignment)
    }

    fn enumerate(
        &mut self,
        meaning: &dyn Fn(&[ValueId]) -> Function,
        scope: &[VariableId],
        assignment: &mut Vec<ValueId>,
    ) -> Result<Function, TooLarge> {
        let Some((&variable, rest)) = scope.split_first() else {
            return Ok(meaning(assignment));
        };
        let level = self.level(variable);
        let start = self.scratch.len();
        for value in 0..self.order[level].1 {
            assignment[variable.index()] = ValueId::new(value);
            let edge = self.enumerate(meaning, rest, assignment)?;
            self.scratch.push(edge);
        }
        self.make(narrow(level), start)
    }
}

/// Whether the difference of two expressions and all that it is made of stays so small that nothing saturates, also where
/// two of its values are subtracted from each other.
fn within(left: &Expression, right: &Expression) -> bool {
    let most = magnitude(left).zip(magnitude(right)).and_then(|(left, right)| left.checked_add(right));
    most.is_some_and(|most| most < i64::MAX / 4)
}
