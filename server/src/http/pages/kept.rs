//! Designs behind links: how they save themselves, get a link to be taken elsewhere, and are opened again.

use app::pages::{self, DesignLink};
use app::{address, paths};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use configurator::{Currency, Money};
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use shop::drafts::is_preview;
use shop::{Changed, Keeping, KeptDesign, Opened, Start};
use words::Language;

use super::asked::sent_design;
use super::own::Own;
use super::page::PRIVATE;
use super::personal::Personal;
use super::products::Shown;
use super::shared::Shared;
use super::{beside, query, snapshots};
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::limits::MayKeep;
use crate::http::site::Site;

/// In what a script sends to be saved: the token of the link that its design was behind.
const LINK: &str = "_link";
/// Where that link leads, when something else was saved behind it meanwhile and the design has a link of its own now.
const ELSEWHERE: HeaderName = HeaderName::from_static("x-elsewhere");

/// Saves a design as a script sends it, and answers with the design as it is saved.
pub(super) async fn save(
    State(site): State<Site>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Reads(reader): Reads,
    _: MayKeep,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let form = query::form(&body)?;
    if is_preview(&slug) {
        // It is in the address, and nowhere else.
        let now = query::value(&form, address::NOW).unwrap_or_default().to_owned();
        return Ok(([(header::CACHE_CONTROL, "private, no-store")], now).into_response());
    }
    let design = |key| query::design(&query::pairs(query::value(&form, key).unwrap_or_default()));
    let consent = Personal::asks(&site, &headers, &slug).await?;
    let opened = site.shop.open_design(&slug, &design(address::NOW), &consent, reader.language).await?;
    let own = Own::read(&site, &headers);
    let was = design(address::WAS);
    let token = site.shop.save_design(&opened, &own.of(&slug), &was).await?;
    let jar = CookieJar::new().add(own.with(&slug, &token).cookie(&site));
    let saved = address::design_query(opened.revision.number, &opened.start, &opened.pairs());
    let told = [
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::CONTENT_LOCATION, paths::kept(&token)),
    ];
    let mut answer = (jar, told, saved).into_response();
    let link = query::value(&form, LINK).filter(|link| *link != token);
    if let Some(link) = link
        && let Some(kept) = site.shop.kept_design(link).await?
        && kept.keeping == Keeping::Saved
        && kept.slug == slug
    {
        let behind = site.shop.open_design(&slug, &kept.address(), &consent, reader.language).await?;
        let is_was =
            was.choices == behind.pairs() && was.start.as_ref().unwrap_or(&Start::Standard) == &behind.start;
        let is_now = opened.pairs() == behind.pairs() && opened.start == behind.start;
        if !is_was
            && !is_now
            && let Ok(place) = HeaderValue::from_str(&paths::kept(link))
        {
            answer.headers_mut().insert(ELSEWHERE, place);
        }
    }
    Ok(answer)
}

