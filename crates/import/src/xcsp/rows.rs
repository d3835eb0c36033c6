//! The tuples of a relation, as values of the variables of a constraint that refers to it, and what they cost.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::text::{ImportError, Text, shown};
use crate::xml::{attribute, attribute_words, error, error_at, text_words};
use engine::model::{ConstraintKind, Model, ValueId, Variable, VariableId};

/// Most entries of all tuples and values with prices together; relations count for every pub(super) constraint that refers to them.
pub(super) const MOST_ENTRIES: usize = 20_000_000;
/// Largest cost: sums of these stay far from overflow.
const LARGEST_COST: i64 = 1_000_000_000_000;

/// The names of variables and of their values.
pub(super) struct Names<'m> {
    pub variables: BTreeMap<&'m str, VariableId>,
    pub values: Vec<BTreeMap<&'m str, ValueId>>,
}

impl<'m> Names<'m> {
    pub fn new(model: &'m Model) -> Self {
        let variables = model.variables.iter().enumerate();
        let values = |variable: &'m Variable| {
            variable
                .values
                .iter()
                .enumerate()
                .map(|(index, value)| (value.as_str(), ValueId::new(index)))
                .collect()
        };
        Self {
            values: model.variables.iter().map(values).collect(),
            variables: variables.map(|(index, it)| (it.name.as_str(), VariableId::new(index))).collect(),
        }
    }

    pub fn scope(&self, node: Node<'_, '_>) -> Result<Vec<VariableId>, ImportError> {
        let mut scope = Vec::new();
        let words = attribute_words(node, "scope")?;
        for (at, word) in &words {
            let Some(variable) = self.variables.get(word) else {
                let message = format!("there is no variable '{}'", shown(word));
                return Err(error_at(node, *at, message, "Use the name of a variable of the model."));
            };
            scope.push(*variable);
        }
        let mut sorted = scope.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() < words.len() || words.is_empty() {
            let advice = "List the constraint's variables, each once.";
            return Err(error(node, "a scope needs variables, none of them twice", advice));
        }
        Ok(scope)
    }
}

/// The tuples of a relation for a scope.
pub(super) struct Rows {
    pub tuples: Vec<ValueId>,
    pub allowed: bool,
    /// The cost of each tuple and of every other one, when the relation is weighted.
    pub costs: Option<(Vec<i64>, i64)>,
}

impl Rows {
    /// The tuples of a relation for the scope of a constraint; `entries` is how much of [`MOST_ENTRIES`] is used.
    pub fn read(
        relation: Node<'_, '_>,
        constraint: Node<'_, '_>,
        scope: &[VariableId],
        names: &Names<'_>,
        entries: &mut usize,
    ) -> Result<Self, ImportError> {
        let arity = scope.len();
        for node in [relation, constraint] {
            if node.attribute("arity").is_some_and(|written| written.trim().parse() != Ok(arity)) {
                let message = format!("this arity is not the number of variables of the scope, {arity}");
                return Err(error(node, message, "Correct the arity or the scope."));
            }
        }
        let (allowed, weighted) = semantics(relation)?;
        let mut rows = Self { tuples: Vec::new(), allowed, costs: None };
        let mut amounts = Vec::new();
        let mut cost = None;
        for (at, tuple) in text_words(relation, |character| character == '|') {
            let cost_here = weighted.then_some(&mut cost);
            if !read_tuple(relation, at, tuple, scope, names, cost_here, &mut rows.tuples)? {
                continue;
            }
            if weighted {
                amounts.push(cost.ok_or_else(|| {
                    error_at(relation, at, "this tuple has no cost", "Write the cost and ':' before it.")
                })?);
            }
            *entries += arity;
            if *entries > MOST_ENTRIES {
                return Err(too_large(constraint));
            }
        }
        if weighted {
            let otherwise = relation.attribute("defaultCost").unwrap_or("0");
            let otherwise = amount(relation, None, otherwise)?;
            if contradicts(&rows.tuples, &amounts, arity) {
                let message = "the same tuple has two costs";
                return Err(error(relation, message, "Write every tuple once."));
            }
            rows.costs = Some((amounts, otherwise));
        }
        Ok(rows)
    }

