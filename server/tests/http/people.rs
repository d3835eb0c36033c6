//! Who looks after the shop, through the router: invited, logged out, removed, and what was done by whom.

use crate::common::{PASSWORD, Studio};
use axum::http::StatusCode;

/// Ana, who is logged in, invites Ben; returns the path of his invitation.
async fn invite_ben(studio: &Studio) -> String {
    let invited = studio
        .post("/admin/people", &[("email", " Ben@Example.org"), ("role", "administrator"), ("do", "invite")])
        .await;
    assert_eq!(invited.status, StatusCode::OK);
    invited.shows("A mail with this link is on its way to Ben@Example.org.");
    let token: String = invited
        .text
        .split_once("/admin/invite/")
        .unwrap()
        .1
        .chars()
        .take_while(char::is_ascii_hexdigit)
        .collect();
    format!("/admin/invite/{token}")
}

#[tokio::test]
async fn somebody_is_invited_by_somebody_else() {
    let studio = Studio::with_ana().await;
    let bad = studio.post("/admin/people", &[("email", "ben"), ("do", "invite")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    bad.shows("“ben” is no e-mail address.");
    bad.shows("value=\"ben\"");

    let invitation = invite_ben(&studio).await;
    let people = studio.get("/admin/people").await;
    people.shows("ben@example.org");
    people.shows("No password yet");
    people.shows("Invited until ");
    people.shows("Invited ben@example.org");
    people.shows_not("data-testid=\"invitation\"");

    studio.post(&invitation, &[("password", PASSWORD), ("again", PASSWORD)]).await.leads_to("/admin");
    let people = studio.get("/admin/people").await;
    people.shows_not("No password yet");
    people.shows_not("Invited until ");
}

#[tokio::test]
async fn who_leaves_is_logged_out_and_stays_out() {
    let mut studio = Studio::with_ana().await;
    let invitation = invite_ben(&studio).await;
    let set = studio.post(&invitation, &[("password", PASSWORD), ("again", PASSWORD)]).await;
    let ana = studio.session.replace(set.session());
    studio.get("/admin").await.shows("ben@example.org");

    // Nobody removes themselves, so that somebody is left.
    let oneself = studio.post("/admin/people", &[("email", "ben@example.org"), ("do", "remove")]).await;
    assert_eq!(oneself.status, StatusCode::CONFLICT);
    oneself.shows("Nobody removes themselves.");

    let ben = std::mem::replace(&mut studio.session, ana);
    let ended = studio.post("/admin/people", &[("email", "ben@example.org"), ("do", "end-sessions")]).await;
    ended.leads_to("/admin/people?ended=ben%40example.org");
    studio
        .get("/admin/people?ended=ben%40example.org")
        .await
        .shows("ben@example.org is logged out everywhere, and links for a password are over.");
    let ana = std::mem::replace(&mut studio.session, ben);
    studio.get("/admin").await.leads_to("/admin/login?next=%2Fadmin");

    studio.session = ana;
    let removed = studio.post("/admin/people", &[("email", "ben@example.org"), ("do", "remove")]).await;
    removed.leads_to("/admin/people?removed=ben%40example.org");
    let again = studio.post("/admin/people", &[("email", "ben@example.org"), ("do", "remove")]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    again.shows("Nobody of the address ben@example.org looks after this shop any more.");
    again.shows("Removed ben@example.org");
    let log_in = [("email", "ben@example.org"), ("password", PASSWORD)];
    assert_eq!(studio.post("/admin/login", &log_in).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_was_done_is_told_with_who_did_it() {
    let studio = Studio::with_ana().await;
    studio.republish(|bundle| bundle.source.summary = "Thrown, glazed and fired again.".to_owned()).await;
    let people = studio.get("/admin/people").await;
    people.shows("Published Mug, revision 2");
    people.shows("Set a password and logged in");
    // Log-ins are told by the whole audit alone.
    let log_in = [("email", "ana@example.org"), ("password", PASSWORD)];
    studio.post("/admin/login", &log_in).await.leads_to("/admin");
    studio.get("/admin/people/audit").await.shows("Logged in");
    let people = studio.get("/admin/people").await;
    people.shows_not("Logged in<");
    people.shows("Published Mug, revision 2");
}

#[tokio::test]
async fn without_a_session_nobody_is_listed_invited_or_removed() {
    let studio = Studio::open().await;
    studio.shop.invite("ana@example.org").await.unwrap();
    studio.get("/admin/people").await.leads_to("/admin/login?next=%2Fadmin%2Fpeople");
    for what in ["invite", "end-sessions", "remove"] {
        let sent = studio.post("/admin/people", &[("email", "ana@example.org"), ("do", what)]).await;
        sent.leads_to("/admin/login?next=%2Fadmin");
    }
    assert_eq!(studio.shop.people().await.unwrap().len(), 1);
}
