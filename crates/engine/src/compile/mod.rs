//! Models to diagrams, by whichever of two compilers makes the smaller one: from clauses (`dnnf`), or as ordered decision
//! diagrams. The latter splits a model into parts that share no constraint, tries several variable orders for each under
//! a node limit, keeps the smallest, and sifts it.

mod combinations;
mod decision;
pub mod dnnf;
pub mod interchange;
mod order;
mod sift;

pub use crate::compile::combinations::{Block, Combinations, Set};
pub use crate::compile::decision::TooLarge;
use crate::compile::decision::{Forest, Function};
use crate::compile::order::Ties;
use crate::compile::sift::sifted;
use crate::diagram::builder::Builder;
use crate::diagram::{Arc, Diagram, Factor};
use crate::model::{ConstraintKind, Formula, Model, PriceKind, ValueId, VariableId};

use std::cmp::Reverse;

/// Most variables: what a node speaks of is a set of them.
const MOST_VARIABLES: usize = 20_000;
/// Nodes that an order may make where an ordered diagram is likely to be small.
const QUICK_WORK: usize = 100_000;
/// Factors of a diagram that is small enough to be taken without looking for a smaller one.
const SMALL: usize = 5_000;
/// How many nodes each order may make in the first round.
const LEAST_WORK: usize = 20_000;
/// Arcs of a diagram that is made smaller by sifting.
const WORTH_SIFTING: usize = 100;
/// Most edges that sifting looks at.
const SIFTING: usize = 4_000_000;
/// How many nodes may have become useless before they are dropped.
const GARBAGE: usize = 200_000;

/// How much work compiling may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most nodes that one order may make.
    pub nodes: usize,
    /// How many orders of each part are compiled.
    pub orders: usize,
    /// Most literals that the compiler by clauses may propagate.
    pub steps: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nodes: 8_000_000, orders: 12, steps: 50_000_000 }
    }
}

impl Model {
    /// The diagram of all valid assignments, with the prices that depend on several variables on its arcs. Prices of
    /// single values are no part of it. Equal models give equal diagrams.
    ///
    /// # Errors
    /// Neither compiler stays within the limits.
    pub fn compile(&self, limits: Limits) -> Result<Diagram, TooLarge> {
        self.compile_merged(|model| model.compile_either(limits))
    }

    /// As [`Model::compile`], but always an ordered decision diagram.
    ///
    /// # Errors
    /// No order stays within the limits.
    pub fn compile_ordered(&self, limits: Limits) -> Result<Diagram, TooLarge> {
        self.compile_merged(|model| model.compile_parts(limits))
    }

    /// Compiles it with interchangeable values merged.
    fn compile_merged(
        &self,
        compile: impl FnOnce(&Self) -> Result<Diagram, TooLarge>,
    ) -> Result<Diagram, TooLarge> {
        match self.merged() {
            Some(merged) => Ok(compile(&merged.model)?.spread(&merged.classes)),
            None => compile(self),
        }
    }

    fn compile_either(&self, limits: Limits) -> Result<Diagram, TooLarge> {
        if self.variables.len() > MOST_VARIABLES {
            return Err(TooLarge);
        }
        if self.has_arithmetic() {
            // Sums and products of numbers take many clauses, and few nodes.
            let quick = Limits { nodes: limits.nodes.min(QUICK_WORK), ..limits };
            if let Ok(ordered) = self.compile_parts(quick) {
                return Ok(ordered);
            }
        }
        let by_clauses =
            self.compile_clauses(&dnnf::Limits { steps: limits.steps, ..dnnf::Limits::default() }).ok();
        let small = by_clauses.as_ref().is_some_and(|diagram| diagram.factors() <= SMALL);
        match by_clauses {
            Some(diagram) if small => Ok(diagram),
            Some(diagram) => {
                // An ordered one may be smaller; it is worth some work to find out.
                let nodes = limits.nodes.min(diagram.factors().saturating_mul(4));
                let ordered = self.compile_parts(Limits { nodes, ..limits });
                Ok(ordered.ok().filter(|ordered| ordered.size() < diagram.size()).unwrap_or(diagram))
            }
            None => self.compile_parts(limits),
        }
    }

