//! Models as propositional formulas in conjunctive normal form, for solvers and for the compiler of decision-DNNF.
//!
//! A variable of two values becomes one Boolean, a larger one a Boolean per value of which exactly one is true.
//! Auxiliary Booleans are always *defined*: every assignment of the model extends to them in exactly one way, so the
//! formula has as many models as the model has valid assignments.
//!
//! Tables and comparisons become small decision diagrams first, and these become a clause per path to
//! false when there are few, otherwise a Boolean per node. Formulas are distributed while that stays small, as
//! Tseitin ("On the complexity of derivation in propositional calculus", 1968) otherwise; counts are sequential
//! counters (Sinz, "Towards an optimal CNF encoding of Boolean cardinality constraints", 2005), defined both ways.

pub(crate) mod diagram;

use std::ops::Range;

use crate::model::{Comparison, Constraint, ConstraintKind, Formula, Model, ValueId, VariableId};

use diagram::{Diagram, FALSE};

/// Clauses that say what a model says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cnf {
    /// How many Booleans there are.
    pub variables: usize,
    /// Clauses: literals as in DIMACS, the Booleans counted from 1, negative for "not".
    pub clauses: Vec<Vec<i32>>,
    /// By model variable, by value: the literal that says that the variable has the value.
    pub literals: Vec<Vec<i32>>,
    /// By constraint: the clauses that say it, with the definitions of auxiliary Booleans only they use. Clauses in
    /// no group say that every variable has exactly one value.
    pub groups: Vec<Range<usize>>,
}

/// How large a formula may grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most clauses.
    pub clauses: usize,
    /// Most states visited while the diagram of one constraint is built.
    pub states: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { clauses: 20_000_000, states: 1_000_000 }
    }
}

/// A constraint, or the domain of a variable, needs more than a limit allows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{name}\" is too large to be written as clauses")]
pub struct TooLarge {
    /// Name of the constraint or variable.
    pub name: String,
}

impl Cnf {
    /// The clauses of a model.
    ///
    /// # Errors
    /// When a constraint outgrows a limit.
    pub fn new(model: &Model, limits: &Limits) -> Result<Self, TooLarge> {
        let mut encoder = Encoder::new(*limits);
        for variable in &model.variables {
            let literals = encoder.domain(variable.size()).map_err(|Full| too_large(&variable.name))?;
            encoder.cnf.literals.push(literals);
        }
        for (index, variable) in model.variables.iter().enumerate() {
            if variable.size() != 2 {
                let literals = encoder.cnf.literals[index].clone();
                encoder.exactly_one(&literals).map_err(|Full| too_large(&variable.name))?;
            }
        }
        for Constraint { name, kind } in &model.constraints {
            let start = encoder.cnf.clauses.len();
            encoder.constraint(kind).map_err(|Full| too_large(name))?;
            let end = encoder.cnf.clauses.len();
            encoder.cnf.groups.push(start..end);
        }
        Ok(encoder.cnf)
    }
}

fn too_large(name: &str) -> TooLarge {
    TooLarge { name: name.to_owned() }
}

/// A limit is reached.
struct Full;

type Clause = Vec<i32>;

/// The Boolean that is always true, so that constants are literals too.
pub(crate) const TRUTH: i32 = 1;
/// Most clauses that a product of clause lists is multiplied out to.
const DISTRIBUTED: usize = 16;
/// Most clauses that say a count or a diagram without auxiliary Booleans.
const DIRECT: u64 = 64;
/// Most literals of which "at most one" is said pair by pair.
const PAIRWISE: usize = 8;

struct Encoder {
    limits: Limits,
    cnf: Cnf,
}

impl Encoder {
    fn new(limits: Limits) -> Self {
        let cnf = Cnf { variables: 1, clauses: vec![vec![TRUTH]], literals: Vec::new(), groups: Vec::new() };
        Self { limits, cnf }
    }

    fn fresh(&mut self) -> Result<i32, Full> {
        self.cnf.variables += 1;
        i32::try_from(self.cnf.variables).map_err(|_| Full)
    }

    /// Adds a clause, unless it always holds.
    fn add(&mut self, mut clause: Clause) -> Result<(), Full> {
        clause.retain(|&literal| literal != -TRUTH);
        clause.sort_unstable_by_key(|literal| (literal.abs(), *literal));
        clause.dedup();
        if clause.contains(&TRUTH) || clause.windows(2).any(|pair| pair[0] == -pair[1]) {
            return Ok(());
        }
        if self.cnf.clauses.len() >= self.limits.clauses {
            return Err(Full);
        }
        self.cnf.clauses.push(clause);
        Ok(())
    }

