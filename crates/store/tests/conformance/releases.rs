//! Releases: all of it or nothing, once, and what returns at the end.

use std::sync::Arc;

use shop::access::AuditQuery;
use shop::drafts::{NewDraft, NewRevision, Publishing};
use shop::mail::MailKind;
use shop::products::{NewStanding, Standing};
use shop::releases::{
    Beginning, BegunProduct, BegunRelease, EndOutcome, Ended, Ending, Failing, NewRelease, Obstacle,
    Planning, ReleaseId, ReleaseRow, ReleaseState, Returning,
};
use shop::{Slug, Store};
use testing::{number, slug};

use crate::builders::{at, draft, fifty_times, frozen, prepared, product, revision};

const LAMP: &str = "{\"lamp\":2}";
const CHAIR: &str = "{\"chair\":2}";

/// A shop with two products and a draft of each.
async fn two_drafts(store: &dyn Store) {
    for (address, bundle) in [("lamp", LAMP), ("chair", CHAIR)] {
        store.add_product(&product(address)).await.unwrap();
        let draft = NewDraft { slug: slug(address), ..draft(0, bundle, "mia") };
        store.save_draft(&draft).await.unwrap().unwrap();
    }
}

fn spring(ends: Option<i64>) -> NewRelease {
    NewRelease {
        name: "Spring".to_owned(),
        at: at(100),
        by: "mia".to_owned(),
        starts_at: at(200),
        ends_at: ends.map(at),
        note: String::new(),
        hold_days: None,
        approval: None,
        products: vec![frozen("lamp", 1, LAMP, 1), frozen("chair", 1, CHAIR, 1)],
    }
}

async fn planned(store: &dyn Store, release: &NewRelease) -> ReleaseId {
    match store.plan_release(release).await.unwrap() {
        Planning::Planned(id) => id,
        refused => panic!("{refused:?}"),
    }
}

fn begun(id: ReleaseId, slugs: &[&str]) -> BegunRelease {
    let product = |address: &&str| BegunProduct { slug: slug(address), prepared: prepared(address, 2) };
    BegunRelease { id, at: at(200), products: slugs.iter().map(product).collect() }
}

async fn begin(store: &dyn Store, id: ReleaseId) -> Beginning {
    store.begin_release(&begun(id, &["chair", "lamp"])).await.unwrap()
}

/// What a release returns to, as somebody judges it: all of it sound.
async fn judged(store: &dyn Store, id: ReleaseId, seconds: i64) -> Ending {
    let targets = store.return_targets(id).await.unwrap().into_iter();
    let products = targets.map(|(slug, to)| Returning { slug, to, stays: None }).collect();
    Ending { id, at: at(seconds), by: None, products }
}

async fn end(store: &dyn Store, id: ReleaseId, seconds: i64) -> bool {
    let ending = judged(store, id, seconds).await;
    store.end_release(&ending).await.unwrap() == Ended::Done
}

async fn live(store: &dyn Store, address: &str) -> i64 {
    store.live(&slug(address)).await.unwrap().unwrap().get()
}

async fn lives(store: &dyn Store) -> [i64; 2] {
    [live(store, "lamp").await, live(store, "chair").await]
}

async fn outcomes(store: &dyn Store, id: ReleaseId) -> Vec<(Slug, Option<EndOutcome>)> {
    let release = store.release(id).await.unwrap().unwrap();
    release.products.into_iter().map(|row| (row.slug, row.outcome)).collect()
}

