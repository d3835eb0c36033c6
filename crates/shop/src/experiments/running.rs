//! Experiments that run, and what one changes for somebody.

use std::collections::HashMap;
use std::sync::Arc;

use configurator::{Product, Slug, StartPolicy};
use personalize::experiment::Plan;

use super::experiment::Experiment;
use super::policy::{Policy, Presentation};

/// Experiments that run, by product.
pub(crate) type RunningExperiments = HashMap<Slug, Arc<Running>>;

/// An experiment that runs, with its plan.
#[derive(Debug)]
pub(crate) struct Running {
    pub(super) experiment: Experiment,
    pub(super) plan: Plan,
}

/// What an experiment has chosen for somebody by, and what it shows them otherwise; nothing for whoever is in none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Treated {
    pub(super) policy: Option<Policy>,
    pub(crate) presentation: Option<Presentation>,
}

impl Treated {
    /// What chooses the design that they begin with.
    pub(crate) fn start(self, setting: StartPolicy) -> StartPolicy {
        self.policy.map_or(setting, Policy::start)
    }

    /// Whether the design that they begin with is not chosen by the product's setting.
    pub(crate) fn sets_start(self) -> bool {
        self.policy.is_some()
    }

    /// Whether groups may speak that they are of beside their use, such as a segment.
    pub(crate) fn is_by_group(self) -> bool {
        self.policy.is_none_or(Policy::is_by_group)
    }

    /// Whether their own orders may speak.
    pub(crate) fn is_individual(self) -> bool {
        self.policy.is_none_or(Policy::is_individual)
    }

    /// The use that the design is chosen by, of the one that they stated.
    pub(crate) fn of_use(self, stated_use: Option<&str>) -> Option<&str> {
        stated_use.filter(|_| self.policy.is_none_or(Policy::is_by_use))
    }
}

/// How an experiment has a page shown to somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presented {
    /// Whether the reason of a default stands before its value.
    pub reason_first: bool,
    /// Codes of all attributes in the order in which they stand, which may be of another revision; none for the product's own.
    pub order: Vec<String>,
}

impl Presented {
    /// Codes of all attributes of a product in this order, by steps; what the order lacks stands last in its step. None for the
    /// product's own order.
    #[must_use]
    pub fn attributes(&self, product: &Product) -> Vec<String> {
        if self.order.is_empty() {
            return Vec::new();
        }
        let mut attributes: Vec<_> = product.ids().map(|(_, attribute)| attribute).collect();
        let place = |code: &String| self.order.iter().position(|known| known == code).unwrap_or(usize::MAX);
        attributes.sort_by_key(|attribute| (attribute.step, place(&attribute.code)));
        attributes.into_iter().map(|attribute| attribute.code.clone()).collect()
    }
}
