//! UVL, the Universal Variability Language: a tree of features with groups and attributes, and constraints.
//!
//! Language: D. Benavides, C. Sundermann, K. Feichtinger, J. A. Galindo, R. Rabiser and T. Thüm, "UVL: Feature Modelling
//! with the Universal Variability Language", 2025.
//! Read are the boolean level, the arithmetic level but for the cardinality of features, other files, and of the type
//! level the values of `Integer` and `String` features that constraints leave finitely many. Values that no constraint is
//! about are not the model's matter; where a constraint is about endlessly many, it is refused.
//! An attribute and a value count 0, or as the empty text, while their feature is not there; a division by 0 and the mean
//! of nothing compare with nothing.

mod arithmetic;
mod constraints;
mod file;
mod imports;
mod reader;
mod shared;
mod tokens;
mod tree;
mod values;

use self::reader::Reader;
use self::shared::Shared;
use crate::text::ImportError;
use engine::model::Model;

/// Reads a model of one file.
///
/// # Errors
/// The first thing that is wrong or can't be said, with its place; when it imports other files.
pub fn read(text: &str) -> Result<Model, ImportError> {
    read_with("", text, &mut |_| None)
}

/// Reads a model with what it imports; `name` and `files` are those of [`read_with`](super::read_with).
///
/// # Errors
/// As [`read`]; when another file is missing, imports itself or is wrong.
pub fn read_with(
    name: &str,
    text: &str,
    files: &mut dyn FnMut(&str) -> Option<String>,
) -> Result<Model, ImportError> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let mut shared = Shared { open: vec![name.to_owned()], bytes: text.len(), ..Shared::default() };
    let root = Reader::new(text, &mut shared, files, String::new(), 0)?.file()?;
    shared.features.root(root);
    Ok(shared.features.model)
}
