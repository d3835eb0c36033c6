//! The product list, the configurator's page, its form without a script, pictures and artifacts.

use std::sync::Arc;

use app::address;
use app::pages::{self, ListItem, ProductPage};
use app::state::{PageState, Start};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{ChoiceError, Choices, Kind, Product, Value};
use shop::Revision;

use super::personal::Personal;
use super::query::{self, DesignQuery};
use super::{Page, PageError, Site};

/// All products.
pub(super) async fn list(State(site): State<Site>) -> Page {
    let item = |revision: Arc<Revision>| ListItem {
        name: revision.product.name.clone(),
        summary: revision.product.summary.clone(),
        from: revision.low_price.to_string(),
        picture: format!("/products/{}/picture.svg?{}={}", revision.slug, address::REVISION, revision.number),
        ready: app::configurator::lead_time(
            revision.product.quote(revision.product.standard()).lead_time_days,
        ),
        slug: revision.slug.clone(),
    };
    let items = site.shop.products().await?.into_iter().map(item).collect();
    Ok(Html(pages::list(&site.assets, items)))
}

/// A design as it is opened: the revision it is pinned to, what it starts from, and its choices.
pub(super) struct Opened {
    pub revision: Arc<Revision>,
    pub start: Start,
    pub default: personalize::Default,
    pub choices: Choices,
    pub notices: Vec<String>,
}

impl Opened {
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        self.revision.product.write_choices(&self.choices)
    }
}

/// Opens the design that a query stands for.
pub(super) async fn open(
    site: &Site,
    slug: &str,
    design: &DesignQuery,
    personal: &Personal,
) -> Result<Opened, PageError> {
    let revision = match design.revision {
        Some(number) => site.shop.revision(slug, number).await?,
        None => site.shop.live(slug).await?,
    };
    let product = &revision.product;
    let wrong = |error: ChoiceError| PageError::Choice { slug: slug.to_owned(), error };
    let mut choices = product
        .read_choices(design.choices.iter().map(|(code, value)| (code.as_str(), value.as_str())))
        .map_err(wrong)?;
    let start = design.start.clone().unwrap_or_else(|| personal.start(slug, product));
    let stated_use = match &start {
        Start::Standard => None,
        Start::Personal { stated_use } => Some(stated_use.clone()),
    };
    let mut default = match &stated_use {
        None => personalize::Default::standard(product),
        Some(stated_use) => site.shop.default_design(&revision, stated_use.as_deref()).await?,
    };
    let mut notices = Vec::new();
    choices = possible(product, choices, &default.design, &mut notices);
    let mut start = start;
    if stated_use.is_some() && !personal.consent {
        // Somebody else's link: show that design, but from the standard and without keeping anything.
        if let Ok(complete) = product.complete(&choices, &default.design) {
            choices = complete
                .iter()
                .filter(|(id, value)| *value != product.standard().value(*id))
                .fold(choices, |choices, (id, value)| choices.with(id, value.clone()));
        }
        (start, default) = (Start::Standard, personalize::Default::standard(product));
    }
    Ok(Opened { revision, start, default, choices, notices })
}

/// The choices that can stand together, in the product's order; those left out are named.
fn possible(
    product: &Product,
    choices: Choices,
    defaults: &configurator::Design,
    notices: &mut Vec<String>,
) -> Choices {
    let Err(refused) = product.complete(&choices, defaults) else { return choices };
    notices.push(format!("These choices can't all stand together. {refused}"));
    let mut kept = Choices::new();
    for (id, value) in choices.iter() {
        let more = kept.clone().with(id, value.clone());
        if product.complete(&more, defaults).is_ok() {
            kept = more;
        } else {
            let label = &product.attribute(id).label;
            notices.push(format!(
                "We left out {label}: {}. The rest is as you chose it.",
                product.describe(id, value)
            ));
        }
    }
    kept
}

/// A product's page.
pub(super) async fn show(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let personal = Personal::read(&headers);
    let opened = open(&site, &slug, &DesignQuery::read(&pairs), &personal).await?;
    let want = query::value(&pairs, address::WANT).and_then(|want| want.split_once(':'));
    let want = want.map(|(code, value)| (code.to_owned(), value.to_owned()));
    page(&site, opened, &personal, want, StatusCode::OK).await
}

