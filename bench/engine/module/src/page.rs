//! What a shop's page calls of the engine and nothing else, to tell how much the page's WebAssembly grows by it.

use std::hint::black_box;

use configurator::artifact::Artifact;
use configurator::{Choices, Configured};
use wasm_bindgen::prelude::wasm_bindgen;

/// A product on a page.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Page {
    product: Configured,
    choices: Choices,
}

#[wasm_bindgen]
impl Page {
    /// Reads an artifact and the product in it.
    #[must_use]
    pub fn open(artifact: &[u8]) -> Option<Page> {
        let artifact = Artifact::from_bytes(artifact).ok()?;
        Some(Self { product: artifact.configured().ok()?, choices: Choices::new() })
    }

    /// Chooses something.
    pub fn choose(&mut self, attribute: &str, value: &str) {
        if let Ok((id, value)) = self.product.read_choice(attribute, value) {
            self.choices = std::mem::take(&mut self.choices).with(id, value);
        }
        black_box(&self.choices);
    }
}

#[cfg(feature = "asking")]
#[wasm_bindgen]
impl Page {
    /// Works out the menu.
    pub fn menu(&self) -> bool {
        black_box(self.product.menu(&self.choices, self.product.standard())).is_ok()
    }

    /// Works out why something is blocked and how to get it.
    pub fn explain(&self, attribute: &str, value: &str) -> bool {
        let Ok((id, value)) = self.product.read_choice(attribute, value) else { return false };
        let reason = black_box(self.product.explain_blocked(&self.choices, id, &value));
        let repair = black_box(self.product.repair(&self.choices, self.product.standard(), id, &value));
        reason.is_ok() && repair.is_ok()
    }
}
