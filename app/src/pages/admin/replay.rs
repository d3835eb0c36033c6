//! Every order and saved design of which something else becomes, by the size of the change and in pages.

use configurator::Slug;
use leptos::prelude::*;

use super::shell::{DraftState, Frame, PAGING, Rail, SINGLE, Tab, bar, page};
use crate::ui::table::{self, Column, table};
use crate::ui::{button, empty, link, text};

/// What becomes of an order or a saved design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplayLine {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub href: String,
    /// What it costs today, where it does.
    pub before: String,
    /// What it costs then, where it does.
    pub after: String,
    /// The difference.
    pub change: String,
    /// What else is to be said of it.
    pub why: String,
}

/// A list beside the one that is shown, or that one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplayList {
    /// What it is called, with how many there are.
    pub name: String,
    /// Its address.
    pub href: String,
    /// Whether it is shown.
    pub is_shown: bool,
}

/// Everything that the page shows.
#[derive(Clone, Debug)]
pub struct ReplayPage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// Whether it is about an earlier revision.
    pub is_back: bool,
    /// What each was judged on, in a sentence or two.
    pub hint: String,
    /// Where it is decided: name and address.
    pub decided: (String, String),
    /// The orders, and the saved designs.
    pub lists: Vec<ReplayList>,
    /// What the lines are about, where more is to be said of that.
    pub note: Option<&'static str>,
    /// The lines of this page.
    pub lines: Vec<ReplayLine>,
    /// Which these are of how many, in words.
    pub place: String,
    /// Address of the page before.
    pub before: Option<String>,
    /// Address of the page after.
    pub after: Option<String>,
    /// Where all of them are a file.
    pub file: String,
}

/// The page.
#[must_use]
pub fn replay(frame: Frame, shown: &ReplayPage) -> String {
    let language = frame.language;
    let (say, shop) = (language.gate(), language.shop());
    page(frame, &say.touched_of(&shown.name), Rail::Products, || {
        let tab = if shown.is_back { Tab::Revisions } else { Tab::Publish };
        let (decided, back) = shown.decided.clone();
        let lists = shown.lists.iter().cloned().map(|list| {
            let current = list.is_shown.then_some("page");
            view! { <a class=link::STANDING href=list.href aria-current=current>{list.name}</a> }
        });
        let paging = |address: &Option<String>, rel: &'static str, words: &'static str| {
            address.clone().map(|href| view! { <a class=button::QUIET rel=rel href=href>{words}</a> })
        };
        let listed = match shown.lines.is_empty() {
            true => empty::empty(view! { <p>{say.none_touched()}</p> }.into_any(), Some("empty")),
            false => lines(frame, &shown.lines),
        };
        view! {
            {bar(frame.say(), &shown.slug, &shown.name, shown.state, tab)}
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{say.replay()}</h1>
                <p class=text::HINT>{shown.hint.clone()}</p>
                <p class="mt-3"><a class=link::STANDING href=back>{decided}</a></p>
                <p class="mt-3 flex flex-wrap gap-x-5">
                    {lists.collect_view()}
                    <a class=link::STANDING href=shown.file.clone() data-testid="replay-file">{say.touched_file()}</a>
                </p>
                {shown.note.map(|note| view! { <p class=text::HINT>{note}</p> })}
                <p class=text::META data-testid="place">{shown.place.clone()}</p>
                {listed}
                <nav class=PAGING aria-label=shop.pages()>
                    {paging(&shown.before, "prev", shop.back())} {paging(&shown.after, "next", shop.next())}
                </nav>
            </div>
        }
        .into_any()
    })
}

fn lines(frame: Frame, lines: &[ReplayLine]) -> AnyView {
    let say = frame.language.gate();
    let columns = [
        Column::words(say.what()),
        Column::number(say.before()),
        Column::number(say.after()),
        Column::number(say.change_of()),
        Column::words(say.why()),
    ];
    let row = |line: &ReplayLine| {
        let ReplayLine { name, href, before, after, change, why } = line.clone();
        view! {
            <tr class=table::ROW data-testid="touched">
                <th scope="row" class=table::NAME><a class=link::LINK href=href>{name}</a></th>
                <td class=table::AMOUNT data-label=say.before()>{before}</td>
                <td class=table::AMOUNT data-label=say.after()>{after}</td>
                <td class=table::AMOUNT data-label=say.change_of()>{change}</td>
                <td class=table::LABELLED data-label=say.why()><span class="min-w-0 wrap-anywhere">{why}</span></td>
            </tr>
        }
    };
    table(&columns, lines.iter().map(row).collect_view().into_any())
}
