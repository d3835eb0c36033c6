//! Building diagrams from the bottom up: equal nodes once, then what is reachable, and every arc of a node speaking of the same
//! variables.

use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::{HashMap, HashTable};
use rustc_hash::FxHasher;

use crate::diagram::columns::Columns;
use crate::diagram::{Arc, Diagram, Factor, narrow};
use crate::model::{ValueId, VariableId};

/// Builds a diagram from the bottom up; equal nodes are made once.
#[derive(Debug)]
pub(crate) struct Builder {
    first: Vec<u32>,
    arcs: Vec<u32>,
    factors_of: Vec<u32>,
    costs: Vec<i64>,
    factors: Vec<u32>,
    known: HashTable<u32>,
}

impl Builder {
    /// A builder over variables with these domain sizes.
    pub(crate) fn new(sizes: &[usize]) -> Self {
        Self {
            first: offsets(sizes),
            arcs: vec![0],
            factors_of: vec![0],
            costs: Vec::new(),
            factors: Vec::new(),
            known: HashTable::new(),
        }
    }

    /// The factor that says that a variable has a value.
    pub(crate) fn literal(&self, variable: VariableId, value: ValueId) -> Factor {
        Factor(self.first[variable.index()] + value.0)
    }

    /// A variable has one of these values.
    pub(crate) fn one_of(&mut self, variable: VariableId, values: &[ValueId]) -> Factor {
        let arcs = values.iter().map(|&value| Arc { cost: 0, factors: vec![self.literal(variable, value)] });
        let arcs = arcs.collect();
        self.node(arcs)
    }

    /// The product of nothing: every assignment.
    pub(crate) fn yes(&mut self) -> Factor {
        self.node(vec![Arc { cost: 0, factors: Vec::new() }])
    }

    /// A node with these arcs, which exclude each other. Arcs with [`Factor::FALSE`] are left out; without any arc it is
    /// [`Factor::FALSE`]; one that is the same as its only factor is that factor.
    pub(crate) fn node(&mut self, arcs: Vec<Arc>) -> Factor {
        let literals = self.literals();
        let mut clean: Vec<Arc> = Vec::with_capacity(arcs.len());
        for mut arc in arcs {
            if arc.factors.contains(&Factor::FALSE) {
                continue;
            }
            arc.factors.retain(|factor| !(factor.0 >= literals && self.is_yes(factor.0 - literals)));
            arc.factors.sort_unstable();
            clean.push(arc);
        }
        clean.sort_unstable_by(|one, other| (&one.factors, one.cost).cmp(&(&other.factors, other.cost)));
        match &clean[..] {
            [] => return Factor::FALSE,
            [Arc { cost: 0, factors }] if factors.len() == 1 => return factors[0],
            _ => {}
        }
        let hash = hash_of(&clean);
        let (node_arcs, factors_of, costs, factors) =
            (&self.arcs, &self.factors_of, &self.costs, &self.factors);
        let same = |&node: &u32| {
            let arcs = node_arcs[node as usize] as usize..node_arcs[node as usize + 1] as usize;
            arcs.len() == clean.len()
                && arcs.zip(&clean).all(|(at, arc)| {
                    let own = &factors[factors_of[at] as usize..factors_of[at + 1] as usize];
                    costs[at] == arc.cost
                        && own.len() == arc.factors.len()
                        && own.iter().zip(&arc.factors).all(|(one, other)| *one == other.0)
                })
        };
        if let Some(&node) = self.known.find(hash, same) {
            return Factor(literals + node);
        }
        let node = narrow(self.arcs.len() - 1);
        for arc in &clean {
            self.costs.push(arc.cost);
            self.factors.extend(arc.factors.iter().map(|factor| factor.0));
            self.factors_of.push(narrow(self.factors.len()));
        }
        self.arcs.push(narrow(self.costs.len()));
        let read = |&node: &u32| {
            let arcs = self.arcs[node as usize] as usize..self.arcs[node as usize + 1] as usize;
            let arcs: Vec<Arc> =
                arcs.map(|at| arc_at(&self.costs, &self.factors_of, &self.factors, at)).collect();
            hash_of(&arcs)
        };
        self.known.insert_unique(hash, node, read);
        Factor(literals + node)
    }

    /// The diagram below a factor: without what can't be reached, products of products flattened, and with every arc of a
    /// node speaking of the same variables. Variables that are mentioned nowhere may have any value.
    pub(crate) fn finish(self, root: Factor) -> Diagram {
        if root == Factor::FALSE {
            return Diagram { first: self.first, ..Diagram::default() }.in_columns();
        }
        let mut finished = Finished::new(&self.first);
        let root = finished.copy(&self, root);
        finished.close(root)
    }

    fn literals(&self) -> u32 {
        self.first.last().copied().unwrap_or(0)
    }

