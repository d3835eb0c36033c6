//! Orders as readers of a language have them.

use configurator::{Product, Quantity};
use words::Language;

use super::order::{Order, OrderedLine};
use crate::catalogue::revision::Revision;
use crate::shop::Shop;

impl Shop {
    /// An order as a reader of a language has it, names, values and lines from its revision; and why its design can't be
    /// returned, if it can't. It stays as it was kept where its revision can't be read any more, or would price it otherwise.
    pub async fn order_in(&self, order: Order, language: Language) -> (Order, Option<String>) {
        let Ok(revision) = self.as_published(&order.slug, order.revision).await else { return (order, None) };
        let kept = (order.clone(), None);
        let told = self
            .executor
            .run(move || told_in(order, &revision, &revision.in_language(language).product))
            .await;
        told.unwrap_or(kept)
    }
}

/// An order with the texts of a product, and why its design can't be returned.
fn told_in(mut order: Order, revision: &Revision, product: &Product) -> (Order, Option<String>) {
    let mut design = product.standard().clone();
    for value in &order.design {
        let Ok((id, value)) = product.read_choice(&value.code, &value.value) else {
            return (order, None);
        };
        design = design.with(id, value);
    }
    let Some(quantity) = Quantity::new(order.quantity) else { return (order, None) };
    let design = product.fitted(design);
    let quote = product.quote_for(&design, quantity);
    if quote.total.amount != order.total || order.design.len() != design.to_choices().len() {
        return (order, None);
    }
    for value in &mut order.content.design {
        if let Some(id) = product.by_code(&value.code) {
            value.label.clone_from(&product.attribute(id).label);
            value.words = product.describe(id, design.value(id));
        }
    }
    order.content.product_name.clone_from(&product.name);
    // The same drawing under another name; one that would be drawn otherwise today stays as it was ordered.
    let drawings = &revision.bundle.drawings;
    if order.picture == preview::compose(&revision.product, drawings, &design) {
        order.content.picture = preview::compose(product, drawings, &design);
    }
    let lines = quote.lines.into_iter();
    order.content.lines =
        lines.map(|line| OrderedLine { label: line.label, amount: line.amount.amount }).collect();
    (order, product.no_return(&design).map(str::to_owned))
}
