//! The browser's entry point: fetches the product's artifact once and brings the configurator to life.

mod early;

use std::sync::Arc;

use app::configurator::{Configurator, ConfiguratorProps, ROOT, STATE};
use app::state::PageState;
use configurator::{Product, source::Source};
use early::Early;
use leptos::mount::hydrate_from;
use preview::Drawings;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// What a revision is made of, as the server publishes it.
#[derive(Deserialize)]
struct Bundle {
    source: Source,
    drawings: Drawings,
}

/// Brings the page to life. A page without a configurator is left alone.
///
/// # Errors
/// The artifact or the diagram can't be fetched or read; the page then goes on working as a plain form.
#[wasm_bindgen]
pub async fn hydrate() -> Result<(), JsValue> {
    console_error_panic_hook::set_once();
    let window = web_sys::window().ok_or("no window")?;
    let document = window.document().ok_or("no document")?;
    let Some(root) = document.get_element_by_id(ROOT) else { return Ok(()) };
    let root: web_sys::HtmlElement = root.dyn_into()?;
    let address = root.dataset().get("artifact").ok_or("no artifact named")?;
    // Both are on their way at once, and both are listened to from the beginning.
    let diagram =
        root.dataset().get("diagram").map(|address| JsFuture::from(window.fetch_with_str(&address)));
    let response = answered(JsFuture::from(window.fetch_with_str(&address))).await?;
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    let unreadable = |error: serde_json::Error| JsValue::from(error.to_string());
    let bundle: Bundle = serde_json::from_str(&text).map_err(unreadable)?;
    let state = document.get_element_by_id(STATE).and_then(|state| state.text_content()).unwrap_or_default();
    let state: PageState = serde_json::from_str(&state).map_err(unreadable)?;
    let product = Product::check(&bundle.source).map_err(|_| "the artifact is not a valid product")?;
    let product = match diagram {
        Some(diagram) => {
            let bytes = JsFuture::from(answered(diagram).await?.array_buffer()?).await?;
            let bytes = js_sys::Uint8Array::new(&bytes).to_vec();
            product.with_diagram(&bytes).map_err(|error| error.to_string())?
        }
        None => product,
    };
    let (product, drawings) = (Arc::new(product), Arc::new(bundle.drawings));
    let early = Early::take(&root)?;
    hydrate_from(root.clone(), move || Configurator(ConfiguratorProps { product, drawings, state })).forget();
    early.repeat(&document).await?;
    root.dataset().set("alive", "")?;
    Ok(())
}

/// What a request was answered with.
async fn answered(request: JsFuture) -> Result<web_sys::Response, JsValue> {
    let response: web_sys::Response = request.await?.dyn_into()?;
    if response.ok() {
        Ok(response)
    } else {
        Err(format!("{} answered {}", response.url(), response.status()).into())
    }
}
