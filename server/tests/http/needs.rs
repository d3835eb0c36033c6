//! What suits best: the page that asks what matters, and what becomes of its proposal.

use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::Value;
use time::macros::format_description;
use time::{Date, Duration};
use words::Language;

use crate::common::{Answer, Studio};
use crate::defaults::{BIKE, learnt};

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
    // Each part says what it serves itself, not all that was asked for.
    let both = studio.get(&asked.replace("lightness=0", "lightness=1")).await;
    let both = studio.get(&self::taken(&both)).await;
    both.shows("You start from what fits best what matters to you: Comfort, Lightness.");
    both.shows("Because you asked for Lightness");
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

/// What the standard has and a cheaper proposal has not comes before everything else, and the same rows are there for each price.
#[tokio::test]
async fn what_a_proposal_lacks_is_said_first() {
    let studio = Studio::with_demo("travel-bike").await;
    let page = studio.get("/products/travel-bike/needs?_up_to=1800").await;
    let reasons =
        page.text.split("data-fresh=\"reasons\"").nth(1).unwrap().split("</section>").next().unwrap();
    let rows: Vec<&str> = reasons.split("<dt").skip(1).collect();
    let lacks = |row: &&str| row.contains("Your design also has: ");
    let lacking = rows.iter().take_while(|row| lacks(row)).count();
    assert!(lacking > 0, "{reasons}");
    assert!(!rows[lacking..].iter().any(lacks), "{reasons}");
    assert!(
        rows[..lacking]
            .iter()
            .any(|row| row.contains("also has: Hub-powered lights") || row.contains(", Hub-powered lights")),
        "{reasons}"
    );
    // What is otherwise comes before what is as it was.
    let place = |name: &str| rows.iter().position(|row| row.contains(name)).unwrap();
    assert!(place("Rear wheel") < place("Frame shape"), "{reasons}");
    page.shows("Not at all");
    page.shows("Very much");
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
        ("_by=soon", ["This isn’t a day we can read", "Write it like 20"]),
    ] {
        let page = studio.get(&format!("/products/travel-bike/needs?_matters.comfort=3&{limits}")).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in shown {
            page.shows(words);
        }
    }
    let read = studio.get("/products/travel-bike/needs?_matters.comfort=3&_up_to=1900&_by=2100-12-18").await;
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
        .get("/products/trainer/needs?_matters.comfort=99&_matters.x=y&_up_to=lots&_by=2026-13-01&_let_go=nothing")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    let page = studio
        .get("/products/trainer?_start=needs&_needs=comfort.9,,x.1,y&_base=sole%3Dnothing%26%26x")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("You start from what fits best what matters to you: Comfort.");
}

