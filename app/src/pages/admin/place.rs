//! Where a problem is: `attributes.2.options.0.price` in words, and the field of the editor it belongs to.

use configurator::Slug;
use configurator::source::{AttributeSource, Source};
use words::Admin;

use super::option_pages::{OptionsAsked, is_long};
use crate::address::encode;
use crate::paths;

/// A problem's place for people.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spot {
    /// The place in words.
    words: String,
    /// Id of the element in the editor; nothing for what the editor does not show.
    anchor: Option<String>,
    /// The language whose page of texts it is on; empty for all of them.
    texts: Option<String>,
}

impl Spot {
    /// Where it is, from the editor's address on, which is empty on the editor itself.
    fn address(&self, slug: &Slug, page: &str) -> Option<String> {
        match (&self.anchor, self.texts.as_deref()) {
            (Some(anchor), _) => Some(format!("{page}#{}", encode(anchor))),
            (None, Some("")) => Some(paths::admin::texts(slug)),
            (None, Some(language)) => Some(paths::admin::texts_in(slug, language)),
            (None, None) => None,
        }
    }
}

/// Id of an attribute's form.
pub(super) fn attribute_anchor(code: &str) -> String {
    format!("attribute-{code}")
}

/// The section of the editor in which a problem's place is, as its address names it; nothing for what the editor does not show.
pub(super) fn section_of(place: &str, source: &Source) -> Option<String> {
    let mut parts = place.split('.');
    let first = parts.next().unwrap_or_default();
    let index = parts.next().and_then(|part| part.parse::<usize>().ok());
    let named = match first {
        "attributes" => match (index.and_then(|at| source.attributes.get(at)), parts.next()) {
            (None, _) | (_, Some("standard")) => "standard",
            (Some(attribute), _) => return Some(attribute_anchor(&attribute.code)),
        },
        "translations" | "language" => return None,
        "rules" | "steps" | "layers" | "designs" | "tests" | "prices" | "tiers" | "no_returns"
        | "benefits" | "uses" | "budget" => first,
        _ => "basics",
    };
    Some(named.to_owned())
}

/// The page of a long menu's options on which a problem's place is; the first one for everything else.
fn page_of(place: &str, source: &Source) -> OptionsAsked {
    let parts: Vec<&str> = place.split('.').collect();
    let at = |part: usize| parts.get(part).and_then(|part| part.parse::<usize>().ok());
    let attribute =
        at(1).and_then(|index| source.attributes.get(index)).filter(|attribute| is_long(attribute));
    match (parts[0], attribute, parts.get(2).copied(), at(3)) {
        ("attributes", Some(_), Some("options"), Some(option)) => OptionsAsked::with(option),
        _ => OptionsAsked::default(),
    }
}

/// A place in words, and the address of its field: in its section of the editor, whose address is `page`, or on the page of texts.
pub(super) fn located(
    say: &Admin,
    place: &str,
    source: &Source,
    (slug, page): (&Slug, &str),
) -> (String, Option<String>) {
    let spot = spot(say, place, source);
    let section = section_of(place, source).map(|section| {
        let asked = page_of(place, source);
        paths::admin::section_alone(page, &section, (asked.page, &asked.find))
    });
    let address = spot.address(slug, &section.unwrap_or_else(|| page.to_owned()));
    (spot.words, address)
}

/// Finds the field that a problem's place names.
fn spot(say: &Admin, place: &str, source: &Source) -> Spot {
    let parts: Vec<&str> = place.split('.').collect();
    let index = parts.get(1).and_then(|part| part.parse::<usize>().ok());
    match parts[0] {
        "name" => shown(say.name(), place),
        "summary" => shown(say.place_summary(), place),
        "base_price" => shown(say.place_base_price(), place),
        "lead_time_days" => shown(say.place_lead_time(), place),
        "meant" => shown(say.field_meant(), "meant"),
        "budget" => shown(say.budget(), "budget"),
        "uses" => shown(say.place_uses(), "uses"),
        "benefits" => shown(say.section_benefits(), "benefits"),
        "attributes" => match index.and_then(|at| source.attributes.get(at)) {
            None => shown(say.standard_design(), "standard"),
            Some(attribute) => spot_of_attribute(say, place, &parts, attribute),
        },
        "rules" => match (index, parts.get(2).copied()) {
            (Some(at), Some("rule" | "sentence")) => shown(say.rule(&(at + 1)), place),
            (Some(at), _) => shown(say.rule(&(at + 1)), &format!("rules.{at}.rule")),
            _ => shown(say.rules(), "rules"),
        },
        "language" => hidden(say.place_language()),
        "translations" => match parts.get(1) {
            Some(tag) => {
                Spot { texts: Some((*tag).to_owned()), ..hidden(say.place_texts_in(&words::named(tag))) }
            }
            None => Spot { texts: Some(String::new()), ..hidden(say.place_texts()) },
        },
        list => spot_in_list(say, place, (list, &parts), source),
    }
}

