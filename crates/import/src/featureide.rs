//! FeatureIDE: a tree of `and`, `or`, `alt` and `feature` elements, and rules over the features.

use roxmltree::{Document, Node};

use crate::features::{DEEPEST, Features, and, iff, implies, not, or, yes};
use crate::text::{ImportError, shown};
use crate::xml::{attribute, elements, error, unknown};
use engine::model::{Formula, Model};

/// Reads a model from a document whose outermost element is `featureModel` or `extendedFeatureModel`.
pub(super) fn feature_model(document: &Document<'_>) -> Result<Model, ImportError> {
    let root = document.root_element();
    let mut features = Features::default();
    let section =
        |name: &str| elements(root).filter(move |it| it.tag_name().name() == name).collect::<Vec<_>>();
    let [tree] = section("struct")[..] else {
        return Err(error(root, "there has to be one element 'struct'", "Put the tree of features into it."));
    };
    let [top] = elements(tree).filter(is_feature).collect::<Vec<_>>()[..] else {
        return Err(error(tree, "there has to be one root feature", "Put all others below it."));
    };
    add_tree(&mut features, top)?;
    for constraints in section("constraints") {
        for rule in elements(constraints) {
            if rule.tag_name().name() != "rule" {
                return Err(unknown(rule, "Write <rule> elements only."));
            }
            let about =
                |it: &Node<'_, '_>| !matches!(it.tag_name().name(), "description" | "tags" | "graphics");
            let [condition] = elements(rule).filter(about).collect::<Vec<_>>()[..] else {
                return Err(error(rule, "a rule needs one formula", "Join several by <conj>."));
            };
            let formula = read_formula(&features, condition, 0)?;
            let described = elements(rule).find(|it| it.tag_name().name() == "description");
            let described = described.and_then(|it| it.text()).map(str::trim).filter(|it| !it.is_empty());
            let name = described.map_or_else(|| features.words(&formula), str::to_owned);
            features.require(name, formula);
        }
    }
    Ok(features.model)
}

fn is_feature(node: &Node<'_, '_>) -> bool {
    matches!(node.tag_name().name(), "and" | "or" | "alt" | "feature")
}

fn add_tree(features: &mut Features, top: Node<'_, '_>) -> Result<(), ImportError> {
    for node in top.descendants().filter(Node::is_element) {
        let kind = node.tag_name().name();
        if is_feature(&node) {
            let name = attribute(node, "name")?;
            features.add(name).map_err(|(message, advice)| error(node, message, advice))?;
        } else if !matches!(kind, "description" | "graphics" | "property" | "attribute") {
            return Err(unknown(node, "Use and, or, alt and feature."));
        }
    }
    if let Some(root) = top.attribute("name").and_then(|name| features.find(name)) {
        features.root(root);
    }
    for node in top.descendants().filter(is_feature) {
        let id = |node: Node<'_, '_>| features.find(node.attribute("name")?);
        let Some(parent) = id(node) else { continue };
        let children: Vec<_> = elements(node)
            .filter(is_feature)
            .filter_map(|child| Some((child.attribute("mandatory") == Some("true"), id(child)?)))
            .collect();
        let group: Vec<_> = children.iter().map(|(_, child)| *child).collect();
        match node.tag_name().name() {
            _ if group.is_empty() => {}
            "or" => features.group(parent, &group, 1, u32::MAX),
            "alt" => features.group(parent, &group, 1, 1),
            "and" => {
                for (mandatory, child) in children {
                    if mandatory {
                        features.mandatory(parent, child);
                    } else {
                        features.optional(parent, child);
                    }
                }
            }
            _ => return Err(error(node, "a 'feature' has no features below it", "Use and, or or alt.")),
        }
    }
    Ok(())
}

fn read_formula(features: &Features, node: Node<'_, '_>, depth: usize) -> Result<Formula, ImportError> {
    if depth == DEEPEST {
        return Err(error(node, "this formula is nested too deeply", "Divide the rule."));
    }
    let kind = node.tag_name().name();
    if kind == "var" {
        let name = node.text().unwrap_or_default().trim();
        let feature = features.find(name);
        return feature.map(yes).ok_or_else(|| {
            let message = format!("there is no feature '{}'", shown(name));
            error(node, message, "Use the name of a feature of the tree.")
        });
    }
    let parts: Result<Vec<Formula>, ImportError> =
        elements(node).map(|part| read_formula(features, part, depth + 1)).collect();
    let mut parts = parts?;
    let count = parts.len();
    let formula = match (kind, count) {
        ("not", 1) | ("imp" | "eq", 2) | ("conj" | "disj" | "atmost1", 1..) => match (kind, parts.pop()) {
            ("atmost1", Some(last)) => {
                parts.push(last);
                Some(Formula::Count { min: 0, max: 1, of: parts })
            }
            ("not", part) => part.map(not),
            (_, last) => parts.into_iter().chain(last).reduce(match kind {
                "conj" => and,
                "disj" => or,
                "imp" => implies,
                _ => iff,
            }),
        },
        ("not" | "imp" | "eq" | "conj" | "disj" | "atmost1", _) => {
            let message = format!("'{kind}' can't have {count} parts");
            return Err(error(node, message, "Use one for not, two for imp and eq, more for the others."));
        }
        _ => None,
    };
    formula.ok_or_else(|| unknown(node, "Use var, not, conj, disj, imp, eq and atmost1."))
}
