//! Which orders are asked for, and in which order they come.

use std::str::FromStr;

use configurator::{Slug, folded};
use time::{Date, OffsetDateTime};

use super::order::OrderNumber;
use super::state::OrderState;

/// Most words that are looked for, and most letters of each.
const MOST_WORDS: usize = 8;
const LONGEST_WORD: usize = 120;

/// Which states are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum States {
    /// Those for which the buyer still waits.
    Open,
    /// This one.
    One(OrderState),
}

/// Which orders are asked for. Everything that is set has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Beginnings of words of buyer, e-mail address and product, and whole numbers.
    pub text: String,
    /// Their states.
    pub states: Option<States>,
    /// Their product.
    pub product: Option<Slug>,
    /// An option that they have: the codes of its attribute and its own.
    pub option: Option<(String, String)>,
    /// Placed on this day of the shop or later.
    pub from: Option<Date>,
    /// Placed on this day of the shop or before.
    pub to: Option<Date>,
    /// Promised for a day before this one.
    pub due_before: Option<Date>,
    /// Whether they are test orders.
    pub is_test: Option<bool>,
    /// Whether they are left out of learning.
    pub left_out: Option<bool>,
}

/// In which order they come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// Those that are promised soonest first; those without a promise last.
    Due,
    /// The other way round.
    DueLast,
    /// Those with the largest total first.
    Largest,
    /// Those with the smallest total first.
    Smallest,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Newest, Self::Oldest, Self::Due, Self::DueLast, Self::Largest, Self::Smallest];
}

/// What is asked of the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeskQuery {
    /// Which orders.
    pub filter: Filter,
    /// When the first and after the last of the filter's days of placing begin, where the shop is.
    pub placed: (Option<OffsetDateTime>, Option<OffsetDateTime>),
    /// In which order.
    pub sort: Sort,
    /// From where on.
    pub from: Option<Cursor>,
    /// At most so many.
    pub limit: u32,
}

/// A place in a list, beside an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What the list is sorted by: a number, a total, or the Julian day it is promised for, which is [`NEVER`] where there is none.
    pub key: i64,
    /// The order.
    pub number: OrderNumber,
    /// Whether what comes before it is asked for, instead of what follows.
    pub backwards: bool,
}

/// A day that no order is promised for.
pub const NEVER: i64 = 9_999_999;

/// A filter that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What they call it.
    pub name: String,
    /// The filter as addresses write it.
    pub filter: String,
}

impl Filter {
    /// The words that are looked for, folded.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut words = words_of(&self.text);
        words.truncate(MOST_WORDS);
        words
    }
}

/// The words of a text, folded. What belongs to an e-mail address stays in one word.
#[must_use]
pub fn words_of(text: &str) -> Vec<String> {
    let text = folded(text);
    let words = text.split(|character: char| {
        !character.is_alphanumeric() && !matches!(character, '@' | '.' | '-' | '_' | '+')
    });
    let words = words.map(|word| word.trim_matches(['.', '-', '_', '+', '@']));
    words.filter(|word| !word.is_empty()).map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

/// A text that is no place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no place in the list; begin at its first page")]
pub struct InvalidCursor;

impl FromStr for Cursor {
    type Err = InvalidCursor;

    /// Reads what [`Cursor::written`] writes.
    fn from_str(text: &str) -> Result<Self, InvalidCursor> {
        let (backwards, text) = match text.strip_prefix('<') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (key, number) = text.split_once('.').ok_or(InvalidCursor)?;
        let key = key.parse().map_err(|_| InvalidCursor)?;
        Ok(Self { key, number: number.parse().map_err(|_| InvalidCursor)?, backwards })
    }
}

impl Cursor {
    /// The place as addresses write it.
    #[must_use]
    pub fn written(self) -> String {
        format!("{}{}.{}", if self.backwards { "<" } else { "" }, self.key, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_addresses_stay_whole() {
        let words = words_of("  Émile O’Neill-Ruß <E.Neill+a@Example.org>, 1001.");
        assert_eq!(words, ["emile", "o", "neill-russ", "e.neill+a@example.org", "1001"]);
        assert_eq!(words_of(" .,- "), Vec::<String>::new());
    }

    #[test]
    fn places_come_back_as_they_were_written() {
        for (text, backwards) in [("1001.1001", false), ("<2461234.1007", true)] {
            let cursor: Cursor = text.parse().unwrap();
            assert_eq!((cursor.written().as_str(), cursor.backwards), (text, backwards));
        }
        for wrong in ["", "1001", "x.1001", "1.0", "<", "1.2.3"] {
            assert_eq!(wrong.parse::<Cursor>(), Err(InvalidCursor), "{wrong}");
        }
    }
}
