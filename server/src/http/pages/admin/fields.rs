//! The fields of the editor's forms, from the table of the shop to what pages show.

use std::collections::BTreeMap;

use app::pages::admin::{OptionsShown, PlacedControl, PlacedField};
use configurator::Product;
use configurator::rule::parse_condition;
use configurator::source::Source;
use serde_json::json;
use shop::drafts::form_fields_of;
use shop::{FieldControl, FormField, Section};
use words::Language;

/// The fields of every form, by the form's name; of an attribute those of the options that are shown.
pub(super) fn fields(
    source: &Source,
    language: Language,
    options: &BTreeMap<String, OptionsShown>,
) -> BTreeMap<String, Vec<PlacedField>> {
    let named = Section::NAMED.into_iter().map(|(name, section)| (name.to_owned(), section));
    let attributes = source.attributes.iter().map(|attribute| {
        (format!("attribute-{}", attribute.code), Section::Attribute(attribute.code.clone()))
    });
    let shown = |section: &Section| -> Vec<PlacedField> {
        let shown = match section {
            Section::Attribute(code) => options.get(code),
            _ => None,
        };
        let is_shown = |place| shown.is_none_or(|shown| shown.places.binary_search(&place).is_ok());
        form_fields_of(source, section, language, &is_shown).into_iter().map(placed).collect()
    };
    named.chain(attributes).map(|(name, section)| (name, shown(&section))).collect()
}

fn placed(field: FormField) -> PlacedField {
    let control = match field.control {
        FieldControl::Line(keyboard) => PlacedControl::Line(keyboard),
        FieldControl::Lines => PlacedControl::Lines,
        FieldControl::Rule => PlacedControl::Rule,
        FieldControl::Condition => PlacedControl::Condition,
        FieldControl::Quantity => PlacedControl::Quantity,
        FieldControl::Values => PlacedControl::Values,
        FieldControl::Tick(ticked) => PlacedControl::Tick(ticked),
        FieldControl::Pick(among) => PlacedControl::Pick(among),
        // Their sections lay them out themselves.
        FieldControl::Colour(_) | FieldControl::Several(_) => PlacedControl::Line("text"),
    };
    let FormField { place, name, label, hint, saved, entry, laid_out, .. } = field;
    PlacedField { place, name, label, hint, saved, control, entry, laid_out }
}

/// By rule, what shoppers read where no sentence is written for them: the language's tag, and the sentence.
pub(super) fn made_sentences(source: &Source) -> Vec<Vec<(String, String)>> {
    let mut made = vec![Vec::new(); source.rules.len()];
    for tag in source.languages() {
        let spoken = source.in_language(tag);
        let lacks = |at: usize| spoken.rules[at].sentence.trim().is_empty();
        if !(0..spoken.rules.len()).any(lacks) {
            continue;
        }
        let readable = Product::readable(&spoken);
        for (at, made) in made.iter_mut().enumerate().filter(|(at, _)| lacks(*at)) {
            if parse_condition(&spoken.rules[at].rule, &readable.attributes).is_ok() {
                made.push((tag.to_owned(), readable.rules[at].sentence.clone()));
            }
        }
    }
    made
}

/// The codes of attributes, of their options and of what rules may ask of those, as JSON that can stand in a page.
pub(super) fn codes(source: &Source) -> String {
    let attributes = source.attributes.iter().map(|attribute| {
        let options = attribute.options.iter().map(|option| json!([option.code, option.label]));
        let mut numbers: Vec<&str> =
            attribute.options.iter().flat_map(|option| option.values.keys().map(String::as_str)).collect();
        if !attribute.options.is_empty() {
            numbers.extend(["price", "weight", "lead_time_days"]);
        }
        numbers.sort_unstable();
        numbers.dedup();
        json!({
            "code": attribute.code,
            "label": attribute.label,
            "kind": attribute.kind,
            "options": options.collect::<Vec<_>>(),
            "numbers": numbers,
        })
    });
    // A name may have what would end the element that it stands in.
    json!(attributes.collect::<Vec<_>>()).to_string().replace('<', "\\u003c")
}

/// The rules for the script that finds them, as JSON: the code and what each says.
pub(super) fn rules_to_find(source: &Source, made: &[Vec<(String, String)>]) -> String {
    let rules = source.rules.iter().enumerate().map(|(at, rule)| {
        let made = made.get(at).and_then(|made| made.first()).map_or("", |(_, made)| made.as_str());
        let said = [rule.sentence.trim(), made].into_iter().find(|said| !said.is_empty());
        json!([rule.code, said.unwrap_or(&rule.rule)])
    });
    json!(rules.collect::<Vec<_>>()).to_string()
}
