//! Codes of parts and costs of options through the router: production picks the parts, and shoppers are told of neither.

use axum::http::StatusCode;
use configurator::Quantity;
use configurator::source::OptionSource;
use personalize::Start;
use shop::{Buyer, OrderRequest, Receipt};
use testing::slug;

use crate::common::Studio;

/// What shoppers may read nowhere.
const PART: &str = "CANARY-77";
const COST: i64 = 987_654_321;

/// An option of the mug.
fn option<'b>(bundle: &'b mut shop::Bundle, attribute: usize, code: &str) -> &'b mut OptionSource {
    let options = &mut bundle.source.attributes[attribute].options;
    options.iter_mut().find(|option| option.code == code).unwrap()
}

impl Studio {
    /// Sells mugs whose options are made of parts.
    async fn with_parts() -> Self {
        let studio = Self::with_ana().await;
        let edit = |bundle: &mut shop::Bundle| {
            let parts = [("white", "=GLAZE-W"), ("blue", PART), ("green", "GLAZE-G")];
            for (code, part) in parts {
                option(bundle, 0, code).parts = vec![part.to_owned()];
                option(bundle, 0, code).cost = Some(COST);
            }
            let wood = option(bundle, 1, "wood");
            wood.parts = ["LID-1", "SCREW", PART, "SCREW"].map(str::to_owned).into();
        };
        studio.republish(edit).await;
        studio
    }

    async fn ordered(&self, choices: &[(&str, &str)], quantity: u32) -> Receipt {
        let request = OrderRequest {
            slug: slug("mug"),
            revision: self.shop.live(&slug("mug")).await.unwrap().number,
            choices: choices.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect(),
            start: Start::Standard,
            quantity: Quantity::new(quantity).unwrap(),
            buyer: Buyer {
                name: "Bo Larsen".to_owned(),
                email: "bo@example.org".to_owned(),
                address: "Harbour Street 4\n1000 Portside".to_owned(),
                note: String::new(),
            },
            request_id: None,
        };
        self.shop.place_order(request).await.unwrap()
    }
}

#[tokio::test]
async fn production_picks_each_part_for_all_pieces_of_an_order() {
    let studio = Studio::with_parts().await;
    studio.ordered(&[("glaze", "blue"), ("lid", "wood")], 3).await;
    studio.ordered(&[], 1).await;
    let sheet = studio.get("/admin/orders/1001").await;
    let (_, parts) = sheet.text.split_once("data-testid=\"parts\"").unwrap();
    let (parts, _) = parts.split_once("</section>").unwrap();
    let rows: Vec<&str> = parts.split("<tr").skip(2).collect();
    assert_eq!(rows.len(), 3, "{parts}");
    for (row, (code, count)) in rows.iter().zip([(PART, ">6<"), ("LID-1", ">3<"), ("SCREW", ">6<")]) {
        assert!(row.contains(code) && row.contains(count), "{row}");
    }
    let file = studio.get("/admin/orders.csv").await.text;
    let head = file.lines().next().unwrap();
    assert!(head.ends_with(",parts,ordered_together"), "{head}");
    assert!(file.contains(",6 x CANARY-77; 3 x LID-1; 6 x SCREW,\r\n"), "{file}");
    assert!(file.contains(",1 x =GLAZE-W,\r\n"), "{file}");

    // What was ordered stays as it was when the product is made of other parts.
    studio.republish(|bundle| option(bundle, 0, "blue").parts = vec!["GLAZE-B".to_owned()]).await;
    studio.get("/admin/orders/1001").await.shows(PART);
    // A product without parts has no such list.
    let plain = Studio::with_ana().await;
    plain.ordered(&[], 1).await;
    plain.get("/admin/orders/1001").await.shows_not("data-testid=\"parts\"");
}

