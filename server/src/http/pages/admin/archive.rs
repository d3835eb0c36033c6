//! A product as one file: written, looked at, and taken as the draft.

use app::pages::admin::{self, ArchivePage, ChosenFile};
use app::paths::admin as paths;
use axum::extract::{Multipart, Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::source::Source;
use shop::{ArchiveError, Draft, ShopError, changes};
use words::Language;

use super::super::query;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The draft as a file, or the revision that the address names.
pub(super) async fn write(
    _: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let (bundle, named) = match query::value(&sent, "revision") {
        Some(number) => (site.shop.bundle(&slug, number.parse()?).await?, format!("{slug}-{number}")),
        None => (site.shop.draft(&slug).await?.bundle, slug.to_string()),
    };
    let text = bundle.to_archive()?;
    let named = format!("attachment; filename=\"{named}.product.json\"");
    let kind = (header::CONTENT_TYPE, "application/json".to_owned());
    Ok(([kind, (header::CONTENT_DISPOSITION, named)], text).into_response())
}

/// The page on which a file is chosen.
pub(super) async fn form(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let draft = site.shop.draft(&slug).await?;
    show(&site, &admin, draft, StatusCode::OK, None).await
}

/// What a form with a file says.
#[derive(Default)]
struct Sent {
    file: String,
    version: Option<i64>,
    takes: bool,
}

impl Sent {
    async fn read(mut form: Multipart) -> Result<Self, Failure> {
        let mut sent = Self::default();
        while let Some(part) = form.next_field().await.map_err(|error| Failure::Refused(error.status()))? {
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|error| Failure::Refused(error.status()))?;
            // Nothing is taken with letters that were read wrong: what is no text is no file of a product, as an empty one is.
            let text = String::from_utf8(bytes.to_vec()).unwrap_or_default();
            match &*name {
                // What comes back from the page has the ends of lines that forms have.
                "file" => sent.file = text.trim_start_matches('\u{feff}').replace("\r\n", "\n"),
                "version" => sent.version = text.parse().ok(),
                "do" => sent.takes = text == "take",
                _ => {}
            }
        }
        Ok(sent)
    }
}

/// Shows what a chosen file would change, or makes it the draft.
pub(super) async fn import(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    form: Multipart,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = Sent::read(form).await?;
    let done = if sent.takes {
        let version = sent.version.ok_or(Failure::Form)?;
        match site.shop.take_archive(&slug, version, sent.file.clone(), &admin.email).await {
            // What was never published is compared with nothing: its editor shows what it is.
            Ok(draft) => {
                let has_live = site.shop.compared_with(&draft.slug).await?.is_some();
                let page = if has_live { paths::publish(&slug) } else { paths::product(&slug) };
                return Ok(Redirect::to(&page).into_response());
            }
            // Somebody saved the draft meanwhile: what the file changes now is shown anew.
            Err(ArchiveError::Shop(ShopError::DraftChanged { .. })) => {
                site.shop.read_archive(sent.file.clone()).await
            }
            Err(error) => Err(error),
        }
    } else {
        site.shop.read_archive(sent.file.clone()).await
    };
    let draft = site.shop.draft(&slug).await?;
    let (status, file) = match done {
        Ok(bundle) => {
            let mut changes = changes(&draft.bundle, &bundle, admin.language);
            if changes.is_empty() && bundle.to_archive()? != draft.bundle.to_archive()? {
                changes.push(admin.language.admin().other_change().to_owned());
            }
            let status = if sent.takes { StatusCode::CONFLICT } else { StatusCode::OK };
            let is_another = is_another(&draft.bundle.source, &bundle.source);
            let source = Box::new(bundle.source.clone());
            let problems = site.shop.analyse(&Draft { bundle, ..draft.clone() }, None).await?.problems;
            (status, ChosenFile::Read { text: sent.file, changes, problems, source, is_another })
        }
        Err(ArchiveError::Shop(error)) => return Err(error.into()),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, ChosenFile::Refused(told(&error, admin.language))),
    };
    show(&site, &admin, draft, status, Some(file)).await
}

/// Whether a file looks like another product: by its name and most of its attributes.
fn is_another(draft: &Source, file: &Source) -> bool {
    let known = |code: &str| draft.attributes.iter().any(|attribute| attribute.code == code);
    let shared = file.attributes.iter().filter(|attribute| known(&attribute.code)).count();
    draft.name != file.name && 2 * shared < file.attributes.len()
}

/// Why a file can't be taken, in the admin's words. What the reader of JSON finds is told in English.
pub(super) fn told(error: &ArchiveError, language: Language) -> Vec<String> {
    let say = language.admin();
    match error {
        ArchiveError::TooLarge { length } => {
            vec![say.file_too_large(&length.div_ceil(1024), &(shop::MOST_ARCHIVE_BYTES / 1024))]
        }
        ArchiveError::NoArchive => vec![say.file_is_none().to_owned()],
        ArchiveError::Later { .. } => vec![say.file_is_later().to_owned()],
        ArchiveError::Field { message, place, line, column } => {
            vec![language.marked(say.file_field(place, &line, &column, message))]
        }
        ArchiveError::Drawings(problems) => {
            let told =
                problems.iter().map(|problem| format!("{}. {}", problem.message, problem.advice_in_full()));
            told.map(|told| language.marked(told)).collect()
        }
        // What is wrong with the shop is a page of its own.
        ArchiveError::Shop(_) => Vec::new(),
    }
}

async fn show(
    site: &Site,
    admin: &Admin,
    draft: Draft,
    status: StatusCode,
    file: Option<ChosenFile>,
) -> Result<Response, Failure> {
    let page = ArchivePage {
        state: shown(site.shop.draft_state(&draft).await?),
        slug: draft.slug,
        name: draft.bundle.source.name,
        version: draft.version,
        file,
    };
    Ok((status, Html(admin::archive(admin.frame(site), &page))).into_response())
}
