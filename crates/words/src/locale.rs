//! How numbers, amounts of money and dates are written and read in a language.

use crate::plural::Plural;

/// How a language writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locale {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// What the language calls itself.
    pub name: &'static str,
    /// `ltr` or `rtl`, as HTML has it.
    pub dir: &'static str,
    /// Between whole and fraction.
    pub decimal: &'static str,
    /// Between thousands.
    pub group: &'static str,
    /// An amount with its currency's sign: `{sign}{amount}`, where the sign of a currency without one of its own is its code.
    pub money: &'static str,
    /// After a weight.
    pub gram: &'static str,
    /// After a weight from 1000 grams on.
    pub kilogram: &'static str,
    /// Which form goes with a count.
    pub plural: Plural,
}

/// Between thousands, in whatever language: points, commas, apostrophes, blanks and the Arabic sign.
const GROUPS: [char; 9] = ['.', ',', '\'', '’', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '٬'];
/// Between whole and fraction in Arabic, and nowhere else.
const ARABIC_DECIMAL: char = '٫';

/// Why a number can't be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is none.
    NotANumber,
    /// It can be read in two ways: each as it is written without thousands, `1250` and `1.250`.
    TwoWays(String, String),
    /// It has more decimals than there may be.
    TooManyDecimals,
    /// It is larger than anything a shop counts.
    TooLarge,
}

impl Locale {
    /// English, which programs are answered in, too.
    pub const ENGLISH: Self = Self {
        tag: "en",
        name: "English",
        dir: "ltr",
        decimal: ".",
        group: ",",
        money: "{sign}{amount}",
        gram: "g",
        kilogram: "kg",
        plural: Plural::One,
    };

    /// A whole number. Thousands are told apart from five digits on.
    #[must_use]
    pub fn number(&self, number: i64) -> String {
        let digits = number.unsigned_abs();
        let sign = if number < 0 { self.minus() } else { "" };
        if digits < 10_000 { format!("{sign}{digits}") } else { sign.to_owned() + &self.grouped(digits) }
    }

    /// The same with thousands told apart whatever its size: beside another one that it is compared with.
    #[must_use]
    pub fn compared(&self, number: i64) -> String {
        let sign = if number < 0 { self.minus() } else { "" };
        sign.to_owned() + &self.grouped(number.unsigned_abs())
    }

    /// How many there are, with thousands told apart: what people compare stands in tables and sentences beside larger counts.
    #[must_use]
    pub fn count(&self, count: u64) -> String {
        self.grouped(count)
    }

    /// Hundredths as a decimal number, with as many decimals as it takes: 1900 is `19`, 810 is `8.1`.
    #[must_use]
    pub fn hundredths(&self, hundredths: u32) -> String {
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        match rest {
            0 => whole.to_string(),
            rest => format!("{whole}{}{}", self.decimal, format!("{rest:02}").trim_end_matches('0')),
        }
    }

    /// Tenths as a decimal number, with a decimal where there is one: -81 is `−8.1`, 950 is `95`.
    #[must_use]
    pub fn tenths(&self, tenths: i64) -> String {
        let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        let rest = if rest == 0 { String::new() } else { format!("{}{rest}", self.decimal) };
        format!("{}{whole}{rest}", if tenths < 0 { self.minus() } else { "" })
    }

    /// Grams as people weigh: kilograms with a decimal from 1000 on.
    #[must_use]
    pub fn weight(&self, grams: i64) -> String {
        if grams < 1_000 {
            return format!("{}\u{a0}{}", self.number(grams), self.gram);
        }
        let tenths = grams / 100 + i64::from(grams % 100 >= 50);
        let rest = if tenths % 10 == 0 { String::new() } else { format!("{}{}", self.decimal, tenths % 10) };
        format!("{}{rest}\u{a0}{}", self.number(tenths / 10), self.kilogram)
    }

    /// An amount of minor units of which `digits` are decimals, which are shown where there are any, with its currency's
    /// sign or code.
    #[must_use]
    pub fn money(&self, amount: i64, digits: u32, currency: &str) -> String {
        let sign = if amount < 0 { self.minus() } else { "" };
        self.money_after(sign, amount.unsigned_abs(), digits, currency)
    }

