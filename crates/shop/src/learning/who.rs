//! Who asks and who orders, beyond a stated use, as far as they agreed to be known.

use std::collections::BTreeMap;

use personalize::{Asker, Start};

use super::models::Model;
use crate::customers::{ASKS_FOR_ORDERS, ASKS_FOR_SEGMENTS};
use crate::designs::{Asked, Consent};
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// What an order keeps of who places it, to learn from.
    pub(crate) async fn asker_of_order(&self, start: &Start, consent: &Consent) -> Result<Asker, ShopError> {
        self.asker(start, consent, ASKS_FOR_SEGMENTS, None).await
    }

    /// What is known of who asks, as far as a model has use for it.
    pub(crate) async fn asker_for(
        &self,
        model: &Model,
        start: &Start,
        consent: &Consent,
    ) -> Result<Asker, ShopError> {
        let segments: Vec<String> = model.learnt.segments().into_iter().map(str::to_owned).collect();
        self.asker(start, consent, ASKS_FOR_ORDERS, Some(&segments)).await
    }

    /// Of who agreed to personal starts: what they said matters to them, where their design starts from that, and the segments that they are
    /// in, where they are signed in and agreed in this wording or a later one. Of segments those `among` these names are looked at, or all.
    async fn asker(
        &self,
        start: &Start,
        consent: &Consent,
        wording: u32,
        among: Option<&[String]>,
    ) -> Result<Asker, ShopError> {
        if !consent.given {
            return Ok(Asker::default());
        }
        let needs = match start {
            Start::Needs { asked, .. } => Asked::read(asked).weights,
            Start::Standard | Start::Personal { .. } => BTreeMap::new(),
        };
        let segments = match &consent.customer {
            Some(customer) => self.segments_of(&customer.id, wording, among).await?,
            None => Vec::new(),
        };
        Ok(Asker { needs, segments })
    }
}
