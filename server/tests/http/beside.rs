//! What stands beside and in the editor's forms: designs and prices, what looks forgotten, the picture, the tree's search.

use axum::http::StatusCode;
use configurator::source::{
    ExpectSource, LayerSource, OptionSource, RuleSource, Source, TestSource, ValueSource,
};
use testing::slug;

use crate::common::{Answer, Studio};

const EDITOR: &str = "/admin/products/mug";
const BENCH: &str = include_str!("../../../end2end/catalogs/workbench/product.toml");

async fn edit(studio: &Studio, edit: impl FnOnce(&mut Source)) {
    let mut draft = studio.shop.draft(&slug("mug")).await.unwrap();
    edit(&mut draft.bundle.source);
    studio.shop.save_draft(&slug("mug"), draft.version, draft.bundle, "ana@example.org").await.unwrap();
}

async fn source(studio: &Studio) -> Source {
    studio.shop.draft(&slug("mug")).await.unwrap().bundle.source
}

async fn send(studio: &Studio, address: &str, fields: &[(&str, &str)]) -> Answer {
    let draft = studio.shop.draft(&slug("mug")).await.unwrap();
    let (version, base) = (draft.version.to_string(), draft.base.to_string());
    let made_from = [("version", version.as_str()), ("base", base.as_str()), ("_end", "on")];
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain(made_from).collect();
    studio.post(&format!("{EDITOR}{address}"), &fields).await
}

fn rule(code: &str, rule: &str) -> RuleSource {
    RuleSource { code: code.to_owned(), rule: rule.to_owned(), sentence: format!("{code}.") }
}

/// The overview as the editor shows it, asked for as its script does where it is not there at once.
async fn overview(studio: &Studio, editor: &str) -> String {
    let part = |page: &Answer| {
        let (_, part) = page.text.split_once("data-testid=\"overview\"").unwrap();
        // It ends with the way to the analysis.
        part.split("Look into the draft").next().unwrap().to_owned()
    };
    let mut shown = part(&studio.get(editor).await);
    for _ in 0..100 {
        if !shown.contains("data-going-on") {
            break;
        }
        shown = part(&studio.get(&format!("{editor}/analysis?beside=on")).await);
    }
    assert!(!shown.contains("data-going-on"), "it is never known: {shown}");
    shown
}

/// The texts of a part, without its tags.
fn texts(part: &str) -> String {
    let texts = part.split('>').skip(1).filter_map(|piece| piece.split('<').next()).map(str::trim);
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn designs_and_prices_follow_each_save_before_and_after() {
    let studio = Studio::with_ana().await;
    let same = texts(&overview(&studio, EDITOR).await);
    assert_eq!(
        same, "Valid designs 30 Lowest price €24 Price of the standard €24 Highest price €35",
        "nothing changed"
    );
    send(&studio, "/basics", &[("live", "on"), ("base_price", "25")]).await;
    send(&studio, "/rules", &[("new.rule", "glaze = green implies lid = none")]).await;
    let changed = texts(&overview(&studio, EDITOR).await);
    assert_eq!(
        changed,
        "Valid designs 30 → 26 Lowest price €24 → €25 Price of the standard €24 → €25 Highest price €35",
    );
    // Without scripts there is the way to the analysis.
    studio.get(EDITOR).await.shows(&format!("href=\"{EDITOR}/analysis\""));
    let alone = studio.get(&format!("{EDITOR}?section=basics")).await;
    alone.shows("data-testid=\"overview\"");
    // What can't be read has no designs; its problems are told.
    send(&studio, "/rules", &[("rule.wood_small", "lid = wod")]).await;
    let broken = studio.get(EDITOR).await;
    broken.shows_not("data-testid=\"overview\"");
    broken.shows("data-testid=\"problem\"");
}

#[tokio::test]
async fn dead_options_stand_beside_the_forms_with_what_is_at_fault() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| {
        source.rules.push(rule("tall", "glaze = blue implies height >= 11"));
        source.rules.push(rule("lids", "glaze = blue implies lid = wood"));
        source.rules.push(rule("open", "glaze = white implies lid = none"));
    })
    .await;
    let shown = overview(&studio, EDITOR).await;
    let fault = shown.split("data-testid=\"overview-fault\"").nth(1).unwrap();
    assert!(fault.contains("No valid design has this option:"), "{fault}");
    assert!(fault.contains(&format!("href=\"{EDITOR}#attributes.0.options.1\"")), "{fault}");
    for (rule, is_at_fault) in [(0, true), (1, true), (2, true), (3, false)] {
        let link = format!("{EDITOR}#rules.{rule}.rule");
        assert_eq!(fault.contains(&link), is_at_fault, "{rule}: {fault}");
    }
}

#[tokio::test]
async fn bounds_are_called_so_where_the_solver_answers() {
    let mut studio = Studio::selling("bench", BENCH).await;
    studio.let_ana_in().await;
    let shown = texts(&overview(&studio, "/admin/products/bench").await);
    assert!(shown.contains("Valid designs not counted"), "{shown}");
    assert!(shown.contains("€500 (bound)") && shown.contains("A bound is proven"), "{shown}");
}

