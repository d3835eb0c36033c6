//! Products and their revisions.

use std::sync::Arc;

use shop::catalogue::{NewProduct, ProductRow};
use shop::{Slug, Store};
use testing::{number, slug};

use crate::builders::{at, draft, past, product, revision};

pub async fn products_come_in_the_order_in_which_they_were_added(store: Arc<dyn Store>) {
    for slug in ["lamp", "chair", "desk"] {
        assert!(store.add_product(&product(slug)).await.unwrap());
    }
    let slugs: Vec<Slug> = store.products().await.unwrap().into_iter().map(|row| row.slug).collect();
    assert_eq!(slugs, ["lamp", "chair", "desk"].map(slug));
}

pub async fn a_product_is_added_once(store: Arc<dyn Store>) {
    let first = NewProduct { past: vec![past("reading", "brass", 3)], ..product("lamp") };
    assert!(store.add_product(&first).await.unwrap());
    let second = NewProduct { bundle: "{}".to_owned(), ..first.clone() };
    assert!(!store.add_product(&second).await.unwrap());

    assert_eq!(store.products().await.unwrap(), [ProductRow { slug: slug("lamp"), live: number(1) }]);
    let row = store.revision(&slug("lamp"), number(1)).await.unwrap().unwrap();
    assert_eq!(
        (row.slug, row.number, row.bundle, row.hash),
        (first.slug, number(1), first.bundle, first.hash)
    );
    assert_eq!((row.published_at, row.published_by, row.note), (first.at, first.by, first.note));
    assert_eq!(store.past_designs(&slug("lamp")).await.unwrap(), first.past);
    assert_eq!(store.audit(10).await.unwrap().len(), 1);
}

pub async fn rolling_back_moves_the_live_revision_only(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    assert!(store.roll_back(&slug("lamp"), number(1), "ben", at(30)).await.unwrap());
    assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(1)));
    assert_eq!(store.revisions(&slug("lamp")).await.unwrap().len(), 2);
    assert_eq!(store.audit(1).await.unwrap()[0].action, "roll back");

    assert!(!store.roll_back(&slug("lamp"), number(3), "ben", at(30)).await.unwrap());
    assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(1)));
    assert_eq!(store.audit(10).await.unwrap().len(), 3);

    store.save_draft(&draft(0, "{\"a\":2}", "mia")).await.unwrap();
    assert_eq!(
        store.publish(&revision(2, "{\"a\":2}")).await.unwrap(),
        Some(number(3)),
        "numbers are never used twice"
    );
}
