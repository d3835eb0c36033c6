//! What a form without scripts moved besides what it said.

use crate::common::{Answer, Studio};

const STANDARD: &str = "_revision=1&_start=standard";

/// Sends the form of a design of the bookcase, and follows where it leads.
async fn send(studio: &Studio, was: &str, form: &str) -> (String, Answer) {
    let was: String = form_urlencoded::byte_serialize(was.as_bytes()).collect();
    let sent = studio.get(&format!("/products/bookcase/choose?_was={was}&{form}&_end=1")).await;
    let page = studio.get(&sent.location).await;
    (sent.location, page)
}

/// Where the way back of the notice leads.
fn way_back(page: &Answer) -> String {
    let notice = page.text.split("data-testid=\"moved\"").nth(1).unwrap();
    notice.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&")
}

#[tokio::test]
async fn a_page_without_scripts_says_what_else_was_changed_and_leads_back() {
    let studio = Studio::with_demo("bookcase").await;
    let (_, page) = send(&studio, STANDARD, "extras=").await;
    page.shows("Also changed: Height to 180");
    page.shows("Depth to 45");
    page.shows("€2.28 more");
    page.shows("Take it back\u{a0}· −€2.28");
    let back = way_back(&page);
    assert_eq!(back, format!("/products/bookcase?{STANDARD}"));
    studio.get(&back).await.shows_not("data-testid=\"moved\"");
}

#[tokio::test]
async fn what_stays_after_a_choice_is_taken_back_is_told_with_its_price() {
    let studio = Studio::with_demo("bookcase").await;
    let (location, wide) = send(&studio, STANDARD, "width=187&extras=wall_fixing").await;
    wide.shows("Also changed: Uprights to Two");
    let was = location.split_once('?').unwrap().1.split("&_was=").next().unwrap();
    let (_, narrow) = send(&studio, was, "width=120&extras=wall_fixing").await;
    narrow.shows("Stays until you let go of it: Uprights: Two.");
    narrow.shows("Take it back\u{a0}· −€48");
    let without = studio.get(&way_back(&narrow)).await;
    without.shows("€901.20");
    without.shows_not("data-testid=\"moved\"");
}

#[tokio::test]
async fn where_nothing_else_was_changed_nothing_is_said() {
    let studio = Studio::with_demo("bookcase").await;
    let (location, page) = send(&studio, STANDARD, "wood=birch&extras=wall_fixing").await;
    assert!(!location.contains("_was="), "{location}");
    page.shows_not("data-testid=\"moved\"");
}

/// A purpose of a shopper: the bike without any bag, of whose space nobody said anything.
#[tokio::test]
async fn what_others_were_moved_for_can_be_another_without_scripts() {
    let studio = Studio::with_demo("travel-bike").await;
    let was: String = form_urlencoded::byte_serialize(STANDARD.as_bytes()).collect();
    let form = "carrier_bags=&frame_bags=&extras=mudguards&extras=lights";
    let sent = studio.get(&format!("/products/travel-bike/choose?_was={was}&{form}&_end=1")).await;
    let page = studio.get(&sent.location).await;
    page.shows("Also changed: Bags on the frame: ");
    page.shows("Space you need: 20 L stays.");
    page.shows("Take 0 L instead\u{a0}· −€109");
    let notice = page.text.split("data-testid=\"moved\"").nth(1).unwrap();
    let href = notice.split("Take 0").next().unwrap().rsplit("href=\"").next().unwrap();
    let other = studio.get(&href.split('"').next().unwrap().replace("&amp;", "&")).await;
    other.shows("€1,827");
    other.shows_not("data-testid=\"moved\"");
}

#[tokio::test]
async fn what_came_to_apply_is_told_with_its_value() {
    let studio = Studio::with_demo("bookcase").await;
    let (_, page) = send(&studio, STANDARD, "doors=glass&extras=wall_fixing").await;
    page.shows("Now to choose: Handles: Brushed steel.");
}
