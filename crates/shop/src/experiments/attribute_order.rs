//! Attributes in another order: within each step what shoppers change most comes first.

use configurator::{AttributeId, Product};

use crate::insight::count::{Count, CountKind, Sums};

/// So many visits have to be counted before they say anything about an order.
const LEAST_VISITS: u32 = 20;
/// Each attribute counts as if so many visits more had seen it and changed nothing, so that few visits move little.
const CAUTION: u64 = 20;

/// The codes of all attributes: those of a step by how many of the visits that saw one changed it, the most first, and none before
/// what decides whether it applies. Nothing where that is the product's own order, and while too few visits are counted.
pub(super) fn most_changed_first(product: &Product, sums: &Sums) -> Option<Vec<String>> {
    if sums.of(&Count::of(CountKind::Visit)) < LEAST_VISITS {
        return None;
    }
    let mut ordered: Vec<AttributeId> = Vec::new();
    for step in 0..product.steps.len() {
        let mut left: Vec<AttributeId> =
            product.ids().filter(|(_, attribute)| attribute.step == step).map(|(id, _)| id).collect();
        while let Some(next) = next(product, sums, &left) {
            left.retain(|id| *id != next);
            ordered.push(next);
        }
    }
    let code = |id: AttributeId| product.attribute(id).code.clone();
    let own = (0..product.steps.len())
        .flat_map(|step| product.ids().filter(move |(_, attribute)| attribute.step == step));
    let is_own = own.map(|(id, _)| id).eq(ordered.iter().copied());
    (!is_own).then(|| ordered.into_iter().map(code).collect())
}

/// Of those that are left the most changed one whose condition is about none of them; the first of equals.
fn next(product: &Product, sums: &Sums, left: &[AttributeId]) -> Option<AttributeId> {
    let waits = |id: &AttributeId| {
        let mut waits = false;
        if let Some(applies) = &product.attribute(*id).applies {
            applies.attributes(&mut |on| waits |= on != *id && left.contains(&on));
        }
        waits
    };
    let free = left.iter().filter(|id| !waits(id)).copied();
    let most = free.reduce(|most, id| {
        if is_more(changed(product, sums, id), changed(product, sums, most)) { id } else { most }
    });
    most.or_else(|| left.first().copied())
}

/// How many visits changed an attribute, and of how many.
fn changed(product: &Product, sums: &Sums, id: AttributeId) -> (u64, u64) {
    let attribute = product.attribute(id);
    if attribute.locked {
        return (0, CAUTION);
    }
    let changed = sums.at(CountKind::Changed, &attribute.code);
    // What is changed was seen, whatever a page told of that.
    let seen = sums.at(CountKind::Seen, &attribute.code).max(changed);
    (changed.into(), CAUTION + u64::from(seen))
}

/// Whether the first is the greater share.
fn is_more((part, whole): (u64, u64), (other_part, other_whole): (u64, u64)) -> bool {
    part.saturating_mul(other_whole) > other_part.saturating_mul(whole)
}
