//! Edge-valued multi-valued decision diagrams under construction: one level per variable, shared and reduced while they
//! are built.
//!
//! A function maps assignments to an amount, or to nothing where it is not defined. Constraints are functions that are
//! 0 where they hold; prices are functions that are defined everywhere; adding functions conjoins the former and sums
//! the latter. An edge carries what is added on its way, a node's smallest edge carries 0, and the rest moves up to the
//! edges above, so that equal functions up to a constant are one node (after H. Fargier, P. Marquis, A. Niveau,
//! N. Schmidt, "A knowledge compilation map for ordered real-valued decision diagrams", 2014; S.-F. S. Lai, M. Pedram,
//! S. B. K. Vrudhula, "EVBDD-based algorithms", 1994).

mod functions;

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::{HashMap, HashTable};
use rustc_hash::FxHasher;

use crate::diagram::narrow;
use crate::model::VariableId;

type Map<K, V> = HashMap<K, V, BuildHasherDefault<FxHasher>>;

/// More nodes or work than allowed, or prices that add up to more than can be told exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the diagram, or what its prices add up to, would be too large")]
pub struct TooLarge;

/// A function: a node and what is added to all its amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Function {
    pub node: u32,
    pub cost: i64,
}

/// How many edges may be looked at for each node that may be made.
const EDGES: usize = 64;
/// Most levels: functions are gone through level by level on the stack.
const DEEPEST: usize = 3_000;

/// Defined nowhere.
const NOWHERE: u32 = u32::MAX;
/// The same amount everywhere.
const EVERYWHERE: u32 = 0;

impl Function {
    pub(crate) const NOWHERE: Self = Self { node: NOWHERE, cost: 0 };
    pub(crate) const ZERO: Self = Self { node: EVERYWHERE, cost: 0 };

    fn constant(cost: i64) -> Self {
        Self { node: EVERYWHERE, cost }
    }

    pub(crate) fn plus(self, cost: i64) -> Self {
        if self.node == NOWHERE { self } else { Self { cost: self.cost.saturating_add(cost), ..self } }
    }
}

#[derive(Clone, Copy, Debug)]
struct Node {
    level: u32,
    /// Its first edge; it has one for each value of its level's variable.
    first: u32,
    /// The largest amount below it; the smallest is 0.
    most: i64,
    /// Whether it is defined everywhere.
    total: bool,
}

/// Nodes over one order of the variables.
#[derive(Debug)]
pub(crate) struct Forest {
    /// By level: the variable, and how many values it has.
    order: Vec<(VariableId, usize)>,
    /// By variable: its level.
    levels: Vec<u32>,
    nodes: Vec<Node>,
    edges: Vec<Function>,
    /// Nodes with the hashes of what they are, which would take long to make again as the table grows.
    known: HashTable<(u64, u32)>,
    sums: Map<(u32, u32), Function>,
    unions: Map<(u32, u32, i64), Function>,
    scratch: Vec<Function>,
    /// How many nodes were made so far, and may be made.
    made: usize,
    limit: usize,
    /// How many edges were looked at so far.
    looked: usize,
}

impl Forest {
    /// An empty forest. `order` lists every variable with its size from the top down; `limit` bounds the nodes that are made.
    pub(crate) fn new(
        order: Vec<(VariableId, usize)>,
        variables: usize,
        limit: usize,
    ) -> Result<Self, TooLarge> {
        if order.len() > DEEPEST {
            return Err(TooLarge);
        }
        let mut levels = vec![u32::MAX; variables];
        for (level, (variable, _)) in order.iter().enumerate() {
            levels[variable.index()] = narrow(level);
        }
        let everywhere = Node { level: u32::MAX, first: 0, most: 0, total: true };
        Ok(Self {
            order,
            levels,
            nodes: vec![everywhere],
            edges: Vec::new(),
            known: HashTable::new(),
            sums: Map::default(),
            unions: Map::default(),
            scratch: Vec::new(),
            made: 0,
            limit,
            looked: 0,
        })
    }

    pub(crate) fn level(&self, variable: VariableId) -> usize {
        self.levels[variable.index()] as usize
    }