    fn compile_parts(&self, limits: Limits) -> Result<Diagram, TooLarge> {
        let sizes: Vec<usize> = self.variables.iter().map(|variable| variable.size()).collect();
        let mut builder = Builder::new(&sizes);
        let mut factors = Vec::new();
        for part in self.parts() {
            factors.push(part.compile(&sizes, limits)?.write(&mut builder));
        }
        let constant = self.constants();
        let root = match constant {
            Some(cost) => builder.node(vec![Arc { cost, factors }]),
            None => Factor::FALSE,
        };
        Ok(builder.finish(root))
    }

    /// Whether a constraint or a price computes with numbers.
    fn has_arithmetic(&self) -> bool {
        fn computes(formula: &Formula) -> bool {
            match formula {
                Formula::In(..) => false,
                Formula::Compare(..) => true,
                Formula::Not(inner) => computes(inner),
                Formula::And(parts) | Formula::Or(parts) | Formula::Count { of: parts, .. } => {
                    parts.iter().any(computes)
                }
            }
        }
        let rule =
            |kind: &ConstraintKind| matches!(kind, ConstraintKind::Formula(formula) if computes(formula));
        let price = |kind: &PriceKind| matches!(kind, PriceKind::When(..));
        self.constraints.iter().any(|constraint| rule(&constraint.kind))
            || self.prices.iter().any(|price_of| price(&price_of.kind))
    }

    /// Sum of the prices that depend on nothing; `None` when a constraint that depends on nothing does not hold.
    fn constants(&self) -> Option<i64> {
        let holds = |kind: &ConstraintKind| !kind.scope().is_empty() || kind.holds(&[]);
        if !self.constraints.iter().all(|constraint| holds(&constraint.kind)) {
            return None;
        }
        let constant = self.prices.iter().filter(|price| price.kind.scope().is_empty());
        Some(constant.fold(0, |sum, price| price.kind.amount(&[]).saturating_add(sum)))
    }

    /// Variables that constraints and prices tie together, with these.
    fn parts(&self) -> Vec<Part<'_>> {
        let mut leader: Vec<usize> = (0..self.variables.len()).collect();
        let scopes: Vec<Vec<VariableId>> =
            self.constraints.iter().map(|constraint| constraint.kind.scope()).collect();
        let price_scopes: Vec<Vec<VariableId>> = self.prices.iter().map(|price| price.kind.scope()).collect();
        for scope in scopes.iter().chain(&price_scopes) {
            for pair in scope.windows(2) {
                let (one, other) = (find(&mut leader, pair[0].index()), find(&mut leader, pair[1].index()));
                leader[one.max(other)] = one.min(other);
            }
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut part_of = vec![None; leader.len()];
        for (scope, constraint) in scopes.into_iter().zip(&self.constraints) {
            if let Some(first) = scope.first() {
                let at = part_at(&mut parts, &mut part_of, find(&mut leader, first.index()));
                parts[at].constraints.push((scope, &constraint.kind));
            }
        }
        for (scope, price) in price_scopes.into_iter().zip(&self.prices) {
            if let Some(first) = scope.first() {
                let at = part_at(&mut parts, &mut part_of, find(&mut leader, first.index()));
                parts[at].prices.push((scope, &price.kind));
            }
        }
        for part in &mut parts {
            let scopes = part.constraints.iter().map(|(scope, _)| scope);
            let scopes = scopes.chain(part.prices.iter().map(|(scope, _)| scope));
            part.variables = scopes.flatten().copied().collect();
            part.variables.sort_unstable();
            part.variables.dedup();
        }
        parts
    }
}

