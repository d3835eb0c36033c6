//! Releases that wait for a second person: once, by somebody else, and only what was asked for.

use std::sync::Arc;

use shop::Store;
use shop::access::AuditQuery;
use shop::drafts::{NewDraft, Publishing};
use shop::mail::MailKind;
use shop::releases::{
    Approving, Beginning, BegunProduct, BegunRelease, Decision, Failing, NewApproval, NewRelease, Obstacle,
    Planning, ReleaseId, ReleaseState,
};
use testing::{number, slug};

use crate::builders::{at, draft, fifty_times, frozen, prepared, product, revision};

const LAMP: &str = "{\"lamp\":2}";

/// A lamp with a draft, which Mia asks to publish; Ana and Ben are told.
async fn asked(store: &dyn Store, at_once: bool) -> ReleaseId {
    store.add_product(&product("lamp")).await.unwrap();
    let draft = NewDraft { slug: slug("lamp"), ..draft(0, LAMP, "mia") };
    store.save_draft(&draft).await.unwrap().unwrap();
    ask(store, at_once).await
}

async fn ask(store: &dyn Store, at_once: bool) -> ReleaseId {
    let release = NewRelease {
        name: "Spring".to_owned(),
        at: at(100),
        by: "mia".to_owned(),
        starts_at: at(200),
        ends_at: None,
        note: "Prices of spring".to_owned(),
        hold_days: None,
        approval: Some(NewApproval { at_once, tell: vec!["ana".to_owned(), "ben".to_owned()] }),
        products: vec![frozen("lamp", 1, LAMP, 1)],
    };
    match store.plan_release(&release).await.unwrap() {
        Planning::Planned(id) => id,
        refused => panic!("{refused:?}"),
    }
}

fn says(id: ReleaseId, by: &str, seconds: i64) -> Decision {
    Decision { id, by: by.to_owned(), at: at(seconds) }
}

async fn begin(store: &dyn Store, id: ReleaseId) -> Beginning {
    let products = vec![BegunProduct { slug: slug("lamp"), prepared: prepared("lamp", 2) }];
    store.begin_release(&BegunRelease { id, at: at(300), products }).await.unwrap()
}

async fn state(store: &dyn Store, id: ReleaseId) -> ReleaseState {
    store.release(id).await.unwrap().unwrap().state
}

async fn live(store: &dyn Store) -> i64 {
    store.live(&slug("lamp")).await.unwrap().unwrap().get()
}

pub async fn a_release_waits_until_somebody_else_agrees(store: Arc<dyn Store>) {
    let id = asked(&*store, true).await;
    assert_eq!(
        (state(&*store, id).await, store.waiting_releases().await.unwrap()),
        (ReleaseState::Waiting, 1)
    );
    assert_eq!(store.due_releases(at(900)).await.unwrap(), []);
    assert_eq!(begin(&*store, id).await, Beginning::NotPlanned);
    for told in ["ana", "ben"] {
        let mail = store.take_mail(at(100), at(400)).await.unwrap().unwrap();
        assert_eq!((mail.kind, &*mail.recipient), (MailKind::Approval, told));
        assert_eq!(mail.secret, id.get().to_string());
    }
    assert_eq!(store.take_mail(at(100), at(400)).await.unwrap(), None);
    // What is edited since is not what was asked for.
    let edited = NewDraft { slug: slug("lamp"), ..draft(1, "{\"lamp\":3}", "mia") };
    store.save_draft(&edited).await.unwrap().unwrap();

    assert_eq!(store.approve_release(&says(id, "ben", 250)).await.unwrap(), Approving::Approved);
    let release = store.release(id).await.unwrap().unwrap();
    assert_eq!((release.state, release.starts_at), (ReleaseState::Planned, at(250)), "it is for now");
    let approval = release.approval.unwrap();
    assert_eq!((approval.decided, approval.at_once), (Some((at(250), "ben".to_owned())), true));
    assert_eq!(store.waiting_releases().await.unwrap(), 0);
    assert_eq!(store.due_releases(at(250)).await.unwrap(), [(id, ReleaseState::Planned)]);
    assert!(matches!(begin(&*store, id).await, Beginning::Live(_)));
    let published = store.revision(&slug("lamp"), number(2)).await.unwrap().unwrap();
    assert_eq!(
        (published.bundle.as_str(), published.published_by.as_str(), published.note.as_str()),
        (LAMP, "mia", "Prices of spring")
    );
    let audit = store.audit(&AuditQuery::newest(4)).await.unwrap();
    let audit: Vec<_> = audit.iter().map(|entry| (&*entry.action, &*entry.subject, &*entry.by)).collect();
    let expected = [
        ("begin release", "Spring", "mia"),
        ("publish", "lamp", "mia"),
        ("approve release", "Spring", "ben"),
        ("ask for release", "Spring", "mia"),
    ];
    assert_eq!(audit, expected);
}

