//! Turns a shop file as written into a [`Profile`], or into everything that is wrong with it.

use configurator::{Problem, TextFault, percent, text_fault};
use jiff::tz::TimeZone;
use time::Duration;

use super::days::Holiday;
use super::profile::Profile;
use super::source::{PagesSource, ProfileSource};
use crate::orders::buyer::is_email;

/// Most days of any number of days.
const MOST_DAYS: u32 = 3_650;
/// Most years for which buyers are kept.
const MOST_YEARS: u16 = 100;
/// Most months for which daily sums are kept.
const MOST_MONTHS: u16 = 120;
/// Most percent by which a price may change.
const MOST_PERCENT: u32 = 1_000;
/// The most that a wrong default may cost, in gains of a right one.
const MOST_COST: u32 = 99;
/// Most percent of visitors who always get the standard.
const MOST_APART: u32 = 50;
/// Most characters of a page's text.
const LONGEST_PAGE: usize = 50_000;
/// Most characters of any other text.
const LONGEST: usize = 500;

/// Checks a shop file.
pub(super) fn check(source: &ProfileSource) -> Result<Profile, Vec<Problem>> {
    let mut checker = Checker { problems: Vec::new() };
    let plain = Profile::default();
    checker.texts(source);
    let profile = Profile {
        name: source.name.clone(),
        company: source.company.clone(),
        contact: source.contact.clone(),
        vat: checker.vat(source.vat.as_deref()),
        price_hold: checker
            .days("price_hold_days", source.price_hold_days)
            .map_or(plain.price_hold, |days| Duration::days(days.into())),
        return_days: checker.days("return_days", source.return_days).unwrap_or(plain.return_days),
        retention_years: checker.years(source.retention_years).unwrap_or(plain.retention_years),
        insight_months: checker.months(source.insight_months).unwrap_or(plain.insight_months),
        designs_kept: checker
            .designs_kept(source.designs_kept_days)
            .map_or(plain.designs_kept, |days| Duration::days(days.into())),
        large_price_change: checker.percent(source.large_price_change).unwrap_or(plain.large_price_change),
        wrong_default_costs: checker.cost(source.wrong_default_costs).unwrap_or(plain.wrong_default_costs),
        always_standard: checker.apart(source.always_standard).unwrap_or(plain.always_standard),
        approval: source.approval.unwrap_or(plain.approval),
        order_mails: source
            .order_mails
            .as_ref()
            .map_or(plain.order_mails, |mailed| mailed.iter().map(|mailed| mailed.state()).collect()),
        delivery_days: checker.days("delivery_days", source.delivery_days).unwrap_or(plain.delivery_days),
        time_zone: checker.time_zone(source.time_zone.as_deref()),
        working_days: checker.working_days(source).unwrap_or(plain.working_days),
        holidays: checker.holidays(&source.holidays),
        language: source.language.clone(),
        pages: source.pages.clone(),
        translations: source.translations.clone(),
        source: source.clone(),
    };
    if checker.problems.is_empty() { Ok(profile) } else { Err(checker.problems) }
}

struct Checker {
    problems: Vec<Problem>,
}

impl Checker {
    fn report(&mut self, place: impl Into<String>, message: impl Into<String>, advice: &str) {
        let (place, message, advice) = (place.into(), message.into(), advice.to_owned());
        self.problems.push(Problem { place, span: None, message, advice, correction: None });
    }

    fn texts(&mut self, source: &ProfileSource) {
        let (company, contact) = (&source.company, &source.contact);
        self.text("name", &source.name, LONGEST);
        for (place, text) in [
            ("company.legal_name", &company.legal_name),
            ("company.address", &company.address),
            ("company.represented_by", &company.represented_by),
            ("company.register", &company.register),
            ("company.vat_id", &company.vat_id),
            ("contact.phone", &contact.phone),
            ("contact.hours", &contact.hours),
        ] {
            if let Some(text) = text {
                self.text(place, text, LONGEST);
            }
        }
        if let Some(email) = contact.email.as_deref().filter(|email| !is_email(email)) {
            let advice = "Write one such as shop@example.org, or leave the field out.";
            self.report("contact.email", format!("'{email}' is no e-mail address"), advice);
        }
        self.language("language", &source.language);
        self.pages("pages", &source.pages);
        for (tag, texts) in &source.translations {
            let place = format!("translations.{tag}");
            self.language(&place, tag);
            if let Some(hours) = &texts.hours {
                self.text(format!("{place}.hours"), hours, LONGEST);
            }
            self.pages(&format!("{place}.pages"), &texts.pages);
        }
    }

    fn pages(&mut self, place: &str, pages: &PagesSource) {
        for (name, text) in pages.named() {
            self.text(format!("{place}.{name}"), text, LONGEST_PAGE);
        }
    }

