//! Decision diagrams of single constraints, on the way to clauses.

use std::collections::HashMap;

use crate::model::{Comparison, Expression, ValueId, VariableId};

/// The terminal node for "does not hold".
pub(super) const FALSE: usize = 0;
/// The terminal node for "holds".
const TRUE: usize = 1;

/// A reduced ordered decision diagram: a node per level at most, a child per value.
pub(super) struct Diagram {
    /// The variable of each level.
    pub scope: Vec<VariableId>,
    /// Children before parents; the terminals, without children, come first.
    pub nodes: Vec<Node>,
    /// Where every path starts.
    pub root: usize,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Node {
    pub level: usize,
    pub children: Vec<usize>,
}

impl Diagram {
    /// The diagram of a table; `sizes` are the sizes of all variables' domains.
    pub fn table(scope: &[VariableId], tuples: &[ValueId], allowed: bool, sizes: &[usize]) -> Self {
        let mut builder = Builder::new(scope.to_vec(), sizes);
        // A scope without variables has no tuples, whatever the list says.
        let mut rows: Vec<&[ValueId]> = tuples.chunks_exact(scope.len().max(1)).collect();
        rows.retain(|row| row.iter().zip(&builder.sizes).all(|(value, size)| value.index() < *size));
        rows.sort_unstable();
        rows.dedup();
        if scope.is_empty() {
            rows.clear();
        }
        let (present, absent) = if allowed { (TRUE, FALSE) } else { (FALSE, TRUE) };
        let root = builder.rows(0, &rows, present, absent);
        builder.finish(root)
    }

    /// The diagram of a comparison; `None` when building it visits more than `limit` states.
    pub fn comparison(
        left: &Expression,
        comparison: Comparison,
        right: &Expression,
        sizes: &[usize],
        limit: usize,
    ) -> Option<Self> {
        let state = Flat::difference(left, right).unwrap_or_else(|| State {
            parts: vec![left.clone()],
            target: right.clone(),
            flat: false,
        });
        let mut scope = Vec::new();
        let mut visit = |variable| scope.push(variable);
        state.parts.iter().for_each(|part| part.variables(&mut visit));
        state.target.variables(&mut visit);
        let mut seen = vec![false; sizes.len()];
        scope.retain(|variable| {
            seen.get_mut(variable.index()).is_some_and(|seen| !std::mem::replace(seen, true))
        });
        if scope.len() > DEEPEST {
            return None;
        }
        let mut builder = Builder::new(scope, sizes);
        let root = builder.states(0, state, comparison, &mut HashMap::new(), limit)?;
        Some(builder.finish(root))
    }
}

/// Most levels of a comparison: building one recurses as deep, and a browser's stack is small.
const DEEPEST: usize = 2000;

struct Builder {
    diagram: Diagram,
    sizes: Vec<usize>,
    unique: HashMap<Node, usize>,
}

impl Builder {
    fn new(scope: Vec<VariableId>, sizes: &[usize]) -> Self {
        let sizes = scope.iter().map(|variable| sizes.get(variable.index()).copied().unwrap_or(0)).collect();
        let terminal = Node { level: usize::MAX, children: Vec::new() };
        let diagram = Diagram { scope, nodes: vec![terminal.clone(), terminal], root: FALSE };
        Self { diagram, sizes, unique: HashMap::new() }
    }

    fn finish(mut self, root: usize) -> Diagram {
        self.diagram.root = root;
        self.diagram
    }

    fn node(&mut self, level: usize, children: Vec<usize>) -> usize {
        match children.first() {
            None => return FALSE,
            Some(first) if children.iter().all(|child| child == first) => return *first,
            Some(_) => {}
        }
        let nodes = &mut self.diagram.nodes;
        *self.unique.entry(Node { level, children }).or_insert_with_key(|node| {
            nodes.push(node.clone());
            nodes.len() - 1
        })
    }

    /// The node for the rest of some rows, which are sorted.
    fn rows(&mut self, level: usize, rows: &[&[ValueId]], present: usize, absent: usize) -> usize {
        if rows.is_empty() {
            return absent;
        }
        if level == self.sizes.len() {
            return present;
        }
        let mut children = vec![absent; self.sizes[level]];
        for rows in rows.chunk_by(|first, second| first[level] == second[level]) {
            children[rows[0][level].index()] = self.rows(level + 1, rows, present, absent);
        }
        self.node(level, children)
    }

