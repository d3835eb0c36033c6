//! The options of an attribute: a row for each and one for another.

use configurator::source::{AttributeSource, OptionSource};
use leptos::prelude::*;
use words::Admin;

use super::super::dragging::handle;
use super::super::editor::Editor;
use super::super::form::{Form, TextField, tick};
use super::super::option_pages::is_long;
use super::super::pictured::show_it;
use super::super::place::attribute_anchor;
use super::super::problems::told;
use super::listed::{place, rest};
use super::long_menu::{over_list, paging};
use super::option_rows::rows_of_table;
use super::section::{decimal, surcharge};
use super::unsettled::forgotten;
use crate::paths;
use crate::ui::field::{ERROR, LABEL};
use crate::ui::form::act;
use crate::ui::{button, link};

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
    let (say, place_of_list) = (editor.say(), format!("attributes.{index}.options"));
    let anchor = attribute_anchor(&attribute.code);
    let (shown, is_long) = (editor.options_of(attribute), is_long(attribute));
    let rows = shown.places.iter().zip(editor.keys(&anchor)).filter_map(|(&at, key)| {
        let written = attribute.options.get(at)?;
        let moved = place(form, &anchor, key, at, &written.label);
        let more = rest(editor, form, &anchor, Some(key), &written.label, Some(moved));
        Some(option(
            editor,
            form,
            (&format!("{place_of_list}.{at}"), &attribute.code),
            (written, key),
            [at == 0, at + 1 == attribute.options.len()],
            more,
        ))
    });
    let general =
        editor.problems_at(&place_of_list).into_iter().map(|problem| view! { <p class=ERROR>{problem}</p> });
    let list = (!shown.places.is_empty()).then(|| {
        view! {
            <div class=HEAD aria-hidden="true">
                <span>{say.option()}</span>
                <span>{say.price()}</span>
                <span>{say.colour()}</span>
                <span>{say.on_the_menu()}</span>
                <span>{say.order()}</span>
            </div>
            <ol class="border-b border-line">{rows.collect_view()}</ol>
        }
    });
    let tools = rows_of_table(editor, form, index, &attribute.code);
    let (before, behind) = if is_long { (Some(tools), None) } else { (None, Some(tools)) };
    view! {
        {general.collect_view()}
        {before}
        {is_long.then(|| over_list(editor, index, attribute, &shown))}
        {list}
        {paging(editor, attribute, &shown)}
        {editor.act(|| another(editor, form, index, attribute))}
        {behind}
    }
    .into_any()
}

/// The row for another option.
fn another(editor: &Editor, form: Form, index: usize, attribute: &AttributeSource) -> AnyView {
    let say = editor.say();
    let new = |name: &str, label: &'static str, keyboard: &'static str, placeholder: &str| {
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
        <fieldset class=NEW data-whole>
            <legend class=LABEL>{say.another_option()}</legend>
            {new("label", say.name(), "text", "")}
            {new("price", say.price(), "decimal", &decimal(editor, 0))}
            <div class=COLOUR>
                {tick("new.swatched", say.colour(), form.ticked("new.swatched", "on", any_colour), None)}
                <input
                    class=COLOUR_FIELD
                    type="color"
                    name="new.swatch"
                    value=form.text("new.swatch", NO_COLOUR)
                    aria-label=say.colour_of_new()
                />
            </div>
            <button type="submit" class=button::QUIET name="do" value="add">{say.add()}</button>
        </fieldset>
    }
    .into_any()
}

