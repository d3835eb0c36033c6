//! Sections whose fields a table gives: a list of entries to add, change, move and remove, and what stands over it. The rest of
//! what an attribute has.

use leptos::prelude::*;

use super::super::dragging::handle;
use super::super::editor::Editor;
use super::super::form::Form;
use super::super::pictured::show_it;
use super::super::placed::{PlacedControl, PlacedField};
use super::condition::Condition;
use super::design::design;
use super::layer::layer;
use super::quantity::quantity;
use super::section::section;
use crate::paths::admin::{drawings, drawings_for};
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::field::{Field, LABEL, PAIR};
use crate::ui::{button, link};

/// The most layers that all show menus at once.
const MOST_BY_MENUS: usize = 60;

/// The entries of a list in their order, each with its fields.
fn entries(fields: &[PlacedField]) -> Vec<(&str, Vec<&PlacedField>)> {
    let mut entries: Vec<(&str, Vec<&PlacedField>)> = Vec::new();
    let listed = fields.iter().filter_map(|field| Some((field.entry.as_deref()?, field)));
    for (key, field) in listed.filter(|(key, _)| *key != "new") {
        match entries.iter_mut().find(|(known, _)| *known == key) {
            Some((_, fields)) => fields.push(field),
            None => entries.push((key, vec![field])),
        }
    }
    entries
}

/// A section that is a list.
pub(crate) fn listed(editor: &Editor, id: &'static str, title: &'static str) -> AnyView {
    let (form, say) = (editor.form(id), editor.say());
    let fields = editor.fields.get(id).map(Vec::as_slice).unwrap_or_default();
    let own: Vec<&PlacedField> = fields.iter().filter(|field| field.entry.is_none()).collect();
    let own = controls(editor, form, id, &own);
    let listed = entries(fields);
    let last = listed.len().saturating_sub(1);
    let listed = listed.into_iter().enumerate().map(|(at, (key, fields))| {
        let name = fields.first().map_or_else(|| (at + 1).to_string(), |field| field.saved.clone());
        let name = if name.is_empty() { (at + 1).to_string() } else { name };
        let act = |verb: &str, words: &'static str, off: bool| {
            view! {
                <button
                    type="submit"
                    class=button::PLAIN
                    name="do"
                    value=format!("{verb}:{key}")
                    disabled=off
                    aria-label=say.to_option(&words, &name)
                >
                    {words}
                </button>
            }
        };
        view! {
            <li class="border-t border-line pt-4" data-key=key.to_owned() data-show=(id == "layers").then(|| format!("layer:{at}")) data-testid=format!("entry-{id}")>
                {handle(editor)}
                <div class=PAIR>{controls(editor, form, id, &fields)} {place(form, id, key, at, &name)}</div>
                {(id == "layers").then(|| view! { <p>{show_it(editor, &format!("layer:{at}"), &name)}</p> {upload_for(editor, &format!("layer:{at}"), id)} })}
                {editor.act(|| view! {
                    <div class=button::ROW>
                        {act("up", say.move_up(), at == 0)}
                        {act("down", say.move_down(), at == last)}
                        {act("remove", say.remove(), false)}
                    </div>
                }.into_any())}
            </li>
        }
    });
    let new: Vec<&PlacedField> =
        fields.iter().filter(|field| field.entry.as_deref() == Some("new")).collect();
    let new = editor.act(|| {
        view! {
            <div class="border-t border-line pt-4">
                <fieldset class="mb-2" data-whole data-testid=format!("new-{id}")>
                    <legend class=LABEL>{say.another_entry()}</legend>
                    <div class=PAIR>{controls(editor, form, id, &new)}</div>
                </fieldset>
            </div>
        }
        .into_any()
    });
    let fields = view! {
        {own}
        {to_drawings(editor, id)}
        <ol>{listed.collect_view()}</ol>
        {new}
    };
    section(editor, id, title, say.save(), fields.into_any())
}

/// Fields of a list, those of a layer in their own order.
fn controls(editor: &Editor, form: Form, id: &str, fields: &[&PlacedField]) -> AnyView {
    let is_of_many = id == "layers" && editor.source.layers.len() > MOST_BY_MENUS;
    let other = |field: &PlacedField| control(editor, form, field, is_of_many);
    match id {
        "layers" => layer(editor, form, fields, is_of_many, other),
        _ => fields.iter().map(|field| other(field)).collect_view().into_any(),
    }
}

fn control(editor: &Editor, form: Form, field: &PlacedField, is_of_many: bool) -> AnyView {
    let PlacedField { place, name, label, saved, control, .. } = field;
    match control {
        PlacedControl::Condition => Condition { place, name, label, saved, is_of_many }.view(editor, form),
        PlacedControl::Quantity => quantity(editor, form, field),
        PlacedControl::Values => design(editor, form, field),
        _ => field.view(editor, form),
    }
}

/// The way from the picture's layers to what they draw.
fn to_drawings(editor: &Editor, id: &str) -> Option<AnyView> {
    let words = editor.language.pictures().to_drawings();
    (id == "layers").then(|| {
        view! { <p><a class=link::STANDING href=drawings(&editor.slug) data-testid="to-drawings">{words}</a></p> }.into_any()
    })
}

/// The way to a file for something that the picture shows, and back to this section.
pub(super) fn upload_for(editor: &Editor, place: &str, from: &str) -> Option<AnyView> {
    let address = drawings_for(&editor.slug, place, from);
    editor.act(|| {
        view! { <p><a class=link::STANDING href=address>{editor.language.pictures().upload_for()}</a></p> }.into_any()
    })
}

/// Where an entry stands in its list, to be written anew; `list` is what the list is called on the page.
pub(super) fn place(form: Form, list: &str, key: &str, at: usize, name: &str) -> AnyView {
    let field = format!("place.{key}");
    let saved = (at + 1).to_string();
    let field = Field {
        value: form.text(&field, &saved),
        keyboard: "numeric",
        errors: form.message(&field).into_iter().collect(),
        id: format!("{list}.{field}"),
        name: field,
        label: form.say().place_of(&name),
        autocomplete: "off",
        ..Field::default()
    };
    field.text("text")
}

/// The rest of what an attribute has, opened where something in it is wrong.
pub(crate) fn rest(
    editor: &Editor,
    form: Form,
    id: &str,
    about: &str,
    place: Option<AnyView>,
) -> Option<AnyView> {
    let fields = editor.fields.get(id)?.iter();
    let fields: Vec<&PlacedField> = fields.filter(|field| !field.laid_out && field.entry.is_none()).collect();
    if fields.is_empty() {
        return None;
    }
    let (say, open) = (editor.say(), fields.iter().any(|field| field.is_wrong(editor, form)));
    let fields = fields.into_iter().map(|field| field.view(editor, form));
    let spoken = say.more_of(&about);
    Some(
        view! {
            <details class=MORE open=open>
                <summary class=SUMMARY aria-label=spoken>{say.more()}</summary>
                <div class=PAIR>{fields.collect_view()} {place}</div>
            </details>
        }
        .into_any(),
    )
}
