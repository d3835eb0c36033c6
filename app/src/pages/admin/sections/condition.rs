//! When something is so, as its field shows it: by menus, or as text where no menus can say it or somebody wants to write.

use leptos::prelude::*;

use super::super::editor::Editor;
use super::super::form::{AreaField, Form};
use super::super::mistakes::RuleText;
use super::menus;
use crate::ui::text;

/// A condition of the draft.
#[derive(Clone, Copy)]
pub(super) struct Condition<'t> {
    /// Its place in the draft, as problems name it.
    pub(super) place: &'t str,
    /// The name of the field that has its text.
    pub(super) name: &'t str,
    /// What people call it.
    pub(super) label: &'t str,
    /// What the draft has there.
    pub(super) saved: &'t str,
    /// Whether it is one of so many that menus for all of them are too much of a page: each has its own when it is asked for.
    pub(super) is_of_many: bool,
}

impl Condition<'_> {
    /// Its menus or its text, which change as one.
    pub(super) fn view(self, editor: &Editor, form: Form) -> AnyView {
        let Self { place, name, label, saved, is_of_many } = self;
        let is_asked = form.typed(&format!("by.{name}")).is_some();
        // Who only reads it reads a text.
        let has_menus = !form.reads() && (is_asked || !is_of_many || saved.trim().is_empty());
        let by_menus = has_menus.then(|| menus::of_condition(editor, form, name, (label, place, saved)));
        let shown = match by_menus.flatten() {
            Some(menus) => {
                let said = form.said(name, saved, editor.problems_at(place));
                menus.condition(said.notes(place).0)
            }
            None => self.text(editor, form),
        };
        view! { <div class="col-span-full mb-4 min-w-0" data-whole data-condition=place.to_owned()>{shown}</div> }
            .into_any()
    }

    fn text(self, editor: &Editor, form: Form) -> AnyView {
        let Self { place, name, label, saved, .. } = self;
        let written = RuleText { slug: &editor.slug, place, name, called: label, saved };
        let (mistakes, described_by) = written.mistakes(&editor.problems, editor.language);
        let hint = format!("{place}.hint");
        let field = AreaField {
            problems: editor.problems_at(place),
            id: place.to_owned(),
            name: name.to_owned(),
            label,
            saved,
            rows: 1,
            code: true,
            described_by,
            told_by: Some(hint.clone()),
            ..AreaField::default()
        };
        view! {
            <div class="grid gap-3 focus:outline-none" tabindex="-1" autofocus=form.shows_rule(name)>
                {field.view(form)}
                <p class=text::HINT id=hint>{editor.say().hint_when()}</p>
                {mistakes}
                {menus::to_condition(editor, name, label, &form.text(name, saved))}
            </div>
        }
        .into_any()
    }
}
