//! The orders desk: the list of orders with its filters, and what is done with several of them at once.

use configurator::RevisionNumber;
use leptos::prelude::*;
use words::{Admin, Desk, Language};

use super::orders_filter::{FilterForm, ViewLink, filter_form, views};
use super::products::THUMB;
use super::shell::{Frame, PAGING, Rail, page};
use crate::paths;
use crate::paths::file::DESK_SCRIPT;
use crate::ui::field::{HINT, TICK, TICK_BOX};
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, SortLink, table_to_sort};
use crate::ui::text::{self, Tone};
use crate::ui::{button, disclosure, empty, link, notice};

/// An order on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderItem {
    /// Its number.
    pub number: i64,
    /// What is sent when it is ticked: its number, and the state that is shown.
    pub tick: String,
    /// Whether it is ticked.
    pub ticked: bool,
    /// Its state in words.
    pub state: String,
    /// How the state is shown.
    pub tone: Tone,
    /// Further marks, such as that it is a test.
    pub marks: Vec<&'static str>,
    /// The numbers of the others of its basket.
    pub together: Vec<i64>,
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
    /// The day it is promised for, in words.
    pub due: String,
    /// Whether that day is over and somebody still waits.
    pub is_late: bool,
}

/// What was done with several orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What was done, in a sentence.
    pub done: Option<String>,
    /// Why the others were not changed, each a sentence.
    pub refused: Vec<String>,
    /// What is wrong with the request as a whole.
    pub problem: Option<String>,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderList {
    /// The orders.
    pub items: Vec<OrderItem>,
    /// Address of the page before.
    pub before: Option<String>,
    /// Address of the page after.
    pub after: Option<String>,
    /// Address of this page.
    pub here: String,
    /// How many are found and what they cost together, in words; nothing where there are none.
    pub found: Option<String>,
    /// What sorts by total.
    pub by_total: SortLink,
    /// What sorts by when they were placed.
    pub by_placed: SortLink,
    /// What sorts by the day they are promised for.
    pub by_due: SortLink,
    /// Address of the same orders as a file.
    pub csv: String,
    /// The filters.
    pub asked: FilterForm,
    /// Filters that the reader keeps.
    pub views: Vec<ViewLink>,
    /// What was done just now.
    pub outcome: Outcome,
}

/// The list of orders.
#[must_use]
pub fn orders(frame: Frame, list: &OrderList) -> String {
    let say = frame.say();
    page(frame, say.orders(), Rail::Orders, || {
        let paging = |address: &Option<String>, rel: &'static str, words: &'static str| {
            let address = address.clone();
            address.map(|href| view! { <a class=button::QUIET rel=rel href=href>{words}</a> })
        };
        view! {
            <h1 class=text::TITLE_SMALL>{say.orders()}</h1>
            {told(say, &list.outcome)}
            {views(say, &list.views, &list.asked)}
            {filter_form(say, &list.asked)}
            {match list {
                OrderList { asked: FilterForm { no_days, .. }, .. } if !no_days.is_empty() => ().into_any(),
                OrderList { items, .. } if items.is_empty() => no_orders(say, list),
                _ => listed(frame.language, list),
            }}
            <nav class=PAGING aria-label=frame.language.shop().pages()>
                {paging(&list.before, "prev", say.newer_page())} {paging(&list.after, "next", say.older_page())}
            </nav>
        }
        .into_any()
    })
}

fn told(say: &Admin, outcome: &Outcome) -> AnyView {
    let done = outcome.done.clone().map(|done| {
        view! { <p class=notice::GOOD role="status" data-testid="done">{done}</p> }
    });
    let refused = (!outcome.refused.is_empty()).then(|| {
        let each = outcome.refused.iter().cloned().map(|reason| view! { <li>{reason}</li> });
        let words = view! { <p class="font-semibold">{say.not_changed()}</p> <ul>{each.collect_view()}</ul> };
        notice::alert(words.into_any(), "refused")
    });
    let problem = outcome
        .problem
        .clone()
        .map(|problem| notice::alert(view! { <p>{problem}</p> }.into_any(), "problem"));
    view! { {done} {refused} {problem} }.into_any()
}

fn no_orders(say: &Admin, list: &OrderList) -> AnyView {
    let is_all = list.asked.query.is_empty() && list.before.is_none();
    let words = if is_all { say.no_orders() } else { say.nothing_found() };
    let empty = empty::empty(view! { <p>{words}</p> }.into_any(), Some("empty"));
    view! { <div class="mt-4">{empty}</div> }.into_any()
}

