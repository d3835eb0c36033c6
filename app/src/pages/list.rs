//! The product list, with its search and its pages.

use configurator::Slug;
use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};
use crate::address::encode;
use crate::paths::{self, route};

/// The words that are searched for, in the list's address.
pub const WORDS: &str = "q";
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
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage {
    /// The products on it.
    pub items: Vec<ListItem>,
    /// What was searched for; empty for all products.
    pub words: String,
    /// Which page it is, from 1.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
    /// How many products are on all of them.
    pub total: u32,
}

/// One page of the products.
#[must_use]
pub fn list(assets: &Assets, reader: &Reader, list: &ListPage) -> String {
    let say = reader.say();
    document(assets, reader, say.made_to_order(), Script::None, Switch::Link, || {
        let cards = list.items.iter().cloned().map(card);
        let searched = !list.words.is_empty();
        // A search or another page is past the introduction.
        let hero = (!searched && list.page == 1).then(|| {
            view! {
                <section class="hero">
                    <h1 class="display hero-title">{say.hero_title()}</h1>
                    <p class="hero-line">{say.hero_line()}</p>
                </section>
            }
        });
        let title = hero.is_none().then(|| view! { <h1 class="visually-hidden">{say.products()}</h1> });
        let empty = (list.items.is_empty() && !searched).then(|| {
            view! {
                <p class="notice">{say.nothing_to_order()}</p>
            }
        });
        let search = (searched || !list.items.is_empty()).then(|| search(reader, list));
        view! {
            {hero}
            {title}
            {search}
            {empty}
            <ul class="cards">{cards.collect_view()}</ul>
            {paging(reader, list)}
        }
        .into_any()
    })
}

fn card(item: ListItem) -> AnyView {
    let href = paths::product(&item.slug);
    view! {
        <li class="card">
            <a href=href class="card-link">
                <span class="card-picture">
                    <img src=item.picture alt="" width="1200" height="900" />
                </span>
                <span class="card-name display">{item.name}</span>
                <span class="card-summary">{item.summary}</span>
                <span class="card-foot tabular">{item.from}</span>
            </a>
        </li>
    }
    .into_any()
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
            <p class="search-found" role="status" data-testid="found">
                {found} " " <a class="link" href=route::LIST>{say.all_products()}</a>
            </p>
        }
    });
    view! {
        <form class="search" role="search" action=route::LIST method="get">
            <label class="visually-hidden" for="words">{say.search_products()}</label>
            <input
                class="text-field search-words"
                id="words"
                type="search"
                name=WORDS
                value=list.words.clone()
                placeholder=say.search_products()
                autocomplete="off"
                maxlength="200"
            />
            <button type="submit" class="button button-quiet">{say.search()}</button>
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
        words => format!("{}?{WORDS}={}&{PAGE}={page}", route::LIST, encode(words)),
    };
    let before = (list.page > 1).then(|| {
        view! { <a class="button button-quiet" rel="prev" href=address(list.page - 1)>{say.back()}</a> }
    });
    let after = (list.page < list.pages).then(|| {
        view! { <a class="button button-quiet" rel="next" href=address(list.page + 1)>{say.next()}</a> }
    });
    Some(
        view! {
            <nav class="paging" aria-label=say.pages()>
                {before} <span class="paging-place tabular">{say.page_of(&list.page, &list.pages)}</span> {after}
            </nav>
        }
        .into_any(),
    )
}
