//! Customers: who orders here by how lately, how often and for how much; named groups of them; and everything between the shop
//! and one of them.

use leptos::prelude::*;
use words::Language;

use super::kept::{keeping, kept_once};
use super::shell::{CRUMB, Frame, PAGING, Rail, SINGLE, page};
use crate::paths::{self, route};
use crate::ui::field::{self, Entry, Field};
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::{button, empty, link, notice, text, values};

/// Somebody who orders here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerItem {
    /// Their e-mail address.
    pub email: String,
    /// The name on their last order.
    pub name: String,
    /// How many orders.
    pub orders: u32,
    /// What they come to, ready to show.
    pub value: String,
    /// The day of the last, in words.
    pub last: String,
}

/// A named group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentItem {
    /// Its name.
    pub name: String,
    /// Its rule as addresses write it.
    pub query: String,
    /// Its rule in words.
    pub rule: String,
    /// How many are in it.
    pub count: u64,
    /// Whether it is what is shown.
    pub is_shown: bool,
}

/// What is asked for, as it stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// Words of them.
    pub text: String,
    /// The least value, as typed.
    pub value: String,
    /// The fewest orders.
    pub orders: String,
    /// The day since which they ordered, as `2026-11-22`.
    pub since: String,
    /// The day before which they ordered last.
    pub before: String,
    /// Products to pick from.
    pub products: Vec<Entry>,
    /// Uses to pick from.
    pub uses: Vec<Entry>,
    /// What is to be known of the one that is picked, in a sentence.
    pub use_problem: Option<String>,
    /// Fields that can't be read, with what was typed.
    pub unread: Vec<(&'static str, String)>,
    /// The rule as addresses write it; empty where none is set.
    pub rule: String,
    /// The name of the segment that is shown, or that the rule is to change; empty for none.
    pub segment: String,
}

/// Everything that the list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomersPage {
    /// Those of this page.
    pub items: Vec<CustomerItem>,
    /// How many are found.
    pub count: u64,
    /// Address of the page before.
    pub before: Option<String>,
    /// Address of the page after.
    pub after: Option<String>,
    /// What is asked for.
    pub asked: CustomerFilter,
    /// Named groups.
    pub segments: Vec<SegmentItem>,
    /// Why what was sent is not kept.
    pub problem: Option<String>,
    /// The name that it was sent with.
    pub typed: String,
    /// The segment that was removed just now: its name, and its rule as addresses write it.
    pub removed: Option<(String, String)>,
    /// Somebody who is known by this address and ordered nothing.
    pub known: Option<String>,
}

/// The list of customers.
#[must_use]
pub fn customers(frame: Frame, shown: &CustomersPage) -> String {
    let language = frame.language;
    let (say, texts) = (language.admin(), language.customers());
    page(frame, say.customers(), Rail::Customers, || {
        let paging = |address: &Option<String>, rel: &'static str, words: &'static str| {
            address.clone().map(|href| view! { <a class=button::QUIET rel=rel href=href>{words}</a> })
        };
        let shop = frame.language.shop();
        let problem = shown.problem.clone();
        let problem = problem.map(|why| notice::alert(view! { <p>{why}</p> }.into_any(), "problem"));
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{say.customers()}</h1>
                <p class=text::LEAD>{texts.customers_hint()}</p>
                {problem}
                {removed(language, shown)}
                {act(route::admin::CUSTOMERS, || keeping(frame, false))}
                {segments(language, &shown.segments)}
                {filter(language, &shown.asked)}
                {keep(language, shown)}
                <p class=text::META data-testid="count">{texts.customers_found(shown.count, &language.words().locale.count(shown.count))}</p>
                {if shown.items.is_empty() { none(language, shown) } else { listed(language, &shown.items) }}
                <nav class=PAGING aria-label=shop.pages()>
                    {paging(&shown.before, "prev", shop.back())} {paging(&shown.after, "next", shop.next())}
                </nav>
            </div>
        }
        .into_any()
    })
}

fn none(language: Language, shown: &CustomersPage) -> AnyView {
    let texts = language.customers();
    let told = shown.known.clone().map(|email| {
        let href = paths::admin::customer(&email);
        view! { <p>{texts.known_without_orders()} " " <a class=link::LINK href=href><bdi>{email}</bdi></a></p> }
            .into_any()
    });
    let told = told.unwrap_or_else(|| view! { <p>{texts.nobody_found()}</p> }.into_any());
    empty::empty(told, Some("empty"))
}

