//! The pages about the shop itself: company, contact, delivery, payment, returns, privacy.

use leptos::prelude::*;

use super::account::{ConsentShown, consent};
use super::document::{Assets, Reader, Script, Switch, about_shop, document};
use crate::ui::{link, text, values};

/// The other pages beside the text; over it where there is no room.
const PAGE: &str = concat!(
    "mx-auto mb-24 grid max-w-[1200px] grid-cols-[minmax(0,1fr)] gap-x-16 gap-y-6 px-5 pt-8 ",
    "desk:grid-cols-[12rem_minmax(0,1fr)] desk:px-10 desk:pt-14"
);
/// The other pages.
const PAGES: &str = "max-desk:hidden";
/// One of them.
const OTHER: &str = concat!(
    "flex min-h-11 items-center border-s-3 border-line ps-4 text-soft hover:border-edge hover:text-ink ",
    "aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
);
/// The title of a part.
const PART: &str = "mt-10 mb-2 font-display text-xl font-medium wrap-anywhere";
/// A paragraph.
const PARAGRAPH: &str = "mt-3 whitespace-pre-line wrap-anywhere";

/// A fact with its name, such as a telephone number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// The fact, perhaps in several lines.
    pub value: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
    /// The language it is in, as a tag of BCP 47; that of the page where it is none.
    pub language: Option<String>,
}

/// A part of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its title; empty for none.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// The language it is in, as a tag of BCP 47; that of the page where it is none.
    pub language: Option<String>,
}

/// Everything that such a page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Information {
    /// Its title.
    pub title: String,
    /// What can be looked up, over the text.
    pub facts: Vec<Fact>,
    /// The text.
    pub sections: Vec<Section>,
    /// The question whether things may be remembered, where the page asks it.
    pub consent: Option<ConsentShown>,
}

/// A page about the shop.
#[must_use]
pub fn information(assets: &Assets, reader: &Reader, page: &Information) -> String {
    document(assets, reader, &page.title, Script::None, Switch::Link, || {
        let here = reader.here.split('?').next().unwrap_or_default();
        let other = |(path, name): (&'static str, &'static str)| {
            view! {
                <li>
                    <a class=OTHER href=path aria-current=(path == here).then_some("page")>{name}</a>
                </li>
            }
        };
        view! {
            <div class=PAGE>
                <nav class=PAGES aria-label=format!("{}: {}", reader.say().about_shop(), reader.say().pages())>
                    <ul>{about_shop(reader).map(other).collect_view()}</ul>
                </nav>
                <article class="max-w-[62ch] desk:text-[1.05rem] desk:leading-[1.65]">
                    <h1 class=text::TITLE>{page.title.clone()}</h1>
                    {(!page.facts.is_empty()).then(|| facts(&page.facts))}
                    {page.sections.iter().map(section).collect_view()}
                    {page.consent.as_ref().map(|shown| consent(reader, shown))}
                </article>
            </div>
        }
        .into_any()
    })
}

/// What can be looked up.
pub(super) fn facts(facts: &[Fact]) -> AnyView {
    let row = |fact: &Fact| {
        let value = match fact.href.as_str() {
            "" => view! { <bdi>{fact.value.clone()}</bdi> }.into_any(),
            href => view! { <a class=link::LINK href=href.to_owned()><bdi dir="ltr">{fact.value.clone()}</bdi></a> }.into_any(),
        };
        view! {
            <div class=values::VALUE>
                <dt class=values::TERM>{fact.name.clone()}</dt>
                <dd class=values::GIVEN lang=fact.language.clone()>{value}</dd>
            </div>
        }
    };
    view! { <dl class="mt-6 grid border-t border-line [--term:minmax(7rem,1fr)]">{facts.iter().map(row).collect_view()}</dl> }
        .into_any()
}

/// A part of a text.
pub(super) fn section(section: &Section) -> AnyView {
    let title = (!section.title.is_empty()).then(|| view! { <h2 class=PART>{section.title.clone()}</h2> });
    let paragraph = |text: &String| view! { <p class=PARAGRAPH>{text.clone()}</p> };
    view! {
        <section lang=section.language.clone() dir=section.language.is_some().then_some("auto")>{title} {section.paragraphs.iter().map(paragraph).collect_view()}</section>
    }
    .into_any()
}
