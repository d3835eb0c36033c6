//! What suits best: the page that asks what matters, and what becomes of its proposal.

use crate::common::{Answer, Studio};
use axum::http::StatusCode;

/// The address of the button that takes the proposal.
fn taken(page: &Answer) -> String {
    let button = page.text.split("data-testid=\"take\"").next().unwrap();
    let href = button.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    href.replace("&amp;", "&")
}

const BUYER: [(&str, &str); 3] =
    [("name", "Bo Larsen"), ("email", "bo@example.org"), ("address", "Harbour Street 4\n1000 Portside")];

/// The total that a page shows.
fn total(page: &Answer) -> String {
    let rest = page.text.split("data-testid=\"total\"").nth(1).unwrap();
    let rest = &rest[rest.find('>').unwrap() + 1..];
    let text = rest.split("</").next().unwrap();
    text.rsplit('>').next().unwrap().trim().to_owned()
}

#[tokio::test]
async fn a_proposal_is_the_best_within_the_price_and_says_why() {
    let studio = Studio::with_demo("travel-bike").await;
    let page = studio.get("/products/travel-bike").await;
    page.shows("What matters to you?");
    let asked = "/products/travel-bike/needs?_matters.comfort=3&_matters.lightness=0&_up_to=1900";
    let page = studio.get(asked).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("Good for: Comfort");
    page.shows("Next, for ");
    let other =
        studio.get(&asked.replace("comfort=3", "comfort=0").replace("lightness=0", "lightness=3")).await;
    other.shows("Good for: Lightness");
    assert_ne!(taken(&page), taken(&other));

    // It is where the design starts then, and what is ordered.
    let taken = taken(&page);
    let product = studio.get(&taken).await;
    product.shows("You start from what fits best what matters to you: Comfort.");
    product.shows("Because you asked for Comfort");
    assert_eq!(total(&product), total(&page));
    let form = taken.replace("/travel-bike?", "/travel-bike/order?");
    let order_form = studio.get(&form).await;
    order_form.shows(&total(&page));
    let hidden = |name: &str| {
        let field = order_form.text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        field.split('"').next().unwrap().to_owned()
    };
    let (request_id, seen) = (hidden("request_id"), hidden("seen"));
    let mut fields = BUYER.to_vec();
    fields.extend([("request_id", request_id.as_str()), ("seen", seen.as_str())]);
    let placed = studio.post(&form, &fields).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    studio.get(&placed.location).await.shows(&total(&page));
}

/// A purpose of a shopper: a light commuter bike with belt under 1 800, if that can be.
#[tokio::test]
async fn where_nothing_is_cheap_enough_the_lowest_price_is_told_and_what_would_lower_it() {
    let studio = Studio::with_demo("travel-bike").await;
    let belt = studio.shop.live(&"travel-bike".parse().unwrap()).await.unwrap();
    let id = belt.product.by_code("drivetrain");
    let code = belt.product.ids().find_map(|(_, attribute)| {
        let option = attribute.options().iter().find(|option| option.code.contains("belt"))?;
        Some((attribute.code.clone(), option.code.clone()))
    });
    let (attribute, option) = code.unwrap_or_else(|| panic!("no belt, {id:?}"));
    let page = studio.get(&format!("/products/travel-bike/needs?{attribute}={option}&_up_to=1800")).await;
    page.shows("costs €1,800 or less. The lowest price is €");
    page.shows("Let go of");
    let lowest = page.text.split("See the one for ").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let href = page.text.split("data-testid=\"nothing\"").nth(1).unwrap();
    let href = href.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let cheapest = studio.get(&href).await;
    assert_eq!(total(&cheapest), lowest);
    cheapest.shows("You chose it");
}

#[tokio::test]
async fn a_limit_that_is_no_number_stays_with_what_to_do() {
    let studio = Studio::with_demo("travel-bike").await;
    for (limits, shown) in [
        ("_up_to=cheap", ["value=\"cheap\"", "doesn’t count. Write it like "]),
        ("_up_to=-5", ["value=\"-5\"", "doesn’t count. Write it like "]),
        ("_days=soon", ["value=\"soon\"", "Write it like 10."]),
    ] {
        let page = studio.get(&format!("/products/travel-bike/needs?_matters.comfort=3&{limits}")).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in shown {
            page.shows(words);
        }
    }
    let read = studio.get("/products/travel-bike/needs?_matters.comfort=3&_up_to=1900&_days=20").await;
    read.shows_not("doesn’t count");
    read.shows("aria-valuetext=\"3 of ");
}

/// Prices by measure are those of options once the measures are given.
#[tokio::test]
async fn measures_stay_and_their_prices_are_exact() {
    let studio = Studio::with_demo("bookcase").await;
    for most in [900, 1_400, 5_000] {
        let asked = format!("/products/bookcase/needs?width=150&_matters.sturdiness=3&_up_to={most}");
        let page = studio.get(&asked).await;
        assert_eq!(page.status, StatusCode::OK);
        if page.text.contains("data-testid=\"nothing\"") {
            continue;
        }
        let product = studio.get(&taken(&page)).await;
        assert_eq!(total(&product), total(&page));
        product.shows("150");
    }
}

#[tokio::test]
async fn a_product_without_benefits_has_no_such_page() {
    let studio = Studio::open().await;
    studio.get("/products/mug").await.shows_not("data-testid=\"needs\"");
    studio
        .get("/products/mug/needs?glaze=blue")
        .await
        .leads_to("/products/mug?_revision=1&_start=standard&glaze=blue");
}

#[tokio::test]
async fn what_can_t_be_read_is_left_out() {
    let studio = Studio::with_demo("trainer").await;
    let page = studio
        .get("/products/trainer/needs?_matters.comfort=99&_matters.x=y&_up_to=lots&_days=-1&_let_go=nothing")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let page = studio
        .get("/products/trainer?_start=needs&_needs=comfort.9,,x.1,y&_base=sole%3Dnothing%26%26x")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("You start from what fits best what matters to you: Comfort.");
}
