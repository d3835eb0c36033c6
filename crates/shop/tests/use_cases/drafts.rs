//! Drafts, publishing and going back.

use std::sync::Arc;
use std::time::Duration;

use configurator::RevisionNumber;
use configurator::source::RuleSource;
use shop::access::AuditQuery;
use shop::drafts::{HistoryError, TakenSide, preview_slug};
use shop::{Consent, DesignAddress, Environment, Executor, Opened, Shop, ShopError, Step, inspect};
use testing::{TestShop, number, slug};
use words::Language;

#[tokio::test]
async fn open_designs_keep_the_prices_of_their_revision() {
    let test = TestShop::with_lamp().await;
    let before = test.lamp().choosing("shade", "brass").placed().await;
    assert_eq!(test.change_lamp(|lamp| lamp.base_price = 9_900).await, number(2));

    assert_eq!(test.shop.live(&slug("lamp")).await.unwrap().number, number(2));
    assert_eq!(test.lamp().choosing("shade", "brass").placed().await.total, before.total);
    let new = test.lamp().of_revision(2).choosing("shade", "brass").placed().await;
    assert_eq!(new.total, before.total + 4_900);
    assert_eq!(test.shop.order_by_number(before.number).await.unwrap(), Some(before));
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

    test.shop.discard_draft(&slug("lamp"), version, "mia").await.unwrap();
    assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().version, 0);
}

#[tokio::test]
async fn a_lost_race_for_a_draft_is_said() {
    let test = TestShop::with_lamp().await;
    let opened = test.shop.draft(&slug("lamp")).await.unwrap();
    let version = test.edit_lamp(|lamp| lamp.base_price = 1).await;
    let error = test.shop.save_draft(&slug("lamp"), opened.version, opened.bundle, "ben").await.unwrap_err();
    assert!(matches!(&error, ShopError::DraftChanged { changed_by: Some(by), .. } if by == "mia"), "{error}");
    assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().bundle.source.base_price, 1);
    let error =
        test.shop.publish(&slug("lamp"), version + 1, "", "ben", shop::Agreed::Unasked).await.unwrap_err();
    assert!(matches!(error, ShopError::DraftChanged { .. }), "{error}");
    let error = test.shop.discard_draft(&slug("lamp"), opened.version, "mia").await.unwrap_err();
    assert!(matches!(&error, ShopError::DraftChanged { changed_by: Some(by), .. } if by == "mia"), "{error}");
    assert_eq!(test.shop.draft(&slug("lamp")).await.unwrap().version, version);
    test.shop.discard_draft(&slug("lamp"), version, "mia").await.unwrap();
    let error = test.shop.discard_draft(&slug("lamp"), version, "mia").await.unwrap_err();
    assert!(matches!(error, ShopError::DraftChanged { changed_by: None, .. }), "{error}");
    let error =
        test.shop.publish(&slug("lamp"), version, "", "mia", shop::Agreed::Unasked).await.unwrap_err();
    assert!(matches!(error, ShopError::DraftChanged { changed_by: None, .. }), "{error}");
}

#[tokio::test]
async fn nothing_new_is_not_published() {
    let test = TestShop::with_lamp().await;
    let error = test.shop.publish(&slug("lamp"), 0, "", "mia", shop::Agreed::Unasked).await.unwrap_err();
    assert!(matches!(error, ShopError::NothingToPublish), "{error}");
    let version = test.edit_lamp(|_| {}).await;
    let error =
        test.shop.publish(&slug("lamp"), version, "", "mia", shop::Agreed::Unasked).await.unwrap_err();
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
        (Box::new(move |lamp| lamp.rules[2] = rule("shade = brass")), "rules.2.rule", "the standard design"),
        (Box::new(move |lamp| lamp.rules[2] = rule("shade != paper")), "attributes.1.options.2", "'Paper'"),
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
        let error =
            test.shop.publish(&slug("lamp"), version, "", "mia", shop::Agreed::Unasked).await.unwrap_err();
        let ShopError::NotPublishable(problems) = error else { panic!("{error}") };
        assert_eq!(problems[0].place, place);
        assert!(problems[0].message.contains(words), "{problems:?}");
        let bundle = test.shop.draft(&slug("lamp")).await.unwrap().bundle;
        assert_eq!(inspect(&bundle).unwrap_err(), problems, "what the editor shows is what the gate says");
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
    let audit = test.store.audit(&AuditQuery::newest(10)).await.unwrap();
    let actions: Vec<_> = audit.iter().map(|entry| (entry.action.as_str(), entry.by.as_str())).collect();
    let published = [("publish", "mia"), ("edit", "mia")];
    let expected: [&[_]; 4] = [&published, &[("roll back", "ben")], &published, &[("add", "atelier")]];
    assert_eq!(actions, expected.concat());
}

