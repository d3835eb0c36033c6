//! Products, their revisions and what a browser loads of one.

use app::paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use configurator::{Attribute, AttributeId, Kind, Product, RevisionNumber, Slug};
use serde::Serialize;
use shop::{Listing, Revision};
use time::format_description::well_known::Rfc3339;
use utoipa::ToSchema;
use words::Language;

use super::problem::Problem;
use super::shapes::{ChoiceMap, ChoiceValue, Money, Rule, choice_map};
use crate::http::failure::Failure;
use crate::http::packed;
use crate::http::site::Site;
use app::paths::route::api as route;

/// A page of products.
#[derive(Serialize, ToSchema)]
pub(super) struct ProductList {
    /// The products on this page, in the shop's order.
    products: Vec<ProductItem>,
    /// This page, counting from 1; the last one where fewer were asked for than there are.
    page: u32,
    /// How many pages there are.
    pages: u32,
    /// How many products there are on all of them.
    total: u32,
}

/// A product on the list.
#[derive(Serialize, ToSchema)]
struct ProductItem {
    /// Names it in addresses.
    #[schema(value_type = String)]
    slug: Slug,
    /// Its name.
    name: String,
    /// One sentence.
    summary: String,
    /// The live revision.
    #[schema(value_type = i64)]
    revision: RevisionNumber,
    /// The lowest price known.
    from: Money,
    /// The highest price of a valid design, where the prices of all are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Money>,
    /// Days to dispatch of the standard design.
    lead_time_days: u32,
}

/// The products of the shop.
#[utoipa::path(
    get, path = route::PRODUCTS, tag = "products",
    params(
        ("search" = Option<String>, Query, description = "Words, all of which the product is found by: in its name, its summary, its search words, or what its ready-made designs, uses, attributes and options are called"),
        ("page" = Option<u32>, Query, description = "The page, counting from 1")
    ),
    responses((status = 200, body = ProductList), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn list(
    State(site): State<Site>,
    RawQuery(query): RawQuery,
) -> Result<axum::Json<ProductList>, Failure> {
    let (mut search, mut page) = (String::new(), 1);
    for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
        match name.as_ref() {
            "search" => search = value.into_owned(),
            "page" => page = value.parse().ok().filter(|page| *page > 0).ok_or(Failure::Page)?,
            _ => {}
        }
    }
    let found = site.shop.list(&search, page, Language::ENGLISH).await?;
    let item = |listing: Listing| ProductItem {
        slug: listing.slug,
        name: listing.name,
        summary: listing.summary,
        revision: listing.revision,
        from: listing.low_price.into(),
        to: listing.high_price.map(Into::into),
        lead_time_days: listing.lead_time_days,
    };
    Ok(axum::Json(ProductList {
        products: found.items.into_iter().map(item).collect(),
        page: found.page,
        pages: found.pages,
        total: found.total,
    }))
}

/// A revision: everything there is to choose from.
#[derive(Serialize, ToSchema)]
pub(super) struct RevisionDetails {
    /// The product's slug.
    #[schema(value_type = String)]
    product: Slug,
    /// The revision.
    #[schema(value_type = i64)]
    revision: RevisionNumber,
    /// When it was published, as RFC 3339 writes it.
    published_at: String,
    /// The product's name.
    name: String,
    /// One sentence.
    summary: String,
    /// A paragraph.
    description: String,
    /// Language of the texts, a BCP 47 tag.
    language: String,
    /// Price before any option.
    base_price: Money,
    /// Groups of attributes, in order.
    steps: Vec<Named>,
    /// What there is to decide, in order.
    attributes: Vec<AttributeDetails>,
    /// Conditions that every valid design meets.
    rules: Vec<Rule>,
    /// Ready-made designs, in order.
    designs: Vec<ReadyMade>,
    /// The question about use that personal starts are learnt from.
    #[serde(skip_serializing_if = "Option::is_none")]
    uses: Option<Uses>,
    /// Most points of customisation a design may use.
    #[serde(skip_serializing_if = "Option::is_none")]
    most_points: Option<u32>,
    /// What a browser loads to answer questions about designs itself.
    artifact: ArtifactLink,
}

