//! The sections of the editor, one file each: product, attributes with their options, rules, standard design, budget.
//! Each is a form of its own.

mod attribute;
mod basics;
mod budget;
mod options;
mod rules;
mod standard;

use configurator::source::Source;
use configurator::{Currency, Money};
use leptos::prelude::*;

use super::editor::Editor;
use super::form::enter_saves;
use crate::paths;

pub(super) use attribute::attribute;
pub(super) use basics::basics;
pub(super) use budget::budget;
pub(super) use rules::rules;
pub(super) use standard::standard;

/// An amount as a form shows it.
fn decimal(source: &Source, amount: i64) -> String {
    Currency::new(&source.currency)
        .map_or_else(|| amount.to_string(), |currency| Money::new(amount, currency).decimal())
}

/// A surcharge as a form shows it: nothing for none.
fn surcharge(source: &Source, amount: i64) -> String {
    if amount == 0 { String::new() } else { decimal(source, amount) }
}

/// A section that is one form.
fn section(
    editor: &Editor,
    id: &'static str,
    title: &'static str,
    button: &'static str,
    fields: AnyView,
) -> AnyView {
    let form = editor.form(id);
    let title_id = format!("{id}-title");
    view! {
        <section id=id class="admin-section" aria-labelledby=title_id.clone()>
            <h2 id=title_id.clone() class="admin-heading">{title} {editor.saved_note(id)}</h2>
            <form method="post" action=paths::admin::section(&editor.slug, id) class="admin-form" novalidate>
                {form.notice()}
                {editor.origin()}
                {enter_saves()}
                {fields}
                <button type="submit" class="button button-quiet" data-testid=format!("save-{id}")>{button}</button>
            </form>
        </section>
    }
    .into_any()
}