/// Who changed what: each save says it, in the audit and in the draft's history, and the chain covers it.
#[tokio::test]
async fn the_audit_and_the_history_say_what_each_save_changed() {
    let test = TestShop::with_lamp().await;
    let lamp = slug("lamp");
    let before = test.shop.draft(&lamp).await.unwrap().bundle.source.base_price;
    for price in [5_100, 5_200] {
        let mut draft = test.shop.draft(&lamp).await.unwrap();
        draft.bundle.source.base_price = price;
        test.shop.save_draft(&lamp, draft.version, draft.bundle, "ben").await.unwrap();
    }
    let saves = test.shop.draft_saves(&lamp, i64::MAX, 9).await.unwrap();
    let told: Vec<_> =
        saves.iter().map(|save| (save.version, &*save.by, save.what.lines.join("; "))).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].2.contains("51") && told[0].2.contains("52"), "{told:?}");
    let audit =
        test.shop.audit(&AuditQuery { subject: Some("lamp".to_owned()), ..AuditQuery::newest(9) }).await;
    let edits: Vec<_> = audit.unwrap().into_iter().filter(|entry| entry.action == "edit").collect();
    let newest = format!("2\n{}", told[0].2);
    assert_eq!(edits.iter().map(|entry| &*entry.by).collect::<Vec<_>>(), ["ben", "ben"], "however soon");
    assert_eq!(edits[0].detail, newest);
    assert!(test.shop.verify_audit(None).await.unwrap().is_whole());

    // Going back is a save like others, which undo takes back.
    let refused = test.shop.go_back_to(&lamp, 1, 1, "mia").await.unwrap_err();
    assert!(matches!(refused, HistoryError::Shop(ShopError::DraftChanged { .. })), "{refused}");
    let refused = test.shop.go_back_to(&lamp, 2, 7, "mia").await.unwrap_err();
    assert!(matches!(refused, HistoryError::Forgotten), "{refused}");
    test.shop.go_back_to(&lamp, 2, 1, "mia").await.unwrap();
    let back = test.shop.draft(&lamp).await.unwrap();
    assert_eq!((back.version, back.bundle.source.base_price), (3, 5_100));
    test.shop.go_back_to(&lamp, 3, 1, "mia").await.unwrap();
    assert_eq!(test.shop.draft(&lamp).await.unwrap().version, 3, "it is like that already");
    test.shop.step_draft(&lamp, 3, Step::Undo, "mia").await.unwrap();
    assert_eq!(test.shop.draft(&lamp).await.unwrap().bundle.source.base_price, 5_200);

    // Also to what is live, by the save that discarded it; and from there to what was discarded.
    let version = test.shop.draft(&lamp).await.unwrap().version;
    test.shop.discard_draft(&lamp, version, "mia").await.unwrap();
    let discarded = test.shop.draft_saves(&lamp, i64::MAX, 1).await.unwrap().remove(0);
    assert!(discarded.is_discarded);
    test.shop.go_back_to(&lamp, 0, version, "mia").await.unwrap();
    let again = test.shop.draft(&lamp).await.unwrap();
    assert_eq!(again.bundle.source.base_price, 5_200);
    test.shop.go_back_to(&lamp, again.version, discarded.version, "mia").await.unwrap();
    assert_eq!(test.shop.draft(&lamp).await.unwrap().bundle.source.base_price, before);
}

