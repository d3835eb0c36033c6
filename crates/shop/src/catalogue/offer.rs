//! For how long a revision's designs can be ordered at its prices: while it is live, and for a while after that, unless it
//! is withdrawn.

use time::{Duration, OffsetDateTime};

/// What became of a revision's offer. A revision that is live, and was never withdrawn, has the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// When another revision became live instead.
    pub superseded_at: Option<OffsetDateTime>,
    /// That it was withdrawn.
    pub withdrawal: Option<Withdrawal>,
}

/// That a revision was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// When.
    pub at: OffsetDateTime,
    /// Who did it.
    pub by: String,
    /// Why, for shoppers who open a design of it.
    pub reason: String,
}

impl Offer {
    /// Until when its prices hold; nothing while it is live.
    #[must_use]
    pub fn ends(&self, hold: Duration) -> Option<OffsetDateTime> {
        self.superseded_at.map(|at| at.saturating_add(hold))
    }
}
