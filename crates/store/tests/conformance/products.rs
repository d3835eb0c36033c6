//! How products begin, stand, are ordered and called.

use std::sync::Arc;

use shop::Store;
use shop::access::AuditQuery;
use shop::catalogue::{ListQuery, NewProduct};
use shop::drafts::{NewDraft, Publishing};
use shop::orders::Placing;
use shop::products::{NewStanding, NewlyBegun, Standing};
use testing::{number, slug};

use crate::builders::{at, draft, kept_design, new_order, past, place, prepared, product, revision};

pub fn begun(address: &str) -> NewlyBegun {
    NewlyBegun {
        slug: slug(address),
        empty: "{\"empty\":1}".to_owned(),
        hash: "0123456789abcdef".to_owned(),
        prepared: prepared(address, 2),
        draft: "{\"draft\":1}".to_owned(),
        at: at(3),
        by: "mia".to_owned(),
        from: "from nothing".to_owned(),
    }
}

pub fn standing(address: &str, was: Standing, becomes: Standing) -> NewStanding {
    NewStanding { slug: slug(address), was, becomes, at: at(9), by: "mia".to_owned() }
}

async fn listed(store: &dyn Store) -> Vec<String> {
    let query = ListQuery { format: 2, language: "en".to_owned(), words: Vec::new(), offset: 0, limit: 9 };
    let rows = store.listed(&query).await.unwrap();
    assert_eq!(store.count_listed(2, &[]).await.unwrap() as usize, rows.len());
    rows.into_iter().map(|row| row.slug.to_string()).collect()
}

async fn managed(store: &dyn Store) -> Vec<(String, &'static str, Option<u32>)> {
    let rows = store.managed(2, 0, 9).await.unwrap();
    assert_eq!(store.count_managed().await.unwrap() as usize, rows.len());
    rows.into_iter()
        .map(|row| (row.product.slug.to_string(), row.product.standing.name(), row.place))
        .collect()
}

pub async fn a_product_begins_as_a_draft_that_nobody_sees(store: Arc<dyn Store>) {
    assert!(store.begin_product(&begun("lamp")).await.unwrap());
    assert!(!store.begin_product(&begun("lamp")).await.unwrap());
    assert!(!store.add_product(&product("lamp")).await.unwrap());
    let lamp = slug("lamp");
    let draft = store.draft(&lamp).await.unwrap().unwrap();
    assert_eq!((draft.version, draft.bundle.as_str(), draft.base), (1, "{\"draft\":1}", number(1)));
    let version = store.last_draft_version(&lamp).await.unwrap().unwrap();
    assert_eq!((version.undo_to, version.redo_to), (None, None));
    assert_eq!(listed(&*store).await, [""; 0]);
    assert_eq!(store.revisions(&lamp).await.unwrap(), []);
    assert!(!store.offer_again(&lamp, number(1), "mia", at(4)).await.unwrap());
    assert!(!store.roll_back(&lamp, number(1), "mia", at(4)).await.unwrap());
    assert_eq!(store.place_order(new_order("one")).await.unwrap(), Placing::Withdrawn);
    assert_eq!(managed(&*store).await, [("lamp".to_owned(), "begun", None)]);
    assert_eq!(store.unprepared(3).await.unwrap(), []);

    // Published, it is a product as others are, and what it began as is nowhere.
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    assert_eq!(store.standing(&lamp).await.unwrap().unwrap().standing, Standing::Listed);
    assert_eq!(managed(&*store).await, [("lamp".to_owned(), "listed", Some(1))]);
    let numbers: Vec<_> =
        store.revisions(&lamp).await.unwrap().into_iter().map(|revision| revision.number).collect();
    assert_eq!(numbers, [number(2)]);
    assert_eq!(store.audit(&AuditQuery::newest(9)).await.unwrap().last().unwrap().action, "begin");
}

pub async fn a_draft_that_was_removed_comes_back_or_makes_room(store: Arc<dyn Store>) {
    store.begin_product(&begun("lamp")).await.unwrap();
    assert!(store.change_standing(&standing("lamp", Standing::Begun, Standing::Removed)).await.unwrap());
    assert_eq!(managed(&*store).await, []);
    assert!(!store.change_standing(&standing("lamp", Standing::Begun, Standing::Removed)).await.unwrap());
    assert!(store.change_standing(&standing("lamp", Standing::Removed, Standing::Begun)).await.unwrap());
    assert_eq!(store.draft(&slug("lamp")).await.unwrap().unwrap().bundle, "{\"draft\":1}");

    store.change_standing(&standing("lamp", Standing::Begun, Standing::Removed)).await.unwrap();
    let other = NewlyBegun { draft: "{\"draft\":2}".to_owned(), ..begun("lamp") };
    assert!(store.begin_product(&other).await.unwrap());
    let draft = store.draft(&slug("lamp")).await.unwrap().unwrap();
    assert_eq!((draft.bundle.as_str(), draft.version), ("{\"draft\":2}", 2), "no version is used twice");
}

