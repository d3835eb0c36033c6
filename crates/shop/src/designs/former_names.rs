//! Reading from a product's revisions what its attributes and options were called.

use std::sync::Arc;

use configurator::{RevisionNumber, Slug};
use words::Language;

use super::names::Names;
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// The names in all revisions of a product, in a language where a revision has them in it.
    pub(super) async fn former_names(
        &self,
        slug: &Slug,
        language: Language,
    ) -> Result<Arc<Names>, ShopError> {
        let key = (slug.clone(), language.tag());
        let known = self.former_names.get(&key).unwrap_or_default();
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
                    Ok(bundle) => names.add(bundle.source.in_language(language.tag())),
                    Err(error) => tracing::warn!(%error, "its names are not known"),
                }
            }
            Arc::new(names)
        };
        let names = self.executor.run(work).await?;
        self.former_names.insert(key, Arc::clone(&names));
        Ok(names)
    }
}