fn find(leader: &mut [usize], mut of: usize) -> usize {
    while leader[of] != of {
        leader[of] = leader[leader[of]];
        of = leader[of];
    }
    of
}

fn part_at(parts: &mut Vec<Part<'_>>, part_of: &mut [Option<usize>], leader: usize) -> usize {
    *part_of[leader].get_or_insert_with(|| {
        parts.push(Part::default());
        parts.len() - 1
    })
}

/// Variables that are tied together.
#[derive(Default)]
struct Part<'m> {
    variables: Vec<VariableId>,
    constraints: Vec<(Vec<VariableId>, &'m ConstraintKind)>,
    prices: Vec<(Vec<VariableId>, &'m PriceKind)>,
}

/// A part's diagram.
struct Compiled {
    forest: Forest,
    root: Function,
    edges: usize,
}

impl Part<'_> {
    /// The smallest diagram of several orders. Each is given little work at first; as long as none gets by with that, those
    /// that came farthest are given more (successive halving: Z. Karnin, T. Koren, O. Somekh, "Almost optimal exploration
    /// in multi-armed bandits", 2013).
    fn compile(&self, sizes: &[usize], limits: Limits) -> Result<Compiled, TooLarge> {
        let mut orders: Vec<Vec<(VariableId, usize)>> = self
            .ties(sizes)
            .orders()
            .into_iter()
            .take(limits.orders.max(1))
            .map(|order| {
                order.into_iter().map(|at| (self.variables[at], sizes[self.variables[at].index()])).collect()
            })
            .collect();
        let mut limit = LEAST_WORK.min(limits.nodes);
        loop {
            let mut best: Option<Compiled> = None;
            let mut farthest: Vec<(usize, Vec<(VariableId, usize)>)> = Vec::new();
            for order in orders {
                let mut joined = 0;
                let Ok(compiled) = self.conjoin(order.clone(), sizes.len(), limit, &mut joined) else {
                    farthest.push((joined, order));
                    continue;
                };
                limit = limit.min(compiled.forest.made().saturating_mul(3) / 2);
                if best.as_ref().is_none_or(|best| compiled.edges < best.edges) {
                    best = Some(compiled);
                }
            }
            match best {
                Some(best) => return best.sifted(),
                None if limit >= limits.nodes => return Err(TooLarge),
                None => limit = limit.saturating_mul(4).min(limits.nodes),
            }
            farthest.sort_by_key(|(joined, _)| Reverse(*joined));
            farthest.truncate(farthest.len().div_ceil(2));
            orders = farthest.into_iter().map(|(_, order)| order).collect();
        }
    }

    fn ties(&self, sizes: &[usize]) -> Ties {
        let at = |variable: &VariableId| self.variables.binary_search(variable).unwrap_or(0);
        let group = |scope: &Vec<VariableId>| scope.iter().map(at).collect();
        Ties {
            weights: self
                .variables
                .iter()
                .map(|variable| thousandths_of_bits(sizes[variable.index()]))
                .collect(),
            groups: self
                .constraints
                .iter()
                .map(|(scope, _)| group(scope))
                .chain(self.prices.iter().map(|(scope, _)| group(scope)))
                .collect(),
        }
    }

    /// Adds up all constraints and prices, counting its steps: those of the lowest levels first, so that each step touches little.
    fn conjoin(
        &self,
        order: Vec<(VariableId, usize)>,
        variables: usize,
        limit: usize,
        steps_done: &mut usize,
    ) -> Result<Compiled, TooLarge> {
        let mut forest = Forest::new(order, variables, limit)?;
        let mut kept = 0;
        let mut steps: Vec<(usize, usize, bool, usize)> = Vec::new();
        let span = |forest: &Forest, scope: &[VariableId]| {
            let levels = scope.iter().map(|&variable| forest.level(variable));
            (levels.clone().min().unwrap_or(0), levels.max().unwrap_or(0))
        };
        for (index, (scope, _)) in self.constraints.iter().enumerate() {
            let (top, bottom) = span(&forest, scope);
            steps.push((top, bottom, false, index));
        }
        for (index, (scope, _)) in self.prices.iter().enumerate() {
            let (top, bottom) = span(&forest, scope);
            steps.push((top, bottom, true, index));
        }
        // Those of the lowest levels first, joined in a balanced tree: each step touches little, and what is tied together
        // meets early.
        steps.sort_unstable_by_key(|&(top, bottom, price, index)| {
            (Reverse(bottom), price, Reverse(top), index)
        });
        let mut functions = Vec::with_capacity(steps.len());
        for (_, _, price, index) in steps {
            functions.push(if price {
                forest.price(self.prices[index].1)?
            } else {
                forest.constraint(self.constraints[index].1)?
            });
        }
        while functions.len() > 1 {
            let mut joined = Vec::with_capacity(functions.len().div_ceil(2));
            for pair in functions.chunks(2) {
                joined.push(match *pair {
                    [one, other] => {
                        *steps_done += 1;
                        forest.sum(one, other)?
                    }
                    _ => pair[0],
                });
            }
            functions = joined;
            forest.forget();
            if forest.size() > 2 * kept + GARBAGE {
                forest.keep(&mut functions);
                kept = forest.size();
            }
        }
        let root = functions.first().copied().unwrap_or(Function::ZERO);
        Ok(Compiled::new(forest, root))
    }
}

