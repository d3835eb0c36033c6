//! What is told of a person is told of every table, and what is forgotten is gone.

use super::*;
use crate::copy::TABLES;

/// Tables that hold nothing about a customer. Those who look after the shop are no customers.
const NOBODYS: [&str; 28] = [
    "products",
    "revisions",
    "offers",
    "drafts",
    "draft_versions",
    "draft_previews",
    "sold_out",
    "group_menus",
    "shop_settings",
    "releases",
    "release_products",
    "past_designs",
    "administrators",
    "second_factors",
    "recovery_codes",
    "api_keys",
    "desk_views",
    "invites",
    "sessions",
    // Hashes, for fifteen minutes.
    "login_failures",
    "listings",
    "artifacts",
    "listing_texts",
    "segments",
    "campaigns",
    "campaign_days",
    "experiments",
    "insight_days",
];

#[test]
fn of_what_mattered_the_level_stays() {
    let design = |people: &str, benefit: &str, benefits: &str| {
        format!(
            r#"[{{"code":"a","later":7,"origin":{{"default":{{"level":{{"SameNeed":{{"benefit":"{benefit}"}}}},"orders":40,"people":"{people}"}}}}}},
            {{"code":"b","origin":"chosen","replaced":{{"value":"x","level":{{"Needs":{{"benefits":[{benefits}]}}}}}}}}]"#
        )
    };
    let read = |design: &str| serde_json::from_str::<Value>(design).unwrap();
    let forgotten = without_asked(&design("who wanted comfort", "comfort", r#""Comfort""#)).unwrap();
    assert_eq!(read(&forgotten), read(&design("", "", "")));
    let of_use = r#"[{"origin":{"default":{"level":{"SameUse":{"stated_use":"tours"}},"people":"riders"}}}]"#;
    assert_eq!(without_asked(of_use), None);
}

/// Whoever adds a table says here whether it is about people.
#[test]
fn every_table_is_about_people_or_about_nobody() {
    for table in TABLES {
        let is_personal = PERSONAL.iter().any(|(personal, ..)| *personal == table);
        assert_ne!(is_personal, NOBODYS.contains(&table), "{table}");
    }
}
