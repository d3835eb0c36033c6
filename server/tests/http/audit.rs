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