fn listed(language: Language, list: &OrderList) -> AnyView {
    let (say, desk) = (language.admin(), language.desk());
    let columns = vec![
        (Column::quiet(say.picture()), None),
        (Column::words(say.order()), None),
        (Column::words(say.state()), None),
        (Column::words(say.product()), None),
        (Column::words(say.buyer()), None),
        (Column::number(say.total()), Some(list.by_total.clone())),
        (Column::words(say.placed()), Some(list.by_placed.clone())),
        (Column::words(say.due()), Some(list.by_due.clone())),
    ];
    let found = list.found.clone().map(|found| view! { <p class="mt-4" data-testid="found">{found}</p> });
    let rows = list.items.iter().cloned().map(|item| row((say, desk), &list.here, item)).collect_view();
    view! {
        {found}
        {Post::to(list.here.clone()).class("min-w-0").sheet(|| view! {
            {act(&list.here, || above(say, desk))}
            {table_to_sort(columns, rows.into_any())}
            {act(&list.here, || together(say, desk))}
        }.into_any())}
        <script r#type="module" src=DESK_SCRIPT></script>
        <p class="mt-2"><a class=link::STANDING href=list.csv.clone() download="orders.csv">{say.download_csv()}</a></p>
    }
    .into_any()
}

/// What is done most, above the list; the box is there where a script is.
fn above(say: &'static Admin, desk: &'static Desk) -> AnyView {
    view! {
        <div class=button::ROW>
            <label class=TICK hidden>
                <input class=TICK_BOX type="checkbox" data-tick-all data-testid="tick-all" />
                <span>{desk.tick_all()}</span>
            </label>
            <button type="submit" class=button::QUIET_SMALL name="do" value="confirm" data-testid="confirm-above">{say.to_confirm()}</button>
            <a class=link::LINK href="#ticked-title">{say.with_ticked()}</a>
        </div>
    }
    .into_any()
}

/// What can be done with several orders at once.
fn together(say: &'static Admin, desk: &'static Desk) -> AnyView {
    let act = |value: &'static str, words: &'static str| {
        view! { <button type="submit" class=button::QUIET_SMALL name="do" value=value data-testid=value>{words}</button> }
    };
    view! {
        <section class="mt-5" aria-labelledby="ticked-title">
            <h2 id="ticked-title" class=text::HEADING>{say.with_ticked()}</h2>
            <div class=button::ROW>
                <button type="submit" class=button::PRIMARY_SMALL name="do" value="confirm" data-testid="confirm">{say.to_confirm()}</button>
            </div>
            <h3 class=format!("mt-5 {}", text::HEADING)>{desk.marks()}</h3>
            <p class=HINT>{desk.marks_hint()}</p>
            <div class=button::ROW>
                {act("test", say.mark_test())} {act("no-test", say.mark_no_test())}
                {act("leave-out", say.leave_out())} {act("take-in", say.take_in())}
            </div>
            <details class=disclosure::MORE>
                <summary class=disclosure::SUMMARY data-testid="all">{say.with_all()}</summary>
                <p class=HINT>{say.with_all_hint()}</p>
                <div class=button::ROW>
                    {act("all-test", say.mark_test())} {act("all-no-test", say.mark_no_test())}
                    {act("all-leave-out", say.leave_out())} {act("all-take-in", say.take_in())}
                </div>
            </details>
        </section>
    }
    .into_any()
}

fn row((say, desk): (&Admin, &Desk), here: &str, item: OrderItem) -> AnyView {
    let href = paths::admin::order(item.number);
    let marks = item.marks.iter().map(|words| text::mark(Tone::Calm, words, None));
    let tick = act(here, || {
        view! {
            <label class="inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center">
                <input
                    class=TICK_BOX
                    type="checkbox"
                    name="order"
                    value=item.tick
                    checked=item.ticked
                    aria-label=say.tick_order(&item.number)
                />
            </label>
        }
        .into_any()
    });
    let late = item.is_late.then(|| text::mark(Tone::Stop, say.late(), Some("late")));
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
                <span class="flex items-center gap-2">
                    {tick}
                    <a class=format!("{} whitespace-nowrap", link::LINK) href=href>{item.number}</a>
                </span>
                {basket(desk, &item.together)}
            </th>
            <td class=table::LABELLED data-label=say.state()>
                <span class="flex flex-wrap items-center gap-2">{text::mark(item.tone, &item.state, Some("state"))} {marks.collect_view()}</span>
            </td>
            <td class=table::LABELLED data-label=say.product()><span>{item.product} " " <span class=text::META>{say.of_revision(&item.revision)}</span></span></td>
            <td class=table::LABELLED data-label=say.buyer()><bdi>{item.buyer}</bdi></td>
            <td class=table::NUMBER data-label=say.total()><span class="whitespace-nowrap">{item.total}</span></td>
            <td class=table::LABELLED data-label=say.placed()>{item.placed}</td>
            <td class=table::LABELLED data-label=say.due()><span class="flex flex-wrap items-center gap-2">{item.due} {late}</span></td>
        </tr>
    }
    .into_any()
}

/// Links to the others of an order's basket.
fn basket(say: &Desk, others: &[i64]) -> Option<AnyView> {
    let links = others.iter().enumerate().map(|(place, number)| {
        let comma = if place == 0 { " " } else { ", " };
        view! { {comma} <a class=link::LINK href=paths::admin::order(*number)>{*number}</a> }
    });
    let links = links.collect_view();
    (!others.is_empty()).then(|| {
        view! { <span class=text::META data-testid="together">{say.ordered_together()} {links}</span> }
            .into_any()
    })
}
