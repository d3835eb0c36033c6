//! The catalogue: what is loaded, listed, kept and remembered.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use words::Language;

use configurator::Quantity;
use configurator::artifact::Artifact;
use personalize::Start;
use shop::catalogue::{FORMAT, NewProduct, PackedArtifact, Prepared};
use shop::products::{Beginning, Fresh, Standing};
use shop::{Executor, Shop, ShopError, Update, Updated, read_folder};
use testing::{LAMP, TestShop, ana, number, slug, write_product};

#[tokio::test]
async fn a_broken_folder_stops_no_other() {
    let test = TestShop::empty().await;
    let catalogue = test.catalogue();
    write_product(&catalogue, "a-broken", &LAMP.replace("arm = short\"", "arm = shrot\""), "");
    write_product(&catalogue, "b-lamp", LAMP, "");
    write_product(&catalogue, "C lamp", LAMP, "");
    std::fs::create_dir(catalogue.join("d-empty")).unwrap();
    std::fs::create_dir(catalogue.join(".hidden")).unwrap();
    std::fs::write(catalogue.join("README.md"), "no product").unwrap();

    let loaded = test.shop.load_catalogue(&catalogue).await.unwrap();
    assert_eq!((loaded.added, loaded.known), (vec![slug("b-lamp")], Vec::new()));
    let broken: Vec<_> = loaded.broken.iter().map(|broken| broken.folder.file_name().unwrap()).collect();
    assert_eq!(broken, ["C lamp", "a-broken", "d-empty"]);
    let [misnamed, misspelt, empty] = [0, 1, 2].map(|index: usize| loaded.broken[index].report.join("\n"));
    assert!(misnamed.contains("this folder's name can't be a product's address"), "{misnamed}");
    assert!(misspelt.contains("a-broken/product.toml:8"), "{misspelt}");
    assert!(misspelt.contains("shrot") && misspelt.contains("short"), "{misspelt}");
    assert!(empty.contains("d-empty/product.toml:1:1: this file can't be read"), "{empty}");

    let again = test.shop.load_catalogue(&catalogue).await.unwrap();
    assert_eq!((again.added.len(), again.known, again.broken.len()), (0, vec![slug("b-lamp")], 3));
}

#[tokio::test]
async fn a_catalogue_that_is_not_there_is_named() {
    let test = TestShop::empty().await;
    let error = test.shop.load_catalogue(Path::new("/nowhere/at/all")).await.unwrap_err().to_string();
    assert!(error.contains("/nowhere/at/all"), "{error}");
}

#[tokio::test]
async fn live_revisions_are_what_was_loaded() {
    let test = TestShop::with_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    assert_eq!((lamp.slug.as_str(), lamp.number), ("lamp", number(1)));
    let artifact = Artifact::from_bytes(&lamp.artifact.unpack().unwrap()).unwrap();
    assert_eq!((&artifact.product, &artifact.drawings), (&**lamp.product.product(), &lamp.bundle.drawings));
    assert_eq!(artifact.configured().unwrap().write_diagram(), lamp.product.write_diagram());
    assert_eq!(lamp.artifact.hash.len(), 16);
    let again = test.shop.live(&slug("lamp")).await.unwrap();
    assert!(Arc::ptr_eq(&again, &lamp), "revisions stay in memory");
}

#[tokio::test]
async fn the_list_says_what_was_prepared() {
    let test = TestShop::with_lamp().await;
    let list = test.shop.list("", 1, Language::default()).await.unwrap();
    assert_eq!((list.items.len(), list.page, list.pages, list.total), (1, 1, 1, 1));
    let lamp = &list.items[0];
    assert_eq!((lamp.slug.as_str(), lamp.revision, lamp.name.as_str()), ("lamp", number(1), "Desk lamp"));
    assert_eq!(lamp.low_price.to_string(), "€45", "paper, at the lowest height");
    assert_eq!(lamp.high_price.map(|price| price.to_string()).as_deref(), Some("€96"));
    assert_eq!((lamp.standard_price.to_string().as_str(), lamp.lead_time_days), ("€51", 5));
    test.change_lamp(|lamp| lamp.name = "Reading lamp".to_owned()).await;
    assert_eq!(test.shop.list("", 1, Language::default()).await.unwrap().items[0].name, "Reading lamp");
}

