//! The admin's first page: all products.

use configurator::Slug;
use leptos::prelude::*;
use words::Language;

use super::shell::{DraftState, Frame, PAGING, Rail, page};
use super::standing::Stands;
use crate::paths::{self, route};
use crate::ui::form::{Post, act, may_send};
use crate::ui::{button, empty, link, notice, text};

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
    /// How it stands.
    pub stands: Stands,
    /// Its place in the shop's list, where it is on it.
    pub place: Option<u32>,
    /// What is live, since when and at which price, in words; empty where nothing is.
    pub live: String,
    /// Address of the standard's picture, where shoppers see one.
    pub picture: Option<String>,
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
    /// How many releases wait for a second person.
    pub waiting: u64,
    /// A product whose draft was removed just now, and its name.
    pub removed: Option<(Slug, String)>,
}

/// The page with all products.
#[must_use]
pub fn products(frame: Frame, list: &ProductItems) -> String {
    let (say, shop, assortment) = (frame.say(), frame.language.shop(), frame.language.assortment());
    let releases = frame.language.releases();
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
        let removed = list.removed.clone().map(|(slug, name)| {
            view! {
                <div class=notice::GOOD role="status" data-testid="removed">
                    <p>{assortment.removed(&name)}</p>
                    {Post::to(paths::admin::standing(&slug)).form(|| view! {
                        <input type="hidden" name="was" value="removed" />
                        <button type="submit" class=button::PLAIN name="do" value="begun" data-testid="undo">{assortment.undo()}</button>
                    }.into_any())}
                </div>
            }
        });
        let waiting = (list.waiting > 0).then(|| {
            let words = releases.waits(list.waiting);
            view! { <p class=notice::CAUTION data-testid="waiting"><a class=link::LINK href=route::admin::RELEASES>{words}</a></p> }
        });
        let ways = act(route::admin::NEW, || {
            view! {
                <div class="flex flex-wrap items-center gap-3">
                    <a class=link::STANDING href=route::admin::PRICES>{assortment.change_prices()}</a>
                    <a class=button::PRIMARY_SMALL href=route::admin::NEW data-testid="new-product">{assortment.new_product()}</a>
                </div>
            }
            .into_any()
        });
        let rows = items.iter().cloned().map(|item| card(frame.language, item));
        let empty = items.is_empty().then(|| {
            let command = view! { <code class=text::CODE>"atelier check FOLDER"</code> }.into_any();
            let words = view! { <p>{text::around(&say.no_products(&text::HERE), command)}</p> };
            empty::empty(words.into_any(), Some("empty"))
        });
        view! {
            {removed} {waiting}
            <div class="flex flex-wrap items-center justify-between gap-3 max-w-[1080px]">
                <h1 class=text::TITLE_SMALL>{say.products()}</h1>
                {ways}
            </div>
            {empty}
            <ul class="mt-4 grid max-w-[1080px]">{rows.collect_view()}</ul>
            {paging}
        }
        .into_any()
    })
}

/// A product in the list.
fn card(language: Language, item: ProductItem) -> AnyView {
    let (say, assortment) = (language.admin(), language.assortment());
    let href = paths::admin::first_section(&item.slug);
    let picture = item.picture.map(|picture| {
        view! { <img class=THUMB src=picture alt="" width="160" height="120" loading="lazy" /> }
    });
    let picture = picture.map_or_else(|| view! { <span class=THUMB></span> }.into_any(), IntoAny::into_any);
    let shown = (item.stands != Stands::Begun).then(|| {
        view! { <a class=link::STANDING href=paths::product(&item.slug)>{say.view_in_shop()}</a> }
    });
    let changed = match item.stands {
        Stands::Begun => assortment.begun_by(&item.changed),
        _ => item.changed,
    };
    let insight = (item.stands != Stands::Begun).then(|| {
        view! { <a class=link::STANDING href=paths::admin::insight(&item.slug)>{say.insight()}</a> }
    });
    let is_sound = matches!(item.state, DraftState::Ready | DraftState::Unsettled(_));
    let publishes = is_sound && may_send(&paths::admin::publish(&item.slug));
    let publish = publishes.then(|| {
        view! { <a class=link::STANDING href=paths::admin::publish(&item.slug)>{say.to_publish()}</a> }
    });
    view! {
        <li class=CARD data-testid="product">
            {picture}
            <div class="grid gap-1">
                <h2 class="text-[1.05rem] font-semibold wrap-anywhere">
                    <a class="hover:text-accent" href=href.clone()>{item.name}</a>
                </h2>
                <p class=text::META>{item.stands.mark(assortment, item.place)} " " {item.live}</p>
                <p class=text::META>{item.state.mark(say)} " " {changed}</p>
            </div>
            <p class="col-span-full flex flex-wrap gap-x-5 gap-y-1 tablet:col-auto">
                <a class=link::STANDING href=href.clone()>{say.edit()}</a>
                {publish}
                <a class=link::STANDING href=paths::admin::revisions(&item.slug)>{say.revisions()}</a>
                {insight}
                <a class=link::STANDING href=paths::admin::standing(&item.slug)>{assortment.place_and_address()}</a>
                {shown}
            </p>
        </li>
    }
    .into_any()
}
