//! Prices with too many rows to write out: weighed by boxes of values, which are halved only where a search arrives.
//!
//! A box weighs what its lowest amount is above that of the box it is half of, so an assignment never pays more than its
//! amount, and pays all of it once it lies in a box of its own (abstraction refined by counterexamples, as in Clarke,
//! Grumberg, Jha, Lu, Veith, "Counterexample-guided abstraction refinement", 2000).

use std::collections::BTreeMap;
use std::ops::Range;

use super::prices::{Domains, Several, width};
use super::relaxation::Relaxation;
use super::search::Literal;
use super::state::Solver;
use crate::model::ValueId;

/// Most boxes that are halved.
const MOST_HALVED: usize = 4000;

/// The boxes of all such prices.
pub(super) struct Boxes {
    prices: Vec<Halved>,
    /// By variable and range of values: a literal that is true when the variable has one of them.
    ranges: BTreeMap<(usize, usize, usize), Literal>,
    left: usize,
}

/// A price with its boxes, the whole first.
struct Halved {
    /// Position among the prices of several variables.
    price: usize,
    boxes: Vec<ValueBox>,
}

/// Combinations of the scope's values: some of each variable's, in any combination.
struct ValueBox {
    /// By place in the scope: values.
    ranges: Vec<Range<usize>>,
    /// No assignment in it comes to less, in minor units.
    low: i64,
    /// Its halves.
    halves: Option<[usize; 2]>,
}

impl Boxes {
    pub fn new(solver: &Solver, domains: &Domains) -> Self {
        let mut prices = Vec::new();
        for (index, price) in solver.prices().several.iter().enumerate() {
            if let Several::When { scope, .. } = price {
                let ranges = scope.iter().map(|variable| 0..domains[variable.index()].len()).collect();
                let whole = ValueBox { ranges, low: price.interval(domains).low, halves: None };
                prices.push(Halved { price: index, boxes: vec![whole] });
            }
        }
        Self { prices, ranges: BTreeMap::new(), left: MOST_HALVED }
    }

    /// Makes an assignment pay its amounts, all but less than half of `gap` together; whether there was something to add.
    pub fn refine(
        &mut self,
        solver: &Solver,
        domains: &Domains,
        relaxation: &mut Relaxation,
        assignment: &[ValueId],
        gap: u128,
    ) -> bool {
        // What is missing by no more than this is not worth a box yet.
        let little = gap / 2 / (self.prices.len() as u128).max(1);
        let mut refined = false;
        for position in 0..self.prices.len() {
            let price = &solver.prices().several[self.prices[position].price];
            let amount = price.amount(assignment);
            let mut own = 0;
            loop {
                let found = &self.prices[position].boxes[own];
                if let Some(halves) = found.halves {
                    let here = |half: &usize| self.prices[position].boxes[*half].holds(price, assignment);
                    own = halves.into_iter().find(here).unwrap_or(halves[0]);
                } else if found.low < amount
                    && u128::from(found.low.abs_diff(amount)) > little
                    && self.left > 0
                {
                    self.left -= 1;
                    refined = true;
                    if !self.halve(solver, domains, relaxation, position, own) {
                        break;
                    }
                } else {
                    break;
                }
            }
        }
        refined
    }

    /// Halves a box where it has most values; false when it has only one of each variable.
    fn halve(
        &mut self,
        solver: &Solver,
        domains: &Domains,
        relaxation: &mut Relaxation,
        position: usize,
        own: usize,
    ) -> bool {
        let halved = &self.prices[position];
        let price = &solver.prices().several[halved.price];
        let ValueBox { ranges, low, .. } = &halved.boxes[own];
        let (ranges, low) = (ranges.clone(), *low);
        let scope = price.scope();
        let values =
            |place: usize, range: &Range<usize>| width(&domains[scope[place].index()][range.clone()]);
        let widest = (0..scope.len()).max_by_key(|&place| values(place, &ranges[place]));
        let Some(place) = widest.filter(|&place| values(place, &ranges[place]) > 1) else { return false };
        let half = values(place, &ranges[place]) / 2;
        let middle = ranges[place]
            .clone()
            .find(|&middle| values(place, &(ranges[place].start..middle)) == half)
            .unwrap_or(ranges[place].start);
        let mut halves = [0; 2];
        for (index, range) in [ranges[place].start..middle, middle..ranges[place].end].into_iter().enumerate()
        {
            let mut ranges = ranges.clone();
            ranges[place] = range;
            let own = price.lowest_within(domains, &ranges).max(low);
            if own > low {
                let outside: Vec<Literal> = (0..scope.len())
                    .filter_map(|place| {
                        let variable = scope[place].index();
                        self.range(solver, domains, relaxation, variable, &ranges[place])
                    })
                    .map(|inside| !inside)
                    .collect();
                let due = relaxation.search.add_variable();
                relaxation.search.add(&[&outside[..], &[due]].concat());
                relaxation.soft.insert(!due, u128::from(own.abs_diff(low)));
            }
            let boxes = &mut self.prices[position].boxes;
            halves[index] = boxes.len();
            boxes.push(ValueBox { ranges, low: own, halves: None });
        }
        self.prices[position].boxes[own].halves = Some(halves);
        true
    }

    /// A literal that is true when a variable has one of these values; `None` when it always has.
    fn range(
        &mut self,
        solver: &Solver,
        domains: &Domains,
        relaxation: &mut Relaxation,
        variable: usize,
        range: &Range<usize>,
    ) -> Option<Literal> {
        let domain = &domains[variable];
        let inside = || range.clone().filter(|&value| domain[value]);
        if inside().count() == width(domain) {
            return None;
        }
        let literals = &solver.literals[variable];
        let literal = self.ranges.entry((variable, range.start, range.end)).or_insert_with(|| {
            let literal = relaxation.search.add_variable();
            inside().for_each(|value| relaxation.search.add(&[!literals[value], literal]));
            literal
        });
        Some(*literal)
    }
}

impl ValueBox {
    fn holds(&self, price: &Several, assignment: &[ValueId]) -> bool {
        let mut places = price.scope().iter().zip(&self.ranges);
        places.all(|(variable, range)| range.contains(&assignment[variable.index()].index()))
    }
}
