//! What experiments ask of the store.

use async_trait::async_trait;
use configurator::Slug;
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use super::experiment::{EndedBecause, Experiment};
use crate::orders::order::OrderNumber;
use crate::store_error::StoreError;

/// Somebody who comes to a product while an experiment runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The experiment.
    pub experiment: String,
    /// SHA-256 of the id in their browser.
    pub hash: String,
    /// The arm that they are in, from 0.
    pub arm: usize,
    /// The use that they stated, by its code; empty where they stated none.
    pub stated_use: String,
    /// When.
    pub at: OffsetDateTime,
}

/// What a visitor did, to be added to what they did before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Attributes that they changed.
    pub edits: u32,
    /// Options that they asked for while they were blocked.
    pub blocked: u32,
}

/// How what an arm's policy would have chosen fits what was ordered by somebody of the holdout, who was not shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// The arm, from 0.
    pub arm: usize,
    /// Values that its policy would have chosen otherwise than the holdout began with.
    pub chosen: u64,
    /// Those of them that were ordered.
    pub fitting: u64,
}

/// An order of a visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitorsOrder {
    /// The order.
    pub number: OrderNumber,
    /// What its pieces cost by the product's standard, in minor units.
    pub at_standard: i64,
    /// Values that they began with and ordered otherwise.
    pub defaults_changed: u32,
    /// Of the holdout's orders, by arm with a policy of its own.
    pub fits: Vec<Fit>,
}

/// Orders of a product in some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastOrders {
    /// How many.
    pub orders: u64,
    /// Values of the newest, in minor units.
    pub newest: Vec<i64>,
}

/// Sums over the visitors of an arm who stated the same use and whose time to order is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArmSums {
    /// The arm, from 0.
    pub arm: usize,
    /// The use; empty for none.
    pub stated_use: String,
    /// How many.
    pub visitors: u64,
    /// The sum of their order values, and of the squares: in minor units, each cut at the cap.
    pub value: [f64; 2],
    /// The same with each piece at its product's standard price.
    pub at_standard: [f64; 2],
    /// Those of them who placed an order that is no test and was not cancelled; nothing in results of releases that did not count them.
    #[serde(default)]
    pub orderers: Option<u64>,
    /// Values that they began with and changed, edits, blocked requests and returned orders: sums and sums of squares; of what was changed and
    /// returned over those who ordered, each with the mean of their orders.
    pub rails: [[f64; 2]; 4],
    /// Of the holdout, by arm: sums over its orders.
    #[serde(default)]
    pub fits: Vec<Fit>,
}

/// An experiment with its last sums, once nobody's time runs any more.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperimentRow {
    /// The experiment.
    pub experiment: Experiment,
    /// What it came to; nothing while it still counts.
    pub result: Option<Vec<ArmSums>>,
}

/// Experiments, their visitors and what these ordered.
#[async_trait]
pub trait ExperimentStore: Send + Sync {
    /// All experiments that can be read, the newest first.
    async fn experiments(&self) -> Result<Vec<ExperimentRow>, StoreError>;
    /// Those of them that run.
    async fn running_experiments(&self) -> Result<Vec<Experiment>, StoreError>;
    /// The experiment with this code.
    async fn experiment(&self, code: &str) -> Result<Option<ExperimentRow>, StoreError>;
    /// Starts an experiment and notes it in the audit; `false`, and nothing written, where its product has one that runs, or one
    /// has its code.
    async fn start_experiment(&self, experiment: &Experiment) -> Result<bool, StoreError>;
    /// Ends an experiment that runs and notes it in the audit; `false` where none does.
    async fn end_experiment(
        &self,
        code: &str,
        why: EndedBecause,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;
    /// Keeps what an experiment came to, and forgets its visitors.
    async fn close_experiment(&self, code: &str, result: &[ArmSums]) -> Result<(), StoreError>;
    /// Counts a visitor, once.
    async fn enter_experiment(&self, visitor: &Visitor) -> Result<(), StoreError>;
    /// Adds to what a visitor did who came since then; nothing where there is no such visitor.
    async fn count_in_experiment(
        &self,
        experiment: &str,
        visitor: &str,
        since: OffsetDateTime,
        counted: Counted,
    ) -> Result<(), StoreError>;
    /// Notes that an order is a visitor's, once, with what its pieces cost in minor units by the product's standard, and how many
    /// values they ordered otherwise than they began with.
    async fn order_in_experiment(
        &self,
        experiment: &str,
        visitor: &str,
        order: VisitorsOrder,
    ) -> Result<(), StoreError>;
    /// How many visitors there are, by arm from 0; arms without any are left out.
    async fn experiment_came(&self, code: &str) -> Result<Vec<(usize, u64)>, StoreError>;
    /// Sums over those who came no later than `until`: of orders that they placed within `window` of that, which are no tests and
    /// neither cancelled nor returned; and of what they changed and returned of those that were not cancelled. Each value counts up to
    /// `cap`, in minor units; what must not rise up to these caps.
    async fn experiment_sums(
        &self,
        code: &str,
        until: OffsetDateTime,
        window: Duration,
        cap: i64,
        rails: [i64; 4],
    ) -> Result<Vec<ArmSums>, StoreError>;
    /// Orders of a product since then that are no tests and were neither cancelled nor returned; the values of the newest up to a
    /// limit.
    async fn past_orders(
        &self,
        slug: &Slug,
        since: OffsetDateTime,
        limit: u32,
    ) -> Result<PastOrders, StoreError>;
}
