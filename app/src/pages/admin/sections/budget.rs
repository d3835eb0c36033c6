//! The budget of points.

use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{TextField, tick};
use super::section::section;
use crate::ui::field::PAIR;
use crate::ui::text;

pub(crate) fn budget(editor: &Editor) -> AnyView {
    let (form, say) = (editor.form("budget"), editor.say());
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
        <p class=text::LEAD>{say.budget_hint()}</p>
        {tick("on", say.limit_departures(), form.ticked("on", "on", budget.is_some()), None)}
        <div class=PAIR>
            {line("ceiling", say.ceiling(), budget.map_or(10, |budget| budget.ceiling))}
            {line("per_deviation", say.points_of_deviation(), budget.map_or(1, |budget| budget.per_deviation))}
        </div>
    };
    section(editor, "budget", say.customisation_budget(), say.save_budget(), fields.into_any())
}
