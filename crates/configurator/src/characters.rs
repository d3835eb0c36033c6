//! Which characters a text may have.

use words::Engine;

/// Whether a character is one that nobody sees or that changes how others are read: control characters, those that turn the
/// direction of writing, blanks without a width, tags, fillers, and what Unicode says is no character. Marks of direction,
/// joiners and variation selectors belong to how some languages and pictographs are written.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    let code = u32::from(character);
    character.is_control()
        || code & 0xfffe == 0xfffe
        || HIDDEN.iter().any(|&(first, last)| (first..=last).contains(&character))
}

/// Whether a text has something to see.
#[must_use]
pub fn is_visible(text: &str) -> bool {
    let marks = |character| MARKS.iter().any(|&(first, last)| (first..=last).contains(&character));
    text.chars().any(|character| !character.is_whitespace() && !is_hidden(character) && !marks(character))
}

/// Beside control characters: from Unicode 17, its characters that are to be ignored by default and have no use in a line of
/// text, those that embed and override directions, separators of lines, and blanks that count as letters.
const HIDDEN: [(char, char); 18] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180e}', '\u{180e}'),
    ('\u{200b}', '\u{200b}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fdd0}', '\u{fdef}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e00ff}'),
    ('\u{e01f0}', '\u{e0fff}'),
];

/// Marks that say how the characters beside them are written, and show nothing themselves.
const MARKS: [(char, char); 5] = [
    ('\u{61c}', '\u{61c}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200c}', '\u{200f}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{e0100}', '\u{e01ef}'),
];

/// A set of characters as ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Characters {
    /// As written, such as `A-Z0-9 .&`; empty for every printable character.
    pub text: String,
    pub(crate) ranges: Vec<(char, char)>,
}

impl Characters {
    /// Whether the character belongs to it. Hidden ones never do.
    #[must_use]
    pub fn contains(&self, character: char) -> bool {
        !is_hidden(character)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_hidden() {
        let hidden = "\0\n\u{7f}\u{ad}\u{61c}\u{200b}\u{200e}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}\u{fffe}\u{1ffff}\u{e0041}\u{2800}\u{3164}";
        let marks = "\u{61c}\u{200e}";
        for character in hidden.chars() {
            assert_eq!(is_hidden(character), !marks.contains(character), "{character:?}");
            assert!(!is_visible(&character.to_string()), "{character:?}");
        }
        for text in ["", " ", "\u{a0}", "\u{200d}", "\u{fe0f}", "\u{3000}\u{200f}"] {
            assert!(!is_visible(text), "{text:?}");
        }
        for text in
            ["a", "é", "e\u{301}", "👩\u{200d}🚀", "‏שלום", "می\u{200c}خواهم", "❤\u{fe0f}", ".", "\u{e000}"]
        {
            assert!(is_visible(text) && !text.chars().any(is_hidden), "{text:?}");
        }
    }
}
