//! One's own account: the second factor at log-in.

use app::pages::admin::{self, AccountPage, SecondFactorState};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use shop::access::SecondFactor;

use super::super::page::Times;
use super::super::query;
use super::session::{Admin, session};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// What was done, or why not.
#[derive(Default)]
struct Outcome {
    done: Option<String>,
    recovery_codes: Vec<String>,
    refused: Option<Failure>,
}

/// The page.
pub(super) async fn show(admin: Admin, State(site): State<Site>) -> Result<Response, Failure> {
    page(&site, &admin, Outcome::default()).await
}

/// Sets up, turns on or turns off, as the button says.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let code = query::value(&sent, "code").unwrap_or_default();
    let session = session(&site, &headers).unwrap_or_default();
    let texts = admin.language.account();
    let done = |words: &str| Outcome { done: Some(words.to_owned()), ..Outcome::default() };
    let outcome = match query::value(&sent, "do") {
        Some("set-up") => site.shop.propose_second_factor(&admin.email).await.map(|()| Outcome::default())?,
        // Given up: unlike one that is asked for, it takes no code.
        Some("give-up" | "turn-off") => match site.shop.turn_off_second_factor(&admin.email, code).await {
            Ok(()) => done(texts.turned_off()),
            Err(error) => refused(error)?,
        },
        Some("turn-on") => match site.shop.turn_on_second_factor(&admin.email, code, &session).await {
            Ok(recovery_codes) => Outcome { recovery_codes, ..done(texts.turned_on()) },
            Err(error) => refused(error)?,
        },
        _ => return Err(Failure::Form),
    };
    page(&site, &admin, outcome).await
}

fn refused(error: shop::AdminError) -> Result<Outcome, Failure> {
    match Failure::from(error) {
        refused @ Failure::Access(_) => Ok(Outcome { refused: Some(refused), ..Outcome::default() }),
        failure => Err(failure),
    }
}

async fn page(site: &Site, admin: &Admin, outcome: Outcome) -> Result<Response, Failure> {
    let language = admin.language;
    let state = match site.shop.second_factor(&admin.email).await? {
        SecondFactor::Off => SecondFactorState::Off,
        SecondFactor::On { since, recovery_codes } => {
            SecondFactorState::On { since: Times::of(site, language).moment(since), recovery_codes }
        }
        SecondFactor::Proposed(proposal) => {
            let picture = QRBuilder::new(proposal.address).build().ok();
            let picture = picture.map(|code| SvgBuilder::default().to_str(&code)).unwrap_or_default();
            SecondFactorState::Proposed { secret: proposal.secret, picture }
        }
    };
    let status = outcome.refused.as_ref().map_or(StatusCode::OK, Failure::status);
    let problem = outcome.refused.map(|refused| refused.sentence(language));
    let shown = AccountPage { state, done: outcome.done, problem, recovery_codes: outcome.recovery_codes };
    Ok((status, Html(admin::account(admin.frame(site), &shown))).into_response())
}
