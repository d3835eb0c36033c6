//! What all files of a model have in common: its features, and what is known of their attributes and values.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::arithmetic::Decimal;
use crate::features::Features;
use engine::model::VariableId;

/// Most parts that the arithmetic of all constraints goes through, and bytes of all names of attributes, and of features of
/// other files, together.
pub(super) const MOST_PARTS: usize = 20_000_000;

/// What all files of a model have in common.
#[derive(Default)]
pub(super) struct Shared {
    pub features: Features,
    /// How far each variable is indented, in their order; those of another file further than the line it stands on.
    pub indents: Vec<usize>,
    /// Features with values.
    pub types: BTreeMap<VariableId, Type>,
    /// What the constraints tell of those values.
    pub bounds: BTreeMap<VariableId, Bounds>,
    /// Features whose values are in the model.
    pub values: BTreeMap<VariableId, Values>,
    /// Numbers for texts, so that they can be compared.
    pub texts: BTreeMap<Rc<str>, i64>,
    /// Attributes by their names and features.
    pub attributes: BTreeMap<String, BTreeMap<VariableId, Attribute>>,
    /// How much of [`MOST_PARTS`] is used.
    pub parts: usize,
    /// Paths of the files that are being read, the outermost first.
    pub open: Vec<String>,
    /// How many other files have been asked for.
    pub files: usize,
    /// Length of all texts together.
    pub bytes: usize,
}

/// What an attribute is.
pub(super) enum Attribute {
    Number(Decimal),
    Text(Rc<str>),
    /// Constraints can't be about it.
    Other,
}

/// What values a feature has beside being there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Type {
    Integer,
    Real,
    String,
}

impl std::fmt::Display for Type {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // They are called as the language calls them.
        write!(formatter, "{self:?}")
    }
}

/// What constraints tell of the values of a feature that is there.
#[derive(Default)]
pub(super) struct Bounds {
    pub least: Option<i64>,
    pub most: Option<i64>,
    pub texts: Option<BTreeSet<Rc<str>>>,
}

/// A variable for the values of a feature, and what each of its values stands for.
pub(super) enum Values {
    Numbers(VariableId, Vec<i64>),
    Texts(VariableId, Vec<Rc<str>>),
}

impl Bounds {
    pub fn narrow(&mut self, sign: &str, number: Decimal) {
        match sign {
            "<" => self.within(None, Some(number.ceil().saturating_sub(1))),
            "<=" => self.within(None, Some(number.floor())),
            ">" => self.within(Some(number.floor().saturating_add(1)), None),
            ">=" => self.within(Some(number.ceil()), None),
            _ => self.within(Some(number.ceil()), Some(number.floor())),
        }
    }

    pub fn within(&mut self, least: Option<i64>, most: Option<i64>) {
        self.least = self.least.max(least);
        self.most = [self.most, most].into_iter().flatten().min();
    }

    pub fn list(&mut self, texts: BTreeSet<Rc<str>>) {
        self.texts = Some(match self.texts.take() {
            Some(known) => known.intersection(&texts).cloned().collect(),
            None => texts,
        });
    }
}
