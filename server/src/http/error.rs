//! Every way a page can fail, and the one place that gives each its status.

use std::sync::{Arc, Mutex};

use app::pages;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use configurator::{ChoiceError, Slug};
use shop::{AdminError, ShopError};

use super::Site;

/// A request that can't be answered with the page it asked for.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The address leads nowhere.
    #[error("there is no page at {path}")]
    NoPage {
        /// The path asked for.
        path: String,
    },
    /// No order has this link.
    #[error("there is no order at this address")]
    NoOrder,
    /// A choice in the address does not exist or is out of bounds.
    #[error("{error}")]
    Choice {
        /// The product's address.
        slug: Slug,
        /// What is wrong.
        error: ChoiceError,
    },
    /// The request's form can't be read.
    #[error("the form that was sent can't be read")]
    Form,
    /// Fields of a form in the admin can't be read.
    #[error("some of what was typed can't be read")]
    Unreadable,
    /// A new password was not typed the same way twice.
    #[error("these two differ; type the same password twice")]
    PasswordsDiffer,
    /// Somebody was not let into the admin.
    #[error(transparent)]
    Access(AdminError),
    /// Too many pages are being thought about.
    #[error("too many people are designing at this moment; please try again in a few seconds")]
    Busy,
    /// The engine gave up.
    #[error("{0}; start from the standard and choose step by step")]
    TooComplex(#[from] configurator::TooComplex),
    /// A page's work broke off.
    #[error("the work on this page broke off")]
    Failed,
    /// The request was refused before anything looked at what it asks for.
    #[error("{}", refusal(*.0))]
    Refused(StatusCode),
    /// A use case failed.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<AdminError> for PageError {
    fn from(error: AdminError) -> Self {
        match error {
            AdminError::Shop(error) => Self::Shop(error),
            error => Self::Access(error),
        }
    }
}

impl PageError {
    /// The status of each failure.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NoPage { .. } | Self::NoOrder => StatusCode::NOT_FOUND,
            Self::Choice { error, .. } if error.is_unknown() => StatusCode::NOT_FOUND,
            Self::Choice { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Form => StatusCode::BAD_REQUEST,
            Self::Refused(status) => *status,
            Self::Busy | Self::TooComplex(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unreadable | Self::PasswordsDiffer => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Access(AdminError::PasswordLength { .. } | AdminError::NotRecognised) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Access(AdminError::InviteNotValid) => StatusCode::NOT_FOUND,
            Self::Access(AdminError::TooManyAttempts) => StatusCode::TOO_MANY_REQUESTS,
            Self::Access(AdminError::Shop(_)) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Shop(ShopError::UnknownProduct { .. } | ShopError::UnknownRevision { .. }) => {
                StatusCode::NOT_FOUND
            }
            Self::Shop(ShopError::DraftChanged { .. }) => StatusCode::CONFLICT,
            Self::Shop(ShopError::NotPublishable(_) | ShopError::NothingToPublish) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Shop(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The message as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let text = self.to_string();
        let mut letters = text.chars();
        let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
        let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
        format!("{first}{}{stop}", letters.as_str())
    }

    /// The page that says what happened and where to go from here.
    pub async fn page(self, site: &Site) -> (StatusCode, Html<String>) {
        let status = self.status();
        let title = match &self {
            Self::NoPage { .. } => "This page does not exist",
            Self::NoOrder => "We can't find this order",
            Self::Choice { .. } => "This design can't be read",
            Self::Shop(ShopError::UnknownProduct { .. }) => "We don't make that",
            _ if status == StatusCode::INTERNAL_SERVER_ERROR => "Something went wrong on our side",
            _ => "That did not work",
        };
        let message = match &self {
            Self::NoOrder => {
                "The link may be incomplete. Copy the whole address you kept when you ordered, or write to us with your order's number."
                    .to_owned()
            }
            Self::Failed => {
                tracing::error!("a page's work broke off");
                "We can't tell how far it came. If you were sending something, look whether it is there before you send it again."
                    .to_owned()
            }
            _ if status == StatusCode::INTERNAL_SERVER_ERROR => {
                tracing::error!(error = %self, "a page failed");
                "Nothing was changed or lost. Please try again in a moment.".to_owned()
            }
            other => other.sentence(),
        };
        let mut links = Vec::new();
        if let Self::Choice { slug, .. } = &self {
            links.push(("Start from this product's standard".to_owned(), format!("/products/{slug}")));
        }
        // The list of products helps; where even that fails, the way home does.
        let listed = site.shop.list("", 1).await.map(|list| list.items).unwrap_or_default();
        for listing in listed {
            links.push((listing.name, format!("/products/{}", listing.slug)));
        }
        links.push(("All products".to_owned(), "/".to_owned()));
        (status, Html(pages::problem(&site.assets, title, &message, &links)))
    }
}

/// Carries the error to [`show_errors`], which has the site to make a page of it.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = status.into_response();
        response.extensions_mut().insert(Arc::new(Mutex::new(Some(self))));
        response
    }
}

/// Why a request was refused, and what to do.
fn refusal(status: StatusCode) -> &'static str {
    match status {
        StatusCode::FORBIDDEN => {
            "this came from another website and was not done; open the page in this shop and send it from there"
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            "this address can't be opened like this; go back to the page and use its buttons"
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            "this is more than the shop takes at once, and nothing of it was kept; go back, shorten the longest text and send it again"
        }
        _ => "what was sent can't be read; go back to the page and send it again",
    }
}

/// Turns errors into pages: those of handlers, and refusals that are no page yet.
pub(super) async fn show_errors(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let carried = response.extensions_mut().remove::<Arc<Mutex<Option<PageError>>>>();
    let error = carried.and_then(|carried| carried.lock().ok().and_then(|mut error| error.take()));
    let status = response.status();
    let is_answer = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    let refused = || match status {
        _ if is_answer => None,
        StatusCode::INTERNAL_SERVER_ERROR => Some(PageError::Failed),
        StatusCode::BAD_REQUEST
        | StatusCode::FORBIDDEN
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::UNSUPPORTED_MEDIA_TYPE
        | StatusCode::UNPROCESSABLE_ENTITY => Some(PageError::Refused(status)),
        _ => None,
    };
    match error.or_else(refused) {
        Some(error) => {
            let (_, page) = error.page(&site).await;
            // What else the answer says, such as the methods an address takes, stays.
            let mut headers = response.headers().clone();
            headers.remove(header::CONTENT_TYPE);
            headers.remove(header::CONTENT_LENGTH);
            (status, headers, page).into_response()
        }
        None => response,
    }
}
