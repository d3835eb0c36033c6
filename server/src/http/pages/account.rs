//! Customers: signing in by a mailed link, their page, and what they decide about what the shop remembers of them.

use app::pages::{self, AccountPage, ConsentShown, OwnItem, Reader, SignInForm};
use app::paths::route;
use app::{address, paths};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::{CookieJar, SameSite};
use configurator::Slug;
use shop::customers::{Account, Customer, KeptNeed, OwnDesign, WORDING};
use shop::orders::DeskOrder;
use shop::{OrderNumber, SignInError};

use super::own::Own;
use super::page::{PRIVATE, Times, money, pieces_of};
use super::personal::Personal;
use super::placed_here;
use super::shelf::Shelf;
use super::signed_in::{COOKIE, SignedIn, signed_in};
use super::{orders, query};
use crate::http::cookies;
use crate::http::counted::Refusal;
use crate::http::email::as_written;
use crate::http::failure::{Failure, WHEN_FAILED};
use crate::http::language::Reads;
use crate::http::limits::{Asking, MayKeep};
use crate::http::site::Site;

/// A customer's page, or where one signs in.
pub(super) async fn show(
    State(site): State<Site>,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let Some(customer) = signed_in(&site, &headers).await? else {
        let html = pages::sign_in(&site.assets, &reader, &SignInForm::default());
        return Ok((PRIVATE, Html(html)).into_response());
    };
    let account = site.shop.account(&customer).await?;
    let times = Times::of(&site, reader.language);
    let page = AccountPage {
        known: known(&site, &reader, &customer, &account),
        consent: consent(times, Some(&account)),
        orders: own_orders(&site, &reader, &account.orders).await,
        designs: own_designs(&site, &reader, &account.designs).await,
        needs: own_needs(&site, &reader, &account.needs).await,
        email: as_written(&customer.email).into_owned(),
    };
    Ok((PRIVATE, Html(pages::account(&site.assets, &reader, &page))).into_response())
}

/// Mails a link. The answer is the same whether the address is known or not.
pub(super) async fn ask(
    State(site): State<Site>,
    Reads(reader): Reads,
    Asking(client): Asking,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let email = query::value(&sent, "email").unwrap_or_default().trim().to_owned();
    let say = reader.language.shop();
    let asked = site.shop.ask_to_sign_in(&email, reader.language.tag(), &client).await;
    let (code, status, wait, message) = match asked {
        Ok(()) => {
            let text = say.link_is_mailed_text(&as_written(&email));
            let html = pages::problem(&site.assets, &reader, say.link_is_mailed(), &text, &[]);
            return Ok((PRIVATE, Html(html)).into_response());
        }
        Err(SignInError::NotAnEmail) => {
            ("invalid-email", StatusCode::UNPROCESSABLE_ENTITY, None, say.enter_email())
        }
        Err(SignInError::TooMany) => {
            let wait = [(header::RETRY_AFTER, WHEN_FAILED.to_string())];
            ("too-many-links", StatusCode::TOO_MANY_REQUESTS, Some(wait), say.too_many_links())
        }
        Err(SignInError::LinkNotValid) => return Err(Failure::Form),
        Err(SignInError::Shop(error)) => return Err(error.into()),
    };
    let form = SignInForm { email: as_written(&email).into_owned(), message: Some(message.to_owned()) };
    let shown = (status, PRIVATE, wait, Html(pages::sign_in(&site.assets, &reader, &form))).into_response();
    Ok(Refusal(code).as_told_by(shown))
}

/// The page behind a mailed link. Only its button uses the link up: programs that look at mails open links, too.
pub(super) async fn link(
    State(site): State<Site>,
    Path(token): Path<String>,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    match site.shop.sign_in_address(&token).await? {
        Some(email) => {
            let html =
                pages::sign_in_link(&site.assets, &reader, &paths::account_link(&token), &as_written(&email));
            Ok((PRIVATE, Html(html)).into_response())
        }
        None => Ok(link_over(&site, &reader)),
    }
}

