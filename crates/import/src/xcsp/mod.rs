//! XCSP 2.1: variables with domains of whole numbers, relations as lists of tuples, weighted relations as prices.
//!
//! Format: O. Roussel and C. Lecoutre, "XML Representation of Constraint Networks: Format XCSP 2.1", 2009.
//! Values are named by their text. In a weighted relation a cost counts for all tuples up to the next cost, and the
//! default cost for all others. Constraints by formula (`predicates`) and global constraints are refused.

mod content;
mod rows;
mod sections;
mod write;

use roxmltree::Document;

use crate::text::ImportError;
use crate::xml::{self, error};
use content::Content;
use engine::model::Model;
use rows::Names;
use sections::Sections;

pub use write::write;

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
    let content = Content::read(&sections, &Names::new(model))?;
    if let Some((node, _)) = content.constraints.first() {
        return Err(error(*node, "this constraint has no costs", "Give it to the model, not to the prices."));
    }
    content.add_prices(model)
}

/// Reads a model from a document whose outermost element is `instance`.
pub(crate) fn instance(document: &Document<'_>) -> Result<Model, ImportError> {
    let sections = Sections::read(document)?;
    let mut model = Model { variables: sections.variables()?, ..Model::default() };
    let mut content = Content::read(&sections, &Names::new(&model))?;
    for (node, kind) in std::mem::take(&mut content.constraints) {
        model.add_constraint(node.attribute("name").unwrap_or("constraint"), kind);
    }
    content.add_prices(&mut model)?;
    Ok(model)
}
