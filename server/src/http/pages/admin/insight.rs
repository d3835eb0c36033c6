//! What happens on a product's page, as a page and as a file.

use app::pages::admin::{
    self, AdviceItem, AttributeCounts, FEW, InsightPage, OptionCounts, PERIODS, WayItem,
};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use configurator::source::Source;
use configurator::{Attribute, Product, Slug};
use shop::ShopError;
use shop::insight::{Advice, AskedFor, Count, CountKind, Insight, Period, Sums};
use time::Date;
use time::macros::format_description;
use words::Language;

use super::super::page::day_in_words;
use super::super::query;
use super::session::Admin;
use super::words::shown;
use super::worths;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The days that are shown where nothing else is asked for.
pub(super) const DAYS: u16 = 30;
/// Most days that are asked for by their number.
pub(super) const MOST_DAYS: u16 = 3_650;
/// Options that a piece of advice names.
const MOST_NAMED: usize = 3;
/// The names of the file's columns.
const COLUMNS: [&str; 8] = ["product", "from", "to", "kind", "subject", "option", "rule", "times"];

/// The page.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let asked = asked_for(&site, sent.as_deref());
    let period = asked.unwrap_or_else(|| site.shop.last_days(DAYS));
    let draft = site.shop.draft(&slug).await?;
    let insight = site.shop.insight(&slug, period).await?;
    let (found, kept) = (site.shop.option_worths(&slug).await?, site.shop.sums_kept(&slug).await?);
    let language = admin.language;
    let product = insight.revision.product.product();
    let page = InsightPage {
        name: draft.bundle.source.name.clone(),
        days: (iso(period.from), iso(period.to)),
        told: language
            .insight()
            .period(&day_in_words(language, period.from), &day_in_words(language, period.to)),
        last_days: PERIODS.into_iter().find(|days| site.shop.last_days(*days) == period),
        is_wrong: asked.is_none(),
        since: insight.since.map(|since| day_in_words(language, since)),
        way: way(language, product, &insight.sums),
        attributes: product.ids().map(|(_, attribute)| counts(attribute, &insight.sums)).collect(),
        worths: worths::shown(language, product, &found, &kept),
        advice: advice(language, &slug, &draft.bundle.source, &insight),
        state: shown(site.shop.draft_state(&draft).await?),
        slug,
    };
    let status = if page.is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(admin::insight(admin.frame(&site), &page))).into_response())
}

/// The sums of some days as a file for spreadsheets. Of few it says only that they are fewer.
pub(super) async fn csv(
    _: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let period = asked_for(&site, sent.as_deref()).ok_or(Failure::Form)?;
    let insight = site.shop.insight(&slug, period).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"insight-{slug}.csv\"")),
    ];
    Ok((headers, file(&slug, &insight)?).into_response())
}

