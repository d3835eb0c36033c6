//! What assignments cost, in the shapes that bounds and best assignments are worked out from.

use std::cmp::{Ordering, Reverse};
use std::ops::{Not, Range};

use crate::model::{Comparison, Expression, Formula, Model, PriceKind, ValueId, VariableId};

/// Most combinations of values for which a price that is an expression is written out as rows.
pub(super) const MOST_ROWS: usize = 16_384;

/// Most combinations that are gone through to write out all prices of a model.
const MOST_ROWS_TOGETHER: usize = 1 << 20;

/// By variable, by value: whether it may be had.
pub(super) type Domains = [Vec<bool>];

/// The least and the greatest of some amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    pub low: i64,
    pub high: i64,
}

/// All prices of a model, in minor units.
pub(super) struct Prices {
    pub base: i64,
    /// By variable, by value.
    pub values: Vec<Vec<i64>>,
    /// Those that depend on several variables.
    pub several: Vec<Several>,
    /// Whether totals could leave what 64 bits hold: then they saturate, and nothing can be said of their sums.
    pub saturate: bool,
}

/// A price that depends on several variables.
pub(super) enum Several {
    /// The amount of the row that the scope's values are, otherwise another.
    Rows { scope: Vec<VariableId>, rows: Rows, otherwise: i64 },
    /// One with too many rows to write out.
    When { scope: Vec<VariableId>, condition: Formula, amount: Expression },
}

/// Combinations of a scope's values, in order, none twice, each with its amount.
#[derive(Default)]
pub(super) struct Rows {
    /// The values of one after those of the other.
    values: Vec<ValueId>,
    amounts: Vec<i64>,
}

impl Rows {
    fn push(&mut self, values: impl Iterator<Item = ValueId>, amount: i64) {
        self.values.extend(values);
        self.amounts.push(amount);
    }

    pub fn iter(&self) -> impl Iterator<Item = (&[ValueId], i64)> {
        let width = self.values.len() / self.amounts.len().max(1);
        self.values.chunks_exact(width.max(1)).zip(self.amounts.iter().copied())
    }

    /// The amount of a combination of as many values as the rows have.
    fn amount(&self, wanted: impl Iterator<Item = ValueId> + Clone) -> Option<i64> {
        let width = self.values.len() / self.amounts.len().max(1);
        let row = |index: usize| self.values[index * width..(index + 1) * width].iter().copied();
        let (mut low, mut high) = (0, self.amounts.len());
        while low < high {
            let middle = low.midpoint(high);
            match row(middle).cmp(wanted.clone()) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(self.amounts[middle]),
                Ordering::Greater => high = middle,
            }
        }
        None
    }
}

/// How much may still be written out in rows.
struct Room {
    /// For one price.
    most: usize,
    /// For all together.
    left: usize,
}

impl Room {
    /// Takes what a price of so many combinations needs; whether there was enough.
    fn take(&mut self, combinations: usize) -> bool {
        let enough = combinations <= self.most && combinations <= self.left;
        if enough {
            self.left -= combinations;
        }
        enough
    }
}

impl Interval {
    fn of(amount: i64) -> Self {
        Self { low: amount, high: amount }
    }

    fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }
}

/// What holds all of some intervals; `None` when there are none.
fn hull(intervals: impl Iterator<Item = Interval>) -> Option<Interval> {
    intervals.reduce(Interval::hull)
}

