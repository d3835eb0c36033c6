//! The list of products, and the editor with the forms that change a draft.

use app::pages::FieldMessage;
use app::pages::admin::{self, DraftState, Editor, Frame, ProductItem, ProductItems, Returned, StandardView};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::source::Source;
use configurator::{Problem, Product, RevisionNumber, Slug};
use shop::{Bundle, Draft, Revision, ShopError};

use super::super::{Page, PageError, Site, query};
use super::session::Admin;
use super::{edit, in_background, moment};

/// What the shop makes of a draft.
pub(super) struct Analysis {
    pub(super) problems: Vec<Problem>,
    pub(super) product: Option<Product>,
}

impl Analysis {
    pub(super) async fn of(bundle: &Bundle) -> Result<Self, PageError> {
        let bundle = bundle.clone();
        in_background(move || match shop::inspect(&bundle) {
            Ok(product) => Self { problems: Vec::new(), product: Some(product) },
            Err(problems) => Self { problems, product: Product::check(&bundle.source).ok() },
        })
        .await
    }

    pub(super) fn state(&self, draft: &Draft, live: &Revision) -> DraftState {
        match self.problems.len() {
            0 if draft.bundle == live.bundle => DraftState::Unchanged,
            0 => DraftState::Ready,
            problems => DraftState::Problems(problems),
        }
    }
}

/// The state of a draft; one that equals the live revision is not inspected again.
pub(super) async fn state(draft: &Draft, live: &Revision) -> Result<DraftState, PageError> {
    if draft.bundle == live.bundle {
        return Ok(DraftState::Unchanged);
    }
    Ok(Analysis::of(&draft.bundle).await?.state(draft, live))
}

/// Who changed a draft last and when.
fn changed(draft: &Draft) -> String {
    draft.changed_at.map(|at| format!("Changed by {}, {}", draft.changed_by, moment(at))).unwrap_or_default()
}

