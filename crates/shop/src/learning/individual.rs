//! Starts by what somebody ordered before, who is signed in and agreed to that.

use std::sync::Arc;

use personalize::learnt::LearntStart;

use super::past::own_choices;
use crate::catalogue::revision::Revision;
use crate::customers::ASKS_FOR_ORDERS;
use crate::designs::consent::Consent;
use crate::error::ShopError;
use crate::experiments::running::Treated;
use crate::shop::Shop;

/// A start by somebody's own orders, and how many those are.
#[derive(Clone, Debug)]
pub(crate) struct OwnStart {
    pub start: LearntStart,
    pub orders: u32,
}

impl Shop {
    /// The start of somebody whose own orders speak; nothing where they didn't agree, ordered nothing, or nothing is learnt yet.
    pub(crate) async fn own_start(
        &self,
        revision: &Arc<Revision>,
        stated_use: Option<&str>,
        consent: &Consent,
        treated: Treated,
    ) -> Result<Option<OwnStart>, ShopError> {
        let customer = consent.customer.as_ref().filter(|_| consent.given && treated.is_individual());
        let Some(customer) = customer else { return Ok(None) };
        let Some(model) = self.model(revision).await? else { return Ok(None) };
        let rows = self.store.own_orders(&customer.id, &revision.slug, ASKS_FOR_ORDERS).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let (revision, stated_use) = (Arc::clone(revision), stated_use.map(str::to_owned));
        let work = move || {
            let product = &revision.product;
            let own = own_choices(product, &rows);
            let orders = u32::try_from(own.len()).unwrap_or(u32::MAX);
            let known_use = revision.known_use(stated_use.as_deref());
            let start = model.learnt.own_start(product, known_use, &own)?;
            Some(OwnStart { start, orders })
        };
        self.executor.run(work).await
    }
}
