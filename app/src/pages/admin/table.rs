//! A rule that is a table of combinations: its rows as fields, page by page, rows pasted and columns added, and what it leaves out,
//! says twice and for nothing.

use configurator::analysis::TableReport;
use configurator::rule::{Column, TableError, TablePlace, WrittenTable};
use configurator::{Product, RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Language, Tables};

use super::form::{AreaField, Form, ROWS_LEFT, Returned, end, enter_saves, rows_area, tick};
use super::kept::{keeping, kept_live, saving_itself, state as saving, take_back};
use super::sections::column_words;
use super::shell::{DraftState, FORM, Frame, PAGING, Rail, SINGLE, Tab, bar_with, page};
use super::table_cells::cell;
use super::table_told::told;
use crate::paths;
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::field::{ERROR, Entry, Field, HINT};
use crate::ui::form::{Post, act};
use crate::ui::{button, link, table as rows, text};

/// How many rows stand on one page.
pub const ROWS_OF_PAGE: usize = 40;

/// What can be told of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableAnswer {
    /// What it leaves out, says twice and for nothing.
    Report(Box<TableReport>),
    /// That would take too long to find out.
    TooMuch,
    /// Something in the draft is to be mended first.
    Unsound,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct TablePage {
    /// The product's address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The draft's version and first revision, which the form sends back.
    pub origin: (i64, RevisionNumber),
    /// What forms call the rule.
    pub key: String,
    /// The rule's place among the rules, from 0.
    pub index: usize,
    /// Its sentence.
    pub sentence: String,
    /// The table.
    pub written: WrittenTable,
    /// What can be read of the draft.
    pub product: Product,
    /// What its columns are; nothing for those that mean nothing.
    pub columns: Vec<Option<Column>>,
    /// What in it means nothing.
    pub errors: Vec<TableError>,
    /// What can be told of it.
    pub told: TableAnswer,
    /// The first row on the page, from 0.
    pub first: usize,
    /// Whether it was saved just now.
    pub saved: bool,
    /// The form, where it was not saved.
    pub returned: Option<Returned>,
}

impl TablePage {
    /// Where its form is sent.
    pub(super) fn address(&self) -> String {
        paths::admin::table(&self.slug, &self.key)
    }

    /// What people call its columns.
    pub(super) fn names(&self, say: &Tables) -> Vec<String> {
        let columns = self.columns.iter().zip(&self.written.columns);
        let name = |(column, text): (&Option<Column>, &String)| {
            column.map_or_else(|| text.clone(), |column| column_words(column, &self.product, say))
        };
        columns.map(name).collect()
    }

    /// What is wrong with a part of it as it is saved, in sentences.
    pub(super) fn errors_at(&self, place: TablePlace, language: Language) -> Vec<String> {
        let here = self.errors.iter().filter(|error| error.place == place);
        here.map(|error| language.marked(format!("{}. {}", error.wrong.message, error.wrong.advice)))
            .collect()
    }
}

/// The page.
#[must_use]
pub fn table(frame: Frame, shown: &TablePage) -> String {
    let (language, say) = (frame.language, frame.language.tables());
    let rule = language.admin().rule(&(shown.index + 1));
    let title = say.title(&rule);
    page(frame, &title, Rail::Products, || {
        let form = Form::new("table", shown.returned.as_ref(), language);
        let saved = shown.saved.then(|| text::saved(say.saved()));
        let this = format!("table:{}", shown.key);
        let undo = shown.saved.then(|| take_back(language, &shown.slug, shown.origin.0, this)).flatten();
        let back = format!("{}#rules", paths::admin::product(&shown.slug));
        view! {
            {bar_with(language.admin(), (&shown.slug, &shown.name), shown.state, Tab::Draft, undo)}
            <div class=SINGLE>
                <p><a class=link::STANDING href=back>{say.back_to_rules()}</a></p>
                <h2 class=text::HEADING>{title.clone()} " " {saved}</h2>
                {act(&shown.address(), || keeping(frame, shown.saved))}
                {Post::to(shown.address()).class(FORM).judged_here().test("table").sheet(|| view! {
                    {act(&shown.address(), || enter_saves(language.admin()))}
                    {form.notice()}
                    {origin(form, shown)}
                    {kept_live("table", form.came_back())}
                    {head(form, language, shown)}
                    {listed(form, language, shown)}
                    {act(&shown.address(), || save(language))}
                    {told(form, language, shown)}
                    {act(&shown.address(), || paste(form, say, shown))}
                    {act(&shown.address(), || columns(form, say, shown))}
                    {end()}
                }.into_any())}
                <p class="mt-2"><a class=link::LINK href=paths::admin::table_csv(&shown.slug, &shown.key) download="" data-testid="table-csv">{say.as_csv()}</a></p>
                {act(&shown.address(), || saving_itself(language))}
            </div>
        }
        .into_any()
    })
}

