//! A product as one file: the page that shows what a file would change before it becomes the draft.

use configurator::source::Source;
use configurator::{Problem, Slug};
use leptos::prelude::*;
use words::{Admin, Language};

use super::problems::told;
use super::shell::{DraftState, FORM, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::form::Post;
use crate::ui::{button, empty, field, link, notice, text};

/// What became of a file that was chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum ChosenFile {
    /// It can become the draft.
    Read {
        /// The file as it was sent.
        text: String,
        /// What it changes in the draft, one line each.
        changes: Vec<String>,
        /// What would be wrong with the draft then.
        problems: Vec<Problem>,
        /// The product in it.
        source: Box<Source>,
        /// Whether it looks like another product than the draft's.
        is_another: bool,
    },
    /// It can't: why, and what to do.
    Refused(Vec<String>),
}

/// Everything the page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchivePage {
    /// The product's address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The version of the draft that the changes are told against.
    pub version: i64,
    /// The file that was chosen, if one was.
    pub file: Option<ChosenFile>,
}

/// The page on which a product is read from a file.
#[must_use]
pub fn archive(frame: Frame, shown: &ArchivePage) -> String {
    let say = frame.say();
    page(frame, &say.file_of(&shown.name), Rail::Products, || {
        let chosen = match &shown.file {
            None => None,
            Some(ChosenFile::Read { text, changes, problems, source, is_another }) => {
                let another = is_another.then(|| {
                    let words = say.file_is_another(&say.quoted(&source.name));
                    notice::alert(view! { <p>{words}</p> }.into_any(), "file-is-another")
                });
                let problems = would_be_wrong(frame.language, problems);
                let read = read(say, shown, text, changes, problems);
                Some(view! { {another} {read} }.into_any())
            }
            Some(ChosenFile::Refused(why)) => Some(refused(say, why)),
        };
        let download = view! { <a class=link::LINK href=paths::admin::archive(&shown.slug) download="" data-testid="download">{say.download_file()}</a> };
        view! {
            {bar(say, &shown.slug, &shown.name, shown.state, Tab::Revisions)}
            <div class=SINGLE>
                <h2 class=text::HEADING>{say.file_title()}</h2>
                <p class=text::LEAD>{say.file_hint()} " " {download}</p>
                {chosen}
                {Post::to(paths::admin::import(&shown.slug)).class(FORM).with_file().form(|| view! {
                    <div class=field::FIELD>
                        <label class=field::LABEL for="file">{say.choose_file()}</label>
                        <input class=field::INPUT type="file" id="file" name="file" accept="application/json,.json" required />
                    </div>
                    <button type="submit" class=button::QUIET name="do" value="look" data-testid="look">{say.look_at_file()}</button>
                }.into_any())}
            </div>
        }
        .into_any()
    })
}

/// What the file would change, and the button that takes it.
fn read(
    say: &'static Admin,
    shown: &ArchivePage,
    file: &str,
    changes: &[String],
    problems: AnyView,
) -> AnyView {
    if changes.is_empty() {
        return empty::empty(view! { <p>{say.file_changes_nothing()}</p> }.into_any(), Some("file-empty"));
    }
    let lines = changes.iter().cloned();
    let lines = lines.map(|change| view! { <li class="border-b border-line py-1.5 wrap-anywhere" data-testid="change">{change}</li> });
    view! {
        <h3 class=text::HEADING>{say.file_would_change()}</h3>
        <ul class="mb-4">{lines.collect_view()}</ul>
        {problems}
        {Post::to(paths::admin::import(&shown.slug)).class("mb-6").with_file().form(|| view! {
            <input type="hidden" name="version" value=shown.version.to_string() />
            <textarea name="file" hidden>{file.to_owned()}</textarea>
            <button type="submit" class=button::PRIMARY name="do" value="take" data-testid="take-file">{say.take_file()}</button>
            <p class=text::HINT>{say.take_file_hint()}</p>
        }.into_any())}
    }
    .into_any()
}

/// What would be wrong with the draft if it were the file.
fn would_be_wrong(language: Language, problems: &[Problem]) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let count = language.admin().draft_problems(problems.len() as u64);
    let lines = problems.iter().map(|problem| view! { <li>{told(language, problem)}</li> });
    notice::alert(view! { <p>{count}</p> <ul>{lines.collect_view()}</ul> }.into_any(), "file-problems")
}

fn refused(say: &Admin, why: &[String]) -> AnyView {
    let lines = why.iter().cloned().map(|line| view! { <li>{line}</li> });
    notice::alert(
        view! { <p>{say.file_refused()}</p> <ul>{lines.collect_view()}</ul> }.into_any(),
        "file-refused",
    )
}
