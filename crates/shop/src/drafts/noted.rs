//! What a save changes, in the words that the audit and a draft's history keep: a line each, so many that one can read them. Pure.

use words::Language;

use super::changes::changes;
use crate::catalogue::bundle::Bundle;

/// Most lines that are kept of a save.
const MOST_LINES: usize = 200;
/// Most characters of a line.
const LONGEST_LINE: usize = 300;

/// Between what a field was and what it is.
const ARROW: &str = " → ";

/// What was changed, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// What was changed, one line each.
    pub lines: Vec<String>,
    /// How many more there were.
    pub more: u64,
}

impl Noted {
    /// What of a product is another, in the admin's own language.
    #[must_use]
    pub fn between(before: &Bundle, after: &Bundle) -> Self {
        let all = changes(before, after, Language::ENGLISH);
        let more = all.len().saturating_sub(MOST_LINES) as u64;
        Self { lines: all.into_iter().take(MOST_LINES).map(|line| clipped(&line)).collect(), more }
    }

    /// Read as it was written; what was written before lines were kept has none.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut lines: Vec<String> =
            text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        let more = lines.last().and_then(|last| last.strip_prefix('+')).and_then(|count| count.parse().ok());
        if more.is_some() {
            lines.pop();
        }
        Self { lines, more: more.unwrap_or(0) }
    }

    /// This and what was changed just before it as one, where both changed the same field alone, from what it first was to what it was last;
    /// nothing where they did not, or where it is again as it was.
    #[must_use]
    pub fn following(&self, earlier: &Self) -> Option<Self> {
        let ([later], [first], 0, 0) = (&*self.lines, &*earlier.lines, self.more, earlier.more) else {
            return None;
        };
        // Values may have arrows in them: what the one came to is what the other began with.
        let joined = first.match_indices(ARROW).find_map(|(at, _)| {
            let (begun, came_to) = (first.get(..at)?, first.get(at + ARROW.len()..)?);
            later.match_indices(ARROW).find_map(|(at, _)| {
                let field = later.get(..at)?.strip_suffix(came_to)?.strip_suffix(": ")?;
                let was = begun.strip_prefix(field)?.strip_prefix(": ")?;
                let is = later.get(at + ARROW.len()..)?;
                (was != is).then(|| format!("{field}: {was}{ARROW}{is}"))
            })
        });
        Some(Self { lines: vec![joined?], more: 0 })
    }

    /// As it is kept: a line each, and at the end how many more there were.
    #[must_use]
    pub fn written(&self) -> String {
        let more = (self.more > 0).then(|| format!("+{}", self.more));
        self.lines.iter().cloned().chain(more).collect::<Vec<_>>().join("\n")
    }
}

/// A line without ends of lines in it, and not longer than anybody reads.
fn clipped(line: &str) -> String {
    let line: String = line.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_as_it_was_written() {
        for noted in [
            Noted::default(),
            Noted { lines: vec!["Teak: €100.00 → €120.00".to_owned()], more: 0 },
            Noted { lines: vec!["Name: A → B".to_owned(), "+x".to_owned()], more: 12 },
        ] {
            assert_eq!(Noted::read(&noted.written()), noted);
        }
        assert_eq!(Noted::read(""), Noted::default());
    }

    #[test]
    fn what_goes_on_in_a_field_is_one_change() {
        let noted = |line: &str| Noted { lines: vec![line.to_owned()], more: 0 };
        for (first, later, joined) in [
            ("Name: A → Ab", "Name: Ab → Abc", Some("Name: A → Abc")),
            ("Oak: help: a → b → c", "Oak: help: c → d", Some("Oak: help: a → b → d")),
            ("Name: A → Ab", "Name: Ab → A", None),
            ("Name: A → Ab", "Label: Ab → Abc", None),
            ("Name: A → Ab", "Name: B → Abc", None),
            ("Teak was added", "Name: Ab → Abc", None),
        ] {
            assert_eq!(noted(later).following(&noted(first)), joined.map(noted), "{first}; {later}");
        }
        let more = Noted { more: 1, ..noted("Name: A → Ab") };
        assert_eq!(noted("Name: Ab → Abc").following(&more), None);
    }

    #[test]
    fn a_line_stays_one_and_short() {
        assert_eq!(clipped("a\nb\u{7}c"), "a b c");
        let long = clipped(&"é".repeat(400));
        assert_eq!((long.chars().count(), long.ends_with('…')), (301, true));
    }
}