    fn is_yes(&self, node: u32) -> bool {
        let arcs = self.arcs[node as usize] as usize..self.arcs[node as usize + 1] as usize;
        arcs.len() == 1
            && self.costs[arcs.start] == 0
            && self.factors_of[arcs.start] == self.factors_of[arcs.start + 1]
    }
}

impl Diagram {
    /// The same over larger domains: `members` says, by variable and value, which values there each one stands for.
    pub(crate) fn spread(&self, members: &[Vec<Vec<ValueId>>]) -> Self {
        let sizes = members.iter().map(|classes| classes.iter().map(Vec::len).sum());
        let mut builder = Builder::new(&sizes.collect::<Vec<usize>>());
        let mut factors = Vec::with_capacity(self.literals() + self.nodes());
        for (variable, classes) in members.iter().enumerate() {
            factors.extend(classes.iter().map(|class| builder.one_of(VariableId::new(variable), class)));
        }
        for node in 0..self.nodes() {
            let arcs = self.arcs_of(node).map(|at| {
                let mut arc = arc_at(&self.costs, &self.factors_of, &self.factors, at);
                arc.factors.iter_mut().for_each(|factor| *factor = factors[factor.0 as usize]);
                arc
            });
            let factor = builder.node(arcs.collect());
            factors.push(factor);
        }
        let root = factors.pop().filter(|_| self.nodes() > 0).unwrap_or(Factor::FALSE);
        builder.finish(root)
    }
}

/// First literals by variable, from the sizes of the domains.
fn offsets(sizes: &[usize]) -> Vec<u32> {
    let mut first = Vec::with_capacity(sizes.len() + 1);
    let mut total = 0_u32;
    first.push(0);
    for &size in sizes {
        total = total.saturating_add(u32::try_from(size).unwrap_or(u32::MAX));
        first.push(total);
    }
    first
}

fn arc_at(costs: &[i64], factors_of: &[u32], factors: &[u32], at: usize) -> Arc {
    let own = &factors[factors_of[at] as usize..factors_of[at + 1] as usize];
    Arc { cost: costs[at], factors: own.iter().map(|&factor| Factor(factor)).collect() }
}

fn hash_of(arcs: &[Arc]) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(arcs)
}

/// A set of variables, one bit each.
type Variables = Box<[u64]>;

/// The second half of building: what is reachable, smoothed.
struct Finished {
    out: Builder,
    /// By node of `out`: the variables it speaks of.
    spoken: Vec<Variables>,
    /// By literal: its variable.
    variable_of: Vec<u32>,
    words: usize,
    /// Nodes that leave variables open, by the set of these.
    open: HashMap<Variables, Factor, BuildHasherDefault<FxHasher>>,
}

impl Finished {
    fn new(first: &[u32]) -> Self {
        let sizes: Vec<usize> = first.windows(2).map(|pair| (pair[1] - pair[0]) as usize).collect();
        let mut variable_of = Vec::new();
        for (variable, &size) in sizes.iter().enumerate() {
            variable_of.resize(variable_of.len() + size, narrow(variable));
        }
        Self {
            out: Builder::new(&sizes),
            spoken: Vec::new(),
            variable_of,
            words: sizes.len().div_ceil(64),
            open: HashMap::default(),
        }
    }

    /// Copies what is below a factor of another builder, children first.
    fn copy(&mut self, from: &Builder, root: Factor) -> Factor {
        let literals = from.literals();
        if root.0 < literals {
            return root;
        }
        let top = (root.0 - literals) as usize;
        let mut uses = vec![0_u32; top + 1];
        uses[top] = 1;
        for node in (0..=top).rev() {
            if uses[node] == 0 {
                continue;
            }
            let factors = from.factors_of[from.arcs[node] as usize] as usize
                ..from.factors_of[from.arcs[node + 1] as usize] as usize;
            for &factor in from.factors[factors].iter().filter(|&&factor| factor >= literals) {
                uses[(factor - literals) as usize] += 1;
            }
        }
        let mut copied = vec![Factor::FALSE; top + 1];
        // A product that is used once becomes part of the arc that uses it.
        let mut inlined: HashMap<u32, Arc, BuildHasherDefault<FxHasher>> = HashMap::default();
        for node in 0..=top {
            if uses[node] == 0 {
                continue;
            }
            let arcs = from.arcs[node] as usize..from.arcs[node + 1] as usize;
            let single = arcs.len() == 1;
            let mut ready = Vec::with_capacity(arcs.len());
            for at in arcs {
                let mut arc = Arc { cost: from.costs[at], factors: Vec::new() };
                let own = &from.factors[from.factors_of[at] as usize..from.factors_of[at + 1] as usize];
                for &factor in own {
                    if factor < literals {
                        arc.factors.push(Factor(factor));
                    } else if let Some(product) = inlined.remove(&(factor - literals)) {
                        arc.cost = arc.cost.saturating_add(product.cost);
                        arc.factors.extend(product.factors);
                    } else {
                        arc.factors.push(copied[(factor - literals) as usize]);
                    }
                }
                ready.push(arc);
            }
            match ready.pop() {
                Some(arc) if single && uses[node] == 1 && node != top => {
                    drop(inlined.insert(narrow(node), arc))
                }
                Some(arc) => {
                    ready.push(arc);
                    copied[node] = self.smooth(ready);
                }
                None => {}
            }
        }
        copied[top]
    }

