//! The configurator: picture, menu and price of one design. Rendered on the server, then alive in the browser.
//!
//! It is a form that works without a script: every option is a radio button or checkbox, and submitting it asks the
//! server for the same answers that [`desk::Desk`] finds in the browser.

mod bar;
mod budget;
mod closures;
pub mod desk;
mod hue;
mod menu;
mod moves;
mod offered;
mod options;
mod panel;
mod ready_made;
mod said;
mod start;
mod values;
mod window;

use configurator::{Configured, Menu};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::HtmlInputElement;
use preview::Drawings;
use std::sync::Arc;

use crate::address;
use crate::paths;
use crate::state::PageState;
use crate::ui::{button, link, notice};
use bar::Bar;
pub use bar::lead_time;
use closures::{handler, words};
use desk::Desk;
use menu::{Steps, Tabs};
pub use moves::{change as told_change, number_instead};
pub use offered::OfferLine;
pub use options::{LONGEST_MENU, SHORT_MENU};
pub use ready_made::less_or_more;
use start::StartNote;

/// The element that holds the configurator, and the address of the artifact in its `data-artifact`.
pub const ROOT: &str = "configurator";
/// The element that holds the page's words, as [`words::Words::to_text`] writes them.
pub const WORDS: &str = "words";
/// The form that the configurator is.
pub const FORM: &str = "design";
/// The element that holds the page's state: its bytes in Base64.
pub const STATE: &str = "state";

/// The stage beside the menu; one over the other where there is no room.
const STUDIO: &str = concat!(
    "mx-auto block max-w-[1440px] aria-busy:cursor-progress ",
    "desk:grid desk:grid-cols-[minmax(0,7fr)_minmax(400px,5fr)] desk:items-start"
);
const NOTICES: &str = "px-5 desk:col-span-full desk:px-10";
/// It stays in view beside the menu; when the screen is lower than it is, with its lower end.
const STAGE: &str = concat!(
    "max-desk:contents desk:sticky desk:top-[min(0px,100svh-740px)] desk:grid ",
    "desk:min-h-[max(620px,100svh-76px)] desk:grid-cols-1 desk:grid-rows-[auto_minmax(160px,1fr)_auto] desk:gap-4 desk:rounded-e-l ",
    "desk:bg-stage desk:px-10 desk:pt-8 desk:pb-[124px] desk:short:static min-[1500px]:rounded-s-l"
);
const STAGE_HEAD: &str = "min-w-0 max-desk:bg-stage max-desk:px-5 max-desk:pt-4";
const NAME: &str = "display line-clamp-4 pb-1 text-3xl wrap-anywhere";
/// On phones the product is described under the menu.
const SUMMARY: &str = "mt-1.5 line-clamp-6 max-w-[48ch] text-soft wrap-anywhere single-step:hidden";
/// On phones a strip stays of it.
const PICTURE: &str = concat!(
    "bg-lit max-desk:h-(--height) max-desk:bg-stage max-desk:[--height:min(68vw,56vh)] single-step:[--height:min(58vw,34vh)] max-desk:not-short:strip ",
    "desk:relative desk:-mx-10 [&>svg]:size-full desk:[&>svg]:absolute desk:[&>svg]:inset-0 desk:[&>svg]:px-10"
);
const MENU: &str = "min-w-0 px-5 pb-24 single-step:pb-8 in-aria-busy:opacity-60 desk:px-10";

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
    /// Who is to know the page's state.
    #[prop(default = None)]
    opened: Option<fn(Desk)>,
) -> impl IntoView {
    let desk = Desk::new(product, drawings, state, menu);
    if let Some(opened) = opened {
        opened(desk);
    }
    desk.draw_after_the_frame();
    desk.keep_address();
    desk.keep_panel_in_view();
    desk.listen_to_keys();
    let state = desk.state();
    let action = paths::choose(&state.slug);
    let (name, summary) = desk.product(|product| (product.name.clone(), product.summary.clone()));
    view! {
        <form method="get" action=action id=FORM class=STUDIO autocomplete="off" on:keydown=handler(stay_on_enter)>
            <input type="hidden" name=address::WAS prop:value=words(move || desk.query()) value=untrack(|| desk.query()) />
            <Notices desk=desk />
            <section class=STAGE aria-label=desk.say().picture()>
                <div class=STAGE_HEAD>
                    <h1 class=NAME>{name}</h1>
                    <p class=SUMMARY>{summary}</p>
                </div>
                <div class=PICTURE data-testid="picture">
                    <Picture desk=desk />
                </div>
                <StartNote desk=desk />
            </section>
            <div class=MENU>
                <Tabs desk=desk />
                <Steps desk=desk />
                <noscript>
                    <button class=button::QUIET type="submit">{desk.say().update()}</button>
                </noscript>
            </div>
            <Bar desk=desk />
        </form>
    }
}

/// The picture. Each layer by itself, so that a click draws only those anew that it changes.
#[component]
fn Picture(desk: Desk) -> impl IntoView {
    let (view_box, name, count) =
        desk.product(|product| (preview::view_box(product), product.name.clone(), product.layers.len()));
    let layer = |index| view! { <g inner_html=words(move || desk.layer(index))></g> };
    let layers = (0..count).map(layer).collect_view();
    view! { <svg viewBox=view_box role="img" aria-label=name>{layers}</svg> }
}

/// What the server wants the shopper to know on arrival.
#[component]
fn Notices(desk: Desk) -> impl IntoView {
    let state = desk.state();
    let newer = (state.live_revision != state.revision).then(|| {
        view! {
            <p class=notice::CAUTION>
                {desk.say().menu_has_changed()} " "
                <button class=link::LINK type="submit" name=address::NEXT value="live">{desk.say().current_menu()}</button>
            </p>
        }
    });
    let told = state
        .notices
        .iter()
        .map(|notice| view! { <p class=notice::CAUTION role="status">{notice.clone()}</p> });
    view! {
        <div class=NOTICES data-testid="notices">{newer} {told.collect_view()} {move || entries(desk)}</div>
    }
}

/// What was typed and could not be taken, each with the way to its field.
fn entries(desk: Desk) -> Vec<impl IntoView + use<>> {
    let line = |id| {
        let place = desk.product(|product| format!("#attribute-{}", product.attribute(id).code));
        view! {
            <p class=notice::CAUTION>
                {desk.refused_in_words(id)} " " <a href=place>{desk.say().change_it()}</a>
            </p>
        }
    };
    desk.entries().into_iter().map(line).collect()
}

/// Enter on a radio button, a box or a slider would send the form, which nobody means there. On the button that has the tick it takes
/// what stands there, and so does Space, which some browsers do nothing with there.
fn stay_on_enter(event: KeyboardEvent) {
    let Ok(field) = event_target::<JsValue>(&event).dyn_into::<HtmlInputElement>() else { return };
    let is_enter = event.key() == "Enter";
    if is_enter && matches!(&*field.type_(), "radio" | "checkbox" | "range" | "search") {
        event.prevent_default();
    }
    if (is_enter || event.key() == " ") && field.type_() == "radio" && field.checked() {
        field.click();
    }
}
