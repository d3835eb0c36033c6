//! Designs that shoppers keep under names: kept, found again, renamed, removed and put back.

use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};

const BLUE: &str = "_revision=1&_start=standard&glaze=blue";
const PAGE: &str = "/products/mug/snapshots";

/// A browser with the cookie of what it keeps.
struct Browser<'s> {
    studio: &'s Studio,
    cookie: String,
}

impl<'s> Browser<'s> {
    fn new(studio: &'s Studio) -> Self {
        Self { studio, cookie: String::new() }
    }

    async fn get(&self, address: &str) -> Answer {
        let request = self.studio.request("GET", address).header(header::COOKIE, &self.cookie);
        self.studio.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form of the page, and follows where it leads.
    async fn act(&mut self, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.studio.request("POST", PAGE).header("sec-fetch-site", "same-origin");
        let request = request.header(header::COOKIE, &self.cookie);
        let answer = self.studio.send(request.body(Body::from(body)).unwrap()).await;
        if answer.status != StatusCode::SEE_OTHER {
            return answer;
        }
        self.cookie = answer.cookie.split(';').next().unwrap().to_owned();
        self.get(&answer.location).await
    }

    async fn keep(&mut self, name: &str) -> Answer {
        self.act(&[("_now", BLUE), ("_do", "keep"), ("_name", name)]).await
    }

    /// The tokens of what it keeps.
    fn tokens(&self) -> Vec<String> {
        let plain = self.cookie.replace("%3D", "=").replace("%26", "&");
        plain.split(['&', '=']).filter(|part| part.len() == 32).map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn a_design_is_kept_under_a_name_and_found_again() {
    let studio = Studio::open().await;
    studio.get("/products/mug").await.shows("value=\"snapshot\"");
    // The configurator's form leads to the page, with a name suggested.
    let form = [("_was", BLUE), ("glaze", "blue"), ("lid", "none"), ("height", "11"), ("_as", "snapshot")];
    let there = studio.post("/products/mug/share", &form).await;
    there.leads_to("/products/mug/snapshots?_revision=1&_start=standard&glaze=blue&height=11");
    let page = studio.get(&there.location).await;
    page.shows("value=\"Blue, 11 cm\"");
    page.shows("You keep no design of this product yet.");
    page.shows("forgets it after 60 days");

    let mut browser = Browser::new(&studio);
    let kept = browser.keep("  Émile’s mug ").await;
    assert_eq!(kept.status, StatusCode::OK);
    kept.shows("Kept as “Émile’s mug”.");
    kept.shows("€27");
    kept.shows("/products/mug/picture.svg?_revision=1&amp;_start=standard&amp;glaze=blue");
    let token = browser.tokens()[0].clone();
    let shelf = browser.get(&format!("{PAGE}?{BLUE}")).await;
    shelf.shows(">Émile’s mug<");
    shelf.shows(&format!("href=\"/d/{token}\""));
    // Mine and what is kept, side by side.
    shelf.shows(&format!("&amp;_with=link.{token}\""));
    browser.get("/products/mug").await.shows("“Émile’s mug”, kept on ");
    browser.get("/products/mug/compare").await.shows(">Émile’s mug<");
    browser
        .get(&format!("/products/mug/compare?_with=link.{token}&_with=standard"))
        .await
        .shows(">Émile’s mug<");
    // Who opens it starts one of their own: it stays as it is.
    let opened = browser.get(&format!("/d/{token}")).await;
    opened.shows("This is “Émile’s mug” as it was kept.");
    assert_eq!(opened.cookie, "");
    // Another browser knows nothing of it.
    studio.get(PAGE).await.shows_not("Émile");
}

#[tokio::test]
async fn a_snapshot_is_renamed_removed_and_put_back() {
    let studio = Studio::open().await;
    let mut browser = Browser::new(&studio);
    browser.keep("One").await;
    browser.keep("Two").await;
    let [two, one] = &browser.tokens()[..] else { panic!("two are kept") };
    let (one, two) = (one.clone(), two.clone());
    let renamed =
        browser.act(&[("_now", BLUE), ("_do", "rename"), ("_token", &one), ("_name", "First")]).await;
    renamed.shows("It is called “First” now.");
    renamed.shows_not(">One<");
    let removed = browser.act(&[("_now", BLUE), ("_do", "remove"), ("_token", &one)]).await;
    removed.shows("“First” is removed.");
    removed.shows("data-testid=\"undo-remove\"");
    removed.shows_not(&format!("href=\"/d/{one}\""));
    assert_eq!(browser.tokens(), std::slice::from_ref(&two));
    let back = browser.act(&[("_now", BLUE), ("_do", "undo"), ("_token", &one)]).await;
    back.shows("“First” is back.");
    let copy = browser.tokens()[0].clone();
    assert_eq!(browser.tokens(), [copy.clone(), two]);
    let again = browser.act(&[("_now", BLUE), ("_do", "undo"), ("_token", &copy)]).await;
    again.shows("“First” is back.");
    assert_eq!(browser.tokens().len(), 2, "what is there is not put there again");
    // Whoever was given a link takes a copy, and what they do with it is theirs alone.
    let mut friend = Browser::new(&studio);
    friend.act(&[("_now", BLUE), ("_do", "undo"), ("_token", &copy)]).await.shows("“First” is back.");
    let theirs = friend.tokens()[0].clone();
    let renamed =
        friend.act(&[("_now", BLUE), ("_do", "rename"), ("_token", &theirs), ("_name", "Stolen")]).await;
    renamed.shows("It is called “Stolen” now.");
    browser.get(PAGE).await.shows(">First<");
    // What somebody else keeps is not theirs to rename, and nothing else can be put there.
    let mut other = Browser::new(&studio);
    let forms = [("rename", one.as_str()), ("undo", "00"), ("burn", one.as_str()), ("", "")];
    for (what, token) in forms {
        let refused = other.act(&[("_now", BLUE), ("_do", what), ("_token", token), ("_name", "Mine")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{what}");
    }
}

#[tokio::test]
async fn a_name_is_checked_and_stays_in_its_field() {
    let studio = Studio::open().await;
    let mut browser = Browser::new(&studio);
    let long = "x".repeat(41);
    for (name, told) in
        [(long.as_str(), "Shorten it to 40 characters."), ("a\u{202e}b", "characters that nobody sees")]
    {
        let refused = browser.keep(name).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows(told);
        refused.shows(&format!("value=\"{name}\""));
    }
    assert_eq!(browser.tokens().len(), 0);
    browser.keep("").await.shows("Kept as “Blue”.");
    let token = browser.tokens()[0].clone();
    let refused =
        browser.act(&[("_now", BLUE), ("_do", "rename"), ("_token", &token), ("_name", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("<details open");
    browser.get(&format!("{PAGE}?{BLUE}")).await.shows("value=\"Blue 2\"");
}

#[tokio::test]
async fn nothing_is_forgotten_to_make_room() {
    let studio = Studio::open().await;
    let mut browser = Browser::new(&studio);
    for number in 0..8 {
        assert_eq!(browser.keep(&number.to_string()).await.status, StatusCode::OK);
    }
    let full = browser.keep("One more").await;
    assert_eq!(full.status, StatusCode::UNPROCESSABLE_ENTITY);
    full.shows("You keep 8 designs of this product, and there is room for no more.");
    full.shows("value=\"One more\"");
    assert_eq!(browser.tokens().len(), 8);
}

#[tokio::test]
async fn a_script_gets_the_part_alone() {
    let studio = Studio::open().await;
    let part = studio.get(&format!("{PAGE}?{BLUE}&_part=1")).await;
    part.shows_not("<html");
    part.shows("id=\"kept-title\"");
    let mut browser = Browser::new(&studio);
    let kept = browser.act(&[("_now", BLUE), ("_do", "keep"), ("_name", "One"), ("_part", "1")]).await;
    kept.shows_not("<html");
    kept.shows("Kept as “One”.");
}
