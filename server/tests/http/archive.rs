//! A product as one file, through the router: downloaded, looked at, taken as the draft, refused.

use crate::common::{Answer, Studio};
use axum::body::Body;
use axum::http::{StatusCode, header};
use testing::slug;

impl Studio {
    /// Sends the form with a file as browsers do.
    async fn import(&self, file: &str, fields: &[(&str, &str)]) -> Answer {
        let part = |name: &str, text: &str| {
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        };
        let parts: String = fields.iter().map(|(name, text)| part(name, text)).collect();
        let body = format!("{parts}{}--edge--\r\n", part("file", file));
        let request =
            self.request("POST", "/admin/products/mug/import").header("sec-fetch-site", "same-origin");
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

#[tokio::test]
async fn a_file_is_looked_at_and_becomes_the_draft() {
    let studio = Studio::with_ana().await;
    let file = studio.get("/admin/products/mug/archive").await;
    assert_eq!((file.status, &*file.kind), (StatusCode::OK, "application/json"));
    studio.import(&file.text, &[("do", "look")]).await.shows("This file is the draft as it is.");

    let renamed = file.text.replacen("\"name\": \"Mug\"", "\"name\": \"Tankard\"", 1);
    let looked = studio.import(&renamed, &[("do", "look")]).await;
    looked.shows("Tankard");
    looked.shows("Make it the draft");
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap().version, 0, "looking changes nothing");

    let taken = studio.import(&renamed, &[("do", "take"), ("version", "0")]).await;
    taken.leads_to("/admin/products/mug/publish");
    studio.get("/admin/products/mug/publish").await.shows("Tankard");
    assert_eq!(studio.get("/admin/products/mug/archive").await.text, renamed);

    // The draft is another one by now: what the file would change is shown anew, and nothing is done.
    let late = studio.import(&file.text, &[("do", "take"), ("version", "0")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("Make it the draft");
    assert_eq!(studio.get("/admin/products/mug/archive").await.text, renamed);
}

#[tokio::test]
async fn what_is_no_product_changes_nothing() {
    let studio = Studio::with_ana().await;
    let file = studio.get("/admin/products/mug/archive").await.text;
    for (wrong, why) in [
        ("a picture", "It is no file of a product."),
        (&*file.replacen("\"atelier_product\": 1", "\"atelier_product\": 9", 1), "A later release wrote it."),
        (
            &*file.replacen("\"kind\": \"choice\"", "\"kind\": \"pick\"", 1),
            "source.attributes[0].kind, line ",
        ),
    ] {
        let refused = studio.import(wrong, &[("do", "take"), ("version", "0")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        refused.shows(why);
    }
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap().version, 0);
}

#[tokio::test]
async fn files_need_a_session_and_come_from_the_shop_s_own_pages() {
    let studio = Studio::open().await;
    studio
        .get("/admin/products/mug/archive")
        .await
        .leads_to("/admin/login?next=%2Fadmin%2Fproducts%2Fmug%2Farchive");
    studio.import("{}", &[("do", "take"), ("version", "0")]).await.leads_to("/admin/login?next=%2Fadmin");
    let studio = Studio::with_ana().await;
    let elsewhere =
        studio.request("POST", "/admin/products/mug/import").header("sec-fetch-site", "cross-site");
    let elsewhere = elsewhere.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    let answer = studio.send(elsewhere.body(Body::from("--edge--\r\n")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_file_is_read_whole_or_not_at_all() {
    let studio = Studio::with_ana().await;
    let file = studio.get("/admin/products/mug/archive").await.text;
    // With the mark that some editors put first, and with the ends of lines of forms.
    let marked = format!("\u{feff}{}", file.replace('\n', "\r\n"));
    studio.import(&marked, &[("do", "look")]).await.shows("This file is the draft as it is.");

    let (before, after) = file.split_once("Mug").unwrap();
    let mut latin =
        format!("--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n{before}M").into_bytes();
    latin.push(0xfc);
    latin.extend(format!("g{after}\r\n--edge--\r\n").bytes());
    let request =
        studio.request("POST", "/admin/products/mug/import").header("sec-fetch-site", "same-origin");
    let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    let refused = studio.send(request.body(Body::from(latin)).unwrap()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("It is no file of a product.");
}

#[tokio::test]
async fn a_file_of_another_product_and_a_broken_one_say_so() {
    let studio = Studio::with_ana().await;
    let mut bundle = studio.shop.draft(&slug("mug")).await.unwrap().bundle;
    bundle.source.name = "Cup".to_owned();
    for attribute in &mut bundle.source.attributes {
        attribute.code = format!("cup_{}", attribute.code);
    }
    bundle.source.steps.clear();
    let looked = studio.import(&bundle.to_archive().unwrap(), &[("do", "look")]).await;
    looked.shows("This looks like another product: it is named “Cup”");
    looked.shows("file-problems");
    let mut own = studio.shop.draft(&slug("mug")).await.unwrap().bundle;
    own.source.base_price += 100;
    let looked = studio.import(&own.to_archive().unwrap(), &[("do", "look")]).await;
    looked.shows_not("another product");
    looked.shows_not("file-problems");
}
