//! Feature models: features become variables with the values `no` and `yes`, their tree becomes constraints.

use std::collections::BTreeMap;

use crate::text::{MOST_VARIABLES, shown};
use engine::model::{ConstraintKind, Formula, Model, ValueId, Variable, VariableId};

/// Deepest nesting of formulas.
pub(super) const DEEPEST: usize = 256;
/// Equivalences of formulas up to this size become clauses; larger ones would double with every level.
const MOST_DOUBLED: usize = 16;
/// Most features that the name of a group's constraint lists.
const MOST_NAMED: usize = 6;

/// A model of features while it is built.
#[derive(Default)]
pub(super) struct Features {
    pub(super) model: Model,
    names: BTreeMap<String, VariableId>,
}

impl Features {
    /// Adds a feature; the error says why that can't be, and what to do.
    pub(super) fn add(&mut self, name: &str) -> Result<VariableId, (String, String)> {
        self.add_variable(Variable::boolean(name))
    }

    /// Adds a variable of any domain, under a name that no feature has; errors are those of [`add`](Self::add).
    pub(super) fn add_variable(&mut self, variable: Variable) -> Result<VariableId, (String, String)> {
        if self.names.contains_key(&variable.name) {
            let message = format!("there is another feature '{}'", shown(&variable.name));
            return Err((message, "Give one of them another name.".to_owned()));
        }
        if self.names.len() == MOST_VARIABLES {
            return Err(("there are too many features".to_owned(), format!("Use at most {MOST_VARIABLES}.")));
        }
        let name = variable.name.clone();
        let id = self.model.add_variable(variable);
        self.names.insert(name, id);
        Ok(id)
    }

    /// The feature of this name.
    pub(super) fn find(&self, name: &str) -> Option<VariableId> {
        self.names.get(name).copied()
    }

    /// Adds a constraint.
    pub(super) fn require(&mut self, name: impl Into<String>, formula: Formula) {
        self.model.add_constraint(name, ConstraintKind::Formula(formula));
    }

    /// The root of the tree is in every design.
    pub(super) fn root(&mut self, root: VariableId) {
        let name = format!("{} is always there", self.name(root));
        self.require(name, Formula::Or(vec![yes(root)]));
    }

    /// A feature is there only with its parent.
    pub(super) fn optional(&mut self, parent: VariableId, child: VariableId) {
        let name = format!("{} needs {}", self.name(child), self.name(parent));
        self.require(name, Formula::Or(vec![no(child), yes(parent)]));
    }

    /// A feature is there exactly with its parent.
    pub(super) fn mandatory(&mut self, parent: VariableId, child: VariableId) {
        self.optional(parent, child);
        let name = format!("{} is a part of every {}", self.name(child), self.name(parent));
        self.require(name, Formula::Or(vec![no(parent), yes(child)]));
    }

    /// Between `min` and `max` of the features are there with their parent, and none without it.
    pub(super) fn group(&mut self, parent: VariableId, children: &[VariableId], min: u32, max: u32) {
        let size = u32::try_from(children.len()).unwrap_or(u32::MAX);
        let max = max.min(size);
        let many = match (min, max) {
            (1, 1) => "exactly one".to_owned(),
            (1, _) if max == size => "at least one".to_owned(),
            (0, _) => format!("at most {max}"),
            _ => format!("{min} to {max}"),
        };
        let listed: Vec<String> = children.iter().take(MOST_NAMED).map(|child| self.name(*child)).collect();
        let more = if children.len() > MOST_NAMED { ", …" } else { "" };
        let name = format!("{many} of {}{more} with {}", listed.join(", "), self.name(parent));
        if (min, max) == (1, 1) && size > 1 {
            // Counting the parent's absence as one of them makes a single constraint of the whole group.
            let of = [no(parent)].into_iter().chain(children.iter().copied().map(yes)).collect();
            return self.require(name, Formula::Count { min: 1, max: 1, of });
        }
        for child in children {
            self.optional(parent, *child);
        }
        let of = children.iter().copied().map(yes);
        if min == 1 && max == size {
            self.require(name, Formula::Or([no(parent)].into_iter().chain(of).collect()));
        } else if min > 0 || max < size {
            let count = Formula::Count { min, max, of: of.collect() };
            self.require(name, Formula::Or(vec![no(parent), count]));
        }
    }

