//! Sifting: moves the variables of a decision diagram, one after the other, to the level where it is smallest.
//!
//! A variable moves by swapping it with its neighbour, which changes nodes of these two levels only (R. Rudell, "Dynamic
//! variable ordering for ordered binary decision diagrams", 1993).

use std::cmp::Reverse;
use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use crate::compile::decision::{Forest, Function, TooLarge};
use crate::model::VariableId;

/// A diagram may grow by this many percent while a variable moves.
const GROWTH: usize = 20;
/// Rounds go on while each makes the diagram smaller by this many percent.
const GAIN: usize = 2;

/// The same function in a better order, in a forest of its own. Nothing more is tried once `work` edges were looked at.
///
/// # Errors
/// The forest is deeper than forests may be.
pub(crate) fn sifted(forest: &Forest, root: Function, work: usize) -> Result<(Forest, Function), TooLarge> {
    let mut sifting = Sifting::new(forest, root);
    sifting.sift(work);
    sifting.finish(forest.variables(), root.cost)
}

struct Node {
    /// The number of its variable.
    variable: usize,
    edges: Vec<Function>,
    /// How many different edges it has.
    arcs: usize,
    /// How many edges lead to it; none once it is given up.
    uses: usize,
}

struct Sifting {
    /// By number, which is the first level: each variable and how many values it has.
    variables: Vec<(VariableId, usize)>,
    /// By level: the variable's number.
    order: Vec<usize>,
    /// By level: its nodes, and some that have been given up.
    levels: Vec<Vec<u32>>,
    /// The first is the function that is the same everywhere.
    nodes: Vec<Node>,
    known: HashTable<u32>,
    root: u32,
    /// Arcs of all nodes in use.
    size: usize,
    /// How many edges were looked at.
    looked: usize,
}

impl Sifting {
    fn new(forest: &Forest, root: Function) -> Self {
        let variables = forest.order().to_vec();
        let everywhere = Node { variable: usize::MAX, edges: Vec::new(), arcs: 0, uses: 1 };
        let mut sifting = Self {
            order: (0..variables.len()).collect(),
            levels: vec![Vec::new(); variables.len()],
            variables,
            nodes: vec![everywhere],
            known: HashTable::new(),
            root: root.node,
            size: 0,
            looked: 0,
        };
        let mut names = hashbrown::HashMap::<u32, u32, BuildHasherDefault<FxHasher>>::default();
        names.insert(Function::ZERO.node, Function::ZERO.node);
        names.insert(Function::NOWHERE.node, Function::NOWHERE.node);
        for node in forest.below(root) {
            let Some((variable, edges)) = forest.open(node) else { continue };
            let edges = edges.iter().map(|edge| Function {
                node: names.get(&edge.node).copied().unwrap_or(Function::NOWHERE.node),
                ..*edge
            });
            let made = sifting.add(forest.level(variable), edges.collect());
            sifting.levels[forest.level(variable)].push(made);
            names.insert(node, made);
        }
        sifting.root = names.get(&root.node).copied().unwrap_or(Function::NOWHERE.node);
        // It stays, though nothing leads to it.
        sifting.use_once_more(Function { node: sifting.root, cost: 0 });
        sifting
    }

    fn sift(&mut self, work: usize) {
        loop {
            let before = self.size;
            let mut busiest: Vec<(Reverse<usize>, usize)> = Vec::new();
            for (nodes, &variable) in self.levels.iter().zip(&self.order) {
                let used = nodes.iter().map(|&node| &self.nodes[node as usize]).filter(|node| node.uses > 0);
                busiest.push((Reverse(used.map(|node| node.arcs).sum()), variable));
            }
            busiest.sort_unstable();
            for (_, variable) in busiest {
                if self.looked > work {
                    return;
                }
                self.settle(variable, work);
            }
            if self.size as u64 * 100 >= before as u64 * (100 - GAIN as u64) {
                return;
            }
        }
    }

    /// Moves a variable to its best level.
    fn settle(&mut self, variable: usize, work: usize) {
        let Some(start) = self.order.iter().position(|&other| other == variable) else { return };
        let last = self.order.len() - 1;
        let most = self.size + self.size / 100 * GROWTH;
        let (mut level, mut best) = (start, (self.size, start));
        // To the nearer end first.
        for end in if start * 2 < last { [0, last] } else { [last, 0] } {
            self.go(&mut level, best.1);
            while level != end && self.size <= most && self.looked <= work {
                let next = if end == 0 { level - 1 } else { level + 1 };
                self.go(&mut level, next);
                best = best.min((self.size, level));
            }
        }
        self.go(&mut level, best.1);
    }

