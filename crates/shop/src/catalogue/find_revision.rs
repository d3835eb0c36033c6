//! Revisions found: by address and number, in memory or made of what the store has of them.

use std::sync::Arc;

use configurator::{RevisionNumber, Slug};
use tokio::sync::SemaphorePermit;
use words::Language;

use super::bundle::Bundle;
use super::prepared::FORMAT;
use super::revision::{Revision, RevisionKey, make};
use super::spoken::Spoken;
use crate::client::for_all;
use crate::drafts::previewed::is_preview;
use crate::error::ShopError;
use crate::lately::LATELY;
use crate::shop::Shop;
use crate::stock::store::SoldOut;
use crate::stock::without::without;

impl Shop {
    /// The product that an address leads to: one that has it, or had it before.
    ///
    /// # Errors
    /// No product can have it, or the store failed.
    pub async fn slug(&self, text: &str) -> Result<Slug, ShopError> {
        let Ok(slug) = text.parse::<Slug>() else { return Err(self.unknown_product(text).await?) };
        let moved_to = self.standing_lately(&slug).await?.and_then(|row| row.moved_to);
        Ok(moved_to.unwrap_or(slug))
    }

    /// The revision of a product that shoppers see.
    ///
    /// # Errors
    /// There is no such product, its live revision is not sound for this release, or the store failed.
    pub async fn live(&self, slug: &Slug) -> Result<Arc<Revision>, ShopError> {
        let number = self.live_number(slug).await?;
        self.revision(slug, number).await
    }

    /// A revision by its number, without what is sold out today.
    ///
    /// # Errors
    /// There is no such product or revision, it is not sound for this release, nothing of it is left, or the store failed.
    pub async fn revision(&self, slug: &Slug, number: RevisionNumber) -> Result<Arc<Revision>, ShopError> {
        let sold_out = self.sold_out_lately(slug).await?;
        match self.revision_without(slug, number, sold_out.to_vec()).await? {
            Some(revision) => Ok(revision),
            None => {
                self.live_number(slug).await?;
                Err(ShopError::UnknownRevision { slug: slug.clone(), number })
            }
        }
    }

    /// What a revision holds, as it was published, whether or not it is sound for this release.
    ///
    /// # Errors
    /// There is no such revision, it can't be read, or the store failed.
    pub async fn bundle(&self, slug: &Slug, number: RevisionNumber) -> Result<Bundle, ShopError> {
        let unknown = || ShopError::UnknownRevision { slug: slug.clone(), number };
        let row = self.store.revision(slug, number).await?.ok_or_else(unknown)?;
        let bundle =
            move || Bundle::read(&row.bundle, || format!("revision {} of '{}'", row.number, row.slug));
        Ok(self.executor.run(bundle).await??)
    }

    /// Number of a product's live revision.
    pub(crate) async fn live_number(&self, slug: &Slug) -> Result<RevisionNumber, ShopError> {
        if let Some(number) = self.store.live(slug).await? {
            return Ok(number);
        }
        if let Some(number) = self.previewed_number(slug).await? {
            return Ok(number);
        }
        Err(self.unknown_product(slug.as_str()).await?)
    }