#[tokio::test]
async fn shoppers_are_told_neither_parts_nor_costs() {
    let mut studio = Studio::with_parts().await;
    let order = studio.ordered(&[("glaze", "blue"), ("lid", "wood")], 2).await;
    let editor = studio.get("/admin/products/mug").await;
    editor.shows(PART);
    editor.shows("9876543.21");
    let live = studio.shop.live(&slug("mug")).await.unwrap();
    studio.session = None;
    let details = studio.get(&format!("/api/v1/products/mug/revisions/{}", live.number)).await;
    let details: serde_json::Value = serde_json::from_str(&details.text).unwrap();
    let artifact = details["artifact"]["path"].as_str().unwrap().to_owned();
    let design = "glaze=blue&lid=wood";
    let mut addresses: Vec<String> = [
        "/",
        "/products/mug",
        "/products/mug/needs",
        "/products/mug/defaults",
        "/products/mug/offers",
        "/products/mug/compare",
        "/products/mug/order",
        "/products/mug/picture.svg",
        "/api/v1/products",
        "/api/v1/products/mug",
        "/api/v1/products/mug/menu",
        "/api/v1/products/mug/quote",
    ]
    .map(|address| format!("{address}?_revision={}&{design}", live.number))
    .into();
    addresses.extend([
        artifact.clone(),
        format!("/api/v1/products/mug/revisions/{}", live.number),
        format!("/api/v1/products/mug/revisions/{}/artifact", live.number),
        format!("/orders/{}", order.token),
        format!("/api/v1/orders/{}", order.token),
    ]);
    let mut told = 0;
    for address in addresses {
        let answer = studio.get(&address).await;
        told += usize::from(answer.status == StatusCode::OK);
        let text = String::from_utf8_lossy(&answer.bytes).replace([',', '.'], "");
        for secret in ["CANARY", "SCREW", "987654"] {
            assert!(!text.contains(secret), "{address} tells {secret}");
        }
    }
    assert!(told >= 9, "only {told} addresses told anything");
    assert_eq!(studio.get(&artifact).await.status, StatusCode::OK);
    // The product that everything of shoppers and of what is learnt rests on has no place for them, so that no policy learns of a
    // margin.
    let product = format!("{:?}", *live.product);
    assert!(product.contains("2400"), "prices are written out: {product}");
    for secret in ["CANARY", &COST.to_string()] {
        assert!(!product.contains(secret), "the product tells {secret}");
    }
}

#[tokio::test]
async fn parts_and_costs_are_set_by_form_and_survive_a_file() {
    let studio = Studio::with_ana().await;
    let send = async |version: &str, fields: &[(&str, &str)]| {
        let form = [fields, &[("version", version), ("base", "1"), ("_end", "on")]].concat();
        studio.post("/admin/products/mug/attributes/glaze", &form).await
    };
    let saved = send(
        "0",
        &[
            ("parts.blue", "A-1, A-1; B 2"),
            ("parts.white", "W"),
            ("cost.blue", "1.20"),
            ("cost.green", "0"),
            ("cost.white", "0.80"),
        ],
    )
    .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let glaze = async || {
        let draft = studio.shop.draft(&slug("mug")).await.unwrap();
        draft.bundle.source.attributes[0].options.clone()
    };
    let options = glaze().await;
    assert_eq!(options[1].parts, ["A-1", "A-1", "B 2"]);
    assert_eq!([options[1].cost, options[2].cost], [Some(120), Some(0)]);
    let publish = studio.get("/admin/products/mug/publish").await;
    publish.shows("Glaze, Blue, parts: none → A-1, A-1, B 2");
    publish.shows("Glaze, Blue, cost: none → €1.20");
    publish.shows("cost the shop €0.80; it is sold for €24.");
    // Green has no part beside two that have some: that is asked about.
    publish.shows("Production picks no part for it");
    let file = studio.get("/admin/products/mug/archive").await.text;
    assert!(file.contains("A-1") && file.contains("cost"), "{file}");
    // A code that changes takes them along.
    send("1", &[("code.blue", "navy")]).await;
    let renamed = glaze().await;
    assert_eq!((renamed[1].code.as_str(), renamed[1].cost), ("navy", Some(120)));
    // Emptied, a cost is not known any more: nobody pays it.
    send("2", &[("cost.navy", ""), ("parts.navy", "")]).await;
    let options = glaze().await;
    assert_eq!((options[1].cost, options[1].parts.len()), (None, 0));
}
