//! The options of an attribute: a row for each and one for another.

use configurator::source::{AttributeSource, OptionSource};
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{Form, TextField, tick};
use super::super::words::sentences;
use super::section::surcharge;

/// Colour of a swatch that nobody has picked yet.
const NO_COLOUR: &str = "#c8c2b8";

/// The options of a choice or multi-choice, and a row for another one.
pub(crate) fn options(editor: &Editor, form: Form, index: usize, attribute: &AttributeSource) -> AnyView {
    let list = format!("attributes.{index}.options");
    let rows = attribute.options.iter().enumerate().map(|(at, written)| {
        option(editor, form, &format!("{list}.{at}"), written, at == 0, at + 1 == attribute.options.len())
    });
    let general =
        editor.problems_at(&list).into_iter().map(|problem| view! { <p class="field-error">{problem}</p> });
    let new = |name: &str, label: &'static str, keyboard: &'static str, placeholder: &'static str| {
        TextField {
            id: format!("attributes.{index}.new.{name}"),
            name: format!("new.{name}"),
            label,
            quiet_label: false,
            saved: "",
            keyboard,
            placeholder,
            problems: Vec::new(),
        }
        .view(form)
    };
    let any_colour = attribute.options.iter().any(|option| option.swatch.is_some());
    view! {
        {general.collect_view()}
        <div class="admin-options-head" aria-hidden="true">
            <span>"Option"</span>
            <span>"Price"</span>
            <span>"Colour"</span>
            <span>"On the menu"</span>
            <span>"Order"</span>
        </div>
        <ol class="admin-options">{rows.collect_view()}</ol>
        <fieldset class="admin-new">
            <legend>"Another option"</legend>
            {new("label", "Name", "text", "")}
            {new("price", "Price", "decimal", "0.00")}
            <div class="admin-swatch">
                {tick("new.swatched", "Colour", form.ticked("new.swatched", "on", any_colour), None)}
                <input
                    type="color"
                    name="new.swatch"
                    value=form.text("new.swatch", NO_COLOUR)
                    aria-label="Colour of the new option"
                />
            </div>
            <button type="submit" class="button button-quiet" name="do" value="add">"Add"</button>
        </fieldset>
    }
    .into_any()
}

/// The row of one option.
fn option(
    editor: &Editor,
    form: Form,
    place: &str,
    option: &OptionSource,
    first: bool,
    last: bool,
) -> AnyView {
    let (code, label) = (&option.code, &option.label);
    let line = |name: &str, words: &str, saved: &str, keyboard: &'static str, placeholder: &'static str| {
        let id = format!("{place}.{name}");
        TextField {
            problems: editor.problems_at(&id),
            id,
            name: format!("{name}.{code}"),
            label: words,
            quiet_label: true,
            saved,
            keyboard,
            placeholder,
        }
        .view(form)
    };
    let available = format!("available.{code}");
    let problems = other_problems(editor, place)
        .into_iter()
        .map(|problem| view! { <p class="field-error admin-row-error">{problem}</p> });
    view! {
        <li class="admin-option" id=place.to_owned() data-testid="option" tabindex="-1">
            {line("label", &format!("Name of {label}"), label, "text", "")}
            {line("price", &format!("Price of {label}"), &surcharge(&editor.source, option.price), "decimal", "0.00")}
            {swatch(form, option)}
            {tick(
                &available,
                "On the menu",
                form.ticked(&available, "on", option.available),
                Some(format!("{label} is on the menu")),
            )}
            <div class="admin-row-actions">
                {action(option, "up", "Move up", "↑", first)}
                {action(option, "down", "Move down", "↓", last)}
                {action(option, "remove", "Remove", "×", false)}
            </div>
            {problems.collect_view()}
        </li>
    }
    .into_any()
}

/// Every problem of an option that none of its fields shows, as sentences.
fn other_problems(editor: &Editor, place: &str) -> Vec<String> {
    let shown = [format!("{place}.label"), format!("{place}.price")];
    editor
        .problems
        .iter()
        .filter(|problem| problem.place == place || problem.place.starts_with(&format!("{place}.")))
        .filter(|problem| !shown.contains(&problem.place))
        .map(|problem| sentences(&problem.message, &problem.advice))
        .collect()
}

/// Whether an option has a colour, and which.
fn swatch(form: Form, option: &OptionSource) -> AnyView {
    let OptionSource { code, label, .. } = option;
    let (swatched, swatch) = (format!("swatched.{code}"), format!("swatch.{code}"));
    let colour = form.text(&swatch, option.swatch.as_deref().unwrap_or(NO_COLOUR));
    view! {
        <div class="admin-swatch">
            {tick(
                &swatched,
                "Colour",
                form.ticked(&swatched, "on", option.swatch.is_some()),
                Some(format!("{label} has a colour")),
            )}
            <input type="color" name=swatch value=colour aria-label=format!("Colour of {label}") />
        </div>
    }
    .into_any()
}

/// A button that moves or removes an option; `off` where there is nowhere to go.
fn action(option: &OptionSource, verb: &str, words: &'static str, sign: &'static str, off: bool) -> AnyView {
    view! {
        <button
            type="submit"
            class="admin-icon"
            name="do"
            value=format!("{verb}:{}", option.code)
            disabled=off
            title=words
            aria-label=format!("{words}: {}", option.label)
        >
            {sign}
        </button>
    }
    .into_any()
}
