//! Fields that a form shows because a table says so: where each is in the product, what it is called, how it is asked for.

use leptos::prelude::*;

use super::editor::Editor;
use super::form::{Form, tick};
use super::mistakes::RuleText;
use crate::ui::field::{Entry, Field};

/// How a field is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlacedControl {
    /// A line of text; what a phone's keyboard offers.
    Line(&'static str),
    /// Several lines of text.
    Lines,
    /// The rule language.
    Rule,
    /// A condition, by menus or in the rule language.
    Condition,
    /// How many times something counts, by menus or in the rule language.
    Quantity,
    /// Attributes with a value each, by menus or one to a line.
    Values,
    /// A box to tick; whether it is.
    Tick(bool),
    /// A list to pick from: what is sent and what is read.
    Pick(Vec<(String, String)>),
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedField {
    /// Its place in the product, as problems name it.
    pub place: String,
    /// Its name in the form.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What is good to know about it.
    pub hint: &'static str,
    /// What the draft has there.
    pub saved: String,
    /// How it is asked for.
    pub control: PlacedControl,
    /// The entry of the form's list that it belongs to; `new` for another one.
    pub entry: Option<String>,
    /// Whether its section lays it out itself.
    pub laid_out: bool,
}

/// What a form calls the entries of its list, in their order.
pub(super) fn keys(fields: &[PlacedField]) -> Vec<&str> {
    let mut keys: Vec<&str> = Vec::new();
    for key in fields.iter().filter_map(|field| field.entry.as_deref()).filter(|key| *key != "new") {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

impl PlacedField {
    pub(super) fn view(&self, editor: &Editor, form: Form) -> AnyView {
        let problems = editor.problems_at(&self.place);
        if let PlacedControl::Tick(ticked) = self.control {
            return tick(&self.name, &self.label, form.ticked(&self.name, "on", ticked), None);
        }
        let value = form.text(&self.name, &self.saved);
        let said = form.said(&self.name, &self.saved, problems);
        let about = said.about(self.place.clone(), self.name.clone(), &self.label);
        let (hint, hint_test) = match about.hint.is_empty() {
            true => (self.hint.to_owned(), None),
            false => (about.hint, about.hint_test),
        };
        let field = Field { value: value.clone(), hint, hint_test, ..about };
        if form.reads() {
            return Field { value: self.words_of(value), hint: String::new(), ..field }.told();
        }
        match &self.control {
            PlacedControl::Line(keyboard) => Field { keyboard, ..field }.text("text"),
            PlacedControl::Lines | PlacedControl::Values => field.area(2, false),
            PlacedControl::Rule
            | PlacedControl::Condition
            | PlacedControl::Quantity
            | PlacedControl::Tick(_) => {
                let text = RuleText {
                    slug: &editor.slug,
                    place: &self.place,
                    name: &self.name,
                    called: &self.label,
                    saved: &self.saved,
                };
                let (shown, described_by) = text.mistakes(&editor.problems, editor.language);
                let field = Field { wrong: described_by.is_some(), described_by, ..field }.area(1, true);
                view! { <div>{field} {shown}</div> }.into_any()
            }
            PlacedControl::Pick(among) => {
                let entry = |(code, words): &(String, String)| Entry {
                    value: code.clone(),
                    words: words.clone(),
                    selected: *code == value,
                };
                Field { autocomplete: "", ..field }.select(among.iter().map(entry).collect())
            }
        }
    }

    /// What it says, as people read it.
    fn words_of(&self, value: String) -> String {
        let PlacedControl::Pick(among) = &self.control else { return value };
        let picked = among.iter().find(|(code, _)| *code == value);
        picked.map_or(value, |(_, words)| words.clone())
    }

    /// Whether something is wrong with it, so that what it is in has to be open.
    pub(super) fn is_wrong(&self, editor: &Editor, form: Form) -> bool {
        form.message(&self.name).is_some()
            || editor.problems.iter().any(|problem| problem.place == self.place)
    }
}
