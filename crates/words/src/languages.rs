//! The languages there are, and which of them somebody reads.

use std::fmt;
use std::sync::LazyLock;

use crate::pseudo::PSEUDO;
use crate::{
    Account, Admin, Analysis, Assortment, Audit, Customers, Desk, Editing, Experiments, Gate, GroupMenus,
    Insight, People, Phrases, Pictures, Releases, Sentences, Settings, Shop, Tables, Today, Translations,
    Words, arabic, english, german,
};

/// All texts of a language.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) words: Words,
    pub(crate) shop: Shop,
    pub(crate) phrases: Phrases,
    /// Where it lacks them, those who look after the shop read English.
    pub(crate) back: Option<Back>,
}

/// What those read who look after the shop.
#[derive(Debug)]
pub(crate) struct Back {
    pub(crate) account: Account,
    pub(crate) admin: Admin,
    pub(crate) analysis: Analysis,
    pub(crate) assortment: Assortment,
    pub(crate) audit: Audit,
    pub(crate) people: People,
    pub(crate) pictures: Pictures,
    pub(crate) customers: Customers,
    pub(crate) desk: Desk,
    pub(crate) editing: Editing,
    pub(crate) experiments: Experiments,
    pub(crate) gate: Gate,
    pub(crate) group_menus: GroupMenus,
    pub(crate) insight: Insight,
    pub(crate) releases: Releases,
    pub(crate) sentences: Sentences,
    pub(crate) settings: Settings,
    pub(crate) tables: Tables,
    pub(crate) today: Today,
    pub(crate) translations: Translations,
}

static ENGLISH: Texts = Texts {
    words: english::WORDS,
    shop: english::SHOP,
    phrases: english::PHRASES,
    back: Some(english::BACK),
};
static GERMAN: Texts =
    Texts { words: german::WORDS, shop: german::SHOP, phrases: german::PHRASES, back: None };
static ARABIC: Texts =
    Texts { words: arabic::WORDS, shop: arabic::SHOP, phrases: arabic::PHRASES, back: None };

/// A language that there are texts of. English where nothing else is said.
#[derive(Clone, Copy)]
pub struct Language(&'static Texts);

impl Language {
    /// English.
    pub const ENGLISH: Self = Self(&ENGLISH);
    /// German.
    pub const GERMAN: Self = Self(&GERMAN);

    /// Arabic.
    pub const ARABIC: Self = Self(&ARABIC);

    /// The languages for people, English first.
    pub const ALL: [Self; 3] = [Self::ENGLISH, Self::GERMAN, Self::ARABIC];

    /// English with each text in ⟦⟧, which shows texts that come from elsewhere. For tests.
    #[must_use]
    pub fn pseudo() -> Self {
        Self(LazyLock::force(&PSEUDO))
    }

    /// Its BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.0.words.locale.tag
    }

    /// What it calls itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.words.locale.name
    }

    /// What a page needs of it in the browser.
    #[must_use]
    pub fn words(self) -> &'static Words {
        &self.0.words
    }

    /// What the shop's pages say.
    #[must_use]
    pub fn shop(self) -> &'static Shop {
        &self.0.shop
    }

    /// What rules say to shoppers where nobody wrote a sentence.
    #[must_use]
    pub fn phrases(self) -> &'static Phrases {
        &self.0.phrases
    }

    /// The language in which the admin speaks to those who read this one: English where it has no texts of the admin.
    #[must_use]
    pub fn in_admin(self) -> Self {
        if self.0.back.is_some() { self } else { Self::ENGLISH }
    }

    /// What the admin's pages say; in the language [`Language::in_admin`].
    #[must_use]
    pub fn admin(self) -> &'static Admin {
        &self.back().admin
    }

    /// What the admin's pages say about products and how they stand; in the language [`Language::in_admin`].
    #[must_use]
    pub fn assortment(self) -> &'static Assortment {
        &self.back().assortment
    }

    /// What the admin's pages say about those who look after the shop; in the language [`Language::in_admin`].
    #[must_use]
    pub fn people(self) -> &'static People {
        &self.back().people
    }

    /// What the admin's pages say about customers; in the language [`Language::in_admin`].
    #[must_use]
    pub fn customers(self) -> &'static Customers {
        &self.back().customers
    }

    /// What is said about one's own account; in the language [`Language::in_admin`].
    #[must_use]
    pub fn account(self) -> &'static Account {
        &self.back().account
    }

    /// What the audit's page says; in the language [`Language::in_admin`].
    #[must_use]
    pub fn audit(self) -> &'static Audit {
        &self.back().audit
    }

    /// What the report of an experiment says; in the language [`Language::in_admin`].
    #[must_use]
    pub fn experiments(self) -> &'static Experiments {
        &self.back().experiments
    }

    /// What the admin's pages say about what happens on products' pages; in the language [`Language::in_admin`].
    #[must_use]
    pub fn insight(self) -> &'static Insight {
        &self.back().insight
    }

    /// What the admin says about what is in a draft; in the language [`Language::in_admin`].
    #[must_use]
    pub fn analysis(self) -> &'static Analysis {
        &self.back().analysis
    }

    /// What the admin says between a draft and the shop; in the language [`Language::in_admin`].
    #[must_use]
    pub fn gate(self) -> &'static Gate {
        &self.back().gate
    }

    /// What the admin says about menus of groups; in the language [`Language::in_admin`].
    #[must_use]
    pub fn group_menus(self) -> &'static GroupMenus {
        &self.back().group_menus
    }

    /// What the admin's first page says; in the language [`Language::in_admin`].
    #[must_use]
    pub fn today(self) -> &'static Today {
        &self.back().today
    }

    /// What the admin says about releases; in the language [`Language::in_admin`].
    #[must_use]
    pub fn releases(self) -> &'static Releases {
        &self.back().releases
    }

    /// What the admin says about the shop's settings; in the language [`Language::in_admin`].
    #[must_use]
    pub fn settings(self) -> &'static Settings {
        &self.back().settings
    }

    /// What the editor of a draft says of itself; in the language [`Language::in_admin`].
    #[must_use]
    pub fn editing(self) -> &'static Editing {
        &self.back().editing
    }

    /// What is said about rules that are written by menus; in the language [`Language::in_admin`].
    #[must_use]
    pub fn sentences(self) -> &'static Sentences {
        &self.back().sentences
    }

    /// What is said about drawings; in the language [`Language::in_admin`].
    #[must_use]
    pub fn pictures(self) -> &'static Pictures {
        &self.back().pictures
    }

    /// What is said about the list of orders as a whole, and the sheet of one; in the language [`Language::in_admin`].
    #[must_use]
    pub fn desk(self) -> &'static Desk {
        &self.back().desk
    }

    /// What is said about rules that are tables; in the language [`Language::in_admin`].
    #[must_use]
    pub fn tables(self) -> &'static Tables {
        &self.back().tables
    }

    /// What is said about texts of a product in other languages; in the language [`Language::in_admin`].
    #[must_use]
    pub fn translations(self) -> &'static Translations {
        &self.back().translations
    }

    fn back(self) -> &'static Back {
        self.0.back.as_ref().unwrap_or(&english::BACK)
    }

    /// A day as people write it: `22 November 2026`. `month` counts from 1.
    #[must_use]
    pub fn date(self, day: u8, month: u8, year: i32) -> String {
        self.words().studio.written_day(day, month, Some(year))
    }

    /// A text of a product, which the language for tests shows where it begins and ends.
    #[must_use]
    pub fn marked(self, text: String) -> String {
        if self.is_pseudo() { format!("⟦{text}⟧") } else { text }
    }

    /// Whether it is the one for tests.
    #[must_use]
    pub fn is_pseudo(self) -> bool {
        self == Self::pseudo()
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::ENGLISH
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Language {}

impl fmt::Debug for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.tag())
    }
}

