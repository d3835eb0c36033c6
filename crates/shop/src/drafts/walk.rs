//! Walking a draft as a shopper would: a design of it, chosen step by step.

use configurator::{AttributeId, Choices, Configured, Menu, NoCompletion, Value};
use preview::Drawings;

use super::draft::Draft;
use crate::catalogue::bundle::inspect;
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
        let drawings = draft.bundle.drawings.clone();
        let Some(product) = self.walked(draft).await? else { return Ok(None) };
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

    /// The product that a draft is, compiled once for each version; nothing where it is not sound.
    async fn walked(&self, draft: Draft) -> Result<Option<Configured>, ShopError> {
        let key = (draft.slug, draft.version, draft.base);
        let found = self.walked_drafts.get_value_or_guard_async(&key);
        let guard = match tokio::time::timeout(self.executor.patience(), found).await {
            Ok(Ok(product)) => return Ok(product),
            Ok(Err(guard)) => guard,
            Err(_) => return Err(ShopError::Busy),
        };
        let bundle = draft.bundle;
        let product = self.executor.run(move || inspect(&bundle).ok()).await?;
        // It gives the value back where nobody may have it any more.
        let _ = guard.insert(product.clone());
        Ok(product)
    }
}

/// As many choices as go together, in their order, and why the others do not. Of several of one attribute the last one counts.
fn taken(product: &Configured, choices: &[(String, String)]) -> (Choices, Vec<String>) {
    let (mut wanted, mut left_out) = (Vec::<(AttributeId, Value)>::new(), Vec::new());
    for (code, text) in choices {
        match product.read_choice(code, text) {
            // What the design has anyway is no choice.
            Ok((id, _)) if product.attribute(id).locked => {}
            Ok((id, value)) => {
                wanted.retain(|(known, _)| *known != id);
                wanted.push((id, value));
            }
            Err(error) => {
                let sentence = error.to_string();
                if !left_out.contains(&sentence) {
                    left_out.push(sentence);
                }
            }
        }
    }
    let all: Choices = wanted.iter().cloned().collect();
    if product.complete(&all, product.standard()).is_ok() {
        return (all, left_out);
    }
    let mut taken = Choices::new();
    for (id, value) in wanted {
        let more = taken.clone().with(id, value);
        match product.complete(&more, product.standard()) {
            Ok(_) => taken = more,
            Err(NoCompletion::Conflict(reason)) => left_out.push(reason.sentence),
            Err(NoCompletion::TooComplex(error)) => left_out.push(error.to_string()),
        }
    }
    (taken, left_out)
}
