//! API keys: made with a name and a role, known while they hold, ended.

use shop::ShopError;
use shop::access::{KeyError, Role, WantedKey};
use testing::TestShop;
use time::macros::date;
use time::{Date, Duration};

const MIA: &str = "mia@example.org";

fn wanted(name: &str, role: Role, until: Option<Date>) -> WantedKey {
    WantedKey { name: name.to_owned(), role, until }
}

#[tokio::test]
async fn a_key_lets_its_role_in_under_its_name_until_it_is_ended() {
    let test = TestShop::empty().await;
    let sent = test.shop.make_key(wanted("  The ERP ", Role::Production, None), MIA).await.unwrap();
    assert!(sent.starts_with("atelier_") && sent.len() == "atelier_".len() + 64, "{sent}");
    let holder = test.shop.key_holder(&sent).await.unwrap().unwrap();
    assert_eq!((holder.actor.as_str(), holder.role), ("key:the erp", Role::Production));
    for other in ["", "atelier_", &sent.to_uppercase(), &sent[8..], &format!("{sent}0"), &format!(" {sent}")]
    {
        assert_eq!(test.shop.key_holder(other).await.unwrap(), None, "{other}");
    }
    let guess = format!("atelier_{}", "0".repeat(64));
    assert_eq!(test.shop.key_holder(&guess).await.unwrap(), None);

    let keys = test.shop.keys().await.unwrap();
    assert_eq!((keys.len(), keys[0].name.as_str(), keys[0].made_by.as_str()), (1, "The ERP", MIA));
    assert!(!format!("{keys:?}").contains(&sent[8..]), "what opens something is kept nowhere");
    test.shop.end_key("key:the erp", MIA).await.unwrap();
    assert_eq!(test.shop.key_holder(&sent).await.unwrap(), None);
    assert!(matches!(test.shop.end_key("key:the erp", MIA).await, Err(KeyError::NoKey)));
}

#[tokio::test]
async fn a_key_holds_until_the_end_of_its_last_day_and_tells_the_day_of_its_use() {
    // The clock stands at 15 January 2027, 8:00 UTC, which is the shop's day.
    let test = TestShop::empty().await;
    let today = date!(2027 - 01 - 15);
    let over = wanted("ERP", Role::Viewer, today.previous_day());
    assert!(matches!(test.shop.make_key(over, MIA).await, Err(KeyError::Over)));
    let sent = test.shop.make_key(wanted("ERP", Role::Viewer, Some(today)), MIA).await.unwrap();
    let used = async || test.shop.keys().await.unwrap()[0].used_on;
    assert_eq!(used().await, None);
    test.environment.wait(Duration::hours(15));
    assert!(test.shop.key_holder(&sent).await.unwrap().is_some());
    assert_eq!(used().await, Some(today));
    test.environment.wait(Duration::hours(1));
    assert_eq!(test.shop.key_holder(&sent).await.unwrap(), None);
    assert_eq!(used().await, Some(today), "who is refused has used nothing");
    assert_eq!(test.shop.keys().await.unwrap().len(), 1, "it is listed until somebody ends it");
}

#[tokio::test]
async fn what_no_key_can_be_is_refused() {
    let test = TestShop::empty().await;
    let refused =
        async |name: &str, role: Role| test.shop.make_key(wanted(name, role, None), MIA).await.unwrap_err();
    assert!(matches!(refused("ERP", Role::Administrator).await, KeyError::Administrator));
    assert!(matches!(refused(" ", Role::Viewer).await, KeyError::NoName));
    assert!(matches!(refused("mia@example.org", Role::Viewer).await, KeyError::NameOfPerson));
    let long = refused(&"x".repeat(41), Role::Viewer).await;
    assert!(matches!(long, KeyError::Shop(ShopError::LongText { most: 40, .. })), "{long}");
    let hidden = refused("ERP\u{202e}", Role::Viewer).await;
    assert!(matches!(hidden, KeyError::Shop(ShopError::HiddenCharacters)), "{hidden}");
    test.shop.make_key(wanted("ERP", Role::Viewer, None), MIA).await.unwrap();
    assert!(matches!(refused("erp", Role::Viewer).await, KeyError::NameTaken { .. }));
    for index in 1..50 {
        test.shop.make_key(wanted(&format!("mill {index}"), Role::Viewer, None), MIA).await.unwrap();
    }
    assert!(matches!(refused("one more", Role::Viewer).await, KeyError::TooMany { most: 50 }));
}
