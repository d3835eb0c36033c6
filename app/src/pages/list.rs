//! The product list, with its search and its pages.

use configurator::Slug;
use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};
use crate::address::encode;
use crate::paths::{self, route};
use crate::ui::card::{self, Card};
use crate::ui::{button, empty, field, link, text};

/// The introduction.
const HERO: &str = "mx-auto max-w-[1440px] px-5 pt-10 pb-8 desk:px-10";
/// The search.
const SEARCH: &str =
    "mx-auto mb-8 flex max-w-[1440px] flex-wrap items-center gap-x-3 gap-y-2 px-5 desk:px-10";
/// The designs to go on with.
const LEFT: &str = "mx-auto mb-8 flex max-w-[1440px] flex-wrap items-center gap-x-3 gap-y-2 px-5 desk:px-10";
/// Field and button, side by side.
const ASK: &str = "flex min-w-0 flex-[0_1_28rem] items-stretch gap-3";
/// Where there is nothing to show.
const NOTHING: &str = "mx-auto max-w-[1440px] px-5 pb-24 desk:px-10";
/// The products.
const CARDS: &str = "mx-auto mb-24 max-w-[1440px] px-5 desk:px-10";
/// The way to other pages.
const PAGING: &str = "mx-auto -mt-12 mb-24 flex flex-wrap items-center justify-center gap-4 px-5";

/// The words that are searched for, in the list's address.
pub const SEARCHED: &str = "q";
/// The page of the list, in its address.
pub const PAGE: &str = "page";

/// A product on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// Its address.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// The lowest price known, and when a standard one is ready, in words.
    pub from: String,
    /// Address of the standard's picture.
    pub picture: String,
    /// Where a design of it that this browser left goes on, and what it cost then.
    pub left: Option<(String, String)>,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage {
    /// The products on it; those of the shop where nothing was found.
    pub items: Vec<ListItem>,
    /// What was searched for; empty for all products.
    pub words: String,
    /// Which page it is, from 1.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
    /// How many products were found, on all of them.
    pub total: u32,
}

/// One page of the products.
#[must_use]
pub fn list(assets: &Assets, reader: &Reader, list: &ListPage) -> String {
    let say = reader.say();
    document(assets, reader, say.made_to_order(), Script::None, Switch::Link, || {
        let searched = !list.words.is_empty();
        // A search or another page is past the introduction.
        let hero = (!searched && list.page == 1).then(|| {
            view! {
                <section class=HERO>
                    <h1 class="display max-w-[18ch] text-4xl wrap-anywhere">{say.hero_title()}</h1>
                    <p class="mt-4 max-w-[48ch] text-l text-soft">{say.hero_line()}</p>
                </section>
            }
        });
        let title = hero.is_none().then(|| view! { <h1 class=text::HIDDEN>{say.products()}</h1> });
        let nothing = (list.items.is_empty() && !searched).then(|| {
            let words = view! { <p>{say.nothing_to_order()}</p> };
            view! { <div class=NOTHING>{empty::empty(words.into_any(), None)}</div> }
        });
        let search = (searched || !list.items.is_empty()).then(|| search(reader, list));
        view! {
            {hero}
            {title}
            {left_here(reader, &list.items)}
            {search}
            {nothing}
            {cards(&list.items)}
            {paging(reader, list)}
        }
        .into_any()
    })
}

/// What leads on to the designs that this browser left: above the products, where who comes back sees it.
fn left_here(reader: &Reader, items: &[ListItem]) -> Option<AnyView> {
    let links = items.iter().filter_map(|item| {
        let (href, total) = item.left.clone()?;
        let words = reader.say().go_on_with_your(&item.name, &total);
        Some(view! { <li><a class=link::STANDING href=href data-testid="go-on">{words}</a></li> })
    });
    let links: Vec<_> = links.collect();
    (!links.is_empty()).then(|| view! { <ul class=LEFT>{links}</ul> }.into_any())
}

/// The products; the first has room for two where there are columns.
fn cards(items: &[ListItem]) -> Option<AnyView> {
    let cards = items.iter().cloned().enumerate().map(|(index, item)| {
        let ListItem { slug, name, summary, from, picture, .. } = item;
        let card = Card { href: paths::product(&slug), picture, name, summary, foot: from };
        match index {
            0 => view! { <li class="min-w-0 tablet:col-span-2">{card.wide_view()}</li> },
            _ => view! { <li class="min-w-0">{card.view()}</li> },
        }
    });
    let cards = cards.collect_view();
    (!items.is_empty()).then(|| {
        view! {
            <div class=CARDS>
                <ul class=card::GRID>{cards}</ul>
            </div>
        }
        .into_any()
    })
}

/// The field for words, and what was found by them.
fn search(reader: &Reader, list: &ListPage) -> AnyView {
    let say = reader.say();
    let found = (!list.words.is_empty()).then(|| {
        let found = match list.total {
            0 => say.no_product_matches(&list.words),
            total => say.products_match(u64::from(total), &list.words),
        };
        view! {
            <p class="min-w-0 text-soft wrap-anywhere" role="status" data-testid="found">
                {found} " " <a class=link::LINK href=route::LIST>{say.all_products()}</a>
            </p>
        }
    });
    view! {
        <form class=SEARCH role="search" action=route::LIST method="get">
            <label class=text::HIDDEN for="words">{say.search_products()}</label>
            <div class=ASK>
                <input
                    class=field::INPUT_ROW
                    id="words"
                    type="search"
                    name=SEARCHED
                    value=list.words.clone()
                    placeholder=say.search_products()
                    autocomplete="off"
                />
                <button type="submit" class=button::QUIET>{say.search()}</button>
            </div>
            {found}
        </form>
    }
    .into_any()
}

/// The way to the pages before and after; nothing where there is only one.
fn paging(reader: &Reader, list: &ListPage) -> Option<AnyView> {
    if list.pages < 2 {
        return None;
    }
    let say = reader.say();
    let address = |page: u32| match list.words.as_str() {
        "" if page == 1 => route::LIST.to_owned(),
        "" => format!("{}?{PAGE}={page}", route::LIST),
        words => format!("{}?{SEARCHED}={}&{PAGE}={page}", route::LIST, encode(words)),
    };
    let before = (list.page > 1).then(|| {
        view! { <a class=button::QUIET rel="prev" href=address(list.page - 1)>{say.back()}</a> }
    });
    let after = (list.page < list.pages).then(|| {
        view! { <a class=button::QUIET rel="next" href=address(list.page + 1)>{say.next()}</a> }
    });
    Some(
        view! {
            <nav class=PAGING aria-label=say.pages()>
                {before} <span class="text-s text-muted tabular">{say.page_of(&list.page, &list.pages)}</span> {after}
            </nav>
        }
        .into_any(),
    )
}
