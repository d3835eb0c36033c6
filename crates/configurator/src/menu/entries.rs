//! What a menu says: of the design, of each attribute, of each option.

use crate::answers::ServedBy;
use crate::design::Design;
use crate::ids::AttributeId;
use crate::menu::reason::Reason;
use crate::price::Quote;
use crate::value::Value;

/// Everything a page shows for one set of choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// What answered.
    pub served_by: ServedBy,
    /// The valid complete design that keeps the choices and departs least from the defaults.
    pub design: Design,
    /// Whether no valid design departs less for certain; otherwise this one only comes near ([`ServedBy::Solver`]).
    pub is_nearest: bool,
    /// Its price.
    pub quote: Quote,
    /// The attributes, in the product's order.
    pub attributes: Vec<AttributeMenu>,
}

/// One attribute on the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeMenu {
    /// Where its value comes from.
    pub source: Origin,
    /// Its options, in the product's order; empty for numbers and texts.
    pub options: Vec<OptionMenu>,
    /// For a number: the smallest and largest value that are known to be possible.
    pub range: Option<(i64, i64)>,
    /// For a text: why it cannot be filled in, if it cannot or if it would take too long to find out.
    pub blocked: Option<Reason>,
}

/// Where the value of an attribute comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The shopper chose it.
    Chosen,
    /// The choices leave nothing else, or the attribute is locked.
    Implied,
    /// It is the default.
    Default,
    /// It departs from the default because the choices need it to.
    Adjusted,
    /// It has none: it doesn't apply, and there is nothing of it on the menu.
    Absent,
}

/// One option on the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionMenu {
    /// Whether the design has it.
    pub selected: bool,
    /// Whether it can be chosen (for a member of a multi-choice: added or removed).
    pub state: State,
    /// What choosing it does to the total, in minor units; `None` when it cannot be chosen, or when it would take too long to
    /// find out ([`ServedBy::Solver`]).
    pub price_change: Option<i64>,
    /// What else becomes another than it is shown when it is chosen, with the new values; known only where everything stays
    /// near what is shown ([`Configured::menu_of_shown`](crate::Configured::menu_of_shown)).
    pub also: Vec<(AttributeId, Value)>,
    /// What choosing it does to the lead time, in days; known where `also` is.
    pub lead_time_change: i64,
}

/// Whether an option can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can.
    Available,
    /// The shopper chose it.
    Chosen,
    /// It is the only one left.
    Implied,
    /// It cannot, for this reason.
    Blocked(Reason),
    /// It would take too long to find out ([`ServedBy::Solver`]). [`Configured::undecided`] says so in words.
    Undecided,
}

impl State {
    /// Whether it is certain that the option can be chosen.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        matches!(self, Self::Available | Self::Chosen | Self::Implied)
    }
}

impl State {
    /// Whether it counts as something to choose.
    pub(super) fn is_open(&self) -> bool {
        matches!(self, Self::Available | Self::Undecided)
    }
}
