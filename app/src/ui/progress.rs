//! How far something has come that takes its time: a native `progress`.

use leptos::prelude::*;

/// The bar.
pub const PROGRESS: &str = "block h-1.5 w-full appearance-none overflow-hidden rounded-full border-0 bg-line indeterminate:bg-busy [&::-moz-progress-bar]:bg-accent indeterminate:[&::-moz-progress-bar]:bg-transparent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-accent motion-safe:indeterminate:animate-pulse forced-color-adjust-none forced-colors:border forced-colors:border-[CanvasText]";

/// Progress under its words; without a share it only says that something is being done.
#[must_use]
pub fn progress(id: &str, words: &str, percent: Option<u32>) -> AnyView {
    view! {
        <div class="grid gap-1.5" aria-busy=percent.is_none().then_some("true")>
            <label class="text-s text-soft" for=id.to_owned()>{words.to_owned()}</label>
            <progress
                class=PROGRESS
                id=id.to_owned()
                max="100"
                value=percent.map(|percent| percent.to_string())
            ></progress>
        </div>
    }
    .into_any()
}
