//! Campaign links: made once, counted by the day, and ended.

use std::sync::Arc;

use shop::access::{AuditKind, AuditQuery};
use shop::campaigns::{Campaign, Counted};
use shop::{Start, Store};
use testing::{number, slug};
use time::macros::date;

use super::builders::{at, fifty_times, product};

const ANA: &str = "ana@example.org";

fn campaign(code: &str, seconds: i64) -> Campaign {
    Campaign {
        code: code.to_owned(),
        greeting: "Welcome, riders \u{1f6b2}".to_owned(),
        slug: slug("lamp"),
        revision: Some(number(1)),
        start: Start::Personal { stated_use: Some("reading".to_owned()), base: None },
        choices: vec![("shade".to_owned(), "brass".to_owned())],
        made_at: at(seconds),
        ended_at: None,
    }
}

pub async fn a_campaign_link_is_made_once_and_ends(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    let first = campaign("spring", 1);
    assert!(store.add_campaign(&first, ANA).await.unwrap());
    let again = Campaign { greeting: "Other".to_owned(), ..first.clone() };
    assert!(!store.add_campaign(&again, ANA).await.unwrap());
    assert_eq!(store.campaign("spring").await.unwrap(), Some(first.clone()));
    assert_eq!(store.campaign("autumn").await.unwrap(), None);
    let plain = Campaign { revision: None, choices: Vec::new(), ..campaign("plain", 2) };
    assert!(store.add_campaign(&plain, ANA).await.unwrap());
    assert!(store.end_campaign("spring", ANA, at(9)).await.unwrap());
    assert!(!store.end_campaign("spring", ANA, at(10)).await.unwrap());
    let ended = Campaign { ended_at: Some(at(9)), ..first };
    assert_eq!(store.campaigns().await.unwrap(), [(plain, Vec::new()), (ended, Vec::new())]);
    let asked = AuditQuery { kind: Some(AuditKind::Campaigns), ..AuditQuery::newest(9) };
    let noted = store.audit(&asked).await.unwrap();
    let noted: Vec<_> = noted.iter().map(|entry| [&*entry.by, &entry.action, &entry.subject]).collect();
    let made = |code| [ANA, "make campaign", code];
    assert_eq!(noted, [[ANA, "end campaign", "spring"], made("plain"), made("spring")]);
}

pub async fn a_campaign_link_is_counted_by_the_day(store: Arc<dyn Store>) {
    store.add_product(&product("lamp")).await.unwrap();
    for code in ["spring", "autumn"] {
        store.add_campaign(&campaign(code, 1), ANA).await.unwrap();
    }
    let count = |store: Arc<dyn Store>, index: usize| async move {
        let day = if index < 40 { date!(2027 - 01 - 15) } else { date!(2027 - 01 - 16) };
        store.count_campaign("spring", day).await.unwrap();
    };
    fifty_times(&store, count).await;
    let counted = |day, opened| Counted { day, opened };
    let campaigns = store.campaigns().await.unwrap();
    assert_eq!(campaigns[0].1, [], "autumn has no day");
    assert_eq!(campaigns[1].1, [counted(date!(2027 - 01 - 16), 10), counted(date!(2027 - 01 - 15), 40)]);
}
