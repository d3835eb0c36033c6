//! The configurator: picture, menu and price of one design. Rendered on the server, then alive in the browser.
//!
//! It is a form that works without a script: every option is a radio button or checkbox, and submitting it asks the
//! server for the same answers that [`desk::Desk`] finds in the browser.

mod bar;
mod closures;
pub mod desk;
mod menu;
mod panel;
mod start;
mod values;

use configurator::{Configured, Menu};
use leptos::prelude::*;
use preview::Drawings;
use std::sync::Arc;

use crate::address;
use crate::paths;
use crate::state::PageState;
use bar::Bar;
pub use bar::lead_time;
use closures::words;
use desk::Desk;
use menu::{Steps, Tabs};
use start::StartNote;

/// The element that holds the configurator, and the address of the artifact in its `data-artifact`.
pub const ROOT: &str = "configurator";
/// The element that holds the page's words, as [`words::Words::to_text`] writes them.
pub const WORDS: &str = "words";
/// The form that the configurator is.
pub const FORM: &str = "design";
/// The element that holds the page's state: its bytes in Base64.
pub const STATE: &str = "state";

/// The whole configurator for one product.
#[component]
pub fn Configurator(
    /// The product and what answers for it.
    product: Configured,
    /// Its drawings.
    drawings: Arc<Drawings>,
    /// What to start from.
    state: PageState,
    /// The menu of that, where it was asked for already.
    #[prop(default = None)]
    menu: Option<Menu>,
) -> impl IntoView {
    let desk = Desk::new(product, drawings, state, menu);
    desk.keep_address();
    desk.keep_panel_in_view();
    let state = desk.state();
    let action = paths::choose(&state.slug);
    let (name, summary) = desk.product(|product| (product.name.clone(), product.summary.clone()));
    view! {
        <form method="get" action=action id=FORM class="studio" autocomplete="off">
            // What Enter presses where nothing else answers it.
            <button type="submit" hidden></button>
            <input type="hidden" name=address::WAS prop:value=words(move || desk.query()) value=untrack(|| desk.query()) />
            <Notices desk=desk />
            <section class="stage" aria-label=desk.say().picture()>
                <div class="stage-head">
                    <h1 class="display">{name}</h1>
                    <p class="stage-summary">{summary}</p>
                </div>
                <div class="picture" inner_html=move || desk.picture()></div>
                <StartNote desk=desk />
            </section>
            <div class="menu">
                <Tabs desk=desk />
                <Steps desk=desk />
                <noscript>
                    <button class="button button-quiet" type="submit">{desk.say().update()}</button>
                </noscript>
            </div>
            <Bar desk=desk />
        </form>
    }
}

/// What the server wants the shopper to know on arrival.
#[component]
fn Notices(desk: Desk) -> impl IntoView {
    let state = desk.state();
    let newer = (state.live_revision != state.revision).then(|| {
        let href = address::product(&state.slug, state.live_revision, &state.start, &state.choices);
        view! {
            <p class="notice">
                {desk.say().menu_has_changed()} " " <a href=href>{desk.say().current_menu()}</a>
            </p>
        }
    });
    let told =
        state.notices.iter().map(|notice| view! { <p class="notice" role="status">{notice.clone()}</p> });
    view! {
        {newer}
        {told.collect_view()}
    }
}
