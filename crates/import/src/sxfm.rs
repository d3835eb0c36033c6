//! SXFM, the format of the SPLOT collection: a tree of features written by indentation, and clauses over their ids.
//!
//! Format: M. Mendonca, M. Branco and D. Cowan, "S.P.L.O.T. – Software Product Lines Online Tools", 2009.
//! A feature is called by its name; where several have the same name, the id or the parent's name is added.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use crate::features::{Features, not, yes};
use crate::text::{ImportError, Text, shown};
use crate::xml;
use crate::xml::{elements, error, error_at, text_words};
use engine::model::{Formula, Model, VariableId};

/// Reads a model.
///
/// # Errors
/// The first thing that is wrong or can't be said, with its place.
pub fn read(text: &str) -> Result<Model, ImportError> {
    feature_model(&xml::parse(text)?)
}

/// Reads a model from a document whose outermost element is `feature_model`.
pub(super) fn feature_model(document: &Document<'_>) -> Result<Model, ImportError> {
    let root = document.root_element();
    let section = |name: &str| elements(root).find(|it| it.tag_name().name() == name);
    let Some(section_of_tree) = section("feature_tree") else {
        return Err(error(root, "there is no element 'feature_tree'", "Put the tree of features into it."));
    };
    let mut tree = Tree::default();
    for (at, line) in text_words(section_of_tree, |character| character == '\n') {
        let written = line.trim();
        if !written.is_empty() {
            let indent = line.chars().take_while(|character| character.is_whitespace()).count();
            let at = at + Text(line).position(written);
            tree.line(indent, written, at)
                .map_err(|(message, advice)| error_at(section_of_tree, at, message, advice))?;
        }
    }
    let (mut features, ids) = tree.lower(section_of_tree)?;
    if let Some(constraints) = section("constraints") {
        for (at, line) in text_words(constraints, |character| character == '\n') {
            add_clause(&mut features, &ids, line)
                .map_err(|(message, advice)| error_at(constraints, at, message, advice))?;
        }
    }
    Ok(features.model)
}

/// What is wrong, and what to do.
type Fault = (String, String);

fn fault<T>(message: impl Into<String>, advice: impl Into<String>) -> Result<T, Fault> {
    Err((message.into(), advice.into()))
}

/// A feature as it is written.
struct Written<'t> {
    name: &'t str,
    id: Option<&'t str>,
    at: usize,
    parent: Option<usize>,
}

/// How children belong to a parent, both as positions among the features.
enum Relation {
    Optional(usize, usize),
    Mandatory(usize, usize),
    Group { parent: usize, children: Vec<usize>, min: u32, max: u32 },
}

/// What a line of the tree is, for the lines below it.
enum Branch {
    /// The position of a feature.
    Feature(usize),
    /// The position of a group among the relations, and of its parent among the features.
    Group(usize, usize),
}

/// A tree while its lines are read.
#[derive(Default)]
struct Tree<'t> {
    features: Vec<Written<'t>>,
    relations: Vec<Relation>,
    /// The lines above, with their indentation.
    above: Vec<(usize, Branch)>,
}

