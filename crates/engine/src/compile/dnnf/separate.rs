//! Which variables separate the rest: depth in a tree decomposition of the graph that joins variables in a clause.
//!
//! Deciding variables of bags near the centre first makes the rest fall apart: Korhonen & Järvisalo, "Integrating tree
//! decompositions into decision heuristics of propositional model counters", 2021. The decomposition comes from
//! eliminating the variable that adds fewest edges. Unlike theirs, depth is counted in centres of parts, not in bags from
//! the one centre: chains of thousands of bags then fall into halves.
//!
//! Before all of these come the values of an attribute that settles most of the rest by itself, as the version does in a
//! range of cars. It would else be decided under many alternatives, and each time all that follows from it be told again.

use super::literal::Literal;
use super::propagation::Propagation;

/// What a step of depth takes away from a score: more than a search adds for other reasons.
const WEIGHT: f64 = 1e6;
/// Steps of propagation that looking for what settles the rest may take.
const MOST_STEPS: u64 = 5_000_000;
/// Most variables that are decomposed: the graph takes the square of that in bits.
const MOST_VARIABLES: usize = 20_000;
/// Words of the graph that may be visited before the decomposition is given up.
const MOST_WORK: usize = 2_000_000_000;

/// Scores: the higher the earlier a variable should be decided. `groups` has the values of each attribute; the propagation
/// has the clauses, and nothing assigned.
pub(super) fn scores(
    propagation: &mut Propagation,
    clauses: &[Vec<Literal>],
    groups: &[Vec<Literal>],
) -> Vec<f64> {
    let variables = propagation.variables();
    let mut scores = vec![0.0; variables];
    for literal in settling(propagation, groups).unwrap_or_default() {
        scores[literal.variable()] = WEIGHT;
    }
    if variables > MOST_VARIABLES {
        return scores;
    }
    // What is decided first holds nothing together any more.
    let is_left = |literal: &&Literal| scores[literal.variable()] == 0.0;
    let mut graph = Graph::new(variables);
    for clause in clauses {
        for (position, left) in clause.iter().enumerate().filter(|(_, left)| is_left(left)) {
            for right in clause[position + 1..].iter().filter(is_left) {
                graph.join(left.variable(), right.variable());
            }
        }
    }
    if let Some((order, bags)) = eliminate(variables, graph) {
        for (score, depth) in scores.iter_mut().zip(depths(variables, &order, &bags)) {
            *score -= WEIGHT * f64::from(depth);
        }
    }
    scores
}

/// The values of the attribute that settles most: on average more than half of all variables by propagation alone.
fn settling<'g>(propagation: &mut Propagation, groups: &'g [Vec<Literal>]) -> Option<&'g [Literal]> {
    let mut most = propagation.variables() / 2;
    let mut found = None;
    let end = propagation.steps.saturating_add(MOST_STEPS);
    // Booleans are left to the decomposition.
    for group in groups.iter().filter(|group| group.len() > 2) {
        let mut settled = 0;
        for &literal in group {
            propagation.decide(literal);
            // A value that contradicts the rest settles all of it.
            let holds = propagation.propagate().is_ok();
            settled += if holds { propagation.trail().len() } else { propagation.variables() };
            propagation.backtrack(0);
        }
        if settled / group.len() > most {
            most = settled / group.len();
            found = Some(group.as_slice());
        }
        if propagation.steps > end {
            break;
        }
    }
    found
}

/// A square matrix of bits: which variables stand in a clause together.
struct Graph {
    words: usize,
    rows: Vec<u64>,
}

impl Graph {
    fn new(variables: usize) -> Self {
        let words = variables.div_ceil(64);
        Self { words, rows: vec![0; words * variables] }
    }

    fn row(&self, variable: usize) -> &[u64] {
        &self.rows[variable * self.words..(variable + 1) * self.words]
    }

    fn has(&self, left: usize, right: usize) -> bool {
        self.row(left)[right / 64] >> (right % 64) & 1 == 1
    }

    fn join(&mut self, left: usize, right: usize) {
        self.rows[left * self.words + right / 64] |= 1 << (right % 64);
        self.rows[right * self.words + left / 64] |= 1 << (left % 64);
    }

    fn part(&mut self, left: usize, right: usize) {
        self.rows[left * self.words + right / 64] &= !(1 << (right % 64));
        self.rows[right * self.words + left / 64] &= !(1 << (left % 64));
    }

    fn neighbours(&self, variable: usize) -> Vec<usize> {
        ones(self.row(variable).iter().copied())
    }

    fn common(&self, left: usize, right: usize) -> Vec<usize> {
        ones(self.row(left).iter().zip(self.row(right)).map(|(left, right)| left & right))
    }

    /// Edges missing between the neighbours of a variable.
    fn missing(&self, variable: usize) -> usize {
        let row = self.row(variable);
        let neighbours = self.neighbours(variable);
        let present: usize = neighbours
            .iter()
            .map(|&neighbour| {
                let common = self.row(neighbour).iter().zip(row).map(|(left, right)| left & right);
                common.map(|word| word.count_ones() as usize).sum::<usize>()
            })
            .sum();
        (neighbours.len() * neighbours.len().saturating_sub(1) - present) / 2
    }
}

