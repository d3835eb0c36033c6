//! The kit's gallery, in debug builds: every component in every state, with its name and when to use it. What a pointer does
//! to them is left to the pointer; what the focus does stands beside them.

mod actions;
mod forms;
mod shown;
mod specimen;

use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};
use crate::ui::text;

/// The gallery.
#[must_use]
pub fn ui(assets: &Assets) -> String {
    document(assets, &Reader::default(), "Components", Script::None, Switch::Link, || {
        view! {
            <div class="mx-auto max-w-[1200px] px-5 pb-24 desk:px-10">
                <h1 class=text::TITLE>"Components"</h1>
                <p class=text::LEAD>
                    "What all pages are made of, in every state. Look at it narrow, zoomed, in the dark and with forced colours."
                </p>
                {actions::sections()}
                {forms::sections()}
                {shown::sections()}
                <section class="dense mt-12" aria-labelledby="dense-title">
                    <h2 class=text::PART id="dense-title">"Dense"</h2>
                    <p class=text::LEAD>"Fields inside the admin."</p>
                    {forms::dense()}
                </section>
            </div>
        }
        .into_any()
    })
}
