//! Rules that are tables of combinations, through the router and without scripts.

use axum::http::StatusCode;
use testing::slug;

use crate::common::{Answer, Studio};

const RULES: &str = "/admin/products/mug/rules";
const TABLE: &str = "/admin/products/mug/tables/wood_small";
/// Eighteen combinations of glaze and height are possible.
const ROWS: &str = "(glaze, height) in ((white, *), (white, 9), (blue, 7..9), (blue, 8..12), (green, 20))";

impl Studio {
    /// With this text as the mug's one rule, as its draft.
    async fn with_table(text: &str) -> Self {
        let studio = Self::with_ana().await;
        let saved = studio.form(RULES, 0, &[("by.wood_small", "text"), ("rule.wood_small", text)]).await;
        saved.leads_to("/admin/products/mug?saved=rules#rules");
        studio
    }

    /// Sends a form that was made from this version of the mug's draft.
    async fn form(&self, address: &str, version: i64, form: &[(&str, &str)]) -> Answer {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        let (version, base) = (version.to_string(), draft.base.to_string());
        let made_from = [("version", version.as_str()), ("base", base.as_str()), ("_end", "on")];
        let form: Vec<(&str, &str)> = form.iter().copied().chain(made_from).collect();
        self.post(address, &form).await
    }

    /// The mug's last rule as text, and the draft's version.
    async fn last_rule(&self) -> (String, i64) {
        let draft = self.shop.draft(&slug("mug")).await.unwrap();
        (draft.bundle.source.rules.last().unwrap().rule.clone(), draft.version)
    }
}

#[tokio::test]
async fn a_table_is_begun_from_columns_and_filled_with_what_is_missing() {
    let studio = Studio::with_ana().await;
    let begun = |columns: &[&'static str]| {
        let mut form =
            vec![("new.sentence", "Not this one."), ("do", "begin-table"), ("rows_are", "allowed")];
        form.extend(columns.iter().map(|column| ("column", *column)));
        form
    };
    let none = studio.form(RULES, 0, &begun(&[])).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("Choose at least one column");
    none.shows("Not this one.</textarea>");
    let other = [begun(&["glaze"]), vec![("by.new", "text"), ("new.rule", "glaze = white")]].concat();
    let other = studio.form(RULES, 0, &other).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.shows("Another rule is begun above");
    let page = studio.form(RULES, 0, &begun(&["glaze", "height"])).await;
    let table = "/admin/products/mug/tables/rule";
    page.leads_to(table);
    assert_eq!(studio.last_rule().await, ("(glaze, height) in ()".to_owned(), 1));
    let page = studio.get(table).await;
    page.shows("It has no row yet.");
    page.shows("18 of 18 possible combinations are in no row, so they may not be.");
    studio
        .form(table, 1, &[("gap", "*, *"), ("do", "insert-all")])
        .await
        .leads_to(&format!("{table}?from=1&saved=1"));
    assert_eq!(studio.last_rule().await.0, "(glaze, height) in (\n  (*, *),\n)");
    let page = studio.get(&format!("{table}?saved=1")).await;
    page.shows("Every possible combination is in a row: 18 of 18.");
    page.shows("data-testid=\"saved\"");
    // Among the rules it is told in words.
    let editor = studio.get("/admin/products/mug").await;
    editor.shows("A table of what may be together: Glaze, Height");
    editor.shows(&format!("href=\"{table}\""));
}