    fn states(
        &mut self,
        level: usize,
        state: State,
        comparison: Comparison,
        known: &mut HashMap<(usize, State), usize>,
        limit: usize,
    ) -> Option<usize> {
        let sum = state.parts.iter().map(bounds).fold((0, 0), |sum: (i64, i64), part| {
            (sum.0.saturating_add(part.0), sum.1.saturating_add(part.1))
        });
        if let Some(holds) = decided(comparison, sum, bounds(&state.target)) {
            return Some(if holds { TRUE } else { FALSE });
        }
        let key = (level, state);
        if let Some(node) = known.get(&key) {
            return Some(*node);
        }
        if known.len() >= limit || level >= self.sizes.len() {
            return None;
        }
        let variable = self.diagram.scope[level];
        let children = (0..self.sizes[level])
            .map(|value| self.states(level + 1, key.1.restrict(variable, value), comparison, known, limit));
        let children = children.collect::<Option<Vec<_>>>()?;
        let node = self.node(level, children);
        known.insert(key, node);
        Some(node)
    }
}

/// A comparison of a sum with a target, partly evaluated.
#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    parts: Vec<Expression>,
    target: Expression,
    /// Whether no sum of parts can saturate, so that their order does not matter and the target is a constant that
    /// known parts are subtracted from.
    flat: bool,
}

impl State {
    fn restrict(&self, variable: VariableId, value: usize) -> Self {
        let mut parts: Vec<Expression> =
            self.parts.iter().map(|part| restrict(part, variable, value)).collect();
        let mut target = restrict(&self.target, variable, value);
        if let (true, Expression::Constant(number)) = (self.flat, &mut target) {
            parts.retain(|part| match part {
                Expression::Constant(known) => {
                    *number = number.saturating_sub(*known);
                    false
                }
                _ => true,
            });
        }
        Self { parts, target, flat: self.flat }
    }
}

/// A sum, flattened: a constant, numbers of variables, each variable once, and what is not linear.
#[derive(Default)]
struct Flat {
    constant: i64,
    numbers: Vec<(VariableId, Vec<i64>)>,
    others: Vec<Expression>,
}

impl Flat {
    /// The state that compares the difference of two expressions with 0; `None` when a sum on the way may saturate.
    fn difference(left: &Expression, right: &Expression) -> Option<State> {
        magnitude(left)?.checked_add(magnitude(right)?)?;
        let mut flat = Self::default();
        flat.add(left, 1);
        flat.add(right, -1);
        // What is not linear comes first and large steps before small ones: fewer states.
        flat.numbers.sort_by_cached_key(|(variable, numbers)| {
            let span =
                numbers.iter().max().zip(numbers.iter().min()).map_or(0, |(max, min)| max.abs_diff(*min));
            (std::cmp::Reverse(span), *variable)
        });
        let mut parts = flat.others;
        parts.extend(flat.numbers.into_iter().map(|(variable, numbers)| Expression::Of(variable, numbers)));
        Some(State { parts, target: Expression::Constant(-flat.constant), flat: true })
    }

    /// Adds an expression times a factor. Their magnitude is known to fit.
    fn add(&mut self, expression: &Expression, factor: i64) {
        match expression {
            Expression::Constant(number) => {
                self.constant = self.constant.saturating_add(number.saturating_mul(factor));
            }
            Expression::Of(variable, numbers) => {
                let known = self.numbers.iter().position(|(known, _)| known == variable);
                let index = known.unwrap_or_else(|| {
                    self.numbers.push((*variable, Vec::new()));
                    self.numbers.len() - 1
                });
                let sums = &mut self.numbers[index].1;
                sums.resize(sums.len().max(numbers.len()), 0);
                for (sum, number) in sums.iter_mut().zip(numbers) {
                    *sum = sum.saturating_add(number.saturating_mul(factor));
                }
            }
            Expression::Sum(parts) => parts.iter().for_each(|part| self.add(part, factor)),
            Expression::Difference(left, right) => {
                self.add(left, factor);
                self.add(right, factor.saturating_neg());
            }
            Expression::Product(left, right) => match (&**left, &**right) {
                (Expression::Constant(number), other) | (other, Expression::Constant(number)) => {
                    self.add(other, factor.saturating_mul(*number));
                }
                _ => self.add_scaled(expression, factor),
            },
            Expression::Quotient(..) => self.add_scaled(expression, factor),
        }
    }

    fn add_scaled(&mut self, expression: &Expression, factor: i64) {
        let factor = Box::new(Expression::Constant(factor));
        self.others.push(Expression::Product(factor, Box::new(expression.clone())));
    }
}

