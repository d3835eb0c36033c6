//! Campaign links in the admin.

use app::pages::admin::{self, CampaignItem, CampaignsPage};
use app::paths;
use app::paths::route::admin as route;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::Slug;
use shop::campaigns::{Campaign, CampaignError, Counted, NewCampaign};
use words::Language;

use super::super::page::{Times, day_in_words};
use super::super::query;
use super::orders::products;
use super::session::Admin;
use super::stated_uses::StatedUses;
use super::words::unfit;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Days that are shown of a link.
const DAYS: usize = 60;

/// All links.
pub(super) async fn list(admin: Admin, State(site): State<Site>) -> Result<Response, Failure> {
    show(&site, &admin, (None, ""), CampaignsPage::default()).await
}

async fn show(
    site: &Site,
    admin: &Admin,
    (picked, stated_use): (Option<&Slug>, &str),
    shown: CampaignsPage,
) -> Result<Response, Failure> {
    let language = admin.language;
    let items = site.shop.campaigns().await?.into_iter();
    let items = items.map(|(campaign, days)| item(site, campaign, &days, language)).collect();
    let products = products(site, picked, language).await?;
    let products = products.into_iter().filter(|entry| !entry.value.is_empty()).collect();
    let uses = StatedUses::of(site, language).await?.entries(stated_use, None);
    let page = CampaignsPage { items, products, uses, ..shown };
    let status = if page.problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(admin::campaigns(admin.frame(site), &page))).into_response())
}

fn item(site: &Site, campaign: Campaign, days: &[Counted], language: Language) -> CampaignItem {
    let locale = &language.words().locale;
    let day = |counted: &Counted| {
        format!("{}: {}", day_in_words(language, counted.day), locale.count(counted.opened.into()))
    };
    CampaignItem {
        address: format!("{}{}", site.url, paths::campaign(&campaign.code)),
        about: format!("{}: {}", campaign.slug, campaign.greeting),
        opened: days.iter().map(|counted| u64::from(counted.opened)).sum(),
        days: days.iter().take(DAYS).map(day).collect(),
        ended: campaign.ended_at.map(|at| Times::of(site, language).date(at)),
        code: campaign.code,
    }
}

/// Makes one, unless the page that its design is on is another product's.
async fn make(site: &Site, admin: &Admin, page: &str, new: NewCampaign) -> Result<(), CampaignError> {
    let named = page.split_once("/products/").and_then(|(_, rest)| rest.split('/').next());
    if let Some(named) = named.filter(|named| *named != new.slug.as_str()) {
        // What a product was called before is the same product.
        let product = site.shop.slug(named).await?;
        if product != new.slug {
            return Err(CampaignError::OtherProduct { product });
        }
    }
    site.shop.add_campaign(new, admin.language, &admin.email).await
}

/// Makes or ends one, as the button says.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let field = |name: &str| query::value(&sent, name).unwrap_or_default().trim().to_owned();
    match query::value(&sent, "do") {
        Some("end") => {
            site.shop.end_campaign(&field("code"), &admin.email).await?;
            return Ok(Redirect::to(route::CAMPAIGNS).into_response());
        }
        Some("make") => {}
        _ => return Err(Failure::Form),
    }
    let slug = site.shop.slug(&field("product")).await?;
    let typed = [field("code"), field("greeting"), field("design")];
    // A whole address, a path or a query alone.
    let design = field("design");
    let (page, design) = design.split_once('?').unwrap_or(("", &design));
    let new = NewCampaign {
        code: field("code"),
        greeting: field("greeting"),
        slug: slug.clone(),
        design: query::design(&query::pairs(design)),
        stated_use: Some(field("use")),
    };
    let problem = match make(&site, &admin, page, new).await {
        Ok(()) => return Ok(Redirect::to(route::CAMPAIGNS).into_response()),
        Err(CampaignError::Shop(error)) => match unfit(&error, admin.language) {
            Some(problem) => problem,
            None => return Err(error.into()),
        },
        Err(CampaignError::Code { .. }) => admin.language.customers().campaign_code_hint().to_owned(),
        Err(CampaignError::NeverPublished) => admin.language.customers().campaign_unpublished().to_owned(),
        Err(CampaignError::OtherUse) => admin.language.customers().campaign_use().to_owned(),
        Err(CampaignError::OtherProduct { product }) => {
            let name = site
                .shop
                .live(&product)
                .await
                .map_or_else(|_| product.to_string(), |live| live.product.name.clone());
            admin.language.customers().campaign_other_product(&name)
        }
        Err(CampaignError::Design { notices }) => {
            let notices = notices.iter().map(|notice| notice.sentence(admin.language.shop()));
            admin.language.customers().campaign_design(&notices.collect::<Vec<_>>().join(" "))
        }
        Err(CampaignError::Taken { code }) => admin.language.customers().campaign_taken(&code),
    };
    let shown = CampaignsPage { problem: Some(problem), typed, ..CampaignsPage::default() };
    show(&site, &admin, (Some(&slug), &field("use")), shown).await
}