#[tokio::test]
async fn the_list_is_searched_and_comes_in_pages() {
    let test = TestShop::empty().await;
    for index in 1..=30 {
        let product = LAMP.replace("Desk lamp", &format!("Lamp No. {index}"));
        write_product(&test.catalogue(), &format!("lamp-{index:02}"), &product, "");
    }
    assert_eq!(test.shop.load_catalogue(&test.catalogue()).await.unwrap().added.len(), 30);
    for (page, shown, first) in
        [(1, 24, "lamp-01"), (2, 6, "lamp-25"), (0, 24, "lamp-01"), (99, 6, "lamp-25")]
    {
        let list = test.shop.list("", page, Language::default()).await.unwrap();
        assert_eq!(
            (list.items.len(), list.items[0].slug.as_str(), list.pages, list.total),
            (shown, first, 2, 30)
        );
    }
    let found = |list: shop::ProductList| list.items.iter().map(|item| item.name.clone()).collect::<Vec<_>>();
    assert_eq!(
        found(test.shop.list("  no. LAMP 17 desk ", 1, Language::default()).await.unwrap()),
        ["Lamp No. 17"]
    );
    assert_eq!(found(test.shop.list("chair", 3, Language::default()).await.unwrap()), [""; 0]);
    assert_eq!(test.shop.list(&"x".repeat(100_000), 1, Language::default()).await.unwrap().pages, 1);
}

/// What the lamp is prepared as, with this artifact.
async fn prepared(test: &TestShop, artifact: PackedArtifact) -> Prepared {
    let listing = test.shop.list("", 1, Language::default()).await.unwrap().items.remove(0);
    Prepared {
        format: FORMAT,
        name: listing.name,
        summary: listing.summary,
        texts: Vec::new(),
        found_by: String::new(),
        currency: "EUR".to_owned(),
        low_price: listing.low_price.amount,
        high_price: listing.high_price.map(|price| price.amount),
        standard_price: listing.standard_price.amount,
        lead_time_days: listing.lead_time_days,
        artifact,
    }
}

/// A shop that has nothing in memory yet, and this in its store as the lamp's artifact.
async fn with_kept(test: &TestShop, artifact: PackedArtifact) -> Shop {
    let prepared = prepared(test, artifact).await;
    test.store.keep_prepared(&slug("lamp"), number(1), &prepared).await.unwrap();
    Shop::new(Arc::clone(&test.store), Arc::clone(&test.environment) as Arc<dyn shop::Environment>)
}

#[tokio::test]
async fn a_kept_artifact_is_used_and_not_made_again() {
    let test = TestShop::with_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let mut other = Artifact::from_bytes(&lamp.artifact.unpack().unwrap()).unwrap();
    other.drawings.clear();
    let kept = PackedArtifact::pack(&other.to_bytes());
    let shop = with_kept(&test, kept.clone()).await;
    let again = shop.live(&slug("lamp")).await.unwrap();
    assert_eq!(again.artifact, kept);
    assert!(again.product.product() == lamp.product.product());
}

/// As a release would leave it that made something else of the same source.
#[tokio::test]
async fn a_kept_artifact_of_another_product_is_made_anew() {
    let test = TestShop::with_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let mut other = Artifact::from_bytes(&lamp.artifact.unpack().unwrap()).unwrap();
    other.product.base_price += 1;
    let shop = with_kept(&test, PackedArtifact::pack(&other.to_bytes())).await;
    let again = shop.live(&slug("lamp")).await.unwrap();
    assert_eq!(again.artifact, lamp.artifact);
    assert!(again.product.product() == lamp.product.product());
}

