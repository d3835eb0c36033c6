//! Customers' pages: signing in by a mailed link, what is shown and to whom, consent, and taking data along.

#![expect(clippy::panic, reason = "a story that can't go on has failed")]

use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};
use configurator::source::TextsSource;
use server::mail::Postman;
use server::settings::Mailing;
use shop::SignInLimits;
use shop::shop_file::CurrentProfile;
use tempfile::TempDir;

const BUYER: [(&str, &str); 4] = [
    ("name", "Bo Larsen"),
    ("email", "Bo@Example.org"),
    ("address", "Harbour Street 4\n1000 Portside"),
    ("note", "by the blue door"),
];

/// Mails of a studio, in a folder.
pub struct Mails {
    postman: Postman,
    folder: TempDir,
}

impl Mails {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Mailing { smtp: None, mail_folder: folder.path().join("outbox"), mail_from: None };
        let postman = Postman::new(&settings, CurrentProfile::default(), "http://127.0.0.1:3000").unwrap();
        Self { postman, folder }
    }

    /// Delivers what waits; all mails whose name begins like this.
    pub async fn delivered(&self, studio: &Studio, beginning: &str) -> Vec<String> {
        studio.shop.deliver_mails(&self.postman).await.unwrap();
        let Ok(files) = std::fs::read_dir(self.folder.path().join("outbox")) else { return Vec::new() };
        let files = files.map(|file| file.unwrap().path());
        let files = files.filter(|file| file.file_name().unwrap().to_str().unwrap().starts_with(beginning));
        files.map(|file| std::fs::read_to_string(file).unwrap()).collect()
    }

    /// The path of the link in the only mail to sign in, which is forgotten then.
    async fn link(&self, studio: &Studio) -> String {
        let mails = self.delivered(studio, "sign-in").await;
        let [mail] = mails.as_slice() else { panic!("{mails:?}") };
        std::fs::remove_dir_all(self.folder.path().join("outbox")).unwrap();
        mail.lines().find_map(|line| line.strip_prefix("http://127.0.0.1:3000")).unwrap().trim().to_owned()
    }
}

/// Somebody's cookie, once they signed in.
pub async fn sign_in(studio: &Studio, mails: &Mails, email: &str) -> String {
    studio.post("/account", &[("email", email)]).await.shows("Look into your mail");
    let link = mails.link(studio).await;
    let signed_in = studio.post(&link, &[]).await;
    signed_in.leads_to("/account");
    named(&signed_in, "atelier_customer=").unwrap()
}

/// A cookie that an answer sets, as browsers send it back.
fn named(answer: &Answer, name: &str) -> Option<String> {
    let cookie = answer.cookies.iter().find(|cookie| cookie.starts_with(name))?;
    Some(cookie.split(';').next().unwrap().to_owned())
}

async fn get(studio: &Studio, address: &str, cookie: &str) -> Answer {
    let request = studio.request("GET", address).header(header::COOKIE, cookie);
    studio.send(request.body(Body::empty()).unwrap()).await
}

async fn post(studio: &Studio, address: &str, cookie: &str, body: &'static str) -> Answer {
    let request = studio.request("POST", address).header("sec-fetch-site", "same-origin");
    let request = request.header(header::COOKIE, cookie);
    studio.send(request.body(Body::from(body)).unwrap()).await
}

async fn order(studio: &Studio) -> String {
    let placed = studio.post("/products/mug/order?_revision=1&_start=standard&glaze=blue", &BUYER).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    placed.location
}

#[tokio::test]
async fn a_buyer_gets_a_mail_with_the_link_of_their_order() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    let location = order(&studio).await;
    let told = mails.delivered(&studio, "order-1001").await;
    let [mail] = told.as_slice() else { panic!("{told:?}") };
    for part in ["To: bo@example.org", "Subject: Your order 1001 at Atelier", "Glaze: Blue", &location] {
        assert!(mail.contains(part), "{part} is missing in {mail}");
    }
    studio.get(&location).await.shows("Order 1001");
}