impl<'t> Tree<'t> {
    fn line(&mut self, indent: usize, line: &'t str, at: usize) -> Result<(), Fault> {
        const ADVICE: &str = "Start with :r, :m, :o, :g or : and a space.";
        let Some(rest) = line.strip_prefix(':') else {
            return fault(format!("'{}' is no line of a feature tree", shown(line)), ADVICE);
        };
        let (kind, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        while self.above.last().is_some_and(|(outer, _)| *outer >= indent) {
            self.above.pop();
        }
        let above = self.above.last().map(|(_, branch)| branch);
        let branch = match (kind, above) {
            ("r", None) if self.features.is_empty() => Branch::Feature(self.feature(rest, at, None)?),
            ("m" | "o", Some(Branch::Feature(parent))) => {
                let parent = *parent;
                let child = self.feature(rest, at, Some(parent))?;
                self.relations.push(if kind == "m" {
                    Relation::Mandatory(parent, child)
                } else {
                    Relation::Optional(parent, child)
                });
                Branch::Feature(child)
            }
            ("g", Some(Branch::Feature(parent))) => {
                let parent = *parent;
                let (min, max) = cardinality(rest)?;
                self.relations.push(Relation::Group { parent, children: Vec::new(), min, max });
                Branch::Group(self.relations.len() - 1, parent)
            }
            ("", Some(Branch::Group(group, parent))) => {
                let group = *group;
                let child = self.feature(rest, at, Some(*parent))?;
                if let Some(Relation::Group { children, .. }) = self.relations.get_mut(group) {
                    children.push(child);
                }
                Branch::Feature(child)
            }
            ("r" | "m" | "o" | "g" | "", _) => {
                let advice = "Put one :r first, :m, :o and :g below features, : below :g.";
                return fault(format!("':{kind}' can't stand here"), advice);
            }
            _ => return fault(format!("':{}' is not known", shown(kind)), ADVICE),
        };
        self.above.push((indent, branch));
        Ok(())
    }

    /// Adds `name (id)`.
    fn feature(&mut self, written: &'t str, at: usize, parent: Option<usize>) -> Result<usize, Fault> {
        let written = written.trim();
        let inner = written.strip_suffix(')').and_then(|it| it.rsplit_once('('));
        let (name, id) = match inner {
            Some((name, id)) if !name.trim().is_empty() => (name.trim(), Some(id.trim())),
            _ => (written, None),
        };
        if name.is_empty() {
            return fault("this feature has no name", "Write its name, and its id in parentheses.");
        }
        self.features.push(Written { name, id, at, parent });
        Ok(self.features.len() - 1)
    }

    /// The model, and the features by their ids, or else by their names.
    fn lower(self, section: Node<'_, '_>) -> Result<(Features, BTreeMap<&'t str, VariableId>), ImportError> {
        let mut same: BTreeMap<&str, usize> = BTreeMap::new();
        for written in &self.features {
            *same.entry(written.name).or_default() += 1;
        }
        let mut features = Features::default();
        let mut ids = BTreeMap::new();
        let mut variables = Vec::new();
        for written in &self.features {
            let fail = |(message, advice): Fault| error_at(section, written.at, message, advice);
            let alone = same.get(written.name) == Some(&1);
            let addition = written.id.or_else(|| Some(self.features.get(written.parent?)?.name));
            let name = match addition {
                Some(addition) if !alone => format!("{} ({addition})", written.name),
                _ => written.name.to_owned(),
            };
            let variable = features.add(&name).map_err(fail)?;
            variables.push(variable);
            if let Some(id) = written.id
                && ids.insert(id, variable).is_some()
            {
                return Err(fail((format!("there is another id '{}'", shown(id)), "Change one.".to_owned())));
            }
        }
        for (written, variable) in self.features.iter().zip(&variables) {
            if same.get(written.name) == Some(&1) {
                ids.entry(written.name).or_insert(*variable);
            }
        }
        let Some(root) = variables.first() else {
            return Err(error(section, "there is no root feature", "Start with ':r name'."));
        };
        features.root(*root);
        for relation in self.relations {
            match relation {
                Relation::Optional(parent, child) => features.optional(variables[parent], variables[child]),
                Relation::Mandatory(parent, child) => features.mandatory(variables[parent], variables[child]),
                Relation::Group { parent, children, min, max } => {
                    let children: Vec<VariableId> = children.iter().map(|child| variables[*child]).collect();
                    features.group(variables[parent], &children, min, max);
                }
            }
        }
        Ok((features, ids))
    }
}

/// The bounds of `(id) [1,*]`.
fn cardinality(written: &str) -> Result<(u32, u32), Fault> {
    let bounds = written.trim().strip_suffix(']').and_then(|it| it.rsplit_once('['));
    let bounds = bounds.and_then(|(_, bounds)| {
        let (min, max) = bounds.split_once(',')?;
        let max = if max.trim() == "*" { u32::MAX } else { max.trim().parse().ok()? };
        Some((min.trim().parse().ok()?, max))
    });
    match bounds {
        Some((min, max)) if min <= max => Ok((min, max)),
        _ => fault(format!("'{}' is no cardinality of a group", shown(written)), "Write [1,1] or [1,*]."),
    }
}

/// Adds `c1: ~a or b`.
fn add_clause(features: &mut Features, ids: &BTreeMap<&str, VariableId>, line: &str) -> Result<(), Fault> {
    if line.trim().is_empty() {
        return Ok(());
    }
    let Some((label, clause)) = line.split_once(':') else {
        return fault(format!("'{}' is no constraint", shown(line.trim())), "Write it as c1: ~a or b.");
    };
    let spaced = clause.replace('~', " ~ ");
    let mut literals = Vec::new();
    let mut positive = true;
    let mut complete = false;
    for word in spaced.split_whitespace() {
        match word {
            "or" | "OR" | "Or" if complete => complete = false,
            _ if complete => {
                return fault(format!("'or' is missing before '{}'", shown(word)), "Write c1: ~a or b.");
            }
            "~" if positive => positive = false,
            _ => {
                let Some(feature) = ids.get(word) else {
                    let advice = "Use the id of a feature of the tree.";
                    return fault(format!("there is no feature '{}'", shown(word)), advice);
                };
                literals.push(if positive { yes(*feature) } else { not(yes(*feature)) });
                (positive, complete) = (true, true);
            }
        }
    }
    if !complete {
        return fault(format!("'{}' is no clause", shown(clause.trim())), "Write it as c1: ~a or b.");
    }
    let clause = Formula::Or(literals);
    let name = format!("{}: {}", label.trim(), features.words(&clause));
    features.require(name, clause);
    Ok(())
}