pub async fn a_release_is_published_whole_and_a_draft_that_was_edited_since_stays(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    assert_eq!(store.drafted().await.unwrap(), [slug("lamp"), slug("chair")]);
    let id = planned(&*store, &spring(Some(300))).await;
    let edited = NewDraft { slug: slug("chair"), ..draft(1, "{\"chair\":3}", "ben") };
    let edited = store.save_draft(&edited).await.unwrap().unwrap();

    assert_eq!(store.due_releases(at(199)).await.unwrap(), []);
    assert_eq!(store.due_releases(at(200)).await.unwrap(), [(id, ReleaseState::Planned)]);
    let two = vec![(slug("chair"), number(2)), (slug("lamp"), number(2))];
    assert_eq!(begin(&*store, id).await, Beginning::Live(two));
    assert_eq!(lives(&*store).await, [2, 2]);
    let chair = store.revision(&slug("chair"), number(2)).await.unwrap().unwrap();
    assert_eq!(
        (chair.bundle.as_str(), chair.published_by.as_str(), chair.note.as_str()),
        (CHAIR, "mia", "Spring")
    );
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), None);
    assert_eq!(store.draft(&slug("chair")).await.unwrap(), Some(edited));
    assert!(store.draft_version(&slug("chair"), 1).await.unwrap().is_some(), "undo leads on");

    let release = store.release(id).await.unwrap().unwrap();
    assert_eq!((release.state, release.begun_at), (ReleaseState::Live, Some(at(200))));
    assert!(release.products.iter().all(|row| row.is_live && row.published == Some(number(2))));
    assert_eq!(store.releases().await.unwrap(), std::slice::from_ref(&release));
    assert_eq!(store.releases_of(&slug("lamp")).await.unwrap(), [release]);
    assert_eq!(store.due_releases(at(299)).await.unwrap(), []);
    assert_eq!(store.due_releases(at(300)).await.unwrap(), [(id, ReleaseState::Live)]);
    let audit = store.audit(&AuditQuery::newest(3)).await.unwrap();
    let audit: Vec<_> = audit.iter().map(|entry| (&*entry.action, &*entry.subject, &*entry.by)).collect();
    let expected =
        [("begin release", "Spring", "mia"), ("publish", "lamp", "mia"), ("publish", "chair", "mia")];
    assert_eq!(audit, expected);
}

pub async fn what_stands_against_one_product_keeps_all_from_being_published(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let id = planned(&*store, &spring(None)).await;
    assert_eq!(store.publish(&revision(1, "{\"a\":9}")).await.unwrap(), Publishing::Published(number(2)));
    let (was, becomes) = (Standing::Listed, Standing::Archived);
    let archive = NewStanding { slug: slug("chair"), was, becomes, at: at(150), by: "mia".to_owned() };
    assert!(store.change_standing(&archive).await.unwrap());
    let obstacles = vec![(slug("chair"), Obstacle::Archived), (slug("lamp"), Obstacle::AnotherLive)];
    assert_eq!(begin(&*store, id).await, Beginning::Hindered(obstacles.clone()));
    assert_eq!(lives(&*store).await, [2, 1]);
    assert_eq!(store.release(id).await.unwrap().unwrap().state, ReleaseState::Planned);

    let failing = Failing { id, at: at(201), obstacle: None, products: obstacles };
    assert!(store.fail_release(&failing).await.unwrap());
    assert!(!store.fail_release(&failing).await.unwrap(), "it failed already");
    let release = store.release(id).await.unwrap().unwrap();
    assert_eq!((release.state, release.over_at), (ReleaseState::Failed, Some(at(201))));
    let told: Vec<_> = release.products.iter().map(|row| row.obstacle).collect();
    assert_eq!(told, [Some(Obstacle::Archived), Some(Obstacle::AnotherLive)]);
    assert_eq!(store.due_releases(at(900)).await.unwrap(), []);
    assert_eq!(begin(&*store, id).await, Beginning::NotPlanned);
    let audit = &store.audit(&AuditQuery::newest(1)).await.unwrap()[0];
    assert_eq!((&*audit.action, &*audit.subject), ("fail release", "Spring"));
    assert_eq!(audit.detail, "chair: archived, lamp: another-live");
    let mail = store.take_mail(at(202), at(400)).await.unwrap().unwrap();
    assert_eq!((mail.kind, &*mail.recipient), (MailKind::ReleaseFailed, "mia"));
    assert_eq!(mail.secret, id.get().to_string());
    assert_eq!(store.take_mail(at(202), at(400)).await.unwrap(), None, "it is told once");
}

