//! What was ordered, read against a product.

use configurator::Product;
use personalize::PastDesign;

use super::store::PastDesignRow;

/// The designs that can still be read.
pub(super) fn past_designs(product: &Product, rows: &[PastDesignRow]) -> Vec<PastDesign> {
    rows.iter().filter_map(|row| past_design(product, row)).collect()
}

/// What was ordered, read against a product it was perhaps not ordered from: attributes that are new have their
/// standard value. Nothing when some choice can't be read any more.
fn past_design(product: &Product, row: &PastDesignRow) -> Option<PastDesign> {
    let pairs = row.choices.iter().map(|(code, value)| (code.as_str(), value.as_str()));
    let choices = product.read_choices(pairs).ok()?;
    let design =
        choices.iter().fold(product.standard().clone(), |design, (id, value)| design.with(id, value.clone()));
    Some(PastDesign {
        stated_use: row.stated_use.clone(),
        design: product.fitted(design),
        count: row.count,
        synthetic: row.synthetic,
    })
}
