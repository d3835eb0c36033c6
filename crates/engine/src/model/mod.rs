//! Finite-domain models: what products and imported files are lowered to, and what the compiler and the solver work on.
//!
//! A model has variables with finite domains, constraints over them and prices. Evaluation here is direct and plain:
//! it is what the results of diagrams and solvers are judged by.

use serde::{Deserialize, Serialize};

use crate::names::nearest;

/// A position as a type of its own.
macro_rules! id {
    ($(#[$documentation:meta])* $name:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            /// The id at this index; indexes beyond `u32` name nothing.
            #[must_use]
            #[inline]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The index it stands for.
            #[must_use]
            #[inline]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id! {
    /// Which variable of a model: its position among all of them.
    VariableId
}

id! {
    /// Which value of a variable: its position in the domain.
    ValueId
}

/// Variables, constraints and prices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Model {
    /// What there is to decide.
    pub variables: Vec<Variable>,
    /// What every valid assignment meets.
    pub constraints: Vec<Constraint>,
    /// Prices that depend on several variables, on top of [`Variable::prices`].
    pub prices: Vec<Price>,
    /// Price of every assignment before anything is added, in minor units.
    pub base_price: i64,
}

/// A variable and its domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Name, unique within the model.
    pub name: String,
    /// Names of its values, unique within the variable, at least one.
    pub values: Vec<String>,
    /// Price of each value in minor units, as long as `values`.
    pub prices: Vec<i64>,
}

impl Variable {
    /// A variable whose values cost nothing.
    #[must_use]
    pub fn new(name: impl Into<String>, values: Vec<String>) -> Self {
        let prices = vec![0; values.len()];
        Self { name: name.into(), values, prices }
    }

    /// A variable with the values `no` (0) and `yes` (1).
    #[must_use]
    pub fn boolean(name: impl Into<String>) -> Self {
        Self::new(name, vec!["no".to_owned(), "yes".to_owned()])
    }

    /// How many values it has.
    #[must_use]
    #[inline]
    pub fn size(&self) -> usize {
        self.values.len()
    }
}

/// A condition with a name to tell people about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Name or sentence.
    pub name: String,
    /// What holds.
    pub kind: ConstraintKind,
}

/// What a constraint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConstraintKind {
    /// The values of the scope are (`allowed`) or are not (`!allowed`) one of the tuples.
    Table {
        /// The variables of each tuple, none twice.
        scope: Vec<VariableId>,
        /// Tuples one behind the other, each as long as `scope`.
        tuples: Vec<ValueId>,
        /// Whether the tuples are the ones that may be, or the ones that may not.
        allowed: bool,
    },
    /// A formula holds.
    Formula(Formula),
}

/// A condition on an assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// The variable has one of these values.
    In(VariableId, Vec<ValueId>),
    /// It does not hold.
    Not(Box<Formula>),
    /// All hold; true when there are none.
    And(Vec<Formula>),
    /// At least one holds; false when there are none.
    Or(Vec<Formula>),
    /// Between `min` and `max` of them hold, both included.
    Count {
        /// Fewest that hold.
        min: u32,
        /// Most that hold.
        max: u32,
        /// What is counted.
        of: Vec<Formula>,
    },
    /// Two numbers compare like this.
    Compare(Expression, Comparison, Expression),
}

/// How two numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// Whether two numbers compare like this.
    #[must_use]
    pub fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::Less => left < right,
            Self::AtMost => left <= right,
            Self::More => left > right,
            Self::AtLeast => left >= right,
        }
    }
}

/// A whole number that depends on an assignment. Arithmetic saturates at the bounds of `i64`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expression {
    /// Always this number.
    Constant(i64),
    /// A number for each value of a variable, as many as it has values.
    Of(VariableId, Vec<i64>),
    /// The sum of them all.
    Sum(Vec<Expression>),
    /// The first minus the second.
    Difference(Box<Expression>, Box<Expression>),
    /// The first times the second.
    Product(Box<Expression>, Box<Expression>),
    /// Divided by a number other than 0.
    Quotient(Box<Expression>, i64, Rounding),
}

/// What becomes of the rest of a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Rounded towards negative infinity.
    Down,
    /// Rounded to the nearest whole number, halves away from zero.
    HalfAwayFromZero,
}

/// An amount that depends on several variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Name on a breakdown.
    pub name: String,
    /// What it comes to.
    pub kind: PriceKind,
}

/// How a price depends on an assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriceKind {
    /// The amount of the tuple that the scope's values are; `otherwise` when they are none of them.
    Table {
        /// The variables of each tuple, none twice.
        scope: Vec<VariableId>,
        /// Tuples one behind the other, each as long as `scope`.
        tuples: Vec<ValueId>,
        /// Minor units of each tuple.
        amounts: Vec<i64>,
        /// Minor units of every other tuple.
        otherwise: i64,
    },
    /// The expression while the condition holds, otherwise 0.
    When(Formula, Expression),
}

