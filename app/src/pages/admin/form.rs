//! Forms that may come back: fields show what was typed where it was not saved, and say why.

use std::collections::{BTreeMap, BTreeSet};

use configurator::RevisionNumber;
use leptos::prelude::*;
use words::{Admin, Assortment, Language};

use crate::address;
use crate::pages::buyer::FieldMessage;
use crate::ui::field::{self, Field};
use crate::ui::{button, link, notice, text};

/// What messages are about that tell of rows of a table which were not saved.
pub const ROWS_LEFT: &str = "rows-left";
/// How a test finds what somebody else left in a field.
pub(super) const SAVED_NOW: &str = "saved-now";

/// A form of the editor that was not saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// Which one: `basics`, `attribute-` with a code, `rules`, `standard` or `budget`.
    pub form: String,
    /// What was typed.
    pub typed: Typed,
    /// What the form called the entries of its list that it was sent with, where it may have been a page of them.
    pub entries: BTreeSet<String>,
    /// What is wrong with it.
    pub messages: Vec<FieldMessage>,
    /// What is asked before a part goes on which others hang.
    pub asks: Option<Asks>,
    /// The version it was made from, where what others saved since is merged with it when it is saved again.
    pub origin: Option<i64>,
    /// The button that was pressed, where it asked for the form to be shown otherwise: nothing is wrong then.
    pub pressed: Option<String>,
    /// Whether all of it was saved but rows of a table, which alone were typed then.
    pub rows: bool,
    /// Who saved the draft meanwhile, in a sentence. Fields then show what is saved now beside what was typed.
    pub conflict: Option<String>,
    /// Whether entries without a code stand elsewhere by now, so that its fields are called otherwise than they were sent.
    pub moved: bool,
    /// Fields that nobody touched, as far as that is known: boxes among them are as they are saved now.
    pub untouched: BTreeSet<String>,
    /// Fields that were typed into and that nobody else changed: there is nothing beside them to choose.
    pub unopposed: BTreeSet<String>,
}

impl Returned {
    /// Forgets which version it was made from where that is the one there is.
    pub fn settle(&mut self, version: i64) {
        self.origin = self.origin.filter(|origin| *origin != version);
    }
}

/// What is asked before a part goes on which others hang.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    /// What the button says that removes it all the same.
    pub action: String,
    /// What is asked, in sentences.
    pub sentences: Vec<String>,
    /// The address where it can be retired instead, with all that hangs on it.
    pub retire: Option<String>,
}

/// What was typed into a form, by field: forms may have thousands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed(BTreeMap<String, Vec<String>>);

impl FromIterator<(String, String)> for Typed {
    fn from_iter<P: IntoIterator<Item = (String, String)>>(pairs: P) -> Self {
        let mut typed: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            typed.entry(name).or_default().push(value);
        }
        Self(typed)
    }
}

impl Typed {
    /// What was typed into the first field of a name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&String> {
        self.0.get(name)?.first()
    }

    /// Forgets what was typed into the fields of a name.
    pub fn forget(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// The fields whose names begin so, with what is behind the beginning.
    fn behind<'t>(&'t self, beginning: &'t str) -> impl Iterator<Item = (&'t str, &'t [String])> {
        let names = self
            .0
            .range(beginning.to_owned()..)
            .map_while(move |(name, values)| Some((name.strip_prefix(beginning)?, values.as_slice())));
        names.into_iter()
    }

    /// Whether one of the fields of a name has a value.
    fn has(&self, name: &str, value: &str) -> bool {
        self.0.get(name).is_some_and(|values| values.iter().any(|typed| typed == value))
    }
}

/// One form of the editor: fresh, or come back.
#[derive(Clone, Copy)]
pub(super) struct Form<'r> {
    returned: Option<&'r Returned>,
    language: Language,
    reads: bool,
}

impl<'r> Form<'r> {
    pub(super) fn new(id: &str, returned: Option<&'r Returned>, language: Language) -> Self {
        Self { returned: returned.filter(|returned| returned.form == id), language, reads: false }
    }

    /// The same for somebody who may only read it.
    pub(super) fn to_read(self, reads: bool) -> Self {
        Self { reads, ..self }
    }

    /// Whether its texts are only read.
    pub(super) fn reads(self) -> bool {
        self.reads
    }