/// All products, in pages.
pub(super) async fn list(admin: Admin, State(site): State<Site>, RawQuery(sent): RawQuery) -> Page {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let page = query::value(&sent, "page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let found = site.shop.list("", page).await?;
    let mut items = Vec::new();
    for listing in found.items {
        let draft = site.shop.draft(&listing.slug).await?;
        let state = match draft.version {
            0 => DraftState::Unchanged,
            _ => state(&draft, site.shop.live(&listing.slug).await?.as_ref()).await?,
        };
        items.push(ProductItem {
            name: draft.bundle.source.name.clone(),
            live: listing.revision,
            published: super::super::date(listing.published_at),
            standard: listing.standard_price.to_string(),
            picture: format!(
                "/products/{}/picture.svg?{}={}",
                listing.slug,
                app::address::REVISION,
                listing.revision
            ),
            state,
            changed: changed(&draft),
            slug: listing.slug,
        });
    }
    let list = ProductItems { items, page: found.page, pages: found.pages };
    let frame = Frame { assets: &site.assets, administrator: &admin.email };
    Ok(Html(admin::products(frame, &list)))
}

/// The editor.
pub(super) async fn editor(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, PageError> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let saved = query::value(&sent, "saved").map(str::to_owned);
    let draft = site.shop.draft(&slug).await?;
    show(&site, &admin, draft, saved, None, StatusCode::OK).await
}

/// Addresses that take forms only lead back to the editor: a reload after a mistake finds it.
pub(super) async fn back(_: Admin, Path(slug): Path<String>) -> Redirect {
    Redirect::to(&format!("/admin/products/{}", app::address::encode(&slug)))
}

/// As [`back`].
pub(super) async fn back_to_attribute(_: Admin, Path((slug, _)): Path<(String, String)>) -> Redirect {
    Redirect::to(&format!("/admin/products/{}", app::address::encode(&slug)))
}

async fn show(
    site: &Site,
    admin: &Admin,
    draft: Draft,
    saved: Option<String>,
    returned: Option<Returned>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let live = site.shop.live(&draft.slug).await?;
    let analysis = Analysis::of(&draft.bundle).await?;
    let standard = analysis.product.as_ref().map(|product| {
        let quote = product.quote(product.standard());
        StandardView {
            price: quote.total.to_string(),
            ready: app::configurator::lead_time(quote.lead_time_days),
            picture: preview::compose(product, &draft.bundle.drawings, product.standard()),
        }
    });
    let editor = Editor {
        state: analysis.state(&draft, &live),
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

/// Name, summary, base price, lead time.
pub(super) async fn basics(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, PageError> {
    let slug = site.shop.slug(&slug).await?;
    save(&site, &admin, &slug, "basics", &body, edit::basics).await
}

/// The rules.
pub(super) async fn rules(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, PageError> {
    let slug = site.shop.slug(&slug).await?;
    save(&site, &admin, &slug, "rules", &body, edit::rules).await
}

/// The standard design.
pub(super) async fn standard(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, PageError> {
    let slug = site.shop.slug(&slug).await?;
    save(&site, &admin, &slug, "standard", &body, edit::standard).await
}

/// The budget.
pub(super) async fn budget(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, PageError> {
    let slug = site.shop.slug(&slug).await?;
    save(&site, &admin, &slug, "budget", &body, edit::budget).await
}

/// One attribute.
pub(super) async fn attribute(
    admin: Admin,
    State(site): State<Site>,
    Path((slug, code)): Path<(String, String)>,
    body: String,
) -> Result<Response, PageError> {
    let slug = site.shop.slug(&slug).await?;
    let draft = site.shop.draft(&slug).await?;
    if !draft.bundle.source.attributes.iter().any(|attribute| attribute.code == code) {
        return Err(PageError::NoPage { path: format!("/admin/products/{slug}/attributes/{code}") });
    }
    let form = format!("attribute-{code}");
    save(&site, &admin, &slug, &form, &body, |source, pairs| edit::attribute(source, &code, pairs)).await
}

/// Changes the draft and goes back to the form's place on the page; a form that can't be saved comes back as typed.
async fn save(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    form: &str,
    body: &str,
    edit: impl FnOnce(&mut Source, &[(String, String)]) -> Result<(), Vec<FieldMessage>>,
) -> Result<Response, PageError> {
    let typed = query::pairs(body);
    let field = |name| query::value(&typed, name).ok_or(PageError::Form);
    let version: i64 = field("version")?.parse().map_err(|_| PageError::Form)?;
    let base: RevisionNumber = field("base")?.parse().map_err(|_| PageError::Form)?;
    let draft = site.shop.draft(slug).await?;
    if (draft.version, draft.base) != (version, base) {
        let changed_by = (draft.version > 0).then_some(draft.changed_by);
        return conflict(site, admin, slug, form, typed, changed_by).await;
    }
    let mut bundle = draft.bundle.clone();
    if let Err(messages) = edit(&mut bundle.source, &typed) {
        let returned = Returned { form: form.to_owned(), typed, messages, conflict: None };
        return show(site, admin, draft, None, Some(returned), PageError::Unreadable.status()).await;
    }
    let done = Redirect::to(&format!("/admin/products/{slug}?saved={form}#{form}"));
    if bundle == draft.bundle {
        return Ok(done.into_response());
    }
    match site.shop.save_draft(slug, version, bundle, &admin.email).await {
        Ok(_) => Ok(done.into_response()),
        Err(ShopError::DraftChanged { changed_by, .. }) => {
            conflict(site, admin, slug, form, typed, changed_by).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form as typed beside what somebody else saved first. It carries the new version, so that saving it again is a
/// decision.
async fn conflict(
    site: &Site,
    admin: &Admin,
    slug: &Slug,
    form: &str,
    typed: Vec<(String, String)>,
    changed_by: Option<String>,
) -> Result<Response, PageError> {
    let sentence = match &changed_by {
        Some(by) if *by == admin.email => "You saved this draft in another window meanwhile.".to_owned(),
        Some(by) => format!("{by} saved this draft meanwhile."),
        None => "The draft was published or discarded meanwhile.".to_owned(),
    };
    let returned = Returned { form: form.to_owned(), typed, messages: Vec::new(), conflict: Some(sentence) };
    let status = PageError::from(ShopError::DraftChanged { slug: slug.clone(), changed_by }).status();
    show(site, admin, site.shop.draft(slug).await?, None, Some(returned), status).await
}
