//! Products and their revisions.

use std::sync::Arc;

use shop::access::AuditQuery;
use shop::catalogue::{
    ListQuery, ListingRow, ListingTexts, NewProduct, Offer, Prepared, ProductRow, Withdrawal,
};
use shop::orders::Placing;
use shop::{Slug, Store};
use testing::{number, order_number, slug};

use crate::builders::{at, draft, new_order, past, place, prepared, product, revision};

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
    assert_eq!(store.audit(&AuditQuery::newest(10)).await.unwrap().len(), 1);
}

pub async fn rolling_back_moves_the_live_revision_only(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    assert!(store.roll_back(&slug("lamp"), number(1), "ben", at(30)).await.unwrap());
    assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(1)));
    assert_eq!(store.revisions(&slug("lamp")).await.unwrap().len(), 2);
    assert_eq!(store.audit(&AuditQuery::newest(1)).await.unwrap()[0].action, "roll back");

    assert!(!store.roll_back(&slug("lamp"), number(3), "ben", at(30)).await.unwrap());
    assert_eq!(store.live(&slug("lamp")).await.unwrap(), Some(number(1)));
    assert_eq!(store.audit(&AuditQuery::newest(10)).await.unwrap().len(), 4);

    store.save_draft(&draft(0, "{\"a\":2}", "mia")).await.unwrap();
    assert_eq!(
        store.publish(&revision(2, "{\"a\":2}")).await.unwrap(),
        shop::drafts::Publishing::Published(number(3)),
        "numbers are never used twice"
    );
}

pub async fn an_offer_ends_when_another_revision_is_live(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let lamp = slug("lamp");
    assert_eq!(store.offer(&lamp, number(1)).await.unwrap(), Offer::default());
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    let superseded = |seconds| Offer { superseded_at: Some(at(seconds)), ..Offer::default() };
    assert_eq!(store.offer(&lamp, number(1)).await.unwrap(), superseded(20));
    assert_eq!(store.offer(&lamp, number(2)).await.unwrap(), Offer::default());
    // One that fails changes nothing.
    assert!(!store.roll_back(&lamp, number(3), "ben", at(25)).await.unwrap());
    assert_eq!(store.offer(&lamp, number(2)).await.unwrap(), Offer::default());

    store.roll_back(&lamp, number(1), "ben", at(30)).await.unwrap();
    assert_eq!(store.offer(&lamp, number(1)).await.unwrap(), Offer::default());
    assert_eq!(store.offer(&lamp, number(2)).await.unwrap(), superseded(30));
    // Making the live one live again supersedes nothing.
    store.roll_back(&lamp, number(1), "ben", at(35)).await.unwrap();
    let offers: Vec<Offer> =
        store.revisions(&lamp).await.unwrap().into_iter().map(|revision| revision.offer).collect();
    assert_eq!(offers, [superseded(30), Offer::default()]);
    store.roll_back(&lamp, number(2), "ben", at(40)).await.unwrap();
    assert_eq!(store.offer(&lamp, number(1)).await.unwrap(), superseded(40));
}

pub async fn a_revision_is_withdrawn_and_offered_again(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    let lamp = slug("lamp");
    let withdrawal = Withdrawal { at: at(50), by: "mia".to_owned(), reasons: "A wrong price".into() };
    for unfit in [2, 3] {
        assert!(!store.withdraw(&lamp, number(unfit), &withdrawal).await.unwrap(), "live, or none");
        assert!(!store.offer_again(&lamp, number(unfit), "ben", at(60)).await.unwrap());
    }
    let entries = store.audit(&AuditQuery::newest(10)).await.unwrap().len();
    assert!(store.withdraw(&lamp, number(1), &withdrawal).await.unwrap());
    let offer =
        Offer { superseded_at: Some(at(20)), withdrawal: Some(withdrawal.clone()), ..Offer::default() };
    assert_eq!(store.offer(&lamp, number(1)).await.unwrap(), offer);
    let said = [("de", "Ein anderer \"Grund\""), ("en", "Another reason")];
    let said = said.map(|(tag, reason)| (tag.to_owned(), reason.to_owned()));
    let later = Withdrawal { at: at(55), reasons: said.into_iter().collect(), ..withdrawal.clone() };
    assert!(store.withdraw(&lamp, number(1), &later).await.unwrap());
    assert_eq!(store.offer(&lamp, number(1)).await.unwrap().withdrawal.as_ref(), Some(&later));
    assert_eq!(store.revisions(&lamp).await.unwrap()[1].offer.withdrawal, Some(later));
    // What is said next takes the place of all of it.
    assert!(store.withdraw(&lamp, number(1), &withdrawal).await.unwrap());
    assert_eq!(store.offer(&lamp, number(1)).await.unwrap().withdrawal, Some(withdrawal));

    // It sells nothing, not even what was under way, and can't become live.
    let refused = store.place_order(new_order("a")).await.unwrap();
    assert_eq!(refused, Placing::Withdrawn);
    assert!(!store.roll_back(&lamp, number(1), "ben", at(57)).await.unwrap());
    assert_eq!(store.live(&lamp).await.unwrap(), Some(number(2)));
    assert_eq!(store.offer(&lamp, number(2)).await.unwrap(), Offer::default());

    assert!(store.offer_again(&lamp, number(1), "ben", at(60)).await.unwrap());
    assert_eq!(place(&*store, new_order("a")).await.number, order_number(1_001));
    assert_eq!(store.offer(&lamp, number(1)).await.unwrap(), Offer { withdrawal: None, ..offer });
    assert!(!store.offer_again(&lamp, number(1), "ben", at(61)).await.unwrap());
    let audit = store.audit(&AuditQuery::newest(10)).await.unwrap();
    assert_eq!(audit.len(), entries + 4);
    assert_eq!((audit[0].action.as_str(), audit[2].action.as_str()), ("offer again", "withdraw"));
}

