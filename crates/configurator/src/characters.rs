//! Which characters a text may have.

use words::Engine;

use crate::letters::{Letters, Script, capital, composed, is_accent, small, without_accents};

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

/// Why people do not see what a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// There is something in it, and nothing to see.
    Unseen,
    /// It has this character, of those that [`is_hidden`] names.
    Hidden(char),
}

/// What is wrong with a text of one line, whoever typed it. There is nothing wrong with a blank one: whether it may be blank is for
/// its field to say.
#[must_use]
pub fn line_fault(text: &str) -> Option<TextFault> {
    fault(text, |_| false)
}

/// The same of a text that may have several lines, and tabs.
#[must_use]
pub fn text_fault(text: &str) -> Option<TextFault> {
    fault(text, |character| matches!(character, '\n' | '\r' | '\t'))
}

fn fault(text: &str, may_have: impl Fn(char) -> bool) -> Option<TextFault> {
    if text.trim().is_empty() {
        return None;
    }
    match text.chars().find(|&character| is_hidden(character) && !may_have(character)) {
        Some(hidden) => Some(TextFault::Hidden(hidden)),
        None => (!is_visible(text)).then_some(TextFault::Unseen),
    }
}

/// Whether a text has something to see.
pub(crate) fn is_visible(text: &str) -> bool {
    text.chars().any(|character| !character.is_whitespace() && !is_hidden(character) && !is_mark(character))
}

fn is_mark(character: char) -> bool {
    MARKS.iter().any(|&(first, last)| (first..=last).contains(&character))
}

/// Whether a character is read as one sign with what stands before it: an accent, a mark, a shade of skin, the second half of a flag.
fn joins(sign: &str, character: char) -> bool {
    let is_half = |character| matches!(character, '\u{1f1e6}'..='\u{1f1ff}');
    is_accent(character)
        || is_mark(character)
        || matches!(character, '\u{20d0}'..='\u{20ff}' | '\u{1f3fb}'..='\u{1f3ff}')
        || sign.ends_with('\u{200d}')
        || (is_half(character) && sign.chars().all(is_half) && sign.chars().count() == 1)
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

/// A set of characters: ranges, and the letters of scripts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Characters {
    /// As written, such as `{LATIN}0-9 .&`; empty for every printable character.
    pub text: String,
    pub(crate) ranges: Vec<(char, char)>,
    pub(crate) letters: Vec<Letters>,
}

impl Characters {
    /// Whether the character belongs to it. Hidden ones never do.
    #[must_use]
    pub fn contains(&self, character: char) -> bool {
        !is_hidden(character)
            && (self.text.is_empty()
                || self.ranges.iter().any(|&(first, last)| (first..=last).contains(&character))
                || self.letters.iter().any(|letters| letters.contains(character)))
    }

    /// The characters that it names, its ranges first; those of the plain alphabet and their like where it is every printable one.
    pub(crate) fn each(&self) -> impl Iterator<Item = char> {
        let any = self.text.is_empty().then_some(('!', '~'));
        let ranges = self.ranges.iter().copied().chain(any).flat_map(|(first, last)| first..=last);
        ranges
            .filter(|&character| !is_hidden(character))
            .chain(self.letters.iter().flat_map(|letters| letters.each()))
    }

    /// A text as it is taken: accents on their letters, without blanks around it, and each character as [`Self::fitted`].
    pub(crate) fn taken(&self, text: &str) -> String {
        composed(text.trim()).chars().map(|character| self.fitted(character)).collect()
    }

    /// The character as a capital or small letter, or as a typewriter has it, where only that belongs to the set; else as
    /// it is. Where there are only capitals ß becomes ẞ if the set has that, else SS.
    fn fitted(&self, character: char) -> String {
        if self.contains(character) {
            return character.to_string();
        }
        let plain = match character {
            '’' | '‘' => "'",
            '“' | '”' | '„' => "\"",
            '–' | '—' => "-",
            '\u{a0}' => " ",
            'ß' => "ẞ",
            _ => "",
        };
        let cases = [plain.to_owned(), capital(character), small(character)];
        let taken = cases.into_iter().find(|case| !case.is_empty() && self.takes(case));
        taken.unwrap_or_else(|| character.to_string())
    }

    fn takes(&self, text: &str) -> bool {
        text.chars().all(|character| self.contains(character))
    }