/// A draft is as long as its product: the threads that serve would stand still while it is read or written.
#[tokio::test]
async fn drafts_are_read_and_written_where_thinking_is_done() {
    let test = TestShop::with_lamp().await;
    let opened = test.shop.draft(&slug("lamp")).await.unwrap();
    let executor = Executor::new(1, Duration::from_millis(20));
    let environment = Arc::clone(&test.environment) as Arc<dyn Environment>;
    let shop = Shop::new(Arc::clone(&test.store), environment).with_executor(executor.clone());
    let (begun, has_begun) = tokio::sync::oneshot::channel();
    let (release, released) = std::sync::mpsc::channel::<()>();
    let thinking = tokio::spawn(async move {
        let work = move || {
            begun.send(()).unwrap();
            released.recv().unwrap();
        };
        executor.run(work).await
    });
    has_begun.await.unwrap();

    assert!(matches!(shop.draft(&slug("lamp")).await, Err(ShopError::Busy)), "the live revision");
    let saved = shop.save_draft(&slug("lamp"), 0, opened.bundle, "mia").await;
    assert!(matches!(saved, Err(ShopError::Busy)), "{saved:?}");
    let version = test.edit_lamp(|_| {}).await;
    assert!(matches!(shop.draft(&slug("lamp")).await, Err(ShopError::Busy)), "the saved draft");
    let published = shop.publish(&slug("lamp"), version, "", "mia", shop::Agreed::Unasked).await;
    assert!(matches!(published, Err(ShopError::Busy)), "{published:?}");

    release.send(()).unwrap();
    thinking.await.unwrap().unwrap();
    assert_eq!(shop.draft(&slug("lamp")).await.unwrap().version, version);
}

#[tokio::test]
async fn changes_and_discards_are_undone_and_done_again() {
    let test = TestShop::with_lamp().await;
    let lamp = slug("lamp");
    let price = async || test.shop.draft(&lamp).await.unwrap().bundle.source.base_price;
    let step = async |step: Step| {
        let version = test.shop.draft(&lamp).await.unwrap().version;
        test.shop.step_draft(&lamp, version, step, "mia").await.unwrap();
        price().await
    };
    assert_eq!(step(Step::Undo).await, 5_000, "nothing was changed yet");
    test.edit_lamp(|lamp| lamp.base_price = 1).await;
    let version = test.edit_lamp(|lamp| lamp.base_price = 2).await;
    test.shop.discard_draft(&lamp, version, "mia").await.unwrap();
    assert_eq!(price().await, 5_000);
    assert_eq!(step(Step::Undo).await, 2, "discarding is taken back");
    assert_eq!(step(Step::Undo).await, 1);
    assert_eq!(step(Step::Undo).await, 5_000);
    assert_eq!(step(Step::Undo).await, 5_000, "there is nothing before");
    assert_eq!(step(Step::Redo).await, 1);
    assert_eq!(step(Step::Redo).await, 2);
    assert_eq!(step(Step::Undo).await, 1);
    test.edit_lamp(|lamp| lamp.base_price = 3).await;
    assert_eq!(step(Step::Redo).await, 3, "what was undone before another change is not done again");
    assert_eq!(step(Step::Undo).await, 1);
    let error = test.shop.step_draft(&lamp, version, Step::Undo, "ben").await.unwrap_err();
    assert!(matches!(error, ShopError::DraftChanged { .. }), "{error}");
}

#[tokio::test]
async fn undo_stays_with_the_revision_that_the_draft_began_as() {
    let test = TestShop::with_lamp().await;
    let lamp = slug("lamp");
    let version = test.edit_lamp(|lamp| lamp.base_price = 6_000).await;
    test.shop.publish(&lamp, version, "", "mia", shop::Agreed::Unasked).await.unwrap();
    let version = test.edit_lamp(|lamp| lamp.base_price = 77).await;
    test.shop.discard_draft(&lamp, version, "mia").await.unwrap();
    test.shop.roll_back(&lamp, number(1), "mia").await.unwrap();
    let version = test.edit_lamp(|lamp| lamp.base_price = 4).await;
    test.shop.step_draft(&lamp, version, Step::Undo, "mia").await.unwrap();
    let draft = test.shop.draft(&lamp).await.unwrap();
    assert_eq!((draft.base, draft.bundle.source.base_price), (number(1), 5_000));
}

/// A draft of the second revision, which costs 4 000, with another summary, while the first one, of 5 000, is live again.
async fn after_a_sale() -> (TestShop, i64) {
    let test = TestShop::with_lamp().await;
    assert_eq!(test.change_lamp(|lamp| lamp.base_price = 4_000).await, number(2));
    let version = test.edit_lamp(|lamp| lamp.summary = "Edited meanwhile.".to_owned()).await;
    test.shop.roll_back(&slug("lamp"), number(1), "mia").await.unwrap();
    (test, version)
}

