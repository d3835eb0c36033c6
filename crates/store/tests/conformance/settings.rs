//! The shop's settings: each save a version, none lost.

use std::sync::Arc;

use shop::Store;
use shop::access::AuditQuery;
use shop::shop_file::SettingsRow;

use crate::builders::{at, fifty_times};

fn saved(version: i64, content: Option<&str>) -> SettingsRow {
    SettingsRow { version, at: at(version), by: "mia".to_owned(), content: content.map(str::to_owned) }
}

pub async fn each_save_is_a_version(store: Arc<dyn Store>) {
    assert_eq!(store.settings_version().await.unwrap(), 0);
    assert_eq!(store.settings(1).await.unwrap(), None);
    assert_eq!(store.settings_versions(9).await.unwrap(), []);
    let rows = [saved(1, Some("{\"name\":\"Kiln\"}")), saved(2, None), saved(3, Some("{}"))];
    for row in &rows {
        assert!(store.save_settings(row, "name").await.unwrap());
    }
    for row in [saved(3, None), saved(5, None), saved(1, None)] {
        assert!(!store.save_settings(&row, "name").await.unwrap(), "{row:?}");
    }
    assert_eq!(store.settings_version().await.unwrap(), 3);
    for row in &rows {
        assert_eq!(store.settings(row.version).await.unwrap().as_ref(), Some(row));
    }
    let [first, second, third] = rows;
    assert_eq!(store.settings_versions(2).await.unwrap(), [third, second]);
    assert_eq!(first.version, 1);
    let audit = store.audit(&AuditQuery::newest(9)).await.unwrap();
    let newest = audit.first().unwrap();
    assert_eq!((&*newest.action, &*newest.subject, &*newest.detail), ("settings", "3", "name"));
    assert_eq!(audit.len(), 3);
}

pub async fn of_many_who_save_at_once_one_does(store: Arc<dyn Store>) {
    let save = |store: Arc<dyn Store>, index: usize| async move {
        let row = SettingsRow { by: format!("person {index}"), ..saved(1, Some("{}")) };
        store.save_settings(&row, "name").await.unwrap()
    };
    let done = fifty_times(&store, save).await;
    assert_eq!(done.into_iter().filter(|done| *done).count(), 1);
    assert_eq!(store.audit(&AuditQuery::newest(9)).await.unwrap().len(), 1);
}
