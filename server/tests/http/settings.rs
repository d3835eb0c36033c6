//! The shop's settings by form, through the router: what they change, who may, and nothing typed that is lost.

use std::sync::Arc;

use app::paths::route::admin as route;
use axum::http::StatusCode;
use shop::Environment;
use shop::access::Role;
use shop::shop_file::{Fields, SettingsRow, SettingsStore as _, names, to_fields};
use store::SqliteStore;
use testing::FakeEnvironment;
use time::OffsetDateTime;

use crate::common::{Answer, PASSWORD, Studio};

const PAGE: &str = "/admin/settings";
const FILE: &str = r#"
name = "Kiln & Wheel"
time_zone = "Europe/Berlin"
vat = "19 %"

[company]
legal_name = "Kiln & Wheel Ltd"

[pages]
delivery = "We bring it ourselves."

[translations.de]
hours = "Immer"
"#;

async fn kiln() -> Studio {
    let clock = Arc::new(FakeEnvironment::default());
    let mut studio = Studio::run_by(FILE, clock as Arc<dyn Environment>).await;
    studio.let_ana_in().await;
    studio
}

/// What stands, with some fields changed.
fn with(studio: &Studio, changed: &[(&str, &str)]) -> Fields {
    let mut fields = to_fields(studio.shop.profile().source());
    for (name, text) in changed {
        fields.insert((*name).to_owned(), (*text).to_owned());
    }
    fields
}

/// Sends the form that somebody saw at a version.
async fn send(studio: &Studio, version: i64, fields: &Fields) -> Answer {
    let version = version.to_string();
    let mut form = vec![("version", &*version), ("do", "save")];
    for (name, text) in fields {
        // Boxes are sent one by one.
        match &**name {
            "working_days" | "order_mails" => form.extend(text.lines().map(|line| (&**name, line))),
            "approval" if text.is_empty() => {}
            name => form.push((name, text)),
        }
    }
    form.push(("_end", "on"));
    studio.post(PAGE, &form).await
}

async fn save(studio: &Studio, version: i64, changed: &[(&str, &str)]) -> Answer {
    send(studio, version, &with(studio, changed)).await
}

#[tokio::test]
async fn every_field_of_the_shop_file_is_in_the_form() {
    let studio = kiln().await;
    let page = studio.get(PAGE).await;
    for name in names(["de", "ar"]) {
        page.shows(&format!("name=\"{name}\""));
    }
    page.shows("This is what the shop file says that the shop was started with.");
    page.shows("value=\"Europe/Berlin\"");
    page.shows("We bring it ourselves.");
}

#[tokio::test]
async fn what_is_saved_stands_at_once_and_says_where_it_comes_from() {
    let studio = kiln().await;
    // A page that everybody sees is kept by now.
    studio.get("/products/mug").await.shows("Kiln &amp; Wheel");
    let changed = [
        ("name", "Clay Palace"),
        ("vat", "7 %"),
        ("company.address", "Harbour Street 4\r\nDover"),
        ("working_days", "monday\ntuesday\nsunday"),
        ("holidays", "12-25\r\n\r\n2027-03-26"),
        ("translations.ar.pages.delivery", "نسلّم بأنفسنا"),
        ("delivery_days", "5"),
    ];
    save(&studio, 0, &changed).await.leads_to("/admin/settings?saved=1");
    let page = studio.get("/admin/settings?saved=1").await;
    page.shows("Saved. The shop is run like this from now on.");
    page.shows("Saved here by ana@example.org on");
    page.shows("The shop file says: Kiln &amp; Wheel");
    page.shows("The shop file says nothing here.");
    page.shows("Changed: company.address, delivery_days, holidays, name,");
    studio.get("/products/mug").await.shows("Clay Palace");
    studio.get("/company").await.shows("Dover");
    let profile = studio.shop.profile();
    assert_eq!((profile.vat, profile.delivery_days), (Some(700), 5));
    assert_eq!(profile.source().holidays, ["12-25", "2027-03-26"]);
    studio.get(route::AUDIT).await.shows("Changed the settings: company.address,");
    // Saving what stands is no version.
    save(&studio, 1, &[]).await.leads_to("/admin/settings?saved=1");
}