/// Signs in.
pub(super) async fn sign_in(
    State(site): State<Site>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    match site.shop.sign_in(&token).await {
        Ok(signed_in) => {
            let cookie = cookies::cookie(&site, COOKIE, signed_in.session, SameSite::Lax);
            // The link is used up by now: whatever else fails, they are signed in.
            let account = site.shop.account(&signed_in.customer).await.ok();
            let jar = Personal::of_account(&site, &headers, account.as_ref(), CookieJar::new().add(cookie));
            Ok((jar, PRIVATE, Redirect::to(route::ACCOUNT)).into_response())
        }
        Err(SignInError::Shop(error)) => Err(error.into()),
        Err(_) => Ok(link_over(&site, &reader)),
    }
}

fn link_over(site: &Site, reader: &Reader) -> Response {
    let say = reader.language.shop();
    let links = [(say.sign_in().to_owned(), route::ACCOUNT.to_owned())];
    let html = pages::problem(&site.assets, reader, say.link_over(), say.link_over_text(), &links);
    Refusal("link-over").as_told_by((StatusCode::GONE, PRIVATE, Html(html)).into_response())
}

/// Ends this session, or all of them.
pub(super) async fn sign_out(
    State(site): State<Site>,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    if let Some(customer) = signed_in(&site, &headers).await? {
        match query::value(&sent, "everywhere") {
            Some(_) => site.shop.sign_out_everywhere(&customer).await?,
            None => {
                let session = cookies::kept(&site, &headers, COOKIE).unwrap_or_default();
                site.shop.sign_out(&session).await?;
            }
        }
    }
    Ok((ended(&site, &headers), Redirect::to(route::ACCOUNT)).into_response())
}

/// Ends the cookies of a session.
pub(super) fn ended(site: &Site, headers: &HeaderMap) -> CookieJar {
    let jar = CookieJar::new().add(cookies::over(site, COOKIE, SameSite::Lax));
    Personal::ended(site, headers, jar.add(placed_here::over(site)))
}

/// An order of a customer.
pub(super) async fn order(
    State(site): State<Site>,
    Path(number): Path<String>,
    SignedIn(customer): SignedIn,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let number: OrderNumber = number.parse()?;
    let order = site.shop.order_of(&customer, number).await?.ok_or(Failure::NoOrder)?;
    orders::shown(&site, &reader, order, |number| paths::account_order(number.get())).await
}

/// Keeps what a customer says about what may be remembered, and leads back to where they were asked.
pub(super) async fn say_consent(
    State(site): State<Site>,
    SignedIn(customer): SignedIn,
    Reads(reader): Reads,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let is_given = match query::value(&sent, "answer") {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Failure::Form),
    };
    site.shop.keep_consent(&customer, is_given, reader.language.tag()).await?;
    let from = headers.get(header::REFERER).and_then(|from| from.to_str().ok()).unwrap_or_default();
    let asked_on_privacy = from.split('?').next().is_some_and(|from| from.ends_with(route::PRIVACY));
    let back = if asked_on_privacy { route::PRIVACY } else { route::ACCOUNT };
    let mut jar = CookieJar::new();
    if !is_given {
        jar = Personal::ended(&site, &headers, jar);
    }
    Ok((jar, Redirect::to(&format!("{back}#remember"))).into_response())
}

/// Remembers the designs that this browser has links to, and the uses stated in it.
pub(super) async fn remember(
    State(site): State<Site>,
    SignedIn(customer): SignedIn,
    _: MayKeep,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let mut links = Own::read(&site, &headers).links();
    links.extend(Shelf::read(&site, &headers).links());
    let needs = Personal::read(&site, &headers).into_uses();
    site.shop.remember(&customer, &links, needs).await?;
    Ok(Redirect::to(route::ACCOUNT).into_response())
}

/// Forgets a design or a need.
pub(super) async fn forget(
    State(site): State<Site>,
    SignedIn(customer): SignedIn,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    if let Some(design) = query::value(&sent, "design") {
        site.shop.forget_own_design(&customer, design).await?;
    }
    if let Some(slug) = query::value(&sent, "need") {
        site.shop.forget_need(&customer, slug).await?;
    }
    Ok(Redirect::to(route::ACCOUNT).into_response())
}

