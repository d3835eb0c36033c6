//! What totals and how many completions there can be, without looking at every assignment: bounds that are certain.
//!
//! Constraints count only in so far as they leave values out; beyond that every variable is looked at by itself, and so is
//! every price that depends on several. So no total lies outside the bounds, and no assignment is left uncounted.

use super::menu::{Available, shown};
#[cfg(feature = "bignum")]
use super::prices::width;
use super::prices::{Domains, Interval, Prices};
use super::state::{Choice, Solver};
use crate::model::ValueId;

/// What some totals lie within, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// None is lower.
    pub low: i64,
    /// None is higher.
    pub high: i64,
    /// Whether a valid assignment with the total `low` is known: then it is the lowest. Others may have it, too.
    pub low_is_met: bool,
    /// Whether a valid assignment with the total `high` is known: then it is the highest.
    pub high_is_met: bool,
}

/// What a menu tells of totals and completions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The totals of all valid assignments with the choices; `None` when there are none.
    pub totals: Option<Within>,
    /// By variable, by value: the totals of all valid assignments with this value and the choices for the other variables;
    /// `None` when there are none.
    pub options: Vec<Vec<Option<Within>>>,
    /// By variable, by value: what may be had together with all choices.
    with: Vec<Vec<bool>>,
    /// By variable, by value: what may be had together with the choices but for one.
    without: Vec<Vec<bool>>,
    /// By variable: whether it is chosen.
    chosen: Vec<bool>,
}

#[cfg(feature = "bignum")]
impl Figures {
    /// How many valid assignments have the choices, at most.
    #[must_use]
    pub fn most_designs(&self) -> num_bigint::BigUint {
        product(self.with.iter().map(|domain| width(domain)))
    }

    /// By variable, by value: how many valid assignments have this value and the choices for the other variables, at most.
    #[must_use]
    pub fn most_completions(&self) -> Vec<Vec<num_bigint::BigUint>> {
        let open = |domains: &Domains| {
            let open = domains.iter().zip(&self.chosen).filter(|(_, chosen)| !**chosen);
            product(open.map(|(domain, _)| width(domain)))
        };
        let (with, without) = (open(&self.with), open(&self.without));
        let one = |(variable, values): (usize, &Vec<Option<Within>>)| {
            let own = width(&self.with[variable]).max(1);
            let count = |(value, within): (usize, &Option<Within>)| match (within, self.chosen[variable]) {
                (None, _) => num_bigint::BigUint::ZERO,
                (Some(_), false) => &with / own,
                (Some(_), true) if self.with[variable][value] => with.clone(),
                (Some(_), true) => without.clone(),
            };
            values.iter().enumerate().map(count).collect()
        };
        self.options.iter().enumerate().map(one).collect()
    }
}

#[cfg(feature = "bignum")]
fn product(widths: impl Iterator<Item = usize>) -> num_bigint::BigUint {
    widths.fold(1_u8.into(), |product: num_bigint::BigUint, width| product * width)
}

impl Solver {
    /// Which values are available next to the choices, and within what totals and numbers of completions lie. The bounds
    /// are the same whatever was asked before; whether a bound is known to be met depends on the assignments found so far.
    pub fn figures(&mut self, choices: &[Choice]) -> (Available, Figures) {
        let available = self.menu(choices);
        let mut chosen = vec![false; self.literals.len()];
        let mut with = available.values.clone();
        let mut without: Vec<Vec<bool>> = self
            .literals
            .iter()
            .map(|values| values.iter().map(|&literal| !self.search.is_refuted(literal, 0)).collect())
            .collect();
        for &(variable, value) in choices {
            if let Some(chosen) = chosen.get_mut(variable.index()) {
                *chosen = true;
                for domains in [&mut with, &mut without] {
                    domains[variable.index()]
                        .iter_mut()
                        .enumerate()
                        .for_each(|(index, may)| *may &= index == value.index());
                }
            }
        }
        let mut options: Vec<Vec<Option<Within>>> =
            available.values.iter().map(|values| vec![None; values.len()]).collect();
        // Every variable has a value unless there is nothing at all; without variables no value tells.
        let possible = with.iter().all(|domain| domain.contains(&true))
            && (!with.is_empty() || self.is_possible(choices));
        let mut totals = None;
        if possible {
            let sums = Sums::of(self.prices(), &with);
            let all = sums.all();
            totals = Some(Within::new(all));
            for (variable, values) in options.iter_mut().enumerate() {
                for (value, within) in
                    values.iter_mut().enumerate().filter(|(value, _)| with[variable][*value])
                {
                    let own = sums.with(variable, value);
                    // An assignment with this value is one of all.
                    let own = Interval { low: own.low.max(all.low), high: own.high.min(all.high) };
                    *within = Some(Within::new(own));
                }
            }
        }
        if chosen.contains(&true) {
            let sums = Sums::of(self.prices(), &without);
            for (variable, values) in options.iter_mut().enumerate().filter(|(variable, _)| chosen[*variable])
            {
                for (value, within) in values.iter_mut().enumerate() {
                    if within.is_none() && available.values[variable][value] {
                        *within = Some(Within::new(sums.with(variable, value)));
                    }
                }
            }
        }
        let mut figures = Figures { totals, options, with, without, chosen };
        for (assignment, total) in &self.pool {
            figures.meet(choices, assignment, *total);
        }
        (available, figures)
    }
}

