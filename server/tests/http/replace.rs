//! A ready-made design, and the standard, ask before they take the place of what was chosen.

use axum::http::StatusCode;

use crate::common::{Answer, Studio};

const LAMP: &str = r##"
name = "Lamp"
summary = "A lamp for the desk."
currency = "EUR"
base_price = 9000
lead_time_days = 5
benefits = [{ code = "light", label = "Light" }]
steps = [{ code = "body", label = "Body" }]

[[attributes]]
code = "shade"
step = "body"
label = "Shade"
kind = "choice"
standard = "steel"
options = [
  { code = "steel", label = "Steel", benefits = { light = 2 } },
  { code = "brass", label = "Brass", price = 2000, lead_time_days = 3, benefits = { light = 4 } },
  { code = "paper", label = "Paper", price = -1000, benefits = { light = 1 } },
]

[[attributes]]
code = "lining"
step = "body"
label = "Lining"
kind = "choice"
standard = "white"
applies = "shade = paper"
options = [{ code = "white", label = "White" }, { code = "gold", label = "Gold", price = 400 }]

[[attributes]]
code = "height"
step = "body"
label = "Height"
kind = "number"
standard = 40
min = 30
max = 60
unit = "cm"

[[designs]]
code = "reader"
label = "Reader"
summary = "Bright."
values = { shade = "brass" }

[[layers]]
file = "mug.svg"
"##;

const START: &str = "_revision=1&_start=standard";
const READER: &str = "/products/mug?_revision=1&_start=standard&shade=brass";

/// What is asked before another design takes the place of this one.
async fn replace(studio: &Studio, design: &str, take: &str) -> Answer {
    let answer = studio.get(&format!("/products/mug/replace?{START}{design}&_take={take}")).await;
    Answer { text: answer.text.replace('\u{a0}', " "), ..answer }
}

#[tokio::test]
async fn what_was_chosen_is_told_before_it_is_given_up() {
    let studio = Studio::selling("mug", LAMP).await;
    let page = replace(&studio, "&shade=paper&lining=gold&height=50", "reader").await;
    assert_eq!((page.status, page.cache.as_str()), (StatusCode::OK, "private, no-store"));
    page.shows("Take “Reader” in place of your design?");
    for given_up in ["Brass instead of Paper", "nothing instead of Gold", "40 cm instead of 50 cm"] {
        page.shows(given_up);
    }
    page.shows("€110 in all: €26 more, 3 working days later.");
    page.shows(&format!("href=\"{}\"", READER.replace('&', "&amp;")));
    // Nothing changes for who stays.
    page.shows(&format!(
        "href=\"/products/mug?{}\"",
        format!("{START}&shade=paper&lining=gold&height=50").replace('&', "&amp;")
    ));
    // What the other design has, too, stays.
    let page = replace(&studio, "&shade=brass&height=50", "reader").await;
    page.shows("instead of 50");
    page.shows_not("instead of Brass");

    let page = replace(&studio, "&height=50", "_reset").await;
    page.shows("Go back to our standard?");
    page.shows("href=\"/products/mug?_revision=1&amp;_start=standard\"");
    let german = replace(&studio, "&height=50&_lang=de", "reader").await;
    german.shows("„Reader“ an die Stelle deines Entwurfs setzen?");
    let arabic = replace(&studio, "&height=50&_lang=ar", "reader").await;
    for told in ["هل يحلّ «\u{2068}Reader\u{2069}» محلّ تصميمك؟", "سيحلّ هذا محلّ ما اخترته:", "اعتماد هذا"]
    {
        arabic.shows(told);
    }
    arabic.shows_not("instead of");
    // To be shown in the product's page it comes without a frame.
    let part = replace(&studio, "&height=50&_part=1", "reader").await;
    assert_eq!(part.status, StatusCode::OK);
    part.shows("id=\"kept-title\"");
    part.shows_not("<html");
}

#[tokio::test]
async fn nothing_is_asked_where_nothing_is_lost() {
    let studio = Studio::selling("mug", LAMP).await;
    for (design, take) in [
        // Nothing was chosen.
        ("", "reader"),
        // All that was chosen is in it.
        ("&shade=brass", "reader"),
        // What is given up is a ready-made design itself, or the standard.
        ("&shade=brass", "_standard"),
        ("&shade=brass", "_reset"),
        ("&shade=steel", "reader"),
    ] {
        let there = if take == "reader" { READER } else { "/products/mug?_revision=1&_start=standard" };
        replace(&studio, design, take).await.leads_to(there);
        let part = replace(&studio, &format!("{design}&_part=1"), take).await;
        assert_eq!((part.status, part.text.as_str()), (StatusCode::NO_CONTENT, ""), "{design}");
    }
    assert_eq!(replace(&studio, "", "writer").await.status, StatusCode::NOT_FOUND);
    assert_eq!(replace(&studio, "", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_waits_what_was_typed_and_a_proposal_are_the_shoppers_own() {
    let studio = Studio::selling("mug", LAMP).await;
    // The lining waits until the shade is of paper again.
    replace(&studio, "&lining=gold", "reader").await.shows("nothing instead of Gold");
    replace(&studio, "&_typed=height:99", "reader").await.shows("40 cm instead of “99”");
    let proposal = "/products/mug/replace?_revision=1&_start=needs&_needs=light:5&_base=shade%3Dpaper";
    let page = studio.get(&format!("{proposal}&_take=_reset")).await;
    page.shows("Steel instead of Paper");
    page.shows("href=\"/products/mug?_revision=1&amp;_start=standard\"");
    // A ready-made design keeps to the start.
    let page = studio.get(&format!("{proposal}&_take=reader")).await;
    page.shows("Brass instead of Paper");
    page.shows("_start=needs");
}

#[tokio::test]
async fn the_products_page_leads_there_with_the_design() {
    let studio = Studio::selling("mug", LAMP).await;
    let page = studio.get("/products/mug?height=50").await;
    for take in ["_standard", "reader", "_reset"] {
        page.shows(&format!(
            "/products/mug/replace?_revision=1&amp;_start=standard&amp;height=50&amp;_take={take}\""
        ));
    }
    let from_campaign = studio.get("/products/mug?height=50&_campaign=spring").await;
    from_campaign.shows("&amp;height=50&amp;_campaign=spring&amp;_take=reader");
}
