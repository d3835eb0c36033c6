//! The texts of a draft in a further language: what stands beside each other on their page, and what its form sends.
//!
//! A translation is sent as `text.` and where it lies: `text.attributes.colour.label`. `right:` with that takes a stale one for right;
//! rows of a spreadsheet are `rows`. What makes a translation stale is in `configurator` (`Source::follow_originals`).

use std::collections::{HashMap, HashSet};

use configurator::source::{Source, StaleSource, TextsSource};
use configurator::{Slug, TextPlace, usual_tag};
use time::Date;
use words::Language;

use super::draft::Draft;
use super::rows::LeftRows;
use super::sent::{Sent, UnreadableField};
use super::text_rows;
use crate::error::ShopError;
use crate::shop::Shop;

/// The beginning of the fields of translations.
pub(super) const FIELD: &str = "text.";

/// How a translation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextState {
    /// There is none: the text as written is shown.
    Missing,
    /// There is none, and the language has it from a broader one, which is named.
    Inherited(String),
    /// There is none, and none is needed: what is said of the rule is made of its condition.
    Made,
    /// It was made of another text.
    Stale(StaleSource),
    /// It is there.
    Translated,
}

/// A text beside its translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLook {
    /// What it is of.
    pub place: TextPlace,
    /// As written; of a rule without a sentence its condition.
    pub original: String,
    /// Its translation; empty where there is none.
    pub saved: String,
    /// How that stands.
    pub state: TextState,
}

impl TextLook {
    /// What its field in the form is called.
    #[must_use]
    pub fn field(&self) -> String {
        format!("{FIELD}{}", self.place.path())
    }
}

/// The language that a tag names, as it is usually written; nothing where it is none, or that of the texts as written.
#[must_use]
pub fn translatable(source: &Source, tag: &str) -> Option<String> {
    usual_tag(tag).filter(|tag| *tag != source.language)
}

/// Every text of a product beside its translation, in the order in which people edit it.
#[must_use]
pub fn texts_in(source: &Source, tag: &str) -> Vec<TextLook> {
    let nothing = TextsSource::default();
    let texts = source.translations.get(tag).unwrap_or(&nothing);
    let broader = broader(source, tag);
    let made: HashSet<&str> = source
        .rules
        .iter()
        .filter(|rule| rule.sentence.trim().is_empty())
        .map(|rule| rule.code.as_str())
        .collect();
    let look = |(place, original): (TextPlace, &str)| {
        let saved = texts.get(&place).unwrap_or_default();
        let from = || broader.iter().find(|(_, texts)| texts.get(&place).is_some());
        let is_made =
            |place: &TextPlace| matches!(place, TextPlace::Rule(code) if made.contains(code.as_str()));
        let state = if !saved.is_empty() {
            texts.stale.get(&place.path()).cloned().map_or(TextState::Translated, TextState::Stale)
        } else if let Some((tag, _)) = from() {
            TextState::Inherited((*tag).clone())
        } else if is_made(&place) {
            TextState::Made
        } else {
            TextState::Missing
        };
        TextLook { original: original.to_owned(), saved: saved.to_owned(), state, place }
    };
    source.originals().into_iter().map(look).collect()
}

/// The languages that a language takes texts from which it lacks, the nearest first: `de` for `de-AT`. That of the texts as written
/// is none.
fn broader<'s>(source: &'s Source, tag: &str) -> Vec<(&'s String, &'s TextsSource)> {
    let is_broader = |known: &str| tag.strip_prefix(known).is_some_and(|rest| rest.starts_with('-'));
    let found = source.translations.iter().filter(|(known, _)| is_broader(known));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(known, _)| std::cmp::Reverse(known.len()));
    found
}

/// What a form of these texts shows in its fields.
pub(super) fn saved_fields(source: &Source, tag: &str) -> HashMap<String, String> {
    texts_in(source, tag).into_iter().map(|look| (look.field(), look.saved)).collect()
}