    /// An amount behind a sign. From right to left a mark before both says which way it goes, so that it looks the same alone and among words.
    fn money_after(&self, sign: &str, amount: u64, digits: u32, currency: &str) -> String {
        let unit = 10_u64.pow(digits);
        let (whole, rest) = (amount / unit, amount % unit);
        let mut written = self.grouped(whole);
        if rest > 0 {
            written.push_str(self.decimal);
            written.push_str(&format!("{rest:0width$}", width = digits as usize));
        }
        let way = if self.dir == "rtl" { "\u{200f}" } else { "" };
        // A code keeps its distance.
        let gap = if currency.len() == 3 && currency.is_ascii() { "\u{a0}" } else { "" };
        let (before, after) = self.money.split_once("{amount}").unwrap_or_default();
        let before = before.replace("{sign}", &format!("{currency}{gap}"));
        let after = after.replace("{sign}", currency);
        [way, sign, &before, &written, &after].concat()
    }

    /// An amount with its sign, also where it is added; nothing for none.
    #[must_use]
    pub fn signed_money(&self, amount: i64, digits: u32, currency: &str) -> String {
        match amount {
            0 => String::new(),
            1.. => self.money_after(self.signs().1, amount.unsigned_abs(), digits, currency),
            _ => self.money(amount, digits, currency),
        }
    }

    fn minus(&self) -> &'static str {
        self.signs().0
    }

    /// Minus and plus. From right to left a mark before them keeps them to the left of their number, as the CLDR has it.
    fn signs(&self) -> (&'static str, &'static str) {
        if self.dir == "rtl" { ("\u{200e}−", "\u{200e}+") } else { ("−", "+") }
    }

    fn grouped(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(self.group);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// Reads a number as people write it, in units of its last decimal: with two decimals `12,5` is 1250. Thousands may be
    /// told apart by anything that does, and digits may be Arabic or Persian (`١٢٫٥`), whatever the language. `marks`, such as a unit or a currency's sign and code, may stand before or after it.
    ///
    /// # Errors
    /// See [`NumberError`].
    pub fn read(&self, text: &str, decimals: u32, marks: &[&str]) -> Result<i64, NumberError> {
        let (negative, digits) = bare(text, marks)?;
        let separators: Vec<char> = digits.chars().filter(|sign| !sign.is_ascii_digit()).collect();
        let parts: Vec<&str> = digits.split(|sign: char| !sign.is_ascii_digit()).collect();
        let (whole, fraction) = match (&separators[..], &parts[..]) {
            ([], _) => (digits.clone(), String::new()),
            // One alone: before three digits it may be either.
            ([one @ ('.' | ',' | ARABIC_DECIMAL)], [whole, rest]) => {
                self.read_one(*one, whole, rest, decimals)?
            }
            ([.., last], [.., rest]) => {
                let first = separators[0];
                let alike = first != ARABIC_DECIMAL && separators.iter().all(|sign| *sign == first);
                let others = &separators[..separators.len() - 1];
                let is_decimal = !alike
                    && matches!(last, '.' | ',' | '٫')
                    && others.iter().all(|sign| *sign == first && *sign != ARABIC_DECIMAL);
                let thousands = if is_decimal { &parts[..parts.len() - 1] } else { &parts[..] };
                if !(alike || is_decimal) || !are_thousands(thousands) {
                    return Err(NumberError::NotANumber);
                }
                (thousands.concat(), if is_decimal { (*rest).to_owned() } else { String::new() })
            }
            _ => return Err(NumberError::NotANumber),
        };
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > decimals as usize {
            return Err(NumberError::TooManyDecimals);
        }
        let units = format!("{whole}{fraction:0<width$}", width = decimals as usize);
        let number: i64 = units.parse().map_err(|_| NumberError::TooLarge)?;
        Ok(if negative { -number } else { number })
    }

    /// The same of an amount that others are to pay: one point or comma before three digits is asked about however the language has it,
    /// where there are one or two decimals. Too often people write thousands, or decimals, as another language does.
    ///
    /// # Errors
    /// See [`NumberError`].
    pub fn read_surely(&self, text: &str, decimals: u32, marks: &[&str]) -> Result<i64, NumberError> {
        let read = self.read(text, decimals, marks)?;
        let (_, digits) = bare(text, marks)?;
        match digits.split_once(['.', ',']) {
            Some((whole, rest)) if (1..3).contains(&decimals) && are_thousands(&[whole, rest]) => {
                Err(self.two_ways(whole, rest))
            }
            _ => Ok(read),
        }
    }

    /// That a number may have thousands or decimals: each as it is written without thousands.
    fn two_ways(&self, whole: &str, rest: &str) -> NumberError {
        let second = match rest.trim_end_matches('0') {
            "" => whole.to_owned(),
            rest => format!("{whole}{}{rest}", self.decimal),
        };
        NumberError::TwoWays(format!("{whole}{rest}"), second)
    }

    /// Whole and fraction of a number with one point or comma.
    fn read_one(
        &self,
        separator: char,
        whole: &str,
        rest: &str,
        decimals: u32,
    ) -> Result<(String, String), NumberError> {
        if whole.is_empty() && rest.is_empty() {
            return Err(NumberError::NotANumber);
        }
        let fraction = (format!("0{whole}"), rest.to_owned());
        if separator == ARABIC_DECIMAL || rest.len() != 3 || !are_thousands(&[whole, rest]) {
            return Ok(fraction);
        }
        let is_decimal = self.decimal.starts_with(separator);
        match (is_decimal, decimals >= 3) {
            (true, true) => Ok(fraction),
            (false, false) => Ok((format!("{whole}{rest}"), String::new())),
            // 1.250 where a point begins the decimals, which are two at most, or 1,250 where there may be three.
            _ => Err(self.two_ways(whole, rest)),
        }
    }
}