    fn text(&mut self, place: impl Into<String>, text: &str, most: usize) {
        let place = place.into();
        let fault = text_fault(text);
        if text.trim().is_empty() || fault == Some(TextFault::Unseen) {
            self.report(place, "this is empty", "Write what people shall read, or leave the field out.");
        } else if fault.is_some() {
            self.report(place, "this has characters that nobody sees", "Type it anew instead of pasting it.");
        } else if text.chars().count() > most {
            self.report(place, format!("this has more than {most} characters"), "Shorten it.");
        }
    }

    fn language(&mut self, place: &str, tag: &str) {
        let parts = tag.split('-').all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_alphanumeric())
        });
        if !parts {
            self.report(place, format!("'{tag}' is no language"), "Write a tag such as en or de-AT.");
        }
    }

    fn vat(&mut self, written: Option<&str>) -> Option<u32> {
        let read = percent(written?).filter(|rate| (1..=10_000).contains(rate));
        if read.is_none() {
            let advice = "Write a rate above 0 such as \"19 %\" or \"8.1 %\", with two decimals at most, or leave it out.";
            self.report("vat", format!("'{}' is no rate", written.unwrap_or_default()), advice);
        }
        read
    }

    fn days(&mut self, place: &str, days: Option<u32>) -> Option<u32> {
        if days? > MOST_DAYS {
            self.report(place, "these are more than ten years", "Use at most 3650.");
        }
        days
    }

    fn designs_kept(&mut self, days: Option<u32>) -> Option<u32> {
        let days = days?;
        if !(1..=MOST_DAYS).contains(&days) {
            let message = "this is no day, or more than ten years";
            self.report("designs_kept_days", message, "Use 1 to 3650 days.");
        }
        Some(days)
    }

    fn percent(&mut self, percent: Option<u32>) -> Option<u32> {
        if percent? > MOST_PERCENT {
            self.report("large_price_change", "this is more than tenfold", "Use at most 1000 percent.");
        }
        percent
    }

    fn years(&mut self, years: Option<u32>) -> Option<u16> {
        let read = u16::try_from(years?).ok().filter(|years| *years <= MOST_YEARS);
        if read.is_none() {
            self.report("retention_years", "these are more than a lifetime", "Use at most 100.");
        }
        read
    }

    fn cost(&mut self, cost: Option<u32>) -> Option<u32> {
        let cost = cost?;
        if cost > MOST_COST {
            let advice = "Use at most 99: then 99 of 100 have to be right.";
            self.report("wrong_default_costs", "this is more than any number of orders could show", advice);
        }
        Some(cost)
    }

    fn apart(&mut self, percent: Option<u32>) -> Option<u8> {
        let read = u8::try_from(percent?).ok().filter(|percent| u32::from(*percent) <= MOST_APART);
        if read.is_none() {
            let advice =
                "Use at most 50 percent; 5 are enough, and 0 gives everybody what is chosen for them.";
            self.report("always_standard", "these are more than half of the visitors", advice);
        }
        read
    }

    fn months(&mut self, months: Option<u32>) -> Option<u16> {
        let read = u16::try_from(months?).ok().filter(|months| (1..=MOST_MONTHS).contains(months));
        if read.is_none() {
            self.report("insight_months", "this is no month, or more than ten years", "Use 1 to 120 months.");
        }
        read
    }

    fn time_zone(&mut self, name: Option<&str>) -> TimeZone {
        let Some(name) = name else { return TimeZone::UTC };
        TimeZone::get(name).unwrap_or_else(|_| {
            let advice = "Write a name of the IANA database such as Europe/Berlin or America/New_York.";
            self.report("time_zone", format!("there is no time zone '{name}'"), advice);
            TimeZone::UTC
        })
    }

    fn working_days(&mut self, source: &ProfileSource) -> Option<u8> {
        let days = source.working_days.as_ref()?;
        if days.is_empty() {
            self.report("working_days", "the shop never works", "Name at least one day, such as \"monday\".");
        }
        Some(days.iter().fold(0, |all, day| all | 1 << (*day as u8)))
    }

    fn holidays(&mut self, written: &[String]) -> Vec<Holiday> {
        let mut holidays = Vec::with_capacity(written.len());
        for (index, text) in written.iter().enumerate() {
            match Holiday::read(text) {
                Some(holiday) => holidays.push(holiday),
                None => self.report(
                    format!("holidays.{index}"),
                    format!("'{text}' names no days"),
                    "Write \"12-25\" for every year, \"2026-12-24\" for one day, or \"2026-12-24/2027-01-06\" for all from one to another.",
                ),
            }
        }
        holidays
    }
}
