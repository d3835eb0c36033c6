//! Name, summary, base price, lead time.

use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::TextField;
use super::listed::rest;
use super::section::{decimal, section};
use super::unsettled::forgotten;
use crate::ui::field::PAIR;

pub(crate) fn basics(editor: &Editor) -> AnyView {
    let (form, source, say) = (editor.form("basics"), &editor.source, editor.say());
    let line = |name: &str, label: &str, saved: &str, keyboard: &'static str| {
        let problems = editor.problems_at(name);
        TextField {
            id: name.to_owned(),
            name: name.to_owned(),
            label,
            saved,
            keyboard,
            problems,
            ..TextField::default()
        }
        .view(form)
    };
    let price_label = say.base_price_in(&source.currency);
    let fields = view! {
        {line("name", say.name(), &source.name, "text")}
        {line("summary", say.summary(), &source.summary, "text")}
        <div class=PAIR>
            {line("base_price", &price_label, &decimal(editor, source.base_price), "decimal")}
            {line("lead_time_days", say.lead_time_in_days(), &source.lead_time_days.to_string(), "numeric")}
        </div>
        {forgotten(editor, None, "")}
        {rest(editor, form, "basics", say.product(), None)}
    };
    section(editor, "basics", say.product(), say.save_product(), fields.into_any())
}