    /// The variable of a node's level and its edges by value; nothing for the two constants.
    pub(crate) fn open(&self, node: u32) -> Option<(VariableId, &[Function])> {
        if node == NOWHERE || node == EVERYWHERE {
            return None;
        }
        let Node { level, first, .. } = self.nodes[node as usize];
        let (variable, size) = self.order[level as usize];
        Some((variable, &self.edges[first as usize..first as usize + size]))
    }

    /// By level: the variable, and how many values it has.
    pub(crate) fn order(&self) -> &[(VariableId, usize)] {
        &self.order
    }

    /// How many variables the model has, with those that have no level here.
    pub(crate) fn variables(&self) -> usize {
        self.levels.len()
    }

    pub(crate) fn is_nowhere(node: u32) -> bool {
        node == NOWHERE
    }

    /// How many nodes were made.
    pub(crate) fn made(&self) -> usize {
        self.made
    }

    /// How many nodes there are, used or not.
    pub(crate) fn size(&self) -> usize {
        self.nodes.len()
    }

    /// The nodes below a function, children before parents.
    pub(crate) fn below(&self, function: Function) -> Vec<u32> {
        let mut found = Vec::new();
        if function.node == NOWHERE || function.node == EVERYWHERE {
            return found;
        }
        let mut seen = vec![false; self.nodes.len()];
        seen[function.node as usize] = true;
        let mut stack = vec![function.node];
        while let Some(node) = stack.pop() {
            found.push(node);
            for edge in self.open(node).map_or(&[][..], |(_, edges)| edges) {
                if edge.node != NOWHERE && edge.node != EVERYWHERE && !seen[edge.node as usize] {
                    seen[edge.node as usize] = true;
                    stack.push(edge.node);
                }
            }
        }
        // A node is made after the nodes below it.
        found.sort_unstable();
        found
    }

    /// How many different edges there are that lead somewhere.
    pub(crate) fn different(edges: &[Function]) -> usize {
        let mut seen: Vec<Function> = edges.iter().copied().filter(|edge| edge.node != NOWHERE).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    }

    /// Takes from edges what all of them have in common; nothing when they all lead nowhere.
    pub(crate) fn raise_least(edges: &mut [Function]) -> Option<i64> {
        let least = edges.iter().filter(|edge| edge.node != NOWHERE).map(|edge| edge.cost).min()?;
        for edge in edges {
            edge.cost = if edge.node == NOWHERE { 0 } else { edge.cost.saturating_sub(least) };
        }
        Some(least)
    }

    /// A function with these edges, one for each value of a level.
    pub(crate) fn node(
        &mut self,
        level: usize,
        edges: impl Iterator<Item = Function>,
    ) -> Result<Function, TooLarge> {
        let start = self.scratch.len();
        self.scratch.extend(edges);
        self.make(narrow(level), start)
    }

    /// A function from the scratch space's end: one edge for each value of a level.
    fn make(&mut self, level: u32, start: usize) -> Result<Function, TooLarge> {
        let edges = &mut self.scratch[start..];
        let Some(least) = Self::raise_least(edges) else {
            self.scratch.truncate(start);
            return Ok(Function::NOWHERE);
        };
        let (mut most, mut total) = (0, true);
        for edge in edges.iter() {
            if edge.node == NOWHERE {
                total = false;
            } else {
                let below = self.nodes[edge.node as usize];
                most = most.max(edge.cost.saturating_add(below.most));
                total &= below.total;
            }
        }
        let alike = edges.iter().all(|edge| *edge == edges[0]);
        if alike {
            let node = edges[0].node;
            self.scratch.truncate(start);
            return Ok(Function { node, cost: least });
        }
        let edges = &self.scratch[start..];
        let hash = hash_of(level, edges);
        let (nodes, own) = (&self.nodes, &self.edges);
        let same = |&(known, node): &(u64, u32)| {
            let Node { level: other, first, .. } = nodes[node as usize];
            known == hash && other == level && own[first as usize..].starts_with(edges)
        };
        if let Some(&(_, node)) = self.known.find(hash, same) {
            self.scratch.truncate(start);
            return Ok(Function { node, cost: least });
        }
        if self.made >= self.limit {
            return Err(TooLarge);
        }
        self.made += 1;
        let node = narrow(self.nodes.len());
        self.nodes.push(Node { level, first: narrow(self.edges.len()), most, total });
        self.edges.extend_from_slice(edges);
        self.scratch.truncate(start);
        self.known.insert_unique(hash, (hash, node), |&(hash, _)| hash);
        Ok(Function { node, cost: least })
    }

