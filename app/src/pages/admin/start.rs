//! The admin's first page: what waits for somebody today, each thing a line that leads to where it is done.

use leptos::prelude::*;

use super::shell::{Frame, Rail, SINGLE, page};
use crate::ui::{empty, link, text};

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingItem {
    /// What kind it is, for tests.
    pub kind: &'static str,
    /// What it is, in words.
    pub words: String,
    /// Where it is done.
    pub href: String,
    /// Whether it is in somebody's way.
    pub is_urgent: bool,
}

/// Things of one sort under their heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingPart {
    /// The heading.
    pub title: &'static str,
    /// The things; none where nothing waits.
    pub items: Vec<WaitingItem>,
}

/// The page.
#[must_use]
pub fn start(frame: Frame, parts: &[WaitingPart]) -> String {
    let texts = frame.language.today();
    page(frame, texts.title(), Rail::Start, || {
        let waiting: Vec<&WaitingPart> = parts.iter().filter(|part| !part.items.is_empty()).collect();
        let nothing = waiting
            .is_empty()
            .then(|| empty::empty(view! { <p>{texts.nothing()}</p> }.into_any(), Some("nothing")));
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{texts.title()}</h1>
                <p class=text::LEAD>{texts.lead()}</p>
                {nothing}
                {waiting.into_iter().map(|waits| part(waits, texts.urgent())).collect_view()}
            </div>
        }
        .into_any()
    })
}

fn part(part: &WaitingPart, urgent: &'static str) -> AnyView {
    let items = part.items.iter().cloned().map(|item| {
        let mark = item.is_urgent.then(|| view! { <strong>{urgent} ": "</strong> });
        let class = if item.is_urgent { "font-semibold" } else { "" };
        view! {
            <li class="border-t border-rim py-2 wrap-anywhere" data-testid=format!("waits-{}", item.kind)>
                {mark}
                <a class=format!("{} {class}", link::LINK) href=item.href>{item.words}</a>
            </li>
        }
    });
    view! {
        <section class="mt-6">
            <h2 class=text::HEADING>{part.title}</h2>
            <ul>{items.collect_view()}</ul>
        </section>
    }
    .into_any()
}
