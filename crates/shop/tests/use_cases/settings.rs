//! Settings that are saved in the database.

use std::sync::Arc;

use shop::shop_file::{SettingsRow, to_fields};
use shop::{Environment, Shop};
use testing::TestShop;
use time::OffsetDateTime;

#[tokio::test]
async fn where_the_newest_settings_cannot_be_read_those_before_go_on_also_after_a_restart() {
    let test = TestShop::empty().await;
    let mut fields = to_fields(test.shop.profile().source());
    fields.insert("name".to_owned(), "Clay Palace".to_owned());
    assert_eq!(test.shop.save_settings(0, &fields, "mia").await.unwrap(), 1);
    let later = SettingsRow {
        version: 2,
        at: OffsetDateTime::UNIX_EPOCH,
        by: "later@example.org".to_owned(),
        content: Some("{\"a field of a later release\": 1}".to_owned()),
    };
    assert!(test.store.save_settings(&later, "something").await.unwrap());
    let environment = Arc::clone(&test.environment) as Arc<dyn Environment>;
    let restarted = Shop::new(Arc::clone(&test.store), environment);
    assert!(restarted.refresh_settings().await.is_err(), "it says so");
    assert_eq!(restarted.profile().source().name, "Clay Palace");
    // What is saved next takes nothing else back.
    let mut fields = to_fields(restarted.profile().source());
    fields.insert("contact.email".to_owned(), "palace@example.org".to_owned());
    assert_eq!(restarted.save_settings(2, &fields, "mia").await.unwrap(), 3);
    let source = restarted.profile().source().clone();
    assert_eq!(
        (source.name.as_str(), source.contact.email.as_deref()),
        ("Clay Palace", Some("palace@example.org"))
    );
}
