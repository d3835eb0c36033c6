//! The draft of one product as the editor shows it, and what its forms ask of it.

use std::collections::BTreeMap;

use configurator::completeness::Finding;
use configurator::source::{AttributeSource, Source};
use configurator::{FailedTest, Problem, Product, RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Admin, Language};

use super::analysis::FaultItem;
use super::form::{Form, Returned, made_from, origin};
use super::gate::{comes_out, place_of_test};
use super::option_pages::{OptionsAsked, OptionsShown};
use super::overview::OverviewView;
use super::place::attribute_anchor;
use super::placed::{PlacedField, keys};
use super::problems::told;
use super::releases::ReleaseLine;
use super::shell::DraftState;
use crate::paths;
use crate::ui::form::{act, may_send};
use crate::ui::{button, link, text};

/// A picture and what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureView {
    /// The product's address.
    pub slug: Slug,
    /// What it shows, as its address names it; nothing for the standard design.
    pub shows: String,
    /// The picture as SVG.
    pub svg: String,
    /// Which design it is, in sentences.
    pub told: Vec<String>,
}

/// Everything the editor shows.
#[derive(Clone, Debug)]
pub struct Editor {
    /// The language of who edits.
    pub language: Language,
    /// The product's address.
    pub slug: Slug,
    /// The draft's version, which every form sends back.
    pub version: i64,
    /// Number of the live revision when the draft was begun, which every form sends back too: a draft that was
    /// published or discarded meanwhile has version 0 again.
    pub base: RevisionNumber,
    /// The draft.
    pub source: Source,
    /// The names of its drawings.
    pub drawings: Vec<String>,
    /// Fields that a table gives to forms, by the form's name.
    pub fields: BTreeMap<String, Vec<PlacedField>>,
    /// Number of the live revision; nothing where the product was never published.
    pub live: Option<RevisionNumber>,
    /// The draft's state.
    pub state: DraftState,
    /// Who changed the draft last and when, in words; empty when nobody did.
    pub changed: String,
    /// What undoing takes back, in words.
    pub undo: Option<String>,
    /// What redoing does again, in words.
    pub redo: Option<String>,
    /// What releases mean for the product.
    pub releases: Vec<ReleaseLine>,
    /// What can be read of the draft, for its rules.
    pub readable: Product,
    /// Everything that keeps it from being published.
    pub problems: Vec<Problem>,
    /// Test designs that fail.
    pub failed: Vec<FailedTest>,
    /// What looks forgotten.
    pub findings: Vec<Finding>,
    /// Designs and prices; nothing where the draft can't be looked into.
    pub overview: Option<OverviewView>,
    /// By rule, what shoppers read where no sentence is written for them: the language's tag, and the sentence.
    pub made_sentences: Vec<Vec<(String, String)>>,
    /// The codes of attributes, options and their numbers as JSON, for the script that completes them.
    pub codes: String,
    /// The standard design; nothing while the draft is too broken to have one.
    pub standard: Option<StandardView>,
    /// The picture of another design, where one is asked for.
    pub shown: Option<PictureView>,
    /// The form that was saved just now.
    pub saved: Option<String>,
    /// How a drawing that was saved for it differs from its file, in sentences.
    pub file_changed: Vec<&'static str>,
    /// The form that could not be saved.
    pub returned: Option<Returned>,
    /// The rules for the script that finds them, as JSON: the code and what each says. The codes have the options.
    pub rules_to_find: String,
    /// What is searched for in the tree; empty where nothing is.
    pub search: String,
    /// The one section that is shown, where one is asked for alone.
    pub alone: Option<String>,
    /// Which options are asked for of an attribute that is shown alone.
    pub asked: OptionsAsked,
    /// Which options are shown, by the attribute's code.
    pub options: BTreeMap<String, OptionsShown>,
    /// The columns of a table of options, in the order of its file.
    pub option_columns: &'static [&'static str],
    /// An option, by its code, that was added or moved to where the page does not show it.
    pub elsewhere: Option<String>,
    /// The rules that are shown open, by their places: those that were saved just now.
    pub opened: Vec<usize>,
    /// That no design is valid, where it is so, and what is behind it.
    pub nothing_valid: Option<FaultItem>,
    /// Whether an option was to be retired, for which the problems have to be mended first.
    pub mends_first: bool,
    /// Why something beside the forms was not done just now.
    pub refused: Option<String>,
}

/// The draft's standard design as the shop would show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StandardView {
    /// Its price, ready to show.
    pub price: String,
    /// When it is ready, in words.
    pub ready: String,
    /// Its picture as SVG.
    pub picture: String,
}

impl Editor {
    /// What is there for those alone who may edit the draft.
    pub(super) fn act(&self, view: impl FnOnce() -> AnyView) -> Option<AnyView> {
        act(&paths::admin::section(&self.slug, "basics"), view)
    }

