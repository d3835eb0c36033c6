//! Menus of groups, through the router: chosen in the admin, shown to whom they are for, told why, and gone after the switch.

use axum::body::Body;
use axum::http::{StatusCode, header};
use configurator::Quantity;
use shop::access::Role;
use shop::orders::Change;
use shop::{Buyer, Consent, DesignAddress, OpenedOrder, OrderState, Start};
use testing::{ana, slug};
use words::Language;

use crate::account::{Mails, sign_in};
use crate::common::{Answer, Studio};

const MUG: &str = "/products/mug";
const PAGE: &str = "/admin/products/mug/menus";

/// A mug in 30 glazes, of which g1 to g3 are warm and g28 to g30 tough, and with 6 handles.
fn product(glazes: u32) -> String {
    let glaze = |index: u32| {
        let benefits = match index {
            1..=3 => format!("benefits = {{ warmth = {}, toughness = 1 }}", 6 - index),
            28..=30 => format!("benefits = {{ warmth = 1, toughness = {} }}", index - 25),
            _ => "benefits = { warmth = 1, toughness = 1 }".to_owned(),
        };
        format!("{{ code = \"g{index}\", label = \"Glaze {index}\", {benefits} }}")
    };
    let glazes: Vec<String> = (1..=glazes).map(glaze).collect();
    let handles: Vec<String> =
        (1..=6).map(|index| format!("{{ code = \"h{index}\", label = \"Handle {index}\" }}")).collect();
    format!(
        r#"
name = "Mug"
summary = "A mug."
currency = "EUR"
base_price = 2400
lead_time_days = 9

[uses]
question = "What will you drink from it?"
answers = [
  {{ code = "tea", label = "Tea", people = "tea drinkers" }},
  {{ code = "coffee", label = "Coffee", people = "coffee drinkers" }},
]

[[benefits]]
code = "warmth"
label = "Warmth"

[[benefits]]
code = "toughness"
label = "Toughness"

[[steps]]
code = "looks"
label = "Looks"

[[attributes]]
code = "glaze"
step = "looks"
label = "Glaze"
kind = "choice"
standard = "g10"
options = [{}]

[[attributes]]
code = "handle"
step = "looks"
label = "Handle"
kind = "choice"
standard = "h1"
options = [{}]
"#,
        glazes.join(", "),
        handles.join(", ")
    )
}

async fn with_ana() -> Studio {
    with_ana_and(30).await
}

async fn with_ana_and(glazes: u32) -> Studio {
    let mut studio = Studio::selling("mug", &product(glazes)).await;
    studio.let_ana_in().await;
    studio
}

async fn send(studio: &Studio, what: &str, attribute: &str, group: &str, rest: &[(&str, &str)]) -> Answer {
    let mut form = vec![("do", what), ("attribute", attribute), ("group", group)];
    form.extend_from_slice(rest);
    form.push(("_end", "on"));
    studio.post(PAGE, &form).await
}

async fn keep(studio: &Studio, attribute: &str, group: &str, options: &[&str]) -> Answer {
    let options: Vec<_> = options.iter().map(|code| ("option", *code)).collect();
    send(studio, "save", attribute, group, &options).await
}

async fn with_cookie(studio: &Studio, address: &str, cookie: &str) -> Answer {
    let request = studio.request("GET", address).header(header::COOKIE, cookie);
    studio.send(request.body(Body::empty()).unwrap()).await
}

/// The cookie of somebody who said what for.
async fn said(studio: &Studio, stated_use: &str) -> String {
    let answered = studio.post(&format!("{MUG}/start"), &[("_use", stated_use)]).await;
    answered.cookie.split(';').next().unwrap().to_owned()
}

