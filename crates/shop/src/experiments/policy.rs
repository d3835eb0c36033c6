//! What can be compared.

use configurator::StartPolicy;
use personalize::experiment::Reach;
use serde::{Deserialize, Serialize};

/// What chooses the design that somebody begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// The merchandiser's standard.
    Standard,
    /// The most frequent whole design.
    FrequentForAll,
    /// The most frequent whole design of those who stated the same use.
    FrequentByUse,
    /// What is learnt, the same for everybody.
    LearntForAll,
    /// What is learnt, by the segments that they are in, as far as they agreed to that, what matters to them and the stated use.
    LearntByUse,
    /// The same and, of those who agreed to that, by their own orders first.
    LearntForEach,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Standard,
        Self::FrequentForAll,
        Self::FrequentByUse,
        Self::LearntForAll,
        Self::LearntByUse,
        Self::LearntForEach,
    ];

    /// Its code in reports and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::FrequentForAll => "frequent-for-all",
            Self::FrequentByUse => "frequent-by-use",
            Self::LearntForAll => "learnt-for-all",
            Self::LearntByUse => "learnt-by-use",
            Self::LearntForEach => "learnt-for-each",
        }
    }

    /// The product's setting that chooses like this for those who stated a use.
    #[must_use]
    pub const fn start(self) -> StartPolicy {
        match self {
            Self::Standard => StartPolicy::Standard,
            Self::FrequentForAll | Self::FrequentByUse => StartPolicy::Frequent,
            Self::LearntForAll | Self::LearntByUse | Self::LearntForEach => StartPolicy::Learnt,
        }
    }

    pub(super) const fn start_code(self) -> &'static str {
        match self.start() {
            StartPolicy::Standard => "standard",
            StartPolicy::Frequent => "frequent",
            StartPolicy::Learnt => "learnt",
        }
    }

    /// For whom it chooses.
    #[must_use]
    pub const fn reach(self) -> Reach {
        match self {
            Self::Standard | Self::FrequentForAll | Self::LearntForAll => Reach::OneToAll,
            Self::FrequentByUse | Self::LearntByUse => Reach::OneToN,
            Self::LearntForEach => Reach::OneToOne,
        }
    }

    /// Whether it asks what somebody stated: who chooses for each of them does, too.
    #[must_use]
    pub const fn is_by_use(self) -> bool {
        matches!(self.reach(), Reach::OneToN | Reach::OneToOne)
    }

    /// Whether groups speak that somebody is of beside their use, such as a segment.
    #[must_use]
    pub const fn is_by_group(self) -> bool {
        self.is_by_use() && matches!(self.start(), StartPolicy::Learnt)
    }

    /// Whether somebody's own orders speak.
    #[must_use]
    pub const fn is_individual(self) -> bool {
        matches!(self.reach(), Reach::OneToOne)
    }

    /// What a product's setting does.
    #[must_use]
    pub const fn of_setting(setting: StartPolicy) -> Self {
        match setting {
            StartPolicy::Standard => Self::Standard,
            StartPolicy::Frequent => Self::FrequentByUse,
            StartPolicy::Learnt => Self::LearntForEach,
        }
    }

    /// Those that an experiment with a product can compare with what it does.
    #[must_use]
    pub fn beside(setting: StartPolicy) -> Vec<Self> {
        let usual = Self::of_setting(setting);
        // Nothing is learnt of a product whose setting does not say so.
        let is_there =
            |policy: &Self| policy.start() != StartPolicy::Learnt || setting == StartPolicy::Learnt;
        Self::ALL.into_iter().filter(|policy| *policy != usual && is_there(policy)).collect()
    }
}

/// What an arm shows otherwise, while the shop's own policy chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presentation {
    /// Defaults that would be chosen for somebody are marked, and the standard stays chosen.
    Badge,
    /// The reason of a default stands before its value.
    ReasonFirst,
    /// Long menus are open from the start, with all their options.
    AllOptions,
    /// Within each step, the attributes that shoppers change most come first.
    MostChangedFirst,
    /// Nothing otherwise: whatever differs from the holdout is a fault of the experiment.
    Same,
}

/// What of a product presentations hang on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Presentable {
    /// What chooses for its shoppers.
    pub(super) setting: StartPolicy,
    /// Whether it has a long menu.
    pub(super) has_long_menu: bool,
    /// Whether what is changed most would come elsewhere.
    pub(super) has_other_order: bool,
}

impl Presentation {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Badge, Self::ReasonFirst, Self::AllOptions, Self::MostChangedFirst, Self::Same];

    /// Its code in reports and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Badge => "badge",
            Self::ReasonFirst => "reason-first",
            Self::AllOptions => "all-options",
            Self::MostChangedFirst => "most-changed-first",
            Self::Same => "same",
        }
    }

    /// Those that would change something of a product, and the one that changes nothing: a badge and reasons take that something is
    /// chosen for shoppers, and only long menus can be open.
    #[must_use]
    pub(super) fn beside(product: Presentable) -> Vec<Self> {
        let is_there = |presentation: &Self| match presentation {
            Self::Badge | Self::ReasonFirst => product.setting != StartPolicy::Standard,
            Self::AllOptions => product.has_long_menu,
            Self::MostChangedFirst => product.has_other_order,
            Self::Same => true,
        };
        Self::ALL.into_iter().filter(is_there).collect()
    }
}
