//! Prices changed by a percentage: looked at, then saved into drafts; and options as files for spreadsheets.

use std::collections::HashSet;

use app::pages::FieldMessage;
use app::pages::admin::{self, PricesPage, RepricedPrice, RepricedProduct, Returned};
use app::ui::field::Entry;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use configurator::Slug;
use shop::ShopError;
use shop::drafts::{PriceChange, PriceRounding, RepricedDraft, RepricedLine, SavedPrices, Step};
use words::Language;

use super::super::query;
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Most products whose prices change together.
const MOST: usize = 200;

/// The page, and what would become of the prices that are asked for.
pub(super) async fn form(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    show(&site, &admin, &sent, None).await
}

/// What was done with the prices of products.
struct Done {
    lines: Vec<admin::RepricedLine>,
    /// Whether all of it was.
    all: bool,
    /// Whether what was saved before was taken back.
    is_undone: bool,
}

/// Saves the prices that were looked at: those of each product, or why they were not. Takes back what was saved so, where that is asked
/// for.
pub(super) async fn save(admin: Admin, State(site): State<Site>, body: String) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    if query::value(&sent, "do") == Some("undo") {
        return take_back(&site, &admin, &sent).await;
    }
    let Ok(change) = read(&sent, admin.language) else { return show(&site, &admin, &sent, None).await };
    let (say, mut lines) = (admin.language.assortment(), Vec::new());
    for (name, version, slug) in drafts_of(&site, &sent).await? {
        let (words, saved_as) = match site.shop.reprice(&slug, version, &change, &admin.email).await {
            Ok(None) => continue,
            Ok(Some(SavedPrices { many, version })) => (say.prices_saved(many as u64, &name), Some(version)),
            Err(ShopError::DraftChanged { .. }) => (say.prices_not_saved(&name), None),
            Err(error) => {
                tracing::error!(%slug, %error, "prices were not saved");
                (say.prices_failed(&name), None)
            }
        };
        lines.push(admin::RepricedLine { slug, words, saved_as });
    }
    let all = lines.iter().all(|line| line.saved_as.is_some());
    show(&site, &admin, &sent, Some(Done { lines, all, is_undone: false })).await
}

/// The drafts that a form is about: their names, the versions that it knows, and their addresses.
async fn drafts_of(site: &Site, sent: &[(String, String)]) -> Result<Vec<(String, i64, Slug)>, Failure> {
    let mut drafts = Vec::new();
    for slug in chosen(site, sent).await? {
        let version = query::value(sent, &format!("version.{slug}")).and_then(|version| version.parse().ok());
        let name = site.shop.draft(&slug).await?.bundle.source.name;
        drafts.push((name, version.ok_or(Failure::Form)?, slug));
    }
    Ok(drafts)
}

/// Takes back what was saved together, in each draft that nobody saved since.
async fn take_back(site: &Site, admin: &Admin, sent: &[(String, String)]) -> Result<Response, Failure> {
    let (say, mut lines, mut all) = (admin.language.assortment(), Vec::new(), true);
    for (name, version, slug) in drafts_of(site, sent).await? {
        let words = match site.shop.step_draft(&slug, version, Step::Undo, &admin.email).await {
            Ok(()) => say.prices_undone(&name),
            Err(error) => {
                all = false;
                if !matches!(error, ShopError::DraftChanged { .. }) {
                    tracing::error!(%slug, %error, "prices were not taken back");
                }
                say.prices_not_undone(&name)
            }
        };
        lines.push(admin::RepricedLine { slug, words, saved_as: None });
    }
    show(site, admin, sent, Some(Done { lines, all, is_undone: true })).await
}

/// The products that are chosen.
async fn chosen(site: &Site, sent: &[(String, String)]) -> Result<Vec<Slug>, Failure> {
    let mut chosen: Vec<Slug> = Vec::new();
    for (_, slug) in sent.iter().filter(|(name, _)| name == "product").take(MOST + 1) {
        let slug = site.shop.slug(slug).await?;
        if !chosen.contains(&slug) {
            chosen.push(slug);
        }
    }
    Ok(chosen)
}

/// How prices are to change, or what is wrong with what was typed.
fn read(sent: &[(String, String)], language: Language) -> Result<PriceChange, Vec<FieldMessage>> {
    let field = |name: &str| query::value(sent, name).unwrap_or_default().trim();
    let say = language.assortment();
    let typed = field("percent").trim_end_matches('%').trim();
    let hundredths = language.words().locale.read(typed, 2, &[]).ok();
    let hundredths = hundredths.filter(|hundredths| PriceChange::MOST.contains(hundredths));
    let mut messages = Vec::new();
    if hundredths.is_none() {
        messages.push(FieldMessage { field: "percent".to_owned(), message: say.no_percent().to_owned() });
    }
    let named: HashSet<&str> =
        sent.iter().filter(|(name, _)| name == "product").map(|(_, slug)| slug.as_str()).collect();
    let message = match named.len() {
        0 => Some(say.choose_products().to_owned()),
        many if many > MOST => Some(say.choose_fewer_products(&MOST, &many)),
        _ => None,
    };
    messages.extend(message.map(|message| FieldMessage { field: "product".to_owned(), message }));
    match hundredths {
        Some(hundredths) if messages.is_empty() => Ok(PriceChange {
            hundredths,
            rounding: PriceRounding::named(field("rounding")).unwrap_or(PriceRounding::Smallest),
            attribute: Some(field("attribute").to_owned()).filter(|code| !code.is_empty()),
        }),
        _ => Err(messages),
    }
}

