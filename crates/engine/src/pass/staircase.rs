//! The best for every price: of all assignments those that nothing cheaper, quicker and worth as much beats.

use std::cmp::Reverse;

use super::optimum::Assignment;
use super::semiring::Semiring;
use super::traversal::Pass;
use crate::diagram::Diagram;

/// What an assignment, or a part of one, costs and is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merit {
    /// Minor units.
    pub price: i64,
    /// What counts among equal prices: less is better.
    pub tie: i64,
    /// How long it takes: less is better. Leave it 0 where it does not matter, which is quicker.
    pub time: i64,
    /// More is better.
    pub worth: i64,
}

impl Merit {
    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            price: self.price.saturating_add(other.price),
            tie: self.tie.saturating_add(other.tie),
            time: self.time.saturating_add(other.time),
            worth: self.worth.saturating_add(other.worth),
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            price: self.price.saturating_sub(other.price),
            tie: self.tie.saturating_sub(other.tie),
            time: self.time.saturating_sub(other.time),
            worth: self.worth.saturating_sub(other.worth),
        }
    }

    fn order(&self) -> (i64, i64, i64, Reverse<i64>) {
        (self.price, self.tie, self.time, Reverse(self.worth))
    }
}

/// What is worth its price: merits of which none is at most as dear and as slow as another and worth as much; the cheapest
/// first. The sum over all assignments is their staircase (the "Pareto sum" of multi-objective dynamic programming,
/// H. T. Kung, F. Luccio, F. P. Preparata, "On finding the maxima of a set of vectors", 1975).
#[derive(Clone, Copy, Debug)]
pub struct WorthIts;

impl Semiring for WorthIts {
    type Element = Vec<Merit>;
    fn zero() -> Vec<Merit> {
        Vec::new()
    }
    fn is_zero(element: &Vec<Merit>) -> bool {
        element.is_empty()
    }
    fn one() -> Vec<Merit> {
        vec![Merit::default()]
    }
    fn plus_price(element: &Vec<Merit>, amount: i64) -> Vec<Merit> {
        let price = Merit { price: amount, ..Merit::default() };
        element.iter().map(|merit| merit.plus(price)).collect()
    }
    fn add(one: &Vec<Merit>, other: &Vec<Merit>) -> Vec<Merit> {
        match (one.is_empty(), other.is_empty()) {
            (true, _) => other.clone(),
            (_, true) => one.clone(),
            _ => unbeaten([&one[..], other].concat()),
        }
    }
    fn multiply(one: &Vec<Merit>, other: &Vec<Merit>) -> Vec<Merit> {
        match (&one[..], &other[..]) {
            ([single], many) | (many, [single]) => many.iter().map(|merit| merit.plus(*single)).collect(),
            _ => unbeaten(one.iter().flat_map(|one| other.iter().map(|other| one.plus(*other))).collect()),
        }
    }
}

/// Leaves out what is beaten, and sorts the rest.
fn unbeaten(mut merits: Vec<Merit>) -> Vec<Merit> {
    merits.sort_unstable_by_key(Merit::order);
    // Of those kept so far, all of them cheaper: what is worth more the longer it takes.
    let mut best: Vec<(i64, i64)> = Vec::new();
    merits.retain(|merit| {
        let at = best.partition_point(|(time, _)| *time <= merit.time);
        if at > 0 && best[at - 1].1 >= merit.worth {
            return false;
        }
        let from = at - usize::from(at > 0 && best[at - 1].0 == merit.time);
        let beaten = best[from..].iter().take_while(|(_, worth)| *worth <= merit.worth).count();
        best.splice(from..from + beaten, [(merit.time, merit.worth)]);
        true
    });
    merits
}

/// The staircase of a diagram.
#[derive(Clone, Debug)]
pub struct Staircase<'d> {
    diagram: &'d Diagram,
    pass: Pass<WorthIts>,
    steps: Vec<Merit>,
}

impl Diagram {
    /// The assignments that nothing cheaper, quicker and worth as much beats, by the merits of their literals; `None` excludes
    /// a literal. The arcs' prices count, too.
    #[must_use]
    pub fn staircase(&self, merits: &[Option<Merit>]) -> Staircase<'_> {
        let merits: Vec<Vec<Merit>> = merits.iter().map(|merit| merit.iter().copied().collect()).collect();
        let mut pass = Pass::<WorthIts>::default();
        pass.upwards(self, &merits);
        let steps = pass.total(self);
        Staircase { diagram: self, pass, steps }
    }
}

impl Staircase<'_> {
    /// The merits of these assignments, the cheapest first.
    #[must_use]
    pub fn steps(&self) -> &[Merit] {
        &self.steps
    }

    /// An assignment of one of its steps: always the same; `None` for another merit.
    #[must_use]
    pub fn assignment(&self, step: Merit) -> Option<Assignment> {
        let literals = self.diagram.literals();
        let root = (literals + self.diagram.nodes()).checked_sub(1).filter(|_| self.steps.contains(&step))?;
        let mut assignment = vec![crate::model::ValueId(0); self.diagram.variables()];
        let mut open = vec![(root, step)];
        while let Some((factor, merit)) = open.pop() {
            let Some(node) = factor.checked_sub(literals) else {
                self.diagram.assign(factor, &mut assignment);
                continue;
            };
            let parts = self.diagram.arcs_of(node).find_map(|arc| {
                let cost = Merit { price: self.diagram.costs[arc], ..Merit::default() };
                self.split(self.diagram.factors_of_arc(arc), merit.minus(cost))
            });
            open.extend(parts?);
        }
        Some(assignment)
    }

    /// Merits of these factors that add up to this one.
    fn split(&self, factors: &[u32], mut merit: Merit) -> Option<Vec<(usize, Merit)>> {
        // Behind each factor: what those that follow are worth together.
        let mut behind = vec![WorthIts::one()];
        for &factor in factors.iter().rev() {
            let last = behind
                .last()
                .map_or_else(WorthIts::one, |last| WorthIts::multiply(self.pass.of(factor), last));
            behind.push(last);
        }
        behind.pop().filter(|all| all.contains(&merit))?;
        let mut parts = Vec::new();
        for &factor in factors {
            let rest = behind.pop()?;
            let part = self.pass.of(factor).iter().find(|part| rest.contains(&merit.minus(**part)))?;
            merit = merit.minus(*part);
            parts.push((factor as usize, *part));
        }
        Some(parts)
    }
}
