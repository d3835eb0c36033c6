//! The product list, the configurator's page, its form without a script, pictures and artifacts.

use std::sync::Arc;

use app::address;
use app::pages::{self, ListItem, ListPage, ProductPage};
use app::state::PageState;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{Choices, Design, Kind, NoCompletion, ServedBy, Slug};
use personalize::{Start, StartingDesign};
use shop::{Listing, Revision};

use super::personal::Personal;
use super::query::{self, DesignQuery};
use super::{Page, PageError, Site};

/// Most blocked values that are asked for at once.
const MOST_WANTED: usize = 8;

/// Most letters of what is searched for that a page says again.
const LONGEST_SEARCH: usize = 200;

/// All products, or those that match the words in the address, in pages.
pub(super) async fn list(State(site): State<Site>, RawQuery(query): RawQuery) -> Page {
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let words = query::value(&pairs, pages::WORDS).unwrap_or_default().trim();
    let words: String = words.chars().take(LONGEST_SEARCH).collect();
    let page = query::value(&pairs, pages::PAGE).and_then(|page| page.parse().ok()).unwrap_or(1);
    let found = site.shop.list(&words, page).await?;
    let item = |listing: Listing| ListItem {
        name: listing.name,
        summary: listing.summary,
        from: listing.low_price.to_string(),
        picture: format!("/products/{}/picture.svg?{}={}", listing.slug, address::REVISION, listing.revision),
        ready: app::configurator::lead_time(listing.lead_time_days),
        slug: listing.slug,
    };
    let list = ListPage {
        items: found.items.into_iter().map(item).collect(),
        words,
        page: found.page,
        pages: found.pages,
        total: found.total,
    };
    Ok(Html(pages::list(&site.assets, &list)))
}

/// A design as it is opened: the revision it is pinned to, what it starts from, and its choices.
pub(super) struct Opened {
    pub revision: Arc<Revision>,
    pub start: Start,
    pub default: StartingDesign,
    pub choices: Choices,
    pub notices: Vec<String>,
    /// Codes with what was typed and can't be read, on which there are notices.
    pub unreadable: Vec<(String, String)>,
}

/// A design that the configurator's form sent.
pub(super) struct Sent {
    pub opened: Opened,
    /// Codes with values that are blocked.
    pub wanted: Vec<(String, String)>,
}

impl Opened {
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        self.revision.product.write_choices(&self.choices)
    }
}

