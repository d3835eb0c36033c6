//! A design as it is, for an address that starts from the standard: what somebody chose stays theirs, all else is kept beside it. Pure.

use configurator::{AttributeId, Choices, Configured, Design, Value};

/// The choices that make this very design over the standard, of which these attributes were chosen.
pub(crate) fn as_it_is(
    product: &Configured,
    design: &Design,
    is_chosen: impl Fn(AttributeId) -> bool,
) -> Choices {
    let (mut choices, mut kept) = (Choices::new(), Vec::new());
    for (id, value) in design.iter().filter(|(_, value)| **value != Value::Absent) {
        // A text stays as it is only where it was typed.
        let is_text = matches!(value, Value::Text(text) if !text.is_empty());
        if is_chosen(id) || (is_text && value != product.standard().value(id)) {
            choices = choices.with(id, value.clone());
        } else {
            kept.push((id, value.clone()));
        }
    }
    let choices = choices.keeping(kept);
    // What comes of itself needs not be kept.
    match product.step(&choices, design, product.standard()) {
        Ok(taken) if taken.design == *design => taken.choices,
        _ => choices,
    }
}

#[cfg(test)]
mod tests {
    use configurator::Product;
    use configurator::source::Source;

    use super::*;

    const MUG: &str = r#"{
        "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
        "steps": [{ "code": "all", "label": "All" }],
        "attributes": [
            { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "white", "options": [
                { "code": "white", "label": "White" }, { "code": "blue", "label": "Blue" }, { "code": "green", "label": "Green" }
            ]},
            { "code": "lid", "step": "all", "label": "Lid", "kind": "choice", "standard": "none", "options": [
                { "code": "none", "label": "None" }, { "code": "wood", "label": "Wood" }, { "code": "cork", "label": "Cork" }
            ]},
            { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
            { "code": "name", "step": "all", "label": "Name", "kind": "text", "standard": "", "max_length": 9 }
        ],
        "rules": [{ "code": "lids", "rule": "glaze = blue implies lid != none" }]
    }"#;

    #[test]
    fn what_was_chosen_is_chosen_and_the_rest_is_kept_where_it_would_not_come_of_itself() {
        let source: Source = serde_json::from_str(MUG).unwrap();
        let product = Configured::new(Product::check(&source).unwrap()).unwrap();
        let pair = |code: &str, value: &str| (code.to_owned(), value.to_owned());
        for (design, chosen, expected) in [
            (&["blue", "cork", "9", ""], "lid", vec![pair("lid", "cork"), pair("_kept", "glaze:blue")]),
            (&["white", "none", "9", ""], "", vec![]),
            (&["green", "none", "9", ""], "", vec![pair("_kept", "glaze:green")]),
            (&["white", "none", "9", ""], "height", vec![pair("height", "9")]),
            // A text that stays has to be chosen.
            (&["white", "none", "9", "Bo"], "", vec![pair("name", "Bo")]),
        ] {
            let codes = ["glaze", "lid", "height", "name"].into_iter().zip(design.iter().copied());
            let whole = product.read_choices(codes).unwrap();
            let design = product.complete(&whole, product.standard()).unwrap();
            let is_chosen = |id| product.attribute(id).code.as_str() == chosen;
            let choices = as_it_is(&product, &design, is_chosen);
            assert_eq!(product.complete(&choices, product.standard()).unwrap(), design, "{expected:?}");
            assert_eq!(product.write_choices(&choices), expected);
        }
    }
}
