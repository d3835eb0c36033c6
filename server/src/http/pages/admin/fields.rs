//! The fields of the editor's forms, from the table of the shop to what pages show.

use std::collections::BTreeMap;

use app::pages::admin::{PlacedControl, PlacedField};
use configurator::source::Source;
use shop::{FieldControl, FormField, Section, form_fields};
use words::Language;

/// The most options whose rest stands on the page: with more it would be too large to read.
const MOST_OPTIONS: usize = 60;

/// The fields of every form, by the form's name.
pub(super) fn fields(source: &Source, language: Language) -> BTreeMap<String, Vec<PlacedField>> {
    let named = Section::NAMED.into_iter().map(|(name, section)| (name.to_owned(), section));
    let attributes = source.attributes.iter().map(|attribute| {
        (format!("attribute-{}", attribute.code), Section::Attribute(attribute.code.clone()))
    });
    let shown = |section: &Section| -> Vec<PlacedField> {
        let many = matches!(section, Section::Attribute(code)
            if source.attributes.iter().any(|attribute| attribute.code == *code && attribute.options.len() > MOST_OPTIONS));
        let fields = form_fields(source, section, language).into_iter();
        fields.filter(|field| !many || field.laid_out || field.entry.is_none()).map(placed).collect()
    };
    named.chain(attributes).map(|(name, section)| (name, shown(&section))).collect()
}

fn placed(field: FormField) -> PlacedField {
    let control = match field.control {
        FieldControl::Line(keyboard) => PlacedControl::Line(keyboard),
        FieldControl::Lines => PlacedControl::Lines,
        FieldControl::Rule => PlacedControl::Rule,
        FieldControl::Tick(ticked) => PlacedControl::Tick(ticked),
        FieldControl::Pick(among) => PlacedControl::Pick(among),
        // Their sections lay them out themselves.
        FieldControl::Colour(_) | FieldControl::Several(_) => PlacedControl::Line("text"),
    };
    let FormField { place, name, label, hint, saved, entry, laid_out, .. } = field;
    PlacedField { place, name, label, hint, saved, control, entry, laid_out }
}
