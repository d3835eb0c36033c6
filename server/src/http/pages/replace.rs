//! Asks before another design takes the place of the present one: what of the shopper's own would be given up, and what that does to
//! price and days. Where that is nothing it leads on at once.

use app::address;
use app::configurator::less_or_more;
use app::pages::{self, ReplacePage};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{AttributeId, Choices, Design, Value};
use personalize::Start;
use shop::Opened;
use words::Shop;

use super::asked::{Asked, Ways};
use super::otherwise::{described, otherwise};
use super::page::PRIVATE;
use super::query;
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

/// The page, or the part of it that a script shows: no content where there is nothing to ask.
pub(super) async fn show(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let asked = Asked::read(&site, &slug, query.as_deref(), &headers).await?;
    let opened = asked.open(&site, reader.language).await?;
    let is_part = query::value(&asked.pairs, address::PART).is_some();
    let wanted = query::value(&asked.pairs, address::TAKE).unwrap_or_default();
    let replacement = Replacement::of(&opened, wanted).ok_or(Failure::NoPage)?;
    let slug = &opened.revision.slug;
    let pairs = opened.product.write_choices(&replacement.choices);
    let take = address::product(slug, opened.revision.number, &replacement.start, &pairs);
    let take = address::by_campaign(take, &asked.campaign);
    let say = reader.language.shop();
    let given_up = given_up(&opened, &replacement, say);
    if given_up.is_empty() {
        return Ok(match is_part {
            true => (StatusCode::NO_CONTENT, PRIVATE).into_response(),
            false => (PRIVATE, Redirect::to(&take)).into_response(),
        });
    }
    let page = ReplacePage {
        title: match &replacement.name {
            Some(name) => say.take_ready_made(name),
            None => say.take_standard().to_owned(),
        },
        given_up,
        costs: costs(&opened, &replacement.design, say),
        take,
        keep: Ways::of(&opened, &asked.campaign).back,
    };
    let html = match is_part {
        true => pages::replace_part(&reader, &page),
        false => pages::replace(&site.assets, &reader, &page),
    };
    Ok((PRIVATE, Html(html)).into_response())
}

/// The design that is to take the place of another one.
struct Replacement {
    /// What it is called; nothing for the standard.
    name: Option<String>,
    design: Design,
    start: Start,
    /// What is chosen then.
    choices: Choices,
}

impl Replacement {
    /// The one that an address names; nothing where the product has none of that code.
    fn of(opened: &Opened, wanted: &str) -> Option<Self> {
        let product = &opened.product;
        if wanted == address::RESET {
            return Some(Self {
                name: None,
                design: product.standard().clone(),
                start: Start::Standard,
                choices: Choices::new(),
            });
        }
        let (name, design) = if wanted == address::STANDARD {
            (None, product.standard())
        } else {
            let ready = product.designs.iter().find(|ready| ready.code == wanted)?;
            (Some(ready.label.clone()), &ready.design)
        };
        Some(Self {
            name,
            design: design.clone(),
            start: opened.start.clone(),
            choices: product.choices_for(design, &opened.default.design),
        })
    }
}

/// What of the shopper's own is another afterwards, by attribute, in words: choices, also those that wait until they apply; what was
/// typed and can't be taken; and all of a proposal that was asked for. Nothing for a design that is one click away itself.
fn given_up(opened: &Opened, replacement: &Replacement, say: &Shop) -> Vec<(String, String)> {
    let product = &opened.product;
    let is_waiting = |(id, _): (AttributeId, &Value)| *opened.design.value(id) == Value::Absent;
    let is_ready_made = opened.design == *product.standard()
        || product.designs.iter().any(|ready| ready.design == opened.design);
    if is_ready_made && opened.unreadable.is_empty() && !opened.choices.iter().any(is_waiting) {
        return Vec::new();
    }
    let is_proposal = matches!(opened.start, Start::Needs { .. });
    let mut given_up = Vec::new();
    for (id, attribute) in product.ids() {
        let typed = opened.unreadable.iter().find(|(code, _)| *code == attribute.code);
        let then = replacement.design.value(id);
        let lost = match typed {
            Some((_, text)) => Some(say.instead_of(&described(product, say, id, then), &say.as_typed(text))),
            None => {
                let shown = Some(opened.design.value(id)).filter(|_| is_proposal);
                let own = opened.choices.get(id).or(shown.filter(|value| **value != Value::Absent));
                let lost = own.filter(|value| *value != then);
                lost.map(|own| otherwise(product, say, id, (own, then)))
            }
        };
        given_up.extend(lost.map(|lost| (attribute.label.clone(), lost)));
    }
    given_up
}

/// What the other design costs, and how that and its days stand beside the present one.
fn costs(opened: &Opened, other: &Design, say: &Shop) -> String {
    let product = &opened.product;
    let quote = product.quote(other);
    let total = quote.total.written(&product.words().locale);
    say.costs_then(&total, &less_or_more(product, &quote, &opened.design))
}