/// Opens the design that a query stands for. A value that its attribute does not take is left out with a notice.
pub(super) async fn open(
    site: &Site,
    slug: &Slug,
    design: &DesignQuery,
    personal: &Personal,
) -> Result<Opened, PageError> {
    let revision = match design.revision {
        Some(number) => site.shop.revision(slug, number).await?,
        None => site.shop.live(slug).await?,
    };
    let product = &revision.product;
    let (mut choices, mut notices, mut unreadable) = (Choices::new(), Vec::new(), Vec::new());
    for (code, value) in &design.choices {
        match product.read_choice(code, value) {
            Ok((id, value)) => choices = choices.with(id, value),
            Err(error) if error.is_unknown() => {
                return Err(PageError::Choice { slug: slug.clone(), error });
            }
            Err(error) => {
                notices.push(error.to_string());
                unreadable.push((code.clone(), value.clone()));
            }
        }
    }
    let start = design.start.clone().unwrap_or_else(|| personal.start(slug, product));
    let default = match &start {
        Start::Standard => StartingDesign::standard(product),
        Start::Personal { stated_use } => site.shop.default_design(&revision, stated_use.as_deref()).await?,
    };
    let opened = Opened { revision, start, default, choices, notices, unreadable };
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
            match product.complete(&more, defaults) {
                Ok(_) => kept = more,
                Err(NoCompletion::TooComplex(error)) => return Err(error.into()),
                Err(NoCompletion::Conflict(_)) => {
                    let label = &product.attribute(id).label;
                    let value = product.describe(id, value);
                    self.notices.push(format!("We left out {label}: {value}. The rest is as you chose it."));
                }
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
        (self.start, self.default) = (Start::Standard, StartingDesign::standard(product));
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
    let slug = site.shop.slug(&slug).await?;
    let pairs = query::pairs(query.as_deref().unwrap_or_default());
    let personal = Personal::read(&headers);
    let opened = open(&site, &slug, &DesignQuery::read(&pairs), &personal).await?;
    let wanted = pairs.iter().filter(|(key, _)| key == address::WANT).take(MOST_WANTED);
    let wanted = wanted.filter_map(|(_, want)| want.split_once(':'));
    let wanted = wanted.map(|(code, value)| (code.to_owned(), value.to_owned())).collect();
    page(&site, opened, &personal, wanted, StatusCode::OK).await
}

/// What a page says before the first change where every change goes to the server.
const SENT_AT_ONCE: &str = "This product can be put together in so many ways that our workshop works out what fits: the page \
                            is sent there at every change, and comes back at once.";

/// The page of a design. `wanted` are blocked values that were asked for: a word on each, and the last in its panel.
async fn page(
    site: &Site,
    mut opened: Opened,
    personal: &Personal,
    wanted: Vec<(String, String)>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let product = &opened.revision.product;
    for (place, (code, value)) in wanted.iter().enumerate() {
        // Links in the page ask for one value, at its panel; a form may have asked for more.
        let Ok((id, value)) = product.read_choice(code, value) else { continue };
        let (label, value) = (&product.attribute(id).label, product.describe(id, &value));
        let further = match place + 1 == wanted.len() {
            true if status == StatusCode::OK && wanted.len() == 1 => continue,
            true => "Further down it says why, and how to have it.",
            false => "Choose it again to see why, and how to have it.",
        };
        opened.notices.push(format!("{label}: {value} does not fit as it stands. {further}"));
    }
    let want = wanted.last().cloned();
    let choices = opened.pairs();
    let asks_the_server = opened.revision.product.served_by() == ServedBy::Solver;
    if asks_the_server && choices.is_empty() && opened.notices.is_empty() {
        opened.notices.push(SENT_AT_ONCE.to_owned());
    }
    let Opened { revision, start, default, notices, unreadable, .. } = opened;
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
        typed: unreadable,
        want,
        notices,
    };
    let page = ProductPage {
        product: Arc::new(revision.product.clone()),
        drawings: Arc::new(revision.bundle.drawings.clone()),
        artifact: (!asks_the_server).then(|| {
            format!("/artifacts/{}/{}/{}.bin", revision.slug, revision.number, revision.artifact.hash)
        }),
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
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(query.as_deref().unwrap_or_default());
    let personal = Personal::read(&headers);
    let Some(Sent { opened, wanted }) = sent_design(&site, &slug, &sent, &personal).await? else {
        // Not sent by our form: a design in an address.
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("/products/{slug}{query}")).into_response());
    };
    let pairs = opened.pairs();
    if !wanted.is_empty() || !opened.notices.is_empty() {
        return page(&site, opened, &personal, wanted, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let next = match query::value(&sent, address::NEXT) {
        Some("order") => address::order_form(&slug, opened.revision.number, &opened.start, &pairs),
        _ => address::product(&slug, opened.revision.number, &opened.start, &pairs),
    };
    Ok(Redirect::to(&next).into_response())
}

/// The design that the configurator's form was rendered with, changed as the form says; nothing for a form of others.
pub(super) async fn sent_design(
    site: &Site,
    slug: &Slug,
    sent: &[(String, String)],
    personal: &Personal,
) -> Result<Option<Sent>, PageError> {
    let Some(was) = query::value(sent, address::WAS) else { return Ok(None) };
    let opened = open(site, slug, &DesignQuery::read(&query::pairs(was)), personal).await?;
    let form = DesignQuery::read(sent).choices;
    site.think(move || changed(opened, &form)).await?.map(Some)
}

/// Chooses what a form says otherwise than the design it was rendered with.
fn changed(mut opened: Opened, form: &[(String, String)]) -> Result<Sent, PageError> {
    let before = opened.complete()?;
    let revision = Arc::clone(&opened.revision);
    let product = &revision.product;
    let (mut changes, mut wanted) = (Vec::new(), Vec::new());
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
                opened.unreadable.push((attribute.code.clone(), text.to_owned()));
                continue;
            }
        };
        if value != *before.value(id) {
            changes.push((id, value));
        }
    }
    let defaults = opened.default.design.clone();
    let all = changes
        .iter()
        .fold(opened.choices.clone(), |all, (id, value)| all.choose(*id, value.clone(), &defaults));
    if product.complete(&all, &defaults).is_ok() {
        opened.choices = all;
        return Ok(Sent { opened, wanted });
    }
    // Not all of it together: as much as goes, and the rest is asked for.
    for (id, value) in changes {
        let more = opened.choices.clone().choose(id, value.clone(), &defaults);
        match product.complete(&more, &defaults) {
            Ok(_) => opened.choices = more,
            Err(NoCompletion::Conflict(_)) => {
                wanted.push((product.attribute(id).code.clone(), product.write_value(id, &value)));
            }
            Err(NoCompletion::TooComplex(_)) => {
                let (label, value) = (&product.attribute(id).label, product.describe(id, &value));
                opened.notices.push(format!("{label}: {value}. {}", product.undecided()));
            }
        }
    }
    Ok(Sent { opened, wanted })
}

/// The picture of a design as an SVG file.
pub(super) async fn picture(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, PageError> {
    let slug = site.shop.slug(&slug).await?;
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

/// Everything the browser needs of a revision. The address holds the content's hash, so it never changes. It goes out as it
/// is kept, compressed, to browsers that take it so.
pub(super) async fn artifact(
    State(site): State<Site>,
    Path((slug, number, file)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let nowhere = || PageError::NoPage { path: format!("/artifacts/{slug}/{number}/{file}") };
    let address = site.shop.slug(&slug).await?;
    let revision = site.shop.revision(&address, number.parse().map_err(|_| nowhere())?).await?;
    let artifact = &revision.artifact;
    if file != format!("{}.bin", artifact.hash) {
        return Err(nowhere());
    }
    let kept = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    if takes_brotli(&headers) {
        return Ok((kept, [(header::CONTENT_ENCODING, "br")], artifact.brotli.clone()).into_response());
    }
    let revision = Arc::clone(&revision);
    let bytes = site.think(move || revision.artifact.unpack()).await?.map_err(|error| {
        tracing::error!(%error, "an artifact in memory is damaged");
        PageError::Failed
    })?;
    Ok((kept, bytes).into_response())
}

/// Whether the browser takes Brotli.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().trim_start_matches("q=");
        name.trim().eq_ignore_ascii_case("br") && (weight.is_empty() || weight.parse() != Ok(0.0_f32))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        for (accepted, takes) in [
            ("br", true),
            ("gzip, deflate, br, zstd", true),
            ("gzip;q=1.0, BR;q=0.5", true),
            ("br;q=0", false),
            ("br; q=0.0", false),
            ("gzip", false),
            ("brotli", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accepted.parse().unwrap());
            assert_eq!(takes_brotli(&headers), takes, "{accepted}");
        }
        assert!(!takes_brotli(&HeaderMap::new()));
    }
}
