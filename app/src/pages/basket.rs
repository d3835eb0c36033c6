//! The basket: the designs in it, what they cost together, and the form that orders all of them.

use leptos::prelude::*;

use super::buyer::{BuyerForm, ORDER};
use super::document::{Assets, Reader, Script, Switch, document};
use super::order::{PIECES, SHEET, UPDATE};
use crate::paths::route;
use crate::ui::field::Field;
use crate::ui::values::{breakdown, notes};
use crate::ui::{button, empty, link, notice, text};

/// A design with its picture.
const LINE: &str = "grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-x-4 border-t border-line py-3";
const PICTURE: &str = "aspect-4/3 w-18 rounded-s bg-stage bg-lit object-contain p-1";

/// A design in the basket.
#[derive(Clone, Debug, Default)]
pub struct BasketLine {
    /// The token of its copy's link.
    pub token: String,
    /// What its product is called.
    pub product: String,
    /// The address of its picture; empty where there is none.
    pub picture: String,
    /// How it differs from the standard, in words.
    pub design: String,
    /// What stands in the field for how many pieces.
    pub pieces: String,
    /// For how many the price is.
    pub shown: u32,
    /// Why what was typed is no number of pieces.
    pub refused: Option<String>,
    /// What one costs, where there are several.
    pub each: String,
    /// What all pieces cost; empty where the design can't be had.
    pub total: String,
    /// When it is there, its weight, and whether it can be returned.
    pub facts: Vec<String>,
    /// What has changed since it was put in.
    pub told: Vec<String>,
    /// Whether it is another one now, which has to be settled before it is ordered.
    pub is_unsettled: bool,
}

/// Everything the page shows.
#[derive(Clone, Debug, Default)]
pub struct BasketPage {
    /// What was done, and what puts it back where that can be.
    pub done: Option<(String, Option<String>)>,
    /// What else there is to tell.
    pub told: Vec<String>,
    /// The designs.
    pub lines: Vec<BasketLine>,
    /// What they cost, line by line.
    pub prices: Vec<(String, String)>,
    /// What they cost together.
    pub total: String,
    /// When the last is there.
    pub arrival: String,
    /// What is agreed with all of it.
    pub notes: Vec<String>,
    /// Who orders, and what is wrong.
    pub buyer: BuyerForm,
    /// For how many days the basket is kept.
    pub days: u64,
}

/// The page.
#[must_use]
pub fn basket(assets: &Assets, reader: &Reader, page: &BasketPage) -> String {
    let title = reader.say().your_basket();
    if page.lines.is_empty() {
        return document(assets, reader, title, Script::None, Switch::Link, || nothing(reader, page));
    }
    document(assets, reader, title, Script::Order, Switch::Form(ORDER), || {
        let say = reader.say();
        let lines = page.lines.iter().map(|one| line(reader, one)).collect_view();
        view! {
            <form method="post" id=ORDER action=route::BASKET novalidate class=SHEET>
                <section aria-label=title>
                    <h1 class=text::TITLE>{title}</h1>
                    {page.buyer.mistakes(reader)}
                    {done(reader, page)}
                    <ul class="mt-4" data-testid="basket">{lines}</ul>
                    <p class="mt-6 flex flex-wrap items-center gap-x-6 gap-y-2">
                        // With scripts the total follows by itself.
                        <noscript>
                            <button type="submit" class=button::QUIET name=UPDATE value="on" formnovalidate=true data-testid="update">{say.update_total()}</button>
                        </noscript>
                        <a class=link::STANDING href=route::LIST>{say.design_another()}</a>
                    </p>
                    <p class=text::HINT>{say.about_basket(page.days)}</p>
                </section>
                <section aria-label=say.order_everything()>
                    <h2 class="mb-2 font-display text-xl font-medium">{say.order_everything()}</h2>
                    <div data-follows="lines">
                        {breakdown(&page.prices, reader.studio().total_incl_vat(), &page.total)}
                        {(!page.notes.is_empty()).then(|| notes(&page.notes))}
                    </div>
                    <p class="mt-2 mb-6 text-soft tabular" role="status" data-testid="basket-total" data-follows="total" data-unknown=say.total_not_known()>{say.total_and_ready(&page.total, &page.arrival)}</p>
                    {page.buyer.hidden()}
                    {page.buyer.fields(reader)}
                    <button type="submit" class=button::PRIMARY_WIDE data-testid="place-order" data-follows="place" data-unknown=reader.studio().order()>{say.place_order(&page.total)}</button>
                    <p class=text::HINT>{say.nothing_is_paid()}</p>
                </section>
            </form>
        }
        .into_any()
    })
}

