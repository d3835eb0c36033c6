//! Compiles clauses top-down into a diagram of decisions and independent parts (decision-DNNF).
//!
//! Clauses are simplified, a tree decomposition says which variables separate the rest, and a search with propagation,
//! learning and a cache of components leaves its trace behind, which is the diagram.

mod cache;
mod component;
mod literal;
mod prices;
mod propagation;
mod search;
mod separate;
mod simplify;
mod trace;

use crate::cnf::{self, Cnf};
use crate::diagram::builder::Builder;
use crate::diagram::{Arc, Diagram, Factor};
use crate::model::{Model, ValueId, VariableId};
use component::Components;
use literal::Literal;
use prices::Priced;
use propagation::{Exhausted, Propagation};
use search::Search;
use simplify::{Meaning, Simplified, simplify};
use trace::{Trace, TraceFactor};

/// How much may be spent on a compilation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most factors in all arcs of the trace, at 4 bytes each.
    pub factors: usize,
    /// Most literals propagated; a few million take a second.
    pub steps: u64,
    /// Bytes for the keys of remembered components, at most 2 GiB. When they are full, remembering starts afresh.
    pub cache_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { factors: 20_000_000, steps: 200_000_000, cache_bytes: 1 << 28 }
    }
}

/// Why there is no diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DnnfError {
    /// More than [`Limits::factors`].
    #[error("the diagram grows beyond {0} factors")]
    TooLarge(usize),
    /// More than [`Limits::steps`].
    #[error("compiling takes more than {0} propagated literals")]
    TooLong(u64),
    /// A literal of no Boolean.
    #[error("{0} is no literal of {1} variables")]
    NoLiteral(i32, usize),
    /// A constraint or a price of the model takes too many clauses.
    #[error("a constraint or a price is too large to be written as clauses")]
    NoClauses,
}

impl Model {
    /// The diagram of all valid assignments by way of clauses, with the prices that depend on several variables on its
    /// arcs. Prices of single values are no part of it. Equal models give equal diagrams.
    ///
    /// # Errors
    /// A limit is reached, or a constraint or a price is too large to be written as clauses.
    pub fn compile_clauses(&self, limits: &Limits) -> Result<Diagram, DnnfError> {
        let Priced { model, amounts, constant } =
            prices::with_prices_as_variables(self).ok_or(DnnfError::NoClauses)?;
        let mut cnf = Cnf::new(&model, &cnf::Limits::default()).map_err(|_| DnnfError::NoClauses)?;
        let costs = amounts.iter().flat_map(|(variable, amounts)| {
            cnf.literals[variable.index()].iter().copied().zip(amounts.iter().copied())
        });
        let costs: Vec<(i32, i64)> = costs.collect();
        cnf.literals.truncate(self.variables.len());
        cnf.compile(&costs, constant, limits)
    }
}

impl Cnf {
    /// The diagram of the model's assignments that extend to a solution of the clauses, of which none does in two ways.
    /// A solution costs `base` and for each of its true literals what `costs` says, in minor units. Equal input gives
    /// equal diagrams.
    ///
    /// # Errors
    /// A limit is reached, or a literal is none.
    pub(crate) fn compile(
        &self,
        costs: &[(i32, i64)],
        base: i64,
        limits: &Limits,
    ) -> Result<Diagram, DnnfError> {
        let read = |number: i32| {
            let index = (number.unsigned_abs() as usize).wrapping_sub(1);
            if index < self.variables && self.variables <= MOST_VARIABLES {
                Ok(Literal::new(index, number > 0))
            } else {
                Err(DnnfError::NoLiteral(number, self.variables))
            }
        };
        let read_list = |list: &Vec<i32>| list.iter().map(|&number| read(number)).collect();
        let clauses: Vec<Vec<Literal>> = self.clauses.iter().map(read_list).collect::<Result<_, _>>()?;
        let literals: Vec<Vec<Literal>> = self.literals.iter().map(read_list).collect::<Result<_, _>>()?;
        let costs: Vec<(Literal, i64)> =
            costs.iter().map(|&(number, cost)| Ok((read(number)?, cost))).collect::<Result<_, _>>()?;
        let sizes: Vec<usize> = literals.iter().map(Vec::len).collect();
        let mut builder = Builder::new(&sizes);
        let simplified = simplify(self.variables, clauses, limits.steps)
            .map_err(|Exhausted| DnnfError::TooLong(limits.steps))?;
        let root = match simplified {
            Some(simplified) => {
                let mut said = Said::new(&simplified, &literals, &costs, &builder);
                said.always_costs = said.always_costs.saturating_add(base);
                let trace = search(&simplified, &literals, &said.is_told(&sizes), limits)?;
                said.write(&trace, &mut builder)
            }
            None => Factor::FALSE,
        };
        Ok(builder.finish(root))
    }
}

/// Literals and factors are numbered in 32 bits.
const MOST_VARIABLES: usize = 1 << 29;

