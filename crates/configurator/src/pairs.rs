//! A diagram as passes go through it: nodes that add up products of two factors, and nodes that are one longer product.
//!
//! Most arcs are products of two. A longer one becomes a node of its own, a shorter one is filled up with the product of
//! nothing, so that the inner loop of a pass does the same for every arc and finds what it needs in one place.

/// A product with at most this many factors besides the first and the last is made step by step, pair by pair.
const MOST_STEPS: usize = 3;

/// Two factors, and what their product costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub factors: [u32; 2],
    /// In minor units.
    pub cost: i64,
}

/// A node that is the product of more factors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LongProduct {
    pub node: u32,
    /// Where its factors end.
    pub end: u32,
}

/// Children before parents; the root is the last node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pairs {
    literals: usize,
    /// By node: where its pairs end. Those of `products` have none.
    pub ends: Vec<u32>,
    pub arcs: Vec<Pair>,
    pub products: Vec<LongProduct>,
    /// Of the products, one after the other.
    pub factors: Vec<u32>,
    /// By node of the diagram: the same one as a factor here. Literals are the same in both; after them comes the product of
    /// nothing, and then the nodes.
    names: Vec<u32>,
}

impl Pairs {
    /// From a diagram's columns: how many literals there are, by node where its arcs begin, by arc where its factors begin,
    /// the arcs' costs, and all factors. Every node has an arc.
    pub(crate) fn new(
        literals: usize,
        arcs: &[u32],
        factors_of: &[u32],
        costs: &[i64],
        factors: &[u32],
    ) -> Self {
        let nothing = narrow(literals);
        let mut pairs = Self { literals, ..Self::default() };
        let mut own = Vec::new();
        for arcs in arcs.windows(2) {
            for arc in arcs[0] as usize..arcs[1] as usize {
                let all = &factors[factors_of[arc] as usize..factors_of[arc + 1] as usize];
                let all: Vec<u32> = all.iter().map(|&factor| pairs.name(factor)).collect();
                let factors = match all[..] {
                    [] => [nothing; 2],
                    [only] => [only, nothing],
                    [one, ref others @ .., last] if others.len() <= MOST_STEPS => {
                        let step = |before, &factor| pairs.pair([before, factor], nothing);
                        [others.iter().fold(one, step), last]
                    }
                    _ => [pairs.product(&all, nothing), nothing],
                };
                own.push(Pair { factors, cost: costs[arc] });
            }
            pairs.arcs.append(&mut own);
            let node = pairs.end_node(nothing);
            pairs.names.push(node);
        }
        pairs
    }

    /// A factor of the diagram as it is called here.
    pub(crate) fn name(&self, factor: u32) -> u32 {
        match (factor as usize).checked_sub(self.literals) {
            Some(node) => self.names[node],
            None => factor,
        }
    }

    /// Where the pairs of a node begin, or all pairs end.
    pub(crate) fn begin(&self, node: usize) -> usize {
        node.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }

    /// The product of two factors as a factor.
    fn pair(&mut self, factors: [u32; 2], nothing: u32) -> u32 {
        self.arcs.push(Pair { factors, cost: 0 });
        self.end_node(nothing)
    }

    /// The product of many factors as a factor.
    fn product(&mut self, factors: &[u32], nothing: u32) -> u32 {
        self.factors.extend(factors);
        self.products.push(LongProduct { node: narrow(self.ends.len()), end: narrow(self.factors.len()) });
        self.end_node(nothing)
    }

    /// The node whose arcs are the last, as a factor.
    fn end_node(&mut self, nothing: u32) -> u32 {
        self.ends.push(narrow(self.arcs.len()));
        nothing.saturating_add(narrow(self.ends.len()))
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
