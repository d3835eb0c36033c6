//! Models made elsewhere: text in one of the usual formats becomes a [`Model`].
//!
//! | format | names of files | what becomes of it |
//! |---|---|---|
//! | XCSP 2.1 | `.xml` | variables with their domains, relations as tables, weighted relations as prices |
//! | FeatureIDE | `.xml` | features, their tree and rules |
//! | SXFM (SPLOT) | `.splx`, `.sxfm`, `.xml` | features, their tree and clauses |
//! | UVL | `.uvl` | features, their tree, attributes and constraints |
//! | DIMACS | `.dimacs`, `.cnf` | clauses; lines `c 7 name` give names |
//!
//! A feature becomes a variable with the values `no` and `yes`. What a format can say and a model can't is refused with
//! the construct's name, never left out: an imported model has exactly the designs that the text describes.
//! Texts are not trusted: nesting, sizes and counts are bounded, and every fault has a line and a column.

pub mod dimacs;
mod featureide;
mod features;
pub mod sxfm;
mod text;
pub mod uvl;
pub mod xcsp;
mod xml;

use engine::model::Model;

pub use text::{ImportError, WriteError};
use text::{LONGEST_TEXT, Text, shown};

/// Reads a model; the format is told by the end of the file's name and, for XML, by the outermost element.
///
/// # Errors
/// The first thing that is wrong with the text, that its format has and a model can't say, or that is too large; when
/// it needs other files.
pub fn read(name: &str, text: &str) -> Result<Model, ImportError> {
    read_with(name, text, &mut |_| None)
}

/// Reads a model as [`read`] does, with other files for what they are imported into.
///
/// `files` gives the text of another file, or none where it can't be read. It is asked for paths relative to the
/// folder of the file called `name`, with `/` between their parts and never out of that folder.
///
/// # Errors
/// As [`read`]; what is wrong with another file says which.
pub fn read_with(
    name: &str,
    text: &str,
    files: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<Model, ImportError> {
    let source = Text(text);
    if text.len() > LONGEST_TEXT {
        let message = format!("the text is longer than {LONGEST_TEXT} bytes");
        return Err(source.error(0, message, "Divide it."));
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "dimacs" | "cnf" => dimacs::read(text),
        "uvl" => uvl::read_with(name, text, files),
        "xml" | "splx" | "sxfm" => {
            let document = xml::parse(text)?;
            let root = document.root_element();
            match root.tag_name().name() {
                "instance" => xcsp::instance(&document),
                "feature_model" => sxfm::feature_model(&document),
                "featureModel" | "extendedFeatureModel" => featureide::feature_model(&document),
                other => {
                    let message = format!("the outermost element '{}' tells no format", shown(other));
                    let advice =
                        "Use instance (XCSP 2.1), feature_model (SXFM) or featureModel (FeatureIDE).";
                    Err(xml::error(root, message, advice))
                }
            }
        }
        _ => Err(source.error(
            0,
            format!("the name '{name}' tells no format"),
            "Name it after its format: .xml, .uvl, .splx, .sxfm, .dimacs or .cnf; a product's file ends in .toml.",
        )),
    }
}

/// Adds the prices of an XCSP 2.1 file, whose weighted relations are about variables and values of these names.
///
/// # Errors
/// As [`read`]; when a variable or value is not the model's. The model is then as it was.
pub fn add_prices(model: &mut Model, text: &str) -> Result<(), ImportError> {
    xcsp::add_prices(model, text)
}