pub async fn what_was_not_compared_with_what_is_live_is_not_planned(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let with = |lamp| NewRelease { products: vec![frozen("chair", 1, CHAIR, 1), lamp], ..spring(None) };
    for (lamp, refused) in [
        (frozen("lamp", 2, LAMP, 1), Planning::AnotherDraft(slug("lamp"))),
        (frozen("lamp", 1, LAMP, 2), Planning::AnotherLive(slug("lamp"))),
        (frozen("desk", 1, LAMP, 1), Planning::StandsOtherwise(slug("desk"))),
    ] {
        assert_eq!(store.plan_release(&with(lamp)).await.unwrap(), refused);
    }
    assert_eq!(store.releases().await.unwrap(), []);
}

pub async fn of_many_who_publish_a_release_one_does(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let id = planned(&*store, &spring(Some(300))).await;
    let publish = move |store: Arc<dyn Store>, _| async move { begin(&*store, id).await };
    let done = fifty_times(&store, publish).await;
    assert_eq!(done.iter().filter(|done| **done != Beginning::NotPlanned).count(), 1);
    assert_eq!(lives(&*store).await, [2, 2]);
    assert_eq!(store.revisions(&slug("lamp")).await.unwrap().len(), 2);
    let finish = move |store: Arc<dyn Store>, _| async move { end(&*store, id, 300).await };
    let done = fifty_times(&store, finish).await;
    assert_eq!(done.into_iter().filter(|done| *done).count(), 1);
    assert_eq!(lives(&*store).await, [1, 1]);
}

pub async fn a_release_and_somebody_who_publishes_at_once_leave_no_half(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let id = planned(&*store, &spring(None)).await;
    let begun = begun(id, &["chair", "lamp"]);
    let other = NewRevision { beside: Some(number(1)), ..revision(1, "{\"a\":9}") };
    let (beginning, publishing) = tokio::join!(store.begin_release(&begun), store.publish(&other));
    match (beginning.unwrap(), publishing.unwrap()) {
        (Beginning::Live(_), Publishing::AnotherDraft) => assert_eq!(lives(&*store).await, [2, 2]),
        (Beginning::Hindered(against), Publishing::Published(_)) => {
            assert_eq!(against, [(slug("lamp"), Obstacle::AnotherLive)]);
            assert_eq!(lives(&*store).await, [2, 1]);
        }
        half => panic!("{half:?}"),
    }
}

pub async fn at_its_end_what_was_before_returns_unless_something_newer_is_live(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let id = planned(&*store, &spring(Some(300))).await;
    assert!(!end(&*store, id, 150).await, "it is not live");
    begin(&*store, id).await;
    store.save_draft(&draft(0, "{\"a\":9}", "mia")).await.unwrap().unwrap();
    let newer = store.draft(&slug("lamp")).await.unwrap().unwrap().version;
    store.publish(&revision(newer, "{\"a\":9}")).await.unwrap();
    assert!(end(&*store, id, 300).await);
    assert_eq!(lives(&*store).await, [3, 1]);
    let expected = [(slug("chair"), Some(EndOutcome::Returned)), (slug("lamp"), Some(EndOutcome::Newer))];
    assert_eq!(outcomes(&*store, id).await, expected);
    let release = store.release(id).await.unwrap().unwrap();
    assert_eq!((release.state, release.over_at), (ReleaseState::Ended, Some(at(300))));
    let offer = store.offer(&slug("chair"), number(2)).await.unwrap();
    assert_eq!(offer.superseded_at, Some(at(300)), "its prices are held from then on");
    let audit = store.audit(&AuditQuery::newest(2)).await.unwrap();
    let audit: Vec<_> = audit.iter().map(|entry| (&*entry.action, &*entry.by)).collect();
    assert_eq!(audit, [("end release", ""), ("roll back", "")], "nobody ended it: its time had come");
}

