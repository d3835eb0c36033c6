//! The product list, the configurator's page, its form without a script, pictures and artifacts.

use std::sync::Arc;

use app::address;
use app::pages::{self, ListItem, ProductPage};
use app::state::{PageState, Start};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{Choices, Design, Kind, NoCompletion};
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

/// Opens the design that a query stands for. A value that its attribute does not take is left out with a notice.
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
    let (mut choices, mut notices) = (Choices::new(), Vec::new());
    for (code, value) in &design.choices {
        match product.read_choice(code, value) {
            Ok((id, value)) => choices = choices.with(id, value),
            Err(error) if error.is_unknown() => {
                return Err(PageError::Choice { slug: slug.to_owned(), error });
            }
            Err(error) => notices.push(error.to_string()),
        }
    }
    let start = design.start.clone().unwrap_or_else(|| personal.start(slug, product));
    let default = match &start {
        Start::Standard => personalize::Default::standard(product),
        Start::Personal { stated_use } => site.shop.default_design(&revision, stated_use.as_deref()).await?,
    };
    let opened = Opened { revision, start, default, choices, notices };
    let consent = personal.consent;
    site.think(move || {
        let opened = opened.possible()?;
        if opened.start == Start::Standard || consent { Ok(opened) } else { opened.over_standard() }
    })
    .await?
}

impl Opened {
    /// Leaves out choices until the rest can stand together, and names them.
    fn possible(mut self) -> Result<Self, PageError> {
        let product = &self.revision.product;
        let defaults = &self.default.design;
        let refused = match product.complete(&self.choices, defaults) {
            Ok(_) => return Ok(self),
            Err(NoCompletion::TooComplex(error)) => return Err(error.into()),
            Err(NoCompletion::Conflict(reason)) => reason,
        };
        self.notices.push(format!("These choices can't all stand together. {}", refused.sentence));
        let mut kept = Choices::new();
        for (id, value) in self.choices.iter() {
            let more = kept.clone().with(id, value.clone());
            if product.complete(&more, defaults).is_ok() {
                kept = more;
            } else {
                let label = &product.attribute(id).label;
                let value = product.describe(id, value);
                self.notices.push(format!("We left out {label}: {value}. The rest is as you chose it."));
            }
        }
        self.choices = kept;
        Ok(self)
    }

    /// The same design from the standard: somebody else's personal link shows it without keeping anything.
    fn over_standard(mut self) -> Result<Self, PageError> {
        let product = &self.revision.product;
        for (id, value) in
            self.complete()?.iter().filter(|(id, value)| *value != product.standard().value(*id))
        {
            self.choices = self.choices.with(id, value.clone());
        }
        (self.start, self.default) = (Start::Standard, personalize::Default::standard(product));
        Ok(self)
    }

    /// The complete design.
    pub(super) fn complete(&self) -> Result<Design, PageError> {
        match self.revision.product.complete(&self.choices, &self.default.design) {
            Ok(design) => Ok(design),
            Err(NoCompletion::TooComplex(error)) => Err(error.into()),
            // Opening left nothing that contradicts itself.
            Err(NoCompletion::Conflict(_)) => Err(configurator::TooComplex.into()),
        }
    }
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
    want: Wanted,
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
        synthetic: default.synthetic,
        agreeing: default.agreeing,
        choices,
        want,
        notices,
    };
    let page = ProductPage {
        product: Arc::new(revision.product.clone()),
        drawings: Arc::new(revision.bundle.drawings.clone()),
        artifact: format!("/artifacts/{}/{}/{}.bin", revision.slug, revision.number, revision.hash),
        state,
    };
    let assets = Arc::clone(&site.assets);
    let html = Html(site.think(move || pages::product(&assets, page)).await?);
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
    let personal = Personal::read(&headers);
    let Some((opened, wanted)) = sent_design(&site, &slug, &sent, &personal).await? else {
        // Not sent by our form: a design in an address.
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("/products/{slug}{query}")).into_response());
    };
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

