//! What the attributes and options of a product's revisions are and were called.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use configurator::source::Source;

use crate::Shop;
use crate::bundle::Bundle;
use crate::error::ShopError;

/// Most products whose names are kept in memory.
const MOST_PRODUCTS: usize = 256;

/// The names of products, kept since revisions never change; made only once an address has a word that is not known.
#[derive(Default)]
pub(crate) struct FormerNames {
    products: Mutex<HashMap<String, Arc<Names>>>,
}

impl FormerNames {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Names>>> {
        self.products.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, slug: &str, names: Arc<Names>) {
        let mut products = self.lock();
        if products.len() >= MOST_PRODUCTS && !products.contains_key(slug) {
            let any = products.keys().next().cloned();
            any.and_then(|any| products.remove(&any));
        }
        products.insert(slug.to_owned(), names);
    }
}

/// The names in the revisions of one product, the newest where they changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Revisions are read up to this number.
    read: i64,
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

    fn add(&mut self, source: Source) {
        for attribute in source.attributes {
            let names = self.attributes.entry(attribute.code).or_default();
            names.label = attribute.label;
            names.options.extend(attribute.options.into_iter().map(|option| (option.code, option.label)));
        }
    }
}

impl Shop {
    /// The names in all revisions of a product.
    pub(super) async fn former_names(&self, slug: &str) -> Result<Arc<Names>, ShopError> {
        let known = self.former_names.lock().get(slug).cloned().unwrap_or_default();
        let mut rows = Vec::new();
        let mut next = known.read + 1;
        while let Some(row) = self.store.revision(slug, next).await? {
            rows.push(row);
            next += 1;
        }
        if rows.is_empty() {
            return Ok(known);
        }
        let work = move || {
            let mut names = Names::clone(&known);
            for row in rows {
                let bundle =
                    Bundle::read(&row.bundle, || format!("revision {} of '{}'", row.number, row.slug))?;
                names.add(bundle.source);
                names.read = row.number;
            }
            Ok::<_, ShopError>(Arc::new(names))
        };
        let names = self.executor.run(work).await??;
        self.former_names.keep(slug, Arc::clone(&names));
        Ok(names)
    }
}
