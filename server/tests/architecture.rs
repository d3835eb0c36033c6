//! Who may know whom in this workspace, asserted over `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand, PackageId};

/// The workspace's crates and those of ours each may use.
const ALLOWED: [(&str, &[&str]); 19] = [
    ("words", &[]),
    ("engine", &[]),
    ("import", &["engine"]),
    ("testing-models", &["engine"]),
    ("testing-postgres", &["store"]),
    ("testing", &["shop", "store", "configurator", "personalize"]),
    ("configurator", &["engine", "words"]),
    ("configurator-cli", &["engine", "import", "configurator"]),
    ("preview", &["configurator"]),
    ("personalize", &["configurator", "engine", "words"]),
    ("shop", &["configurator", "preview", "personalize", "words", "engine", "import"]),
    ("store", &["shop"]),
    ("app", &["configurator", "preview", "personalize", "words"]),
    ("frontend", &["app", "configurator", "preview", "words"]),
    ("experiment-trials", &["personalize", "words"]),
    ("server-load", &[]),
    ("engine-module", &["engine", "import", "configurator"]),
    ("evaluate", &["engine", "import", "personalize"]),
    ("server", &["app", "shop", "store", "configurator", "preview", "personalize", "words"]),
];

/// What nothing below a pure crate may be.
const IMPURE: [&str; 10] =
    ["tokio", "sqlx", "axum", "hyper", "leptos", "async-trait", "futures", "getrandom", "rand", "web-sys"];

#[test]
fn the_workspace_has_these_crates() {
    let metadata = MetadataCommand::new().no_deps().exec().expect("cargo metadata runs");
    let there: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    assert_eq!(there, ALLOWED.iter().map(|(name, _)| *name).collect());
}

#[test]
fn no_arrow_goes_up() {
    let metadata = MetadataCommand::new().no_deps().exec().expect("cargo metadata runs");
    for package in &metadata.packages {
        let (_, allowed) =
            ALLOWED.iter().find(|(name, _)| *name == package.name.as_str()).expect("a known crate");
        for dependency in &package.dependencies {
            let ours = ALLOWED.iter().any(|(name, _)| *name == dependency.name);
            if ours && dependency.kind == DependencyKind::Normal {
                assert!(
                    allowed.contains(&dependency.name.as_str()),
                    "{} may not use {}; ARCHITECTURE.md says who may know whom",
                    package.name,
                    dependency.name
                );
            }
        }
    }
}

/// A page brings its own words: the texts of all languages, and the admin's with them, stay out of its WebAssembly.
#[test]
fn the_browser_loads_no_texts() {
    const ON_THE_SERVER: [&str; 3] = ["languages", "ssr", "file"];
    let metadata = MetadataCommand::new().no_deps().exec().expect("cargo metadata runs");
    for name in ["frontend", "app", "configurator", "preview", "personalize"] {
        let package = metadata.packages.iter().find(|package| package.name.as_str() == name);
        let package = package.expect("a known crate");
        let dependencies =
            package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
        let asked = dependencies.flat_map(|dependency| &dependency.features);
        let own =
            ["default", "hydrate"].iter().filter_map(|feature| package.features.get(*feature)).flatten();
        for feature in asked.chain(own) {
            let feature = feature.rsplit('/').next().expect("a name");
            assert!(!ON_THE_SERVER.contains(&feature), "{name} brings {feature} into the browser");
        }
    }
}

/// What nothing below `shop` may be.
const NOT_OF_THE_SHOP: [&str; 4] = ["sqlx", "axum", "hyper", "leptos"];

#[test]
fn the_pure_crates_stay_pure() {
    for pure in ["words", "engine", "import", "configurator", "preview", "personalize"] {
        reaches_none_of(pure, &IMPURE);
    }
}

#[test]
fn the_shop_knows_no_database_and_no_screen() {
    reaches_none_of("shop", &NOT_OF_THE_SHOP);
}

/// Which database there is, is chosen in one place.
#[test]
fn the_store_is_named_in_main_alone() {
    let mut open = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("a file").path()),
            );
        } else if !path.ends_with("main.rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            assert!(
                !text.contains("use store::")
                    && !text.contains("SqliteStore")
                    && !text.contains("PostgresStore"),
                "{}",
                path.display()
            );
        }
    }
}

#[expect(clippy::expect_used, reason = "a workspace that cargo can't describe has failed its test")]
fn reaches_none_of(name: &str, forbidden: &[&str]) {
    let metadata = MetadataCommand::new().exec().expect("cargo metadata runs");
    let names: BTreeMap<&PackageId, &str> =
        metadata.packages.iter().map(|package| (&package.id, package.name.as_str())).collect();
    let nodes = metadata.resolve.as_ref().expect("resolved").nodes.iter();
    let below: BTreeMap<&PackageId, Vec<&PackageId>> = nodes
        .map(|node| {
            let normal = node
                .deps
                .iter()
                .filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal))
                .map(|dep| &dep.pkg);
            (&node.id, normal.collect())
        })
        .collect();
    let mut reached = BTreeSet::new();
    let mut open: Vec<&PackageId> =
        names.iter().filter(|(_, known)| **known == name).map(|(id, _)| *id).collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(&below[id]);
        }
    }
    for id in reached {
        assert!(!forbidden.contains(&names[id]), "{name} reaches {}", names[id]);
    }
}