pub async fn the_prices_of_a_release_hold_as_long_as_it_says(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let id = planned(&*store, &NewRelease { hold_days: Some(0), ..spring(Some(300)) }).await;
    assert_eq!(store.release(id).await.unwrap().unwrap().hold_days, Some(0));
    begin(&*store, id).await;
    let offer = async |revision| store.offer(&slug("chair"), number(revision)).await.unwrap();
    assert_eq!(offer(1).await.hold, None, "what it replaced holds as long as the shop says");
    let live = store.revisions(&slug("chair")).await.unwrap().remove(0);
    assert_eq!(
        (live.live, live.offer.hold),
        (true, Some(time::Duration::ZERO)),
        "it is told while it is live"
    );
    assert!(end(&*store, id, 300).await);
    let ended = offer(2).await;
    assert_eq!((ended.superseded_at, ended.hold), (Some(at(300)), Some(time::Duration::ZERO)));
    assert_eq!(ended.ends(time::Duration::days(30)), Some(at(300)));

    // Of prices that end within a time those of other revisions, too, as long as the shop says.
    let ending = async |from, to| {
        let rows = store.prices_ending(1, (at(from), at(to))).await.unwrap().into_iter();
        rows.map(|row| (row.slug, row.number, row.ends)).collect::<Vec<_>>()
    };
    let both = [(slug("chair"), number(2), at(300)), (slug("lamp"), number(2), at(300))];
    assert_eq!(ending(299, 301).await, both);
    assert_eq!(ending(300, 301).await, [], "they ended");
    store.save_draft(&draft(0, "{\"a\":9}", "mia")).await.unwrap().unwrap();
    let version = store.draft(&slug("lamp")).await.unwrap().unwrap().version;
    let newer = NewRevision { at: at(400), ..revision(version, "{\"a\":9}") };
    store.publish(&newer).await.unwrap();
    let day = 24 * 60 * 60;
    assert_eq!(ending(350, 400 + day).await, [(slug("lamp"), number(1), at(400 + day))]);
}

pub async fn a_release_ends_only_as_it_was_judged(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let first = planned(&*store, &spring(Some(300))).await;
    begin(&*store, first).await;
    store.save_draft(&draft(0, "{\"lamp\":3}", "mia")).await.unwrap().unwrap();
    let version = store.draft(&slug("lamp")).await.unwrap().unwrap().version;
    let products = vec![frozen("lamp", version, "{\"lamp\":3}", 2)];
    let starts = NewRelease { starts_at: at(250), ..spring(Some(400)) };
    let second = planned(&*store, &NewRelease { products, ..starts }).await;
    store.begin_release(&begun(second, &["lamp"])).await.unwrap();

    // While somebody looks at what the second one returns to, the first one ends.
    let ending = judged(&*store, second, 300).await;
    assert!(end(&*store, first, 300).await);
    assert_eq!(store.end_release(&ending).await.unwrap(), Ended::JudgedOtherwise);
    assert_eq!(lives(&*store).await, [3, 1]);
    // The product gets another address.
    let ending = judged(&*store, second, 301).await;
    assert!(store.change_address(&slug("lamp"), &slug("light"), "mia", at(302)).await.unwrap());
    assert_eq!(store.end_release(&ending).await.unwrap(), Ended::JudgedOtherwise);
    assert_eq!(store.release(second).await.unwrap().unwrap().state, ReleaseState::Live);

    let mut ending = judged(&*store, second, 303).await;
    assert_eq!(ending.products, [Returning { slug: slug("light"), to: number(1), stays: None }]);
    ending.products[0].stays = Some(EndOutcome::NotSound);
    assert_eq!(store.end_release(&ending).await.unwrap(), Ended::Done);
    assert_eq!(store.end_release(&ending).await.unwrap(), Ended::NotLive);
    assert_eq!(live(&*store, "light").await, 3);
    assert_eq!(outcomes(&*store, second).await, [(slug("light"), Some(EndOutcome::NotSound))]);
}

