//! What JavaScript calls.

use engine::model::ValueId;
use engine::pass::Totals;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::{Session, Shopper};

/// [`Session`] for JavaScript.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(Session);

#[wasm_bindgen]
impl Engine {
    /// As [`Session::open`].
    ///
    /// # Errors
    /// As there.
    #[wasm_bindgen(constructor)]
    pub fn open(
        name: &str,
        text: &str,
        prices: Option<String>,
        artifact: Option<Vec<u8>>,
    ) -> Result<Self, JsError> {
        let opened = Session::open(name, text, prices.as_deref(), artifact.as_deref());
        opened.map(Self).map_err(|error| JsError::new(&error))
    }

    /// As [`Session::artifact`].
    #[must_use]
    pub fn artifact(&self) -> Vec<u8> {
        self.0.artifact()
    }

    /// As [`Session::answers`].
    pub fn answers(&mut self, walks: u32, seed: u64) -> Vec<u8> {
        self.0.answers(walks, seed)
    }

    /// How many options each attribute has.
    #[must_use]
    pub fn sizes(&self) -> Vec<u32> {
        let variables = &self.0.engine.model().variables;
        variables.iter().map(|variable| u32::try_from(variable.size()).unwrap_or(u32::MAX)).collect()
    }

    /// Works out [`Session::menu`] and tells of it whether each option is possible. Of each attribute comes the option
    /// chosen, or a number below 0.
    pub fn menu(&mut self, chosen: &[i32]) -> Vec<u8> {
        let chosen: Vec<Option<ValueId>> =
            chosen.iter().map(|&value| u32::try_from(value).ok().map(ValueId)).collect();
        self.0.menu(&chosen).1.iter().map(|totals| u8::from(Totals::is_possible(totals))).collect()
    }

    /// A shopper who walks through the menus of a product.
    #[must_use]
    pub fn shopper(&self, seed: u64) -> ProductShopper {
        ProductShopper(Shopper::new(&self.0, seed))
    }
}

/// [`Shopper`] for JavaScript.
#[wasm_bindgen]
#[derive(Debug)]
pub struct ProductShopper(Shopper);

#[wasm_bindgen]
impl ProductShopper {
    /// As [`Shopper::ask`].
    pub fn ask(&mut self) -> bool {
        self.0.ask()
    }

    /// As [`Shopper::decide`].
    pub fn decide(&mut self) {
        self.0.decide();
    }
}
