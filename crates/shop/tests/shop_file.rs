//! Shop files: what they say, and what is wrong with them.

use std::path::Path;

use shop::{Profile, Topic, check_shop_file, read_shop_file};
use time::Duration;
use time::macros::{date, datetime};
use words::Language;

const FILE: &str = r#"
name = "Kiln & Wheel"
time_zone = "Europe/Berlin"
working_days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
holidays = ["12-25", "12-26", "2026-12-31/2027-01-02"]
delivery_days = 2
vat = "8.1 %"
price_hold_days = 7
return_days = 30
retention_years = 8
insight_months = 13
designs_kept_days = 90

[contact]
email = "hello@example.org"
hours = "Weekdays 9 to 5"

[pages]
delivery = "We ship by bike."

[translations.de]
hours = "Werktags 9 bis 17 Uhr"
"#;

#[test]
fn a_shop_file_says_how_the_shop_counts() {
    let profile = check_shop_file(FILE).unwrap();
    assert_eq!((profile.name.as_str(), profile.vat, profile.return_days), ("Kiln & Wheel", Some(810), 30));
    assert_eq!((profile.retention_years, profile.insight_months), (8, 13));
    assert_eq!(profile.price_hold, Duration::days(7));
    assert_eq!(profile.designs_kept, Duration::days(90));
    for days in ["0", "3651"] {
        let told = check_shop_file(&format!("name = \"x\"\ndesigns_kept_days = {days}")).unwrap_err();
        assert_eq!(told[0].message, "this is no day, or more than ten years");
    }
    // A Wednesday: Thursday is a working day, Friday and Saturday are holidays, Sunday is free.
    let calendar = profile.calendar(datetime!(2026-12-23 12:00 UTC));
    assert_eq!(calendar.arrival(0), date!(2026 - 12 - 28));
    assert_eq!(calendar.arrival(3), date!(2027 - 01 - 04));
}

#[test]
fn the_day_begins_where_the_shop_is() {
    let profile = check_shop_file(FILE).unwrap();
    assert_eq!(profile.day(datetime!(2026-07-01 21:59 UTC)), date!(2026 - 07 - 01));
    assert_eq!(profile.day(datetime!(2026-07-01 22:00 UTC)), date!(2026 - 07 - 02));
    // In winter an hour later.
    assert_eq!(profile.day(datetime!(2026-12-01 22:30 UTC)), date!(2026 - 12 - 01));
    assert_eq!(Profile::default().day(datetime!(2026-12-01 23:30 UTC)), date!(2026 - 12 - 01));
    for (day, begins) in [
        (date!(2026 - 07 - 02), datetime!(2026-07-01 22:00 UTC)),
        (date!(2026 - 12 - 01), datetime!(2026-11-30 23:00 UTC)),
    ] {
        assert_eq!((profile.beginning_of(day), profile.day(begins)), (begins, day));
    }
}

#[test]
fn clocks_are_those_where_the_shop_is() {
    let profile = check_shop_file(FILE).unwrap();
    for (at, shown, zone) in [
        (datetime!(2026-07-01 22:04 UTC), datetime!(2026-07-02 00:04 +2), "CEST"),
        (datetime!(2026-12-01 22:04 UTC), datetime!(2026-12-01 23:04 +1), "CET"),
    ] {
        assert_eq!(profile.local(at), (shown, zone.to_owned()));
        assert_eq!(profile.local(at).0.offset(), shown.offset());
    }
    let at = datetime!(2026-12-01 22:04 UTC);
    assert_eq!(Profile::default().local(at), (at, "UTC".to_owned()));
}

#[test]
fn what_is_not_translated_is_shown_as_written() {
    let profile = check_shop_file(FILE).unwrap();
    let hours = |language| profile.hours(language).map(|text| (text.text, text.language));
    assert_eq!(hours(Language::ENGLISH), Some(("Weekdays 9 to 5", "en")));
    assert_eq!(hours(Language::GERMAN), Some(("Werktags 9 bis 17 Uhr", "de")));
    let delivery = profile.page(Topic::Delivery, Language::GERMAN).unwrap();
    assert_eq!((delivery.text, delivery.language), ("We ship by bike.", "en"));
    assert_eq!(profile.page(Topic::Payment, Language::GERMAN), None);
}

