//! The command on made-up sales.

use std::path::Path;
use std::process::Command;

/// What it prints; what it says where it fails.
fn evaluate(arguments: &[&str]) -> Result<String, String> {
    let run = Command::new(env!("CARGO_BIN_EXE_evaluate")).args(arguments).output().expect("evaluate starts");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    if run.status.success() { Ok(text(run.stdout)) } else { Err(text(run.stderr)) }
}

fn made_up(name: &str, size: &str) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let folder = folder.to_str().expect("a path in UTF-8").to_owned();
    evaluate(&[&folder, "--make-up", size]).expect("a folder that can be written to");
    folder
}

#[test]
fn made_up_sales_are_told_better_than_by_chance() {
    let folder = made_up("small", "8x120");
    let said = evaluate(&[&folder]).expect("sound data");
    assert!(said.contains("120 orders of 8 attributes in ten folds; seed 7"), "{said}");
    assert!(said.contains("Of 4 rules, 4 are in force; 120 of the orders go with all rules"), "{said}");
    // By chance about one in four is right; people of twelve kinds agree with theirs in 70 of 100.
    let row = said.lines().find(|line| line.starts_with("| most probable |")).expect("a row");
    let right: f64 = row.split('|').nth(2).and_then(|cell| cell.trim().parse().ok()).expect("a number");
    assert!((45.0..80.0).contains(&right), "{row}");
    assert!(said.contains("partial orders: 100.0 % of the engine's are valid"), "{said}");
}

#[test]
fn a_large_history_is_sampled_and_says_so() {
    let folder = made_up("sampled", "4x80");
    let said = evaluate(&[&folder, "--rows", "20", "--learnt", "30"]).expect("sound data");
    assert!(said.contains("in ten folds, 20 of them asked about, 30 of them learnt from a fold"), "{said}");
}

#[test]
fn bad_data_is_told_with_its_place() {
    let folder = made_up("bad", "4x20");
    std::fs::write(Path::new(&folder).join("sales-3.csv"), "v0,v9\n1,1\n")
        .expect("a file that can be written");
    let said = evaluate(&[&folder]).expect_err("a column that no rule has");
    assert!(said.contains("sales-3.csv") && said.contains("v9"), "{said}");
    let said = evaluate(&[&folder, "--make-up", "two"]).expect_err("no size");
    assert!(said.contains("270x60000"), "{said}");
}
