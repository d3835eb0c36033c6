//! Orders for those who build them: the list, and one sheet per order.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;

use super::shell::{Frame, Rail, page};
use crate::pages::order::{breakdown, values};
use crate::paths::{self, route};

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
    page(frame, "Orders", Rail::Orders, || {
        let newer = list
            .newer
            .clone()
            .map(|href| view! { <a class="button button-quiet" rel="prev" href=href>"← Newer"</a> });
        let older = list
            .older
            .clone()
            .map(|href| view! { <a class="button button-quiet" rel="next" href=href>"Older →"</a> });
        view! {
            <h1 class="display admin-title">"Orders"</h1>
            {if list.items.is_empty() { no_orders(list) } else { table(&list.items) }}
            <nav class="admin-paging" aria-label="Pages">{newer} {older}</nav>
        }
        .into_any()
    })
}

fn no_orders(list: &OrderList) -> AnyView {
    let words = if list.newer.is_some() {
        "There are no older orders."
    } else {
        "No orders yet. As soon as somebody orders, the newest is at the top of this list."
    };
    view! { <p class="notice" data-testid="empty">{words}</p> }.into_any()
}

fn table(items: &[OrderItem]) -> AnyView {
    view! {
        <table class="admin-table admin-orders">
            <thead>
                <tr>
                    <th scope="col"><span class="visually-hidden">"Picture"</span></th>
                    <th scope="col">"Order"</th>
                    <th scope="col">"Product"</th>
                    <th scope="col">"Buyer"</th>
                    <th scope="col" class="admin-number">"Total"</th>
                    <th scope="col">"Placed"</th>
                </tr>
            </thead>
            <tbody>{items.iter().cloned().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(item: OrderItem) -> AnyView {
    let href = paths::admin::order(item.number);
    view! {
        <tr data-testid="order">
            <td class="admin-cell-thumb">
                <img
                    class="admin-thumb"
                    src=paths::admin::order_picture(item.number)
                    alt=""
                    width="96"
                    height="72"
                    loading="lazy"
                />
            </td>
            <th scope="row" class="tabular">
                <a class="link" href=href>{item.number}</a>
            </th>
            <td data-label="Product"><span>{item.product} " " <span class="admin-meta">{format!("revision {}", item.revision)}</span></span></td>
            <td data-label="Buyer">{item.buyer}</td>
            <td data-label="Total" class="tabular admin-number">{item.total}</td>
            <td data-label="Placed">{item.placed}</td>
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
    page(frame, &format!("Order {}", sheet.number), Rail::Orders, || {
        let rows = sheet.design.iter().cloned().map(|value| {
            view! {
                <tr>
                    <th scope="row">{value.label}</th>
                    <td data-label="Value" class="admin-value">{value.words}</td>
                    <td data-label="Code"><code>{value.code}</code></td>
                    <td data-label="From" class="admin-meta">{value.origin}</td>
                </tr>
            }
        });
        view! {
            <p>
                <a class="admin-crumb" href=route::admin::ORDERS>"Orders"</a>
            </p>
            <h1 class="display admin-title" data-testid="order-number">{format!("Order {}", sheet.number)}</h1>
            <p class="admin-meta">
                {sheet.product.clone()} ", "
                <a class="link" href=paths::admin::revisions(&sheet.slug)>
                    {format!("revision {}", sheet.revision)}
                </a> " · " <a class="link" href=sheet.design_address.clone()>"This design in the shop"</a>
            </p>
            <div class="admin-sheet">
                <section class="admin-sheet-design" aria-labelledby="design-title">
                    <div class="picture admin-picture" inner_html=sheet.picture.clone()></div>
                    <h2 id="design-title" class="admin-heading">"Design"</h2>
                    <table class="admin-table">
                        <thead>
                            <tr>
                                <th scope="col">"Attribute"</th>
                                <th scope="col">"Value"</th>
                                <th scope="col">"Code"</th>
                                <th scope="col">"Where it came from"</th>
                            </tr>
                        </thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </section>
                <section class="admin-sheet-side">
                    <h2 class="admin-heading">"Order"</h2>
                    {values(&sheet.facts)}
                    <h2 class="admin-heading">"Buyer"</h2>
                    {values(&sheet.buyer)}
                    <h2 class="admin-heading">"Price"</h2>
                    {breakdown(&words::Language::ENGLISH.words().studio, &sheet.lines, &sheet.total)}
                </section>
            </div>
        }
        .into_any()
    })
}
