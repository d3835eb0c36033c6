//! Product files: TOML text to a [`Source`], with the line and column of everything that is wrong.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::check::Problem;
use crate::nearest::nearest;
use crate::product::Product;
use crate::source::Source;

/// A problem with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub advice: String,
}

impl Located {
    /// What is wrong at a byte of a text, for checks of other files of a product's folder.
    #[must_use]
    pub fn new(text: &str, at: usize, message: impl Into<String>, advice: impl Into<String>) -> Self {
        let (line, column) = line_and_column(text, at);
        Self { line, column, message: message.into(), advice: advice.into() }
    }
}

/// `12:8: there is no option 'rde'. Did you mean 'red'?`
impl std::fmt::Display for Located {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}: {}. {}", self.line, self.column, self.message, self.advice)
    }
}

/// A product file whose form is right: what it says, and where it says it.
pub struct File<'t> {
    /// The product as written.
    pub source: Source,
    text: &'t str,
    root: Spanned<DeTable<'t>>,
}

impl<'t> File<'t> {
    /// Reads a product file.
    ///
    /// # Errors
    /// Everything that is wrong with the form of the file: its TOML, unknown or missing fields, values of the wrong
    /// type.
    pub fn read(text: &'t str) -> Result<Self, Vec<Located>> {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader { text, found: Vec::new() };
        for error in errors {
            reader.report(error.span().unwrap_or(0..0), error.message(), "Correct the TOML here.");
        }
        if reader.found.is_empty()
            && let Some(source) = reader.source(&root)
        {
            return Ok(Self { source, text, root });
        }
        reader.found.sort_by_key(|located| (located.line, located.column));
        Err(reader.found)
    }

    /// Reads a product file and checks what it says.
    ///
    /// # Errors
    /// As [`File::read`]; once the form is right, as [`Product::check`].
    pub fn check(text: &'t str) -> Result<(Self, Product), Vec<Located>> {
        let file = Self::read(text)?;
        match Product::check(&file.source) {
            Ok(product) => Ok((file, product)),
            Err(problems) => Err(file.locate(&problems)),
        }
    }

    /// Where in the file problems are, in the file's order.
    #[must_use]
    pub fn locate(&self, problems: &[Problem]) -> Vec<Located> {
        let mut located: Vec<Located> = problems
            .iter()
            .map(|problem| {
                let (line, column) = line_and_column(self.text, self.position(problem));
                Located { line, column, message: problem.message.clone(), advice: problem.advice.clone() }
            })
            .collect();
        located.sort_by_key(|located| (located.line, located.column));
        located
    }

    fn position(&self, problem: &Problem) -> usize {
        let mut span = self.root.span();
        let mut value: Option<&Spanned<DeValue>> = None;
        for key in problem.place.split('.') {
            let next = match (value, key.parse::<usize>()) {
                (None, _) => self.root.get_ref().get(key),
                (Some(inside), Ok(index)) => inside.get_ref().get(index),
                (Some(inside), Err(_)) => inside.get_ref().get(key),
            };
            let Some(next) = next else { break };
            span = next.span();
            value = Some(next);
        }
        let inside = problem.span.as_ref().and_then(|inner| self.inside(value?, inner));
        inside.unwrap_or(span.start)
    }

    /// The position of a place within a text, where the text stands in the file as it is.
    fn inside(&self, value: &Spanned<DeValue>, inner: &Range<usize>) -> Option<usize> {
        let raw = self.text.get(value.span())?;
        let decoded = value.get_ref().as_str()?;
        let opening = raw.find(decoded).filter(|_| !decoded.is_empty())?;
        Some(value.span().start + opening + inner.start.min(decoded.len()))
    }
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

struct Reader<'t> {
    text: &'t str,
    found: Vec<Located>,
}

impl<'t> Reader<'t> {
    fn report(&mut self, span: Range<usize>, message: &str, advice: &str) {
        let (line, column) = line_and_column(self.text, span.start);
        self.found.push(Located { line, column, message: message.to_owned(), advice: advice.to_owned() });
    }