    /// The letters of its scripts, in words, where nothing of a text belongs to the set: most likely it is in another script.
    pub(crate) fn letters_instead(&self, text: &str, words: &Engine) -> Option<String> {
        let mut written = text.chars().filter(|character| !character.is_whitespace());
        let is_other = is_visible(text) && !written.any(|character| self.contains(character));
        let letters: Vec<String> = self.letters.iter().map(|letters| letters.in_words(words)).collect();
        (is_other && !letters.is_empty()).then(|| letters.join(words.comma()))
    }

    /// The signs of a text as it is taken that have a character outside the set, each once: what is read as one sign is one, an
    /// accented letter or a pictograph with its selectors. Where only marks that nobody sees are outside, they alone.
    pub(crate) fn strangers(&self, text: &str) -> Vec<String> {
        let mut signs: Vec<String> = Vec::new();
        for character in text.chars() {
            match signs.last_mut() {
                Some(sign) if joins(sign, character) => sign.push(character),
                _ => signs.push(character.to_string()),
            }
        }
        let mut strangers: Vec<String> = Vec::new();
        for mut sign in signs {
            if self.takes(&sign) {
                continue;
            }
            let outside = |character: &char| !self.contains(*character);
            if sign.chars().filter(outside).all(is_mark) {
                sign = sign.chars().filter(outside).collect();
            }
            if !strangers.contains(&sign) {
                strangers.push(sign);
            }
        }
        strangers
    }

    /// The texts nearest to one that can't be taken: umlauts written out, then without dots; letters without their accents,
    /// and without what has no letter near to it; no longer than `most`.
    pub(crate) fn nearest(&self, text: &str, most: usize) -> Vec<String> {
        let taken = self.taken(text);
        let replaced = |written_out: bool| {
            let parts = taken.chars().map(|character| {
                if self.contains(character) {
                    return character.to_string();
                }
                let umlaut = match character {
                    'Ä' => "AE",
                    'Ö' => "OE",
                    'Ü' => "UE",
                    'ä' => "ae",
                    'ö' => "oe",
                    'ü' => "ue",
                    _ => "",
                };
                let plain = if written_out && !umlaut.is_empty() {
                    umlaut.to_owned()
                } else {
                    without_accents(character)
                };
                let plain: String = plain.chars().map(|character| self.fitted(character)).collect();
                if self.takes(&plain) { plain } else { String::new() }
            });
            parts.collect::<String>()
        };
        let mut nearest = Vec::new();
        for text in [replaced(true), replaced(false)] {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text: String = text.chars().take(most).collect();
            let text = text.trim_end().to_owned();
            if is_visible(&text) && text != taken && !nearest.contains(&text) {
                nearest.push(text);
            }
        }
        nearest
    }

    /// The set in words: "capital letters, digits, spaces and . &".
    #[must_use]
    pub fn in_words(&self, words: &Engine) -> String {
        if self.text.is_empty() {
            return words.printable_characters().to_owned();
        }
        let all = |letters| self.ranges.contains(&letters);
        let letters = if all(('A', 'Z')) && all(('a', 'z')) { words.letters() } else { "" };
        let (mut kinds, mut signs) = (Vec::new(), Vec::new());
        let scripts: Vec<String> = self.letters.iter().map(|letters| letters.in_words(words)).collect();
        kinds.extend(scripts.iter().map(String::as_str));
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
            Some((last, first)) => [&first.join(words.comma()), words.and(), last].concat(),
            None => String::new(),
        }
    }
}