#[tokio::test]
async fn a_product_that_can_not_be_read_keeps_no_other_off_the_list() {
    let test = TestShop::with_lamp().await;
    let row = test.store.revision(&slug("lamp"), number(1)).await.unwrap().unwrap();
    for (name, hash) in [("broken", "0000000000000000"), ("sound", row.hash.as_str())] {
        let product = NewProduct {
            slug: slug(name),
            bundle: row.bundle.clone(),
            hash: hash.to_owned(),
            at: row.published_at,
            by: "somebody".to_owned(),
            note: String::new(),
            past: Vec::new(),
            prepared: prepared(&test, PackedArtifact::pack(b"none")).await,
        };
        assert!(test.store.add_product(&product).await.unwrap());
    }
    test.forget_prepared().await;
    let shop =
        Shop::new(Arc::clone(&test.store), Arc::clone(&test.environment) as Arc<dyn shop::Environment>);
    assert_eq!(shop.prepare_all().await.unwrap(), 2);
    let listed: Vec<_> = shop
        .list("", 1, Language::default())
        .await
        .unwrap()
        .items
        .into_iter()
        .map(|item| item.slug)
        .collect();
    assert_eq!(listed, [slug("lamp"), slug("sound")]);
}

/// Once, everything was forgotten with the 257th.
#[tokio::test]
async fn three_hundred_small_products_stay_in_memory() {
    let test = TestShop::with_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let row = test.store.revision(&slug("lamp"), number(1)).await.unwrap().unwrap();
    let address = |index: u32| slug(&format!("lamp-{index}"));
    for index in 0..300 {
        let product = NewProduct {
            slug: address(index),
            bundle: row.bundle.clone(),
            hash: row.hash.clone(),
            at: row.published_at,
            by: row.published_by.clone(),
            note: String::new(),
            past: Vec::new(),
            prepared: prepared(&test, lamp.artifact.clone()).await,
        };
        assert!(test.store.add_product(&product).await.unwrap());
    }
    let mut first = Vec::new();
    for index in 0..300 {
        first.push(test.shop.live(&address(index)).await.unwrap());
    }
    for (index, first) in (0..).zip(&first) {
        let again = test.shop.live(&address(index)).await.unwrap();
        assert!(Arc::ptr_eq(&again, first), "{index}");
    }
}

#[tokio::test]
async fn a_damaged_artifact_is_made_anew() {
    let test = TestShop::with_lamp().await;
    let sound = test.shop.live(&slug("lamp")).await.unwrap().artifact.clone();
    type Damage = fn(&mut PackedArtifact);
    let damages: [Damage; 4] = [
        |artifact| artifact.brotli.truncate(40),
        |artifact| artifact.brotli.clear(),
        |artifact| artifact.hash = "0123456789abcdef".to_owned(),
        |artifact| *artifact = PackedArtifact::pack(b"no artifact"),
    ];
    for damage in damages {
        let mut damaged = sound.clone();
        damage(&mut damaged);
        let shop = with_kept(&test, damaged).await;
        assert_eq!(shop.live(&slug("lamp")).await.unwrap().artifact, sound);
        let kept = test.store.artifact(&slug("lamp"), number(1), FORMAT).await.unwrap();
        assert_eq!(kept.as_ref(), Some(&sound), "it is kept in place of the damaged one");
    }
}

/// As a database of another release.
#[tokio::test]
async fn what_is_not_prepared_is_made_in_the_background_or_when_it_is_asked_for() {
    let test = TestShop::with_lamp().await;
    test.forget_prepared().await;
    assert_eq!(test.shop.list("", 1, Language::default()).await.unwrap().total, 0);
    let fresh =
        || Shop::new(Arc::clone(&test.store), Arc::clone(&test.environment) as Arc<dyn shop::Environment>);
    let shop = fresh();
    assert_eq!(shop.prepare_all().await.unwrap(), 1);
    assert_eq!(shop.prepare_all().await.unwrap(), 0);
    assert_eq!(shop.list("", 1, Language::default()).await.unwrap().total, 1);

    test.forget_prepared().await;
    let shop = Arc::new(fresh());
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let shop = Arc::clone(&shop);
            tokio::spawn(async move { shop.live(&slug("lamp")).await.unwrap() })
        })
        .collect();
    let mut revisions = Vec::new();
    for waiting in waiting {
        revisions.push(waiting.await.unwrap());
    }
    assert!(revisions.iter().all(|revision| Arc::ptr_eq(revision, &revisions[0])), "it is made once for all");
    assert_eq!(shop.list("", 1, Language::default()).await.unwrap().total, 1);
}

