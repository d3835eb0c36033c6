//! Designs side by side: what differs, what is better, what can be added, and the ways there.

use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};

const LAMP: &str = r##"
name = "Lamp"
summary = "A lamp for the desk."
currency = "EUR"
base_price = 9000
lead_time_days = 5
benefits = [{ code = "light", label = "Light" }, { code = "calm", label = "Calm" }]
steps = [{ code = "body", label = "Body" }, { code = "extras", label = "Extras" }]

[[attributes]]
code = "shade"
step = "body"
label = "Shade"
kind = "choice"
standard = "steel"
options = [
  { code = "steel", label = "Steel", weight = 1200, benefits = { light = 2, calm = 1 } },
  { code = "brass", label = "Brass", price = 2000, weight = 1900, lead_time_days = 3, benefits = { light = 4, calm = 1 } },
  { code = "paper", label = "Paper", price = -1000, weight = 300, benefits = { light = 1, calm = 1 } },
]

[[attributes]]
code = "height"
step = "body"
label = "Height"
kind = "number"
standard = 40
min = 30
max = 60
unit = "cm"

[[attributes]]
code = "parts"
step = "extras"
label = "Parts"
kind = "multi-choice"
standard = []
options = [{ code = "dimmer", label = "Dimmer", price = 500 }, { code = "clamp", label = "Clamp" }]

[[attributes]]
code = "cable"
step = "extras"
label = "Cable"
kind = "choice"
standard = "black"
options = [{ code = "black", label = "Black" }, { code = "red", label = "Red" }]

[[designs]]
code = "reader"
label = "Reader"
summary = "Bright."
values = { shade = "brass", parts = ["dimmer"] }

[[designs]]
code = "sleeper"
label = "Sleeper"
summary = "Soft."
values = { shade = "paper" }

[[layers]]
file = "mug.svg"
"##;
const MINE: &str =
    "mine._revision%3D1%26_start%3Dstandard%26shade%3Dpaper%26height%3D50%26parts%3Ddimmer%2Cclamp";

async fn lamps() -> Studio {
    Studio::selling("mug", LAMP).await
}

/// The comparison of these designs.
async fn compare(studio: &Studio, with: &[&str]) -> Answer {
    let with: Vec<String> = with.iter().map(|design| format!("_with={design}")).collect();
    studio.get(&format!("/products/mug/compare?{}", with.join("&"))).await
}

/// The lines of the table, each as its cells' words.
fn lines(page: &Answer) -> Vec<String> {
    let table = page.text.split("<table").nth(1).unwrap().split("</table>").next().unwrap();
    let words = |row: &str| {
        let mut text = String::new();
        let mut is_tag = true;
        for sign in row.chars() {
            match sign {
                '<' => is_tag = true,
                '>' => (is_tag, text) = (false, text + " "),
                _ if !is_tag => text.push(sign),
                _ => {}
            }
        }
        text.split_whitespace().filter(|word| *word != "!").collect::<Vec<_>>().join(" ")
    };
    table.split("<tr").skip(1).map(words).collect()
}

#[tokio::test]
async fn only_what_differs_is_shown_and_what_is_better_is_said() {
    let studio = lamps().await;
    let page = compare(&studio, &[MINE, "ready.reader", "standard"]).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.cache, "private, no-store");
    let shown = lines(&page);
    for line in [
        "Your design Reader Our standard",
        "Price €85 lowest price €115 €90",
        "Weight 300 g lightest 1.9 kg 1.2 kg",
        "Light, in points 1 4 most 2",
        "Shade Paper Brass Steel",
        "Height 50 cm 40 cm 40 cm",
        "Parts Dimmer, Clamp Dimmer None",
    ] {
        assert!(shown.iter().any(|own| own.replace('\u{a0}', " ").contains(line)), "{line} in {shown:#?}");
    }
    let arrival = shown.iter().find(|line| line.starts_with("Delivery")).unwrap();
    assert_eq!(arrival.matches("soonest").count(), 2, "{arrival}");
    for same in ["Cable", "Calm"] {
        assert!(!shown.iter().any(|line| line.starts_with(same)), "{same} is the same in all");
    }
    page.shows("5 of 7 lines are not the same.");
    page.shows("scope=\"col\"");
    page.shows("scope=\"row\"");
    page.shows("<caption");
    // The picture is that of the design, and taking it opens it.
    page.shows("/products/mug/picture.svg?_revision=1&amp;_start=standard&amp;shade=brass&amp;parts=dimmer");
    page.shows("href=\"/products/mug?_revision=1&amp;_start=standard&amp;shade=brass&amp;parts=dimmer\"");
    studio
        .get("/products/mug?_revision=1&_start=standard&shade=brass&parts=dimmer")
        .await
        .shows("This is our “Reader”.");

    let everything = compare(&studio, &[MINE, "ready.reader", "standard&_all=1"]).await;
    assert!(lines(&everything).iter().any(|line| line == "Cable Black Black Black"));
    everything.shows("Show only what differs");
}

