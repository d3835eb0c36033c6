//! The list of products, and the editor with the forms that change a draft.

use app::address;
use app::pages::FieldMessage;
use app::pages::admin::{self, Editor, Frame, ProductItem, Returned, StandardView};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use shop::{Draft, DraftEdit, EditError, Section, ShopError, UnreadableField};

use super::session::Admin;
use super::{Failure, Page, Site, date, moment, query, shown};

/// Who changed a draft last and when.
fn changed(draft: &Draft) -> String {
    draft.changed_at.map(|at| format!("Changed by {}, {}", draft.changed_by, moment(at))).unwrap_or_default()
}

/// All products.
pub(super) async fn list(admin: Admin, State(site): State<Site>) -> Page {
    let mut items = Vec::new();
    for live in site.shop.products().await? {
        let draft = site.shop.draft(&live.slug).await?;
        items.push(ProductItem {
            name: draft.bundle.source.name.clone(),
            live: live.number,
            published: date(live.published_at),
            standard: live.product.quote(live.product.standard()).total.to_string(),
            picture: address::picture(&live.slug, live.number),
            state: shown(site.shop.draft_state(&draft, &live).await?),
            changed: changed(&draft),
            slug: live.slug.clone(),
        });
    }
    let frame = Frame { assets: &site.assets, administrator: &admin.email };
    Ok(Html(admin::products(frame, &items)))
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
    let draft = site.shop.draft(&slug).await?;
    show(&site, &admin, draft, saved, None, StatusCode::OK).await
}

/// Addresses that take forms only lead back to the editor: a reload after a mistake finds it.
pub(super) async fn back(_: Admin, Path((slug, name)): Path<(String, String)>) -> Result<Redirect, Failure> {
    match named(&name) {
        Some(_) => Ok(Redirect::to(&paths::product(&slug))),
        None => Err(Failure::NoPage),
    }
}

/// As [`back`].
pub(super) async fn back_to_attribute(_: Admin, Path((slug, _)): Path<(String, String)>) -> Redirect {
    Redirect::to(&paths::product(&slug))
}

/// Changes a section of the draft.
pub(super) async fn section(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, name)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let section = named(&name).ok_or(Failure::NoPage)?;
    save(&site, &admin, slug, section, &name, &body).await
}

/// Changes one attribute of the draft.
pub(super) async fn attribute(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, code)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let form = format!("attribute-{code}");
    save(&site, &admin, slug, Section::Attribute(code), &form, &body).await
}

/// The section whose form is sent to this name.
fn named(name: &str) -> Option<Section> {
    match name {
        "basics" => Some(Section::Basics),
        "rules" => Some(Section::Rules),
        "standard" => Some(Section::Standard),
        "budget" => Some(Section::Budget),
        _ => None,
    }
}

/// Changes the draft and goes back to the form's place on the page; a form that can't be saved comes back as typed.
async fn save(
    site: &Site,
    admin: &Admin,
    slug: String,
    section: Section,
    form: &str,
    body: &str,
) -> Result<Response, Failure> {
    let typed = query::pairs(body);
    let number =
        |name| query::value(&typed, name).and_then(|number| number.parse::<i64>().ok()).ok_or(Failure::Form);
    let (version, base) = (number("version")?, number("base")?);
    let fields = typed.clone();
    let edit = DraftEdit { slug: slug.clone(), section, version, base, fields, by: admin.email.clone() };
    let mut returned = Returned { form: form.to_owned(), typed, messages: Vec::new(), conflict: None };
    let failure = match site.shop.edit_draft(edit).await {
        Ok(()) => {
            let editor = paths::product(&slug);
            return Ok(Redirect::to(&format!("{editor}?saved={form}#{form}")).into_response());
        }
        Err(EditError::UnknownAttribute(_)) => return Err(Failure::NoPage),
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
    match changed_by {
        Some(by) if by == admin.email => "You saved this draft in another window meanwhile.".to_owned(),
        Some(by) => format!("{by} saved this draft meanwhile."),
        None => "The draft was published or discarded meanwhile.".to_owned(),
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
    let standard = analysis.product.as_ref().map(|product| {
        let quote = product.quote(product.standard());
        StandardView {
            price: quote.total.to_string(),
            ready: app::configurator::lead_time(quote.lead_time_days),
            picture: preview::compose(product, &draft.bundle.drawings, product.standard()),
        }
    });
    let editor = Editor {
        state: shown(analysis.state),
        changed: changed(&draft),
        slug: draft.slug,
        version: draft.version,
        base: draft.base,
        source: draft.bundle.source,
        live: live.number,
        problems: analysis.problems,
        standard,
        saved,
        returned,
    };
    let frame = Frame { assets: &site.assets, administrator: &admin.email };
    Ok((status, Html(admin::editor(frame, &editor))).into_response())
}
