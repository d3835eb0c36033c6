//! The options of an attribute: a row for each and one for another.

use configurator::source::{AttributeSource, OptionSource};
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{Form, TextField, tick};
use super::super::words::sentences;
use super::section::surcharge;
use crate::ui::button;
use crate::ui::field::{ERROR, LABEL};

/// The columns of options where there is room for rows; on a phone each is a card.
macro_rules! columns {
    ($rest:literal) => {
        concat!("gap-x-3 tablet:grid-cols-[minmax(0,1fr)_8rem_5.5rem_6rem_7.5rem] ", $rest)
    };
}

const HEAD: &str = columns!("hidden py-1 ps-2 text-s text-muted tablet:grid");
/// An option; a bar at its beginning marks the one that a link led to.
const OPTION: &str = columns!(
    "grid grid-cols-[minmax(0,1fr)_7.5rem] items-center gap-y-1 border-s-3 border-t border-s-transparent border-t-line py-2.5 ps-1 focus:outline-none target:border-s-accent forced-colors:not-target:border-s-[Canvas] tablet:items-start tablet:py-1 tablet:[&_label>span]:sr-only"
);
/// Whether there is a colour, and which: dim while there is none.
const COLOUR: &str = "group/colour flex items-center gap-1.5";
const COLOUR_FIELD: &str = "h-10 w-11 cursor-pointer rounded-s border border-edge bg-raised p-[3px] forced-color-adjust-none group-has-[[type=checkbox]:not(:checked)]/colour:opacity-35";
const NEW: &str = "flex flex-wrap items-end gap-x-3 gap-y-2 pt-4";

/// Colour of a swatch that nobody has picked yet.
const NO_COLOUR: &str = "#c8c2b8";

/// The options of a choice or multi-choice, and a row for another one.
pub(crate) fn options(editor: &Editor, form: Form, index: usize, attribute: &AttributeSource) -> AnyView {
    let list = format!("attributes.{index}.options");
    let rows = attribute.options.iter().enumerate().map(|(at, written)| {
        option(editor, form, &format!("{list}.{at}"), written, at == 0, at + 1 == attribute.options.len())
    });
    let general = editor.problems_at(&list).into_iter().map(|problem| view! { <p class=ERROR>{problem}</p> });
    let new = |name: &str, label: &'static str, keyboard: &'static str, placeholder: &'static str| {
        let field = TextField {
            id: format!("attributes.{index}.new.{name}"),
            name: format!("new.{name}"),
            label,
            tight: true,
            keyboard,
            placeholder,
            ..TextField::default()
        };
        view! { <div class="min-w-0 flex-[1_1_8rem]">{field.view(form)}</div> }
    };
    let any_colour = attribute.options.iter().any(|option| option.swatch.is_some());
    view! {
        {general.collect_view()}
        <div class=HEAD aria-hidden="true">
            <span>"Option"</span>
            <span>"Price"</span>
            <span>"Colour"</span>
            <span>"On the menu"</span>
            <span>"Order"</span>
        </div>
        <ol class="border-b border-line">{rows.collect_view()}</ol>
        <fieldset class=NEW>
            <legend class=LABEL>"Another option"</legend>
            {new("label", "Name", "text", "")}
            {new("price", "Price", "decimal", "0.00")}
            <div class=COLOUR>
                {tick("new.swatched", "Colour", form.ticked("new.swatched", "on", any_colour), None)}
                <input
                    class=COLOUR_FIELD
                    type="color"
                    name="new.swatch"
                    value=form.text("new.swatch", NO_COLOUR)
                    aria-label="Colour of the new option"
                />
            </div>
            <button type="submit" class=button::QUIET name="do" value="add">"Add"</button>
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
            tight: true,
            saved,
            keyboard,
            placeholder,
        }
        .view(form)
    };
    let available = format!("available.{code}");
    let problems = other_problems(editor, place)
        .into_iter()
        .map(|problem| view! { <p class=format!("{ERROR} col-span-full")>{problem}</p> });
    view! {
        <li class=OPTION id=place.to_owned() data-testid="option" tabindex="-1">
            {line("label", &format!("Name of {label}"), label, "text", "")}
            {line("price", &format!("Price of {label}"), &surcharge(&editor.source, option.price), "decimal", "0.00")}
            {swatch(form, option)}
            {tick(
                &available,
                "On the menu",
                form.ticked(&available, "on", option.available),
                Some(format!("{label} is on the menu")),
            )}
            <div class="flex max-tablet:col-span-full">
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
        <div class=COLOUR>
            {tick(
                &swatched,
                "Colour",
                form.ticked(&swatched, "on", option.swatch.is_some()),
                Some(format!("{label} has a colour")),
            )}
            <input class=COLOUR_FIELD type="color" name=swatch value=colour aria-label=format!("Colour of {label}") />
        </div>
    }
    .into_any()
}

/// A button that moves or removes an option; `off` where there is nowhere to go.
fn action(option: &OptionSource, verb: &str, words: &'static str, sign: &'static str, off: bool) -> AnyView {
    view! {
        <button
            type="submit"
            class=button::ICON
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
