//! Experiments that run, and what one changes for somebody.

use std::collections::HashMap;
use std::sync::Arc;

use configurator::{Slug, StartPolicy};
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

    /// Whether their own orders may speak.
    pub(crate) fn is_individual(self) -> bool {
        self.policy.is_none_or(Policy::is_individual)
    }

    /// The use that the design is chosen by, of the one that they stated.
    pub(crate) fn of_use(self, stated_use: Option<&str>) -> Option<&str> {
        stated_use.filter(|_| self.policy.is_none_or(Policy::is_by_use))
    }
}
