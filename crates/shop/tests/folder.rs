//! Product folders: what is wrong with one is reported together, and where it is.

#![expect(clippy::unwrap_used, reason = "a folder that can't be prepared has failed its test")]

use std::path::Path;

use shop::read_folder;
use testing::{LAMP, write_product};

/// What is wrong with a lamp whose file says this instead, without the folder.
fn report(changes: &[(&str, &str)], past_orders: &str, prepare: impl FnOnce(&Path)) -> Vec<String> {
    let catalogue = tempfile::tempdir().unwrap();
    let product = changes.iter().fold(LAMP.to_owned(), |text, (piece, replacement)| {
        assert_eq!(text.matches(piece).count(), 1, "{piece}");
        text.replace(piece, replacement)
    });
    let folder = write_product(catalogue.path(), "lamp", &product, past_orders);
    prepare(&folder);
    let outer = format!("{}/", folder.display());
    let lines = read_folder(&folder).err().unwrap_or_default();
    lines.iter().map(|line| line.strip_prefix(&outer).unwrap_or(line).to_owned()).collect()
}

/// Checks that there are these lines and no others, by how they begin.
fn assert_report(report: &[String], expected: &[&str]) {
    assert_eq!(report.len(), expected.len(), "{report:#?}");
    for (line, expected) in report.iter().zip(expected) {
        assert!(line.starts_with(expected), "{expected}\n{report:#?}");
    }
}

#[test]
fn everything_is_reported_in_one_go() {
    let past_orders = r#"
[[orders]]
use = "cooking"
count = "four"
choices = { shade = "lienn", base = "iron" }

[[orders]]
cuont = 3
choices = { shdae = "linen", arm = "long", height = 55 }

[[orders]]
count = 0
"#;
    let changes = [
        ("base_price = 5000", "base_price = 50.00"),
        ("{ code = \"short\", label = \"Short\" }", "{ label = \"Short\" }"),
        ("standard = 40", "standard = 45"),
        ("rule = \"shade = brass implies", "rule = \"shdae = brass or shade = bras implies"),
        (
            "rule = \"arm = long implies extras has clamp\"",
            "rule = \"arm = short and shade = brass or base != iron\"",
        ),
        ("amount = -300", "amount = -300\n\n[[layers]]\nfile = \"missing.svg\"\nx = \"hieght\""),
    ];
    assert_report(
        &report(&changes, past_orders, |folder| {
            std::fs::write(folder.join("layers/lamp.svg"), "<svg viewBox=\"0 0 9 9\"><script/></svg>")
                .unwrap();
        }),
        &[
            "product.toml:5:14: 'base_price' must be a whole number, not 50.00. Amounts are",
            "product.toml:50:3: missing field 'code'. Add code = …",
            "product.toml:67:12: the standard value is not one of its values. Height can’t be “45”.",
            "product.toml:85:9: there is no attribute 'shdae'. Did you mean 'shade'?",
            "product.toml:85:34: there is no option of shade 'bras'. Did you mean 'brass'?",
            "product.toml:98:1: the box is incomplete. ",
            "product.toml:99:8: the drawing 'missing.svg' is missing. Add it under Drawings, or put it into the folder layers/.",
            "product.toml:100:6: there is no attribute 'hieght'. Did you mean 'height'?",
            "product.toml:103:8: 'lamp.svg' contains <script>. ",
            "product.toml:103:8: 'lamp.svg' has the viewBox '0 0 9 9'",
            "past-orders.toml:3:7: there is no use 'cooking'. ",
            "past-orders.toml:4:9: 'count' must be a whole number that is not negative, not a text. ",
            "past-orders.toml:5:21: Shade has no option 'lienn'. Did you mean 'linen'?",
            "past-orders.toml:8:1: unknown field 'cuont'. Did you mean 'count'?",
            "past-orders.toml:9:21: there is no attribute 'shdae'. Did you mean 'shade'?",
            "past-orders.toml:9:53: Height can’t be “55”. Enter a whole number from",
            "past-orders.toml:12:9: the count is 0. ",
        ],
    );
}