/// The trace of a search through simplified clauses.
fn search(
    simplified: &Simplified,
    literals: &[Vec<Literal>],
    is_told: &[bool],
    limits: &Limits,
) -> Result<Trace, DnnfError> {
    let mut propagation = Propagation::new(simplified.variables);
    for clause in simplified.clauses.iter().chain(&simplified.redundant) {
        propagation.add(clause);
    }
    let open = |&literal: &Literal| match simplified.meaning(literal) {
        Meaning::Equal(literal) => Some(literal),
        Meaning::Fixed(_) => None,
    };
    let groups: Vec<Vec<Literal>> =
        literals.iter().map(|values| values.iter().filter_map(open).collect()).collect();
    let components = Components::new(simplified.variables, &simplified.clauses);
    let scores = separate::scores(&mut propagation, &simplified.clauses, &groups);
    Search::new(propagation, components, &scores, is_told, limits).run()
}

/// What Booleans say of the model's variables.
struct Said {
    /// What is so in every solution.
    always: Vec<Factor>,
    /// What every solution costs.
    always_costs: i64,
    /// By literal of the simplified clauses: what it says, with the model variable.
    by_literal: Vec<Vec<(VariableId, Factor)>>,
    /// By literal of the simplified clauses: what it costs.
    costs: Vec<i64>,
}

impl Said {
    fn new(
        simplified: &Simplified,
        literals: &[Vec<Literal>],
        costs: &[(Literal, i64)],
        builder: &Builder,
    ) -> Self {
        let mut said = Self {
            always: Vec::new(),
            always_costs: 0,
            by_literal: vec![Vec::new(); simplified.variables * 2],
            costs: vec![0; simplified.variables * 2],
        };
        for (variable, literals) in literals.iter().enumerate() {
            let variable = VariableId::new(variable);
            for (value, &literal) in literals.iter().enumerate() {
                let factor = builder.literal(variable, ValueId::new(value));
                match simplified.meaning(literal) {
                    Meaning::Fixed(true) => said.always.push(factor),
                    Meaning::Fixed(false) => {}
                    Meaning::Equal(literal) => said.by_literal[literal.index()].push((variable, factor)),
                }
            }
        }
        for &(literal, cost) in costs {
            let total = match simplified.meaning(literal) {
                Meaning::Fixed(true) => &mut said.always_costs,
                Meaning::Fixed(false) => continue,
                Meaning::Equal(literal) => &mut said.costs[literal.index()],
            };
            *total = total.saturating_add(cost);
        }
        said
    }

    /// By variable of the simplified clauses: whether its value must be told even where no clause depends on it. Else a
    /// diagram may leave it open, as it leaves the one model variable open that it stands for, if any.
    fn is_told(&self, sizes: &[usize]) -> Vec<bool> {
        let says = self.by_literal.chunks(2).map(|pair| match pair {
            [yes, no] => match (yes.as_slice(), no.as_slice()) {
                ([], []) => false,
                ([(one, _)], [(other, _)]) => one != other || sizes[one.index()] != 2,
                _ => true,
            },
            _ => true,
        });
        says.zip(self.costs.chunks(2))
            .map(|(says, costs)| says || costs.iter().any(|&cost| cost != 0))
            .collect()
    }

    /// Writes the trace as a diagram; its root.
    fn write(&self, trace: &Trace, builder: &mut Builder) -> Factor {
        let uses = trace.uses();
        let mut written: Vec<Written> = Vec::with_capacity(trace.nodes());
        for node in 0..trace.nodes() {
            if uses[node] == 0 {
                written.push(Written::Factor(Factor::FALSE));
                continue;
            }
            let mut arcs = Vec::new();
            for factors in trace.arcs(node) {
                let mut arc = Arc { cost: 0, factors: Vec::new() };
                let mut children = Vec::new();
                for &factor in factors {
                    match trace.decode(factor) {
                        TraceFactor::Literal(literal) => {
                            let said = &self.by_literal[literal.index()];
                            arc.factors.extend(said.iter().map(|(_, factor)| *factor));
                            arc.cost = arc.cost.saturating_add(self.costs[literal.index()]);
                        }
                        TraceFactor::Node(child) => children.push(child),
                    }
                }
                // An alternative that says nothing itself, as "another value" does, is the one node's alternatives.
                if let (0, [], &[child]) = (arc.cost, arc.factors.as_slice(), children.as_slice())
                    && uses[child] == 1
                    && let Written::Arcs(inner) = &mut written[child]
                {
                    arcs.append(inner);
                    continue;
                }
                for child in children {
                    arc.factors.push(written[child].factor(builder));
                }
                arcs.push(arc);
            }
            written.push(Written::Arcs(arcs));
        }
        let Some(root) = written.last_mut() else { return Factor::FALSE };
        let mut factors = vec![root.factor(builder)];
        factors.extend_from_slice(&self.always);
        builder.node(vec![Arc { cost: self.always_costs, factors }])
    }
}

/// A node of a trace in a diagram: its arcs until something refers to it.
enum Written {
    Arcs(Vec<Arc>),
    Factor(Factor),
}

impl Written {
    fn factor(&mut self, builder: &mut Builder) -> Factor {
        if let Self::Arcs(arcs) = self {
            *self = Self::Factor(builder.node(std::mem::take(arcs)));
        }
        match self {
            Self::Factor(factor) => *factor,
            Self::Arcs(_) => Factor::FALSE,
        }
    }
}

#[cfg(test)]
mod tests;
