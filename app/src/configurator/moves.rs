//! What else a choice moves, in words.

use configurator::{AttributeId, Product, Value};

use super::desk::{Desk, Shown};

/// What becomes another with a choice, in words.
pub fn moves(desk: Desk, also: &[(AttributeId, Value)]) -> Vec<String> {
    let told = |product: &Product, shown: &Shown| {
        let change = |(id, value): &(AttributeId, Value)| match value {
            Value::Options(_) | Value::Absent => {
                product.describe_change(*id, shown.menu.design.value(*id), value)
            }
            _ => product
                .words()
                .studio
                .attribute_becomes(&product.attribute(*id).label, &product.describe(*id, value)),
        };
        also.iter().map(change).collect()
    };
    desk.read_drawn(told).unwrap_or_default()
}
