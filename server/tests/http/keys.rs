//! The page of API keys through the router: made, shown once, listed, ended, and what becomes of them when somebody leaves.

use crate::common::{Answer, PASSWORD, Studio};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use shop::access::{Role, WantedKey};

const KEYS: &str = "/admin/people/keys";

/// What is sent with a form that makes a key.
fn form<'f>(name: &'f str, role: &'f str, until: &'f str) -> [(&'f str, &'f str); 4] {
    [("name", name), ("role", role), ("until", until), ("do", "make")]
}

/// The key that a page shows.
fn shown(page: &Answer) -> String {
    let after = page.text.split_once("value=\"atelier_").unwrap().1;
    format!("atelier_{}", after.split('"').next().unwrap())
}

async fn asks(studio: &Studio, key: &str) -> StatusCode {
    let request = Request::get("/api/v1/desk/orders").header(header::AUTHORIZATION, format!("Bearer {key}"));
    studio.send(request.body(Body::empty()).unwrap()).await.status
}

#[tokio::test]
async fn a_key_is_made_shown_once_used_and_ended_by_forms() {
    let studio = Studio::with_ana().await;
    studio.get("/admin/people").await.shows("href=\"/admin/people/keys\"");
    studio.get(KEYS).await.shows("No program has a key yet.");
    let made = studio.post(KEYS, &form("ERP", "production", "2999-01-31")).await;
    assert_eq!((made.status, made.cache.as_str()), (StatusCode::OK, "private, no-store"));
    for text in
        ["The key “ERP” is made.", "Never used", "Until the end of 31 January 2999", " by ana@example.org"]
    {
        made.shows(text);
    }
    let key = shown(&made);
    assert_eq!(asks(&studio, &key).await, StatusCode::OK);
    let page = studio.get(KEYS).await;
    page.shows("Last used on ");
    page.shows(&format!("ERP …{}", &key[key.len() - 4..]));
    page.shows_not("No program has a key yet.");
    page.shows_not(key.strip_prefix("atelier_").unwrap());
    // Which of the keys that had its name it is, is told by its last characters.
    let made = format!("Made the API key key:erp …{} (Production, until 2999-01-31)", &key[key.len() - 4..]);
    studio.get("/admin/people/audit").await.shows(&made);

    let ended = studio.post(KEYS, &[("key", "key:erp"), ("do", "end")]).await;
    ended.leads_to("/admin/people/keys?ended=key%3Aerp");
    let page = studio.get("/admin/people/keys?ended=key%3Aerp").await;
    page.shows("key:erp is over: whoever sends it is refused.");
    page.shows("No program has a key yet.");
    studio.get("/admin/people/keys?ended=key%3Aother").await.shows_not("is over");
    assert_eq!(asks(&studio, &key).await, StatusCode::UNAUTHORIZED);
    let again = studio.post(KEYS, &[("key", "key:erp"), ("do", "end")]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    again.shows("This key was ended before.");
    let ended = format!("Ended the API key key:erp …{}", &key[key.len() - 4..]);
    studio.get("/admin/people/audit?kind=people").await.shows(&ended);
}

#[tokio::test]
async fn a_key_that_can_not_be_made_says_why_and_keeps_what_was_typed() {
    let studio = Studio::with_ana().await;
    assert_eq!(studio.post(KEYS, &form("ERP", "viewer", "")).await.status, StatusCode::OK);
    for (sent, status, why) in [
        (form("", "viewer", ""), 422, "Give the key a name."),
        (form("erp", "viewer", ""), 409, "There is a key “erp” already."),
        (form("mia@example.org", "viewer", ""), 422, "Take a name without @"),
        (form("Mill", "administrator", ""), 422, "No key is an administrator. Take another role."),
        (form("Mill", "viewer", "2001-01-31"), 422, "This day is over."),
        (form("Mill", "viewer", "31.1.2999"), 422, "Write the day with year, month and day"),
        (form("Mi\u{202e}ll", "viewer", ""), 422, "characters that nobody sees"),
    ] {
        let refused = studio.post(KEYS, &sent).await;
        assert_eq!(refused.status.as_u16(), status, "{why}");
        refused.shows(why);
        if !sent[0].1.is_empty() {
            refused.shows(&format!("value=\"{}\"", sent[0].1));
        }
        refused.shows_not("value=\"atelier_");
    }
    assert_eq!(studio.post(KEYS, &form("Mill", "owner", "")).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(studio.shop.keys().await.unwrap().len(), 1);
}

#[tokio::test]
async fn keys_of_somebody_who_leaves_go_on_and_are_told() {
    let studio = Studio::with_ana().await;
    let token = studio.shop.invite("ben@example.org").await.unwrap();
    studio.shop.accept_invite(&token, PASSWORD).await.unwrap();
    let wanted = WantedKey { name: "Mill".to_owned(), role: Role::Viewer, until: None };
    let key = studio.shop.make_key(wanted, "ben@example.org").await.unwrap();
    studio.get(KEYS).await.shows_not("data-testid=\"maker-left\"");
    let removed = studio.post("/admin/people", &[("email", "ben@example.org"), ("do", "remove")]).await;
    removed.leads_to("/admin/people?removed=ben%40example.org");
    studio.get("/admin/people?removed=ben%40example.org").await.shows("Keys that they made go on: Mill.");
    studio.get(KEYS).await.shows("data-testid=\"maker-left\"");
    assert_eq!(asks(&studio, &key).await, StatusCode::OK);
}