/// Something with a code and a name.
#[derive(Serialize, ToSchema)]
struct Named {
    code: String,
    label: String,
}

/// A ready-made design.
#[derive(Serialize, ToSchema)]
struct ReadyMade {
    /// Its code.
    code: String,
    /// Its name.
    label: String,
    /// One sentence.
    summary: String,
    /// What it differs in from the standard design, ready to send as a design's choices.
    choices: ChoiceMap,
    /// What it costs.
    total: Money,
    /// Days to dispatch.
    lead_time_days: u32,
}

impl ReadyMade {
    fn of(product: &Product, ready: &configurator::ReadyMade) -> Self {
        let quote = product.quote(&ready.design);
        Self {
            code: ready.code.clone(),
            label: ready.label.clone(),
            summary: ready.summary.clone(),
            choices: choice_map(product, &product.choices_for(&ready.design, product.standard())),
            total: quote.total.into(),
            lead_time_days: quote.lead_time_days,
        }
    }
}

/// The question about use.
#[derive(Serialize, ToSchema)]
struct Uses {
    /// The question.
    question: String,
    /// Its answers.
    answers: Vec<Named>,
}

/// Where an artifact is.
#[derive(Serialize, ToSchema)]
struct ArtifactLink {
    /// Its path in this shop.
    path: String,
    /// First 16 hexadecimal digits of its SHA-256.
    hash: String,
}

/// One thing to decide.
#[derive(Serialize, ToSchema)]
struct AttributeDetails {
    /// Its code.
    code: String,
    /// Its name.
    label: String,
    /// One sentence of advice, or nothing.
    help: String,
    /// Code of its step.
    step: String,
    /// Whether it keeps its standard value.
    locked: bool,
    /// Its standard value.
    standard: ChoiceValue,
    /// A condition in the rule language: where it doesn't hold the attribute isn't there. Absent for one that always is.
    #[serde(skip_serializing_if = "Option::is_none")]
    applies: Option<String>,
    /// What values it takes.
    #[serde(flatten)]
    kind: KindDetails,
}

/// What values an attribute takes.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum KindDetails {
    /// Exactly one option.
    Choice { options: Vec<OptionDetails> },
    /// Several options, from `min` to `max`.
    MultiChoice { options: Vec<OptionDetails>, min: u32, max: u32 },
    /// A whole number from `min` to `max` in steps of `step_size`.
    Number { min: i64, max: i64, step_size: i64, unit: String },
    /// A line of text.
    Text { max_length: u32, allowed: String },
}

/// One option.
#[derive(Serialize, ToSchema)]
struct OptionDetails {
    /// Its code.
    code: String,
    /// Its name.
    label: String,
    /// One sentence, or nothing.
    description: String,
    /// What it adds to the price.
    price: Money,
    /// Its colour, `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    swatch: Option<String>,
    /// Whether it is on the menu.
    available: bool,
}

impl OptionDetails {
    fn all(product: &Product, options: &[configurator::Opt]) -> Vec<Self> {
        let details = |option: &configurator::Opt| Self {
            code: option.code.clone(),
            label: option.label.clone(),
            description: option.description.clone(),
            price: product.money(option.price).into(),
            swatch: option.swatch.map(|colour| colour.to_string()),
            available: option.available,
        };
        options.iter().map(details).collect()
    }
}

impl AttributeDetails {
    fn of(product: &Product, id: AttributeId, attribute: &Attribute) -> Self {
        let kind = match &attribute.kind {
            Kind::Choice { options } => KindDetails::Choice { options: OptionDetails::all(product, options) },
            Kind::MultiChoice { options, min, max } => KindDetails::MultiChoice {
                options: OptionDetails::all(product, options),
                min: *min,
                max: *max,
            },
            Kind::Number { min, max, step, unit, .. } => {
                KindDetails::Number { min: *min, max: *max, step_size: *step, unit: unit.clone() }
            }
            Kind::Text { max_length, allowed, .. } => KindDetails::Text {
                max_length: *max_length,
                allowed: allowed.in_words(&Language::ENGLISH.words().engine),
            },
        };
        Self {
            code: attribute.code.clone(),
            label: attribute.label.clone(),
            help: attribute.help.clone(),
            step: product.steps.get(attribute.step).map(|step| step.code.clone()).unwrap_or_default(),
            locked: attribute.locked,
            standard: ChoiceValue::of(product, id, product.initial(id)),
            applies: attribute.applies.as_ref().map(|applies| applies.text(product)),
            kind,
        }
    }
}

