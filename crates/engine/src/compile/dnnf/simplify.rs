//! Simplifies clauses without changing what satisfies them, apart from variables that turn out to be fixed or to equal
//! another, which are taken out and remembered.
//!
//! Fixed literals are found by asking for a solution that differs, equal literals by probing both values; clauses are
//! then shortened and dropped where propagation over the others shows it (Piette, Hamadi & Saïs, "Vivifying
//! propositional clausal formulae", 2008). Korhonen & Järvisalo ("SharpSAT-TD", 2021) found how much counting gains.

use super::literal::Literal;
use super::propagation::{ClauseReference, Exhausted, Propagation};

/// Clauses over the variables that are left, and what became of the others.
pub(super) struct Simplified {
    /// For each original variable, what it is now.
    pub meanings: Vec<Meaning>,
    /// How many variables are left.
    pub variables: usize,
    /// Clauses of at least two literals, sorted.
    pub clauses: Vec<Vec<Literal>>,
    /// Clauses that follow from `clauses` and help propagation.
    pub redundant: Vec<Vec<Literal>>,
}

/// What became of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// It has this value in every solution.
    Fixed(bool),
    /// It equals this literal of the variables that are left.
    Equal(Literal),
}

impl Simplified {
    /// What became of a literal.
    pub fn meaning(&self, literal: Literal) -> Meaning {
        through(self.meanings[literal.variable()], literal)
    }

    /// Takes variables out that have a value or equal another, which is left, and numbers the others anew.
    fn rewrite(&mut self, mut meanings: Vec<Meaning>) {
        let mut left = 0;
        for variable in 0..meanings.len() {
            let Meaning::Equal(root) = meanings[variable] else { continue };
            // The root is the lowest variable of those that are equal, and numbered before them.
            meanings[variable] = if root.variable() == variable {
                left += 1;
                Meaning::Equal(Literal::new(left - 1, true))
            } else {
                through(meanings[root.variable()], root)
            };
        }
        self.variables = left;
        for meaning in &mut self.meanings {
            if let Meaning::Equal(literal) = *meaning {
                *meaning = through(meanings[literal.variable()], literal);
            }
        }
        let mut rewritten = Vec::with_capacity(self.clauses.len());
        'clauses: for clause in &self.clauses {
            let mut literals = Vec::with_capacity(clause.len());
            for &literal in clause {
                match through(meanings[literal.variable()], literal) {
                    Meaning::Fixed(true) => continue 'clauses,
                    Meaning::Fixed(false) => {}
                    Meaning::Equal(literal) => literals.push(literal),
                }
            }
            rewritten.push(literals);
        }
        normalise(&mut rewritten);
        self.clauses = rewritten;
    }
}

/// Steps of propagation that each kind of simplification may take before it makes do with what it has found.
const STEPS: u64 = 5_000_000;

/// Simplifies clauses; nothing when they contradict each other. A first solution is looked for within `limit` steps.
///
/// # Errors
/// Whether there is a solution is not known within the limit.
pub(super) fn simplify(
    variables: usize,
    clauses: Vec<Vec<Literal>>,
    limit: u64,
) -> Result<Option<Simplified>, Exhausted> {
    let mut state = Simplified {
        meanings: (0..variables).map(|variable| Meaning::Equal(Literal::new(variable, true))).collect(),
        variables,
        clauses,
        redundant: Vec::new(),
    };
    if !fix(&mut state, limit)? {
        return Ok(None);
    }
    loop {
        let merged = merge(&mut state);
        shorten(&mut state);
        if !merged {
            break;
        }
    }
    drop_implied(&mut state);
    Ok(Some(state))
}

/// Sorted, without what stands twice or always holds.
fn normalise(clauses: &mut Vec<Vec<Literal>>) {
    for clause in clauses.iter_mut() {
        clause.sort_unstable();
        clause.dedup();
    }
    clauses.retain(|clause| clause.windows(2).all(|pair| pair[0] != !pair[1]));
    clauses.sort_unstable_by(|left, right| left.len().cmp(&right.len()).then_with(|| left.cmp(right)));
    clauses.dedup();
}

