//! Releases, through the router: planned in the shop's time, carried out, called off, and told where they matter.

use std::sync::Arc;

use app::paths::route::admin as route;
use axum::body::Body;
use axum::http::{StatusCode, header};
use shop::Environment;
use shop::access::Role;
use testing::{FakeEnvironment, slug};
use time::Duration;

use crate::common::{Answer, PASSWORD, Studio};

const LIST: &str = "/admin/releases";
const NEW: &str = "/admin/releases/new";
const ONE: &str = "/admin/releases/1";
const PUBLISH: &str = "/admin/products/mug/publish";
const FILE: &str = r#"
name = "Kiln & Wheel"
time_zone = "Europe/Berlin"

[company]
legal_name = "Kiln & Wheel Ltd"
address = "Harbour Street 4"

[contact]
email = "hello@example.org"
"#;

/// A shop in Berlin on 15 January 2027 at 9 o'clock, with a draft of the mug, and its clock.
async fn in_berlin() -> (Studio, Arc<FakeEnvironment>) {
    let clock = Arc::new(FakeEnvironment::default());
    let mut studio = Studio::run_by(FILE, Arc::clone(&clock) as Arc<dyn Environment>).await;
    studio.let_ana_in().await;
    edit(&studio, "A mug for spring.").await;
    (studio, clock)
}

async fn edit(studio: &Studio, summary: &str) {
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    draft.bundle.source.summary = summary.to_owned();
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "ana@example.org").await.unwrap();
}

/// Sends the form with these fields beside the product as it is.
async fn plan(studio: &Studio, fields: &[(&str, &str)]) -> Answer {
    let version = studio.shop.draft(&slug("mug")).await.unwrap().version;
    let product = format!("mug/{version}/{}", live(studio).await);
    let mut form = vec![("product", product.as_str())];
    form.extend(fields);
    form.push(("_end", "on"));
    studio.post(NEW, &form).await
}

async fn live(studio: &Studio) -> i64 {
    studio.shop.live(&slug("mug")).await.unwrap().number.get()
}