/// A number that no sum of some parts of a flattened expression exceeds; `None` when there is none in `i64`.
pub(crate) fn magnitude(expression: &Expression) -> Option<i64> {
    match expression {
        Expression::Sum(parts) => parts.iter().try_fold(0_i64, |sum, part| sum.checked_add(magnitude(part)?)),
        Expression::Difference(left, right) => magnitude(left)?.checked_add(magnitude(right)?),
        Expression::Product(left, right) => match (&**left, &**right) {
            (Expression::Constant(number), other) | (other, Expression::Constant(number)) => {
                magnitude(other)?.checked_mul(number.checked_abs()?)
            }
            _ => largest(expression),
        },
        Expression::Constant(_) | Expression::Of(..) | Expression::Quotient(..) => largest(expression),
    }
}

fn largest(expression: &Expression) -> Option<i64> {
    let (least, most) = bounds(expression);
    Some(least.checked_abs()?.max(most.checked_abs()?))
}

/// The expression with a variable's value put in; what becomes constant is evaluated.
fn restrict(expression: &Expression, variable: VariableId, value: usize) -> Expression {
    let inner = |part: &Expression| restrict(part, variable, value);
    let restricted = match expression {
        Expression::Of(of, numbers) if *of == variable => {
            return Expression::Constant(numbers.get(value).copied().unwrap_or(0));
        }
        Expression::Constant(_) | Expression::Of(..) => return expression.clone(),
        Expression::Sum(parts) => Expression::Sum(parts.iter().map(inner).collect()),
        Expression::Difference(left, right) => {
            Expression::Difference(Box::new(inner(left)), Box::new(inner(right)))
        }
        Expression::Product(left, right) => {
            Expression::Product(Box::new(inner(left)), Box::new(inner(right)))
        }
        Expression::Quotient(number, divisor, rounding) => {
            Expression::Quotient(Box::new(inner(number)), *divisor, *rounding)
        }
    };
    match bounds(&restricted) {
        (least, most) if least == most => Expression::Constant(least),
        _ => restricted,
    }
}

/// Least and greatest value. Saturating arithmetic is monotone, so bounds of parts give bounds of the whole.
fn bounds(expression: &Expression) -> (i64, i64) {
    match expression {
        Expression::Constant(number) => (*number, *number),
        Expression::Of(_, numbers) => {
            (numbers.iter().copied().min().unwrap_or(0), numbers.iter().copied().max().unwrap_or(0))
        }
        Expression::Sum(parts) => parts.iter().map(bounds).fold((0, 0), |sum: (i64, i64), part| {
            (sum.0.saturating_add(part.0), sum.1.saturating_add(part.1))
        }),
        Expression::Difference(left, right) => {
            let (left, right) = (bounds(left), bounds(right));
            (left.0.saturating_sub(right.1), left.1.saturating_sub(right.0))
        }
        Expression::Product(left, right) => {
            let (left, right) = (bounds(left), bounds(right));
            let corners = [(left.0, right.0), (left.0, right.1), (left.1, right.0), (left.1, right.1)];
            spread(corners.map(|(left, right)| left.saturating_mul(right)))
        }
        Expression::Quotient(number, divisor, rounding) => {
            let (least, most) = bounds(number);
            spread([rounding.divide(least, *divisor), rounding.divide(most, *divisor)])
        }
    }
}

fn spread<const N: usize>(numbers: [i64; N]) -> (i64, i64) {
    numbers
        .into_iter()
        .fold((i64::MAX, i64::MIN), |(least, most), number| (least.min(number), most.max(number)))
}

/// Whether the comparison holds whatever two numbers within these bounds are.
fn decided(comparison: Comparison, left: (i64, i64), right: (i64, i64)) -> Option<bool> {
    let known = |holds: bool, fails: bool| if holds || fails { Some(holds) } else { None };
    match comparison {
        Comparison::Less => known(left.1 < right.0, left.0 >= right.1),
        Comparison::AtMost => known(left.1 <= right.0, left.0 > right.1),
        Comparison::More => decided(Comparison::Less, right, left),
        Comparison::AtLeast => decided(Comparison::AtMost, right, left),
        Comparison::Equal => {
            let fixed = left.0 == left.1 && left == right;
            known(fixed, left.1 < right.0 || right.1 < left.0)
        }
        Comparison::Unequal => decided(Comparison::Equal, left, right).map(|equal| !equal),
    }
}
