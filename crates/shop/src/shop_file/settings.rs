//! The shop's settings as administrators save them: over the file that the shop is started with, each save a version.

use configurator::Problem;

use super::check::check;
use super::current::{CurrentProfile, SavedBy};
use super::fields::{Fields, field_of, from_fields, plain, to_fields};
use super::profile::Profile;
use super::source::ProfileSource;
use super::store::SettingsRow;
use crate::error::ShopError;
use crate::shop::Shop;
use crate::store_error::StoreError;

/// How many versions are shown.
const SHOWN: u32 = 20;
/// Most characters of a value that the audit tells.
const LONGEST_TOLD: usize = 120;
/// The field of a form with which somebody agrees that something is forgotten for good.
pub const FORGET: &str = "forget";

/// The settings as they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The newest version; 0 where nothing was ever saved.
    pub version: i64,
    /// Who saved what stands; nobody where the file does.
    pub saved: Option<SavedBy>,
    /// What stands, field by field.
    pub fields: Fields,
    /// What the file says that the shop was started with.
    pub file: Fields,
    /// The newest versions, the newest first.
    pub versions: Vec<SettingsVersion>,
}

/// A version of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsVersion {
    /// Its number.
    pub version: i64,
    /// Who saved it, and when.
    pub saved: SavedBy,
    /// Whether the file stood again with it.
    pub is_file: bool,
    /// The fields that are others than in the version before, or in the file where it was the first.
    pub changed: Vec<String>,
}

/// A field that two people changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsClash {
    /// The field.
    pub field: String,
    /// What somebody else saved meanwhile.
    pub saved: String,
}

/// Why settings were not saved. Nothing was written then.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Fields that can't be taken: each by the name of its field.
    #[error("some of the settings can't be taken; each says why")]
    Problems(Vec<Problem>),
    /// Somebody else changed the same fields meanwhile.
    #[error("somebody else changed the same settings meanwhile; look at both and save again")]
    Clashes(Vec<SettingsClash>),
    /// What these fields keep is kept for a shorter time, and nobody agreed to that: what is older is forgotten for good.
    #[error("something would be forgotten for good; agree to that")]
    Forgets(Vec<&'static str>),
    /// There is no such version.
    #[error("there is no version {0} of the settings; look at the list")]
    NoVersion(i64),
    /// A use case failed.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl From<StoreError> for SettingsError {
    fn from(error: StoreError) -> Self {
        Self::Shop(error.into())
    }
}

/// What a version says, and who saved it; nothing where it says that the file stands.
fn sound(row: SettingsRow) -> Result<Option<(Profile, SavedBy)>, ShopError> {
    let profile = row.content.as_ref().map(|text| check(&read(text)?).map_err(|problems| unsound(&problems)));
    Ok(profile.transpose()?.map(|profile| (profile, SavedBy { at: row.at, by: row.by })))
}

impl Shop {
    /// What the shop is run by, also for those who outlive a request.
    #[must_use]
    pub fn current_profile(&self) -> &CurrentProfile {
        &self.profile
    }

    /// Looks whether another shop on the same database saved something; `true` where it did.
    ///
    /// # Errors
    /// The store failed, or what was saved is not sound for this release: then what stood before goes on.
    pub async fn refresh_settings(&self) -> Result<bool, ShopError> {
        let newest = self.store.settings_version().await?;
        if newest <= self.profile.version() {
            return Ok(false);
        }
        let Some(row) = self.store.settings(newest).await? else { return Ok(false) };
        match sound(row) {
            Ok(saved) => self.profile.replace(newest, saved),
            Err(error) => {
                self.go_on_before(newest).await?;
                return Err(error);
            }
        }
        tracing::info!(version = newest, "the shop's settings are others from now on");
        Ok(true)
    }

