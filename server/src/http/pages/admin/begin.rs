//! Beginning products: from nothing, from another one, from a feature model, from a product's file.

use app::pages::FieldMessage;
use app::pages::admin::{self, BeginPage, Begun, Returned, Typed};
use app::paths::admin as paths;
use app::paths::route::admin as route;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use shop::MOST_ARCHIVE_BYTES;
use shop::products::{BeginError, Beginning, FieldFault, Fresh, LONGEST_MODEL};
use words::Language;

use super::super::query;
use super::archive;
use super::prices::products;
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

const MEGABYTE: usize = 1 << 20;

/// The page with all ways to begin.
pub(super) async fn form(admin: Admin, State(site): State<Site>) -> Result<Response, Failure> {
    show(&site, &admin, None, StatusCode::OK).await
}

/// A reload after a mistake finds the page.
pub(super) async fn back(_: Admin) -> Redirect {
    Redirect::to(route::NEW)
}

/// Begins a product from nothing or from another one.
pub(super) async fn begin(admin: Admin, State(site): State<Site>, body: String) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let field = |name: &str| query::value(&sent, name).unwrap_or_default().to_owned();
    let beginning = match query::value(&sent, "do") {
        Some("fresh") => Beginning::Fresh(Fresh {
            currency: currency(&field("currency")),
            attribute: field("attribute"),
            options: field("options"),
        }),
        Some("copy") => Beginning::Copy(site.shop.slug(&field("product")).await?),
        _ => return Err(Failure::Form),
    };
    let way = field("do");
    answer(&site, &admin, &way, beginning, sent).await
}

/// Begins a product from a file.
pub(super) async fn from_file(
    admin: Admin,
    State(site): State<Site>,
    mut form: Multipart,
) -> Result<Response, Failure> {
    let (mut sent, mut file) = (Vec::new(), None);
    while let Some(part) = form.next_field().await.map_err(|error| Failure::Refused(error.status()))? {
        let name = part.name().unwrap_or_default().to_owned();
        let called = part.file_name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|error| Failure::Refused(error.status()))?;
        // What is no text is no file of these, as an empty one is.
        let text = String::from_utf8(bytes.to_vec()).unwrap_or_default();
        match &*name {
            "file" => file = Some((called, text.trim_start_matches('\u{feff}').to_owned())),
            _ => sent.push((name, text)),
        }
    }
    let (called, text) = file.ok_or(Failure::Form)?;
    let way = query::value(&sent, "do").unwrap_or_default().to_owned();
    let beginning = match &*way {
        "archive" => Beginning::Archive(text),
        "model" => {
            let currency = currency(query::value(&sent, "currency").unwrap_or_default());
            Beginning::Model { name: called, text, currency }
        }
        _ => return Err(Failure::Form),
    };
    answer(&site, &admin, &way, beginning, sent).await
}

/// A currency as it was typed.
fn currency(typed: &str) -> String {
    typed.trim().to_ascii_uppercase()
}

async fn answer(
    site: &Site,
    admin: &Admin,
    way: &str,
    beginning: Beginning,
    sent: Vec<(String, String)>,
) -> Result<Response, Failure> {
    let field = |name: &str| query::value(&sent, name).unwrap_or_default().to_owned();
    let begun = site.shop.begin_product(&field("name"), &field("address"), beginning, &admin.email).await;
    let messages = match begun {
        Ok((slug, unsaid)) if unsaid.is_empty() => {
            return Ok(Redirect::to(&paths::product(&slug)).into_response());
        }
        Ok((slug, unsaid)) => {
            let unsaid =
                unsaid.into_iter().map(|part| (part.what, admin.language.marked(part.why.to_owned())));
            let begun = Begun { slug, name: field("name").trim().to_owned(), unsaid: unsaid.collect() };
            return Ok(Html(admin::begun(admin.frame(site), &begun)).into_response());
        }
        Err(error) => told(error, admin.language)?,
    };
    let returned = Returned {
        form: way.to_owned(),
        typed: sent.into_iter().collect::<Typed>(),
        messages,
        ..Returned::default()
    };
    show(site, admin, Some(returned), StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Why no product was begun, at the fields that say so.
fn told(error: BeginError, language: Language) -> Result<Vec<FieldMessage>, Failure> {
    let say = language.assortment();
    let general = |message| FieldMessage { field: String::new(), message };
    let of_field = |(field, fault): (&str, FieldFault)| {
        let message = match (field, fault) {
            ("attribute", FieldFault::Empty) => say.enter_attribute(),
            (_, FieldFault::Empty) => say.enter_name(),
            (_, FieldFault::Hidden) => language.admin().hidden_characters(),
            (_, FieldFault::NoAddress) => say.no_address(),
            (_, FieldFault::NoneOfName) => say.address_of_nothing(),
            (_, FieldFault::Taken) => say.address_taken(),
            (_, FieldFault::NoCurrency) => say.no_currency(),
            (_, FieldFault::FewOptions) => say.few_options(),
            (_, FieldFault::OptionTwice) => say.option_twice(),
        };
        FieldMessage { field: field.to_owned(), message: message.to_owned() }
    };
    Ok(match error {
        BeginError::Fields(faults) => faults.into_iter().map(of_field).collect(),
        BeginError::Archive(error) => {
            vec![general(archive::told(&error, language).join(" "))]
        }
        // What the readers of models find is told in English.
        BeginError::Model(error) => {
            vec![general(language.marked(format!("{} {error}", say.not_begun())))]
        }
        BeginError::Shop(error) => return Err(error.into()),
    })
}

async fn show(
    site: &Site,
    admin: &Admin,
    returned: Option<Returned>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let products = products(site, &[]).await?;
    let sizes = [LONGEST_MODEL, MOST_ARCHIVE_BYTES].map(|bytes| bytes / MEGABYTE);
    let page = BeginPage { products, returned, sizes };
    Ok((status, Html(admin::begin(admin.frame(site), &page))).into_response())
}