    /// The variables a factor speaks of, added to a set.
    fn add_spoken(&self, factor: Factor, set: &mut [u64]) {
        let literals = self.out.literals();
        if factor.0 < literals {
            let variable = self.variable_of[factor.0 as usize] as usize;
            set[variable / 64] |= 1 << (variable % 64);
        } else {
            let other = &self.spoken[(factor.0 - literals) as usize];
            set.iter_mut().zip(other).for_each(|(word, other)| *word |= other);
        }
    }

    fn spoken_by(&self, factors: &[Factor]) -> Variables {
        let mut set = vec![0; self.words].into_boxed_slice();
        factors.iter().for_each(|&factor| self.add_spoken(factor, &mut set));
        set
    }

    /// A node whose arcs all speak of the same variables.
    fn smooth(&mut self, mut arcs: Vec<Arc>) -> Factor {
        let sets: Vec<Variables> = arcs.iter().map(|arc| self.spoken_by(&arc.factors)).collect();
        let mut all = vec![0; self.words].into_boxed_slice();
        for set in &sets {
            all.iter_mut().zip(set).for_each(|(word, other)| *word |= other);
        }
        for (arc, set) in arcs.iter_mut().zip(&sets) {
            let missing: Variables = all.iter().zip(set).map(|(all, own)| all & !own).collect();
            if missing.iter().any(|&word| word != 0) {
                let open = self.leave_open(missing);
                arc.factors.push(open);
            }
        }
        self.add(arcs, all)
    }

    fn add(&mut self, arcs: Vec<Arc>, set: Variables) -> Factor {
        let factor = self.out.node(arcs);
        let literals = self.out.literals();
        if factor.0 >= literals && (factor.0 - literals) as usize == self.spoken.len() {
            self.spoken.push(set);
        }
        factor
    }

    /// A factor that lets these variables have any value.
    fn leave_open(&mut self, set: Variables) -> Factor {
        if let Some(&factor) = self.open.get(&set) {
            return factor;
        }
        // Sets have much in common: what they have of 64 variables each is a node of its own.
        let mut parts = Vec::new();
        for (word, &bits) in set.iter().enumerate().filter(|(_, bits)| **bits != 0) {
            let mut own = vec![0; self.words].into_boxed_slice();
            own[word] = bits;
            let part = match self.open.get(&own) {
                Some(&part) => part,
                None => {
                    let any =
                        (0..64).filter(|bit| bits >> bit & 1 == 1).map(|bit| self.any_value(word * 64 + bit));
                    let factors = any.collect::<Vec<_>>();
                    let part = self.add(vec![Arc { cost: 0, factors }], own.clone());
                    self.open.insert(own, part);
                    part
                }
            };
            parts.push(part);
        }
        let factor = self.add(vec![Arc { cost: 0, factors: parts }], set.clone());
        self.open.insert(set, factor);
        factor
    }

    /// A factor that lets one variable have any value.
    fn any_value(&mut self, variable: usize) -> Factor {
        let mut only = vec![0; self.words].into_boxed_slice();
        only[variable / 64] = 1 << (variable % 64);
        let literals = self.out.first[variable]..self.out.first[variable + 1];
        let arcs = literals.map(|literal| Arc { cost: 0, factors: vec![Factor(literal)] }).collect();
        self.add(arcs, only)
    }

    fn close(mut self, root: Factor) -> Diagram {
        let mut all = vec![0; self.words].into_boxed_slice();
        for variable in 0..self.out.first.len() - 1 {
            all[variable / 64] |= 1 << (variable % 64);
        }
        let own = self.spoken_by(&[root]);
        let missing: Variables = all.iter().zip(&own).map(|(all, own)| all & !own).collect();
        let mut factors = vec![root];
        if missing.iter().any(|&word| word != 0) {
            factors.push(self.leave_open(missing));
        }
        let literals = self.out.literals();
        let last = narrow(self.out.arcs.len() - 1).saturating_add(literals).saturating_sub(1);
        if factors.len() > 1 || root.0 != last || root.0 < literals {
            // Also a root that is a literal, or that other nodes were made after, gets a node of its own at the end.
            self.out.costs.push(0);
            self.out.factors.extend(factors.iter().map(|factor| factor.0));
            self.out.factors_of.push(narrow(self.out.factors.len()));
            self.out.arcs.push(narrow(self.out.costs.len()));
        }
        let Builder { first, arcs, factors_of, costs, factors, .. } = self.out;
        Diagram { first, arcs, factors_of, costs, factors, columns: Columns::default() }.in_columns()
    }
}
