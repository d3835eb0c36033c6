//! Who looks after the shop: inviting them, ending their sessions, removing those who leave.

use app::pages::admin::{self, PeopleDone, PeoplePage, PersonItem, RoleChoice};
use app::paths::{admin as paths, route::admin as route};
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use shop::ShopError;
use shop::access::{AuditEntry, AuditKind, AuditQuery, Person, Role};
use words::Language;

use super::super::page::Times;
use super::super::query;
use super::audit::{done, folded, names};
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;
use crate::roles;

/// How much of what was done is shown.
const LATELY: usize = 20;
/// Among how much it is looked for: log-ins, which are many, are told by the whole audit alone.
const AMONG: u32 = 60;
/// Among how much of it something is looked for that was done a moment ago.
const AT_ONCE: u32 = 10;

/// The list, with what was done just now.
pub(super) async fn list(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let say = admin.language.people();
    // An address alone is believed nothing: this reader did it lately.
    let lately = site.shop.audit(&AuditQuery::newest(AT_ONCE)).await?;
    let did = |name: &str, action: &str| {
        let email = query::value(&sent, name)?.to_lowercase();
        let is_it =
            |entry: &AuditEntry| entry.by == admin.email && entry.action == action && entry.subject == email;
        lately.iter().any(is_it).then_some(email)
    };
    let ended = did("ended", "end sessions").map(|email| say.sessions_ended(&email));
    let removed = match did("removed", "remove") {
        Some(email) => Some(told_removed(&site, admin.language, &email).await?),
        None => None,
    };
    let taken = did("taken", "second factor off");
    let taken = taken.map(|email| admin.language.account().took_second_factor(&email));
    let given = did("given", "role").and_then(|email| {
        let role = lately
            .iter()
            .find(|entry| entry.action == "role" && entry.subject == email)?
            .detail
            .parse()
            .ok()?;
        Some(say.role_given(&email, &roles::name(admin.language, role)))
    });
    let done = ended.or(removed).or(taken).or(given).map(PeopleDone::Said);
    show(&site, &admin, StatusCode::OK, PeoplePage { done, ..PeoplePage::default() }).await
}

/// That somebody was removed, and which keys of theirs go on.
async fn told_removed(site: &Site, language: Language, email: &str) -> Result<String, Failure> {
    let say = language.people();
    let keys = site.shop.keys().await?.into_iter().filter(|key| key.made_by == email);
    let keys: Vec<_> = keys.map(|key| language.marked(key.name)).collect();
    let removed = say.person_removed(&email);
    if keys.is_empty() {
        return Ok(removed);
    }
    Ok(format!("{removed} {}", say.keys_of_leaver(&keys.join(", "))))
}

/// Invites, ends sessions or removes, as the button says.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let email = query::value(&sent, "email").unwrap_or_default();
    let role = || match query::value(&sent, "role") {
        Some(role) => role.parse().map(Some).map_err(|_| Failure::Form),
        None => Ok(None),
    };
    let done = match query::value(&sent, "do") {
        Some("role") => {
            let role = role()?.ok_or(Failure::Form)?;
            site.shop.set_role(email, role, &admin.email).await.map(|()| "given")
        }
        Some("end-sessions") => site.shop.end_sessions(email, &admin.email).await.map(|()| "ended"),
        Some("take-second-factor") => {
            site.shop.remove_second_factor(email, &admin.email).await.map(|()| "taken")
        }
        Some("remove") => site.shop.remove_person(email, &admin.email).await.map(|()| "removed"),
        // Who is invited without a role may read; whoever is there already keeps theirs.
        Some("invite") => return invite(&site, &admin, email, role()?.unwrap_or(Role::Viewer)).await,
        _ => return Err(Failure::Form),
    };
    match done {
        Ok(done) => {
            let done = form_urlencoded::Serializer::new(String::new()).append_pair(done, email).finish();
            Ok(Redirect::to(&format!("{}?{done}", route::PEOPLE)).into_response())
        }
        Err(error) => match Failure::from(error) {
            refused @ Failure::Access(_) => {
                let done = Some(PeopleDone::Refused(refused.sentence(admin.language)));
                show(&site, &admin, refused.status(), PeoplePage { done, ..PeoplePage::default() }).await
            }
            failure => Err(failure),
        },
    }
}

/// Makes an invitation, whose link is shown once and kept nowhere.
async fn invite(site: &Site, admin: &Admin, email: &str, role: Role) -> Result<Response, Failure> {
    let page = match site.shop.invite_by(email, role, &admin.email).await {
        Ok(token) => {
            let link = format!("{}{}", site.url.trim_end_matches('/'), paths::invite(&token));
            let done = Some(PeopleDone::Invited { email: email.trim().to_owned(), link });
            return show(site, admin, StatusCode::OK, PeoplePage { done, ..PeoplePage::default() }).await;
        }
        Err(error @ ShopError::NotAnEmail { .. }) => Failure::from(error),
        Err(error) => return Err(error.into()),
    };
    let typed = (email.to_owned(), Some(page.sentence(admin.language)));
    show(
        site,
        admin,
        page.status(),
        PeoplePage { typed, role: choice(admin.language, role), ..PeoplePage::default() },
    )
    .await
}

async fn show(site: &Site, admin: &Admin, status: StatusCode, page: PeoplePage) -> Result<Response, Failure> {
    let (language, times) = (admin.language, Times::of(site, admin.language));
    let item = |person: Person| PersonItem {
        is_reader: person.email == admin.email,
        role: choice(language, person.role),
        email: person.email,
        has_password: person.has_password,
        sessions: person.sessions.into(),
        has_second_factor: person.has_second_factor,
        invited_until: person.invited_until.map(|until| times.moment(until)),
    };
    let role = if page.role.all.is_empty() { choice(language, Role::Viewer) } else { page.role.clone() };
    let people = site.shop.people().await?.into_iter().map(item).collect();
    let log = site.shop.audit(&AuditQuery::newest(AMONG)).await?;
    let told = log.into_iter().filter(|entry| AuditKind::of_action(&entry.action) != AuditKind::LogIns);
    let told: Vec<_> = folded(told.collect()).into_iter().take(LATELY).collect();
    let names = names(site, &told).await?;
    let log = told.into_iter().map(|entry| done(times, &names, entry)).collect();
    Ok((status, Html(admin::people(admin.frame(site), &PeoplePage { people, role, log, ..page })))
        .into_response())
}

fn choice(language: Language, role: Role) -> RoleChoice {
    let all = Role::ALL.into_iter().map(|role| (role.code(), roles::name(language, role))).collect();
    RoleChoice { code: role.code().to_owned(), all }
}