/// A name that a model does not have, and what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownName {
    /// Of a variable.
    #[error("there is no attribute '{name}' in this model. {advice}")]
    Variable {
        /// As it was asked for.
        name: String,
        /// What there is.
        advice: String,
    },
    /// Of a value.
    #[error("'{variable}' has no option '{name}'. {advice}")]
    Value {
        /// The variable that lacks it.
        variable: String,
        /// As it was asked for.
        name: String,
        /// What there is.
        advice: String,
    },
}

impl Model {
    /// The variable with this id.
    ///
    /// # Panics
    /// With an id of another model that this one has no variable for.
    #[must_use]
    #[inline]
    pub fn variable(&self, id: VariableId) -> &Variable {
        &self.variables[id.index()]
    }

    /// Adds a variable.
    pub fn add_variable(&mut self, variable: Variable) -> VariableId {
        self.variables.push(variable);
        VariableId::new(self.variables.len() - 1)
    }

    /// Adds a constraint.
    pub fn add_constraint(&mut self, name: impl Into<String>, kind: ConstraintKind) {
        self.constraints.push(Constraint { name: name.into(), kind });
    }

    /// The variable of this name.
    #[must_use]
    pub fn variable_by_name(&self, name: &str) -> Option<VariableId> {
        self.variables.iter().position(|variable| variable.name == name).map(VariableId::new)
    }

    /// As [`Model::variable_by_name`].
    ///
    /// # Errors
    /// There is none of this name.
    pub fn variable_named(&self, name: &str) -> Result<VariableId, UnknownName> {
        self.variable_by_name(name).ok_or_else(|| UnknownName::Variable {
            name: name.to_owned(),
            advice: nearest(name, self.variables.iter().map(|variable| &variable.name[..])),
        })
    }

    /// The value of this name.
    ///
    /// # Errors
    /// The variable has none of this name.
    pub fn value_named(&self, variable: VariableId, name: &str) -> Result<ValueId, UnknownName> {
        let variable = self.variable(variable);
        let value = variable.values.iter().position(|value| value == name).map(ValueId::new);
        value.ok_or_else(|| UnknownName::Value {
            variable: variable.name.clone(),
            name: name.to_owned(),
            advice: nearest(name, variable.values.iter().map(|value| &value[..])),
        })
    }

    /// Whether an assignment (one value per variable) meets every constraint.
    #[must_use]
    pub fn is_valid(&self, assignment: &[ValueId]) -> bool {
        self.constraints.iter().all(|constraint| constraint.kind.holds(assignment))
    }

    /// Price of an assignment in minor units; sums saturate.
    #[must_use]
    pub fn price(&self, assignment: &[ValueId]) -> i64 {
        let unary =
            self.variables.iter().zip(assignment).map(|(variable, value)| variable.prices[value.index()]);
        let tables = self.prices.iter().map(|price| price.kind.amount(assignment));
        unary.chain(tables).fold(self.base_price, i64::saturating_add)
    }
}

/// Whether a tuple stands in a list of tuples.
fn position(scope: &[VariableId], tuples: &[ValueId], assignment: &[ValueId]) -> Option<usize> {
    if scope.is_empty() {
        return None;
    }
    tuples.chunks_exact(scope.len()).position(|tuple| {
        scope.iter().zip(tuple).all(|(variable, value)| assignment[variable.index()] == *value)
    })
}

impl ConstraintKind {
    /// Whether it holds for an assignment.
    #[must_use]
    pub fn holds(&self, assignment: &[ValueId]) -> bool {
        match self {
            Self::Table { scope, tuples, allowed } => {
                position(scope, tuples, assignment).is_some() == *allowed
            }
            Self::Formula(formula) => formula.holds(assignment),
        }
    }

    /// The variables it depends on, in order, each once.
    #[must_use]
    pub fn scope(&self) -> Vec<VariableId> {
        let mut found = Vec::new();
        match self {
            Self::Table { scope, .. } => found.extend_from_slice(scope),
            Self::Formula(formula) => formula.variables(&mut |variable| found.push(variable)),
        }
        sorted(found)
    }
}

fn sorted(mut variables: Vec<VariableId>) -> Vec<VariableId> {
    variables.sort_unstable();
    variables.dedup();
    variables
}

impl PriceKind {
    /// Its amount for an assignment, in minor units.
    #[must_use]
    pub fn amount(&self, assignment: &[ValueId]) -> i64 {
        match self {
            Self::Table { scope, tuples, amounts, otherwise } => {
                position(scope, tuples, assignment).map_or(*otherwise, |row| amounts[row])
            }
            Self::When(formula, amount) if formula.holds(assignment) => amount.value(assignment),
            Self::When(..) => 0,
        }
    }

