//! Lengths and weights that are typed in another unit than an attribute has: `1870 mm`, `1.87 m` or `1 m 87` where it has centimetres.

use words::{Locale, NumberError};

/// Most digits of a fraction that count.
pub(crate) const FRACTION: u32 = 6;
/// One, in units of the last of those digits.
const ONE: i64 = 10_i64.pow(FRACTION);

/// What a unit is called, in small letters, and how many of the smallest of its kind it is.
type Unit = (&'static str, i64);

/// In tenths of millimetres, as lengths are.
const FOOT: i64 = 3_048;
/// In tenths of millimetres.
const LENGTHS: &[Unit] = &[
    ("mm", 10),
    ("مم", 10),
    ("cm", 100),
    ("سم", 100),
    ("m", 10_000),
    ("م", 10_000),
    ("متر", 10_000),
    ("in", 254),
    ("inch", 254),
    ("zoll", 254),
    ("بوصة", 254),
    ("″", 254),
    ("\"", 254),
    ("”", 254),
    ("ft", FOOT),
    ("feet", FOOT),
    ("fuß", FOOT),
    ("قدم", FOOT),
    ("′", FOOT),
    ("'", FOOT),
    ("’", FOOT),
];
/// In grams.
const WEIGHTS: &[Unit] =
    &[("g", 1), ("غ", 1), ("جم", 1), ("kg", 1_000), ("كغ", 1_000), ("كغم", 1_000), ("كجم", 1_000)];

fn size_in(units: &[Unit], unit: &str) -> Option<i64> {
    let unit = unit.trim().to_ascii_lowercase();
    units.iter().find(|(name, _)| *name == unit).map(|(_, size)| *size)
}

/// Whether a unit measures lengths.
pub(crate) fn is_length(unit: &str) -> bool {
    size_in(LENGTHS, unit).is_some()
}

/// What was typed in another unit of the same kind, in this one: the whole number, and the fraction beyond it in millionths. Nothing
/// where it is no such measure.
pub(crate) fn converted(locale: &Locale, text: &str, unit: &str) -> Option<(i64, i64)> {
    let (units, own) =
        [LENGTHS, WEIGHTS].into_iter().find_map(|units| Some((units, size_in(units, unit)?)))?;
    let text = text.trim().to_ascii_lowercase();
    let size = one(locale, &text, units, own).or_else(|| two(locale, &text, units, own))?;
    let own = own.checked_mul(ONE)?;
    Some((size.div_euclid(own), size.rem_euclid(own) / (own / ONE)))
}

/// One number with its unit behind it, in millionths of the smallest unit.
fn one(locale: &Locale, text: &str, units: &[Unit], own: i64) -> Option<i64> {
    units.iter().find_map(|(name, size)| {
        let number = text.strip_suffix(*name)?;
        // Of what may be thousands or a fraction: nobody means thousands of a larger unit, nor a fraction of a smaller one.
        let read = |text: &str| locale.read(text, FRACTION, &[]);
        let number = match (locale.read(number, 0, &[]), read(number)) {
            (_, Err(NumberError::TwoWays(whole, fraction)))
            | (Err(NumberError::TwoWays(whole, fraction)), _) => {
                read(if *size > own { &fraction } else { &whole })
            }
            (_, read) => read,
        };
        number.ok()?.checked_mul(*size)
    })
}

/// Whether it is a digit of the numbers that people type here.
fn is_digit(sign: char) -> bool {
    matches!(sign, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

/// A larger unit and what is beyond it: `1 m 87`, `1m87`, `1 m 87 cm`.
fn two(locale: &Locale, text: &str, units: &[Unit], own: i64) -> Option<i64> {
    units.iter().find_map(|(name, size)| {
        let (whole, rest) = text.split_once(*name)?;
        let (whole, rest) = (whole.trim(), rest.trim());
        let is_whole = !whole.is_empty() && whole.chars().all(is_digit);
        if !is_whole {
            return None;
        }
        // Digits alone behind feet are inches.
        if *size == FOOT && rest.chars().all(is_digit) {
            return two(locale, &[text, "in"].concat(), units, own);
        }
        // Digits alone are those behind the point: a single one may be tenths or hundredths.
        if (2..=3).contains(&rest.chars().count()) && rest.chars().all(is_digit) {
            return one(locale, &[whole, locale.decimal, rest, *name].concat(), units, own);
        }
        let whole = one(locale, &[whole, *name].concat(), units, own)?;
        let rest =
            one(locale, rest, units, own).filter(|rest| (0..size.saturating_mul(ONE)).contains(rest))?;
        whole.checked_add(rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(language: &str, text: &str, unit: &str) -> Option<(i64, i64)> {
        converted(&words::of(language).locale, text, unit)
    }

    #[test]
    fn lengths_and_weights_are_read_in_every_unit_of_their_kind() {
        for (text, unit, wanted) in [
            ("1870 mm", "cm", Some((187, 0))),
            ("1870mm", "cm", Some((187, 0))),
            ("1875 MM", "cm", Some((187, 500_000))),
            ("1.87 m", "cm", Some((187, 0))),
            ("1.875 m", "cm", Some((187, 500_000))),
            ("1m87", "cm", Some((187, 0))),
            ("1 m 87", "cm", Some((187, 0))),
            ("1 m 87 cm", "cm", Some((187, 0))),
            ("1m 875mm", "cm", Some((187, 500_000))),
            ("1m05", "cm", Some((105, 0))),
            ("10 in", "cm", Some((25, 400_000))),
            ("10\"", "mm", Some((254, 0))),
            ("6 ft", "cm", Some((182, 880_000))),
            ("6 Fuß", "cm", Some((182, 880_000))),
            ("5 ft 10 in", "cm", Some((177, 800_000))),
            ("5 ft 10", "cm", Some((177, 800_000))),
            ("6'2\"", "cm", Some((187, 960_000))),
            ("6’2”", "cm", Some((187, 960_000))),
            ("187 cm", "m", Some((1, 870_000))),
            ("1.5 kg", "g", Some((1_500, 0))),
            ("1500 g", "kg", Some((1, 500_000))),
            ("1,870 mm", "cm", Some((187, 0))),
            ("١٨٧٠ مم", "سم", Some((187, 0))),
            ("١ م ٨٧ سم", "سم", Some((187, 0))),
            // Tenths or hundredths of a metre, more than a metre beyond it, and what is no measure of the kind.
            ("1m5", "cm", None),
            ("1 m 187 cm", "cm", None),
            ("5 ft 13 in", "cm", None),
            ("5 ft in", "cm", None),
            ("2 kg", "cm", None),
            ("2 mm", "L", None),
            ("m", "cm", None),
            ("", "cm", None),
            ("wide", "cm", None),
            ("99999999999999999 m", "cm", None),
        ] {
            assert_eq!(read("en", text, unit), wanted, "{text} in {unit}");
        }
    }

    /// Of a number that may be two, that is meant which somebody can mean.
    #[test]
    fn thousands_are_of_smaller_units_and_fractions_of_larger_ones() {
        for language in ["en", "de"] {
            for text in ["1,875 m", "1.875 m", "1.875 mm", "1,875 mm"] {
                assert_eq!(read(language, text, "cm"), Some((187, 500_000)), "{text} in {language}");
            }
        }
        assert_eq!(read("de", "1,87 m", "cm"), Some((187, 0)));
    }
}
