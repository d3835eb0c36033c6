//! How many times an amount counts, as its field shows it: by one or two numbers of the design, multiplied, or as text.

use configurator::rule::{Relation, Subject};
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::Form;
use super::super::placed::PlacedField;
use super::menus::{way_to_menus, way_to_text, words_of};
use crate::ui::field::{Entry, Field, PAIR};

/// The menus of the field, or its text.
pub(super) fn quantity(editor: &Editor, form: Form, field: &PlacedField) -> AnyView {
    let typed = |part: &str| {
        let chosen = form.typed(&format!("has.{}.{part}", field.name));
        chosen.unwrap_or_default().to_owned()
    };
    let chosen = match (form.typed(&format!("by.{}", field.name)), form.typed(&field.name)) {
        (Some("menus"), _) => Some([typed("first"), typed("second")]),
        (Some(_), _) => None,
        (None, text) => numbers(editor, text.unwrap_or(&field.saved)),
    };
    // Who only reads it reads a text.
    let shown = match chosen.filter(|_| !form.reads()) {
        Some(chosen) => by_menus(editor, form, field, chosen),
        None => as_text(editor, form, field),
    };
    let place = field.place.clone();
    view! { <div class="col-span-full mb-4 min-w-0" data-whole data-condition=place>{shown}</div> }.into_any()
}

/// Whether it is a number that something can be multiplied by.
fn is_number(editor: &Editor, subject: &Subject) -> bool {
    subject.relations(&editor.readable).contains(&Relation::AtLeast)
}

/// The numbers that a text multiplies, where menus can show it.
fn numbers(editor: &Editor, text: &str) -> Option<[String; 2]> {
    if text.trim().is_empty() {
        return Some(Default::default());
    }
    let codes: Vec<&str> = text.split('*').map(str::trim).collect();
    let is_known = |code: &&str| {
        let subject = Subject::named(code, &editor.readable);
        subject.is_some_and(|subject| is_number(editor, &subject))
    };
    match codes.as_slice() {
        [one] if is_known(one) => Some([(*one).to_owned(), String::new()]),
        [one, other] if is_known(one) && is_known(other) => Some([(*one).to_owned(), (*other).to_owned()]),
        _ => None,
    }
}

fn by_menus(editor: &Editor, form: Form, of: &PlacedField, chosen: [String; 2]) -> AnyView {
    let say = editor.language.sentences();
    let [first, second] = chosen;
    let name = |part: &str| format!("has.{}.{part}", of.name);
    let said = form.said(&of.name, &of.saved, editor.problems_at(&of.place));
    let field = Field { autocomplete: "", ..said.about(of.place.clone(), name("first"), &of.label) };
    let other = Field {
        id: format!("{}.second", of.place),
        name: name("second"),
        label: say.and_times().to_owned(),
        ..Field::default()
    };
    view! {
        <input type="hidden" name=format!("by.{}", of.name) value="menus" />
        <div class=PAIR>
            {field.select(entries(editor, say.once(), &first))}
            {other.select(entries(editor, say.no_more(), &second))}
        </div>
        {way_to_text(editor, of)}
    }
    .into_any()
}

/// All numbers of the design, after none of them.
fn entries(editor: &Editor, none: &str, chosen: &str) -> Vec<Entry> {
    let none = Entry { value: String::new(), words: none.to_owned(), selected: chosen.is_empty() };
    let all = Subject::all(&editor.readable).into_iter().filter(|subject| is_number(editor, subject));
    let known = all.map(|subject| {
        let value = subject.code(&editor.readable);
        Entry { selected: value == chosen, words: words_of(editor, &subject), value }
    });
    let mut entries: Vec<Entry> = std::iter::once(none).chain(known).collect();
    if !entries.iter().any(|entry| entry.selected) {
        entries.push(Entry { value: chosen.to_owned(), words: chosen.to_owned(), selected: true });
    }
    entries
}

/// Its text, and the way to its menus where they can show it.
fn as_text(editor: &Editor, form: Form, of: &PlacedField) -> AnyView {
    let is_sayable = numbers(editor, &form.text(&of.name, &of.saved)).is_some();
    let to_menus = if is_sayable { way_to_menus(editor, of) } else { None };
    view! {
        <div class="focus:outline-none" tabindex="-1" autofocus=form.shows_rule(&of.name)>
            {of.view(editor, form)}
            {to_menus}
        </div>
    }
    .into_any()
}