async fn show(
    site: &Site,
    admin: &Admin,
    sent: &[(String, String)],
    done: Option<Done>,
) -> Result<Response, Failure> {
    let (language, mut chosen) = (admin.language, chosen(site, sent).await?);
    if let Some(Done { lines, all: false, .. }) = &done {
        // Saving again is for those that were not saved: no price is raised twice.
        chosen.retain(|slug| !lines.iter().any(|line| line.saved_as.is_some() && line.slug == *slug));
    }
    // Looked at now, or when it was sent to be saved.
    let looks = sent.iter().any(|(name, _)| name == "look" || name.starts_with("version."));
    let (mut returned, mut preview) = (None, None);
    if done.as_ref().map_or(looks, |done| !done.all && !done.is_undone) {
        match read(sent, language) {
            Ok(change) => {
                let mut products = Vec::new();
                for slug in &chosen {
                    products.push(repriced(site.shop.repriced(slug, &change).await?, language));
                }
                preview = Some(products);
            }
            Err(messages) => {
                returned = Some(Returned { form: "prices".to_owned(), messages, ..Returned::default() });
            }
        }
    }
    let is_done = done.as_ref().is_some_and(|done| done.all);
    let status = match (&returned, &done) {
        (Some(_), _) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, Some(Done { all: false, .. })) => StatusCode::CONFLICT,
        _ => StatusCode::OK,
    };
    let page = PricesPage {
        products: products(site, &chosen).await?,
        attributes: attributes(site, &chosen, query::value(sent, "attribute"), language).await?,
        roundings: roundings(query::value(sent, "rounding"), language),
        // What was saved is not asked for once more.
        percent: query::value(sent, "percent").filter(|_| !is_done).unwrap_or_default().to_owned(),
        preview,
        returned,
        done: done.map(|done| (done.lines, done.all)),
    };
    Ok((status, Html(admin::prices(admin.frame(site), &page))).into_response())
}

/// What a price is of, in words.
pub(super) fn price_of(of: (String, String), language: Language) -> String {
    match of {
        (attribute, name) if attribute.is_empty() && name.is_empty() => {
            language.assortment().base_price().to_owned()
        }
        (attribute, name) if attribute.is_empty() => name,
        (attribute, name) if name.is_empty() => attribute,
        (attribute, name) => format!("{attribute}: {name}"),
    }
}

fn repriced(repriced: RepricedDraft, language: Language) -> RepricedProduct {
    let RepricedDraft { draft, lines, .. } = repriced;
    let (say, locale) = (language.assortment(), &language.words().locale);
    let line = |line: RepricedLine| {
        let moves = line.moves();
        let of = price_of(line.of, language);
        let note = match (moves, line.is_finer) {
            (false, _) => Some(say.price_stays()),
            (true, true) => Some(say.price_finer()),
            (true, false) => None,
        };
        RepricedPrice {
            of,
            was: line.was.written(locale),
            becomes: line.becomes.written(locale),
            moves,
            note,
        }
    };
    let (change, stay): (Vec<_>, Vec<_>) = lines.into_iter().partition(RepricedLine::moves);
    RepricedProduct {
        slug: draft.slug,
        name: draft.bundle.source.name,
        version: draft.version,
        lines: change.into_iter().chain(stay).map(line).collect(),
    }
}

/// All products that the admin shows.
pub(super) async fn products(site: &Site, chosen: &[Slug]) -> Result<Vec<Entry>, Failure> {
    let entry = |(slug, words): (Slug, String)| Entry {
        selected: chosen.contains(&slug),
        value: slug.to_string(),
        words,
    };
    Ok(site.shop.managed_names().await?.into_iter().map(entry).collect())
}

/// The attributes with prices of a product that alone is chosen, after all prices.
async fn attributes(
    site: &Site,
    chosen: &[Slug],
    picked: Option<&str>,
    language: Language,
) -> Result<Vec<Entry>, Failure> {
    let [slug] = chosen else { return Ok(Vec::new()) };
    let entry =
        |value: String, words: String| Entry { selected: picked.unwrap_or_default() == value, value, words };
    let attributes = site.shop.draft(slug).await?.bundle.source.attributes;
    let all = entry(String::new(), language.assortment().all_prices().to_owned());
    let of_each = attributes.into_iter().map(|attribute| entry(attribute.code, attribute.label));
    Ok([all].into_iter().chain(of_each).collect())
}

fn roundings(picked: Option<&str>, language: Language) -> Vec<Entry> {
    let say = language.assortment();
    let entry = |(name, rounding): (&str, PriceRounding)| Entry {
        value: name.to_owned(),
        words: match rounding {
            PriceRounding::Smallest => say.to_smallest().to_owned(),
            PriceRounding::Nine => say.to_nine().to_owned(),
            PriceRounding::One | PriceRounding::Five | PriceRounding::Ten => say.to_whole(&name),
        },
        selected: picked.unwrap_or("smallest") == name,
    };
    PriceRounding::NAMED.into_iter().map(entry).collect()
}

/// An attribute's options as a file for spreadsheets.
pub(super) async fn options_csv(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, code)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let text = site.shop.options_csv(&slug, &code, admin.language).await?.ok_or(Failure::NoPage)?;
    let named = format!("attachment; filename=\"{slug}-{code}.csv\"");
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
    Ok(([kind, (header::CONTENT_DISPOSITION, named)], text).into_response())
}