async fn page(
    site: &Site,
    opened: Opened,
    personal: &Personal,
    want: Option<(String, String)>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let choices = opened.pairs();
    let Opened { revision, start, default, notices, .. } = opened;
    let live = site.shop.live(&revision.slug).await?;
    let defaults = revision.product.write_choices(&default.design.to_choices());
    let state = PageState {
        slug: revision.slug.clone(),
        revision: revision.number,
        live_revision: live.number,
        start,
        consent: personal.consent,
        defaults,
        level: default.level,
        orders: default.orders,
        agreeing: default.agreeing,
        choices,
        want,
        notices,
    };
    let page = ProductPage {
        product: Arc::new(revision.product.clone()),
        drawings: Arc::new(revision.bundle.drawings.clone()),
        artifact: format!("/artifacts/{}/{}/{}.json", revision.slug, revision.number, revision.hash),
        state,
    };
    let html = Html(pages::product(&site.assets, page));
    Ok((status, [(header::CACHE_CONTROL, "private, no-store")], html).into_response())
}

/// The configurator's form without a script: finds out what was changed, and goes on to the product or the order.
pub(super) async fn choose(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let sent = query::pairs(query.as_deref().unwrap_or_default());
    let was = query::pairs(query::value(&sent, address::WAS).unwrap_or_default());
    let personal = Personal::read(&headers);
    let mut opened = open(&site, &slug, &DesignQuery::read(&was), &personal).await?;
    let product = &opened.revision.product;
    let before = product.complete(&opened.choices, &opened.default.design);
    let before = before.unwrap_or_else(|_| product.standard().clone());
    let form = DesignQuery::read(&sent).choices;
    let mut wanted = None;
    let mut choices = opened.choices.clone();
    for (id, attribute) in product.ids().filter(|(_, attribute)| !attribute.locked) {
        let text = form.iter().find(|(code, _)| *code == attribute.code).map(|(_, text)| text.as_str());
        let text = match (&attribute.kind, text) {
            (_, Some(text)) => text,
            // No box of it was ticked; a form without any of its values was not sent by our page.
            (Kind::MultiChoice { .. }, None) if !form.is_empty() => "",
            (_, None) => continue,
        };
        let value: Value = match attribute.read_value(text) {
            Ok(value) => value,
            Err(error) if error.is_unknown() => return Err(PageError::Choice { slug, error }),
            Err(error) => {
                opened.notices.push(error.to_string());
                continue;
            }
        };
        if value == *before.value(id) {
            continue;
        }
        let more = choices.clone().with(id, value.clone());
        if product.complete(&more, &opened.default.design).is_ok() {
            choices = more;
        } else {
            wanted = Some((attribute.code.clone(), product.write_value(id, &value)));
        }
    }
    opened.choices = choices;
    let pairs = opened.pairs();
    if wanted.is_some() || !opened.notices.is_empty() {
        return page(&site, opened, &personal, wanted, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let next = match query::value(&sent, address::NEXT) {
        Some("order") => address::order_form(&slug, opened.revision.number, &opened.start, &pairs),
        _ => address::product(&slug, opened.revision.number, &opened.start, &pairs),
    };
    Ok(Redirect::to(&next).into_response())
}

/// The picture of a design as an SVG file.
pub(super) async fn picture(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let opened = open(&site, &slug, &DesignQuery::read(&pairs), &Personal::default()).await?;
    let product = &opened.revision.product;
    let design = product.complete(&opened.choices, &opened.default.design);
    let design = design.unwrap_or_else(|_| product.standard().clone());
    let svg = preview::compose(product, &opened.revision.bundle.drawings, &design);
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, svg).into_response())
}

/// Everything the browser needs of a revision. The address holds the content's hash, so it never changes.
pub(super) async fn artifact(
    State(site): State<Site>,
    Path((slug, revision, file)): Path<(String, i64, String)>,
) -> Result<Response, PageError> {
    let revision = site.shop.revision(&slug, revision).await?;
    if file != format!("{}.json", revision.hash) {
        return Err(PageError::NoPage { path: format!("/artifacts/{slug}/{}/{file}", revision.number) });
    }
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, revision.artifact.clone()).into_response())
}