/// The codes of an attribute's options that are shown first, and how many there are.
fn first(page: &Answer, attribute: &str) -> (Vec<String>, usize) {
    let part = page.text.split(&format!("data-attribute=\"{attribute}\"")).nth(1).unwrap();
    let part = part.split("</fieldset>").next().unwrap();
    let tiles: Vec<&str> = part.split("<label ").skip(1).collect();
    let code =
        |tile: &&str| tile.split("data-option=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let shown = tiles.iter().filter(|tile| !tile.split('>').next().unwrap().contains("list:hidden"));
    (shown.map(code).collect(), tiles.len())
}

#[tokio::test]
async fn each_group_is_shown_its_own_options_first_told_why_and_all_others_stay() {
    let studio = with_ana().await;
    keep(&studio, "handle", "use:tea", &["h5", "h4"])
        .await
        .leads_to(&format!("{PAGE}?done=kept&attribute=handle&group=use%3Atea"));
    assert_eq!(keep(&studio, "handle", "use:coffee", &["h6"]).await.status, StatusCode::SEE_OTHER);
    let everybody = studio.get(MUG).await;
    assert_eq!(
        first(&everybody, "handle"),
        (["h1", "h2", "h3", "h4", "h5", "h6"].map(str::to_owned).into(), 6)
    );
    let tea = said(&studio, "tea").await;
    let page = with_cookie(&studio, MUG, &tea).await;
    page.shows("Shown first: our choice for tea drinkers.");
    // The standard's own is always there.
    assert_eq!(
        first(&page, "handle"),
        (["h1", "h4", "h5"].map(str::to_owned).into(), 6),
        "nothing is out of reach"
    );
    let page = with_cookie(&studio, MUG, &said(&studio, "coffee").await).await;
    page.shows("our choice for coffee drinkers");
    assert_eq!(first(&page, "handle").0, ["h1", "h6"]);
    with_cookie(&studio, &format!("{MUG}?_lang=de"), &tea)
        .await
        .shows("Zuerst: was wir tea drinkers empfehlen.");
    with_cookie(&studio, &format!("{MUG}?_lang=ar"), &tea).await.shows("ما اخترناه لفئة");
    let why = with_cookie(&studio, &format!("{MUG}/defaults?_start=personal&_use=tea"), &tea).await;
    why.shows("Which options you see first");
    why.shows("Handle 4, Handle 5\nShown first: our choice for tea drinkers.");
    // Switched off, as without consent, everything is there.
    let request = studio.request("POST", &format!("{MUG}/start")).header(header::COOKIE, &tea);
    let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let off = studio.send(request.body(Body::from("_switch=off")).unwrap()).await;
    let left = off.cookie.split(';').next().unwrap().to_owned();
    assert_ne!(left, tea);
    for address in [off.location.as_str(), MUG] {
        with_cookie(&studio, address, &left).await.shows_not("shown-first");
    }
    studio.get(&format!("{MUG}?_start=personal&_use=tea")).await.shows_not("shown-first");
    studio
        .get("/admin/people/audit")
        .await
        .shows("Kept a menu for a group of Mug: handle for use:tea: h4,h5");
}

#[tokio::test]
async fn what_matters_comes_before_what_was_chosen_for_a_group() {
    let studio = with_ana().await;
    let asked = format!("{MUG}?_start=needs&_needs=warmth.3&_base=");
    let page = studio.get(&asked).await;
    page.shows("Shown first: what serves Warmth best, as you asked.");
    let (shown, all) = first(&page, "glaze");
    assert!(["g1", "g2", "g3"].iter().all(|code| shown.contains(&(*code).to_owned())), "{shown:?}");
    assert!(shown.len() <= 19 && all == 30, "{shown:?}");
    let tough = studio.get(&asked.replace("warmth.3", "toughness.3,warmth.1")).await;
    tough.shows("what serves Toughness, Warmth best");
    assert!(first(&tough, "glaze").0.contains(&"g30".to_owned()));
    // Beside what a link asks for, what matters stays.
    let make = [
        ("do", "make"),
        ("code", "spring"),
        ("product", "mug"),
        ("greeting", ""),
        ("use", ""),
        ("design", ""),
    ];
    studio.post("/admin/campaigns", &make).await.leads_to("/admin/campaigns");
    assert_eq!(
        keep(&studio, "glaze", "campaign:spring", &["g20", "g21"]).await.status,
        StatusCode::SEE_OTHER
    );
    let both = studio.get(&format!("{asked}&_campaign=spring")).await;
    both.shows(
        "Shown first: what serves Warmth best, as you asked, what belongs to the link that you came by.",
    );
    assert_eq!(first(&both, "glaze").0, ["g1", "g2", "g3", "g10", "g20", "g21"]);
    for nobodys in ["autumn", "%3Cb%3E", ""] {
        studio.get(&format!("{asked}&_campaign={nobodys}")).await.shows_not("the link that you came by");
    }
}

#[tokio::test]
async fn who_came_by_a_link_has_its_menu_for_the_visit_and_nothing_is_kept() {
    let studio = with_ana().await;
    let make = [
        ("do", "make"),
        ("code", "spring"),
        ("product", "mug"),
        ("greeting", "Hello"),
        ("use", ""),
        ("design", ""),
    ];
    studio.post("/admin/campaigns", &make).await.leads_to("/admin/campaigns");
    keep(&studio, "glaze", "campaign:spring", &["g20", "g21"]).await;
    let page = studio.get("/c/spring").await;
    page.shows("Shown first: what belongs to the link that you came by.");
    assert_eq!(first(&page, "glaze"), (["g10", "g20", "g21"].map(str::to_owned).into(), 30));
    assert_eq!(page.cookies, <[String; 0]>::default(), "nothing is set");
    // The form without a script takes it along.
    let was = page.text.split("name=\"_was\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
    let was = was.split('"').next().unwrap().replace("&amp;", "&");
    assert!(was.ends_with("&_campaign=spring"), "{was}");
    let was: String = form_urlencoded::byte_serialize(was.as_bytes()).collect();
    let next = studio.get(&format!("{MUG}/choose?_was={was}&glaze=g10&handle=h2")).await;
    assert!(next.location.ends_with("&_campaign=spring"), "{}", next.location);
    let page = studio.get(&next.location).await;
    assert_eq!(first(&page, "glaze").0, ["g10", "g20", "g21"]);
    let why = studio.get(&next.location.replace("mug?", "mug/defaults?")).await;
    why.shows("what belongs to the link that you came by");
    // So do an answer, and the pages beside a design on the way back.
    let answered = [("_use", "tea"), ("_was", "_revision=1&_campaign=spring")];
    let answered = studio.post(&format!("{MUG}/start"), &answered).await;
    assert!(answered.location.ends_with("&_campaign=spring"), "{}", answered.location);
    for beside in ["needs", "offers"] {
        let page = studio.get(&next.location.replace("mug?", &format!("mug/{beside}?"))).await;
        let links =
            page.text.split("href=\"/products/mug?").skip(1).map(|rest| rest.split('"').next().unwrap());
        let links: Vec<&str> = links.collect();
        assert!(!links.is_empty(), "{beside}");
        assert!(links.iter().all(|link| link.contains("_campaign=spring")), "{beside}: {links:?}");
    }
    // The switch takes it, and an ended link has none.
    let off = studio
        .post(&format!("{MUG}/start"), &[("_switch", "off"), ("_was", "_revision=1&_campaign=spring")])
        .await;
    studio.get(&off.location).await.shows_not("shown-first");
    studio.post("/admin/campaigns", &[("do", "end"), ("code", "spring")]).await;
    studio.get(&next.location).await.shows_not("shown-first");
    let page = studio.get(PAGE).await;
    page.shows("There is no such group any more");
}

#[tokio::test]
async fn a_segment_speaks_for_who_is_signed_in_and_agreed_that_their_orders_may() {
    let studio = with_ana().await;
    let mails = Mails::new();
    let buyer =
        [("name", "Bo"), ("email", "bo@example.org"), ("address", "Harbour Street 4"), ("country", "DE")];
    let placed = studio.post(&format!("{MUG}/order?_revision=1&_start=standard"), &buyer).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.text);
    let rule = "orders=1".parse().unwrap();
    studio.shop.keep_segment("Regulars", rule, "ana@example.org").await.unwrap();
    assert_eq!(keep(&studio, "handle", "segment:Regulars", &["h3"]).await.status, StatusCode::SEE_OTHER);
    let page = studio.get(PAGE).await;
    page.shows("Segment: ");
    page.shows("1 customer");
    let personal = said(&studio, "tea").await;
    let session = sign_in(&studio, &mails, "bo@example.org").await;
    let both = format!("{personal}; {session}");
    let told = "our choice for customers who ordered as you did";
    with_cookie(&studio, MUG, &both).await.shows_not(told);
    let agree = studio.request("POST", "/account/consent").header(header::COOKIE, session.clone());
    let agree = agree.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    studio.send(agree.body(Body::from("answer=yes")).unwrap()).await.leads_to("/account#remember");
    let page = with_cookie(&studio, MUG, &both).await;
    page.shows(told);
    page.shows_not("Regulars");
    assert_eq!(first(&page, "handle").0, ["h1", "h3"]);
    for cookie in [&personal, &session] {
        with_cookie(&studio, MUG, cookie).await.shows_not(told);
    }
    let other = sign_in(&studio, &mails, "cy@example.org").await;
    with_cookie(&studio, MUG, &format!("{personal}; {other}")).await.shows_not(told);
}

#[tokio::test]
async fn a_menu_is_looked_at_before_it_is_kept_and_nobodys_work_is_lost() {
    let studio = with_ana().await;
    studio.get(PAGE).await.shows("No group has a menu of its own yet.");
    let chosen = studio.get(&format!("{PAGE}?attribute=handle&group=use%3Atea")).await;
    chosen.shows("Handle · Stated use: tea drinkers");
    chosen.shows("0 orders to learn from stated it");
    let previewed = send(&studio, "preview", "handle", "use:tea", &[("option", "h2")]).await;
    previewed.shows("As the group sees it");
    previewed.shows("Show all 6");
    studio.get(PAGE).await.shows("No group has a menu of its own yet.");
    for options in [&[][..], &["h1", "h2", "h3", "h4", "h5", "h6"], &["none"]] {
        let refused = keep(&studio, "handle", "use:tea", options).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("Tick one option at least, and not all 6.");
    }
    keep(&studio, "handle", "use:water", &["h2"]).await.shows("There is no such group.");
    keep(&studio, "lid", "use:tea", &["h2"]).await.shows("What is on sale has no such menu");
    assert_eq!(keep(&studio, "handle", "mood:good", &["h2"]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(keep(&studio, "handle", "use:tea", &["h2"]).await.status, StatusCode::SEE_OTHER);
    // A form that somebody opened before there was one.
    let late = keep(&studio, "handle", "use:tea", &["h3"]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.shows("Somebody changed this menu meanwhile.");
    late.shows("name=\"was\" value=\"h2\"");
    let again = send(&studio, "save", "handle", "use:tea", &[("was", "h2"), ("option", "h3")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    // Nor is what somebody else chose meanwhile removed unseen.
    let late = send(&studio, "remove", "handle", "use:tea", &[("was", "h2")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    late.shows("Somebody changed this menu meanwhile.");
    late.shows("name=\"was\" value=\"h3\"");
    let removed = send(&studio, "remove", "handle", "use:tea", &[("was", "h3")]).await;
    let page = studio.get(&removed.location).await;
    page.shows("they see what everybody sees");
    page.shows("name=\"option\" value=\"h3\"");
    let undone = send(&studio, "save", "handle", "use:tea", &[("option", "h3")]).await;
    studio.get(&undone.location).await.shows("Handle is kept for Stated use: tea drinkers.");
    let cut = studio.post(PAGE, &[("do", "save"), ("attribute", "handle"), ("group", "use:tea")]).await;
    assert!(cut.status.is_client_error(), "{}", cut.status);
}

#[tokio::test]
async fn what_is_gone_is_told_and_never_an_error() {
    let studio = with_ana().await;
    keep(&studio, "handle", "use:tea", &["h5", "h6"]).await;
    keep(&studio, "handle", "use:coffee", &["h6"]).await;
    studio.republish(|bundle| bundle.source.attributes[1].options.retain(|option| option.code != "h6")).await;
    let page = studio.get(PAGE).await;
    page.shows("Not on the menu any more, and left out: h6");
    page.shows("What is on sale has no such menu any more");
    let tea = with_cookie(&studio, MUG, &said(&studio, "tea").await).await;
    assert_eq!(first(&tea, "handle"), (["h1", "h5"].map(str::to_owned).into(), 5));
    with_cookie(&studio, MUG, &said(&studio, "coffee").await).await.shows_not("shown-first");
    // Too few are left for a menu of their own.
    studio.republish(|bundle| bundle.source.attributes[1].options.truncate(4)).await;
    let tea = with_cookie(&studio, MUG, &said(&studio, "tea").await).await;
    assert_eq!(tea.status, StatusCode::OK);
    tea.shows_not("shown-first");
    studio.get(PAGE).await.shows("What is on sale has no such menu any more");
}

#[tokio::test]
async fn who_may_not_see_customers_has_no_page_of_groups() {
    let mut studio = with_ana().await;
    studio.get("/admin/products/mug").await.shows("/admin/products/mug/menus");
    let token = studio.shop.invite_by("vi@example.org", Role::Viewer, "ana@example.org").await;
    let token = token.unwrap();
    studio.session = Some(studio.shop.accept_invite(&token, crate::common::PASSWORD).await.unwrap().session);
    assert_eq!(studio.get(PAGE).await.status, StatusCode::FORBIDDEN);
    studio.get("/admin/products/mug").await.shows_not("/admin/products/mug/menus");
}

#[tokio::test]
async fn what_a_menu_replaced_is_back_by_one_click() {
    let studio = with_ana().await;
    let kept = keep(&studio, "handle", "use:tea", &["h2"]).await;
    // A menu that was not there before goes.
    let page = studio.get(&kept.location).await;
    page.shows("data-testid=\"undo\"");
    page.shows("name=\"do\" value=\"remove\" data-testid=\"undo\"");
    let replaced = send(&studio, "save", "handle", "use:tea", &[("was", "h2"), ("option", "h3")]).await;
    replaced.leads_to(&format!("{PAGE}?done=kept&attribute=handle&group=use%3Atea&was=h2"));
    let page = studio.get(&replaced.location).await;
    page.shows("name=\"do\" value=\"save\" data-testid=\"undo\"");
    page.shows("name=\"option\" value=\"h2\"");
    // As the page's form sends it; where somebody changed the menu meanwhile, nothing is done.
    let late = send(&studio, "save", "handle", "use:tea", &[("was", "h5"), ("option", "h2")]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    let undone = send(&studio, "save", "handle", "use:tea", &[("was", "h3"), ("option", "h2")]).await;
    studio.get(&undone.location).await.shows("Handle is kept for Stated use: tea drinkers.");
    let tea = with_cookie(&studio, MUG, &said(&studio, "tea").await).await;
    assert_eq!(first(&tea, "handle").0, ["h1", "h2"]);
}

/// Thirty orders of each of these glazes, from what they start from, confirmed.
async fn ordered(studio: &Studio, start: &Start, glazes: [&str; 4]) {
    let consent = Consent { given: true, ..Consent::default() };
    let (shop, mug) = (&studio.shop, slug("mug"));
    let said = match start {
        Start::Personal { stated_use: Some(said), .. } | Start::Needs { asked: said, .. } => said,
        _ => "nothing",
    };
    for index in 0..120 {
        let glaze = glazes[index % 4];
        let choices = vec![("glaze".to_owned(), glaze.to_owned())];
        let address = DesignAddress { choices, start: Some(start.clone()), ..DesignAddress::default() };
        let opened = shop.open_design(&mug, &address, &consent, Language::ENGLISH).await.unwrap();
        let order = OpenedOrder {
            opened,
            quantity: Quantity::ONE,
            request_id: format!("{said} {glaze} {index}"),
            buyer: Buyer { email: format!("{said}.{glaze}.{index}@example.org"), ..ana() },
            another: None,
            counted: false,
            consent: consent.clone(),
        };
        let placed = shop.place_opened(order, shop.take_order().unwrap()).await.unwrap();
        let confirm =
            Change::Move { seen: OrderState::Placed, to: OrderState::Confirmed, reason: String::new() };
        shop.change_order(placed.order.number, confirm, "mia").await.unwrap();
    }
}

#[tokio::test]
async fn a_long_menu_follows_who_asks_and_the_line_says_whose_orders_speak() {
    let studio = with_ana().await;
    let stating = |code: &str| Start::Personal { stated_use: Some(code.to_owned()), base: None };
    let wanting = |asked: &str| Start::Needs { asked: asked.to_owned(), base: Vec::new() };
    ordered(&studio, &stating("tea"), ["g5", "g6", "g7", "g8"]).await;
    ordered(&studio, &stating("coffee"), ["g20", "g21", "g22", "g23"]).await;
    ordered(&studio, &wanting("warmth.3"), ["g1", "g2", "g3", "g4"]).await;
    ordered(&studio, &wanting("toughness.3"), ["g27", "g28", "g29", "g30"]).await;
    studio.shop.learn(&studio.shop.live(&slug("mug")).await.unwrap()).await.unwrap();
    // What their like have is there, and not all that anybody has.
    let has = |page: &Answer, codes: [&str; 4]| {
        let (shown, all) = first(page, "glaze");
        assert!(codes.iter().all(|code| shown.contains(&(*code).to_owned())), "{codes:?}: {shown:?}");
        assert!(shown.len() < 12 && all == 30, "{shown:?}");
        shown
    };
    let tea = said(&studio, "tea").await;
    let page = with_cookie(&studio, MUG, &tea).await;
    page.shows("Shown first: what tea drinkers have most.");
    let of_tea = has(&page, ["g5", "g6", "g7", "g8"]);
    let page = with_cookie(&studio, MUG, &said(&studio, "coffee").await).await;
    page.shows("Shown first: what coffee drinkers have most.");
    assert_ne!(has(&page, ["g20", "g21", "g22", "g23"]), of_tea);
    // What matters speaks before a stated use.
    let warm = format!("{MUG}?_start=needs&_needs=warmth.3&_base=");
    let page = with_cookie(&studio, &warm, &tea).await;
    page.shows(
        "Shown first: what serves Warmth best, as you asked, what shoppers who wanted Warmth have most.",
    );
    let of_warmth = has(&page, ["g1", "g2", "g3", "g4"]);
    assert_ne!(of_warmth, of_tea);
    let why = with_cookie(&studio, &warm.replace("mug?", "mug/defaults?"), &tea).await;
    why.shows("what shoppers who wanted Warmth have most");
    let tough = warm.replace("warmth", "toughness");
    let page = with_cookie(&studio, &tough, &tea).await;
    page.shows("what shoppers who wanted Toughness have most");
    assert_ne!(has(&page, ["g27", "g28", "g29", "g30"]), of_warmth);
    with_cookie(&studio, &format!("{MUG}?_lang=de"), &tea)
        .await
        .shows("Zuerst: was tea drinkers am häufigsten haben.");
    with_cookie(&studio, &format!("{MUG}?_lang=ar"), &tea)
        .await
        .shows("الأكثر اختيارًا لدى \u{2068}tea drinkers\u{2069}");
    // Without consent nobody's orders are asked about who looks.
    studio.get(MUG).await.shows_not("shown-first");
    let page = studio.get(&warm).await;
    page.shows("Shown first: what serves Warmth best, as you asked.");
    page.shows_not("have most");
}

#[tokio::test]
async fn a_menu_that_is_not_long_is_shortened_where_all_that_is_expected_leaves_out_a_third() {
    let studio = with_ana_and(14).await;
    let stating = |code: &str| Start::Personal { stated_use: Some(code.to_owned()), base: None };
    ordered(&studio, &stating("tea"), ["g5", "g6", "g7", "g8"]).await;
    // Whoever drinks coffee has any of twelve.
    for first in [1, 5, 9] {
        let glazes = [first, first + 1, first + 2, first + 3].map(|index| format!("g{index}"));
        ordered(&studio, &stating("coffee"), glazes.each_ref().map(String::as_str)).await;
    }
    studio.shop.learn(&studio.shop.live(&slug("mug")).await.unwrap()).await.unwrap();
    let page = with_cookie(&studio, MUG, &said(&studio, "tea").await).await;
    page.shows("Shown first: what tea drinkers have most.");
    let (shown, all) = first(&page, "glaze");
    assert!(["g5", "g6", "g7", "g8"].iter().all(|code| shown.contains(&(*code).to_owned())), "{shown:?}");
    assert!(shown.len() < 10 && all == 14, "{shown:?}");
    let page = with_cookie(&studio, MUG, &said(&studio, "coffee").await).await;
    page.shows_not("shown-first");
}
