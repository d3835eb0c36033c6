//! Letters of Europe's languages: which there are, how they are composed, their capitals, and the plain ones nearest to them.
//!
//! Unicode's tables are large, and a browser has its own: there it is asked for them.

/// Letters of the languages of Europe that share a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letters {
    /// The script.
    pub script: Script,
    /// Whether only capitals are meant.
    pub capitals: bool,
}

/// A script of Europe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// From Albanian to Welsh, with every accent and letter of their own.
    Latin,
    /// Greek of today, with its accents.
    Greek,
    /// From Belarusian to Ukrainian.
    Cyrillic,
}

/// The sets by the names they have in product files.
pub(crate) const SETS: [(&str, Letters); 6] = [
    ("{latin}", Letters { script: Script::Latin, capitals: false }),
    ("{LATIN}", Letters { script: Script::Latin, capitals: true }),
    ("{greek}", Letters { script: Script::Greek, capitals: false }),
    ("{GREEK}", Letters { script: Script::Greek, capitals: true }),
    ("{cyrillic}", Letters { script: Script::Cyrillic, capitals: false }),
    ("{CYRILLIC}", Letters { script: Script::Cyrillic, capitals: true }),
];

/// After the alphabets of CLDR's European languages: Latin-1 and Latin Extended-A without their signs and what no language
/// uses any more, and single letters of Azerbaijani, Danish, Irish, Romanian, Romani, Skolt Sami and Welsh; with them those of
/// Vietnamese names, which many in Europe have.
const LATIN: [(char, char); 28] = [
    ('A', 'Z'),
    ('a', 'z'),
    ('À', 'Ö'),
    ('Ø', 'ö'),
    ('ø', 'ķ'),
    ('Ĺ', 'ň'),
    ('Ŋ', 'ž'),
    ('Ə', 'Ə'),
    ('Ơ', 'ơ'),
    ('Ư', 'ư'),
    ('Ʒ', 'Ʒ'),
    ('Ǥ', 'ǩ'),
    ('Ǯ', 'ǯ'),
    ('Ǻ', 'ǿ'),
    ('Ș', 'ț'),
    ('Ȟ', 'ȟ'),
    ('ə', 'ə'),
    ('ʒ', 'ʒ'),
    ('Ḃ', 'ḃ'),
    ('Ḋ', 'ḋ'),
    ('Ḟ', 'ḟ'),
    ('Ṁ', 'ṁ'),
    ('Ṗ', 'ṗ'),
    ('Ṡ', 'ṡ'),
    ('Ṫ', 'ṫ'),
    ('Ẁ', 'ẅ'),
    ('ẞ', 'ẞ'),
    ('Ạ', 'ỹ'),
];
const GREEK: [(char, char); 5] = [('Ά', 'Ά'), ('Έ', 'Ί'), ('Ό', 'Ό'), ('Ύ', 'Ρ'), ('Σ', 'ώ')];
const CYRILLIC: [(char, char); 2] = [('Ѐ', 'џ'), ('Ґ', 'ґ')];

/// Letters that are no letter with an accent, and how they are written where there is no such letter.
const PLAIN: [(char, &str); 13] = [
    ('Æ', "AE"),
    ('Œ', "OE"),
    ('Ø', "O"),
    ('Ł', "L"),
    ('Đ', "D"),
    ('Ð', "D"),
    ('Þ', "TH"),
    ('Ħ', "H"),
    ('Ŧ', "T"),
    ('Ŋ', "N"),
    ('Ə', "E"),
    ('Ĳ', "IJ"),
    ('ẞ', "SS"),
];

impl Letters {
    /// Whether a letter is one of them.
    pub(crate) fn contains(self, letter: char) -> bool {
        let is_there = self.ranges().iter().any(|&(first, last)| (first..=last).contains(&letter));
        is_there && (!self.capitals || is(letter, &capital(letter)))
    }

    /// All of them.
    pub(crate) fn each(self) -> impl Iterator<Item = char> {
        let letters = self.ranges().iter().flat_map(|&(first, last)| first..=last);
        letters.filter(move |&letter| self.contains(letter))
    }

