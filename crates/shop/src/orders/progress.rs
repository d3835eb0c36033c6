//! The way of an order: moving it on, marking it, noting something about it. Each change is kept with who made it and when.

use time::OffsetDateTime;

use super::desk_error::DeskError;
use super::desk_store::{Changing, NewChange, NewStateMail, OrderEvent, STEP_BACK_WITHIN, What};
use super::order::OrderNumber;
use super::state::OrderState;
use crate::secret::{token, token_hash};
use crate::shop::Shop;
use crate::short_text::{needed_lines, needed_text, short_text};

/// Most characters of a reason.
const LONGEST_REASON: usize = 300;
/// Most characters of a note.
const LONGEST_NOTE: usize = 2_000;

/// A change of an order that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It gets into another state.
    Move {
        /// The state in which it was seen. Where it is in another one, somebody else was first.
        seen: OrderState,
        /// The state it gets into.
        to: OrderState,
        /// Why; needed where it is cancelled or returned.
        reason: String,
    },
    /// Its last step is undone, where that was a moment ago.
    Back {
        /// The state in which it was seen.
        seen: OrderState,
        /// The state before its last step.
        to: OrderState,
    },
    /// It is marked as a test, or not any more.
    Test(bool),
    /// It is left out of learning, or taken in again.
    LeftOut(bool),
    /// Something is noted about it.
    Note(String),
}

impl Shop {
    /// Changes an order.
    ///
    /// # Errors
    /// It can't become that, or was changed meanwhile; a reason is missing; there is no such order.
    pub async fn change_order(&self, number: OrderNumber, change: Change, by: &str) -> Result<(), DeskError> {
        let mut outcomes = self.change_orders(vec![(number, change)], by).await?;
        outcomes.pop().map_or(Err(DeskError::UnknownOrder { number }), |(_, outcome)| outcome)
    }

    /// Changes orders: each is changed, or it is told why not. What can be done is done in one transaction.
    ///
    /// # Errors
    /// The store failed; then none is changed.
    pub async fn change_orders(
        &self,
        wanted: Vec<(OrderNumber, Change)>,
        by: &str,
    ) -> Result<Vec<(OrderNumber, Result<(), DeskError>)>, DeskError> {
        let at = self.now();
        let checked: Vec<_> =
            wanted.into_iter().map(|(number, change)| (number, checked(number, change))).collect();
        let changes: Vec<NewChange> = checked
            .iter()
            .filter_map(|(number, checked)| Some((*number, checked.as_ref().ok()?.clone())))
            .map(|(number, what)| NewChange {
                mail: self.mail_about(&what, at),
                number,
                what,
                at,
                by: by.to_owned(),
            })
            .collect();
        let mut changed = self.store.change_orders(&changes).await?.into_iter();
        let outcomes = checked.into_iter().map(|(number, checked)| {
            let outcome = checked.and_then(|what| match changed.next() {
                Some(Changing::Done) => Ok(()),
                Some(Changing::Otherwise(now)) => Err(lost(number, &what, now)),
                Some(Changing::TooLate) => Err(DeskError::NotUndone { number }),
                Some(Changing::NoOrder) | None => Err(DeskError::UnknownOrder { number }),
            });
            (number, outcome)
        });
        Ok(outcomes.collect())
    }

    /// The mail to the buyer of an order that is moved on like this. It waits for as long as the step can be undone, so that nobody is told
    /// of what was a slip.
    fn mail_about(&self, what: &What, at: OffsetDateTime) -> Option<NewStateMail> {
        let What::Move { to, .. } = what else { return None };
        if !self.profile().order_mails.contains(to) {
            return None;
        }
        let token = token::<16>(self.environment.as_ref());
        let token_hash = token_hash(&token);
        Some(NewStateMail { token, token_hash, due_at: at.saturating_add(STEP_BACK_WITHIN) })
    }

    /// Where an order in this state goes back to that was done this with, the last first, where its last step can still be undone.
    #[must_use]
    pub fn step_to_undo(&self, state: OrderState, events: &[OrderEvent]) -> Option<OrderState> {
        let mut steps = events.iter();
        let last = steps.find(|event| matches!(event.what, What::Move { .. } | What::Back { .. }))?;
        match last.what {
            What::Move { seen, to, .. } if to == state => {
                (last.at + STEP_BACK_WITHIN >= self.now()).then_some(seen)
            }
            _ => None,
        }
    }

    /// Everything that was done with an order, the last first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn order_events(&self, number: OrderNumber) -> Result<Vec<OrderEvent>, DeskError> {
        Ok(self.store.order_events(number).await?)
    }
}

/// What is asked of the store.
fn checked(number: OrderNumber, change: Change) -> Result<What, DeskError> {
    match change {
        Change::Move { seen, to, reason } => {
            if !seen.next().contains(&to) {
                return Err(DeskError::NotPossible { number, state: seen, to });
            }
            let reason = match to.needs_reason() {
                true => needed_text(&reason, LONGEST_REASON)?.ok_or(DeskError::NoReason { number, to })?,
                false => short_text(&reason, LONGEST_REASON)?,
            };
            Ok(What::Move { seen, to, reason })
        }
        Change::Back { seen, to } => Ok(What::Back { seen, to }),
        Change::Test(is) => Ok(What::Test(is)),
        Change::LeftOut(is) => Ok(What::LeftOut(is)),
        Change::Note(text) => {
            let text = needed_lines(&text, LONGEST_NOTE)?;
            text.map(What::Note).ok_or(DeskError::EmptyNote { number })
        }
    }
}

/// Somebody else was first.
fn lost(number: OrderNumber, what: &What, now: OrderState) -> DeskError {
    match what {
        What::Move { seen, .. } | What::Back { seen, .. } => {
            DeskError::ChangedMeanwhile { number, seen: *seen, now }
        }
        _ => DeskError::UnknownOrder { number },
    }
}