fn file(slug: &Slug, insight: &Insight) -> Result<Vec<u8>, ShopError> {
    let failed = |error: String| ShopError::Failed(error);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|error| failed(error.to_string()))?;
    let (from, to) = (iso(insight.period.from), iso(insight.period.to));
    for (Count { kind, subject, option, rule }, times) in insight.sums.iter() {
        let times = if (1..FEW).contains(&times) { format!("<{FEW}") } else { times.to_string() };
        let record = [slug.as_str(), &from, &to, kind.code(), subject, option, rule, &times];
        writer.write_record(record).map_err(|error| failed(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| failed(error.to_string()))
}

/// The days that an address asks for, the last thirty where it says nothing; nothing for what are no days.
fn asked_for(site: &Site, sent: Option<&str>) -> Option<Period> {
    let pairs = query::pairs(sent.unwrap_or_default());
    let date = |name| query::value(&pairs, name).map(|text| read_day(text.trim()));
    match (date("from"), date("to"), query::value(&pairs, "days")) {
        (None, None, None) => Some(site.shop.last_days(DAYS)),
        (None, None, Some(days)) => {
            let days = days.parse::<u16>().ok().filter(|days| (1..=MOST_DAYS).contains(days));
            days.map(|days| site.shop.last_days(days))
        }
        (from, to, _) => Some(Period::between(from??, to??)),
    }
}

/// A day as `2027-01-31`.
pub(super) fn read_day(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

/// As `2027-01-31`.
pub(super) fn iso(day: Date) -> String {
    day.to_string()
}

/// The way to an order: the page, its steps, the order form, the order.
fn way(language: Language, product: &Product, sums: &Sums) -> Vec<WayItem> {
    if sums.is_empty() {
        return Vec::new();
    }
    let texts = language.insight();
    let whole = |label: &str, kind| WayItem {
        label: label.to_owned(),
        visits: sums.of(&Count::of(kind)),
        changed: None,
        left: None,
    };
    let mut way = vec![whole(texts.visited(), CountKind::Visit)];
    way.extend(product.steps.iter().map(|step| WayItem {
        label: step.label.clone(),
        visits: sums.at(CountKind::StepSeen, &step.code),
        changed: Some(sums.at(CountKind::StepChanged, &step.code)),
        left: Some(sums.at(CountKind::StepLeft, &step.code)),
    }));
    way.push(whole(texts.to_order_form(), CountKind::OrderForm));
    way.push(whole(texts.ordered_from_here(), CountKind::Order));
    way
}

fn counts(attribute: &Attribute, sums: &Sums) -> AttributeCounts {
    let option = |option: &configurator::Opt| {
        let sum = |kind| sums.option(kind, &attribute.code, &option.code);
        OptionCounts {
            label: option.label.clone(),
            shown: sum(CountKind::Shown),
            chosen: sum(CountKind::Chosen),
            asked: sum(CountKind::Asked),
            ordered: sum(CountKind::Ordered),
            kept: sum(CountKind::Kept),
            left: sum(CountKind::Left),
        }
    };
    AttributeCounts {
        label: attribute.label.clone(),
        seen: sums.at(CountKind::Seen, &attribute.code),
        changed: sums.at(CountKind::Changed, &attribute.code),
        left: sums.at(CountKind::Left, &attribute.code),
        options: attribute.options().iter().map(option).collect(),
    }
}

/// What the sums advise, in words, each with the place in the editor where it is changed.
pub(super) fn advice(language: Language, slug: &Slug, draft: &Source, insight: &Insight) -> Vec<AdviceItem> {
    let product = insight.revision.product.product();
    let editor = paths::product(slug);
    let attribute_at = |code: &str| format!("{editor}#attribute-{code}");
    let each = insight.advice.iter().map(|advice| {
        let (kind, words, evidence) = in_words(language, product, advice);
        let href = match advice {
            Advice::Retire { attribute, .. }
            | Advice::SplitFar { attribute, .. }
            | Advice::SplitLeft { attribute, .. }
            | Advice::Pair { attribute, .. } => attribute_at(attribute),
            Advice::Rule { rule, .. } => {
                let place = draft.rules.iter().position(|written| written.code == *rule);
                let anchor = place.map_or_else(|| "rules".to_owned(), |at| format!("rules.{at}.rule"));
                format!("{editor}#{anchor}")
            }
        };
        AdviceItem { kind, words, evidence, href }
    });
    each.collect()
}

fn in_words(language: Language, product: &Product, advice: &Advice) -> (&'static str, String, String) {
    let texts = language.insight();
    let number = |count: u32| admin::told(language, count);
    let percent = |share: f64| texts.percent(&format!("{:.0}", share * 100.0));
    let options_of = |count: usize| language.words().locale.number(i64::try_from(count).unwrap_or(i64::MAX));
    match advice {
        Advice::Retire { attribute, option, shown, chosen, at_most } => {
            let (attribute, option) = names(product, attribute, option);
            let why = texts.retire_why(&number(*shown), &number(*chosen), &tenths(texts, *at_most));
            ("retire", texts.retire(&option, &attribute), why)
        }
        Advice::SplitFar { attribute, options, chosen, far, at_least } => {
            let (options, share) = (options_of(*options), percent(*at_least));
            let why = texts.split_far_why(&options, &number(*chosen), &number(*far), &share);
            ("split", texts.split(&names(product, attribute, "").0), why)
        }
        Advice::SplitLeft { attribute, options, seen, went_on, at_most } => {
            let (options, share) = (options_of(*options), percent(*at_most));
            let why = texts.split_left_why(&options, &number(*seen), &number(*went_on), &share);
            ("split", texts.split(&names(product, attribute, "").0), why)
        }
        Advice::Pair { attribute, option, with, times, seen, at_least } => {
            let (attribute, option) = names(product, attribute, option);
            let (other, chosen) = names(product, &with.0, &with.1);
            let why = texts.pair_why(&number(*times), &number(*seen), &attribute, &percent(*at_least));
            ("pair", texts.pair_blocked(&option, &attribute, &chosen, &other), why)
        }
        Advice::Rule { rule, asked, seen, at_least } => {
            let sentence = product.rules.iter().find(|known| known.code == *rule);
            let sentence = sentence.map_or(rule.as_str(), |rule| rule.sentence.as_str());
            let named = asked.iter().take(MOST_NAMED).map(|AskedFor { attribute, option, times }| {
                let (attribute, option) = names(product, attribute, option);
                texts.asked_for(&option, &attribute, &number(*times))
            });
            let asked = named.collect::<Vec<_>>().join("; ");
            (
                "rule",
                texts.rule_blocks(&sentence),
                texts.rule_why(&asked, &number(*seen), &percent(*at_least)),
            )
        }
    }
}

/// A small share with one decimal.
fn tenths(texts: &words::Insight, share: f64) -> String {
    texts.percent(&format!("{:.1}", share * 100.0))
}

/// What an attribute and an option are called; their codes where the product has them no more.
pub(super) fn names(product: &Product, attribute: &str, option: &str) -> (String, String) {
    let Some(id) = product.by_code(attribute) else { return (attribute.to_owned(), option.to_owned()) };
    let found = product.attribute(id);
    let label = found.option_by_code(option).map(|option| found.option(option).label.clone());
    (found.label.clone(), label.unwrap_or_else(|| option.to_owned()))
}
