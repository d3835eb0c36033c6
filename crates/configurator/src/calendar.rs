//! When what is ordered today is at the buyer's door, in the working days of a shop: the same for the server and for a page,
//! which brings its shop's calendar along.

use serde::{Deserialize, Serialize};
use time::Date;

/// How a shop counts days, from its today on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Today where the shop is, as a Julian day.
    today: i32,
    /// The days of the week on which it works, from Monday on, each a bit.
    working_days: u8,
    /// Days on which it does not work all the same, as Julian days, ascending.
    closed: Vec<i32>,
    /// Working days from dispatch to the door.
    delivery_days: u32,
}

/// All days of a week.
const WEEK: u8 = 0b111_1111;

impl Calendar {
    /// The calendar of a shop that works on these days of the week, a bit for each from Monday on, but not on those days. It
    /// works on all of them if on none.
    #[must_use]
    pub fn new(today: Date, working_days: u8, closed: &[Date], delivery_days: u32) -> Self {
        let working_days = if working_days & WEEK == 0 { WEEK } else { working_days };
        let mut closed: Vec<i32> = closed.iter().map(|day| day.to_julian_day()).collect();
        closed.sort_unstable();
        closed.dedup();
        Self { today: today.to_julian_day(), working_days, closed, delivery_days }
    }

    /// Today where the shop is.
    #[must_use]
    pub fn today(&self) -> Date {
        date(self.today)
    }

    /// The day by which an order of today is at the door that takes so many working days to be dispatched.
    #[must_use]
    pub fn arrival(&self, lead_time_days: u32) -> Date {
        let mut day = self.today;
        let mut left = lead_time_days.saturating_add(self.delivery_days);
        while left > 0 && day < Date::MAX.to_julian_day() {
            day += 1;
            left -= u32::from(self.works_on(day));
        }
        date(day)
    }

    /// The most working days to dispatch with which an order of today is at the door by this day, and no more than
    /// [`Calendar::FAR`]; fewer than none where even what is dispatched at once comes later.
    #[must_use]
    pub fn lead_time_until(&self, day: Date) -> i64 {
        let last = day.to_julian_day();
        if last < self.today {
            return -1;
        }
        let delivery = i64::from(self.delivery_days);
        let most = usize::try_from(Self::FAR + delivery).unwrap_or(usize::MAX);
        let worked = (self.today + 1..=last).filter(|day| self.works_on(*day)).take(most).count();
        i64::try_from(worked).unwrap_or(i64::MAX) - delivery
    }

    /// No order takes so many working days.
    const FAR: i64 = 10_000;

    fn works_on(&self, day: i32) -> bool {
        // Julian day 0 was a Monday.
        self.working_days >> day.rem_euclid(7) & 1 == 1 && self.closed.binary_search(&day).is_err()
    }
}

fn date(day: i32) -> Date {
    Date::from_julian_day(day).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use time::Duration;
    use time::macros::date;

    use super::*;

    const MONDAY_TO_FRIDAY: u8 = 0b1_1111;

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let christmas = [date!(2026 - 12 - 25), date!(2026 - 12 - 24), date!(2026 - 12 - 26)];
        let thursday = date!(2026 - 12 - 17);
        let calendar = |delivery| Calendar::new(thursday, MONDAY_TO_FRIDAY, &christmas, delivery);
        for (lead, delivery, arrival) in [
            (0, 0, thursday),
            (1, 0, date!(2026 - 12 - 18)),
            (2, 0, date!(2026 - 12 - 21)),
            (2, 2, date!(2026 - 12 - 23)),
            (5, 0, date!(2026 - 12 - 28)),
            (2, 3, date!(2026 - 12 - 28)),
        ] {
            assert_eq!(calendar(delivery).arrival(lead), arrival, "{lead} and {delivery}");
        }
    }

    /// Against going through the days one by one with the calendar of a library.
    #[test]
    fn arrivals_are_those_of_counting() {
        for (start, working) in
            (0..60).zip([MONDAY_TO_FRIDAY, 0b11_1111, 0b1, 0b100_0000, 0, 0xff].iter().cycle())
        {
            let today = date!(2026 - 12 - 01) + Duration::days(start);
            let closed = [today + Duration::days(3), date!(2026 - 12 - 25), date!(2027 - 01 - 01)];
            let calendar = Calendar::new(today, *working, &closed, 2);
            let works = |day: Date| {
                let bit = 1 << day.weekday().number_days_from_monday();
                (working & WEEK == 0 || working & bit != 0) && !closed.contains(&day)
            };
            for lead in 0..40 {
                let mut days =
                    std::iter::successors(today.next_day(), |day| day.next_day()).filter(|day| works(*day));
                assert_eq!(Some(calendar.arrival(lead)), days.nth(lead as usize + 1), "{lead} from {today}");
            }
            assert_eq!(calendar.today(), today);
        }
    }

    /// The day by which something has to be there says how long it may take: no day more.
    #[test]
    fn a_day_says_how_long_it_may_take() {
        let christmas = [date!(2026 - 12 - 24), date!(2026 - 12 - 25), date!(2026 - 12 - 26)];
        for delivery in [0, 3] {
            let calendar = Calendar::new(date!(2026 - 12 - 17), MONDAY_TO_FRIDAY, &christmas, delivery);
            for days in -2..40 {
                let by = date!(2026 - 12 - 17) + Duration::days(days);
                let most = calendar.lead_time_until(by);
                match u32::try_from(most) {
                    Ok(most) => {
                        assert!(calendar.arrival(most) <= by, "{by}");
                        assert!(calendar.arrival(most + 1) > by, "{by}");
                    }
                    Err(_) => assert!(calendar.arrival(0) > by, "{by}"),
                }
            }
            assert_eq!(calendar.lead_time_until(Date::MAX), Calendar::FAR);
        }
    }

    #[test]
    fn the_end_of_time_is_the_last_day() {
        let calendar = Calendar::new(Date::MAX, MONDAY_TO_FRIDAY, &[], 3);
        assert_eq!(calendar.arrival(u32::MAX), Date::MAX);
    }
}