#[test]
fn a_shop_without_a_file_has_plain_answers() {
    let profile = Profile::default();
    assert_eq!((profile.vat, profile.return_days, profile.price_hold), (None, 14, Duration::days(30)));
    // Friday: three working days.
    assert_eq!(profile.calendar(datetime!(2026-12-18 12:00 UTC)).arrival(0), date!(2026 - 12 - 23));
    // A file that says no more than its name is as plain.
    let named = check_shop_file("name = \"Atelier\"").unwrap();
    assert_eq!(named, profile);
}

#[test]
fn every_fault_has_its_place_and_a_way_out() {
    let file = r#"
nam = "Kiln"
time_zone = "Europe/Berlim"
working_days = ["monday", "moonday"]
holidays = ["25.12.", 2026-12-24]
delivery_days = -1
vat = "much"
price_hold_days = 5000

[contact]
email = "hello"

[pages]
delivery = " "

[translations."d e"]
"#;
    let found = check_shop_file(file).unwrap_err();
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    for (line, wanted) in [
        "2:1: unknown field 'nam'",
        "3:13: there is no time zone 'Europe/Berlim'. Write a name of the IANA database",
        "4:27: there is no",
        "5:13: '25.12.' names no days",
        "5:23: this entry of 'holidays' must be a text, not a date. Write it in quotation marks: \"2026-12-24\".",
        "6:17: 'delivery_days' must not be negative",
        "7:7: 'much' is no rate. Write a rate above 0 such as \"19 %\"",
        "8:19: these are more than ten years",
        "11:9: 'hello' is no e-mail address",
        "14:12: this is empty",
        "16:1: 'd e' is no language",
    ]
    .iter()
    .enumerate()
    {
        assert!(found.get(line).is_some_and(|line| line.starts_with(wanted)), "{wanted} is not in {found:#?}");
    }
    assert_eq!(found.len(), 11, "{found:#?}");
    for vat in ["0 %", "-19 %", "100.01 %", "19.123 %", "", "%"] {
        assert!(check_shop_file(&format!("name = \"x\"\nvat = \"{vat}\"")).is_err(), "{vat}");
    }
    let broken = check_shop_file("name = \"x").unwrap_err();
    assert_eq!(broken[0].line, 1);
}

/// In whichever field, also of translations.
#[test]
fn what_nobody_sees_is_no_text() {
    for (typed, told) in [
        ("\u{200d}", "this is empty"),
        ("\u{200e}\u{fe0f}", "this is empty"),
        ("\u{202e}snlik", "this has characters that nobody sees"),
        ("a\u{200b}b", "this has characters that nobody sees"),
    ] {
        let file = format!(
            "name = \"{typed}\"\n[company]\naddress = \"{typed}\"\n[contact]\nhours = \"{typed}\"\n\
             [pages]\ndelivery = \"{typed}\"\n[translations.de]\nhours = \"{typed}\"\n"
        );
        let found = check_shop_file(&file).unwrap_err();
        let lines: Vec<usize> = found.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [1, 3, 5, 7, 9], "{found:?}");
        assert!(found.iter().all(|problem| problem.message == told), "{found:?}");
    }
}

#[test]
fn the_demo_shop_is_sound_in_every_language() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/shop.toml");
    let profile = read_shop_file(&file).unwrap();
    for topic in Topic::ALL {
        for language in Language::ALL {
            if let Some(text) = profile.page(topic, language) {
                assert_eq!(text.language, language.tag(), "{topic:?}");
            }
        }
    }
    let missing = read_shop_file(Path::new("nowhere/shop.toml")).unwrap_err();
    assert!(missing[0].contains("nowhere/shop.toml: the shop file can't be read"), "{missing:?}");
}