#[tokio::test]
async fn a_mailed_link_signs_in_once_and_looking_at_it_does_not() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    order(&studio).await;
    studio.get("/account").await.shows("We mail you a link");
    studio.post("/account", &[("email", " BO@example.org ")]).await.shows("Look into your mail");
    let link = mails.link(&studio).await;
    for _ in 0..2 {
        studio.get(&link).await.shows("Sign in as bo@example.org");
    }
    let signed_in = studio.post(&link, &[]).await;
    signed_in.leads_to("/account");
    assert!(signed_in.cookie.contains("HttpOnly; SameSite=Lax"), "{}", signed_in.cookie);
    assert!(!signed_in.cookie.contains("Max-Age"), "it ends with the browser's session");
    assert_eq!(studio.post(&link, &[]).await.status, StatusCode::GONE);
    assert_eq!(studio.get(&link).await.status, StatusCode::GONE);

    let cookie = signed_in.cookie.split(';').next().unwrap().to_owned();
    let page = get(&studio, "/account", &cookie).await;
    for text in ["You are signed in as bo@example.org", "Order 1001: Mug", "€27", "have not confirmed it yet"]
    {
        page.shows(text);
    }
    assert_eq!(page.cache, "private, no-store");
    get(&studio, "/account/orders/1001", &cookie).await.shows("by the blue door");
    assert_eq!(get(&studio, "/account/orders/1002", &cookie).await.status, StatusCode::NOT_FOUND);

    post(&studio, "/account/sign-out", &cookie, "").await.leads_to("/account");
    get(&studio, "/account", &cookie).await.shows("We mail you a link");
}

#[tokio::test]
async fn nobody_sees_what_is_of_somebody_else() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    order(&studio).await;
    mails.delivered(&studio, "").await;
    std::fs::remove_dir_all(mails.folder.path().join("outbox")).unwrap();
    let zoe = sign_in(&studio, &mails, "zoe@example.org").await;
    let page = get(&studio, "/account", &zoe).await;
    page.shows("No order was placed with this address");
    page.shows_not("Order 1001");
    assert_eq!(get(&studio, "/account/orders/1001", &zoe).await.status, StatusCode::NOT_FOUND);
    get(&studio, "/account/data.json", &zoe).await.shows_not("Larsen");
    for address in ["/account/orders/1001", "/account/data", "/account/data.json", "/account/erase"] {
        studio.get(address).await.leads_to("/account");
    }
    for address in ["/account/consent", "/account/remember", "/account/forget", "/account/erase"] {
        studio.post(address, &[]).await.leads_to("/account");
    }
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_sessions() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    let here = sign_in(&studio, &mails, "bo@example.org").await;
    let there = sign_in(&studio, &mails, "bo@example.org").await;
    post(&studio, "/account/sign-out", &here, "everywhere=yes").await.leads_to("/account");
    get(&studio, "/account", &there).await.shows("We mail you a link");
}

