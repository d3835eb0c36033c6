//! A diagram as passes go through it: its arcs in columns of those that have most in common.
//!
//! In a diagram of decisions the arcs of a level that take the same value are arcs of many nodes, each to a node below: all
//! but one of their factors are the same, and mostly what they cost. A column says that once. What its arcs share is
//! worked out once in a pass, and on the way up a column is left out where that is excluded; going through the arcs themselves
//! takes no decision, where asking each of them whether it is excluded, and each node how many it has, is a guess for the
//! processor that costs more than it saves.

use std::collections::VecDeque;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use crate::diagram::{Diagram, narrow};

/// Columns in an order in which all arcs of a node come before the arcs that lead to it. Factors are numbered as in the
/// diagram: literals, then nodes; after them comes the product of nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    /// By column; one more entry at the end.
    begins: Vec<Begin>,
    shared: Vec<u32>,
    arcs: Vec<ColumnArc>,
}

/// Where the shared factors of a column begin, where its arcs do, and what each of these costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Begin {
    shared: u32,
    arcs: u32,
    cost: i64,
}

/// An arc of a column: the node that has it, and the factor that is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColumnArc {
    pub node: u32,
    pub own: u32,
}

/// Arcs that have all but one factor in common.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<'c> {
    pub shared: &'c [u32],
    pub arcs: &'c [ColumnArc],
    /// What each arc costs, in minor units.
    pub cost: i64,
}

impl Columns {
    pub(crate) fn new(diagram: &Diagram) -> Self {
        Sorting::new(diagram).sorted()
    }

    /// All columns, children before parents.
    #[inline]
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = Column<'_>> {
        self.begins.windows(2).map(|ends| Column {
            shared: &self.shared[ends[0].shared as usize..ends[1].shared as usize],
            arcs: &self.arcs[ends[0].arcs as usize..ends[1].arcs as usize],
            cost: ends[0].cost,
        })
    }
}

/// Arcs on their way into columns, like tasks that wait for others (A. B. Kahn, "Topological sorting of large networks",
/// 1962): an arc is ready once all arcs of the nodes below it are placed.
struct Sorting<'d> {
    diagram: &'d Diagram,
    /// The diagram's, the rarest of each arc in the last place: so arcs have much in common.
    factors: Vec<u32>,
    /// By arc.
    node_of: Vec<u32>,
    column_of: Vec<u32>,
    /// By arc: how many nodes below it are not placed.
    waiting: Vec<u32>,
    /// By node: how many of its arcs are not placed.
    open: Vec<u32>,
    /// By node: the arcs that lead to it.
    leading: Vec<Vec<u32>>,
    /// By column.
    unplaced: Vec<Unplaced>,
    /// Columns all of whose arcs are ready, and those of which some are.
    whole: VecDeque<u32>,
    partly: Vec<u32>,
}

/// Of one column: the arcs that are ready, and how many there are with those that are not.
#[derive(Default)]
struct Unplaced {
    ready: Vec<u32>,
    all: usize,
}

impl<'d> Sorting<'d> {
    fn new(diagram: &'d Diagram) -> Self {
        let mut sorting = Self {
            diagram,
            factors: with_the_rarest_last(diagram),
            node_of: Vec::with_capacity(diagram.arcs()),
            column_of: Vec::with_capacity(diagram.arcs()),
            waiting: vec![0; diagram.arcs()],
            open: vec![0; diagram.nodes()],
            leading: vec![Vec::new(); diagram.nodes()],
            unplaced: Vec::new(),
            whole: VecDeque::new(),
            partly: Vec::new(),
        };
        let factors = std::mem::take(&mut sorting.factors);
        let mut known: HashMap<(&[u32], i64), usize, FxBuildHasher> = HashMap::default();
        for node in 0..diagram.nodes() {
            for arc in diagram.arcs_of(node) {
                let own = &factors[diagram.places_of_factors(arc)];
                let shared = own.split_last().map_or(own, |(_, shared)| shared);
                let next = known.len();
                let column = *known.entry((shared, diagram.costs[arc])).or_insert(next);
                if column == next {
                    sorting.unplaced.push(Unplaced::default());
                }
                sorting.node_of.push(narrow(node));
                sorting.column_of.push(narrow(column));
                sorting.unplaced[column].all += 1;
                sorting.open[node] += 1;
                for below in own.iter().filter_map(|&factor| diagram.node_of(factor)) {
                    sorting.waiting[arc] += 1;
                    sorting.leading[below].push(narrow(arc));
                }
            }
        }
        drop(known);
        sorting.factors = factors;
        sorting
    }

