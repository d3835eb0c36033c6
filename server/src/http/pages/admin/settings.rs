//! The shop's settings: shown, saved, and put back.

use std::collections::{BTreeMap, BTreeSet};

use app::pages::admin::{self, SettingsPage, SettingsVersionItem};
use app::paths::route::admin as route;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::Problem;
use shop::Profile;
use shop::shop_file::{FORGET, Fields, Settings, SettingsError, SettingsVersion, names, to_fields};
use words::Language;

use super::super::page::Times;
use super::super::query;
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Most characters of what the shop file says that are told beside a field.
const MOST_TOLD: usize = 80;

type Sent = [(String, String)];

/// What became of a form.
#[derive(Default)]
struct Outcome {
    /// What was typed; nothing where it was taken.
    typed: Option<Fields>,
    errors: BTreeMap<String, Vec<String>>,
    done: Option<&'static str>,
    refused: Option<&'static str>,
    /// The version that the form goes on from; the one that stands where nothing is said.
    version: Option<i64>,
    /// Whether something would be forgotten, which has to be agreed to.
    forgets: bool,
    status: StatusCode,
}

/// The form.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let settings = site.shop.settings().await?;
    // An address alone is believed nothing: this reader saved what stands.
    let is_own = settings.saved.as_ref().is_none_or(|saved| saved.by == admin.email);
    let saved = query::value(&sent, "saved").and_then(|version| version.parse::<i64>().ok());
    let is_done = settings.version > 0 && saved == Some(settings.version) && is_own;
    let done = is_done.then(|| admin.language.settings().saved());
    page(&site, &admin, &settings, Outcome { done, ..Outcome::default() })
}

/// Saves what was sent, or puts an earlier version back.
pub(super) async fn save(admin: Admin, State(site): State<Site>, body: String) -> Result<Response, Failure> {
    let sent = query::whole(&body)?;
    let number = |name| query::value(&sent, name).and_then(|number| number.parse::<i64>().ok());
    let seen = number("version").ok_or(Failure::Form)?;
    let (typed, outcome) = match query::value(&sent, "do") {
        Some("restore") => {
            let to = number("to").ok_or(Failure::Form)?;
            (None, site.shop.restore_settings(seen, to, &admin.email).await)
        }
        _ => {
            let mut typed = typed(&sent);
            if let Some(agreed) = query::value(&sent, FORGET) {
                typed.insert(FORGET.to_owned(), agreed.to_owned());
            }
            let saved = site.shop.save_settings(seen, &typed, &admin.email).await;
            (Some(typed), saved)
        }
    };
    match outcome {
        Ok(version) => Ok(Redirect::to(&format!("{}?saved={version}", route::SETTINGS)).into_response()),
        Err(error) => {
            // What others saved is in the form that comes back, but for what was changed in it; what can't be read goes on from what it saw.
            let (typed, version) = match (&error, typed) {
                (SettingsError::Clashes(_), Some(typed)) => {
                    (Some(site.shop.changed_over(seen, &typed).await?), None)
                }
                (SettingsError::Problems(_) | SettingsError::Forgets(_), typed) => (typed, Some(seen)),
                (_, typed) => (typed, None),
            };
            let outcome = Outcome { version, ..refused(error, typed, admin.language)? };
            page(&site, &admin, &site.shop.settings().await?, outcome)
        }
    }
}

