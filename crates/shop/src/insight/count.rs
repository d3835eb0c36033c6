//! What is counted.

use std::collections::BTreeMap;

/// What a count says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CountKind {
    /// The page was visited.
    Visit,
    /// Something of a step came into view.
    StepSeen,
    /// Something of a step was changed.
    StepChanged,
    /// A visit ended there: what was acted on last is of this step.
    StepLeft,
    /// An attribute came into view.
    Seen,
    /// Something of an attribute was changed.
    Changed,
    /// An option came into view.
    Shown,
    /// An option was chosen by hand.
    Chosen,
    /// An option was asked for while it was blocked.
    Asked,
    /// A rule was in the way of an option that was asked for.
    Barred,
    /// A visit ended there: what was acted on last is this option, or this attribute where it has none.
    Left,
    /// Another option, which was chosen, was in the way of one that was asked for.
    Paired,
    /// A visit went on to the order form.
    OrderForm,
    /// An order was placed from the page.
    Order,
    /// An option was ordered.
    Ordered,
    /// An option was ordered as the design had it from its start.
    Kept,
}

impl CountKind {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Visit,
        Self::StepSeen,
        Self::StepChanged,
        Self::StepLeft,
        Self::Seen,
        Self::Changed,
        Self::Shown,
        Self::Chosen,
        Self::Asked,
        Self::Barred,
        Self::Left,
        Self::Paired,
        Self::OrderForm,
        Self::Order,
        Self::Ordered,
        Self::Kept,
    ];

    /// As it is stored, and written in files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::StepSeen => "step_seen",
            Self::StepChanged => "step_changed",
            Self::StepLeft => "step_left",
            Self::Seen => "seen",
            Self::Changed => "changed",
            Self::Shown => "shown",
            Self::Chosen => "chosen",
            Self::Asked => "asked",
            Self::Barred => "barred",
            Self::Left => "left",
            Self::Paired => "paired",
            Self::OrderForm => "order_form",
            Self::Order => "order",
            Self::Ordered => "ordered",
            Self::Kept => "kept",
        }
    }

    /// The kind with a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One thing that is counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count {
    /// What it says.
    pub kind: CountKind,
    /// Of which step or attribute, by code; empty where it is about the whole product.
    pub subject: String,
    /// Of which option, by code; empty where it is about none.
    pub option: String,
    /// What was in the way: a rule by its code, or an option as `attribute:option`; empty where nothing was.
    pub rule: String,
}

impl Count {
    /// About the whole product.
    #[must_use]
    pub fn of(kind: CountKind) -> Self {
        Self::at(kind, "")
    }

    /// About a step or an attribute.
    #[must_use]
    pub fn at(kind: CountKind, subject: &str) -> Self {
        Self::option(kind, subject, "")
    }

    /// About an option of an attribute.
    #[must_use]
    pub fn option(kind: CountKind, attribute: &str, option: &str) -> Self {
        Self { kind, subject: attribute.to_owned(), option: option.to_owned(), rule: String::new() }
    }

    /// About a rule that was in an option's way.
    #[must_use]
    pub fn barred(attribute: &str, option: &str, rule: &str) -> Self {
        Self { rule: rule.to_owned(), ..Self::option(CountKind::Barred, attribute, option) }
    }

    /// About an option that was chosen and was in another one's way.
    #[must_use]
    pub fn paired(attribute: &str, option: &str, (other, chosen): (&str, &str)) -> Self {
        let rule = format!("{other}:{chosen}");
        Self { rule, ..Self::option(CountKind::Paired, attribute, option) }
    }
}

/// How often each thing happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<Count, u32>);

impl Sums {
    /// How often it happened.
    #[must_use]
    pub fn of(&self, count: &Count) -> u32 {
        self.0.get(count).copied().unwrap_or_default()
    }

    /// How often something of an option happened.
    #[must_use]
    pub fn option(&self, kind: CountKind, attribute: &str, option: &str) -> u32 {
        self.of(&Count::option(kind, attribute, option))
    }

    /// How often something of a step or an attribute happened.
    #[must_use]
    pub fn at(&self, kind: CountKind, subject: &str) -> u32 {
        self.of(&Count::at(kind, subject))
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Count, u32)> {
        self.0.iter().map(|(count, times)| (count, *times))
    }

    /// The same without what counted once each and counts no more.
    #[must_use]
    pub(super) fn without(mut self, counts: impl Iterator<Item = Count>) -> Self {
        for count in counts {
            if let Some(times) = self.0.get_mut(&count) {
                *times = times.saturating_sub(1);
            }
        }
        self.0.retain(|_, times| *times > 0);
        self
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Count, u32)> for Sums {
    fn from_iter<I: IntoIterator<Item = (Count, u32)>>(counts: I) -> Self {
        let mut sums = BTreeMap::<Count, u32>::new();
        for (count, times) in counts {
            let sum = sums.entry(count).or_default();
            *sum = sum.saturating_add(times);
        }
        Self(sums)
    }
}
