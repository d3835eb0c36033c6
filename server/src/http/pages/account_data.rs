//! Everything that the shop has of a customer: looked at, taken along, and erased.

use app::pages::{self, DataPage, DataRow};
use app::paths::route;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;
use shop::customers::KeptOrder;
use words::{Language, Shop as Texts};

use super::account::ended;
use super::page::{PRIVATE, day_in_words};
use super::personal::Personal;
use super::signed_in::SignedIn;
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

/// What a customer saves the file as.
const AS_FILE: &str = "attachment; filename=\"my-data.json\"";
/// Most characters of a value that the page shows: a drawing has tens of thousands.
const MOST_SHOWN: usize = 2_000;

/// Everything, to look at.
pub(super) async fn show(
    State(site): State<Site>,
    SignedIn(customer): SignedIn,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let data = site.shop.personal_data(&customer).await?;
    let mut page = DataPage::default();
    for table in &data.tables {
        let title = title(table.name, reader.language.shop());
        let cell = |value| cell(value, reader.language);
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<DataRow>());
        match page.parts.iter_mut().find(|(known, _)| known == title) {
            Some((_, part)) => part.extend(rows),
            None => page.parts.push((title.to_owned(), rows.collect())),
        }
    }
    Ok((PRIVATE, Html(pages::account_data(&site.assets, &reader, &page))).into_response())
}

fn cell((column, value): (&String, &Value), language: Language) -> (String, String) {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let characters = text.chars().count();
    if characters <= MOST_SHOWN {
        return (column.clone(), text);
    }
    let start: String = text.chars().take(MOST_SHOWN).collect();
    let count = language.words().locale.number(i64::try_from(characters).unwrap_or(i64::MAX));
    (column.clone(), language.shop().data_cut(&start, &count))
}

/// What a table's rows are called.
fn title(table: &str, say: &Texts) -> &'static str {
    match table {
        "orders" => say.your_orders(),
        "order_events" | "order_words" | "order_tokens" | "pictures" => say.data_order_parts(),
        "designs" | "customer_designs" => say.your_designs(),
        "customer_needs" => say.your_needs(),
        "consents" => say.remember_title(),
        "outbox" => say.data_mails(),
        _ => say.data_account(),
    }
}

/// Everything, to take along.
pub(super) async fn export(
    State(site): State<Site>,
    SignedIn(customer): SignedIn,
) -> Result<Response, Failure> {
    let data = site.shop.personal_data(&customer).await?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, AS_FILE)];
    Ok((PRIVATE, headers, format!("{:#}\n", data.to_json())).into_response())
}

/// What erasing means.
pub(super) async fn ask(
    State(site): State<Site>,
    SignedIn(customer): SignedIn,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let say = reader.language.shop();
    let erasing = site.shop.erasing(&customer).await?;
    let sentence = |kept: &KeptOrder| {
        let until = day_in_words(reader.language, kept.until);
        match kept.is_open {
            true => say.erase_keeps_open(&kept.number, &until),
            false => say.erase_keeps(&kept.number, &until),
        }
    };
    let kept: Vec<String> = erasing.kept.iter().map(sentence).collect();
    Ok((PRIVATE, Html(pages::account_erase(&site.assets, &reader, &kept))).into_response())
}

/// Erases.
pub(super) async fn erase(
    State(site): State<Site>,
    SignedIn(customer): SignedIn,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let say = reader.language.shop();
    site.shop.erase(&customer).await?;
    let links = [(say.all_products().to_owned(), route::LIST.to_owned())];
    let html = pages::problem(&site.assets, &reader, say.erased_title(), say.erased_text(), &links);
    Ok((Personal::forgotten(&site, ended(&site, &headers)), PRIVATE, Html(html)).into_response())
}