impl Figures {
    /// Marks the bounds that a valid assignment meets.
    fn meet(&mut self, choices: &[Choice], assignment: &[ValueId], total: i64) {
        if choices.iter().all(|(variable, value)| assignment.get(variable.index()) == Some(value))
            && let Some(totals) = &mut self.totals
        {
            totals.meet(total);
        }
        for variable in shown(choices, assignment) {
            if let Some(within) = &mut self.options[variable][assignment[variable].index()] {
                within.meet(total);
            }
        }
    }
}

impl Within {
    fn new(Interval { low, high }: Interval) -> Self {
        // There is a total: where there is only one place for it, it is there.
        Self { low, high, low_is_met: low == high, high_is_met: low == high }
    }

    fn meet(&mut self, total: i64) {
        self.low_is_met |= total == self.low;
        self.high_is_met |= total == self.high;
    }
}

/// What totals with values that may be had add up to.
struct Sums<'p> {
    prices: &'p Prices,
    domains: &'p Domains,
    /// By variable: what its values cost.
    single: Vec<Interval>,
    /// By price that depends on several variables: [`super::prices::Several::intervals`].
    several: Vec<Vec<Vec<Interval>>>,
    /// By such price: what it comes to.
    amounts: Vec<Interval>,
    /// By variable: such prices, with its place in their scope.
    of_variable: Vec<Vec<(usize, usize)>>,
    low: i128,
    high: i128,
}

impl<'p> Sums<'p> {
    fn of(prices: &'p Prices, domains: &'p Domains) -> Self {
        let own = |(prices, domain): (&Vec<i64>, &Vec<bool>)| {
            let may = || prices.iter().zip(domain).filter(|(_, may)| **may).map(|(price, _)| *price);
            Interval { low: may().min().unwrap_or(0), high: may().max().unwrap_or(0) }
        };
        let single: Vec<Interval> = prices.values.iter().zip(domains).map(own).collect();
        let mut of_variable = vec![Vec::new(); domains.len()];
        let mut several = Vec::new();
        let mut amounts = Vec::new();
        for (index, price) in prices.several.iter().enumerate() {
            for (place, variable) in price.scope().iter().enumerate() {
                of_variable[variable.index()].push((index, place));
            }
            let intervals = price.intervals(domains);
            amounts.push(price.interval_of(&intervals, domains));
            several.push(intervals);
        }
        let all = || single.iter().chain(&amounts);
        let low = all().map(|interval| i128::from(interval.low)).sum::<i128>() + i128::from(prices.base);
        let high = all().map(|interval| i128::from(interval.high)).sum::<i128>() + i128::from(prices.base);
        Self { prices, domains, single, several, amounts, of_variable, low, high }
    }

    /// With this value, whether it may be had or not.
    fn with(&self, variable: usize, value: usize) -> Interval {
        if self.prices.saturate {
            return Interval { low: i64::MIN, high: i64::MAX };
        }
        let price = i128::from(self.prices.values[variable][value]);
        let mut low = self.low + price - i128::from(self.single[variable].low);
        let mut high = self.high + price - i128::from(self.single[variable].high);
        for &(index, place) in &self.of_variable[variable] {
            let own = self.several[index][place][value];
            low += i128::from(own.low) - i128::from(self.amounts[index].low);
            high += i128::from(own.high) - i128::from(self.amounts[index].high);
        }
        Interval { low: fitted(low), high: fitted(high) }
    }

    /// Of all: no lower than the lowest that any variable's values have, for each variable.
    fn all(&self) -> Interval {
        if self.prices.saturate {
            return Interval { low: i64::MIN, high: i64::MAX };
        }
        let mut all = Interval { low: fitted(self.low), high: fitted(self.high) };
        for (variable, domain) in self.domains.iter().enumerate() {
            // Without such a price its values are the ends of what it adds itself.
            if self.of_variable[variable].is_empty() {
                continue;
            }
            let own =
                || (0..domain.len()).filter(|&value| domain[value]).map(|value| self.with(variable, value));
            all.low = all.low.max(own().map(|own| own.low).min().unwrap_or(all.low));
            all.high = all.high.min(own().map(|own| own.high).max().unwrap_or(all.high));
        }
        all
    }
}

fn fitted(sum: i128) -> i64 {
    i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use crate::cnf::Limits;
    use crate::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};
    use crate::solver::state::Solver;

    #[test]
    fn totals_that_saturate_are_not_bounded() {
        let mut model =
            Model { variables: vec![Variable::boolean("a"), Variable::boolean("b")], ..Model::default() };
        model.variables[0].prices = vec![i64::MAX, i64::MIN];
        model.variables[1].prices = vec![i64::MAX, -1];
        let mut solver = Solver::new(&model, &Limits::default()).unwrap();
        let (_, figures) = solver.figures(&[(VariableId(0), ValueId(0))]);
        let totals = figures.totals.unwrap();
        assert_eq!((totals.low, totals.high), (i64::MIN, i64::MAX));
    }

    #[test]
    fn without_variables_the_constraints_decide_whether_there_is_a_total() {
        let mut model = Model { base_price: 500, ..Model::default() };
        let (_, figures) = Solver::new(&model, &Limits::default()).unwrap().figures(&[]);
        assert_eq!(figures.totals.map(|totals| (totals.low, totals.high)), Some((500, 500)));
        model.add_constraint("never", ConstraintKind::Formula(Formula::Or(Vec::new())));
        let (_, figures) = Solver::new(&model, &Limits::default()).unwrap().figures(&[]);
        assert_eq!(figures.totals, None);
    }
}
