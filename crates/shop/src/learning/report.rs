//! What was learnt of a product's orders, for its merchandisers: on how many orders, by which models, and what is done with it.

use std::sync::Arc;

use configurator::{AttributeId, Slug, StartPolicy, Value};
use personalize::gate::{Decision, Promise};
use personalize::learn::choose::Trial;
use time::OffsetDateTime;

use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

/// What was learnt of a product's orders.
#[derive(Debug)]
pub struct LearntReport {
    /// What is live.
    pub revision: Arc<Revision>,
    /// How its setting has shoppers start.
    pub policy: StartPolicy,
    /// What holds before a default is preselected.
    pub promise: Promise,
    /// What was found; nothing where nothing is learnt by that setting, or not yet.
    pub found: Option<Found>,
}

/// What was found in orders.
#[derive(Debug)]
pub struct Found {
    /// When the orders were counted.
    pub made_at: OffsetDateTime,
    /// How many orders speak, and how many of them are made up.
    pub orders: (u32, u32),
    /// Whether segments and what matters to shoppers speak beside their use.
    pub asks: bool,
    /// The models that were tried.
    pub trials: Vec<Trial>,
    /// By stated use, first who stated none.
    pub starts: Vec<FoundStart>,
}

/// What is done for shoppers of one use.
#[derive(Debug)]
pub struct FoundStart {
    /// The use's code; nothing for who stated none.
    pub stated_use: Option<String>,
    /// How many of their orders speak, and how many of those are made up.
    pub orders: (u32, u32),
    /// By attribute: what was decided, and the value that they start with.
    pub attributes: Vec<(AttributeId, Decision<Value>, Value)>,
}

impl Shop {
    /// What was learnt of the orders of what is live of a product.
    ///
    /// # Errors
    /// Nothing is live, or the store failed.
    pub async fn learnt_report(&self, slug: &Slug) -> Result<LearntReport, ShopError> {
        let revision = self.published(slug).await?;
        let policy = revision.start_policy();
        let model = self.model(&revision).await?;
        let promise = Promise::default().at_cost(self.profile().wrong_default_costs);
        let found = model.map(|model| {
            let learnt = &model.learnt;
            let starts = learnt.starts().map(|(stated, start)| FoundStart {
                stated_use: stated.map(str::to_owned),
                orders: learnt.past().of(stated),
                attributes: start
                    .reasoned
                    .iter()
                    .map(|one| {
                        let value = start.starting_design.design.value(one.attribute).clone();
                        (one.attribute, one.decision.clone(), value)
                    })
                    .collect(),
            });
            Found {
                made_at: model.made_at(),
                orders: learnt.past().of(None),
                asks: learnt.asks(),
                trials: learnt.trials().to_vec(),
                starts: starts.collect(),
            }
        });
        Ok(LearntReport { revision, policy, promise, found })
    }
}
