//! Who runs the shop and how: the shop file, checked.

use std::collections::BTreeMap;

use configurator::Calendar;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, civil};
use time::{Date, Duration, OffsetDateTime, UtcOffset};
use words::Language;

use super::days::Holiday;
use super::source::{CompanySource, ContactSource, PagesSource, ProfileSource, ProfileTextsSource};
use super::topic::Topic;
use crate::orders::state::OrderState;

/// What the shop file says, or what holds where there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The shop's name.
    pub name: String,
    /// Who runs it.
    pub company: CompanySource,
    /// How it is reached.
    pub contact: ContactSource,
    /// The VAT rate within all prices, in hundredths of a percent; not said where nothing is.
    pub vat: Option<u32>,
    /// For how long the prices of a revision hold after another one became live.
    pub price_hold: Duration,
    /// Days within which what can be returned is taken back.
    pub return_days: u32,
    /// Full years after the year of an order for which its buyer is kept.
    pub retention_years: u16,
    /// For how many months daily sums of what happens on products' pages are kept.
    pub insight_months: u16,
    /// For how long a saved design is kept after its last change, and one under a name after it was kept.
    pub designs_kept: Duration,
    /// By how many percent a price may change before whoever publishes is asked twice.
    pub large_price_change: u32,
    /// What a default that is wrong costs, in what one that is right gains.
    pub wrong_default_costs: u32,
    /// Percent of the visitors who agreed to personal starts for whom nothing is chosen all the same.
    pub always_standard: u8,
    /// Whether a second person has to agree to what is published.
    pub approval: bool,
    /// The states of an order that its buyer gets a mail about.
    pub order_mails: Vec<OrderState>,
    /// Working days from dispatch to the door.
    pub delivery_days: u32,
    pub(super) time_zone: TimeZone,
    /// The days of the week on which it works, a bit for each from Monday on.
    pub(super) working_days: u8,
    pub(super) holidays: Vec<Holiday>,
    /// Language of the texts as written: a BCP 47 tag.
    pub(super) language: String,
    pub(super) pages: PagesSource,
    pub(super) translations: BTreeMap<String, ProfileTextsSource>,
    /// As it is written.
    pub(super) source: ProfileSource,
}

/// Why what clocks show is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeError {
    /// It is no day with a time.
    #[error("write a time as 2027-01-31T09:00")]
    Unreadable,
    /// Clocks go forward over it.
    #[error("clocks go forward then, so this time does not exist on that day")]
    Missing,
    /// Clocks go back over it.
    #[error("clocks go back then, so this time comes twice on that day")]
    Twice,
}

/// A text of the shop file, and the language it is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileText<'p> {
    /// The text.
    pub text: &'p str,
    /// BCP 47 tag.
    pub language: &'p str,
}

/// The days of the week on which a shop works that does not say so.
const MONDAY_TO_FRIDAY: u8 = 0b1_1111;
/// How far ahead holidays are looked up. What takes longer comes on a day that is counted with weekends alone.
const AHEAD: i64 = 800;

impl Default for Profile {
    fn default() -> Self {
        Self {
            name: "Atelier".to_owned(),
            company: CompanySource::default(),
            contact: ContactSource::default(),
            vat: None,
            price_hold: Duration::days(30),
            return_days: 14,
            retention_years: 10,
            insight_months: 25,
            designs_kept: Duration::days(60),
            large_price_change: 20,
            wrong_default_costs: 5,
            always_standard: 5,
            approval: false,
            order_mails: vec![OrderState::Confirmed, OrderState::Shipped, OrderState::Cancelled],
            delivery_days: 3,
            time_zone: TimeZone::UTC,
            working_days: MONDAY_TO_FRIDAY,
            holidays: Vec::new(),
            language: "en".to_owned(),
            pages: PagesSource::default(),
            translations: BTreeMap::new(),
            source: ProfileSource {
                name: "Atelier".to_owned(),
                language: "en".to_owned(),
                ..ProfileSource::default()
            },
        }
    }
}

impl Profile {
    /// The same as it is written in a shop file.
    #[must_use]
    pub fn source(&self) -> &ProfileSource {
        &self.source
    }

