//! Where a problem is: `attributes.2.options.0.price` in words, and the field of the editor it belongs to.

use configurator::source::{AttributeSource, Source};
use words::Admin;

/// A problem's place for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The place in words.
    pub(super) words: String,
    /// Id of the element in the editor; nothing for what the editor does not show.
    pub(super) anchor: Option<String>,
}

/// Id of an attribute's form.
pub(super) fn attribute_anchor(code: &str) -> String {
    format!("attribute-{code}")
}

/// Finds the field that a problem's place names.
pub(super) fn spot(say: &Admin, place: &str, source: &Source) -> Spot {
    let parts: Vec<&str> = place.split('.').collect();
    let index = |at: usize| parts.get(at).and_then(|part| part.parse::<usize>().ok());
    let shown = |words: String, anchor: &str| Spot { words, anchor: Some(anchor.to_owned()) };
    let hidden = |words: String| Spot { words, anchor: None };
    match parts[0] {
        "name" => shown(say.name().to_owned(), place),
        "summary" => shown(say.place_summary().to_owned(), place),
        "base_price" => shown(say.place_base_price().to_owned(), place),
        "lead_time_days" => shown(say.place_lead_time().to_owned(), place),
        "budget" => shown(say.budget().to_owned(), "budget"),
        "attributes" => match index(1).and_then(|at| source.attributes.get(at)) {
            None => shown(say.standard_design().to_owned(), "standard"),
            Some(attribute) => spot_of_attribute(say, place, &parts, attribute),
        },
        "rules" => match (index(1), parts.get(2).copied()) {
            (Some(at), Some("rule" | "sentence")) => shown(say.rule(&(at + 1)), place),
            (Some(at), _) => shown(say.rule(&(at + 1)), &format!("rules.{at}.rule")),
            _ => shown(say.rules().to_owned(), "rules"),
        },
        "prices" => {
            let price = index(1).and_then(|at| source.prices.get(at));
            let anchor = if parts.len() > 2 { place } else { "prices" };
            shown(
                price.map_or_else(
                    || say.place_surcharges().to_owned(),
                    |price| say.place_surcharge(&price.label),
                ),
                anchor,
            )
        }
        "layers" => {
            let anchor = if parts.len() > 2 { place } else { "layers" };
            match index(1).map(|at| (at, source.layers.get(at))) {
                Some((at, Some(layer))) => {
                    let (number, drawn) = (at + 1, layer.file.as_ref().or(layer.text.as_ref()));
                    let words = drawn.map_or_else(
                        || say.place_layer(&number),
                        |name| say.place_drawn_layer(&number, name),
                    );
                    shown(words, anchor)
                }
                _ => shown(say.place_picture().to_owned(), "layers"),
            }
        }
        "steps" => {
            let step = index(1).and_then(|at| source.steps.get(at));
            let words = step.map_or_else(|| say.place_steps().to_owned(), |step| say.place_step(&step.label));
            shown(words, if parts.get(2) == Some(&"label") { place } else { "steps" })
        }
        "tiers" => shown(say.place_tiers().to_owned(), if parts.len() > 2 { place } else { "tiers" }),
        "no_returns" => {
            shown(say.place_no_returns().to_owned(), if parts.len() > 2 { place } else { "no_returns" })
        }
        "designs" => {
            let design = index(1).and_then(|at| source.designs.get(at));
            let words = design.map_or_else(
                || say.place_designs().to_owned(),
                |design| say.place_design(&say.quoted(&design.label)),
            );
            let field = parts.get(2).filter(|field| matches!(**field, "label" | "summary" | "values"));
            let anchor = field.map(|field| format!("{}.{}.{field}", parts[0], parts[1]));
            shown(words, anchor.as_deref().unwrap_or("designs"))
        }
        "tests" => {
            let test = index(1).and_then(|at| source.tests.get(at));
            let words = test.map_or_else(
                || say.place_tests().to_owned(),
                |test| say.place_test(&say.quoted(&test.label)),
            );
            let field = parts.get(2).filter(|field| ["label", "values", "expects", "price"].contains(*field));
            let anchor = field.map(|field| format!("{}.{}.{field}", parts[0], parts[1]));
            shown(words, anchor.as_deref().unwrap_or("tests"))
        }
        "uses" => shown(say.place_uses().to_owned(), "uses"),
        "benefits" => shown(say.section_benefits().to_owned(), "benefits"),
        "language" => hidden(say.place_language().to_owned()),
        "translations" => {
            let tag = parts.get(1);
            hidden(tag.map_or_else(|| say.place_texts().to_owned(), |tag| say.place_texts_in(tag)))
        }
        other => hidden(other.to_owned()),
    }
}