/// The design for every price, as the page has them for its script.
fn data(page: &Answer) -> Value {
    let text = page.text.split("data-fresh=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
    serde_json::from_str(text).unwrap()
}

#[tokio::test]
async fn every_price_is_on_the_page_with_its_design() {
    for (slug, asked) in [
        ("travel-bike", "_matters.comfort=3&_matters.lightness=1&_up_to=1900"),
        ("bookcase", "width=150&_matters.sturdiness=3&_up_to=1500"),
    ] {
        let studio = Studio::with_demo(slug).await;
        let page = studio.get(&format!("/products/{slug}/needs?{asked}")).await;
        let data = data(&page);
        let steps = data["steps"].as_array().unwrap();
        assert!(steps.len() > 3, "{slug} has {} steps", steps.len());
        let prices: Vec<i64> = steps.iter().map(|step| step["price"].as_i64().unwrap()).collect();
        assert!(prices.is_sorted_by(|one, next| one < next), "{prices:?}");
        // The one that is shown is the best within the price.
        let most =
            asked.split("_up_to=").nth(1).unwrap().parse::<i64>().unwrap() * data["minor"].as_i64().unwrap();
        let place = prices.partition_point(|price| *price <= most) - 1;
        assert_eq!(steps[place]["total"], total(&page).as_str());
        assert_eq!(steps[place]["take"], taken(&page).as_str());
        for place in [0, steps.len() / 2, steps.len() - 1] {
            let step = &steps[place];
            let words = step["total"].as_str().unwrap();
            let product = studio.get(step["take"].as_str().unwrap()).await;
            assert_eq!(total(&product), words);
            let up_to = prices[place] / data["minor"].as_i64().unwrap() + 1;
            let asked = asked.split("_up_to").next().unwrap();
            let alone = studio.get(&format!("/products/{slug}/needs?{asked}_up_to={up_to}")).await;
            // One that costs less than a whole unit more would be within that price, too.
            if prices.get(place + 1).is_none_or(|next| *next > up_to * 100) {
                assert_eq!(taken(&alone), step["take"]);
                for row in step["rows"].as_array().unwrap() {
                    let row = &data["rows"][usize::try_from(row.as_u64().unwrap()).unwrap()];
                    alone.shows(row[0].as_str().unwrap());
                    alone.shows(row[1].as_str().unwrap());
                }
            }
            let query = step["take"].as_str().unwrap().split_once('?').unwrap().1;
            let picture = studio.get(&format!("{}?{query}", data["picture"].as_str().unwrap())).await;
            assert_eq!((picture.status, picture.kind.as_str()), (StatusCode::OK, "image/svg+xml"));
            if let Some(next) = steps.get(place + 1) {
                let cost = next["price"].as_i64().unwrap();
                assert_eq!(step["next"][1], (cost + 99) / 100);
            } else {
                assert!(step["next"].is_null());
            }
        }
    }
}

/// The day by which a page promises what it proposes.
fn promised(page: &Answer, today: Date) -> Date {
    let say = &Language::ENGLISH.words().studio;
    let line = page.text.split("data-testid=\"beside\"").nth(1).unwrap().split("</span>").next().unwrap();
    let line = line.replace("<!>", "");
    let days = (0..180).map(|days| today + Duration::days(days));
    let mut promised = days.filter(|day| {
        let day = say.with_you_by(&say.written_day(day.day(), day.month().into(), None));
        line.contains(&day)
    });
    promised.next().unwrap()
}

/// Where the link with these words leads.
fn link(page: &Answer, words: &str) -> String {
    let before = page.text.split(&format!(">{words}")).next().unwrap();
    before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&")
}

#[tokio::test]
async fn what_is_promised_is_there_by_the_day_that_was_asked_for() {
    for (slug, matters) in [("travel-bike", "durability"), ("bookcase", "sturdiness")] {
        let studio = Studio::with_demo(slug).await;
        let asked = format!("/products/{slug}/needs?_up_to=99999&_matters.{matters}=3");
        let page = studio.get(&asked).await;
        let today = page.text.split("type=\"date\"").nth(1).unwrap().split("min=\"").nth(1).unwrap();
        let today = Date::parse(&today[..10], format_description!("[year]-[month]-[day]")).unwrap();
        let unhurried = promised(&page, today);

        // The day itself, which nothing keeps to: the earliest is told.
        let none = studio.get(&format!("{asked}&_by={today}")).await;
        none.shows("The earliest is ");
        let say = &Language::ENGLISH.words().studio;
        none.shows(&format!("by {}.", say.written_day(today.day(), today.month().into(), None)));
        let quick = studio.get(&link(&none, "Look for ")).await;
        let earliest = promised(&quick, today);
        let year = Some(earliest.year()).filter(|year| *year != today.year());
        let written = say.written_day(earliest.day(), earliest.month().into(), year);
        none.shows(&format!("The earliest is {written}."));
        quick.shows(&format!("value=\"{earliest}\""));
        let last_year = Date::from_calendar_date(today.year() - 1, today.month(), 1).unwrap();
        let past = studio.get(&format!("{asked}&_by={last_year}")).await;
        past.shows(&say.written_day(1, today.month().into(), Some(last_year.year())));
        past.shows(&format!("is past. The earliest that something can be with you is {written}."));
        past.shows_not("nothing is with you by");
        past.shows(&link(&past, "Look for ").replace('&', "&amp;"));
        let anyhow = studio.get(&link(&none, "Look without this limit")).await;
        anyhow.shows_not(&format!("value=\"{earliest}\""));
        assert!(anyhow.text.contains("data-testid=\"take\""));
        studio.get(&format!("{asked}&_by={}", earliest - Duration::days(1))).await.shows(&written);

        // Each later day is kept to, and in the end it is as if none had been asked for.
        let mut days = std::collections::BTreeSet::new();
        for later in 0..60 {
            let by = earliest + Duration::days(later);
            let page = studio.get(&format!("{asked}&_by={by}")).await;
            let day = promised(&page, today);
            assert!(day <= by, "{slug}: {day} for {by}");
            let words = say.with_you_by(&say.written_day(day.day(), day.month().into(), None));
            studio.get(&taken(&page)).await.shows(&words);
            days.insert(day);
        }
        assert!(days.len() > 1 && days.contains(&unhurried), "{slug}: {days:?}, {unhurried}");
    }
}

#[tokio::test]
async fn an_answer_about_use_is_where_the_rest_of_a_proposal_comes_from() {
    let studio = learnt().await;
    let (needs_page, fields) = (format!("{BIKE}/needs"), "_matters.comfort=1&_up_to=2500");
    let needs = format!("{needs_page}?{fields}");
    let plain = studio.get(&needs).await;
    plain.shows("Where will it take you most?");
    plain.shows("We then keep your answer in a cookie");
    plain.shows_not("checked");
    // A link of somebody else answers nothing.
    let asked = format!("{needs}&_for=touring");
    for site in ["cross-site", "none"] {
        let foreign = studio.request("GET", &asked).header("sec-fetch-site", site);
        let foreign = studio.send(foreign.body(Body::empty()).unwrap()).await;
        assert_eq!((foreign.cookie.as_str(), taken(&foreign)), ("", taken(&plain)), "{site}");
        foreign.shows_not("checked");
    }
    // An address alone answers for its page, and nothing is kept.
    let own = |page: &str| studio.request("GET", page).header("sec-fetch-site", "same-origin");
    let only_here = studio.send(own(&asked).body(Body::empty()).unwrap()).await;
    assert_eq!(only_here.cookie, "");
    only_here.shows("value=\"touring\" checked");
    only_here.shows("We then keep your answer in a cookie");

    // The form keeps it.
    let form = |fields: String, cookie: &str| {
        let request = studio.request("POST", &needs_page).header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        studio.send(request.header(header::COOKIE, cookie).body(Body::from(fields)).unwrap())
    };
    let sent = form(format!("{fields}&_for=touring"), "").await;
    assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, asked.as_str()));
    assert!(sent.cookie.starts_with("atelier_personal=travel-bike%3Dtouring"), "{}", sent.cookie);
    let cookie = sent.cookie.split(';').next().unwrap();
    let answered = studio.send(own(&asked).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await;
    answered.shows("value=\"touring\" checked");
    answered.shows("Your answer is kept in a cookie");
    assert_eq!((answered.cache.as_str(), taken(&answered)), ("private, no-store", taken(&only_here)));

    // Whoever answered before is known by that, and another answer takes its place.
    let again = studio.request("GET", &asked).header(header::COOKIE, cookie);
    let again = studio.send(again.body(Body::empty()).unwrap()).await;
    assert_eq!((again.cookie.as_str(), taken(&again)), ("", taken(&answered)));
    let other = form(format!("{fields}&_for=train"), cookie).await;
    assert!(
        other.cookie.contains("travel-bike%3Dtrain") && !other.cookie.contains("touring"),
        "{}",
        other.cookie
    );
    // The answer that the form came with is not given once more: it may be withdrawn by now.
    let started = "_start=personal&_use=touring&_base=";
    let unchanged = form(format!("{fields}&{started}&_for=touring"), "").await;
    assert_eq!((unchanged.status, unchanged.cookie.as_str()), (StatusCode::SEE_OTHER, ""));
    // What there is none of is no answer.
    studio.get(&format!("{needs}&_for=racing")).await.shows_not("checked");
}