pub async fn a_release_and_another_address_at_once_hinder_each_other_in_nothing(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let id = planned(&*store, &spring(Some(300))).await;
    let mut lamp = slug("lamp");
    for round in 0..10 {
        let next = slug(&format!("light-{round}"));
        let begun = begun(id, &["chair", lamp.as_str()]);
        let (done, moved) =
            tokio::join!(store.begin_release(&begun), store.change_address(&lamp, &next, "mia", at(150)));
        assert!(moved.unwrap());
        lamp = next;
        match done.unwrap() {
            Beginning::JudgedOtherwise => {}
            Beginning::Live(_) => break,
            other => panic!("{other:?}"),
        }
    }
    store.begin_release(&begun(id, &["chair", lamp.as_str()])).await.unwrap();
    assert_eq!(live(&*store, lamp.as_str()).await, 2);

    let ending = judged(&*store, id, 300).await;
    let next = slug("last");
    let (done, moved) =
        tokio::join!(store.end_release(&ending), store.change_address(&lamp, &next, "mia", at(301)));
    assert!(moved.unwrap());
    assert_ne!(done.unwrap(), Ended::NotLive);
    end(&*store, id, 302).await;
    assert_eq!(live(&*store, "last").await, 1);
}

pub async fn a_release_that_ends_and_somebody_who_publishes_at_once_leave_no_half(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let id = planned(&*store, &spring(Some(300))).await;
    begin(&*store, id).await;
    store.save_draft(&draft(0, "{\"a\":9}", "mia")).await.unwrap().unwrap();
    let version = store.draft(&slug("lamp")).await.unwrap().unwrap().version;
    let ending = judged(&*store, id, 300).await;
    let other = revision(version, "{\"a\":9}");
    let (ended, published) = tokio::join!(store.end_release(&ending), store.publish(&other));
    assert_eq!(ended.unwrap(), Ended::Done);
    assert_eq!(published.unwrap(), Publishing::Published(number(3)));
    assert_eq!(lives(&*store).await, [3, 1]);
}

pub async fn of_releases_that_are_in_each_others_way_one_is_planned(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let plan =
        |store: Arc<dyn Store>, _| async move { store.plan_release(&spring(Some(300))).await.unwrap() };
    let done = fifty_times(&store, plan).await;
    assert_eq!(done.iter().filter(|done| matches!(done, Planning::Planned(_))).count(), 1);
    // The first of its products by their addresses.
    let in_the_way = Planning::InTheWay { slug: slug("chair"), name: "Spring".to_owned() };
    assert_eq!(done.iter().filter(|done| **done == in_the_way).count(), 49);
    let from = |starts, ends: Option<i64>| NewRelease { starts_at: at(starts), ..spring(ends) };
    for meeting in [from(299, None), from(100, Some(201)), from(250, Some(260)), from(100, None)] {
        assert_eq!(store.plan_release(&meeting).await.unwrap(), in_the_way);
    }
    for apart in [from(300, None), from(100, Some(200))] {
        let id = planned(&*store, &apart).await;
        assert!(store.cancel_release(id, "mia", at(150)).await.unwrap());
    }
}

