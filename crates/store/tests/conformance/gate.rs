//! What rests on revisions, and links that show drafts.

use std::sync::Arc;

use shop::access::AuditQuery;
use shop::designs::{Keeping, KeptDesign};
use shop::drafts::PreviewLink;
use shop::orders::{NewChange, What};
use shop::products::Standing;
use shop::{OrderState, Store};
use testing::{number, order_number, slug};

use crate::builders::{at, discard, draft, kept_design, move_order, new_order, place, product, revision};
use crate::products::{begun, standing};

async fn three_orders(store: &dyn Store) {
    store.add_product(&product("lamp")).await.unwrap();
    for token in ["a", "b", "c"] {
        place(store, new_order(token)).await;
    }
}

async fn mark_as_test(store: &dyn Store, number: i64) {
    let what = What::Test(true);
    let change =
        NewChange { number: order_number(number), what, at: at(7), by: "mia".to_owned(), mail: None };
    store.change_orders(&[change]).await.unwrap();
}

pub async fn the_newest_orders_are_replayed_without_tests(store: Arc<dyn Store>) {
    three_orders(&*store).await;
    mark_as_test(&*store, 1002).await;
    let (count, rows) = store.replay_orders(&slug("lamp"), 5).await.unwrap();
    assert_eq!(count, 2);
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1003, 1001].map(order_number));
    let ordered = store.order_by_number(order_number(1001)).await.unwrap().unwrap();
    let design: Vec<_> = ordered.content.design.into_iter().map(|value| (value.code, value.value)).collect();
    assert_eq!(rows[1].choices, design);
    let (count, rows) = store.replay_orders(&slug("lamp"), 1).await.unwrap();
    assert_eq!((count, rows[0].number), (2, order_number(1003)));
    assert_eq!(store.replay_orders(&slug("mug"), 5).await.unwrap(), (0, vec![]));
}

pub async fn the_designs_kept_last_are_replayed(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for (token, keeping, seconds) in [
        ("a", Keeping::Saved, 1),
        ("b", Keeping::Shared, 3),
        ("c", Keeping::Ordered, 4),
        ("d", Keeping::Saved, 2),
    ] {
        let choices = vec![("name".to_owned(), token.to_owned())];
        let design = KeptDesign { keeping, choices, kept_at: at(seconds), ..kept_design() };
        store.keep_design(token, &design).await.unwrap();
    }
    let (count, rows) = store.replay_designs(&slug("lamp"), 2).await.unwrap();
    let names: Vec<&str> = rows.iter().map(|row| row.choices[0].1.as_str()).collect();
    assert_eq!((count, names), (3, vec!["b", "d"]));
    assert_eq!(rows[0].start, kept_design().start);
    assert_eq!((rows[0].id.as_str(), rows[0].kept_at, rows[0].revision), ("b", at(3), number(1)));
}

pub async fn what_rests_on_a_revision_is_counted(store: Arc<dyn Store>) {
    three_orders(&*store).await;
    mark_as_test(&*store, 1003).await;
    move_order(&*store, 1001, &[OrderState::Cancelled]).await;
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    store.keep_design("a", &kept_design()).await.unwrap();
    store.keep_design("b", &KeptDesign { revision: number(2), ..kept_design() }).await.unwrap();
    store.keep_design("c", &KeptDesign { keeping: Keeping::Ordered, ..kept_design() }).await.unwrap();
    let resting = store.resting_on(&slug("lamp")).await.unwrap();
    let told: Vec<_> = resting.iter().map(|row| (row.revision, row.designs, row.open_orders)).collect();
    assert_eq!(told, [(number(1), 1, 1), (number(2), 1, 0)]);
    assert_eq!(store.resting_on(&slug("mug")).await.unwrap(), []);
}

fn link() -> PreviewLink {
    PreviewLink { slug: slug("lamp"), at: at(11), by: "mia".to_owned() }
}

pub async fn a_preview_ends_with_its_draft(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    assert!(!store.keep_preview("a", &link()).await.unwrap(), "there is no draft");
    let previewed = async || store.previewed("a").await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    assert!(store.keep_preview("a", &link()).await.unwrap());
    assert_eq!(previewed().await, Some(slug("lamp")));
    store.save_draft(&draft(1, "{\"a\":2}", "mia")).await.unwrap();
    assert_eq!(previewed().await, Some(slug("lamp")), "it shows the draft as it is");
    store.discard_draft(&discard(2)).await.unwrap();
    assert_eq!(previewed().await, None);

    let next = store.save_draft(&draft(0, "{\"a\":3}", "mia")).await.unwrap().unwrap();
    store.keep_preview("a", &link()).await.unwrap();
    store.publish(&revision(next.version, "{\"a\":3}")).await.unwrap();
    assert_eq!(previewed().await, None);
}

pub async fn a_new_preview_takes_the_place_of_the_last(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.keep_preview("a", &link()).await.unwrap();
    store.keep_preview("b", &PreviewLink { by: "ben".to_owned(), ..link() }).await.unwrap();
    assert_eq!(store.previewed("a").await.unwrap(), None);
    assert_eq!(store.previewed("b").await.unwrap(), Some(slug("lamp")));
    assert_eq!(store.preview_link(&slug("lamp")).await.unwrap().unwrap().by, "ben");
    let audit = &store.audit(&AuditQuery::newest(1)).await.unwrap()[0];
    let told = (audit.at, &*audit.by, &*audit.action, &*audit.subject);
    assert_eq!(told, (at(11), "ben", "preview", "lamp"));
    assert!(store.end_preview(&slug("lamp"), "ben", at(12)).await.unwrap());
    assert_eq!(store.preview_link(&slug("lamp")).await.unwrap(), None);
    assert_eq!(store.previewed("b").await.unwrap(), None);
    let audit = store.audit(&AuditQuery::newest(9)).await.unwrap();
    assert_eq!((audit[0].at, &*audit[0].by, &*audit[0].action), (at(12), "ben", "end preview"));
    assert!(!store.end_preview(&slug("lamp"), "ben", at(13)).await.unwrap(), "there is none any more");
    assert_eq!(store.audit(&AuditQuery::newest(9)).await.unwrap(), audit);
}

pub async fn a_preview_ends_with_its_product(store: Arc<dyn Store>) {
    store.begin_product(&begun("lamp")).await.unwrap();
    assert!(store.keep_preview("a", &link()).await.unwrap());
    store.change_standing(&standing("lamp", Standing::Begun, Standing::Removed)).await.unwrap();
    assert_eq!(store.previewed("a").await.unwrap(), None);
    assert!(!store.keep_preview("b", &link()).await.unwrap(), "nobody sees what was removed");
    // Another product begins under its address.
    assert!(store.begin_product(&begun("lamp")).await.unwrap());
    for token in ["a", "b"] {
        assert_eq!(store.previewed(token).await.unwrap(), None);
    }
    assert!(store.keep_preview("c", &link()).await.unwrap());
    assert_eq!(store.previewed("c").await.unwrap(), Some(slug("lamp")));
}
