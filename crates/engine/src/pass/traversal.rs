//! One traversal of a diagram up, and one down.

use super::semiring::Semiring;
use crate::diagram::Diagram;
use crate::diagram::columns::{Column, ColumnArc};

/// Columns with fewer arcs than this are gone through where they are met, arc by arc: a function for long ones, which asks
/// first what will do for all of its arcs, takes longer.
const LONG: usize = 8;

/// Buffers of passes over one diagram.
#[derive(Clone, Debug)]
pub struct Pass<S: Semiring> {
    /// By factor: literals, nodes, then the product of nothing.
    up: Vec<S::Element>,
    down: Vec<S::Element>,
    /// By shared factor of the column at hand: the product of those before it.
    before: Vec<S::Element>,
}

impl<S: Semiring> Default for Pass<S> {
    fn default() -> Self {
        Self { up: Vec::new(), down: Vec::new(), before: Vec::new() }
    }
}

impl<S: Semiring> Pass<S> {
    /// Goes through a diagram. `weights` has an element for each of its literals, [`Semiring::zero`] for those that the choices
    /// exclude. Afterwards [`Pass::total`] and [`Pass::others`] tell.
    pub fn run(&mut self, diagram: &Diagram, weights: &[S::Element]) {
        self.upwards(diagram, weights);
        self.downwards(diagram);
    }

    /// Only the first half, when the total is enough.
    pub fn upwards(&mut self, diagram: &Diagram, weights: &[S::Element]) {
        reset::<S>(&mut self.up, diagram.literals() + diagram.nodes() + 1);
        self.up[..diagram.literals()].iter_mut().zip(weights).for_each(|(up, weight)| up.clone_from(weight));
        if let Some(nothing) = self.up.last_mut() {
            *nothing = S::one();
        }
        for Column { shared, arcs, cost } in diagram.columns.iter() {
            let common = product::<S>(&self.up, shared);
            if S::is_zero(&common) {
                continue;
            }
            let common = S::plus_price(&common, cost);
            if arcs.len() < LONG {
                for arc in arcs {
                    let product = S::multiply(&self.up[arc.own as usize], &common);
                    add_to::<S>(&mut self.up, arc.node, &product);
                }
            } else {
                add_many_up::<S>(&mut self.up, arcs, &common);
            }
        }
    }

    /// What an arc is worth, once everything below it is known.
    pub(crate) fn product(&self, diagram: &Diagram, arc: usize) -> S::Element {
        S::plus_price(&product::<S>(&self.up, diagram.factors_of_arc(arc)), diagram.costs[arc])
    }

    fn downwards(&mut self, diagram: &Diagram) {
        reset::<S>(&mut self.down, self.up.len());
        let root = self.down.len().wrapping_sub(2);
        if let Some(root) = self.down.get_mut(root).filter(|_| diagram.nodes() > 0) {
            *root = S::one();
        }
        let (up, down) = (&self.up[..], &mut self.down[..]);
        for Column { shared, arcs, cost } in diagram.columns.iter().rev() {
            // Most columns share one or two factors.
            if let [factor] = *shared {
                let others = hand_down::<S>(up, down, arcs, &up[factor as usize], cost);
                add_to::<S>(down, factor, &others);
                continue;
            }
            if let [one, other] = *shared {
                let (by_one, by_other) = (&up[one as usize], &up[other as usize]);
                let others = hand_down::<S>(up, down, arcs, &S::multiply(by_one, by_other), cost);
                add_to::<S>(down, one, &S::multiply(&others, by_other));
                add_to::<S>(down, other, &S::multiply(&others, by_one));
                continue;
            }
            // Behind the first zero nothing is left from the front, before the last nothing from the back.
            self.before.clear();
            let mut common = S::one();
            for &factor in shared {
                self.before.push(common.clone());
                common = S::multiply(&common, &up[factor as usize]);
                if S::is_zero(&common) {
                    break;
                }
            }
            let mut right = hand_down::<S>(up, down, arcs, &common, cost);
            for (at, &factor) in shared.iter().enumerate().rev() {
                if S::is_zero(&right) {
                    break;
                }
                if let Some(before) = self.before.get(at) {
                    add_to::<S>(down, factor, &S::multiply(before, &right));
                }
                right = S::multiply(&right, &up[factor as usize]);
            }
        }
    }

    /// What a literal or node is worth, once everything below it is known.
    pub(super) fn of(&self, factor: u32) -> &S::Element {
        &self.up[factor as usize]
    }

    /// The sum over all valid assignments that the weights let through.
    #[must_use]
    pub fn total(&self, diagram: &Diagram) -> S::Element {
        match self.up.len().checked_sub(2).and_then(|root| self.up.get(root)) {
            Some(total) if diagram.nodes() > 0 => total.clone(),
            _ => S::zero(),
        }
    }

    /// By literal: the sum over the valid assignments with that literal, but for its own weight; the other values of its
    /// variable count as excluded, whatever the weights say of them. Empty before [`Pass::run`].
    #[must_use]
    pub fn others(&self, diagram: &Diagram) -> &[S::Element] {
        &self.down[..diagram.literals().min(self.down.len())]
    }
}