/// Reads a form of texts into a product, and gives the rows back that can't be taken.
pub(super) fn read(source: &mut Source, tag: &str, sent: &mut Sent, today: Date) -> LeftRows {
    let say = sent.language().translations();
    if translatable(source, tag).as_deref() != Some(tag) {
        sent.wrong("", say.no_such_language(&tag));
        return LeftRows::default();
    }
    let known: HashMap<String, (TextPlace, String)> = source
        .originals()
        .into_iter()
        .map(|(place, text)| (place.path(), (place, text.to_owned())))
        .collect();
    let before = source.translations.get(tag).cloned().unwrap_or_default();
    let mut texts = before.clone();
    for (path, (place, _)) in &known {
        let field = format!("{FIELD}{path}");
        let Some(typed) = sent.text(&field) else { continue };
        if is_other(&texts, place, &typed.replace("\r\n", "\n")) && sent.shows(&field, typed) {
            write(&mut texts, place, typed);
        }
    }
    let strays =
        sent.fields.iter().filter_map(|(name, typed)| Some((name.strip_prefix(FIELD)?, typed.first()?)));
    let strays: Vec<_> =
        strays.filter(|(path, typed)| !known.contains_key(*path) && !typed.trim().is_empty()).collect();
    let messages: Vec<String> = strays.into_iter().map(|(path, typed)| say.text_gone(&path, typed)).collect();
    messages.into_iter().for_each(|message| sent.wrong("", message));
    if let Some(path) = sent.text("do").and_then(|action| action.strip_prefix("right:")) {
        texts.stale.remove(path);
    }
    let left = match sent.text("rows").filter(|rows| !rows.is_empty()) {
        Some(rows) => text_rows::read(&mut texts, &known, rows, (sent.language(), today)),
        None => Ok(LeftRows::default()),
    };
    if texts != before {
        if texts == TextsSource::default() {
            source.translations.remove(tag);
        } else {
            source.translations.insert(tag.to_owned(), texts);
        }
    }
    left.unwrap_or_else(|wrong| {
        sent.wrong(&wrong.field, wrong.message);
        LeftRows::default()
    })
}

/// Writes what was typed where it is another text than is there.
pub(super) fn write(texts: &mut TextsSource, place: &TextPlace, typed: &str) -> bool {
    let typed = typed.replace("\r\n", "\n");
    let is_other = is_other(texts, place, &typed);
    if is_other {
        texts.set(place, Some(typed).filter(|typed| !typed.is_empty()));
    }
    is_other
}

/// Whether it is another text than is there.
fn is_other(texts: &TextsSource, place: &TextPlace, typed: &str) -> bool {
    texts.get(place).unwrap_or_default().trim() != typed
}

/// Translations that somebody typed of what there is no more in the draft, each with what to do: they would be lost.
pub(super) fn lost(
    origin: &Source,
    mine: &Source,
    now: &Source,
    tag: &str,
    language: Language,
) -> Vec<UnreadableField> {
    let nothing = TextsSource::default();
    let of = |source: &Source| source.translations.get(tag).cloned().unwrap_or_else(|| nothing.clone());
    let (before, after) = (of(origin), of(mine));
    let known: HashSet<TextPlace> = now.originals().into_iter().map(|(place, _)| place).collect();
    let typed = mine.originals().into_iter().filter_map(|(place, _)| {
        let text = after.get(&place).filter(|text| before.get(&place) != Some(*text))?;
        (!known.contains(&place)).then(|| language.translations().text_gone(&place.path(), &text))
    });
    typed.map(|message| UnreadableField { field: String::new(), message }).collect()
}

impl Shop {
    /// The day where the shop is, on which what changes now is marked.
    pub(super) fn day_of_change(&self) -> Date {
        self.profile().day(self.now())
    }