/// The language of a tag of BCP 47: that of the tag, or of its first part (RFC 4647, section 3.4, "lookup").
#[must_use]
pub fn matching(tag: &str) -> Option<Language> {
    let every = || Language::ALL.into_iter().chain([Language::pseudo()]);
    let is = |language: &Language, tag: &str| language.tag().eq_ignore_ascii_case(tag);
    let exact = every().find(|language| is(language, tag));
    exact.or_else(|| {
        let first = tag.split(['-', '_']).next()?;
        every().find(|language| is(language, first))
    })
}

/// What a language calls itself, by its tag; the tag where there are no words of exactly that one.
#[must_use]
pub fn named(tag: &str) -> &str {
    let language = matching(tag).filter(|language| language.tag().eq_ignore_ascii_case(tag));
    match language {
        Some(language) => language.name(),
        None => tag,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_called_by_its_name_where_it_is_known() {
        assert_eq!(["de", "DE", "de-AT", "fr"].map(named), ["Deutsch", "Deutsch", "de-AT", "fr"]);
    }

    #[test]
    fn tags_lead_to_languages() {
        for (tag, found) in [
            ("en", Some("en")),
            ("de", Some("de")),
            ("DE-at", Some("de")),
            ("de_CH", Some("de")),
            ("en-GB", Some("en")),
            ("ar-EG", Some("ar")),
            ("en-XA", Some("en-XA")),
            ("fr", None),
            ("", None),
            ("deutsch", None),
        ] {
            assert_eq!(matching(tag).map(Language::tag), found, "{tag}");
        }
    }

    #[test]
    fn the_admin_speaks_english_to_readers_of_a_language_without_its_texts() {
        for language in [Language::GERMAN, Language::ARABIC] {
            assert_eq!(language.in_admin(), Language::ENGLISH);
            assert_eq!(language.admin(), Language::ENGLISH.admin());
        }
        for language in [Language::ENGLISH, Language::pseudo()] {
            assert_eq!(language.in_admin(), language);
        }
    }

    #[test]
    fn days_are_written_as_the_language_has_it() {
        assert_eq!(Language::ENGLISH.date(22, 11, 2026), "22 November 2026");
        assert_eq!(Language::GERMAN.date(1, 3, 2026), "1. März 2026");
        assert_eq!(Language::ARABIC.date(28, 11, 2026), "28 نوفمبر 2026");
    }
}