fn shown(words: impl Into<String>, anchor: &str) -> Spot {
    Spot { words: words.into(), anchor: Some(anchor.to_owned()), texts: None }
}

fn hidden(words: impl Into<String>) -> Spot {
    Spot { words: words.into(), anchor: None, texts: None }
}

/// Finds the field of an entry of a list, or the list where the editor has no field for it.
fn spot_in_list(say: &Admin, place: &str, (list, parts): (&str, &[&str]), source: &Source) -> Spot {
    let at = parts.get(1).and_then(|part| part.parse::<usize>().ok());
    // The list's fields of which there is one on the page; all where none is named.
    let (words, fields): (String, &[&str]) = match list {
        "prices" => {
            let price = at.and_then(|at| source.prices.get(at));
            let words = price.map(|price| say.place_surcharge(&price.label));
            (words.unwrap_or_else(|| say.place_surcharges().to_owned()), &[])
        }
        "layers" => {
            let layer = at.and_then(|at| Some((at + 1, source.layers.get(at)?)));
            let words = layer.map(|(number, layer)| match layer.file.as_ref().or(layer.text.as_ref()) {
                Some(name) => say.place_drawn_layer(&number, name),
                None => say.place_layer(&number),
            });
            (words.unwrap_or_else(|| say.place_picture().to_owned()), &[])
        }
        "steps" => {
            let step = at.and_then(|at| source.steps.get(at));
            let words = step.map(|step| say.place_step(&step.label));
            (words.unwrap_or_else(|| say.place_steps().to_owned()), &["label"])
        }
        "designs" => {
            let design = at.and_then(|at| source.designs.get(at));
            let words = design.map(|design| say.place_design(&say.quoted(&design.label)));
            let words = words.unwrap_or_else(|| say.place_designs().to_owned());
            (words, &["label", "summary", "values"])
        }
        "tests" => {
            let test = at.and_then(|at| source.tests.get(at));
            let words = test.map(|test| say.place_test(&say.quoted(&test.label)));
            let words = words.unwrap_or_else(|| say.place_tests().to_owned());
            (words, &["label", "values", "expects", "price"])
        }
        "tiers" => (say.place_tiers().to_owned(), &[]),
        "no_returns" => (say.place_no_returns().to_owned(), &[]),
        other => return hidden(other),
    };
    let has_field = |field: &&&str| fields.is_empty() || fields.contains(*field);
    match parts.get(2).filter(has_field) {
        Some(_) if fields.is_empty() => shown(words, place),
        // What is within such a field is found at it.
        Some(field) => shown(words, &format!("{list}.{}.{field}", parts[1])),
        None => shown(words, list),
    }
}

/// Finds the field of an attribute's form, or of its standard.
fn spot_of_attribute(say: &Admin, place: &str, parts: &[&str], attribute: &AttributeSource) -> Spot {
    let label = &attribute.label;
    let at = |words: String, anchor: String| Spot { words, anchor: Some(anchor), texts: None };
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
            ("meant.1", "Meant so", Some("meant")),
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
            ("translations.de.rules.one", "Texts in Deutsch", None),
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

    #[test]
    fn places_lead_to_the_editor_or_to_the_page_of_texts() {
        let slug: Slug = "mug".parse().unwrap();
        for (place, address) in [
            ("budget", Some("/editor#budget")),
            ("translations.de.rules.one", Some("/admin/products/mug/texts/de")),
            ("translations", Some("/admin/products/mug/texts")),
            ("language", None),
        ] {
            let spot = spot(Language::ENGLISH.admin(), place, &source());
            assert_eq!(spot.address(&slug, "/editor").as_deref(), address, "{place}");
        }
    }

    #[test]
    fn every_place_that_the_editor_shows_is_in_a_section() {
        for (place, section) in [
            ("base_price", Some("basics")),
            ("meant.1", Some("basics")),
            ("attributes.0.standard", Some("standard")),
            ("attributes", Some("standard")),
            ("attributes.0.options.1.price", Some("attribute-glaze")),
            ("rules.1.rule", Some("rules")),
            ("budget.ceiling", Some("budget")),
            ("layers.0.file", Some("layers")),
            ("translations.de.rules.one", None),
        ] {
            assert_eq!(section_of(place, &source()).as_deref(), section, "{place}");
        }
    }
}
