//! A feature model as a product: groups of which exactly one is there become choices, other features become choices between no and
//! yes, constraints become rules. What a product can't say is told.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use configurator::source::{AttributeSource, OptionSource, RuleSource, Source, StepSource, ValueSource};
use engine::cnf::Limits;
use engine::model::{ConstraintKind, Formula, Model, ValueId, VariableId};
use engine::solver::Solver;

use super::empty;
use super::said::{Said, Sayer, Word};
use crate::drafts::new_code;

/// Most bytes of a model's file.
pub const LONGEST_MODEL: usize = 4 << 20;
/// Most features of a model that becomes a product.
const MOST_FEATURES: usize = 1_000;
/// Most characters of a rule and of its sentence.
const LONGEST_RULE: usize = 4_000;
const LONGEST_SENTENCE: usize = 300;

/// What a model says and a product can't: nothing of it is in the draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaid {
    /// What it is about: a constraint's name, or a line of the file.
    pub what: String,
    /// Why.
    pub why: &'static str,
}

/// Why a model became no product.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file is too long.
    #[error("this file has {length} bytes, a model at most {LONGEST_MODEL}; divide it")]
    TooLong {
        /// Its bytes.
        length: usize,
    },
    /// It can't be read.
    #[error("{0}")]
    Unreadable(String),
    /// It has too many features.
    #[error("this model has {0} features, a product at most {MOST_FEATURES}; divide it")]
    TooMany(usize),
    /// No design meets all that it asks for.
    #[error("nothing meets all constraints of this model; loosen some of them")]
    Impossible,
    /// There is nothing to decide in it.
    #[error(
        "every feature of this model is always there, so that nothing is to be decided; add optional ones"
    )]
    NothingToDecide,
}

/// Reads a model into a product of this name.
pub(super) fn read(
    name: &str,
    file: &str,
    text: &str,
    currency: &str,
) -> Result<(Source, Vec<Unsaid>), ModelError> {
    if text.len() > LONGEST_MODEL {
        return Err(ModelError::TooLong { length: text.len() });
    }
    let model = import::read(file, text).map_err(|error| ModelError::Unreadable(error.to_string()))?;
    if model.variables.len() > MOST_FEATURES {
        return Err(ModelError::TooMany(model.variables.len()));
    }
    let none = vec![ValueId(0); model.variables.len()];
    let mut solver = Solver::new(&model, &Limits::default())
        .map_err(|_| ModelError::Unreadable("the constraints are too large".to_owned()))?;
    let design = solver.complete(&[], &none).ok_or(ModelError::Impossible)?;
    let shape = Shape::of(&model);
    let step = StepSource { code: "features".to_owned(), label: name.to_owned() };
    let (attributes, words) = shape.attributes(&model, &design, &step.code);
    if attributes.is_empty() {
        return Err(ModelError::NothingToDecide);
    }
    let mut source = empty::source(name, currency, vec![step], attributes);
    let mut unsaid = attributes_of_features(text);
    unsaid.extend(shape.rules(&model, &words, &mut source.rules));
    Ok((source, unsaid))
}

/// How the variables of a model are said by the attributes of a product.
struct Words {
    /// Each of them.
    words: BTreeMap<VariableId, Word>,
    /// Features that are said in another way, too.
    ties: Vec<(VariableId, Word)>,
}

/// What a model's constraints say about how its features hang together.
struct Shape {
    /// Features that are always there.
    always: BTreeSet<VariableId>,
    /// Groups of which exactly one is there with the parent, by the parent.
    groups: Vec<(VariableId, Vec<VariableId>)>,
    /// Constraints that the groups say already.
    said: BTreeSet<usize>,
}

impl Shape {
    fn of(model: &Model) -> Self {
        let mut shape = Self { always: BTreeSet::new(), groups: Vec::new(), said: BTreeSet::new() };
        let mut grouped = BTreeSet::new();
        for (index, constraint) in model.constraints.iter().enumerate() {
            let Some((parent, children)) = group_of(model, &constraint.kind) else { continue };
            if children.iter().all(|child| !grouped.contains(child)) {
                grouped.extend(children.iter().copied());
                shape.groups.push((parent, children));
                shape.said.insert(index);
            }
        }
        while let Some(found) = model.constraints.iter().find_map(|constraint| shape.follows(constraint)) {
            shape.always.insert(found);
        }
        shape
    }

    /// A feature that is always there as one clause says, given those that are known to be.
    fn follows(&self, constraint: &engine::model::Constraint) -> Option<VariableId> {
        let ConstraintKind::Formula(Formula::Or(parts)) = &constraint.kind else { return None };
        let mut open = None;
        for part in parts {
            match literal(part)? {
                (feature, false) if self.always.contains(&feature) => {}
                (feature, true) if !self.always.contains(&feature) && open.is_none() => open = Some(feature),
                _ => return None,
            }
        }
        open
    }

