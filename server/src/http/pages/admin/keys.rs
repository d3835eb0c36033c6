//! API keys: making them, each shown once, and ending them.

use app::pages::admin::{self, KeyItem, KeysDone, KeysPage, RoleChoice, TypedKey};
use app::paths::route::admin as route;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use shop::access::{ApiKey, AuditEntry, AuditQuery, KeyError, Role, WantedKey};
use time::{Date, Duration};
use words::Language;

use super::super::page::{Times, day_in_words};
use super::super::query;
use super::insight::read_day;
use super::session::Admin;
use super::words::unfit;
use crate::http::failure::Failure;
use crate::http::site::Site;
use crate::roles;

/// Among how much that was done lately it is looked for what was done a moment ago.
const AT_ONCE: u32 = 10;

/// The keys, with what was done just now.
pub(super) async fn list(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let ended = query::value(&sent, "ended");
    // An address alone is believed nothing: this reader did it lately.
    let lately = site.shop.audit(&AuditQuery::newest(AT_ONCE)).await?;
    let did = |key: &&str| {
        let is_it = |entry: &AuditEntry| {
            entry.by == admin.email && entry.action == "end key" && entry.subject == *key
        };
        lately.iter().any(is_it)
    };
    let done = ended.filter(did).map(|key| KeysDone::Said(admin.language.people().key_ended(&key)));
    show(&site, &admin, StatusCode::OK, KeysPage { done, ..KeysPage::default() }).await
}

/// Makes a key or ends one, as the button says.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let field = |name| query::value(&sent, name).unwrap_or_default().to_owned();
    match query::value(&sent, "do") {
        Some("make") => make(&site, &admin, (field("name"), field("role"), field("until"))).await,
        Some("end") => end(&site, &admin, &field("key")).await,
        _ => Err(Failure::Form),
    }
}

/// Makes a key, which is shown once and kept nowhere.
async fn make(
    site: &Site,
    admin: &Admin,
    (name, role, until): (String, String, String),
) -> Result<Response, Failure> {
    let chosen = role.parse::<Role>().map_err(|_| Failure::Form)?;
    let day = read_day(until.trim());
    let mut typed = TypedKey { name: name.clone(), until: until.clone(), ..TypedKey::default() };
    let role = choice(admin.language, chosen);
    if day.is_none() && !until.trim().is_empty() {
        typed.until_wrong = Some(admin.language.people().key_no_day().to_owned());
        let page = KeysPage { typed, role, ..KeysPage::default() };
        return show(site, admin, StatusCode::UNPROCESSABLE_ENTITY, page).await;
    }
    let error = match site.shop.make_key(WantedKey { name, role: chosen, until: day }, &admin.email).await {
        Ok(key) => {
            let done = Some(KeysDone::Made { name: typed.name.trim().to_owned(), key });
            return show(site, admin, StatusCode::OK, KeysPage { done, ..KeysPage::default() }).await;
        }
        Err(error) => error,
    };
    let of_day = matches!(error, KeyError::Over);
    let of_all = matches!(error, KeyError::TooMany { .. } | KeyError::Administrator);
    let (status, why) = in_words(error, admin.language)?;
    let mut page = KeysPage { role, ..KeysPage::default() };
    if of_all {
        page.done = Some(KeysDone::Refused(why));
    } else if of_day {
        typed.until_wrong = Some(why);
    } else {
        typed.name_wrong = Some(why);
    }
    show(site, admin, status, KeysPage { typed, ..page }).await
}

/// Ends a key.
async fn end(site: &Site, admin: &Admin, key: &str) -> Result<Response, Failure> {
    match site.shop.end_key(key, &admin.email).await {
        Ok(()) => {
            let done = form_urlencoded::Serializer::new(String::new()).append_pair("ended", key).finish();
            Ok(Redirect::to(&format!("{}?{done}", route::KEYS)).into_response())
        }
        Err(error) => {
            let (status, why) = in_words(error, admin.language)?;
            let done = Some(KeysDone::Refused(why));
            show(site, admin, status, KeysPage { done, ..KeysPage::default() }).await
        }
    }
}

/// The status and the words of what was not done, or the failure that nobody but us can mend.
fn in_words(error: KeyError, language: Language) -> Result<(StatusCode, String), Failure> {
    let failure = Failure::from(error);
    let words = match &failure {
        Failure::Shop(error) => unfit(error, language),
        other => Some(other.sentence(language)),
    };
    words.map(|words| (failure.status(), words)).ok_or(failure)
}

async fn show(site: &Site, admin: &Admin, status: StatusCode, page: KeysPage) -> Result<Response, Failure> {
    let (times, today) = (Times::of(site, admin.language), site.shop.calendar().today());
    let people = site.shop.people().await?;
    let keys = site.shop.keys().await?.into_iter().map(|key| {
        let has_left = people.iter().all(|person| person.email != key.made_by);
        item(key, has_left, today, times)
    });
    let role =
        if page.role.all.is_empty() { choice(admin.language, Role::Viewer) } else { page.role.clone() };
    let page = KeysPage { keys: keys.collect(), role, ..page };
    Ok((status, Html(admin::keys(admin.frame(site), &page))).into_response())
}

fn item(key: ApiKey, has_left: bool, today: Date, times: Times<'_>) -> KeyItem {
    let (language, say) = (times.language, times.language.people());
    // It ends with its last day.
    let last_day = key.ends_at.map(|ends_at| times.day(ends_at - Duration::seconds(1)));
    let is_over = last_day.is_some_and(|day| day < today);
    KeyItem {
        made: say.key_made_by(&times.date(key.made_at), &key.made_by),
        has_left,
        used: match key.used_on {
            Some(day) => say.key_used_on(&day_in_words(language, day)),
            None => say.key_never_used().to_owned(),
        },
        ends: match last_day.map(|day| day_in_words(language, day)) {
            Some(day) if is_over => say.key_is_over(&day),
            Some(day) => say.key_ends(&day),
            None => say.key_without_end().to_owned(),
        },
        is_over,
        role: roles::name(language, key.role),
        name: match key.ending.as_str() {
            "" => language.marked(key.name),
            ending => say.key_with_ending(&language.marked(key.name), &ending),
        },
        actor: key.actor,
    }
}

/// The roles that a key may have.
fn choice(language: Language, role: Role) -> RoleChoice {
    let own = Role::ALL.into_iter().filter(|role| *role != Role::Administrator);
    let all = own.map(|role| (role.code(), roles::name(language, role))).collect();
    RoleChoice { code: role.code().to_owned(), all }
}