/// The segment that was removed just now, and the way back.
fn removed(language: Language, shown: &CustomersPage) -> Option<AnyView> {
    let (name, rule) = shown.removed.clone()?;
    let told = language.customers().segment_removed(&name);
    let undo = Post::to(route::admin::CUSTOMERS).form(|| {
        view! {
            <input type="hidden" name="rule" value=rule />
            <button type="submit" class=button::PLAIN name="name" value=name data-testid="undo">{language.assortment().undo()}</button>
        }
        .into_any()
    });
    Some(
        view! { <div class=notice::GOOD role="status" data-testid="done"><p>{told}</p>{undo}</div> }
            .into_any(),
    )
}

fn listed(language: Language, items: &[CustomerItem]) -> AnyView {
    let (say, texts) = (language.admin(), language.customers());
    let columns = [
        Column::words(say.e_mail()),
        Column::words(texts.last_order()),
        Column::number(say.orders()),
        Column::number(say.value()),
    ];
    let row = |item: &CustomerItem| {
        let CustomerItem { email, name, orders, value, last } = item.clone();
        view! {
            <tr class=table::ROW>
                <th scope="row" class=table::NAME>
                    <a class=link::LINK href=paths::admin::customer(&email)><bdi>{email.clone()}</bdi></a>
                    <p class=text::META><bdi>{name}</bdi></p>
                </th>
                <td class=table::LABELLED data-label=texts.last_order()>{last}</td>
                <td class=table::NUMBER data-label=say.orders()>{language.words().locale.count(orders.into())}</td>
                <td class=table::AMOUNT data-label=say.value()>{value}</td>
            </tr>
        }
    };
    table(&columns, items.iter().map(row).collect_view().into_any())
}

fn segments(language: Language, segments: &[SegmentItem]) -> AnyView {
    let (say, texts) = (language.admin(), language.customers());
    let row = |segment: &SegmentItem| {
        let SegmentItem { name, query, rule, count, is_shown } = segment.clone();
        view! {
            <tr class=table::ROW>
                <th scope="row" class=table::NAME>
                    <a class=link::LINK href=paths::admin::customers(&query) aria-current=is_shown.then_some("page")>{name.clone()}</a>
                    <p class=text::META>{rule}</p>
                </th>
                <td class=table::NUMBER data-label=say.customers()>{language.words().locale.count(count)}</td>
                <td class=table::ACT>
                    {Post::to(route::admin::CUSTOMERS).form(|| view! {
                        <input type="hidden" name="rule" value=query />
                        <button type="submit" class=button::ICON name="remove" value=name.clone() aria-label=texts.remove_segment(&name)>"×"</button>
                    }.into_any())}
                </td>
            </tr>
        }
    };
    (!segments.is_empty())
        .then(|| {
            let columns =
                [Column::words(texts.segments()), Column::number(say.customers()), Column::quiet(say.ways())];
            let rows = segments.iter().map(row).collect_view().into_any();
            view! { <div data-testid="segments">{table(&columns, rows)}</div> }
        })
        .into_any()
}

