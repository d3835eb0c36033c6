//! The options of an attribute: a table with a row for each, and one for another.

use configurator::source::AttributeSource;
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{Form, TextField, tick};
use super::super::option_pages::is_long;
use super::super::place::attribute_anchor;
use super::listed::place;
use super::long_menu::{over_list, paging};
use super::option_row::{COLOUR, COLOUR_FIELD, Further, NO_COLOUR, Row, row};
use super::option_rows::rows_of_table;
use super::section::decimal;
use crate::ui::button;
use crate::ui::field::{ERROR, LABEL};

const NEW: &str = "flex flex-wrap items-end gap-x-3 gap-y-2 pt-4";

/// The options of a choice or multi-choice, and a row for another one.
pub(crate) fn options(editor: &Editor, form: Form, index: usize, attribute: &AttributeSource) -> AnyView {
    let (say, place_of_list) = (editor.say(), format!("attributes.{index}.options"));
    let anchor = attribute_anchor(&attribute.code);
    let (shown, is_long) = (editor.options_of(attribute), is_long(attribute));
    let fields = editor.fields.get(&anchor).map(Vec::as_slice).unwrap_or_default();
    let further = Further::of(fields);
    let rows = shown.places.iter().zip(editor.keys(&anchor)).filter_map(|(&at, key)| {
        let option = attribute.options.get(at)?;
        let of = Row {
            place: &format!("{place_of_list}.{at}"),
            attribute: &attribute.code,
            key,
            option,
            ends: [at == 0, at + 1 == attribute.options.len()],
            fields,
            further: &further,
        };
        Some(row(editor, form, of, Some(place(form, &anchor, key, at, &option.label))))
    });
    let general =
        editor.problems_at(&place_of_list).into_iter().map(|problem| view! { <p class=ERROR>{problem}</p> });
    let heads = further.heads(fields).into_iter();
    let heads = heads.map(|head| view! { <span title=head.to_owned()>{head.to_owned()}</span> });
    let list = (!shown.places.is_empty()).then(|| {
        view! {
            <div data-options="" style=further.widths()>
                <div data-heads="" class="text-s text-muted" aria-hidden="true">
                    <span>{say.option()}</span>
                    <span>{say.price()}</span>
                    <span>{say.colour()}</span>
                    <span title=say.on_the_menu()>{say.menu()}</span>
                    {heads.collect_view()}
                </div>
                <ol class="border-b border-line">{rows.collect_view()}</ol>
            </div>
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
