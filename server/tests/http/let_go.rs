//! Choices that a form without scripts takes back.

use axum::http::StatusCode;

use crate::common::Studio;

#[tokio::test]
async fn a_form_takes_a_choice_back_with_all_else_that_it_says() {
    let studio = Studio::open().await;
    let was = "_was=_revision%3D1%26_start%3Dstandard%26glaze%3Dblue%26height%3D10";
    let sent = |form: &str| format!("/products/mug/choose?{was}&{form}");
    let released = studio.get(&sent("glaze=blue&lid=wood&height=10&_release=height")).await;
    released.leads_to("/products/mug?_revision=1&_start=standard&glaze=blue&lid=wood");
    // Whatever its own field has by then.
    let typed = studio.get(&sent("glaze=blue&lid=none&height=wide&_release=height")).await;
    typed.leads_to("/products/mug?_revision=1&_start=standard&glaze=blue");
    // Of what is chosen beside it nothing is let go, nor by a name that there is not.
    let stranger = studio.get(&sent("glaze=blue&lid=none&height=10&_release=colour")).await;
    stranger.leads_to("/products/mug?_revision=1&_start=standard&glaze=blue&height=10");
}

#[tokio::test]
async fn what_was_chosen_has_a_button_that_lets_go_of_it() {
    let studio = Studio::open().await;
    let page = studio.get("/products/mug?glaze=blue").await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("name=\"_release\" value=\"glaze\"");
    page.shows_not("name=\"_release\" value=\"height\"");
}