fn filter(language: Language, asked: &CustomerFilter) -> AnyView {
    let (say, texts) = (language.admin(), language.customers());
    let asked = asked.clone();
    let tight = |id: &str, label: &str, value: String| Field {
        id: format!("asked-{id}"),
        name: id.to_owned(),
        label: label.to_owned(),
        value,
        autocomplete: "off",
        ..Field::default()
    };
    // What can't be read stays in its field.
    let number = |id: &str, label: &str, value: String| {
        let unread = asked.unread.iter().find(|(name, _)| *name == id);
        let value = unread.map_or(value, |(_, typed)| typed.clone());
        let errors = unread.map(|_| texts.filter_unread().to_owned()).into_iter().collect();
        Field { errors, ..tight(id, label, value) }
    };
    let stated_use = Field {
        errors: asked.use_problem.clone().into_iter().collect(),
        error_test: Some("use-problem"),
        ..tight("use", texts.stated_use(), String::new())
    };
    view! {
        <form method="get" action=route::admin::CUSTOMERS role="search" class="mt-4 max-w-[1080px]">
            <div class=field::PAIR>
                {tight("q", texts.find_customers(), asked.text).text("search")}
                {number("value", texts.value_over(), asked.value).text("text")}
                {number("orders", texts.orders_over(), asked.orders).text("text")}
                {tight("since", texts.ordered_since(), asked.since).text("date")}
                {tight("before", texts.last_ordered_before(), asked.before).text("date")}
                {tight("product", say.product(), String::new()).select(asked.products)}
                {stated_use.select(asked.uses)}
            </div>
            {(!asked.segment.is_empty()).then(|| view! { <input type="hidden" name="segment" value=asked.segment /> })}
            <div class=button::ROW>
                <button type="submit" class=button::QUIET_SMALL data-testid="show">{texts.show_customers()}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The form that keeps a rule under a name, in place of what has this name.
fn keep(language: Language, shown: &CustomersPage) -> AnyView {
    let texts = language.customers();
    (!shown.asked.rule.is_empty())
        .then(|| {
            let named = shown.asked.segment.clone();
            let name = Field {
                id: "segment-name".to_owned(),
                name: "name".to_owned(),
                label: texts.segment_name().to_owned(),
                value: if shown.problem.is_some() { shown.typed.clone() } else { named },
                hint: texts.segment_hint().to_owned(),
                required: true,
                autocomplete: "off",
                ..Field::default()
            };
            view! {
                {Post::to(route::admin::CUSTOMERS).class("max-w-[30rem]").form(|| view! {
                    {kept_once(&format!("segment {}", shown.asked.rule), shown.problem.is_some())}
                    <input type="hidden" name="rule" value=shown.asked.rule.clone() />
                    {name.text("text")}
                    <button type="submit" class=button::QUIET_SMALL data-testid="keep-segment">{texts.keep_segment()}</button>
                }.into_any())}
            }
        })
        .into_any()
}

/// Something that happened between the shop and somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchPoint {
    /// What, such as an order's number and product.
    pub what: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
    /// When, how much, how far.
    pub about: String,
}

/// Everything between the shop and somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerSheet {
    /// Their e-mail address.
    pub email: String,
    /// Facts with their names: orders and what they come to, segments, since when, sessions, consent.
    pub facts: Vec<(String, String)>,
    /// Their orders.
    pub orders: Vec<TouchPoint>,
    /// Designs they kept.
    pub designs: Vec<TouchPoint>,
    /// What they stated.
    pub needs: Vec<TouchPoint>,
    /// Mails to them.
    pub mails: Vec<TouchPoint>,
}

/// The page of one customer.
#[must_use]
pub fn customer(frame: Frame, sheet: &CustomerSheet) -> String {
    let language = frame.language;
    let (say, texts) = (language.admin(), language.customers());
    page(frame, &sheet.email, Rail::Customers, || {
        let shop = frame.language.shop();
        view! {
            <div class=SINGLE>
                <p><a class=CRUMB href=route::admin::CUSTOMERS>{say.customers()}</a></p>
                <h1 class=text::TITLE_SMALL><bdi>{sheet.email.clone()}</bdi></h1>
                {values::values(&sheet.facts)}
                {points(say.orders(), "orders", &sheet.orders)}
                {points(texts.designs_kept(), "designs", &sheet.designs)}
                {points(texts.needs(), "needs", &sheet.needs)}
                {points(shop.data_mails(), "mails", &sheet.mails)}
            </div>
        }
        .into_any()
    })
}

fn points(title: &'static str, test: &'static str, points: &[TouchPoint]) -> AnyView {
    let row = |point: &TouchPoint| {
        let TouchPoint { what, href, about } = point.clone();
        let what = match href.as_str() {
            "" => view! { <span>{what}</span> }.into_any(),
            _ => view! { <a class=link::LINK href=href>{what}</a> }.into_any(),
        };
        view! { <li class="mt-3">{what} <p class=text::META>{about}</p></li> }
    };
    (!points.is_empty())
        .then(|| {
            view! {
                <section class="mt-6" data-testid=test>
                    <h2 class=text::HEADING>{title}</h2>
                    <ul>{points.iter().map(row).collect_view()}</ul>
                </section>
            }
        })
        .into_any()
}
