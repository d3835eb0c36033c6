//! How the gallery shows a component: under its name, state by state.

use leptos::prelude::*;

use crate::ui::text;

/// How a component looks that has the focus.
pub(super) const FOCUS: &str = "outline-2 outline-offset-2 outline-accent";
/// A word that does not break by itself.
pub(super) const LONG: &str = "Sonderausführungsgenehmigungsverfahrensvorschriftenergänzung";

/// A component with its specimens.
pub(super) fn section(name: &'static str, when: &'static str, specimens: Vec<AnyView>) -> AnyView {
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
pub(super) fn specimen(state: &'static str, component: AnyView) -> AnyView {
    view! {
        <figure class="min-w-0">
            <figcaption class="mb-1 text-xs text-muted">{state}</figcaption>
            {component}
        </figure>
    }
    .into_any()
}

/// A component that needs the whole width.
pub(super) fn wide(state: &'static str, component: AnyView) -> AnyView {
    view! {
        <figure class="col-span-full min-w-0">
            <figcaption class="mb-1 text-xs text-muted">{state}</figcaption>
            {component}
        </figure>
    }
    .into_any()
}
