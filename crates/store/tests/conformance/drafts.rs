//! Drafts, and how they become revisions.

use std::sync::Arc;

use shop::Store;
use shop::access::AuditQuery;
use shop::drafts::{NewDraft, NewRevision, Publishing, Way};
use testing::{number, slug};

use crate::builders::{at, discard, draft, fifty_times, new_order, place, product, revision};

pub async fn a_draft_keeps_its_base_and_counts_its_versions(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap().unwrap();
    assert_eq!((first.version, first.base, first.changed_by.as_str()), (1, number(1), "mia"));
    let second = store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap().unwrap();
    assert_eq!((second.version, second.base, second.changed_by.as_str()), (2, number(1), "ben"));
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), Some(second));

    assert!(store.discard_draft(&discard(2)).await.unwrap());
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), None);
    let third = store.save_draft(&draft(0, "{\"a\":3}", "mia")).await.unwrap().unwrap();
    assert_eq!(third.version, 4, "an old version never passes for a new one");
}

pub async fn a_lost_race_for_a_draft_writes_nothing(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap().unwrap();
    assert_eq!(store.save_draft(&draft(0, "{\"a\":2}", "ben")).await.unwrap(), None);
    assert_eq!(store.save_draft(&draft(7, "{\"a\":2}", "ben")).await.unwrap(), None);
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), Some(first));
    assert!(store.discard_draft(&discard(1)).await.unwrap());
    assert_eq!(store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap(), None);
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), None);
}

pub async fn only_the_version_that_was_seen_is_discarded(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    assert!(!store.discard_draft(&discard(0)).await.unwrap(), "there is none");
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    let second = store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap();
    for version in [0, 1, 3] {
        assert!(!store.discard_draft(&discard(version)).await.unwrap());
        assert_eq!(store.draft(&slug("lamp")).await.unwrap(), second);
    }
    assert!(store.discard_draft(&discard(2)).await.unwrap());
    assert!(!store.discard_draft(&discard(2)).await.unwrap(), "it is gone");
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), None);
}

pub async fn of_many_saves_at_once_one_wins(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let save = |store: Arc<dyn Store>, index: usize| async move {
        store.save_draft(&draft(0, "{}", &index.to_string())).await.unwrap()
    };
    let won: Vec<_> = fifty_times(&store, save).await.into_iter().flatten().collect();
    assert_eq!(won.len(), 1);
    assert_eq!(store.draft(&slug("lamp")).await.unwrap().as_ref(), won.first());
}

pub async fn publishing_is_one_step(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    place(&*store, new_order("a")).await;
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    assert_eq!(store.publish(&revision(1, "{\"a\":1}")).await.unwrap(), Publishing::Published(number(2)));

    assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(2)));
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), None);
    let row = store.revision(&slug("lamp"), number(2)).await.unwrap().unwrap();
    assert_eq!(
        (row.bundle.as_str(), row.published_by.as_str(), row.note.as_str()),
        ("{\"a\":1}", "mia", "second")
    );
    assert_eq!(
        store.revision(&slug("lamp"), number(1)).await.unwrap().unwrap().bundle,
        product("lamp").bundle
    );
    let history: Vec<_> = store
        .revisions(&slug("lamp"))
        .await
        .unwrap()
        .into_iter()
        .map(|info| (info.number, info.live, info.orders))
        .collect();
    assert_eq!(history, [(number(2), true, 0), (number(1), false, 1)]);
    let audit = &store.audit(&AuditQuery::newest(1)).await.unwrap()[0];
    let (by, action, subject, detail) = (&*audit.by, &*audit.action, &*audit.subject, &*audit.detail);
    assert_eq!((audit.at, by, action, subject, detail), (at(20), "mia", "publish", "lamp", "revision 2"));
}

pub async fn publishing_another_version_writes_nothing(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap();
    for version in [0, 1, 3] {
        assert_eq!(store.publish(&revision(version, "{\"a\":1}")).await.unwrap(), Publishing::AnotherDraft);
    }
    assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(1)));
    assert_eq!(store.revisions(&slug("lamp")).await.unwrap().len(), 1);
    assert!(store.draft(&slug("lamp")).await.unwrap().is_some());
}

