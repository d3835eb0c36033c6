//! The orders desk: the list, what is done with several orders at once, filters that are kept, and the list as a file.

use app::pages::admin::{self, FilterForm, OrderItem, OrderList, Outcome, ViewLink};
use app::paths::admin as paths;
use app::ui::field::Entry;
use app::ui::table::SortLink;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use futures_util::stream;
use shop::orders::{Change, DeskOrder, DeskPage, DeskQuery, DeskSum, Mark, Sort, States, View};
use shop::{OrderNumber, OrderState, ShopError, Slug};
use time::Date;
use words::Language;

use super::super::page::{Times, day_in_words, money, pieces_of};
use super::super::query;
use super::desk_words::{refused, refused_or_failed, state, tone};
use super::orders_csv;
use super::session::Admin;
use crate::http::desk_query::{has, no_days, read, sort_code, state_code, written, written_at};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Orders on a page.
const PAGE: u32 = 25;
/// Orders that are read at a time for the file.
const BATCH: u32 = 200;

/// A page of the orders that its address asks for.
pub(super) async fn list(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let pairs = query::pairs(sent.as_deref().unwrap_or_default());
    show(&site, &admin, &pairs, Outcome::default(), &[]).await
}

async fn show(
    site: &Site,
    admin: &Admin,
    sent: &[(String, String)],
    outcome: Outcome,
    ticked: &[OrderNumber],
) -> Result<Response, Failure> {
    let asked = read(sent, PAGE);
    let query = written(&asked);
    let wrong = no_days(sent);
    let (DeskPage { orders, before, after }, found) = match wrong.is_empty() {
        true => {
            let sums = site.shop.desk_sums(asked.filter.clone()).await?;
            (site.shop.desk_orders(asked.clone()).await?, found(&sums, admin.language))
        }
        false => Default::default(),
    };
    let kept = site.shop.desk_views(&admin.email).await?;
    let at = |place| paths::orders(&written_at(&query, place));
    let today = site.shop.calendar().today();
    let is_refused = !outcome.refused.is_empty() || outcome.problem.is_some();
    let items = orders.into_iter().map(|order| {
        let is_ticked = ticked.contains(&order.number);
        item(order, is_ticked, today, Times::of(site, admin.language))
    });
    let page = OrderList {
        items: items.collect(),
        before: before.map(at),
        after: after.map(at),
        here: asked.from.map_or_else(|| paths::orders(&query), at),
        found,
        by_total: sort_link(&asked, [Sort::Largest, Sort::Smallest]),
        by_placed: sort_link(&asked, [Sort::Newest, Sort::Oldest]),
        by_due: sort_link(&asked, [Sort::Due, Sort::DueLast]),
        csv: paths::orders_csv(&query),
        asked: form(site, &asked, (query.as_str(), wrong.as_slice()), admin.language).await?,
        views: kept.into_iter().map(|view| view_link(view, &query)).collect(),
        outcome,
    };
    let status = match () {
        () if !wrong.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        () if is_refused => StatusCode::CONFLICT,
        () => StatusCode::OK,
    };
    Ok((status, Html(admin::orders(admin.frame(site), &page))).into_response())
}

/// How many orders are found, and what they cost together.
fn found(sums: &[DeskSum], language: Language) -> Option<String> {
    let orders: u64 = sums.iter().map(|sum| sum.orders).sum();
    let totals: Vec<String> = sums.iter().map(|sum| money(&sum.currency, sum.total, language)).collect();
    let count = language.words().locale.count(orders);
    (orders > 0).then(|| language.desk().found(orders, &count, &totals.join(" + ")))
}

/// A heading that sorts the first of these ways, or the other one where that is shown.
fn sort_link(asked: &DeskQuery, [first, other]: [Sort; 2]) -> SortLink {
    let to = if asked.sort == first { other } else { first };
    let is_up = |sort| matches!(sort, Sort::Oldest | Sort::Due | Sort::Smallest);
    SortLink {
        href: paths::orders(&written(&DeskQuery { sort: to, ..asked.clone() })),
        ascending: [first, other].contains(&asked.sort).then(|| is_up(asked.sort)),
    }
}

fn view_link(view: View, query: &str) -> ViewLink {
    ViewLink { is_shown: view.filter == query, name: view.name, query: view.filter }
}

fn item(order: DeskOrder, ticked: bool, today: Date, times: Times<'_>) -> OrderItem {
    let language = times.language;
    let say = language.admin();
    let progress = order.progress;
    let marks = [(progress.is_test, say.test_order()), (progress.left_out, say.left_out())];
    let due = order.arrival.map(|day| day_in_words(language, day));
    OrderItem {
        number: order.number.get(),
        tick: format!("{} {}", order.number, progress.state.code()),
        ticked,
        state: state(language, progress.state).to_owned(),
        tone: tone(progress.state),
        marks: marks.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect(),
        together: others(&order),
        product: pieces_of(order.quantity, language.marked(order.product_name)),
        revision: order.revision,
        buyer: order.buyer,
        total: money(&order.currency, order.total, language),
        placed: times.date(order.placed_at),
        due: due.unwrap_or_else(|| say.no_date().to_owned()),
        is_late: progress.state.is_open() && order.arrival.is_some_and(|day| day < today),
    }
}

