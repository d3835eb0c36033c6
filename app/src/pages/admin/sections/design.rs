//! What a ready-made or a test design has, as its field shows it: by the menus of the design itself, or one attribute to a line.

use std::collections::BTreeMap;

use configurator::ValueShape;
use configurator::source::AttributeSource;
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{AreaField, Form};
use super::super::option_pages::is_long;
use super::super::placed::PlacedField;
use super::menus::{way_to_menus, way_to_text};
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::field::{self, Entry, Field, LABEL, PAIR};
use crate::ui::text;

/// What is ticked where a design has none of an attribute's options.
const NONE: &str = "-";

/// By the codes of attributes, what a design has of each.
type Values = BTreeMap<String, Vec<String>>;

/// The menus of a design, or its text.
pub(super) fn design(editor: &Editor, form: Form, field: &PlacedField) -> AnyView {
    let (by, text) = (form.typed(&format!("by.{}", field.name)), form.typed(&field.name));
    let values = match (by, text) {
        (Some("menus"), _) => Some(typed(form, field)),
        (Some(_), _) => None,
        (None, text) => written(editor, text.unwrap_or(&field.saved)),
    };
    // Who only reads it reads a text.
    let shown = match values.filter(|_| !form.reads()) {
        Some(values) => by_menus(editor, form, field, &values),
        None => as_text(editor, form, field),
    };
    let place = field.place.clone();
    view! { <div class="col-span-full mb-4 min-w-0" data-whole data-condition=place>{shown}</div> }.into_any()
}

/// What was chosen from the menus, as they were sent.
fn typed(form: Form, field: &PlacedField) -> Values {
    let beginning = format!("has.{}.", field.name);
    let sent = form.typed_behind(&beginning).into_iter();
    sent.map(|(code, values)| (code.to_owned(), values.to_vec())).collect()
}

/// What a text says, where menus can show all of it.
fn written(editor: &Editor, text: &str) -> Option<Values> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (code, value) = line.split_once('=')?;
            let (code, value) = (code.trim(), value.trim());
            let attribute = editor.source.attributes.iter().find(|attribute| attribute.code == code)?;
            Some((code.to_owned(), values_of(attribute, value)?))
        })
        .collect()
}

/// A value as the fields of its attribute show it; nothing where they can't.
fn values_of(attribute: &AttributeSource, value: &str) -> Option<Vec<String>> {
    let has = |code: &str| attribute.options.iter().any(|option| option.code == code);
    let one = || vec![value.to_owned()];
    match attribute.kind.shape() {
        ValueShape::Option => has(value).then(one),
        ValueShape::Number => value.parse::<i64>().is_ok().then(one),
        // A field with nothing in it is as in the standard design.
        ValueShape::Text => (!value.is_empty()).then(one),
        ValueShape::Options if value.is_empty() => Some(vec![NONE.to_owned()]),
        ValueShape::Options => {
            value.split(',').map(str::trim).map(|code| has(code).then(|| code.to_owned())).collect()
        }
    }
}

fn by_menus(editor: &Editor, form: Form, field: &PlacedField, values: &Values) -> AnyView {
    let say = editor.language.sentences();
    let said = form.said(&field.name, &field.saved, editor.problems_at(&field.place));
    let is_new = field.entry.as_deref() == Some("new");
    let beginning = format!("has.{}.", field.name);
    let mut codes = editor.source.attributes.iter().map(|attribute| attribute.code.as_str());
    let is_wrong = codes.any(|code| {
        let place = format!("{}.{code}", field.place);
        form.message(&format!("{beginning}{code}")).is_some() || !editor.problems_at(&place).is_empty()
    });
    let is_open = is_new || is_wrong || !said.errors.is_empty() || form.shows_rule(&field.name);
    let (notes, _) = said.notes(&field.place);
    let menus = editor.source.attributes.iter().map(|attribute| {
        let own = values.get(&attribute.code).map(Vec::as_slice).unwrap_or_default();
        menu(editor, form, field, attribute, own)
    });
    view! {
        <details class=MORE open=is_open data-testid="design-menus">
            <summary class=SUMMARY id=field.place.clone()>{say.design_has(&told(editor, values))}</summary>
            <input type="hidden" name=format!("by.{}", field.name) value="menus" />
            <div class=PAIR>{menus.collect_view()}</div>
            {notes}
            {way_to_text(editor, field)}
        </details>
    }
    .into_any()
}

