//! Forms that may come back: fields show what was typed where it was not saved, and say why.

use leptos::prelude::*;

use crate::pages::document::escape;
use crate::pages::order::FieldMessage;

/// A form of the editor that was not saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// Which one: `basics`, `attribute-` with a code, `rules`, `standard` or `budget`.
    pub form: String,
    /// What was typed, by field.
    pub typed: Vec<(String, String)>,
    /// What is wrong with it.
    pub messages: Vec<FieldMessage>,
    /// Who saved the draft meanwhile, in a sentence. Fields then show what is saved now beside what was typed.
    pub conflict: Option<String>,
}

/// One form of the editor: fresh, or come back.
#[derive(Clone, Copy)]
pub(super) struct Form<'r> {
    returned: Option<&'r Returned>,
}

impl<'r> Form<'r> {
    pub(super) fn new(id: &str, returned: Option<&'r Returned>) -> Self {
        Self { returned: returned.filter(|returned| returned.form == id) }
    }

    /// Whether it was not saved.
    pub(super) fn came_back(self) -> bool {
        self.returned.is_some()
    }

    /// What a text field shows.
    pub(super) fn text(self, name: &str, saved: &str) -> String {
        let typed = self.returned.and_then(|returned| returned.typed.iter().find(|(known, _)| known == name));
        typed.map_or_else(|| saved.to_owned(), |(_, value)| value.clone())
    }

    /// Whether a box is ticked, or an option of a list selected.
    pub(super) fn ticked(self, name: &str, value: &str, saved: bool) -> bool {
        self.returned.map_or(saved, |returned| {
            returned.typed.iter().any(|(known, typed)| known == name && typed == value)
        })
    }

    /// What is wrong with a field.
    pub(super) fn message(self, name: &str) -> Option<String> {
        let messages = &self.returned?.messages;
        messages.iter().find(|message| message.field == name).map(|message| message.message.clone())
    }

    /// What somebody else left in a field, where it differs from what was typed.
    fn saved_now(self, name: &str, saved: &str) -> Option<String> {
        let conflict = self.returned?.conflict.is_some();
        (conflict && self.text(name, saved) != saved).then(|| match saved {
            "" => "Saved now: nothing".to_owned(),
            saved => format!("Saved now: {saved}"),
        })
    }

    /// Why it came back, over its fields.
    pub(super) fn notice(self) -> Option<AnyView> {
        let returned = self.returned?;
        let general = returned.messages.iter().filter(|message| message.field.is_empty()).map(|message| {
            view! { <p>{message.message.clone()}</p> }
        });
        let general: Vec<_> = general.collect();
        Some(match &returned.conflict {
            Some(conflict) => view! {
                <div class="notice notice-stop" role="alert" tabindex="-1" autofocus data-testid="conflict">
                    <p>
                        {conflict.clone()}
                        " What you typed is still here and not saved. Compare it with what is saved now, then save again or "
                        <a class="link" href="?">"take theirs"</a> "."
                    </p>
                </div>
            }
            .into_any(),
            None => view! {
                <div class="notice notice-stop" role="alert" data-testid="not-saved">
                    <p>"Not saved yet. What you typed is still here; please look at the marked fields."</p>
                    {general}
                </div>
            }
            .into_any(),
        })
    }
}

/// A labelled line of text.
pub(super) struct TextField<'t> {
    /// Also the place that problems name.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: &'t str,
    /// Only for those who can't see the row it stands in.
    pub(super) quiet_label: bool,
    pub(super) saved: &'t str,
    /// `text`, `decimal` or `numeric`: what a phone's keyboard offers.
    pub(super) keyboard: &'static str,
    pub(super) placeholder: &'static str,
    /// What the analysis of the draft says about it.
    pub(super) problems: Vec<String>,
}

impl TextField<'_> {
    pub(super) fn view(self, form: Form) -> AnyView {
        let class = if self.quiet_label { "visually-hidden" } else { "" };
        let notes = notes(form, &self.name, self.saved, &self.id, self.problems);
        view! {
            <div class="field">
                <label for=self.id.clone() class=class>{self.label.to_owned()}</label>
                <input
                    id=self.id
                    name=self.name.clone()
                    type="text"
                    inputmode=self.keyboard
                    autocomplete="off"
                    placeholder=self.placeholder
                    value=form.text(&self.name, self.saved)
                    autofocus=form.message(&self.name).is_some()
                    aria-invalid=notes.wrong.then_some("true")
                    aria-describedby=notes.describes
                />
                {notes.view}
            </div>
        }
        .into_any()
    }
}

