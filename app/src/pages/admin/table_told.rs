//! What a table rule leaves out, says twice and for nothing beside all other rules, with a button for each that mends it.

use configurator::analysis::{Gap, Idle, MOST_TABLE_NAMED, Overlap, TableReport};
use configurator::rule::Column;
use leptos::prelude::*;
use words::{Language, Tables};

use super::form::Form;
use super::sections::cell_words;
use super::table::{TableAnswer, TablePage};
use crate::ui::form::act;
use crate::ui::{button, table as rows, text};

/// Most of what covers a row that is named.
const MOST_COVERING: usize = 8;

/// What can be told of the table as it is saved. Where somebody else saved meanwhile, that is for the page as it is then.
pub(super) fn told(form: Form, language: Language, shown: &TablePage) -> Option<AnyView> {
    let say = language.tables();
    if form.origin().is_some() {
        return None;
    }
    let told = match &shown.told {
        TableAnswer::Report(report) => report_view(language, shown, report),
        TableAnswer::TooMuch => {
            view! { <p class="mt-1" data-testid="too-much">{say.too_much()}</p> }.into_any()
        }
        TableAnswer::Unsound => {
            view! { <p class="mt-1" data-testid="not-told">{say.not_told_yet()}</p> }.into_any()
        }
    };
    Some(
        view! {
            <section class="mt-6 border-t border-line pt-5" aria-labelledby="told-title" data-testid="table-told">
                <h2 class=text::HEADING id="told-title">{say.what_it_says()}</h2>
                {told}
            </section>
        }
        .into_any(),
    )
}

/// A number as people read it; the largest stands for more.
fn number(language: Language, count: u128) -> String {
    i64::try_from(count).map_or_else(|_| "> 10¹⁸".to_owned(), |count| language.words().locale.number(count))
}

fn report_view(language: Language, shown: &TablePage, report: &TableReport) -> AnyView {
    let say = language.tables();
    let possible = number(language, report.possible);
    let open = u64::try_from(report.open).unwrap_or(u64::MAX);
    let sum = match (report.possible, open) {
        (0, _) => say.no_combinations().to_owned(),
        (_, 0) => say.complete(&possible),
        _ if shown.written.allowed => say.open_allowed(open, &possible),
        _ => say.open_forbidden(open, &possible),
    };
    view! {
        <p class="mt-1" data-testid="sum">{sum}</p>
        {(!report.gaps.is_empty()).then(|| gaps(language, shown, report))}
        {(!shown.written.rows.is_empty()).then(|| view! { {idle(say, shown, &report.idle)} {overlaps(language, report)} })}
    }
    .into_any()
}

