//! What happens on the pages of all products, as a page and as a file.

use std::collections::BTreeMap;

use app::pages::admin::{self, AdviceItem, AllInsightPage, FEW, PERIODS, ProductInsight};
use app::paths::admin as paths;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use configurator::Slug;
use configurator::source::Source;
use shop::insight::{Count, CountKind, Insight, Period, Sums};
use shop::orders::Filter;
use shop::products::{ManagedProduct, Standing};
use words::Language;

use super::super::page::day_in_words;
use super::super::query;
use super::insight::{DAYS, MOST_DAYS, advice, iso, names};
use super::orders_csv::{harmless, lines};
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The names of the file's columns.
const COLUMNS: [&str; 11] = [
    "product",
    "name",
    "from",
    "to",
    "visits",
    "order_forms",
    "ordered_there",
    "orders",
    "asked_attribute",
    "asked_option",
    "advice",
];

/// What is told of a product.
struct Told {
    period: Period,
    sums: Sums,
    /// What the sums advise, where the product is sold and in memory.
    insight: Option<Insight>,
    /// Orders in all, however they were placed.
    orders: u64,
    /// The option that was asked for most while it was blocked: codes, and in how many visits.
    asked: Option<(String, String, u32)>,
}

/// The days that an address asks for; the last thirty where it says nothing that can be read.
fn days_of(sent: &[(String, String)]) -> u16 {
    let days = query::value(sent, "days").and_then(|days| days.parse::<u16>().ok());
    days.filter(|days| (1..=MOST_DAYS).contains(days)).unwrap_or(DAYS)
}

/// How many orders of each product were placed in a period, tests left out.
async fn orders(site: &Site, period: Period) -> Result<BTreeMap<Slug, u64>, Failure> {
    let filter =
        Filter { from: Some(period.from), to: Some(period.to), is_test: Some(false), ..Filter::default() };
    Ok(site.shop.orders_by_product(filter).await?.into_iter().collect())
}

/// Reads sums alone: nothing is compiled for a list of all products.
async fn told(
    site: &Site,
    product: &ManagedProduct,
    period: Period,
    orders: &BTreeMap<Slug, u64>,
) -> Result<Told, Failure> {
    let slug = &product.draft.slug;
    let sums = site.shop.counted(slug, period).await?;
    let insight = match product.standing {
        Standing::Listed | Standing::Hidden => {
            site.shop.insight_in_memory(slug, product.live, (period, &sums)).await?
        }
        _ => None,
    };
    let asked = sums.iter().filter(|(count, times)| count.kind == CountKind::Asked && *times >= FEW);
    let asked = asked.max_by_key(|(_, times)| *times);
    let asked = asked.map(|(count, times)| (count.subject.clone(), count.option.clone(), times));
    Ok(Told { period, sums, insight, orders: orders.get(slug).copied().unwrap_or(0), asked })
}

/// The page: the products that were published, a page of the admin's list at a time.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let page = query::value(&sent, "page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let days = days_of(&sent);
    let (language, period) = (admin.language, site.shop.last_days(days));
    site.shop.keep_counts().await?;
    let orders = orders(&site, period).await?;
    let found = site.shop.managed(page).await?;
    let mut items = Vec::new();
    for product in found.items.iter().filter(|product| product.standing.was_published()) {
        let told = told(&site, product, period, &orders).await?;
        items.push(item(language, product, &told));
    }
    let shown = AllInsightPage {
        told: language
            .insight()
            .period(&day_in_words(language, period.from), &day_in_words(language, period.to)),
        days,
        is_usual: PERIODS.contains(&days),
        items,
        page: found.page,
        pages: found.pages,
    };
    Ok(Html(admin::all_insight(admin.frame(&site), &shown)).into_response())
}

fn item(language: Language, product: &ManagedProduct, told: &Told) -> ProductInsight {
    let (slug, source, sums) = (&product.draft.slug, &product.draft.bundle.source, &told.sums);
    let asked = told.asked.as_ref().map(|(attribute, option, times)| {
        let (attribute, option) = match &told.insight {
            Some(insight) => names(insight.revision.product.product(), attribute, option),
            None => written_names(source, attribute, option),
        };
        language.today().asked_for(&option, &attribute, &admin::told(language, *times))
    });
    ProductInsight {
        name: language.marked(source.name.clone()),
        href: paths::insight(slug),
        visits: sums.of(&Count::of(CountKind::Visit)),
        order_forms: sums.of(&Count::of(CountKind::OrderForm)),
        ordered: sums.of(&Count::of(CountKind::Order)),
        orders: told.orders,
        asked,
        advice: advised(language, slug, source, told),
    }
}

/// What the numbers advise, where that is known.
fn advised(language: Language, slug: &Slug, source: &Source, told: &Told) -> Vec<AdviceItem> {
    told.insight.as_ref().map(|insight| advice(language, slug, source, insight)).unwrap_or_default()
}

/// What an attribute and an option are called in the editor; their codes where they are not there.
fn written_names(source: &Source, attribute: &str, option: &str) -> (String, String) {
    let Some(found) = source.attributes.iter().find(|known| known.code == attribute) else {
        return (attribute.to_owned(), option.to_owned());
    };
    let named = found.options.iter().find(|known| known.code == option);
    (found.label.clone(), named.map_or(option, |named| &named.label).to_owned())
}

/// The same of all products as a file for spreadsheets. Of few it says only that they are fewer.
pub(super) async fn csv(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let period = site.shop.last_days(days_of(&sent));
    site.shop.keep_counts().await?;
    let orders = orders(&site, period).await?;
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    let mut page = 1;
    loop {
        let found = site.shop.managed(page).await?;
        for product in found.items.iter().filter(|product| product.standing.was_published()) {
            let told = told(&site, product, period, &orders).await?;
            rows.push(row(admin.language, product, &told));
        }
        if page >= found.pages {
            break;
        }
        page += 1;
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"insight.csv\""),
    ];
    Ok((headers, lines(rows)?).into_response())
}

fn row(language: Language, product: &ManagedProduct, told: &Told) -> [String; 11] {
    let (slug, source, sums) = (&product.draft.slug, &product.draft.bundle.source, &told.sums);
    let sum = |kind| match sums.of(&Count::of(kind)) {
        1..FEW => format!("<{FEW}"),
        times => times.to_string(),
    };
    let (attribute, option, _) = told.asked.clone().unwrap_or_default();
    let advice = advised(language, slug, source, told);
    let advice = advice.into_iter().map(|advice| advice.words).collect::<Vec<_>>().join(" ");
    [
        slug.to_string(),
        harmless(&source.name),
        iso(told.period.from),
        iso(told.period.to),
        sum(CountKind::Visit),
        sum(CountKind::OrderForm),
        sum(CountKind::Order),
        told.orders.to_string(),
        attribute,
        option,
        harmless(&advice),
    ]
}