    fn ranges(self) -> &'static [(char, char)] {
        match self.script {
            Script::Latin => &LATIN,
            Script::Greek => &GREEK,
            Script::Cyrillic => &CYRILLIC,
        }
    }
}

fn is(letter: char, text: &str) -> bool {
    let mut letters = text.chars();
    letters.next() == Some(letter) && letters.next().is_none()
}

/// A letter as a capital: ß as SS, i and ı as I.
pub(crate) fn capital(letter: char) -> String {
    if letter.is_ascii() { letter.to_ascii_uppercase().to_string() } else { unicode::capital(letter) }
}

/// A letter as a small one.
pub(crate) fn small(letter: char) -> String {
    if letter.is_ascii() { letter.to_ascii_lowercase().to_string() } else { unicode::small(letter) }
}

/// A text with accents on their letters, as most keyboards write it (Unicode's normal form C): as many characters as letters.
pub(crate) fn composed(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { unicode::composed(text) }
}

/// A letter without its accents, as near as the Latin alphabet of English comes to it; as it is where that is not known.
pub(crate) fn without_accents(letter: char) -> String {
    if letter.is_ascii() {
        return letter.to_string();
    }
    let plain = |letter: char| PLAIN.iter().find(|(own, _)| *own == letter).map(|(_, plain)| *plain);
    if let Some(plain) = plain(letter) {
        return plain.to_owned();
    }
    let large = capital(letter);
    let large = large.chars().next().filter(|large| *large != letter);
    if let Some(plain) = large.and_then(plain) {
        return plain.to_ascii_lowercase();
    }
    let bare: String = unicode::decomposed(letter).chars().filter(|part| !is_accent(*part)).collect();
    match letter {
        'ß' => "ss".to_owned(),
        'ı' => "i".to_owned(),
        _ if bare.is_empty() => letter.to_string(),
        _ => bare,
    }
}

/// A text to compare by: small letters without accents, Arabic ones as they are typed in haste.
#[must_use]
pub fn folded(text: &str) -> String {
    composed(text)
        .chars()
        .filter(|letter| !is_arabic_mark(*letter))
        .map(|letter| without_accents(plain_arabic(letter)))
        .flat_map(|plain| plain.chars().map(small).collect::<Vec<_>>())
        .collect()
}

/// A letter of Arabic as people search it: alif without what stands on it, ya and ha for their look-alikes, and digits as 0 to 9.
fn plain_arabic(letter: char) -> char {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        '٠'..='٩' => char::from_digit(u32::from(letter) - u32::from('٠'), 10).unwrap_or(letter),
        _ => letter,
    }
}

