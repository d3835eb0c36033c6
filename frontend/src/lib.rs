//! The browser's entry point: fetches the product's artifact once and brings the configurator to life.

mod early;
mod offers;

use std::sync::Arc;

use app::configurator::{Configurator, ConfiguratorProps, ROOT, STATE, WORDS};
use app::state::PageState;
use configurator::artifact::{Artifact, ArtifactError};
use early::Early;
use leptos::mount::hydrate_from;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Brings the page to life. A page without a configurator is left alone.
///
/// # Errors
/// The artifact can't be fetched or read; the page then goes on working as a plain form.
#[wasm_bindgen]
pub async fn hydrate() -> Result<(), JsValue> {
    console_error_panic_hook::set_once();
    let window = web_sys::window().ok_or("no window")?;
    let document = window.document().ok_or("no document")?;
    let Some(root) = document.get_element_by_id(ROOT) else { return Ok(()) };
    let root: web_sys::HtmlElement = root.dyn_into()?;
    let address = root.dataset().get("artifact").ok_or("no artifact named")?;
    let response: web_sys::Response = JsFuture::from(window.fetch_with_str(&address)).await?.dyn_into()?;
    if !response.ok() {
        return Err(format!("{} answered {}", response.url(), response.status()).into());
    }
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    let text_of = |id: &str| document.get_element_by_id(id).and_then(|element| element.text_content());
    // Before the product is read, which takes its words from there.
    words::load(text_of(WORDS).unwrap_or_default());
    let unreadable = |error: ArtifactError| JsValue::from(error.to_string());
    let artifact = Artifact::from_bytes(&js_sys::Uint8Array::new(&bytes).to_vec()).map_err(unreadable)?;
    let drawings = Arc::new(artifact.drawings.clone());
    let product = artifact.configured().map_err(unreadable)?;
    // Every character of what `atob` gives is a byte.
    let state: Vec<u8> = window
        .atob(&text_of(STATE).unwrap_or_default())?
        .chars()
        .filter_map(|byte| u8::try_from(byte).ok())
        .collect();
    let state = PageState::from_bytes(&state).map_err(|error| error.to_string())?;
    let early = Early::take(&root)?;
    hydrate_from(root.clone(), move || {
        Configurator(ConfiguratorProps { product, drawings, state, menu: None, opened: Some(offers::opened) })
    })
    .forget();
    early.repeat(&document).await?;
    root.dataset().set("alive", "")?;
    Ok(())
}
