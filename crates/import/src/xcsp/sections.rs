//! The sections of an instance, and its variables with their domains.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use crate::text::{ImportError, MOST_VARIABLES, shown};
use crate::xml::{attribute, elements, error, error_at, text_words, unknown};
use engine::model::Variable;

/// Most values of all variables together; those with long names count for several.
const MOST_VALUES: usize = 2_000_000;

/// The parts of an instance.
pub(super) struct Sections<'a, 't> {
    pub domains: BTreeMap<&'a str, Node<'a, 't>>,
    pub variables: Vec<Node<'a, 't>>,
    pub relations: BTreeMap<&'a str, Node<'a, 't>>,
    pub constraints: Vec<Node<'a, 't>>,
    pub costs: Option<Node<'a, 't>>,
}

impl<'a, 't> Sections<'a, 't> {
    pub fn read(document: &'a Document<'t>) -> Result<Self, ImportError> {
        let root = document.root_element();
        if root.tag_name().name() != "instance" {
            return Err(unknown(root, "Start with <instance>."));
        }
        let mut sections = Self {
            domains: BTreeMap::new(),
            variables: Vec::new(),
            relations: BTreeMap::new(),
            constraints: Vec::new(),
            costs: None,
        };
        let format = |node: Node<'a, 't>| node.attribute("format").is_some_and(|it| it.starts_with("XCSP3"));
        for section in elements(root) {
            if format(root) || format(section) {
                return Err(error(section, "this is XCSP 3", "Give a file of XCSP 2.1."));
            }
            match section.tag_name().name() {
                "presentation" => {}
                "domains" => sections.domains = named(section, "domain")?,
                "variables" => sections.variables = listed(section, "variable")?,
                "relations" => sections.relations = named(section, "relation")?,
                "constraints" => {
                    sections.constraints = listed(section, "constraint")?;
                    sections.costs = Some(section);
                }
                "predicates" | "functions" => {
                    if let Some(formula) = elements(section).next() {
                        let message =
                            format!("constraints by formula ('{}') are not read", section.tag_name().name());
                        return Err(error(formula, message, "Write the relation as a list of tuples."));
                    }
                }
                _ => return Err(unknown(section, "Remove it.")),
            }
        }
        Ok(sections)
    }

    /// The variables with the values of their domains.
    pub fn variables(&self) -> Result<Vec<Variable>, ImportError> {
        let mut domains: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut names = BTreeMap::new();
        let mut variables = Vec::new();
        let mut values = 0;
        for node in &self.variables {
            let name = attribute(*node, "name")?;
            if names.insert(name, ()).is_some() {
                let message = format!("there is another variable '{}'", shown(name));
                return Err(error(*node, message, "Give one of them another name."));
            }
            let domain = attribute(*node, "domain")?;
            if !domains.contains_key(domain) {
                let Some(written) = self.domains.get(domain) else {
                    let message = format!("there is no domain '{}'", shown(domain));
                    return Err(error(*node, message, "Add it to <domains>."));
                };
                domains.insert(domain, domain_values(*written)?);
            }
            let domain = domains.get(domain).cloned().unwrap_or_default();
            values += domain.iter().map(|value| 1 + value.len() / 16).sum::<usize>();
            if values > MOST_VALUES || variables.len() == MOST_VARIABLES {
                let advice =
                    format!("Use at most {MOST_VARIABLES} variables with {MOST_VALUES} values together.");
                return Err(error(*node, "there are too many variables or values", advice));
            }
            variables.push(Variable::new(name, domain));
        }
        Ok(variables)
    }
}

/// The values of a domain, by their text.
fn domain_values(node: Node<'_, '_>) -> Result<Vec<String>, ImportError> {
    let mut values = Vec::new();
    let mut seen = BTreeMap::new();
    for (at, word) in text_words(node, char::is_whitespace) {
        let written = match word.split_once("..") {
            None => vec![word.to_owned()],
            Some((first, last)) => {
                let (Ok(first), Ok(last)) = (first.parse::<i64>(), last.parse::<i64>()) else {
                    let message = format!("'{}' is no interval", shown(word));
                    return Err(error_at(node, at, message, "Write it as 1..9."));
                };
                if last
                    .checked_sub(first)
                    .is_none_or(|size| usize::try_from(size).is_ok_and(|it| it >= MOST_VALUES))
                {
                    let message = format!("the interval '{}' is too large", shown(word));
                    return Err(error_at(node, at, message, format!("Use at most {MOST_VALUES} values.")));
                }
                (first..=last).map(|value| value.to_string()).collect()
            }
        };
        for value in written {
            if seen.insert(value.clone(), ()).is_some() {
                let message = format!("the value '{}' is here twice", shown(&value));
                return Err(error_at(node, at, message, "Write every value once."));
            }
            if values.len() == MOST_VALUES {
                return Err(error_at(
                    node,
                    at,
                    "the domain is too large",
                    format!("Use at most {MOST_VALUES} values."),
                ));
            }
            values.push(value);
        }
    }
    if values.is_empty() {
        return Err(error(node, "this domain is empty", "Add its values."));
    }
    Ok(values)
}

/// The elements of a section, which are all of one kind.
fn listed<'a, 't>(section: Node<'a, 't>, kind: &str) -> Result<Vec<Node<'a, 't>>, ImportError> {
    let mut found = Vec::new();
    for element in elements(section) {
        if element.tag_name().name() != kind {
            return Err(unknown(element, format!("Write <{kind} …> elements only.")));
        }
        found.push(element);
    }
    Ok(found)
}

/// The elements of a section by their names.
fn named<'a, 't>(section: Node<'a, 't>, kind: &str) -> Result<BTreeMap<&'a str, Node<'a, 't>>, ImportError> {
    let mut found = BTreeMap::new();
    for element in listed(section, kind)? {
        let name = attribute(element, "name")?;
        if found.insert(name, element).is_some() {
            let message = format!("there is another {kind} '{}'", shown(name));
            return Err(error(element, message, "Give one of them another name."));
        }
    }
    Ok(found)
}