/// What is ticked in the form of the glaze, which a browser sends along.
const TICKED: [(&str, &str); 10] = [
    ("swatched.white", "on"),
    ("swatch.white", "#f4f0e9"),
    ("swatched.blue", "on"),
    ("swatch.blue", "#24385c"),
    ("swatched.green", "on"),
    ("swatch.green", "#1f5d4c"),
    ("available.white", "on"),
    ("available.blue", "on"),
    ("available.green", "on"),
    ("available.grey", "on"),
];

/// A glaze that lacks what the others have, and a test that does not come out.
async fn with_gaps() -> Studio {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| {
        let grey = OptionSource {
            code: "grey".into(),
            label: "Grey".into(),
            available: true,
            ..OptionSource::default()
        };
        source.attributes[0].options.push(grey);
        source.tests = vec![TestSource {
            code: "blue".to_owned(),
            label: "A blue one".to_owned(),
            values: [("glaze".to_owned(), ValueSource::Text("blue".to_owned()))].into(),
            expects: ExpectSource::Valid,
            price: Some(2600),
        }];
    })
    .await;
    studio
}

#[tokio::test]
async fn what_looks_forgotten_stands_in_its_row_and_is_counted() {
    let studio = with_gaps().await;
    let page = studio.get(EDITOR).await;
    page.shows("Draft · 3 things to settle");
    page.shows("2 things look forgotten");
    // The same on every page of the product, and on the list.
    for address in ["/admin/products", &format!("{EDITOR}/texts"), &format!("{EDITOR}/publish")] {
        studio.get(address).await.shows("Draft · 3 things to settle");
    }
    let row =
        page.text.split("id=\"attributes.0.options.3\"").nth(1).unwrap().split("</li><!>").next().unwrap();
    assert!(row.contains("It costs nothing more, unlike the 2 other options."), "{row}");
    assert!(row.contains("href=\"#attributes.0.options.3.price\""), "{row}");
    assert!(
        row.contains("value=\"meant:price:grey\"") && row.contains("value=\"meant:swatch:grey\""),
        "{row}"
    );
    let others = page.text.split("id=\"attributes.0.options.2\"").nth(1).unwrap();
    assert!(!others.split("id=\"attributes.0.options.3\"").next().unwrap().contains("forgotten-here"));
    let entry = page.text.split("?section=attribute-glaze#attribute-glaze\"").nth(1).unwrap();
    assert!(entry.split("</a>").next().unwrap().contains("2 things look forgotten"), "{entry:.400}");
    let entry = page.text.split("?section=tests#tests\"").nth(1).unwrap();
    assert!(
        entry.split("</a>").next().unwrap().contains("One test design comes out otherwise"),
        "{entry:.400}"
    );
    // The test says it at the price that it expects, which is marked.
    let field = page.text.split("id=\"tests.0.price\"").nth(1).unwrap();
    assert!(field.split("</div>").next().unwrap().contains("It costs €27 and not €26."), "{field:.600}");
}

#[tokio::test]
async fn it_is_meant_by_a_button_in_its_row_with_all_that_is_typed_there() {
    let studio = with_gaps().await;
    let fields = [("do", "meant:price:grey"), ("meant.grey", ""), ("label.grey", "Ash")];
    let saved = send(&studio, "/attributes/glaze", &[fields.as_slice(), &TICKED].concat()).await;
    saved.leads_to(&format!("{EDITOR}?saved=attribute-glaze#attribute-glaze"));
    let grey = source(&studio).await.attributes[0].options[3].clone();
    assert_eq!((grey.label.as_str(), grey.meant), ("Ash", vec!["price".to_owned()]));
    studio.get(EDITOR).await.shows("Draft · 2 things to settle");
    // One more is added to what is meant already; what is no gap is not.
    let fields = [("do", "meant:swatch:grey"), ("meant.grey", "price")];
    send(&studio, "/attributes/glaze", &[fields.as_slice(), &TICKED].concat()).await;
    let fields = [("do", "meant:nothing:grey"), ("meant.grey", "price, swatch")];
    send(&studio, "/attributes/glaze", &[fields.as_slice(), &TICKED].concat()).await;
    assert_eq!(source(&studio).await.attributes[0].options[3].meant, ["price", "swatch"]);
    studio.get(EDITOR).await.shows_not("forgotten-here");
    // The product as a whole.
    edit(&studio, |source| {
        source.tests.clear();
        source.base_price = 0;
    })
    .await;
    studio.get(EDITOR).await.shows("value=\"meant:price:\"");
    send(&studio, "/basics", &[("do", "meant:price:"), ("meant", "")]).await;
    assert_eq!(source(&studio).await.meant, ["price"]);
    studio.get(EDITOR).await.shows("Draft · no problems");
}

