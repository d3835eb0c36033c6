//! Options as tables and prices changed by a percentage, through the router.

use crate::common::{Answer, Studio};
use axum::http::StatusCode;
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

/// The cells of rows that came back: their names, what they say, and whether something is wrong with them.
fn cells(page: &Answer) -> Vec<(String, String, bool)> {
    let inputs = page.text.split("<input").skip(1).map(|input| input.split_once('>').unwrap().0);
    let value = |input: &str, name: &str| {
        let found = input.split_once(&format!(" {name}=\"")).map(|(_, rest)| rest.split_once('"').unwrap().0);
        found.unwrap_or_default().to_owned()
    };
    let cells = inputs.filter(|input| value(input, "name").starts_with("left."));
    cells
        .map(|input| (value(input, "name"), value(input, "value"), input.contains(" aria-invalid=\"true\"")))
        .collect()
}

#[tokio::test]
async fn rows_that_can_not_be_taken_come_back_as_fields_and_are_mended_there() {
    let studio = Studio::with_ana().await;
    let left =
        studio.glaze("0", &[("rows", "name;price;on_menu\nMoss;dear;yes\nSand;2;no\nRust;3;old")]).await;
    assert_eq!(left.status, StatusCode::UNPROCESSABLE_ENTITY);
    left.shows("Everything else was saved; these 2 were not.");
    let (_, table) = left.text.split_once("data-testid=\"rows-wrong\"").unwrap();
    let (table, _) = table.split_once("</fieldset>").unwrap();
    for (at, cell, message) in [
        (2, "Row 2, price", "'dear' is no amount in EUR"),
        (4, "Row 4, on_menu", "'old' does not fit here. Write yes or no."),
    ] {
        // Each field has a name for who can't see its column, and what is wrong is tied to it.
        assert!(table.contains(&format!(">{cell}</label>")), "{table}");
        let field = if at == 2 { "price" } else { "on_menu" };
        let id = format!("attributes.0.left.{at}.{field}");
        assert!(table.contains(&format!("aria-describedby=\"{id}.note\"")), "{table}");
        let (_, note) = table.split_once(&format!("id=\"{id}.note\"")).unwrap();
        let note = note.split_once("</div>").unwrap().0.replace("&#x27;", "'");
        assert!(note.contains(message), "{note}");
    }
    let text = |cells: &[(String, String, bool)], name: &str| {
        cells
            .iter()
            .find(|(known, ..)| known == name)
            .map(|(_, value, wrong)| (value.clone(), *wrong))
            .unwrap()
    };
    let came = cells(&left);
    assert_eq!(text(&came, "left.2.price"), ("dear".to_owned(), true));
    assert_eq!(text(&came, "left.4.price"), ("3".to_owned(), false));
    assert_eq!(text(&came, "left.4.row"), ("4".to_owned(), false));
    assert_eq!(studio.draft().await.bundle.source.attributes[0].options.len(), 4, "the good one is saved");

    // Sent again as they are but for one cell: that row is taken, the other comes back once more, still by its number.
    let version = studio.draft().await.version.to_string();
    let mended = |value: &'static str| -> Vec<(String, String)> {
        let mend = |(name, text, _): &(String, String, bool)| {
            (name.clone(), if name == "left.4.on_menu" { value.to_owned() } else { text.clone() })
        };
        came.iter().filter(|(name, ..)| !name.ends_with(".out")).map(mend).collect()
    };
    let fields = mended("no");
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let again = studio.glaze(&version, &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    again.shows("Row 2, price");
    again.shows_not("Row 4, on_menu");
    let options = studio.draft().await.bundle.source.attributes[0].options.clone();
    assert_eq!(options.iter().map(|option| option.label.as_str()).collect::<Vec<_>>()[3..], ["Sand", "Rust"]);
    assert_eq!((options[4].price, options[4].available), (300, false));

    // Left out, nothing is left.
    let version = studio.draft().await.version.to_string();
    let out = [("left.2.row", "2"), ("left.2.name", "Moss"), ("left.2.price", "dear"), ("left.2.out", "on")];
    studio.glaze(&version, &out).await.leads_to("/admin/products/mug?saved=attribute-glaze#attribute-glaze");
    assert_eq!(studio.draft().await.bundle.source.attributes[0].options.len(), 5);
}

