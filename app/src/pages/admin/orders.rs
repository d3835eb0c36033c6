//! Orders for those who build them: the list, and one sheet per order.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;

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
    page(frame, "Orders", Rail::Orders, || {
        let newer = list
            .newer
            .clone()
            .map(|href| view! { <a class=button::QUIET rel="prev" href=href>"← Newer"</a> });
        let older = list
            .older
            .clone()
            .map(|href| view! { <a class=button::QUIET rel="next" href=href>"Older →"</a> });
        view! {
            <h1 class=text::TITLE_SMALL>"Orders"</h1>
            {if list.items.is_empty() { no_orders(list) } else { listed(&list.items) }}
            <nav class=PAGING aria-label="Pages">{newer} {older}</nav>
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
    empty::empty(view! { <p>{words}</p> }.into_any(), Some("empty"))
}

fn listed(items: &[OrderItem]) -> AnyView {
    let columns = [
        Column::quiet("Picture"),
        Column::words("Order"),
        Column::words("Product"),
        Column::words("Buyer"),
        Column::number("Total"),
        Column::words("Placed"),
    ];
    table(&columns, items.iter().cloned().map(row).collect_view().into_any())
}

fn row(item: OrderItem) -> AnyView {
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
            <td class=table::LABELLED data-label="Product"><span>{item.product} " " <span class=text::META>{format!("revision {}", item.revision)}</span></span></td>
            <td class=table::LABELLED data-label="Buyer">{item.buyer}</td>
            <td class=table::NUMBER data-label="Total">{item.total}</td>
            <td class=table::LABELLED data-label="Placed">{item.placed}</td>
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

/// Columns of a design.
const DESIGN: [Column; 4] = [
    Column::words("Attribute"),
    Column::words("Value"),
    Column::words("Code"),
    Column::words("Where it came from"),
];

/// The sheet of one order.
#[must_use]
pub fn order(frame: Frame, sheet: &OrderSheet) -> String {
    page(frame, &format!("Order {}", sheet.number), Rail::Orders, || {
        let rows = sheet.design.iter().cloned().map(|value| {
            view! {
                <tr class=table::ROW>
                    <th scope="row" class=table::NAME>{value.label}</th>
                    <td class=table::LABELLED data-label="Value"><span class="font-medium">{value.words}</span></td>
                    <td class=table::LABELLED data-label="Code"><code class=text::CODE>{value.code}</code></td>
                    <td class=table::LABELLED data-label="From"><span class=text::META>{value.origin}</span></td>
                </tr>
            }
        });
        view! {
            <p>
                <a class=CRUMB href=route::admin::ORDERS>"Orders"</a>
            </p>
            <h1 class=text::TITLE_SMALL data-testid="order-number">{format!("Order {}", sheet.number)}</h1>
            <p class=text::META>
                {sheet.product.clone()} ", "
                <a class=link::LINK href=paths::admin::revisions(&sheet.slug)>
                    {format!("revision {}", sheet.revision)}
                </a> " · " <a class=link::LINK href=sheet.design_address.clone()>"This design in the shop"</a>
            </p>
            <div class="mt-5 grid gap-8 desk:grid-cols-[minmax(0,5fr)_minmax(0,3fr)] desk:gap-14">
                <section class="min-w-0" aria-labelledby="design-title">
                    <div class="mb-6 max-w-[640px] rounded-l bg-stage bg-lit p-[4%]">
                        <div class=text::PICTURE inner_html=sheet.picture.clone()></div>
                    </div>
                    <h2 id="design-title" class=text::HEADING>"Design"</h2>
                    {table(&DESIGN, rows.collect_view().into_any())}
                </section>
                <section class="min-w-0 [--term:6rem]">
                    <h2 class=text::HEADING>"Order"</h2>
                    <div class="mb-8">{values(&sheet.facts)}</div>
                    <h2 class=text::HEADING>"Buyer"</h2>
                    <div class="mb-8">{values(&sheet.buyer)}</div>
                    <h2 class=text::HEADING>"Price"</h2>
                    {breakdown(&sheet.lines, words::Language::ENGLISH.words().studio.total_incl_vat(), &sheet.total)}
                </section>
            </div>
        }
        .into_any()
    })
}