#[tokio::test]
async fn it_is_meant_beside_the_forms_and_leads_back_to_them() {
    let studio = with_gaps().await;
    let page = studio.get(EDITOR).await;
    page.shows("name=\"back\" value=\"editor\"");
    let fields = [("attribute", "glaze"), ("option", "grey"), ("gap", "price"), ("back", "editor")];
    send(&studio, "/meant", &fields).await.leads_to(EDITOR);
    let alone = [
        ("attribute", "glaze"),
        ("option", "grey"),
        ("gap", "swatch"),
        ("back", "editor"),
        ("alone", "rules"),
    ];
    send(&studio, "/meant", &alone).await.leads_to(&format!("{EDITOR}?section=rules"));
    assert_eq!(source(&studio).await.attributes[0].options[3].meant, ["price", "swatch"]);
    studio.get(&format!("{EDITOR}/publish")).await.shows_not("name=\"back\"");
    // Where somebody saved meanwhile, the editor comes back and says so.
    let late =
        [("version", "0"), fields[0], fields[1], ("gap", "description"), ("back", "editor"), ("_end", "on")];
    let refused = studio.post(&format!("{EDITOR}/meant"), &late).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    refused.shows("Nothing was marked: the draft was changed meanwhile.");
    refused.shows("id=\"editor\"");
}

#[tokio::test]
async fn the_picture_shows_what_is_asked_for_in_the_nearest_valid_design() {
    let studio = Studio::with_ana().await;
    edit(&studio, |source| {
        source.attributes[2].standard = ValueSource::Number(12);
        let lid = LayerSource {
            file: Some("mug.svg".to_owned()),
            when: Some("lid = wood".to_owned()),
            ..LayerSource::default()
        };
        source.layers.push(lid);
    })
    .await;
    let page = studio.get(EDITOR).await;
    page.shows("The standard design.");
    page.shows(&format!("href=\"{EDITOR}?show=option%3Alid%3Awood#analysis\""));
    page.shows(&format!("href=\"{EDITOR}?show=layer%3A1#analysis\""));
    let drawn = |page: &Answer| {
        let picture = page.text.split("data-testid=\"draft-picture\"").nth(1).unwrap();
        picture.split("data-testid=\"picture-of\"").next().unwrap().matches("<rect").count()
    };
    assert_eq!(drawn(&page), 1);
    // With a lid it is lower, too; the layer of the lid is there.
    for (part, what) in [("option:lid:wood", "Lid: Wood"), ("layer:1", "layer 2")] {
        for address in
            [format!("{EDITOR}?show={part}"), format!("{EDITOR}/analysis?beside=picture&show={part}")]
        {
            let page = studio.get(&address).await;
            page.shows(&format!("The valid design nearest to the standard that shows {what}:"));
            page.shows("Lid: Wood instead of None, Height: 10 cm instead of 12 cm.");
            assert_eq!(drawn(&page), 2, "{address}");
        }
    }
    studio
        .get(&format!("{EDITOR}?show=option:glaze:white"))
        .await
        .shows("The standard design, which shows Glaze: White.");
    studio
        .get(&format!("{EDITOR}/analysis?beside=picture&show=standard"))
        .await
        .shows("The standard design.");
    send(&studio, "/rules", &[("new.rule", "lid = none")]).await;
    let none = studio.get(&format!("{EDITOR}?show=option:lid:wood")).await;
    none.shows("No valid design shows Lid: Wood. This is the standard design.");
    // What there is not shows the standard.
    for part in ["option:lid:steel", "layer:9", "nothing"] {
        let page = studio.get(&format!("{EDITOR}?show={part}")).await;
        assert_eq!(page.status, StatusCode::OK);
        page.shows("The standard design.");
    }
}

#[tokio::test]
async fn the_tree_is_searched_by_name_and_code() {
    let studio = Studio::with_ana().await;
    let found = async |wanted: &str| {
        let page = studio.get(&format!("{EDITOR}?search={wanted}")).await;
        let tree = page.text.split("data-testid=\"tree\"").nth(1).unwrap();
        tree.split("</nav>").next().unwrap().to_owned()
    };
    let tree = found("WOOD").await;
    assert!(
        tree.contains(&format!("href=\"{EDITOR}?section=attribute-lid#attributes.1.options.1\"")),
        "{tree}"
    );
    // The rule by its sentence and its code.
    assert!(tree.contains(&format!("href=\"{EDITOR}?section=rules#rules.0.rule\"")), "{tree}");
    assert!(!tree.contains("#budget") && !tree.contains("#attribute-glaze"), "{tree}");
    let tree = found("height").await;
    assert!(tree.contains("#attribute-height") && !tree.contains("#attribute-lid\""), "{tree}");
    let tree = found("looks").await;
    assert!(tree.contains(&format!("href=\"{EDITOR}?section=steps#steps.0.label\"")), "{tree}");
    let tree = found("nothing").await;
    assert!(tree.contains("Nothing has “nothing” in its name or code."), "{tree}");
    assert!(tree.contains("All on one page"), "{tree}");
    // On the page of one section it stays there.
    let alone = studio.get(&format!("{EDITOR}?section=rules&search=wood")).await;
    alone.shows("name=\"section\" value=\"rules\"");
    alone.shows_not(&format!("action=\"{EDITOR}/basics\""));
}