pub async fn what_was_prepared_is_kept_by_format(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let lamp = slug("lamp");
    let artifact = |revision, format| {
        let (store, lamp) = (Arc::clone(&store), lamp.clone());
        async move { store.artifact(&lamp, number(revision), format).await.unwrap() }
    };
    assert_eq!(artifact(1, 2).await, Some(prepared("lamp", 2).artifact));
    assert_eq!((artifact(1, 3).await, artifact(2, 2).await), (None, None));
    assert_eq!(store.unprepared(2).await.unwrap(), []);
    assert_eq!(store.unprepared(3).await.unwrap(), [ProductRow { slug: lamp.clone(), live: number(1) }]);

    store.keep_prepared(&lamp, number(1), &prepared("lamp", 3)).await.unwrap();
    assert_eq!(artifact(1, 2).await, Some(prepared("lamp", 2).artifact), "another release needs it");
    assert_eq!(artifact(1, 3).await, Some(prepared("lamp", 3).artifact));
    assert_eq!(store.unprepared(3).await.unwrap(), []);
    store.keep_prepared(&lamp, number(1), &prepared("repaired", 3)).await.unwrap();
    assert_eq!(artifact(1, 3).await, Some(prepared("repaired", 3).artifact));

    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    assert_eq!(artifact(2, 2).await, Some(prepared("second", 2).artifact));
    assert_eq!(store.unprepared(3).await.unwrap(), [ProductRow { slug: lamp.clone(), live: number(2) }]);
    assert!(store.keep_prepared(&lamp, number(3), &prepared("none", 3)).await.is_err());
}

pub async fn what_was_prepared_in_old_formats_is_forgotten(store: Arc<dyn Store>) {
    for address in ["lamp", "chair"] {
        store.add_product(&product(address)).await.unwrap();
        store.keep_prepared(&slug(address), number(1), &prepared(address, 3)).await.unwrap();
        store.keep_prepared(&slug(address), number(1), &prepared(address, 4)).await.unwrap();
    }
    assert_eq!(store.forget_prepared_before(2).await.unwrap(), 0);
    assert_eq!(store.count_listed(2, &[]).await.unwrap(), 2);

    assert_eq!(store.forget_prepared_before(3).await.unwrap(), 2);
    assert_eq!(store.count_listed(2, &[]).await.unwrap(), 0);
    assert_eq!(store.unprepared(2).await.unwrap().len(), 2);
    for address in ["lamp", "chair"] {
        assert_eq!(store.artifact(&slug(address), number(1), 2).await.unwrap(), None);
        let kept = store.artifact(&slug(address), number(1), 3).await.unwrap();
        assert_eq!(kept, Some(prepared(address, 3).artifact));
        assert!(store.revision(&slug(address), number(1)).await.unwrap().is_some(), "revisions stay");
    }
    assert_eq!((store.unprepared(3).await.unwrap(), store.unprepared(4).await.unwrap()), (vec![], vec![]));
    assert_eq!(store.forget_prepared_before(3).await.unwrap(), 0);
}

