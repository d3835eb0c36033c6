//! What was ordered, read against a product.

use configurator::{Choices, Product};
use personalize::learnt::DefaultOutcome;
use personalize::{Level, PastDesign};

use super::store::{OrderedChoices, PastDesignRow};
use crate::orders::order::{OrderedValue, ValueOrigin};

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
        asker: row.asker.clone(),
        design: product.fitted(design),
        count: row.count,
        synthetic: row.synthetic,
    })
}

/// What somebody had, read against a product it was perhaps not made from: what it doesn't know is left out.
pub(super) fn own_choices<'o>(
    product: &Product,
    orders: impl IntoIterator<Item = &'o OrderedChoices>,
) -> Vec<Choices> {
    let read = |order: &OrderedChoices| {
        let known = order.iter().filter_map(|(code, value)| product.read_choice(code, value).ok());
        known.fold(Choices::new(), |choices, (id, value)| choices.with(id, value))
    };
    orders.into_iter().map(read).collect()
}

/// What became of defaults that were chosen for shoppers, by attribute, level and value, of the orders whose designs these are.
pub(super) fn outcomes(product: &Product, designs: &[Vec<OrderedValue>]) -> Vec<DefaultOutcome> {
    let mut found: Vec<DefaultOutcome> = Vec::new();
    for ordered in designs.iter().flatten() {
        let Some((level, value, is_kept)) = outcome(ordered) else { continue };
        let Ok((attribute, value)) = product.read_choice(&ordered.code, value) else { continue };
        let is_same =
            |one: &DefaultOutcome| one.attribute == attribute && one.level == *level && one.value == value;
        let place = found.iter().position(is_same).unwrap_or_else(|| {
            let level = level.clone();
            found.push(DefaultOutcome { attribute, level, value, kept: 0, changed: 0 });
            found.len() - 1
        });
        if let Some(one) = found.get_mut(place) {
            one.kept = one.kept.saturating_add(u32::from(is_kept));
            one.changed = one.changed.saturating_add(u32::from(!is_kept));
        }
    }
    found
}

fn outcome(ordered: &OrderedValue) -> Option<(&Level, &str, bool)> {
    match (&ordered.replaced, &ordered.origin) {
        (Some(replaced), _) => Some((&replaced.level, &replaced.value, false)),
        (None, ValueOrigin::Default { evidence, .. }) if evidence.is_chosen_for_shoppers() => {
            Some((&evidence.level, &ordered.value, true))
        }
        _ => None,
    }
}
