//! The standard value of every attribute.

use configurator::ValueShape;
use configurator::source::{AttributeSource, ValueSource};
use leptos::prelude::*;
use words::Admin;

use super::super::editor::Editor;
use super::super::form::{Form, Said, TextField};
use super::section::section;
use crate::ui::field::{self, ERROR, Entry, Field, LABEL};
use crate::ui::text;

/// Boxes to tick under their name.
const TICKS: &str = "col-span-full mb-4 flex min-w-0 flex-wrap gap-x-5 focus:outline-none";

pub(crate) fn standard(editor: &Editor) -> AnyView {
    let (form, say) = (editor.form("standard"), editor.say());
    let general =
        editor.problems_at("attributes").into_iter().map(|problem| view! { <p class=ERROR>{problem}</p> });
    let fields = editor
        .source
        .attributes
        .iter()
        .zip(editor.keys("standard"))
        .enumerate()
        .map(|(index, (attribute, key))| standard_value(editor, form, index, (attribute, key)));
    let fields = view! {
        <p class=text::LEAD>{say.standard_hint()}</p>
        {general.collect_view()}
        <div class="grid grid-cols-[repeat(auto-fill,minmax(min(100%,220px),1fr))] gap-x-4">{fields.collect_view()}</div>
    };
    section(editor, "standard", say.standard_design(), say.save_standard(), fields.into_any())
}

/// The field of one attribute's standard value.
fn standard_value(
    editor: &Editor,
    form: Form,
    index: usize,
    (attribute, key): (&AttributeSource, &str),
) -> AnyView {
    let id = format!("attributes.{index}.standard");
    let name = format!("standard.{key}");
    let problems = editor.problems_at(&id);
    let saved = match &attribute.standard {
        ValueSource::Number(number) => number.to_string(),
        ValueSource::Text(text) => text.clone(),
        ValueSource::List(codes) => codes.join(", "),
    };
    let saved = saved.as_str();
    match attribute.kind.shape() {
        ValueShape::Option => {
            let (shown, said) = (form.text(&name, saved), form.said(&name, saved, problems));
            let field = Field { autocomplete: "", ..said.about(id, name, &attribute.label) };
            field.select(entries(form.say(), &shown, attribute))
        }
        ValueShape::Options => {
            let said = form.said(&name, &form.text(&name, saved), problems);
            multi_choice(id, form, name, attribute, said)
        }
        ValueShape::Number | ValueShape::Text => {
            let text = attribute.kind.shape() == ValueShape::Text;
            let (keyboard, placeholder) =
                if text { ("text", form.say().empty_text()) } else { ("numeric", "") };
            let label = &attribute.label;
            let with_unit = attribute.unit.as_ref().map(|unit| form.say().attribute_in(label, unit));
            let label = with_unit.as_ref().unwrap_or(label);
            TextField { id, name, label, saved, keyboard, placeholder, problems, ..TextField::default() }
                .view(form)
        }
    }
}

/// What there is to choose from; `shown` is the code of the one it shows, which may be none of them.
fn entries(say: &Admin, shown: &str, attribute: &AttributeSource) -> Vec<Entry> {
    let gone = (!attribute.options.iter().any(|option| option.code == shown)).then(|| {
        let words =
            if shown.is_empty() { say.choose_one().to_owned() } else { say.no_option_any_more(&shown) };
        Entry { value: shown.to_owned(), words, selected: true }
    });
    let options = attribute.options.iter().map(|option| {
        let words = if option.available { option.label.clone() } else { say.off_the_menu(&option.label) };
        Entry { value: option.code.clone(), words, selected: option.code == shown }
    });
    gone.into_iter().chain(options).collect()
}

/// A box to tick for every option.
fn multi_choice(id: String, form: Form, name: String, attribute: &AttributeSource, said: Said) -> AnyView {
    let codes = match &attribute.standard {
        ValueSource::List(codes) => codes.as_slice(),
        _ => &[],
    };
    let boxes = attribute.options.iter().map(|option| {
        let ticked = form.ticked(&name, &option.code, codes.contains(&option.code));
        field::tick(&name, &option.code, &option.label, ticked, None)
    });
    let (notes, note_id) = said.notes(&id);
    view! {
        <fieldset class=TICKS id=id aria-describedby=note_id tabindex="-1">
            <legend class=LABEL>{attribute.label.clone()}</legend>
            <input type="hidden" name=format!("is.{name}") value="on" />
            {boxes.collect_view()}
            {notes}
        </fieldset>
    }
    .into_any()
}