/// Why nothing was saved, beside the fields where it is about them.
fn refused(error: SettingsError, typed: Option<Fields>, language: Language) -> Result<Outcome, Failure> {
    let say = language.settings();
    let mut errors: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (refused, status) = match error {
        SettingsError::Problems(problems) => {
            for Problem { place, message, advice, .. } in problems {
                errors.entry(place).or_default().push(format!("{}. {advice}", sentence(&message)));
            }
            (say.not_saved(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        SettingsError::Clashes(clashes) if clashes.is_empty() => {
            (say.not_saved_changed(), StatusCode::CONFLICT)
        }
        SettingsError::Clashes(clashes) => {
            for clash in clashes {
                let words = match clash.saved.is_empty() {
                    true => say.clash_empty().to_owned(),
                    false => say.clash(&language.marked(told(&clash.saved))),
                };
                errors.entry(clash.field).or_default().push(words);
            }
            (say.not_saved_clash(), StatusCode::CONFLICT)
        }
        SettingsError::Forgets(fields) => {
            for field in fields {
                errors.entry(field.to_owned()).or_default().push(say.forgets().to_owned());
            }
            let refused = if typed.is_some() { say.not_saved() } else { say.not_restored() };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(Outcome {
                forgets: typed.is_some(),
                typed,
                errors,
                refused: Some(refused),
                status,
                ..Outcome::default()
            });
        }
        SettingsError::NoVersion(_) => return Err(Failure::NoPage),
        SettingsError::Shop(error) => return Err(error.into()),
    };
    Ok(Outcome { typed, errors, refused: Some(refused), status, ..Outcome::default() })
}

/// A message as a sentence begins.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The fields of the form. What is not sent, as a box that is not ticked, is empty.
fn typed(sent: &Sent) -> Fields {
    let tags = sent.iter().filter_map(|(name, _)| name.strip_prefix("translations.")?.split('.').next());
    let tags: BTreeSet<&str> = tags.collect();
    let of = |name: String| {
        let values = sent.iter().filter(|(sent, _)| *sent == name).map(|(_, value)| value.as_str());
        let text = values.collect::<Vec<_>>().join("\n");
        (name, text)
    };
    names(tags).into_iter().map(of).collect()
}

fn page(site: &Site, admin: &Admin, settings: &Settings, outcome: Outcome) -> Result<Response, Failure> {
    let language = admin.language;
    let (say, times) = (language.settings(), Times::of(site, language));
    let Outcome { typed, errors, done, refused, version, forgets, status } = outcome;
    let came_back = typed.is_some();
    let values = typed.unwrap_or_else(|| settings.fields.clone());
    let translations = translations(&values);
    let saved = settings.saved.as_ref();
    let is_plain = settings.file == to_fields(Profile::default().source());
    let page = SettingsPage {
        version: version.unwrap_or(settings.version),
        origin: saved.map_or_else(
            || if is_plain { say.from_nothing() } else { say.from_file() }.to_owned(),
            |saved| say.from_admin(&saved.by, &times.moment(saved.at)),
        ),
        file: if saved.is_some() { elsewhere(settings, &translations, language) } else { BTreeMap::new() },
        plain: plain(),
        versions: settings.versions.iter().map(|version| item(version, settings, times)).collect(),
        is_saved: saved.is_some(),
        forgets,
        values,
        translations,
        errors,
        came_back,
        done,
        refused,
    };
    Ok((status, Html(admin::settings(admin.frame(site), &page))).into_response())
}

/// The languages in which texts can be given beside their own, with their names.
fn translations(values: &Fields) -> Vec<(String, String)> {
    let own = values.get("language").and_then(|tag| words::matching(tag));
    let others = Language::ALL.into_iter().filter(|language| Some(*language) != own);
    let mut all: BTreeMap<String, String> =
        others.map(|language| (language.tag().to_owned(), language.words().locale.name.to_owned())).collect();
    for tag in values.keys().filter_map(|name| name.strip_prefix("translations.")?.split('.').next()) {
        all.entry(tag.to_owned()).or_insert_with(|| tag.to_owned());
    }
    all.into_iter().collect()
}

/// What the shop file says where something else stands.
fn elsewhere(
    settings: &Settings,
    translations: &[(String, String)],
    language: Language,
) -> BTreeMap<String, String> {
    let say = language.settings();
    let tags = translations.iter().map(|(tag, _)| tag.as_str());
    let differs = names(tags).into_iter().filter(|name| settings.file.get(name) != settings.fields.get(name));
    let words = |name: &String| match settings.file.get(name) {
        Some(text) => say.file_says(&language.marked(told(text))),
        None => say.file_says_nothing().to_owned(),
    };
    differs.map(|name| (name.clone(), words(&name))).collect()
}

/// A text in a line, cut where it is long.
fn told(text: &str) -> String {
    let line = text.lines().collect::<Vec<_>>().join(" · ");
    match line.char_indices().nth(MOST_TOLD) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// What holds where nothing is said.
fn plain() -> BTreeMap<&'static str, String> {
    let plain = Profile::default();
    BTreeMap::from([
        ("time_zone", plain.zone().to_owned()),
        ("delivery_days", plain.delivery_days.to_string()),
        ("price_hold_days", plain.price_hold.whole_days().to_string()),
        ("return_days", plain.return_days.to_string()),
        ("retention_years", plain.retention_years.to_string()),
        ("insight_months", plain.insight_months.to_string()),
        ("designs_kept_days", plain.designs_kept.whole_days().to_string()),
        ("large_price_change", plain.large_price_change.to_string()),
        ("wrong_default_costs", plain.wrong_default_costs.to_string()),
        ("always_standard", plain.always_standard.to_string()),
        ("name", to_fields(plain.source()).remove("name").unwrap_or_default()),
    ])
}

fn item(version: &SettingsVersion, settings: &Settings, times: Times<'_>) -> SettingsVersionItem {
    let say = times.language.settings();
    let changed = say.changed(&times.language.marked(version.changed.join(", ")));
    SettingsVersionItem {
        version: version.version,
        at: times.moment(version.saved.at),
        by: version.saved.by.clone(),
        what: if version.is_file { format!("{}. {changed}", say.was_file()) } else { changed },
        stands: version.version == settings.version,
    }
}
