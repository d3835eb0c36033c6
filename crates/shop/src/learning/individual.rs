//! Starts by what somebody had before, and by the segments they are in, who is signed in and agreed to that.

use std::sync::Arc;

use configurator::Choices;
use personalize::Asker;
use personalize::asker::Group;
use personalize::individual::OwnPast;
use personalize::learnt::LearntStart;

use super::past::own_choices;
use crate::catalogue::revision::Revision;
use crate::customers::ASKS_FOR_ORDERS;
use crate::designs::consent::Consent;
use crate::error::ShopError;
use crate::experiments::running::Treated;
use crate::shop::Shop;

/// A start by somebody's own past, and by the groups that they are of.
#[derive(Clone, Debug)]
pub(crate) struct OwnStart {
    pub start: LearntStart,
    /// How many orders of theirs speak.
    pub orders: u32,
    /// How many designs that they keep.
    pub kept: u32,
    /// Whose orders speak before those of their use.
    pub like: Vec<Group>,
}

impl Shop {
    /// The start of somebody whose own past or groups speak; nothing where they didn't agree, had nothing and are of no group, or nothing is
    /// learnt yet. An experiment may have their groups speak alone.
    pub(crate) async fn own_start(
        &self,
        revision: &Arc<Revision>,
        stated_use: Option<&str>,
        consent: &Consent,
        treated: Treated,
    ) -> Result<Option<OwnStart>, ShopError> {
        let customer = consent.customer.as_ref().filter(|_| consent.given && treated.is_by_group());
        let Some(customer) = customer else { return Ok(None) };
        let Some(model) = self.model(revision).await? else { return Ok(None) };
        let mut rows = self.store.own_orders(&customer.id, &revision.slug, ASKS_FOR_ORDERS).await?;
        let mut kept = self.store.own_designs(&customer.id, &revision.slug, ASKS_FOR_ORDERS).await?;
        let known: Vec<String> = model.learnt.segments().into_iter().map(str::to_owned).collect();
        let segments = self.segments_of(&customer.id, ASKS_FOR_ORDERS, Some(&known)).await?;
        if rows.is_empty() && kept.is_empty() && segments.is_empty() {
            return Ok(None);
        }
        // What mattered to them last.
        let needs = rows.iter().rev().map(|row| &row.asker.needs).find(|needs| !needs.is_empty());
        let asker = Asker { needs: needs.cloned().unwrap_or_default(), segments };
        if !treated.is_individual() {
            rows.clear();
            kept.clear();
        }
        let (revision, stated_use) = (Arc::clone(revision), stated_use.map(str::to_owned));
        let work = move || {
            let product = &revision.product;
            let orders = own_choices(product, rows.iter().map(|row| &row.choices));
            let kept = own_choices(product, kept.iter().map(|row| &row.choices));
            let own = OwnPast { orders, kept, asker };
            let counted = |own: &[Choices]| u32::try_from(own.len()).unwrap_or(u32::MAX);
            let known_use = revision.known_use(stated_use.as_deref());
            let start = model.learnt.own_start(product, known_use, &own)?;
            let like = model.learnt.groups_of(product, &own.asker);
            Some(OwnStart { start, orders: counted(&own.orders), kept: counted(&own.kept), like })
        };
        self.executor.run(work).await
    }
}
