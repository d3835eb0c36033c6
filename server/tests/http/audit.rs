//! The audit, through the router: what it shows, by what it is asked, and that a change is found.

use axum::http::StatusCode;
use sqlx::{Connection, SqliteConnection};

use crate::common::{PASSWORD, Studio};

const AUDIT: &str = "/admin/people/audit";

/// The actions of a file, newest first.
async fn actions(studio: &Studio, asked: &str) -> Vec<String> {
    let file = studio.get(&format!("{AUDIT}.csv{asked}")).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    let mut lines = file.text.lines();
    assert_eq!(lines.next(), Some("id,at,by,action,subject,detail,hash"));
    lines.map(|line| line.split(',').nth(3).unwrap().to_owned()).collect()
}

/// Changes the database as somebody would who has its file.
async fn change(studio: &Studio, statement: &'static str) {
    let address = format!("sqlite://{}", studio.folder().join("atelier.db").display());
    let mut database = SqliteConnection::connect(&address).await.unwrap();
    sqlx::query(statement).execute(&mut database).await.unwrap();
    database.close().await.unwrap();
}

#[tokio::test]
async fn log_ins_and_those_that_failed_are_in_the_audit() {
    let studio = Studio::with_ana().await;
    for (email, password) in [
        ("ana@example.org", "not her password"),
        ("nobody@example.org", PASSWORD),
        ("ana@example.org", PASSWORD),
    ] {
        studio.post("/admin/login", &[("email", email), ("password", password)]).await;
    }
    studio.post("/admin/people", &[("email", "ben@example.org"), ("role", "viewer"), ("do", "invite")]).await;
    // A failed one is noted beside the answer.
    let mut noted = actions(&studio, "?kind=log-ins").await;
    for _ in 0..50 {
        if noted.len() == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        noted = actions(&studio, "?kind=log-ins").await;
    }
    noted.sort();
    assert_eq!(noted, ["log in", "log-in failed"]);
    assert_eq!(actions(&studio, "?kind=people&about=Ben%40Example.org").await, ["invite"]);
    let page = studio.get(&format!("{AUDIT}?kind=log-ins")).await;
    page.shows("Tried to log in as ana@example.org with a wrong password");
    page.shows("Somebody");
    page.shows_not("nobody@example.org");
    page.shows_not("Invited ben@example.org");
    studio.get(AUDIT).await.shows("Invited ben@example.org");
}