pub async fn the_list_is_searched_and_paged(store: Arc<dyn Store>) {
    for (name, address) in
        [("Desk lamp", "lamp"), ("Chair", "chair"), ("\u{c9}tag\u{e8}re", "shelf"), ("100% oak", "oak")]
    {
        let found_by = if address == "chair" { "Si\u{e8}ge\nSeat" } else { "" }.to_owned();
        let named = NewProduct { prepared: Prepared { found_by, ..prepared(name, 2) }, ..product(address) };
        store.add_product(&named).await.unwrap();
    }
    let listed = |words: &[&str], offset, limit| {
        let (store, words) =
            (Arc::clone(&store), words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>());
        async move {
            let count = store.count_listed(2, &words).await.unwrap();
            let rows = store.listed(&ListQuery { words, offset, limit, ..all() }).await.unwrap();
            (count, rows.into_iter().map(|row| row.slug.to_string()).collect::<Vec<_>>())
        }
    };
    let found = |slugs: &[&str]| slugs.iter().map(|&slug| slug.to_owned()).collect::<Vec<_>>();
    assert_eq!(listed(&[], 0, 9).await, (4, found(&["lamp", "chair", "shelf", "oak"])));
    assert_eq!(listed(&[], 1, 2).await, (4, found(&["chair", "shelf"])));
    assert_eq!(listed(&[], 4, 2).await, (4, found(&[])));
    assert_eq!(listed(&["lamp"], 0, 9).await, (1, found(&["lamp"])));
    assert_eq!(listed(&["lamp", "desk"], 0, 9).await, (1, found(&["lamp"])), "in whatever order");
    assert_eq!(listed(&["lamp", "chair"], 0, 9).await, (0, found(&[])));
    assert_eq!(
        listed(&["siege", "chair"], 0, 9).await,
        (1, found(&["chair"])),
        "by what else it is found by"
    );
    assert_eq!(
        listed(&["etag"], 0, 9).await,
        (1, found(&["shelf"])),
        "what is searched is kept without accents"
    );
    assert_eq!(listed(&["emile"], 0, 9).await, (4, found(&["lamp", "chair", "shelf", "oak"])));
    for word in ["%", "100%"] {
        assert_eq!(listed(&[word], 0, 9).await, (1, found(&["oak"])), "{word} stands for itself");
    }
    for word in ["_", "\"", "'", "\\", "["] {
        let all = if word == "'" { 4 } else { 0 };
        assert_eq!(listed(&[word], 0, 9).await.0, all, "{word} stands for itself");
    }
    let rows = store.listed(&ListQuery { limit: 1, ..all() }).await.unwrap();
    let lamp = ListingRow {
        slug: slug("lamp"),
        revision: number(1),
        name: "Desk lamp".to_owned(),
        summary: "It is \u{c9}mile's Desk lamp.".to_owned(),
        currency: "EUR".to_owned(),
        low_price: -1,
        high_price: None,
        standard_price: i64::MAX,
        lead_time_days: 5,
        published_at: at(0),
    };
    assert_eq!(rows, [lamp]);
    assert_eq!(store.count_listed(3, &[]).await.unwrap(), 0, "nothing is prepared in this format");
}

pub async fn the_list_shows_live_revisions(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let shown = || async {
        let rows = store.listed(&all()).await.unwrap();
        rows.into_iter().map(|row| (row.revision.get(), row.name)).collect::<Vec<_>>()
    };
    store.save_draft(&draft(0, "{\"a\":1}", "mia")).await.unwrap();
    store.publish(&revision(1, "{\"a\":1}")).await.unwrap();
    assert_eq!(shown().await, [(2, "second".to_owned())]);
    store.roll_back(&slug("lamp"), number(1), "ben", at(30)).await.unwrap();
    assert_eq!(shown().await, [(1, "lamp".to_owned())]);
}

/// All products.
fn all() -> ListQuery {
    ListQuery { format: 2, words: Vec::new(), offset: 0, limit: 9, language: "en".to_owned() }
}

pub async fn the_list_speaks_the_languages_of_its_products(store: Arc<dyn Store>) {
    let text = |language: &str, name: &str| ListingTexts {
        language: language.to_owned(),
        name: name.to_owned(),
        summary: format!("{name}."),
    };
    let mut lamp = product("lamp");
    lamp.prepared.texts = vec![text("de", "Lampe"), text("fr", "Lampe fran\u{e7}aise")];
    store.add_product(&lamp).await.unwrap();
    store.add_product(&product("chair")).await.unwrap();
    let named = |language: &str, words: &[&str]| {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let query = ListQuery { language: language.to_owned(), words, ..all() };
        let store = Arc::clone(&store);
        async move {
            let rows = store.listed(&query).await.unwrap();
            rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        }
    };
    assert_eq!(named("en", &[]).await, ["lamp", "chair"]);
    assert_eq!(named("de", &[]).await, ["Lampe", "chair"]);
    assert_eq!(named("fr", &[]).await, ["Lampe fran\u{e7}aise", "chair"]);
    assert_eq!(named("de", &["francaise"]).await, ["Lampe"], "found by the words of any language");

    lamp.prepared.texts = vec![text("de", "Leuchte")];
    store.keep_prepared(&slug("lamp"), number(1), &lamp.prepared).await.unwrap();
    assert_eq!(named("de", &[]).await, ["Leuchte", "chair"]);
    assert_eq!(named("fr", &[]).await, ["lamp", "chair"], "what is not there any more is as written");
}