    fn add_all(&mut self, clauses: Vec<Clause>) -> Result<(), Full> {
        clauses.into_iter().try_for_each(|clause| self.add(clause))
    }

    /// Literals for the values of a variable.
    fn domain(&mut self, size: usize) -> Result<Vec<i32>, Full> {
        match size {
            1 => Ok(vec![TRUTH]),
            2 => self.fresh().map(|literal| vec![-literal, literal]),
            _ => (0..size).map(|_| self.fresh()).collect(),
        }
    }

    fn exactly_one(&mut self, literals: &[i32]) -> Result<(), Full> {
        self.add(literals.to_vec())?;
        let clauses = self.at_most_one(literals)?;
        self.add_all(clauses)
    }

    /// Pair by pair, or in groups each with a Boolean that says whether one of it is true.
    fn at_most_one(&mut self, literals: &[i32]) -> Result<Vec<Clause>, Full> {
        let mut clauses = Vec::new();
        if literals.len() <= PAIRWISE {
            let negated: Clause = literals.iter().map(|literal| -literal).collect();
            subsets(&negated, 2, &mut Vec::new(), &mut clauses);
            return Ok(clauses);
        }
        let mut heads = Vec::new();
        for group in literals.chunks(literals.len().isqrt() + 1) {
            clauses.extend(self.at_most_one(group)?);
            heads.push(self.any(group)?);
        }
        clauses.extend(self.at_most_one(&heads)?);
        Ok(clauses)
    }

    /// A literal that is true exactly when one of these is.
    fn any(&mut self, literals: &[i32]) -> Result<i32, Full> {
        if literals.contains(&TRUTH) {
            return Ok(TRUTH);
        }
        let literals: Clause = literals.iter().copied().filter(|&literal| literal != -TRUTH).collect();
        match literals[..] {
            [] => Ok(-TRUTH),
            [literal] => Ok(literal),
            _ => {
                let head = self.fresh()?;
                for literal in &literals {
                    self.add(vec![-literal, head])?;
                }
                let mut clause = literals;
                clause.push(-head);
                self.add(clause)?;
                Ok(head)
            }
        }
    }

    /// A literal that is true exactly when all of these are.
    fn all(&mut self, literals: &[i32]) -> Result<i32, Full> {
        let negated: Clause = literals.iter().map(|literal| -literal).collect();
        self.any(&negated).map(|literal| -literal)
    }

    /// A literal that is true exactly when all the clauses hold.
    fn conjunction(&mut self, clauses: &[Clause]) -> Result<i32, Full> {
        let literals: Clause = clauses.iter().map(|clause| self.any(clause)).collect::<Result<_, _>>()?;
        self.all(&literals)
    }

    fn constraint(&mut self, kind: &ConstraintKind) -> Result<(), Full> {
        let clauses = match kind {
            ConstraintKind::Formula(formula) => self.formula(formula, true)?,
            ConstraintKind::Table { scope, tuples, allowed } => {
                let sizes = self.sizes();
                let diagram = Diagram::table(scope, tuples, *allowed, &sizes);
                let mut clauses = self.diagram(&diagram)?;
                if let ([first, second], true) = (&scope[..], *allowed) {
                    // The supports of both variables, for propagation in both directions.
                    let (pairs, _) = tuples.as_chunks();
                    let swapped: Vec<ValueId> = pairs.iter().flat_map(|&[one, other]| [other, one]).collect();
                    clauses.extend(self.diagram(&Diagram::table(
                        &[*second, *first],
                        &swapped,
                        true,
                        &sizes,
                    ))?);
                }
                clauses
            }
        };
        self.add_all(clauses)
    }

    fn sizes(&self) -> Vec<usize> {
        self.cnf.literals.iter().map(Vec::len).collect()
    }

    /// Clauses that hold exactly when a formula does (`positive`) or does not.
    fn formula(&mut self, formula: &Formula, positive: bool) -> Result<Vec<Clause>, Full> {
        match formula {
            Formula::In(variable, values) => Ok(vec![self.membership(*variable, values, positive)]),
            Formula::Not(formula) => self.formula(formula, !positive),
            Formula::And(parts) if positive => self.every(parts, true),
            Formula::Or(parts) if !positive => self.every(parts, false),
            Formula::And(parts) | Formula::Or(parts) => self.some(parts, positive),
            Formula::Count { min, max, of } => {
                let literals = of.iter().map(|part| {
                    let clauses = self.formula(part, true)?;
                    self.conjunction(&clauses)
                });
                let literals: Clause = literals.collect::<Result<_, _>>()?;
                self.count(&literals, *min as usize, *max as usize, positive)
            }
            Formula::Compare(left, comparison, right) => {
                let comparison = if positive { *comparison } else { opposite(*comparison) };
                let sizes = self.sizes();
                let diagram = Diagram::comparison(left, comparison, right, &sizes, self.limits.states);
                self.diagram(&diagram.ok_or(Full)?)
            }
        }
    }