/// An empty basket, with the way to the products.
fn nothing(reader: &Reader, page: &BasketPage) -> AnyView {
    let say = reader.say();
    let words = view! {
        <p>{say.basket_is_empty()}</p>
        <a class=button::QUIET href=route::LIST>{say.all_products()}</a>
    };
    view! {
        <section class="mx-auto max-w-[62ch] px-5 pt-4 pb-24">
            <h1 class=text::TITLE>{say.your_basket()}</h1>
            <form method="post" action=route::BASKET class="mt-4">{done(reader, page)}</form>
            {empty::empty(words.into_any(), Some("basket-empty"))}
        </section>
    }
    .into_any()
}

/// What was done, with the way back, and what there is to tell besides.
fn done(reader: &Reader, page: &BasketPage) -> AnyView {
    let done = page.done.clone().map(|(words, undo)| {
        let undo = undo.map(|line| {
            view! { <button type="submit" class=link::LINK name="undo" value=line formnovalidate=true data-testid="undo-remove">{reader.studio().undo()}</button> }
        });
        view! { <div class=format!("{} mt-4", notice::GOOD) role="status" data-testid="done">{words} " " {undo}</div> }
    });
    let told =
        page.told.iter().map(|words| view! { <p class=notice::CAUTION role="status">{words.clone()}</p> });
    view! { {done} {told.collect_view()} }.into_any()
}

fn line(reader: &Reader, line: &BasketLine) -> AnyView {
    let say = reader.say();
    let named = || view! { <span class="sr-only">": " {line.product.clone()}</span> };
    let button = |name: &'static str, words: &'static str| {
        view! { <button type="submit" class=link::STANDING name=name value=line.token.clone() formnovalidate=true data-testid=name>{words}{named()}</button> }
    };
    let can_be_had = !line.total.is_empty();
    let picture = (!line.picture.is_empty()).then(|| {
        view! { <img class=PICTURE src=line.picture.clone() alt="" width="72" height="54" loading="lazy" /> }
    });
    let told = line.told.iter().map(|words| view! { <p>{words.clone()}</p> }).collect_view();
    let told = (!line.told.is_empty()).then(|| {
        let class = if can_be_had { notice::CAUTION } else { notice::STOP };
        view! { <div class=class data-testid="line-told">{told}</div> }
    });
    let field = Field {
        id: format!("pieces-{}", line.token),
        name: format!("pieces.{}", line.token),
        label: say.quantity().to_owned(),
        value: line.pieces.clone(),
        keyboard: "numeric",
        autocomplete: "off",
        errors: line.refused.clone().into_iter().collect(),
        tight: true,
        ..Field::default()
    };
    let price = can_be_had.then(|| {
        view! { <bdi class="font-semibold tabular" data-testid="line-total" data-follows="price" data-of=line.token.clone()>{line.total.clone()}</bdi> }
    });
    let each = (!line.each.is_empty())
        .then(|| view! { <p class="text-s text-muted tabular">{line.each.clone()}</p> });
    let facts = can_be_had.then(|| {
        view! { <div data-follows="facts" data-of=line.token.clone()>{each} {notes(&line.facts)}</div> }
    });
    view! {
        <li class=LINE data-testid="basket-line">
            <div>{picture}</div>
            <div class="min-w-0" role="group" aria-label=line.product.clone()>
                <div class="flex flex-wrap items-center justify-between gap-x-6">
                    <h2 class="font-semibold wrap-anywhere">{line.product.clone()}</h2>
                    {price}
                </div>
                <p class=text::META dir="auto">{line.design.clone()}</p>
                {told}
                <input type="hidden" data-follows="shown" data-of=line.token.clone() name=format!("shown.{}", line.token) value=line.shown.to_string() />
                <div class=format!("mt-4 {PIECES}")>{field.text("text")}</div>
                {facts}
                <div class="flex flex-wrap items-start gap-x-5">
                    {line.is_unsettled.then(|| button("take", say.take_like_this()))}
                    {can_be_had.then(|| button("change", say.change_this_design()))}
                    {button("remove", say.remove())}
                </div>
            </div>
        </li>
    }
    .into_any()
}