    /// What the admin's pages say.
    pub(super) fn say(self) -> &'static Admin {
        self.language.admin()
    }

    /// What the pages say about products and their tables.
    pub(super) fn assortment(self) -> &'static Assortment {
        self.language.assortment()
    }

    /// The version it was made from, where it comes back to be merged with another.
    pub(super) fn origin(self) -> Option<i64> {
        self.returned?.origin
    }

    /// Whether what others saved since is shown beside what was typed.
    pub(super) fn shows_theirs(self) -> bool {
        self.returned.is_some_and(|returned| returned.conflict.is_some())
    }

    /// Whether something is wrong with an entry of its list, or somebody else changed that, too.
    pub(super) fn is_about(self, key: &str) -> bool {
        let is_of = |name: &str| name.split('.').nth(1) == Some(key);
        let Some(returned) = self.returned else { return false };
        let clashes = returned.conflict.is_some() && returned.typed.0.keys().any(|name| is_of(name));
        clashes || returned.messages.iter().any(|message| is_of(&message.field))
    }

    /// What was typed into the fields whose names begin so, with what is behind the beginning.
    pub(super) fn typed_behind<'t>(self, beginning: &'t str) -> Vec<(&'t str, &'t [String])>
    where
        'r: 't,
    {
        self.returned.map(|returned| returned.typed.behind(beginning).collect()).unwrap_or_default()
    }

    /// What was typed into a field.
    pub(super) fn typed(self, name: &str) -> Option<&'r str> {
        self.returned?.typed.first(name).map(String::as_str)
    }

    /// Whether the button that was pressed was one of this rule, so that the page opens there.
    pub(super) fn shows_rule(self, key: &str) -> bool {
        let pressed = self.returned.and_then(|returned| returned.pressed.as_deref());
        pressed.and_then(|action| action.split(':').nth(2)) == Some(key)
    }

    /// Whether it was not saved.
    pub(super) fn came_back(self) -> bool {
        self.returned.is_some()
    }

    /// What a text field shows.
    pub(super) fn text(self, name: &str, saved: &str) -> String {
        let typed = self.returned.and_then(|returned| returned.typed.first(name));
        typed.map_or_else(|| saved.to_owned(), String::clone)
    }

    /// Whether a box is ticked, or an option of a list selected.
    pub(super) fn ticked(self, name: &str, value: &str, saved: bool) -> bool {
        let is_asked = |returned: &&Returned| !returned.rows && !returned.untouched.contains(name);
        let returned = self.returned.filter(is_asked);
        returned.map_or(saved, |returned| returned.typed.has(name, value))
    }

    /// Whether everything else that it was sent with was saved.
    pub(super) fn has_saved_rest(self) -> bool {
        self.returned.is_some_and(|returned| returned.rows)
    }

    /// What is wrong with a field.
    pub(super) fn message(self, name: &str) -> Option<String> {
        let messages = &self.returned?.messages;
        messages.iter().find(|message| message.field == name).map(|message| message.message.clone())
    }

    /// Everything that is wrong with a field.
    pub(super) fn messages(self, name: &str) -> Vec<String> {
        let messages = self.returned.map(|returned| returned.messages.as_slice()).unwrap_or_default();
        let of_field = messages.iter().filter(|message| message.field == name);
        of_field.map(|message| message.message.clone()).collect()
    }

    /// What somebody else left in a field, where it differs from what was typed.
    fn saved_now(self, name: &str, saved: &str) -> Option<String> {
        self.saved_now_as(name, saved, saved)
    }

    /// The same, told in other words than it is written.
    pub(super) fn saved_now_as(self, name: &str, saved: &str, told: &str) -> Option<String> {
        let returned = self.returned?;
        let clashes = returned.conflict.is_some() && !returned.unopposed.contains(name);
        (clashes && self.text(name, saved) != saved).then(|| match told {
            "" => self.say().saved_now_nothing().to_owned(),
            told => self.say().saved_now(&told),
        })
    }

    /// Why it came back, over its fields.
    pub(super) fn notice(self) -> Option<AnyView> {
        let returned = self.returned?;
        let general = returned.messages.iter().filter(|message| message.field.is_empty()).map(|message| {
            view! { <p>{message.message.clone()}</p> }
        });
        let general: Vec<_> = general.collect();
        let say = self.say();
        if let Some(Asks { action, sentences, retire }) = &returned.asks {
            let retire = retire.clone().map(|address| {
                let link = view! { <a class=link::LINK href=address>{self.assortment().retire_it()}</a> };
                view! { <p>{text::around(&self.assortment().retire_instead(&text::HERE), link.into_any())}</p> }
            });
            let sentences = sentences.iter().map(|sentence| view! { <p>{sentence.clone()}</p> });
            return Some(
                view! {
                    <div class=notice::STOP role="alert" tabindex="-1" autofocus data-testid="asks">
                        {sentences.collect_view()}
                        {retire}
                        <p class=format!("{} mt-2", button::ROW)>
                            <button type="submit" class=button::QUIET_SMALL name="do" value="keep">
                                {say.keep_it()}
                            </button>
                            <button type="submit" class=button::QUIET_SMALL name="do" value=action.clone()>
                                {say.remove_all_the_same()}
                            </button>
                        </p>
                    </div>
                }
                .into_any(),
            );
        }
        if returned.pressed.is_some() {
            let told = self.language.sentences().nothing_saved_yet();
            return Some(
                view! { <p class=text::HINT role="status" data-testid="nothing-saved">{told}</p> }.into_any(),
            );
        }
        Some(match &returned.conflict {
            Some(conflict) => {
                let theirs = view! { <a class=link::LINK href="?">{say.take_theirs()}</a> }.into_any();
                view! {
                    <div class=notice::STOP role="alert" tabindex="-1" autofocus data-testid="conflict" data-moved=returned.moved.then_some("")>
                        <p>{text::around(&say.conflict(conflict, &text::HERE), theirs)}</p>
                        {general}
                    </div>
                }
                .into_any()
            }
            None => view! {
                <div class=notice::STOP role="alert" data-testid="not-saved">
                    {(!returned.rows).then(|| view! { <p>{say.not_saved()}</p> })}
                    {general}
                </div>
            }
            .into_any(),
        })
    }

    /// What is to be said under a field: what is wrong with it, and what somebody else left in it.
    pub(super) fn said(self, name: &str, saved: &str, problems: Vec<String>) -> Said {
        let refused = self.message(name);
        let is_refused = refused.is_some();
        let errors = refused.into_iter().chain(problems).collect();
        Said { errors, is_refused, saved_now: self.saved_now(name, saved) }
    }
}

