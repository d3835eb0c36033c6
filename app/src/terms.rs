//! What is agreed with a design, in words: the day it is there, the VAT within its price, its weight, and whether it can be
//! returned. The same on the server and in the browser.

use configurator::{Calendar, Money};
use serde::{Deserialize, Serialize};
use time::Date;
use words::{Studio, Words};

/// What the shop promises with every design.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// How it counts days.
    pub calendar: Calendar,
    /// The VAT rate within all prices, in hundredths of a percent, where it says one.
    pub vat: Option<u32>,
    /// Days within which what can be returned is taken back.
    pub return_days: u32,
}

impl Terms {
    /// "with you by 18 December": when a design is at the door that takes so many working days.
    #[must_use]
    pub fn arrival(&self, say: &Studio, lead_time_days: u32) -> String {
        arrival(say, self.calendar.arrival(lead_time_days), self.calendar.today())
    }

    /// What is good to know under a price: the VAT within it, the weight, and whether the design can be returned.
    #[must_use]
    pub fn notes(&self, words: &Words, total: Money, weight: i64, no_return: Option<&str>) -> Vec<String> {
        let vat = self.vat.map(|rate| vat(words, total, rate));
        let weight = (weight > 0).then(|| words.studio.weight_of(&words.locale.weight(weight)));
        let return_days = if no_return.is_some() { 0 } else { self.return_days };
        vat.into_iter().chain(weight).chain([returns(&words.studio, return_days, no_return)]).collect()
    }
}

/// How many days ahead a day is named with its year.
const FAR: i32 = 180;

/// "with you by 18 December", with the year where that is far ahead.
#[must_use]
pub fn arrival(say: &Studio, date: Date, today: Date) -> String {
    say.with_you_by(&day(say, date, today))
}

/// "18 December", with the year where that is far ahead.
#[must_use]
pub fn day(say: &Studio, date: Date, today: Date) -> String {
    let days = date.to_julian_day() - today.to_julian_day();
    let year = (days > FAR).then_some(date.year());
    say.written_day(date.day(), date.month().into(), year)
}

/// "incl. €207.10 VAT (19%)".
#[must_use]
pub fn vat(words: &Words, total: Money, rate: u32) -> String {
    words.studio.vat_of(&total.vat(rate).written(&words.locale), &words.locale.hundredths(rate))
}

/// Within how many days it can be returned, or why it can't be.
#[must_use]
pub fn returns(say: &Studio, days: u32, no_return: Option<&str>) -> String {
    match (days, no_return) {
        (0, Some(reason)) => say.no_return(&reason),
        (0, None) => say.no_returns().to_owned(),
        (days, _) => say.can_return(u64::from(days)),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use configurator::Currency;
    use time::macros::date;
    use words::Language;

    use super::*;

    #[test]
    fn what_is_agreed_is_said_in_the_readers_language() {
        let calendar = Calendar::new(date!(2026 - 12 - 01), 0b1_1111, &[], 3);
        let terms = Terms { calendar, vat: Some(1_900), return_days: 14 };
        let total = Money::new(129_700, Currency::new("EUR").unwrap_or(Currency::NONE));
        for (language, soon, late, notes, never) in [
            (
                Language::ENGLISH,
                "with you by 18\u{a0}December",
                "with you by 12 July 2027",
                ["incl. €207.08 VAT (19%)", "Weighs 14.2\u{a0}kg", "Can be returned within 14 days"],
                "Can’t be returned: cut for you",
            ),
            (
                Language::GERMAN,
                "bei dir bis 18.\u{a0}Dezember",
                "bei dir bis 12. Juli 2027",
                [
                    "inkl. 207,08\u{a0}€ MwSt. (19\u{a0}%)",
                    "Wiegt 14,2\u{a0}kg",
                    "Rückgabe binnen 14 Tagen möglich",
                ],
                "Keine Rückgabe möglich: cut for you",
            ),
        ] {
            let words = language.words();
            assert_eq!(terms.arrival(&words.studio, 10), soon);
            assert_eq!(terms.arrival(&words.studio, 156), late);
            assert_eq!(terms.notes(words, total, 14_200, None), notes);
            assert_eq!(terms.notes(words, total, 0, Some("cut for you"))[1], never);
            let plain = Terms { vat: None, return_days: 0, ..terms.clone() };
            assert_eq!(plain.notes(words, total, 0, None), [words.studio.no_returns()]);
        }
    }
}