/// A propagation over the clauses with references in their order (fixed literals have none), or nothing when they
/// contradict each other.
fn load(variables: usize, clauses: &[Vec<Literal>]) -> Option<(Propagation, Vec<ClauseReference>)> {
    let mut propagation = Propagation::new(variables);
    let mut references = Vec::with_capacity(clauses.len());
    for clause in clauses {
        match clause.as_slice() {
            [] => return None,
            [literal] if propagation.is_false(*literal) => return None,
            [literal] if propagation.is_true(*literal) => {}
            [literal] => propagation.assume(*literal),
            _ => references.push(propagation.add(clause)),
        }
    }
    propagation.propagate().ok()?;
    Some((propagation, references))
}

/// Takes out what has the same value in every solution; says whether there is a solution.
fn fix(state: &mut Simplified, limit: u64) -> Result<bool, Exhausted> {
    normalise(&mut state.clauses);
    let Some((mut propagation, _)) = load(state.variables, &state.clauses) else { return Ok(false) };
    let all: Vec<u32> = (0..state.variables as u32).collect();
    propagation.limit = limit;
    if !propagation.is_satisfiable(&all)? {
        return Ok(false);
    }
    propagation.limit = propagation.steps + STEPS;
    fix_backbone(&mut propagation, &all);
    let equal: Vec<Literal> = all.iter().map(|&variable| Literal::new(variable as usize, true)).collect();
    state.rewrite(meanings(&propagation, &equal));
    Ok(true)
}

/// Makes one variable of those that are equal; says whether there were any.
fn merge(state: &mut Simplified) -> bool {
    let Some((mut propagation, _)) = load(state.variables, &state.clauses) else { return false };
    propagation.limit = STEPS;
    let equal = equal_literals(&mut propagation);
    let before = state.variables;
    state.rewrite(meanings(&propagation, &equal));
    state.variables < before
}

/// By variable: its value, or the root of those that equal it.
fn meanings(propagation: &Propagation, equal: &[Literal]) -> Vec<Meaning> {
    let meaning = |variable| match find(equal, Literal::new(variable, true)) {
        root if propagation.is_open(variable) => Meaning::Equal(root),
        _ => Meaning::Fixed(propagation.is_true(Literal::new(variable, true))),
    };
    (0..equal.len()).map(meaning).collect()
}

/// By variable: a literal that it equals, found by looking at what both its values make others.
fn equal_literals(propagation: &mut Propagation) -> Vec<Literal> {
    let variables = propagation.variables();
    let mut equal: Vec<Literal> = (0..variables).map(|variable| Literal::new(variable, true)).collect();
    let mut implied = vec![false; variables * 2];
    let mut consequences = Vec::new();
    for variable in 0..variables {
        if !propagation.is_open(variable) || propagation.steps > propagation.limit {
            continue;
        }
        let start = propagation.trail().len();
        consequences.clear();
        for value in [true, false] {
            propagation.decide(Literal::new(variable, value));
            // With all fixed literals known there is no conflict.
            if propagation.propagate().is_ok() {
                let found = &propagation.trail()[start + 1..];
                if value {
                    consequences.extend_from_slice(found);
                    consequences.iter().for_each(|literal| implied[literal.index()] = true);
                } else {
                    for &literal in found.iter().filter(|literal| implied[(!**literal).index()]) {
                        unite(&mut equal, Literal::new(variable, true), !literal);
                    }
                }
            }
            propagation.backtrack(0);
        }
        consequences.iter().for_each(|literal| implied[literal.index()] = false);
    }
    equal
}

/// What a literal is when its variable is this.
fn through(meaning: Meaning, literal: Literal) -> Meaning {
    match meaning {
        Meaning::Fixed(value) => Meaning::Fixed(value == literal.is_positive()),
        Meaning::Equal(root) if literal.is_positive() => Meaning::Equal(root),
        Meaning::Equal(root) => Meaning::Equal(!root),
    }
}

