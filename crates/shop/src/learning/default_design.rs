//! The design a shopper starts from, as the product's setting has it.

use std::sync::Arc;

use configurator::{Slug, StartPolicy};
use personalize::{DefaultPolicy, MostFrequent, StartingDesign};
use time::Duration;
use words::Language;

use super::learnt::{Learnt, Subject};
use super::models::{Model, Workshop};
use super::past::past_designs;
use crate::catalogue::revision::Revision;
use crate::drafts::previewed::is_preview;
use crate::error::ShopError;
use crate::experiments::running::Treated;
use crate::shop::Shop;

/// For how long a starting design stays before it is learnt anew.
const LEARNT_FOR: Duration = Duration::minutes(1);
/// Fewest orders that a starting design is learnt from.
const LEAST_ORDERS: u32 = 20;

impl Shop {
    /// The design that a shopper with this stated use starts from. A use that is none of the product's answers counts as none.
    /// It never waits for learning: until something is learnt, the standard answers, since nothing was held to the promise.
    ///
    /// # Errors
    /// The store failed.
    pub async fn default_design(
        &self,
        revision: &Arc<Revision>,
        stated_use: Option<&str>,
    ) -> Result<StartingDesign, ShopError> {
        self.treated_default(revision, stated_use, Treated::default()).await
    }

    /// The same for somebody whom an experiment may treat otherwise.
    pub(crate) async fn treated_default(
        &self,
        revision: &Arc<Revision>,
        stated_use: Option<&str>,
        treated: Treated,
    ) -> Result<StartingDesign, ShopError> {
        let stated_use = treated.of_use(revision.known_use(stated_use));
        match treated.start(revision.start_policy()) {
            StartPolicy::Standard => Ok(StartingDesign::standard(&revision.product)),
            StartPolicy::Frequent => self.most_frequent(revision, stated_use).await,
            StartPolicy::Learnt => match self.model(revision).await? {
                Some(model) => Ok(model.learnt.default_design(&revision.product, stated_use, &[])),
                None => Ok(StartingDesign::standard(&revision.product)),
            },
        }
    }

    /// Learns from a product's orders now, where its setting says so and enough of them are new, and waits for that.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn learn(&self, revision: &Arc<Revision>) -> Result<(), ShopError> {
        if revision.start_policy() != StartPolicy::Learnt {
            return Ok(());
        }
        self.workshop().learn(revision).await
    }

    /// Learns from the orders of all that is sold, one product after the other, so that the first shopper finds it done.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn learn_ahead(&self) -> Result<(), ShopError> {
        for slug in self.listed_slugs().await? {
            let revision = self.published(&slug).await?;
            self.learn(&revision).await?;
        }
        Ok(())
    }

    /// All products that are listed.
    pub(super) async fn listed_slugs(&self) -> Result<Vec<Slug>, ShopError> {
        let (mut slugs, mut page, mut pages) = (Vec::new(), 1, 1);
        while page <= pages {
            let listed = self.list("", page, Language::default()).await?;
            (page, pages) = (page + 1, listed.pages);
            slugs.extend(listed.items.into_iter().map(|listing| listing.slug));
        }
        Ok(slugs)
    }

    /// What is learnt of a revision, if it is by now. Only of what is sold: for an earlier revision nothing is begun.
    pub(crate) async fn model(&self, revision: &Arc<Revision>) -> Result<Option<Arc<Model>>, ShopError> {
        let is_learnt = revision.start_policy() == StartPolicy::Learnt;
        if !is_learnt
            || is_preview(&revision.slug)
            || self.live_lately(&revision.slug).await? != revision.number
        {
            return Ok(None);
        }
        if revision.misses_some() {
            // It is learnt of what was published: what is sold out comes back.
            return Ok(self.workshop().model(&self.as_published(&revision.slug, revision.number).await?));
        }
        Ok(self.workshop().model(revision))
    }

    fn workshop(&self) -> Workshop {
        Workshop {
            models: self.models.clone(),
            store: Arc::clone(&self.store),
            executor: self.executor.clone(),
            cost: self.profile().wrong_default_costs,
            now: self.now(),
        }
    }

    async fn most_frequent(
        &self,
        revision: &Arc<Revision>,
        stated_use: Option<&str>,
    ) -> Result<StartingDesign, ShopError> {
        let stated_use = stated_use.map(str::to_owned);
        let (slug, sold_out) = (revision.slug.clone(), revision.sold_out());
        let subject = Subject { slug, revision: revision.number, sold_out, stated_use };
        let now = self.now();
        if let Some(learnt) = self.starting_designs.get(&subject)
            && (now - learnt.at).abs() < LEARNT_FOR
        {
            return Ok(learnt.starting_design);
        }
        let rows = self.store.past_designs(&revision.slug).await?;
        let (revision, stated_use) = (Arc::clone(revision), subject.stated_use.clone());
        let starting_design = self
            .executor
            .run(move || {
                let product = &revision.product;
                let past = past_designs(product, &rows);
                MostFrequent { least: LEAST_ORDERS }.default_design(product, stated_use.as_deref(), &past)
            })
            .await?;
        self.starting_designs.insert(subject, Learnt { at: now, starting_design: starting_design.clone() });
        Ok(starting_design)
    }
}
