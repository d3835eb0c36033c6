//! A cell of a table rule as a field: one of the values, several to tick, or numbers as people write them.

use configurator::Product;
use configurator::rule::{Cell, Column};
use leptos::prelude::*;
use words::{Language, Tables};

use super::form::{Form, SAVED_NOW};
use super::sections::written_words;
use crate::ui::field::{self, Entry, Field};

/// What is sent for a cell of which several values are ticked.
const SEVERAL: &str = "several";

/// A cell, by its row and column in the form.
#[expect(clippy::too_many_arguments, reason = "each is another thing that a cell shows")]
pub(super) fn cell(
    form: Form,
    language: Language,
    product: &Product,
    (row, at): (&str, usize),
    column: Option<Column>,
    saved: &str,
    spoken: String,
    problems: Vec<String>,
) -> AnyView {
    let (say, name) = (language.tables(), format!("cell.{row}.{at}"));
    let typed = form.text(&name, saved);
    // What is wrong with what is saved is no matter where something else is typed.
    let problems = if typed == saved { problems } else { Vec::new() };
    let errors: Vec<String> = form.message(&name).into_iter().chain(problems).collect();
    let saved_now = form.saved_now_as(&name, saved, &written_words(saved, column, product, say));
    let field = Field {
        id: name.clone(),
        name: name.clone(),
        label: spoken,
        hide_label: true,
        tight: true,
        autofocus: form.message(&name).is_some(),
        autocomplete: "off",
        errors,
        hint: saved_now.unwrap_or_default(),
        hint_test: Some(SAVED_NOW),
        ..Field::default()
    };
    match column {
        Some(column @ (Column::Choice(_) | Column::Member(..) | Column::Filled(_))) if typed != SEVERAL => {
            field.select(entries(column, product, &typed, say))
        }
        Some(Column::Choice(id)) => ticks(form, say, product, (row, at), id, saved, field),
        _ => {
            let value = if typed == "*" { String::new() } else { typed };
            Field { value, placeholder: say.any().to_owned(), ..field }.text("text")
        }
    }
}

/// What a cell can be picked from; what it is comes along where that is something else.
fn entries(column: Column, product: &Product, typed: &str, say: &Tables) -> Vec<Entry> {
    let attribute = product.attribute(column.attribute());
    let mut values: Vec<(String, String)> = vec![("*".to_owned(), say.any().to_owned())];
    if matches!(column, Column::Choice(_)) {
        values.extend(attribute.options().iter().map(|option| (option.code.clone(), option.label.clone())));
        values.extend(attribute.applies.is_some().then(|| ("-".to_owned(), say.not_there().to_owned())));
    } else {
        values.extend(
            [("yes", say.yes()), ("no", say.no())].map(|(value, words)| (value.to_owned(), words.to_owned())),
        );
    }
    let typed = if typed.is_empty() { "*" } else { typed };
    if !values.iter().any(|(value, _)| value == typed) {
        values.push((typed.to_owned(), written_words(typed, Some(column), product, say)));
    }
    if matches!(column, Column::Choice(_)) {
        values.push((SEVERAL.to_owned(), say.several().to_owned()));
    }
    let entry = |(value, words): (String, String)| Entry { selected: value == typed, value, words };
    values.into_iter().map(entry).collect()
}

/// Several values to tick.
fn ticks(
    form: Form,
    say: &'static Tables,
    product: &Product,
    (row, at): (&str, usize),
    id: configurator::AttributeId,
    saved: &str,
    shown: Field,
) -> AnyView {
    let attribute = product.attribute(id);
    let name = format!("tick.{row}.{at}");
    let read = Cell::read(saved, Column::Choice(id), &product.attributes);
    let has = |code: &str| match &read {
        Ok(Cell::Options { options, absent }) => match attribute.option_by_code(code) {
            Some(option) => options.contains(&option),
            None => *absent && code == "-",
        },
        _ => false,
    };
    let was_ticked = form.typed(&format!("ticked.{row}.{at}")).is_some();
    let mut values: Vec<(&str, &str)> =
        attribute.options().iter().map(|option| (&*option.code, &*option.label)).collect();
    values.extend(attribute.applies.is_some().then(|| ("-", say.not_there())));
    let ticks = values.into_iter().map(|(value, words)| {
        let is_ticked = if was_ticked { form.ticked(&name, value, false) } else { has(value) };
        field::tick(&name, value, words, is_ticked, None)
    });
    let note = format!("{}.note", shown.id);
    let hint = match shown.hint.is_empty() {
        true => (say.several_hint().to_owned(), None),
        false => (shown.hint, shown.hint_test),
    };
    let notes = field::notes(&note, &shown.errors, None, Some(hint));
    view! {
        <fieldset class="min-w-0" aria-describedby=note data-testid="several">
            <legend class="sr-only">{shown.label}</legend>
            <input type="hidden" name=format!("cell.{row}.{at}") value=SEVERAL />
            <input type="hidden" name=format!("ticked.{row}.{at}") value="on" />
            <div class="flex flex-wrap gap-x-5">{ticks.collect_view()}</div>
            {notes}
        </fieldset>
    }
    .into_any()
}
