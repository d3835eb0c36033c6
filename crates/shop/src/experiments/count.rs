//! What visitors of an experiment do, counted.

use configurator::{Design, Quantity, Slug, Value};

use super::experiment::Setup;
use super::policy::Policy;
use super::running::Treated;
use super::store::{Counted, Fit, VisitorsOrder};
use crate::designs::consent::Consent;
use crate::designs::opened::Opened;
use crate::error::ShopError;
use crate::insight::visit::Visit;
use crate::orders::order::OrderNumber;
use crate::shop::Shop;

impl Shop {
    /// Adds what a page told of a visit to what its visitor did, where they are in an experiment.
    ///
    /// # Errors
    /// The store failed.
    pub async fn count_visit_in_experiment(
        &self,
        slug: &Slug,
        consent: &Consent,
        visit: &Visit,
    ) -> Result<(), ShopError> {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (edits, blocked) = (number(visit.changed.len()), number(visit.asked.len()));
        if edits == 0 && blocked == 0 {
            return Ok(());
        }
        let Some(place) = self.place_of(slug, consent).await? else { return Ok(()) };
        let experiment = &place.running.experiment;
        let since = self.now() - experiment.setup.window();
        let counted = Counted { edits, blocked };
        Ok(self.store.count_in_experiment(&experiment.code, &place.hash, since, counted).await?)
    }

    /// Notes that an order that was placed is a visitor's, where they are in an experiment.
    ///
    /// # Errors
    /// The store failed.
    pub async fn count_order_in_experiment(
        &self,
        opened: &Opened,
        quantity: Quantity,
        consent: &Consent,
        number: OrderNumber,
    ) -> Result<(), ShopError> {
        let Some(place) = self.place_of(&opened.revision.slug, consent).await? else { return Ok(()) };
        let experiment = &place.running.experiment;
        let product = &opened.revision.product;
        let at_standard = product.quote_for(product.standard(), quantity).total.amount;
        let began_with = &opened.default.design;
        let was_changed = opened.choices.iter().filter(|(id, value)| began_with.value(*id) != *value);
        let defaults_changed = u32::try_from(was_changed.count()).unwrap_or(u32::MAX);
        let fits = if place.is_in_holdout() {
            self.fits(&experiment.setup, opened, consent).await
        } else {
            Ok(Vec::new())
        };
        // Without it less is known of the order, which counts all the same.
        let fits = fits
            .inspect_err(|error| tracing::warn!(%error, "what an order fits is not counted in an experiment"))
            .unwrap_or_default();
        let order = VisitorsOrder { number, at_standard, defaults_changed, fits };
        Ok(self.store.order_in_experiment(&experiment.code, &place.hash, order).await?)
    }

    /// By arm with a policy of its own, how what it would have chosen for somebody now, otherwise than the holdout's does, fits what they
    /// ordered. Texts are theirs, and nobody's to choose.
    async fn fits(&self, setup: &Setup, opened: &Opened, consent: &Consent) -> Result<Vec<Fit>, ShopError> {
        let begins_with = self.chosen_by(setup.holdout, opened, consent).await?;
        let mut fits = Vec::new();
        for (arm, policy) in setup.arms.iter().enumerate().filter_map(|(arm, is)| Some((arm, is.policy?))) {
            let would_be = self.chosen_by(policy, opened, consent).await?;
            let mut fit = Fit { arm, chosen: 0, fitting: 0 };
            let others = would_be.iter().filter(|(id, value)| {
                begins_with.value(*id) != *value && !matches!(value, Value::Text(_) | Value::Absent)
            });
            for (id, value) in others {
                fit.chosen += 1;
                fit.fitting += u64::from(opened.design.value(id) == value);
            }
            fits.extend((fit.chosen > 0).then_some(fit));
        }
        Ok(fits)
    }

    /// The design that a policy begins with for somebody.
    async fn chosen_by(
        &self,
        policy: Policy,
        opened: &Opened,
        consent: &Consent,
    ) -> Result<Design, ShopError> {
        let (revision, stated_use) = (&opened.revision, consent.stated_use.as_deref());
        let treated = Treated { policy: Some(policy), presentation: None };
        Ok(match self.own_start(revision, stated_use, consent, treated).await? {
            Some(own) => own.start.starting_design.design,
            None => self.treated_default(revision, stated_use, treated).await?.design,
        })
    }
}
