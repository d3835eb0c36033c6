//! What shoppers are told before they order: the day it is there, the VAT, how many cost what, returns; and the pages about
//! the shop.

use std::sync::Arc;

use crate::common::{Answer, Studio};
use axum::http::StatusCode;
use configurator::source::{NoReturnSource, TierSource};
use serde_json::{Value, json};
use shop::Environment;
use testing::{FakeEnvironment, order_number};
use time::Duration;

/// The clock stands at 15 January 2027, a Friday, 8:00 UTC.
const FILE: &str = r#"
name = "Kiln & Wheel"
time_zone = "Europe/Berlin"
holidays = ["2027-01-18"]
delivery_days = 2
vat = "19 %"
return_days = 30

[company]
legal_name = "Kiln & Wheel Ltd"
address = """
Harbour Street 4
Portside"""

[contact]
email = "hello@example.org"
phone = "+49 (30) 12 34"
hours = "Nine to five"

[pages]
delivery = """
We come by bike.

# Far away
We take a train.
It leaves at noon."""
payment = """
We send you a bill.

# Late
We send another."""

[translations.de.pages]
delivery = "Wir kommen mit dem Rad."
"#;

async fn kiln() -> (Studio, Arc<FakeEnvironment>) {
    let clock = Arc::new(FakeEnvironment::default());
    (Studio::run_by(FILE, Arc::clone(&clock) as Arc<dyn Environment>).await, clock)
}

const BUYER: [(&str, &str); 3] =
    [("name", "Ana Lima"), ("email", "ana@example.org"), ("address", "Rua do Ouro 1\n1100-060 Lisboa")];
const MUG: &str = "/products/mug/order?_revision=1&_start=standard&glaze=blue";

