//! What happens on products' pages: told by pages, counted by the day without a person, shown to an administrator.

use std::sync::Arc;

use crate::common::Studio;
use axum::body::Body;
use axum::http::{StatusCode, header};
use configurator::Quantity;
use personalize::Start;
use shop::insight::Visit;
use shop::orders::Change;
use shop::{Buyer, Environment, OrderRequest, OrderState};
use testing::{FakeEnvironment, ana};
use time::Duration;

const COUNTS: &str = "/products/mug/counts";
const ADMIN: &str = "/admin/products/mug/insight";
const CSV: &str = "/admin/products/mug/insight.csv?days=30";
const BUYER: [(&str, &str); 3] =
    [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n2100 Copenhagen")];

/// A visit that saw the looks, chose blue and left.
const VISIT: [(&str, &str); 9] = [
    ("revision", "1"),
    ("new", "1"),
    ("step", "looks"),
    ("worked", "looks"),
    ("seen", "glaze"),
    ("shown", "glaze:blue"),
    ("chosen", "glaze:blue"),
    ("left", "looks"),
    ("at", "glaze:blue"),
];

impl Studio {
    async fn tell(&self, form: &[(&str, &str)]) {
        let answer = self.post(COUNTS, form).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""), "{form:?}");
        assert_eq!(answer.cookies, <[String; 0]>::default(), "nothing is set");
    }

    /// The file's lines, from the kind on.
    async fn counted(&self) -> Vec<String> {
        let file = self.get(CSV).await;
        assert_eq!(file.kind, "text/csv; charset=utf-8");
        let lines = file.text.lines().skip(1).map(|line| line.splitn(4, ',').nth(3).unwrap().to_owned());
        lines.collect()
    }
}