/// Whether it is below nothing, and its digits with what stands between them. `marks` may stand before or after it.
fn bare<'t>(text: &'t str, marks: &[&str]) -> Result<(bool, String), NumberError> {
    // With marks of direction, which what was copied may have around it.
    let is_blank = |sign: char| {
        sign.is_whitespace() || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2066}'..='\u{2069}')
    };
    let without = |text: &'t str| -> &'t str {
        let text = text.trim_matches(is_blank);
        for mark in marks.iter().filter(|mark| !mark.is_empty()) {
            let is_mark = |part: &str| part.eq_ignore_ascii_case(mark);
            let end = text.len().checked_sub(mark.len());
            let after =
                text.split_at_checked(mark.len()).filter(|(part, _)| is_mark(part)).map(|(_, rest)| rest);
            let before = end.and_then(|end| text.split_at_checked(end)).filter(|(_, part)| is_mark(part));
            if let Some(rest) = after.or(before.map(|(rest, _)| rest)) {
                return rest.trim_matches(is_blank);
            }
        }
        text
    };
    let text = without(text);
    let (negative, rest) = match text.strip_prefix(['-', '−', '\u{2013}']) {
        Some(rest) => (true, without(rest)),
        None => (false, without(text.strip_prefix('+').unwrap_or(text))),
    };
    let rest: String = rest.chars().map(western).collect();
    let taken =
        rest.chars().all(|sign| sign.is_ascii_digit() || sign == ARABIC_DECIMAL || GROUPS.contains(&sign));
    let begins =
        rest.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',' | ARABIC_DECIMAL));
    if taken && begins { Ok((negative, rest)) } else { Err(NumberError::NotANumber) }
}

/// A digit of Arabic or Persian as 0 to 9, the Arabic comma as a comma, and everything else as it is.
fn western(sign: char) -> char {
    let digit = |zero: char| char::from_digit(u32::from(sign) - u32::from(zero), 10).unwrap_or(sign);
    match sign {
        '٠'..='٩' => digit('٠'),
        '۰'..='۹' => digit('۰'),
        '،' => ',',
        _ => sign,
    }
}

/// Whether digits are told apart by thousands: up to three, and then threes.
fn are_thousands(parts: &[&str]) -> bool {
    let [first, rest @ ..] = parts else { return false };
    let begins = (1..=3).contains(&first.len()) && (rest.is_empty() || !first.starts_with('0'));
    begins && rest.iter().all(|part| part.len() == 3)
}

#[cfg(all(test, feature = "languages"))]
mod tests {
    use NumberError::{NotANumber, TooLarge, TooManyDecimals};

    use super::*;
    use crate::Language;

    fn locale(tag: &str) -> Locale {
        crate::of(tag).locale
    }

    fn two(first: &str, second: &str) -> Result<i64, NumberError> {
        Err(NumberError::TwoWays(first.to_owned(), second.to_owned()))
    }

    #[test]
    fn tenths_have_a_decimal_where_there_is_one() {
        for (tenths, english, german) in
            [(0, "0", "0"), (-81, "−8.1", "−8,1"), (950, "95", "95"), (-4, "−0.4", "−0,4")]
        {
            assert_eq!(locale("en").tenths(tenths), english);
            assert_eq!(locale("de").tenths(tenths), german);
        }
    }

    #[test]
    fn numbers_are_written_as_the_language_has_it() {
        for (number, english, german, arabic) in [
            (0, "0", "0", "0"),
            (1_250, "1250", "1250", "1250"),
            (12_500, "12,500", "12.500", "12,500"),
            (-7, "−7", "−7", "\u{200e}−7"),
            (
                i64::MIN,
                "−9,223,372,036,854,775,808",
                "−9.223.372.036.854.775.808",
                "\u{200e}−9,223,372,036,854,775,808",
            ),
        ] {
            assert_eq!(locale("en").number(number), english);
            assert_eq!(locale("de").number(number), german);
            assert_eq!(locale("ar").number(number), arabic);
        }
    }

