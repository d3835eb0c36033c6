//! XCSP 2.1: variables with domains of whole numbers, relations as lists of tuples, weighted relations as prices.
//!
//! Format: O. Roussel and C. Lecoutre, "XML Representation of Constraint Networks: Format XCSP 2.1", 2009.
//! Values are named by their text. In a weighted relation a cost counts for all tuples up to the next cost, and the
//! default cost for all others. Constraints by formula (`predicates`) and global constraints are refused.

use std::collections::BTreeMap;
use std::fmt::Write;

use roxmltree::{Document, Node};

use super::xml::{attribute, attribute_words, elements, error, error_at, text_words, unknown};
use super::{ImportError, MOST_VARIABLES, WriteError, shown, xml};
use engine::model::{ConstraintKind, Model, Price, PriceKind, ValueId, Variable, VariableId};

/// Most values of all variables together; those with long names count for several.
const MOST_VALUES: usize = 2_000_000;
/// Most entries of all tuples and values with prices together; relations count for every constraint that refers to them.
const MOST_ENTRIES: usize = 20_000_000;

/// Reads a model; its weighted relations become prices.
///
/// # Errors
/// The first thing that is wrong or can't be said, with its place.
pub fn read(text: &str) -> Result<Model, ImportError> {
    instance(&xml::parse(text)?)
}

/// Adds the weighted relations of a file to the prices of a model. Those of one variable go to its values.
///
/// # Errors
/// As [`read`]; when a variable or value is not the model's, or a constraint has no costs. The model is then as it was.
pub fn add_prices(model: &mut Model, text: &str) -> Result<(), ImportError> {
    let document = xml::parse(text)?;
    let sections = Sections::read(&document)?;
    let content = sections.content(&Names::new(model))?;
    if let Some((node, _)) = content.constraints.first() {
        return Err(error(*node, "this constraint has no costs", "Give it to the model, not to the prices."));
    }
    content.add_prices(model)
}

/// Reads a model from a document whose outermost element is `instance`.
pub(super) fn instance(document: &Document<'_>) -> Result<Model, ImportError> {
    let sections = Sections::read(document)?;
    let mut model = Model { variables: sections.variables()?, ..Model::default() };
    let mut content = sections.content(&Names::new(&model))?;
    for (node, kind) in std::mem::take(&mut content.constraints) {
        model.add_constraint(node.attribute("name").unwrap_or("constraint"), kind);
    }
    content.add_prices(&mut model)?;
    Ok(model)
}

