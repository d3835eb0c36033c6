//! Administrators: invitations, passwords, sessions.

use std::sync::Arc;

use shop::{AdminError, Executor, Shop, ShopError};
use testing::TestShop;
use time::Duration;

const PASSWORD: &str = "correct horse battery";

async fn with_mia() -> TestShop {
    let test = TestShop::empty().await;
    let token = test.shop.invite("mia@example.org").await.unwrap();
    test.shop.accept_invite(&token, PASSWORD).await.unwrap();
    test
}

#[tokio::test]
async fn an_invitation_leads_to_a_session() {
    let test = TestShop::empty().await;
    let token = test.shop.invite("  Mia@Example.ORG ").await.unwrap();
    assert_eq!(token.len(), 64);
    assert_eq!(test.shop.invited(&token).await.unwrap().as_deref(), Some("mia@example.org"));
    assert_eq!(test.shop.invited("guess").await.unwrap(), None);

    let error = test.shop.accept_invite(&token, "too short").await.unwrap_err();
    assert!(matches!(error, AdminError::PasswordLength { least: 10, .. }), "{error}");
    let session = test.shop.accept_invite(&token, PASSWORD).await.unwrap();
    assert_eq!(test.shop.administrator(&session).await.unwrap().unwrap().email, "mia@example.org");
    let error = test.shop.accept_invite(&token, PASSWORD).await.unwrap_err();
    assert!(matches!(error, AdminError::InviteNotValid), "{error}");
    assert_eq!(test.shop.administrator(&token).await.unwrap(), None, "an invitation is no session");
}

#[tokio::test]
async fn invitations_need_an_address_and_end_after_two_days() {
    let test = TestShop::empty().await;
    assert!(matches!(test.shop.invite("mia").await, Err(ShopError::NotAnEmail { .. })));
    let token = test.shop.invite("mia@example.org").await.unwrap();
    test.environment.wait(Duration::hours(48) - Duration::milliseconds(1));
    assert!(test.shop.invited(&token).await.unwrap().is_some());
    test.environment.wait(Duration::milliseconds(1));
    assert_eq!(test.shop.invited(&token).await.unwrap(), None);
    assert!(matches!(test.shop.accept_invite(&token, PASSWORD).await, Err(AdminError::InviteNotValid)));
}

#[tokio::test]
async fn who_logs_in_stays_for_twelve_hours_or_until_logging_out() {
    let test = with_mia().await;
    let session = test.shop.log_in(" MIA@example.org", PASSWORD).await.unwrap();
    test.environment.wait(Duration::hours(12) - Duration::milliseconds(1));
    assert!(test.shop.administrator(&session).await.unwrap().is_some());
    test.environment.wait(Duration::milliseconds(1));
    assert_eq!(test.shop.administrator(&session).await.unwrap(), None);

    let session = test.shop.log_in("mia@example.org", PASSWORD).await.unwrap();
    test.shop.log_out(&session).await.unwrap();
    assert_eq!(test.shop.administrator(&session).await.unwrap(), None);
    test.shop.log_out(&session).await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_read_alike() {
    let test = with_mia().await;
    test.shop.invite("ben@example.org").await.unwrap();
    for (email, password) in [
        ("mia@example.org", "correct horse batterie"),
        ("eve@example.org", PASSWORD),
        ("ben@example.org", PASSWORD),
        ("", ""),
    ] {
        let error = test.shop.log_in(email, password).await.unwrap_err();
        assert!(matches!(error, AdminError::NotRecognised), "{email}: {error}");
    }
}

#[tokio::test]
async fn five_failures_lock_an_address_for_a_quarter_of_an_hour() {
    let test = with_mia().await;
    for _ in 0..5 {
        let error = test.shop.log_in("mia@example.org", "wrong password").await.unwrap_err();
        assert!(matches!(error, AdminError::NotRecognised), "{error}");
    }
    let error = test.shop.log_in("Mia@example.org", PASSWORD).await.unwrap_err();
    assert!(matches!(error, AdminError::TooManyAttempts), "{error}");
    test.environment.wait(Duration::minutes(15));
    test.shop.log_in("mia@example.org", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_new_invitation_sets_a_new_password_and_ends_sessions() {
    let test = with_mia().await;
    let old = test.shop.log_in("mia@example.org", PASSWORD).await.unwrap();
    let token = test.shop.invite("mia@example.org").await.unwrap();
    let new = test.shop.accept_invite(&token, "another horse").await.unwrap();
    assert_eq!(test.shop.administrator(&old).await.unwrap(), None);
    assert!(test.shop.administrator(&new).await.unwrap().is_some());
    assert!(matches!(test.shop.log_in("mia@example.org", PASSWORD).await, Err(AdminError::NotRecognised)));
    test.shop.log_in("mia@example.org", "another horse").await.unwrap();
}

#[tokio::test]
async fn tokens_are_not_in_the_database() {
    let test = with_mia().await;
    let token = test.shop.invite("ben@example.org").await.unwrap();
    let session = test.shop.log_in("mia@example.org", PASSWORD).await.unwrap();
    for file in ["shop.db", "shop.db-wal"] {
        let bytes = std::fs::read(test.folder.path().join(file)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(&token) && !text.contains(&session) && !text.contains(PASSWORD), "{file}");
    }
}

/// Pages that think may take all turns: nobody's password was compared then, and nobody has failed.
#[tokio::test]
async fn a_busy_shop_lets_administrators_in() {
    let test = with_mia().await;
    let busy = Executor::new(0, std::time::Duration::from_millis(5));
    let shop =
        Shop::new(Arc::clone(&test.store), Arc::clone(&test.environment) as Arc<dyn shop::Environment>)
            .with_executor(busy);
    assert!(matches!(shop.executor().run(|| ()).await, Err(ShopError::Busy)));
    for _ in 0..6 {
        shop.log_in("mia@example.org", PASSWORD).await.unwrap();
    }
}
