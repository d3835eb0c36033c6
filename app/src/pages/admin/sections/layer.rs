//! A layer of the picture: its drawing from those of the product, when it is shown, and, folded, its place and size.

use configurator::ValueShape;
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::Form;
use super::super::placed::PlacedField;
use super::super::products::THUMB;
use crate::paths::admin::drawing;
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::field::{Entry, Field, PAIR};

/// The fields that say where a layer is drawn, and how large.
const GEOMETRY: [&str; 9] = ["x", "y", "width", "height", "repeat", "dx", "dy", "font_size", "rotate"];

/// What of a layer a field is: the last name of its place.
fn part(field: &PlacedField) -> &str {
    field.place.rsplit('.').next().unwrap_or_default()
}

/// The fields of a layer; `other` shows those that are as they are elsewhere. Of many layers each drawing is
/// written: lists for all of them are too much of a page.
pub(super) fn layer(
    editor: &Editor,
    form: Form,
    fields: &[&PlacedField],
    is_of_many: bool,
    other: impl Fn(&PlacedField) -> AnyView,
) -> AnyView {
    let (folded, open): (Vec<&PlacedField>, Vec<&PlacedField>) =
        fields.iter().copied().partition(|field| GEOMETRY.contains(&part(field)));
    let is_open = folded.iter().any(|field| field.is_wrong(editor, form));
    let shown = open.into_iter().map(|field| match part(field) {
        "file" => picked(editor, form, field, is_of_many),
        "text" => text(editor, form, field),
        _ => other(field),
    });
    let folded = folded.into_iter().map(&other);
    view! {
        {shown.collect_view()}
        <details class=format!("{MORE} col-span-full") open=is_open>
            <summary class=SUMMARY>{editor.language.sentences().place_and_size()}</summary>
            <div class=PAIR>{folded.collect_view()}</div>
        </details>
    }
    .into_any()
}

/// A list of drawings, with the one that is chosen beside it.
fn picked(editor: &Editor, form: Form, of: &PlacedField, is_of_many: bool) -> AnyView {
    let say = editor.language.sentences();
    let (field, shown) = field(editor, form, of);
    let is_there = editor.drawings.contains(&shown);
    let list = if is_of_many {
        Field { value: shown.clone(), hint: of.hint.to_owned(), autocomplete: "off", ..field }.text("text")
    } else {
        let names = editor.drawings.iter().map(|name| (name.clone(), name.clone()));
        let none = (String::new(), say.no_drawing().to_owned());
        let gone = (!shown.is_empty() && !is_there).then(|| (shown.clone(), say.drawing_gone(&shown)));
        field.select(entries(std::iter::once(none).chain(names).chain(gone), &shown))
    };
    if !is_there {
        return list;
    }
    let address = drawing(&editor.slug, &shown);
    view! {
        <div class="grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-x-4">
            <img class=THUMB src=address alt="" width="160" height="120" loading="lazy" />
            {list}
        </div>
    }
    .into_any()
}

/// A list of the attributes that take a text.
fn text(editor: &Editor, form: Form, of: &PlacedField) -> AnyView {
    let texts = editor.source.attributes.iter().filter(|known| known.kind.shape() == ValueShape::Text);
    let texts: Vec<(String, String)> =
        texts.map(|attribute| (attribute.code.clone(), attribute.label.clone())).collect();
    let (field, shown) = field(editor, form, of);
    let gone = !shown.is_empty() && !texts.iter().any(|(code, _)| *code == shown);
    let gone = gone.then(|| (shown.clone(), shown.clone()));
    let none = (String::new(), editor.language.sentences().no_text().to_owned());
    field.select(entries(std::iter::once(none).chain(texts).chain(gone), &shown))
}

/// A field of a layer without its control, and what it shows.
fn field(editor: &Editor, form: Form, of: &PlacedField) -> (Field, String) {
    let shown = form.text(&of.name, &of.saved);
    let said = form.said(&of.name, &of.saved, editor.problems_at(&of.place));
    let about = said.about(of.place.clone(), of.name.clone(), &of.label);
    (Field { autocomplete: "", ..about }, shown)
}

fn entries(all: impl Iterator<Item = (String, String)>, shown: &str) -> Vec<Entry> {
    all.map(|(value, words)| Entry { selected: value == shown, value, words }).collect()
}