pub async fn what_was_compared_with_another_revision_is_not_published(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let lamp = slug("lamp");
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    let version = store.save_draft(&draft(0, "{\"a\":2}", "mia")).await.unwrap().unwrap().version;
    assert!(store.roll_back(&lamp, number(1), "ben", at(21)).await.unwrap());
    let beside = |live| NewRevision { beside: Some(number(live)), ..revision(version, "{\"a\":2}") };
    assert_eq!(store.publish(&beside(2)).await.unwrap(), Publishing::AnotherLive);
    assert_eq!(store.live(&lamp).await.unwrap(), Some(number(1)));
    assert_eq!(store.revisions(&lamp).await.unwrap().len(), 2);
    assert!(store.draft(&lamp).await.unwrap().is_some());
    assert_eq!(store.publish(&beside(1)).await.unwrap(), Publishing::Published(number(3)));
}

pub async fn who_edits_a_draft_is_noted_now_and_then(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for (version, by, minute) in
        [(0, "mia", 1), (1, "mia", 10), (2, "ben", 11), (3, "mia", 30), (4, "mia", 32)]
    {
        store
            .save_draft(&NewDraft { at: at(minute * 60), ..draft(version, "{}", by) })
            .await
            .unwrap()
            .unwrap();
    }
    let done = store.audit(&AuditQuery::newest(9)).await.unwrap();
    let edits = done.iter().rev().filter(|done| done.action == "edit");
    let told: Vec<_> =
        edits.map(|done| (&*done.by, &*done.detail, (done.at - at(0)).whole_minutes())).collect();
    assert_eq!(told, [("mia", "1", 1), ("ben", "3", 11), ("mia", "4", 30)]);
}

pub async fn versions_of_a_draft_are_kept_until_it_is_published(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    assert_eq!(store.last_draft_version(&slug("lamp")).await.unwrap(), None);
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.save_draft(&NewDraft { way: Way::Imported, ..draft(1, "{\"a\":2}", "ben") }).await.unwrap();
    let audit = &store.audit(&AuditQuery::newest(1)).await.unwrap()[0];
    assert_eq!((&*audit.by, &*audit.action, &*audit.subject), ("ben", "import", "lamp"));
    let first = store.draft_version(&slug("lamp"), 1).await.unwrap().unwrap();
    assert_eq!((first.bundle.as_deref(), first.undo_to, first.redo_to), (Some("{\"a\":1}"), Some(0), None));
    let stepped = Way::Stepped { undo_to: Some(0), redo_to: Some(2) };
    store.save_draft(&NewDraft { way: stepped, ..draft(2, "{\"a\":1}", "ben") }).await.unwrap();
    let third = store.last_draft_version(&slug("lamp")).await.unwrap().unwrap();
    assert_eq!((third.version, third.undo_to, third.redo_to), (3, Some(0), Some(2)));

    assert!(store.discard_draft(&discard(3)).await.unwrap());
    let audit = &store.audit(&AuditQuery::newest(1)).await.unwrap()[0];
    assert_eq!((audit.at, &*audit.by, &*audit.action, &*audit.subject), (at(15), "mia", "discard", "lamp"));
    assert_eq!(audit.detail, "3");
    let gone = store.last_draft_version(&slug("lamp")).await.unwrap().unwrap();
    assert_eq!((gone.version, gone.base, gone.bundle, gone.undo_to), (4, number(1), None, Some(3)));
    let next = store.save_draft(&draft(0, "{\"a\":5}", "mia")).await.unwrap().unwrap();
    let last = store.last_draft_version(&slug("lamp")).await.unwrap().unwrap();
    assert_eq!((last.version, last.undo_to), (next.version, Some(4)));

    store.publish(&revision(next.version, "{\"a\":5}")).await.unwrap();
    assert_eq!(store.last_draft_version(&slug("lamp")).await.unwrap(), None);
}

