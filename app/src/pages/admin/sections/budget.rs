//! The budget of points.

use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{TextField, tick};
use super::section::section;
use crate::ui::field::PAIR;
use crate::ui::text;

pub(crate) fn budget(editor: &Editor) -> AnyView {
    let form = editor.form("budget");
    let budget = editor.source.budget.as_ref();
    let line = |name: &str, label: &str, saved: u32| {
        TextField {
            id: format!("budget.{name}"),
            name: name.to_owned(),
            label,
            saved: &saved.to_string(),
            keyboard: "numeric",
            problems: editor.problems_at(&format!("budget.{name}")),
            ..TextField::default()
        }
        .view(form)
    };
    let fields = view! {
        <p class=text::LEAD>
            "Departing from the standard costs points, and a design may cost no more than the ceiling. Options with points of their own keep them."
        </p>
        {tick("on", "Limit how far a design may depart from the standard", form.ticked("on", "on", budget.is_some()), None)}
        <div class=PAIR>
            {line("ceiling", "Ceiling in points", budget.map_or(10, |budget| budget.ceiling))}
            {line("per_deviation", "Points of one deviation", budget.map_or(1, |budget| budget.per_deviation))}
        </div>
    };
    section(editor, "budget", "Customisation budget", "Save budget", fields.into_any())
}