/// It takes memory and a core, so that several at once would leave none for others.
#[tokio::test]
async fn what_is_not_prepared_is_made_one_after_the_other() {
    let test = TestShop::with_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let row = test.store.revision(&slug("lamp"), number(1)).await.unwrap().unwrap();
    let addresses: Vec<_> = ["lamp", "lamp-2", "lamp-3", "lamp-4"].map(slug).to_vec();
    for address in &addresses[1..] {
        let product = NewProduct {
            slug: address.clone(),
            bundle: row.bundle.clone(),
            hash: row.hash.clone(),
            at: row.published_at,
            by: row.published_by.clone(),
            note: String::new(),
            past: Vec::new(),
            prepared: prepared(&test, lamp.artifact.clone()).await,
        };
        assert!(test.store.add_product(&product).await.unwrap());
    }
    // Prepared ones are not held up by each other, others are, and all of them are made.
    for (is_prepared, together) in [(true, 4), (false, 1)] {
        if !is_prepared {
            test.forget_prepared().await;
        }
        let environment = Arc::clone(&test.environment) as Arc<dyn shop::Environment>;
        let executor = Executor::new(1, Duration::from_secs(60));
        let shop = Arc::new(Shop::new(Arc::clone(&test.store), environment).with_executor(executor.clone()));
        let (release, released) = std::sync::mpsc::channel::<()>();
        let busy = executor.clone();
        let busy = tokio::spawn(async move { busy.run(move || released.recv()).await });
        while executor.load().running == 0 {
            tokio::task::yield_now().await;
        }
        let asked: Vec<_> = addresses
            .iter()
            .map(|address| {
                let (shop, address) = (Arc::clone(&shop), address.clone());
                tokio::spawn(async move { shop.live(&address).await })
            })
            .collect();
        let waiting = async {
            while executor.load().waiting < together {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), waiting).await.unwrap();
        // Whoever else wanted to would be there by now.
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(executor.load().waiting, together);
        drop(release);
        for asked in asked {
            asked.await.unwrap().unwrap();
        }
        busy.await.unwrap().unwrap().unwrap_err();
    }
}

/// As an update leaves it that came after others.
#[tokio::test]
async fn what_older_releases_prepared_is_cleared_away_once_all_is_prepared() {
    let test = TestShop::with_lamp().await;
    let lamp = test.shop.live(&slug("lamp")).await.unwrap();
    let formats = [1, FORMAT - 1, FORMAT, FORMAT + 1];
    for format in formats {
        let kept = Prepared { format, ..prepared(&test, lamp.artifact.clone()).await };
        test.store.keep_prepared(&slug("lamp"), number(1), &kept).await.unwrap();
    }
    test.shop.prepare_all().await.unwrap();
    let mut left = Vec::new();
    for format in formats {
        if test.store.artifact(&slug("lamp"), number(1), format).await.unwrap().is_some() {
            left.push(format);
        }
    }
    assert_eq!(left, [FORMAT - 1, FORMAT, FORMAT + 1], "releases that share the database need theirs");
}

#[tokio::test]
async fn what_is_not_there_is_said_with_what_is() {
    let test = TestShop::with_lamp().await;
    let error = test.shop.live(&slug("lmap")).await.unwrap_err();
    let ShopError::UnknownProduct { slug: asked, known } = error else { panic!("{error}") };
    assert_eq!((asked.as_str(), known), ("lmap", vec![(slug("lamp"), "Desk lamp".to_owned())]));
    let error = test.shop.revision(&slug("lamp"), number(2)).await.unwrap_err();
    assert!(
        matches!(&error, ShopError::UnknownRevision { slug, number } if slug.as_str() == "lamp" && number.get() == 2),
        "{error}"
    );
    assert!(matches!(
        test.shop.revision(&slug("lmap"), number(1)).await.unwrap_err(),
        ShopError::UnknownProduct { .. }
    ));
}

#[test]
fn past_orders_are_reported_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let report = |past: &str| {
        let lamp = write_product(folder.path(), "lamp", LAMP, past);
        read_folder(&lamp).unwrap_err().join("\n")
    };
    for (past, place, words) in [
        ("[[orders]]\nuse = \"cooking\"\ncount = 1", "2:7", "there is no use 'cooking'"),
        ("[[orders]]\ncount = 0", "2:9", "the count is 0"),
        ("[[orders]]\ncount = 1\nchoices = { shade = \"gold\" }", "3:21", "Shade has no option 'gold'"),
        ("[[orders]]\ncount = 1\nchoices = { shade = \"brass\", arm = \"long\" }", "1:1", "too heavy"),
        ("[[orders]]\ncuont = 1", "2:1", "cuont"),
    ] {
        let report = report(past);
        assert!(report.contains(&format!("past-orders.toml:{place}: ")), "{report}");
        assert!(report.contains(words), "{report}");
    }
}