/// What a design has, in short.
fn told(editor: &Editor, values: &Values) -> String {
    let say = editor.language.sentences();
    let of = |attribute: &AttributeSource| {
        let own = values.get(&attribute.code)?.iter().filter(|value| !value.is_empty());
        let names: Vec<&str> = own
            .map(|code| {
                let option = attribute.options.iter().find(|option| option.code == *code);
                match option {
                    Some(option) => option.label.as_str(),
                    None if code == NONE => say.none_of_them(),
                    None => code.as_str(),
                }
            })
            .collect();
        (!names.is_empty()).then(|| format!("{}: {}", attribute.label, names.join(", ")))
    };
    let told: Vec<String> = editor.source.attributes.iter().filter_map(of).collect();
    if told.is_empty() { say.has_nothing_else().to_owned() } else { told.join(" · ") }
}

/// What a design has of one attribute.
fn menu(
    editor: &Editor,
    form: Form,
    of: &PlacedField,
    attribute: &AttributeSource,
    own: &[String],
) -> AnyView {
    let say = editor.language.sentences();
    let name = format!("has.{}.{}", of.name, attribute.code);
    let refused = form.message(&name);
    let id = format!("{}.{}", of.place, attribute.code);
    let (autofocus, first) = (refused.is_some(), own.first().cloned().unwrap_or_default());
    let errors = refused.into_iter().chain(editor.problems_at(&id)).collect();
    let field = Field {
        id,
        label: attribute.label.clone(),
        autocomplete: "off",
        autofocus,
        errors,
        name,
        ..Field::default()
    };
    let typed =
        |field: Field| Field { value: first.clone(), placeholder: say.as_standard().to_owned(), ..field };
    match attribute.kind.shape() {
        ValueShape::Option if !is_long(attribute) => {
            let standard =
                Entry { words: say.as_standard().to_owned(), selected: first.is_empty(), ..Entry::default() };
            let known = attribute.options.iter().map(|option| Entry {
                value: option.code.clone(),
                words: option.label.clone(),
                selected: option.code == first,
            });
            field.select(std::iter::once(standard).chain(known).collect())
        }
        ValueShape::Options => ticks(editor, attribute, own, field),
        ValueShape::Number => match attribute.unit.as_deref().unwrap_or_default() {
            "" => Field { keyboard: "numeric", ..typed(field) }.text("text"),
            unit => typed(field).amount(unit),
        },
        ValueShape::Option | ValueShape::Text => typed(field).text("text"),
    }
}

/// A box for every option, and one for none of them.
fn ticks(editor: &Editor, attribute: &AttributeSource, own: &[String], field: Field) -> AnyView {
    let say = editor.language.sentences();
    let has = |code: &str| own.iter().any(|known| known == code);
    let options = attribute
        .options
        .iter()
        .map(|option| field::tick(&field.name, &option.code, &option.label, has(&option.code), None));
    let none = field::tick(&field.name, NONE, say.none_of_them(), has(NONE), None);
    let note = format!("{}.note", field.id);
    let hint = Some((say.nothing_ticked().to_owned(), None));
    let notes = field::notes(&note, &field.errors, None, hint);
    view! {
        <fieldset
            class="col-span-full mb-4 min-w-0 focus:outline-none"
            id=field.id.clone()
            tabindex="-1"
            aria-describedby=note
        >
            <legend class=LABEL>{attribute.label.clone()}</legend>
            <div class="flex flex-wrap gap-x-5">{options.collect_view()} {none}</div>
            {notes}
        </fieldset>
    }
    .into_any()
}

/// The lines of a design, and the way to its menus, or that they can't show it.
fn as_text(editor: &Editor, form: Form, of: &PlacedField) -> AnyView {
    let say = editor.language.sentences();
    let hint = format!("{}.hint", of.place);
    let field = AreaField {
        problems: editor.problems_at(&of.place),
        id: of.place.clone(),
        name: of.name.clone(),
        label: &of.label,
        saved: &of.saved,
        rows: 2,
        told_by: Some(hint.clone()),
        ..AreaField::default()
    };
    let is_sayable = written(editor, &form.text(&of.name, &of.saved)).is_some();
    let told = if is_sayable { of.hint } else { say.no_such_design() };
    let to_menus = if is_sayable { way_to_menus(editor, of) } else { None };
    view! {
        <div class="grid gap-3 focus:outline-none" tabindex="-1" autofocus=form.shows_rule(&of.name)>
            {field.view(form)}
            <p class=text::HINT id=hint>{told}</p>
            {to_menus}
        </div>
    }
    .into_any()
}