#[tokio::test]
async fn cells_are_saved_and_what_they_lack_stands_in_them() {
    let studio = Studio::with_table(ROWS).await;
    let page = studio.get(TABLE).await;
    for cell in ["name=\"cell.0.0\"", "value=\"7..9\"", "<option value=\"white\" selected>White</option>"] {
        page.shows(cell);
    }
    let form = [
        ("cell.0.0", "green"),
        ("cell.0.1", "8-10 | 12"),
        ("cell.new.0", "blue"),
        ("cell.new.1", ""),
        ("rows_are", "forbidden"),
        ("sentence", "Not these."),
    ];
    studio.form(TABLE, 1, &form).await.leads_to(&format!("{TABLE}?from=1&saved=1"));
    let expected = "(glaze, height) not in (\n  (green, 8..10 or 12),\n  (white, 9),\n  (blue, 7..9),\n  (blue, 8..12),\n  (green, 20),\n  (blue, *),\n)";
    assert_eq!(studio.last_rule().await, (expected.to_owned(), 2));
    assert_eq!(studio.shop.draft(&slug("mug")).await.unwrap().bundle.source.rules[0].sentence, "Not these.");
    let wrong = studio.form(TABLE, 2, &[("cell.1.1", "tall"), ("cell.2.0", "blue")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The field is opened, says what is wrong, and keeps what was typed.
    wrong.shows("'tall' is no number. Write a whole number, or a range such as 20..30.");
    wrong.shows("value=\"tall\"");
    assert_eq!(studio.last_rule().await.1, 2);
    studio.form(TABLE, 2, &[("do", "remove:0")]).await;
    assert!(studio.last_rule().await.0.starts_with("(glaze, height) not in (\n  (white, 9),"));
    // A form that says what is there already leaves the text as it is.
    studio.form(TABLE, 3, &[("cell.0.0", "white"), ("cell.0.1", "9")]).await;
    assert_eq!(studio.last_rule().await.1, 3);
    assert_eq!(studio.get("/admin/products/mug/tables/none").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn several_values_of_a_cell_are_ticked() {
    let studio = Studio::with_table(ROWS).await;
    let asked = studio.form(TABLE, 1, &[("cell.0.0", "several"), ("cell.0.1", "11")]).await;
    assert_eq!(asked.status, StatusCode::OK);
    asked.shows("Tick the values, then save.");
    asked.shows("name=\"tick.0.0\"");
    asked.shows("value=\"11\"");
    assert_eq!(studio.last_rule().await.1, 1);
    let form = [("cell.0.0", "several"), ("ticked.0.0", "on")];
    let none = studio.form(TABLE, 1, &form).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    none.shows("Choose at least one value of Glaze.");
    let form = [&form[..], &[("tick.0.0", "blue"), ("tick.0.0", "white")]].concat();
    studio.form(TABLE, 1, &form).await.leads_to(&format!("{TABLE}?from=1&saved=1"));
    assert!(studio.last_rule().await.0.contains("\n  (white or blue, *),"));
    studio.get(TABLE).await.shows("White or Blue</option>");
}

#[tokio::test]
async fn what_is_missing_said_twice_or_for_nothing_is_mended_with_one_click_and_undone() {
    let studio = Studio::with_table(ROWS).await;
    let page = studio.get(TABLE).await;
    for text in [
        "6 of 18 possible combinations are in no row, so they may not be.",
        "name=\"gap\" value=\"green, *\"",
        "Row 2: other rows say all of it: 1.",
        "Row 5: other rules forbid all of it.",
        "Rows 3 and 4",
        "Combinations: 2",
        "Remove these 2 rows",
    ] {
        page.shows(text);
    }
    studio.form(TABLE, 1, &[("idle", "1"), ("idle", "4"), ("do", "remove-idle")]).await;
    let left = "(glaze, height) in (\n  (white, *),\n  (blue, 7..9),\n  (blue, 8..12),\n)";
    assert_eq!(studio.last_rule().await.0, left);
    studio.form(TABLE, 2, &[("do", "insert:green, *")]).await;
    assert!(studio.last_rule().await.0.ends_with("(blue, 8..12),\n  (green, *),\n)"));
    let page = studio.get(TABLE).await;
    page.shows("Every possible combination is in a row: 18 of 18.");
    page.shows("Every row changes something.");
    studio.post("/admin/products/mug/undo", &[("version", "3")]).await;
    assert_eq!(studio.last_rule().await.0, left);
}

#[tokio::test]
async fn all_other_rules_count() {
    let studio = Studio::with_ana().await;
    let begun = [
        ("do", "begin-table"),
        ("column", "lid"),
        ("column", "height"),
        ("rows_are", "forbidden"),
        ("new.sentence", "No."),
    ];
    studio.form(RULES, 0, &begun).await;
    // Wooden lids go with four of the six heights.
    let page = studio.get("/admin/products/mug/tables/rule").await;
    page.shows("10 of 10 possible combinations are in no row, so they stay possible.");
    let row = [("cell.new.0", "wood"), ("cell.new.1", "11..")];
    studio.form("/admin/products/mug/tables/rule", 1, &row).await;
    studio.get("/admin/products/mug/tables/rule").await.shows("Row 1: other rules forbid all of it.");
}

#[tokio::test]
async fn rows_of_a_spreadsheet_are_taken_and_bad_ones_come_back() {
    let studio = Studio::with_table("(glaze, height) in ((white, *))").await;
    let rows = "Height;Glaze\n7 to 9;Blue\ntall;Green\n10;Green or White\n;pink";
    let left = studio.form(TABLE, 1, &[("rows", rows)]).await;
    assert_eq!(left.status, StatusCode::UNPROCESSABLE_ENTITY);
    left.shows("Row 3, Height:");
    left.shows("Row 5, Glaze:");
    left.shows(">Height;Glaze\ntall;Green\n;pink\n</textarea>");
    let expected = "(glaze, height) in (\n  (white, *),\n  (blue, 7..9),\n  (white or green, 10),\n)";
    assert_eq!(studio.last_rule().await.0, expected);
    let file = studio.get(&format!("{TABLE}/table.csv")).await;
    assert_eq!((file.status, &*file.kind), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert_eq!(file.text, "glaze,height\r\nwhite,*\r\nblue,7..9\r\nwhite or green,10\r\n");
    studio
        .form(TABLE, 2, &[("rows", &file.text), ("replace", "on")])
        .await
        .leads_to(&format!("{TABLE}?from=1&saved=1"));
    assert_eq!(studio.last_rule().await, (expected.to_owned(), 2), "it comes back as it was");
    // A thousand rows are shown in pages, and saved on the way from one to the next.
    let many: String = (0..1_000).map(|row| format!("blue,{}..{}\n", row, row + 1)).collect();
    studio.form(TABLE, 2, &[("rows", &many), ("replace", "on")]).await;
    let page = studio.get(&format!("{TABLE}?from=81")).await;
    page.shows("Rows 81 to 120 of 1000");
    page.shows("name=\"cell.80.0\"");
    page.shows_not("name=\"cell.79.0\"");
    studio
        .form(TABLE, 3, &[("from", "81"), ("cell.80.1", "5"), ("do", "page:121")])
        .await
        .leads_to(&format!("{TABLE}?from=121&saved=1"));
    assert!(studio.last_rule().await.0.contains("\n  (blue, 5),"));
}

#[tokio::test]
async fn columns_come_and_go() {
    let studio = Studio::with_table(ROWS).await;
    studio.form(TABLE, 1, &[("column", "lid"), ("do", "add-column")]).await;
    assert!(studio.last_rule().await.0.starts_with("(glaze, height, lid) in (\n  (white, *, *),"));
    let twice = studio.form(TABLE, 2, &[("column", "lid"), ("do", "add-column")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    studio.form(TABLE, 2, &[("do", "remove-column:0")]).await;
    assert!(studio.last_rule().await.0.starts_with("(height, lid) in (\n  (*, *),\n  (9, *),"));
}

/// Rows that are pasted in place of all others are one change, which the page takes back with one button.
#[tokio::test]
async fn what_is_done_to_many_rows_is_taken_back_at_once() {
    let studio = Studio::with_table(ROWS).await;
    let before = studio.last_rule().await.0;
    studio.get(TABLE).await.shows_not("data-testid=\"undo\"");
    let led = format!("{TABLE}?from=1&saved=1");
    studio.form(TABLE, 1, &[("rows", "white,7\nblue,8"), ("replace", "on")]).await.leads_to(&led);
    let (text, version) = studio.last_rule().await;
    assert!(text.contains("(blue, 8)") && text != before, "{text}");
    let page = studio.get(&led).await;
    page.shows("data-testid=\"undo\"");
    let key = TABLE.rsplit('/').next().unwrap();
    page.shows(&format!("name=\"back\" value=\"table:{key}\""));
    let (version, back) = (version.to_string(), format!("table:{key}"));
    let undo = [("version", version.as_str()), ("back", back.as_str())];
    studio.post("/admin/products/mug/undo", &undo).await.leads_to(TABLE);
    assert_eq!(studio.last_rule().await.0, before);
}

#[tokio::test]
async fn two_people_on_one_table_keep_both_or_see_both() {
    let studio = Studio::with_table(ROWS).await;
    studio.form(TABLE, 1, &[("cell.0.1", "7")]).await;
    // Another row: both stay.
    studio.form(TABLE, 1, &[("cell.2.1", "8")]).await.leads_to(&format!("{TABLE}?from=1&saved=1"));
    let (text, version) = studio.last_rule().await;
    assert!(text.contains("(white, 7),") && text.contains("(blue, 8),"), "{text}");
    let clash = studio.form(TABLE, 1, &[("cell.0.1", "12")]).await;
    assert_eq!(clash.status, StatusCode::CONFLICT);
    clash.shows("data-testid=\"conflict\"");
    clash.shows("value=\"12\"");
    clash.shows("Saved now: 7");
    let over = version.to_string();
    studio
        .form(TABLE, 1, &[("cell.0.1", "12"), ("over", &over)])
        .await
        .leads_to(&format!("{TABLE}?from=1&saved=1"));
    let (text, _) = studio.last_rule().await;
    assert!(text.contains("(white, 12),") && text.contains("(blue, 8),"), "{text}");
}

#[tokio::test]
async fn what_means_nothing_in_a_table_is_told_where_it_stands() {
    let studio = Studio::with_table("(glaze, hight) in ((pink, 7), (blue))").await;
    let page = studio.get(TABLE).await;
    page.shows("there is no attribute 'hight'");
    page.shows("there is no option of glaze 'pink'");
    page.shows("this row has 1 values for 2 columns");
    page.shows("What it leaves out can be told once nothing else in the draft has a mistake.");
    let editor = studio.get("/admin/products/mug").await;
    editor.shows("data-testid=\"table-mistake\"");
    // As text it can be mended, too.
    let text = studio.form(RULES, 1, &[("do", "sentence:text:wood_small")]).await;
    text.shows(">(glaze, hight) in ((pink, 7), (blue))</textarea>");
}
