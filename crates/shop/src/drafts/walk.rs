//! Walking a draft as a shopper would: a design of it, chosen step by step.

use configurator::{Choices, Configured, Menu, NoCompletion};
use preview::Drawings;

use super::draft::Draft;
use crate::catalogue::bundle::{Bundle, inspect};
use crate::error::ShopError;
use crate::shop::Shop;

/// A design of a draft.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The product as the draft has it.
    pub product: Configured,
    /// What it is drawn of.
    pub drawings: Drawings,
    /// What can be chosen, and what the design costs.
    pub menu: Menu,
    /// What of the choices was left out, and why, as sentences.
    pub left_out: Vec<String>,
}

impl Shop {
    /// A design of a draft with these choices, as pairs of attribute and value. What can't be read or does not go with the
    /// rest is left out and told; nothing where the draft is not sound.
    ///
    /// # Errors
    /// The shop is busy, or it would take too long to find out.
    pub async fn walk_draft(
        &self,
        draft: Draft,
        choices: Vec<(String, String)>,
    ) -> Result<Option<Walk>, ShopError> {
        let key = (draft.slug, draft.version);
        let Bundle { drawings, .. } = draft.bundle.clone();
        let product = match self.walked_drafts.get(&key) {
            Some(product) => product,
            None => {
                let bundle = draft.bundle;
                let Ok(product) = self.executor.run(move || inspect(&bundle)).await? else { return Ok(None) };
                self.walked_drafts.insert(key, product.clone());
                product
            }
        };
        let walk = move || {
            let (taken, left_out) = taken(&product, &choices);
            let menu = product.menu_of_shown(&taken, product.standard());
            menu.map(|menu| Walk { menu, drawings, left_out, product: product.clone() })
        };
        match self.executor.run(walk).await? {
            Ok(walk) => Ok(Some(walk)),
            Err(NoCompletion::TooComplex(error)) => Err(error.into()),
            // What was taken goes together.
            Err(NoCompletion::Conflict(_)) => Ok(None),
        }
    }
}

/// As many choices as go together, in their order, and why the others do not.
fn taken(product: &Configured, choices: &[(String, String)]) -> (Choices, Vec<String>) {
    let (mut taken, mut left_out) = (Choices::new(), Vec::new());
    for (code, text) in choices {
        let (id, value) = match product.read_choice(code, text) {
            Ok(read) => read,
            Err(error) => {
                left_out.push(error.to_string());
                continue;
            }
        };
        // What the design has anyway is no choice.
        if product.attribute(id).locked {
            continue;
        }
        let more = taken.clone().with(id, value);
        match product.complete(&more, product.standard()) {
            Ok(_) => taken = more,
            Err(NoCompletion::Conflict(reason)) => left_out.push(reason.sentence),
            Err(NoCompletion::TooComplex(error)) => left_out.push(error.to_string()),
        }
    }
    (taken, left_out)
}