    /// A draft's texts in a language as a CSV file, which can be pasted back; nothing where that is no language to translate into.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn texts_csv(
        &self,
        slug: &Slug,
        tag: &str,
        language: Language,
    ) -> Result<Option<String>, ShopError> {
        let Draft { bundle, .. } = self.draft(slug).await?;
        if translatable(&bundle.source, tag).as_deref() != Some(tag) {
            return Ok(None);
        }
        Ok(text_rows::write(&texts_in(&bundle.source, tag), language))
    }

    /// Takes all stale translations of a language for right, if nobody saved the draft since `version`.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody did; there is no such product; the shop is busy; the store failed.
    pub async fn take_for_right(
        &self,
        slug: &Slug,
        version: i64,
        tag: &str,
        by: &str,
    ) -> Result<(), ShopError> {
        let draft = self.draft(slug).await?;
        if draft.version != version {
            return Err(self.draft_changed(slug).await?);
        }
        let mut bundle = draft.bundle;
        match bundle.source.translations.get_mut(tag) {
            Some(texts) if !texts.stale.is_empty() => {
                texts.stale.clear();
                self.save_draft(slug, version, bundle, by).await.map(|_| ())
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        serde_json::from_value(serde_json::json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "looks", "label": "Looks" }],
            "attributes": [
                { "code": "glaze", "step": "looks", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue" },
                ]},
            ],
            "rules": [{ "code": "one", "rule": "glaze = red" }],
            "prices": [{ "label": "Gift box", "amount": 300 }],
            "translations": {
                "de": { "name": "Becher", "prices": { "Gift box": "Karton" },
                        "stale": { "name": { "since": "2026-11-12", "was": "Cup" } } },
                "de-AT": { "summary": "Ein Häferl." },
            },
        }))
        .unwrap()
    }

    fn state(tag: &str, path: &str) -> TextState {
        let found = texts_in(&source(), tag).into_iter().find(|look| look.place.path() == path);
        found.unwrap().state
    }

    #[test]
    fn each_text_says_how_its_translation_stands() {
        let mark = StaleSource { since: "2026-11-12".to_owned(), was: "Cup".to_owned() };
        assert_eq!(state("de", "name"), TextState::Stale(mark));
        assert_eq!(state("de", "summary"), TextState::Missing);
        assert_eq!(state("de", "prices.Gift box"), TextState::Translated);
        assert_eq!(state("de", "rules.one"), TextState::Made);
        assert_eq!(state("de-AT", "name"), TextState::Inherited("de".to_owned()));
        assert_eq!(state("de-AT", "summary"), TextState::Translated);
        assert_eq!(state("den", "name"), TextState::Missing);
        // What has no text has no field.
        assert!(texts_in(&source(), "de").iter().all(|look| look.place != TextPlace::Description));
    }

    #[test]
    fn a_language_is_called_as_usual_and_is_another_one() {
        let source = source();
        assert_eq!(translatable(&source, "DE_at").as_deref(), Some("de-AT"));
        assert_eq!(translatable(&source, "en"), None);
        assert_eq!(translatable(&source, "no language"), None);
    }

    /// What is there already is nobody's mistake who sends the form.
    #[test]
    fn what_nobody_sees_is_told_at_its_field() {
        let today = Date::from_calendar_date(2026, time::Month::November, 12).unwrap();
        for hidden in ["\u{200d}", "\u{202e}rehceB", "Be\u{200b}cher"] {
            let mut source = source();
            let read_into = |source: &mut Source| {
                let form = [("text.name".to_owned(), hidden.to_owned())];
                let mut sent = Sent::new(&form, Language::ENGLISH);
                read(source, "de", &mut sent, today);
                sent.done()
            };
            let wrong = read_into(&mut source).unwrap_err();
            assert_eq!((wrong.len(), wrong[0].field.as_str()), (1, "text.name"), "{hidden:?}");
            source.translations.entry("de".to_owned()).or_default().name = Some(hidden.to_owned());
            assert_eq!(read_into(&mut source), Ok(()), "{hidden:?}");
        }
    }

    #[test]
    fn what_is_sent_for_nothing_is_named() {
        let mut source = source();
        let form = [("text.name", "Tasse"), ("text.steps.size", "Größe"), ("text.steps.old", "")];
        let form = form.map(|(name, typed)| (name.to_owned(), typed.to_owned()));
        let mut sent = Sent::new(&form, Language::ENGLISH);
        let today = Date::from_calendar_date(2026, time::Month::November, 12).unwrap();
        read(&mut source, "de", &mut sent, today);
        let wrong = sent.done().unwrap_err();
        assert_eq!(wrong.len(), 1);
        assert!(wrong[0].message.contains("“Größe” was not saved"), "{}", wrong[0].message);
    }
}
