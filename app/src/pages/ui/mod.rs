//! The kit's gallery, in debug builds: every component in every state, with its name and when to use it. What a pointer does
//! to them is left to the pointer; what the focus does stands beside them.

mod actions;
mod forms;
mod shown;

use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};
use crate::ui::text;

/// How a component looks that has the focus.
const FOCUS: &str = "outline-2 outline-offset-2 outline-accent";
/// A word that does not break by itself.
const LONG: &str = "Sonderausführungsgenehmigungsverfahrensvorschriftenergänzung";

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

/// A component with its specimens.
fn section(name: &'static str, when: &'static str, specimens: Vec<AnyView>) -> AnyView {
    let id = format!("ui-{}", name.to_lowercase().replace(' ', "-"));
    let title_id = format!("{id}-title");
    view! {
        <section class="mt-12 min-w-0" id=id aria-labelledby=title_id.clone() data-testid="component">
            <h2 class=text::PART id=title_id.clone()>{name}</h2>
            <p class=text::LEAD>{when}</p>
            <div class="grid grid-cols-[repeat(auto-fill,minmax(min(100%,260px),1fr))] items-start gap-x-8 gap-y-6">
                {specimens}
            </div>
        </section>
    }
    .into_any()
}

/// A component in one state.
fn specimen(state: &'static str, component: AnyView) -> AnyView {
    view! {
        <figure class="min-w-0">
            <figcaption class="mb-1 text-xs text-muted">{state}</figcaption>
            {component}
        </figure>
    }
    .into_any()
}

/// A component that needs the whole width.
fn wide(state: &'static str, component: AnyView) -> AnyView {
    view! {
        <figure class="col-span-full min-w-0">
            <figcaption class="mb-1 text-xs text-muted">{state}</figcaption>
            {component}
        </figure>
    }
    .into_any()
}
