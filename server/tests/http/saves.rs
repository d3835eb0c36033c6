//! The saves of a draft through the router: who saved what, and going back to one.

use axum::http::StatusCode;
use shop::access::Role;
use testing::slug;

use crate::common::{PASSWORD, Studio};

const SAVES: &str = "/admin/products/mug/saves";

/// Saves the mug at another base price, as somebody; the draft's version.
async fn price(studio: &Studio, amount: i64, by: &str) -> String {
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    draft.bundle.source.base_price = amount;
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, by).await.unwrap().version.to_string()
}

async fn base_price(studio: &Studio) -> i64 {
    studio.shop.draft(&slug("mug")).await.unwrap().bundle.source.base_price
}

#[tokio::test]
async fn a_draft_goes_back_to_a_save_by_one_click_and_another_undoes_it() {
    let studio = Studio::with_ana().await;
    studio.get(SAVES).await.shows("Nothing was saved since the last publication.");
    studio.get("/admin/products/mug/revisions").await.shows("href=\"/admin/products/mug/saves\"");
    let first = price(&studio, 2_500, "ana@example.org").await;
    let second = price(&studio, 2_600, "ben@example.org").await;
    let page = studio.get(SAVES).await;
    for text in ["ben@example.org", "€25 → €26", "€24 → €25", "This is the draft now"] {
        page.shows(text);
    }
    page.shows(&format!("data-testid=\"go-back-{first}\""));
    page.shows_not(&format!("data-testid=\"go-back-{second}\""));

    let back = studio.post(SAVES, &[("version", &second), ("to", &first)]).await;
    assert_eq!(base_price(&studio).await, 2_500);
    let page = studio.get(&back.location).await;
    page.shows(&format!("The draft is as it was at version {first}."));
    page.shows("data-testid=\"undo\"");
    let now = studio.shop.draft(&slug("mug")).await.unwrap().version.to_string();
    let undone = studio.post("/admin/products/mug/undo", &[("version", &now), ("back", "saves")]).await;
    undone.leads_to(SAVES);
    assert_eq!(base_price(&studio).await, 2_600);
    // An address tells nothing that is over.
    studio.get(&back.location).await.shows_not("data-testid=\"done\"");
}

#[tokio::test]
async fn what_others_saved_meanwhile_or_is_forgotten_changes_nothing() {
    let studio = Studio::with_ana().await;
    let first = price(&studio, 2_500, "ana@example.org").await;
    let second = price(&studio, 2_600, "ben@example.org").await;
    let stale = studio.post(SAVES, &[("version", &first), ("to", &first)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.shows("Somebody saved the draft meanwhile.");
    let gone = studio.post(SAVES, &[("version", &second), ("to", "99")]).await;
    assert_eq!(gone.status, StatusCode::CONFLICT);
    gone.shows("That save is kept no more.");
    assert_eq!(base_price(&studio).await, 2_600);
    assert_eq!(studio.post(SAVES, &[("version", &second)]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn who_may_only_read_has_the_list_and_no_button() {
    let mut studio = Studio::with_ana().await;
    price(&studio, 2_500, "ana@example.org").await;
    price(&studio, 2_600, "ana@example.org").await;
    let token = studio.shop.invite_by("ben@example.org", Role::Viewer, "ana@example.org").await.unwrap();
    studio.session = Some(studio.shop.accept_invite(&token, PASSWORD).await.unwrap().session);
    let page = studio.get(SAVES).await;
    // What somebody does in one field without a pause is one save.
    page.shows("€24 → €26");
    page.shows_not("€25");
    page.shows_not("data-testid=\"go-back-");
}
