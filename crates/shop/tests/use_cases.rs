//! The use cases, each as a story on a shop of its own.

#![expect(clippy::unwrap_used, reason = "a story that can't go on has failed")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use configurator::ChoiceError;
use configurator::artifact::Artifact;
use configurator::source::RuleSource;
use personalize::{Level, Start};
use shop::catalogue::{FORMAT, PackedArtifact, Prepared};
use shop::{AdminError, Buyer, OrderError, OrderedValue, Shop, ShopError, ValueOrigin, inspect, read_folder};
use testing::{LAMP, TestShop, ana, number, order_number, slug, write_product};
use time::Duration;

/// Where a value of an order came from, for comparing.
fn words(value: &OrderedValue) -> String {
    match &value.origin {
        ValueOrigin::AlwaysSo => "always so".to_owned(),
        ValueOrigin::Chosen => "chosen".to_owned(),
        ValueOrigin::Default { evidence, people } => format!("default, {}", evidence.sentence(people)),
        ValueOrigin::Adjusted => "adjusted".to_owned(),
        ValueOrigin::Sentence(sentence) => sentence.clone(),
    }
}

mod catalogue {
    use super::*;

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
        let [misnamed, misspelt, empty] =
            [0, 1, 2].map(|index: usize| loaded.broken[index].report.join("\n"));
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
        assert_eq!(
            (&artifact.product, &artifact.drawings),
            (&**lamp.product.product(), &lamp.bundle.drawings)
        );
        assert_eq!(artifact.configured().unwrap().write_diagram(), lamp.product.write_diagram());
        assert_eq!(lamp.artifact.hash.len(), 16);
        let again = test.shop.live(&slug("lamp")).await.unwrap();
        assert!(Arc::ptr_eq(&again, &lamp), "revisions stay in memory");
    }

    #[tokio::test]
    async fn the_list_says_what_was_prepared() {
        let test = TestShop::with_lamp().await;
        let list = test.shop.list("", 1).await.unwrap();
        assert_eq!((list.items.len(), list.page, list.pages, list.total), (1, 1, 1, 1));
        let lamp = &list.items[0];
        assert_eq!((lamp.slug.as_str(), lamp.revision, lamp.name.as_str()), ("lamp", number(1), "Desk lamp"));
        assert_eq!(lamp.low_price.to_string(), "€45", "paper, at the lowest height");
        assert_eq!((lamp.standard_price.to_string().as_str(), lamp.lead_time_days), ("€51", 5));
        test.change_lamp(|lamp| lamp.name = "Reading lamp".to_owned()).await;
        assert_eq!(test.shop.list("", 1).await.unwrap().items[0].name, "Reading lamp");
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
            let list = test.shop.list("", page).await.unwrap();
            assert_eq!(
                (list.items.len(), list.items[0].slug.as_str(), list.pages, list.total),
                (shown, first, 2, 30)
            );
        }
        let found =
            |list: shop::ProductList| list.items.iter().map(|item| item.name.clone()).collect::<Vec<_>>();
        assert_eq!(found(test.shop.list("  no. LAMP 17 desk ", 1).await.unwrap()), ["Lamp No. 17"]);
        assert_eq!(found(test.shop.list("chair", 3).await.unwrap()), [""; 0]);
        assert_eq!(test.shop.list(&"x".repeat(100_000), 1).await.unwrap().pages, 1);
    }

    /// The store's artifact of the lamp, changed, and a shop that has nothing in memory yet.
    async fn with_kept(test: &TestShop, change: impl FnOnce(&mut Prepared)) -> Shop {
        let lamp = test.shop.live(&slug("lamp")).await.unwrap();
        let listing = test.shop.list("", 1).await.unwrap().items.remove(0);
        let mut prepared = Prepared {
            format: FORMAT,
            name: listing.name,
            summary: listing.summary,
            currency: "EUR".to_owned(),
            low_price: listing.low_price.amount,
            standard_price: listing.standard_price.amount,
            lead_time_days: listing.lead_time_days,
            artifact: lamp.artifact.clone(),
        };
        change(&mut prepared);
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
        let shop = with_kept(&test, |prepared| prepared.artifact = kept.clone()).await;
        let again = shop.live(&slug("lamp")).await.unwrap();
        assert_eq!(again.artifact, kept);
        assert!(again.product == lamp.product);
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
            let shop = with_kept(&test, |prepared| damage(&mut prepared.artifact)).await;
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
        assert_eq!(test.shop.list("", 1).await.unwrap().total, 0);
        let fresh = || {
            Shop::new(Arc::clone(&test.store), Arc::clone(&test.environment) as Arc<dyn shop::Environment>)
        };
        let shop = fresh();
        assert_eq!(shop.prepare_all().await.unwrap(), 1);
        assert_eq!(shop.prepare_all().await.unwrap(), 0);
        assert_eq!(shop.list("", 1).await.unwrap().total, 1);

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
        assert!(
            revisions.iter().all(|revision| Arc::ptr_eq(revision, &revisions[0])),
            "it is made once for all"
        );
        assert_eq!(shop.list("", 1).await.unwrap().total, 1);
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
        for listing in test.shop.list("", 1).await.unwrap().items {
            let revision = test.shop.live(&listing.slug).await.unwrap();
            let started = Instant::now();
            let standard = revision.product.quote(revision.product.standard()).total;
            assert!(listing.low_price.amount <= standard.amount, "{}", revision.slug);
            let uses = revision.product.uses.iter().flat_map(|uses| &uses.answers);
            for stated in uses.map(|answer| Some(answer.code.as_str())).chain([None]) {
                let default = test.shop.default_design(&revision, stated).await.unwrap();
                assert_eq!(revision.product.validate(&default.design), [], "{}", revision.slug);
                println!("{} {stated:?}: {:?}, {} orders", revision.slug, default.level, default.orders);
            }
            let request = shop::OrderRequest {
                slug: revision.slug.clone(),
                revision: number(1),
                choices: Vec::new(),
                start: Start::Standard,
                buyer: ana(),
                request_id: None,
            };
            assert_eq!(test.shop.place_order(request).await.unwrap().total, standard.amount);
            println!("{}: {standard}, from {} ({:?})", revision.slug, listing.low_price, started.elapsed());
        }
    }
}

