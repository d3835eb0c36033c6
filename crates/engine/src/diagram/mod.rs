//! Diagrams: every valid assignment of a model in one compact graph, frozen into flat arrays.
//!
//! A node stands for a set of partial assignments as a choice between arcs that exclude each other; an arc stands for
//! the product of its factors, which share no variable. A factor is a literal (a variable has a value) or a node. A
//! decision diagram is the case where each arc is a literal and the node below; a decision-DNNF has arcs with several
//! nodes below (A. Darwiche, "Decomposable negation normal form", 2001). All arcs of a node speak of the same
//! variables, so that one traversal over a semiring answers a question about all of them ([`crate::pass`]).

pub(crate) mod builder;
mod bytes;
pub(crate) mod columns;

use std::ops::Range;

use crate::diagram::columns::Columns;
use crate::model::{ValueId, VariableId};

/// What an arc is a product of: a literal or a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Factor(u32);

impl Factor {
    /// No assignment at all.
    pub(crate) const FALSE: Self = Self(u32::MAX);
}

/// One of a node's alternatives.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Arc {
    /// What it adds to the price, in minor units.
    pub cost: i64,
    /// What it is a product of: factors without a variable in common.
    pub factors: Vec<Factor>,
}

/// Valid assignments and their conditional prices, children before parents; the root is the last node.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Diagram {
    /// By variable: its first literal; the literal of a value is that plus the value. One more entry at the end.
    pub(crate) first: Vec<u32>,
    /// By node: its first arc. One more entry at the end.
    pub(crate) arcs: Vec<u32>,
    /// By arc: its first factor. One more entry at the end.
    pub(crate) factors_of: Vec<u32>,
    /// By arc: what it adds to the price.
    pub(crate) costs: Vec<i64>,
    /// Literals, and nodes counted from the number of literals.
    pub(crate) factors: Vec<u32>,
    /// The same for passes.
    pub(crate) columns: Columns,
}

impl Diagram {
    /// With what passes go through.
    pub(crate) fn in_columns(mut self) -> Self {
        self.columns = Columns::new(&self);
        self
    }

    /// How many nodes it has; 0 when nothing is valid.
    #[must_use]
    #[inline]
    pub fn nodes(&self) -> usize {
        self.arcs.len().saturating_sub(1)
    }

    /// How many arcs it has.
    #[must_use]
    #[inline]
    pub fn arcs(&self) -> usize {
        self.costs.len()
    }

    /// How many factors all arcs have together.
    #[must_use]
    #[inline]
    pub fn factors(&self) -> usize {
        self.factors.len()
    }

    /// What a pass goes through: arcs and their factors.
    pub(crate) fn size(&self) -> usize {
        self.arcs() + self.factors()
    }

    #[inline]
    pub(crate) fn arcs_of(&self, node: usize) -> Range<usize> {
        self.arcs[node] as usize..self.arcs[node + 1] as usize
    }

    /// Where among all factors those of an arc are.
    #[inline]
    pub(crate) fn places_of_factors(&self, arc: usize) -> Range<usize> {
        self.factors_of[arc] as usize..self.factors_of[arc + 1] as usize
    }

    /// What an arc is a product of: literals, and nodes counted from the number of literals.
    #[inline]
    pub(crate) fn factors_of_arc(&self, arc: usize) -> &[u32] {
        &self.factors[self.places_of_factors(arc)]
    }

    /// The node that a factor is, or `None` for a literal.
    #[inline]
    pub(crate) fn node_of(&self, factor: u32) -> Option<usize> {
        (factor as usize).checked_sub(self.literals())
    }

    /// How many variables it speaks of.
    #[must_use]
    #[inline]
    pub fn variables(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// How many literals there are: the sizes of all domains together.
    #[must_use]
    #[inline]
    pub fn literals(&self) -> usize {
        self.first.last().map_or(0, |&last| last as usize)
    }

    /// By variable: its first literal; at the end, how many there are.
    #[must_use]
    #[inline]
    pub fn first(&self) -> &[u32] {
        &self.first
    }

    /// By variable: how many values it has.
    #[inline]
    pub fn sizes(&self) -> impl Iterator<Item = usize> + '_ {
        self.first.windows(2).map(|pair| (pair[1] - pair[0]) as usize)
    }

    /// The literal that says that a variable has a value.
    #[must_use]
    #[inline]
    pub fn literal(&self, variable: VariableId, value: ValueId) -> usize {
        self.first[variable.index()] as usize + value.index()
    }

    /// The literals of a variable.
    #[must_use]
    #[inline]
    pub fn literals_of(&self, variable: VariableId) -> Range<usize> {
        self.first[variable.index()] as usize..self.first[variable.index() + 1] as usize
    }

    /// What the prices of an assignment, or some of them, never add up to more than, in either direction, in minor units.
    /// `prices` has what each literal costs.
    #[must_use]
    pub fn largest_sum(&self, prices: &[i64]) -> u64 {
        let mut largest: Vec<u64> = prices.iter().map(|price| price.unsigned_abs()).collect();
        for node in 0..self.nodes() {
            let arcs = self.arcs_of(node).map(|arc| {
                let factors = self.factors_of_arc(arc).iter().map(|&factor| largest[factor as usize]);
                factors.fold(self.costs[arc].unsigned_abs(), u64::saturating_add)
            });
            let node = arcs.max().unwrap_or(0);
            largest.push(node);
        }
        if self.nodes() > 0 { largest.pop().unwrap_or(0) } else { 0 }
    }
}

/// A number of things of which there are never more than 32 bits count.
pub(crate) fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
