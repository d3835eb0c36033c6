//! A store that holds nothing yet.

use std::sync::Arc;

use shop::Store;
use shop::access::AuditQuery;
use shop::orders::DeskQuery;
use testing::{number, order_number, slug};

use crate::builders::{acceptance, at, discard, draft, request, revision};

pub async fn an_empty_store_answers_none(store: Arc<dyn Store>) {
    store.is_there().await.unwrap();
    store.can_be_written().await.unwrap();
    assert_eq!(store.products().await.unwrap(), []);
    assert_eq!(store.count_listed(2, &[]).await.unwrap(), 0);
    assert_eq!(store.unprepared(2).await.unwrap(), []);
    assert_eq!(store.artifact(&slug("lamp"), number(1), 2).await.unwrap(), None);
    assert_eq!(store.live(&slug("lamp")).await.unwrap(), None);
    assert_eq!(store.revision(&slug("lamp"), number(1)).await.unwrap(), None);
    assert_eq!(store.revisions(&slug("lamp")).await.unwrap(), []);
    assert_eq!(store.past_designs(&slug("lamp")).await.unwrap(), []);
    assert_eq!(store.order_by_token("t").await.unwrap(), None);
    assert_eq!(store.order_by_number(order_number(1_001)).await.unwrap(), None);
    assert_eq!(store.placed_before(&request("r"), "t").await.unwrap(), None);
    assert_eq!(store.orders(None, 10).await.unwrap(), []);
    assert_eq!(store.order_events(order_number(1_001)).await.unwrap(), []);
    assert_eq!(store.desk_orders(&DeskQuery { limit: 9, ..DeskQuery::default() }).await.unwrap(), []);
    assert_eq!(store.orders_without_words(9).await.unwrap(), []);
    assert_eq!(store.desk_views("mia@example.org").await.unwrap(), []);
    assert_eq!(store.kept_design("d").await.unwrap(), None);
    assert_eq!(store.forget_designs(at(1_000)).await.unwrap(), 0);
    assert_eq!(store.draft(&slug("lamp")).await.unwrap(), None);
    assert_eq!(store.save_draft(&draft(0, "{}", "mia")).await.unwrap(), None);
    assert_eq!(store.publish(&revision(0, "{}")).await.unwrap(), shop::drafts::Publishing::StandsOtherwise);
    assert!(!store.roll_back(&slug("lamp"), number(1), "mia", at(0)).await.unwrap());
    assert_eq!(store.invited("i", at(0)).await.unwrap(), None);
    assert_eq!(store.accept_invite(&acceptance("i", "s", 0)).await.unwrap(), None);
    assert_eq!(store.password_hash("mia@example.org").await.unwrap(), None);
    assert_eq!(store.session("s", at(0)).await.unwrap(), None);
    assert!(!store.discard_draft(&discard(0)).await.unwrap());
    assert_eq!(store.second_factor("mia@example.org").await.unwrap(), None);
    assert_eq!(store.waiting_session("s", at(0)).await.unwrap(), None);
    assert_eq!(store.keys().await.unwrap(), []);
    assert_eq!(store.key("k", at(0)).await.unwrap(), None);
    assert!(!store.end_key("key:erp", "mia@example.org", at(0)).await.unwrap());
    store.end_session("s", at(1)).await.unwrap();
    assert_eq!(store.audit(&AuditQuery::newest(10)).await.unwrap(), []);
}