pub async fn what_saves_of_a_draft_change_is_listed_and_noted(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let lamp = slug("lamp");
    let saves = async |before| {
        let rows = store.draft_saves(&lamp, before, 2).await.unwrap().into_iter();
        rows.map(|row| (row.version, row.by, row.is_discarded, row.what)).collect::<Vec<_>>()
    };
    assert_eq!(saves(i64::MAX).await, []);
    let first = NewDraft {
        what: "Teak: €1 → €2\nOak: €3 → €4".to_owned(), ..draft(0, "{\"a\":1}", "mia")
    };
    store.save_draft(&first).await.unwrap().unwrap();
    let way = Way::Imported;
    let second = NewDraft { what: "Name: A → B".to_owned(), way, ..draft(1, "{\"a\":2}", "ben") };
    store.save_draft(&second).await.unwrap().unwrap();
    let third = NewDraft { what: "Name: B → C".to_owned(), ..draft(2, "{\"a\":3}", "ben") };
    store.save_draft(&third).await.unwrap().unwrap();
    assert!(store.discard_draft(&discard(3)).await.unwrap());
    let row =
        |version, by: &str, is_discarded, what: &str| (version, by.to_owned(), is_discarded, what.to_owned());
    assert_eq!(saves(i64::MAX).await, [row(4, "mia", true, ""), row(3, "ben", false, "Name: B → C")]);
    assert_eq!(
        saves(3).await,
        [row(2, "ben", false, "Name: A → B"), row(1, "mia", false, "Teak: €1 → €2\nOak: €3 → €4")]
    );
    // However soon one save follows another, each is noted with what it changed.
    let noted = store.audit(&AuditQuery::newest(4)).await.unwrap();
    let noted: Vec<_> = noted.iter().map(|entry| (&*entry.action, &*entry.detail)).collect();
    let edit = "1\nTeak: €1 → €2\nOak: €3 → €4";
    assert_eq!(
        noted,
        [("discard", "3"), ("edit", "3\nName: B → C"), ("import", "2\nName: A → B"), ("edit", edit)]
    );
}

pub async fn a_draft_becomes_one_of_another_revision(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    let begun = store.save_draft(&draft(0, "{\"a\":2}", "mia")).await.unwrap().unwrap();
    assert_eq!(begun.base, number(2));
    let moved = NewDraft { base: Some(number(1)), ..draft(begun.version, "{\"a\":3}", "mia") };
    let moved = store.save_draft(&moved).await.unwrap().unwrap();
    assert_eq!(moved.base, number(1));
    let kept = store.last_draft_version(&slug("lamp")).await.unwrap().unwrap();
    assert_eq!((kept.version, kept.base, kept.undo_to), (moved.version, number(1), Some(begun.version)));
    let next = store.save_draft(&draft(moved.version, "{\"a\":4}", "ben")).await.unwrap().unwrap();
    assert_eq!(next.base, number(1), "it stays one of that");
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), Some(next));
}

pub async fn old_versions_of_a_draft_are_forgotten(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for version in 0..103 {
        store.save_draft(&draft(version, "{}", "mia")).await.unwrap().unwrap();
    }
    assert_eq!(store.draft_version(&slug("lamp"), 3).await.unwrap(), None);
    assert!(store.draft_version(&slug("lamp"), 4).await.unwrap().is_some());
}

/// Versions that another goes on from are kept a while for forms that were made from them, and take no room from the others.
pub async fn versions_that_others_go_on_from_take_no_room(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let kept = async |version| store.draft_version(&slug("lamp"), version).await.unwrap().is_some();
    store.save_draft(&draft(0, "{}", "mia")).await.unwrap().unwrap();
    store.save_draft(&draft(1, "{}", "mia")).await.unwrap().unwrap();
    for version in 2..150 {
        let way = Way::Stepped { undo_to: Some(1), redo_to: None };
        store.save_draft(&NewDraft { way, ..draft(version, "{}", "mia") }).await.unwrap().unwrap();
    }
    assert!(kept(1).await && !kept(2).await && !kept(50).await && kept(51).await && kept(150).await);
}