/// Gives the design of the configurator's form a link: one's own, or that of a copy.
pub(super) async fn share(
    State(site): State<Site>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Reads(reader): Reads,
    _: MayKeep,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let form = query::form(&body)?;
    let consent = Personal::asks(&site, &headers, &slug).await?;
    let sent = sent_design(&site, &slug, &form, &consent, reader.language).await?.ok_or(Failure::Form)?;
    let Changed { opened, wanted, before } = sent;
    if !wanted.is_empty() || !opened.notices.is_empty() {
        let shown = Shown::changed(&site, reader, Changed { opened, wanted, before }, consent).await?;
        return shown.page(&site, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let part =
        query::value(&form, address::PART).map(|_| format!("?{}=1", address::PART)).unwrap_or_default();
    if query::value(&form, address::AS) == Some(address::SNAPSHOT) {
        let part = query::value(&form, address::PART).map(|_| format!("&{}=1", address::PART));
        return Ok(Redirect::to(&(snapshots::address(&opened) + &part.unwrap_or_default())).into_response());
    }
    let jar = CookieJar::new();
    let (token, jar) = if query::value(&form, address::AS) == Some("share") {
        (site.shop.share_design(&opened).await?, jar)
    } else {
        let own = Own::read(&site, &headers);
        let was = query::design(&query::pairs(query::value(&form, address::WAS).unwrap_or_default()));
        let token = site.shop.save_design(&opened, &own.of(&slug), &was).await?;
        let cookie = own.with(&slug, &token).cookie(&site);
        (token, jar.add(cookie))
    };
    Ok((jar, Redirect::to(&(paths::link(&token) + &part))).into_response())
}

/// The link of a design, with what takes it elsewhere.
pub(super) async fn link(
    State(site): State<Site>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let kept = site.shop.kept_design(&token).await?.ok_or(Failure::NoDesign)?;
    let consent = shop::Consent { given: true, stated_use: None, ..shop::Consent::default() };
    let opened = site.shop.open_design(&kept.slug, &kept.address(), &consent, reader.language).await?;
    let address = format!("{}{}", site.url, paths::kept(&token));
    let shown = DesignLink {
        is_shared: matches!(kept.keeping, Keeping::Shared | Keeping::Named),
        code: code(&address),
        words: in_words(&opened, &address),
        path: paths::kept(&token),
        keep: snapshots::address(&opened),
        compare: beside::beside(&opened, beside::link(&token)),
        kept_days: u64::try_from(site.shop.designs_kept().whole_days()).unwrap_or_default(),
        address,
    };
    let is_part = query.is_some_and(|query| query::value(&query::pairs(&query), address::PART).is_some());
    let html = match is_part {
        true => pages::design_link_part(&reader, &shown),
        false => pages::design_link(&site.assets, &reader, &shown),
    };
    Ok((PRIVATE, Html(html)).into_response())
}

/// Opens a design behind a link. One's own goes on behind it; of a copy everybody starts one of their own.
pub(super) async fn open(
    State(site): State<Site>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let kept = site.shop.kept_design(&token).await?.ok_or(Failure::NoDesign)?;
    let consent = Personal::asks(&site, &headers, &kept.slug).await?;
    let (opened, menu) = site.shop.open_menu(&kept.slug, &kept.address(), &consent, reader.language).await?;
    let say = reader.language.shop();
    let mut told = Vec::new();
    match kept.keeping {
        Keeping::Shared => told.push(say.shared_with_you().to_owned()),
        Keeping::Named => told.push(say.this_is_kept(&kept.name.as_deref().unwrap_or_default())),
        Keeping::Saved | Keeping::Ordered => {}
    }
    told.extend(unlike_seen(&kept, &opened, reader.language));
    let shown = Shown::new(reader, opened, menu, consent).telling(told);
    let page = shown.page(&site, StatusCode::OK).await?;
    let mut jar = CookieJar::new();
    if kept.keeping == Keeping::Saved {
        let own = Own::read(&site, &headers).with(&kept.slug, &token);
        jar = jar.add(own.cookie(&site));
    }
    if kept.keeping == Keeping::Shared {
        jar = jar.add(Shared::read(&site, &headers).with(&kept.slug, &token).cookie(&site));
    }
    Ok((jar, PRIVATE, page).into_response())
}

/// That a design does not cost what it did when it was kept, where nothing else says so.
pub(super) fn unlike_seen(kept: &KeptDesign, opened: &Opened, language: Language) -> Option<String> {
    let now = opened.product.quote(&opened.design).total;
    let was = Money::new(kept.total, Currency::new(&kept.currency)?);
    let is_told = opened.from.as_ref().is_some_and(|(_, change)| change.is_some());
    if is_told || was == now || was.currency != now.currency {
        return None;
    }
    let locale = &language.words().locale;
    let difference = Money::new(now.amount.saturating_sub(was.amount), now.currency).signed(locale);
    Some(language.shop().costs_now(&now.written(locale), &was.written(locale), &difference))
}

/// A link as a QR code.
fn code(link: &str) -> Option<String> {
    let code = QRBuilder::new(link).build().ok()?;
    Some(SvgBuilder::default().to_str(&code))
}

/// A design for a message: name, values, price and link.
fn in_words(opened: &Opened, link: &str) -> String {
    let product = &opened.product;
    let (words, quote) = (product.words(), product.quote(&opened.design));
    let mut lines = vec![product.name.clone()];
    let value = |(id, value)| format!("{}: {}", product.attribute(id).label, product.describe(id, value));
    lines.extend(opened.design.to_choices().iter().map(value));
    let ready = app::configurator::lead_time(&words.studio, quote.lead_time_days);
    let total = quote.total.written(&words.locale);
    lines.push(format!("{}: {total}, {ready}", words.studio.total_incl_vat()));
    lines.push(link.to_owned());
    lines.join("\n")
}