/// What is said under a field.
pub(super) struct Said {
    pub(super) errors: Vec<String>,
    /// Whether it was sent and can't be taken: the first such field is where the page opens.
    pub(super) is_refused: bool,
    pub(super) saved_now: Option<String>,
}

impl Said {
    /// A field about which this is said.
    pub(super) fn about(self, id: String, name: String, label: &str) -> Field {
        Field {
            id,
            name,
            label: label.to_owned(),
            autocomplete: "off",
            errors: self.errors,
            autofocus: self.is_refused,
            hint: self.saved_now.unwrap_or_default(),
            hint_test: Some(SAVED_NOW),
            ..Field::default()
        }
    }

    /// This alone, and the id that it has then.
    pub(super) fn notes(self, id: &str) -> (Option<AnyView>, Option<String>) {
        let id = format!("{id}.note");
        let saved_now = self.saved_now.map(|saved| (saved, Some(SAVED_NOW)));
        let view = field::notes(&id, &self.errors, None, saved_now);
        let id = view.is_some().then_some(id);
        (view, id)
    }
}

/// A labelled line of text.
#[derive(Default)]
pub(super) struct TextField<'t> {
    /// Also the place that problems name.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: &'t str,
    /// Only for those who can't see the row it stands in.
    pub(super) quiet_label: bool,
    /// Whether the row it stands in keeps the distance.
    pub(super) tight: bool,
    pub(super) saved: &'t str,
    /// `text`, `decimal` or `numeric`: what a phone's keyboard offers.
    pub(super) keyboard: &'static str,
    pub(super) placeholder: &'t str,
    /// What the analysis of the draft says about it.
    pub(super) problems: Vec<String>,
}

impl TextField<'_> {
    pub(super) fn view(self, form: Form) -> AnyView {
        let value = form.text(&self.name, self.saved);
        let said = form.said(&self.name, self.saved, self.problems);
        let field = Field {
            hide_label: self.quiet_label,
            tight: self.tight,
            value,
            placeholder: self.placeholder.to_owned(),
            keyboard: self.keyboard,
            ..said.about(self.id, self.name, self.label)
        };
        if form.reads() { field.told() } else { field.text("text") }
    }
}

/// A labelled text of several lines, in a row that keeps the distance.
#[derive(Default)]
pub(super) struct AreaField<'t> {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: &'t str,
    /// Only for those who can't see the row it stands in.
    pub(super) quiet_label: bool,
    pub(super) saved: &'t str,
    pub(super) rows: u32,
    /// Whether it is written in the rule language.
    pub(super) code: bool,
    /// Whether it stays as high as it is, however much is written into it.
    pub(super) keeps_height: bool,
    pub(super) problems: Vec<String>,
    /// Whether something else on the page says what is wrong with it; its id.
    pub(super) described_by: Option<String>,
    /// The id of something else on the page that is good to know about it.
    pub(super) told_by: Option<String>,
}

impl AreaField<'_> {
    pub(super) fn view(self, form: Form) -> AnyView {
        let value = form.text(&self.name, self.saved);
        let said = form.said(&self.name, self.saved, self.problems);
        let field = Field {
            hide_label: self.quiet_label,
            tight: true,
            keeps_height: self.keeps_height,
            value,
            wrong: self.described_by.is_some(),
            described_by: self.described_by.or(self.told_by),
            ..said.about(self.id, self.name, self.label)
        };
        if form.reads() { field.told() } else { field.area(self.rows, self.code) }
    }
}