/// What tells the server which draft the form was made from, and the page of rows.
fn origin(form: Form, shown: &TablePage) -> AnyView {
    view! {
        {super::form::origin(form, shown.origin)}
        <input type="hidden" name="from" value=(shown.first + 1).to_string() />
    }
    .into_any()
}

/// What its rows are, and its sentence.
fn head(form: Form, language: Language, shown: &TablePage) -> AnyView {
    let say = language.tables();
    let saved = if shown.written.allowed { "allowed" } else { "forbidden" };
    let chosen = form.typed("rows_are").unwrap_or(saved);
    let entry = |value: &str, words: &str| Entry {
        value: value.to_owned(),
        words: words.to_owned(),
        selected: chosen == value,
    };
    let rows_are = Field {
        id: "rows_are".to_owned(),
        name: "rows_are".to_owned(),
        label: say.rows_are().to_owned(),
        ..Field::default()
    };
    view! {
        <div class="mt-3 max-w-[30rem]">
            {rows_are.select(vec![entry("allowed", say.may_be()), entry("forbidden", say.may_not_be())])}
            {AreaField {
                id: "sentence".to_owned(),
                name: "sentence".to_owned(),
                label: language.admin().sentence(),
                saved: &shown.sentence,
                rows: 2,
                ..AreaField::default()
            }
            .view(form)}
        </div>
    }
    .into_any()
}

/// The rows of the page, and another one.
fn listed(form: Form, language: Language, shown: &TablePage) -> AnyView {
    let (say, names) = (language.tables(), shown.names(language.tables()));
    let wrong = (0..names.len()).flat_map(|at| shown.errors_at(TablePlace::Column(at), language));
    let wrong = wrong.map(|error| view! { <p class=ERROR>{error}</p> });
    let head = names.iter().map(|name| view! { <th scope="col" class=rows::HEAD_CELL>{name.clone()}</th> });
    let all = shown.written.rows.len();
    let last = (shown.first + ROWS_OF_PAGE).min(all);
    let some = (shown.first..last).map(|at| {
        let cells = &shown.written.rows[at];
        row(form, language, shown, &names, (&at.to_string(), &say.row_number(&(at + 1))), Some(cells))
    });
    let new = (names.len() == shown.columns.len())
        .then(|| act(&shown.address(), || row(form, language, shown, &names, ("new", say.new_row()), None)))
        .flatten();
    let empty = (all == 0).then(|| view! { <p class="mt-1" data-testid="no-rows">{say.no_rows()}</p> });
    view! {
        {wrong.collect_view()}
        {empty}
        <table class=rows::TABLE>
            <thead class=rows::HEAD>
                <tr>
                    <th scope="col" class=rows::HEAD_CELL>{say.row()}</th>
                    {head.collect_view()}
                    <th scope="col" class=rows::HEAD_CELL><span class="sr-only">{say.remove_row()}</span></th>
                </tr>
            </thead>
            <tbody class=rows::BODY>{some.collect_view()} {new}</tbody>
        </table>
        {paging(say, shown, last)}
    }
    .into_any()
}

/// A row, by its place in forms and what people call it.
fn row(
    form: Form,
    language: Language,
    shown: &TablePage,
    names: &[String],
    (key, words): (&str, &str),
    cells: Option<&Vec<String>>,
) -> AnyView {
    let say = language.tables();
    let place = key.parse::<usize>().ok();
    let wrong = place.map(|at| shown.errors_at(TablePlace::Row(at), language)).unwrap_or_default();
    let wrong = wrong.into_iter().map(|error| view! { <p class=ERROR>{error}</p> });
    let fields = shown.columns.iter().zip(names).enumerate().map(|(at, (column, name))| {
        let saved = cells.map_or("*", |cells| cells.get(at).map_or("*", String::as_str));
        let errors =
            place.map(|row| shown.errors_at(TablePlace::Cell(row, at), language)).unwrap_or_default();
        let spoken = match place {
            Some(row) => say.cell_of(&(row + 1), name),
            None => format!("{words}, {name}"),
        };
        view! {
            <td class=rows::LABELLED data-label=name.clone()>
                {cell(form, language, &shown.product, (key, at), *column, saved, spoken, errors)}
            </td>
        }
    });
    let remove = place.map(|at| {
        act(&shown.address(), || {
            view! {
                <button type="submit" class=button::ICON name="do" value=format!("remove:{at}") title=say.remove_row() aria-label=say.remove_row_of(&(at + 1))>
                    "×"
                </button>
            }
            .into_any()
        })
    });
    view! {
        <tr class=rows::ROW data-testid=if place.is_some() { "table-row" } else { "new-row" }>
            <th scope="row" class=rows::NAME>{words.to_owned()} {wrong.collect_view()}</th>
            {fields.collect_view()}
            <td class=rows::ACT>{remove}</td>
        </tr>
    }
    .into_any()
}

