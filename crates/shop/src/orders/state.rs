//! What becomes of an order: its states, and which follow which.

use std::fmt;
use std::str::FromStr;

use time::OffsetDateTime;

/// Where an order is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrderState {
    /// It came in.
    #[default]
    Placed,
    /// The shop has said yes.
    Confirmed,
    /// It is being made.
    InProduction,
    /// It is on its way to the buyer.
    Shipped,
    /// The buyer has it.
    Delivered,
    /// It is not made, or not sent.
    Cancelled,
    /// It came back.
    Returned,
}

/// A text that is no state of an order.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{text}' is no state of an order; there are placed, confirmed, in_production, shipped, delivered, cancelled and returned"
)]
pub struct InvalidState {
    /// What it was instead.
    pub text: String,
}

impl OrderState {
    /// All of them, in the order of an order's way.
    pub const ALL: [Self; 7] = [
        Self::Placed,
        Self::Confirmed,
        Self::InProduction,
        Self::Shipped,
        Self::Delivered,
        Self::Cancelled,
        Self::Returned,
    ];

    /// As it is kept, and as programs read it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Confirmed => "confirmed",
            Self::InProduction => "in_production",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
            Self::Returned => "returned",
        }
    }

    /// What an order in this state may become next.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Placed => &[Self::Confirmed, Self::Cancelled],
            Self::Confirmed => &[Self::InProduction, Self::Cancelled],
            Self::InProduction => &[Self::Shipped, Self::Cancelled],
            Self::Shipped => &[Self::Delivered, Self::Returned],
            Self::Delivered => &[Self::Returned],
            Self::Cancelled | Self::Returned => &[],
        }
    }

    /// Whether an order becomes this only for a reason that is kept.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Cancelled | Self::Returned)
    }

    /// Whether the buyer still waits.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Placed | Self::Confirmed | Self::InProduction | Self::Shipped)
    }

    /// The state in English.
    #[must_use]
    pub const fn english(self) -> &'static str {
        match self {
            Self::InProduction => "in production",
            other => other.code(),
        }
    }
}

impl fmt::Display for OrderState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.english())
    }
}

impl FromStr for OrderState {
    type Err = InvalidState;

    fn from_str(text: &str) -> Result<Self, InvalidState> {
        let known = Self::ALL.into_iter().find(|state| state.code() == text);
        known.ok_or_else(|| InvalidState { text: text.to_owned() })
    }
}

impl TryFrom<String> for OrderState {
    type Error = InvalidState;

    fn try_from(text: String) -> Result<Self, InvalidState> {
        text.parse()
    }
}

/// How far an order is, beside what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Where it is on its way.
    pub state: OrderState,
    /// Since when; nothing while it is as it was placed.
    pub since: Option<OffsetDateTime>,
    /// Whether it was placed to try the shop, and nobody waits for it.
    pub is_test: bool,
    /// Whether it is left out of learning.
    pub left_out: bool,
    /// Whether its buyer asked to be erased: who it was stays for the law alone.
    pub is_locked: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By state, what may follow.
    #[test]
    fn orders_go_one_way() {
        let table = [
            ("placed", "confirmed cancelled"),
            ("confirmed", "in_production cancelled"),
            ("in_production", "shipped cancelled"),
            ("shipped", "delivered returned"),
            ("delivered", "returned"),
            ("cancelled", ""),
            ("returned", ""),
        ];
        for (state, next) in table {
            let state: OrderState = state.parse().unwrap();
            let codes: Vec<_> = state.next().iter().map(|next| next.code()).collect();
            assert_eq!(codes.join(" "), next, "{state}");
        }
        assert_eq!("lost".parse::<OrderState>().unwrap_err().text, "lost");
    }
}
