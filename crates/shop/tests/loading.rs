//! Folders that were edited after their products were loaded.

use std::path::PathBuf;

use shop::{Differing, ShopError, Update, Updated, folders_at};
use testing::{LAMP, TestShop, number, slug, write_product};

const AS_DRAFT: Update = Update { publish: false, replace_drafts: false };
const AS_REVISION: Update = Update { publish: true, replace_drafts: false };

/// A shop with the lamp, whose folder was edited since: pieces and what stands in their places.
async fn edited(changes: &[(&str, &str)]) -> (TestShop, PathBuf) {
    let test = TestShop::with_lamp().await;
    let product = changes.iter().fold(LAMP.to_owned(), |text, (piece, other)| {
        assert_eq!(text.matches(piece).count(), 1, "{piece}");
        text.replace(piece, other)
    });
    let folder = write_product(&test.catalogue(), "lamp", &product, "");
    (test, folder)
}

const DEARER: (&str, &str) = ("base_price = 5000", "base_price = 6000");

#[tokio::test]
async fn a_folder_that_is_what_is_served_changes_nothing() {
    let (test, folder) = edited(&[]).await;
    for update in [AS_DRAFT, AS_REVISION] {
        assert_eq!(test.shop.update_from(&folder, update).await.unwrap(), Updated::Unchanged(number(1)));
    }
    assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().version, 0);
    assert_eq!(test.shop.differing_folders(&test.catalogue()).await.unwrap(), []);
}

#[tokio::test]
async fn an_edited_folder_becomes_a_draft() {
    let (test, folder) = edited(&[DEARER]).await;
    let differing = Differing { folder: folder.clone(), live: number(1), is_readable: true };
    assert_eq!(test.shop.differing_folders(&test.catalogue()).await.unwrap(), [differing]);
    for _ in 0..2 {
        let taken = test.shop.update_from(&folder, AS_DRAFT).await.unwrap();
        assert_eq!(taken, Updated::Draft(Vec::new()));
    }
    let draft = test.shop.draft(&slug("lamp")).await.unwrap();
    assert_eq!((draft.version, draft.bundle.source.base_price), (1, 6_000), "it is not saved twice");
    assert_eq!(draft.changed_by, "atelier load");
    assert_eq!(test.shop.live(&slug("lamp")).await.unwrap().number, number(1));
    assert_eq!(test.shop.update_from(&folder, AS_REVISION).await.unwrap(), Updated::Published(number(2)));
    assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().version, 0);
}

#[tokio::test]
async fn an_edited_folder_becomes_a_revision() {
    let (test, folder) = edited(&[DEARER]).await;
    assert_eq!(test.shop.update_from(&folder, AS_REVISION).await.unwrap(), Updated::Published(number(2)));
    let live = test.shop.live(&slug("lamp")).await.unwrap();
    assert_eq!((live.number, live.bundle.source.base_price), (number(2), 6_000));
    assert_eq!(
        test.shop.list("", 1, words::Language::ENGLISH).await.unwrap().items[0].low_price.to_string(),
        "€55"
    );
    let history = test.shop.revisions(&slug("lamp")).await.unwrap();
    assert!(
        history[0].note.starts_with("Loaded from ") && history[0].note.ends_with("lamp"),
        "{}",
        history[0].note
    );
    assert_eq!(test.shop.differing_folders(&test.catalogue()).await.unwrap(), []);
}

#[tokio::test]
async fn what_is_not_publishable_is_refused_with_its_problems() {
    let (test, folder) =
        edited(&[("rule = \"arm = long implies extras has clamp\"", "rule = \"arm = short\"")]).await;
    let Updated::Broken(report) = test.shop.update_from(&folder, AS_REVISION).await.unwrap() else {
        panic!()
    };
    assert!(report[0].contains("product.toml:51:3: no valid design has the option 'Long'."), "{report:?}");
    assert_eq!(test.shop.live(&slug("lamp")).await.unwrap().number, number(1));
    assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().version, 0);
    // As a draft it can be mended in the admin.
    assert_eq!(test.shop.update_from(&folder, AS_DRAFT).await.unwrap(), Updated::Draft(report));
    assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().bundle.source.rules[1].rule, "arm = short");
}

#[tokio::test]
async fn what_can_not_be_read_is_not_even_a_draft() {
    let (test, folder) = edited(&[("base_price = 5000", "base_price = \"much\"")]).await;
    for update in [AS_DRAFT, AS_REVISION] {
        let Updated::Broken(report) = test.shop.update_from(&folder, update).await.unwrap() else { panic!() };
        assert!(report[0].contains("product.toml:5:14: "), "{report:?}");
    }
    assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().version, 0);
    let differing = Differing { folder, live: number(1), is_readable: false };
    assert_eq!(test.shop.differing_folders(&test.catalogue()).await.unwrap(), [differing]);
}

#[tokio::test]
async fn nobodys_draft_is_replaced_unasked() {
    let (test, folder) = edited(&[DEARER]).await;
    test.edit_lamp(|lamp| lamp.base_price = 7_000).await;
    for update in [AS_DRAFT, AS_REVISION] {
        let taken = test.shop.update_from(&folder, update).await.unwrap();
        assert_eq!(taken, Updated::DraftInTheWay { by: "mia".to_owned() });
    }
    let price = || async { test.shop.draft(&slug("lamp")).await.unwrap().bundle.source.base_price };
    assert_eq!(price().await, 7_000);
    let replacing = Update { replace_drafts: true, ..AS_DRAFT };
    assert_eq!(test.shop.update_from(&folder, replacing).await.unwrap(), Updated::Draft(Vec::new()));
    assert_eq!(price().await, 6_000);
    // What loading saved itself, it may replace.
    write_product(&test.catalogue(), "lamp", &LAMP.replace(DEARER.0, "base_price = 6500"), "");
    assert_eq!(test.shop.update_from(&folder, AS_DRAFT).await.unwrap(), Updated::Draft(Vec::new()));
    assert_eq!(price().await, 6_500);
}

#[tokio::test]
async fn a_new_folder_is_a_new_product() {
    let test = TestShop::with_lamp().await;
    let folder = write_product(&test.catalogue(), "chair", &LAMP.replace("Desk lamp", "Chair"), "");
    assert_eq!(test.shop.update_from(&folder, AS_DRAFT).await.unwrap(), Updated::Added);
    assert_eq!(test.shop.list("chair", 1, words::Language::ENGLISH).await.unwrap().total, 1);
    let unfit = write_product(&test.catalogue(), "The chair", LAMP, "");
    assert!(matches!(test.shop.update_from(&unfit, AS_DRAFT).await.unwrap(), Updated::Broken(_)));
}

#[tokio::test]
async fn folders_are_named_one_by_one_or_together() {
    let test = TestShop::with_lamp().await;
    write_product(&test.catalogue(), "chair", LAMP, "");
    let names = |path: PathBuf| {
        let folders = folders_at(&path).unwrap();
        folders
            .iter()
            .map(|folder| folder.file_name().unwrap().to_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(test.catalogue()), ["chair", "lamp"]);
    assert_eq!(names(test.catalogue().join("lamp")), ["lamp"]);
    assert_eq!(names(test.catalogue().join("lamp/product.toml")), ["lamp"]);
    assert_eq!(names(test.catalogue().join("lamp/layers/..")), ["lamp"]);
    assert!(matches!(folders_at(&test.catalogue().join("desk")), Err(ShopError::Catalogue { .. })));
}
