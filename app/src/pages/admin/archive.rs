//! A product as one file: the page that shows what a file would change before it becomes the draft.

use configurator::Slug;
use leptos::prelude::*;
use words::Admin;

use super::shell::{DraftState, FORM, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::{button, empty, field, link, notice, text};

/// What became of a file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChosenFile {
    /// It can become the draft.
    Read {
        /// The file as it was sent.
        text: String,
        /// What it changes in the draft, one line each.
        changes: Vec<String>,
    },
    /// It can't: why, and what to do.
    Refused(Vec<String>),
}

/// Everything the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
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
            Some(ChosenFile::Read { text, changes }) => Some(read(say, shown, text, changes)),
            Some(ChosenFile::Refused(why)) => Some(refused(say, why)),
        };
        let download = view! { <a class=link::LINK href=paths::admin::archive(&shown.slug) download="" data-testid="download">{say.download_file()}</a> };
        view! {
            {bar(say, &shown.slug, &shown.name, shown.state, Tab::Revisions)}
            <div class=SINGLE>
                <h2 class=text::HEADING>{say.file_title()}</h2>
                <p class=text::LEAD>{say.file_hint()} " " {download}</p>
                {chosen}
                <form method="post" enctype="multipart/form-data" action=paths::admin::import(&shown.slug) class=FORM>
                    <div class=field::FIELD>
                        <label class=field::LABEL for="file">{say.choose_file()}</label>
                        <input class=field::INPUT type="file" id="file" name="file" accept="application/json,.json" required />
                    </div>
                    <button type="submit" class=button::QUIET name="do" value="look" data-testid="look">{say.look_at_file()}</button>
                </form>
            </div>
        }
        .into_any()
    })
}

/// What the file would change, and the button that takes it.
fn read(say: &'static Admin, shown: &ArchivePage, file: &str, changes: &[String]) -> AnyView {
    if changes.is_empty() {
        return empty::empty(view! { <p>{say.file_changes_nothing()}</p> }.into_any(), Some("file-empty"));
    }
    let lines = changes.iter().cloned();
    let lines = lines.map(|change| view! { <li class="border-b border-line py-1.5 wrap-anywhere" data-testid="change">{change}</li> });
    view! {
        <h3 class=text::HEADING>{say.file_would_change()}</h3>
        <ul class="mb-4">{lines.collect_view()}</ul>
        <form method="post" enctype="multipart/form-data" action=paths::admin::import(&shown.slug) class="mb-6">
            <input type="hidden" name="version" value=shown.version.to_string() />
            <textarea name="file" hidden>{file.to_owned()}</textarea>
            <button type="submit" class=button::PRIMARY name="do" value="take" data-testid="take-file">{say.take_file()}</button>
            <p class=text::HINT>{say.take_file_hint()}</p>
        </form>
    }
    .into_any()
}

fn refused(say: &Admin, why: &[String]) -> AnyView {
    let lines = why.iter().cloned().map(|line| view! { <li>{line}</li> });
    notice::alert(
        view! { <p>{say.file_refused()}</p> <ul>{lines.collect_view()}</ul> }.into_any(),
        "file-refused",
    )
}