#[test]
fn the_standard_design_is_judged_by_the_rules_that_can_be_read() {
    let changes = [
        ("lead_time_days = 5", "lead_time_days = -5"),
        ("rule = \"shade = brass implies arm = short\"", "rule = \"shade = brass implies arm = shrot\""),
        ("rule = \"arm = long implies extras has clamp\"", "rule = \"arm = long\""),
    ];
    assert_report(
        &report(&changes, "", |_| ()),
        &[
            "product.toml:6:18: 'lead_time_days' must not be negative.",
            "product.toml:85:37: there is no option of arm 'shrot'. Did you mean 'short'?",
            "product.toml:90:8: the standard design is not valid: The long arm needs a clamp. Add the clamp. Change",
        ],
    );
}

/// Options that nobody can have wait for everything else in `product.toml`, and past orders as a whole for them.
#[test]
fn dead_options_are_looked_for_in_sound_products() {
    let dead = [("rule = \"arm = long implies extras has clamp\"", "rule = \"arm = short\"")];
    let past_orders = "[[orders]]\ncount = 1\nchoices = { arm = \"long\" }\n";
    let remove = |folder: &Path| std::fs::remove_file(folder.join("layers/lamp.svg")).unwrap();
    assert_report(
        &report(&dead, past_orders, remove),
        &[
            "product.toml:51:3: no valid design has the option 'Long'.",
            "product.toml:99:8: the drawing 'lamp.svg' is missing.",
        ],
    );
    let together = "[[orders]]\ncount = 1\nchoices = { arm = \"long\", shade = \"brass\" }\n";
    assert_report(
        &report(&[], together, remove),
        &[
            "product.toml:99:8: the drawing 'lamp.svg' is missing.",
            "past-orders.toml:1:1: no valid design has these choices: ",
        ],
    );
    let unsound = [dead[0], ("name = \"Desk lamp\"", "name = \"\"")];
    assert_report(&report(&unsound, past_orders, |_| ()), &["product.toml:2:8: this is empty."]);
}

#[test]
fn no_design_costs_less_than_nothing() {
    let given_away = [("price = -500", "price = -500000")];
    let expected = "product.toml:5:14: a design costs −€4,950. Raise the base price";
    assert_report(&report(&given_away, "", |_| ()), &[expected]);
    let terms = [
        ("base_price = 5000", "base_price = -5000"),
        ("currency = \"EUR\"", "currency = \"ABC\""),
        ("name = \"Desk lamp\"", "name = \"\""),
    ];
    let expected = [
        "product.toml:2:8: this is empty.",
        "product.toml:4:12: 'ABC' is no currency in use. Use a code of ISO 4217",
        "product.toml:5:14: a product can't start below nothing. Use 0 or more",
    ];
    assert_report(&report(&terms, "", |_| ()), &expected);
}

#[test]
fn files_that_can_not_be_read_hide_no_others() {
    let spoil = |folder: &Path| std::fs::write(folder.join("layers/lamp.svg"), b"<svg \xff/>").unwrap();
    assert_report(
        &report(&[], "orders = 3", spoil),
        &[
            "product.toml:99:8: the drawing 'lamp.svg' can't be read: ",
            "past-orders.toml:1:10: 'orders' is no list of tables. Write [[orders]] before each entry.",
        ],
    );
    let broken = [("summary = \"A lamp for a desk.\"", "summary = A lamp")];
    assert_report(
        &report(&broken, "[[orders]]\ncount = -1\nuse = \"cooking\"", |_| ()),
        &["product.toml:3:11: ", "past-orders.toml:2:9: 'count' must not be negative. "],
    );
    let outside = [("file = \"lamp.svg\"", "file = \"../product.toml\"")];
    assert_report(
        &report(&outside, "", |_| ()),
        &["product.toml:99:8: '../product.toml' is no drawing of this product."],
    );
}

#[test]
fn a_folder_may_be_named_by_its_file_and_must_be_there() {
    let catalogue = tempfile::tempdir().unwrap();
    let folder = write_product(catalogue.path(), "lamp", LAMP, "");
    assert!(read_folder(&folder.join("product.toml")).is_ok());
    let missing = read_folder(Path::new("/nowhere/lamp")).unwrap_err().join("\n");
    assert!(missing.starts_with("/nowhere/lamp: there is no such folder. Name the folder"), "{missing}");
    std::fs::remove_file(folder.join("product.toml")).unwrap();
    let empty = read_folder(&folder).unwrap_err().join("\n");
    assert!(empty.contains("product.toml:1:1: this file can't be read"), "{empty}");
}
