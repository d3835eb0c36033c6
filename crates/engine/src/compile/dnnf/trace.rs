//! What a search found, as a circuit: nodes of alternatives that exclude each other, each a product of factors.

use super::literal::Literal;

/// Decision nodes, children before parents, in three flat arrays.
#[derive(Debug)]
pub(super) struct Trace {
    /// Literals there are; factors from here on are nodes.
    literals: u32,
    node_starts: Vec<u32>,
    arc_starts: Vec<u32>,
    factors: Vec<u32>,
}

/// What an alternative multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TraceFactor {
    Literal(Literal),
    Node(usize),
}

impl Trace {
    /// No nodes yet, over this many variables.
    pub fn new(variables: usize) -> Self {
        Self {
            literals: variables as u32 * 2,
            node_starts: vec![0],
            arc_starts: vec![0],
            factors: Vec::new(),
        }
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.node_starts.len() - 1
    }

    /// How many factors there are in all alternatives.
    pub fn factors(&self) -> usize {
        self.factors.len()
    }

    /// Adds an alternative to the node that is being built.
    pub fn push_arc(&mut self, factors: &[u32]) {
        self.factors.extend_from_slice(factors);
        self.arc_starts.push(self.factors.len() as u32);
    }

    /// Ends the node that is being built.
    pub fn push_node(&mut self) -> u32 {
        self.node_starts.push(self.arc_starts.len() as u32 - 1);
        self.nodes() as u32 - 1
    }

    /// A node as a factor.
    pub fn factor(&self, node: u32) -> u32 {
        self.literals + node
    }

    /// What a factor is.
    pub fn decode(&self, factor: u32) -> TraceFactor {
        match factor.checked_sub(self.literals) {
            Some(node) => TraceFactor::Node(node as usize),
            None => TraceFactor::Literal(Literal(factor)),
        }
    }

    /// The alternatives of a node.
    pub fn arcs(&self, node: usize) -> impl Iterator<Item = &[u32]> {
        let arcs = self.node_starts[node] as usize..self.node_starts[node + 1] as usize;
        arcs.map(|arc| &self.factors[self.arc_starts[arc] as usize..self.arc_starts[arc + 1] as usize])
    }

    /// By node: how many alternatives it is a factor of, among those that the last node leads to.
    pub fn uses(&self) -> Vec<u32> {
        let mut uses = vec![0; self.nodes()];
        if let Some(root) = uses.last_mut() {
            *root = 1;
        }
        for node in (0..self.nodes()).rev() {
            if uses[node] > 0 {
                for &factor in self.arcs(node).flatten() {
                    if let TraceFactor::Node(child) = self.decode(factor) {
                        uses[child] += 1;
                    }
                }
            }
        }
        uses
    }
}