mod ordering {
    use super::*;

    #[tokio::test]
    async fn an_order_is_a_snapshot_of_the_design() {
        let test = TestShop::with_lamp().await;
        let order = test
            .lamp()
            .choosing("shade", "brass")
            .choosing("name", "Ana")
            .choosing("height", "60")
            .placed()
            .await;

        assert_eq!(
            (order.number, order.revision, order.product_name.as_str()),
            (order_number(1_001), number(1), "Desk lamp")
        );
        assert_eq!(
            (order.token.len(), order.currency.as_str(), order.stated_use.as_deref()),
            (32, "EUR", None)
        );
        let lines: Vec<_> = order.lines.iter().map(|line| (line.label.as_str(), line.amount)).collect();
        let expected = [
            ("Base price", 5_000),
            ("Shade: Brass", 2_000),
            ("Height: 60 cm", 300),
            ("Engraving: “Ana”", 1_200),
        ];
        assert_eq!(lines, expected);
        assert_eq!((order.total, order.lead_time_days, order.weight, order.points), (8_500, 5, 2_300, 3));
        let values: Vec<_> = order
            .design
            .iter()
            .map(|value| (value.code.as_str(), value.words.as_str(), words(value)))
            .collect();
        let expected = [
            ("base", "Cast iron", "always so".to_owned()),
            ("shade", "Brass", "chosen".to_owned()),
            ("arm", "Short", "default, Our standard".to_owned()),
            ("extras", "None", "default, Our standard".to_owned()),
            ("height", "60 cm", "chosen".to_owned()),
            ("name", "“Ana”", "chosen".to_owned()),
        ];
        assert_eq!(values, expected);
        assert!(
            order.picture.contains("#b5892e") && order.picture.contains(">Ana</text>"),
            "{}",
            order.picture
        );

        assert_eq!(test.shop.order(&order.token).await.unwrap().as_ref(), Some(&order));
        assert_eq!(test.shop.order_by_number(order_number(1_001)).await.unwrap().as_ref(), Some(&order));
        assert_eq!(test.shop.orders(None, 10).await.unwrap(), [order]);
        assert_eq!(test.shop.order("").await.unwrap(), None);
    }

