//! Exact arithmetic over features: fractions whose numerator and denominator depend on which features are there.
//!
//! Models know whole numbers only. Decimals and divisions stay exact as fractions until two of them are compared: then
//! both sides are multiplied by the denominators. Bounds are kept along, so that no result leaves 64 bits.

use crate::features::and;
use engine::model::{Comparison, Expression, Formula, Rounding, VariableId};

/// Most parts of an expression.
pub(super) const MOST_PARTS: usize = 100_000;
/// Deepest nesting of an expression.
const DEEPEST: usize = 200;

/// Why a number can't be said.
pub(super) enum Fault {
    /// A number beyond 64 bits.
    TooLarge,
    /// An expression of too many parts.
    TooLong,
    /// The divisor is always 0.
    Zero,
    /// What is rounded has a denominator that depends on the features.
    Rounded,
}

/// A whole number that depends on the features.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    expression: Expression,
    /// It is never less.
    least: i128,
    /// Neither it nor any part of its sums is further from 0.
    most: i128,
    parts: usize,
    depth: usize,
}

impl Whole {
    pub(super) fn constant(number: i64) -> Self {
        let wide = i128::from(number);
        Self { expression: Expression::Constant(number), least: wide, most: wide.abs(), parts: 1, depth: 1 }
    }

    /// This number while the feature is there, otherwise 0.
    fn with(feature: VariableId, number: i64) -> Self {
        Self::of(feature, vec![0, number])
    }

    /// A number for each value of a variable.
    fn of(variable: VariableId, numbers: Vec<i64>) -> Self {
        let wide = || numbers.iter().map(|number| i128::from(*number));
        Self {
            least: wide().min().unwrap_or(0),
            most: wide().map(i128::abs).max().unwrap_or(0),
            parts: numbers.len().saturating_sub(1).max(1),
            depth: 1,
            expression: Expression::Of(variable, numbers),
        }
    }

    /// The quotient by a positive number, rounded down.
    fn divided(self, divisor: i64) -> Result<Self, Fault> {
        if divisor == 1 {
            return Ok(self);
        }
        let expression = Expression::Quotient(Box::new(self.expression), divisor, Rounding::Down);
        let least = self.least.div_euclid(i128::from(divisor));
        Self { expression, least, parts: self.parts + 1, depth: self.depth + 1, ..self }.checked()
    }

    fn checked(self) -> Result<Self, Fault> {
        if self.parts > MOST_PARTS || self.depth > DEEPEST {
            return Err(Fault::TooLong);
        }
        if self.most > i128::from(i64::MAX) { Err(Fault::TooLarge) } else { Ok(self) }
    }

    fn sum(all: Vec<Self>) -> Result<Self, Fault> {
        let mut sum = Self { expression: Expression::Sum(Vec::new()), least: 0, most: 0, parts: 1, depth: 1 };
        let mut parts = Vec::new();
        let mut constant = 0_i64;
        for one in all {
            sum.least += one.least;
            sum.most += one.most;
            sum.parts += one.parts;
            sum.depth = sum.depth.max(one.depth + 1);
            match one.expression {
                Expression::Constant(number) => {
                    constant = constant.checked_add(number).ok_or(Fault::TooLarge)?
                }
                Expression::Sum(inner) => parts.extend(inner),
                other => parts.push(other),
            }
        }
        if constant != 0 || parts.is_empty() {
            parts.push(Expression::Constant(constant));
        }
        sum.expression = match parts.pop() {
            Some(one) if parts.is_empty() => one,
            last => Expression::Sum(parts.into_iter().chain(last).collect()),
        };
        sum.checked()
    }

    fn times(&self, factor: i64) -> Result<Self, Fault> {
        let wide = i128::from(factor);
        let least = if factor < 0 { -self.most } else { self.least };
        let scaled = Self {
            expression: Expression::Constant(0),
            least: least.saturating_mul(wide.abs()),
            most: self.most.saturating_mul(wide.abs()),
            ..*self
        }
        .checked()?;
        Ok(Self { expression: scale(&self.expression, factor), ..scaled })
    }

