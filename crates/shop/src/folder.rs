//! Product folders on disk: `product.toml`, `layers/*.svg`, `past-orders.toml`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use configurator::file::{File, Located, read_toml};
use configurator::source::ValueSource;
use configurator::{Choices, Product};
use preview::Drawings;
use serde::Deserialize;
use toml::Spanned;

use crate::bundle::{Bundle, flaws};

/// A design that was ordered, and how often, as a product's folder says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastOrders {
    /// The code of the use these shoppers stated.
    pub stated_use: Option<String>,
    /// How many orders.
    pub count: u32,
    /// Every attribute's code and value: what the file names, completed from the standard.
    pub choices: Vec<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PastOrdersFile {
    #[serde(default)]
    orders: Vec<Spanned<PastOrdersEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PastOrdersEntry {
    r#use: Option<Spanned<String>>,
    count: Spanned<u32>,
    #[serde(default)]
    choices: BTreeMap<String, Spanned<ValueSource>>,
}

/// Reads a product's folder from disk. Drawings that no layer names stay there.
///
/// # Errors
/// Everything that is wrong with it, as lines ready to print: `catalogs/x/product.toml:12:3: message. advice`. May
/// take as long as [`crate::inspect`].
pub fn read_folder(folder: &Path) -> Result<(Bundle, Product, Vec<PastOrders>), Vec<String>> {
    let path = folder.join("product.toml");
    let text = read(&path).map_err(|line| vec![line])?;
    let located = |found: Vec<Located>| found.iter().map(|located| line(&path, located)).collect::<Vec<_>>();
    let (file, product) = File::check(&text).map_err(&located)?;
    let mut report = Vec::new();
    let mut drawings = Drawings::new();
    for name in file.source.layers.iter().filter_map(|layer| layer.file.as_ref()) {
        let path = folder.join("layers").join(name);
        // One that is not there is reported with its place in the file, by the check of drawings.
        if !drawings.contains_key(name) && path.exists() {
            match read(&path) {
                Ok(drawing) => drop(drawings.insert(name.clone(), drawing)),
                Err(line) => report.push(line),
            }
        }
    }
    report.extend(located(file.locate(&flaws(&product, &drawings))));
    let past_path = folder.join("past-orders.toml");
    let past = if past_path.exists() { past_orders(&past_path, &product) } else { Ok(Vec::new()) };
    match past {
        Ok(past) if report.is_empty() => Ok((Bundle { source: file.source, drawings }, product, past)),
        Ok(_) => Err(report),
        Err(lines) => {
            report.extend(lines);
            Err(report)
        }
    }
}

fn past_orders(path: &Path, product: &Product) -> Result<Vec<PastOrders>, Vec<String>> {
    let text = read(path).map_err(|line| vec![line])?;
    let file: PastOrdersFile = read_toml(&text).map_err(|located| vec![line(path, &located)])?;
    let mut past = Vec::new();
    let mut report = Vec::new();
    for entry in file.orders {
        match past_order(entry, product) {
            Ok(order) => past.push(order),
            Err((at, message, advice)) => {
                report.push(line(path, &Located::new(&text, at.start, message, advice)));
            }
        }
    }
    if report.is_empty() { Ok(past) } else { Err(report) }
}

type Fault = (Range<usize>, String, String);

fn past_order(entry: Spanned<PastOrdersEntry>, product: &Product) -> Result<PastOrders, Fault> {
    let (at, entry) = (entry.span(), entry.into_inner());
    if *entry.count.get_ref() == 0 {
        let advice = "Write how many orders had this design, at least 1.";
        return Err((entry.count.span(), "the count is 0".to_owned(), advice.to_owned()));
    }
    if let Some(stated) = &entry.r#use {
        let mut answers = product.uses.iter().flat_map(|uses| &uses.answers);
        if !answers.any(|answer| answer.code == *stated.get_ref()) {
            let advice = "Take the code of an answer in [uses] of product.toml.";
            return Err((
                stated.span(),
                format!("there is no use '{}'", stated.get_ref()),
                advice.to_owned(),
            ));
        }
    }
    let mut choices = Choices::new();
    for (code, value) in &entry.choices {
        let text = match value.get_ref() {
            ValueSource::Number(number) => number.to_string(),
            ValueSource::Text(text) => text.clone(),
            ValueSource::List(codes) => codes.join(","),
        };
        let advice = || "docs/product-file.md says how choices are written.".to_owned();
        let choice = product.read_choice(code, &text);
        let (id, value) = choice.map_err(|error| (value.span(), unended(&error.to_string()), advice()))?;
        choices = choices.with(id, value);
    }
    let design = product.complete(&choices, product.standard()).map_err(|error| {
        let advice = "Name choices that go together.".to_owned();
        (at, format!("no valid design has these choices: {}", unended(&error.to_string())), advice)
    })?;
    Ok(PastOrders {
        stated_use: entry.r#use.map(Spanned::into_inner),
        count: entry.count.into_inner(),
        choices: product.write_choices(&design.to_choices()),
    })
}

fn unended(sentence: &str) -> String {
    sentence.trim_end_matches('.').to_owned()
}

fn line(path: &Path, located: &Located) -> String {
    format!("{}:{located}", path.display())
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| {
        let advice = "Each product's folder holds a product.toml and its drawings in layers/, in UTF-8.";
        format!("{}:1:1: this file can't be read: {error}. {advice}", path.display())
    })
}