#[tokio::test]
async fn what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost() {
    let studio = kiln().await;
    let changed = [
        ("name", ""),
        ("time_zone", "Europe/Berlyn"),
        ("holidays", "12-25\nChristmas"),
        ("return_days", "two weeks"),
        ("contact.email", "nobody"),
        ("pages.privacy", "A text that took an hour."),
    ];
    let refused = save(&studio, 0, &changed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Nothing was saved.");
    refused.shows("is no whole number from 0 on.");
    for typed in ["value=\"Europe/Berlyn\"", "Christmas", "value=\"two weeks\"", "A text that took an hour."]
    {
        refused.shows(typed);
    }
    let again = save(
        &studio,
        0,
        &changed.map(|(name, text)| (name, if name == "return_days" { "14" } else { text })),
    )
    .await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in [
        "This is empty.",
        "There is no time zone",
        "names no days.",
        "is no e-mail address.",
        "A text that took an hour.",
    ] {
        again.shows(told);
    }
    let never = save(&studio, 0, &[("working_days", "")]).await;
    never.shows("The shop never works.");
    assert_eq!(studio.shop.settings().await.unwrap().version, 0);
    let cut = studio.post(PAGE, &[("version", "0"), ("do", "save"), ("name", "Clay")]).await;
    assert_ne!(cut.status, StatusCode::SEE_OTHER, "a form that was cut on its way is not taken");
    assert_eq!(studio.shop.profile().name, "Kiln & Wheel");
}

#[tokio::test]
async fn two_people_do_not_overwrite_each_other() {
    let studio = kiln().await;
    let (ana, ben) =
        (with(&studio, &[("vat", "7 %")]), with(&studio, &[("vat", "8 %"), ("name", "Clay Palace")]));
    let elsewhere = with(&studio, &[("delivery_days", "9")]);
    send(&studio, 0, &ana).await.leads_to("/admin/settings?saved=1");
    // Another field: both stand.
    send(&studio, 0, &elsewhere).await.leads_to("/admin/settings?saved=2");
    let profile = studio.shop.profile();
    assert_eq!((profile.vat, profile.delivery_days), (Some(700), 9));
    // The same field: it is asked about, and both are shown.
    let clash = send(&studio, 0, &ben).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("Saved meanwhile: 7 %. Yours is in the field.");
    clash.shows("value=\"8 %\"");
    clash.shows("value=\"Clay Palace\"");
    clash.shows("name=\"version\" value=\"2\"");
    // What else was saved meanwhile is in the form.
    let days = clash.text.split("name=\"delivery_days\"").nth(1).unwrap();
    assert!(days.split('>').next().unwrap().contains("value=\"9\""), "{days}");
    // What can't be read goes on from what it saw, so that what others saved stays.
    let typed = [("price_hold_days".to_owned(), "much".to_owned())];
    let wrong = Fields::from_iter(elsewhere.clone().into_iter().chain(typed));
    let refused = send(&studio, 0, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("name=\"version\" value=\"0\"");
    let again = with(&studio, &[("vat", "8 %"), ("name", "Clay Palace")]);
    send(&studio, 2, &again).await.leads_to("/admin/settings?saved=3");
    let profile = studio.shop.profile();
    assert_eq!((profile.vat, profile.delivery_days, &*profile.name), (Some(800), 9, "Clay Palace"));
}

#[tokio::test]
async fn what_was_before_is_put_back_and_the_file_again() {
    let studio = kiln().await;
    save(&studio, 0, &[("name", "Clay Palace")]).await.leads_to("/admin/settings?saved=1");
    save(&studio, 1, &[("name", "Mud Hut")]).await.leads_to("/admin/settings?saved=2");
    let restore = async |seen: &str, to: &str| {
        studio.post(PAGE, &[("version", seen), ("to", to), ("do", "restore"), ("_end", "on")]).await
    };
    let stale = restore("1", "1").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.shows("somebody else saved settings meanwhile");
    restore("2", "1").await.leads_to("/admin/settings?saved=3");
    assert_eq!(studio.shop.profile().name, "Clay Palace");
    restore("3", "0").await.leads_to("/admin/settings?saved=4");
    assert_eq!(studio.shop.profile().name, "Kiln & Wheel");
    let page = studio.get(PAGE).await;
    page.shows("This is what the shop file says that the shop was started with.");
    page.shows("The shop file, again. Changed: name");
    assert_eq!(restore("4", "99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn administrators_alone_see_and_change_settings() {
    let mut studio = kiln().await;
    for role in [Role::Merchandiser, Role::Production, Role::Viewer] {
        let token = studio.shop.invite_by("ben@example.org", role, "ana@example.org").await.unwrap();
        studio.session = Some(studio.shop.accept_invite(&token, PASSWORD).await.unwrap().session);
        assert_eq!(studio.get(PAGE).await.status, StatusCode::FORBIDDEN);
        assert_eq!(save(&studio, 0, &[("name", "Mine")]).await.status, StatusCode::FORBIDDEN);
        studio.get("/admin").await.shows_not("href=\"/admin/settings\"");
        studio.shop.remove_person("ben@example.org", "ana@example.org").await.unwrap();
    }
    assert_eq!(studio.shop.profile().name, "Kiln & Wheel");
}

#[tokio::test]
async fn without_a_shop_file_the_page_says_so() {
    let studio = Studio::with_ana().await;
    let page = studio.get(PAGE).await;
    page.shows("No shop file says anything, so the plain values hold.");
    page.shows("value=\"Atelier\"");
    page.shows("placeholder=\"14\"");
}

#[tokio::test]
async fn another_server_on_the_same_database_takes_it_over() {
    let ([mut one, two], _database) = Studio::twice().await;
    one.let_ana_in().await;
    save(&one, 0, &[("name", "Clay Palace")]).await.leads_to("/admin/settings?saved=1");
    assert!(two.shop.refresh_settings().await.unwrap(), "as it looks every second");
    assert!(!two.shop.refresh_settings().await.unwrap());
    two.get("/products/mug").await.shows("Clay Palace");
}

#[tokio::test]
async fn keeping_less_is_agreed_to_before_anything_is_forgotten() {
    let studio = kiln().await;
    let less = [("retention_years", "3"), ("insight_months", "6")];
    let asked = save(&studio, 0, &less).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    asked.shows("forgotten for good");
    asked.shows("name=\"forget\"");
    assert_eq!(studio.shop.profile().retention_years, 10);
    let agreed = [("retention_years", "3"), ("insight_months", "6"), ("forget", "yes")];
    save(&studio, 0, &agreed).await.leads_to("/admin/settings?saved=1");
    assert_eq!(studio.shop.profile().retention_years, 3);
    // More is nothing to agree to; going back to less is.
    save(&studio, 1, &[("retention_years", "12"), ("insight_months", "6")])
        .await
        .leads_to("/admin/settings?saved=2");
    let back = [("version", "2"), ("to", "1"), ("do", "restore"), ("_end", "on")];
    let refused = studio.post(PAGE, &back).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("that version keeps less");
    assert_eq!(studio.shop.profile().retention_years, 12);
}

#[tokio::test]
async fn shoppers_are_told_for_how_long_the_shop_keeps_their_designs() {
    let studio = kiln().await;
    studio.get(PAGE).await.shows("placeholder=\"60\"");
    studio.get("/privacy").await.shows("forgotten 60 days after your last change");
    save(&studio, 0, &[("designs_kept_days", "90")]).await.leads_to("/admin/settings?saved=1");
    studio.get("/privacy").await.shows("forgotten 90 days after your last change");
    let less = save(&studio, 1, &[("designs_kept_days", "30")]).await;
    assert_eq!(less.status, StatusCode::UNPROCESSABLE_ENTITY);
    less.shows("name=\"forget\"");
}

#[tokio::test]
async fn settings_that_can_not_be_read_keep_nobody_from_saving() {
    let studio = kiln().await;
    save(&studio, 0, &[("name", "Clay Palace")]).await.leads_to("/admin/settings?saved=1");
    let row = SettingsRow {
        version: 2,
        at: OffsetDateTime::UNIX_EPOCH,
        by: "later@example.org".to_owned(),
        content: Some("{\"a field of a later release\": 1}".to_owned()),
    };
    let beside = SqliteStore::open(&studio.folder().join("other.db")).await.unwrap();
    assert!(beside.save_settings(&row, "something").await.unwrap());
    let page = studio.get(PAGE).await;
    page.shows("value=\"Clay Palace\"");
    save(&studio, 2, &[("name", "Clay Hall")]).await.leads_to("/admin/settings?saved=3");
    assert_eq!(studio.shop.profile().source().name, "Clay Hall");
}