#[tokio::test]
async fn the_audit_is_paged_and_asked_by_day() {
    let studio = Studio::with_ana().await;
    for number in 0..60 {
        let email = format!("person{number}@example.org");
        studio.post("/admin/people", &[("email", &email), ("role", "viewer"), ("do", "invite")]).await;
    }
    let first = studio.get(&format!("{AUDIT}?by=ana%40example.org&kind=people")).await;
    first.shows("Invited person59@example.org");
    first.shows_not("Invited person9@example.org");
    let older = first.text.split("data-testid=\"older\"").next().unwrap().rsplit("href=\"").next().unwrap();
    let older = older.split('"').next().unwrap().replace("&amp;", "&");
    let second = studio.get(&older).await;
    second.shows("Invited person9@example.org");
    second.shows_not("Invited person59@example.org");
    second.shows("data-testid=\"newest\"");

    assert_eq!(actions(&studio, "?kind=people&from=2001-01-01").await.len(), 62);
    assert!(actions(&studio, "?to=2001-01-01").await.is_empty());
    let nothing = studio.get(&format!("{AUDIT}?to=2001-01-01")).await;
    nothing.shows("Nothing like this was done.");
    let wrong = studio.get(&format!("{AUDIT}?from=yesterday")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.shows("One of these is no day.");
    wrong.shows("value=\"yesterday\"");
}

#[tokio::test]
async fn a_change_of_the_audit_is_found() {
    let studio = Studio::with_ana().await;
    let check = format!("{AUDIT}?check=1");
    studio.get(AUDIT).await.shows_not("data-testid=\"whole\"");
    studio.get(&check).await.shows("data-testid=\"whole\"");
    change(&studio, "UPDATE audit SET done_by = 'ben@example.org' WHERE action = 'accept invitation'").await;
    let found = studio.get(&check).await;
    found.shows("Not whole: 1 entry is not as it was noted.");
    found.shows("this entry was changed, or one before it was taken out or put in.");
    change(&studio, "UPDATE audit SET done_by = 'ana@example.org' WHERE action = 'accept invitation'").await;
    studio.get(&check).await.shows("data-testid=\"whole\"");
    change(&studio, "DELETE FROM audit WHERE action = 'add'").await;
    studio.get(&check).await.shows("Not whole: ");
}

/// Saves the mug at another base price, as somebody.
async fn price(studio: &Studio, amount: i64, by: &str) -> i64 {
    let mug = testing::slug("mug");
    let mut draft = studio.shop.draft(&mug).await.unwrap();
    draft.bundle.source.base_price = amount;
    studio.shop.save_draft(&mug, draft.version, draft.bundle, by).await.unwrap().version
}

#[tokio::test]
async fn one_finds_who_changed_a_price_and_what_it_was() {
    let studio = Studio::with_ana().await;
    price(&studio, 2_500, "ana@example.org").await;
    price(&studio, 2_600, "ben@example.org").await;
    // A product is asked about by its name, too.
    for about in ["mug", "Mug"] {
        let page = studio.get(&format!("{AUDIT}?about={about}&by=ben%40example.org")).await;
        page.shows("Edited the draft of Mug");
        page.shows("href=\"/admin/products/mug/saves\"");
        page.shows("€25 → €26");
        page.shows_not("€24 → €25");
    }
    let file = studio.get(&format!("{AUDIT}.csv?about=Mug&kind=products")).await;
    assert!(file.text.contains("€25 → €26") && file.text.contains("€24 → €25"), "{}", file.text);
    studio.get(&format!("{AUDIT}?check=1")).await.shows("data-testid=\"whole\"");
}

#[tokio::test]
async fn a_long_list_of_changes_is_cut_and_stands_whole_on_its_own_page() {
    let studio = Studio::with_ana().await;
    let mug = testing::slug("mug");
    let mut draft = studio.shop.draft(&mug).await.unwrap();
    draft.bundle.source.base_price = 2_500;
    draft.bundle.source.lead_time_days = 12;
    for option in draft.bundle.source.attributes.iter_mut().flat_map(|attribute| &mut attribute.options) {
        option.price += 111;
    }
    studio.shop.save_draft(&mug, 0, draft.bundle, "ana@example.org").await.unwrap();
    let page = studio.get(&format!("{AUDIT}?kind=products&about=mug")).await;
    page.shows("data-testid=\"more-changed\"");
    page.shows_not("Glaze, Green: €4 → €5.11");
    let whole =
        page.text.split("data-testid=\"whole-entry\"").next().unwrap().rsplit("href=\"").next().unwrap();
    let whole = whole.split('"').next().unwrap().to_owned();
    let entry = studio.get(&whole).await;
    entry.shows("Glaze, Green: €4 → €5.11");
    entry.shows_not("data-testid=\"more-changed\"");
    assert_eq!(studio.get(&format!("{AUDIT}/999999")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(studio.get(&format!("{AUDIT}/nothing")).await.status, StatusCode::NOT_FOUND);
}

/// The chain holds over entries of before that told of nothing, and covers what entries tell now.
#[tokio::test]
async fn a_changed_line_of_what_was_changed_is_found() {
    let studio = Studio::with_ana().await;
    let check = format!("{AUDIT}?check=1");
    price(&studio, 2_500, "ana@example.org").await;
    studio.get(&check).await.shows("data-testid=\"whole\"");
    change(&studio, "UPDATE audit SET detail = REPLACE(detail, '€25', '€23') WHERE action = 'edit'").await;
    studio.get(&check).await.shows("Not whole: 1 entry is not as it was noted.");
    change(&studio, "UPDATE audit SET detail = REPLACE(detail, '€23', '€25') WHERE action = 'edit'").await;
    studio.get(&check).await.shows("data-testid=\"whole\"");
    change(&studio, "UPDATE audit SET detail = '1' WHERE action = 'edit'").await;
    studio.get(&check).await.shows("Not whole: ");
}

#[tokio::test]
async fn settings_say_what_each_was_and_is() {
    let studio = Studio::with_ana().await;
    let settings = studio.shop.settings().await.unwrap();
    let mut fields = settings.fields.clone();
    fields.insert("price_hold_days".to_owned(), "12".to_owned());
    studio.shop.save_settings(settings.version, &fields, "ana@example.org").await.unwrap();
    let page = studio.get(&format!("{AUDIT}?kind=settings")).await;
    page.shows("Changed the settings: price_hold_days");
    page.shows("price_hold_days: – → 12");
}