#[tokio::test]
async fn a_release_is_planned_in_the_shops_time_carried_out_and_ended() {
    let (studio, clock) = in_berlin().await;
    studio.get(LIST).await.shows("There are no releases yet.");
    studio.get(PUBLISH).await.shows("href=\"/admin/releases/new?product=mug\"");
    studio.get(NEW).await.shows("value=\"mug\"");
    let form = studio.get("/admin/releases/new?product=mug").await;
    form.shows("I looked at what this does to Mug");
    form.shows("Start, in the shop’s time: Europe/Berlin");
    let held = "can be ordered at its prices for 30 days after its end.";
    form.shows(held);

    let when = [("when", "at"), ("start", "2027-01-15T10:00"), ("end", "2027-01-16T18:00")];
    let unseen = plan(&studio, &[&[("name", "Spring")], &when[..]].concat()).await;
    assert_eq!(unseen.status, StatusCode::UNPROCESSABLE_ENTITY);
    unseen.shows("Tick this to publish.");
    unseen.shows("value=\"2027-01-15T10:00\"");
    let planned = plan(&studio, &[&[("name", "Spring"), ("seen-mug", "on")], &when[..]].concat()).await;
    planned.leads_to(ONE);
    let page = studio.get(ONE).await;
    page.shows("Is published on 15 January 2027, 10:00 CET.");
    page.shows("Ends on 16 January 2027, 18:00 CET");
    page.shows(held);
    page.shows("Revision 1 → the draft as agreed to");
    for address in [PUBLISH, "/admin/products/mug", "/admin/products/mug/revisions"] {
        studio.get(address).await.shows("publishes this product on 15 January 2027, 10:00 CET");
    }

    edit(&studio, "Edited since.").await;
    clock.wait(Duration::hours(1) - Duration::milliseconds(1));
    assert_eq!(studio.shop.carry_out_releases().await.unwrap(), 0);
    clock.wait(Duration::milliseconds(1));
    assert_eq!(studio.shop.carry_out_releases().await.unwrap(), 1);
    studio.get("/products/mug").await.shows("A mug for spring.");
    studio.get(ONE).await.shows("Revision 1 → 2");
    studio.get(PUBLISH).await.shows("On 16 January 2027, 18:00 CET what it replaced returns");
    studio.post(ONE, &[("do", "end")]).await.leads_to(ONE);
    assert_eq!(live(&studio).await, 1);
    let page = studio.get(ONE).await;
    page.shows("What was live before is live again.");
    page.shows("can be ordered at its prices until 14 February 2027");
    let refused = studio.post(ONE, &[("do", "end")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("It is not planned or live any more.");
    studio.get(LIST).await.shows("Ended by ana@example.org on 15 January 2027");
    let audit = studio.get(route::AUDIT).await;
    for done in
        ["Planned the release Spring: Mug", "Published the release Spring", "Ended the release Spring"]
    {
        audit.shows(done);
    }
}

#[tokio::test]
async fn a_draft_that_was_begun_during_a_release_takes_over_what_returns() {
    let (studio, _) = in_berlin().await;
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    draft.bundle.source.base_price = 2_000;
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "ana@example.org").await.unwrap();
    let sale = [("name", "Sale"), ("seen-mug", "on"), ("twice-mug", "on"), ("when", "now"), ("start", "")];
    plan(&studio, &[&sale[..], &[("end", "2027-01-16T18:00")]].concat()).await.leads_to(ONE);
    assert_eq!(live(&studio).await, 2);
    edit(&studio, "Edited during the sale.").await;
    // Published now, it would keep the sale's price for good.
    let page = studio.get(PUBLISH).await;
    page.shows("The release Sale ends on 16 January 2027, 18:00 CET, and revision 1 returns then");
    page.shows("Take over revision 1");
    let editor = "/admin/products/mug";
    studio.get(editor).await.shows("The draft was begun from it");

    studio.post(ONE, &[("do", "end")]).await.leads_to(ONE);
    assert_eq!(live(&studio).await, 1);
    studio.get(editor).await.shows("The draft was begun while the release Sale was live, which ended on");
    let page = studio.get(PUBLISH).await;
    page.shows("This draft was begun from revision 2, and revision 1 is live now.");
    page.shows("One thing in the draft becomes another");
    let take = "/admin/products/mug/take-over";
    let version = studio.shop.draft(&slug("mug")).await.unwrap().version;
    let late = studio.post(take, &[("version", "1"), ("revision", "1")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("Nothing was taken over");
    assert_eq!(studio.post(take, &[("version", "1")]).await.status, StatusCode::BAD_REQUEST);
    let form = [("version", version.to_string()), ("revision", "1".to_owned())];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    studio.post(take, &form).await.leads_to(PUBLISH);
    let source = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    assert_eq!((source.base_price, &*source.summary), (2_400, "Edited during the sale."));
    studio.get(PUBLISH).await.shows_not("data-testid=\"other-base\"");
    studio.get(editor).await.shows_not("The draft was begun");

    let history = "/admin/products/mug/revisions";
    studio.get(history).await.shows("href=\"/admin/products/mug/revisions?prices=on#prices\"");
    let prices = studio.get(&format!("{history}?prices=on")).await;
    prices.shows("Revision 2, published on 15 January 2027");
    for words in ["Base price", "€24", "€20", "Sale"] {
        prices.shows(words);
    }
}

#[tokio::test]
async fn times_that_are_none_are_told_and_what_was_typed_stays() {
    let (studio, _) = in_berlin().await;
    for (start, end, why) in [
        ("2027-03-28T02:30", "", "this time does not exist on that day"),
        ("2027-10-31T02:30", "", "this time comes twice on that day"),
        ("2027-01-15T08:59", "", "This has passed."),
        ("soon", "", "This is no time."),
        ("", "", "Say when it starts"),
        ("2027-02-01T09:00", "2027-02-01T09:00", "The end has to come after the start."),
        ("2027-02-01T09:00", "2027-03-28T02:30", "this time does not exist on that day"),
    ] {
        let fields = [("name", "Summer"), ("seen-mug", "on"), ("when", "at"), ("start", start), ("end", end)];
        let refused = plan(&studio, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{start} to {end}");
        refused.shows(why);
        refused.shows("value=\"Summer\"");
        refused.shows("Nothing was planned or published.");
    }
    // Whoever wrote a time and left the choice at "Now" didn't mean now.
    let both = [("name", "Now"), ("seen-mug", "on"), ("when", "now"), ("start", "2027-12-24T09:00")];
    let refused = plan(&studio, &both).await;
    assert_eq!((refused.status, live(&studio).await), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    refused.shows("You chose “Now” and wrote a time.");
    let now = [("name", "Now"), ("seen-mug", "on"), ("when", "now"), ("start", "")];
    plan(&studio, &now).await.leads_to(ONE);
    assert_eq!(live(&studio).await, 2);
    let none = studio.post(NEW, &[("name", "None"), ("_end", "on")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("Choose at least one product");
}

#[tokio::test]
async fn a_release_that_fails_says_so_on_its_page_and_on_its_products() {
    let (studio, clock) = in_berlin().await;
    let fields = [("name", "Spring"), ("seen-mug", "on"), ("when", "at"), ("start", "2027-01-15T10:00")];
    plan(&studio, &fields).await.leads_to(ONE);
    let twice = plan(&studio, &fields).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    twice.shows("mug is in the release “Spring”");
    clock.wait(Duration::minutes(30));
    studio.republish(|bundle| bundle.source.summary = "Another one.".to_owned()).await;
    clock.wait(Duration::hours(1));
    studio.shop.carry_out_releases().await.unwrap();
    let why = "Somebody made another revision live meanwhile.";
    let page = studio.get(ONE).await;
    page.shows(why);
    page.shows("Nothing of it was published");
    studio.get(PUBLISH).await.shows(why);
    studio.get(LIST).await.shows("Failed");
    studio.get("/products/mug").await.shows("Another one.");
}

#[tokio::test]
async fn a_planned_release_is_cancelled_and_others_only_read() {
    let (mut studio, _) = in_berlin().await;
    let fields = [("name", "Spring"), ("seen-mug", "on"), ("when", "at"), ("start", "2027-01-31T09:00")];
    plan(&studio, &fields).await.leads_to(ONE);
    let token = studio.shop.invite_by("ben@example.org", Role::Viewer, "ana@example.org").await.unwrap();
    let entered = studio.shop.accept_invite(&token, PASSWORD).await.unwrap();
    let ana = studio.session.replace(entered.session);
    studio.get(LIST).await.shows_not("data-testid=\"new-release\"");
    studio.get(ONE).await.shows_not("data-testid=\"cancel\"");
    assert_eq!(studio.post(ONE, &[("do", "cancel")]).await.status, StatusCode::FORBIDDEN);
    studio.session = ana;
    let foreign = studio.request("POST", ONE).header("sec-fetch-site", "cross-site");
    let foreign = foreign.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let foreign = studio.send(foreign.body(Body::from("do=cancel")).unwrap()).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    studio.get(ONE).await.shows("data-testid=\"cancel\"");
    studio.post(ONE, &[("do", "cancel")]).await.leads_to(ONE);
    studio.get(ONE).await.shows("Cancelled by ana@example.org");
    studio.get(PUBLISH).await.shows_not("publishes this product on");
    assert_eq!(studio.get("/admin/releases/7").await.status, StatusCode::NOT_FOUND);
    assert_eq!(studio.get("/admin/releases/x").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_draft_with_findings_is_not_in_a_release() {
    let (studio, _) = in_berlin().await;
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    draft.bundle.source.attributes[0].options[1].label = String::new();
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "ana@example.org").await.unwrap();
    let form = studio.get("/admin/releases/new?product=mug").await;
    form.shows("It can’t be published yet");
    form.shows_not("data-testid=\"plan\"");
    let refused = plan(&studio, &[("name", "Spring"), ("seen-mug", "on"), ("when", "now")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(live(&studio).await, 1);
}
