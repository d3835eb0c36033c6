//! The saves of a draft since it was last published: who saved what when, and the way back to each.

use configurator::Slug;
use leptos::prelude::*;
use words::Language;

use super::audit::changed_lines;
use super::shell::{DraftState, Frame, PAGING, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::form::Post;
use crate::ui::table::{self, Column, table};
use crate::ui::text::{self, Tone};
use crate::ui::{button, empty, link, notice};

/// A save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveItem {
    /// The version that it made.
    pub version: i64,
    /// When, in words.
    pub at: String,
    /// Who saved it.
    pub by: String,
    /// What it changed, the first lines.
    pub lines: Vec<String>,
    /// That there are more, in words.
    pub more: Option<String>,
    /// What it is where it says nothing of that, in words.
    pub otherwise: &'static str,
    /// Whether the draft is this one.
    pub is_now: bool,
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavesPage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The draft's version; 0 where there is none.
    pub version: i64,
    /// The saves, the newest first.
    pub items: Vec<SaveItem>,
    /// Where the older ones are.
    pub older: Option<String>,
    /// The version that the draft went back to just now.
    pub went_back: Option<i64>,
    /// Why it did not.
    pub refused: Option<&'static str>,
}

/// The page.
#[must_use]
pub fn saves(frame: Frame, shown: &SavesPage) -> String {
    let (say, language) = (frame.say(), frame.language);
    let texts = language.audit();
    page(frame, &texts.saves_of(&shown.name), Rail::Products, || {
        let refused = shown.refused.map(|why| notice::alert(view! { <p>{why}</p> }.into_any(), "refused"));
        let columns =
            [Column::words(texts.save_word()), Column::words(say.what()), Column::quiet(say.ways())];
        let list = if shown.items.is_empty() {
            empty::empty(view! { <p>{texts.no_saves()}</p> }.into_any(), Some("no-saves"))
        } else {
            let rows = shown.items.iter().map(|item| row(language, shown, item)).collect_view();
            table(&columns, rows.into_any())
        };
        let older = shown.older.clone().map(|href| {
            view! { <a class=button::QUIET_SMALL href=href data-testid="older">{texts.older()}</a> }
        });
        view! {
            {bar(say, &shown.slug, &shown.name, shown.state, Tab::Revisions)}
            <div class=SINGLE>
                {done(language, shown)} {refused}
                <h2 class=text::HEADING>{texts.saves()}</h2>
                <p class=text::LEAD>
                    {texts.saves_hint()} " "
                    <a class=link::LINK href=paths::admin::revisions(&shown.slug)>{say.revisions()}</a>
                </p>
                {list}
                <nav class=PAGING aria-label=texts.saves()>{older}</nav>
            </div>
        }
        .into_any()
    })
}

/// What was done just now, and the way back.
fn done(language: Language, shown: &SavesPage) -> Option<AnyView> {
    let version = shown.went_back?;
    let undo = Post::to(paths::admin::undo(&shown.slug)).form(|| {
        view! {
            <input type="hidden" name="version" value=shown.version.to_string() />
            <input type="hidden" name="back" value="saves" />
            <button type="submit" class=button::PLAIN data-testid="undo">{language.admin().undo()}</button>
        }
        .into_any()
    });
    Some(
        view! {
            <div class=notice::GOOD role="status" data-testid="done">
                <p>{language.audit().went_back(&version)}</p>
                {undo}
            </div>
        }
        .into_any(),
    )
}

fn row(language: Language, shown: &SavesPage, item: &SaveItem) -> AnyView {
    let (say, texts) = (language.admin(), language.audit());
    let SaveItem { version, at, by, lines, more, otherwise, is_now } = item.clone();
    let told = match changed_lines(language, &lines, more, None) {
        Some(lines) => lines,
        None => view! { <p>{otherwise}</p> }.into_any(),
    };
    let way = match is_now {
        true => Some(text::mark(Tone::Good, texts.save_is_now(), Some("is-now"))),
        false => Post::to(paths::admin::saves(&shown.slug)).form(|| {
            let (name, test) = (texts.go_back_to_save(&version), format!("go-back-{version}"));
            view! {
                <input type="hidden" name="version" value=shown.version.to_string() />
                <input type="hidden" name="to" value=version.to_string() />
                <button type="submit" class=button::QUIET_SMALL aria-label=name data-testid=test>{texts.go_back_to()}</button>
            }
            .into_any()
        }),
    };
    view! {
        <tr class=table::ROW data-testid="save">
            <th scope="row" class=table::NAME>
                {texts.save_number(&version)}
                <p class=text::META>{at}</p>
                <p class=text::META>{by}</p>
            </th>
            <td class=table::LABELLED data-label=say.what()><div class="min-w-0">{told}</div></td>
            <td class=table::ACT>{way}</td>
        </tr>
    }
    .into_any()
}
