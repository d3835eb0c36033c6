//! The row of one option in the table of an attribute's options: cells for what every option has and for what some of these use, and the rest
//! below it, with what is done with the option as a whole.

use configurator::source::OptionSource;
use leptos::prelude::*;
use words::Admin;

use super::super::dragging::handle;
use super::super::editor::Editor;
use super::super::form::{Form, TextField, tick};
use super::super::pictured::show_it;
use super::super::place::attribute_anchor;
use super::super::placed::PlacedField;
use super::super::problems::told;
use super::listed::upload_for;
use super::section::{decimal, surcharge};
use super::unsettled::forgotten;
use crate::paths;
use crate::ui::disclosure::MORE;
use crate::ui::field::{ERROR, PAIR};
use crate::ui::form::act;
use crate::ui::{button, link};

/// Fields that have a column where one of the options uses them; of the others they are below the row.
const FURTHER: [&str; 5] = ["code", "lead_time_days", "weight", "points", "cost"];
/// Most of them: a laptop has room for no more.
const MOST_FURTHER: usize = 4;
/// How wide the columns are that every table has: name, price, colour, on the menu.
const WIDTHS: &str = "minmax(6.5rem,1fr) minmax(4.5rem,6rem) minmax(4.25rem,5.5rem) 3.25rem";
const FURTHER_WIDTH: &str = " minmax(3.1rem,6rem)";
/// An option; a bar at its beginning marks the one that a link led to.
const OPTION: &str = "border-s-3 border-t border-s-transparent border-t-line focus:outline-none target:border-s-accent forced-colors:not-target:border-s-[Canvas]";
/// Whether there is a colour, and which: dim while there is none.
pub(super) const COLOUR: &str = "group/colour flex items-center gap-1.5";
pub(super) const COLOUR_FIELD: &str = "h-10 w-11 cursor-pointer rounded-s border border-edge bg-raised p-[3px] forced-color-adjust-none group-has-[[type=checkbox]:not(:checked)]/colour:opacity-35";
/// Colour of a swatch that nobody has picked yet.
pub(super) const NO_COLOUR: &str = "#c8c2b8";

/// The columns that a table has beside those of every table, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Further(Vec<&'static str>);

impl Further {
    /// Those that one of the options uses, of the fields of their form.
    pub(super) fn of(fields: &[PlacedField]) -> Self {
        let uses = |column: &&'static str| {
            let used = |field: &&PlacedField| column_of(field) == Some(*column);
            fields.iter().filter(used).any(|field| !matches!(field.saved.as_str(), "" | "0"))
        };
        Self(FURTHER.iter().copied().filter(uses).take(MOST_FURTHER).collect())
    }

    fn has(&self, field: &PlacedField) -> bool {
        column_of(field).is_some_and(|column| self.0.contains(&column))
    }

    /// How wide all columns are, for the grid.
    pub(super) fn widths(&self) -> String {
        format!("--cells:{WIDTHS}{}", FURTHER_WIDTH.repeat(self.0.len()))
    }

    /// What they are called, by the fields of their form.
    pub(super) fn heads<'f>(&self, fields: &'f [PlacedField]) -> Vec<&'f str> {
        let named = |column: &&'static str| fields.iter().find(|field| column_of(field) == Some(*column));
        self.0.iter().filter_map(named).map(|field| field.label.as_str()).collect()
    }
}

/// The column that a field of an option may have.
fn column_of(field: &PlacedField) -> Option<&'static str> {
    let key = field.entry.as_deref().filter(|key| *key != "new" && !field.laid_out)?;
    let name = field.name.strip_suffix(key)?.strip_suffix('.')?;
    FURTHER.into_iter().find(|column| *column == name)
}

/// An option, as its row is asked for.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    /// Its place in the product.
    pub(super) place: &'r str,
    /// The code of its attribute.
    pub(super) attribute: &'r str,
    /// What the form calls it.
    pub(super) key: &'r str,
    pub(super) option: &'r OptionSource,
    /// Whether it is the first of all, and the last.
    pub(super) ends: [bool; 2],
    /// The fields of its form.
    pub(super) fields: &'r [PlacedField],
    pub(super) further: &'r Further,
}

impl Row<'_> {
    /// Its fields that are in cells of their own, or those that are below the row.
    fn own(&self, in_cells: bool) -> impl Iterator<Item = &PlacedField> {
        let own = self.fields.iter();
        let own = own.filter(move |field| !field.laid_out && field.entry.as_deref() == Some(self.key));
        own.filter(move |field| self.further.has(field) == in_cells)
    }
}

