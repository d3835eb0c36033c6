//! Dates, lead times and states as the admin's pages write them.

use app::pages::admin::DraftState;
use words::Language;

use super::super::page::date;

/// Day and time as people write them: `22 November 2026, 16:04 UTC`.
pub(super) fn moment(at: time::OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!("{}, {:02}:{:02} UTC", date(Language::ENGLISH, at), at.hour(), at.minute())
}

/// A lead time as people write it.
pub(super) fn days(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// A draft's state as the pages write it.
pub(super) fn shown(state: shop::DraftState) -> DraftState {
    match state {
        shop::DraftState::Unchanged => DraftState::Unchanged,
        shop::DraftState::Ready => DraftState::Ready,
        shop::DraftState::Problems(count) => DraftState::Problems(count),
    }
}
