//! What is sold out: marked, changed, put on sale, each noted.

use std::sync::Arc;

use shop::Store;
use shop::access::AuditQuery;
use shop::stock::{SoldOut, SoldOutRow};
use testing::slug;
use time::macros::date;

use super::builders::{at, product};

pub async fn an_option_is_sold_out_until_it_is_put_on_sale(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let lamp = slug("lamp");
    let row = |option: &str, until, seconds| SoldOutRow {
        sold_out: SoldOut { attribute: "shade".to_owned(), option: option.to_owned(), until },
        at: at(seconds),
        by: "ana@example.org".to_owned(),
    };
    let (glass, brass) = (row("glass", None, 1), row("brass", Some(date!(2027 - 01 - 20)), 2));
    assert!(store.mark_sold_out(&lamp, &glass, &[]).await.unwrap());
    assert!(!store.mark_sold_out(&lamp, &brass, &[]).await.unwrap(), "something else is marked");
    assert!(store.mark_sold_out(&lamp, &brass, std::slice::from_ref(&glass)).await.unwrap());
    let marked = store.sold_out(&lamp).await.unwrap();
    assert_eq!(marked, [brass.clone(), glass.clone()]);
    let of_lamp = |row: &SoldOutRow| (slug("lamp"), row.sold_out.clone());
    assert_eq!(store.all_sold_out().await.unwrap(), [of_lamp(&brass), of_lamp(&glass)]);
    let later = row("glass", Some(date!(2027 - 02 - 01)), 3);
    assert!(store.mark_sold_out(&lamp, &later, &marked).await.unwrap());
    assert_eq!(store.sold_out(&lamp).await.unwrap(), [brass.clone(), later]);
    let ana = "ana@example.org";
    assert!(store.put_on_sale(&lamp, ("shade", "glass"), ana, at(4)).await.unwrap());
    assert!(!store.put_on_sale(&lamp, ("shade", "glass"), ana, at(5)).await.unwrap());
    assert_eq!(store.sold_out(&lamp).await.unwrap(), [brass]);
    let noted = store.audit(&AuditQuery::newest(9)).await.unwrap();
    let noted: Vec<_> = noted.iter().map(|entry| (&*entry.action, &*entry.detail)).collect();
    assert_eq!(
        noted[..4],
        [
            ("on sale", "shade/glass"),
            ("sold out", "shade/glass until 2027-02-01"),
            ("sold out", "shade/brass until 2027-01-20"),
            ("sold out", "shade/glass"),
        ]
    );
}
