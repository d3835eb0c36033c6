//! What a product's page tells of a visit when it is left: counted, and nothing else. The answer is always that nothing is to be shown, for
//! the page has been left and nobody can do anything about it.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use configurator::RevisionNumber;
use shop::insight::{AskedWhileBlocked, Visit};

use super::counting::may_count;
use super::personal::Personal;
use super::query;
use crate::http::failure::Failure;
use crate::http::limits::Asking;
use crate::http::site::Site;

/// Most bytes of what a page tells.
pub(super) const LARGEST: usize = 32 * 1024;

/// Counts a visit.
///
/// # Errors
/// What is told can't be read, or there is no such product or revision. Who wishes not to be counted, and who told too much already, is
/// answered as if it was counted.
pub(super) async fn count(
    State(site): State<Site>,
    Path(slug): Path<String>,
    Asking(client): Asking,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    if !may_count(&headers) || site.visits.count(&client).is_err() {
        return Ok(StatusCode::NO_CONTENT);
    }
    let slug = site.shop.slug(&slug).await?;
    let sent = query::form(std::str::from_utf8(&body).map_err(|_| Failure::Form)?)?;
    let revision = query::value(&sent, "revision").ok_or(Failure::Form)?;
    let revision = revision.parse::<RevisionNumber>().map_err(|_| Failure::Form)?;
    let (visit, consent) = (visit(&sent), Personal::read(&site, &headers).consent(&slug));
    site.shop.count_visit_in_experiment(&slug, &consent, &visit).await?;
    site.shop.count_visit(&slug, revision, visit).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn visit(sent: &[(String, String)]) -> Visit {
    let all = |name: &'static str| {
        sent.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let options = |name| {
        let pairs = all(name).into_iter();
        let split =
            |pair: String| pair.split_once(':').map(|(one, other)| (one.to_owned(), other.to_owned()));
        pairs.filter_map(split).collect::<Vec<_>>()
    };
    let asked = |(attribute, rest): (String, String)| {
        let (option, design) = rest.split_once('?').unwrap_or((&rest, ""));
        let design = query::design(&query::pairs(design));
        AskedWhileBlocked { attribute, option: option.to_owned(), design }
    };
    Visit {
        is_new: query::value(sent, "new").is_some(),
        steps_seen: all("step"),
        steps_changed: all("worked"),
        left: query::value(sent, "left").map(str::to_owned),
        left_at: query::value(sent, "at").map(|at| {
            let (attribute, option) = at.split_once(':').unwrap_or((at, ""));
            (attribute.to_owned(), option.to_owned())
        }),
        seen: all("seen"),
        changed: all("changed"),
        shown: options("shown"),
        chosen: options("chosen"),
        asked: options("asked").into_iter().map(asked).collect(),
        went_to_order: query::value(sent, "order").is_some(),
    }
}
