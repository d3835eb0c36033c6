//! Product files: TOML text to a [`Source`], with the line and column of everything that is wrong.

mod form;

use std::ops::Range;

use schemars::{JsonSchema, SchemaGenerator};
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::check::{self, Problem};
use crate::places::Places;
use crate::product::Product;
use crate::source::{PastOrdersSource, Source};
use form::Reader;

/// A problem with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    fn new(text: &str, at: usize, message: impl Into<String>, advice: impl Into<String>) -> Self {
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

/// A product's main file.
pub type File<'t> = TomlFile<'t, Source>;

/// The past orders of a product's folder.
pub type PastOrdersFile<'t> = TomlFile<'t, PastOrdersSource>;

/// What a file says as far as it can be read, and where it says it.
pub struct TomlFile<'t, S> {
    /// What it says. Whatever could not be read holds something of the right type that means nothing; there is none of
    /// that when there are no faults.
    pub source: S,
    /// Everything that is wrong with its form: unknown and missing fields, values of the wrong type.
    pub faults: Vec<Located>,
    /// Where something could not be read.
    unread: Places,
    text: &'t str,
    root: Spanned<DeValue<'t>>,
}

impl<'t, S: DeserializeOwned + JsonSchema> TomlFile<'t, S> {
    /// Reads as much of a file as can be read. Its faults are for the caller to look at.
    ///
    /// # Errors
    /// The text is no TOML. Then nothing else in it is looked at, because a missing quotation mark can change the
    /// meaning of everything behind it.
    pub fn read(text: &'t str) -> Result<Self, Vec<Located>> {
        let (root, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            return Err(syntax_faults(text, &errors));
        }
        let mut root = Spanned::new(root.span(), DeValue::Table(root.into_inner()));
        let schema = SchemaGenerator::default().into_root_schema_for::<S>();
        let mut reader = Reader::new(text, schema.as_value(), &root);
        reader.root(&mut root);
        let (faults, unread) = (sorted(reader.faults), reader.faulty);
        match S::deserialize(ValueDeserializer::from(root.clone())) {
            Ok(source) => Ok(Self { source, faults, unread, text, root }),
            Err(error) => Err(syntax_faults(text, &[error])),
        }
    }
}

impl<S> TomlFile<'_, S> {
    /// Where in the file problems are, in the file's order, without those of what could not be read.
    #[must_use]
    pub fn locate(&self, problems: &[Problem]) -> Vec<Located> {
        let readable = problems.iter().filter(|problem| !self.unread.cover(&problem.place));
        sorted(readable.map(|problem| self.located(problem)).collect())
    }

    /// Whether all of a place could be read.
    #[must_use]
    pub fn is_read(&self, place: &str) -> bool {
        !self.unread.touch(place)
    }

    fn located(&self, problem: &Problem) -> Located {
        Located::new(self.text, self.position(problem), &problem.message, problem.advice_in_full())
    }

    fn position(&self, problem: &Problem) -> usize {
        let mut here = &self.root;
        let mut rest = problem.place.as_str();
        // A key may have dots itself, such as the label of a price.
        let ends = |rest: &str| {
            let dots: Vec<usize> = rest.rmatch_indices('.').map(|(end, _)| end).collect();
            std::iter::once(rest.len()).chain(dots)
        };
        while let Some((end, next)) = ends(rest).find_map(|end| {
            let (key, value) = (&rest[..end], here.get_ref());
            Some((end, value.get(key).or_else(|| value.get(key.parse::<usize>().ok()?))?))
        }) {
            here = next;
            rest = rest[end..].strip_prefix('.').unwrap_or_default();
        }
        let within = problem.span.as_ref().and_then(|inner| self.inside(here, inner));
        within.unwrap_or(here.span().start)
    }

    /// The position of a place within a text, where the text stands in the file as it is.
    fn inside(&self, value: &Spanned<DeValue>, inner: &Range<usize>) -> Option<usize> {
        let raw = self.text.get(value.span())?;
        let decoded = value.get_ref().as_str()?;
        let opening = raw.find(decoded).filter(|_| !decoded.is_empty())?;
        Some(value.span().start + opening + inner.start.min(decoded.len()))
    }
}

impl<'t> File<'t> {
    /// Reads a product file and checks what it says.
    ///
    /// # Errors
    /// As [`File::read`], or else as [`File::product`].
    pub fn check(text: &'t str) -> Result<(Self, Product), Vec<Located>> {
        let file = Self::read(text)?;
        let product = file.product()?;
        Ok((file, product))
    }

    /// The product it describes.
    ///
    /// # Errors
    /// Everything that is wrong with its form and with what it says ([`Product::check`]), in the file's order, but for
    /// what follows from another fault: names that could not be read are not reported where they are used.
    pub fn product(&self) -> Result<Product, Vec<Located>> {
        match check::check(&self.source, &self.unread) {
            Ok(product) if self.faults.is_empty() => Ok(product),
            outcome => {
                let mut faults = self.locate(&outcome.err().unwrap_or_default());
                faults.extend(self.faults.iter().cloned());
                Err(sorted(faults))
            }
        }
    }

    /// What is wrong with past orders for this product: uses, attributes, options and values that it has not, as far
    /// as it can be read itself. Whether choices go together is for [`Product::complete`] to find.
    #[must_use]
    pub fn check_orders(&self, orders: &PastOrdersSource) -> Vec<Problem> {
        check::orders::check_orders(orders, &self.source, &self.unread)
    }
}

fn sorted(mut found: Vec<Located>) -> Vec<Located> {
    found.sort();
    found
}

/// Faults of TOML. What is reported right behind another fault follows from it.
fn syntax_faults(text: &str, errors: &[toml::de::Error]) -> Vec<Located> {
    let located = errors.iter().map(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let advice = "Correct the TOML here; the rest of the file is checked once it can be read.";
        Located::new(text, at, error.message().replace('`', "'"), advice)
    });
    let mut faults = sorted(located.collect());
    let mut before = None;
    faults.retain(|fault| before.replace(fault.line).is_none_or(|line| fault.line > line + 1));
    faults
}

fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// The JSON Schema of product files, for editors: `docs/product-file.schema.json`.
///
/// # Errors
/// None in practice; the schema is data of our own types.
pub fn json_schema() -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&schemars::schema_for!(Source))
}