    /// What the admin's pages say.
    pub(super) fn say(&self) -> &'static Admin {
        self.language.admin()
    }

    /// A form of this page.
    pub(super) fn form(&self, id: &str) -> Form<'_> {
        let reads = !may_send(&paths::admin::section(&self.slug, "basics"));
        Form::new(id, self.returned.as_ref(), self.language).to_read(reads)
    }

    /// What a form calls the entries of its list, in their order.
    pub(super) fn keys(&self, form: &str) -> Vec<&str> {
        keys(self.fields.get(form).map(Vec::as_slice).unwrap_or_default())
    }

    /// What tells the server which draft a form was made from, and whether its section was shown alone.
    pub(super) fn origin(&self) -> AnyView {
        view! {
            {self.alone()}
            {made_from((self.version, self.base))}
        }
        .into_any()
    }

    /// What tells the server which draft a form was made from, and which it was shown beside.
    pub(super) fn origin_of(&self, form: Form) -> AnyView {
        view! { {self.alone()} {origin(form, (self.version, self.base))} }.into_any()
    }

    fn alone(&self) -> Option<AnyView> {
        let alone = self.alone.clone()?;
        let listed = self.listed();
        let listed =
            (!listed.is_empty()).then(|| view! { <input type="hidden" name="listed" value=listed /> });
        Some(view! { <input type="hidden" name="alone" value=alone /> {listed} }.into_any())
    }

    /// The page of options that is shown, as an address asks for it; nothing for the first of all.
    fn listed(&self) -> String {
        paths::admin::options_page(self.asked.page, &self.asked.find)
    }

    /// What of a draft is shown, by which a script tells a page from another.
    pub(super) fn at(&self) -> Option<String> {
        let alone = self.alone.as_ref()?;
        Some(format!("{alone}{}", self.listed()))
    }

    /// Which options of an attribute are shown.
    pub(super) fn options_of(&self, attribute: &AttributeSource) -> OptionsShown {
        let shown = self.options.get(&attribute.code).cloned();
        shown.unwrap_or_else(|| OptionsShown::of(attribute, &OptionsAsked::default(), None))
    }

    /// Whether a section is on the page.
    pub(super) fn shows(&self, section: &str) -> bool {
        self.alone.as_deref().is_none_or(|alone| alone == section)
    }

    /// Where a section's form is hidden because no script keeps what is typed in the others: the way to the section alone.
    pub(super) fn open_alone(&self, section: &str, words: &str) -> Option<AnyView> {
        if self.alone.is_some() {
            return None;
        }
        let href = paths::admin::section_at(&self.slug, section);
        let words = self.language.editing().open_alone(&words);
        self.act(|| view! { <noscript><a class=link::STANDING href=href>{words}</a></noscript> }.into_any())
    }

    /// Problems of an attribute that its own form can solve; its standard has a form elsewhere.
    pub(super) fn problems_of_attribute(&self, index: usize) -> usize {
        let (own, standard) = (format!("attributes.{index}."), format!("attributes.{index}.standard"));
        let places = self.problems.iter().map(|problem| format!("{}.", problem.place));
        places.filter(|place| place.starts_with(&own) && !place.starts_with(&standard)).count()
    }

    /// Problems of exactly this field, as sentences.
    pub(super) fn problems_at(&self, place: &str) -> Vec<String> {
        let here = self.problems.iter().filter(|problem| problem.place == place && problem.span.is_none());
        let here = here.map(|problem| told(self.language, problem));
        let failed = self.failed.iter().filter(|test| place_of_test(test) == place);
        here.chain(failed.map(|test| comes_out(self.language, test))).collect()
    }

    /// How much looks forgotten of an attribute's options.
    pub(super) fn findings_of_attribute(&self, index: usize) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.option.is_some_and(|(attribute, _)| attribute == index))
            .count()
    }

    /// The way back from what a form did just now, and what it takes back.
    pub(super) fn take_back(&self, form: &str) -> Option<AnyView> {
        let does = self.undo.clone().filter(|_| self.saved.as_deref() == Some(form))?;
        let words = self.language.editing().take_back();
        self.act(|| {
            view! {
                <p class="sticky z-10 flex flex-wrap items-center gap-x-3 bg-paper" style="top:var(--bar)" data-testid="take-back">
                    <button type="submit" form=UNDO class=button::PLAIN>{words}</button>
                    <span class=text::META>{does}</span>
                </p>
            }
            .into_any()
        })
    }

    /// Says that a form was saved.
    pub(super) fn saved_note(&self, form: &str) -> Option<AnyView> {
        let is_saved = self.saved.as_deref() == Some(form);
        is_saved
            .then(|| text::saved(&[&[self.say().saved()], self.file_changed.as_slice()].concat().join(". ")))
    }
}

/// The form that undoes the last change, by its id.
pub(super) const UNDO: &str = "undo-step";
/// The form that does it again.
pub(super) const REDO: &str = "redo-step";

/// Whether an attribute's form is shown open.
pub(super) fn is_open(editor: &Editor, index: usize, code: &str) -> bool {
    let anchor = attribute_anchor(code);
    let touched = editor.saved.as_deref() == Some(&anchor) || editor.form(&anchor).came_back();
    let is_alone = editor.alone.as_deref() == Some(&anchor);
    is_alone || touched || editor.problems_of_attribute(index) > 0
}
