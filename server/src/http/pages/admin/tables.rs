//! Rules that are tables of combinations: their page, saving it, and the file for spreadsheets.

use app::pages::admin::{self, ROWS_OF_PAGE, Returned, TableAnswer, TablePage};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::Slug;
use shop::Section;
use shop::drafts::{TableLook, TableTold};

use super::super::query;
use super::draft_form;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The table.
pub(super) async fn form(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, rule)): Path<(String, String)>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let slug = site.shop.slug(&slug).await?;
    show(&site, &admin, (&slug, &rule), &sent, None, StatusCode::OK).await
}

/// Saves it; a form that can't be saved comes back as typed.
pub(super) async fn save(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, rule)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::whole(&body)?;
    let edit = draft_form::edit(&admin, &slug, Section::Table(rule.clone()), &sent)?;
    let version = edit.version;
    let Err(error) = site.shop.edit_draft(edit).await else {
        let field = |name| query::value(&sent, name);
        let page = field("do").and_then(|action| action.strip_prefix("page:"));
        let from = page.or(field("from")).and_then(|from| from.parse().ok()).unwrap_or(1);
        let address = paths::table_from(&slug, &rule, from);
        return Ok(Redirect::to(&format!("{address}&saved=1")).into_response());
    };
    let mut returned =
        Returned { form: "table".to_owned(), typed: sent.iter().cloned().collect(), ..Returned::default() };
    let status = draft_form::come_back(&admin, (&slug, "table", version), error, &mut returned)?;
    show(&site, &admin, (&slug, &rule), &sent, Some(returned), status).await
}

async fn show(
    site: &Site,
    admin: &Admin,
    (slug, rule): (&Slug, &str),
    sent: &[(String, String)],
    mut returned: Option<Returned>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let look = site.shop.table(slug, rule).await?.ok_or(Failure::NoPage)?;
    let TableLook { draft, index, written, product, columns, errors, told } = look;
    if let Some(returned) = &mut returned {
        returned.settle(draft.version);
    }
    let from = query::value(sent, "from").and_then(|from| from.parse::<usize>().ok()).unwrap_or(1);
    let last = written.rows.len().saturating_sub(1) / ROWS_OF_PAGE * ROWS_OF_PAGE;
    let page = TablePage {
        slug: slug.clone(),
        name: draft.bundle.source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        origin: (draft.version, draft.base),
        key: rule.to_owned(),
        index,
        sentence: draft.bundle.source.rules[index].sentence.clone(),
        first: (from.saturating_sub(1) / ROWS_OF_PAGE * ROWS_OF_PAGE).min(last),
        written,
        product,
        columns,
        errors,
        told: match told {
            TableTold::Report(report) => TableAnswer::Report(report),
            TableTold::TooMuch => TableAnswer::TooMuch,
            TableTold::Unsound => TableAnswer::Unsound,
        },
        saved: query::value(sent, "saved").is_some() && returned.is_none(),
        returned,
    };
    Ok((status, Html(admin::table(admin.frame(site), &page))).into_response())
}

/// The same as a file for spreadsheets.
pub(super) async fn csv(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, rule)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let text = site.shop.table_csv(&slug, &rule, admin.language).await?.ok_or(Failure::NoPage)?;
    let named = format!("attachment; filename=\"{slug}-{rule}.csv\"");
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
    Ok(([kind, (header::CONTENT_DISPOSITION, named)], text).into_response())
}
