//! One's own account: the password, the second factor at log-in, and sessions.

use app::pages::admin::{self, AccountPage, PasswordProblems, SecondFactorState, SessionItem};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use shop::AdminError;
use shop::access::{SecondFactor, SessionSeen};
use words::Language;

use super::super::page::Times;
use super::super::query;
use super::session::{Admin, known_anew, session};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// What was done, or why not.
#[derive(Default)]
struct Outcome {
    done: Option<String>,
    recovery_codes: Vec<String>,
    refused: Option<Failure>,
    /// What was refused was another password, with what is wrong in words.
    password: Option<PasswordProblems>,
    /// What the browser keeps from now on.
    cookies: CookieJar,
}

/// The page.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let session = session(&site, &headers).unwrap_or_default();
    page(&site, &admin, &session, Outcome::default()).await
}

/// Changes the password, the second factor or sessions, as the button says.
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
        Some("end-session") => {
            let key = query::value(&sent, "session").unwrap_or_default();
            let is_ended = site.shop.end_own_session(&admin.email, key).await?;
            done(if is_ended { texts.session_ended() } else { texts.session_gone() })
        }
        Some("end-others") => match site.shop.end_other_sessions(&admin.email, &session).await? {
            0 => done(texts.no_others_ended()),
            ended => done(&texts.others_ended(ended)),
        },
        Some("change-password") => change_password(&site, &admin, &session, &sent).await?,
        _ => return Err(Failure::Form),
    };
    page(&site, &admin, &session, outcome).await
}

async fn change_password(
    site: &Site,
    admin: &Admin,
    session: &str,
    sent: &[(String, String)],
) -> Result<Outcome, Failure> {
    let field = |name: &str| query::value(sent, name).unwrap_or_default();
    if field("password") != field("again") {
        let refused = Failure::PasswordsDiffer;
        let again = Some(refused.sentence(admin.language));
        let password = Some(PasswordProblems { again, ..PasswordProblems::default() });
        return Ok(Outcome { refused: Some(refused), password, ..Outcome::default() });
    }
    let passwords = (field("present"), field("password"));
    match site.shop.change_password(&admin.email, passwords, session).await {
        Ok(device) => {
            let done = Some(admin.language.account().password_changed().to_owned());
            Ok(Outcome { done, cookies: known_anew(site, device), ..Outcome::default() })
        }
        Err(error) => {
            let is_new = matches!(error, AdminError::PasswordLength { .. } | AdminError::PasswordCommon);
            let outcome = refused(error)?;
            let password = outcome.refused.as_ref().map(|refused| problems(refused, is_new, admin.language));
            Ok(Outcome { password, ..outcome })
        }
    }
}

/// What is wrong, where it was typed.
fn problems(refused: &Failure, is_new: bool, language: Language) -> PasswordProblems {
    let told = Some(refused.sentence(language));
    match is_new {
        true => PasswordProblems { new: told, ..PasswordProblems::default() },
        false => PasswordProblems { present: told, ..PasswordProblems::default() },
    }
}

fn refused(error: AdminError) -> Result<Outcome, Failure> {
    match Failure::from(error) {
        refused @ Failure::Access(_) => Ok(Outcome { refused: Some(refused), ..Outcome::default() }),
        failure => Err(failure),
    }
}

/// The reader's sessions in words.
async fn sessions(site: &Site, admin: &Admin, session: &str) -> Result<Vec<SessionItem>, Failure> {
    let (texts, times) = (admin.language.account(), Times::of(site, admin.language));
    let sessions = site.shop.own_sessions(&admin.email, session).await?.into_iter();
    let item = |(seen, is_this): (SessionSeen, bool)| SessionItem {
        key: seen.key,
        browser: match seen.browser.is_empty() {
            true => texts.unknown_browser().to_owned(),
            false => admin.language.marked(seen.browser),
        },
        begun: seen.begun_at.map(|at| times.moment(at)),
        used: seen.used_at.map(|at| times.moment(at)),
        is_this,
    };
    Ok(sessions.map(item).collect())
}

async fn page(site: &Site, admin: &Admin, session: &str, outcome: Outcome) -> Result<Response, Failure> {
    let language = admin.language;
    let sessions = sessions(site, admin, session).await?;
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
    let wait = outcome.refused.as_ref().and_then(Failure::retry_after);
    let wait = wait.map(|wait| [(header::RETRY_AFTER, wait.to_string())]);
    let refused = outcome.refused.filter(|_| outcome.password.is_none());
    let shown = AccountPage {
        sessions,
        state,
        done: outcome.done,
        problem: refused.map(|refused| refused.sentence(language)),
        password: outcome.password.unwrap_or_default(),
        recovery_codes: outcome.recovery_codes,
    };
    let html = Html(admin::account(admin.frame(site), &shown));
    Ok((status, outcome.cookies, wait, html).into_response())
}