impl Prices {
    /// Those of a model; expressions with at most so many rows are written out.
    pub fn of(model: &Model, most_rows: usize) -> Self {
        let values: Vec<Vec<i64>> = model.variables.iter().map(|variable| variable.prices.clone()).collect();
        let mut room = Room { most: most_rows, left: MOST_ROWS_TOGETHER };
        let several: Vec<Several> =
            model.prices.iter().map(|price| Several::of(model, &price.kind, &mut room)).collect();
        let all: Vec<Vec<bool>> =
            model.variables.iter().map(|variable| vec![true; variable.size()]).collect();
        let farthest = |amounts: Interval| amounts.low.unsigned_abs().max(amounts.high.unsigned_abs());
        let single = values.iter().map(|own| own.iter().map(|price| price.unsigned_abs()).max().unwrap_or(0));
        let farthest = single
            .chain(several.iter().map(|price| farthest(price.interval(&all))))
            .chain([model.base_price.unsigned_abs()])
            .fold(0, u64::saturating_add);
        let saturate = i64::try_from(farthest).is_err();
        // Sums that saturate depend on their order.
        let several = if saturate { several } else { joined(model, several, &mut room) };
        Self { base: model.base_price, values, several, saturate }
    }

    /// The total of an assignment.
    pub fn total(&self, assignment: &[ValueId]) -> i64 {
        let single = self.values.iter().zip(assignment).map(|(prices, value)| prices[value.index()]);
        let several = self.several.iter().map(|price| price.amount(assignment));
        single.chain(several).fold(self.base, i64::saturating_add)
    }
}

/// Prices whose variables are all among another's become one with it where that has few combinations: what excludes each
/// other, as prices by area of several materials, is then not added up.
fn joined(model: &Model, mut prices: Vec<Several>, room: &mut Room) -> Vec<Several> {
    prices.sort_by_key(|price| Reverse(price.scope().len()));
    let mut groups: Vec<Vec<Several>> = Vec::new();
    // By variable: groups of few combinations.
    let mut few: Vec<Vec<usize>> = vec![Vec::new(); model.variables.len()];
    for price in prices {
        let within = |group: &usize| {
            let whole = groups[*group].first().map_or(&[][..], Several::scope);
            price.scope().iter().all(|variable| whole.contains(variable))
        };
        let own = price.scope().first().and_then(|first| few[first.index()].iter().copied().find(within));
        if let Some(own) = own {
            groups[own].push(price);
            continue;
        }
        if combinations(model, price.scope()) <= room.most {
            price.scope().iter().for_each(|variable| few[variable.index()].push(groups.len()));
        }
        groups.push(vec![price]);
    }
    let join = |group: Vec<Several>| {
        let scope = group.first().map_or(&[][..], Several::scope).to_vec();
        if group.len() == 1 || !room.take(combinations(model, &scope)) {
            return group;
        }
        vec![Several::enumerate(model, scope, |assignment| {
            group.iter().map(|price| price.amount(assignment)).fold(0, i64::saturating_add)
        })]
    };
    groups.into_iter().flat_map(join).collect()
}

/// How many combinations of values some variables have.
fn combinations(model: &Model, scope: &[VariableId]) -> usize {
    scope.iter().map(|variable| model.variable(*variable).size()).fold(1, usize::saturating_mul)
}

impl Several {
    fn of(model: &Model, kind: &PriceKind, room: &mut Room) -> Self {
        match kind {
            PriceKind::Table { scope, tuples, amounts, otherwise } if !scope.is_empty() => {
                let tuples = tuples.chunks_exact(scope.len());
                let mut pairs: Vec<(&[ValueId], i64)> = tuples.zip(amounts.iter().copied()).collect();
                // Of equal tuples the first counts.
                pairs.sort_by_key(|(tuple, _)| *tuple);
                pairs.dedup_by_key(|(tuple, _)| *tuple);
                let mut rows = Rows::default();
                pairs.into_iter().for_each(|(tuple, amount)| rows.push(tuple.iter().copied(), amount));
                Self::Rows { scope: scope.clone(), rows, otherwise: *otherwise }
            }
            PriceKind::Table { otherwise, .. } => {
                Self::Rows { scope: Vec::new(), rows: Rows::default(), otherwise: *otherwise }
            }
            PriceKind::When(condition, amount) => {
                let scope = kind.scope();
                if !room.take(combinations(model, &scope)) {
                    return Self::When { scope, condition: condition.clone(), amount: amount.clone() };
                }
                Self::enumerate(model, scope, |assignment| kind.amount(assignment))
            }
        }
    }