/// Whoever asks is told the same; an address gets few mails, and those work.
#[tokio::test]
async fn nobody_is_flooded_or_locked_out_or_found_out() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    order(&studio).await;
    let known = studio.post("/account", &[("email", "bo@example.org")]).await;
    let unknown = studio.post("/account", &[("email", "no@example.org")]).await;
    assert_eq!(known.text.replace("bo@", "no@"), unknown.text);
    assert_eq!(known.status, unknown.status);
    for _ in 0..4 {
        studio.post("/account", &[("email", "bo@example.org")]).await.shows("Look into your mail");
    }
    let sent = mails.delivered(&studio, "sign-in").await;
    let to_bo: Vec<_> = sent.iter().filter(|mail| mail.contains("To: bo@example.org")).collect();
    assert_eq!(to_bo.len(), 3);
    for mail in to_bo {
        let link = mail.lines().find_map(|line| line.strip_prefix("http://127.0.0.1:3000")).unwrap();
        studio.get(link.trim()).await.shows("Sign in as bo@example.org");
    }
    for _ in 0..4 {
        studio.post("/account", &[("email", "zoe@example.org")]).await;
    }
    let refused = studio.post("/account", &[("email", "kim@example.org")]).await;
    assert_eq!((refused.status, refused.retry_after.as_str()), (StatusCode::TOO_MANY_REQUESTS, "900"));
    refused.shows("Too many links were asked for");
    let wrong = studio.post("/account", &[("email", "nobody")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.shows("Enter the e-mail address");
}

#[tokio::test]
async fn how_many_links_are_mailed_is_a_setting() {
    let limits = SignInLimits { address: 1, client: 2 };
    let (studio, mails) = (Studio::limited(|shop| shop.with_sign_in_limits(limits)).await, Mails::new());
    for _ in 0..2 {
        studio.post("/account", &[("email", "bo@example.org")]).await.shows("Look into your mail");
    }
    assert_eq!(mails.delivered(&studio, "sign-in").await.len(), 1);
    let refused = studio.post("/account", &[("email", "zoe@example.org")]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn nothing_is_remembered_before_it_is_agreed_to_and_all_is_forgotten_when_that_is_taken_back() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    let session = sign_in(&studio, &mails, "bo@example.org").await;
    let saved =
        post(&studio, "/products/mug/save", "", "_was=_revision%3D1&_now=_revision%3D1%26glaze%3Dblue").await;
    let design = saved.cookie.split(';').next().unwrap();
    let both = format!("{session}; {design}; atelier_personal=mug=tea");
    let account = async || get(&studio, "/account", &session).await;
    let take = async || post(&studio, "/account/remember", &both, "").await.leads_to("/account");

    let page = account().await;
    page.shows("You have not agreed");
    page.shows_not("Keep what this browser has");
    take().await;
    account().await.shows("None is kept here");

    let agreed = post(&studio, "/account/consent", &session, "answer=yes").await;
    agreed.leads_to("/account#remember");
    account().await.shows("You agreed on");
    get(&studio, "/privacy", &session).await.shows("You agreed on");
    take().await;
    let page = account().await;
    for text in ["/products/mug?_revision=1", "glaze=blue", "Tea", "you agreed to it"] {
        page.shows(text);
    }
    page.shows_not("None is kept here");
    post(&studio, "/account/forget", &session, "need=mug").await.leads_to("/account");
    account().await.shows_not("Tea");

    post(&studio, "/account/consent", &session, "answer=no").await.leads_to("/account#remember");
    let page = account().await;
    page.shows("None is kept here");
    page.shows("You have not agreed");
    assert_eq!(post(&studio, "/account/consent", &session, "answer=x").await.status, StatusCode::BAD_REQUEST);
}

/// Whoever agreed to be remembered starts on another device as on the first, until they sign out there.
#[tokio::test]
async fn what_a_customer_needs_comes_along_to_another_browser_and_goes_with_the_session() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    let session = sign_in(&studio, &mails, "bo@example.org").await;
    let both = format!("{session}; atelier_personal=mug=tea");
    let again = async || {
        studio.post("/account", &[("email", "bo@example.org")]).await.shows("Look into your mail");
        studio.post(&mails.link(&studio).await, &[]).await
    };
    let needs = "atelier_needs=";
    assert_eq!(named(&again().await, needs), None, "nothing was agreed to");
    post(&studio, "/account/consent", &session, "answer=yes").await.leads_to("/account#remember");
    post(&studio, "/account/remember", &both, "").await.leads_to("/account");

    let answer = again().await;
    let came = named(&answer, needs).unwrap();
    assert_eq!(came, "atelier_needs=mug%3Dtea");
    let whole = answer.cookies.iter().find(|cookie| cookie.starts_with(needs)).unwrap();
    assert!(!whole.contains("Max-Age"), "it ends with the browser: {whole}");
    let there = named(&answer, "atelier_customer=").unwrap();
    let why = async |cookies: &str| get(&studio, "/products/mug/defaults", cookies).await;
    why(&format!("{there}; {came}")).await.shows("tea drinkers");
    // What is said on this browser counts first, and stays there.
    let here = format!("{there}; {came}; atelier_personal=mug=coffee");
    why(&here).await.shows("coffee drinkers");
    post(&studio, "/account/remember", &format!("{there}; {came}"), "").await.leads_to("/account");
    for (address, body) in
        [("/products/mug/start", "_switch=off"), ("/account/consent", "answer=no"), ("/account/sign-out", "")]
    {
        let left = post(&studio, address, &here, body).await;
        assert_eq!(named(&left, needs).as_deref(), Some(needs), "{address}: {}", left.text);
    }
    // Who signs in next has theirs alone.
    studio.post("/account", &[("email", "cy@example.org")]).await.shows("Look into your mail");
    let next = post(&studio, &mails.link(&studio).await, &came, "").await;
    assert_eq!(named(&next, needs).as_deref(), Some(needs));
}

#[tokio::test]
async fn the_page_about_privacy_asks_who_is_signed_in_and_tells_others_how() {
    let studio = Studio::open().await;
    let page = studio.get("/privacy").await;
    for text in ["What we may remember", "unless you sign in", "10 years more", "Accounts and mails"] {
        page.shows(text);
    }
    page.shows_not("Yes, remember");
    assert_eq!(page.cookies, <[String; 0]>::default(), "nothing is set");
}

#[tokio::test]
async fn every_page_of_a_customer_speaks_their_language() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    order(&studio).await;
    mails.delivered(&studio, "").await;
    std::fs::remove_dir_all(mails.folder.path().join("outbox")).unwrap();
    let session = sign_in(&studio, &mails, "bo@example.org").await;
    for (language, account, data, erase) in [
        ("de", "Dein Konto", "Alles, was wir von dir haben", "Endgültig löschen"),
        ("ar", "حسابك", "كل ما لدينا عنك", "محو نهائي"),
    ] {
        for (address, text) in [("/account", account), ("/account/data", data), ("/account/erase", erase)] {
            get(&studio, &format!("{address}?_lang={language}"), &session).await.shows(text);
        }
    }
}

