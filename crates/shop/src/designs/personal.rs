//! Personal starts: what is learnt by now, or the design that an address carries.

use std::sync::Arc;

use personalize::offers::carried;
use personalize::orders::PastOrders;
use personalize::{Start, StartingDesign};

use super::consent::Consent;
use super::read::read_choices;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::experiments::Presentation;
use crate::shop::Shop;

impl Shop {
    /// What a shopper with this stated use starts from, and how addresses say it: with the design itself, so that it opens the
    /// same whatever is learnt since. With a `base` it is that design, which was learnt or taken from an offer before. Of what was
    /// agreed to, the experiment that a visitor is in and a customer's own orders have their say; the stated use is the one given
    /// here.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn personal_start(
        &self,
        revision: &Arc<Revision>,
        stated_use: Option<&str>,
        base: Option<&[(String, String)]>,
        consent: &Consent,
    ) -> Result<(Start, StartingDesign), ShopError> {
        let visitor = consent.visitor.as_deref().filter(|_| consent.given);
        let treated = self.treated(&revision.slug, visitor).await?;
        let current = match self.own_start(revision, stated_use, consent, treated).await? {
            Some(own) => own.start.starting_design,
            None => self.treated_default(revision, stated_use, treated).await?,
        };
        let current = match treated.presentation {
            Some(Presentation::Badge) => current.only_recommended(&revision.product),
            _ => current,
        };
        let stated = stated_use.map(str::to_owned);
        let Some(base) = base else {
            let product = &revision.product;
            let base = product.write_choices(&product.choices_for(&current.design, product.standard()));
            return Ok((Start::Personal { stated_use: stated, base: Some(base) }, current));
        };
        let model = self.model(revision).await?;
        let (revision, base) = (Arc::clone(revision), base.to_vec());
        let work = move || {
            let product = &revision.product;
            let choices = read_choices(product, &base).choices;
            let known_use = revision.known_use(stated.as_deref());
            let nothing = PastOrders::default();
            let past = model.as_ref().map_or(&nothing, |model| model.learnt.past());
            let design = carried(past, Some(&current), product, known_use, &choices);
            let base = Some(product.write_choices(&choices));
            (Start::Personal { stated_use: stated, base }, design)
        };
        self.executor.run(work).await
    }
}
