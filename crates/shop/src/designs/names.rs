//! What the attributes and options of a product's revisions are and were called.

use std::collections::HashMap;
use std::sync::Arc;

use configurator::source::Source;
use configurator::{RevisionNumber, Slug};
use quick_cache::sync::Cache;

/// The names of products in memory, by the tag of the language they are in; made only once an address has a word that is not
/// known.
pub(crate) type FormerNames = Cache<(Slug, &'static str), Arc<Names>>;

/// How many products' names are kept, in one language each.
const MOST_PRODUCTS: usize = 256;

/// Room for names.
pub(crate) fn former_names() -> FormerNames {
    Cache::new(MOST_PRODUCTS)
}

/// The names in the revisions of one product in one language, the newest where they changed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Revisions are read up to this one.
    pub(super) read: Option<RevisionNumber>,
    /// By code.
    attributes: HashMap<String, AttributeNames>,
}

#[derive(Clone, Debug, Default)]
struct AttributeNames {
    label: String,
    /// Labels by code.
    options: HashMap<String, String>,
}

impl Names {
    /// The names of an attribute and of its value, if any revision had the attribute. A value of an attribute without
    /// options is its own name.
    pub(super) fn describe<'n>(&'n self, code: &str, value: &'n str) -> Option<(&'n str, Option<&'n str>)> {
        let attribute = self.attributes.get(code)?;
        let value = match attribute.options.get(value) {
            Some(label) => Some(label.as_str()),
            None if attribute.options.is_empty() && !value.is_empty() => Some(value),
            None => None,
        };
        Some((&attribute.label, value))
    }

    pub(super) fn add(&mut self, source: Source) {
        for attribute in source.attributes {
            let names = self.attributes.entry(attribute.code).or_default();
            names.label = attribute.label;
            names.options.extend(attribute.options.into_iter().map(|option| (option.code, option.label)));
        }
    }
}
