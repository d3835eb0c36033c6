//! The list of products, and the editor with the forms that change a draft.

use app::address;
use app::pages::FieldMessage;
use app::pages::admin::{self, Editor, ProductItem, ProductItems, Returned, StandardView};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use shop::{Draft, DraftEdit, EditError, Section, ShopError, UnreadableField};
use words::Language;

use super::super::page::{Page, date};
use super::super::query;
use super::fields;
use super::session::Admin;
use super::words::{moment, shown};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Who changed a draft last and when.
fn changed(draft: &Draft, language: Language) -> String {
    let words = |at| language.admin().changed_by(&draft.changed_by, &moment(language, at));
    draft.changed_at.map(words).unwrap_or_default()
}

/// All products, in pages.
pub(super) async fn list(admin: Admin, State(site): State<Site>, RawQuery(sent): RawQuery) -> Page {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let page = query::value(&sent, "page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let found = site.shop.list("", page, admin.language).await?;
    let mut items = Vec::new();
    for listing in found.items {
        let draft = site.shop.draft(&listing.slug).await?;
        items.push(ProductItem {
            name: draft.bundle.source.name.clone(),
            live: listing.revision,
            published: date(admin.language, listing.published_at),
            standard: listing.standard_price.written(&admin.language.words().locale),
            picture: address::picture(&listing.slug, listing.revision),
            state: shown(site.shop.draft_state(&draft).await?),
            changed: changed(&draft, admin.language),
            slug: listing.slug,
        });
    }
    let list = ProductItems { items, page: found.page, pages: found.pages };
    Ok(Html(admin::products(admin.frame(&site), &list)))
}

/// The editor.
pub(super) async fn editor(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let saved = query::value(&sent, "saved").map(str::to_owned);
    let slug = site.shop.slug(&slug).await?;
    let draft = site.shop.draft(&slug).await?;
    show(&site, &admin, draft, saved, None, StatusCode::OK).await
}

/// Addresses that take forms only lead back to the editor: a reload after a mistake finds it.
pub(super) async fn back(
    _: Admin,
    State(site): State<Site>,
    Path((slug, name)): Path<(String, String)>,
) -> Result<Redirect, Failure> {
    Section::named(&name).ok_or(Failure::NoPage)?;
    Ok(Redirect::to(&paths::product(&site.shop.slug(&slug).await?)))
}

/// As [`back`].
pub(super) async fn back_to_attribute(
    _: Admin,
    State(site): State<Site>,
    Path((slug, _)): Path<(String, String)>,
) -> Result<Redirect, Failure> {
    Ok(Redirect::to(&paths::product(&site.shop.slug(&slug).await?)))
}

/// Changes a section of the draft.
pub(super) async fn section(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, name)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let section = Section::named(&name).ok_or(Failure::NoPage)?;
    save(&site, &admin, &slug, section, &name, &body).await
}

/// Changes one attribute of the draft.
pub(super) async fn attribute(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, code)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let form = format!("attribute-{code}");
    save(&site, &admin, &slug, Section::Attribute(code), &form, &body).await
}

/// Changes the draft and goes back to the form's place on the page; a form that can't be saved comes back as typed.
async fn save(
    site: &Site,
    admin: &Admin,
    slug: &str,
    section: Section,
    form: &str,
    body: &str,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(slug).await?;
    let typed = query::whole(body)?;
    let field = |name| query::value(&typed, name).ok_or(Failure::Form);
    let version = field("version")?.parse().map_err(|_| Failure::Form)?;
    let base = field("base")?.parse().map_err(|_| Failure::Form)?;
    let (language, by) = (admin.language, admin.email.clone());
    let edit = DraftEdit { slug: slug.clone(), section, version, base, fields: typed.clone(), language, by };
    let typed = typed.into_iter().collect();
    let mut returned = Returned { form: form.to_owned(), typed, ..Returned::default() };
    let failure = match site.shop.edit_draft(edit).await {
        Ok(()) => {
            let editor = paths::product(&slug);
            return Ok(Redirect::to(&format!("{editor}?saved={form}#{form}")).into_response());
        }
        Err(EditError::UnknownAttribute(_)) => return Err(Failure::NoPage),
        Err(EditError::Asks(question)) => {
            returned.asks = Some((question.action, question.sentences));
            Failure::Unreadable
        }
        Err(EditError::Unreadable(fields)) => {
            let message =
                |field: UnreadableField| FieldMessage { field: field.field, message: field.message };
            returned.messages = fields.into_iter().map(message).collect();
            Failure::Unreadable
        }
        // The form as typed stands beside what somebody else saved first. It carries the new version, so that saving it
        // again is a decision.
        Err(EditError::Shop(ShopError::DraftChanged { slug, changed_by })) => {
            returned.conflict = Some(who_saved(admin, changed_by.as_deref()));
            ShopError::DraftChanged { slug, changed_by }.into()
        }
        Err(EditError::Shop(error)) => return Err(error.into()),
    };
    show(site, admin, site.shop.draft(&slug).await?, None, Some(returned), failure.status()).await
}

fn who_saved(admin: &Admin, changed_by: Option<&str>) -> String {
    let say = admin.language.admin();
    match changed_by {
        Some(by) if by == admin.email => say.you_saved().to_owned(),
        Some(by) => say.other_saved(&by),
        None => say.draft_is_gone().to_owned(),
    }
}

async fn show(
    site: &Site,
    admin: &Admin,
    draft: Draft,
    saved: Option<String>,
    returned: Option<Returned>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let live = site.shop.live(&draft.slug).await?;
    let analysis = site.shop.analyse(&draft, &live).await?;
    let words = admin.language.words();
    let standard = analysis.product.as_ref().map(|product| {
        let quote = product.quote(product.standard());
        StandardView {
            price: quote.total.written(&words.locale),
            ready: app::configurator::lead_time(&words.studio, quote.lead_time_days),
            picture: preview::compose(product, &draft.bundle.drawings, product.standard()),
        }
    });
    let editor = Editor {
        language: admin.language,
        state: shown(analysis.state),
        changed: changed(&draft, admin.language),
        slug: draft.slug,
        version: draft.version,
        base: draft.base,
        fields: fields::fields(&draft.bundle.source, admin.language),
        source: draft.bundle.source,
        live: live.number,
        problems: analysis.problems,
        standard,
        saved,
        returned,
    };
    Ok((status, Html(admin::editor(admin.frame(site), &editor))).into_response())
}
