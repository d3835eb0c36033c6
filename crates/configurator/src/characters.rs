//! Which characters a text may have.

use words::Engine;

/// A set of characters as ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Characters {
    /// As written, such as `A-Z0-9 .&`; empty for every printable character.
    pub text: String,
    pub(crate) ranges: Vec<(char, char)>,
}

impl Characters {
    /// Whether the character belongs to it. Control characters never do.
    #[must_use]
    pub fn contains(&self, character: char) -> bool {
        !character.is_control()
            && (self.ranges.is_empty()
                || self.ranges.iter().any(|&(first, last)| (first..=last).contains(&character)))
    }

    /// The character as a capital or small letter, or as a typewriter has it, where only that belongs to the set; else as
    /// it is. Of letters only A to Z: the tables for all others would be as large as the engine.
    pub(crate) fn fitted(&self, character: char) -> char {
        let plain = match character {
            '’' | '‘' => '\'',
            '“' | '”' | '„' => '"',
            '–' | '—' => '-',
            '\u{a0}' => ' ',
            other => other,
        };
        let cases = [character, plain, character.to_ascii_uppercase(), character.to_ascii_lowercase()];
        cases.into_iter().find(|case| self.contains(*case)).unwrap_or(character)
    }

    /// The set in words: "capital letters, digits, spaces and . &".
    #[must_use]
    pub fn in_words(&self, words: &Engine) -> String {
        if self.ranges.is_empty() {
            return words.printable_characters().to_owned();
        }
        let all = |letters| self.ranges.contains(&letters);
        let letters = if all(('A', 'Z')) && all(('a', 'z')) { words.letters() } else { "" };
        let (mut kinds, mut signs) = (Vec::new(), Vec::new());
        for range in &self.ranges {
            kinds.push(match range {
                ('A', 'Z') | ('a', 'z') if !letters.is_empty() => letters,
                ('A', 'Z') => words.capital_letters(),
                ('a', 'z') => words.small_letters(),
                ('0', '9') => words.digits(),
                (' ', ' ') => words.spaces(),
                (first, last) if first < last && *first >= 'À' && *last <= 'ɏ' => words.accented_letters(),
                (first, last) if first < last => {
                    signs.push(format!("{first}–{last}"));
                    continue;
                }
                (sign, _) => {
                    signs.push(sign.to_string());
                    continue;
                }
            });
        }
        let mut told = Vec::new();
        kinds.retain(|kind| {
            !told.contains(kind) && {
                told.push(*kind);
                true
            }
        });
        let signs = signs.join(" ");
        kinds.extend((!signs.is_empty()).then_some(signs.as_str()));
        match kinds.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, first)) => [&first.join(", "), words.and(), last].concat(),
            None => String::new(),
        }
    }
}