/// Vowels and other marks on the letter before, and the stroke that stretches a word.
fn is_arabic_mark(character: char) -> bool {
    matches!(character, '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Whether it is an accent that stands on the letter before it.
pub(crate) fn is_accent(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

#[cfg(not(target_arch = "wasm32"))]
mod unicode {
    use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

    pub fn composed(text: &str) -> String {
        ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
    }

    pub fn decomposed(letter: char) -> String {
        DecomposingNormalizerBorrowed::new_nfd().normalize(letter.encode_utf8(&mut [0; 4])).into_owned()
    }

    pub fn capital(letter: char) -> String {
        letter.to_uppercase().collect()
    }

    pub fn small(letter: char) -> String {
        letter.to_lowercase().collect()
    }
}

#[cfg(target_arch = "wasm32")]
mod unicode {
    use js_sys::JsString;

    pub fn composed(text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }

    pub fn decomposed(letter: char) -> String {
        JsString::from(letter.to_string()).normalize("NFD").into()
    }

    pub fn capital(letter: char) -> String {
        JsString::from(letter.to_string()).to_upper_case().into()
    }

    pub fn small(letter: char) -> String {
        JsString::from(letter.to_string()).to_lower_case().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(name: &str) -> Letters {
        SETS.iter().find(|(known, _)| *known == name).unwrap().1
    }

    #[test]
    fn texts_are_compared_as_people_type_them() {
        for (written, typed) in [
            ("Émilie", "emilie"),
            ("E\u{301}milie", "emilie"),
            ("Straße", "STRASSE"),
            ("أزرق سماوي (RAL\u{a0}5015)", "ازرق سماوى (ral\u{a0}٥٠١٥)"),
            ("آلة قهوة", "اله قهوه"),
            ("إطار", "اطار"),
            ("مُغريّ", "مغري"),
            ("شـــنطة", "شنطه"),
        ] {
            assert_eq!(folded(written), folded(typed), "{written}");
        }
    }

    /// Names as they are written in their languages, one or more for each.
    #[test]
    fn names_of_europe_can_be_written() {
        let names = [
            (
                "{latin}",
                "ÉMILIE Émilie Müller Straße ẞ Łukasz Żółć Șerban Țepeș Ğül İbrahim Işık Ødegård Ångström Þór Ðæja",
            ),
            (
                "{latin}",
                "Čapek Dvořák Ľubomír Ŕ Žižka Đorđe Lļņķģ Ūdris Ąžuolas Šėė Õismäe Ḃreandán Ŵyn Ŷ Ẁ Ỳ Ħamrun Ġorġ Ŋ Ə ə",
            ),
            ("{latin}", "Çelik Ñandú Àlvar Òc Ïu Lluís Œuvre Æther Ǿ Ĳsselmeer Ẽ"),
            ("{latin}", "Đặng Nguyễn Phượng Ưng Ỹ Vũ Hồ Thị Mỹ Lệ Quỳnh Trường"),
            ("{LATIN}", "ĐẶNG NGUYỄN PHƯỢNG ƠI"),
            ("{greek}", "Αλέξανδρος Ελένη Γεωργίου ΐ ΰ Ώρα ς"),
            ("{cyrillic}", "Юлия Ґалаґан Їжак Ђорђе Љиљана Ѓорѓи Ќ Ўладзімір Щербаков"),
        ];
        for (name, text) in names {
            for letter in composed(text).chars().filter(|letter| *letter != ' ') {
                assert!(set(name).contains(letter), "{letter} in {name}");
            }
        }
        for letter in ['☃', '×', '÷', 'ª', 'ĸ', 'ŉ', 'ſ', 'ﬁ', '你', 'α', 'я', '\u{301}', '1', ' ']
        {
            assert!(!set("{latin}").contains(letter), "{letter}");
        }
    }

    #[test]
    fn capitals_are_capitals_only() {
        for letter in ['A', 'É', 'Ü', 'Ł', 'İ', 'I', 'ẞ', 'Ș'] {
            assert!(set("{LATIN}").contains(letter), "{letter}");
        }
        for letter in ['a', 'é', 'ü', 'ł', 'ı', 'ß', 'ș'] {
            assert!(!set("{LATIN}").contains(letter), "{letter}");
        }
        assert!(set("{GREEK}").contains('Ά') && !set("{GREEK}").contains('ά'));
        assert!(set("{CYRILLIC}").contains('Ґ') && !set("{CYRILLIC}").contains('ґ'));
    }

    #[test]
    fn accents_go_as_people_leave_them_out() {
        for (letter, plain) in [
            ('É', "E"),
            ('é', "e"),
            ('Ø', "O"),
            ('ø', "o"),
            ('ł', "l"),
            ('Æ', "AE"),
            ('æ', "ae"),
            ('ß', "ss"),
            ('ẞ', "SS"),
            ('ặ', "a"),
            ('Ợ', "O"),
            ('İ', "I"),
            ('ı', "i"),
            ('Ș', "S"),
            ('ğ', "g"),
            ('þ', "th"),
            ('Ώ', "Ω"),
            ('й', "и"),
            ('x', "x"),
            ('☃', "☃"),
            ('你', "你"),
        ] {
            assert_eq!(without_accents(letter), plain, "{letter}");
        }
    }
}
