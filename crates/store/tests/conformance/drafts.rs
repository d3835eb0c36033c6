//! Drafts, and how they become revisions.

use std::sync::Arc;

use shop::Store;
use testing::{number, slug};

use crate::builders::{at, draft, fifty_times, new_order, place, product, revision};

pub async fn a_draft_keeps_its_base_and_counts_its_versions(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap().unwrap();
    assert_eq!((first.version, first.base, first.changed_by.as_str()), (1, number(1), "mia"));
    let second = store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap().unwrap();
    assert_eq!((second.version, second.base, second.changed_by.as_str()), (2, number(1), "ben"));
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), Some(second));

    assert!(store.discard_draft(&slug("lamp"), 2).await.unwrap());
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), None);
    let third = store.save_draft(&draft(0, "{\"a\":3}", "mia")).await.unwrap().unwrap();
    assert_eq!(third.version, 3, "an old version never passes for a new one");
}

pub async fn a_lost_race_for_a_draft_writes_nothing(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap().unwrap();
    assert_eq!(store.save_draft(&draft(0, "{\"a\":2}", "ben")).await.unwrap(), None);
    assert_eq!(store.save_draft(&draft(7, "{\"a\":2}", "ben")).await.unwrap(), None);
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), Some(first));
    assert!(store.discard_draft(&slug("lamp"), 1).await.unwrap());
    assert_eq!(store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap(), None);
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), None);
}

pub async fn only_the_version_that_was_seen_is_discarded(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    assert!(!store.discard_draft(&slug("lamp"), 0).await.unwrap(), "there is none");
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    let second = store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap();
    for version in [0, 1, 3] {
        assert!(!store.discard_draft(&slug("lamp"), version).await.unwrap());
        assert_eq!(store.draft(&slug("lamp")).await.unwrap(), second);
    }
    assert!(store.discard_draft(&slug("lamp"), 2).await.unwrap());
    assert!(!store.discard_draft(&slug("lamp"), 2).await.unwrap(), "it is gone");
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
    assert_eq!(store.publish(&revision(1, "{\"a\":1}")).await.unwrap(), Some(number(2)));

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
    let audit = &store.audit(1).await.unwrap()[0];
    let (by, action, subject, detail) = (&*audit.by, &*audit.action, &*audit.subject, &*audit.detail);
    assert_eq!((audit.at, by, action, subject, detail), (at(20), "mia", "publish", "lamp", "revision 2"));
}

pub async fn publishing_another_version_writes_nothing(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.save_draft(&draft(1, "{\"a\":2}", "ben")).await.unwrap();
    for version in [0, 1, 3] {
        assert_eq!(store.publish(&revision(version, "{\"a\":1}")).await.unwrap(), None);
    }
    assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(1)));
    assert_eq!(store.revisions(&slug("lamp")).await.unwrap().len(), 1);
    assert!(store.draft(&slug("lamp")).await.unwrap().is_some());
}
