//! The design of an order once more.

use configurator::{Configured, Design};

use super::order::{Order, OrderedValue, ValueOrigin};
use crate::designs::as_it_is::as_it_is;
use crate::shop::Shop;

impl OrderedValue {
    /// Whether the buyer chose it, as far as the order tells.
    fn is_chosen(&self) -> bool {
        match &self.origin {
            ValueOrigin::Chosen | ValueOrigin::Sentence(_) => true,
            ValueOrigin::AlwaysSo | ValueOrigin::Default { .. } | ValueOrigin::Adjusted => false,
        }
    }
}

impl Shop {
    /// The design of an order as pairs of code and value over the standard: what its buyer chose is chosen, all else is kept as it was
    /// ordered. Where its revision can't be read any more, all of it is chosen.
    pub async fn ordered_design(&self, order: &Order) -> Vec<(String, String)> {
        let values = order.design.clone();
        let all: Vec<_> = values.iter().map(|value| (value.code.clone(), value.value.clone())).collect();
        let Ok(revision) = self.as_published(&order.slug, order.revision).await else { return all };
        let told = self.executor.run(move || pairs(&revision.product, &values)).await;
        told.ok().flatten().unwrap_or(all)
    }
}

fn pairs(product: &Configured, values: &[OrderedValue]) -> Option<Vec<(String, String)>> {
    let mut design: Design = product.standard().clone();
    for value in values {
        let (id, value) = product.read_choice(&value.code, &value.value).ok()?;
        design = design.with(id, value);
    }
    let design = product.fitted(design);
    let is_chosen = |id| {
        let code = product.attribute(id).code.as_str();
        values.iter().any(|value| value.code == code && value.is_chosen())
    };
    Some(product.write_choices(&as_it_is(product, &design, is_chosen)))
}