/// The binary logarithm in 1024ths, linear between powers of two; the same on every machine.
fn thousandths_of_bits(size: usize) -> u64 {
    let size = size.max(1) as u64;
    let whole = size.ilog2();
    u64::from(whole) * 1024 + ((size << 10) >> whole) - 1024
}

impl Compiled {
    fn new(forest: Forest, root: Function) -> Self {
        let nodes = forest.below(root);
        let edges =
            nodes.iter().filter_map(|&node| forest.open(node)).map(|(_, edges)| Forest::different(edges));
        let edges = edges.sum();
        Self { forest, root, edges }
    }

    /// In a better order, where there is much to gain.
    fn sifted(self) -> Result<Self, TooLarge> {
        if self.edges < WORTH_SIFTING {
            return Ok(self);
        }
        let (forest, root) = sifted(&self.forest, self.root, SIFTING)?;
        Ok(Self::new(forest, root))
    }

    /// The diagram as a factor of a builder. Values with the same edge share an arc.
    fn write(&self, builder: &mut Builder) -> Factor {
        let yes = builder.yes();
        let nodes = self.forest.below(self.root);
        let mut factors =
            hashbrown::HashMap::<u32, Factor, std::hash::BuildHasherDefault<rustc_hash::FxHasher>>::default();
        factors.insert(Function::ZERO.node, yes);
        for &node in &nodes {
            let Some((variable, edges)) = self.forest.open(node) else { continue };
            let mut groups: Vec<(Function, Vec<ValueId>)> = Vec::new();
            for (value, &edge) in edges.iter().enumerate().filter(|(_, edge)| !Forest::is_nowhere(edge.node))
            {
                match groups.iter_mut().find(|(other, _)| *other == edge) {
                    Some((_, values)) => values.push(ValueId::new(value)),
                    None => groups.push((edge, vec![ValueId::new(value)])),
                }
            }
            let mut arcs = Vec::with_capacity(groups.len());
            for (edge, values) in groups {
                let one_of = builder.one_of(variable, &values);
                let child = factors.get(&edge.node).copied().unwrap_or(Factor::FALSE);
                arcs.push(Arc { cost: edge.cost, factors: vec![one_of, child] });
            }
            let factor = builder.node(arcs);
            factors.insert(node, factor);
        }
        let below = factors.get(&self.root.node).copied().unwrap_or(Factor::FALSE);
        builder.node(vec![Arc { cost: self.root.cost, factors: vec![below] }])
    }
}