    /// Written out in rows: every combination of the scope's values that costs something.
    fn enumerate(model: &Model, scope: Vec<VariableId>, amount: impl Fn(&[ValueId]) -> i64) -> Self {
        let mut assignment = vec![ValueId(0); model.variables.len()];
        if scope.is_empty() {
            return Self::Rows { scope, rows: Rows::default(), otherwise: amount(&assignment) };
        }
        let mut rows = Rows::default();
        loop {
            let own = amount(&assignment);
            if own != 0 {
                rows.push(scope.iter().map(|variable| assignment[variable.index()]), own);
            }
            // The next combination: the last value that is not its variable's last goes on, those behind start again.
            let next = scope.iter().rev().find(|variable| {
                let value = &mut assignment[variable.index()];
                *value = ValueId::new(value.index() + 1);
                let goes_on = value.index() < model.variable(**variable).size();
                if !goes_on {
                    *value = ValueId(0);
                }
                goes_on
            });
            if next.is_none() {
                return Self::Rows { scope, rows, otherwise: 0 };
            }
        }
    }

    pub fn scope(&self) -> &[VariableId] {
        match self {
            Self::Rows { scope, .. } | Self::When { scope, .. } => scope,
        }
    }

    /// What an assignment pays.
    pub fn amount(&self, assignment: &[ValueId]) -> i64 {
        match self {
            Self::Rows { scope, rows, otherwise } => {
                let wanted = scope.iter().map(|variable| assignment[variable.index()]);
                rows.amount(wanted).unwrap_or(*otherwise)
            }
            Self::When { condition, amount, .. } if condition.holds(assignment) => amount.value(assignment),
            Self::When { .. } => 0,
        }
    }

    /// What it can come to with values that may be had.
    pub fn interval(&self, domains: &Domains) -> Interval {
        self.interval_of(&self.intervals(domains), domains)
    }

    /// The same from what [`Several::intervals`] says of these domains.
    pub fn interval_of(&self, intervals: &[Vec<Interval>], domains: &Domains) -> Interval {
        let (Some(variable), Some(own)) = (self.scope().first(), intervals.first()) else {
            return match self {
                Self::Rows { otherwise, .. } => Interval::of(*otherwise),
                Self::When { .. } => Interval::of(0),
            };
        };
        let possible = own.iter().zip(&domains[variable.index()]).filter(|(_, possible)| **possible);
        hull(possible.map(|(interval, _)| *interval)).unwrap_or(Interval::of(0))
    }

    /// Not more than the lowest it can come to with values that may be had, of these ranges by place in the scope.
    pub fn lowest_within(&self, domains: &Domains, ranges: &[Range<usize>]) -> i64 {
        match self {
            Self::Rows { .. } => self.interval(domains).low,
            Self::When { scope, condition, amount } => {
                View { domains, narrowed: Narrowed::Within(scope, ranges) }.amount(condition, amount).low
            }
        }
    }

