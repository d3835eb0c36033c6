//! What is said while the shop can't be reached; a script (`public/line.js`) shows it.

use leptos::prelude::*;
use words::Shop;

use crate::ui::button;

/// The place of what is said while the shop can't be reached, over all else.
pub(super) const AWAY: &str = "pointer-events-none fixed inset-x-0 top-0 z-50 flex justify-center p-3";
pub(super) const AWAY_WORDS: &str = concat!(
    "pointer-events-auto flex max-w-[70ch] flex-wrap items-center gap-x-4 gap-y-2 rounded-s border border-line bg-raised px-4 py-3 ",
    "floating"
);

/// What is said while the shop can't be reached; a script shows it.
pub(super) fn away(say: &'static Shop) -> AnyView {
    view! {
        <div class=AWAY aria-live="polite" id="away" data-testid="away">
            <div class=AWAY_WORDS hidden>
                <p>{say.shop_away()}</p>
                <button class=button::QUIET_SMALL type="button">{say.try_now()}</button>
                <button class=button::QUIET_SMALL type="button" data-stay hidden>{say.stay_here()}</button>
            </div>
        </div>
    }
    .into_any()
}