    fn sorted(mut self) -> Columns {
        let mut columns = Columns::default();
        for arc in (0..self.diagram.arcs()).filter(|&arc| self.waiting[arc] == 0).collect::<Vec<_>>() {
            self.is_ready(arc);
        }
        loop {
            while let Some(column) = self.whole.pop_front() {
                self.place(column, &mut columns);
            }
            // What is ready of the others goes first, and the rest of them later.
            let partly = std::mem::take(&mut self.partly);
            if partly.is_empty() {
                break;
            }
            partly.into_iter().for_each(|column| self.place(column, &mut columns));
        }
        let (shared, arcs) = (narrow(columns.shared.len()), narrow(columns.arcs.len()));
        columns.begins.push(Begin { shared, arcs, cost: 0 });
        columns
    }

    fn is_ready(&mut self, arc: usize) {
        let column = self.column_of[arc];
        let Unplaced { ready, all } = &mut self.unplaced[column as usize];
        ready.push(narrow(arc));
        if ready.len() == *all {
            self.whole.push_back(column);
        } else if ready.len() == 1 {
            self.partly.push(column);
        }
    }

    /// Places what is ready of a column.
    fn place(&mut self, column: u32, columns: &mut Columns) {
        let Unplaced { ready, all } = &mut self.unplaced[column as usize];
        let mut placed = std::mem::take(ready);
        let Some(&first) = placed.first() else { return };
        *all -= placed.len();
        placed.sort_unstable();
        let literals = narrow(self.diagram.literals());
        let nothing = literals + narrow(self.diagram.nodes());
        let factors = |arc: u32| &self.factors[self.diagram.places_of_factors(arc as usize)];
        columns.begins.push(Begin {
            shared: narrow(columns.shared.len()),
            arcs: narrow(columns.arcs.len()),
            cost: self.diagram.costs[first as usize],
        });
        columns.shared.extend(factors(first).split_last().map_or(&[][..], |(_, shared)| shared));
        columns.arcs.extend(placed.iter().map(|&arc| ColumnArc {
            node: literals + self.node_of[arc as usize],
            own: factors(arc).last().copied().unwrap_or(nothing),
        }));
        for arc in placed {
            let node = self.node_of[arc as usize] as usize;
            self.open[node] -= 1;
            if self.open[node] == 0 {
                for above in std::mem::take(&mut self.leading[node]) {
                    self.waiting[above as usize] -= 1;
                    if self.waiting[above as usize] == 0 {
                        self.is_ready(above as usize);
                    }
                }
            }
        }
    }
}

/// A diagram's factors, of each arc the one last that the fewest arcs have.
fn with_the_rarest_last(diagram: &Diagram) -> Vec<u32> {
    // A table, since a diagram that was read may promise far more literals than it has factors.
    let mut uses: HashMap<u32, u32, FxBuildHasher> = HashMap::default();
    diagram.factors.iter().for_each(|&factor| *uses.entry(factor).or_default() += 1);
    let mut factors = diagram.factors.clone();
    for arc in 0..diagram.arcs() {
        let own = &mut factors[diagram.places_of_factors(arc)];
        if let Some(rarest) = (0..own.len()).rev().min_by_key(|&at| uses[&own[at]]) {
            own[rarest..].rotate_left(1);
        }
    }
    factors
}

#[cfg(test)]
mod tests;