    /// A clause that says whether a variable has one of these values.
    fn membership(&self, variable: VariableId, values: &[ValueId], positive: bool) -> Clause {
        let literals = self.cnf.literals.get(variable.index()).map_or(&[][..], Vec::as_slice);
        let wanted = |value: usize| values.contains(&ValueId::new(value)) == positive;
        literals.iter().enumerate().filter(|(value, _)| wanted(*value)).map(|(_, literal)| *literal).collect()
    }

    fn every(&mut self, parts: &[Formula], positive: bool) -> Result<Vec<Clause>, Full> {
        let mut clauses = Vec::new();
        for part in parts {
            clauses.extend(self.formula(part, positive)?);
        }
        Ok(clauses)
    }

    /// Multiplied out while that gives few clauses; what does not fit gets a literal.
    fn some(&mut self, parts: &[Formula], positive: bool) -> Result<Vec<Clause>, Full> {
        let mut product = vec![Clause::new()];
        for part in parts {
            let mut clauses = self.formula(part, positive)?;
            if product.len() * clauses.len() > DISTRIBUTED {
                clauses = vec![vec![self.conjunction(&clauses)?]];
            }
            let pairs =
                product.iter().flat_map(|left| clauses.iter().map(|right| [&left[..], right].concat()));
            product = pairs.collect();
        }
        Ok(product)
    }

    /// Between `min` and `max` of the literals are true, or not.
    fn count(
        &mut self,
        literals: &[i32],
        min: usize,
        max: usize,
        positive: bool,
    ) -> Result<Vec<Clause>, Full> {
        let size = literals.len();
        let (few, many) = (min > 0, max < size);
        let impossible = min > max || min > size;
        match (impossible, few, many, positive) {
            (true, _, _, true) | (false, false, false, false) => return Ok(vec![Clause::new()]),
            (true, _, _, false) | (false, false, false, true) => return Ok(Vec::new()),
            (false, false, true, false) => return self.count(literals, max + 1, size, true),
            (false, true, false, false) => return self.count(literals, 0, min - 1, true),
            _ => {}
        }
        let negated: Clause = literals.iter().map(|literal| -literal).collect();
        // At least `min` true: one among every `size - min + 1`; at most `max`: one false among every `max + 1`.
        let least = if few { combinations(size, size - min + 1) } else { 0 };
        let most = if many { combinations(size, max + 1) } else { 0 };
        if positive && least <= DIRECT && (most <= DIRECT || max == 1) {
            let mut clauses = if many && max == 1 { self.at_most_one(literals)? } else { Vec::new() };
            if few {
                subsets(literals, size - min + 1, &mut Vec::new(), &mut clauses);
            }
            if many && max != 1 {
                subsets(&negated, max + 1, &mut Vec::new(), &mut clauses);
            }
            return Ok(clauses);
        }
        // Counting those that are false is the same with the bounds turned around: the narrower counter is taken.
        let width = |min: usize, max: usize| if max < size { max + 1 } else { min };
        let (low, high) = (size - max.min(size), size - min);
        let literal = if width(low, high) < width(min, max) {
            self.counter(&negated, low, high)?
        } else {
            self.counter(literals, min, max)?
        };
        Ok(vec![vec![if positive { literal } else { -literal }]])
    }

    /// A literal that is true exactly when between `min` and `max` of the literals are.
    fn counter(&mut self, literals: &[i32], min: usize, max: usize) -> Result<i32, Full> {
        let width = if max < literals.len() { max + 1 } else { min };
        // By number: whether at least so many of the literals so far are true.
        let mut row = vec![-TRUTH; width + 1];
        row[0] = TRUTH;
        for &literal in literals {
            for number in (1..=width).rev() {
                let step = self.all(&[row[number - 1], literal])?;
                row[number] = self.any(&[row[number], step])?;
            }
        }
        let below = if max < literals.len() { -row[max + 1] } else { TRUTH };
        self.all(&[row[min], below])
    }