    /// Counts the edges that are looked at next.
    fn look(&mut self, level: u32) -> Result<(), TooLarge> {
        self.looked += self.order[level as usize].1;
        if self.looked > self.limit.saturating_mul(EDGES) { Err(TooLarge) } else { Ok(()) }
    }

    /// The edge of a function for a value of a level at or above its own.
    fn edge(&self, function: Function, level: u32, value: usize) -> Function {
        if function.node == NOWHERE {
            return Function::NOWHERE;
        }
        let node = self.nodes[function.node as usize];
        if node.level == level {
            self.edges[node.first as usize + value].plus(function.cost)
        } else {
            function
        }
    }

    fn level_of(&self, function: Function) -> u32 {
        if function.node == NOWHERE { u32::MAX } else { self.nodes[function.node as usize].level }
    }

    /// The sum, defined where both are.
    pub(crate) fn sum(&mut self, one: Function, other: Function) -> Result<Function, TooLarge> {
        if one.node == NOWHERE || other.node == NOWHERE {
            return Ok(Function::NOWHERE);
        }
        let cost = one.cost.saturating_add(other.cost);
        if one.node == EVERYWHERE {
            return Ok(Function { node: other.node, cost });
        }
        if other.node == EVERYWHERE || one.node == other.node && self.nodes[one.node as usize].most == 0 {
            return Ok(Function { node: one.node, cost });
        }
        let key = (one.node.min(other.node), one.node.max(other.node));
        if let Some(sum) = self.sums.get(&key) {
            return Ok(sum.plus(cost));
        }
        let (left, right) = (Function { node: key.0, cost: 0 }, Function { node: key.1, cost: 0 });
        let level = self.level_of(left).min(self.level_of(right));
        self.look(level)?;
        let start = self.scratch.len();
        for value in 0..self.order[level as usize].1 {
            let (left, right) = (self.edge(left, level, value), self.edge(right, level, value));
            let edge = self.sum(left, right)?;
            self.scratch.push(edge);
        }
        let sum = self.make(level, start)?;
        self.sums.insert(key, sum);
        Ok(sum.plus(cost))
    }

    /// The first where it is defined, otherwise the second.
    pub(crate) fn union(&mut self, one: Function, other: Function) -> Result<Function, TooLarge> {
        if one.node == EVERYWHERE || other.node == NOWHERE {
            return Ok(one);
        }
        if one.node == NOWHERE || one == other {
            return Ok(other);
        }
        let key = (one.node, other.node, other.cost.saturating_sub(one.cost));
        if let Some(union) = self.unions.get(&key) {
            return Ok(union.plus(one.cost));
        }
        let (left, right) = (Function { cost: 0, ..one }, Function { cost: key.2, ..other });
        let level = self.level_of(left).min(self.level_of(right));
        self.look(level)?;
        let start = self.scratch.len();
        for value in 0..self.order[level as usize].1 {
            let (left, right) = (self.edge(left, level, value), self.edge(right, level, value));
            let edge = self.union(left, right)?;
            self.scratch.push(edge);
        }
        let union = self.make(level, start)?;
        self.unions.insert(key, union);
        Ok(union.plus(one.cost))
    }

    /// Lets so many more nodes be made.
    pub(crate) fn allow(&mut self, more: usize) {
        self.limit = self.made.saturating_add(more);
        self.looked = 0;
    }

    /// The level of a function's node; behind all of them for a constant.
    pub(crate) fn place(&self, function: Function) -> usize {
        self.level_of(function) as usize
    }

