//! The basket as people meet it: put in, changed, taken out and put back, and ordered, all or nothing.

use crate::account::Mails;
use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};

const BLUE: &str = "/products/mug/basket?_revision=1&_start=standard&glaze=blue";
const GREEN: &str = "/products/mug/basket?_revision=1&_start=standard&glaze=green";
const BUYER: [(&str, &str); 4] = [
    ("name", "Bo Larsen"),
    ("email", "bo@example.org"),
    ("address", "Harbour Street 4\n1000 Portside"),
    ("request_id", "0123456789abcdef"),
];

/// A browser with one cookie, the basket.
struct Browser {
    studio: Studio,
    basket: String,
}

impl Browser {
    async fn open() -> Self {
        Self { studio: Studio::open().await, basket: String::new() }
    }

    /// One that put two mugs in, two of the first.
    async fn with_two() -> Self {
        let mut browser = Self::open().await;
        browser.post(BLUE, &[("quantity", "2")]).await.leads_to_basket();
        browser.post(GREEN, &[("quantity", "1")]).await.leads_to_basket();
        browser
    }

    fn take(&mut self, answer: &Answer) {
        let set = answer.cookies.iter().find_map(|cookie| cookie.strip_prefix("atelier_basket="));
        if let Some(set) = set {
            self.basket = set.split(';').next().unwrap_or_default().to_owned();
        }
    }

    async fn get(&mut self, address: &str) -> Answer {
        let request = self.studio.request("GET", address);
        let request = request.header(header::COOKIE, format!("atelier_basket={}", self.basket));
        let answer = self.studio.send(request.body(Body::empty()).unwrap()).await;
        self.take(&answer);
        answer
    }

    async fn post(&mut self, address: &str, form: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.studio.request("POST", address).header("sec-fetch-site", "same-origin");
        let request = request.header(header::COOKIE, format!("atelier_basket={}", self.basket));
        let answer = self.studio.send(request.body(Body::from(body)).unwrap()).await;
        self.take(&answer);
        answer
    }

    /// The tokens of what is in the basket, with how many.
    fn lines(&self) -> Vec<(String, String)> {
        // Cookies travel percent-encoded.
        let basket = self.basket.replace("%3D", "=");
        form_urlencoded::parse(basket.as_bytes())
            .into_owned()
            .filter(|(name, _)| !name.starts_with('_'))
            .collect()
    }

