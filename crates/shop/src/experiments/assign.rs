//! Who is in which arm, and what that changes for them.

use std::collections::HashMap;
use std::sync::Arc;

use configurator::Slug;
use personalize::experiment::{ArmId, is_picked};

use super::policy::{Policy, Presentation};
use super::running::{Presented, Running, RunningExperiments, Treated};
use super::store::Visitor;
use crate::designs::consent::Consent;
use crate::error::ShopError;
use crate::secret::{token, token_hash};
use crate::shop::Shop;

/// Somebody's place in an experiment.
pub(super) struct Place {
    pub(super) running: Arc<Running>,
    /// The hash of their id.
    pub(super) hash: String,
    /// Their arm; one more than there are for whoever always gets the standard.
    arm: usize,
}

impl Place {
    pub(super) fn is_in_holdout(&self) -> bool {
        self.arm == ArmId::HOLDOUT.index()
    }
}

/// What picks those who always get the standard, on any product and beside any experiment.
const ALWAYS_STANDARD: &str = "always-standard";

impl Shop {
    /// A new id of somebody who agreed to be counted in experiments.
    #[must_use]
    pub fn new_visitor(&self) -> String {
        token::<16>(self.environment.as_ref())
    }

    /// What an experiment with a product changes for a visitor.
    ///
    /// # Errors
    /// The store failed.
    pub(crate) async fn treated(&self, slug: &Slug, visitor: Option<&str>) -> Result<Treated, ShopError> {
        let apart = Treated { policy: Some(Policy::Standard), presentation: None };
        let Some(place) = self.place_in_experiment(slug, visitor).await? else {
            let share = self.always_standard();
            let is_apart = visitor.is_some_and(|visitor| is_apart(&token_hash(visitor), share));
            return Ok(if is_apart { apart } else { Treated::default() });
        };
        let setup = &place.running.experiment.setup;
        let treated = setup.arms.get(place.arm).map(|arm| Treated {
            policy: Some(arm.policy.unwrap_or(setup.holdout)),
            presentation: arm.presentation,
        });
        Ok(treated.unwrap_or(apart))
    }

    /// The share of the visitors, in hundredths of a percent, who always get the standard as it is set now. An experiment that runs goes on
    /// with the one that it began with.
    pub(super) fn always_standard(&self) -> u16 {
        u16::from(self.profile().always_standard).saturating_mul(100)
    }

    /// How an experiment with a product has its page shown to somebody.
    ///
    /// # Errors
    /// The store failed.
    pub async fn presented(&self, slug: &Slug, consent: &Consent) -> Result<Presented, ShopError> {
        let Some(place) = self.place_of(slug, consent).await? else { return Ok(Presented::default()) };
        let Some(arm) = place.running.experiment.setup.arms.get(place.arm) else {
            return Ok(Presented::default());
        };
        let reason_first = arm.presentation == Some(Presentation::ReasonFirst);
        Ok(Presented { reason_first, order: arm.order.clone() })
    }

    /// Counts somebody who comes to a product's page in the experiment that runs with it, once.
    ///
    /// # Errors
    /// The store failed.
    pub async fn enter_experiment(&self, slug: &Slug, consent: &Consent) -> Result<(), ShopError> {
        let Some(Place { running, hash, arm }) = self.place_of(slug, consent).await? else { return Ok(()) };
        let key = (running.experiment.code.clone(), hash);
        if self.entered.get(&key).is_some() {
            return Ok(());
        }
        // A cookie may say anything.
        let segments = &running.experiment.setup.segments;
        let stated_use = consent.stated_use.clone().unwrap_or_default();
        let is_known = segments.iter().any(|(code, _)| *code == stated_use);
        let visitor = Visitor {
            experiment: key.0.clone(),
            hash: key.1.clone(),
            arm,
            stated_use: if is_known { stated_use } else { String::new() },
            at: self.now(),
        };
        self.store.enter_experiment(&visitor).await?;
        self.entered.insert(key, ());
        Ok(())
    }

    /// The place of somebody in the experiment with a product, where they are counted in one.
    pub(super) async fn place_of(&self, slug: &Slug, consent: &Consent) -> Result<Option<Place>, ShopError> {
        let visitor = consent.visitor.as_deref().filter(|_| consent.given);
        self.place_in_experiment(slug, visitor).await
    }

    async fn place_in_experiment(
        &self,
        slug: &Slug,
        visitor: Option<&str>,
    ) -> Result<Option<Place>, ShopError> {
        let Some(visitor) = visitor else { return Ok(None) };
        let Some(running) = self.running(slug).await? else { return Ok(None) };
        let hash = token_hash(visitor);
        let arm = match is_apart(&hash, running.experiment.setup.always_standard) {
            true => running.plan.arms().len(),
            false => running.plan.arm_of(&hash).index(),
        };
        Ok(Some(Place { running, hash, arm }))
    }

    /// The experiment that runs with a product.
    async fn running(&self, slug: &Slug) -> Result<Option<Arc<Running>>, ShopError> {
        let ask = self.all_running();
        let all = self.lately_running.get_or_ask(self.environment.as_ref(), ask).await?;
        Ok(all.get(slug).cloned())
    }

    async fn all_running(&self) -> Result<RunningExperiments, ShopError> {
        let mut running = HashMap::new();
        for experiment in self.store.running_experiments().await? {
            match experiment.setup.plan(&experiment.code) {
                Ok(plan) => {
                    running.insert(experiment.slug.clone(), Arc::new(Running { experiment, plan }));
                }
                Err(error) => tracing::error!(code = experiment.code, %error, "an experiment can't run"),
            }
        }
        Ok(running)
    }
}

/// Whether a visitor, by the hash of their id, is of the share who always get the standard.
fn is_apart(hash: &str, share: u16) -> bool {
    is_picked(ALWAYS_STANDARD, hash, share)
}
