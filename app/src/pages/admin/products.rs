//! The admin's first page: all products.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;

use super::shell::{DraftState, Frame, Rail, page};
use crate::paths;

/// A product on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductItem {
    /// Its address.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// Number of the live revision.
    pub live: RevisionNumber,
    /// When that was published, in words.
    pub published: String,
    /// Price of the standard, ready to show.
    pub standard: String,
    /// Address of the standard's picture.
    pub picture: String,
    /// The draft's state.
    pub state: DraftState,
    /// Who changed the draft last and when, in words; empty when nobody did.
    pub changed: String,
}

/// One page of the products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductItems {
    /// The products on it.
    pub items: Vec<ProductItem>,
    /// Which page it is, from 1.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
}

/// The page with all products.
#[must_use]
pub fn products(frame: Frame, list: &ProductItems) -> String {
    page(frame, "Products", Rail::Products, || {
        let items = &list.items;
        let address = |page: u32| paths::admin::products_page(page);
        let before = (list.page > 1).then(|| {
            view! { <a class="button button-quiet" rel="prev" href=address(list.page - 1)>"← Back"</a> }
        });
        let after = (list.page < list.pages).then(|| {
            view! { <a class="button button-quiet" rel="next" href=address(list.page + 1)>"Next →"</a> }
        });
        let paging = (list.pages > 1)
            .then(|| view! { <nav class="admin-paging" aria-label="Pages">{before} {after}</nav> });
        let rows = items.iter().cloned().map(|item| {
            let href = paths::admin::product(&item.slug);
            let publish = (item.state == DraftState::Ready).then(|| {
                view! { <a class="link" href=paths::admin::publish(&item.slug)>"Publish…"</a> }
            });
            view! {
                <li class="admin-card" data-testid="product">
                    <img class="admin-thumb" src=item.picture alt="" width="160" height="120" loading="lazy" />
                    <div class="admin-card-text">
                        <h2 class="admin-card-name">
                            <a href=href.clone()>{item.name}</a>
                        </h2>
                        <p class="admin-meta tabular">
                            {format!("Revision {} is live since {} · standard {}", item.live, item.published, item.standard)}
                        </p>
                        <p class="admin-meta">{item.state.mark()} " " {item.changed}</p>
                    </div>
                    <p class="admin-card-links">
                        <a class="link" href=href.clone()>"Edit"</a>
                        {publish}
                        <a class="link" href=paths::admin::revisions(&item.slug)>"Revisions"</a>
                        <a class="link" href=paths::product(&item.slug)>"In the shop"</a>
                    </p>
                </li>
            }
        });
        let empty = items.is_empty().then(|| {
            view! {
                <div class="notice" data-testid="empty">
                    <p>"There is no product yet. Put a product folder into the folder of catalogues, check it with "
                        <code>"atelier check FOLDER"</code> ", and start the shop again."</p>
                </div>
            }
        });
        view! {
            <h1 class="display admin-title">"Products"</h1>
            {empty}
            <ul class="admin-cards">{rows.collect_view()}</ul>
            {paging}
        }
        .into_any()
    })
}