    /// What the form of the basket's page has in its fields, with these.
    async fn form(&mut self, own: &[(&str, &str)]) -> Vec<(String, String)> {
        let page = self.get("/basket").await;
        let mut form = Vec::new();
        for (token, pieces) in self.lines() {
            form.push((format!("pieces.{token}"), pieces.clone()));
            form.push((format!("shown.{token}"), pieces));
        }
        form.push(("seen".to_owned(), hidden(&page, "seen")));
        form.push(("seen_total".to_owned(), hidden(&page, "seen_total")));
        form.extend(own.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        form
    }

    async fn send(&mut self, form: &[(String, String)]) -> Answer {
        let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post("/basket", &form).await
    }

    async fn orders(&self) -> usize {
        self.studio.shop.orders(None, 50).await.unwrap().len()
    }
}

trait LeadsToBasket {
    fn leads_to_basket(&self);
}

impl LeadsToBasket for Answer {
    #[track_caller]
    fn leads_to_basket(&self) {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        assert!(self.location.starts_with("/basket?"), "{}", self.location);
    }
}

/// The value of a hidden field.
fn hidden(page: &Answer, name: &str) -> String {
    let (_, rest) = page.text.split_once(&format!(" name=\"{name}\" value=\"")).unwrap();
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn designs_are_put_in_from_their_order_forms() {
    let mut browser = Browser::open().await;
    browser
        .get("/products/mug/order?_revision=1&glaze=blue")
        .await
        .shows("formaction=\"/products/mug/basket?");
    browser.get("/products/mug").await.shows_not("href=\"/basket\"");
    browser.get("/basket").await.shows("data-testid=\"basket-empty\"");
    assert_eq!(browser.basket, "");
    let put = browser.post(BLUE, &[("quantity", "2")]).await;
    put.leads_to_basket();
    assert!(put.cookie.contains("HttpOnly") && put.cookie.contains("SameSite=Lax"), "{}", put.cookie);
    let page = browser.get(&put.location).await;
    assert_eq!((page.status, page.cache.as_str()), (StatusCode::OK, "private, no-store"));
    page.shows("“Mug” is in your basket.");
    page.shows("Glaze: Blue");
    page.shows("€54");
    // Every page leads there, also that which is kept for everybody.
    browser.get("/products/mug").await.shows("href=\"/basket\"");
    browser.get("/").await.shows("href=\"/basket\"");
    browser.studio.get("/products/mug").await.shows_not("href=\"/basket\"");
    // The same once more is more of it.
    browser.post(BLUE, &[("quantity", "1")]).await.leads_to_basket();
    let lines = browser.lines();
    assert_eq!((lines.len(), lines[0].1.as_str()), (1, "3"));
}

#[tokio::test]
async fn what_is_no_number_of_pieces_is_not_put_in() {
    let mut browser = Browser::open().await;
    let page = browser.post(BLUE, &[("quantity", "many"), ("name", "Bo")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("id=\"quantity.note\"");
    page.shows("value=\"Bo\"");
    assert_eq!(browser.basket, "");
}

#[tokio::test]
async fn pieces_are_changed_and_designs_taken_out_and_put_back() {
    let mut browser = Browser::with_two().await;
    let (blue, green) = (browser.lines()[0].0.clone(), browser.lines()[1].0.clone());
    let (blue_field, green_field) = (format!("pieces.{blue}"), format!("pieces.{green}"));
    let more = [(blue_field.as_str(), "5"), (green_field.as_str(), "x"), ("update", "on"), ("name", "Bo")];
    let page = browser.post("/basket", &more).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("value=\"Bo\"");
    page.shows(&format!("id=\"pieces-{green}.note\""));
    let pieces: Vec<_> = browser.lines().into_iter().map(|(_, pieces)| pieces).collect();
    assert_eq!(pieces, ["5", "1"]);
    let removed = browser.post("/basket", &[("remove", &blue)]).await;
    removed.shows("“Mug” is out of your basket.");
    assert_eq!(browser.lines().len(), 1);
    let undo = format!("0.5.{blue}");
    removed.shows(&format!("name=\"undo\" value=\"{undo}\""));
    browser.post("/basket", &[("undo", &undo)]).await.shows("“Mug” is back.");
    assert_eq!(browser.lines()[0], (blue.clone(), "5".to_owned()));
    // Sent again, as by a reload, it is there once.
    browser.post("/basket", &[("undo", &undo)]).await;
    assert_eq!(browser.lines().len(), 2);
    // The last one gone, the cookie ends, and there is a way back.
    for token in [&blue, &green] {
        browser.post("/basket", &[("remove", token)]).await;
    }
    assert_eq!(browser.basket, "");
}

#[tokio::test]
async fn a_design_is_changed_in_its_place() {
    let mut browser = Browser::with_two().await;
    let blue = browser.lines()[0].0.clone();
    let to = browser.post("/basket", &[("change", &blue)]).await;
    assert_eq!(to.status, StatusCode::SEE_OTHER);
    assert!(to.location.contains("glaze=blue") && to.location.ends_with("_pieces=2"), "{}", to.location);
    browser.get("/products/mug/order?_revision=1&lid=wood").await.shows("value=\"replace\"");
    let wood = "/products/mug/basket?_revision=1&_start=standard&glaze=blue&lid=wood";
    let put = browser.post(wood, &[("quantity", "2"), ("basket", "replace")]).await;
    put.leads_to_basket();
    let page = browser.get(&put.location).await;
    page.shows("“Mug” in your basket is changed.");
    page.shows("Lid: Wood");
    assert_eq!(browser.lines().len(), 2);
    assert!(browser.lines().iter().all(|(token, _)| *token != blue));
    browser.get("/products/mug/order?_revision=1").await.shows_not("value=\"replace\"");
}

#[tokio::test]
async fn all_of_it_is_ordered_with_one_form() {
    let mut browser = Browser::with_two().await;
    let form = browser.form(&BUYER).await;
    let placed = browser.send(&form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    assert!(placed.location.starts_with("/orders/"), "{}", placed.location);
    assert_eq!((browser.basket.as_str(), browser.orders().await), ("", 2));
    let page = browser.get(&placed.location).await;
    page.shows("Order 1001");
    page.shows("data-testid=\"ordered-together\"");
    let other = format!("{}/1002", placed.location);
    page.shows(&format!("href=\"{other}\""));
    let second = browser.get(&other).await;
    second.shows("Order 1002");
    second.shows(&format!("href=\"{}\"", placed.location));
    // The same form once more is the same order, though the basket is empty by now.
    let again = browser.send(&form).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.orders().await, 2);
    browser.get(&again.location).await.shows("Order 1001");
    // One mail tells of all of it.
    let mails = Mails::new().delivered(&browser.studio, "").await;
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    for told in ["1001", "1002", "To: bo@example.org", &placed.location] {
        assert!(mail.contains(told), "{told}: {mail}");
    }
}

#[tokio::test]
async fn a_token_opens_the_orders_of_its_basket_alone() {
    let mut browser = Browser::with_two().await;
    let form = browser.form(&BUYER).await;
    let placed = browser.send(&form).await.location;
    let alone = browser.studio.post("/products/mug/order?_revision=1", &BUYER[..3]).await.location;
    for address in [
        format!("{placed}/1003"),
        format!("{placed}/9999"),
        format!("{placed}/x"),
        format!("{alone}/1001"),
        format!("{alone}/1003"),
    ] {
        assert_eq!(browser.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    browser.get(&alone).await.shows_not("data-testid=\"ordered-together\"");
}

#[tokio::test]
async fn nothing_is_ordered_where_one_design_was_withdrawn() {
    let mut browser = Browser::with_two().await;
    let form = browser.form(&BUYER).await;
    browser.studio.republish(|bundle| bundle.source.name = "Cup".to_owned()).await;
    let mug = "mug".parse().unwrap();
    let first = 1.try_into().unwrap();
    browser.studio.shop.withdraw(&mug, first, "The price was wrong.", "mia").await.unwrap();
    let page = browser.send(&form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.text);
    page.shows("“Cup” is no longer as you put it in.");
    page.shows("value=\"Bo Larsen\"");
    assert_eq!(browser.orders().await, 0);
    // Taken as they are now, they can be ordered.
    for (token, _) in browser.lines() {
        browser.post("/basket", &[("take", &token)]).await;
    }
    let form = browser.form(&BUYER).await;
    assert_eq!(browser.send(&form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.orders().await, 2);
}

#[tokio::test]
async fn what_is_wrong_with_the_buyer_is_told_and_nothing_is_lost() {
    let mut browser = Browser::with_two().await;
    let form = browser.form(&[("name", "Bo"), ("email", "bo"), ("note", "By noon")]).await;
    let page = browser.send(&form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in ["id=\"email.note\"", "id=\"address.note\"", "value=\"Bo\"", "By noon"] {
        page.shows(text);
    }
    assert_eq!((browser.lines().len(), browser.orders().await), (2, 0));
}

#[tokio::test]
async fn another_number_of_pieces_is_shown_before_it_is_ordered() {
    let mut browser = Browser::with_two().await;
    let mut form = browser.form(&BUYER).await;
    form[0].1 = "4".to_owned();
    let page = browser.send(&form).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.shows("Look at it, then place the order.");
    assert_eq!((browser.lines()[0].1.as_str(), browser.orders().await), ("4", 0));
}

#[tokio::test]
async fn what_was_ordered_a_moment_ago_is_asked_about() {
    let mut browser = Browser::with_two().await;
    let form = browser.form(&BUYER).await;
    browser.send(&form).await;
    browser.post(GREEN, &[("quantity", "1")]).await;
    let own = [BUYER[0], BUYER[1], BUYER[2], ("request_id", "fedcba")];
    let mut form = browser.form(&own).await;
    let page = browser.send(&form).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    page.shows("Mug: You ordered this a moment ago: order 1002.");
    form.push(("another".to_owned(), hidden(&page, "another")));
    assert_eq!(browser.send(&form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.orders().await, 3);
}

#[tokio::test]
async fn a_full_basket_says_so() {
    let mut browser = Browser::open().await;
    let lines: Vec<_> = (0..20).map(|line| format!("{line:032x}=1")).collect();
    browser.basket = lines.join("&");
    let page = browser.post(BLUE, &[("quantity", "1")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.shows("A basket holds 20 designs, and yours is full.");
}

#[tokio::test]
async fn a_cookie_that_is_no_basket_is_an_empty_one() {
    let mut browser = Browser::open().await;
    for cookie in ["<b>", "0123=0", "%ff%fe=1", "_changing=0123"] {
        browser.basket = cookie.to_owned();
        let page = browser.get("/basket").await;
        assert_eq!(page.status, StatusCode::OK);
        page.shows("data-testid=\"basket-empty\"");
    }
    // What the shop has forgotten is told of, and leaves the basket.
    browser.basket = format!("{}=1", "0".repeat(32));
    browser.get("/basket").await.shows("no longer kept");
    assert_eq!(browser.basket, "");
}

#[tokio::test]
async fn another_language_loses_nothing() {
    let mut browser = Browser::with_two().await;
    let page = browser.post("/basket", &[("_lang", "de"), ("name", "Bo")]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("Dein Warenkorb");
    page.shows("value=\"Bo\"");
    browser.get("/basket?_lang=ar").await.shows("سلتك");
}
