//! What Atelier says, by language: sentences with gaps and plurals, and how numbers, money and dates are written.
//!
//! A language is a folder with a constant for each group of texts; a text that is missing does not compile. A page in the
//! browser carries no language but its own: the server writes those words into it ([`Words::to_text`]), and [`load`] reads
//! them there.

#[cfg(feature = "languages")]
mod account;
#[cfg(feature = "languages")]
mod admin;
#[cfg(feature = "languages")]
mod analysis;
#[cfg(feature = "languages")]
mod assortment;
#[cfg(feature = "languages")]
mod audit;
#[cfg(feature = "languages")]
mod customers;
#[cfg(feature = "languages")]
mod desk;
#[cfg(feature = "languages")]
mod editing;
mod engine;
#[cfg(feature = "languages")]
mod experiments;
#[cfg(feature = "languages")]
mod gate;
#[cfg(feature = "languages")]
mod group_menus;
mod locale;
#[cfg(feature = "languages")]
mod phrases;
#[cfg(feature = "languages")]
mod pictures;
mod plural;
#[cfg(feature = "languages")]
mod sentences;
#[cfg(feature = "languages")]
mod shop;
mod studio;
#[cfg(feature = "languages")]
mod tables;
mod texts;
#[cfg(feature = "languages")]
mod today;

#[cfg(feature = "languages")]
mod arabic;
#[cfg(feature = "languages")]
mod english;
#[cfg(feature = "languages")]
mod german;
#[cfg(feature = "languages")]
mod insight;
#[cfg(feature = "languages")]
mod languages;
#[cfg(feature = "languages")]
mod people;
#[cfg(feature = "languages")]
mod pseudo;
#[cfg(feature = "languages")]
mod releases;
#[cfg(feature = "languages")]
mod settings;
#[cfg(feature = "languages")]
mod translations;

#[cfg(feature = "languages")]
pub use account::Account;
#[cfg(feature = "languages")]
pub use admin::Admin;
#[cfg(feature = "languages")]
pub use analysis::Analysis;
#[cfg(feature = "languages")]
pub use assortment::Assortment;
#[cfg(feature = "languages")]
pub use audit::Audit;
#[cfg(feature = "languages")]
pub use customers::Customers;
#[cfg(feature = "languages")]
pub use desk::Desk;
#[cfg(feature = "languages")]
pub use editing::Editing;
pub use engine::Engine;
#[cfg(feature = "languages")]
pub use experiments::Experiments;
#[cfg(feature = "languages")]
pub use gate::Gate;
#[cfg(feature = "languages")]
pub use group_menus::GroupMenus;
#[cfg(feature = "languages")]
pub use insight::Insight;
#[cfg(feature = "languages")]
pub use languages::{Language, matching, named};
pub use locale::{Locale, NumberError};
#[cfg(feature = "languages")]
pub use people::People;
#[cfg(feature = "languages")]
pub use phrases::Phrases;
#[cfg(feature = "languages")]
pub use pictures::Pictures;
pub use plural::Plural;
#[cfg(feature = "languages")]
pub use releases::Releases;
#[cfg(feature = "languages")]
pub use sentences::Sentences;
#[cfg(feature = "languages")]
pub use settings::Settings;
#[cfg(feature = "languages")]
pub use shop::Shop;
pub use studio::Studio;
#[cfg(feature = "languages")]
pub use tables::Tables;
#[cfg(feature = "languages")]
pub use today::Today;
#[cfg(feature = "languages")]
pub use translations::Translations;

#[cfg(not(feature = "languages"))]
use std::sync::OnceLock;

/// The words of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// How numbers and money are written.
    pub locale: Locale,
    /// What is said of designs.
    pub engine: Engine,
    /// What the configurator says.
    pub studio: Studio,
}

/// Between texts; none has it.
const END: &str = "\n";

impl Words {
    /// The words as one text, for the page of this very build.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Locale { tag, name, dir, decimal, group, money, gram, kilogram, plural } = self.locale;
        let plural = Plural::ALL.iter().position(|known| *known == plural).unwrap_or_default().to_string();
        let texts =
            [tag, name, dir, decimal, group, money, gram, kilogram, &plural].map(str::to_owned).into_iter();
        let groups = self.engine.texts.iter().chain(self.studio.texts);
        let texts = texts.chain(groups.map(|text| (*text).to_owned()));
        texts.collect::<Vec<_>>().join(END)
    }

    /// `a, b or c`, with `last` before the last; where names have commas themselves, `a or b or c`.
    #[must_use]
    pub fn listed(&self, items: &[&str], last: &str) -> String {
        let comma = self.engine.comma();
        match items {
            [] => String::new(),
            _ if items.iter().any(|item| item.contains(comma.trim())) => items.join(last),
            [one] => (*one).to_owned(),
            [first @ .., end] => format!("{}{last}{end}", first.join(comma)),
        }
    }

    /// Texts that are missing are empty.
    #[cfg(any(test, not(feature = "languages")))]
    fn from_text(text: &'static str) -> Self {
        let mut texts = text.split(END);
        let [tag, name, dir, decimal, group, money, gram, kilogram, plural] =
            std::array::from_fn(|_| texts.next().unwrap_or_default());
        let plural = plural.parse().ok().and_then(|place: usize| Plural::ALL.get(place).copied());
        let plural = plural.unwrap_or(Plural::None);
        let texts: &'static [&'static str] = Box::leak(texts.collect());
        let (engine, rest) = texts.split_at_checked(Engine::COUNT).unwrap_or_default();
        let (studio, _) = rest.split_at_checked(Studio::COUNT).unwrap_or_default();
        Self {
            locale: Locale { tag, name, dir, decimal, group, money, gram, kilogram, plural },
            engine: Engine { plural, texts: engine },
            studio: Studio { plural, texts: studio },
        }
    }
}

/// The words of the page that this process shows.
#[cfg(not(feature = "languages"))]
static PAGE: OnceLock<Words> = OnceLock::new();

/// Takes the words of the page from [`Words::to_text`]; the first time alone, for a page has one language.
#[cfg(not(feature = "languages"))]
pub fn load(text: String) {
    PAGE.get_or_init(|| Words::from_text(Box::leak(text.into_boxed_str())));
}

/// The words of a language; those of the page, where there is one language only. None of them where nothing was loaded.
#[cfg(not(feature = "languages"))]
#[must_use]
pub fn of(_tag: &str) -> &'static Words {
    static NONE: OnceLock<Words> = OnceLock::new();
    PAGE.get().unwrap_or_else(|| NONE.get_or_init(|| Words::from_text("")))
}

/// The words of the language that a tag speaks, or of the nearest there is; English where there is none.
#[cfg(feature = "languages")]
#[must_use]
pub fn of(tag: &str) -> &'static Words {
    matching(tag).unwrap_or_default().words()
}

#[cfg(all(test, feature = "languages"))]
mod tests;
