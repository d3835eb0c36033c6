//! The "from" price of a product.

use configurator::{AttributeId, Choices, Configured, Design, Money, Value};

/// Most walks through the attributes.
const MOST_ROUNDS: u32 = 20;

/// The lowest price of a valid design. For a product without an exact price range, what a descent from the standard design
/// finds: as long as some other value of one attribute, with whatever else has to change for it, lowers the price, take
/// it. A valid design has this price, so it is no empty promise; that none is cheaper is not proven.
pub(crate) fn low_price(product: &Configured) -> Money {
    if let Some((low, _)) = product.price_range() {
        return product.money(low);
    }
    let mut design = product.standard().clone();
    let mut total = product.quote(&design).total;
    for _ in 0..MOST_ROUNDS {
        let before = total;
        for (id, attribute) in product.ids().filter(|(_, attribute)| !attribute.locked) {
            for value in attribute.kind.neighbours(design.value(id)) {
                let Some(cheaper) = with_value(product, &design, id, value) else { continue };
                let price = product.quote(&cheaper).total;
                if price.amount < total.amount {
                    (design, total) = (cheaper, price);
                }
            }
        }
        if total == before {
            break;
        }
    }
    total
}

/// The valid design nearest to this one that has the value; nothing when there is none or finding it takes too long.
fn with_value(product: &Configured, design: &Design, id: AttributeId, value: Value) -> Option<Design> {
    product.complete(&Choices::new().with(id, value), design).ok()
}