    #[tokio::test]
    async fn what_the_choices_need_is_added_and_said() {
        let test = TestShop::with_lamp().await;
        let order = test.lamp().choosing("arm", "long").placed().await;
        let extras = order.design.iter().find(|value| value.code == "extras").unwrap();
        assert_eq!((extras.words.as_str(), &extras.origin), ("Clamp", &ValueOrigin::Adjusted));
        assert_eq!((order.total, order.lead_time_days), (5_000 + 1_500 + 400 + 100, 7));
    }

    #[tokio::test]
    async fn designs_that_cannot_be_built_are_refused_with_reasons() {
        let test = TestShop::with_lamp().await;
        let reasons = test.lamp().choosing("shade", "brass").choosing("arm", "long").refused().await;
        assert!(reasons[0].contains("A brass shade is too heavy for the long arm."), "{reasons:?}");
        let reasons = test.lamp().choosing("arm", "long").choosing("extras", "dimmer").refused().await;
        assert!(reasons[0].contains("The long arm needs a clamp."), "{reasons:?}");
        let over =
            test.lamp().choosing("arm", "long").choosing("extras", "dimmer,clamp").choosing("name", "A");
        let reasons = over.choosing("height", "60").refused().await;
        assert!(reasons[0].contains("5 of 4 points"), "{reasons:?}");
        assert_eq!(test.shop.orders(None, 10).await.unwrap(), []);
    }

    #[tokio::test]
    async fn choices_that_do_not_exist_are_refused() {
        let test = TestShop::with_lamp().await;
        for (attribute, value) in [
            ("price", "1"),
            ("shade", "gold"),
            ("shade", ""),
            ("extras", "dimmer,laser"),
            ("height", "45"),
            ("height", "99999999999999999999"),
            ("name", "<script>\u{0}"),
            ("name", "a name that is far too long"),
        ] {
            let outcome = test.lamp().choosing(attribute, value).place().await;
            assert!(matches!(outcome, Err(OrderError::Choice(_))), "{attribute} = {value}: {outcome:?}");
        }
        let error = test.lamp().choosing("shade", "bras").place().await.unwrap_err();
        assert!(matches!(error, OrderError::Choice(ChoiceError::UnknownOption { .. })), "{error:?}");
        assert!(error.to_string().contains("brass"), "{error}");
    }

    #[tokio::test]
    async fn markup_in_texts_stays_text() {
        let test = TestShop::with_lamp().await;
        let order = test.lamp().choosing("name", "<b>&amp;\"").placed().await;
        assert!(order.picture.contains("&lt;b&gt;&amp;amp;&quot;"), "{}", order.picture);
    }

    #[tokio::test]
    async fn the_buyer_is_told_what_is_missing() {
        let test = TestShop::with_lamp().await;
        let buyer = Buyer { email: "ana@example".to_owned(), address: String::new(), ..ana() };
        let error = test.lamp().by(buyer).place().await.unwrap_err();
        let OrderError::Buyer(fields) = error else { panic!("{error}") };
        assert_eq!(fields.iter().map(|field| field.field).collect::<Vec<_>>(), ["email", "address"]);
        let advice = "Enter the e-mail address where we can reach you, such as ana@example.org.";
        assert_eq!(fields[0].message, advice);
    }

    #[tokio::test]
    async fn ordering_twice_with_one_id_orders_once() {
        let test = TestShop::with_lamp().await;
        let first = test.lamp().choosing("shade", "brass").with_request_id("7").placed().await;
        test.change_lamp(|lamp| lamp.base_price = 9_900).await;
        let again = test.lamp().choosing("shade", "brass").with_request_id("7").placed().await;
        assert_eq!(again, first);

        let other = Buyer { email: "eve@example.org".to_owned(), ..ana() };
        let theirs = test.lamp().with_request_id("7").by(other).placed().await;
        assert_ne!(theirs.number, first.number, "a guessed id shows nobody's order");
        let blank = test.lamp().with_request_id(" ").placed().await;
        assert_ne!(blank.number, test.lamp().with_request_id(" ").placed().await.number);
    }

    #[tokio::test]
    async fn products_and_revisions_that_are_not_there_cannot_be_ordered() {
        let test = TestShop::with_lamp().await;
        let outcome = test.lamp().of_revision(2).place().await;
        assert!(matches!(outcome, Err(OrderError::Shop(ShopError::UnknownRevision { .. }))), "{outcome:?}");
    }

