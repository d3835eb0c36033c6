//! Campaign links as shoppers open them: a greeting over the product, begun with a design or a use.

use app::paths;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use shop::Consent;

use super::page::PRIVATE;
use super::personal::Personal;
use super::products::Shown;
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::limits::Asking;
use crate::http::site::Site;

/// Greets, shows the design, and counts the day. One that has ended leads to the product.
pub(super) async fn open(
    State(site): State<Site>,
    Path(code): Path<String>,
    Asking(client): Asking,
    method: Method,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let campaign = site.shop.campaign(&code).await?.ok_or(Failure::NoPage)?;
    if campaign.ended_at.is_some() {
        return Ok(Redirect::to(&paths::product(&campaign.slug)).into_response());
    }
    // What the link itself says is no answer that the shop remembers.
    let by_campaign = site.shop.campaign_use(&campaign.slug, &code).await?;
    let consent = Consent { by_campaign, ..Personal::asks(&site, &headers, &campaign.slug).await? };
    let address = campaign.address();
    let (opened, menu) = site.shop.open_menu(&campaign.slug, &address, &consent, reader.language).await?;
    let greeting = reader.language.marked(campaign.greeting);
    let told = if greeting.is_empty() { Vec::new() } else { vec![greeting] };
    let shown = Shown::new(reader, opened, menu, consent).telling(told).by_campaign(&code);
    let page = shown.page(&site, StatusCode::OK).await?;
    if method == Method::GET && !is_ahead(&headers) && site.campaigns.count(&client).is_ok() {
        was_opened(&site, &code).await;
    }
    Ok((PRIVATE, page).into_response())
}

/// Whether a browser asks before anybody followed the link.
fn is_ahead(headers: &HeaderMap) -> bool {
    ["sec-purpose", "purpose"]
        .into_iter()
        .filter_map(|name| headers.get(name)?.to_str().ok())
        .any(|purpose| purpose.contains("prefetch") || purpose.contains("prerender"))
}

/// Counts; a page is no worse for it when that fails.
async fn was_opened(site: &Site, code: &str) {
    if let Err(error) = site.shop.campaign_opened(code).await {
        tracing::warn!(%error, "a campaign link that was opened is not counted");
    }
}
