//! How a product stands: who sees it, its place in the shop's list, its address.

use app::pages::FieldMessage;
use app::pages::admin::{self, Returned, StandingPage, Stands};
use app::paths;
use app::paths::route::admin as route;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::Slug;
use shop::Standing;
use shop::products::AddressError;

use super::super::query;
use super::products::stands;
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// The page, with what was done just now.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    page(&site, &admin, slug, &sent, None, StatusCode::OK).await
}

async fn page(
    site: &Site,
    admin: &Admin,
    slug: Slug,
    sent: &[(String, String)],
    returned: Option<Returned>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let (say, draft) = (admin.language.assortment(), site.shop.draft(&slug).await?);
    let unknown = || Failure::NoPage;
    let product = site.shop.standing(&slug).await?.ok_or_else(unknown)?;
    let place = site.shop.place(&slug).await?;
    let whole = format!("{}{}", site.url, paths::product(&slug));
    let was = query::value(sent, "was").and_then(|was| was.parse::<Standing>().ok());
    let was = was.filter(|was| product.standing.may_become(*was)).map(stands);
    let stands = stands(product.standing);
    let done = match query::value(sent, "done") {
        Some("stands") => was.map(|_| match stands {
            Stands::Hidden => say.now_hidden().to_owned(),
            Stands::Archived => say.now_archived().to_owned(),
            Stands::Begun | Stands::Listed => say.now_listed().to_owned(),
        }),
        Some("moved") => place.map(|place| say.moved_to(&place)),
        Some("address") => Some(say.address_changed(&whole)),
        _ => None,
    };
    let page = StandingPage {
        address: whole,
        name: draft.bundle.source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        stands,
        place,
        was: was.filter(|_| done.is_some()),
        done,
        returned,
        slug,
    };
    Ok((status, Html(admin::standing(admin.frame(site), &page))).into_response())
}

/// Does what a button says.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::form(&body)?;
    let here = paths::admin::standing(&slug);
    let to = |address: String| Ok(Redirect::to(&address).into_response());
    match query::value(&sent, "do") {
        Some("move") => {
            let typed = query::value(&sent, "place").unwrap_or_default().trim();
            let Some(place) = typed.parse::<u32>().ok().filter(|place| *place > 0) else {
                let message = admin.language.admin().write_whole(&typed, &"1");
                return come_back(&site, &admin, slug, "move", "place", message, sent).await;
            };
            site.shop.move_product(&slug, place, &admin.email).await?;
            to(format!("{here}?done=moved"))
        }
        Some("address") => {
            let typed = query::value(&sent, "address").unwrap_or_default();
            let say = admin.language.assortment();
            let message = match site.shop.change_address(&slug, typed, &admin.email).await {
                Ok(slug) => return to(format!("{}?done=address", paths::admin::standing(&slug))),
                Err(AddressError::NoAddress(_)) => say.no_address().to_owned(),
                Err(AddressError::Taken(_)) => say.address_taken().to_owned(),
                Err(AddressError::Shop(error)) => return Err(error.into()),
            };
            come_back(&site, &admin, slug, "address", "address", message, sent).await
        }
        Some(becomes) => {
            let becomes: Standing = becomes.parse().map_err(|_| Failure::Form)?;
            let was = query::value(&sent, "was").and_then(|was| was.parse::<Standing>().ok());
            let was = was.ok_or(Failure::Form)?;
            site.shop.change_standing(&slug, was, becomes, &admin.email).await?;
            match becomes {
                Standing::Removed => to(format!("{}?removed={slug}", route::PRODUCTS)),
                Standing::Begun => to(paths::admin::product(&slug)),
                _ => to(format!("{here}?done=stands&was={was}")),
            }
        }
        None => Err(Failure::Form),
    }
}

/// The page with a form that could not be taken, as it was typed.
async fn come_back(
    site: &Site,
    admin: &Admin,
    slug: Slug,
    form: &str,
    field: &str,
    message: String,
    sent: Vec<(String, String)>,
) -> Result<Response, Failure> {
    let messages = vec![FieldMessage { field: field.to_owned(), message }];
    let typed = sent.into_iter().collect();
    let returned = Returned { form: form.to_owned(), typed, messages, ..Returned::default() };
    page(site, admin, slug, &[], Some(returned), StatusCode::UNPROCESSABLE_ENTITY).await
}
