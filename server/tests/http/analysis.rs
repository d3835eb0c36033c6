//! The page of what is in a draft, what is kept from it, and why a design is blocked.

use axum::http::StatusCode;
use configurator::source::{RuleSource, Source};
use shop::access::Role;
use testing::slug;

use crate::common::{PASSWORD, Studio};

const ANALYSIS: &str = "/admin/products/mug/analysis";
const WHY: &str = "/admin/products/mug/analysis/design";
const BENCH: &str = include_str!("../../../end2end/catalogs/workbench/product.toml");

async fn edit(studio: &Studio, edit: impl FnOnce(&mut Source)) {
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    edit(&mut draft.bundle.source);
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "ana@example.org").await.unwrap();
}

async fn version(studio: &Studio) -> String {
    studio.shop.draft(&slug("mug")).await.unwrap().version.to_string()
}

/// The page, asked for until nothing more is found out.
async fn whole(studio: &Studio, address: &str) -> crate::common::Answer {
    for _ in 0..200 {
        let page = studio.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        if !page.text.contains("data-going-on") {
            return page;
        }
    }
    let page = studio.get(address).await;
    assert!(!page.text.contains("data-going-on"), "it is never over");
    page
}

fn rule(code: &str, rule: &str, sentence: &str) -> RuleSource {
    RuleSource { code: code.to_owned(), rule: rule.to_owned(), sentence: sentence.to_owned() }
}

#[tokio::test]
async fn designs_and_prices_are_told_before_and_after() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| {
        source.rules.push(rule("plain", "glaze = green implies lid = none", "Green mugs have no lid."));
        source.base_price = 2500;
    })
    .await;
    let page = whole(&studio, ANALYSIS).await;
    let rows: Vec<String> = page
        .text
        .split("data-testid=\"figure\"")
        .skip(1)
        .map(|row| {
            let cells = row.split("</tr>").next().unwrap().split('>').skip(1);
            let texts = cells.filter_map(|cell| cell.split('<').next()).map(str::trim);
            texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_eq!(
        rows,
        [
            "Valid designs 30 26",
            "Lowest price €24 €25",
            "Price of the standard €24 €25",
            "Highest price €35 €35"
        ]
    );
    page.shows("There are valid designs, the standard is one of them");
    page.shows("It alone forbids this design, which differs from the standard in 2 values");
    page.shows("Lid: Wood instead of None");
    page.shows("It would cost €32.");
    page.shows("href=\"/admin/products/mug#rules.0.rule\"");
    page.shows("src=\"/analysis.js\"");
    page.shows("All attributes that are not locked have a choice of their own.");
    studio.get("/admin/products/mug").await.shows(&format!("href=\"{ANALYSIS}\""));
}

#[tokio::test]
async fn a_rule_that_others_say_is_told_with_them() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| {
        source.rules.push(rule("low", "lid = wood implies height <= 11", "Tall ones have no lid."));
        source.rules.push(rule("sure", "height >= 7", "None is flat."));
    })
    .await;
    let page = whole(&studio, ANALYSIS).await;
    page.shows("It never matters: what it forbids is forbidden already by:");
    page.shows("Rule 1: Wooden lids fit mugs");
    page.shows("It never matters: whatever can be chosen meets it.");
}

#[tokio::test]
async fn what_can_not_be_is_told_with_what_is_at_fault() {
    let studio = Studio::with_ana().await;
    let sound = studio.shop.draft(&slug("mug")).await.unwrap().bundle.source;
    edit(&studio, |source| {
        source.rules.push(rule("tall", "glaze = blue implies height >= 11", "Blue ones are tall."));
        source.rules.push(rule("lids", "glaze = blue implies lid = wood", "Blue ones have a lid."));
        source.rules.push(rule("open", "glaze = white implies lid = none", "White ones are open."));
    })
    .await;
    let page = whole(&studio, ANALYSIS).await;
    page.shows("No valid design has this option:");
    page.shows("href=\"/admin/products/mug#attributes.0.options.1\"");
    page.shows("Rule 2: Blue ones are tall.");
    page.shows("Rule 3: Blue ones have a lid.");
    page.shows("No smaller set of rules does it.");
    let fault =
        page.text.split("data-testid=\"fault\"").nth(1).unwrap().split("id=\"no-choice").next().unwrap();
    assert!(!fault.contains("Rule 4"), "{fault}");

    edit(&studio, |source| {
        source.clone_from(&sound);
        source.rules.push(rule("tall", "height >= 11", "All are tall."));
    })
    .await;
    let page = whole(&studio, ANALYSIS).await;
    page.shows("The standard design is not valid: All are tall.");
    page.shows("It alone forbids the standard design.");
    page.shows_not("0 values");
    page.shows("Lid");
    page.shows("Always None.");

    edit(&studio, |source| {
        source.clone_from(&sound);
        source.rules.push(rule("tall", "height >= 11", "All are tall."));
        source.budget.as_mut().unwrap().ceiling = 0;
    })
    .await;
    let page = whole(&studio, ANALYSIS).await;
    page.shows("The budget is too small for any design.");
    page.shows("href=\"/admin/products/mug#budget\"");
    page.shows("The budget of 0 points");
    page.shows("There is no valid design, so none of them can be chosen.");

    // What can't be read can't be looked into.
    edit(&studio, |source| source.rules[0].rule = "lid = wod".to_owned()).await;
    let page = studio.get(ANALYSIS).await;
    page.shows("The draft can not be looked into until this is mended.");
    page.shows("href=\"/admin/products/mug?section=rules#rules.0.rule\"");
}

