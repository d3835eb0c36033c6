//! A product's page: the configurator, and what belongs around it.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use configurator::{Configured, Menu};
use leptos::prelude::*;
use preview::Drawings;

use super::document::{Assets, Reader, Script, Switch, document, render};
use crate::configurator::{Configurator, FORM, ROOT, STATE, WORDS};
use crate::state::PageState;

/// Under the configurator.
const ABOUT: &str = "mx-auto max-w-[1440px] px-5 py-8 desk:px-10";

/// Everything a product's page shows.
pub struct ProductPage {
    /// The product at the revision the design is pinned to.
    pub product: Configured,
    /// Its drawings.
    pub drawings: Arc<Drawings>,
    /// Address of the artifact the browser loads; nothing when only the server can answer for the product.
    pub artifact: Option<String>,
    /// The page's state.
    pub state: PageState,
    /// The menu of its design.
    pub menu: Menu,
}

/// The page of a product.
#[must_use]
pub fn product(assets: &Assets, reader: &Reader, page: ProductPage) -> String {
    let title = page.product.name.clone();
    let description = page.product.description.clone();
    let state = STANDARD.encode(page.state.to_bytes());
    let is_alive = page.artifact.is_some();
    let script = if is_alive { Script::Configurator } else { Script::Form };
    let studio = render(|| {
        let (product, drawings, state, menu) = (page.product, page.drawings, page.state, Some(page.menu));
        view! { <Configurator product=product drawings=drawings state=state menu=menu /> }.into_any()
    });
    let words = reader.language.words().to_text();
    document(assets, reader, &title, script, Switch::Form(FORM), || {
        view! {
            <script r#type="text/plain" id=STATE inner_html=state></script>
            {is_alive.then(|| view! { <script r#type="text/plain" id=WORDS inner_html=words></script> })}
            <div id=ROOT data-artifact=page.artifact inner_html=studio></div>
            <section class=ABOUT>
                <p class="max-w-[62ch] text-l text-soft wrap-anywhere">{description}</p>
            </section>
        }
        .into_any()
    })
}