    /// The attributes of a product with the standard design, and how the model is said by them.
    fn attributes(&self, model: &Model, design: &[ValueId], step: &str) -> (Vec<AttributeSource>, Words) {
        let (mut attributes, mut ties) = (Vec::<AttributeSource>::new(), Vec::new());
        let mut words: BTreeMap<_, _> = self.always.iter().map(|id| (*id, Word::Always)).collect();
        let mut add = |label: &str, options: Vec<OptionSource>, standard: usize| {
            let taken = attributes.iter().map(|attribute| attribute.code.as_str());
            let code = new_code(label, "feature", taken);
            let standard = options.get(standard).map(|option| option.code.clone()).unwrap_or_default();
            let attribute = empty::attribute(code.clone(), label, step);
            attributes.push(AttributeSource { options, standard: ValueSource::Text(standard), ..attribute });
            code
        };
        for (parent, children) in &self.groups {
            let names = children.iter().map(|child| model.variable(*child).name.as_str());
            let mut options = options(names);
            let mut at = children.iter().position(|child| value(design, *child) == ValueId(1));
            if !self.always.contains(parent) {
                options.insert(0, OptionSource { code: "none".to_owned(), ..option("None") });
                at = Some(at.map_or(0, |at| at + 1));
            }
            let from = options.len() - children.len();
            let codes: Vec<String> = options.iter().skip(from).map(|option| option.code.clone()).collect();
            let attribute = add(&model.variable(*parent).name, options, at.unwrap_or_default());
            let options = children
                .iter()
                .zip(codes)
                .map(|(child, code)| (*child, Word::Option(attribute.clone(), code)));
            let parent = (!self.always.contains(parent)).then(|| (*parent, Word::NotNone(attribute.clone())));
            for (id, word) in options.chain(parent) {
                match words.entry(id) {
                    Entry::Vacant(free) => drop(free.insert(word)),
                    Entry::Occupied(_) => ties.push((id, word)),
                }
            }
        }
        for (index, variable) in model.variables.iter().enumerate() {
            let id = VariableId::new(index);
            if words.contains_key(&id) {
                continue;
            }
            let values = options(variable.values.iter().map(String::as_str));
            let codes = values.iter().map(|option| option.code.clone()).collect();
            let attribute = add(&variable.name, values, value(design, id).index());
            words.insert(id, Word::Values(attribute, codes));
        }
        (attributes, Words { words, ties })
    }

    /// Adds what the constraints say as rules; returns what can't be said.
    fn rules(
        &self,
        model: &Model,
        Words { words, ties }: &Words,
        rules: &mut Vec<RuleSource>,
    ) -> Vec<Unsaid> {
        let (sayer, mut unsaid) = (Sayer { words }, Vec::new());
        let mut add = |rule: String, sentence: &str| {
            let code = new_code(sentence, "rule", rules.iter().map(|rule| rule.code.as_str()));
            let mut sentence: String = sentence.chars().take(LONGEST_SENTENCE).collect();
            if !sentence.ends_with('.') {
                sentence.push('.');
            }
            rules.push(RuleSource { code, rule, sentence });
        };
        for (id, word) in ties {
            let sentence = format!("{} is told once", model.variable(*id).name);
            match (sayer.feature(*id), word.said()) {
                (Said::Text(first), Said::Text(second)) => add(format!("{first} iff {second}"), &sentence),
                (Said::Always, Said::Text(text)) => add(text, &sentence),
                _ => {}
            }
        }
        for (index, constraint) in model.constraints.iter().enumerate() {
            if self.said.contains(&index) {
                continue;
            }
            match sayer.constraint(&constraint.kind) {
                Ok(Said::Always) => {}
                Ok(Said::Text(rule)) if rule.len() <= LONGEST_RULE => add(rule, &constraint.name),
                Ok(Said::Text(_)) => {
                    unsaid.push(Unsaid { what: constraint.name.clone(), why: "it is too long for a rule" });
                }
                Ok(Said::Never) => {
                    unsaid.push(Unsaid { what: constraint.name.clone(), why: "nothing meets it" });
                }
                Err(why) => unsaid.push(Unsaid { what: constraint.name.clone(), why }),
            }
        }
        unsaid
    }
}

/// The parent and children where a constraint says that exactly one of these is there with it.
fn group_of(model: &Model, kind: &ConstraintKind) -> Option<(VariableId, Vec<VariableId>)> {
    let ConstraintKind::Formula(Formula::Count { min: 1, max: 1, of }) = kind else { return None };
    let (mut parent, mut children) = (None, Vec::new());
    for part in of {
        match literal(part)? {
            (feature, false) if parent.is_none() => parent = Some(feature),
            (feature, true) => children.push(feature),
            _ => return None,
        }
    }
    let is_feature = |id: &VariableId| model.variable(*id).size() == 2;
    (children.len() > 1 && children.iter().chain(&parent).all(is_feature)).then_some((parent?, children))
}

/// A feature, and whether it is there, where that is all that a formula says.
fn literal(formula: &Formula) -> Option<(VariableId, bool)> {
    match formula {
        Formula::In(feature, values) => match values.as_slice() {
            [ValueId(0)] => Some((*feature, false)),
            [ValueId(1)] => Some((*feature, true)),
            _ => None,
        },
        _ => None,
    }
}