    /// Goes on from the newest version that can be read, where one can't: the next is saved over it and takes back nothing else.
    async fn go_on_before(&self, unreadable: i64) -> Result<(), ShopError> {
        let standing = self.profile.version();
        let rows = self.store.settings_versions(SHOWN).await?.into_iter();
        let earlier = rows.filter(|row| row.version < unreadable && row.version > standing);
        if let Some(saved) = earlier.filter_map(|row| sound(row).ok()).next() {
            self.profile.replace(unreadable, saved);
        }
        self.profile.pass_over(unreadable);
        Ok(())
    }

    /// The settings as they stand, with what the file says and the newest versions.
    ///
    /// # Errors
    /// The store failed.
    pub async fn settings(&self) -> Result<Settings, ShopError> {
        self.refresh_or_keep().await;
        let file = to_fields(self.profile.file().source());
        let rows = self.store.settings_versions(SHOWN + 1).await?;
        let mut versions = Vec::new();
        for (place, row) in rows.iter().enumerate().take(SHOWN as usize) {
            let before = match rows.get(place + 1) {
                Some(before) => self.fields_of(before).unwrap_or_default(),
                None => file.clone(),
            };
            versions.push(SettingsVersion {
                version: row.version,
                saved: SavedBy { at: row.at, by: row.by.clone() },
                is_file: row.content.is_none(),
                changed: differing(&before, &self.fields_of(row).unwrap_or_default()),
            });
        }
        Ok(Settings {
            version: self.profile.version(),
            saved: self.profile.saved(),
            fields: to_fields(self.profile().source()),
            file,
            versions,
        })
    }

    /// Saves settings that somebody changed who saw `version`, and returns the version that stands. What others changed meanwhile
    /// stays, unless it is the same fields. Saving what stands writes nothing. What would be forgotten for good has to be agreed to in
    /// [`FORGET`].
    ///
    /// # Errors
    /// See [`SettingsError`].
    pub async fn save_settings(&self, version: i64, typed: &Fields, by: &str) -> Result<i64, SettingsError> {
        self.refresh_or_keep().await;
        // The version first: where another is saved in between, this one can't be written any more.
        let standing = self.profile.version();
        let current = to_fields(self.profile().source());
        let base = self.fields_at(version).await?;
        let (agreed, typed) = split(typed);
        let merged = merged(&base, &current, &typed).map_err(SettingsError::Clashes)?;
        let source = from_fields(&merged).and_then(|source| check(&source).map(|_| source));
        let source = source.map_err(|problems| SettingsError::Problems(beside_fields(problems)))?;
        let changed = differing(&current, &to_fields(&source));
        if changed.is_empty() {
            return Ok(standing);
        }
        self.forgets_nothing(&source, agreed)?;
        self.write_settings(standing, Some(&source), &told(&current, &to_fields(&source)), by).await
    }

    /// What a form that was refused shows again beside what stands: what somebody changed who saw `version`, and all else as it stands.
    ///
    /// # Errors
    /// The store failed.
    pub async fn changed_over(&self, version: i64, typed: &Fields) -> Result<Fields, ShopError> {
        let base = self.fields_at(version).await?;
        let mut shown = to_fields(self.profile().source());
        shown.extend(
            typed
                .iter()
                .filter(|(name, text)| base.get(*name).map_or("", String::as_str) != text.as_str())
                .map(|(name, text)| (name.clone(), text.clone())),
        );
        Ok(shown)
    }

    /// Takes back what was saved after a version; the file stands again for version 0. Returns the version that stands. Where that kept
    /// something for a shorter time, it is refused: the form's fields say so and can be agreed to.
    ///
    /// # Errors
    /// See [`SettingsError`].
    pub async fn restore_settings(&self, seen: i64, version: i64, by: &str) -> Result<i64, SettingsError> {
        self.refresh_or_keep().await;
        if seen != self.profile.version() {
            return Err(SettingsError::Clashes(Vec::new()));
        }
        let current = to_fields(self.profile().source());
        let content = match version {
            0 => None,
            _ => self.store.settings(version).await?.ok_or(SettingsError::NoVersion(version))?.content,
        };
        let (source, fields) = match content {
            Some(text) => {
                let source = read(&text)?;
                check(&source).map_err(|problems| SettingsError::Problems(beside_fields(problems)))?;
                let fields = to_fields(&source);
                (Some(source), fields)
            }
            None => (None, to_fields(self.profile.file().source())),
        };
        self.forgets_nothing(source.as_ref().unwrap_or(self.profile.file().source()), false)?;
        self.write_settings(seen, source.as_ref(), &told(&current, &fields), by).await
    }

