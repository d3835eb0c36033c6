//! The standard value of every attribute.

use configurator::source::{AttributeSource, KindSource, ValueSource};
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{Form, Notes, TextField, notes};
use super::section::section;

pub(crate) fn standard(editor: &Editor) -> AnyView {
    let form = editor.form("standard");
    let general = editor
        .problems_at("attributes")
        .into_iter()
        .map(|problem| view! { <p class="field-error">{problem}</p> });
    let fields = editor
        .source
        .attributes
        .iter()
        .enumerate()
        .map(|(index, attribute)| standard_value(editor, form, index, attribute));
    let fields = view! {
        <p class="hint admin-lead">
            "What shoppers start from, and what a budget counts from. Choose it in their interest; it meets every rule."
        </p>
        {general.collect_view()}
        <div class="admin-standard">{fields.collect_view()}</div>
    };
    section(editor, "standard", "Standard design", "Save standard", fields.into_any())
}

/// The field of one attribute's standard value.
fn standard_value(editor: &Editor, form: Form, index: usize, attribute: &AttributeSource) -> AnyView {
    let id = format!("attributes.{index}.standard");
    let name = format!("value.{}", attribute.code);
    let problems = editor.problems_at(&id);
    let saved = match &attribute.standard {
        ValueSource::Number(number) => number.to_string(),
        ValueSource::Text(text) => text.clone(),
        ValueSource::List(codes) => codes.join(", "),
    };
    let saved = saved.as_str();
    match attribute.kind {
        KindSource::Choice => {
            let notes = notes(form, &name, saved, &id, problems);
            choice(id, form.text(&name, saved), name, attribute, notes)
        }
        KindSource::MultiChoice => {
            let notes = notes(form, &name, &form.text(&name, saved), &id, problems);
            multi_choice(id, form, name, attribute, notes)
        }
        KindSource::Number | KindSource::Text => {
            let text = attribute.kind == KindSource::Text;
            let (keyboard, placeholder) = if text { ("text", "empty") } else { ("numeric", "") };
            let unit = attribute.unit.as_ref().map(|unit| format!(" in {unit}")).unwrap_or_default();
            let label = &format!("{}{unit}", attribute.label);
            TextField { id, name, label, quiet_label: false, saved, keyboard, placeholder, problems }
                .view(form)
        }
    }
}

/// A list to choose one option from; `shown` is the code of the one it shows.
fn choice(id: String, shown: String, name: String, attribute: &AttributeSource, notes: Notes) -> AnyView {
    let gone = (!attribute.options.iter().any(|option| option.code == shown)).then(|| {
        let words =
            if shown.is_empty() { "Choose one".to_owned() } else { format!("{shown}, no option any more") };
        view! { <option value=shown.clone() selected>{words}</option> }
    });
    let options = attribute.options.iter().map(|option| {
        let words =
            if option.available { option.label.clone() } else { format!("{} (off the menu)", option.label) };
        view! { <option value=option.code.clone() selected=option.code == shown>{words}</option> }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{attribute.label.clone()}</label>
            <select
                id=id
                name=name
                aria-invalid=notes.wrong.then_some("true")
                aria-describedby=notes.describes
            >
                {gone}
                {options.collect_view()}
            </select>
            {notes.view}
        </div>
    }
    .into_any()
}

/// A box to tick for every option.
fn multi_choice(id: String, form: Form, name: String, attribute: &AttributeSource, notes: Notes) -> AnyView {
    let codes = match &attribute.standard {
        ValueSource::List(codes) => codes.as_slice(),
        _ => &[],
    };
    let boxes = attribute.options.iter().map(|option| {
        let ticked = form.ticked(&name, &option.code, codes.contains(&option.code));
        view! {
            <label class="admin-tick">
                <input type="checkbox" name=name.clone() value=option.code.clone() checked=ticked />
                <span>{option.label.clone()}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field admin-ticks" id=id aria-describedby=notes.describes tabindex="-1">
            <legend>{attribute.label.clone()}</legend>
            <input type="hidden" name=format!("is.{}", attribute.code) value="on" />
            {boxes.collect_view()}
            {notes.view}
        </fieldset>
    }
    .into_any()
}
