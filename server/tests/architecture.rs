//! Who may know whom in this workspace, asserted over `cargo metadata`.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand, PackageId};

/// The workspace's crates and those of ours each may use.
const ALLOWED: [(&str, &[&str]); 12] = [
    ("engine", &[]),
    ("import", &["engine"]),
    ("testing", &["engine"]),
    ("configurator", &["engine"]),
    ("configurator-cli", &["engine", "import", "configurator"]),
    ("preview", &["configurator"]),
    ("personalize", &["configurator"]),
    ("shop", &["configurator", "preview", "personalize"]),
    ("app", &["configurator", "preview", "personalize"]),
    ("frontend", &["app", "configurator", "preview"]),
    ("engine-module", &["engine", "import", "configurator"]),
    ("server", &["app", "shop", "configurator", "preview", "personalize"]),
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

#[test]
fn the_pure_crates_stay_pure() {
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
    for pure in ["engine", "import", "configurator", "preview", "personalize"] {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&PackageId> =
            names.iter().filter(|(_, name)| **name == pure).map(|(id, _)| *id).collect();
        while let Some(id) = open.pop() {
            if reached.insert(id) {
                open.extend(&below[id]);
            }
        }
        for id in reached {
            assert!(!IMPURE.contains(&names[id]), "{pure} reaches {}", names[id]);
        }
    }
}
