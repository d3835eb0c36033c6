//! Orders for those who build them: the list, and one sheet per order.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;
use words::Admin;

use super::products::THUMB;
use super::shell::{CRUMB, Frame, PAGING, Rail, page};
use crate::paths::{self, route};
use crate::ui::table::{self, Column, table};
use crate::ui::values::{breakdown, values};
use crate::ui::{button, empty, link, text};

/// An order on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderItem {
    /// Its number.
    pub number: i64,
    /// The product's name then.
    pub product: String,
    /// The revision it was made from.
    pub revision: RevisionNumber,
    /// Name of the buyer.
    pub buyer: String,
    /// The total, ready to show.
    pub total: String,
    /// When it was placed, in words.
    pub placed: String,
}

/// One page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderList {
    /// Newest first.
    pub items: Vec<OrderItem>,
    /// Address of the page with newer orders.
    pub newer: Option<String>,
    /// Address of the page with older orders.
    pub older: Option<String>,
}

/// The list of orders.
#[must_use]
pub fn orders(frame: Frame, list: &OrderList) -> String {
    let say = frame.say();
    page(frame, say.orders(), Rail::Orders, || {
        let newer = list
            .newer
            .clone()
            .map(|href| view! { <a class=button::QUIET rel="prev" href=href>{say.newer()}</a> });
        let older = list
            .older
            .clone()
            .map(|href| view! { <a class=button::QUIET rel="next" href=href>{say.older()}</a> });
        view! {
            <h1 class=text::TITLE_SMALL>{say.orders()}</h1>
            {if list.items.is_empty() { no_orders(say, list) } else { listed(say, &list.items) }}
            <nav class=PAGING aria-label=frame.language.shop().pages()>{newer} {older}</nav>
        }
        .into_any()
    })
}

fn no_orders(say: &Admin, list: &OrderList) -> AnyView {
    let words = if list.newer.is_some() { say.no_older_orders() } else { say.no_orders() };
    empty::empty(view! { <p>{words}</p> }.into_any(), Some("empty"))
}

fn listed(say: &'static Admin, items: &[OrderItem]) -> AnyView {
    let columns = [
        Column::quiet(say.picture()),
        Column::words(say.order()),
        Column::words(say.product()),
        Column::words(say.buyer()),
        Column::number(say.total()),
        Column::words(say.placed()),
    ];
    table(&columns, items.iter().cloned().map(|item| row(say, item)).collect_view().into_any())
}

fn row(say: &Admin, item: OrderItem) -> AnyView {
    let href = paths::admin::order(item.number);
    view! {
        <tr class=table::ROW_PICTURED data-testid="order">
            <td class=table::PICTURE>
                <img
                    class=THUMB
                    src=paths::admin::order_picture(item.number)
                    alt=""
                    width="96"
                    height="72"
                    loading="lazy"
                />
            </td>
            <th scope="row" class=table::NAME>
                <a class=link::LINK href=href>{item.number}</a>
            </th>
            <td class=table::LABELLED data-label=say.product()><span>{item.product} " " <span class=text::META>{say.of_revision(&item.revision)}</span></span></td>
            <td class=table::LABELLED data-label=say.buyer()>{item.buyer}</td>
            <td class=table::NUMBER data-label=say.total()>{item.total}</td>
            <td class=table::LABELLED data-label=say.placed()>{item.placed}</td>
        </tr>
    }
    .into_any()
}

/// One attribute of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetValue {
    /// The attribute's name.
    pub label: String,
    /// The value in words.
    pub words: String,
    /// Codes of attribute and value, as production knows them.
    pub code: String,
    /// Where the value came from.
    pub origin: String,
}

/// Everything production needs of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSheet {
    /// Its number.
    pub number: i64,
    /// The product's name then.
    pub product: String,
    /// The product's address.
    pub slug: Slug,
    /// The revision it was made from.
    pub revision: RevisionNumber,
    /// Facts such as when it was placed and its lead time, in words.
    pub facts: Vec<(String, String)>,
    /// The picture as SVG.
    pub picture: String,
    /// Every attribute.
    pub design: Vec<SheetValue>,
    /// Lines of the quote, ready to show.
    pub lines: Vec<(String, String)>,
    /// The total, ready to show.
    pub total: String,
    /// Name, e-mail, address and note as typed.
    pub buyer: Vec<(String, String)>,
    /// The design on the product's page, pinned to its revision.
    pub design_address: String,
}

/// The sheet of one order.
#[must_use]
pub fn order(frame: Frame, sheet: &OrderSheet) -> String {
    let say = frame.say();
    page(frame, &say.order_number(&sheet.number), Rail::Orders, || {
        let columns = [say.attribute(), say.value(), say.code(), say.where_from()].map(Column::words);
        let total_words = frame.language.words().studio.total_incl_vat();
        let rows = sheet.design.iter().cloned().map(|value| {
            view! {
                <tr class=table::ROW>
                    <th scope="row" class=table::NAME>{value.label}</th>
                    <td class=table::LABELLED data-label=say.value()><span class="font-medium">{value.words}</span></td>
                    <td class=table::LABELLED data-label=say.code()><code class=text::CODE>{value.code}</code></td>
                    <td class=table::LABELLED data-label=say.from()><span class=text::META>{value.origin}</span></td>
                </tr>
            }
        });
        view! {
            <p>
                <a class=CRUMB href=route::admin::ORDERS>{say.orders()}</a>
            </p>
            <h1 class=text::TITLE_SMALL data-testid="order-number">{say.order_number(&sheet.number)}</h1>
            <p class=text::META>
                {sheet.product.clone()} ", "
                <a class=link::LINK href=paths::admin::revisions(&sheet.slug)>
                    {say.of_revision(&sheet.revision)}
                </a> " · " <a class=link::LINK href=sheet.design_address.clone()>{say.design_in_shop()}</a>
            </p>
            <div class="mt-5 grid gap-8 desk:grid-cols-[minmax(0,5fr)_minmax(0,3fr)] desk:gap-14">
                <section class="min-w-0" aria-labelledby="design-title">
                    <div class="mb-6 max-w-[640px] rounded-l bg-stage bg-lit p-[4%]">
                        <div class=text::PICTURE inner_html=sheet.picture.clone()></div>
                    </div>
                    <h2 id="design-title" class=text::HEADING>{say.design()}</h2>
                    {table(&columns, rows.collect_view().into_any())}
                </section>
                <section class="min-w-0 [--term:6rem]">
                    <h2 class=text::HEADING>{say.order()}</h2>
                    <div class="mb-8">{values(&sheet.facts)}</div>
                    <h2 class=text::HEADING>{say.buyer()}</h2>
                    <div class="mb-8">{values(&sheet.buyer)}</div>
                    <h2 class=text::HEADING>{say.price()}</h2>
                    {breakdown(&sheet.lines, total_words, &sheet.total)}
                </section>
            </div>
        }
        .into_any()
    })
}
