//! Options as tables and prices changed by a percentage, through the router.

#![expect(clippy::unwrap_used, reason = "a story that can't go on has failed")]

mod common;

use axum::http::StatusCode;
use common::{Answer, Studio};
use shop::Draft;
use testing::slug;

const GLAZE: &str = "/admin/products/mug/attributes/glaze";

impl Studio {
    /// Sends the form of the glazes as it was made from this version of the draft.
    async fn glaze(&self, version: &str, fields: &[(&str, &str)]) -> Answer {
        let form = [fields, &[("version", version), ("base", "1"), ("_end", "on")]].concat();
        self.post(GLAZE, &form).await
    }

    async fn draft(&self) -> Draft {
        self.shop.draft(&slug("mug")).await.unwrap()
    }

    async fn prices(&self) -> Vec<i64> {
        self.draft().await.bundle.source.attributes[0].options.iter().map(|option| option.price).collect()
    }
}

#[tokio::test]
async fn a_table_clashes_with_what_somebody_else_saved() {
    let studio = Studio::with_ana().await;
    let saved = studio.glaze("0", &[("price.blue", "9")]).await;
    saved.leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    // The same field, by a table from before.
    let table = "code,price\nblue,5\ngreen,6";
    let clash = studio.glaze("0", &[("rows", table)]).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("data-testid=\"conflict\"");
    clash.shows("blue,5");
    assert_eq!(studio.prices().await, [0, 900, 400], "nothing is saved");
    // Saving it again beside theirs is meant.
    let again = [("rows", table), ("over", "1")];
    studio.glaze("0", &again).await.leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    assert_eq!(studio.prices().await, [0, 500, 600]);
    // Other fields of the same option, and what is new, stay on both sides.
    studio.glaze("2", &[("price.blue", "7")]).await;
    studio.glaze("2", &[("rows", "code,name,weight\nblue,,12\ngrey,Grey,3")]).await;
    let options = &studio.draft().await.bundle.source.attributes[0].options;
    assert_eq!((options[1].price, options[1].weight), (700, 12));
    assert_eq!((options[3].code.as_str(), options.len()), ("grey", 4));
}

#[tokio::test]
async fn what_is_wrong_with_rows_stands_over_them() {
    let studio = Studio::with_ana().await;
    let left = studio.glaze("0", &[("rows", "name;price\nMoss;dear\nSand;2\nRust;old")]).await;
    assert_eq!(left.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = left.text.find("data-testid=\"rows-wrong\"").unwrap();
    let area = left.text.find("Moss;dear").unwrap();
    assert!(wrong < area && area - wrong < 2_000, "{wrong} {area}");
    let list = &left.text[wrong..area];
    assert!(list.contains("Row 2, price") && list.contains("Row 4, price"), "{list}");
}

#[tokio::test]
async fn options_leave_as_csv_and_come_back_as_they_were() {
    let studio = Studio::with_ana().await;
    studio.glaze("0", &[("rows", "name,price,description\n=1+1,-2.50,\"@ \"\"hot\"\"\"")]).await;
    let file = studio.get("/admin/products/mug/attributes/glaze/options.csv").await;
    assert_eq!((file.status, &*file.kind), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(
        file.text.starts_with("code,name,price,description,weight,days,points,colour\r\n"),
        "{}",
        file.text
    );
    assert!(file.text.contains(",'=1+1,-2.50,\"'@ \"\"hot\"\"\","), "{}", file.text);
    let before = studio.draft().await;
    studio.glaze("1", &[("rows", &file.text)]).await;
    assert_eq!(studio.draft().await.bundle, before.bundle);
    assert_eq!(
        studio.get("/admin/products/mug/attributes/none/options.csv").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn prices_change_by_a_percentage_after_they_were_looked_at() {
    let studio = Studio::with_ana().await;
    studio.copies(1).await;
    let look = "/admin/prices?product=mug&product=mug-01&percent=10&rounding=9&look=on";
    let page = studio.get(look).await;
    for text in ["Base price", "€24", "€29", "Glaze: Blue", "€3.30", "€9", "Lid: Wood", "value=\"mug-01\""]
    {
        page.shows(text);
    }
    assert_eq!(studio.draft().await.version, 0, "looking changes nothing");

    let save = [
        ("product", "mug"),
        ("version.mug", "0"),
        ("product", "mug-01"),
        ("version.mug-01", "0"),
        ("percent", "10"),
        ("rounding", "9"),
        ("attribute", ""),
    ];
    let saved = studio.post("/admin/prices", &save).await;
    saved.shows("Mug: 4 prices are changed in the draft.");
    saved.shows("Mug 1: 4 prices are changed in the draft.");
    assert_eq!(studio.prices().await, [0, 330, 900]);
    assert_eq!(studio.draft().await.bundle.source.base_price, 2_900);
    // Somebody saved meanwhile: nothing is changed twice.
    let late = studio.post("/admin/prices", &save).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("Mug: somebody saved the draft meanwhile");
    assert_eq!(studio.prices().await, [0, 330, 900]);
    studio.post("/admin/products/mug/undo", &[("version", "1")]).await;
    assert_eq!(studio.prices().await, [0, 300, 400]);

    let one = [("product", "mug"), ("version.mug", "2"), ("percent", "-50"), ("attribute", "glaze")];
    studio.post("/admin/prices", &one).await.shows("Mug: 2 prices are changed");
    assert_eq!(studio.prices().await, [0, 150, 200]);
    assert_eq!(studio.draft().await.bundle.source.base_price, 2_400);
}

#[tokio::test]
async fn prices_are_changed_of_all_chosen_products_or_the_page_says_of_which_not() {
    let studio = Studio::with_ana().await;
    studio.copies(1).await;
    let version_missing = [
        ("product", "mug"),
        ("version.mug", "0"),
        ("product", "mug-01"),
        ("percent", "10"),
        ("rounding", "9"),
    ];
    let refused = studio.post("/admin/prices", &version_missing).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    assert_eq!(studio.draft().await.version, 0, "nothing is saved where a later product can't be");

    let many: Vec<String> = (0..201).map(|number| format!("mug-{number:03}")).collect();
    let form: Vec<(&str, &str)> = many
        .iter()
        .map(|slug| ("product", slug.as_str()))
        .chain([("version.mug-000", "0"), ("percent", "10")])
        .collect();
    let refused = studio.post("/admin/prices", &form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    refused.shows("Choose at most 200 products at a time; these are 201.");
}

#[tokio::test]
async fn what_is_no_percentage_is_told_at_its_field() {
    let studio = Studio::with_ana().await;
    for (query, words) in [
        ("product=mug&percent=much", "Write a number from -90 to 1000"),
        ("product=mug&percent=-100", "Write a number from -90 to 1000"),
        ("product=mug&percent=", "Write a number from -90 to 1000"),
        ("percent=5", "Choose at least one product."),
    ] {
        let page = studio.get(&format!("/admin/prices?{query}&look=on")).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        page.shows(words);
    }
    assert_eq!(
        studio.get("/admin/prices?product=none&percent=5&look=on").await.status,
        StatusCode::NOT_FOUND
    );
    let studio = Studio::open().await;
    studio.get("/admin/prices").await.leads_to("/admin/login?next=%2Fadmin%2Fprices");
}