    #[test]
    fn counts_have_their_thousands_told_apart() {
        for (count, english, german) in [(0, "0", "0"), (999, "999", "999"), (1_010, "1,010", "1.010")] {
            assert_eq!(locale("en").count(count), english);
            assert_eq!(locale("de").count(count), german);
        }
    }

    #[test]
    fn rates_and_weights_are_written_as_the_language_has_it() {
        for (rate, english, german) in
            [(1_900, "19", "19"), (810, "8.1", "8,1"), (5, "0.05", "0,05"), (0, "0", "0")]
        {
            assert_eq!(locale("en").hundredths(rate), english);
            assert_eq!(locale("de").hundredths(rate), german);
        }
        for (grams, english, german, arabic) in [
            (999, "999\u{a0}g", "999\u{a0}g", "999\u{a0}غ"),
            (1_000, "1\u{a0}kg", "1\u{a0}kg", "1\u{a0}كغم"),
            (14_849, "14.8\u{a0}kg", "14,8\u{a0}kg", "14.8\u{a0}كغم"),
            (14_950, "15\u{a0}kg", "15\u{a0}kg", "15\u{a0}كغم"),
        ] {
            assert_eq!(locale("ar").weight(grams), arabic);
            assert_eq!(locale("en").weight(grams), english);
            assert_eq!(locale("de").weight(grams), german);
        }
    }

    #[test]
    fn amounts_are_written_as_the_language_has_it() {
        for (amount, digits, sign, english, german, arabic) in [
            (124_800, 2, "€", "€1,248", "1.248\u{a0}€", "\u{200f}1,248\u{a0}€"),
            (-50, 2, "€", "−€0.50", "−0,50\u{a0}€", "\u{200f}\u{200e}−0.50\u{a0}€"),
            (123_456_789, 2, "$", "$1,234,567.89", "1.234.567,89\u{a0}$", "\u{200f}1,234,567.89\u{a0}$"),
            (1_200, 0, "¥", "¥1,200", "1.200\u{a0}¥", "\u{200f}1,200\u{a0}¥"),
            (1_005, 2, "CHF", "CHF\u{a0}10.05", "10,05\u{a0}CHF", "\u{200f}10.05\u{a0}CHF"),
            (1_250, 3, "KWD", "KWD\u{a0}1.250", "1,250\u{a0}KWD", "\u{200f}1.250\u{a0}KWD"),
        ] {
            assert_eq!(locale("ar").money(amount, digits, sign), arabic);
            assert_eq!(locale("en").money(amount, digits, sign), english);
            assert_eq!(locale("de").money(amount, digits, sign), german);
        }
        assert_eq!(locale("de").signed_money(1_800, 2, "€"), "+18\u{a0}€");
        assert_eq!(locale("ar").signed_money(1_800, 2, "€"), "\u{200f}\u{200e}+18\u{a0}€");
        assert_eq!(locale("de").signed_money(0, 2, "€"), "");
    }

