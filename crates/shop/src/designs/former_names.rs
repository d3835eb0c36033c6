//! Reading from a product's revisions what its attributes and options were called.

use std::sync::Arc;

use configurator::{RevisionNumber, Slug};

use super::names::Names;
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// The names in all revisions of a product.
    pub(super) async fn former_names(&self, slug: &Slug) -> Result<Arc<Names>, ShopError> {
        let known = self.former_names.get(slug).unwrap_or_default();
        let mut rows = Vec::new();
        let mut next = known.read.map_or(RevisionNumber::FIRST, RevisionNumber::next);
        while let Some(row) = self.store.revision(slug, next).await? {
            rows.push(row);
            next = next.next();
        }
        if rows.is_empty() {
            return Ok(known);
        }
        let work = move || {
            let mut names = Names::clone(&known);
            for row in rows {
                names.read = Some(row.number);
                match Bundle::read(&row.bundle, || format!("revision {} of '{}'", row.number, row.slug)) {
                    Ok(bundle) => names.add(bundle.source),
                    Err(error) => tracing::warn!(%error, "its names are not known"),
                }
            }
            Arc::new(names)
        };
        let names = self.executor.run(work).await?;
        self.former_names.insert(slug.clone(), Arc::clone(&names));
        Ok(names)
    }
}