/// A labelled text of several lines.
pub(super) struct AreaField<'t> {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: &'t str,
    pub(super) saved: &'t str,
    pub(super) rows: &'static str,
    /// Whether it is written in the rule language.
    pub(super) code: bool,
    pub(super) problems: Vec<String>,
    /// Whether something else on the page says what is wrong with it; its id.
    pub(super) described_by: Option<String>,
}

impl AreaField<'_> {
    pub(super) fn view(self, form: Form) -> AnyView {
        let notes = notes(form, &self.name, self.saved, &self.id, self.problems);
        let describes: Vec<String> = notes.describes.into_iter().chain(self.described_by.clone()).collect();
        view! {
            <div class="field">
                <label for=self.id.clone()>{self.label.to_owned()}</label>
                <textarea
                    id=self.id
                    name=self.name.clone()
                    rows=self.rows
                    class=if self.code { "admin-code" } else { "" }
                    spellcheck=if self.code { "false" } else { "true" }
                    autocomplete="off"
                    aria-invalid=(notes.wrong || self.described_by.is_some()).then_some("true")
                    aria-describedby=(!describes.is_empty()).then(|| describes.join(" "))
                    inner_html=escape(&form.text(&self.name, self.saved))
                ></textarea>
                {notes.view}
            </div>
        }
        .into_any()
    }
}

/// What stands under a field.
pub(super) struct Notes {
    pub(super) wrong: bool,
    pub(super) describes: Option<String>,
    pub(super) view: AnyView,
}

pub(super) fn notes(form: Form, name: &str, saved: &str, id: &str, problems: Vec<String>) -> Notes {
    let errors: Vec<String> = form.message(name).into_iter().chain(problems).collect();
    let now = form.saved_now(name, saved);
    let (wrong, there) = (!errors.is_empty(), !errors.is_empty() || now.is_some());
    let note_id = format!("{id}.note");
    let view = there.then(|| {
        let errors = errors.into_iter().map(|error| view! { <p class="field-error">{error}</p> });
        view! {
            <div id=note_id.clone()>
                {errors.collect_view()} {now.map(|now| view! { <p class="hint" data-testid="saved-now">{now}</p> })}
            </div>
        }
    });
    Notes { wrong, describes: there.then_some(note_id), view: view.into_any() }
}

/// A box to tick with its words behind it.
pub(super) fn tick(name: &str, label: &str, ticked: bool, spoken: Option<String>) -> AnyView {
    view! {
        <label class="admin-tick">
            <input type="checkbox" name=name.to_owned() value="on" checked=ticked aria-label=spoken />
            <span>{label.to_owned()}</span>
        </label>
    }
    .into_any()
}

/// Enter in a line of text presses the first button of its form: that shall be Save, whatever stands before Save.
pub(super) fn enter_saves() -> AnyView {
    view! { <button type="submit" class="admin-enter" tabindex="-1" aria-hidden="true">"Save"</button> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn returned(conflict: Option<&str>) -> Returned {
        Returned {
            form: "rules".to_owned(),
            typed: vec![("rule.one".to_owned(), "a = b".to_owned())],
            messages: vec![FieldMessage { field: "rule.one".to_owned(), message: "No.".to_owned() }],
            conflict: conflict.map(str::to_owned),
        }
    }

    #[test]
    fn a_form_that_came_back_shows_what_was_typed() {
        let returned = returned(None);
        let form = Form::new("rules", Some(&returned));
        assert_eq!(form.text("rule.one", "saved"), "a = b");
        assert_eq!(form.text("rule.two", "saved"), "saved");
        assert_eq!(form.message("rule.one").as_deref(), Some("No."));
        assert_eq!(form.saved_now("rule.one", "saved"), None);
        let other = Form::new("budget", Some(&returned));
        assert_eq!(other.text("rule.one", "saved"), "saved");
    }

    #[test]
    fn after_a_conflict_it_shows_what_others_saved() {
        let returned = returned(Some("Ana saved."));
        let form = Form::new("rules", Some(&returned));
        assert_eq!(form.saved_now("rule.one", "saved").as_deref(), Some("Saved now: saved"));
        assert_eq!(form.saved_now("rule.one", "a = b"), None);
    }
}
