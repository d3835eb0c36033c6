//! One's own sessions and password, through the router.

use axum::body::Body;
use axum::http::{StatusCode, header};

use crate::common::{Answer, PASSWORD, Studio};

const ACCOUNT: &str = "/admin/account";
const LINUX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";

/// Ana logs in with another browser.
async fn log_in(studio: &Studio, browser: &str) -> String {
    let body = format!("email=ana%40example.org&password={}", PASSWORD.replace(' ', "+"));
    let request = studio
        .request("POST", "/admin/login")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::USER_AGENT, browser);
    let answer = studio.send(request.body(Body::from(body)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    answer.session()
}

/// The key of a browser's session, as the page has it.
fn key(page: &Answer, browser: &str) -> String {
    let rows = page.text.split("data-testid=\"session\"").skip(1);
    let mut row = rows.filter(|row| row.split("</tr>").next().unwrap().contains(browser));
    let row = row.next().unwrap();
    let after = row.split_once("name=\"session\" value=\"").unwrap().1;
    after.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn sessions_are_told_by_their_browsers_and_ended_one_by_one() {
    let mut studio = Studio::with_ana().await;
    let first = studio.session.clone();
    let linux = log_in(&studio, LINUX).await;
    let phone = log_in(&studio, PHONE).await;
    studio.session = Some(linux.clone());
    let page = studio.get(ACCOUNT).await;
    for told in ["Firefox on Linux", "Safari on iPhone", "Unknown browser", "This one", "Last used"] {
        page.shows(told);
    }
    // Nothing that opens a session is on the page, and no more than its kind is kept of a browser.
    for secret in [linux.split('.').next().unwrap(), "Gecko", "140.0"] {
        page.shows_not(secret);
    }
    let iphone = key(&page, "Safari on iPhone");
    let ended = studio.post(ACCOUNT, &[("do", "end-session"), ("session", &iphone)]).await;
    ended.shows("That session is over.");
    ended.shows_not("Safari on iPhone");
    studio.session = Some(phone);
    assert_eq!(studio.get(ACCOUNT).await.status, StatusCode::SEE_OTHER, "logged out");
    studio.session = Some(linux);
    let gone = studio.post(ACCOUNT, &[("do", "end-session"), ("session", &iphone)]).await;
    gone.shows("That session was over already.");

    let others = studio.post(ACCOUNT, &[("do", "end-others")]).await;
    others.shows("One other session is over.");
    others.shows_not("data-testid=\"end-others\"");
    studio.post(ACCOUNT, &[("do", "end-others")]).await.shows("There was no other session.");
    let here = std::mem::replace(&mut studio.session, first);
    assert_eq!(studio.get(ACCOUNT).await.status, StatusCode::SEE_OTHER);
    studio.session = here;
    let audit = studio.get("/admin/people/audit").await;
    audit.shows("Ended one of their sessions");
    audit.shows("Ended all their other sessions");
}

#[tokio::test]
async fn nobody_ends_sessions_of_somebody_else_here() {
    let mut studio = Studio::with_ana().await;
    let linux = log_in(&studio, LINUX).await;
    let key = key(&studio.get(ACCOUNT).await, "Firefox on Linux");
    let token = studio.shop.invite("ben@example.org").await.unwrap();
    studio.session = Some(studio.shop.accept_invite(&token, PASSWORD).await.unwrap().session);
    studio.get(ACCOUNT).await.shows_not("Firefox on Linux");
    let refused = studio.post(ACCOUNT, &[("do", "end-session"), ("session", &key)]).await;
    refused.shows("That session was over already.");
    studio.session = Some(linux);
    assert_eq!(studio.get(ACCOUNT).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_password_is_changed_where_one_is_logged_in() {
    let mut studio = Studio::with_ana().await;
    let phone = log_in(&studio, PHONE).await;
    studio.get(ACCOUNT).await.shows("Present password");
    let change = |present: &'static str, new: &'static str, again: &'static str| {
        [("do", "change-password"), ("present", present), ("password", new), ("again", again)]
    };
    for (form, status, told) in [
        (
            change(PASSWORD, "another horse", "another house"),
            StatusCode::UNPROCESSABLE_ENTITY,
            "These two differ",
        ),
        (
            change("a guess or two", "another horse", "another horse"),
            StatusCode::UNPROCESSABLE_ENTITY,
            "This is not your present password",
        ),
        (
            change(PASSWORD, "too short", "too short"),
            StatusCode::UNPROCESSABLE_ENTITY,
            "has 10 to 256 characters",
        ),
        (
            change(PASSWORD, "password123", "password123"),
            StatusCode::UNPROCESSABLE_ENTITY,
            "among the first that anybody would try",
        ),
        (change(PASSWORD, "another horse", "another horse"), StatusCode::OK, "Your password is changed"),
    ] {
        let answer = studio.post(ACCOUNT, &form).await;
        assert_eq!(answer.status, status, "{told}");
        answer.shows(told);
        // What was typed comes back in no field.
        answer.shows_not("another horse");
        answer.shows_not("value=\"password123\"");
    }
    studio.get("/admin/people/audit").await.shows("Changed their password");
    studio.session = Some(phone);
    assert_eq!(studio.get(ACCOUNT).await.status, StatusCode::SEE_OTHER, "logged out on the phone");
}