    #[tokio::test]
    async fn fifty_shoppers_at_once_have_fifty_orders() {
        let test = TestShop::with_lamp().await;
        let mut orders = tokio::task::JoinSet::new();
        let shop = Arc::new(test.shop);
        for index in 0..50 {
            let shop = Arc::clone(&shop);
            orders.spawn(async move {
                let request = shop::OrderRequest {
                    slug: slug("lamp"),
                    revision: number(1),
                    choices: vec![("name".to_owned(), index.to_string())],
                    start: Start::Standard,
                    buyer: ana(),
                    request_id: Some(index.to_string()),
                };
                shop.place_order(request).await.unwrap().number.get()
            });
        }
        let mut numbers = orders.join_all().await;
        numbers.sort_unstable();
        assert_eq!(numbers, (1_001..=1_050).collect::<Vec<i64>>());
    }
}

mod publishing {
    use super::*;

    #[tokio::test]
    async fn open_designs_keep_the_prices_of_their_revision() {
        let test = TestShop::with_lamp().await;
        let before = test.lamp().choosing("shade", "brass").placed().await;
        assert_eq!(test.change_lamp(|lamp| lamp.base_price = 9_900).await, number(2));

        assert_eq!(test.shop.live(&slug("lamp")).await.unwrap().number, number(2));
        assert_eq!(test.lamp().choosing("shade", "brass").placed().await.total, before.total);
        let new = test.lamp().of_revision(2).choosing("shade", "brass").placed().await;
        assert_eq!(new.total, before.total + 4_900);
        assert_eq!(test.shop.order(&before.token).await.unwrap(), Some(before));
        let history: Vec<_> = test
            .shop
            .revisions(&slug("lamp"))
            .await
            .unwrap()
            .into_iter()
            .map(|info| (info.number, info.live, info.orders, info.published_by, info.note))
            .collect();
        assert_eq!(history[0], (number(2), true, 1, "mia".to_owned(), "a change".to_owned()));
        assert_eq!((history[1].0, history[1].1, history[1].2), (number(1), false, 2));
    }