pub async fn who_asked_neither_approves_nor_refuses(store: Arc<dyn Store>) {
    let id = asked(&*store, false).await;
    assert_eq!(store.approve_release(&says(id, "mia", 150)).await.unwrap(), Approving::NotWaiting);
    assert!(!store.refuse_release(&says(id, "mia", 150), "No").await.unwrap());
    assert_eq!((state(&*store, id).await, live(&*store).await), (ReleaseState::Waiting, 1));
    assert_eq!(store.approve_release(&says(id, "ben", 150)).await.unwrap(), Approving::Approved);
    let release = store.release(id).await.unwrap().unwrap();
    assert_eq!((release.state, release.starts_at), (ReleaseState::Planned, at(200)), "its time stays");
    assert_eq!(store.approve_release(&says(id, "ana", 151)).await.unwrap(), Approving::NotWaiting);
    assert!(!store.refuse_release(&says(id, "ana", 151), "No").await.unwrap());
}

pub async fn what_was_refused_or_taken_back_is_never_published(store: Arc<dyn Store>) {
    let refused = asked(&*store, true).await;
    assert!(store.refuse_release(&says(refused, "ben", 150), "Too dear").await.unwrap());
    let row = store.release(refused).await.unwrap().unwrap();
    let said = row.approval.unwrap();
    assert_eq!((row.state, said.reason.as_str()), (ReleaseState::Refused, "Too dear"));
    assert_eq!(said.decided, Some((at(150), "ben".to_owned())));
    let audit = &store.audit(&AuditQuery::newest(1)).await.unwrap()[0];
    assert_eq!((&*audit.action, &*audit.detail, &*audit.by), ("refuse release", "Too dear", "ben"));

    let back = ask(&*store, true).await;
    assert!(store.cancel_release(back, "mia", at(160)).await.unwrap());
    let row = store.release(back).await.unwrap().unwrap();
    assert_eq!((row.state, row.over_by.as_deref()), (ReleaseState::Cancelled, Some("mia")));
    for id in [refused, back] {
        assert_eq!(store.approve_release(&says(id, "ana", 170)).await.unwrap(), Approving::NotWaiting);
        assert_eq!(begin(&*store, id).await, Beginning::NotPlanned);
        assert!(!store.cancel_release(id, "mia", at(180)).await.unwrap());
    }
    assert_eq!(store.due_releases(at(900)).await.unwrap(), []);
    assert_eq!((live(&*store).await, store.waiting_releases().await.unwrap()), (1, 0));
}

pub async fn where_something_else_is_live_nothing_is_approved(store: Arc<dyn Store>) {
    let id = asked(&*store, true).await;
    assert_eq!(store.publish(&revision(1, "{\"a\":9}")).await.unwrap(), Publishing::Published(number(2)));
    let obstacles = vec![(slug("lamp"), Obstacle::AnotherLive)];
    let approving = store.approve_release(&says(id, "ben", 150)).await.unwrap();
    assert_eq!(approving, Approving::Hindered(obstacles.clone()));
    assert_eq!(state(&*store, id).await, ReleaseState::Waiting);
    let failing = Failing { id, at: at(151), obstacle: None, products: obstacles };
    assert!(store.fail_release(&failing).await.unwrap());
    assert!(!store.fail_release(&failing).await.unwrap());
    let row = store.release(id).await.unwrap().unwrap();
    assert_eq!((row.state, row.products[0].obstacle), (ReleaseState::Failed, Some(Obstacle::AnotherLive)));
    assert_eq!((live(&*store).await, store.waiting_releases().await.unwrap()), (2, 0));
}

pub async fn of_many_who_approve_and_refuse_at_once_one_does(store: Arc<dyn Store>) {
    let id = asked(&*store, true).await;
    let decide = move |store: Arc<dyn Store>, index: usize| async move {
        let decision = says(id, &format!("person {index}"), 150);
        match index % 2 {
            0 => store.approve_release(&decision).await.unwrap() == Approving::Approved,
            _ => store.refuse_release(&decision, "No").await.unwrap(),
        }
    };
    let done = fifty_times(&store, decide).await;
    assert_eq!(done.into_iter().filter(|done| *done).count(), 1);
    let decided = ["approve release", "refuse release"];
    let audit = store.audit(&AuditQuery::newest(50)).await.unwrap();
    assert_eq!(audit.iter().filter(|entry| decided.contains(&&*entry.action)).count(), 1);
}