    fn go(&mut self, level: &mut usize, to: usize) {
        while *level < to {
            self.swap(*level);
            *level += 1;
        }
        while *level > to {
            self.swap(*level - 1);
            *level -= 1;
        }
    }

    /// Swaps a level with the one below it.
    fn swap(&mut self, level: usize) {
        let (upper, lower) = (self.order[level], self.order[level + 1]);
        let (above, below) =
            (std::mem::take(&mut self.levels[level]), std::mem::take(&mut self.levels[level + 1]));
        let (mut new_above, mut new_below) = (Vec::new(), Vec::new());
        for node in above {
            let Node { edges, uses, .. } = &self.nodes[node as usize];
            self.looked += edges.len();
            if *uses == 0 {
                continue;
            }
            if !edges.iter().any(|&edge| self.is_of(edge, lower)) {
                new_below.push(node);
                continue;
            }
            let hash = hash_of(upper, edges);
            if let Ok(entry) = self.known.find_entry(hash, |&other| other == node) {
                entry.remove();
            }
            let edges = std::mem::take(&mut self.nodes[node as usize].edges);
            let turned = (0..self.variables[lower].1).map(|value| {
                let cofactor = edges.iter().map(|&edge| self.edge(edge, lower, value)).collect();
                self.looked += edges.len();
                let function = self.make(upper, cofactor, &mut new_below);
                self.use_once_more(function);
                function
            });
            let turned: Vec<Function> = turned.collect();
            // It is the same function as before, so those above it need not know.
            self.list(node, lower, turned);
            new_above.push(node);
            edges.into_iter().for_each(|edge| self.release(edge));
        }
        new_above.extend(below.into_iter().filter(|&node| self.nodes[node as usize].uses > 0));
        (self.levels[level], self.levels[level + 1]) = (new_above, new_below);
        self.order.swap(level, level + 1);
    }

    fn is_of(&self, edge: Function, variable: usize) -> bool {
        edge != Function::NOWHERE && self.nodes[edge.node as usize].variable == variable
    }

    /// The edge of a function for a value of a variable at or above its own level.
    fn edge(&self, function: Function, variable: usize, value: usize) -> Function {
        if self.is_of(function, variable) {
            self.nodes[function.node as usize].edges[value].plus(function.cost)
        } else {
            function
        }
    }

    /// A function with these edges; a node that has to be made for it is added to a level.
    fn make(&mut self, variable: usize, mut edges: Vec<Function>, level: &mut Vec<u32>) -> Function {
        let Some(cost) = Forest::raise_least(&mut edges) else { return Function::NOWHERE };
        if edges.iter().all(|edge| *edge == edges[0]) {
            return Function { node: edges[0].node, cost };
        }
        let same = |&node: &u32| {
            let other = &self.nodes[node as usize];
            other.variable == variable && other.edges == edges
        };
        if let Some(&node) = self.known.find(hash_of(variable, &edges), same) {
            return Function { node, cost };
        }
        let node = self.add(variable, edges);
        level.push(node);
        Function { node, cost }
    }

    fn add(&mut self, variable: usize, edges: Vec<Function>) -> u32 {
        let node = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        edges.iter().for_each(|&edge| self.use_once_more(edge));
        self.nodes.push(Node { variable, edges: Vec::new(), arcs: 0, uses: 0 });
        self.list(node, variable, edges);
        node
    }

    /// Gives a node its edges.
    fn list(&mut self, node: u32, variable: usize, edges: Vec<Function>) {
        let hash = hash_of(variable, &edges);
        let own = &mut self.nodes[node as usize];
        self.size -= own.arcs;
        own.arcs = Forest::different(&edges);
        self.size += own.arcs;
        (own.variable, own.edges) = (variable, edges);
        let nodes = &self.nodes;
        self.known.insert_unique(hash, node, |&node| {
            hash_of(nodes[node as usize].variable, &nodes[node as usize].edges)
        });
    }

    fn use_once_more(&mut self, function: Function) {
        if function != Function::NOWHERE {
            self.nodes[function.node as usize].uses += 1;
        }
    }

