//! The command line: what it prints and how it ends.

#![expect(clippy::unwrap_used, reason = "a command that can't be run has failed its test")]

use std::path::Path;
use std::process::Command;

use testing::{LAMP, write_product};

/// Runs `atelier load` on a database, and returns whether it succeeded and what it printed.
fn load(database: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_atelier"));
    let done = command.arg("--database").arg(database).arg("load").args(arguments).output().unwrap();
    (done.status.success(), String::from_utf8(done.stdout).unwrap())
}

#[test]
fn load_says_what_became_of_each_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (database, catalogue) = (folder.path().join("shop.db"), folder.path().join("catalogs"));
    write_product(&catalogue, "lamp", LAMP, "");
    write_product(&catalogue, "shelf", LAMP, "");
    let all = catalogue.to_str().unwrap();
    let (succeeded, printed) = load(&database, &[all]);
    assert!(succeeded && printed.matches("a new product").count() == 2, "{printed}");

    let dearer = LAMP.replace("base_price = 5000", "base_price = 6000");
    write_product(&catalogue, "lamp", &dearer, "");
    let (succeeded, printed) = load(&database, &[all]);
    assert!(succeeded && printed.contains("lamp: saved as a draft"), "{printed}");
    assert!(printed.contains("shelf: as revision 1, which is served"), "{printed}");
    let (succeeded, printed) = load(&database, &[all, "--publish"]);
    assert!(succeeded && printed.contains("lamp: published as revision 2"), "{printed}");

    write_product(&catalogue, "lamp", &dearer.replace("[[rules]]", "[[ruels]]"), "");
    let (succeeded, printed) = load(&database, &[all, "--publish"]);
    assert!(!succeeded && printed.contains("lamp/product.toml:"), "{printed}");
    assert!(printed.contains("not taken: it has ") && printed.contains("shelf: as revision 1"), "{printed}");
}