/// The root of a literal's class: the one of the lowest variable.
fn find(equal: &[Literal], mut literal: Literal) -> Literal {
    loop {
        let parent = equal[literal.variable()];
        if parent.variable() == literal.variable() {
            return literal;
        }
        literal = if literal.is_positive() { parent } else { !parent };
    }
}

fn unite(equal: &mut [Literal], left: Literal, right: Literal) {
    let (left, right) = (find(equal, left), find(equal, right));
    let (low, high) = if left.variable() < right.variable() { (left, right) } else { (right, left) };
    if low.variable() != high.variable() {
        equal[high.variable()] = if high.is_positive() { low } else { !low };
    }
}

/// Assigns every literal that is true in all solutions, of which there is one; some when it takes too many steps.
fn fix_backbone(propagation: &mut Propagation, all: &[u32]) {
    // Literals that were the same in all solutions seen.
    let mut candidates: Vec<Option<bool>> =
        (0..all.len()).map(|variable| Some(propagation.phase(variable))).collect();
    for variable in 0..all.len() {
        let Some(value) = candidates[variable] else { continue };
        if !propagation.is_open(variable) {
            continue;
        }
        propagation.decide(Literal::new(variable, !value));
        let differs = propagation.is_satisfiable(all);
        propagation.backtrack(0);
        match differs {
            Ok(true) => {
                for (other, candidate) in candidates.iter_mut().enumerate() {
                    if *candidate != Some(propagation.phase(other)) {
                        *candidate = None;
                    }
                }
            }
            Ok(false) if propagation.is_open(variable) => {
                propagation.assume(Literal::new(variable, value));
                // There is a solution, so no conflict.
                if propagation.propagate().is_err() {
                    return;
                }
            }
            Ok(false) => {}
            Err(Exhausted) => return,
        }
    }
}

/// Shortens clauses where assuming some of its literals false already settles the others.
fn shorten(state: &mut Simplified) {
    let Some((mut propagation, references)) = load(state.variables, &state.clauses) else { return };
    for (clause, &reference) in state.clauses.iter_mut().zip(&references) {
        if clause.len() < 3 || propagation.steps > STEPS {
            continue;
        }
        propagation.ignore(Some(reference));
        let mut kept = Vec::with_capacity(clause.len());
        for &literal in clause.iter() {
            if propagation.is_true(literal) {
                kept.push(literal);
                break;
            }
            if propagation.is_false(literal) {
                continue;
            }
            kept.push(literal);
            propagation.decide(!literal);
            if propagation.propagate().is_err() {
                break;
            }
        }
        propagation.backtrack(0);
        propagation.ignore(None);
        if kept.len() < clause.len() && kept.len() > 1 {
            propagation.remove(reference);
            propagation.add(&kept);
            *clause = kept;
        }
    }
    normalise(&mut state.clauses);
}

/// Drops clauses, longest first, that the others imply by propagation; they stay as redundant ones.
fn drop_implied(state: &mut Simplified) {
    let Some((mut propagation, references)) = load(state.variables, &state.clauses) else { return };
    let mut needed = vec![true; state.clauses.len()];
    for (position, clause) in state.clauses.iter().enumerate().rev() {
        if propagation.steps > STEPS {
            break;
        }
        let reference = references[position];
        propagation.ignore(Some(reference));
        let implied = clause.iter().any(|&literal| {
            if propagation.is_true(literal) {
                return true;
            }
            if propagation.is_false(literal) {
                return false;
            }
            propagation.decide(!literal);
            propagation.propagate().is_err()
        });
        propagation.backtrack(0);
        propagation.ignore(None);
        if implied {
            propagation.remove(reference);
            needed[position] = false;
        }
    }
    let clauses = std::mem::take(&mut state.clauses);
    for (clause, needed) in clauses.into_iter().zip(needed) {
        if needed { state.clauses.push(clause) } else { state.redundant.push(clause) }
    }
}
