//! Options from a table: where rows of a spreadsheet are pasted, and those that came back, each cell a field with what is wrong at it.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{AreaField, Form, ROWS_LEFT, TextField, tick};
use crate::paths::{self, route};
use crate::ui::disclosure::{MORE, SUMMARY};
use crate::ui::field::{HINT, LABEL};
use crate::ui::form::act;
use crate::ui::notice::STOP;
use crate::ui::table::{BODY, HEAD, HEAD_CELL, LABELLED, NAME, ROW, TABLE};
use crate::ui::{button, link, text};

/// What the names of fields begin with that are cells of rows which came back: `left.7.price`.
const LEFT: &str = "left.";

/// Where rows of a spreadsheet are pasted; open where some came back.
pub(super) fn rows_of_table(editor: &Editor, form: Form, index: usize, code: &str) -> AnyView {
    let (say, rows, slug) = (form.say(), form.text("rows", ""), &editor.slug);
    let left = left_rows(editor, form, index);
    let messages = form.messages(ROWS_LEFT);
    let wrong_id = format!("attributes.{index}.rows-wrong");
    let below = (left.is_some() && !messages.is_empty()).then(|| {
        let many = rows.lines().count().saturating_sub(1) as u64;
        view! { <p>{form.assortment().rows_below(many)}</p> }
    });
    let wrong = (!messages.is_empty()).then(|| {
        let lines = messages.into_iter().map(|message| view! { <li>{message}</li> });
        view! { <div class=format!("{STOP} mt-2") id=wrong_id.clone() tabindex="-1">{below} <ul>{lines.collect_view()}</ul></div> }
    });
    let area = AreaField {
        id: format!("attributes.{index}.rows"),
        described_by: wrong.is_some().then(|| wrong_id.clone()),
        name: "rows".to_owned(),
        label: say.paste_table(),
        rows: 8,
        keeps_height: true,
        ..AreaField::default()
    };
    let columns = editor.option_columns.join(", ");
    let paste = act(&paths::admin::attribute(slug, code), || {
        view! {
            <p class=text::HINT>{say.paste_hint(&columns)}</p>
            {area.view(form)}
            <p class="mt-2"><button type="submit" class=button::QUIET_SMALL name="do" value="save" data-testid="take-rows">{form.assortment().save_rows()}</button></p>
        }
        .into_any()
    });
    let prices = act(route::admin::PRICES, || {
        view! { " · " <a class=link::LINK href=paths::admin::prices(slug)>{form.assortment().change_prices()}</a> }
            .into_any()
    });
    let is_open = left.is_some() || !rows.is_empty();
    view! {
        <details class=MORE open=is_open id=format!("{index}-table") data-whole>
            <summary class=SUMMARY>{say.options_table()}</summary>
            {left}
            {wrong}
            {paste}
            <p class="mt-2"><a class=link::LINK href=paths::admin::options_csv(slug, code) download="" data-testid="options-csv">{form.assortment().options_csv()}</a> {prices}</p>
        </details>
    }
    .into_any()
}

/// The rows that came back, as a table of fields.
fn left_rows(editor: &Editor, form: Form, index: usize) -> Option<AnyView> {
    let mut rows: BTreeMap<usize, BTreeMap<&str, &str>> = BTreeMap::new();
    let typed = form.typed_behind(LEFT);
    for (name, values) in &typed {
        let Some((key, field)) = name.split_once('.') else { continue };
        if let (Ok(key), Some(value)) = (key.parse(), values.first()) {
            rows.entry(key).or_default().insert(field, value);
        }
    }
    let has = |column: &&&str| rows.values().any(|row| row.contains_key(**column));
    let columns: Vec<&'static str> = editor.option_columns.iter().filter(has).copied().collect();
    if columns.is_empty() {
        return None;
    }
    let say = form.assortment();
    let shown = rows.iter().map(|(key, row)| left_row(form, (index, *key), row, &columns));
    let heads = columns.iter().map(|column| view! { <th scope="col" class=HEAD_CELL>{*column}</th> });
    Some(
        view! {
            <fieldset class="mt-2 min-w-0" data-whole data-testid="rows-wrong" data-saved-rest=form.has_saved_rest().then_some("on")>
                <legend class=LABEL>{say.rows_to_mend()}</legend>
                <p class=HINT>{say.rows_to_mend_hint()}</p>
                <div class="overflow-x-auto">
                    <table class=TABLE>
                        <thead class=HEAD>
                            <tr>
                                <th scope="col" class=HEAD_CELL>{say.row()}</th>
                                {heads.collect_view()}
                                <th scope="col" class=HEAD_CELL>{say.leave_out()}</th>
                            </tr>
                        </thead>
                        <tbody class=BODY>{shown.collect_view()}</tbody>
                    </table>
                </div>
                <p class="mt-2">
                    <button type="submit" class=button::QUIET_SMALL name="do" value="save" data-testid="save-rows">{say.save_rows()}</button>
                    " "
                    <button type="submit" class=button::PLAIN name="do" value="rows-out" data-testid="rows-out">{say.leave_all_out()}</button>
                </p>
            </fieldset>
        }
        .into_any(),
    )
}

/// One of them.
fn left_row(
    form: Form,
    (index, key): (usize, usize),
    row: &BTreeMap<&str, &str>,
    columns: &[&'static str],
) -> AnyView {
    let say = form.assortment();
    let number = row.get("row").map_or_else(|| key.to_string(), |number| (*number).to_owned());
    let key = format!("{LEFT}{key}");
    let cells = columns.iter().map(|column| {
        let field = row.get(column).map(|text| {
            let (id, name) = (format!("attributes.{index}.{key}.{column}"), format!("{key}.{column}"));
            let (label, quiet_label) = (say.cell_of_row(&number, column), true);
            let label = label.as_str();
            // A line of text would drop its line breaks.
            if text.contains('\n') {
                return AreaField { id, name, label, quiet_label, rows: 2, ..AreaField::default() }
                    .view(form);
            }
            let field = TextField {
                id,
                name,
                label,
                quiet_label,
                tight: true,
                keyboard: "text",
                ..TextField::default()
            };
            field.view(form)
        });
        view! { <td class=LABELLED data-label=*column>{field}</td> }
    });
    let out = format!("{key}.out");
    let out = tick(&out, "", form.ticked(&out, "on", false), Some(say.leave_row_out(&number)));
    view! {
        <tr class=ROW data-key=key.clone()>
            <th scope="row" class=NAME>
                {number.clone()}
                <input type="hidden" name=format!("{key}.row") value=number.clone() />
            </th>
            {cells.collect_view()}
            <td class=LABELLED data-label=say.leave_out()>{out}</td>
        </tr>
    }
    .into_any()
}
