//! Name, summary, base price, lead time.

use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::TextField;
use super::section::{decimal, section};
use crate::ui::field::PAIR;

pub(crate) fn basics(editor: &Editor) -> AnyView {
    let (form, source) = (editor.form("basics"), &editor.source);
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
    let price_label = format!("Base price in {}, VAT included", source.currency);
    let fields = view! {
        {line("name", "Name", &source.name, "text")}
        {line("summary", "One sentence for the product list", &source.summary, "text")}
        <div class=PAIR>
            {line("base_price", &price_label, &decimal(source, source.base_price), "decimal")}
            {line("lead_time_days", "Lead time in days", &source.lead_time_days.to_string(), "numeric")}
        </div>
    };
    section(editor, "basics", "Product", "Save product", fields.into_any())
}