#[tokio::test]
async fn designs_that_are_alike_say_so() {
    let studio = lamps().await;
    let alike = compare(&studio, &["standard", "mine._revision%3D1"]).await;
    alike.shows("These designs are the same in everything.");
    alike.shows_not("lowest price");
    // The same design asked for twice is there once.
    compare(&studio, &["standard", "standard"]).await.shows("data-testid=\"few\"");
    // Two of one kind have names of their own.
    let two = compare(&studio, &[MINE, "mine._revision%3D1%26shade%3Dbrass"]).await;
    two.shows(">Your design (2)<");
}

#[tokio::test]
async fn an_empty_comparison_offers_what_can_be_compared() {
    let studio = lamps().await;
    let empty = studio.get("/products/mug/compare").await;
    empty.shows("data-testid=\"few\"");
    empty.shows("href=\"/products/mug/compare?_with=standard\"");
    empty.shows("href=\"/products/mug/compare?_with=ready.reader\"");
    empty.shows_not("<table");
    let one = compare(&studio, &["ready.reader"]).await;
    one.shows("href=\"/products/mug/compare?_with=ready.reader&amp;_with=standard\"");
    assert!(lines(&one).iter().any(|line| line == "Cable Black"), "one alone is shown whole");
    let two = compare(&studio, &["ready.reader", "standard"]).await;
    two.shows("href=\"/products/mug/compare?_with=standard\"");
    two.shows("Take out");
}

#[tokio::test]
async fn four_fit_and_the_rest_waits() {
    let studio = lamps().await;
    let other = "mine._revision%3D1%26shade%3Dbrass";
    let page = compare(&studio, &[MINE, "ready.reader", "ready.sleeper", "standard", other]).await;
    page.shows("Four designs fit side by side. One more waits");
    page.shows("Take one out to add another");
    page.shows_not("(2)");
    // With one taken out the one that waited is there.
    let less = page.text.split("data-testid=\"take-out\"").next().unwrap();
    let less = less.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let page = studio.get(&less).await;
    assert!(lines(&page)[0].ends_with("Reader Sleeper Our standard Your design"), "{:?}", lines(&page)[0]);
}