/// The row; `place` is the field of where it stands.
pub(super) fn row(editor: &Editor, form: Form, row: Row, place: Option<AnyView>) -> AnyView {
    let Row { option, key, .. } = row;
    let (label, say) = (&option.label, editor.say());
    let line = |name: &str, words: &str, saved: &str, keyboard: &'static str, placeholder: &str| {
        let id = format!("{}.{name}", row.place);
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
    let mut cells: Vec<&PlacedField> = row.own(true).collect();
    cells.sort_by_key(|field| FURTHER.iter().position(|column| column_of(field) == Some(*column)));
    let cells = cells.into_iter().map(|field| {
        view! { <div data-cell=column_of(field)>{field.view(editor, form)}</div> }
    });
    let problems =
        other_problems(editor, row).into_iter().map(|problem| view! { <p class=ERROR>{problem}</p> });
    view! {
        <li class=OPTION id=row.place.to_owned() data-option="" data-key=key.to_owned() data-show=shown(row) data-testid="option" tabindex="-1">
            {handle(editor)}
            <div data-cell="label">{line("label", &say.name_of(label), label, "text", "")}</div>
            <div data-cell="price">{line("price", &say.price_of(label), &surcharge(editor, option.price), "decimal", &decimal(editor, 0))}</div>
            {swatch(form, row)}
            <div data-cell="available">{tick(
                &available,
                say.on_the_menu(),
                form.ticked(&available, "on", option.available),
                Some(say.is_on_the_menu(label)),
            )}</div>
            {cells.collect_view()}
            {problems.collect_view()}
            {forgotten(editor, position(row.place), key)}
            {rest(editor, form, row, place)}
        </li>
    }
    .into_any()
}

/// What the picture shows of it.
fn shown(row: Row) -> String {
    format!("option:{}:{}", row.attribute, row.option.code)
}

/// Below the row, closed unless something in it is wrong: its other fields, and what is done with it.
fn rest(editor: &Editor, form: Form, row: Row, place: Option<AnyView>) -> AnyView {
    let (label, say) = (&row.option.label, editor.say());
    let is_open = row.own(false).any(|field| field.is_wrong(editor, form));
    let fields: Vec<AnyView> = row.own(false).map(|field| field.view(editor, form)).collect();
    let retire = paths::admin::retire(&editor.slug, row.attribute, &row.option.code);
    let retire_it = act(&retire, || {
        let words = form.assortment().retire_option(label);
        view! { <a class=link::STANDING href=retire.clone() data-testid="retire">{words}</a> }.into_any()
    });
    let [first, last] = row.ends;
    let moves = editor.act(|| {
        view! {
            {action(row, say, "up", first)}
            {action(row, say, "down", last)}
            {action(row, say, "remove", false)}
        }
        .into_any()
    });
    view! {
        <details class=MORE open=is_open data-rest="">
            <summary aria-label=say.more_of(label) title=say.more()>"⋯"</summary>
            <div class=PAIR>{fields} {place}</div>
            <div class="flex flex-wrap items-center gap-x-3 pb-2">
                {moves}
                {show_it(editor, &shown(row), label)}
                {retire_it}
            </div>
            {upload_for(editor, &shown(row), &attribute_anchor(row.attribute))}
        </details>
    }
    .into_any()
}

/// Positions of an attribute and an option in the product, by the option's place.
fn position(place: &str) -> Option<(usize, usize)> {
    let mut parts = place.split('.');
    Some((parts.nth(1)?.parse().ok()?, parts.nth(1)?.parse().ok()?))
}

/// Every problem of an option that none of its cells shows, as sentences.
fn other_problems(editor: &Editor, row: Row) -> Vec<String> {
    let laid_out = ["label", "price"].map(|name| format!("{}.{name}", row.place));
    let is_in_cell =
        |place: &String| laid_out.contains(place) || row.own(true).any(|field| field.place == *place);
    editor
        .problems
        .iter()
        .filter(|problem| problem.place == row.place || problem.place.starts_with(&format!("{}.", row.place)))
        .filter(|problem| !is_in_cell(&problem.place))
        .map(|problem| told(editor.language, problem))
        .collect()
}

/// Whether an option has a colour, and which.
fn swatch(form: Form, row: Row) -> AnyView {
    let Row { option, key, place, .. } = row;
    let (label, say) = (&option.label, form.say());
    let (swatched, swatch) = (format!("swatched.{key}"), format!("swatch.{key}"));
    let colour = form.text(&swatch, option.swatch.as_deref().unwrap_or(NO_COLOUR));
    view! {
        <div class=COLOUR data-cell="swatch">
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
fn action(row: Row, say: &Admin, verb: &str, off: bool) -> AnyView {
    let words = match verb {
        "up" => say.move_up(),
        "down" => say.move_down(),
        _ => say.remove(),
    };
    view! {
        <button
            type="submit"
            class=button::PLAIN
            name="do"
            value=format!("{verb}:{}", row.key)
            disabled=off
            aria-label=say.to_option(&words, &row.option.label)
        >
            {words}
        </button>
    }
    .into_any()
}