impl Letters {
    fn in_words(self, words: &Engine) -> String {
        let letters = match self.script {
            Script::Latin => words.latin_letters(),
            Script::Greek => words.greek_letters(),
            Script::Cyrillic => words.cyrillic_letters(),
        };
        if self.capitals { words.in_capitals(&letters) } else { letters.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::SETS;

    fn capitals_and_digits() -> Characters {
        Characters {
            text: "{LATIN}0-9 .&".to_owned(),
            ranges: vec![('0', '9'), (' ', ' '), ('.', '.'), ('&', '&')],
            letters: vec![SETS[1].1],
        }
    }

    fn plain_capitals() -> Characters {
        Characters { text: "A-Z ".to_owned(), ranges: vec![('A', 'Z'), (' ', ' ')], letters: Vec::new() }
    }

    #[test]
    fn texts_are_taken_as_their_language_writes_them() {
        for (typed, taken) in [
            ("émilie", "ÉMILIE"),
            ("E\u{301}MILIE", "ÉMILIE"),
            ("müller", "MÜLLER"),
            ("Straße", "STRAẞE"),
            ("ılık İnci", "ILIK İNCI"),
            ("łódź", "ŁÓDŹ"),
            (" șerban\u{a0}1 ", "ȘERBAN 1"),
        ] {
            let set = capitals_and_digits();
            assert_eq!(set.taken(typed), taken);
            assert!(set.strangers(taken).is_empty(), "{taken}");
        }
        assert_eq!(plain_capitals().taken("Straße"), "STRASSE");
    }

    #[test]
    fn what_cannot_be_made_is_named_once_with_its_accent() {
        let set = capitals_and_digits();
        assert_eq!(set.strangers(&set.taken("a☃b☃♥")), ["☃", "♥"]);
        assert_eq!(set.strangers(&set.taken("x\u{30c}")), ["X\u{30c}"]);
        assert_eq!(plain_capitals().strangers("ÉÉ"), ["É"]);
    }

    #[test]
    fn what_is_read_as_one_sign_is_named_as_one() {
        let set = capitals_and_digits();
        for sign in ["❤\u{fe0f}", "👩\u{200d}🚀", "👍\u{1f3fd}", "🇩🇪", "1\u{fe0f}\u{20e3}", "X\u{30c}"]
        {
            assert_eq!(set.strangers(&format!("ZOE{sign}")), [sign]);
            assert!(is_visible(sign), "{sign:?}");
        }
        assert_eq!(set.strangers("🇩🇪🇫🇷"), ["🇩🇪", "🇫🇷"]);
        // A letter is not to be left out for what nobody sees behind it.
        assert_eq!(set.strangers("ZOE\u{200d}"), ["\u{200d}"]);
        assert!(!is_visible("\u{200d}"));
    }

    #[test]
    fn another_script_is_told_the_letters_alone() {
        let english = words::of("en");
        let letters = |text: &str| capitals_and_digits().letters_instead(text, &english.engine);
        let all = "Latin letters (such as É, Ü, Ø, Ł) as capitals";
        assert_eq!(letters("ليلى").as_deref(), Some(all));
        assert_eq!(letters("Ωμέγα ♥").as_deref(), Some(all));
        for partly in ["ليلى 7", "ΩA", ""] {
            assert_eq!(letters(partly), None, "{partly}");
        }
        assert_eq!(plain_capitals().letters_instead("ليلى", &english.engine), None);
    }

    #[test]
    fn nearest_texts_replace_or_leave_out() {
        let (set, plain) = (capitals_and_digits(), plain_capitals());
        assert_eq!(plain.nearest("Émilie", 8), ["EMILIE"]);
        assert_eq!(plain.nearest("Müller", 8), ["MUELLER", "MULLER"]);
        assert_eq!(set.nearest("I ☃ U", 8), ["I U"]);
        assert_eq!(set.nearest("Maximilian", 8), ["MAXIMILI"]);
        assert_eq!(set.nearest("☃", 8), Vec::<String>::new());
        assert_eq!(plain.nearest("Smørrebrød", 20), ["SMORREBROD"]);
    }

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

    #[test]
    fn texts_are_judged_by_what_people_see_of_them() {
        let hidden = |character| Some(TextFault::Hidden(character));
        let unseen = Some(TextFault::Unseen);
        for (text, in_a_line, in_lines) in [
            ("", None, None),
            (" \n\u{3000}", None, None),
            ("Ana", None, None),
            ("Ana\nLima", hidden('\n'), None),
            ("Ana\tLima\r\n", hidden('\t'), None),
            ("Ana\u{0}", hidden('\u{0}'), hidden('\u{0}')),
            ("\u{202e}anA", hidden('\u{202e}'), hidden('\u{202e}')),
            ("\u{200b}", hidden('\u{200b}'), hidden('\u{200b}')),
            ("\u{200d}", unseen, unseen),
            ("\u{200e} \u{fe0f}", unseen, unseen),
            ("\u{61c}\n\u{e0100}", hidden('\n'), unseen),
            ("👩\u{200d}🚀", None, None),
            ("\u{200f}שלום", None, None),
            ("می\u{200c}خواهم", None, None),
        ] {
            assert_eq!((line_fault(text), text_fault(text)), (in_a_line, in_lines), "{text:?}");
        }
    }
}
