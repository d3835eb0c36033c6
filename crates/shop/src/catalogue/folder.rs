//! Product folders on disk: `product.toml`, `layers/*.svg`, `past-orders.toml`.

use std::io::ErrorKind;
use std::path::Path;

use configurator::file::{File, Located, PastOrdersFile};
use configurator::source::{PastOrderSource, Source};
use configurator::{ChoiceError, Choices, Configured, Problem, Product};
use preview::Drawings;

use super::bundle::{Bundle, configured, terms, unsound_designs};
use super::find_folders::product_folder;
use super::hidden_texts::hidden_texts;

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

/// Reads a product's folder from disk, also given its `product.toml`. Drawings that no layer names stay there.
///
/// # Errors
/// Everything that is wrong with it, as lines ready to print: `catalogs/x/product.toml:12:3: message. advice`. What
/// follows from another fault is left out; options that no valid design can have are looked for once `product.toml` is
/// sound in itself. May take as long as [`super::inspect`].
pub fn read_folder(folder: &Path) -> Result<(Bundle, Configured, Vec<PastOrders>), Vec<String>> {
    let folder = product_folder(folder).map_err(|line| vec![line])?;
    let path = folder.join("product.toml");
    let text = read(&path).map_err(|line| vec![line])?;
    let file = match File::read(&text) {
        Ok(file) => file,
        Err(found) => {
            let mut report = lines(&path, &found);
            report.extend(past_orders(&folder, None, None).err().unwrap_or_default());
            return Err(report);
        }
    };
    let (drawings, unreadable) = drawings(&folder, &file.source);
    let (product, found) = product(&file, &drawings, unreadable);
    let mut report = lines(&path, &found);
    match (past_orders(&folder, Some(&file), product.as_ref()), product) {
        (Ok(past), Some(product)) if report.is_empty() => {
            Ok((Bundle { source: file.source, drawings }, product, past))
        }
        (past, _) => {
            report.extend(past.err().unwrap_or_default());
            Err(report)
        }
    }
}

/// What a product's folder holds as it is written, sound or not; nothing when something in it can't be read.
pub(crate) fn as_written(folder: &Path) -> Option<Bundle> {
    let text = read(&folder.join("product.toml")).ok()?;
    let file = File::read(&text).ok().filter(|file| file.faults.is_empty())?;
    let (drawings, unreadable) = drawings(folder, &file.source);
    unreadable.is_empty().then_some(Bundle { source: file.source, drawings })
}

/// The drawings that layers name, and those that are there and can't be read.
fn drawings(folder: &Path, source: &Source) -> (Drawings, Vec<Problem>) {
    let (mut drawings, mut unreadable) = (Drawings::new(), Vec::new());
    for (index, name) in
        source.layers.iter().enumerate().filter_map(|(at, layer)| Some((at, layer.drawing()?)))
    {
        match std::fs::read_to_string(folder.join("layers").join(name)) {
            Ok(drawing) => drop(drawings.insert(name.to_owned(), drawing)),
            // The check of drawings reports it.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => unreadable.push(Problem {
                place: format!("layers.{index}.file"),
                span: None,
                correction: None,
                message: format!("the drawing '{name}' can't be read: {error}"),
                advice: "Save it as plain SVG in UTF-8.".to_owned(),
            }),
        }
    }
    (drawings, unreadable)
}

/// The product of a file if it is sound, and everything that is wrong with it and with its drawings.
fn product(file: &File, drawings: &Drawings, unreadable: Vec<Problem>) -> (Option<Configured>, Vec<Located>) {
    let mut problems = preview::check(&file.source, drawings);
    problems.extend(terms(&file.source));
    problems.extend(hidden_texts(&file.source));
    problems.retain(|problem| unreadable.iter().all(|other| other.place != problem.place));
    problems.extend(unreadable);
    let (product, mut found) = match file.product() {
        Ok(product) => {
            let (product, unsound) = match configured(product) {
                Ok(product) => {
                    let unsound = unsound_designs(&product, &file.source);
                    (unsound.is_empty().then_some(product), unsound)
                }
                Err(problems) => (None, problems),
            };
            problems.extend(unsound);
            (product, Vec::new())
        }
        Err(found) => (None, found),
    };
    found.extend(file.locate(&problems));
    found.sort();
    (product, found)
}

/// The past orders in a folder, checked against its product as far as that is there.
fn past_orders(
    folder: &Path,
    file: Option<&File>,
    product: Option<&Configured>,
) -> Result<Vec<PastOrders>, Vec<String>> {
    let path = folder.join("past-orders.toml");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = read(&path).map_err(|line| vec![line])?;
    let orders = PastOrdersFile::read(&text).map_err(|found| lines(&path, &found))?;
    let mut problems = file.map(|file| file.check_orders(&orders.source)).unwrap_or_default();
    let mut past = Vec::new();
    for (index, order) in orders.source.orders.iter().enumerate() {
        let place = format!("orders.{index}");
        let Some(product) = product.filter(|_| orders.is_read(&place)) else { continue };
        // Choices that mean nothing are among the problems already.
        let Ok(choices) = choices(product, order) else { continue };
        match product.complete(&choices, product.standard()) {
            Ok(design) => past.push(PastOrders {
                stated_use: order.r#use.clone(),
                count: order.count,
                choices: product.write_choices(&design.to_choices()),
            }),
            Err(error) => problems.push(Problem {
                place,
                span: None,
                correction: None,
                message: format!(
                    "no valid design has these choices: {}",
                    error.to_string().trim_end_matches('.')
                ),
                advice: "Name choices that go together.".to_owned(),
            }),
        }
    }
    let mut found = orders.locate(&problems);
    found.extend(orders.faults);
    found.sort();
    if found.is_empty() { Ok(past) } else { Err(lines(&path, &found)) }
}

fn choices(product: &Product, order: &PastOrderSource) -> Result<Choices, ChoiceError> {
    order.choices.iter().try_fold(Choices::new(), |choices, (code, value)| {
        let (id, value) = product.read_choice(code, &value.to_string())?;
        Ok(choices.with(id, value))
    })
}

fn lines(path: &Path, found: &[Located]) -> Vec<String> {
    found.iter().map(|located| format!("{}:{located}", path.display())).collect()
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| {
        let advice = "Each product's folder holds a product.toml and its drawings in layers/, in UTF-8.";
        format!("{}:1:1: this file can't be read: {error}. {advice}", path.display())
    })
}