    #[tokio::test]
    async fn a_draft_begins_as_the_live_revision() {
        let test = TestShop::with_lamp().await;
        let draft = test.shop.draft(&slug("lamp")).await.unwrap();
        assert_eq!(
            (draft.version, draft.base, draft.changed_by.as_str(), draft.changed_at),
            (0, number(1), "", None)
        );
        assert_eq!(draft.bundle, test.shop.live(&slug("lamp")).await.unwrap().bundle);

        let version = test.edit_lamp(|lamp| lamp.base_price = 1).await;
        let draft = test.shop.draft(&slug("lamp")).await.unwrap();
        assert_eq!(
            (draft.version, draft.bundle.source.base_price, draft.changed_by.as_str()),
            (version, 1, "mia")
        );
        assert_eq!(test.shop.live(&slug("lamp")).await.unwrap().bundle.source.base_price, 5_000);

        test.shop.discard_draft(&slug("lamp")).await.unwrap();
        assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().version, 0);
    }

    #[tokio::test]
    async fn a_lost_race_for_a_draft_is_said() {
        let test = TestShop::with_lamp().await;
        let opened = test.shop.draft(&slug("lamp")).await.unwrap();
        let version = test.edit_lamp(|lamp| lamp.base_price = 1).await;
        let error =
            test.shop.save_draft(&slug("lamp"), opened.version, opened.bundle, "ben").await.unwrap_err();
        assert!(
            matches!(&error, ShopError::DraftChanged { changed_by: Some(by), .. } if by == "mia"),
            "{error}"
        );
        assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().bundle.source.base_price, 1);
        let error = test.shop.publish(&slug("lamp"), version + 1, "", "ben").await.unwrap_err();
        assert!(matches!(error, ShopError::DraftChanged { .. }), "{error}");
        test.shop.discard_draft(&slug("lamp")).await.unwrap();
        let error = test.shop.publish(&slug("lamp"), version, "", "mia").await.unwrap_err();
        assert!(matches!(error, ShopError::DraftChanged { changed_by: None, .. }), "{error}");
    }

    #[tokio::test]
    async fn nothing_new_is_not_published() {
        let test = TestShop::with_lamp().await;
        let error = test.shop.publish(&slug("lamp"), 0, "", "mia").await.unwrap_err();
        assert!(matches!(error, ShopError::NothingToPublish), "{error}");
        let version = test.edit_lamp(|_| {}).await;
        let error = test.shop.publish(&slug("lamp"), version, "", "mia").await.unwrap_err();
        assert!(matches!(error, ShopError::NothingToPublish), "{error}");
    }

    #[tokio::test]
    async fn what_is_not_sound_is_not_published() {
        let test = TestShop::with_lamp().await;
        let rule = |text: &str| RuleSource {
            code: "new_rule".to_owned(),
            rule: text.to_owned(),
            sentence: "That does not go.".to_owned(),
        };
        type Change = Box<dyn FnOnce(&mut configurator::source::Source)>;
        let changes: [(Change, &str, &str); 4] = [
            (Box::new(move |lamp| lamp.rules.push(rule("shade = "))), "rules.2.rule", ""),
            (
                Box::new(move |lamp| lamp.rules[2] = rule("shade = brass")),
                "rules.2.rule",
                "the standard design",
            ),
            (
                Box::new(move |lamp| lamp.rules[2] = rule("shade != paper")),
                "attributes.1.options.2",
                "'Paper'",
            ),
            (
                Box::new(|lamp| {
                    lamp.rules.pop();
                    lamp.layers[0].file = Some("missing.svg".to_owned());
                }),
                "layers.0.file",
                "missing",
            ),
        ];
        for (change, place, words) in changes {
            let version = test.edit_lamp(change).await;
            let error = test.shop.publish(&slug("lamp"), version, "", "mia").await.unwrap_err();
            let ShopError::NotPublishable(problems) = error else { panic!("{error}") };
            assert_eq!(problems[0].place, place);
            assert!(problems[0].message.contains(words), "{problems:?}");
            let bundle = test.shop.draft(&slug("lamp")).await.unwrap().bundle;
            assert_eq!(
                inspect(&bundle).unwrap_err(),
                problems,
                "what the editor shows is what the gate says"
            );
        }
        assert_eq!(test.shop.live(&slug("lamp")).await.unwrap().number, number(1));
        assert_eq!(test.shop.revisions(&slug("lamp")).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn rolling_back_brings_the_old_prices_back() {
        let test = TestShop::with_lamp().await;
        test.change_lamp(|lamp| lamp.base_price = 9_900).await;
        test.shop.roll_back(&slug("lamp"), number(1), "ben").await.unwrap();
        assert_eq!(test.shop.live(&slug("lamp")).await.unwrap().number, number(1));
        assert_eq!(
            test.change_lamp(|lamp| lamp.base_price = 5_100).await,
            number(3),
            "the draft began from the rolled back one"
        );
        let error = test.shop.roll_back(&slug("lamp"), number(9), "ben").await.unwrap_err();
        assert!(matches!(error, ShopError::UnknownRevision { .. }), "{error}");
        assert!(matches!(
            test.shop.roll_back(&slug("lmap"), number(1), "ben").await,
            Err(ShopError::UnknownProduct { .. })
        ));
        let audit = test.store.audit(10).await.unwrap();
        let actions: Vec<_> = audit.iter().map(|entry| (entry.action.as_str(), entry.by.as_str())).collect();
        assert_eq!(
            actions,
            [("publish", "mia"), ("roll back", "ben"), ("publish", "mia"), ("add", "atelier")]
        );
    }
}

mod personal_defaults {
    use super::*;

    const PAST: &str = r#"
[[orders]]
use = "reading"
count = 18
choices = { shade = "brass" }

[[orders]]
use = "reading"
count = 4
choices = { shade = "paper" }

[[orders]]
use = "drawing"
count = 15
choices = { arm = "long", extras = ["clamp", "dimmer"] }
"#;

    #[tokio::test]
    async fn a_use_with_enough_orders_has_its_own_default() {
        let test = TestShop::with_lamp_ordered(PAST).await;
        let lamp = test.shop.live(&slug("lamp")).await.unwrap();
        let shade = lamp.product.by_code("shade").unwrap();
        let readers = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
        assert_eq!(readers.level, Level::SameUse { stated_use: "reading".to_owned() });
        assert_eq!(readers.orders, 22);
        assert_eq!(readers.reason(&lamp.product, shade), "Chosen in 18 of 22 example orders of readers");

        let order = test.lamp().for_use("reading").choosing("height", "30").placed().await;
        let origins: Vec<_> = order.design.iter().map(|value| (value.words.as_str(), words(value))).collect();
        assert_eq!(origins[1], ("Brass", "default, Chosen in 18 of 22 example orders of readers".to_owned()));
        assert_eq!(origins[4], ("30 cm", "chosen".to_owned()));
        assert_eq!(order.stated_use.as_deref(), Some("reading"));
        assert_eq!(order.total, 5_000 + 2_000);
    }

    #[tokio::test]
    async fn too_few_orders_fall_back_to_everybody_and_then_to_the_standard() {
        let test = TestShop::with_lamp_ordered(PAST).await;
        let lamp = test.shop.live(&slug("lamp")).await.unwrap();
        for stated_use in [Some("drawing"), None, Some("no such use")] {
            let default = test.shop.default_design(&lamp, stated_use).await.unwrap();
            assert_eq!((default.level, default.orders), (Level::Everybody, 37), "{stated_use:?}");
        }
        let test = TestShop::with_lamp().await;
        let lamp = test.shop.live(&slug("lamp")).await.unwrap();
        let default = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
        assert_eq!((default.level, &default.design), (Level::Standard, lamp.product.standard()));
    }

    #[tokio::test]
    async fn orders_teach_within_a_minute() {
        let test = TestShop::with_lamp_ordered(PAST).await;
        let lamp = test.shop.live(&slug("lamp")).await.unwrap();
        assert_eq!(test.shop.default_design(&lamp, Some("drawing")).await.unwrap().level, Level::Everybody);
        for _ in 0..5 {
            let order =
                test.lamp().for_use("drawing").choosing("arm", "long").choosing("extras", "clamp,dimmer");
            order.choosing("shade", "linen").choosing("height", "40").placed().await;
        }
        test.lamp().for_use("no such use").placed().await;
        let default = test.shop.default_design(&lamp, Some("drawing")).await.unwrap();
        assert_eq!(default.level, Level::Everybody, "a page view within the minute costs nothing");
        test.environment.wait(Duration::minutes(1));
        let default = test.shop.default_design(&lamp, Some("drawing")).await.unwrap();
        assert_eq!(
            (default.level, default.orders),
            (Level::SameUse { stated_use: "drawing".to_owned() }, 20)
        );
    }

    #[tokio::test]
    async fn designs_that_a_new_revision_does_not_know_teach_it_nothing() {
        let test = TestShop::with_lamp_ordered(PAST).await;
        test.change_lamp(|lamp| {
            lamp.attributes[1].options.retain(|option| option.code != "brass");
            lamp.rules.retain(|rule| rule.code != "brass_is_heavy");
        })
        .await;
        let lamp = test.shop.live(&slug("lamp")).await.unwrap();
        let default = test.shop.default_design(&lamp, Some("reading")).await.unwrap();
        assert_eq!((default.level, default.orders), (Level::Standard, 0), "19 orders are left of 37");
    }
}

mod administrators {
    use super::*;

    const PASSWORD: &str = "correct horse battery";

    async fn with_mia() -> TestShop {
        let test = TestShop::empty().await;
        let token = test.shop.invite("mia@example.org").await.unwrap();
        test.shop.accept_invite(&token, PASSWORD).await.unwrap();
        test
    }

    #[tokio::test]
    async fn an_invitation_leads_to_a_session() {
        let test = TestShop::empty().await;
        let token = test.shop.invite("  Mia@Example.ORG ").await.unwrap();
        assert_eq!(token.len(), 64);
        assert_eq!(test.shop.invited(&token).await.unwrap().as_deref(), Some("mia@example.org"));
        assert_eq!(test.shop.invited("guess").await.unwrap(), None);

        let error = test.shop.accept_invite(&token, "too short").await.unwrap_err();
        assert!(matches!(error, AdminError::PasswordLength { least: 10, .. }), "{error}");
        let session = test.shop.accept_invite(&token, PASSWORD).await.unwrap();
        assert_eq!(test.shop.administrator(&session).await.unwrap().unwrap().email, "mia@example.org");
        let error = test.shop.accept_invite(&token, PASSWORD).await.unwrap_err();
        assert!(matches!(error, AdminError::InviteNotValid), "{error}");
        assert_eq!(test.shop.administrator(&token).await.unwrap(), None, "an invitation is no session");
    }

    #[tokio::test]
    async fn invitations_need_an_address_and_end_after_two_days() {
        let test = TestShop::empty().await;
        assert!(matches!(test.shop.invite("mia").await, Err(ShopError::NotAnEmail { .. })));
        let token = test.shop.invite("mia@example.org").await.unwrap();
        test.environment.wait(Duration::hours(48) - Duration::milliseconds(1));
        assert!(test.shop.invited(&token).await.unwrap().is_some());
        test.environment.wait(Duration::milliseconds(1));
        assert_eq!(test.shop.invited(&token).await.unwrap(), None);
        assert!(matches!(test.shop.accept_invite(&token, PASSWORD).await, Err(AdminError::InviteNotValid)));
    }

    #[tokio::test]
    async fn who_logs_in_stays_for_twelve_hours_or_until_logging_out() {
        let test = with_mia().await;
        let session = test.shop.log_in(" MIA@example.org", PASSWORD).await.unwrap();
        test.environment.wait(Duration::hours(12) - Duration::milliseconds(1));
        assert!(test.shop.administrator(&session).await.unwrap().is_some());
        test.environment.wait(Duration::milliseconds(1));
        assert_eq!(test.shop.administrator(&session).await.unwrap(), None);

        let session = test.shop.log_in("mia@example.org", PASSWORD).await.unwrap();
        test.shop.log_out(&session).await.unwrap();
        assert_eq!(test.shop.administrator(&session).await.unwrap(), None);
        test.shop.log_out(&session).await.unwrap();
    }

    #[tokio::test]
    async fn a_wrong_password_and_an_unknown_address_read_alike() {
        let test = with_mia().await;
        test.shop.invite("ben@example.org").await.unwrap();
        for (email, password) in [
            ("mia@example.org", "correct horse batterie"),
            ("eve@example.org", PASSWORD),
            ("ben@example.org", PASSWORD),
            ("", ""),
        ] {
            let error = test.shop.log_in(email, password).await.unwrap_err();
            assert!(matches!(error, AdminError::NotRecognised), "{email}: {error}");
        }
    }

    #[tokio::test]
    async fn five_failures_lock_an_address_for_a_quarter_of_an_hour() {
        let test = with_mia().await;
        for _ in 0..5 {
            let error = test.shop.log_in("mia@example.org", "wrong password").await.unwrap_err();
            assert!(matches!(error, AdminError::NotRecognised), "{error}");
        }
        let error = test.shop.log_in("Mia@example.org", PASSWORD).await.unwrap_err();
        assert!(matches!(error, AdminError::TooManyAttempts), "{error}");
        test.environment.wait(Duration::minutes(15));
        test.shop.log_in("mia@example.org", PASSWORD).await.unwrap();
    }

    #[tokio::test]
    async fn a_new_invitation_sets_a_new_password_and_ends_sessions() {
        let test = with_mia().await;
        let old = test.shop.log_in("mia@example.org", PASSWORD).await.unwrap();
        let token = test.shop.invite("mia@example.org").await.unwrap();
        let new = test.shop.accept_invite(&token, "another horse").await.unwrap();
        assert_eq!(test.shop.administrator(&old).await.unwrap(), None);
        assert!(test.shop.administrator(&new).await.unwrap().is_some());
        assert!(matches!(
            test.shop.log_in("mia@example.org", PASSWORD).await,
            Err(AdminError::NotRecognised)
        ));
        test.shop.log_in("mia@example.org", "another horse").await.unwrap();
    }

    #[tokio::test]
    async fn tokens_are_not_in_the_database() {
        let test = with_mia().await;
        let token = test.shop.invite("ben@example.org").await.unwrap();
        let session = test.shop.log_in("mia@example.org", PASSWORD).await.unwrap();
        for file in ["shop.db", "shop.db-wal"] {
            let bytes = std::fs::read(test.folder.path().join(file)).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(&token) && !text.contains(&session) && !text.contains(PASSWORD), "{file}");
        }
    }
}