    /// Number of a product's live revision, at most a second old: for what is shown, and for what is sold only where
    /// the store looks once more.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn live_lately(&self, slug: &Slug) -> Result<RevisionNumber, ShopError> {
        let now = self.environment.now();
        if let Some((number, since)) = self.lately_live.get(slug)
            && (now - since).abs() < LATELY
        {
            return Ok(number);
        }
        let number = self.live_number(slug).await?;
        // From when it was asked for on.
        self.lately_live.insert(slug.clone(), (number, now));
        Ok(number)
    }

    /// That there is no such product, and some that there are.
    pub(crate) async fn unknown_product(&self, slug: &str) -> Result<ShopError, ShopError> {
        let listed = self.list("", 1, Language::default()).await?.items;
        let known = listed.into_iter().map(|listing| (listing.slug, listing.name)).collect();
        Ok(ShopError::UnknownProduct { slug: slug.to_owned(), known })
    }

    /// A revision from memory, or made of what the store has of it.
    pub(crate) async fn find_revision(
        &self,
        slug: &Slug,
        number: RevisionNumber,
    ) -> Result<Option<Arc<Revision>>, ShopError> {
        if !self.is_shown(slug, number).await? {
            return Ok(None);
        }
        let key = (slug.clone(), number, Vec::new());
        let make = || async { Ok(self.make_revision(slug, number).await?.map(Arc::new)) };
        self.kept_or_made(&key, make).await
    }

    /// A revision without what is sold out, from memory or made of the one that was published.
    pub(crate) async fn revision_without(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        sold_out: Vec<SoldOut>,
    ) -> Result<Option<Arc<Revision>>, ShopError> {
        let Some(published) = self.find_revision(slug, number).await? else { return Ok(None) };
        if sold_out.is_empty() {
            return Ok(Some(published));
        }
        let key = (slug.clone(), number, sold_out);
        let nothing_left = || ShopError::SoldOut { slug: slug.clone() };
        if let Some(None) = self.left.get(&key) {
            return Err(nothing_left());
        }
        let make = || async {
            let (published, sold_out) = (Arc::clone(&published), key.2.clone());
            let year = self.calendar().today().year();
            let make = move || Ok(without(&published, &sold_out, year)?.map_or(published, Arc::new));
            for_all(self.executor.run(make)).await?.map(Some)
        };
        let made = self.kept_or_made(&key, make).await;
        if matches!(made, Err(ShopError::SoldOut { .. })) {
            self.left.insert(key, None);
        }
        made
    }

    /// A revision as it is in memory, also without what was sold out a while ago: pages that were made then are still open.
    #[must_use]
    pub fn in_memory(&self, slug: &Slug, number: RevisionNumber) -> Vec<Arc<Revision>> {
        // Of a draft only by its link.
        let is_asked = |key: &RevisionKey| (&key.0, key.1) == (slug, number) && !is_preview(slug);
        let kept = self.revisions.iter().filter(|(key, _)| is_asked(key));
        kept.map(|(_, revision)| revision).collect()
    }

    /// A revision from memory, or made once for all who wait for it.
    async fn kept_or_made<M, F>(&self, key: &RevisionKey, make: M) -> Result<Option<Arc<Revision>>, ShopError>
    where
        M: FnOnce() -> F,
        F: Future<Output = Result<Option<Arc<Revision>>, ShopError>>,
    {
        // Whoever makes it may take longer; where that fails, those who wait try in turn, and not for ever.
        let found = self.revisions.get_value_or_guard_async(key);
        let guard = match tokio::time::timeout(self.executor.patience(), found).await {
            Ok(Ok(revision)) => return Ok(Some(revision)),
            Ok(Err(guard)) => guard,
            Err(_) => return Err(ShopError::Busy),
        };
        let Some(revision) = make().await? else { return Ok(None) };
        // It gives the value back where nobody may have it any more.
        let _ = guard.insert(Arc::clone(&revision));
        Ok(Some(revision))
    }

    /// A revision in a language, made where it was not asked for before.
    ///
    /// # Errors
    /// The shop is busy.
    pub async fn in_language(
        &self,
        revision: &Arc<Revision>,
        language: Language,
    ) -> Result<Arc<Spoken>, ShopError> {
        if let Some(spoken) = revision.known_in(language) {
            return Ok(spoken);
        }
        let revision = Arc::clone(revision);
        self.executor.run(move || revision.in_language(language)).await
    }

    /// The turn to make what was not prepared.
    pub(crate) async fn turn_to_compile(&self) -> Result<SemaphorePermit<'_>, ShopError> {
        match tokio::time::timeout(self.executor.patience(), self.compiling.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(ShopError::Busy),
        }
    }

    async fn make_revision(
        &self,
        slug: &Slug,
        number: RevisionNumber,
    ) -> Result<Option<Revision>, ShopError> {
        let Some(row) = self.store.revision(slug, number).await? else {
            return self.make_previewed(slug, number).await;
        };
        let kept = self.store.artifact(slug, number, FORMAT).await?;
        let _turn = if kept.is_none() { Some(self.turn_to_compile().await?) } else { None };
        // All who wait for it would wait for the share of whoever asked first.
        let (revision, anew) = for_all(self.executor.run(move || make(row, kept))).await??;
        if let Some(prepared) = anew
            && let Err(error) = self.store.keep_prepared(slug, number, &prepared).await
        {
            // It is served all the same, and made once more at the next start.
            tracing::warn!(%slug, %number, %error, "what was prepared of a revision is not kept");
        }
        Ok(Some(revision))
    }
}
