//! The admin's first page: all products.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;

use super::shell::{DraftState, Frame, PAGING, Rail, page};
use crate::paths;
use crate::ui::{button, empty, link, text};

const CARD: &str = concat!(
    "grid grid-cols-[5rem_minmax(0,1fr)] items-center gap-x-4 gap-y-2 border-b border-line py-4 ",
    "tablet:grid-cols-[112px_minmax(0,1fr)_auto]"
);
/// A small picture of a product.
pub(super) const THUMB: &str = "aspect-4/3 h-auto w-full rounded-s bg-stage bg-lit object-contain p-1";

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
    let (say, shop) = (frame.say(), frame.language.shop());
    page(frame, say.products(), Rail::Products, || {
        let items = &list.items;
        let address = |page: u32| paths::admin::products_page(page);
        let before = (list.page > 1).then(|| {
            view! { <a class=button::QUIET rel="prev" href=address(list.page - 1)>{shop.back()}</a> }
        });
        let after = (list.page < list.pages).then(|| {
            view! { <a class=button::QUIET rel="next" href=address(list.page + 1)>{shop.next()}</a> }
        });
        let paging = (list.pages > 1)
            .then(|| view! { <nav class=PAGING aria-label=shop.pages()>{before} {after}</nav> });
        let rows = items.iter().cloned().map(|item| {
            let href = paths::admin::product(&item.slug);
            let publish = (item.state == DraftState::Ready).then(|| {
                view! { <a class=link::STANDING href=paths::admin::publish(&item.slug)>{say.to_publish()}</a> }
            });
            view! {
                <li class=CARD data-testid="product">
                    <img class=THUMB src=item.picture alt="" width="160" height="120" loading="lazy" />
                    <div class="grid gap-1">
                        <h2 class="text-[1.05rem] font-semibold wrap-anywhere">
                            <a class="hover:text-accent" href=href.clone()>{item.name}</a>
                        </h2>
                        <p class=text::META>
                            {say.product_is_live(&item.live, &item.published, &item.standard)}
                        </p>
                        <p class=text::META>{item.state.mark(say)} " " {item.changed}</p>
                    </div>
                    <p class="col-span-full flex flex-wrap gap-x-5 gap-y-1 tablet:col-auto">
                        <a class=link::STANDING href=href.clone()>{say.edit()}</a>
                        {publish}
                        <a class=link::STANDING href=paths::admin::revisions(&item.slug)>{say.revisions()}</a>
                        <a class=link::STANDING href=paths::product(&item.slug)>{say.in_the_shop()}</a>
                    </p>
                </li>
            }
        });
        let empty = items.is_empty().then(|| {
            let command = view! { <code class=text::CODE>"atelier check FOLDER"</code> }.into_any();
            let words = view! { <p>{text::around(&say.no_products(&text::HERE), command)}</p> };
            empty::empty(words.into_any(), Some("empty"))
        });
        view! {
            <h1 class=text::TITLE_SMALL>{say.products()}</h1>
            {empty}
            <ul class="mt-4 grid max-w-[1080px]">{rows.collect_view()}</ul>
            {paging}
        }
        .into_any()
    })
}
