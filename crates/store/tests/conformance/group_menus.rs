//! Menus of groups: kept, changed, removed, each noted.

use std::sync::Arc;

use shop::Store;
use shop::access::AuditQuery;
use shop::group_menus::{Group, GroupMenu, GroupMenuRow};
use testing::slug;

use super::builders::{at, product};

pub async fn a_group_menu_is_kept_as_long_as_nobody_changed_it_meanwhile(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let (lamp, ana) = (slug("lamp"), "ana@example.org");
    let codes = |options: &[&str]| options.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let row = |group: Group, options: &[&str], seconds| GroupMenuRow {
        menu: GroupMenu { attribute: "shade".to_owned(), group, options: codes(options) },
        at: at(seconds),
        by: ana.to_owned(),
    };
    let reading = || Group::Use("reading".to_owned());
    let first = row(reading(), &["glass", "brass"], 1);
    assert!(store.keep_group_menu(&lamp, &first, None).await.unwrap());
    assert!(!store.keep_group_menu(&lamp, &first, None).await.unwrap(), "there is one by now");
    let next = row(reading(), &["brass"], 2);
    let other = codes(&["glass"]);
    assert!(!store.keep_group_menu(&lamp, &next, Some(&other)).await.unwrap(), "it has something else");
    assert_eq!(store.group_menus(&lamp).await.unwrap(), std::slice::from_ref(&first));
    assert!(store.keep_group_menu(&lamp, &next, Some(&first.menu.options)).await.unwrap());
    let regulars = row(Group::Segment("Regulars: 2026".to_owned()), &["glass"], 3);
    assert!(store.keep_group_menu(&lamp, &regulars, None).await.unwrap());
    assert_eq!(store.group_menus(&lamp).await.unwrap(), [regulars.clone(), next.clone()]);
    let all = store.all_group_menus().await.unwrap();
    assert_eq!(all, [(lamp.clone(), regulars.menu), (lamp.clone(), next.menu)]);
    assert!(
        !store.remove_group_menu(&lamp, &first.menu, ana, at(4)).await.unwrap(),
        "it has something else by now"
    );
    let next = row(reading(), &["brass"], 2).menu;
    assert!(store.remove_group_menu(&lamp, &next, ana, at(4)).await.unwrap());
    assert!(!store.remove_group_menu(&lamp, &next, ana, at(5)).await.unwrap());
    assert_eq!(store.group_menus(&lamp).await.unwrap().len(), 1);
    let noted = store.audit(&AuditQuery::newest(9)).await.unwrap();
    let noted: Vec<_> = noted.iter().map(|entry| (&*entry.action, &*entry.detail)).collect();
    assert_eq!(
        noted[..4],
        [
            ("remove group menu", "shade for use:reading: brass"),
            ("keep group menu", "shade for segment:Regulars: 2026: glass"),
            ("keep group menu", "shade for use:reading: brass"),
            ("keep group menu", "shade for use:reading: glass,brass"),
        ]
    );
}
