//! Experiments, through the router: planned, started and ended in the admin, and what shoppers get meanwhile.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{StatusCode, header};
use shop::Environment;
use testing::FakeEnvironment;
use time::Duration;

use crate::common::{Answer, Studio};

const NEW: &str = "/admin/experiments/new";
const FORM: [(&str, &str); 7] = [
    ("product", "mug"),
    ("title", "Tea <b>or</b> white"),
    ("standard", "50"),
    ("lift", "8"),
    ("value", "30.00"),
    ("cap", "90"),
    ("window", "14"),
];

fn form<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut form: Vec<_> = FORM.into_iter().chain([("orders", "2.5"), ("do", "plan")]).collect();
    for (name, value) in more {
        form.retain(|(known, _)| known != name);
        form.push((name, value));
    }
    form
}

/// A new shopper, or one with a cookie, says what they use a product for.
async fn answer(
    studio: &Studio,
    (product, stated_use): (&str, &str),
    cookie: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let address = format!("/products/{product}/start");
    let mut request = studio.request("POST", &address).header("sec-fetch-site", "same-origin");
    request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request = request.header(header::COOKIE, cookie);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    studio.send(request.body(Body::from(format!("_use={stated_use}"))).unwrap()).await
}

fn personal(answer: &Answer) -> String {
    answer.cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_experiment_is_planned_started_and_ended() {
    let studio = Studio::with_ana().await;
    studio.get("/admin/experiments").await.shows("There is no experiment yet");
    let fresh = studio.get(&format!("{NEW}?product=mug")).await;
    fresh.shows("No orders are known from the last 90 days");
    fresh.shows("the most frequent design, by the stated use (one-to-n, by groups of shoppers)");
    fresh.shows("Level: one-to-all, the same for everybody.");
    fresh.shows_not("Level: one-to-n");
    fresh.shows_not("What is learnt from orders, the same");
    let planned = studio.post(NEW, &form(&[])).await;
    assert_eq!(planned.status, StatusCode::OK);
    planned.shows("visitors to see a lift of 8 %");
    planned.shows("Tea &lt;b&gt;or&lt;/b&gt; white");
    planned.shows("value=\"30.00\"");
    studio.get("/admin/experiments").await.shows("There is no experiment yet");
    let started = studio.post(NEW, &form(&[("do", "start")])).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text);
    let report = studio.get(&started.location).await;
    for words in [
        "It runs: day 1",
        "Came so far",
        "Started on ",
        "ana@example.org",
        "time to order is over yet: that takes 14 days",
        "50 %",
        "Level: one-to-n, by groups of shoppers.",
        "Level: one-to-all, the same for everybody.",
    ] {
        report.shows(words);
    }
    report.shows_not("What must not rise");
    let list = studio.get("/admin/experiments").await;
    list.shows("Runs");
    list.shows("Mug");
    list.shows("An experiment runs with each of your products.");
    list.shows_not("value=\"mug\"");
    let second = studio.post(NEW, &form(&[("do", "start")])).await;
    assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
    second.shows("An experiment with this product runs already");
    // What ending does is said first, and asking ends nothing.
    report.shows("?ask=end");
    report.shows_not("End it now");
    let asked = studio.get(&format!("{}?ask=end", started.location)).await;
    asked.shows("Everybody sees the shop as it is from then on, at once.");
    asked.shows("End it now");
    asked.shows("Let it run");
    studio.get(&started.location).await.shows("It runs: day 1");
    studio.post(&started.location, &[("do", "end")]).await.leads_to(&started.location);
    let over = studio.get(&started.location).await;
    over.shows("Nobody's time to order was over when it ended");
    over.shows("What was found");
    for later in ["Came so far", "It runs", " yet", "ask=end", "so far"] {
        over.shows_not(later);
    }
    studio.get("/admin/experiments").await.shows("value=\"mug\"");
    over.shows("Whoever came in the last 14 days before is left out");
    over.shows_not("End the experiment");
    studio
        .get("/admin/people/audit")
        .await
        .shows("Started the experiment “Tea &lt;b&gt;or&lt;/b&gt; white” with mug");
    assert_eq!(studio.get("/admin/experiments/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_no_plan_is_said_beside_what_was_typed() {
    let studio = Studio::with_ana().await;
    for (field, typed, why) in [
        ("standard", "", "Write a share beside at least one"),
        ("standard", "half", "as a number of percent"),
        ("standard", "100", "as a number of percent"),
        ("standard", "96", "4 % are left for the holdout"),
        ("lift", "0", "from 1 to 100"),
        ("lift", "x", "from 1 to 100"),
        ("orders", "0", "no number that can be"),
        ("orders", "101", "no number that can be"),
        ("value", "", "no number that can be"),
        ("cap", "-5", "no number that can be"),
        ("window", "91", "from 1 to 90"),
    ] {
        let refused = studio.post(NEW, &form(&[(field, typed)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {typed}");
        refused.shows(why);
        refused.shows(&format!("value=\"{typed}\""));
    }
    let nameless = studio.post(NEW, &form(&[("title", " "), ("do", "start")])).await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    nameless.shows("Write a name.");
    let long = "x".repeat(81);
    let long = studio.post(NEW, &form(&[("title", &long), ("do", "start")])).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(studio.post(NEW, &form(&[("do", "other")])).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(studio.post(NEW, &form(&[("product", "none")])).await.status, StatusCode::NOT_FOUND);
    assert!(studio.shop.experiments().await.unwrap().is_empty());
}

#[tokio::test]
async fn shoppers_who_agreed_are_put_into_groups_by_a_number_in_their_cookie() {
    let mut studio = Studio::with_demo("travel-bike").await;
    studio.let_ana_in().await;
    studio.shop.make_up_orders(3_000, 20).await.unwrap();
    let slug = "travel-bike".parse().unwrap();
    studio.shop.learn(&studio.shop.live(&slug).await.unwrap()).await.unwrap();
    let touring = ("travel-bike", "touring");
    let usual = answer(&studio, touring, "", &[]).await.location;
    let form = form(&[("product", "travel-bike"), ("value", "2000"), ("cap", "6000"), ("do", "start")]);
    let started = studio.post(NEW, &form).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER);
    let mut begun = BTreeSet::new();
    for _ in 0..40 {
        let first = answer(&studio, touring, "", &[]).await;
        let cookie = personal(&first);
        assert!(cookie.contains("_visitor"), "{cookie}");
        let again = answer(&studio, touring, &cookie, &[]).await;
        assert_eq!((personal(&again), &again.location), (cookie.clone(), &first.location));
        let get = async |address: &str| {
            let request = studio.request("GET", address).header(header::COOKIE, &cookie);
            studio.send(request.body(Body::empty()).unwrap()).await
        };
        assert_eq!(get(&first.location).await.status, StatusCode::OK);
        // Why is told as it is for them.
        let why = get("/products/travel-bike/defaults").await;
        let is_standard = first.location != usual;
        assert_eq!(
            why.text.contains("While this shop compares ways to begin, you begin with our standard"),
            is_standard
        );
        assert_eq!(why.text.contains("You said what it is for; meanwhile it is not used"), is_standard);
        why.shows_not("starts from our standard, whatever others order");
        assert_eq!(why.text.contains("touring riders speak first"), !is_standard);
        begun.insert(first.location);
    }
    assert!(begun.len() == 2 && begun.contains(&usual), "{begun:?}");
    // Who asks not to be counted has no number, and sees the shop as it is.
    for headers in [[("dnt", "1")], [("sec-gpc", "1")], [("user-agent", "somebot/1.0")]] {
        let uncounted = answer(&studio, touring, "", &headers).await;
        assert!(!personal(&uncounted).contains("_visitor"), "{headers:?}");
        assert_eq!(uncounted.location, usual);
    }
    let off = studio.post("/products/travel-bike/start", &[("_switch", "off")]).await;
    assert!(off.cookie.contains("atelier_personal=;"), "{}", off.cookie);
    studio.get("/privacy").await.shows("chance puts your number into a group");
}

#[tokio::test]
async fn what_a_visitor_orders_is_counted_and_forgotten_with_them() {
    let studio = Studio::with_ana().await;
    let started = studio.post(NEW, &form(&[("do", "start")])).await;
    let code = started.location.rsplit('/').next().unwrap().to_owned();
    let first = answer(&studio, ("mug", "tea"), "", &[]).await;
    let cookie = personal(&first);
    let send = async |method: &str, address: &str, body: &str| {
        let request = studio.request(method, address).header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header(header::COOKIE, &cookie);
        studio.send(request.body(Body::from(body.to_owned())).unwrap()).await
    };
    assert_eq!(send("GET", &first.location, "").await.status, StatusCode::OK);
    let told = "revision=1&new=1&changed=glaze&changed=height&asked=lid:wood%3F_revision%3D1%26height%3D12";
    assert_eq!(send("POST", "/products/mug/counts", told).await.status, StatusCode::NO_CONTENT);
    let order = first.location.replace("/products/mug?", "/products/mug/order?");
    let buyer = "name=Bo&email=bo%40example.org&address=Harbour+Street+4%0A1000+Portside";
    let placed = send("POST", &format!("{order}&glaze=blue"), buyer).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let file = format!("sqlite://{}", studio.folder().join("atelier.db").display());
    let database = sqlx::SqlitePool::connect(&file).await.unwrap();
    let row = "SELECT edits, blocked FROM experiment_visitors WHERE experiment = $1";
    let row: (i64, i64) = sqlx::query_as(row).bind(&code).fetch_one(&database).await.unwrap();
    assert_eq!(row, (2, 1));
    let row = "SELECT at_standard, defaults_changed FROM experiment_orders WHERE number = 1001 AND visitor_hash <> ''";
    let row: (i64, i64) = sqlx::query_as(row).fetch_one(&database).await.unwrap();
    assert_eq!(row, (2_400, 1));
    let hashes: Vec<String> = sqlx::query_scalar("SELECT visitor_hash FROM experiment_visitors")
        .fetch_all(&database)
        .await
        .unwrap();
    assert!(!cookie.contains(&hashes[0]), "the number itself is kept nowhere");
}

/// Each visitor changes two attributes and asks for one option that is blocked; nobody orders.
#[tokio::test]
async fn what_must_not_rise_is_told_with_its_values_in_each_group() {
    let clock = Arc::new(FakeEnvironment::default());
    let file = "name = \"Kiln\"\nalways_standard = 0\n";
    let mut studio = Studio::run_by(file, Arc::clone(&clock) as Arc<dyn Environment>).await;
    studio.let_ana_in().await;
    let started = studio.post(NEW, &form(&[("do", "start")])).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text);
    for _ in 0..12 {
        let first = answer(&studio, ("mug", "tea"), "", &[]).await;
        let cookie = personal(&first);
        let page = studio.request("GET", &first.location).header(header::COOKIE, &cookie);
        assert_eq!(studio.send(page.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
        let told =
            "revision=1&new=1&changed=glaze&changed=height&asked=lid:wood%3F_revision%3D1%26height%3D12";
        let told = Body::from(told);
        let counts = studio.request("POST", "/products/mug/counts").header("sec-fetch-site", "same-origin");
        let counts = counts.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let counted = studio.send(counts.header(header::COOKIE, &cookie).body(told).unwrap()).await;
        assert_eq!(counted.status, StatusCode::NO_CONTENT);
    }
    clock.wait(Duration::days(15));
    // A session ends with the hours.
    studio.let_ana_in().await;
    let report = studio.get(&started.location).await;
    report.shows("What must not rise");
    let (_, rails) = report.text.split_once("data-testid=\"rails\"").unwrap();
    let (rails, _) = rails.split_once("</section>").unwrap();
    let rows: Vec<&str> = rails.split("<tr").skip(2).collect();
    for (row, (rail, value)) in rows.iter().zip([
        ("Changed defaults of an order", ">nobody<"),
        ("Edits", ">200<"),
        ("Requests for blocked options", ">100<"),
        ("Returns of an order", ">nobody<"),
    ]) {
        assert!(row.contains(rail), "{row}");
        assert_eq!(row.matches(value).count(), 2, "in the holdout and in the group: {row}");
        assert!(row.contains("not known yet") && row.contains("Not broken so far"), "{row}");
    }
    assert_eq!(rows.len(), 4);
}

/// A shop that has learnt from made-up orders of a demo product.
async fn learnt(product: &str) -> Studio {
    let mut studio = Studio::with_demo(product).await;
    studio.let_ana_in().await;
    studio.shop.make_up_orders(3_000, 20).await.unwrap();
    let slug = product.parse().unwrap();
    studio.shop.learn(&studio.shop.live(&slug).await.unwrap()).await.unwrap();
    studio
}

/// The first pages of many new shoppers who say the same, as their answers lead them there.
async fn first_pages(studio: &Studio, said: (&str, &str)) -> Vec<(String, Answer, String)> {
    let mut pages = Vec::new();
    for _ in 0..24 {
        let first = answer(studio, said, "", &[]).await;
        let cookie = personal(&first);
        let request = studio.request("GET", &first.location).header(header::COOKIE, &cookie);
        let page = studio.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, StatusCode::OK);
        pages.push((first.location, page, cookie));
    }
    pages
}

#[tokio::test]
async fn a_group_has_defaults_recommended_and_the_standard_chosen() {
    let studio = learnt("travel-bike").await;
    let touring = ("travel-bike", "touring");
    let usual = answer(&studio, touring, "", &[]).await.location;
    studio.get(&usual).await.shows_not("data-testid=\"recommended\"");
    let form = form(&[
        ("product", "travel-bike"),
        ("standard", ""),
        ("badge", "50"),
        ("value", "2000"),
        ("cap", "6000"),
        ("do", "start"),
    ]);
    let started = studio.post(NEW, &form).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text);
    let mut badges = 0;
    for (location, page, cookie) in first_pages(&studio, touring).await {
        if location == usual {
            page.shows_not("data-testid=\"recommended\"");
            continue;
        }
        badges += 1;
        assert!(location.ends_with("_base="), "the standard is chosen: {location}");
        let marked = page.text.split("data-testid=\"recommended\"").count() - 1;
        assert!(marked > 0, "{marked}");
        for tile in page.text.split("<label ").filter(|tile| tile.contains("data-testid=\"recommended\"")) {
            let input = tile.split("<input ").nth(1).unwrap().split('>').next().unwrap();
            assert!(!input.contains(" checked"), "nothing marked is chosen: {input}");
        }
        page.shows("Our standard. ");
        let why = studio.request("GET", "/products/travel-bike/defaults").header(header::COOKIE, &cookie);
        let why = studio.send(why.body(Body::empty()).unwrap()).await;
        why.shows("Recommended, and not chosen for you.");
    }
    assert!((1..24).contains(&badges), "{badges}");
    let report = studio.get(&started.location).await;
    report.shows("only recommended: the standard stays chosen");
    let came: Vec<u32> = report
        .text
        .split("data-testid=\"came\"")
        .skip(1)
        .map(|cell| cell.split('>').nth(1).unwrap().split('<').next().unwrap().trim().parse().unwrap())
        .collect();
    assert_eq!(came.iter().sum::<u32>(), 24, "each came once: {came:?}");
    assert_eq!(came[1], badges, "those of the group are counted there");
}

#[tokio::test]
async fn a_group_has_long_menus_open_from_the_start() {
    let studio = learnt("coffee-machine").await;
    let fresh = studio.get(&format!("{NEW}?product=coffee-machine")).await;
    fresh.shows("with long menus open from the start");
    let form =
        form(&[("product", "coffee-machine"), ("standard", ""), ("all-options", "50"), ("do", "start")]);
    let started = studio.post(NEW, &form).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text);
    let mut open = 0;
    let pages = first_pages(&studio, ("coffee-machine", "office")).await;
    for (location, page, _) in &pages {
        assert_eq!(location, &pages[0].0, "all begin with the same design");
        let colour = page.text.split("data-attribute=\"colour\"").nth(1).unwrap();
        let colour = colour.split("</fieldset>").next().unwrap();
        let list = colour.split("<details").nth(1).unwrap().split('>').next().unwrap();
        let is_open = list.contains(" open");
        assert_ne!(is_open, colour.contains("data-testid=\"shown-first\""), "{list}");
        assert_eq!(colour.matches("data-option=").count(), 216);
        open += u32::from(is_open);
    }
    assert!((1..24).contains(&open), "{open}");
}

#[tokio::test]
async fn what_would_change_nothing_is_not_offered() {
    let studio = Studio::with_ana().await;
    let fresh = studio.get(&format!("{NEW}?product=mug")).await;
    fresh.shows_not("with long menus open from the start");
    let refused = studio.post(NEW, &form(&[("standard", ""), ("all-options", "50")])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// The codes of a page's attributes as they stand in it.
fn attributes(page: &Answer) -> Vec<String> {
    let parts = page.text.split("data-attribute=\"").skip(1);
    parts.map(|part| part.split('"').next().unwrap().to_owned()).collect()
}

/// What a page shows of an attribute.
fn part<'p>(page: &'p Answer, code: &str) -> &'p str {
    let start = format!("data-attribute=\"{code}\"");
    page.text.split(&start).nth(1).unwrap().split("</fieldset>").next().unwrap()
}

/// The first attribute whose default is told to come from orders of these people.
fn learnt_from(page: &Answer, people: &str) -> String {
    attributes(page).into_iter().find(|code| part(page, code).contains(people)).unwrap()
}

#[tokio::test]
async fn a_group_has_the_reason_of_a_default_before_its_value() {
    let studio = learnt("travel-bike").await;
    let form = form(&[
        ("product", "travel-bike"),
        ("standard", ""),
        ("reason-first", "50"),
        ("value", "2000"),
        ("cap", "6000"),
        ("do", "start"),
    ]);
    let started = studio.post(NEW, &form).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text);
    let pages = first_pages(&studio, ("travel-bike", "touring")).await;
    let code = learnt_from(&pages[0].1, "touring riders");
    let mut first = 0;
    for (location, page, cookie) in &pages {
        assert_eq!(location, &pages[0].0, "all begin with the same design");
        let is_first = page.text.contains("data-testid=\"reason\"");
        first += u32::from(is_first);
        let part = part(page, &code);
        let place = |words: &str| part.find(words).unwrap();
        assert_eq!(place("touring riders") < place("data-testid=\"value\""), is_first, "{part}");
        assert_eq!(part.matches("touring riders").count(), 1, "it is told once: {part}");
        // A choice is the shopper's own, and needs no reason.
        let chosen =
            part.split("<input ").find(|input| input.split('>').next().unwrap().contains(" checked"));
        let value = chosen.unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        let address = format!("{location}&{code}={value}");
        let own = studio.request("GET", &address).header(header::COOKIE, cookie);
        let own = studio.send(own.body(Body::empty()).unwrap()).await;
        let own = self::part(&own, &code);
        assert!(!own.contains("touring riders") && own.contains("Your choice"), "{own}");
        // The page of all reasons has them first, too.
        let why = studio.request("GET", "/products/travel-bike/defaults").header(header::COOKIE, cookie);
        let why = studio.send(why.body(Body::empty()).unwrap()).await;
        let start = format!("data-default=\"{code}\"");
        let told = why.text.split(&start).nth(1).unwrap().split("</dd>").next().unwrap();
        assert_eq!(told.find("touring riders").unwrap() < told.find("<bdi").unwrap(), is_first, "{told}");
    }
    assert!((1..24).contains(&first), "{first}");
    studio.get(&started.location).await.shows("with the reason of each default before its value");
}

#[tokio::test]
async fn a_group_has_what_is_changed_most_first_in_its_step() {
    let studio = learnt("travel-bike").await;
    let new = format!("{NEW}?product=travel-bike");
    studio.get(&new).await.shows_not("what shoppers change most comes first");
    let visit = shop::insight::Visit {
        is_new: true,
        changed: vec!["colour".to_owned(), "tyres".to_owned(), "bag_material".to_owned()],
        ..shop::insight::Visit::default()
    };
    for _ in 0..25 {
        let bike = "travel-bike".parse().unwrap();
        studio.shop.count_visit(&bike, "1".parse().unwrap(), visit.clone()).await.unwrap();
    }
    let offered = studio.get(&new).await;
    offered.shows("what shoppers change most comes first");
    let form = form(&[
        ("product", "travel-bike"),
        ("standard", ""),
        ("most-changed-first", "50"),
        ("value", "2000"),
        ("cap", "6000"),
        ("do", "start"),
    ]);
    let started = studio.post(NEW, &form).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text);
    let own = attributes(&studio.get("/products/travel-bike").await);
    // Bags are chosen before what they are made of, however often that is changed.
    let other = [
        ["colour", "frame", "tubing", "name"],
        ["tyres", "rear_wheel", "front_wheel", "drivetrain"],
        ["litres", "carrier_bags", "frame_bags", "bag_material"],
    ];
    let other: Vec<&str> = other.concat().into_iter().chain(["handlebar", "extras"]).collect();
    let mut others = 0;
    for (_, page, _) in first_pages(&studio, ("travel-bike", "touring")).await {
        let found = attributes(&page);
        assert!(found == own || found == other, "{found:?}");
        others += u32::from(found == other);
        // Order is the document's, so that keyboards and screen readers follow it.
        assert!(!page.text.contains("<fieldset style"));
    }
    assert!((1..24).contains(&others), "{others}");
    let report = studio.get(&started.location).await;
    report.shows("The order in which what is changed most comes first: ");
    report.shows("Frame: ");
}

#[tokio::test]
async fn a_group_may_be_the_same_as_the_holdout() {
    let studio = Studio::with_ana().await;
    studio.get(&format!("{NEW}?product=mug")).await.shows("The report raises an alarm");
    let started = studio.post(NEW, &form(&[("standard", ""), ("same", "50"), ("do", "start")])).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.text);
    let pages = first_pages(&studio, ("mug", "tea")).await;
    assert!(pages.iter().all(|(location, ..)| *location == pages[0].0));
    studio.get(&started.location).await.shows("The same as the holdout, to see whether visitors are counted");
}