#[tokio::test]
async fn an_attribute_that_follows_from_another_is_told_with_it() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| {
        source.rules.push(rule("lids", "lid = none iff glaze = white", "White ones alone have no lid."));
    })
    .await;
    whole(&studio, ANALYSIS).await.shows("Follows wholly from: Glaze.");
}

#[tokio::test]
async fn what_a_rule_alone_forbids_is_kept_with_one_click_and_undone_with_another() {
    let studio = Studio::with_ana().await;
    let page = whole(&studio, ANALYSIS).await;
    page.shows("Keep as a test");
    let version_before = version(&studio).await;
    let form = [("version", version_before.as_str()), ("rule", "wood_small")];
    let kept = studio.post(ANALYSIS, &form).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let page = whole(&studio, &kept.location).await;
    page.shows("Kept as a test design, which must be invalid.");
    page.shows("A test design says so already.");
    // Sent once more, from a page of before.
    let stale = studio.post(ANALYSIS, &form).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    stale.shows("Nothing was kept: somebody changed the draft meanwhile.");
    let version = version(&studio).await;
    let undone = studio.post("/admin/products/mug/undo", &[("version", version.as_str())]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    let page = whole(&studio, &kept.location).await;
    page.shows_not("Kept as a test design");
    page.shows("Keep as a test");
}

#[tokio::test]
async fn a_viewer_reads_the_analysis_and_keeps_nothing() {
    let mut studio = Studio::with_ana().await;
    let token = studio.shop.invite_by("ben@example.org", Role::Viewer, "ana@example.org").await.unwrap();
    studio.session = Some(studio.shop.accept_invite(&token, PASSWORD).await.unwrap().session);
    let page = whole(&studio, ANALYSIS).await;
    page.shows("It alone forbids this design");
    page.shows_not("Keep as a test");
    assert!(!page.text.split_once("<main").unwrap().1.contains("method=\"post\""));
    let refused = studio.post(ANALYSIS, &[("version", "0"), ("rule", "wood_small")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    studio.get(&format!("{WHY}?judge=on&.lid=wood&.height=12")).await.shows("This design is not valid:");
}

#[tokio::test]
async fn any_design_is_judged_with_the_nearest_valid_one() {
    let studio = Studio::with_ana().await;
    let form = studio.get(WHY).await;
    form.shows("name=\".glaze\"");
    form.shows_not("data-testid=\"invalid\"");
    let page = studio.get(&format!("{WHY}?judge=on&.glaze=blue&.lid=wood&.height=12")).await;
    page.shows("This design is not valid:");
    page.shows("Wooden lids fit mugs of up to 10 cm.");
    page.shows("href=\"/admin/products/mug#rules.0.rule\"");
    page.shows("The nearest valid design costs €27:");
    page.shows("Lid: None instead of Wood");
    page.shows("<svg");
    studio.get(&format!("{WHY}?judge=on&.glaze=blue")).await.shows("This design is valid and costs €27.");
    let page = studio.get(&format!("{WHY}?judge=on&.height=99&.glaze=pink")).await;
    page.shows("Not everything could be read");
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn a_product_that_the_solver_answers_for_is_analysed_with_its_limits_said() {
    let mut studio = Studio::selling("bench", BENCH).await;
    studio.let_ana_in().await;
    let page = whole(&studio, "/admin/products/bench/analysis").await;
    page.shows("its solver answers");
    page.shows("not counted");
    page.shows("€500 (bound)");
    page.shows("It alone forbids this design");
}

#[tokio::test]
async fn a_busy_shop_says_so() {
    let mut studio = Studio::easily_busy().await;
    studio.let_ana_in().await;
    let release = studio.keep_busy().await;
    let page = studio.get(ANALYSIS).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    drop(release);
}
