//! What was learnt of a product's orders, as its merchandisers see it.

use axum::body::Body;
use axum::http::header;
use configurator::StartPolicy;

use crate::common::{Answer, Studio};
use crate::defaults::learnt;

const PAGE: &str = "/admin/products/travel-bike/learnt";

/// What is told for shoppers of each use: the label, and its rows.
fn uses(page: &Answer) -> Vec<(String, String)> {
    let uses = page.text.split("data-testid=\"use\"").skip(1);
    let told = uses.map(|of_use| {
        let (_, label) = of_use.split_once("<summary").unwrap_or_default();
        let label = label.split_once('>').unwrap_or_default().1.split('<').next().unwrap_or_default();
        (label.to_owned(), of_use.split("</details>").next().unwrap_or_default().to_owned())
    });
    told.collect()
}

#[tokio::test]
async fn merchandisers_see_what_is_learnt_on_what_evidence_and_by_which_models() {
    let mut studio = learnt().await;
    studio.let_ana_in().await;
    let page = studio.get(PAGE).await;
    page.shows(", all of them made-up examples");
    page.shows("Right in 95 of 100 cases at least, with 95 % confidence");
    page.shows("which takes 59 cases at least");
    let uses = uses(&page);
    assert_eq!(uses[0].0, "Who stated no use");
    let answers = &studio.shop.live(&testing::slug("travel-bike")).await.unwrap().product.uses;
    let answers: Vec<_> = answers.iter().flat_map(|uses| &uses.answers).collect();
    assert_eq!(uses.len(), 1 + answers.len());

    // What is said to be preselected is what shoppers of the use begin with.
    let (label, rows) = &uses[1];
    let answer = answers.iter().find(|answer| answer.label == *label).unwrap();
    let cookie = format!("atelier_personal=travel-bike%3D{}", answer.code);
    let request = studio.request("GET", "/products/travel-bike/defaults").header(header::COOKIE, cookie);
    let shopper = studio.send(request.body(Body::empty()).unwrap()).await;
    let rows: Vec<&str> = rows.split("<tr").skip(2).collect();
    let cell = |row: &str, at: usize| {
        let cell = row.split("</t").nth(at).unwrap_or_default();
        cell.rsplit('>').next().unwrap_or_default().to_owned()
    };
    let preselected: Vec<_> = rows.iter().filter(|row| row.contains("data-done=\"preselected\"")).collect();
    assert!(!preselected.is_empty() && preselected.len() < rows.len(), "{}", page.text);
    for row in preselected {
        assert!(row.contains("Preselected, by orders of ") && row.contains(" right; surely 9"), "{row}");
        let (name, value) = (cell(row, 0), cell(row, 1));
        let own = shopper.text.split("data-default=").find(|own| own.contains(&format!(">{name}<")));
        assert!(own.is_some_and(|own| own.contains(&value)), "{name}: {value}");
    }
    // Those that weigh most come first, and all that weigh are the blend.
    let models = page.text.split("data-testid=\"model\"").skip(1);
    let weights =
        models.map(|model| cell(model, 3).trim_end_matches([' ', '%', '\u{a0}']).parse().unwrap_or(0.0));
    let weights: Vec<f64> = weights.collect();
    assert!(weights.is_sorted_by(|one, next| one >= next), "{weights:?}");
    assert!((weights.iter().sum::<f64>() - 100.0).abs() < 1.0, "{weights:?}");
}

#[tokio::test]
async fn where_nothing_is_learnt_the_page_says_why() {
    let studio = Studio::with_ana().await;
    for (start, told) in [
        (StartPolicy::Learnt, "Nothing is learnt yet."),
        (StartPolicy::Frequent, "With the design ordered most often for their use"),
        (StartPolicy::Standard, "With the standard, whatever others ordered"),
    ] {
        studio
            .republish(|bundle| {
                if let Some(uses) = &mut bundle.source.uses {
                    uses.start = start;
                }
            })
            .await;
        let page = studio.get("/admin/products/mug/learnt").await;
        page.shows(told);
        page.shows("data-testid=\"nothing\"");
        page.shows("/admin/products/mug?section=uses");
    }
}