/// A blocked value as pair of code and value.
type Wanted = Option<(String, String)>;

/// The design that the configurator's form was rendered with, changed as the form says; nothing for a form of others.
pub(super) async fn sent_design(
    site: &Site,
    slug: &str,
    sent: &[(String, String)],
    personal: &Personal,
) -> Result<Option<(Opened, Wanted)>, PageError> {
    let Some(was) = query::value(sent, address::WAS) else { return Ok(None) };
    let opened = open(site, slug, &DesignQuery::read(&query::pairs(was)), personal).await?;
    let form = DesignQuery::read(sent).choices;
    site.think(move || changed(opened, &form)).await?.map(Some)
}

/// Chooses what a form says otherwise than the design it was rendered with. A change that is blocked is returned; a
/// value that its attribute does not take becomes a notice.
fn changed(mut opened: Opened, form: &[(String, String)]) -> Result<(Opened, Wanted), PageError> {
    let before = opened.complete()?;
    let revision = Arc::clone(&opened.revision);
    let product = &revision.product;
    let mut changes = Vec::new();
    for (id, attribute) in product.ids().filter(|(_, attribute)| !attribute.locked) {
        let text = form.iter().find(|(code, _)| *code == attribute.code).map(|(_, text)| text.as_str());
        let text = match (&attribute.kind, text) {
            (_, Some(text)) => text,
            // No box of it was ticked; a form without any value was not sent by our page.
            (Kind::MultiChoice { .. }, None) if !form.is_empty() => "",
            (_, None) => continue,
        };
        let value = match attribute.read_value(text) {
            Ok(value) => value,
            Err(error) if error.is_unknown() => {
                return Err(PageError::Choice { slug: revision.slug.clone(), error });
            }
            Err(error) => {
                opened.notices.push(error.to_string());
                continue;
            }
        };
        if value != *before.value(id) {
            changes.push((id, value));
        }
    }
    let all = changes.iter().fold(opened.choices.clone(), |all, (id, value)| all.with(*id, value.clone()));
    if product.complete(&all, &opened.default.design).is_ok() {
        opened.choices = all;
        return Ok((opened, None));
    }
    // Not all of it together: as much as goes, and a word on each that does not.
    let mut wanted = None;
    for (id, value) in changes {
        let more = opened.choices.clone().with(id, value.clone());
        if product.complete(&more, &opened.default.design).is_ok() {
            opened.choices = more;
        } else {
            let attribute = product.attribute(id);
            opened.notices.push(format!(
                "{}: {} does not fit as it stands. Further down it says why, and how to have it.",
                attribute.label,
                product.describe(id, &value)
            ));
            wanted = Some((attribute.code.clone(), product.write_value(id, &value)));
        }
    }
    Ok((opened, wanted))
}

/// The picture of a design as an SVG file.
pub(super) async fn picture(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let opened = open(&site, &slug, &DesignQuery::read(&pairs), &Personal::default()).await?;
    let svg = site
        .think(move || {
            let design = opened.complete()?;
            Ok::<_, PageError>(preview::compose(
                &opened.revision.product,
                &opened.revision.bundle.drawings,
                &design,
            ))
        })
        .await??;
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((headers, svg).into_response())
}

/// Everything the browser needs of a revision. The address holds the content's hash, so it never changes.
pub(super) async fn artifact(
    State(site): State<Site>,
    Path((slug, number, file)): Path<(String, String, String)>,
) -> Result<Response, PageError> {
    let nowhere = || PageError::NoPage { path: format!("/artifacts/{slug}/{number}/{file}") };
    let revision = site.shop.revision(&slug, number.parse().map_err(|_| nowhere())?).await?;
    if file != format!("{}.bin", revision.hash) {
        return Err(nowhere());
    }
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, revision.artifact.clone()).into_response())
}
