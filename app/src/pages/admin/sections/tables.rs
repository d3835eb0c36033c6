//! Rules that are tables, among the others: what each is about, its first rows, and the way to its page; and beginning one.

use configurator::Product;
use configurator::rule::{Cell, Column, TablePlace, WrittenTable};
use leptos::prelude::*;
use words::Tables;

use super::super::editor::Editor;
use super::super::form::Form;
use crate::paths;
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::field::{self, ERROR, Entry, Field, LABEL};
use crate::ui::{button, link};

/// Rows that are shown of a table among the rules.
const FIRST_ROWS: usize = 6;

/// What people call a column.
pub(crate) fn column_words(column: Column, product: &Product, say: &Tables) -> String {
    let attribute = product.attribute(column.attribute());
    let label = if attribute.label.is_empty() { &attribute.code } else { &attribute.label };
    match column {
        Column::Choice(_) | Column::Number(_) => label.clone(),
        Column::Member(_, option) => say.yes_or_no(label, &attribute.option(option).label),
        Column::Filled(_) => say.is_filled(label),
    }
}

/// What a cell asks for, in words.
pub(crate) fn cell_words(cell: &Cell, column: Column, product: &Product, say: &Tables) -> String {
    let attribute = product.attribute(column.attribute());
    let (mut parts, absent): (Vec<String>, bool) = match cell {
        Cell::Any => return say.any().to_owned(),
        Cell::Is(true) => return say.yes().to_owned(),
        Cell::Is(false) => return say.no().to_owned(),
        Cell::Options { options, absent } => {
            (options.iter().map(|option| attribute.option(*option).label.clone()).collect(), *absent)
        }
        Cell::Numbers { ranges, absent } => {
            let range = |(low, high): &(i64, i64)| match (*low, *high) {
                (low, high) if low == high => low.to_string(),
                (i64::MIN, high) => say.at_most(&high),
                (low, i64::MAX) => say.at_least(&low),
                (low, high) => say.from_to(&low, &high),
            };
            (ranges.iter().map(range).collect(), *absent)
        }
    };
    parts.extend(absent.then(|| say.not_there().to_owned()));
    parts.join(say.or())
}

/// What is written in a column or cell, in words where it means something.
pub(crate) fn written_words(
    written: &str,
    column: Option<Column>,
    product: &Product,
    say: &Tables,
) -> String {
    let read =
        column.and_then(|column| Some((column, Cell::read(written, column, &product.attributes).ok()?)));
    read.map_or_else(|| written.to_owned(), |(column, cell)| cell_words(&cell, column, product, say))
}

/// The table that a rule is, where it is shown as one.
pub(super) fn of(form: Form, key: &str, rule: &str) -> Option<WrittenTable> {
    let is_text = form.typed(&format!("rule.{key}")).is_some() || form.typed(&format!("by.{key}")).is_some();
    (!is_text && WrittenTable::is_meant(rule)).then(|| WrittenTable::read(rule).ok()).flatten()
}