/// A box to tick with its words behind it.
pub(super) fn tick(name: &str, label: &str, ticked: bool, spoken: Option<String>) -> AnyView {
    field::tick(name, "on", label, ticked, spoken)
}

/// What tells the server which draft a form was made from: its version, and the live revision that it began as.
pub(super) fn made_from((version, base): (i64, RevisionNumber)) -> AnyView {
    view! {
        <input type="hidden" name="version" value=version.to_string() />
        <input type="hidden" name="base" value=base.to_string() />
    }
    .into_any()
}

/// The same of a form that may have come back, and the draft that it is shown beside.
pub(super) fn origin(form: Form, (version, base): (i64, RevisionNumber)) -> AnyView {
    // What others changed is meant to be overwritten only where it was shown.
    let over = form.origin().filter(|_| form.shows_theirs()).map(|_| {
        view! { <input type="hidden" name="over" value=version.to_string() /> }
    });
    let from = form.origin().unwrap_or(version);
    view! { {over} {made_from((from, base))} }.into_any()
}

/// Where rows of a spreadsheet are pasted, and before it what is wrong with those that came back, which is where the page opens then.
pub(super) fn rows_area(form: Form, label: &str, messages: Vec<String>) -> AnyView {
    let wrong = (!messages.is_empty()).then(|| {
        let lines = messages.into_iter().map(|message| view! { <li>{message}</li> });
        view! { <ul class=format!("{} mt-2", notice::STOP) id="rows-wrong" tabindex="-1" autofocus data-testid="rows-wrong">{lines.collect_view()}</ul> }
    });
    let area = AreaField {
        id: "rows".to_owned(),
        described_by: wrong.is_some().then(|| "rows-wrong".to_owned()),
        name: "rows".to_owned(),
        label,
        rows: 8,
        keeps_height: true,
        ..AreaField::default()
    };
    view! { {wrong} {area.view(form)} }.into_any()
}

/// The last field of a form, without which it was cut on its way.
pub(super) fn end() -> AnyView {
    view! { <input type="hidden" name=address::END value="on" /> }.into_any()
}

/// Enter in a line of text presses the first button of its form: that shall be Save, whatever stands before Save.
pub(super) fn enter_saves(say: &Admin) -> AnyView {
    view! { <button type="submit" class="sr-only" tabindex="-1" aria-hidden="true">{say.save()}</button> }
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn returned(conflict: Option<&str>) -> Returned {
        Returned {
            form: "rules".to_owned(),
            typed: [("rule.one".to_owned(), "a = b".to_owned())].into_iter().collect(),
            messages: vec![FieldMessage { field: "rule.one".to_owned(), message: "No.".to_owned() }],
            conflict: conflict.map(str::to_owned),
            ..Returned::default()
        }
    }

    #[test]
    fn a_form_that_came_back_shows_what_was_typed() {
        let returned = returned(None);
        let form = Form::new("rules", Some(&returned), Language::ENGLISH);
        assert_eq!(form.text("rule.one", "saved"), "a = b");
        assert_eq!(form.text("rule.two", "saved"), "saved");
        assert_eq!(form.message("rule.one").as_deref(), Some("No."));
        assert_eq!(form.saved_now("rule.one", "saved"), None);
        let other = Form::new("budget", Some(&returned), Language::ENGLISH);
        assert_eq!(other.text("rule.one", "saved"), "saved");
    }

    #[test]
    fn after_a_conflict_it_shows_what_others_saved() {
        let returned = returned(Some("Ana saved."));
        let form = Form::new("rules", Some(&returned), Language::ENGLISH);
        assert_eq!(form.saved_now("rule.one", "saved").as_deref(), Some("Saved now: saved"));
        assert_eq!(form.saved_now("rule.one", "a = b"), None);
    }

    #[test]
    fn after_a_conflict_only_what_both_changed_has_something_beside_it() {
        let mut returned = returned(Some("Ana saved."));
        returned.unopposed.insert("rule.one".to_owned());
        let form = Form::new("rules", Some(&returned), Language::ENGLISH);
        assert_eq!(
            (form.text("rule.one", "saved").as_str(), form.saved_now("rule.one", "saved")),
            ("a = b", None)
        );
    }

    #[test]
    fn a_box_that_nobody_touched_is_as_it_is_saved() {
        let mut returned = returned(Some("Ana saved."));
        let is_ticked = |returned: &Returned, saved| {
            Form::new("rules", Some(returned), Language::ENGLISH).ticked("locked", "on", saved)
        };
        assert!(!is_ticked(&returned, true), "somebody took the tick away");
        returned.untouched.insert("locked".to_owned());
        assert!(is_ticked(&returned, true) && !is_ticked(&returned, false));
    }
}
