//! What others with the same choices have, found in the browser by what was learnt: nothing of the choices is sent.

use std::cell::{Cell, RefCell};

use app::configurator::Habits;
use app::configurator::desk::Desk;
use wasm_bindgen::prelude::*;

/// What separates texts: ASCII's unit separator, which is in none of them.
const BETWEEN: &str = "\u{1f}";

thread_local! {
    static DESK: Cell<Option<Desk>> = const { Cell::new(None) };
    static HABITS: RefCell<Option<Habits>> = const { RefCell::new(None) };
}

/// Keeps hold of the page's state.
pub fn opened(desk: Desk) {
    DESK.set(Some(desk));
}

/// Reads what was learnt of the product.
///
/// # Errors
/// The page is not alive, or the bytes are something else.
#[wasm_bindgen]
pub fn learn(bytes: &[u8]) -> Result<(), JsValue> {
    let desk = DESK.get().ok_or("the page is not alive")?;
    let habits = desk.habits(bytes).map_err(|error| error.to_string())?;
    HABITS.set(Some(habits));
    Ok(())
}

/// The texts of a value to offer for the present choices, as `public/offers.js` writes them; empty where there is none.
#[wasm_bindgen]
#[must_use]
pub fn offer() -> String {
    let line = HABITS.with_borrow(|habits| DESK.get()?.likelier_value(habits.as_ref()?));
    line.map(|line| line.texts().join(BETWEEN)).unwrap_or_default()
}