pub async fn a_list_has_the_newest_releases_and_those_to_come(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let products = vec![frozen("chair", 1, CHAIR, 1)];
    let ending = planned(&*store, &NewRelease { products, ..spring(Some(900)) }).await;
    store.begin_release(&begun(ending, &["chair"])).await.unwrap();
    let mut newest = Vec::new();
    for live in 1..=22 {
        let bundle = format!("{{\"lamp\":{}}}", live + 1);
        let version = store.draft(&slug("lamp")).await.unwrap().map_or(0, |draft| draft.version);
        store.save_draft(&draft(version, &bundle, "mia")).await.unwrap().unwrap();
        let version = store.draft(&slug("lamp")).await.unwrap().unwrap().version;
        let products = vec![frozen("lamp", version, &bundle, live)];
        let id = planned(&*store, &NewRelease { products, ..spring(None) }).await;
        let begun = store.begin_release(&begun(id, &["lamp"])).await.unwrap();
        assert_eq!(begun, Beginning::Live(vec![(slug("lamp"), number(live + 1))]));
        newest.insert(0, id);
    }
    let ids = |rows: &[ReleaseRow]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    let of_lamp = store.releases_of(&slug("lamp")).await.unwrap();
    assert_eq!(ids(&of_lamp), newest[..20], "what is live and never ends is no longer news");
    assert!(of_lamp.iter().all(|row| row.products.len() == 1));
    assert_eq!(ids(&store.releases_of(&slug("chair")).await.unwrap()), [ending]);
    let all = store.releases().await.unwrap();
    assert_eq!(ids(&all), [newest, vec![ending]].concat());
    assert_eq!(all[0].products[0].published, Some(number(23)));
    assert_eq!(all[22].products[0].slug, slug("chair"));
}

pub async fn what_a_release_returns_to_is_nothing_whose_time_is_over(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let first = planned(&*store, &spring(Some(300))).await;
    begin(&*store, first).await;
    store.save_draft(&draft(0, "{\"lamp\":3}", "mia")).await.unwrap().unwrap();
    let version = store.draft(&slug("lamp")).await.unwrap().unwrap().version;
    let products = vec![frozen("lamp", version, "{\"lamp\":3}", 2)];
    let starts = NewRelease { starts_at: at(250), ..spring(Some(400)) };
    let second = planned(&*store, &NewRelease { products, ..starts }).await;
    store.begin_release(&begun(second, &["lamp"])).await.unwrap();
    assert!(end(&*store, first, 300).await);
    assert_eq!(lives(&*store).await, [3, 1]);
    // What the second one replaced was the first one's, which is over.
    assert_eq!(store.return_targets(second).await.unwrap(), [(slug("lamp"), number(1))]);
    assert!(end(&*store, second, 400).await);
    assert_eq!(lives(&*store).await, [1, 1]);
}

pub async fn a_release_is_cancelled_while_it_is_planned(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let id = planned(&*store, &spring(None)).await;
    assert!(store.cancel_release(id, "ben", at(150)).await.unwrap());
    assert!(!store.cancel_release(id, "ben", at(151)).await.unwrap());
    assert_eq!(begin(&*store, id).await, Beginning::NotPlanned);
    let release = store.release(id).await.unwrap().unwrap();
    assert_eq!((release.state, release.over_by.as_deref()), (ReleaseState::Cancelled, Some("ben")));
    assert_eq!(lives(&*store).await, [1, 1]);
    let next = planned(&*store, &spring(None)).await;
    assert_ne!(next, id);
    begin(&*store, next).await;
    assert!(!store.cancel_release(next, "ben", at(300)).await.unwrap(), "it is live");
}

pub async fn a_release_follows_a_product_to_another_address(store: Arc<dyn Store>) {
    two_drafts(&*store).await;
    let id = planned(&*store, &spring(None)).await;
    assert!(store.change_address(&slug("lamp"), &slug("light"), "mia", at(150)).await.unwrap());
    // Somebody judged it under the former address: it is judged again.
    assert_eq!(begin(&*store, id).await, Beginning::JudgedOtherwise);
    let done = store.begin_release(&begun(id, &["chair", "light"])).await.unwrap();
    assert_eq!(done, Beginning::Live(vec![(slug("chair"), number(2)), (slug("light"), number(2))]));
}
