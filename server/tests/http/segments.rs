//! Customers in the admin: the list, segments by rule, and everything between the shop and one of them.

use crate::account::{Mails, sign_in};
use crate::common::Studio;
use axum::http::StatusCode;
use shop::Client;
use shop::orders::Change;
use testing::order_number;

async fn order(studio: &Studio, name: &str, email: &str, glaze: &str) {
    let buyer = [("name", name), ("email", email), ("address", "Harbour Street 4\n1000 Portside")];
    let form = format!("/products/mug/order?_revision=1&_start=standard&glaze={glaze}");
    assert_eq!(studio.post(&form, &buyer).await.status, StatusCode::SEE_OTHER);
}

/// Bo ordered for €55, Zoe for €24.
async fn shop_with_two() -> Studio {
    let studio = Studio::with_ana().await;
    order(&studio, "Bo <b>Larsen</b>", "Bo@example.org", "blue").await;
    order(&studio, "Bo <b>Larsen</b>", "bo@example.org", "green").await;
    order(&studio, "Zoe Lund", "zoe@example.org", "white").await;
    studio
}

#[tokio::test]
async fn customers_are_listed_and_found_by_words_and_by_a_rule() {
    let studio = shop_with_two().await;
    let all = studio.get("/admin/customers").await;
    for text in ["2 customers", "Bo &lt;b&gt;Larsen", "bo@example.org", "€55", "zoe@example.org", "€24"] {
        all.shows(text);
    }
    for asked in ["q=zoe", "q=lund", "q=1003"] {
        let found = studio.get(&format!("/admin/customers?{asked}")).await;
        found.shows("1 customer");
        found.shows("zoe@example.org");
        found.shows_not("bo@example.org");
    }
    for (asked, bo, zoe) in [
        ("value=25", true, false),
        ("value=24.00", true, true),
        ("orders=2", true, false),
        ("since=2099-01-01", false, false),
        ("before=2099-01-01", true, true),
        ("before=2020-01-01", false, false),
        ("product=mug", true, true),
        ("product=lamp", false, false),
        ("use=tea", false, false),
        ("value=many&orders=x&since=now&before=never", true, true),
    ] {
        let found = studio.get(&format!("/admin/customers?{asked}")).await;
        assert_eq!(found.text.contains("bo@example.org"), bo, "{asked}");
        assert_eq!(found.text.contains("zoe@example.org"), zoe, "{asked}");
    }
    // What can't be read stays in its field, and says so.
    let unread = studio.get("/admin/customers?value=many&orders=-1").await;
    assert_eq!(unread.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["value=\"many\"", "value=\"-1\"", "nothing is filtered by it"] {
        unread.shows(told);
    }
    // An order that came to nothing counts for nothing.
    studio.shop.change_order(order_number(1003), Change::Test(true), "ana@example.org").await.unwrap();
    studio.get("/admin/customers").await.shows_not("zoe@example.org");
}

#[tokio::test]
async fn a_segment_is_a_rule_with_a_name_that_is_counted_and_changed() {
    let studio = shop_with_two().await;
    studio.get("/admin/customers").await.shows_not("Keep as segment");
    studio.get("/admin/customers?value=30").await.shows("Keep as segment");
    let kept = [("rule", "value=30"), ("name", " Good <b>customers</b> ")];
    studio.post("/admin/customers", &kept).await.leads_to("/admin/customers?value=30");
    let page = studio.get("/admin/customers").await;
    for text in ["Good &lt;b&gt;customers", "Value of at least 30", "href=\"/admin/customers?value=30\""] {
        page.shows(text);
    }
    let counts =
        async || studio.shop.segments().await.unwrap().into_iter().map(|(_, many)| many).collect::<Vec<_>>();
    assert_eq!(counts().await, [1]);
    let changed = [("rule", "value=20"), ("name", "Good <b>customers</b>")];
    studio.post("/admin/customers", &changed).await.leads_to("/admin/customers?value=20");
    assert_eq!(counts().await, [2]);
    let long = "x".repeat(61);
    let refused = studio.post("/admin/customers", &[("rule", "value=20"), ("name", &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let removed = studio.post("/admin/customers", &[("rule", ""), ("remove", "Good <b>customers</b>")]).await;
    removed.shows("The segment “Good &lt;b&gt;customers&lt;/b&gt;” is removed.");
    assert_eq!(counts().await, <[u64; 0]>::default());
    // What the button sends that undoes it.
    let rule =
        removed.text.split("data-testid=\"done\"").nth(1).unwrap().split("name=\"rule\"").nth(1).unwrap();
    let rule = rule.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    let undone = studio.post("/admin/customers", &[("rule", rule), ("name", "Good <b>customers</b>")]).await;
    undone.leads_to("/admin/customers?value=20");
    assert_eq!(counts().await, [2]);
}

#[tokio::test]
async fn who_is_known_and_ordered_nothing_is_found_by_all_of_their_address() {
    let studio = shop_with_two().await;
    sign_in(&studio, &Mails::new(), "nora.only@example.org").await;
    let found = studio.get("/admin/customers?q=Nora.Only%40example.org").await;
    found.shows("0 customers");
    found.shows("href=\"/admin/customer?email=nora.only%40example.org\"");
    let nobody = studio.get("/admin/customers?q=nora%40example.org").await;
    nobody.shows("No customer is like that.");
    studio.get("/admin/customers?q=nora").await.shows("No customer is like that.");
}

#[tokio::test]
async fn a_customers_page_shows_all_touch_points() {
    let studio = shop_with_two().await;
    let page = studio.get("/admin/customer?email=BO%40example.org").await;
    for text in ["Order 1001: Mug", "Order 1002: Mug", "/admin/orders/1002", "Waits to be sent"] {
        page.shows(text);
    }
    page.shows_not("Order 1003");
    page.shows_not("Customer since");
    studio.shop.ask_to_sign_in("bo@example.org", "en", &Client::new("a")).await.unwrap();
    studio.get("/admin/customer?email=bo%40example.org").await.shows("Link to sign in");
    assert_eq!(studio.get("/admin/customer?email=no%40example.org").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_segment_is_of_those_who_ordered_last_before_a_day() {
    let studio = shop_with_two().await;
    let rule = "since=2020-01-01&before=2099-01-31";
    let kept = [("rule", rule), ("name", "Lapsed")];
    studio.post("/admin/customers", &kept).await.leads_to(&format!("/admin/customers?{rule}"));
    let page = studio.get(&format!("/admin/customers?{rule}")).await;
    for text in [
        "Ordered since 1 January 2020 · Last order before 31 January 2099",
        "value=\"2099-01-31\"",
        "2 customers",
    ] {
        page.shows(text);
    }
    let (segment, many) = studio.shop.segments().await.unwrap().remove(0);
    assert_eq!((segment.rule.to_string().as_str(), many), (rule, 2));
    // Whoever changes what is shown keeps it under its name again, and does not type that.
    let changed = "/admin/customers?since=2020-01-01&before=2098-01-31";
    for (address, name) in [
        (format!("/admin/customers?{rule}"), "Lapsed"),
        (format!("{changed}&segment=Lapsed"), "Lapsed"),
        (format!("{changed}&segment=Other"), ""),
        (changed.to_owned(), ""),
    ] {
        let page = studio.get(&address).await;
        let tags = |name: &str| {
            let inputs = page.text.split("<input ").skip(1).map(|input| input.split('>').next().unwrap());
            inputs.filter(|tag| tag.contains(name)).map(str::to_owned).collect::<Vec<_>>()
        };
        let kept = tags("id=\"segment-name\"");
        assert!(kept[0].contains(&format!("value=\"{name}\"")) || name.is_empty(), "{address}: {kept:?}");
        assert_eq!(kept[0].contains("Lapsed"), !name.is_empty(), "{address}: {kept:?}");
        assert_eq!(tags("name=\"segment\"").len(), usize::from(!name.is_empty()), "{address}");
    }
}

#[tokio::test]
async fn a_customers_page_tells_how_much_they_order_and_which_segments_they_are_in() {
    let studio = shop_with_two().await;
    for (rule, name) in
        [("orders=2", "Often <b>here</b>"), ("value=20", "Good"), ("before=2020-01-01", "Lapsed")]
    {
        let kept = [("rule", rule), ("name", name)];
        studio.post("/admin/customers", &kept).await.leads_to(&format!("/admin/customers?{rule}"));
    }
    let list = studio.get("/admin/customers").await.text.replace("<!>", "");
    let last = list.split("data-label=\"Last order\"").nth(1).unwrap().split('>').nth(1).unwrap();
    let last = last.split('<').next().unwrap();
    assert!(last.contains(" 20"), "{last}");
    let facts = async |email: &str| {
        let page = studio.get(&format!("/admin/customer?email={email}%40example.org")).await.text;
        let (facts, _) = page.split_once("</dl>").unwrap();
        facts.rsplit_once("<dl").unwrap().1.replace("<!>", "")
    };
    let bo = facts("Bo").await;
    for fact in ["Last order", last, ">2<", "€55", "Good · Often &lt;b&gt;here&lt;/b&gt;"] {
        assert!(bo.contains(fact), "{fact} is missing in {bo}");
    }
    let zoe = facts("zoe").await;
    for fact in [last, ">1<", "€24", ">Good<"] {
        assert!(zoe.contains(fact), "{fact} is missing in {zoe}");
    }
    assert!(!zoe.contains("Often") && !zoe.contains("Lapsed"), "{zoe}");
    // An order that came to nothing counts for nothing.
    studio.shop.change_order(order_number(1003), Change::Test(true), "ana@example.org").await.unwrap();
    let zoe = facts("zoe").await;
    for fact in ["Last order", "€24", "Good"] {
        assert!(!zoe.contains(fact), "{fact} is shown in {zoe}");
    }
}

#[tokio::test]
async fn a_customers_needs_are_told_in_the_products_words() {
    let (studio, mails) = (shop_with_two().await, Mails::new());
    let cookie = sign_in(&studio, &mails, "bo@example.org").await;
    let session = cookie.split_once('=').unwrap().1;
    let bo = studio.shop.customer(session).await.unwrap().unwrap();
    studio.shop.keep_consent(&bo, true, "en").await.unwrap();
    let page_of_need = async |stated: &str| {
        let needs = vec![("mug".to_owned(), stated.to_owned())];
        assert!(studio.shop.remember(&bo, &[], needs).await.unwrap());
        studio.get("/admin/customer?email=bo%40example.org").await
    };
    let known = page_of_need("tea").await;
    known.shows("Mug: Tea");
    known.shows_not("mug: tea");
    // What the product does not ask any more.
    page_of_need("soup").await.shows("Mug: soup");
}

#[tokio::test]
async fn a_use_is_picked_from_what_products_ask_about_and_one_that_is_gone_is_told() {
    let studio = shop_with_two().await;
    let page = studio.get("/admin/customers?use=tea").await;
    assert_eq!(page.status, StatusCode::OK);
    let menu = |page: &str| {
        let (_, menu) = page.split_once("name=\"use\"").unwrap();
        menu.split_once("</select>").unwrap().0.replace("<!>", "")
    };
    let uses = menu(&page.text);
    assert!(uses.contains("<option value=\"tea\" selected>Tea (Mug)</option>"), "{uses}");
    assert!(uses.contains("<option value=\"coffee\">Coffee (Mug)</option>"), "{uses}");
    page.shows_not("use-problem");
    studio
        .post("/admin/customers", &[("rule", "use=tea"), ("name", "Tea drinkers")])
        .await
        .leads_to("/admin/customers?use=tea");
    studio.get("/admin/customers").await.shows("Stated use Tea (Mug)");
    // The product asks about something else from now on.
    studio
        .republish(|bundle| {
            let uses = bundle.source.uses.as_mut().unwrap();
            uses.answers[0].code = "cocoa".to_owned();
            uses.answers[0].label = "Cocoa".to_owned();
        })
        .await;
    let page = studio.get("/admin/customers?use=tea").await;
    page.shows("No product asks about this use any more");
    page.shows("Stated use tea: no product asks about it any more");
    let uses = menu(&page.text);
    assert!(uses.contains("value=\"tea\" selected") && uses.contains("Cocoa (Mug)"), "{uses}");
    // Of a product that has no such use nobody is found by it, which is said.
    studio.get("/admin/customers?use=cocoa&product=mug").await.shows_not("use-problem");
    studio.get("/admin/customers?use=cocoa&product=lamp").await.shows("does not ask about that use");
}

#[tokio::test]
async fn strangers_see_no_customer() {
    let mut studio = shop_with_two().await;
    studio.session = None;
    for address in ["/admin/customers", "/admin/customer?email=bo%40example.org"] {
        let away = studio.get(address).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER);
        assert!(away.location.starts_with("/admin/login"), "{}", away.location);
    }
    assert_eq!(studio.post("/admin/customers", &[("name", "x")]).await.status, StatusCode::SEE_OTHER);
}
