//! Failures as RFC 9457 problems.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shop::access::Role;
use shop::{DesignError, DeskError, OrderError, ShopError};
use utoipa::ToSchema;
use words::Language;

use super::shapes::{Reason, StateCode};
use crate::http::failure::Failure;

/// Most products that a wrong slug's problem lists.
const MOST_KNOWN: usize = 20;

/// Why a request was not answered, as RFC 9457 writes it.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Names the kind of problem; the same for each `code`.
    #[schema(example = "tag:atelier,2026:choices-conflict")]
    r#type: String,
    /// What happened, in a few words.
    title: String,
    /// The answer's status.
    status: u16,
    /// What happened and what to do.
    detail: String,
    /// Stays the same whatever the words become.
    #[schema(example = "choices-conflict")]
    code: String,
    /// Where in the request's body it is, such as `choices.height`, or the name of a parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// Line of the body, counting from 1, where it can't be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// Column of the body, counting from 1, where it can't be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// What is wrong with each field of the buyer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldProblem>,
    /// Why choices can't stand together.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Reason>,
    /// Slugs of products there are, up to twenty, where a product is not known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    products: Vec<String>,
    /// The state that an order is in, where its state was not changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<StateCode>,
    /// The roles that it takes, where a key has another one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<String>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// The field.
    field: String,
    /// What to do.
    message: String,
}

impl Problem {
    fn of(failure: &Failure) -> Self {
        let (kind, say) = (failure.kind(), Language::ENGLISH.shop());
        let mut problem = Self {
            r#type: format!("tag:atelier,2026:{}", kind.code),
            title: failure.title(say).to_owned(),
            status: kind.status.as_u16(),
            detail: match failure {
                Failure::NoPage => {
                    "There is nothing at this address; /api/v1/openapi.json lists what there is.".to_owned()
                }
                Failure::Refused(status) => refusal(*status).to_owned(),
                other => other.sentence(Language::ENGLISH),
            },
            code: kind.code.to_owned(),
            ..Self::default()
        };
        match failure {
            Failure::Body(body) => {
                problem.place = Some(body.place.clone()).filter(|place| !place.is_empty());
                (problem.line, problem.column) = (Some(body.line), Some(body.column));
            }
            Failure::Design(DesignError::Choice { code, .. }) => {
                problem.place = Some(format!("choices.{code}"));
            }
            Failure::Design(DesignError::Contradiction { revision, reason }) => {
                problem.reason = Some(Reason::of(&revision.product, reason));
            }
            Failure::Order(OrderError::Buyer(errors)) => {
                let field = |error: &shop::FieldError| FieldProblem {
                    field: error.field.to_owned(),
                    message: error.sentence(say),
                };
                problem.fields = errors.iter().map(field).collect();
            }
            Failure::Parameter { name } => problem.place = Some(name.clone()),
            Failure::KeyRole { needed } => {
                let roles = needed.roles().iter().filter(|role| **role != Role::Administrator);
                problem.roles = roles.map(|role| role.code().to_owned()).collect();
            }
            Failure::Desk(DeskError::NotPossible { state, .. }) => problem.state = Some((*state).into()),
            Failure::Desk(DeskError::ChangedMeanwhile { now, .. }) => problem.state = Some((*now).into()),
            Failure::Shop(ShopError::UnknownProduct { known, .. }) => {
                problem.products = known.iter().take(MOST_KNOWN).map(|(slug, _)| slug.to_string()).collect();
            }
            _ => {}
        }
        problem
    }
}

/// Why a request was refused before anything looked at what it asks for.
fn refusal(status: StatusCode) -> &'static str {
    match status {
        StatusCode::FORBIDDEN => {
            "This came from a page of another website and was not done; send it from a server."
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            "This address takes other methods; /api/v1/openapi.json lists them."
        }
        StatusCode::PAYLOAD_TOO_LARGE => "The body is larger than 256 KiB; send less.",
        StatusCode::URI_TOO_LONG => "The address is longer than 62 KiB; send less.",
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
            "These are more than 128 headers, or larger than 32 KiB together; send less."
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            "Send the body as JSON, with the content type application/json."
        }
        _ => "The request can't be read; /api/v1/openapi.json says what it looks like.",
    }
}

/// A failure as the API answers it. Headers that the answer has already stay.
pub(crate) fn answer(failure: &Failure, status: StatusCode, mut headers: HeaderMap) -> Response {
    let body = serde_json::to_vec(&Problem::of(failure)).unwrap_or_default();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    (status, headers, body).into_response()
}
