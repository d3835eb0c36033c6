//! States of orders, what leads to them, and why one was not changed, as the admin's pages write them.

use app::ui::text::Tone;
use shop::orders::{OrderEvent, What};
use shop::{DeskError, OrderState};
use words::Language;

use super::super::page::Times;
use super::words::unfit;
use crate::http::failure::Failure;

/// A state in a word or two.
pub(super) fn state(language: Language, state: OrderState) -> &'static str {
    let say = language.admin();
    match state {
        OrderState::Placed => say.is_placed(),
        OrderState::Confirmed => say.is_confirmed(),
        OrderState::InProduction => say.is_in_production(),
        OrderState::Shipped => say.is_shipped(),
        OrderState::Delivered => say.is_delivered(),
        OrderState::Cancelled => say.is_cancelled(),
        OrderState::Returned => say.is_returned(),
    }
}

/// How a state is shown.
pub(super) fn tone(state: OrderState) -> Tone {
    match state {
        OrderState::Placed => Tone::Calm,
        OrderState::Cancelled | OrderState::Returned => Tone::Stop,
        _ => Tone::Good,
    }
}

/// What getting an order into a state is called.
pub(super) fn step(language: Language, to: OrderState) -> &'static str {
    let say = language.admin();
    match to {
        OrderState::Placed => say.is_placed(),
        OrderState::Confirmed => say.to_confirm(),
        OrderState::InProduction => say.to_production(),
        OrderState::Shipped => say.to_ship(),
        OrderState::Delivered => say.to_deliver(),
        OrderState::Cancelled => say.to_cancel(),
        OrderState::Returned => say.to_return(),
    }
}

/// An example of the reason that a state needs.
pub(super) fn reason_example(language: Language, to: OrderState) -> Option<&'static str> {
    let say = language.admin();
    let example = if to == OrderState::Returned { say.return_example() } else { say.cancel_example() };
    to.needs_reason().then_some(example)
}

/// What was done with an order: in a few words, and the reason or the note.
pub(super) fn event(times: Times<'_>, event: &OrderEvent) -> (String, String, String) {
    let language = times.language;
    let say = language.admin();
    let (what, words) = match &event.what {
        What::Move { seen, to, reason } => {
            (say.moved(&state(language, *seen), &state(language, *to)), reason.clone())
        }
        What::Back { to, .. } => (say.step_undone(&state(language, *to)), String::new()),
        What::Test(true) => (say.marked_test().to_owned(), String::new()),
        What::Test(false) => (say.marked_no_test().to_owned(), String::new()),
        What::LeftOut(true) => (say.marked_left_out().to_owned(), String::new()),
        What::LeftOut(false) => (say.marked_taken_in().to_owned(), String::new()),
        What::Note(text) => (String::new(), text.clone()),
    };
    // Reasons and notes are as they were written.
    let words = if words.is_empty() { words } else { language.marked(words) };
    (what, words, say.by_at(&event.by, &times.moment(event.at)))
}

/// Why an order was not changed, where that is for whoever wanted it to know.
pub(super) fn refused(error: &DeskError, language: Language) -> Option<String> {
    let say = language.admin();
    let possible = |from: OrderState| {
        let next: Vec<_> = from.next().iter().map(|to| state(language, *to)).collect();
        if next.is_empty() {
            say.stays_so().to_owned()
        } else {
            say.may_become(&next.join(language.words().engine.comma()))
        }
    };
    Some(match error {
        DeskError::NotPossible { number, state: from, to } => {
            let cant = say.cant_become(number, &state(language, *from), &state(language, *to));
            format!("{cant} {}", possible(*from))
        }
        DeskError::ChangedMeanwhile { number, seen, now } => {
            let changed = say.changed_meanwhile(number, &state(language, *seen), &state(language, *now));
            format!("{changed} {}", possible(*now))
        }
        DeskError::NotUndone { .. } => say.step_not_undone().to_owned(),
        DeskError::NoReason { .. } => say.give_reason().to_owned(),
        DeskError::EmptyNote { .. } => say.write_note().to_owned(),
        DeskError::UnknownOrder { number } => say.no_such_order(number),
        DeskError::TooManyViews { most } => say.too_many_views(most),
        DeskError::NoViewName => say.name_view().to_owned(),
        DeskError::Shop(error) => return unfit(error, language),
    })
}

/// Why an order was not changed, or the failure that nobody but us can mend.
pub(super) fn refused_or_failed(error: DeskError, language: Language) -> Result<String, Failure> {
    refused(&error, language).ok_or_else(|| error.into())
}