    /// A time as clocks show it where the shop is, and what that time is called there: `CET`, or `+03` where it has no name.
    #[must_use]
    pub fn local(&self, at: OffsetDateTime) -> (OffsetDateTime, String) {
        let Ok(instant) = Timestamp::from_second(at.unix_timestamp()) else {
            return (at.to_offset(UtcOffset::UTC), "UTC".to_owned());
        };
        let info = self.time_zone.to_offset_info(instant);
        let offset = UtcOffset::from_whole_seconds(info.offset().seconds()).unwrap_or(UtcOffset::UTC);
        (at.to_offset(offset), info.abbreviation().to_owned())
    }

    /// The moment at which clocks where the shop is show this: `2027-01-31T09:00`.
    ///
    /// # Errors
    /// It is no time, or clocks are changed then, so that it does not exist or comes twice.
    pub fn moment(&self, shown: &str) -> Result<OffsetDateTime, LocalTimeError> {
        let shown: civil::DateTime = shown.trim().parse().map_err(|_| LocalTimeError::Unreadable)?;
        let ambiguous = self.time_zone.to_ambiguous_timestamp(shown);
        match ambiguous.offset() {
            AmbiguousOffset::Gap { .. } => return Err(LocalTimeError::Missing),
            AmbiguousOffset::Fold { .. } => return Err(LocalTimeError::Twice),
            AmbiguousOffset::Unambiguous { .. } => {}
        }
        let at = ambiguous.unambiguous().map_err(|_| LocalTimeError::Unreadable)?;
        OffsetDateTime::from_unix_timestamp(at.as_second()).map_err(|_| LocalTimeError::Unreadable)
    }

    /// What the shop's time zone is called: `Europe/Berlin`, or `UTC`.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.time_zone.iana_name().unwrap_or("UTC")
    }

    /// The day at this time where the shop is.
    #[must_use]
    pub fn day(&self, now: OffsetDateTime) -> Date {
        self.local(now).0.date()
    }

    /// When a day begins where the shop is.
    #[must_use]
    pub fn beginning_of(&self, day: Date) -> OffsetDateTime {
        let begins = || {
            let (year, month, day) = (day.year(), u8::from(day.month()), day.day());
            let day = civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
            let begins = day.ok()?.to_zoned_datetime(self.time_zone.clone()).ok()?;
            OffsetDateTime::from_unix_timestamp(begins.timestamp().as_second()).ok()
        };
        begins().unwrap_or_else(|| day.midnight().assume_utc())
    }

    /// How the shop counts days from this time on.
    #[must_use]
    pub fn calendar(&self, now: OffsetDateTime) -> Calendar {
        let today = self.day(now);
        let end = today.checked_add(Duration::days(AHEAD)).unwrap_or(Date::MAX);
        let closed: Vec<Date> =
            self.holidays.iter().flat_map(|holiday| holiday.between(today, end)).collect();
        Calendar::new(today, self.working_days, &closed, self.delivery_days)
    }

    /// What the shop says itself about a topic, in the reader's language or else in its own.
    #[must_use]
    pub fn page(&self, topic: Topic, language: Language) -> Option<ProfileText<'_>> {
        self.text(language, |texts| texts.about(topic), |texts| texts.pages.about(topic))
    }

    /// When it can be reached, in the reader's language or else in its own.
    #[must_use]
    pub fn hours(&self, language: Language) -> Option<ProfileText<'_>> {
        let written = self.contact.hours.as_deref();
        self.text(language, |_| written, |texts| texts.hours.as_deref())
    }

    fn text<'p>(
        &'p self,
        language: Language,
        written: impl Fn(&'p PagesSource) -> Option<&'p str>,
        translated: impl Fn(&'p ProfileTextsSource) -> Option<&'p str>,
    ) -> Option<ProfileText<'p>> {
        let speaks = |tag: &str| words::matching(tag) == Some(language);
        let own = written(&self.pages).map(|text| ProfileText { text, language: &self.language });
        if speaks(&self.language) && own.is_some() {
            return own;
        }
        let mut translations = self.translations.iter().filter(|(tag, _)| speaks(tag));
        translations
            .find_map(|(tag, texts)| Some(ProfileText { text: translated(texts)?, language: tag }))
            .or(own)
    }
}