#[tokio::test]
async fn orders_name_their_product_in_the_readers_language() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    studio
        .republish(|bundle| {
            let german = TextsSource { name: Some("Becher".to_owned()), ..TextsSource::default() };
            bundle.source.translations.insert("de".to_owned(), german);
        })
        .await;
    order(&studio).await;
    mails.delivered(&studio, "").await;
    std::fs::remove_dir_all(mails.folder.path().join("outbox")).unwrap();
    let session = sign_in(&studio, &mails, "bo@example.org").await;
    for (language, told) in [("de", "Bestellung 1001: Becher"), ("en", "Order 1001: Mug")] {
        get(&studio, &format!("/account?_lang={language}"), &session).await.shows(told);
    }
}

#[tokio::test]
async fn what_is_too_long_to_be_read_is_cut_on_the_page_and_whole_in_the_file() {
    let (studio, mails) = (Studio::with_demo("trainer").await, Mails::new());
    let placed = studio.post("/products/trainer/order?_revision=1&_start=standard", &BUYER).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    mails.delivered(&studio, "").await;
    std::fs::remove_dir_all(mails.folder.path().join("outbox")).unwrap();
    let session = sign_in(&studio, &mails, "bo@example.org").await;
    let page = get(&studio, "/account/data", &session).await;
    page.shows("characters; the file that you can download has all of them");
    page.shows_not("&lt;/svg&gt;");
    get(&studio, "/account/data.json", &session).await.shows("</svg>");
}

#[tokio::test]
async fn a_customer_looks_at_everything_and_takes_it_along() {
    let (studio, mails) = (Studio::open().await, Mails::new());
    order(&studio).await;
    mails.delivered(&studio, "").await;
    std::fs::remove_dir_all(mails.folder.path().join("outbox")).unwrap();
    let session = sign_in(&studio, &mails, "bo@example.org").await;
    let page = get(&studio, "/account/data", &session).await;
    for text in ["by the blue door", "bo@example.org", "sign_in", "Glaze"] {
        page.shows(text);
    }
    let file = get(&studio, "/account/data.json", &session).await;
    assert_eq!((file.kind.as_str(), file.cache.as_str()), ("application/json", "private, no-store"));
    let data: serde_json::Value = serde_json::from_str(&file.text).unwrap();
    let tables = &data["tables"];
    assert_eq!(tables["orders"][0]["buyer"]["note"], "by the blue door");
    assert_eq!(tables["customers"][0]["email"], "bo@example.org");
    assert_eq!(tables["outbox"].as_array().unwrap().len(), 2);
}