    /// A formula over features in words, for the name of a constraint that has none.
    pub(super) fn words(&self, formula: &Formula) -> String {
        let list = |parts: &[Formula], between: &str| {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| match part {
                    Formula::And(_) | Formula::Or(_) => format!("({})", self.words(part)),
                    _ => self.words(part),
                })
                .collect();
            parts.join(between)
        };
        match formula {
            Formula::In(feature, values) if values[..] == [ValueId(0)] => {
                format!("not {}", self.name(*feature))
            }
            Formula::In(feature, _) => self.name(*feature),
            Formula::Not(formula) => format!("not ({})", self.words(formula)),
            Formula::And(parts) => list(parts, " and "),
            Formula::Or(parts) => list(parts, " or "),
            Formula::Count { min, max, of } => format!("{min} to {max} of ({})", list(of, ", ")),
            Formula::Compare(..) => "a comparison".to_owned(),
        }
    }

    /// The name of a feature, cut short: a long one would be repeated in the names of many constraints.
    fn name(&self, id: VariableId) -> String {
        shown(&self.model.variable(id).name)
    }
}

/// The feature is there.
pub(super) fn yes(feature: VariableId) -> Formula {
    Formula::In(feature, vec![ValueId(1)])
}

/// The feature is not there.
fn no(feature: VariableId) -> Formula {
    Formula::In(feature, vec![ValueId(0)])
}

/// That a formula over features does not hold, with negations moved to the features.
pub(super) fn not(formula: Formula) -> Formula {
    use engine::model::Comparison::{AtLeast, AtMost, Equal, Less, More, Unequal};
    match formula {
        Formula::In(feature, values) if values[..] == [ValueId(1)] => no(feature),
        Formula::In(feature, values) if values[..] == [ValueId(0)] => yes(feature),
        Formula::Not(formula) => *formula,
        Formula::And(parts) => Formula::Or(parts.into_iter().map(not).collect()),
        Formula::Or(parts) => Formula::And(parts.into_iter().map(not).collect()),
        Formula::Compare(left, comparison, right) => {
            let opposite = match comparison {
                Equal => Unequal,
                Unequal => Equal,
                Less => AtLeast,
                AtLeast => Less,
                More => AtMost,
                AtMost => More,
            };
            Formula::Compare(left, opposite, right)
        }
        other => other.negated(),
    }
}

/// That both hold, in one list.
pub(super) fn and(left: Formula, right: Formula) -> Formula {
    let parts = |formula| match formula {
        Formula::And(parts) => parts,
        other => vec![other],
    };
    let mut all = parts(left);
    all.extend(parts(right));
    Formula::And(all)
}

/// That at least one holds, in one list.
pub(super) fn or(left: Formula, right: Formula) -> Formula {
    let parts = |formula| match formula {
        Formula::Or(parts) => parts,
        other => vec![other],
    };
    let mut all = parts(left);
    all.extend(parts(right));
    Formula::Or(all)
}

/// That the right one holds where the left one does.
pub(super) fn implies(left: Formula, right: Formula) -> Formula {
    or(not(left), right)
}

/// That both hold or none.
pub(super) fn iff(left: Formula, right: Formula) -> Formula {
    if size(&left, MOST_DOUBLED) + size(&right, MOST_DOUBLED) > MOST_DOUBLED {
        return Formula::Count { min: 1, max: 1, of: vec![not(left), right] };
    }
    and(implies(left.clone(), right.clone()), implies(right, left))
}

/// How many parts a formula has; no more than `most` and a little are counted.
fn size(formula: &Formula, most: usize) -> usize {
    match formula {
        Formula::In(..) => 1,
        Formula::Not(part) => 1 + size(part, most),
        Formula::And(parts) | Formula::Or(parts) | Formula::Count { of: parts, .. } => {
            let mut sum = 1;
            for part in parts {
                if sum > most {
                    break;
                }
                sum += size(part, most);
            }
            sum
        }
        Formula::Compare(..) => most + 1,
    }
}
