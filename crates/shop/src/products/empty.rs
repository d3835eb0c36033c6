//! The smallest product: one thing to decide.

use std::collections::BTreeMap;

use configurator::source::{AttributeSource, OptionSource, Source, StepSource, ValueSource};
use preview::Drawings;

use crate::catalogue::Bundle;
use crate::drafts::new_code;

/// A product with one attribute and these options, of which the first is standard.
pub(super) fn product(name: &str, currency: &str, attribute: &str, options: &[&str]) -> Source {
    // What is decided in it: the product's name says nothing there, and this is in the product's language.
    let step = StepSource { code: "choices".to_owned(), label: attribute.to_owned() };
    let mut known: Vec<OptionSource> = Vec::new();
    for label in options {
        let code = new_code(label, "option", known.iter().map(|option| option.code.as_str()));
        known.push(OptionSource { code, label: (*label).to_owned(), available: true, ..Default::default() });
    }
    let standard = known.first().map(|option| option.code.clone()).unwrap_or_default();
    let attribute = self::attribute(new_code(attribute, "attribute", [].into_iter()), attribute, &step.code);
    let attribute = AttributeSource { options: known, standard: ValueSource::Text(standard), ..attribute };
    source(name, currency, vec![step], vec![attribute])
}

/// A product with these steps and attributes, and nothing else.
pub(super) fn source(
    name: &str,
    currency: &str,
    steps: Vec<StepSource>,
    attributes: Vec<AttributeSource>,
) -> Source {
    Source {
        name: name.to_owned(),
        summary: name.to_owned(),
        description: String::new(),
        search_words: String::new(),
        language: "en".to_owned(),
        currency: currency.to_owned(),
        base_price: 0,
        lead_time_days: 0,
        uses: None,
        benefits: Vec::new(),
        budget: None,
        picture: [1200, 900],
        steps,
        attributes,
        rules: Vec::new(),
        prices: Vec::new(),
        tiers: Vec::new(),
        no_returns: Vec::new(),
        layers: Vec::new(),
        designs: Vec::new(),
        tests: Vec::new(),
        meant: Vec::new(),
        translations: Default::default(),
    }
}

/// A choice without options.
pub(super) fn attribute(code: String, label: &str, step: &str) -> AttributeSource {
    AttributeSource {
        code,
        step: step.to_owned(),
        label: label.to_owned(),
        help: String::new(),
        // A choice.
        kind: Default::default(),
        standard: ValueSource::Text(String::new()),
        locked: false,
        moved_last: false,
        applies: None,
        options: Vec::new(),
        successors: BTreeMap::new(),
        min: None,
        max: None,
        step_size: None,
        unit: None,
        price: None,
        points: None,
        max_length: None,
        allowed: None,
    }
}

/// What a product's draft begins as: something that can be prepared, and that nobody ever sees.
pub(super) fn unseen() -> Bundle {
    Bundle { source: product("Product", "EUR", "Choice", &["Yes", "No"]), drawings: Drawings::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_step_is_called_by_what_is_decided_in_it() {
        let source = product("Mug", "EUR", "Glaze", &["Red", "Blue"]);
        assert_eq!((source.name.as_str(), source.steps[0].label.as_str()), ("Mug", "Glaze"));
    }
}
