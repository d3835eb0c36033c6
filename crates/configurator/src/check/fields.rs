//! Checks of single fields.

use std::collections::BTreeSet;

use super::Checker;
use crate::limits::{LARGEST_AMOUNT, LARGEST_NUMBER, is_amount, is_number};
use crate::money::Money;
use crate::rule::parse::KEYWORDS;

/// Most parts of an option.
const MOST_PARTS: usize = 200;
/// Most characters of a part's code.
const LONGEST_PART: usize = 80;

impl Checker<'_> {
    pub(super) fn filled(&mut self, place: &str, text: &str) {
        if text.trim().is_empty() {
            self.report(place, "this is empty", "Write what the shopper shall read.");
        }
    }

    pub(super) fn amount(&mut self, place: &str, amount: i64) {
        if !is_amount(amount) {
            let advice = format!("Use at most {}.", self.most_amount());
            self.report(place, "this amount is too large", advice);
        }
    }

    /// The largest amount, as people write it.
    pub(super) fn most_amount(&self) -> String {
        match self.currency {
            Some(currency) => Money::new(LARGEST_AMOUNT, currency).to_string(),
            None => LARGEST_AMOUNT.to_string(),
        }
    }

    pub(super) fn at_most(&mut self, place: &str, number: u32, most: u32) {
        if number > most {
            self.report(place, format!("{number} is too large"), format!("Use at most {most}."));
        }
    }

    /// Codes of parts are written with commas between them.
    pub(super) fn parts(&mut self, place: &str, codes: &[String]) {
        self.length(place, codes.len(), MOST_PARTS);
        for (at, code) in codes.iter().enumerate() {
            let is_apart = |letter: char| matches!(letter, ',' | ';') || letter.is_control();
            if code.trim() != code || code.is_empty() || code.contains(is_apart) {
                self.report(
                    format!("{place}.{at}"),
                    format!("'{code}' is no code of a part"),
                    "Write it as the store has it, without commas, semicolons or blanks around it.",
                );
            }
            if code.chars().count() > LONGEST_PART {
                let advice = format!("Use at most {LONGEST_PART} characters.");
                self.report(format!("{place}.{at}"), "this code is too long", advice);
            }
        }
    }

    pub(super) fn number(&mut self, place: &str, number: i64) {
        if !is_number(number) {
            self.report(place, "this number is too large", format!("Use at most {LARGEST_NUMBER}."));
        }
    }

    pub(super) fn length(&mut self, place: &str, length: usize, most: usize) {
        if length > most {
            self.report(place, format!("there are {length} entries"), format!("Use at most {most}."));
        }
    }

    /// Checks the form of codes and that none occurs twice; returns those that do.
    pub(super) fn codes<'c>(
        &mut self,
        list: &str,
        codes: impl Iterator<Item = &'c str>,
    ) -> BTreeSet<&'c str> {
        let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
        for (index, code) in codes.enumerate() {
            let place = format!("{list}.{index}.code");
            let formed = code.starts_with(|c: char| c.is_ascii_lowercase())
                && code
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if !formed {
                let advice = "Use a lower-case letter followed by lower-case letters, digits and '_'.";
                self.report(place, format!("'{code}' is no code"), advice);
            } else if KEYWORDS.contains(&code) {
                self.report(place, format!("'{code}' has a meaning in rules"), "Choose another code.");
            } else if !seen.insert(code) {
                twice.insert(code);
                self.report(place, format!("the code '{code}' is used twice"), "Give each its own code.");
            }
        }
        twice
    }
}