#[test]
fn past_orders_are_completed_from_the_standard() {
    let folder = tempfile::tempdir().unwrap();
    let past = "[[orders]]\nuse = \"drawing\"\ncount = 4\nchoices = { arm = \"long\", height = 60, extras = [\"dimmer\", \"clamp\"] }";
    let (_, product, past) = read_folder(&write_product(folder.path(), "lamp", LAMP, past)).unwrap();
    assert_eq!((past.len(), past[0].stated_use.as_deref(), past[0].count), (1, Some("drawing"), 4));
    assert_eq!(past[0].choices.len(), product.attributes.len());
    assert!(past[0].choices.contains(&("shade".to_owned(), "linen".to_owned())));
    assert!(past[0].choices.contains(&("extras".to_owned(), "dimmer,clamp".to_owned())));
}

/// Every demo product that is there loads, can be ordered as it is, and has a default for every use.
#[tokio::test]
async fn the_demo_products_load() {
    let catalogue = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    let test = TestShop::empty().await;
    let started = Instant::now();
    let loaded = test.shop.load_catalogue(&catalogue).await.unwrap();
    println!("loaded {:?} in {:?}", loaded.added, started.elapsed());
    for broken in &loaded.broken {
        println!("{}", broken.report.join("\n"));
    }
    assert_eq!(loaded.broken, []);
    for listing in test.shop.list("", 1, Language::default()).await.unwrap().items {
        let revision = test.shop.live(&listing.slug).await.unwrap();
        let started = Instant::now();
        let standard = revision.product.quote(revision.product.standard()).total;
        assert!(listing.low_price.amount <= standard.amount, "{}", revision.slug);
        let uses = revision.product.uses.iter().flat_map(|uses| &uses.answers);
        for stated in uses.map(|answer| Some(answer.code.as_str())).chain([None]) {
            let default = test.shop.default_design(&revision, stated).await.unwrap();
            assert_eq!(revision.product.validate(&default.design), [], "{}", revision.slug);
            println!(
                "{} {stated:?}: {:?}, {} orders",
                revision.slug,
                default.level,
                default.rests_on().orders
            );
        }
        let request = shop::OrderRequest {
            slug: revision.slug.clone(),
            revision: number(1),
            choices: Vec::new(),
            start: Start::Standard,
            quantity: Quantity::ONE,
            buyer: ana(),
            request_id: None,
        };
        assert_eq!(test.shop.place_order(request).await.unwrap().order.total, standard.amount);
        println!("{}: {standard}, from {} ({:?})", revision.slug, listing.low_price, started.elapsed());
    }
}

#[tokio::test]
async fn a_folder_of_a_removed_product_is_refused() {
    let test = TestShop::empty().await;
    let fresh = Fresh { currency: "EUR".into(), attribute: "Shade".into(), options: "One\nTwo".into() };
    let lamp = slug("lamp");
    test.shop.begin_product("Lamp", "lamp", Beginning::Fresh(fresh), "mia").await.unwrap();
    test.shop.change_standing(&lamp, Standing::Begun, Standing::Removed, "mia").await.unwrap();
    let folder = write_product(&test.catalogue(), "lamp", LAMP, "");
    let before = test.shop.draft(&lamp).await.unwrap();
    for publish in [true, false] {
        let update = Update { publish, replace_drafts: true };
        let updated = test.shop.update_from(&folder, update).await.unwrap();
        let Updated::Broken(report) = updated else { panic!("{updated:?}") };
        assert!(report[0].contains("'lamp' was begun in the admin and removed"), "{report:?}");
    }
    assert_eq!(test.shop.draft(&lamp).await.unwrap(), before);
    let agreed = shop::Agreed::Unasked;
    let error = test.shop.publish(&lamp, before.version, "", "ben", agreed).await.unwrap_err();
    assert!(matches!(error, ShopError::StandsOtherwise { .. }), "{error}");
}