    /// Clauses that hold exactly when the diagram's path ends in true.
    fn diagram(&mut self, diagram: &Diagram) -> Result<Vec<Clause>, Full> {
        let arcs: Vec<Vec<Arc>> = (0..diagram.nodes.len()).map(|node| self.arcs(diagram, node)).collect();
        let mut paths: Vec<u64> = Vec::with_capacity(arcs.len());
        for (node, arcs) in arcs.iter().enumerate() {
            let sum = arcs.iter().map(|arc| paths[arc.child]).fold(0, u64::saturating_add);
            paths.push(if node == FALSE { 1 } else { sum });
        }
        let size: usize = arcs.iter().map(Vec::len).sum();
        if paths[diagram.root] <= DIRECT.max(2 * size as u64) {
            let mut clauses = Vec::new();
            false_paths(&arcs, &paths, diagram.root, &mut Clause::new(), &mut clauses);
            return Ok(clauses);
        }
        let mut literals: Vec<i32> = vec![-TRUTH, TRUTH];
        for arcs in &arcs[literals.len()..] {
            let literal = self.node(arcs, &literals)?;
            literals.push(literal);
        }
        Ok(vec![vec![literals[diagram.root]]])
    }

    /// A literal that is true exactly when the path from a node ends in true.
    fn node(&mut self, arcs: &[Arc], literals: &[i32]) -> Result<i32, Full> {
        let head = self.fresh()?;
        for Arc { unless, child } in arcs {
            self.add([&unless[..], &[-head, literals[*child]]].concat())?;
            self.add([&unless[..], &[head, -literals[*child]]].concat())?;
        }
        // Implied by the others, but not seen by propagation alone.
        let children: Clause = arcs.iter().map(|arc| literals[arc.child]).collect();
        self.add([&children[..], &[-head]].concat())?;
        self.add(children.iter().map(|child| -child).chain([head]).collect())?;
        Ok(head)
    }

    /// The arcs of a node. Values that lead to the same child share an arc where that is shorter.
    fn arcs(&self, diagram: &Diagram, node: usize) -> Vec<Arc> {
        let node = &diagram.nodes[node];
        let mut children = node.children.clone();
        children.sort_unstable();
        children.dedup();
        let mut arcs = Vec::new();
        for child in children {
            let values = (0..node.children.len()).filter(|&value| node.children[value] == child);
            let values: Vec<ValueId> = values.map(ValueId::new).collect();
            let variable = diagram.scope[node.level];
            if node.children.len() - values.len() <= values.len() {
                arcs.push(Arc { unless: self.membership(variable, &values, false), child });
            } else {
                let literals = &self.cnf.literals[variable.index()];
                arcs.extend(values.iter().map(|value| Arc { unless: vec![-literals[value.index()]], child }));
            }
        }
        arcs
    }
}

/// An arc of a diagram's node: the clause `unless` says that it is not taken.
struct Arc {
    unless: Clause,
    child: usize,
}

fn false_paths(arcs: &[Vec<Arc>], paths: &[u64], node: usize, clause: &mut Clause, found: &mut Vec<Clause>) {
    if node == FALSE {
        found.push(clause.clone());
        return;
    }
    for arc in arcs[node].iter().filter(|arc| paths[arc.child] > 0) {
        let length = clause.len();
        clause.extend_from_slice(&arc.unless);
        false_paths(arcs, paths, arc.child, clause, found);
        clause.truncate(length);
    }
}

fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::Unequal,
        Comparison::Unequal => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::Less,
        Comparison::More => Comparison::AtMost,
        Comparison::AtMost => Comparison::More,
    }
}

/// How many sets of `chosen` among `size` there are, saturating.
fn combinations(size: usize, chosen: usize) -> u64 {
    let chosen = chosen.min(size.saturating_sub(chosen));
    let next =
        |count: u128, index: usize| (count * (size - index) as u128 / (index as u128 + 1)).min(1 << 64);
    u64::try_from((0..chosen).fold(1, next)).unwrap_or(u64::MAX)
}

/// All sets of `size` literals, behind a prefix.
fn subsets(literals: &[i32], size: usize, prefix: &mut Clause, found: &mut Vec<Clause>) {
    if size == 0 {
        found.push(prefix.clone());
        return;
    }
    for index in 0..(literals.len() + 1).saturating_sub(size) {
        prefix.push(literals[index]);
        subsets(&literals[index + 1..], size - 1, prefix, found);
        prefix.pop();
    }
}
