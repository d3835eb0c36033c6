//! Takes the whole attention: a native `dialog`, opened by a button that names it, without a script. For what can't be taken
//! back; anything else has a place on the page.

use leptos::prelude::*;

use super::button;

/// The dialog.
pub const DIALOG: &str = "m-auto w-[min(32rem,calc(100%-32px))] rounded-l border border-line bg-raised p-6 text-ink floating backdrop:bg-veil wrap-anywhere";
/// Its title.
pub const TITLE: &str = "mb-2 text-l font-semibold";
/// Its buttons.
pub const ACTIONS: &str = "mt-5 flex flex-wrap justify-end gap-2";

/// The button that opens a dialog.
#[must_use]
pub fn opener(id: &str, words: &str) -> AnyView {
    view! {
        <button type="button" class=button::QUIET commandfor=id.to_owned() command="show-modal">
            {words.to_owned()}
        </button>
    }
    .into_any()
}

/// A dialog with the button that closes it, and others behind that.
#[must_use]
pub fn dialog(id: &str, title: &str, content: AnyView, close: &str, actions: AnyView) -> AnyView {
    let title_id = format!("{id}-title");
    view! {
        <dialog class=DIALOG id=id.to_owned() aria-labelledby=title_id closedby="any">
            <h2 class=TITLE id=title_id.clone()>{title.to_owned()}</h2>
            {content}
            <div class=ACTIONS>
                <form method="dialog">
                    <button type="submit" class=button::QUIET>{close.to_owned()}</button>
                </form>
                {actions}
            </div>
        </dialog>
    }
    .into_any()
}