    /// 0 where the variables of the first levels leave a function defined for some values of the others. Its amounts are 0.
    pub(crate) fn above(&mut self, function: Function, levels: usize) -> Result<Function, TooLarge> {
        self.above_below(function, levels, &mut Map::default())
    }

    fn above_below(
        &mut self,
        function: Function,
        levels: usize,
        done: &mut Map<u32, Function>,
    ) -> Result<Function, TooLarge> {
        if function.node == NOWHERE || self.level_of(function) as usize >= levels {
            return Ok(Function {
                node: if function.node == NOWHERE { NOWHERE } else { EVERYWHERE },
                cost: 0,
            });
        }
        if let Some(&above) = done.get(&function.node) {
            return Ok(above);
        }
        let Node { level, first, .. } = self.nodes[function.node as usize];
        let start = self.scratch.len();
        for value in 0..self.order[level as usize].1 {
            let edge = self.above_below(self.edges[first as usize + value], levels, done)?;
            self.scratch.push(edge);
        }
        let above = self.make(level, start)?;
        done.insert(function.node, above);
        Ok(above)
    }

    /// 0 where a function is not defined. Its amounts are 0.
    pub(crate) fn swapped(&mut self, function: Function) -> Result<Function, TooLarge> {
        self.swapped_below(function, &mut Map::default())
    }

    fn swapped_below(
        &mut self,
        function: Function,
        done: &mut Map<u32, Function>,
    ) -> Result<Function, TooLarge> {
        match function.node {
            NOWHERE => return Ok(Function::ZERO),
            EVERYWHERE => return Ok(Function::NOWHERE),
            node => {
                if let Some(&swapped) = done.get(&node) {
                    return Ok(swapped);
                }
            }
        }
        let Node { level, first, .. } = self.nodes[function.node as usize];
        let start = self.scratch.len();
        for value in 0..self.order[level as usize].1 {
            let edge = self.swapped_below(self.edges[first as usize + value], done)?;
            self.scratch.push(edge);
        }
        let swapped = self.make(level, start)?;
        done.insert(function.node, swapped);
        Ok(swapped)
    }

    /// Forgets intermediate results.
    pub(crate) fn forget(&mut self) {
        self.sums.clear();
        self.unions.clear();
    }

    /// Keeps only what is below these functions, which get new numbers.
    pub(crate) fn keep(&mut self, functions: &mut [Function]) {
        let mut used = vec![false; self.nodes.len()];
        let mut stack: Vec<u32> = functions.iter().map(|function| function.node).collect();
        while let Some(node) = stack.pop() {
            if node != NOWHERE && !std::mem::replace(&mut used[node as usize], true) {
                stack
                    .extend(self.open(node).map_or(&[][..], |(_, edges)| edges).iter().map(|edge| edge.node));
            }
        }
        used[EVERYWHERE as usize] = true;
        let (mut nodes, mut edges) = (Vec::new(), Vec::new());
        let mut renamed = vec![NOWHERE; self.nodes.len()];
        let rename = |renamed: &[u32], function: Function| Function {
            node: renamed.get(function.node as usize).copied().unwrap_or(NOWHERE),
            ..function
        };
        for old in (0..self.nodes.len()).filter(|&old| used[old]) {
            renamed[old] = narrow(nodes.len());
            let size = if old == 0 { 0 } else { self.order[self.nodes[old].level as usize].1 };
            let first = self.nodes[old].first as usize;
            nodes.push(Node { first: narrow(edges.len()), ..self.nodes[old] });
            for at in first..first + size {
                edges.push(rename(&renamed, self.edges[at]));
            }
        }
        for function in functions {
            *function = rename(&renamed, *function);
        }
        self.nodes = nodes;
        self.edges = edges;
        self.forget();
        self.known.clear();
        for node in 1..narrow(self.nodes.len()) {
            let Node { level, first, .. } = self.nodes[node as usize];
            let size = self.order[level as usize].1;
            let hash = hash_of(level, &self.edges[first as usize..first as usize + size]);
            self.known.insert_unique(hash, (hash, node), |&(hash, _)| hash);
        }
    }
}

fn hash_of(level: u32, edges: &[Function]) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one((level, edges))
}