    fn product(&self, other: &Self) -> Result<Self, Fault> {
        if let Expression::Constant(factor) = other.expression {
            return self.times(factor);
        }
        if let Expression::Constant(factor) = self.expression {
            return other.times(factor);
        }
        let most = self.most.saturating_mul(other.most);
        let product = Self {
            expression: Expression::Constant(0),
            least: if self.least >= 0 && other.least >= 0 { 0 } else { -most },
            most,
            parts: self.parts + other.parts + 1,
            depth: self.depth.max(other.depth) + 1,
        }
        .checked()?;
        let (left, right) = (self.expression.clone(), other.expression.clone());
        Ok(Self { expression: Expression::Product(Box::new(left), Box::new(right)), ..product })
    }
}

/// An expression times a number; the caller has checked that no part leaves 64 bits.
fn scale(expression: &Expression, factor: i64) -> Expression {
    match expression {
        _ if factor == 1 => expression.clone(),
        Expression::Constant(number) => Expression::Constant(number.saturating_mul(factor)),
        Expression::Of(variable, numbers) => {
            Expression::Of(*variable, numbers.iter().map(|number| number.saturating_mul(factor)).collect())
        }
        Expression::Sum(parts) => Expression::Sum(parts.iter().map(|part| scale(part, factor)).collect()),
        Expression::Product(left, right) => Expression::Product(Box::new(scale(left, factor)), right.clone()),
        other => Expression::Product(Box::new(other.clone()), Box::new(Expression::Constant(factor))),
    }
}

/// A number with decimals: `digits` divided by `scale`, a power of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Decimal {
    digits: i64,
    scale: i64,
}

impl Decimal {
    /// Reads digits with or without a decimal point; none when there are too many.
    pub(super) fn read(written: &str, negative: bool) -> Option<Self> {
        let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
        let fraction = fraction.trim_end_matches('0');
        let scale = 10_i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let digits: i64 = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits: if negative { -digits } else { digits }, scale })
    }

    /// The largest whole number that is not more.
    pub(super) fn floor(self) -> i64 {
        self.digits.div_euclid(self.scale)
    }

    /// The smallest whole number that is not less.
    pub(super) fn ceil(self) -> i64 {
        -(-self.digits).div_euclid(self.scale)
    }
}

/// A fraction. Where the denominator is 0 it has no value, elsewhere the denominator is positive.
#[derive(Clone, Debug)]
pub(super) struct Fraction {
    top: Whole,
    bottom: Whole,
}

impl Fraction {
    pub(super) fn constant(number: Decimal) -> Self {
        Self { top: Whole::constant(number.digits), bottom: Whole::constant(number.scale) }
    }

    /// The number while the feature is there, otherwise 0.
    pub(super) fn with(feature: VariableId, number: Decimal) -> Self {
        Self { top: Whole::with(feature, number.digits), bottom: Whole::constant(number.scale) }
    }

    /// A whole number for each value of a variable.
    pub(super) fn of(variable: VariableId, numbers: Vec<i64>) -> Self {
        Self { top: Whole::of(variable, numbers), bottom: Whole::constant(1) }
    }

    /// A whole number.
    pub(super) fn whole(number: i64) -> Self {
        Self { top: Whole::constant(number), bottom: Whole::constant(1) }
    }

    /// The largest whole number that is not more.
    pub(super) fn floor(self) -> Result<Self, Fault> {
        match self.bottom.expression {
            Expression::Constant(divisor) => {
                Ok(Self { top: self.top.divided(divisor)?, bottom: Whole::constant(1) })
            }
            _ => Err(Fault::Rounded),
        }
    }

    /// The smallest whole number that is not less.
    pub(super) fn ceil(self) -> Result<Self, Fault> {
        let negative = Self { top: self.top.times(-1)?, bottom: self.bottom }.floor()?;
        Ok(Self { top: negative.top.times(-1)?, bottom: negative.bottom })
    }