#[tokio::test]
async fn a_draft_takes_over_what_is_live_and_keeps_what_was_edited() {
    let (test, version) = after_a_sale().await;
    let lamp = slug("lamp");
    let take =
        async |version, side| test.shop.take_revision_over(&lamp, version, (number(1), side), "mia").await;
    let error = take(version - 1, TakenSide::Draft).await.unwrap_err();
    assert!(matches!(error, ShopError::DraftChanged { .. }), "{error}");
    let draft = test.shop.draft(&lamp).await.unwrap();
    let found = test.shop.take_over(&draft, number(1)).await.unwrap().unwrap();
    assert_eq!((found.kept.source.base_price, found.over), (5_000, None));
    assert_eq!(test.shop.take_over(&draft, number(2)).await.unwrap(), None, "it is one of that");
    take(version, TakenSide::Draft).await.unwrap();

    let taken = test.shop.draft(&lamp).await.unwrap();
    let source = &taken.bundle.source;
    assert_eq!((taken.base, source.base_price, &*source.summary), (number(1), 5_000, "Edited meanwhile."));
    take(taken.version, TakenSide::Draft).await.unwrap();
    assert_eq!(test.shop.draft(&lamp).await.unwrap(), taken, "there is nothing more to take");
    // An edit like others: back with the revision that it was one of, and there again.
    for (step, base, price) in [(Step::Undo, 2, 4_000), (Step::Redo, 1, 5_000)] {
        let version = test.shop.draft(&lamp).await.unwrap().version;
        test.shop.step_draft(&lamp, version, step, "mia").await.unwrap();
        let draft = test.shop.draft(&lamp).await.unwrap();
        assert_eq!((draft.base, draft.bundle.source.base_price), (number(base), price), "{step:?}");
        assert_eq!(draft.bundle.source.summary, "Edited meanwhile.");
    }
}

#[tokio::test]
async fn of_what_both_changed_a_draft_keeps_its_own_or_takes_the_other() {
    for (side, price) in [(TakenSide::Draft, 4_500), (TakenSide::Revision, 5_000)] {
        let (test, _) = after_a_sale().await;
        let version = test.edit_lamp(|lamp| lamp.base_price = 4_500).await;
        let draft = test.shop.draft(&slug("lamp")).await.unwrap();
        let found = test.shop.take_over(&draft, number(1)).await.unwrap().unwrap();
        assert_eq!(found.kept.source.base_price, 4_500);
        assert_eq!(found.over.map(|over| over.source.base_price), Some(5_000));
        test.shop.take_revision_over(&slug("lamp"), version, (number(1), side), "mia").await.unwrap();
        let taken = test.shop.draft(&slug("lamp")).await.unwrap().bundle.source;
        assert_eq!((taken.base_price, &*taken.summary), (price, "Edited meanwhile."), "{side:?}");
    }
}

#[tokio::test]
async fn a_draft_is_saved_where_its_product_is_by_now() {
    let test = TestShop::with_lamp().await;
    let (lamp, light) = (slug("lamp"), slug("light"));
    let mut opened = test.shop.draft(&lamp).await.unwrap();
    opened.bundle.source.base_price = 7_000;
    test.shop.change_address(&lamp, "light", "ben").await.unwrap();
    let saved = test.shop.save_draft(&lamp, opened.version, opened.bundle, "mia").await.unwrap();
    assert_eq!((&saved.slug, saved.version), (&light, 1));
    for address in [&lamp, &light] {
        assert_eq!(test.shop.draft(address).await.unwrap(), saved);
    }
    let error = test.shop.save_draft(&lamp, 0, saved.bundle.clone(), "ben").await.unwrap_err();
    assert!(matches!(&error, ShopError::DraftChanged { slug, .. } if *slug == light), "{error}");
    let published = test.shop.publish(&lamp, 1, "", "mia", shop::Agreed::Unasked).await.unwrap();
    assert_eq!(test.shop.live(&light).await.unwrap().number, published);
    let version = test.shop.save_draft(&lamp, 0, opened_again(&test).await, "mia").await.unwrap().version;
    test.shop.discard_draft(&lamp, version, "mia").await.unwrap();
    test.shop.change_address(&light, "lamp", "ben").await.unwrap();
    assert_eq!(test.shop.draft(&lamp).await.unwrap().version, 0);
}

/// The product at its other address, changed once more.
async fn opened_again(test: &TestShop) -> shop::catalogue::Bundle {
    let mut bundle = test.shop.draft(&slug("light")).await.unwrap().bundle;
    bundle.source.base_price = 2;
    bundle
}