    /// The variables it depends on, in order, each once.
    #[must_use]
    pub fn scope(&self) -> Vec<VariableId> {
        let mut found = Vec::new();
        match self {
            Self::Table { scope, .. } => found.extend_from_slice(scope),
            Self::When(formula, amount) => {
                formula.variables(&mut |variable| found.push(variable));
                amount.variables(&mut |variable| found.push(variable));
            }
        }
        sorted(found)
    }
}

impl Formula {
    /// Whether it holds for an assignment.
    #[must_use]
    pub fn holds(&self, assignment: &[ValueId]) -> bool {
        match self {
            Self::In(variable, values) => values.contains(&assignment[variable.index()]),
            Self::Not(formula) => !formula.holds(assignment),
            Self::And(parts) => parts.iter().all(|part| part.holds(assignment)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(assignment)),
            Self::Count { min, max, of } => {
                let count = of.iter().filter(|part| part.holds(assignment)).count();
                (*min as usize..=*max as usize).contains(&count)
            }
            Self::Compare(left, comparison, right) => {
                comparison.holds(left.value(assignment), right.value(assignment))
            }
        }
    }

    /// That it does not hold.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Not(formula) => *formula,
            formula => Self::Not(Box::new(formula)),
        }
    }

    /// Calls `visit` for every variable it mentions, possibly more than once.
    pub fn variables(&self, visit: &mut dyn FnMut(VariableId)) {
        match self {
            Self::In(variable, _) => visit(*variable),
            Self::Not(formula) => formula.variables(visit),
            Self::And(parts) | Self::Or(parts) | Self::Count { of: parts, .. } => {
                parts.iter().for_each(|part| part.variables(visit));
            }
            Self::Compare(left, _, right) => {
                left.variables(visit);
                right.variables(visit);
            }
        }
    }
}

impl Expression {
    /// Its value for an assignment.
    #[must_use]
    pub fn value(&self, assignment: &[ValueId]) -> i64 {
        match self {
            Self::Constant(number) => *number,
            Self::Of(variable, numbers) => numbers[assignment[variable.index()].index()],
            Self::Sum(parts) => parts.iter().fold(0, |sum, part| part.value(assignment).saturating_add(sum)),
            Self::Difference(left, right) => left.value(assignment).saturating_sub(right.value(assignment)),
            Self::Product(left, right) => left.value(assignment).saturating_mul(right.value(assignment)),
            Self::Quotient(number, divisor, rounding) => rounding.divide(number.value(assignment), *divisor),
        }
    }

    /// Calls `visit` for every variable it mentions, possibly more than once.
    pub fn variables(&self, visit: &mut dyn FnMut(VariableId)) {
        match self {
            Self::Constant(_) => {}
            Self::Of(variable, _) => visit(*variable),
            Self::Sum(parts) => parts.iter().for_each(|part| part.variables(visit)),
            Self::Difference(left, right) | Self::Product(left, right) => {
                left.variables(visit);
                right.variables(visit);
            }
            Self::Quotient(number, ..) => number.variables(visit),
        }
    }
}

impl Rounding {
    /// The quotient, saturated at the bounds of `i64`; 0 when the divisor is 0.
    #[must_use]
    pub fn divide(self, number: impl Into<i128>, divisor: i64) -> i64 {
        if divisor == 0 {
            return 0;
        }
        let (number, divisor): (i128, i128) = (number.into(), divisor.into());
        let quotient = match self {
            Self::Down => {
                number.div_euclid(divisor) - i128::from(divisor < 0 && number.rem_euclid(divisor) != 0)
            }
            Self::HalfAwayFromZero => {
                let sign = number.signum() * divisor.signum();
                (number.abs() * 2 + divisor.abs()) / (divisor.abs() * 2) * sign
            }
        };
        i64::try_from(quotient).unwrap_or(if quotient < 0 { i64::MIN } else { i64::MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::Rounding;

    #[test]
    fn quotients_are_rounded_as_said() {
        for (number, divisor, down, half) in [
            (7, 2, 3, 4),
            (-7, 2, -4, -4),
            (7, -2, -4, -4),
            (-7, -2, 3, 4),
            (6, 3, 2, 2),
            (1, 3, 0, 0),
            (5, 0, 0, 0),
        ] {
            assert_eq!(Rounding::Down.divide(number, divisor), down, "{number}/{divisor}");
            assert_eq!(Rounding::HalfAwayFromZero.divide(number, divisor), half, "{number}/{divisor}");
        }
        assert_eq!(Rounding::Down.divide(i64::MIN, -1), i64::MAX);
    }
}
