//! What the sections share: their frame, and amounts as forms show them.

use configurator::{Currency, Money};
use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{end, enter_saves};
use super::super::shell::FORM;
use crate::paths;
use crate::ui::form::Post;
use crate::ui::{button, text};

/// A section of the editor.
pub(crate) const SECTION: &str = "border-t border-line pt-6 pb-8 first-of-type:border-t-0 first-of-type:pt-2";

/// An amount as a form shows it: with the language's separator, without a sign for the currency.
pub(super) fn decimal(editor: &Editor, amount: i64) -> String {
    let decimal = |currency| Money::new(amount, currency).decimal();
    let written = Currency::new(&editor.source.currency).map_or_else(|| amount.to_string(), decimal);
    written.replace('.', editor.language.words().locale.decimal)
}

/// A surcharge as a form shows it: nothing for none.
pub(super) fn surcharge(editor: &Editor, amount: i64) -> String {
    if amount == 0 { String::new() } else { decimal(editor, amount) }
}

/// A section that is one form.
pub(super) fn section(
    editor: &Editor,
    id: &'static str,
    title: &'static str,
    button: &'static str,
    fields: AnyView,
) -> AnyView {
    let form = editor.form(id);
    let title_id = format!("{id}-title");
    view! {
        <section id=id class=SECTION aria-labelledby=title_id.clone() data-part=id data-open=form.came_back().then_some("")>
            <h2 id=title_id.clone() class=text::HEADING>{title} {editor.saved_note(id)}</h2>
            {editor.take_back(id)}
            {editor.open_alone(id, title)}
            {Post::to(paths::admin::section(&editor.slug, id)).class(FORM).judged_here().sheet(|| view! {
                {editor.act(|| enter_saves(editor.say()))}
                {form.notice()}
                {editor.origin_of(form)}
                {fields}
                {editor.act(|| view! { <button type="submit" class=button::QUIET data-testid=format!("save-{id}")>{button}</button> }.into_any())}
                {end()}
            }.into_any())}
        </section>
    }
    .into_any()
}
