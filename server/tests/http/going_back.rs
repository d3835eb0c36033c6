//! What stands in the way of an earlier revision being live again, told with no button that could not work; and why one was withdrawn.

use crate::common::Studio;
use axum::http::StatusCode;
use configurator::source::OptionSource;
use sha2::{Digest, Sha256};
use shop::Agreed;
use shop::catalogue::{CatalogueStore as _, NewProduct, PackedArtifact, Prepared};
use shop::stock::SoldOut;
use store::SqliteStore;
use testing::{number, slug};
use time::OffsetDateTime;

/// Sells cups, whose first revision was published by a release of the software that let a hidden character pass.
async fn with_cups(studio: &Studio) {
    let mut bundle = studio.shop.live(&slug("mug")).await.unwrap().bundle.clone();
    bundle.source.attributes[0].label = "Gla\u{200b}ze".to_owned();
    let text = serde_json::to_string(&bundle).unwrap();
    let hash = const_hex::encode(Sha256::digest(text.as_bytes()))[..16].to_owned();
    let artifact = PackedArtifact { hash: "none".to_owned(), brotli: Vec::new() };
    let prepared = Prepared {
        format: 2,
        name: "Cup".to_owned(),
        summary: "A cup.".to_owned(),
        texts: Vec::new(),
        found_by: String::new(),
        currency: "EUR".to_owned(),
        low_price: 1,
        standard_price: 1,
        high_price: None,
        lead_time_days: 1,
        artifact,
    };
    let (slug, at, by) = (slug("cup"), OffsetDateTime::UNIX_EPOCH, "an earlier release".to_owned());
    let (note, past) = Default::default();
    let cup = NewProduct { slug: slug.clone(), bundle: text, hash, at, by, note, past, prepared };
    let beside = SqliteStore::open(&studio.folder().join("atelier.db")).await.unwrap();
    assert!(beside.add_product(&cup).await.unwrap());
    bundle.source.attributes[0].label = "Glaze".to_owned();
    let saved = studio.shop.save_draft(&slug, 0, bundle, "ana@example.org").await.unwrap();
    studio.shop.publish(&slug, saved.version, "", "ana@example.org", Agreed::Unasked).await.unwrap();
}

#[tokio::test]
async fn a_revision_that_is_not_sound_any_more_says_why_and_what_to_do() {
    let studio = Studio::with_ana().await;
    with_cups(&studio).await;
    let live = "/admin/products/cup/revisions/1/live";
    let page = studio.get(live).await;
    assert_eq!(page.status, StatusCode::OK);
    page.shows("Revision 1 can’t be made live again");
    page.shows("his has a character that nobody sees (U+200B)");
    page.shows("href=\"/admin/products/cup/import\"");
    page.shows_not("data-testid=\"roll-back\"");
    let file = "/admin/products/cup/archive?revision=1";
    page.shows(&format!("href=\"{file}\""));
    assert!(studio.get(file).await.text.contains("Gla\u{200b}ze"), "the file is of that revision");
    // Neither does it happen without the button.
    studio.post(live, &[]).await.leads_to(live);
    assert_eq!(studio.shop.live(&slug("cup")).await.unwrap().number, number(2));
    studio.get("/admin/products/cup/replay?back=1").await.leads_to(live);
}

#[tokio::test]
async fn a_revision_of_which_nothing_is_left_says_so_before_anybody_presses() {
    let studio = Studio::with_ana().await;
    let back = "/admin/products/mug/revisions/1/live";
    studio
        .republish(|bundle| {
            let (code, label) = ("grey".to_owned(), "Grey".to_owned());
            let grey = OptionSource { code, label, available: true, ..OptionSource::default() };
            bundle.source.attributes[0].options.push(grey);
        })
        .await;
    studio.get(back).await.shows("data-testid=\"roll-back\"");
    for option in ["white", "blue", "green"] {
        let sold_out = SoldOut { attribute: "glaze".to_owned(), option: option.to_owned(), until: None };
        studio.shop.mark_sold_out(&slug("mug"), sold_out, "ana@example.org").await.unwrap();
    }
    let page = studio.get(back).await;
    page.shows("so much is sold out that nothing of it could be ordered");
    page.shows("data-testid=\"hinders\"");
    page.shows_not("data-testid=\"roll-back\"");
}

#[tokio::test]
async fn shoppers_read_the_reason_of_a_withdrawal_in_their_language() {
    let studio = Studio::with_ana().await;
    let history = "/admin/products/mug/revisions";
    studio.republish(|bundle| bundle.source.base_price = 3_000).await;
    let page = studio.get(history).await;
    for name in ["name=\"reason\"", "name=\"reason.de\"", "name=\"reason.ar\"", "Reason in Deutsch"] {
        page.shows(name);
    }
    page.shows_not("name=\"reason.en-XA\"");
    // What is wrong stands beside its own field, and the others stay.
    let long = "x".repeat(301);
    let typed = [("reason", "A wrong price."), ("reason.de", long.as_str())];
    let refused = studio.post(&format!("{history}/1/withdraw"), &typed).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("value=\"A wrong price.\"");
    let german = refused.text.split("name=\"reason.de\"").nth(1).unwrap();
    let arabic = german.find("name=\"reason.ar\"").unwrap();
    let problem = german.find("Use at most 300 characters").unwrap();
    assert!(problem < arabic, "it stands beside the German one");
    let typed = [("reason", "A wrong price."), ("reason.de", "Ein falscher Preis."), ("reason.ar", " ")];
    studio.post(&format!("{history}/1/withdraw"), &typed).await.leads_to(&format!("{history}?withdrawn=1"));
    studio.get(history).await.shows("Deutsch: Ein falscher Preis. · English: A wrong price.");
    let old = "/products/mug?_revision=1&glaze=blue";
    let german = studio.get(&format!("{old}&_lang=de")).await;
    german.shows("Ein falscher Preis.");
    german.shows_not("A wrong price.");
    // Where nothing is said in a language, the first that is said in stands for it.
    for language in ["en", "ar"] {
        studio.get(&format!("{old}&_lang={language}")).await.shows("A wrong price.");
    }
}
