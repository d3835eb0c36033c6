//! What others with the same choices have, found in the browser by what was learnt: nothing of the choices is sent.

use std::cell::Cell;

use app::configurator::desk::Desk;
use wasm_bindgen::prelude::*;

thread_local! {
    static DESK: Cell<Option<Desk>> = const { Cell::new(None) };
}

/// Keeps hold of the page's state.
pub fn opened(desk: Desk) {
    DESK.with(|place| place.set(Some(desk)));
}

/// Draws what is shown at once.
pub fn draw() {
    if let Some(desk) = DESK.with(Cell::get) {
        desk.draw_now();
    }
}

/// The texts of a value to offer for the present choices, as `public/offers.js` writes them; empty where there is none. `habits` are
/// the bytes of what was learnt: reading them takes less than finding the value.
///
/// # Errors
/// The page is not alive, or the bytes are something else.
#[wasm_bindgen]
pub fn offer(habits: &[u8]) -> Result<String, JsValue> {
    let desk = DESK.with(Cell::get).ok_or("the page is not alive")?;
    desk.offered(habits).map_err(|error| error.to_string().into())
}