    pub fn kind(self, scope: Vec<VariableId>) -> ConstraintKind {
        ConstraintKind::Table { scope, tuples: self.tuples, allowed: self.allowed }
    }
}

/// Whether a relation's tuples may be, and whether they have costs.
fn semantics(relation: Node<'_, '_>) -> Result<(bool, bool), ImportError> {
    match attribute(relation, "semantics")? {
        "supports" => Ok((true, false)),
        "conflicts" => Ok((false, false)),
        "soft" => Ok((true, true)),
        other => {
            let message = format!("the semantics '{}' are not known", shown(other));
            Err(error(relation, message, "Use supports, conflicts or soft."))
        }
    }
}

/// Adds the values of a tuple that stands at a byte of the text, as many as the scope has variables; whether there is one
/// and not empty text. Where tuples have costs, one that is written before a value becomes `cost`.
fn read_tuple(
    relation: Node<'_, '_>,
    at: usize,
    tuple: &str,
    scope: &[VariableId],
    names: &Names<'_>,
    mut cost: Option<&mut Option<i64>>,
    values: &mut Vec<ValueId>,
) -> Result<bool, ImportError> {
    let arity = scope.len();
    let mut length = 0;
    for mut word in tuple.split_whitespace() {
        let at = at + Text(tuple).position(word);
        if let Some(cost) = &mut cost
            && let Some((written, value)) = word.split_once(':')
        {
            **cost = Some(amount(relation, Some(at), written)?);
            word = value;
        }
        if word.is_empty() {
            continue;
        }
        let Some(variable) = scope.get(length) else {
            let message = format!("this tuple has more than the {arity} values of the scope");
            return Err(error_at(relation, at, message, "Write '|' between tuples."));
        };
        let Some(value) = names.values[variable.index()].get(word) else {
            let message =
                format!("the domain of the scope's variable {} has no '{}'", length + 1, shown(word));
            return Err(error_at(relation, at, message, "Use a value of the domain."));
        };
        values.push(*value);
        length += 1;
    }
    if (1..arity).contains(&length) {
        let message = format!("this tuple has {length} of the {arity} values of the scope");
        return Err(error_at(relation, at, message, "Add the missing ones."));
    }
    Ok(length > 0)
}

pub(super) fn too_large(constraint: Node<'_, '_>) -> ImportError {
    error(constraint, "the relations are too large together", "Divide the model.")
}

/// Whether a tuple is there with two amounts.
fn contradicts(tuples: &[ValueId], amounts: &[i64], arity: usize) -> bool {
    let mut rows: Vec<(&[ValueId], i64)> = tuples.chunks_exact(arity).zip(amounts.iter().copied()).collect();
    rows.sort_unstable();
    rows.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1)
}

/// A cost, at a byte of the text or else of the node.
pub(super) fn amount(node: Node<'_, '_>, at: Option<usize>, word: &str) -> Result<i64, ImportError> {
    let cost = whole(node, at, word)?;
    if cost.saturating_abs() > LARGEST_COST {
        let at = at.unwrap_or(node.range().start);
        let advice = format!("Use at most {LARGEST_COST}.");
        return Err(error_at(node, at, format!("the cost '{}' is too large", shown(word)), advice));
    }
    Ok(cost)
}

pub(super) fn whole(node: Node<'_, '_>, at: Option<usize>, word: &str) -> Result<i64, ImportError> {
    let at = at.unwrap_or(node.range().start);
    word.trim().parse().map_err(|_| {
        if word.trim() == "infinity" {
            let advice = "Write what must not be as a relation of conflicts.";
            return error_at(node, at, "infinite costs are not read", advice);
        }
        error_at(node, at, format!("'{}' is no cost", shown(word)), "Use a whole number.")
    })
}