/// How the question about what may be remembered stands with somebody who is signed in, or with nobody.
pub(super) fn consent(times: Times<'_>, account: Option<&Account>) -> ConsentShown {
    let given = account.and_then(|account| account.consent.as_ref()).filter(|consent| consent.is_given);
    ConsentShown {
        since: given.map(|consent| times.date(consent.at)),
        is_outdated: given.is_some_and(|consent| consent.wording < WORDING),
        is_signed_in: account.is_some(),
    }
}

/// What is known of a customer, and why.
fn known(site: &Site, reader: &Reader, customer: &Customer, account: &Account) -> Vec<String> {
    let say = reader.language.shop();
    let since = Times::of(site, reader.language).date(customer.since);
    let mut known = vec![say.known_email(&since), say.known_sessions().to_owned()];
    if !account.orders.is_empty() {
        known.push(say.known_orders(&site.shop.profile().retention_years));
    }
    if !account.mails.is_empty() {
        known.push(say.known_mails().to_owned());
    }
    if !(account.designs.is_empty() && account.needs.is_empty()) {
        known.push(say.known_remembered().to_owned());
    }
    known
}

/// Their orders. A product that still has the name it had then is called as the reader's language has it.
async fn own_orders(site: &Site, reader: &Reader, orders: &[DeskOrder]) -> Vec<OwnItem> {
    let times = Times::of(site, reader.language);
    let mut items = Vec::with_capacity(orders.len());
    for order in orders {
        let live = site.shop.live(&order.slug).await.ok();
        let name = live
            .filter(|live| live.product.name == order.product_name)
            .map(|live| live.in_language(reader.language).product.name.clone());
        items.push(own_order(times, order, name.unwrap_or_else(|| order.product_name.clone())));
    }
    items
}

fn own_order(times: Times<'_>, order: &DeskOrder, product: String) -> OwnItem {
    let say = times.language.shop();
    let product = pieces_of(order.quantity, product);
    let total = money(&order.currency, order.total, times.language);
    let state = orders::state(&order.progress, order.placed_at, times);
    OwnItem {
        key: order.number.to_string(),
        name: format!("{}: {product}", say.order_number(&order.number)),
        href: paths::account_order(order.number.get()),
        about: format!("{total} · {state}"),
    }
}

async fn own_designs(site: &Site, reader: &Reader, designs: &[OwnDesign]) -> Vec<OwnItem> {
    let mut items = Vec::with_capacity(designs.len());
    for OwnDesign { key, design } in designs {
        // What can't be read any more is still theirs, and can be forgotten.
        let product = product_name(site, reader, &design.slug).await;
        let name = match &design.name {
            Some(name) => format!("{product}: {name}"),
            None => product,
        };
        let total = money(&design.currency, design.total, reader.language);
        items.push(OwnItem {
            key: key.clone(),
            name,
            href: address::product(&design.slug, design.revision, &design.start, &design.choices),
            about: format!("{total} · {}", Times::of(site, reader.language).date(design.kept_at)),
        });
    }
    items
}

async fn own_needs(site: &Site, reader: &Reader, needs: &[KeptNeed]) -> Vec<OwnItem> {
    let mut items = Vec::with_capacity(needs.len());
    for need in needs {
        let Ok(slug) = need.slug.parse::<Slug>() else { continue };
        let live = site.shop.live(&slug).await.ok();
        let spoken = live.map(|live| live.in_language(reader.language));
        let answers = spoken.iter().flat_map(|spoken| &spoken.product.uses).flat_map(|uses| &uses.answers);
        let answer = answers.into_iter().find(|answer| answer.code.as_str() == need.stated_use);
        items.push(OwnItem {
            key: need.slug.clone(),
            name: product_name(site, reader, &slug).await,
            href: paths::product(&slug),
            about: answer.map_or_else(|| need.stated_use.clone(), |answer| answer.label.clone()),
        });
    }
    items
}

async fn product_name(site: &Site, reader: &Reader, slug: &Slug) -> String {
    match site.shop.live(slug).await {
        Ok(live) => live.in_language(reader.language).product.name.clone(),
        Err(_) => slug.to_string(),
    }
}