    /// One edge less leads to a node; without any it is given up.
    fn release(&mut self, function: Function) {
        let mut released = vec![function];
        while let Some(function) = released.pop() {
            if function == Function::NOWHERE {
                continue;
            }
            let node = &mut self.nodes[function.node as usize];
            node.uses -= 1;
            if node.uses > 0 {
                continue;
            }
            self.size -= node.arcs;
            let (hash, own) = (hash_of(node.variable, &node.edges), function.node);
            released.append(&mut node.edges);
            if let Ok(entry) = self.known.find_entry(hash, |&other| other == own) {
                entry.remove();
            }
        }
    }

    fn finish(self, variables: usize, cost: i64) -> Result<(Forest, Function), TooLarge> {
        let order = self.order.iter().map(|&variable| self.variables[variable]).collect();
        let mut forest = Forest::new(order, variables, usize::MAX)?;
        let mut names = vec![Function::ZERO.node; self.nodes.len()];
        let name =
            |names: &[u32], node: u32| names.get(node as usize).copied().unwrap_or(Function::NOWHERE.node);
        for (level, nodes) in self.levels.iter().enumerate().rev() {
            for &node in nodes {
                let Node { edges, uses, .. } = &self.nodes[node as usize];
                if *uses > 0 {
                    let edges = edges.iter().map(|edge| Function { node: name(&names, edge.node), ..*edge });
                    names[node as usize] = forest.node(level, edges)?.node;
                }
            }
        }
        let root = Function { node: name(&names, self.root), cost };
        Ok((forest, root))
    }
}

fn hash_of(variable: usize, edges: &[Function]) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one((variable, edges))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Comparison, Expression, Formula, PriceKind, ValueId};

    const PAIRS: usize = 4;
    const SIZE: usize = 3;

    fn number(variable: usize) -> Expression {
        Expression::Of(VariableId::new(variable), vec![0, 1, 2])
    }

    /// What a function comes to, if it is defined.
    fn amount(forest: &Forest, mut at: Function, assignment: &[ValueId]) -> Option<i64> {
        let mut sum = at.cost;
        while let Some((variable, edges)) = forest.open(at.node) {
            at = edges[assignment[variable.index()].index()];
            sum += at.cost;
        }
        (at.node == Function::ZERO.node).then_some(sum)
    }

    fn arcs(forest: &Forest, root: Function) -> usize {
        let nodes = forest.below(root);
        nodes.iter().filter_map(|&node| forest.open(node)).map(|(_, edges)| Forest::different(edges)).sum()
    }

    /// Each of four variables is compared with one of four others, all of which come after the first four.
    #[test]
    fn what_belongs_together_comes_together_and_means_the_same() -> Result<(), TooLarge> {
        let order = (0..2 * PAIRS).map(|variable| (VariableId::new(variable), SIZE)).collect();
        let mut forest = Forest::new(order, 2 * PAIRS, 1_000_000)?;
        let within = Formula::Compare(
            Expression::Sum(vec![number(0), number(5)]),
            Comparison::AtMost,
            Expression::Constant(3),
        );
        let mut root = forest.formula(&within)?;
        for pair in 0..PAIRS {
            let same = Formula::Compare(number(pair), Comparison::Equal, number(PAIRS + pair));
            let price = PriceKind::When(same, Expression::Constant(7 << pair));
            let price = forest.price(&price)?;
            root = forest.sum(root, price)?;
        }
        let (sifted, function) = sifted(&forest, root, usize::MAX)?;
        assert!(arcs(&sifted, function) * 4 < arcs(&forest, root), "{}", arcs(&sifted, function));
        for mut code in 0..SIZE.pow(2 * PAIRS as u32) {
            let mut assignment = Vec::new();
            for _ in 0..2 * PAIRS {
                assignment.push(ValueId::new(code % SIZE));
                code /= SIZE;
            }
            let before = amount(&forest, root, &assignment);
            assert_eq!(amount(&sifted, function, &assignment), before, "{assignment:?}");
        }
        Ok(())
    }

    #[test]
    fn constants_stay_what_they_are() -> Result<(), TooLarge> {
        let forest = Forest::new(vec![(VariableId(0), 2)], 1, 10)?;
        for function in [Function::NOWHERE, Function::ZERO, Function::ZERO.plus(5)] {
            assert_eq!(sifted(&forest, function, 100)?.1, function);
        }
        Ok(())
    }
}