pub async fn what_was_removed_is_not_published(store: Arc<dyn Store>) {
    store.begin_product(&begun("lamp")).await.unwrap();
    store.change_standing(&standing("lamp", Standing::Begun, Standing::Removed)).await.unwrap();
    let published = store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    assert_eq!(published, Publishing::StandsOtherwise);
    let lamp = store.standing(&slug("lamp")).await.unwrap().unwrap();
    assert_eq!((lamp.standing, lamp.live), (Standing::Removed, number(1)));
    assert_eq!(listed(&*store).await, [""; 0]);
    assert!(store.draft(&slug("lamp")).await.unwrap().is_some(), "it comes back with its draft");
    assert_eq!(store.audit(&AuditQuery::newest(1)).await.unwrap()[0].action, "standing");
}

pub async fn what_is_hidden_is_sold_and_what_is_archived_is_not(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.add_product(&product("desk")).await.unwrap();
    assert!(store.change_standing(&standing("lamp", Standing::Listed, Standing::Hidden)).await.unwrap());
    assert_eq!(listed(&*store).await, ["desk"]);
    place(&*store, new_order("one")).await;
    assert!(store.change_standing(&standing("lamp", Standing::Hidden, Standing::Archived)).await.unwrap());
    assert_eq!(listed(&*store).await, ["desk"]);
    assert_eq!(store.place_order(new_order("two")).await.unwrap(), Placing::Withdrawn);
    assert_eq!(store.orders(None, 9).await.unwrap().len(), 1, "orders keep everything");
    assert!(store.change_standing(&standing("lamp", Standing::Archived, Standing::Listed)).await.unwrap());
    assert_eq!(listed(&*store).await, ["lamp", "desk"]);
    place(&*store, new_order("two")).await;
    let audit = store.audit(&AuditQuery::newest(1)).await.unwrap();
    assert_eq!((audit[0].action.as_str(), audit[0].detail.as_str()), ("standing", "archived to listed"));
}

pub async fn products_move_to_a_place_among_the_listed_ones(store: Arc<dyn Store>) {
    for slug in ["lamp", "chair", "desk", "shelf"] {
        store.add_product(&product(slug)).await.unwrap();
    }
    store.change_standing(&standing("chair", Standing::Listed, Standing::Hidden)).await.unwrap();
    assert!(store.move_product(&slug("shelf"), 1, "mia", at(5)).await.unwrap());
    assert_eq!(listed(&*store).await, ["shelf", "lamp", "desk"]);
    assert!(store.move_product(&slug("shelf"), 99, "mia", at(5)).await.unwrap());
    assert_eq!(listed(&*store).await, ["lamp", "desk", "shelf"]);
    assert_eq!(store.place(&slug("shelf")).await.unwrap(), Some(3));
    assert_eq!(store.audit(&AuditQuery::newest(9)).await.unwrap().len(), 7);
    assert!(store.move_product(&slug("shelf"), 3, "mia", at(5)).await.unwrap());
    assert_eq!(store.audit(&AuditQuery::newest(9)).await.unwrap().len(), 7, "nothing moved");
    assert!(!store.move_product(&slug("chair"), 1, "mia", at(5)).await.unwrap());
    assert_eq!(store.place(&slug("chair")).await.unwrap(), None);
    assert!(!store.move_product(&slug("sofa"), 1, "mia", at(5)).await.unwrap());
}

pub async fn a_product_takes_everything_along_to_another_address(store: Arc<dyn Store>) {
    let first = NewProduct { past: vec![past("reading", "brass", 3)], ..product("lamp") };
    store.add_product(&first).await.unwrap();
    store.add_product(&product("desk")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":2}", "mia")).await.unwrap();
    let order = place(&*store, new_order("one")).await;
    store.keep_design("token", &kept_design()).await.unwrap();
    let (lamp, light) = (slug("lamp"), slug("light"));
    let before = store.revisions(&lamp).await.unwrap();

    assert!(!store.change_address(&lamp, &slug("desk"), "mia", at(40)).await.unwrap());
    assert!(!store.change_address(&slug("sofa"), &light, "mia", at(40)).await.unwrap());
    assert!(store.change_address(&lamp, &light, "mia", at(40)).await.unwrap());

    assert_eq!(listed(&*store).await, ["light", "desk"], "it keeps its place");
    assert_eq!(store.revisions(&light).await.unwrap(), before);
    assert_eq!(store.draft(&light).await.unwrap().unwrap().bundle, "{\"a\":2}");
    assert_eq!(store.draft(&lamp).await.unwrap(), None);
    assert_eq!(store.last_draft_version(&light).await.unwrap().unwrap().version, 2);
    assert_eq!(store.past_designs(&light).await.unwrap(), first.past);
    assert_eq!(store.order_by_number(order.number).await.unwrap().unwrap().content.slug, light);
    assert_eq!(store.kept_design("token").await.unwrap().unwrap().slug, light);
    assert!(store.artifact(&light, number(2), 2).await.unwrap().is_some());
    let former = store.standing(&lamp).await.unwrap().unwrap();
    assert_eq!((former.standing, former.moved_to), (Standing::Moved, Some(light.clone())));
    assert!(!store.begin_product(&begun("lamp")).await.unwrap(), "a former address is nobody else's");
    assert_eq!(store.audit(&AuditQuery::newest(1)).await.unwrap()[0].detail, "from lamp");
}