/// Combinations in no row, each a row that can be inserted.
fn gaps(language: Language, shown: &TablePage, report: &TableReport) -> AnyView {
    let (say, names) = (language.tables(), shown.names(language.tables()));
    let columns: Vec<Column> = shown.columns.iter().copied().flatten().collect();
    let head = names.iter().map(|name| view! { <th scope="col" class=rows::HEAD_CELL>{name.clone()}</th> });
    let attributes = &shown.product.attributes;
    let some = report.gaps.iter().map(|Gap { cells, combinations }| {
        let written: Vec<String> =
            cells.iter().zip(&columns).map(|(cell, column)| cell.text(*column, attributes)).collect();
        let written = written.join(", ");
        let words: Vec<String> = cells
            .iter()
            .zip(&columns)
            .map(|(cell, column)| cell_words(cell, *column, &shown.product, say))
            .collect();
        let spoken = say.insert_row_of(&words.join(", "));
        let cells = words.into_iter().zip(&names).map(|(words, name)| {
            view! { <td class=rows::LABELLED data-label=name.clone()>{words}</td> }
        });
        view! {
            <tr class=rows::ROW data-testid="gap">
                {cells.collect_view()}
                <td class=rows::NUMBER data-label=say.combinations()>{number(language, *combinations)}</td>
                <td class=rows::ACT>
                    {act(&shown.address(), || view! {
                        <input type="hidden" name="gap" value=written.clone() />
                        <button type="submit" class=button::PLAIN name="do" value=format!("insert:{written}") aria-label=spoken>{say.insert()}</button>
                    }.into_any())}
                </td>
            </tr>
        }
    });
    let more =
        (report.gaps.len() == MOST_TABLE_NAMED).then(|| view! { <p class=text::HINT>{say.more_gaps()}</p> });
    view! {
        <h3 class="mt-4 font-semibold">{say.gaps()}</h3>
        <table class=rows::TABLE>
            <thead class=rows::HEAD>
                <tr>
                    {head.collect_view()}
                    <th scope="col" class=rows::HEAD_NUMBER>{say.combinations()}</th>
                    <th scope="col" class=rows::HEAD_CELL><span class="sr-only">{say.insert()}</span></th>
                </tr>
            </thead>
            <tbody class=rows::BODY>{some.collect_view()}</tbody>
        </table>
        {more}
        {act(&shown.address(), || view! {
            <p class="mt-2"><button type="submit" class=button::QUIET name="do" value="insert-all" data-testid="insert-all">{say.insert_all()}</button></p>
        }.into_any())}
    }
    .into_any()
}

/// Rows that change nothing, all of which can go at once.
fn idle(say: &'static Tables, shown: &TablePage, idle: &[Idle]) -> AnyView {
    if idle.is_empty() {
        return view! { <p class="mt-3" data-testid="no-idle">{say.no_idle()}</p> }.into_any();
    }
    let some = idle.iter().take(MOST_TABLE_NAMED).map(|Idle { row, covered_by }| {
        let mut by: Vec<String> =
            covered_by.iter().take(MOST_COVERING).map(|row| (row + 1).to_string()).collect();
        by.extend((covered_by.len() > MOST_COVERING).then(|| "…".to_owned()));
        let told = match covered_by.is_empty() {
            true => say.is_impossible(&(row + 1)),
            false => say.is_covered(&(row + 1), &by.join(", ")),
        };
        view! { <li class="border-t border-line py-1.5 wrap-anywhere" data-testid="idle">{told}</li> }
    });
    let more =
        (idle.len() > MOST_TABLE_NAMED).then(|| view! { <li class="border-t border-line py-1.5">"…"</li> });
    let places =
        idle.iter().map(|idle| view! { <input type="hidden" name="idle" value=idle.row.to_string() /> });
    view! {
        <h3 class="mt-4 font-semibold">{say.idle()}</h3>
        <ul class="mt-1">{some.collect_view()} {more}</ul>
        {act(&shown.address(), || view! {
            {places.collect_view()}
            <p class="mt-2"><button type="submit" class=button::QUIET name="do" value="remove-idle" data-testid="remove-idle">{say.remove_idle(idle.len() as u64)}</button></p>
        }.into_any())}
    }
    .into_any()
}

fn overlaps(language: Language, report: &TableReport) -> AnyView {
    let say = language.tables();
    if report.overlaps.is_empty() {
        return view! { <p class="mt-3" data-testid="no-overlaps">{say.no_overlaps()}</p> }.into_any();
    }
    let some = report.overlaps.iter().map(|Overlap { rows, combinations }| {
        let rows = say.says_twice(&(rows.0 + 1), &(rows.1 + 1));
        let count = number(language, *combinations);
        view! { <li class="border-t border-line py-1.5" data-testid="overlap">{rows}" · "{say.combinations()}": "{count}</li> }
    });
    let more = report.more_overlaps.then(|| view! { <p class=text::HINT>{say.more_overlaps()}</p> });
    view! {
        <h3 class="mt-4 font-semibold">{say.overlaps()}</h3>
        <ul class="mt-1">{some.collect_view()}</ul>
        {more}
    }
    .into_any()
}