/// The pages before and after: buttons that save what is typed; links for whoever only reads.
fn paging(say: &'static Tables, shown: &TablePage, last: usize) -> Option<AnyView> {
    let all = shown.written.rows.len();
    if all <= ROWS_OF_PAGE {
        return None;
    }
    let way = |to: Option<usize>, words: &'static str, test: &'static str| {
        let from = to? + 1;
        let may_edit = act(&shown.address(), || {
            view! { <button type="submit" class=button::QUIET_SMALL name="do" value=format!("page:{from}") data-testid=test>{words}</button> }
                .into_any()
        });
        let reading = || {
            let address = paths::admin::table_from(&shown.slug, &shown.key, from);
            view! { <a class=link::STANDING href=address data-testid=test>{words}</a> }.into_any()
        };
        Some(may_edit.unwrap_or_else(reading))
    };
    let before = (shown.first > 0).then(|| shown.first.saturating_sub(ROWS_OF_PAGE));
    let after = (last < all).then_some(last);
    Some(
        view! {
            <p class="mt-3" data-testid="shown-rows">{say.shown_rows(&(shown.first + 1), &last, &all)}</p>
            <div class=PAGING>
                {way(before, say.earlier_rows(), "earlier-rows")} {way(after, say.later_rows(), "later-rows")}
            </div>
        }
        .into_any(),
    )
}

fn save(language: Language) -> AnyView {
    let words = language.tables().save_table();
    view! {
        <div class=format!("{} mt-3", button::ROW)><button type="submit" class=button::PRIMARY data-testid="save-table">{words}</button> {saving(language)}</div>
    }
    .into_any()
}

/// Where rows of a spreadsheet are pasted; open where some came back.
fn paste(form: Form, say: &'static Tables, shown: &TablePage) -> AnyView {
    let is_open = form.typed("rows").is_some_and(|rows| !rows.is_empty());
    view! {
        <details class=MORE open=is_open data-testid="paste">
            <summary class=SUMMARY>{say.paste()}</summary>
            <p class=HINT>{say.paste_hint(&shown.written.columns.join(", "))}</p>
            {rows_area(form, say.paste(), form.messages(ROWS_LEFT))}
            {tick("replace", say.replace_rows(), form.ticked("replace", "on", false), None)}
            <p><button type="submit" class=button::QUIET data-testid="save-rows">{say.save_table()}</button></p>
        </details>
    }
    .into_any()
}

/// Columns that come and go.
fn columns(form: Form, say: &'static Tables, shown: &TablePage) -> AnyView {
    let others =
        Column::all(&shown.product.attributes).filter(|column| !shown.columns.contains(&Some(*column)));
    let entry = |column: Column| {
        let value = column.text(&shown.product.attributes);
        Entry {
            words: column_words(column, &shown.product, say),
            selected: form.typed("column") == Some(value.as_str()),
            value,
        }
    };
    let none = Entry { words: "–".to_owned(), ..Entry::default() };
    let field = Field {
        id: "column".to_owned(),
        name: "column".to_owned(),
        label: say.another_column().to_owned(),
        errors: form.message("column").into_iter().collect(),
        hint: say.add_column_hint().to_owned(),
        ..Field::default()
    };
    let is_open = form.message("column").is_some();
    let removes = shown.names(say).into_iter().enumerate().filter(|_| shown.columns.len() > 1).map(|(at, name)| {
        view! {
            <button type="submit" class=button::PLAIN name="do" value=format!("remove-column:{at}")>{say.remove_column_of(&name)}</button>
        }
    });
    view! {
        <details class=MORE open=is_open>
            <summary class=SUMMARY>{say.columns()}</summary>
            <div class="max-w-[30rem]">
                {field.select(std::iter::once(none).chain(others.map(entry)).collect())}
                <button type="submit" class=button::QUIET name="do" value="add-column">{say.add_column()}</button>
            </div>
            <div class=button::ROW>{removes.collect_view()}</div>
        </details>
    }
    .into_any()
}