pub async fn a_product_may_have_a_former_address_again(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.add_product(&product("desk")).await.unwrap();
    let [lamp, light, lantern] = ["lamp", "light", "lantern"].map(slug);
    for (from, to) in [(&lamp, &light), (&light, &lantern), (&lantern, &lamp), (&lamp, &light)] {
        assert!(store.change_address(from, to, "mia", at(40)).await.unwrap(), "{from} to {to}");
    }
    for former in [&lamp, &lantern] {
        let row = store.standing(former).await.unwrap().unwrap();
        assert_eq!(row.moved_to.as_ref(), Some(&light), "each leads there at once");
    }
    assert_eq!(listed(&*store).await, ["light", "desk"]);
    assert_eq!(managed(&*store).await.len(), 2);
    assert!(!store.change_address(&slug("desk"), &lamp, "mia", at(40)).await.unwrap());
}

pub async fn a_former_address_gets_no_draft(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let [lamp, light] = ["lamp", "light"].map(slug);
    assert!(store.change_address(&lamp, &light, "mia", at(40)).await.unwrap());
    assert_eq!(store.save_draft(&draft(0, "{\"a\":1}", "ben")).await.unwrap(), None);
    assert_eq!(store.draft(&lamp).await.unwrap(), None);
    let there = NewDraft { slug: light.clone(), ..draft(0, "{\"a\":1}", "ben") };
    let saved = store.save_draft(&there).await.unwrap().unwrap();
    assert_eq!((saved.version, saved.slug), (1, light.clone()), "no version was counted");
    assert_eq!(store.publish(&revision(1, "{\"a\":1}")).await.unwrap(), Publishing::StandsOtherwise);
    assert!(!store.roll_back(&lamp, number(1), "ben", at(41)).await.unwrap());
    assert!(store.change_address(&light, &lamp, "mia", at(42)).await.unwrap());
    assert_eq!(store.draft(&lamp).await.unwrap().unwrap().bundle, "{\"a\":1}");
}

pub async fn what_published_products_ask_about_use_is_listed(store: Arc<dyn Store>) {
    let bundle = |address: &str, source: &str| NewProduct {
        bundle: format!("{{\"source\":{source}}}"),
        ..product(address)
    };
    let asking = "{\"name\":\"Desk \\\"A\\\"\",\"uses\":{\"question\":\"For what?\",\"answers\":[]}}";
    store.add_product(&bundle("lamp", "{\"name\":\"Lamp\"}")).await.unwrap();
    store.add_product(&bundle("desk", asking)).await.unwrap();
    store.add_product(&bundle("shelf", "{\"uses\":null}")).await.unwrap();
    store.add_product(&product("chair")).await.unwrap();
    store
        .begin_product(&NewlyBegun { empty: format!("{{\"source\":{asking}}}"), ..begun("bench") })
        .await
        .unwrap();
    let rows = store.product_uses().await.unwrap();
    let told: Vec<_> = rows.iter().map(|row| (row.slug.as_str(), row.name.as_deref())).collect();
    assert_eq!(told, [("desk", Some("Desk \"A\""))]);
    let uses: serde_json::Value = serde_json::from_str(&rows[0].uses).unwrap();
    assert_eq!(uses["question"], "For what?");
}

pub async fn products_are_named_as_their_drafts_are(store: Arc<dyn Store>) {
    store.add_product(&product("desk")).await.unwrap();
    store
        .begin_product(&NewlyBegun {
            draft: "{\"source\":{\"name\":\"Table \\\"A\\\"\"}}".to_owned(),
            ..begun("lamp")
        })
        .await
        .unwrap();
    store.begin_product(&begun("shelf")).await.unwrap();
    store.begin_product(&begun("chair")).await.unwrap();
    store.change_standing(&standing("chair", Standing::Begun, Standing::Removed)).await.unwrap();
    let names = store.managed_names().await.unwrap();
    let told: Vec<_> = names.iter().map(|(slug, name)| (slug.as_str(), name.as_deref())).collect();
    assert_eq!(told, [("desk", None), ("lamp", Some("Table \"A\"")), ("shelf", None)]);
    let slugs = ["shelf", "lamp", "chair", "nowhere"].map(|slug| slug.parse().unwrap());
    let names = store.names_of(&slugs).await.unwrap();
    let told: Vec<_> = names.iter().map(|(slug, name)| (slug.as_str(), name.as_deref())).collect();
    assert_eq!(
        told,
        [("lamp", Some("Table \"A\"")), ("shelf", None)],
        "removed ones and others are left out"
    );
}