/// What a hidden field of a form holds.
fn hidden(page: &Answer, name: &str) -> String {
    let (_, rest) = page.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn every_page_names_the_day_by_which_it_is_there() {
    let (studio, _) = kiln().await;
    // Nine working days and two to the door, without a holiday: from Friday to Tuesday two weeks later.
    for (address, english, german) in [
        ("/", "From €24 · with you by 2\u{a0}February", "Ab 24\u{a0}€ · bei dir bis 2.\u{a0}Februar"),
        (
            "/products/mug",
            "incl. VAT\u{a0}· with you by 2\u{a0}February",
            "inkl. MwSt.\u{a0}· bei dir bis 2.\u{a0}Februar",
        ),
        ("/products/mug?glaze=blue", "with you by 2\u{a0}February", "bei dir bis 2.\u{a0}Februar"),
        (
            MUG,
            "€27 incl. VAT · with you by 2\u{a0}February",
            "27\u{a0}€ inkl. MwSt. · bei dir bis 2.\u{a0}Februar",
        ),
    ] {
        let joint = if address.contains('?') { '&' } else { '?' };
        studio.get(&format!("{address}{joint}_lang=en")).await.shows(english);
        studio.get(&format!("{address}{joint}_lang=de")).await.shows(german);
    }
}

#[tokio::test]
async fn a_kept_page_does_not_show_the_day_of_yesterday() {
    let (studio, clock) = kiln().await;
    for _ in 0..2 {
        studio.get("/products/mug").await.shows("with you by 2\u{a0}February");
    }
    // 15 hours later it is Friday still by UTC, and Saturday where the shop is: as of Monday, a holiday.
    clock.wait(Duration::hours(15));
    studio.get("/products/mug").await.shows("with you by 2\u{a0}February");
    clock.wait(Duration::days(4));
    for _ in 0..2 {
        let page = studio.get("/products/mug").await;
        page.shows("with you by 4\u{a0}February");
        page.shows_not("2\u{a0}February");
    }
}

#[tokio::test]
async fn vat_and_returns_are_told_before_ordering() {
    let (studio, _) = kiln().await;
    for address in ["/products/mug?glaze=blue", MUG] {
        let page = studio.get(address).await;
        // A share of 27 euros: 27 * 19 / 119.
        page.shows("incl. €4.31 VAT (19%)");
        page.shows("Can be returned within 30 days");
    }
    studio
        .republish(|bundle| {
            let (when, reason) = (Some("height != 9".to_owned()), "thrown to your measure".to_owned());
            bundle.source.no_returns = vec![NoReturnSource { when, reason }];
        })
        .await;
    let made = "/products/mug?height=10";
    studio.get(made).await.shows("Can’t be returned: thrown to your measure");
    let form = studio.get("/products/mug/order?height=10").await;
    form.shows("Can’t be returned: thrown to your measure");
    studio.get("/products/mug/order").await.shows("Can be returned within 30 days");
    let ordered = studio.post("/products/mug/order?height=10", &BUYER).await;
    studio.get(&ordered.location).await.shows("Can’t be returned: thrown to your measure");
}

#[tokio::test]
async fn several_pieces_are_ordered_at_the_total_that_was_shown() {
    let (studio, clock) = kiln().await;
    let tiers = vec![TierSource { from: 3, discount: "10 %".to_owned() }];
    studio.republish(|bundle| bundle.source.tiers = tiers).await;
    let address = "/products/mug/order?_revision=2&_start=standard&glaze=blue";
    let form = studio.get(address).await;
    form.shows("from 3: 10% off");
    // It stands under the price on the product's page, too.
    studio.get("/products/mug?glaze=blue").await.shows("Several cost less each (from 3: 10% off)");
    studio.get("/products/mug?_revision=1").await.shows_not("Several cost less each");
    studio
        .get("/products/mug?_lang=de")
        .await
        .shows("Mehrere kosten je Stück weniger (ab 3: 10\u{a0}% Rabatt)");
    let (id, seen) = (hidden(&form, "request_id"), hidden(&form, "seen"));
    let sent = |quantity, shown, seen: &str, more: &[(&'static str, &'static str)]| {
        let mut fields: Vec<(&str, String)> =
            BUYER.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let own: [(&str, &str); 4] =
            [("request_id", &id), ("seen", seen), ("quantity", quantity), ("shown", shown)];
        fields.extend(own.iter().chain(more).map(|(name, value)| (*name, (*value).to_owned())));
        fields
    };
    let post = async |fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        studio.post(address, &fields).await
    };
    // Another total is shown, and nothing that was typed is lost.
    let four = post(sent("4", "1", &seen, &[("update", "on")])).await;
    assert_eq!(four.status, StatusCode::OK);
    for shown in ["3 more of the same", "10% off from 3 pieces", "Place order · €97.20", "Ana Lima"] {
        four.shows(shown);
    }
    // Ordered without looking at the total, it is shown first.
    let unseen = post(sent("4", "1", &seen, &[])).await;
    assert_eq!(unseen.status, StatusCode::CONFLICT);
    unseen.shows("4 pieces cost €97.20.");
    for wrong in ["0", "1000", "-1", "2.5", "many", ""] {
        let refused = post(sent(wrong, "1", &seen, &[])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        refused.shows("Enter how many you want, 1 to 999.");
    }
    assert!(studio.shop.orders(None, 1).await.unwrap().is_empty(), "nothing was ordered yet");

    // A day that is promised no more is shown first, too.
    let seen = hidden(&unseen, "seen");
    clock.wait(Duration::days(5));
    let late = post(sent("4", "4", &seen, &[])).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("The design, its total or its delivery is no longer what this page showed before.");
    let again = sent("4", "4", &hidden(&late, "seen"), &[]);
    let placed = post(again.clone()).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let page = studio.get(&placed.location).await;
    page.shows("4 × Mug, placed 20 January 2027, with you by 4\u{a0}February");
    page.shows("_pieces=4");
    // Also where it is changed first.
    assert_eq!(page.text.matches("_pieces=4").count(), 2, "{}", page.text);
    page.shows("incl. €15.52 VAT (19%)");
    page.shows("Can be returned within 30 days");
    let order = studio.shop.order_by_number(order_number(1_001)).await.unwrap().unwrap();
    assert_eq!((order.quantity, order.total, order.vat), (4, 9_720, Some(1_900)));

    // The answer may have been lost, and be asked for when another day is promised.
    clock.wait(Duration::days(5));
    let found = post(again).await;
    assert_eq!(found.status, StatusCode::SEE_OTHER, "{}", found.text);
    studio.get(&found.location).await.shows("4 × Mug, placed 20 January 2027");
    assert_eq!(studio.shop.orders(None, 2).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_order_says_how_it_is_paid_until_when_it_can_be_corrected_and_whom_to_ask() {
    let (mut studio, _) = kiln().await;
    let ordered = studio.post(MUG, &BUYER).await;
    let page = studio.get(&ordered.location).await;
    for shown in [
        "Nothing is paid online.",
        "We send you a bill.",
        "Until production begins we can still correct this order or cancel it.",
        "Answer our mail about it, or reach us here:",
        "mailto:hello@example.org",
        "+49 (30) 12 34",
        "Nine to five",
        "href=\"/returns\"",
    ] {
        page.shows(shown);
    }
    page.shows_not("We send another.");
    let german = studio.request("GET", &ordered.location).header("accept-language", "de");
    let german = studio.send(german.body(axum::body::Body::empty()).unwrap()).await;
    german.shows("Bis die Fertigung beginnt, können wir diese Bestellung noch berichtigen oder stornieren.");
    german.shows("lang=\"en\"");
    // What is being made is changed no more, and nothing is said of paying.
    studio.let_ana_in().await;
    for (seen, to) in [("placed", "confirmed"), ("confirmed", "in_production")] {
        let moved = studio.post("/admin/orders/1001", &[("seen", seen), ("to", to)]).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text);
    }
    let page = studio.get(&ordered.location).await;
    page.shows("Production has begun, so this order can’t be changed or cancelled any more.");
    page.shows_not("Nothing is paid online.");
    page.shows_not("Until production begins");
}

#[tokio::test]
async fn more_pieces_that_cost_less_are_told_on_the_form_and_beside_the_price() {
    let (studio, _) = kiln().await;
    let tiers = vec![TierSource { from: 3, discount: "50 %".to_owned() }];
    studio.republish(|bundle| bundle.source.tiers = tiers).await;
    studio
        .get("/products/mug?glaze=blue")
        .await
        .shows("Several cost less each (from 3: 50% off, so that 3 cost less than 2)");
    let form = "/products/mug/order?_revision=2&_start=standard&glaze=blue";
    let two = studio.get(&format!("{form}&_pieces=2")).await;
    two.shows("Place order · €54");
    two.shows("3 cost €13.50 less than 2.");
    for pieces in [1, 3] {
        let others = studio.get(&format!("{form}&_pieces={pieces}")).await;
        others.shows("data-testid=\"more-for-less\"");
        others.shows_not(&format!("less than {pieces}."));
    }
}

#[tokio::test]
async fn the_workshop_sees_how_many_and_by_when() {
    let (mut studio, _) = kiln().await;
    let form = studio.get(MUG).await;
    let (id, seen) = (hidden(&form, "request_id"), hidden(&form, "seen"));
    let mut fields = BUYER.to_vec();
    fields.extend([("request_id", &*id), ("seen", &*seen), ("quantity", "1")]);
    assert_eq!(studio.post(MUG, &fields).await.status, StatusCode::SEE_OTHER);
    studio.let_ana_in().await;
    let sheet = studio.get("/admin/orders/1001").await;
    for shown in ["Pieces", "Promised for", "2 February 2027", "€4.31 (19%)", "Within 30 days"] {
        sheet.shows(shown);
    }
}

#[tokio::test]
async fn times_are_those_of_the_shop() {
    let (mut studio, clock) = kiln().await;
    // Half past midnight on Saturday where the shop is, and Friday still by UTC.
    clock.wait(Duration::minutes(15 * 60 + 30));
    let form = studio.get(MUG).await;
    let (id, seen) = (hidden(&form, "request_id"), hidden(&form, "seen"));
    let mut fields = BUYER.to_vec();
    fields.extend([("request_id", &*id), ("seen", &*seen), ("quantity", "1")]);
    let placed = studio.post(MUG, &fields).await;
    studio.get(&placed.location).await.shows("placed 16 January 2027");
    studio.let_ana_in().await;
    studio.get("/admin/orders/1001").await.shows("16 January 2027, 00:30 CET");
    studio.get("/admin/orders").await.shows("16 January 2027");
    // The desk's days of placing are the shop's, too.
    studio.get("/admin/orders?from=2027-01-16&to=2027-01-16").await.shows("/admin/orders/1001");
    studio.get("/admin/orders?to=2027-01-15").await.shows_not("/admin/orders/1001");
    studio.get("/admin/orders.csv").await.shows("2027-01-16T00:30:00+01:00");
}

#[tokio::test]
async fn what_is_changed_before_it_is_ordered_again_is_as_many_as_before() {
    let (studio, _) = kiln().await;
    let page = studio.get("/products/mug?_revision=1&_start=standard&glaze=blue&_pieces=4").await;
    assert_eq!(hidden(&page, "_pieces"), "4");
    let was = "_was=_revision%3D1%26_start%3Dstandard%26glaze%3Dblue";
    let form = "glaze=blue&lid=wood&height=9&_pieces=4";
    let again = studio.get(&format!("/products/mug/choose?{was}&{form}")).await;
    again.leads_to("/products/mug?_revision=1&_start=standard&glaze=blue&lid=wood&_pieces=4");
    let order = studio.get(&format!("/products/mug/choose?{was}&{form}&_next=order")).await;
    order.leads_to("/products/mug/order?_revision=1&_start=standard&glaze=blue&lid=wood&_pieces=4");
    studio.get(&order.location).await.shows("id=\"quantity\" name=\"quantity\"");
    // One is what is ordered anyway.
    let one = studio.get("/products/mug?_revision=1&_start=standard&glaze=blue&_pieces=many").await;
    one.shows_not("_pieces");
}

#[tokio::test]
async fn programs_ask_and_order_several_pieces() {
    let (studio, _) = kiln().await;
    let post = async |address: &str, body: Value| {
        let request = studio.request("POST", address).header("content-type", "application/json");
        let request = request.header("idempotency-key", body.to_string());
        let answer = studio.send(request.body(body.to_string().into()).unwrap()).await;
        (answer.status, serde_json::from_str::<Value>(&answer.text).unwrap())
    };
    let (_, quoted) = post("/api/v1/products/mug/quote?quantity=3", json!({})).await;
    assert_eq!(quoted["quote"]["total"]["amount"], 7_200);
    assert_eq!((&quoted["quantity"], &quoted["arrival"]), (&json!(3), &json!("2027-02-02")));
    assert_eq!(quoted["vat"]["amount"], 1_150);
    let order = |quantity: i64| {
        let buyer = json!({ "name": "Ana", "email": "ana@example.org", "address": "Rua do Ouro 1, Lisboa" });
        json!({ "product": "mug", "design": { "revision": 1 }, "quantity": quantity, "buyer": buyer })
    };
    let (status, placed) = post("/api/v1/orders", order(3)).await;
    assert_eq!((status, &placed["quantity"]), (StatusCode::CREATED, &json!(3)));
    assert_eq!((&placed["arrival"], &placed["return_days"]), (&json!("2027-02-02"), &json!(30)));
    assert_eq!((&placed["total"]["amount"], &placed["vat"]["amount"]), (&json!(7_200), &json!(1_150)));
    for wrong in [0, 1_000] {
        let (status, problem) = post("/api/v1/orders", order(wrong)).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("unreadable-quantity"))
        );
        let (status, _) = post(&format!("/api/v1/products/mug/quote?quantity={wrong}"), json!({})).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// How the hours are shown.
const NINE: &str = "class=\"whitespace-pre-line wrap-anywhere\"><bdi>Nine to five";

const PAGES: [(&str, &str, &str); 6] = [
    ("/delivery", "Delivery", "Lieferung"),
    ("/returns", "Returns", "Rückgabe"),
    ("/payment", "Payment", "Zahlung"),
    ("/contact", "Contact", "Kontakt"),
    ("/company", "Company", "Impressum"),
    ("/privacy", "Privacy", "Datenschutz"),
];

#[tokio::test]
async fn every_page_leads_to_those_about_the_shop() {
    let (studio, _) = kiln().await;
    for address in ["/", "/products/mug", MUG, "/nowhere", "/privacy"] {
        let page = studio.get(address).await;
        let (_, foot) = page.text.split_once("<footer").unwrap();
        for (path, name, _) in PAGES {
            assert!(foot.contains(&format!("href=\"{path}\"")) && foot.contains(name), "{path} at {address}");
        }
        assert!(foot.contains("Kiln &amp; Wheel Ltd"), "{address}");
        page.shows("Kiln &amp; Wheel</title>");
    }
    for (path, english, german) in PAGES {
        let page = studio.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        page.shows(&format!("{english}</h1>"));
        studio.get(&format!("{path}?_lang=de")).await.shows(&format!("{german}</h1>"));
    }
}

#[tokio::test]
async fn the_pages_say_what_the_shop_file_says() {
    let (studio, _) = kiln().await;
    let company = studio.get("/company").await;
    company.shows("Kiln &amp; Wheel Ltd");
    company.shows("Harbour Street 4\nPortside");
    let contact = studio.get("/contact").await;
    contact.shows("href=\"mailto:hello@example.org\"");
    contact.shows("href=\"tel:+49301234\"");
    // What is not translated is in the shop's language, and says so to those who hear it.
    studio.get("/contact?_lang=de").await.shows(&format!("lang=\"en\" {NINE}"));
    contact.shows(NINE);
    contact.shows_not(&format!("lang=\"en\" {NINE}"));
    let delivery = studio.get("/delivery").await;
    for shown in [
        "2 working days more to your door",
        "We come by bike.",
        "Far away</h2>",
        "We take a train.\nIt leaves at noon.",
    ] {
        delivery.shows(shown);
    }
    let german = studio.get("/delivery?_lang=de").await;
    german.shows("Wir kommen mit dem Rad.");
    german.shows_not("We come by bike.");
    studio.get("/payment").await.shows("All prices include 19% VAT.");
    studio.get("/returns").await.shows("within 30 days after it reached you");
}

/// Texts of the shop file are marked in the language for tests, so that what is left in English shows.
#[tokio::test]
async fn no_text_of_these_pages_is_left_in_english() {
    let (studio, _) = kiln().await;
    for (path, ..) in PAGES.iter().filter(|(path, ..)| !["/company", "/contact"].contains(path)) {
        let page = studio.get(&format!("{path}?_lang=en-XA")).await;
        let (_, main) = page.text.split_once("<main").unwrap();
        let (main, _) = main.split_once("</main>").unwrap();
        for part in main.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim()) {
            assert!(part.is_empty() || part.contains(['⟦', '⟧']) || part == "!", "{part} at {path}");
        }
    }
}

#[tokio::test]
async fn a_shop_without_a_file_has_these_pages_too() {
    let studio = Studio::open().await;
    for (path, ..) in PAGES {
        assert_eq!(studio.get(path).await.status, StatusCode::OK);
    }
    studio.get("/company").await.shows("Nothing is said here yet.");
    studio.get("/privacy").await.shows("We keep as little as we can.");
    studio.get("/payment").await.shows("All prices include VAT.");
    studio.get("/products/mug").await.shows("Can be returned within 14 days");
}

/// What is not translated says its language, and goes its own way where the page runs from right to left.
#[tokio::test]
async fn a_product_that_is_not_translated_stands_as_its_own_language_has_it() {
    let studio = Studio::open().await;
    studio.republish(|bundle| bundle.source.description = "For tea (or soup).".to_owned()).await;
    let said = |text: &str| {
        format!("<p lang=\"en\" class=\"max-w-[62ch] text-l text-soft wrap-anywhere\">{text}</p>")
    };
    studio.get("/products/mug?_lang=de").await.shows(&said("For tea (or soup)."));
    studio.get("/products/mug?_lang=ar").await.shows(&said("\u{2068}For tea (or soup).\u{2069}"));
    let english = studio.get("/products/mug?_lang=en").await;
    english.shows("For tea (or soup).</p>");
    english.shows_not(&said("For tea (or soup)."));
}
