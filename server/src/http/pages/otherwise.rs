//! What an attribute has otherwise in another design, in words.

use configurator::{AttributeId, Product, Value};
use words::Shop;

/// A value in words, or that the design has no such attribute.
pub(super) fn described(product: &Product, say: &Shop, id: AttributeId, value: &Value) -> String {
    match value {
        Value::Absent => say.not_there().to_owned(),
        value => product.describe(id, value),
    }
}

/// "Brass instead of Steel"; of several options those that come and go, "and Kickstand, no Bell".
pub(super) fn otherwise(
    product: &Product,
    say: &Shop,
    id: AttributeId,
    (before, then): (&Value, &Value),
) -> String {
    let (Value::Options(had), Value::Options(has)) = (before, then) else {
        return say.instead_of(&described(product, say, id, then), &described(product, say, id, before));
    };
    let (come, gone) = (has.difference(*had), had.difference(*has));
    let (words, options) = (&product.words().engine, |set| product.describe(id, &Value::Options(set)));
    let come = (!come.is_empty()).then(|| say.and_these(&options(come)));
    let gone = (!gone.is_empty()).then(|| words.without(&options(gone)));
    come.into_iter().chain(gone).collect::<Vec<_>>().join(words.comma())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_options_those_are_told_that_come_and_go() {
        let source = serde_json::from_value(serde_json::json!({
            "name": "Bike", "summary": "A bike.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "extras", "step": "all", "label": "Extras", "kind": "multi-choice", "standard": ["lights"], "options": [
                    { "code": "lights", "label": "Lights" }, { "code": "stand", "label": "Kickstand" },
                    { "code": "roll", "label": "Roll, 100 l" }, { "code": "pannier", "label": "Pannier, 20 l" },
                ]},
            ],
        }))
        .unwrap();
        let product = Product::check(&source).unwrap();
        let told = |before: &str, then: &str| {
            let value = |codes| product.read_choice("extras", codes).unwrap();
            let (id, before) = value(before);
            otherwise(&product, words::Language::ENGLISH.shop(), id, (&before, &value(then).1))
        };
        assert_eq!(told("lights", "lights,stand"), "and Kickstand");
        assert_eq!(told("lights,stand", "stand"), "no Lights");
        assert_eq!(told("lights", "roll,pannier"), "and Roll, 100 l and Pannier, 20 l, no Lights");
    }
}