    /// By place in the scope, by value there: what it can come to with this value, whether it may be had or not, and
    /// values of the other variables that may be had.
    pub fn intervals(&self, domains: &Domains) -> Vec<Vec<Interval>> {
        match self {
            Self::Rows { scope, rows, otherwise } => {
                let widths: Vec<u64> =
                    scope.iter().map(|variable| width(&domains[variable.index()]) as u64).collect();
                let mut found: Vec<Vec<(Option<Interval>, u64)>> =
                    scope.iter().map(|variable| vec![(None, 0); domains[variable.index()].len()]).collect();
                for (row, amount) in rows.iter() {
                    let mut missing = (0..scope.len()).filter(|&place| {
                        !domains[scope[place].index()].get(row[place].index()).is_some_and(|&may| may)
                    });
                    let places = match (missing.next(), missing.next()) {
                        (None, _) => 0..scope.len(),
                        (Some(place), None) => place..place + 1,
                        _ => continue,
                    };
                    for place in places {
                        if let Some((interval, count)) = found[place].get_mut(row[place].index()) {
                            let own = Interval::of(amount);
                            *interval = Some(interval.map_or(own, |interval| interval.hull(own)));
                            *count += 1;
                        }
                    }
                }
                let finish = |(place, values): (usize, Vec<(Option<Interval>, u64)>)| {
                    let others = widths.iter().enumerate().filter(|(other, _)| *other != place);
                    let combinations =
                        others.fold(1, |product: u64, (_, width)| product.saturating_mul(*width));
                    let value = |(interval, count): (Option<Interval>, u64)| match interval {
                        Some(interval) if count >= combinations => interval,
                        Some(interval) => interval.hull(Interval::of(*otherwise)),
                        None => Interval::of(*otherwise),
                    };
                    values.into_iter().map(value).collect()
                };
                found.into_iter().enumerate().map(finish).collect()
            }
            Self::When { scope, condition, amount } => {
                let interval = |variable: VariableId, value: usize| {
                    View { domains, narrowed: Narrowed::To(variable, value) }.amount(condition, amount)
                };
                let place = |&variable: &VariableId| {
                    (0..domains[variable.index()].len()).map(|value| interval(variable, value)).collect()
                };
                scope.iter().map(place).collect()
            }
        }
    }
}

/// How many values may be had.
pub(super) fn width(domain: &[bool]) -> usize {
    domain.iter().filter(|&&may| may).count()
}

/// What a condition can be.
#[derive(Clone, Copy)]
struct Truth {
    can_hold: bool,
    can_fail: bool,
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        Self { can_hold: self.can_fail, can_fail: self.can_hold }
    }
}

/// What only some of the values that may be had are looked at for.
#[derive(Clone, Copy)]
enum Narrowed<'d> {
    /// One variable has this value, whether it may be had or not.
    To(VariableId, usize),
    /// These variables, in order, have values of these ranges.
    Within(&'d [VariableId], &'d [Range<usize>]),
}

/// Values that may be had, but for what is narrowed. What is said of expressions contains what they can be: each part is
/// looked at by itself (R. E. Moore, "Interval analysis", 1966).
struct View<'d> {
    domains: &'d Domains,
    narrowed: Narrowed<'d>,
}

