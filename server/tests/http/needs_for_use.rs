//! What suits best for a use: what matters for it, what is enough for it, and what may change for a lower price.

use axum::body::Body;
use axum::http::{StatusCode, header};

use crate::common::{Answer, Studio};
use crate::defaults::{BIKE, learnt};

const LAPTOP: &str = "/products/laptop/needs";

/// The page as a form or link of the shop's own pages asks for it.
async fn own(studio: &Studio, page: &str) -> Answer {
    let request = studio.request("GET", page).header("sec-fetch-site", "same-origin");
    studio.send(request.body(Body::empty()).unwrap()).await
}

/// The amount behind these words, in whole units.
fn amount(page: &Answer, before: &str) -> i64 {
    let text = page.text.split(before).nth(1).unwrap();
    let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
    digits.split('.').next().unwrap().replace(',', "").parse().unwrap()
}

/// How much a benefit matters, as its slider says.
fn weight(page: &Answer, benefit: &str) -> String {
    let slider = page.text.split(&format!("name=\"_matters.{benefit}\"")).nth(1).unwrap();
    slider.split(" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// A purpose of a shopper: a laptop for editing films, as cheap as it can be.
#[tokio::test]
async fn what_is_proposed_for_a_use_is_enough_for_it_at_every_price() {
    let studio = Studio::with_demo("laptop").await;
    let any = own(&studio, &format!("{LAPTOP}?_up_to=100")).await;
    let films = own(&studio, &format!("{LAPTOP}?_for=create&_up_to=100")).await;
    assert!(
        amount(&films, "The lowest price is €") > amount(&any, "The lowest price is €"),
        "{}",
        films.text
    );
    films.shows("(enough for “Edit photos, film or sound”)");
    films.shows(" or 64\u{a0}GB (enough for");
    let lowest = amount(&films, "The lowest price is €");
    let cheapest = own(&studio, &format!("{LAPTOP}?_for=create&_up_to={}", lowest + 1)).await;
    let reasons = cheapest.text.split("data-fresh=\"reasons\"").nth(1).unwrap();
    let row = |label: &str| {
        let row = reasons.split("<dt").find(|row| row.contains(label)).unwrap_or_else(|| panic!("{reasons}"));
        row.to_owned()
    };
    assert!(
        row("Memory").contains("32\u{a0}GB") || row("Memory").contains("64\u{a0}GB"),
        "{}",
        row("Memory")
    );
    assert!(row("Graphics").contains("Own graphics"), "{}", row("Graphics"));

    // It can be let go of, and then it costs less.
    films.shows("Let go of Memory: ");
    let less =
        own(&studio, &format!("{LAPTOP}?_for=create&_up_to=100&_let_go=memory&_let_go=graphics")).await;
    assert!(amount(&less, "The lowest price is €") < lowest, "{}", less.text);

    // What was chosen by hand counts more.
    let own_choice = own(&studio, &format!("{LAPTOP}?_for=create&memory=m8&_up_to=2000")).await;
    assert_eq!(own_choice.status, StatusCode::OK);
    own_choice.shows("You chose it");
    own_choice.shows_not("Memory: 32");
}

/// What a proposal for a use has for an attribute; empty where it has no such row.
async fn proposed(studio: &Studio, asked: &str, label: &str) -> String {
    let page = own(studio, asked).await;
    let (_, reasons) = page.text.split_once("data-fresh=\"reasons\"").unwrap_or_default();
    reasons.split("<dt").find(|row| row.contains(label)).unwrap_or_default().to_owned()
}

/// Purposes of shoppers: a shoe for hills and rain, and laptops of people who would not install a system by themselves.
#[tokio::test]
async fn demo_products_propose_what_a_use_asks_for() {
    let studio = Studio::with_demo("trainer").await;
    let hills = "/products/trainer/needs?_for=hills";
    for (label, wanted) in [("Sole", "Trail"), ("Lining", "Rain membrane"), ("Heel tab", "Pull loop")] {
        let row = proposed(&studio, hills, &format!(">{label}<")).await;
        assert!(row.contains(wanted), "{row}");
    }
    let studio = Studio::with_demo("laptop").await;
    for answer in ["travel", "create", "study"] {
        let system = proposed(&studio, &format!("{LAPTOP}?_for={answer}"), "Operating system").await;
        assert!(system.contains("Windows"), "{answer}: {system}");
        let extras = proposed(&studio, &format!("{LAPTOP}?_for={answer}"), "In the box").await;
        assert!(!extras.contains("Good for"), "{answer}: {extras}");
    }
    let untouched = proposed(&studio, LAPTOP, "Operating system").await;
    assert!(untouched.contains("Windows Home"), "{untouched}");
}

#[tokio::test]
async fn another_use_brings_its_own_weights_unless_some_were_set_by_hand() {
    let studio = Studio::with_demo("laptop").await;
    let untouched = own(&studio, LAPTOP).await;
    assert_eq!(weight(&untouched, "speed"), "1");
    let same = "_matters.speed=1&_matters.screen=1&_matters.mobility=1&_matters.quiet=1&_matters.value=1";
    let films = own(&studio, &format!("{LAPTOP}?{same}&_for=create")).await;
    assert_eq!((weight(&films, "speed"), weight(&films, "mobility")), ("3".to_owned(), "0".to_owned()));
    let study = format!(
        "{LAPTOP}?_answered=create&_matters.speed=3&_matters.screen=3&_matters.value=1&_matters.mobility=0&_matters.quiet=0&_for=study"
    );
    assert_eq!(weight(&own(&studio, &study).await, "value"), "3");
    let by_hand = study.replace("speed=3", "speed=2");
    assert_eq!(weight(&own(&studio, &by_hand).await, "speed"), "2");
    // What was set by hand to what is usual elsewhere stays, too.
    let usual = format!("{LAPTOP}?_answered=create&{same}&_for=create");
    assert_eq!(weight(&own(&studio, &usual).await, "speed"), "1");
}

/// A purpose of a shopper: with belt and under 1 800, else the lowest price there is. Space that nobody asked for may go for it.
#[tokio::test]
async fn a_measure_that_nobody_chose_can_be_let_go_of() {
    let studio = Studio::with_demo("travel-bike").await;
    let belt = "/products/travel-bike/needs?drivetrain=belt&_up_to=1800";
    let page = studio.get(belt).await;
    let lowest = amount(&page, "The lowest price is €");
    page.shows("name=\"_let_go\" value=\"litres\"");
    let without = studio.get(&format!("{belt}&_let_go=litres")).await;
    assert!(amount(&without, "The lowest price is €") < lowest, "{}", without.text);
    // As low as by hand, without any bag or extra.
    let by_hand =
        studio.get("/products/travel-bike?drivetrain=belt&litres=0&carrier_bags=&frame_bags=&extras=").await;
    let total = by_hand.text.split("data-testid=\"total\"").nth(1).unwrap();
    let total = total.split('€').nth(1).unwrap();
    let total: String = total.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    assert!(amount(&without, "The lowest price is €") <= total.replace(',', "").parse().unwrap());
}

/// What serves nothing of what matters stays as it is where the price has room for it.
#[tokio::test]
async fn what_does_not_matter_stays_as_it_is_while_the_price_allows() {
    let studio = Studio::with_demo("laptop").await;
    let only = "_matters.mobility=3&_matters.value=0&_matters.quiet=0&_matters.speed=0&_matters.screen=0";
    let page = own(&studio, &format!("{LAPTOP}?{only}")).await;
    let reasons = page.text.split("data-fresh=\"reasons\"").nth(1).unwrap();
    let system = reasons.split("<dt").find(|row| row.contains("Operating system")).unwrap();
    assert!(!system.contains("Costs less") && !system.contains(">None"), "{system}");
    let tight = own(&studio, &format!("{LAPTOP}?{only}&_up_to=100")).await;
    let lowest = amount(&tight, "The lowest price is €");
    let cheapest = own(&studio, &format!("{LAPTOP}?{only}&_up_to={}", lowest + 1)).await;
    cheapest.shows("Costs less");
}

/// Whoever asks from elsewhere gets the page for everybody.
#[tokio::test]
async fn a_link_from_elsewhere_gives_no_answer() {
    let studio = Studio::with_demo("laptop").await;
    let request = studio
        .request("GET", &format!("{LAPTOP}?_for=create"))
        .header(header::REFERER, "https://example.org/");
    let page = studio.send(request.body(Body::empty()).unwrap()).await;
    page.shows_not("(enough for");
}

/// The most to pay as its field has it.
fn most(page: &Answer) -> String {
    value(page, "_up_to")
}

fn value(page: &Answer, name: &str) -> String {
    let field = page.text.split(&format!("name=\"{name}\"")).nth(1).unwrap();
    field.split(" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_most_to_pay_that_nobody_set_is_what_the_design_of_a_use_costs() {
    let studio = learnt().await;
    let needs = format!("{BIKE}/needs");
    let untouched = own(&studio, &needs).await;
    let usual = most(&untouched);
    assert_eq!(value(&untouched, "_up_to_unset"), usual);
    let mut others = 0;
    for answer in ["touring", "everyday", "train"] {
        let alone = most(&own(&studio, &format!("{needs}?_for={answer}")).await);
        let carried =
            own(&studio, &format!("{needs}?_for={answer}&_up_to={usual}&_up_to_unset={usual}")).await;
        assert_eq!(most(&carried), alone, "{answer}");
        assert_eq!(value(&carried, "_up_to_unset"), alone, "{answer}");
        others += usize::from(alone != usual);
        let set = own(&studio, &format!("{needs}?_for={answer}&_up_to=3456&_up_to_unset={usual}")).await;
        assert_eq!((most(&set), value(&set, "_up_to_unset")), ("3456".to_owned(), String::new()), "{answer}");
    }
    assert!(others > 0, "no answer moves the price");
}

/// A purpose of a shopper: a laptop for photos, whose start is the standard, with no most to pay.
#[tokio::test]
async fn an_answer_whose_start_is_the_standard_has_no_most_to_pay_that_nobody_set() {
    let studio = Studio::with_demo("laptop").await;
    let usual = most(&own(&studio, LAPTOP).await);
    let sent = format!("{LAPTOP}?_for=create&_answered=&_up_to={usual}&_up_to_unset={usual}");
    let page = own(&studio, &sent).await;
    assert_ne!(most(&page), usual);
    assert!(!page.text.contains("The lowest price is"), "{}", page.text);
    let set = own(&studio, &format!("{LAPTOP}?_for=create&_answered=&_up_to={usual}&_up_to_unset=")).await;
    set.shows("The lowest price is €");
}

#[tokio::test]
async fn a_proposal_says_what_it_weighs() {
    let studio = Studio::with_demo("travel-bike").await;
    let page = studio.get(&format!("{BIKE}/needs")).await;
    let beside = page.text.split("data-testid=\"beside\"").nth(1).unwrap().split("</span>").next().unwrap();
    assert!(beside.contains("Weighs ") && beside.contains("kg"), "{beside}");
    // With every price there is.
    let data = page.text.split("data-fresh=\"data\"").nth(1).unwrap().split("</script>").next().unwrap();
    assert!(data.matches("Weighs ").count() > 1, "{data}");
}

/// The address of the button that takes a proposal.
fn take(page: &Answer) -> String {
    let button = page.text.split("data-testid=\"take\"").next().unwrap();
    let href = button.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    href.replace("&amp;", "&")
}

/// Whether what is said of an attribute under *what stays* is let go of.
fn is_let_go(page: &Answer, code: &str) -> bool {
    let (_, field) = page.text.split_once(&format!("name=\"_let_go\" value=\"{code}\"")).unwrap();
    field.split('>').next().unwrap().contains("checked")
}

#[tokio::test]
async fn what_was_let_go_of_stays_so_after_a_proposal_is_taken() {
    let studio = Studio::with_demo("travel-bike").await;
    let asked = "/products/travel-bike/needs?drivetrain=belt&_matters.comfort=3&_let_go=litres";
    let page = own(&studio, &format!("{asked}&_let_go=nothing&_up_to=9000")).await;
    assert!(is_let_go(&page, "litres"));
    let product = take(&page);
    assert_eq!(studio.get(&product).await.status, StatusCode::OK);
    let needs = product.replace("/travel-bike?", "/travel-bike/needs?");
    let again = own(&studio, &needs).await;
    assert!(is_let_go(&again, "litres"), "{}", again.text);
    assert_eq!(weight(&again, "comfort"), "3");
    // What is chosen then stays, and what the form says counts more.
    assert!(!is_let_go(&own(&studio, &format!("{needs}&litres=40")).await, "litres"));
    assert!(!is_let_go(&own(&studio, &format!("{needs}&_matters.comfort=3")).await, "litres"));
}

/// Two boards that are one material: neither changes alone.
const TABLE: &str = r##"
name = "Table"
summary = "A table."
currency = "EUR"
base_price = 10000
lead_time_days = 5
benefits = [{ code = "strength", label = "Strength" }]
steps = [{ code = "body", label = "Body" }]

[[attributes]]
code = "frame"
step = "body"
label = "Frame"
kind = "choice"
standard = "oak"
options = [{ code = "oak", label = "Oak", benefits = { strength = 1 } }, { code = "steel", label = "Steel", price = 9000, benefits = { strength = 2 } }]

[[attributes]]
code = "top"
step = "body"
label = "Top"
kind = "choice"
standard = "oak"
options = [{ code = "oak", label = "Oak" }, { code = "steel", label = "Steel", price = 9000 }]

[[rules]]
code = "one_material"
rule = "frame = steel iff top = steel"
sentence = "Frame and top are of one material."

[[layers]]
file = "mug.svg"
"##;

#[tokio::test]
async fn where_nothing_alone_can_be_let_go_of_two_are_offered_together() {
    let studio = Studio::selling("mug", TABLE).await;
    let page = own(&studio, "/products/mug/needs?frame=steel&top=steel&_up_to=150").await;
    page.shows("The lowest price is €280");
    page.shows("Let go of Frame: Steel and Top: Steel — from €100");
    let (before, _) = page.text.split_once(">Let go of Frame").unwrap();
    let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let less = own(&studio, &href).await;
    assert!(is_let_go(&less, "frame") && is_let_go(&less, "top"));
    less.shows("data-testid=\"take\"");
}