/// The others of an order's basket.
fn others(order: &DeskOrder) -> Vec<i64> {
    let others = order.ordered_together.iter().filter(|number| **number != order.number);
    others.map(|number| number.get()).collect()
}

/// Entries of a list to pick from: what is sent, what is read.
fn entries<const N: usize>(entries: [(&str, &str); N], shown: &str) -> Vec<Entry> {
    let entry = |(value, words): (&str, &str)| Entry {
        value: value.to_owned(),
        words: words.to_owned(),
        selected: value == shown,
    };
    entries.into_iter().map(entry).collect()
}

/// The filter's form.
async fn form(
    site: &Site,
    asked: &DeskQuery,
    (query, wrong): (&str, &[(&'static str, String)]),
    language: Language,
) -> Result<FilterForm, Failure> {
    let (say, filter) = (language.admin(), &asked.filter);
    let shown = filter.states.map_or("", state_code);
    let mut states = entries([("", say.any_state()), ("open", say.open_states())], shown);
    states.extend(OrderState::ALL.map(|one| Entry {
        value: one.code().to_owned(),
        words: state(language, one).to_owned(),
        selected: filter.states == Some(States::One(one)),
    }));
    let (tests, learning) = (
        filter.is_test.map_or("", |is| if is { "only" } else { "none" }),
        filter.left_out.map_or("", |is| if is { "left-out" } else { "in" }),
    );
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let no_days: Vec<_> = wrong.iter().map(|(name, text)| (*name, language.desk().no_day(text))).collect();
    let has_days = [filter.from, filter.to, filter.due_before].iter().any(Option::is_some);
    Ok(FilterForm {
        has: match &filter.option {
            Some(option) => {
                Some((has(option), option_in_words(site, filter.product.as_ref(), option, language).await))
            }
            None => None,
        },
        query: query.to_owned(),
        text: filter.text.clone(),
        states,
        products: products(site, asked.filter.product.as_ref(), language).await?,
        from: day(filter.from),
        to: day(filter.to),
        due: day(filter.due_before),
        tests: entries([("", say.tests_too()), ("none", say.no_tests()), ("only", say.only_tests())], tests),
        learning: entries(
            [("", say.any_teaching()), ("in", say.only_taken_in()), ("left-out", say.only_left_out())],
            learning,
        ),
        sorts: entries(
            [
                ("", say.sort_newest()),
                ("oldest", say.sort_oldest()),
                ("due", say.sort_due()),
                ("due-last", language.desk().sort_due_last()),
                ("largest", language.desk().sort_largest()),
                ("smallest", language.desk().sort_smallest()),
            ],
            sort_code(asked.sort).unwrap_or_default(),
        ),
        has_more: has_days
            || !no_days.is_empty()
            || asked.sort != Sort::default()
            || filter.product.is_some()
            || filter.is_test.or(filter.left_out).is_some(),
        no_days,
    })
}

/// An option that orders have, by its names on the product's live menu, or its codes where it is not there.
async fn option_in_words(
    site: &Site,
    product: Option<&Slug>,
    (attribute, option): &(String, String),
    language: Language,
) -> String {
    let live = match product {
        Some(slug) => site.shop.live(slug).await.ok(),
        None => None,
    };
    let named = live.and_then(|live| {
        let product = live.in_language(language).product.clone();
        let known = product.attribute(product.by_code(attribute)?);
        let own = known.option(known.option_by_code(option)?);
        Some(format!("{}: {}", known.label, own.label))
    });
    named.unwrap_or_else(|| format!("{attribute}: {option}"))
}

/// The products to pick from: those of the first page, and the one that is picked.
pub(super) async fn products(
    site: &Site,
    picked: Option<&Slug>,
    language: Language,
) -> Result<Vec<Entry>, Failure> {
    let mut products =
        entries([("", language.admin().any_product())], picked.map_or("", |slug| slug.as_str()));
    products.extend(site.shop.list("", 1, language).await?.items.into_iter().map(|listing| Entry {
        selected: Some(&listing.slug) == picked,
        value: listing.slug.to_string(),
        words: listing.name,
    }));
    let is_listed = products.iter().any(|entry| entry.selected);
    let other = picked.filter(|_| !is_listed).map(ToString::to_string);
    products.extend(other.map(|slug| Entry { value: slug.clone(), words: slug, selected: true }));
    Ok(products)
}

/// What a button does with all the ticked orders, or with all that are found.
fn change_of(act: &str, seen: OrderState) -> Option<Change> {
    Some(match act {
        "confirm" => Change::Move { seen, to: OrderState::Confirmed, reason: String::new() },
        act => mark_of(act)?.change(),
    })
}

fn mark_of(act: &str) -> Option<Mark> {
    Some(match act {
        "test" => Mark::Test(true),
        "no-test" => Mark::Test(false),
        "leave-out" => Mark::LeftOut(true),
        "take-in" => Mark::LeftOut(false),
        _ => return None,
    })
}

/// Changes orders, and shows the list with what became of each.
pub(super) async fn act(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(asked): RawQuery,
    body: String,
) -> Result<Response, Failure> {
    let asked = query::pairs(asked.as_deref().unwrap_or_default());
    if !no_days(&asked).is_empty() {
        // What was meant is not known, so nothing is done with it.
        return show(&site, &admin, &asked, Outcome::default(), &[]).await;
    }
    let sent = query::form(&body)?;
    let act = query::value(&sent, "do").unwrap_or_default();
    let (say, locale) = (admin.language.admin(), &admin.language.words().locale);
    if let Some(mark) = act.strip_prefix("all-").and_then(mark_of) {
        let marked = site.shop.mark_found(read(&asked, PAGE).filter, mark, &admin.email).await?;
        let outcome =
            Outcome { done: Some(say.changed_orders(marked, &locale.count(marked))), ..Outcome::default() };
        return show(&site, &admin, &asked, outcome, &[]).await;
    }
    let ticked = sent.iter().filter(|(name, _)| name == "order");
    let wanted: Vec<(OrderNumber, Change)> = ticked
        .filter_map(|(_, ticked)| {
            let (number, seen) = ticked.split_once(' ')?;
            Some((number.parse().ok()?, change_of(act, seen.parse().ok()?)?))
        })
        .collect();
    if wanted.is_empty() {
        let problem = Some(say.nothing_ticked().to_owned());
        return show(&site, &admin, &asked, Outcome { problem, ..Outcome::default() }, &[]).await;
    }
    let outcomes = site.shop.change_orders(wanted, &admin.email).await?;
    let (mut done, mut refusals, mut left) = (0, Vec::new(), Vec::new());
    for (number, outcome) in outcomes {
        match outcome {
            Ok(()) => done += 1,
            Err(error) => {
                refusals.extend(refused(&error, admin.language));
                left.push(number);
            }
        }
    }
    let done = (done > 0).then(|| say.changed_orders(done, &locale.count(done)));
    show(&site, &admin, &asked, Outcome { done, refused: refusals, problem: None }, &left).await
}

/// Keeps a filter under a name, or removes one.
pub(super) async fn views(admin: Admin, State(site): State<Site>, body: String) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let asked = query::pairs(query::value(&sent, "asked").unwrap_or_default());
    // Only what this release can read is kept.
    let filter = written(&read(&asked, PAGE));
    let back = Redirect::to(&paths::orders(&filter));
    if let Some(name) = query::value(&sent, "remove") {
        site.shop.remove_desk_view(&admin.email, name).await?;
        return Ok(back.into_response());
    }
    let name = query::value(&sent, "name").unwrap_or_default().to_owned();
    match site.shop.keep_desk_view(&admin.email, View { name, filter }).await {
        Ok(()) => Ok(back.into_response()),
        Err(error) => {
            let problem = Some(refused_or_failed(error, admin.language)?);
            show(&site, &admin, &asked, Outcome { problem, ..Outcome::default() }, &[]).await
        }
    }
}

/// All orders that the address asks for, as they are read.
pub(super) async fn csv(
    _: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let pairs = query::pairs(sent.as_deref().unwrap_or_default());
    if !no_days(&pairs).is_empty() {
        return Err(Failure::Form);
    }
    let asked = read(&pairs, BATCH);
    let first = DeskQuery { from: None, ..asked };
    let rest = stream::try_unfold(Some(first), move |asked| {
        let site = site.clone();
        async move {
            let Some(asked) = asked else { return Ok::<_, ShopError>(None) };
            let page = site.shop.desk_orders(asked.clone()).await.map_err(failed)?;
            let rows = orders_csv::rows(&page.orders, &site.shop.profile())?;
            let next = page.after.map(|after| DeskQuery { from: Some(after), ..asked });
            Ok(Some((Bytes::from(rows), next)))
        }
    });
    let head = stream::iter([orders_csv::head().map(Bytes::from)]);
    let body = Body::from_stream(stream::StreamExt::chain(head, rest));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"orders.csv\""),
    ];
    Ok((headers, body).into_response())
}

fn failed(error: shop::DeskError) -> ShopError {
    match error {
        shop::DeskError::Shop(error) => error,
        other => ShopError::Failed(other.to_string()),
    }
}