    async fn write_settings(
        &self,
        standing: i64,
        source: Option<&ProfileSource>,
        changed: &str,
        by: &str,
    ) -> Result<i64, SettingsError> {
        let content = source.map(serde_json::to_string).transpose();
        let content = content.map_err(|error| ShopError::Failed(error.to_string()))?;
        let version = standing + 1;
        let row = SettingsRow { version, at: self.now(), by: by.to_owned(), content };
        if !self.store.save_settings(&row, changed).await? {
            self.refresh_settings().await?;
            return Err(SettingsError::Clashes(Vec::new()));
        }
        self.refresh_settings().await?;
        Ok(version)
    }

    /// What stood at a version: the file where nothing was saved yet, or where that is gone; what stands where it can't be read.
    async fn fields_at(&self, version: i64) -> Result<Fields, ShopError> {
        match self.store.settings(version).await? {
            Some(row) => Ok(self.fields_of(&row).unwrap_or_else(|_| to_fields(self.profile().source()))),
            None => Ok(to_fields(self.profile.file().source())),
        }
    }

    /// Looks for what others saved. Where that can't be read, what stood before goes on.
    async fn refresh_or_keep(&self) {
        if let Err(error) = self.refresh_settings().await {
            tracing::error!(%error, "saved settings can't be read; those before stand");
        }
    }

    /// That nothing is kept for a shorter time than now, unless somebody agreed.
    fn forgets_nothing(&self, source: &ProfileSource, agreed: bool) -> Result<(), SettingsError> {
        // It was checked before.
        let Ok(after) = check(source) else { return Ok(()) };
        let before = self.profile();
        let shorter = [
            ("retention_years", after.retention_years < before.retention_years),
            ("insight_months", after.insight_months < before.insight_months),
            ("designs_kept_days", after.designs_kept < before.designs_kept),
        ];
        let shorter: Vec<_> = shorter.into_iter().filter(|(_, is)| *is).map(|(field, _)| field).collect();
        if shorter.is_empty() || agreed { Ok(()) } else { Err(SettingsError::Forgets(shorter)) }
    }

    fn fields_of(&self, row: &SettingsRow) -> Result<Fields, ShopError> {
        Ok(match &row.content {
            Some(text) => to_fields(&read(text)?),
            None => to_fields(self.profile.file().source()),
        })
    }
}

/// Whether somebody agreed that something is forgotten, and what the shop file's fields say.
fn split(typed: &Fields) -> (bool, Fields) {
    let mut fields = typed.clone();
    let agreed = fields.remove(FORGET).is_some_and(|said| said == "yes");
    (agreed, fields)
}

fn read(text: &str) -> Result<ProfileSource, ShopError> {
    serde_json::from_str(text).map_err(|error| unsound_text(error.to_string()))
}

fn unsound(problems: &[Problem]) -> ShopError {
    let told: Vec<String> =
        problems.iter().map(|problem| format!("{}: {}", problem.place, problem.message)).collect();
    unsound_text(told.join("; "))
}

fn unsound_text(reason: String) -> ShopError {
    StoreError::Unreadable { what: "the shop's settings".to_owned(), reason }.into()
}

/// Problems by the names of their fields.
fn beside_fields(problems: Vec<Problem>) -> Vec<Problem> {
    let beside = |problem: Problem| Problem { place: field_of(&problem.place).to_owned(), ..problem };
    problems.into_iter().map(beside).collect()
}

/// The names of the fields that are others.
fn differing(before: &Fields, after: &Fields) -> Vec<String> {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    let mut names: Vec<String> =
        names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect();
    names.sort();
    names
}