    #[test]
    fn whole_numbers_are_read_as_people_write_them() {
        for (text, english, german) in [
            ("24", Ok(24), Ok(24)),
            (" 24 cm", Ok(24), Ok(24)),
            ("24 mm", Err(NotANumber), Err(NotANumber)),
            ("24,5", Err(TooManyDecimals), Err(TooManyDecimals)),
            ("24.0", Ok(24), Ok(24)),
            ("1,250", Ok(1_250), two("1250", "1,25")),
            ("1.250", two("1250", "1.25"), Ok(1_250)),
            ("24.000", two("24000", "24"), Ok(24_000)),
            ("1.250.000", Ok(1_250_000), Ok(1_250_000)),
            ("12 500", Ok(12_500), Ok(12_500)),
            ("12’500", Ok(12_500), Ok(12_500)),
            ("-3", Ok(-3), Ok(-3)),
            ("−3", Ok(-3), Ok(-3)),
            ("", Err(NotANumber), Err(NotANumber)),
            (".", Err(NotANumber), Err(NotANumber)),
            ("1e3", Err(NotANumber), Err(NotANumber)),
            ("1.2.3", Err(NotANumber), Err(NotANumber)),
            ("0x10", Err(NotANumber), Err(NotANumber)),
            ("99999999999999999999", Err(TooLarge), Err(TooLarge)),
        ] {
            assert_eq!(locale("en").read(text, 0, &["cm"]), english, "{text}");
            assert_eq!(locale("de").read(text, 0, &["cm"]), german, "{text}");
        }
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, decimals, english, german) in [
            ("155", 2, Ok(15_500), Ok(15_500)),
            ("€ 155", 2, Ok(15_500), Ok(15_500)),
            ("155 EUR", 2, Ok(15_500), Ok(15_500)),
            ("-€155", 2, Ok(-15_500), Ok(-15_500)),
            ("€-155", 2, Ok(-15_500), Ok(-15_500)),
            ("1.490,00", 2, Ok(149_000), Ok(149_000)),
            ("1,490.00", 2, Ok(149_000), Ok(149_000)),
            ("1 490,5", 2, Ok(149_050), Ok(149_050)),
            ("12.5", 2, Ok(1_250), Ok(1_250)),
            ("12,5", 2, Ok(1_250), Ok(1_250)),
            (",5", 2, Ok(50), Ok(50)),
            ("1,490", 2, Ok(149_000), two("1490", "1,49")),
            ("1.490", 2, two("1490", "1.49"), Ok(149_000)),
            ("0.125", 2, Err(TooManyDecimals), Err(TooManyDecimals)),
            ("12.345", 2, two("12345", "12.345"), Ok(1_234_500)),
            ("1,250", 3, two("1250", "1.25"), Ok(1_250)),
            ("1.250", 3, Ok(1_250), two("1250", "1,25")),
            ("1250", 0, Ok(1_250), Ok(1_250)),
            ("12.50", 0, Err(TooManyDecimals), Err(TooManyDecimals)),
            ("1.23,45,6", 2, Err(NotANumber), Err(NotANumber)),
        ] {
            assert_eq!(locale("en").read(text, decimals, &["€", "EUR"]), english, "{text}");
            assert_eq!(locale("de").read(text, decimals, &["€", "EUR"]), german, "{text}");
        }
    }

    #[test]
    fn amounts_that_may_be_thousands_are_asked_about() {
        for (text, decimals, english, german) in [
            ("1,490", 2, two("1490", "1.49"), two("1490", "1,49")),
            ("1.490", 2, two("1490", "1.49"), two("1490", "1,49")),
            ("€12,345", 2, two("12345", "12.345"), two("12345", "12,345")),
            ("1,000", 2, two("1000", "1"), two("1000", "1")),
            ("1490", 2, Ok(149_000), Ok(149_000)),
            ("1,490.00", 2, Ok(149_000), Ok(149_000)),
            ("1,234,567", 2, Ok(123_456_700), Ok(123_456_700)),
            ("12,50", 2, Ok(1_250), Ok(1_250)),
            ("1,490", 0, Ok(1_490), two("1490", "1,49")),
            ("1,4x0", 2, Err(NotANumber), Err(NotANumber)),
        ] {
            assert_eq!(locale("en").read_surely(text, decimals, &["€"]), english, "{text}");
            assert_eq!(locale("de").read_surely(text, decimals, &["€"]), german, "{text}");
        }
    }

    #[test]
    fn arabic_numbers_are_read_in_every_language() {
        for language in Language::ALL.map(Language::tag) {
            for (text, decimals, read) in [
                ("٢٤", 0, Ok(24)),
                ("۲۴ cm", 0, Ok(24)),
                ("-٣", 0, Ok(-3)),
                ("\u{200e}−٣\u{200f}", 0, Ok(-3)),
                ("\u{2066}١٨٧\u{2069}", 0, Ok(187)),
                ("١٬٢٥٠", 0, Ok(1_250)),
                ("١٢٫٥", 2, Ok(1_250)),
                ("١٢،٥", 2, Ok(1_250)),
                ("١٬٢٥٠٫٥٠ €", 2, Ok(125_050)),
                ("١٫٢٥٠", 2, Ok(125)),
                ("٢٤٫٥", 0, Err(TooManyDecimals)),
                ("١٫٢٥٠٫٠٠٠", 2, Err(NotANumber)),
                ("٫", 2, Err(NotANumber)),
            ] {
                assert_eq!(locale(language).read(text, decimals, &["cm", "€"]), read, "{text} in {language}");
            }
        }
    }

    /// What is written is read back, whatever the language.
    #[test]
    fn what_is_written_can_be_read() {
        for language in Language::ALL.map(Language::tag) {
            for amount in [0, 1, -1, 99, 100, 124_850, -4_000, 123_456_700] {
                let written = locale(language).money(amount, 2, "€");
                assert_eq!(locale(language).read(&written, 2, &["€"]), Ok(amount), "{written}");
            }
        }
    }
}