#[inline(always)]
fn add_to<S: Semiring>(sums: &mut [S::Element], factor: u32, element: &S::Element) {
    let sum = &mut sums[factor as usize];
    *sum = S::add(sum, element);
}

/// Makes a buffer this many zeros, four in a round, which is faster than one by one.
#[inline(never)]
fn reset<S: Semiring>(buffer: &mut Vec<S::Element>, length: usize) {
    let zero = S::zero();
    // Zeros of its own only where the pass before went through another diagram.
    buffer.resize(length, zero.clone());
    let (fours, rest) = buffer.as_chunks_mut::<4>();
    for [one, two, three, four] in fours {
        *one = zero.clone();
        *two = zero.clone();
        *three = zero.clone();
        *four = zero.clone();
    }
    rest.fill(zero);
}

/// What factors are worth together.
fn product<S: Semiring>(up: &[S::Element], factors: &[u32]) -> S::Element {
    let mut product = S::one();
    for &factor in factors {
        product = S::multiply(&product, &up[factor as usize]);
        if S::is_zero(&product) {
            break;
        }
    }
    product
}

/// Does something with all arcs, four in a round: a round costs about as much as a third of an arc.
#[inline(always)]
fn each(arcs: &[ColumnArc], mut task: impl FnMut(&ColumnArc)) {
    let (fours, rest) = arcs.as_chunks::<4>();
    for [one, two, three, four] in fours {
        task(one);
        task(two);
        task(three);
        task(four);
    }
    rest.iter().for_each(task);
}

/// Adds a column's arcs to their nodes, once everything below them is known; `common` is what their shared factors are worth.
/// A function of its own, like the two for the way down, so that its loop has the registers to itself.
#[inline(never)]
fn add_many_up<S: Semiring>(up: &mut [S::Element], arcs: &[ColumnArc], common: &S::Element) {
    if S::is_single(common) {
        add_up_by::<S>(up, arcs, |own| S::shift(own, common));
    } else {
        add_up_by::<S>(up, arcs, |own| S::multiply(own, common));
    }
}

#[inline(always)]
fn add_up_by<S: Semiring>(
    up: &mut [S::Element],
    arcs: &[ColumnArc],
    by_common: impl Fn(&S::Element) -> S::Element,
) {
    each(arcs, |&ColumnArc { node, own }| {
        let product = by_common(&up[own as usize]);
        add_to::<S>(up, node, &product);
    });
}

/// Hands what leads to a column's arcs, which cost this much, down to their own factors: to each times `shared`, which is
/// what the shared ones are worth. The result is what leads to the shared ones.
#[inline(always)]
fn hand_down<S: Semiring>(
    up: &[S::Element],
    down: &mut [S::Element],
    arcs: &[ColumnArc],
    shared: &S::Element,
    cost: i64,
) -> S::Element {
    let common = S::plus_price(shared, cost);
    let others = if arcs.len() < LONG {
        let mut others = S::zero();
        for arc in arcs {
            let node = down[arc.node as usize].clone();
            others = S::add(&others, &S::multiply(&node, &up[arc.own as usize]));
            add_to::<S>(down, arc.own, &S::multiply(&node, &common));
        }
        others
    } else if S::is_zero(&common) {
        gather::<S>(up, down, arcs)
    } else {
        hand_many_down::<S>(up, down, arcs, &common)
    };
    S::plus_price(&others, cost)
}

/// [`hand_down`] where there are many arcs and something leads through them; `common` includes what they cost.
#[inline(never)]
fn hand_many_down<S: Semiring>(
    up: &[S::Element],
    down: &mut [S::Element],
    arcs: &[ColumnArc],
    common: &S::Element,
) -> S::Element {
    if S::is_single(common) {
        hand_down_by::<S>(up, down, arcs, |node| S::shift(node, common))
    } else {
        hand_down_by::<S>(up, down, arcs, |node| S::multiply(node, common))
    }
}

#[inline(always)]
fn hand_down_by<S: Semiring>(
    up: &[S::Element],
    down: &mut [S::Element],
    arcs: &[ColumnArc],
    by_common: impl Fn(&S::Element) -> S::Element,
) -> S::Element {
    let down = &mut down[..up.len()];
    let mut others = S::zero();
    each(arcs, |&ColumnArc { node, own }| {
        let node = down[node as usize].clone();
        others = S::add(&others, &S::multiply(&node, &up[own as usize]));
        add_to::<S>(down, own, &by_common(&node));
    });
    others
}

/// [`hand_down`] where the shared factors are excluded, and so nothing leads to the others.
#[inline(never)]
fn gather<S: Semiring>(up: &[S::Element], down: &[S::Element], arcs: &[ColumnArc]) -> S::Element {
    let down = &down[..up.len()];
    let mut others = S::zero();
    for &ColumnArc { node, own } in arcs {
        others = S::add(&others, &S::multiply(&down[node as usize], &up[own as usize]));
    }
    others
}