/// Finds the field of an attribute's form, or of its standard.
fn spot_of_attribute(say: &Admin, place: &str, parts: &[&str], attribute: &AttributeSource) -> Spot {
    let label = &attribute.label;
    let at = |words: String, anchor: String| Spot { words, anchor: Some(anchor) };
    let option = parts.get(3).and_then(|part| part.parse::<usize>().ok());
    match (parts.get(2).copied(), option.and_then(|index| attribute.options.get(index))) {
        (Some("standard"), _) => at(say.place_standard(label), place.to_owned()),
        (Some("options"), Some(option)) => {
            let field = parts.get(4).copied().filter(|field| matches!(*field, "label" | "price"));
            let anchor = if field.is_some() { place.to_owned() } else { parts[..4].join(".") };
            at(say.place_option(label, &option.label), anchor)
        }
        (Some("label" | "help" | "min" | "max" | "price" | "max_length"), _) => {
            at(label.clone(), place.to_owned())
        }
        _ => at(label.clone(), attribute_anchor(&attribute.code)),
    }
}

#[cfg(test)]
mod tests {
    use words::Language;

    use super::*;

    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [{
                "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red",
                "options": [{ "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue" }],
            }],
            "prices": [{ "label": "Gift", "amount": 100 }],
            "layers": [{ "file": "mug.svg" }],
            "tests": [{ "code": "low", "label": "Low", "values": {} }],
            "designs": [{ "code": "dark", "label": "Dark", "summary": "At night.", "values": {} }],
        }))
        .unwrap()
    }

    #[test]
    fn every_place_has_words_and_those_on_the_page_an_anchor() {
        for (place, words, anchor) in [
            ("base_price", "Base price", Some("base_price")),
            ("attributes.0.standard", "Glaze, standard", Some("attributes.0.standard")),
            ("attributes.0.options.1.price", "Glaze, option Blue", Some("attributes.0.options.1.price")),
            ("attributes.0.options.1.benefits.comfort", "Glaze, option Blue", Some("attributes.0.options.1")),
            ("attributes.0.options.1", "Glaze, option Blue", Some("attributes.0.options.1")),
            ("attributes.0.options", "Glaze", Some("attribute-glaze")),
            ("attributes.0.allowed", "Glaze", Some("attribute-glaze")),
            ("attributes", "Standard design", Some("standard")),
            ("attributes.9.label", "Standard design", Some("standard")),
            ("rules.1.rule", "Rule 2", Some("rules.1.rule")),
            ("rules.1.code", "Rule 2", Some("rules.1.rule")),
            ("rules", "Rules", Some("rules")),
            ("budget.ceiling", "Budget", Some("budget")),
            ("prices.0.when", "Surcharge “Gift”", Some("prices.0.when")),
            ("tiers.0.from", "Discounts on several pieces", Some("tiers.0.from")),
            ("no_returns.1.when", "What can't be returned", Some("no_returns.1.when")),
            ("layers.0.file", "Layer 1 of the picture (mug.svg)", Some("layers.0.file")),
            ("designs.0.values.glaze", "Ready-made design “Dark”", Some("designs.0.values")),
            ("tests.0.values.glaze", "Test design “Low”", Some("tests.0.values")),
            ("tests.0.price", "Test design “Low”", Some("tests.0.price")),
            ("tests", "Test designs", Some("tests")),
            ("designs", "Ready-made designs", Some("designs")),
            ("steps.0", "Step “All”", Some("steps")),
            ("translations.de.rules.one", "Texts in 'de'", None),
            ("language", "Language", None),
            ("currency", "currency", None),
        ] {
            let pseudo = spot(Language::pseudo().admin(), place, &source()).words;
            let own = ["Glaze", "currency"].contains(&pseudo.as_str());
            assert!(own || (pseudo.starts_with('⟦') && pseudo.ends_with('⟧')), "{pseudo}");
            let spot = spot(Language::ENGLISH.admin(), place, &source());
            assert_eq!((spot.words.as_str(), spot.anchor.as_deref()), (words, anchor), "{place}");
        }
    }
}
