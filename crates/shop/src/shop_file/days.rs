//! Holidays as a shop file writes them.

use time::{Date, Month};

/// Days on which the shop does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// Every year on this day.
    Yearly(Month, u8),
    /// From the first day to the last.
    Once(Date, Date),
}

impl Holiday {
    /// Reads `12-25`, `2026-12-24` or `2026-12-24/2027-01-06`; nothing for a text that names no days.
    pub(super) fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('/').map(str::trim).collect();
        match parts[..] {
            [one] => yearly(one).or_else(|| date(one).map(|day| Self::Once(day, day))),
            [first, last] => {
                let (first, last) = (date(first)?, date(last)?);
                (first <= last).then_some(Self::Once(first, last))
            }
            _ => None,
        }
    }

    /// Its days from one day to another, both included.
    pub(super) fn between(self, from: Date, to: Date) -> Vec<Date> {
        let days = |first: Date, last: Date| {
            let (first, last) = (first.max(from), last.min(to));
            std::iter::successors(Some(first), |day| day.next_day()).take_while(move |day| *day <= last)
        };
        match self {
            Self::Once(first, last) => days(first, last).collect(),
            Self::Yearly(month, day) => {
                let every = (from.year()..=to.year())
                    .filter_map(|year| Date::from_calendar_date(year, month, day).ok());
                every.filter(|day| (from..=to).contains(day)).collect()
            }
        }
    }
}

fn date(text: &str) -> Option<Date> {
    let (year, day) = text.split_once('-')?;
    let (month, day) = month_and_day(day)?;
    let year = year.parse().ok().filter(|_| year.len() == 4)?;
    Date::from_calendar_date(year, month, day).ok()
}

/// 29 February is one: in years that have it.
fn yearly(text: &str) -> Option<Holiday> {
    const LEAP: i32 = 2024;
    let (month, day) = month_and_day(text)?;
    Date::from_calendar_date(LEAP, month, day).ok()?;
    Some(Holiday::Yearly(month, day))
}

fn month_and_day(text: &str) -> Option<(Month, u8)> {
    let (month, day) = text.split_once('-')?;
    let number = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() == 2);
    Some((Month::try_from(number(month)?).ok()?, number(day)?))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        for (text, read) in [
            ("12-25", Some(Holiday::Yearly(Month::December, 25))),
            ("02-29", Some(Holiday::Yearly(Month::February, 29))),
            ("2026-12-24", Some(Holiday::Once(date!(2026 - 12 - 24), date!(2026 - 12 - 24)))),
            ("2026-12-24 / 2027-01-06", Some(Holiday::Once(date!(2026 - 12 - 24), date!(2027 - 01 - 06)))),
            ("2027-01-06/2026-12-24", None),
            ("02-30", None),
            ("2026-02-29", None),
            ("24.12.2026", None),
            ("1-2", None),
            ("26-12-24", None),
            ("", None),
            ("2026-12-24/2027-01-06/2027-01-07", None),
        ] {
            assert_eq!(Holiday::read(text), read, "{text}");
        }
    }

    #[test]
    fn days_come_as_far_as_is_asked_for() {
        let (from, to) = (date!(2026 - 12 - 25), date!(2028 - 12 - 24));
        let days = |text: &str| Holiday::read(text).unwrap().between(from, to);
        assert_eq!(days("12-25"), [date!(2026 - 12 - 25), date!(2027 - 12 - 25)]);
        assert_eq!(days("02-29"), [date!(2028 - 02 - 29)]);
        assert_eq!(days("2026-12-20/2026-12-26"), [date!(2026 - 12 - 25), date!(2026 - 12 - 26)]);
        assert_eq!(days("2026-12-20/2026-12-24"), []);
    }
}