fn ones(words: impl Iterator<Item = u64>) -> Vec<usize> {
    let mut found = Vec::new();
    for (position, mut word) in words.enumerate() {
        while word != 0 {
            found.push(position * 64 + word.trailing_zeros() as usize);
            word &= word - 1;
        }
    }
    found
}

/// Eliminates the variables one by one; the bag of each is itself and the neighbours it had. Nothing when it takes more
/// than [`MOST_WORK`].
fn eliminate(variables: usize, mut graph: Graph) -> Option<(Vec<usize>, Vec<Vec<usize>>)> {
    let mut missing: Vec<usize> = (0..variables).map(|variable| graph.missing(variable)).collect();
    let mut degrees: Vec<usize> = (0..variables).map(|variable| graph.neighbours(variable).len()).collect();
    let mut left: Vec<usize> = (0..variables).collect();
    let mut order = Vec::with_capacity(variables);
    let mut bags = vec![Vec::new(); variables];
    let mut work = 0;
    while let Some((position, &variable)) = left
        .iter()
        .enumerate()
        .min_by_key(|(_, variable)| (missing[**variable], degrees[**variable], **variable))
    {
        left.swap_remove(position);
        let neighbours = graph.neighbours(variable);
        for (position, &first) in neighbours.iter().enumerate() {
            graph.part(variable, first);
            for &second in &neighbours[position + 1..] {
                if !graph.has(first, second) {
                    work += graph.words;
                    for common in graph.common(first, second) {
                        missing[common] = missing[common].saturating_sub(1);
                    }
                    graph.join(first, second);
                }
            }
        }
        for &neighbour in &neighbours {
            missing[neighbour] = graph.missing(neighbour);
            degrees[neighbour] = graph.neighbours(neighbour).len();
            work += degrees[neighbour] * graph.words;
        }
        if work > MOST_WORK {
            return None;
        }
        order.push(variable);
        bags[variable] = neighbours;
        bags[variable].push(variable);
    }
    Some((order, bags))
}

/// For each variable how soon a bag with it is taken out, when the centre of the tree is taken out first, then the
/// centres of the parts that are left, and so on.
fn depths(variables: usize, order: &[usize], bags: &[Vec<usize>]) -> Vec<u32> {
    let mut place = vec![0; variables];
    order.iter().enumerate().for_each(|(position, &variable)| place[variable] = position);
    // The parent of a bag is the bag of its member that is eliminated next. A bag whose variables its parent has all
    // but its own is no bag of its own.
    let mut parents: Vec<Option<usize>> = vec![None; variables];
    for &variable in order {
        let others = bags[variable].iter().copied().filter(|&other| other != variable);
        parents[variable] = others.min_by_key(|&other| place[other]);
    }
    // A parent whose bag lies within a child's is merged into that child.
    let mut merged: Vec<usize> = (0..variables).collect();
    for &variable in order {
        if let Some(parent) = parents[variable]
            && merged[parent] == parent
            && bags[parent].len() < bags[variable].len()
        {
            merged[parent] = merged[variable];
        }
    }
    // Merging goes to an earlier bag, which may itself have been merged before: its target is final already.
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); variables];
    for &variable in order {
        if let Some(parent) = parents[variable] {
            let (from, to) = (merged[variable], merged[parent]);
            if from != to {
                edges[from].push(to);
                edges[to].push(from);
            }
        }
    }
    let mut depths = vec![u32::MAX; variables];
    let mut removed = vec![false; variables];
    let mut pending: Vec<(usize, u32)> = Vec::new();
    for &start in order {
        if merged[start] != start || removed[start] {
            continue;
        }
        pending.push((start, 0));
        while let Some((start, depth)) = pending.pop() {
            let centre = centre(start, &edges, &removed);
            removed[centre] = true;
            for &variable in &bags[centre] {
                depths[variable] = depths[variable].min(depth);
            }
            let parts = edges[centre].iter().filter(|&&other| !removed[other]);
            pending.extend(parts.map(|&other| (other, depth + 1)));
        }
    }
    depths
}

/// The bag of a tree without which no part has more than half of the bags.
fn centre(start: usize, edges: &[Vec<usize>], removed: &[bool]) -> usize {
    // Bags with their parent's place, parents first.
    let mut order = vec![(start, 0)];
    let mut next = 0;
    while let Some(&(bag, parent)) = order.get(next) {
        let parent = order[parent].0;
        order.extend(
            edges[bag]
                .iter()
                .filter(|&&other| other != parent && !removed[other])
                .map(|&other| (other, next)),
        );
        next += 1;
    }
    let mut sizes = vec![1; order.len()];
    let mut largest = vec![0; order.len()];
    for (place, &(bag, parent)) in order.iter().enumerate().rev() {
        if largest[place].max(order.len() - sizes[place]) * 2 <= order.len() {
            return bag;
        }
        sizes[parent] += sizes[place];
        largest[parent] = largest[parent].max(sizes[place]);
    }
    start
}