/// Writes a model of tables.
///
/// # Errors
/// The first name, constraint or price that XCSP 2.1 can't say.
pub fn write(model: &Model) -> Result<String, WriteError> {
    let mut writer = Writer { model, relations: String::new(), constraints: String::new(), written: 0 };
    let mut domains = String::new();
    let mut variables = String::new();
    for (index, variable) in model.variables.iter().enumerate() {
        for name in variable.values.iter().chain([&variable.name]) {
            let plain = |character: char| !character.is_whitespace() && !"|:".contains(character);
            if name.is_empty() || name.contains("..") || !name.chars().all(plain) {
                return Err(WriteError(format!("the name '{}'", shown(name))));
            }
        }
        let (name, values) = (escaped(&variable.name)?, escaped(&variable.values.join(" "))?);
        // Writing to a string can't fail.
        let _ =
            writeln!(domains, r#"<domain name="D{index}" nbValues="{}">{values}</domain>"#, variable.size());
        let _ = writeln!(variables, r#"<variable name="{name}" domain="D{index}"/>"#);
    }
    for constraint in &model.constraints {
        let ConstraintKind::Table { scope, tuples, allowed } = &constraint.kind else {
            return Err(WriteError(format!("the constraint '{}'", shown(&constraint.name))));
        };
        let semantics = if *allowed { "supports" } else { "conflicts" };
        writer.relation(&constraint.name, scope, semantics, tuples, None)?;
    }
    for price in &model.prices {
        let PriceKind::Table { scope, tuples, amounts, otherwise } = &price.kind else {
            return Err(WriteError(format!("the price '{}'", shown(&price.name))));
        };
        let semantics = format!(r#"soft" defaultCost="{otherwise}"#);
        writer.relation(&price.name, scope, &semantics, tuples, Some(amounts))?;
    }
    for (index, variable) in model.variables.iter().enumerate() {
        if variable.prices.iter().any(|amount| *amount != 0) {
            let values: Vec<ValueId> = (0..variable.size()).map(ValueId::new).collect();
            let semantics = r#"soft" defaultCost="0"#;
            writer.relation(
                &variable.name,
                &[VariableId::new(index)],
                semantics,
                &values,
                Some(&variable.prices),
            )?;
        }
    }
    let Writer { relations, constraints, written, .. } = writer;
    let (count, base) = (model.variables.len(), model.base_price);
    Ok(format!(
        r#"<instance>
<presentation format="XCSP 2.1"/>
<domains nbDomains="{count}">
{domains}</domains>
<variables nbVariables="{count}">
{variables}</variables>
<relations nbRelations="{written}">
{relations}</relations>
<constraints initialCost="{base}" nbConstraints="{written}">
{constraints}</constraints>
</instance>
"#
    ))
}

/// The parts of an instance.
struct Sections<'a, 't> {
    domains: BTreeMap<&'a str, Node<'a, 't>>,
    variables: Vec<Node<'a, 't>>,
    relations: BTreeMap<&'a str, Node<'a, 't>>,
    constraints: Vec<Node<'a, 't>>,
    costs: Option<Node<'a, 't>>,
}

impl<'a, 't> Sections<'a, 't> {
    fn read(document: &'a Document<'t>) -> Result<Self, ImportError> {
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
    fn variables(&self) -> Result<Vec<Variable>, ImportError> {
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

    /// What the constraints say about a model with these names.
    fn content(&self, names: &Names<'_>) -> Result<Content<'a, 't>, ImportError> {
        let mut content = Content::default();
        let mut entries = 0;
        for node in &self.constraints {
            let reference = attribute(*node, "reference")?;
            let Some(relation) = self.relations.get(reference) else {
                let (message, advice) = if reference.starts_with("global:") {
                    (
                        format!("the global constraint '{}' is not read", shown(reference)),
                        "Write it as a relation.",
                    )
                } else {
                    (format!("there is no relation '{}'", shown(reference)), "Add it to <relations>.")
                };
                return Err(error(*node, message, advice));
            };
            let scope = names.scope(*node)?;
            let rows = Rows::read(*relation, *node, &scope, names, &mut entries)?;
            let name = node.attribute("name").unwrap_or("constraint");
            match rows.costs {
                None => content.constraints.push((*node, rows.kind(scope))),
                Some((amounts, otherwise)) if scope.len() == 1 => {
                    entries += names.values[scope[0].index()].len();
                    if entries > MOST_ENTRIES {
                        return Err(too_large(*node));
                    }
                    let mut prices = vec![otherwise; names.values[scope[0].index()].len()];
                    for (value, amount) in rows.tuples.iter().zip(amounts) {
                        prices[value.index()] = amount;
                    }
                    content.unary.push((*node, scope[0], prices));
                }
                Some((amounts, otherwise)) => {
                    let kind = PriceKind::Table { scope, tuples: rows.tuples, amounts, otherwise };
                    content.tables.push(Price { name: name.to_owned(), kind });
                }
            }
        }
        if let Some(costs) = self.costs {
            content.base = costs.attribute("initialCost").map_or(Ok(0), |cost| amount(costs, None, cost))?;
            if let Some(most) = costs.attribute("maximalCost") {
                let most = i128::from(whole(costs, None, most)?);
                if most <= content.dearest() {
                    let message = "a maximalCost that a design can reach is a constraint that is not read";
                    return Err(error(costs, message, "Remove it, or set it to more than any design costs."));
                }
            }
        }
        Ok(content)
    }
}

/// The names of variables and of their values.
struct Names<'m> {
    variables: BTreeMap<&'m str, VariableId>,
    values: Vec<BTreeMap<&'m str, ValueId>>,
}

impl<'m> Names<'m> {
    fn new(model: &'m Model) -> Self {
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

    fn scope(&self, node: Node<'_, '_>) -> Result<Vec<VariableId>, ImportError> {
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

/// What constraints say.
#[derive(Default)]
struct Content<'a, 't> {
    constraints: Vec<(Node<'a, 't>, ConstraintKind)>,
    unary: Vec<(Node<'a, 't>, VariableId, Vec<i64>)>,
    tables: Vec<Price>,
    base: i64,
}

impl Content<'_, '_> {
    /// No design costs more than this.
    fn dearest(&self) -> i128 {
        let unary = self.unary.iter().filter_map(|(_, _, prices)| prices.iter().max().copied());
        let tables = self.tables.iter().filter_map(|price| match &price.kind {
            PriceKind::Table { amounts, otherwise, .. } => amounts.iter().chain([otherwise]).max().copied(),
            PriceKind::When(..) => None,
        });
        unary.chain(tables).chain([self.base]).map(i128::from).sum()
    }

    /// All or nothing: the model changes only when every sum can be said.
    fn add_prices(self, model: &mut Model) -> Result<(), ImportError> {
        let mut sums: BTreeMap<VariableId, Vec<i64>> = BTreeMap::new();
        for (node, variable, prices) in self.unary {
            let sum = sums.entry(variable).or_insert_with(|| model.variable(variable).prices.clone());
            for (sum, price) in sum.iter_mut().zip(prices) {
                *sum = sum.checked_add(price).ok_or_else(|| {
                    error(node, "the prices of a value are too large", "Use smaller numbers.")
                })?;
            }
        }
        for (variable, prices) in sums {
            model.variables[variable.index()].prices = prices;
        }
        model.prices.extend(self.tables);
        model.base_price = model.base_price.saturating_add(self.base);
        Ok(())
    }
}

/// The tuples of a relation for a scope.
struct Rows {
    tuples: Vec<ValueId>,
    allowed: bool,
    /// The cost of each tuple and of every other one, when the relation is weighted.
    costs: Option<(Vec<i64>, i64)>,
}

impl Rows {
    fn read(
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
        let (allowed, weighted) = match attribute(relation, "semantics")? {
            "supports" => (true, false),
            "conflicts" => (false, false),
            "soft" => (true, true),
            other => {
                let message = format!("the semantics '{}' are not known", shown(other));
                return Err(error(relation, message, "Use supports, conflicts or soft."));
            }
        };
        let mut rows = Self { tuples: Vec::new(), allowed, costs: None };
        let mut amounts = Vec::new();
        let mut cost = None;
        for (at, tuple) in text_words(relation, |character| character == '|') {
            let mut length = 0;
            for mut word in tuple.split_whitespace() {
                let at = at + super::Text(tuple).position(word);
                if weighted && let Some((written, value)) = word.split_once(':') {
                    cost = Some(amount(relation, Some(at), written)?);
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
                rows.tuples.push(*value);
                length += 1;
            }
            if length == 0 {
                continue;
            }
            if length < arity {
                let message = format!("this tuple has {length} of the {arity} values of the scope");
                return Err(error_at(relation, at, message, "Add the missing ones."));
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

    fn kind(self, scope: Vec<VariableId>) -> ConstraintKind {
        ConstraintKind::Table { scope, tuples: self.tuples, allowed: self.allowed }
    }
}

fn too_large(constraint: Node<'_, '_>) -> ImportError {
    error(constraint, "the relations are too large together", "Divide the model.")
}

/// Whether a tuple is there with two amounts.
fn contradicts(tuples: &[ValueId], amounts: &[i64], arity: usize) -> bool {
    let mut rows: Vec<(&[ValueId], i64)> = tuples.chunks_exact(arity).zip(amounts.iter().copied()).collect();
    rows.sort_unstable();
    rows.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1)
}

/// Largest cost: sums of these stay far from overflow.
const LARGEST_COST: i64 = 1_000_000_000_000;

/// A cost, at a byte of the text or else of the node.
fn amount(node: Node<'_, '_>, at: Option<usize>, word: &str) -> Result<i64, ImportError> {
    let cost = whole(node, at, word)?;
    if cost.saturating_abs() > LARGEST_COST {
        let at = at.unwrap_or(node.range().start);
        let advice = format!("Use at most {LARGEST_COST}.");
        return Err(error_at(node, at, format!("the cost '{}' is too large", shown(word)), advice));
    }
    Ok(cost)
}

fn whole(node: Node<'_, '_>, at: Option<usize>, word: &str) -> Result<i64, ImportError> {
    let at = at.unwrap_or(node.range().start);
    word.trim().parse().map_err(|_| {
        if word.trim() == "infinity" {
            let advice = "Write what must not be as a relation of conflicts.";
            return error_at(node, at, "infinite costs are not read", advice);
        }
        error_at(node, at, format!("'{}' is no cost", shown(word)), "Use a whole number.")
    })
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

/// Relations and the constraints that refer to them, while a model is written.
struct Writer<'m> {
    model: &'m Model,
    relations: String,
    constraints: String,
    written: usize,
}

impl Writer<'_> {
    fn relation(
        &mut self,
        name: &str,
        scope: &[VariableId],
        semantics: &str,
        tuples: &[ValueId],
        amounts: Option<&[i64]>,
    ) -> Result<(), WriteError> {
        let (index, arity) = (self.written, scope.len());
        self.written += 1;
        let scope_names: Vec<&str> = scope.iter().map(|id| self.model.variable(*id).name.as_str()).collect();
        let scope_names = escaped(&scope_names.join(" "))?;
        let name = escaped(name)?;
        let rows = tuples.len().checked_div(arity).unwrap_or_default();
        let _ = write!(
            self.relations,
            r#"<relation name="R{index}" arity="{arity}" nbTuples="{rows}" semantics="{semantics}">"#
        );
        for (row, tuple) in tuples.chunks_exact(arity.max(1)).enumerate() {
            let separator = if row == 0 { "" } else { "|" };
            let values: Vec<&str> = scope
                .iter()
                .zip(tuple)
                .map(|(variable, value)| self.model.variable(*variable).values[value.index()].as_str())
                .collect();
            let cost = amounts.map_or_else(String::new, |amounts| format!("{}:", amounts[row]));
            let _ = write!(self.relations, "{separator}{cost}{}", escaped(&values.join(" "))?);
        }
        let _ = writeln!(self.relations, "</relation>");
        let _ = writeln!(
            self.constraints,
            r#"<constraint name="{name}" arity="{arity}" scope="{scope_names}" reference="R{index}"/>"#
        );
        Ok(())
    }
}

/// Text as it stands in XML, in elements and attributes.
fn escaped(text: &str) -> Result<String, WriteError> {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(character));
            }
            '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => {
                return Err(WriteError(format!("the character {character:?}")));
            }
            _ => out.push(character),
        }
    }
    Ok(out)
}