#[tokio::test]
async fn what_there_is_not_costs_nothing_but_itself() {
    let studio = lamps().await;
    let page = compare(&studio, &["ready.none", "link.00", "nonsense", "ready.reader", "standard"]).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("3 designs of this address are not here any more and were left out.");
    assert!(lines(&page)[0].ends_with("Reader Our standard"));
    let table = page.text.split("<table").nth(1).unwrap().split("</table>").next().unwrap();
    assert!(!table.contains("ready.none"), "what is left out stays out");
    let odd = compare(&studio, &["mine._revision%3D99%26shade%3Dglass%26height%3D500", "standard"]).await;
    assert_eq!(odd.status, StatusCode::OK);
    assert_eq!(studio.get("/products/none/compare").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_design_of_an_earlier_revision_costs_what_it_does_now() {
    let studio = lamps().await;
    studio.republish(|bundle| bundle.source.base_price += 10_000).await;
    let page = compare(&studio, &[MINE, "standard"]).await;
    page.shows("Your design: It costs €185 now instead of €85 (+€100). What changed: Base price +€100.");
    assert!(lines(&page).iter().any(|line| line == "Price €185 lowest price €190"), "{:?}", lines(&page));
    page.shows("href=\"/products/mug?_revision=2&amp;_start=standard&amp;shade=paper&amp;height=50&amp;parts=dimmer,clamp&amp;_from=1\"");
}

#[tokio::test]
async fn saved_and_shared_designs_are_compared_by_their_links() {
    let studio = lamps().await;
    let form = |purpose| {
        let was = "_revision=1&_start=standard&shade=brass";
        [
            ("_was", was),
            ("shade", "brass"),
            ("height", "40"),
            ("parts", ""),
            ("cable", "red"),
            ("_as", purpose),
        ]
    };
    let shared = studio.post("/products/mug/share", &form("share")).await.location;
    let token = shared.strip_prefix("/d/").unwrap().strip_suffix("/link").unwrap();
    studio.get(&shared).await.shows(&format!(
        "/products/mug/compare?_with=link.{token}&amp;_with=ready.reader&amp;_with=standard"
    ));
    let page = compare(&studio, &[&format!("link.{token}"), "standard"]).await;
    page.shows(">Shared at ");
    assert!(lines(&page).iter().any(|line| line == "Cable Red Black"));

    // Who opened it can put it beside theirs, until the browser is closed.
    let opened = studio.get(&format!("/d/{token}")).await;
    assert!(
        opened.cookie.starts_with("atelier_shared=") && !opened.cookie.contains("Max-Age"),
        "{}",
        opened.cookie
    );
    let cookie = opened.cookie.split(';').next().unwrap().to_owned();
    let request =
        studio.request("GET", "/products/mug/compare?_with=standard").header(header::COOKIE, &cookie);
    let offered = studio.send(request.body(Body::empty()).unwrap()).await;
    offered.shows(&format!("_with=link.{token}\""));
    offered.shows("Shared at ");

    let saved = studio.post("/products/mug/share", &form("save")).await;
    let cookie = saved.cookie.split(';').next().unwrap().to_owned();
    let token = saved.location.strip_prefix("/d/").unwrap().strip_suffix("/link").unwrap().to_owned();
    let request = studio.request("GET", "/products/mug/compare").header(header::COOKIE, &cookie);
    let offered = studio.send(request.body(Body::empty()).unwrap()).await;
    offered.shows(&format!("href=\"/products/mug/compare?_with=link.{token}\""));
    // Beside itself it is not offered.
    let kept = studio.shop.kept_design(&token).await.unwrap().unwrap();
    let own = app::address::design_query(kept.revision, &kept.start, &kept.choices);
    let own = format!("/products/mug/compare?_with={}", app::address::encode(&format!("mine.{own}")));
    let request = studio.request("GET", &own).header(header::COOKIE, &cookie);
    let beside = studio.send(request.body(Body::empty()).unwrap()).await;
    beside.shows("Your design");
    beside.shows_not(&format!("link.{token}"));
    let page = compare(&studio, &[&format!("link.{token}"), "standard"]).await;
    page.shows(&format!("href=\"/d/{token}\""));
    page.shows("Go on with it");
}

#[tokio::test]
async fn the_configurator_leads_there_with_what_is_near() {
    let studio = lamps().await;
    studio.get("/products/mug").await.shows("data-testid=\"compare\"");
    let was = "_revision%3D1%26_start%3Dstandard";
    let form =
        format!("/products/mug/choose?_was={was}&shade=paper&height=50&parts=&cable=black&_next=compare");
    let there = studio.get(&form).await;
    there.leads_to("/products/mug/compare?_with=mine._revision%3D1%26_start%3Dstandard%26shade%3Dpaper%26height%3D50&_with=ready.sleeper&_with=standard");
    let page = studio.get(&there.location).await;
    assert!(lines(&page)[0].ends_with("Your design Sleeper Our standard"));
    page.shows("href=\"/products/mug?_revision=1&amp;_start=standard&amp;shade=paper&amp;height=50\"");
    // Beside the standard there is a ready-made one, and not the standard again.
    let form =
        format!("/products/mug/choose?_was={was}&shade=steel&height=40&parts=&cable=black&_next=compare");
    let there = studio.get(&form).await;
    there.leads_to("/products/mug/compare?_with=mine._revision%3D1%26_start%3Dstandard&_with=ready.sleeper");
    // What does not fit is said first.
    let form =
        format!("/products/mug/choose?_was={was}&shade=steel&height=999&parts=&cable=black&_next=compare");
    assert_eq!(studio.get(&form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    studio.get("/products/mug/needs?shade=paper").await.shows("/products/mug/compare?_with=mine.");
}