    /// The product as written: lists entry by entry, so that one faulty entry does not hide the next.
    fn source(&mut self, root: &Spanned<DeTable<'t>>) -> Option<Source> {
        let mut rest = root.get_ref().clone();
        let steps = self.list(&mut rest, "steps");
        let attributes = self.list(&mut rest, "attributes");
        let rules = self.list(&mut rest, "rules");
        let prices = self.list(&mut rest, "prices");
        let layers = self.list(&mut rest, "layers");
        let nothing = |span: Range<usize>| Spanned::new(span, DeValue::Array(toml::de::DeArray::new()));
        for list in ["steps", "attributes"] {
            if root.get_ref().contains_key(list) {
                rest.insert(Spanned::new(0..0, list.into()), nothing(0..0));
            }
        }
        let source: Option<Source> = self.table(root.span(), rest);
        let attributes = attributes.into_iter().map(|(span, mut table)| {
            let options = self.list(&mut table, "options");
            let attribute: Option<crate::source::AttributeSource> = self.table(span, table);
            let options = self.each(options);
            attribute.map(|attribute| crate::source::AttributeSource { options, ..attribute })
        });
        let attributes = attributes.collect::<Vec<_>>().into_iter().flatten().collect();
        let (steps, rules) = (self.each(steps), self.each(rules));
        let (prices, layers) = (self.each(prices), self.each(layers));
        let source = source.filter(|_| self.found.is_empty())?;
        Some(Source { steps, attributes, rules, prices, layers, ..source })
    }

    /// Takes a list of tables out of a table.
    fn list(&mut self, table: &mut DeTable<'t>, key: &str) -> Vec<(Range<usize>, DeTable<'t>)> {
        let Some(value) = table.remove(key) else { return Vec::new() };
        let span = value.span();
        let DeValue::Array(entries) = value.into_inner() else {
            self.report(
                span,
                &format!("'{key}' is no list of tables"),
                &format!("Write [[{key}]] before each entry."),
            );
            return Vec::new();
        };
        let mut tables = Vec::new();
        for entry in entries {
            let span = entry.span();
            match entry.into_inner() {
                DeValue::Table(table) => tables.push((span, table)),
                other => {
                    let message = format!("this entry of '{key}' is of type {}", other.type_str());
                    self.report(span, &message, "Write it as { field = value, … }.");
                }
            }
        }
        tables
    }

    fn each<T: DeserializeOwned>(&mut self, tables: Vec<(Range<usize>, DeTable<'t>)>) -> Vec<T> {
        tables.into_iter().filter_map(|(span, table)| self.table(span, table)).collect()
    }

    /// Reads one table. A field that can't be read is reported and left out, to find out about the others.
    fn table<T: DeserializeOwned>(&mut self, span: Range<usize>, mut table: DeTable<'t>) -> Option<T> {
        let before = self.found.len();
        let mut removed: Vec<String> = Vec::new();
        loop {
            let value = Spanned::new(span.clone(), DeValue::Table(table.clone()));
            let error = match T::deserialize(ValueDeserializer::from(value)) {
                Ok(read) => return (self.found.len() == before).then_some(read),
                Err(error) => error,
            };
            let at = error.span().unwrap_or(span.clone());
            let message = error.message();
            if let Some(missing) = quoted(message).next().filter(|_| message.starts_with("missing field")) {
                if !removed.iter().any(|removed| removed == missing) {
                    self.report(span, &message.replace('`', "'"), &format!("Add {missing} = … to it."));
                }
                return None;
            }
            let advice = if message.starts_with("unknown ") {
                let mut names = quoted(message);
                let wrong = names.next().unwrap_or_default();
                nearest(wrong, names)
            } else {
                "docs/product-file.md says what goes here.".to_owned()
            };
            let message = message.split(", expected one of").next().unwrap_or(message).replace('`', "'");
            self.report(at.clone(), &message, &advice);
            let covers = |outer: Range<usize>| outer.start <= at.start && at.end <= outer.end;
            let culprit = table.iter().find(|(key, value)| covers(key.span()) || covers(value.span()));
            let culprit = culprit.map(|(key, _)| key.get_ref().to_string())?;
            table.remove(culprit.as_str());
            removed.push(culprit);
        }
    }
}

/// The names between back ticks in a message.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

/// The JSON Schema of product files, for editors: `docs/product-file.schema.json`.
///
/// # Errors
/// None in practice; the schema is data of our own types.
pub fn json_schema() -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&schemars::schema_for!(Source))
}

/// Reads any other TOML file of a product's folder.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read_toml<T: DeserializeOwned>(text: &str) -> Result<T, Located> {
    toml::from_str(text).map_err(|error| {
        let (line, column) = line_and_column(text, error.span().map_or(0, |span| span.start));
        Located {
            line,
            column,
            message: error.message().to_owned(),
            advice: "docs/product-file.md says what goes here.".to_owned(),
        }
    })
}