/// The row of one option.
fn option(
    editor: &Editor,
    form: Form,
    (place, code): (&str, &str),
    (option, key): (&OptionSource, &str),
    [first, last]: [bool; 2],
    more: Option<AnyView>,
) -> AnyView {
    let (label, say) = (&option.label, editor.say());
    let line = |name: &str, words: &str, saved: &str, keyboard: &'static str, placeholder: &str| {
        let id = format!("{place}.{name}");
        TextField {
            problems: editor.problems_at(&id),
            id,
            name: format!("{name}.{key}"),
            label: words,
            quiet_label: true,
            tight: true,
            saved,
            keyboard,
            placeholder,
        }
        .view(form)
    };
    let available = format!("available.{key}");
    let retire = paths::admin::retire(&editor.slug, code, &option.code);
    let retire_it = act(&retire, || {
        let words = form.assortment().retire_option(label);
        view! { <a class=link::STANDING href=retire.clone() data-testid="retire">{words}</a> }.into_any()
    });
    let part = format!("option:{code}:{}", option.code);
    let problems = other_problems(editor, place)
        .into_iter()
        .map(|problem| view! { <p class=format!("{ERROR} col-span-full")>{problem}</p> });
    view! {
        <li class=OPTION id=place.to_owned() data-key=key.to_owned() data-show=part.clone() data-testid="option" tabindex="-1">
            {handle(editor)}
            {line("label", &say.name_of(label), label, "text", "")}
            {line("price", &say.price_of(label), &surcharge(editor, option.price), "decimal", &decimal(editor, 0))}
            {swatch(form, option, key, place)}
            {tick(
                &available,
                say.on_the_menu(),
                form.ticked(&available, "on", option.available),
                Some(say.is_on_the_menu(label)),
            )}
            {editor.act(|| view! {
                <div class="flex max-tablet:col-span-full">
                    {action((option, key), say, "up", "↑", first)}
                    {action((option, key), say, "down", "↓", last)}
                    {action((option, key), say, "remove", "×", false)}
                </div>
            }.into_any())}
            {problems.collect_view()}
            {forgotten(editor, position(place), key)}
            <div class="col-span-full">{more} " " {show_it(editor, &part, label)} " · " {retire_it}</div>
        </li>
    }
    .into_any()
}

/// Positions of an attribute and an option in the product, by the option's place.
fn position(place: &str) -> Option<(usize, usize)> {
    let mut parts = place.split('.');
    Some((parts.nth(1)?.parse().ok()?, parts.nth(1)?.parse().ok()?))
}

/// Every problem of an option that none of its fields shows, as sentences.
fn other_problems(editor: &Editor, place: &str) -> Vec<String> {
    let shown = [format!("{place}.label"), format!("{place}.price")];
    editor
        .problems
        .iter()
        .filter(|problem| problem.place == place || problem.place.starts_with(&format!("{place}.")))
        .filter(|problem| !shown.contains(&problem.place))
        .map(|problem| told(editor.language, problem))
        .collect()
}

/// Whether an option has a colour, and which.
fn swatch(form: Form, option: &OptionSource, key: &str, place: &str) -> AnyView {
    let (label, say) = (&option.label, form.say());
    let (swatched, swatch) = (format!("swatched.{key}"), format!("swatch.{key}"));
    let colour = form.text(&swatch, option.swatch.as_deref().unwrap_or(NO_COLOUR));
    view! {
        <div class=COLOUR>
            {tick(
                &swatched,
                say.colour(),
                form.ticked(&swatched, "on", option.swatch.is_some()),
                Some(say.has_colour(label)),
            )}
            <input class=COLOUR_FIELD type="color" id=format!("{place}.swatch") name=swatch value=colour aria-label=say.colour_of(label) />
        </div>
    }
    .into_any()
}

/// A button that moves or removes an option; `off` where there is nowhere to go.
fn action(
    (option, key): (&OptionSource, &str),
    say: &Admin,
    verb: &str,
    sign: &'static str,
    off: bool,
) -> AnyView {
    let words = match verb {
        "up" => say.move_up(),
        "down" => say.move_down(),
        _ => say.remove(),
    };
    view! {
        <button
            type="submit"
            class=button::ICON
            name="do"
            value=format!("{verb}:{key}")
            disabled=off
            title=words
            aria-label=say.to_option(&words, &option.label)
        >
            {sign}
        </button>
    }
    .into_any()
}