/// Whether the audit may keep what a field holds: nothing leaves it, so not who is behind the shop, nor texts that may name people.
fn is_nobodys(name: &str) -> bool {
    !["company.", "contact."].iter().any(|part| name.starts_with(part)) && !name.contains("pages.")
}

/// What the audit says of settings that were saved: which fields are others, and below what each was and is, cut where it is long;
/// of fields about people only their names.
fn told(before: &Fields, after: &Fields) -> String {
    let shown = |fields: &Fields, name: &String| {
        let text = fields.get(name).map(|text| plain(text)).unwrap_or_default();
        let line: String =
            text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        match line.char_indices().nth(LONGEST_TOLD) {
            Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
            None if line.is_empty() => "–".to_owned(),
            None => line,
        }
    };
    let changed = differing(before, after);
    let each = changed.iter().filter(|name| is_nobodys(name));
    let each = each.map(|name| format!("{name}: {} → {}", shown(before, name), shown(after, name)));
    std::iter::once(changed.join(", ")).chain(each).collect::<Vec<_>>().join("\n")
}

/// What was typed over what stood, with what others saved meanwhile; otherwise the fields that both changed.
fn merged(base: &Fields, current: &Fields, typed: &Fields) -> Result<Fields, Vec<SettingsClash>> {
    let of = |fields: &Fields, name: &String| fields.get(name).map(|text| plain(text)).unwrap_or_default();
    let mut merged = current.clone();
    let mut clashes = Vec::new();
    for name in typed.keys() {
        let (was, is, wanted) = (of(base, name), of(current, name), of(typed, name));
        if wanted == was || wanted == is {
            continue;
        }
        if is != was {
            clashes.push(SettingsClash { field: name.clone(), saved: is });
        }
        merged.insert(name.clone(), wanted);
    }
    if clashes.is_empty() { Ok(merged) } else { Err(clashes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(texts: &[(&str, &str)]) -> Fields {
        texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn what_two_people_changed_is_merged_by_field() {
        let base = fields(&[("name", "Kiln"), ("vat", "19 %")]);
        let current = fields(&[("name", "Kiln"), ("vat", "7 %")]);
        let typed = fields(&[("name", "Kiln & Wheel"), ("vat", "19 %"), ("time_zone", "")]);
        let both = fields(&[("name", "Kiln & Wheel"), ("vat", "7 %")]);
        assert_eq!(merged(&base, &current, &typed), Ok(both));
        let typed = fields(&[("name", "Kiln"), ("vat", "8 %")]);
        let clash = SettingsClash { field: "vat".to_owned(), saved: "7 %".to_owned() };
        assert_eq!(merged(&base, &current, &typed), Err(vec![clash]));
        // Both say the same.
        let typed = fields(&[("vat", " 7 %\r\n")]);
        assert_eq!(merged(&base, &current, &typed), Ok(current));
    }

    #[test]
    fn the_audit_is_told_what_each_field_was_and_is() {
        let (before, after) =
            (fields(&[("name", "Kiln"), ("vat", "19 %")]), fields(&[("name", "Kiln"), ("vat", "7 %")]));
        assert_eq!(told(&before, &after), "vat\nvat: 19 % → 7 %");
        let long = told(&fields(&[("name", "")]), &fields(&[("name", &"é\n".repeat(100))]));
        assert_eq!(long, format!("name\nname: – → {}…", "é ".repeat(60)));
    }

    #[test]
    fn the_audit_keeps_no_names_and_addresses_of_people() {
        let fields_of_people =
            ["company.represented_by", "contact.email", "pages.privacy", "translations.de.pages.privacy"];
        for name in fields_of_people {
            assert_eq!(told(&fields(&[(name, "Ana")]), &fields(&[(name, "Ben")])), name);
        }
    }

    #[test]
    fn an_emptied_field_is_a_change() {
        let stood = fields(&[("vat", "19 %")]);
        let merged = merged(&stood, &stood, &fields(&[("vat", "")])).unwrap();
        assert_eq!(from_fields(&merged).unwrap().vat, None);
    }
}
