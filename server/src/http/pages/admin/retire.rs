//! Retiring an option of a draft: what it would do, and doing it.

use app::pages::admin::{self, NearestItem, OrderedItem, PartBecomes, RetirePage};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use shop::drafts::{Becomes, RetireError, Retirement, Retiring, Substitute, Substitutes};
use shop::{Order, ShopError};
use words::Language;

use super::super::page::Times;
use super::super::query;
use super::desk_words;
use super::option_pages;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// At most how many orders are listed.
const MOST_LISTED: usize = shop::drafts::MOST_NAMED;

/// What it would do, with the successor that the address names.
pub(super) async fn form(
    admin: Admin,
    State(site): State<Site>,
    Path(codes): Path<(String, String, String)>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    show(&site, &admin, codes, &sent, None, StatusCode::OK).await
}

/// Does it, and goes back to the editor, where it can be undone. With another successor than was shown, that is shown first.
pub(super) async fn retire(
    admin: Admin,
    State(site): State<Site>,
    Path(codes): Path<(String, String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let field = |name| query::value(&sent, name).ok_or(Failure::Form);
    let version = field("version")?.parse().map_err(|_| Failure::Form)?;
    let base = field("base")?.parse().map_err(|_| Failure::Form)?;
    let slug = site.shop.slug(&codes.0).await?;
    let (attribute, say) = (codes.1.clone(), admin.language.assortment());
    // Nobody stands for none.
    let choice = |name| query::value(&sent, name).unwrap_or_default();
    if choice("successor") != choice("shown") {
        let told = Some(say.retire_other().to_owned());
        return show(&site, &admin, codes, &sent, told, StatusCode::CONFLICT).await;
    }
    // What follows it in a long menu takes its place.
    let draft = site.shop.draft(&slug).await?;
    let led = option_pages::address_of(&slug, &draft.bundle.source, &attribute, &codes.2);
    let refused = match site.shop.retire(&slug, retiring(&codes, &sent), (version, base), &admin.email).await
    {
        Ok(()) => {
            let (editor, form) = (paths::product(&slug), format!("attribute-{attribute}"));
            let led = led.unwrap_or_else(|| format!("{editor}?saved={form}#{form}"));
            return Ok(Redirect::to(&led).into_response());
        }
        Err(RetireError::Unclear) => (say.retire_clashes(), StatusCode::UNPROCESSABLE_ENTITY),
        Err(RetireError::Shop(ShopError::DraftChanged { .. })) => {
            (say.retire_changed(), StatusCode::CONFLICT)
        }
        // The page says the rest.
        Err(RetireError::NoOption { .. } | RetireError::Unsound(_)) => ("", StatusCode::CONFLICT),
        Err(RetireError::Shop(error)) => return Err(error.into()),
    };
    let (told, status) = refused;
    show(&site, &admin, codes, &sent, (!told.is_empty()).then(|| told.to_owned()), status).await
}

fn retiring((_, attribute, option): &(String, String, String), sent: &[(String, String)]) -> Retiring {
    let successor = query::value(sent, "successor").filter(|code| !code.is_empty()).map(str::to_owned);
    Retiring { attribute: attribute.clone(), option: option.clone(), successor }
}

async fn show(
    site: &Site,
    admin: &Admin,
    codes: (String, String, String),
    sent: &[(String, String)],
    refused: Option<String>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&codes.0).await?;
    let found = match site.shop.retirement(&slug, retiring(&codes, sent), admin.language).await {
        Ok(found) => found,
        Err(RetireError::NoOption { .. }) => return Err(Failure::NoPage),
        // The editor says what is to be mended first.
        Err(RetireError::Unsound(_) | RetireError::Unclear) => {
            return Ok(Redirect::to(&format!("{}?unsound=1", paths::product(&slug))).into_response());
        }
        Err(RetireError::Shop(error)) => return Err(error.into()),
    };
    let state = shown(site.shop.draft_state(&found.draft).await?);
    let page = RetirePage {
        slug,
        name: found.draft.bundle.source.name.clone(),
        state,
        origin: (found.draft.version, found.draft.base),
        codes: (codes.1, codes.2),
        option: admin.language.gate().option_of(&found.attribute, &found.option),
        parts: parts(&found),
        designs: designs(found.designs.as_ref(), admin.language),
        orders: orders(&found, Times::of(site, admin.language)),
        problems: (found.problems.clone(), found.source().clone()),
        mentions: found.mentions,
        successors: found.successors,
        successor: found.retiring.successor.unwrap_or_default(),
        refused,
    };
    Ok((status, Html(admin::retire(admin.frame(site), &page))).into_response())
}

fn parts(found: &Retirement) -> Vec<(String, PartBecomes)> {
    let told = found.referring.iter().map(|referring| {
        let becomes = match referring.becomes.clone() {
            Becomes::Gone => PartBecomes::Gone,
            Becomes::Freed => PartBecomes::Freed,
            Becomes::Changed(was, now) => PartBecomes::Changed(was, now),
            Becomes::Unclear(was) => PartBecomes::Unclear(was),
        };
        (capital(&referring.name), becomes)
    });
    told.collect()
}

/// A name as a line begins with it.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    first + letters.as_str()
}

fn designs(found: Option<&Substitutes>, language: Language) -> (String, Vec<NearestItem>) {
    let Some(found) = found else {
        return (language.assortment().retire_designs_open().to_owned(), Vec::new());
    };
    let (say, locale) = (language.assortment(), &language.words().locale);
    let judged = locale.count(found.judged);
    let told = match found.having {
        _ if found.judged == 0 => say.retire_no_designs().to_owned(),
        0 => say.retire_designs_none(&judged),
        having => say.retire_designs_found(&locale.count(having), &judged),
    };
    let item = |substitute: &Substitute| NearestItem {
        count: locale.count(substitute.count),
        design: substitute.design.clone(),
        nearest: substitute.change.as_ref().map(|change| change.told(language.words(), language.shop())),
    };
    (told, found.designs.iter().map(item).collect())
}

fn orders(found: &Retirement, times: Times<'_>) -> (String, Vec<OrderedItem>) {
    let language = times.language;
    let say = language.assortment();
    if found.ordered == 0 {
        return (say.retire_orders_none().to_owned(), Vec::new());
    }
    let mut told = say.retire_orders_found(found.ordered, &language.words().locale.count(found.ordered));
    if found.orders.len() < found.ordered as usize {
        told = format!("{told} {}", say.retire_orders_newest(&MOST_LISTED));
    }
    let item = |order: &Order| OrderedItem {
        number: order.number.get(),
        about: format!(
            "{} · {}",
            times.date(order.placed_at),
            desk_words::state(language, order.progress.state)
        ),
    };
    (told, found.orders.iter().map(item).collect())
}