#[tokio::test]
async fn past_orders_are_replayed_once_in_a_while() {
    let test = TestShop::with_lamp().await;
    test.lamp().choosing("shade", "brass").placed().await;
    test.edit_lamp(|lamp| lamp.base_price = 5_100).await;
    let replay = async || {
        let lamp = slug("lamp");
        let (draft, live) = (test.shop.draft(&lamp).await.unwrap(), test.shop.live(&lamp).await.unwrap());
        test.shop.look(&draft, Some(&live)).await.unwrap().replay.unwrap()
    };
    let first = replay().await;
    assert_eq!((first.orders.all, first.orders.dearer, first.orders.sum), (1, 1, 100));
    assert!(Arc::ptr_eq(&first, &replay().await));
    test.lamp().placed().await;
    // In a busy shop something is ordered or saved all the time: what was found out lately is good enough.
    assert!(Arc::ptr_eq(&first, &replay().await));
    test.environment.wait(time::Duration::minutes(2));
    let told = async || {
        let (draft, live) =
            (test.shop.draft(&slug("lamp")).await.unwrap(), test.shop.live(&slug("lamp")).await.unwrap());
        test.shop.last_replay(&draft, Some(&live)).await.unwrap().unwrap()
    };
    assert!(Arc::ptr_eq(&first, &told().await), "a file tells what the page did");
    let second = replay().await;
    assert_eq!(second.orders.dearer, 2);
    test.environment.wait(time::Duration::minutes(2));
    assert!(Arc::ptr_eq(&second, &replay().await), "nothing is there that was not");
    assert!(Arc::ptr_eq(&second, &told().await));
    test.edit_lamp(|lamp| lamp.base_price = 5_200).await;
    assert_eq!(replay().await.orders.sum, 400);
}

#[tokio::test]
async fn a_replay_goes_on_behind_and_is_whole_once_it_is_over() {
    let test = TestShop::with_lamp().await;
    for shade in ["brass", "paper", "linen"] {
        test.lamp().choosing("shade", shade).placed().await;
    }
    test.edit_lamp(|lamp| lamp.base_price = 5_100).await;
    let lamp = slug("lamp");
    let (draft, live) = (test.shop.draft(&lamp).await.unwrap(), test.shop.live(&lamp).await.unwrap());
    let look = test.shop.look_within(&draft, Some(&live), Some(Duration::ZERO)).await.unwrap();
    assert!(look.replay.is_none() && look.effect.is_some());
    assert!(look.replaying.is_some_and(|(judged, _)| judged < 3), "it is not waited for");
    let whole = test.shop.look(&draft, Some(&live)).await.unwrap();
    let replay = whole.replay.unwrap();
    assert_eq!((replay.orders.dearer, replay.touched.len(), whole.replaying), (3, 3, None));
    let again = test.shop.look_within(&draft, Some(&live), Some(Duration::ZERO)).await.unwrap();
    assert!(Arc::ptr_eq(&replay, &again.replay.unwrap()));
}

#[tokio::test]
async fn a_previewed_draft_is_a_product_until_its_link_is_over() {
    let test = TestShop::with_lamp().await;
    let lamp = slug("lamp");
    let mut draft = test.shop.draft(&lamp).await.unwrap();
    draft.bundle.source.base_price += 100;
    let saved = test.shop.save_draft(&lamp, draft.version, draft.bundle, "mia").await.unwrap();
    let token = test.shop.make_preview(&lamp, "mia").await.unwrap().unwrap();
    let preview = preview_slug(&token).unwrap();
    let open = async || {
        let address = DesignAddress { revision: Some(RevisionNumber::FIRST), ..DesignAddress::default() };
        test.shop.open_menu(&preview, &address, &Consent::default(), Language::default()).await
    };
    let price = |opened: &Opened| opened.product.quote(&opened.design).total.amount;
    let (first, _) = open().await.unwrap();
    let live = test.shop.live(&lamp).await.unwrap();
    assert_eq!(price(&first), live.product.quote(live.product.standard()).total.amount + 100);
    let (again, _) = open().await.unwrap();
    assert!(Arc::ptr_eq(&first.revision, &again.revision), "it is compiled once for each save");
    // Whoever has an older page sees what the draft is now.
    let mut bundle = saved.bundle;
    bundle.source.base_price += 100;
    let saved = test.shop.save_draft(&lamp, saved.version, bundle.clone(), "mia").await.unwrap();
    assert_eq!(price(&open().await.unwrap().0), price(&first) + 100);
    bundle.source.rules[0].rule = "shade = ".to_owned();
    test.shop.save_draft(&lamp, saved.version, bundle, "mia").await.unwrap();
    assert!(matches!(open().await, Err(ShopError::PreviewBroken)));
    assert!(test.shop.end_preview(&lamp, "mia").await.unwrap());
    assert!(matches!(open().await, Err(ShopError::PreviewOver)));
}