/// A table among the rules; `name` is what people call the rule.
pub(super) fn table(
    editor: &Editor,
    form: Form,
    key: &str,
    name: &str,
    place: &str,
    table: &WrittenTable,
) -> AnyView {
    let (say, product) = (editor.language.tables(), &editor.readable);
    let columns: Vec<Option<Column>> =
        table.columns.iter().map(|text| Column::read(text, &product.attributes).ok()).collect();
    let names: Vec<String> = columns
        .iter()
        .zip(&table.columns)
        .map(|(column, text)| {
            column.map_or_else(|| text.clone(), |column| column_words(column, product, say))
        })
        .collect();
    let about = names.join(", ");
    let about = if table.allowed { say.allowed_table(&about) } else { say.forbidden_table(&about) };
    let rows = table.rows.iter().take(FIRST_ROWS).map(|row| {
        let cells = row.iter().zip(columns.iter().zip(&names)).map(|(cell, (column, name))| {
            format!("{name}: {}", written_words(cell, *column, product, say))
        });
        view! { <li class="border-t border-line py-1.5 wrap-anywhere">{cells.collect::<Vec<_>>().join(" · ")}</li> }
    });
    let more =
        (table.rows.len() > FIRST_ROWS).then(|| view! { <li class="border-t border-line py-1.5">"…"</li> });
    let wrong = configurator::rule::Table::read(table, &product.attributes).err().unwrap_or_default();
    let wrong = wrong.into_iter().take(FIRST_ROWS).map(|error| {
        let told = editor.language.marked(format!("{}. {}", error.wrong.message, error.wrong.advice));
        let told = match error.place {
            TablePlace::Column(_) => told,
            TablePlace::Row(row) => say.row_wrong(&(row + 1), &told),
            TablePlace::Cell(row, column) => {
                editor.say().row_wrong(&(row + 1), &names.get(column).cloned().unwrap_or_default(), &told)
            }
        };
        view! { <p class=ERROR data-testid="table-mistake">{told}</p> }
    });
    // Where nothing in it is wrong, the rule as a whole may be.
    let told = form.said(&format!("rule.{key}"), "", editor.problems_at(place)).errors;
    let told = told.into_iter().map(|problem| view! { <p class=ERROR>{problem}</p> });
    let address = paths::admin::table(&editor.slug, key);
    view! {
        <div id=place.to_owned() class="min-w-0 focus:outline-none" tabindex="-1" data-testid="table-rule">
            <p class=LABEL>{name.to_owned()}</p>
            <p class="wrap-anywhere">{about}" ("{say.rows(table.rows.len() as u64)}")"</p>
            {(table.rows.is_empty()).then(|| view! { <p class=ERROR>{say.no_rows()}</p> })}
            {wrong.collect_view()}
            {told.collect_view()}
            <ul class="my-2 text-s">{rows.collect_view()} {more}</ul>
            <p>
                <a class=link::STANDING href=address aria-label=say.change_table_of(&name) data-testid="change-table">{say.change_table()}</a>
            </p>
            {editor.act(|| view! {
                <button type="submit" class=button::PLAIN name="do" value=format!("sentence:text:{key}") aria-label=editor.language.sentences().as_text_of(&name)>
                    {editor.language.sentences().as_text()}
                </button>
            }.into_any())}
        </div>
    }
    .into_any()
}

/// Begins another rule as a table: its columns, and what its rows are.
pub(super) fn begin(editor: &Editor, form: Form) -> AnyView {
    let (say, product) = (editor.language.tables(), &editor.readable);
    let ticks = Column::all(&product.attributes).map(|column| {
        let written = column.text(&product.attributes);
        let is_ticked = form.ticked("column", &written, false);
        field::tick("column", &written, &column_words(column, product, say), is_ticked, None)
    });
    let message = form.message("column");
    let is_open = message.is_some();
    let note = "rules.column.note";
    let notes = field::notes(
        note,
        &message.into_iter().collect::<Vec<_>>(),
        None,
        Some((say.begin_hint().to_owned(), None)),
    );
    let entry = |value: &str, words: &str| Entry {
        value: value.to_owned(),
        words: words.to_owned(),
        selected: form.typed("rows_are").unwrap_or("allowed") == value,
    };
    let rows_are = Field {
        id: "rules.rows_are".to_owned(),
        name: "rows_are".to_owned(),
        label: say.rows_are().to_owned(),
        ..Field::default()
    };
    view! {
        <details class=MORE open=is_open data-testid="begin-table">
            <summary class=SUMMARY>{say.begin_table()}</summary>
            <fieldset class="min-w-0" aria-describedby=note>
                <legend class=LABEL>{say.columns()}</legend>
                {notes}
                <div class="mb-3 flex flex-wrap gap-x-5">{ticks.collect_view()}</div>
            </fieldset>
            <div class="max-w-96">{rows_are.select(vec![entry("allowed", say.may_be()), entry("forbidden", say.may_not_be())])}</div>
            <button type="submit" class=button::QUIET name="do" value="begin-table">{say.begin()}</button>
        </details>
    }
    .into_any()
}