impl RevisionDetails {
    fn of(revision: &Revision) -> Self {
        let product = &revision.product;
        let named = |code: &str, label: &str| Named { code: code.to_owned(), label: label.to_owned() };
        let uses = product.uses.as_ref().map(|uses| Uses {
            question: uses.question.clone(),
            answers: uses.answers.iter().map(|answer| named(&answer.code, &answer.label)).collect(),
        });
        Self {
            product: revision.slug.clone(),
            revision: revision.number,
            published_at: revision.published_at.format(&Rfc3339).unwrap_or_default(),
            name: product.name.clone(),
            summary: product.summary.clone(),
            description: product.description.clone(),
            language: product.language.clone(),
            base_price: product.money(product.base_price).into(),
            steps: product.steps.iter().map(|step| named(&step.code, &step.label)).collect(),
            attributes: product
                .ids()
                .map(|(id, attribute)| AttributeDetails::of(product, id, attribute))
                .collect(),
            rules: product.rules.iter().map(Rule::of).collect(),
            designs: product.designs.iter().map(|ready| ReadyMade::of(product, ready)).collect(),
            uses,
            most_points: product.budget.map(|budget| budget.ceiling),
            artifact: ArtifactLink {
                path: paths::api::artifact(&revision.slug, revision.number),
                hash: revision.artifact.hash.clone(),
            },
        }
    }
}

/// A product as it is live: everything there is to choose from.
#[utoipa::path(
    get, path = route::PRODUCT, tag = "products",
    params(("slug" = String, Path, description = "The product")),
    responses((status = 200, body = RevisionDetails), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn live(
    State(site): State<Site>,
    Path(slug): Path<String>,
) -> Result<axum::Json<RevisionDetails>, Failure> {
    Ok(axum::Json(RevisionDetails::of(site.shop.live(&site.shop.slug(&slug).await?).await?.as_ref())))
}

/// A product as one of its revisions was published, without what is sold out today.
///
/// Each option that is sold out has a rule more, whose code begins with `sold-out`, until it is on sale again; meanwhile ready-made designs
/// with it are left out, the artifact and its hash are others, and `most_points` may be more. Nothing else of a revision ever changes.
#[utoipa::path(
    get, path = route::REVISION, tag = "products",
    params(
        ("slug" = String, Path, description = "The product"),
        ("revision" = i64, Path, description = "The revision, counting from 1")
    ),
    responses((status = 200, body = RevisionDetails), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn revision(
    State(site): State<Site>,
    Path((slug, number)): Path<(String, String)>,
) -> Result<axum::Json<RevisionDetails>, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let revision = site.shop.revision(&slug, number.parse()?).await?;
    Ok(axum::Json(RevisionDetails::of(&revision)))
}

/// What a browser loads of a revision, for the same release of the shop, without what is sold out today. Its `ETag` is its hash.
#[utoipa::path(
    get, path = route::ARTIFACT, tag = "products",
    params(
        ("slug" = String, Path, description = "The product"),
        ("revision" = i64, Path, description = "The revision, counting from 1")
    ),
    responses(
        (status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 304, description = "It is what If-None-Match names"),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn artifact(
    State(site): State<Site>,
    Path((slug, number)): Path<(String, String)>,
    asked: HeaderMap,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let revision = site.shop.revision(&slug, number.parse()?).await?;
    let hash = format!("\"{}\"", revision.artifact.hash);
    // Weak, for its bytes differ by how they are compressed.
    let tag = format!("W/{hash}");
    // The next release may write it otherwise under the same address.
    let told = [(header::ETAG, tag.as_str()), (header::CACHE_CONTROL, "public, no-cache")];
    let known = asked.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|known| known.trim().trim_start_matches("W/") == hash))
    {
        return Ok((StatusCode::NOT_MODIFIED, told).into_response());
    }
    packed::artifact(site.shop.executor(), revision.artifact.clone(), &asked, told).await
}
