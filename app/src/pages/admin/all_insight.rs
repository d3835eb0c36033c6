//! What happens on the pages of all products: a row each, and what the numbers advise.

use leptos::prelude::*;
use words::Language;

use super::insight::{AdviceItem, PERIODS, told};
use super::shell::{Frame, PAGING, Rail, SINGLE, page};
use crate::paths;
use crate::ui::table::{self, Column, table};
use crate::ui::{button, empty, link, text};

/// What is told of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductInsight {
    /// Its name.
    pub name: String,
    /// Its own page of insight.
    pub href: String,
    /// Visits to its page.
    pub visits: u32,
    /// Visits that came to the order form.
    pub order_forms: u32,
    /// Orders that such visits placed.
    pub ordered: u32,
    /// Orders in all, however they were placed.
    pub orders: u64,
    /// The option that was asked for most while it was blocked, in words.
    pub asked: Option<String>,
    /// What the numbers advise.
    pub advice: Vec<AdviceItem>,
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllInsightPage {
    /// The days in words.
    pub told: String,
    /// How many days up to today these are.
    pub days: u16,
    /// Whether a click asks for so many.
    pub is_usual: bool,
    /// The products.
    pub items: Vec<ProductInsight>,
    /// Which page it is, from 1.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
}

/// The page.
#[must_use]
pub fn all_insight(frame: Frame, shown: &AllInsightPage) -> String {
    let (language, say) = (frame.language, frame.say());
    let (texts, today, shop) = (language.insight(), language.today(), language.shop());
    page(frame, say.insight(), Rail::Insight, || {
        let periods = PERIODS.map(|days| {
            let here = (shown.is_usual && days == shown.days).then_some("true");
            let href = paths::admin::all_insight(days, 1);
            view! { <a class=link::STANDING href=href aria-current=here>{texts.last_days(days.into())}</a> }
        });
        let address = |page: u32| paths::admin::all_insight(shown.days, page);
        let before = (shown.page > 1).then(|| {
            view! { <a class=button::QUIET rel="prev" href=address(shown.page - 1)>{shop.back()}</a> }
        });
        let after = (shown.page < shown.pages).then(|| {
            view! { <a class=button::QUIET rel="next" href=address(shown.page + 1)>{shop.next()}</a> }
        });
        let list = if shown.items.is_empty() {
            empty::empty(view! { <p>{today.no_products()}</p> }.into_any(), Some("no-products"))
        } else {
            rows(language, &shown.items)
        };
        let advised = shown.items.iter().filter(|item| !item.advice.is_empty());
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{say.insight()}</h1>
                <p class=text::LEAD>{today.insight_hint()}</p>
                <p class="flex flex-wrap gap-x-5 gap-y-1">{periods.into_iter().collect_view()}</p>
                <p class=text::META>
                    {shown.told.clone()} " "
                    <a class=link::LINK href=paths::admin::all_insight_csv(shown.days) data-testid="csv">{texts.download()}</a>
                </p>
                {list}
                {advised.map(|item| advice(language, item)).collect_view()}
                <nav class=PAGING aria-label=shop.pages()>{before} {after}</nav>
            </div>
        }
        .into_any()
    })
}

fn rows(language: Language, items: &[ProductInsight]) -> AnyView {
    let today = language.today();
    let columns = [
        Column::words(today.product()),
        Column::number(today.visits()),
        Column::number(today.order_forms()),
        Column::number(today.ordered_there()),
        Column::number(today.orders_all()),
        Column::words(today.asked_most()),
    ];
    let row = |item: &ProductInsight| {
        let ProductInsight { name, href, visits, order_forms, ordered, orders, asked, .. } = item.clone();
        let asked = asked.unwrap_or_else(|| today.nothing_asked().to_owned());
        view! {
            <tr class=table::ROW data-testid="product-insight">
                <th scope="row" class=table::NAME><a class=link::LINK href=href>{name}</a></th>
                <td class=table::NUMBER data-label=today.visits()>{told(language, visits)}</td>
                <td class=table::NUMBER data-label=today.order_forms()>{told(language, order_forms)}</td>
                <td class=table::NUMBER data-label=today.ordered_there()>{told(language, ordered)}</td>
                <td class=table::NUMBER data-label=today.orders_all()>{language.words().locale.count(orders)}</td>
                <td class=table::LABELLED data-label=today.asked_most()>{asked}</td>
            </tr>
        }
    };
    table(&columns, items.iter().map(row).collect_view().into_any())
}

/// What the numbers of a product advise.
fn advice(language: Language, item: &ProductInsight) -> AnyView {
    let (texts, today) = (language.insight(), language.today());
    let items = item.advice.iter().cloned().map(|AdviceItem { kind, words, evidence, href }| {
        view! {
            <li class="border-t border-rim py-2 wrap-anywhere" data-testid=format!("advice-{kind}")>
                <p class="font-semibold">{words}</p>
                <p>{evidence} " " <a class=link::LINK href=href>{texts.change_it()}</a></p>
            </li>
        }
    });
    view! {
        <section class="mt-6 border-t border-line pt-5">
            <h2 class=text::HEADING>{today.advice_of(&item.name)}</h2>
            <ul>{items.collect_view()}</ul>
            <p><a class=link::LINK href=item.href.clone()>{today.see_it()}</a></p>
        </section>
    }
    .into_any()
}