    /// The sum of numbers while their features are there.
    pub(super) fn total(all: &[(VariableId, Decimal)]) -> Result<Self, Fault> {
        let scale = all.iter().map(|(_, number)| number.scale).max().unwrap_or(1);
        let parts: Result<Vec<Whole>, Fault> = all
            .iter()
            .map(|(feature, number)| Whole::with(*feature, number.digits).times(scale / number.scale))
            .collect();
        Ok(Self { top: Whole::sum(parts?)?, bottom: Whole::constant(scale) })
    }

    /// The mean of numbers whose features are there; it has no value when none is.
    pub(super) fn mean(all: &[(VariableId, Decimal)]) -> Result<Self, Fault> {
        let count = Whole::sum(all.iter().map(|(feature, _)| Whole::with(*feature, 1)).collect())?;
        Self::total(all)?.over(&Self { top: count, bottom: Whole::constant(1) })
    }

    /// How many parts it has, a measure of the memory it takes.
    pub(super) fn parts(&self) -> usize {
        self.top.parts + self.bottom.parts
    }

    pub(super) fn plus(&self, other: &Self, sign: i64) -> Result<Self, Fault> {
        let (own, others, bottom) = self.common(other)?;
        let top = Whole::sum(vec![own, others.times(sign)?])?;
        Ok(Self { top, bottom })
    }

    pub(super) fn times(&self, other: &Self) -> Result<Self, Fault> {
        Ok(Self { top: self.top.product(&other.top)?, bottom: self.bottom.product(&other.bottom)? })
    }

    pub(super) fn over(&self, divisor: &Self) -> Result<Self, Fault> {
        let (mut top, mut bottom) = (self.top.product(&divisor.bottom)?, self.bottom.product(&divisor.top)?);
        // The divisor's denominator must not be 0 either.
        if !matches!(divisor.bottom.expression, Expression::Constant(_)) {
            (top, bottom) = (top.product(&divisor.bottom)?, bottom.product(&divisor.bottom)?);
        }
        match bottom.expression {
            Expression::Constant(0) => return Err(Fault::Zero),
            Expression::Constant(number) if number < 0 => {
                (top, bottom) = (top.times(-1)?, Whole::constant(-number));
            }
            _ if bottom.least < 0 => {
                // Its sign depends on the features; its square's doesn't.
                top = top.product(&bottom)?;
                bottom = Whole { least: 0, ..bottom.product(&bottom)? };
            }
            _ => {}
        }
        Ok(Self { top, bottom })
    }

    /// That two fractions compare like this; it does not hold where one of them has no value.
    pub(super) fn compared(&self, comparison: Comparison, other: &Self) -> Result<Formula, Fault> {
        let (own, others, _) = self.common(other)?;
        let mut formula = Formula::Compare(own.expression, comparison, others.expression);
        for fraction in [self, other] {
            if !matches!(fraction.bottom.expression, Expression::Constant(_)) {
                let bottom = fraction.bottom.expression.clone();
                let has_value = Formula::Compare(bottom, Comparison::Unequal, Expression::Constant(0));
                formula = and(has_value, formula);
            }
        }
        Ok(formula)
    }

    /// Both numerators over a common denominator.
    fn common(&self, other: &Self) -> Result<(Whole, Whole, Whole), Fault> {
        if let (Expression::Constant(own), Expression::Constant(others)) =
            (&self.bottom.expression, &other.bottom.expression)
        {
            let divisor = greatest_common_divisor(*own, *others);
            let bottom = self.bottom.times(others / divisor)?;
            return Ok((self.top.times(others / divisor)?, other.top.times(own / divisor)?, bottom));
        }
        let bottom = self.bottom.product(&other.bottom)?;
        Ok((self.top.product(&other.bottom)?, other.top.product(&self.bottom)?, bottom))
    }
}

fn greatest_common_divisor(mut left: i64, mut right: i64) -> i64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left.max(1)
}