#[tokio::test]
async fn an_emptied_price_comes_back_with_what_to_do() {
    let studio = Studio::with_ana().await;
    for (form, field) in
        [(&[("price.blue", "")][..], "price.blue"), (&[("rows", "code,price\nblue,")][..], "left.2.price")]
    {
        let refused = studio.glaze("0", form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        refused.shows("This had a price. Write 0 where it costs nothing more.");
        refused.shows(&format!("name=\"{field}\""));
        assert_eq!(studio.prices().await, [0, 300, 400]);
    }
    studio.glaze("0", &[("price.blue", "0"), ("price.white", "")]).await;
    assert_eq!(studio.prices().await, [0, 0, 400]);
}

#[tokio::test]
async fn names_stay_as_they_are_written() {
    let studio = Studio::with_ana().await;
    studio.glaze("0", &[("label", "BMW Blue")]).await;
    let editor = studio.get("/admin/products/mug").await;
    editor.shows("Save BMW Blue");
    assert!(!editor.text.contains("bmw"), "a name is lower-cased");
}

#[tokio::test]
async fn options_leave_as_csv_and_come_back_as_they_were() {
    let studio = Studio::with_ana().await;
    studio.glaze("0", &[("rows", "name,price,description\n=1+1,-2.50,\"@ \"\"hot\"\"\"")]).await;
    let file = studio.get("/admin/products/mug/attributes/glaze/options.csv").await;
    assert_eq!((file.status, &*file.kind), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(
        file.text.starts_with("code,name,price,description,weight,days,points,colour,on_menu,benefits,values,parts,cost,meant\r\n"),
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
    for text in ["Base price", "€24", "€29", "Glaze: Blue", "€3.30", "€4.40", "Lid: Wood", "value=\"mug-01\""]
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
    // The ways on are there, and nothing is left that would raise them once more.
    for slug in ["mug", "mug-01"] {
        saved.shows(&format!("href=\"/admin/products/{slug}\""));
        saved.shows(&format!("href=\"/admin/products/{slug}/publish\""));
    }
    let percent = saved.text.split("<input").find(|tag| tag.contains("id=\"percent\"")).unwrap();
    assert!(!percent.split('>').next().unwrap().contains("value=\"10\""), "{percent}");
    assert_eq!(studio.prices().await, [0, 330, 440]);
    assert_eq!(studio.draft().await.bundle.source.base_price, 2_900);
    // Somebody saved meanwhile: nothing is changed twice.
    let late = studio.post("/admin/prices", &save).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    late.shows("Mug: somebody saved the draft meanwhile");
    assert_eq!(studio.prices().await, [0, 330, 440]);
    studio.post("/admin/products/mug/undo", &[("version", "1")]).await;
    assert_eq!(studio.prices().await, [0, 300, 400]);

    // Where one of two is saved, the other alone is asked about again.
    let half = [
        ("product", "mug"),
        ("version.mug", "0"),
        ("product", "mug-01"),
        ("version.mug-01", "1"),
        ("percent", "10"),
        ("rounding", "9"),
        ("attribute", ""),
    ];
    let half = studio.post("/admin/prices", &half).await;
    assert_eq!(half.status, StatusCode::CONFLICT);
    half.shows("name=\"version.mug\"");
    let mut saved = half.text.split("<form").filter(|form| form.contains("name=\"version.mug-01\""));
    assert!(saved.all(|form| form.contains("value=\"undo\"")), "it can only be taken back");

    let one = [("product", "mug"), ("version.mug", "2"), ("percent", "-50"), ("attribute", "glaze")];
    studio.post("/admin/prices", &one).await.shows("Mug: 2 prices are changed");
    assert_eq!(studio.prices().await, [0, 150, 200]);
    assert_eq!(studio.draft().await.bundle.source.base_price, 2_400);
}

#[tokio::test]
async fn a_price_that_rounding_leaves_as_it_is_is_listed_with_why() {
    let studio = Studio::with_ana().await;
    let lines = async |percent: &str, rounding: &str| {
        let page = studio
            .get(&format!("/admin/prices?product=mug&percent={percent}&rounding={rounding}&look=on"))
            .await;
        page.text
    };
    // 24 less 15 % is 20.40, nearest to 19; 3 and 4 would be 9.
    let lower = lines("-15", "9").await;
    assert!(lower.contains("Rounded more finely") && !lower.contains("data-stays"), "{lower}");
    assert!(!lower.contains("€9<"), "{lower}");
    // 24 and 1 % is 24.24, and 24 again.
    let same = lines("1", "1").await;
    assert!(same.contains("Stays as it is") && same.contains("data-stays=\"on\""), "{same}");
    let none = lines("0", "smallest").await;
    assert!(none.contains("No price changes.") && !none.contains("data-testid=\"save-prices\""), "{none}");
}

#[tokio::test]
async fn prices_that_were_changed_together_are_taken_back_together() {
    let studio = Studio::with_ana().await;
    studio.copies(1).await;
    let change = async |versions: [&str; 2]| {
        let [first, second] = versions;
        let form = [
            ("product", "mug"),
            ("version.mug", first),
            ("product", "mug-01"),
            ("version.mug-01", second),
            ("percent", "10"),
            ("attribute", ""),
        ];
        studio.post("/admin/prices", &form).await
    };
    let base =
        async |product: &str| studio.shop.draft(&slug(product)).await.unwrap().bundle.source.base_price;
    let before = [base("mug").await, base("mug-01").await];
    let saved = change(["0", "0"]).await;
    saved.shows("name=\"version.mug\" value=\"1\"");
    saved.shows("data-testid=\"undo\"");
    let undo = [
        ("version.mug", "1"),
        ("product", "mug"),
        ("version.mug-01", "1"),
        ("product", "mug-01"),
        ("do", "undo"),
    ];
    let undone = studio.post("/admin/prices", &undo).await;
    assert_eq!(undone.status, StatusCode::OK);
    undone.shows("Mug: its prices are as they were before.");
    undone.shows("Mug 1: its prices are as they were before.");
    undone.shows_not("data-testid=\"undo\"");
    assert_eq!([base("mug").await, base("mug-01").await], before);

    // Where somebody saved one of them since, that one stays and is told.
    change(["2", "2"]).await;
    let mut draft = studio.draft().await;
    draft.bundle.source.summary = "Bo's words.".to_owned();
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "bo@example.org").await.unwrap();
    let undo = [
        ("version.mug", "3"),
        ("product", "mug"),
        ("version.mug-01", "3"),
        ("product", "mug-01"),
        ("do", "undo"),
    ];
    let half = studio.post("/admin/prices", &undo).await;
    assert_eq!(half.status, StatusCode::CONFLICT);
    half.shows("Mug: its draft was saved meanwhile");
    half.shows("Mug 1: its prices are as they were before.");
    assert!(base("mug").await > before[0] && base("mug-01").await == before[1]);
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