impl View<'_> {
    fn values(&self, variable: VariableId) -> impl Iterator<Item = usize> + Clone {
        let domain = &self.domains[variable.index()];
        let (values, regardless) = match self.narrowed {
            Narrowed::To(fixed, value) if fixed == variable => (value..value + 1, true),
            Narrowed::Within(scope, ranges) => {
                let range = scope.binary_search(&variable).ok().and_then(|place| ranges.get(place));
                (range.cloned().unwrap_or(0..domain.len()), false)
            }
            Narrowed::To(..) => (0..domain.len(), false),
        };
        values.filter(move |&value| regardless || domain[value])
    }

    /// What an amount comes to that is due on a condition.
    fn amount(&self, condition: &Formula, amount: &Expression) -> Interval {
        let holds = self.truth(condition);
        let amount = holds.can_hold.then(|| self.interval(amount));
        let nothing = holds.can_fail.then_some(Interval::of(0));
        hull(amount.into_iter().chain(nothing)).unwrap_or(Interval::of(0))
    }

    fn truth(&self, formula: &Formula) -> Truth {
        let all = |parts: &[Formula], turned: bool| {
            let every = Truth { can_hold: true, can_fail: false };
            parts.iter().fold(every, |every, part| {
                let own = if turned { !self.truth(part) } else { self.truth(part) };
                Truth { can_hold: every.can_hold && own.can_hold, can_fail: every.can_fail || own.can_fail }
            })
        };
        match formula {
            Formula::In(variable, values) => {
                let mut inside = self.values(*variable).map(|value| values.contains(&ValueId::new(value)));
                Truth {
                    can_hold: inside.clone().any(|inside| inside),
                    can_fail: inside.any(|inside| !inside),
                }
            }
            Formula::Not(formula) => !self.truth(formula),
            Formula::And(parts) => all(parts, false),
            Formula::Or(parts) => !all(parts, true),
            Formula::Count { min, max, of } => {
                let (min, max) = (*min as usize, *max as usize);
                let parts: Vec<Truth> = of.iter().map(|part| self.truth(part)).collect();
                let least = parts.iter().filter(|part| !part.can_fail).count();
                let most = parts.iter().filter(|part| part.can_hold).count();
                Truth {
                    can_hold: least.max(min) <= most.min(max),
                    can_fail: least < min || most > max || min > max,
                }
            }
            Formula::Compare(left, comparison, right) => {
                let (left, right) = (self.interval(left), self.interval(right));
                match comparison {
                    Comparison::Less | Comparison::AtMost => Truth {
                        can_hold: comparison.holds(left.low, right.high),
                        can_fail: !comparison.holds(left.high, right.low),
                    },
                    Comparison::More | Comparison::AtLeast => Truth {
                        can_hold: comparison.holds(left.high, right.low),
                        can_fail: !comparison.holds(left.low, right.high),
                    },
                    Comparison::Equal | Comparison::Unequal => {
                        let equal = Truth {
                            can_hold: left.low <= right.high && right.low <= left.high,
                            can_fail: left.low != left.high || left != right,
                        };
                        if *comparison == Comparison::Equal { equal } else { !equal }
                    }
                }
            }
        }
    }

    /// Saturating arithmetic never falls where exact arithmetic rises, so the ends of intervals tell all.
    fn interval(&self, expression: &Expression) -> Interval {
        match expression {
            Expression::Constant(number) => Interval::of(*number),
            Expression::Of(variable, numbers) => {
                let numbers = self.values(*variable).filter_map(|value| numbers.get(value));
                hull(numbers.map(|&number| Interval::of(number))).unwrap_or(Interval::of(0))
            }
            Expression::Sum(parts) => parts.iter().fold(Interval::of(0), |sum, part| {
                let part = self.interval(part);
                Interval { low: part.low.saturating_add(sum.low), high: part.high.saturating_add(sum.high) }
            }),
            Expression::Difference(left, right) => {
                let (left, right) = (self.interval(left), self.interval(right));
                Interval {
                    low: left.low.saturating_sub(right.high),
                    high: left.high.saturating_sub(right.low),
                }
            }
            Expression::Product(left, right) => {
                let (left, right) = (self.interval(left), self.interval(right));
                let product = |one: i64, other: i64| Interval::of(one.saturating_mul(other));
                product(left.low, right.low)
                    .hull(product(left.low, right.high))
                    .hull(product(left.high, right.low))
                    .hull(product(left.high, right.high))
            }
            Expression::Quotient(number, divisor, rounding) => {
                let number = self.interval(number);
                let end = |number| Interval::of(rounding.divide(number, *divisor));
                end(number.low).hull(end(number.high))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_ROWS, Prices, Several};
    use crate::model::{Expression, Formula, Model, Price, PriceKind, ValueId, Variable, VariableId};

    #[test]
    fn rows_have_an_end_and_what_is_beyond_stays_an_expression() {
        let numbers = |name: &str| Variable::new(name, (0..128).map(|value| value.to_string()).collect());
        let mut model = Model { variables: vec![numbers("width"), numbers("height")], ..Model::default() };
        let number = |variable| Box::new(Expression::Of(variable, (1..=128).collect()));
        let area = Expression::Product(number(VariableId(0)), number(VariableId(1)));
        for index in 0..70 {
            let kind = PriceKind::When(Formula::And(Vec::new()), area.clone());
            model.prices.push(Price { name: format!("area {index}"), kind });
        }
        let prices = Prices::of(&model, MOST_ROWS);
        let written = prices.several.iter().filter(|price| matches!(price, Several::Rows { .. }));
        assert_eq!((prices.several.len(), written.count()), (70, 64));
        let assignment = [ValueId(2), ValueId(3)];
        assert_eq!(prices.total(&assignment), model.price(&assignment));
    }
}
