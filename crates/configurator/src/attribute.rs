//! What there is to decide, and its options by id, code and property.

use crate::ids::OptionId;
use crate::kind::{Kind, Opt};

/// One thing to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Code, unique among the attributes.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
    /// One sentence of advice, or nothing.
    pub help: String,
    /// Index of its step in [`Product::steps`](crate::Product::steps).
    pub step: usize,
    /// Keeps its standard value.
    pub locked: bool,
    /// What values it takes.
    pub kind: Kind,
}

impl Attribute {
    /// The options of a choice or multi-choice; empty for other kinds.
    #[must_use]
    pub fn options(&self) -> &[Opt] {
        self.kind.options()
    }

    /// Ids and options, in order.
    pub fn option_ids(&self) -> impl Iterator<Item = (OptionId, &Opt)> {
        self.options().iter().enumerate().map(|(index, option)| (OptionId::new(index), option))
    }

    /// The option with this id.
    ///
    /// # Panics
    /// With an id that another attribute gave out and this one has no option for.
    #[must_use]
    pub fn option(&self, id: OptionId) -> &Opt {
        &self.options()[id.index()]
    }

    /// The option with this code.
    #[must_use]
    pub fn option_by_code(&self, code: &str) -> Option<OptionId> {
        self.option_ids().find(|(_, option)| option.code == code).map(|(id, _)| id)
    }

    /// Names of the properties that rules may use of its options.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &str> {
        let fixed: &[&str] =
            if self.options().is_empty() { &[] } else { &["price", "weight", "lead_time_days"] };
        fixed
            .iter()
            .copied()
            .chain(self.options().iter().flat_map(|option| option.values.keys().map(String::as_str)))
    }
}