fn value(design: &[ValueId], id: VariableId) -> ValueId {
    design.get(id.index()).copied().unwrap_or(ValueId(0))
}

fn option(label: &str) -> OptionSource {
    OptionSource { label: label.to_owned(), available: true, ..OptionSource::default() }
}

fn options<'n>(names: impl Iterator<Item = &'n str>) -> Vec<OptionSource> {
    let mut options: Vec<OptionSource> = Vec::new();
    for name in names {
        // The first option of others is none at all.
        let taken = options.iter().map(|option| option.code.as_str()).chain(["none"]);
        let code = new_code(name, "option", taken);
        options.push(OptionSource { code, ..option(name) });
    }
    options
}

/// Lines with attributes of features (in braces), which only constraints that use them bring into a model.
fn attributes_of_features(text: &str) -> Vec<Unsaid> {
    let tells = |line: &str| {
        let braces = line.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
        braces.is_some_and(|(inner, _)| {
            inner.split(',').map(str::trim).any(|one| !one.is_empty() && one != "abstract")
        })
    };
    let lines = text.lines().enumerate().filter(|(_, line)| tells(line));
    let said = lines.map(|(at, line)| Unsaid {
        what: format!("{}: {}", at + 1, line.trim()),
        why: "attributes of features are only taken where a constraint uses them",
    });
    said.collect()
}

#[cfg(test)]
mod tests {
    use configurator::{Choices, Configured, Product};

    use super::*;

    const MODEL: &str = "features\n    Lamp\n        mandatory\n            Shade\n                alternative\n                    Brass\n                    Glass\n                    Paper\n        optional\n            Dimmer {Price 12}\n            Plug\n                alternative\n                    Euro\n                    British\n                    Swiss\n        or\n            Desk\n            Wall\nconstraints\n    Paper => !Dimmer\n    Swiss => Glass | Brass\n";

    /// How many designs a product of choices alone has.
    fn designs(product: &Configured, source: &Source) -> usize {
        let mut all = vec![Choices::new()];
        for attribute in &source.attributes {
            let chosen = |choices: &Choices| {
                let choices = choices.clone();
                attribute.options.iter().map(move |option| {
                    let (id, value) = product.read_choice(&attribute.code, &option.code).unwrap();
                    choices.clone().with(id, value)
                })
            };
            all = all.iter().flat_map(chosen).collect();
        }
        all.iter().filter(|choices| product.complete(choices, product.standard()).is_ok()).count()
    }

    fn designs_of(model: &Model) -> usize {
        let mut all = vec![Vec::new()];
        for variable in &model.variables {
            let longer = |design: Vec<ValueId>| {
                (0..variable.size()).map(move |value| {
                    let mut design = design.clone();
                    design.push(ValueId::new(value));
                    design
                })
            };
            all = all.into_iter().flat_map(longer).collect();
        }
        all.iter().filter(|design| model.is_valid(design)).count()
    }

    #[test]
    fn a_product_has_exactly_the_designs_of_its_model() {
        let nested = MODEL.replace("                    Swiss\n", "                    Swiss\n                        alternative\n                            Long\n                            Short\n");
        for text in
            [MODEL, &nested, "features\n    A\n        [1..2]\n            B\n            C\n            D\n"]
        {
            let (source, unsaid) = read("Lamp", "lamp.uvl", text, "EUR").unwrap();
            let lines: Vec<&str> = unsaid.iter().map(|unsaid| unsaid.what.as_str()).collect();
            let expected: &[&str] = if text.contains("Price") { &["10: Dimmer {Price 12}"] } else { &[] };
            assert_eq!(lines, expected);
            let product = Configured::new(Product::check(&source).unwrap()).unwrap();
            let model = import::read("lamp.uvl", text).unwrap();
            let designs = designs(&product, &source);
            assert_eq!(designs, designs_of(&model), "{text}");
        }
    }

    #[test]
    fn alternatives_become_choices() {
        let (source, _) = read("Lamp", "lamp.uvl", MODEL, "EUR").unwrap();
        let shape: Vec<(&str, usize)> = source
            .attributes
            .iter()
            .map(|attribute| (attribute.label.as_str(), attribute.options.len()))
            .collect();
        assert_eq!(shape, [("Shade", 3), ("Plug", 4), ("Dimmer", 2), ("Desk", 2), ("Wall", 2)]);
    }

    #[test]
    fn what_is_no_model_says_where() {
        for (file, text, words) in [
            ("lamp.uvl", "features\n  Lamp\n    maybe\n      A\n", "3:"),
            ("lamp.doc", "features", "tells no format"),
            ("lamp.uvl", "features\n    A\n        mandatory\n            B\n", "always there"),
            (
                "lamp.uvl",
                "features\n    A\n        optional\n            B\nconstraints\n    !A\n",
                "nothing meets",
            ),
        ] {
            let error = read("Lamp", file, text, "EUR").unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