#[tokio::test]
async fn a_visit_counts_once_for_each_thing_and_few_are_not_told() {
    let studio = Studio::with_ana().await;
    studio.get(ADMIN).await.shows("Nothing is counted yet");
    for _ in 0..6 {
        studio.tell(&VISIT).await;
    }
    // Whoever went on to the order form left nothing here.
    let went_on = [("revision", "1"), ("left", "looks"), ("at", "glaze:blue"), ("order", "1")];
    studio.tell(&went_on).await;
    // What the same page tells later, twice over.
    let later = [("revision", "1"), ("shown", "lid:wood"), ("shown", "lid:wood"), ("order", "1")];
    studio.tell(&later).await;
    let expected = [
        "visit,,,,6",
        "step_seen,looks,,,6",
        "step_changed,looks,,,6",
        "step_left,looks,,,6",
        "seen,glaze,,,6",
        "shown,glaze,blue,,6",
        "shown,lid,wood,,<5",
        "chosen,glaze,blue,,6",
        "left,glaze,blue,,6",
        "order_form,,,,<5",
    ];
    assert_eq!(studio.counted().await, expected);
    let page = studio.get(ADMIN).await;
    for text in ["Opened the page", "Looks", "6 (100 %)", "fewer than 5", "Download as CSV", "<svg"] {
        page.shows(text);
    }
    // Bars have their numbers, and the days that are shown are marked.
    page.shows("<tspan class=\"font-semibold\">6</tspan>");
    let marked = |page: &str, days: u16| {
        let (_, link) = page.split_once(&format!("href=\"{ADMIN}?days={days}\"")).unwrap();
        link.split_once('>').unwrap().0.contains("aria-current=\"page\"")
    };
    assert_eq!([7, 30, 90].map(|days| marked(&page.text, days)), [false, true, false]);
    let week = studio.get(&format!("{ADMIN}?days=7")).await;
    assert_eq!([7, 30, 90].map(|days| marked(&week.text, days)), [true, false, false]);
    page.shows_not("Nothing is counted");
    // It is there for other shops on the same database, too.
    assert_eq!(studio.get("/products/mug").await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_option_asked_for_while_blocked_names_the_rule_and_what_is_not_blocked_is_not_counted() {
    let studio = Studio::with_ana().await;
    let high = "lid:wood?_revision=1&_start=standard&height=12";
    let low = "lid:wood?_revision=1&_start=standard&height=8";
    for _ in 0..5 {
        studio.tell(&[("revision", "1"), ("asked", high), ("asked", low), ("asked", "glaze:blue?")]).await;
    }
    assert_eq!(studio.counted().await, ["asked,lid,wood,,5", "barred,lid,wood,wood_small,5"]);
}

#[tokio::test]
async fn options_are_worth_what_confirmed_orders_tell_and_a_price_that_never_varied_tells_nothing() {
    Studio::with_ana().await.get(ADMIN).await.shows("Too little is known yet");
    let studio = Studio::with_ana().await;
    for index in 0..50 {
        let glaze = if index % 5 < 3 { "white" } else { "blue" };
        let request = OrderRequest {
            slug: "mug".parse().unwrap(),
            revision: 1.try_into().unwrap(),
            choices: vec![("glaze".to_owned(), glaze.to_owned())],
            start: Start::Standard,
            quantity: Quantity::ONE,
            buyer: Buyer { email: format!("buyer{index}@example.org"), ..ana() },
            request_id: None,
        };
        let number = studio.shop.place_order(request).await.unwrap().order.number;
        let confirmed =
            Change::Move { seen: OrderState::Placed, to: OrderState::Confirmed, reason: String::new() };
        studio.shop.change_order(number, confirmed, "ana@example.org").await.unwrap();
    }
    let page = studio.get(ADMIN).await;
    for text in ["Orders that speak: 50", "Measured against “White”", "−0.4 ± 0.6", "40 (27 to 54)"] {
        page.shows(text);
    }
    page.shows("prices hardly varied");
    page.shows("<circle");
    page.shows_not("Green");
    let file = studio.get("/admin/products/mug/worths.csv").await;
    assert_eq!(file.kind, "text/csv; charset=utf-8");
    let lines: Vec<&str> = file.text.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("product,attribute,option,measured_against,orders,worth,worth_within"));
    assert_eq!(lines[1], "mug,glaze,blue,white,20,-0.405,0.566,,,EUR,,,,,,");
    page.shows("seen too rarely");
    // Visits are a second source: of 30 that saw it, 12 chose it.
    for index in 0..30 {
        let blue = || vec![("glaze".to_owned(), "blue".to_owned())];
        let chosen = if index % 5 < 2 { blue() } else { Vec::new() };
        let visit = Visit { shown: blue(), chosen, ..Visit::default() };
        studio.shop.count_visit(&"mug".parse().unwrap(), 1.try_into().unwrap(), visit).await.unwrap();
    }
    let page = studio.get(ADMIN).await;
    page.shows("40 % of 30 visits (24.6 % to 57.7 %)");
    page.shows_not("seen too rarely");
    let file = studio.get("/admin/products/mug/worths.csv").await;
    assert!(file.text.trim_end().ends_with(",EUR,30,12,0.400,0.246,0.577,"), "{}", file.text);
}

#[tokio::test]
async fn of_a_few_who_chose_it_says_only_that_they_are_fewer() {
    let studio = Studio::with_ana().await;
    for index in 0..40 {
        let glaze = if index % 2 == 0 { "white" } else { "blue" };
        let request = OrderRequest {
            slug: "mug".parse().unwrap(),
            revision: 1.try_into().unwrap(),
            choices: vec![("glaze".to_owned(), glaze.to_owned())],
            start: Start::Standard,
            quantity: Quantity::ONE,
            buyer: Buyer { email: format!("buyer{index}@example.org"), ..ana() },
            request_id: None,
        };
        let number = studio.shop.place_order(request).await.unwrap().order.number;
        let confirmed =
            Change::Move { seen: OrderState::Placed, to: OrderState::Confirmed, reason: String::new() };
        studio.shop.change_order(number, confirmed, "ana@example.org").await.unwrap();
        let blue = || vec![("glaze".to_owned(), "blue".to_owned())];
        let chosen = if index < 3 { blue() } else { Vec::new() };
        let visit = Visit { shown: blue(), chosen, ..Visit::default() };
        studio.shop.count_visit(&"mug".parse().unwrap(), 1.try_into().unwrap(), visit).await.unwrap();
    }
    studio.get(ADMIN).await.shows("fewer than 5 of 40 visits");
    let file = studio.get("/admin/products/mug/worths.csv").await;
    assert!(file.text.trim_end().ends_with(",EUR,40,<5,,,,"), "{}", file.text);
}

#[tokio::test]
async fn junk_is_refused_and_harms_nothing() {
    let studio = Studio::with_ana().await;
    let junk = [
        ("revision", "1"),
        ("step", "nowhere"),
        ("left", "<script>"),
        ("at", "glaze:purple"),
        ("seen", "colour"),
        ("shown", "glaze:purple"),
        ("shown", "glaze"),
        ("chosen", "=1:2"),
        ("chosen", "height:9"),
        ("asked", "lid:wood?height=%ff&_start=personal"),
        ("asked", "lid"),
        ("unknown", "x"),
    ];
    studio.tell(&junk).await;
    assert_eq!(studio.counted().await, <[String; 0]>::default());
    let status = async |address: &str, form: &[(&str, &str)]| studio.post(address, form).await.status;
    assert_eq!(status(COUNTS, &[("new", "1")]).await, StatusCode::BAD_REQUEST);
    assert_eq!(status(COUNTS, &[("revision", "one")]).await, StatusCode::BAD_REQUEST);
    assert_eq!(status(COUNTS, &[("revision", "9")]).await, StatusCode::NOT_FOUND);
    assert_eq!(status("/products/plate/counts", &VISIT).await, StatusCode::NOT_FOUND);
    let long = "x".repeat(40 * 1024);
    assert_eq!(status(COUNTS, &[("revision", "1"), ("seen", &long)]).await, StatusCode::PAYLOAD_TOO_LARGE);
    // Another site's page counts nothing here.
    let foreign = studio.request("POST", COUNTS).header("sec-fetch-site", "cross-site");
    let answer = studio.send(foreign.body(Body::from("revision=1&new=1")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(studio.counted().await, <[String; 0]>::default());
}

#[tokio::test]
async fn nobody_is_counted_who_asks_not_to_be_and_no_program() {
    let studio = Studio::with_ana().await;
    let agent = header::USER_AGENT.as_str();
    let program = (agent, "Mozilla/5.0 (compatible; Examplebot/2.1)");
    for (height, (name, value)) in (7..).zip([("sec-gpc", "1"), ("dnt", "1"), program]) {
        let request =
            studio.request("POST", COUNTS).header("sec-fetch-site", "same-origin").header(name, value);
        let answer = studio.send(request.body(Body::from("revision=1&new=1")).unwrap()).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{name}");
        let order = form_urlencoded::Serializer::new(String::new()).extend_pairs(BUYER).finish();
        let address = format!("/products/mug/order?_revision=1&_start=standard&height={height}");
        let request =
            studio.request("POST", &address).header("sec-fetch-site", "same-origin").header(name, value);
        let placed = studio.send(request.body(Body::from(order)).unwrap()).await;
        assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    }
    assert_eq!(studio.counted().await, <[String; 0]>::default());
}

#[tokio::test]
async fn one_client_counts_for_no_more_than_some_people() {
    let studio = Studio::with_ana().await;
    for _ in 0..90 {
        studio.tell(&[("revision", "1"), ("new", "1")]).await;
    }
    // As many at once, and a few more while the test took.
    let counted = studio.counted().await;
    let visits: u32 = counted[0].strip_prefix("visit,,,,").unwrap().parse().unwrap();
    assert!((60..90).contains(&visits), "{visits}");
}

#[tokio::test]
async fn an_order_tells_what_it_kept_of_its_start() {
    let studio = Studio::with_ana().await;
    for height in 7..12 {
        let address = format!("/products/mug/order?_revision=1&_start=standard&glaze=blue&height={height}");
        assert_eq!(studio.post(&address, &BUYER).await.status, StatusCode::SEE_OTHER);
    }
    let expected = ["order,,,,5", "ordered,glaze,blue,,5", "ordered,lid,none,,5", "kept,lid,none,,5"];
    assert_eq!(studio.counted().await, expected);
}

#[tokio::test]
async fn cancelled_and_test_orders_are_in_no_sum() {
    let studio = Studio::with_ana().await;
    for height in 7..13 {
        let lid = if height < 9 { "&lid=wood" } else { "" };
        let address =
            format!("/products/mug/order?_revision=1&_start=standard&glaze=blue{lid}&height={height}");
        assert_eq!(studio.post(&address, &BUYER).await.status, StatusCode::SEE_OTHER);
    }
    let sums = async || {
        let mug = "mug".parse().unwrap();
        let sums = studio.shop.insight(&mug, studio.shop.last_days(1)).await.unwrap().sums;
        use shop::insight::CountKind::{Kept, Order, Ordered};
        let option = |kind, option| sums.option(kind, if option == "blue" { "glaze" } else { "lid" }, option);
        let orders = sums.at(Order, "");
        [
            orders,
            option(Ordered, "blue"),
            option(Ordered, "wood"),
            option(Ordered, "none"),
            option(Kept, "none"),
        ]
    };
    assert_eq!(sums().await, [6, 6, 2, 4, 4]);
    let order = |number: u32| format!("/admin/orders/{number}");
    let done = async |number, form: &[(&str, &str)]| {
        let answer = studio.post(&order(number), form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    };
    done(1001, &[("do", "test")]).await;
    assert_eq!(sums().await, [5, 5, 1, 4, 4]);
    let cancel = [("seen", "placed"), ("to", "cancelled"), ("reason", "By mistake")];
    done(1006, &cancel).await;
    assert_eq!(sums().await, [4, 4, 1, 3, 3]);
    done(1001, &cancel).await;
    assert_eq!(sums().await, [4, 4, 1, 3, 3], "it is out once");
    // What is undone or no test any more is counted again.
    done(1006, &[("do", "back"), ("seen", "cancelled"), ("to", "placed")]).await;
    done(1001, &[("do", "back"), ("seen", "cancelled"), ("to", "placed")]).await;
    assert_eq!(sums().await, [5, 5, 1, 4, 4]);
    done(1001, &[("do", "no-test")]).await;
    assert_eq!(sums().await, [6, 6, 2, 4, 4]);
    // An order that was not counted is not taken out.
    let agent = studio.request("POST", "/products/mug/order?_revision=1&_start=standard&glaze=blue&height=8");
    let order = form_urlencoded::Serializer::new(String::new()).extend_pairs(BUYER).finish();
    let agent = agent.header("sec-fetch-site", "same-origin").header("sec-gpc", "1");
    let placed = studio.send(agent.body(Body::from(order)).unwrap()).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    done(1007, &[("do", "test")]).await;
    assert_eq!(sums().await, [6, 6, 2, 4, 4]);
}

#[tokio::test]
async fn a_day_begins_where_the_shop_is_and_old_sums_are_forgotten() {
    let clock = Arc::new(FakeEnvironment::default());
    let file = "name = \"Kiln\"\ntime_zone = \"Pacific/Auckland\"\ninsight_months = 1\n";
    let mut studio = Studio::run_by(file, Arc::clone(&clock) as Arc<dyn Environment>).await;
    let today = studio.shop.last_days(1).to;
    // Until the day changes there, which it does before it changes in Greenwich.
    for _ in 0..48 {
        studio.tell(&[("revision", "1"), ("new", "1")]).await;
        if studio.shop.last_days(1).to != today {
            break;
        }
        clock.wait(Duration::minutes(30));
    }
    assert_ne!(clock.now().date(), studio.shop.last_days(1).to);
    // A session ends with the hours.
    studio.let_ana_in().await;
    let second = studio.get(&format!("{ADMIN}?days=1")).await;
    second.shows("fewer than 5");
    let first = studio.get(&format!("{ADMIN}?from={today}&to={today}")).await;
    assert_eq!(first.status, StatusCode::OK);
    let mug = "mug".parse().unwrap();
    let sums = studio.shop.insight(&mug, studio.shop.last_days(1)).await.unwrap().sums;
    assert_eq!(sums.iter().map(|(_, times)| times).collect::<Vec<_>>(), [1]);

    assert_eq!(studio.shop.forget_counts().await.unwrap(), 0);
    clock.wait(Duration::days(30));
    assert_eq!(studio.shop.forget_counts().await.unwrap(), 1);
    assert_eq!(studio.shop.insight(&mug, studio.shop.last_days(60)).await.unwrap().sums.iter().count(), 1);
}

#[tokio::test]
async fn what_are_no_days_says_so_and_shows_the_last_thirty() {
    let mut studio = Studio::with_ana().await;
    for asked in ["from=yesterday&to=2027-01-01", "from=2027-01-01", "days=0", "days=many"] {
        let page = studio.get(&format!("{ADMIN}?{asked}")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        page.shows("Write both as 2027-01-31");
    }
    let turned = studio.get(&format!("{ADMIN}?from=2027-02-01&to=2027-01-01")).await;
    turned.shows("value=\"2027-01-01\"");
    studio.session = None;
    for address in [ADMIN, CSV] {
        assert_eq!(studio.get(address).await.status, StatusCode::SEE_OTHER, "{address}");
    }
}

#[tokio::test]
async fn pages_tell_where_visits_are_counted_and_the_privacy_page_what() {
    let studio = Studio::open().await;
    let page = studio.get("/products/mug").await;
    page.shows("data-counts=\"/products/mug/counts\"");
    page.shows("src=\"/insight.js\"");
    for (query, text) in [
        ("en", "Only sums by the day are kept"),
        ("de", "Behalten werden nur Summen je Tag"),
        ("ar", "لا تُحفظ إلا مجاميع يومية"),
    ] {
        let page = studio.get(&format!("/privacy?_lang={query}")).await;
        page.shows(text);
        page.shows("25");
    }
}
