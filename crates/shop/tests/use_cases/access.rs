//! Administrators: invitations, passwords, sessions.

use std::sync::Arc;

use shop::{AdminError, Client, Entered, Executor, LogInLimits, Shop, ShopError, Visitor};
use testing::TestShop;
use time::Duration;

const PASSWORD: &str = "correct horse battery";

/// Somebody at a network, with a browser that was logged in before or not.
fn from(network: &str, device: Option<&str>) -> Visitor {
    Visitor { client: Client::new(network), device: device.map(str::to_owned), browser: String::new() }
}

fn home() -> Visitor {
    from("192.0.2.1", None)
}

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
    let Entered { session, .. } = test.shop.accept_invite(&token, PASSWORD).await.unwrap();
    assert_eq!(test.shop.administrator(&session).await.unwrap().unwrap().email, "mia@example.org");
    let error = test.shop.accept_invite(&token, PASSWORD).await.unwrap_err();
    assert!(matches!(error, AdminError::InviteNotValid), "{error}");
    assert_eq!(test.shop.administrator(&token).await.unwrap(), None, "an invitation is no session");
}

#[tokio::test]
async fn invitations_need_an_address_and_end_after_a_week() {
    let test = TestShop::empty().await;
    assert!(matches!(test.shop.invite("mia").await, Err(ShopError::NotAnEmail { .. })));
    let token = test.shop.invite("mia@example.org").await.unwrap();
    test.environment.wait(Duration::days(7) - Duration::milliseconds(1));
    assert!(test.shop.invited(&token).await.unwrap().is_some());
    test.environment.wait(Duration::milliseconds(1));
    assert_eq!(test.shop.invited(&token).await.unwrap(), None);
    assert!(matches!(test.shop.accept_invite(&token, PASSWORD).await, Err(AdminError::InviteNotValid)));
}

#[tokio::test]
async fn a_session_ends_two_hours_after_its_last_use_or_by_logging_out() {
    let test = with_mia().await;
    let Entered { session, .. } = test.shop.log_in(" MIA@example.org", PASSWORD, &home()).await.unwrap();
    let is_there = async || test.shop.administrator(&session).await.unwrap().is_some();
    for _ in 0..4 {
        test.environment.wait(Duration::minutes(119));
        assert!(is_there().await);
    }
    test.environment.wait(Duration::minutes(120));
    assert!(!is_there().await);

    let Entered { session, .. } = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
    test.shop.log_out(&session).await.unwrap();
    assert_eq!(test.shop.administrator(&session).await.unwrap(), None);
    test.shop.log_out(&session).await.unwrap();
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_much_it_is_used() {
    let test = with_mia().await;
    let Entered { session, .. } = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
    let (begun, _) = session.split_once('.').unwrap();
    for hour in 1..12 {
        test.environment.wait(Duration::hours(1));
        assert!(test.shop.administrator(&session).await.unwrap().is_some(), "{hour}");
        // Nobody can say that it began later.
        let later = format!("{begun}.{}", time::OffsetDateTime::now_utc().unix_timestamp());
        assert_eq!(test.shop.administrator(&later).await.unwrap(), None, "{hour}");
    }
    test.environment.wait(Duration::hours(1));
    assert_eq!(test.shop.administrator(&session).await.unwrap(), None);
}

#[tokio::test]
async fn a_common_password_is_refused_and_the_invitation_stays() {
    let test = TestShop::empty().await;
    let token = test.shop.invite("mia@example.org").await.unwrap();
    for common in ["password123", "Mia@example.org"] {
        let error = test.shop.accept_invite(&token, common).await.unwrap_err();
        assert!(matches!(error, AdminError::PasswordCommon), "{error}");
    }
    test.shop.accept_invite(&token, PASSWORD).await.unwrap();
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
        let error = test.shop.log_in(email, password, &home()).await.unwrap_err();
        assert!(matches!(error, AdminError::NotRecognised), "{email}: {error}");
    }
}

#[tokio::test]
async fn five_failures_keep_a_client_out_for_a_quarter_of_an_hour() {
    let test = with_mia().await;
    for _ in 0..5 {
        let error = test.shop.log_in("mia@example.org", "wrong password", &home()).await.unwrap_err();
        assert!(matches!(error, AdminError::NotRecognised), "{error}");
    }
    let error = test.shop.log_in("Mia@example.org", PASSWORD, &home()).await.unwrap_err();
    assert!(matches!(error, AdminError::TooManyAttempts), "{error}");
    test.environment.wait(Duration::minutes(15));
    test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
}

#[tokio::test]
async fn strangers_failures_never_keep_the_owner_out() {
    let test = with_mia().await;
    let Entered { device, .. } = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
    // Some at the owner's own network, many elsewhere, until all who were never logged in are refused.
    let most = LogInLimits::default().strangers;
    for attempt in 0..=most {
        let stranger = from(&format!("198.51.100.{}", attempt % 50), None);
        let visitor = if attempt < 6 { home() } else { stranger };
        test.shop.log_in("mia@example.org", "a guess or two", &visitor).await.unwrap_err();
    }
    for _ in 0..6 {
        let owner = from("192.0.2.1", Some(&device));
        test.shop.log_in("mia@example.org", PASSWORD, &owner).await.unwrap();
        let elsewhere = from("203.0.113.9", Some(&device));
        test.shop.log_in("mia@example.org", PASSWORD, &elsewhere).await.unwrap();
    }
}

#[tokio::test]
async fn guesses_from_many_networks_are_slowed() {
    let limits = LogInLimits { account: 2, client: 3, strangers: 5 };
    let test = with_mia().await;
    let shop =
        Shop::new(Arc::clone(&test.store), Arc::clone(&test.environment) as Arc<dyn shop::Environment>)
            .with_log_in_limits(limits);
    let guess = async |email: &str, network: &str| {
        let error = shop.log_in(email, "a guess or two", &from(network, None)).await.unwrap_err();
        matches!(error, AdminError::TooManyAttempts)
    };
    let mia = "mia@example.org";
    for (email, network, is_refused) in [
        (mia, "192.0.2.1", false),
        (mia, "192.0.2.1", false),
        (mia, "192.0.2.1", true),
        ("ben@example.org", "192.0.2.1", true),
        ("ben@example.org", "192.0.2.2", false),
        (mia, "192.0.2.2", false),
        (mia, "192.0.2.3", false),
        (mia, "192.0.2.4", false),
        (mia, "192.0.2.5", true),
        ("ben@example.org", "192.0.2.5", false),
    ] {
        assert_eq!(guess(email, network).await, is_refused, "{email} from {network}");
    }
}

/// What a browser keeps makes it known to one account with its present password, and may fail as often as anybody.
#[tokio::test]
async fn a_known_browser_is_known_to_its_account_alone() {
    let test = with_mia().await;
    let Entered { device, .. } = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
    let is_refused = async |email: &str, device: &str| {
        let visitor = from("192.0.2.7", Some(device));
        let error = test.shop.log_in(email, "a guess or two", &visitor).await.unwrap_err();
        matches!(error, AdminError::TooManyAttempts)
    };
    for _ in 0..5 {
        assert!(!is_refused("mia@example.org", &device).await);
    }
    assert!(is_refused("mia@example.org", &device).await);
    // It counts as nothing elsewhere, and neither does what nobody was given.
    let made_up = format!("0123{}", &device[4..]);
    for attempt in 0..5 {
        assert!(!is_refused("ben@example.org", &device).await, "{attempt}");
        assert!(!is_refused("mia@example.org", &made_up).await, "{attempt}");
    }
    for device in [made_up.as_str(), "", ".", "a.b", "ü.00"] {
        assert!(is_refused("mia@example.org", device).await, "{device}");
    }
    assert!(is_refused("ben@example.org", &device).await);
    let token = test.shop.invite("mia@example.org").await.unwrap();
    test.shop.accept_invite(&token, "another horse").await.unwrap();
    for _ in 0..6 {
        test.shop
            .log_in("mia@example.org", "another horse", &from("192.0.2.8", Some(&device)))
            .await
            .unwrap();
    }
    assert!(matches!(
        test.shop.log_in("mia@example.org", "wrong", &from("192.0.2.9", Some(&device))).await,
        Err(AdminError::NotRecognised)
    ));
}

#[tokio::test]
async fn a_new_invitation_sets_a_new_password_and_ends_sessions() {
    let test = with_mia().await;
    let Entered { session: old, .. } = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
    let token = test.shop.invite("mia@example.org").await.unwrap();
    let Entered { session: new, .. } = test.shop.accept_invite(&token, "another horse").await.unwrap();
    assert_eq!(test.shop.administrator(&old).await.unwrap(), None);
    assert!(test.shop.administrator(&new).await.unwrap().is_some());
    assert!(matches!(
        test.shop.log_in("mia@example.org", PASSWORD, &home()).await,
        Err(AdminError::NotRecognised)
    ));
    test.shop.log_in("mia@example.org", "another horse", &home()).await.unwrap();
}

#[tokio::test]
async fn whoever_knows_their_password_sets_another_and_stays_logged_in_there_alone() {
    let test = with_mia().await;
    let here = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
    let there = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
    let link = test.shop.invite("mia@example.org").await.unwrap();
    let change = async |present: &str, new: &str| {
        test.shop.change_password("mia@example.org", (present, new), &here.session).await
    };
    let error = change("a guess or two", "another horse").await.unwrap_err();
    assert!(matches!(error, AdminError::WrongPassword), "{error}");
    let error = change(PASSWORD, "too short").await.unwrap_err();
    assert!(matches!(error, AdminError::PasswordLength { least: 10, .. }), "{error}");
    for common in ["password123", "Mia@example.org"] {
        let error = change(PASSWORD, common).await.unwrap_err();
        assert!(matches!(error, AdminError::PasswordCommon), "{error}");
    }
    assert!(test.shop.administrator(&there.session).await.unwrap().is_some(), "nothing was changed yet");

    let device = change(PASSWORD, "another horse").await.unwrap();
    assert!(test.shop.administrator(&here.session).await.unwrap().is_some());
    assert_eq!(test.shop.administrator(&there.session).await.unwrap(), None);
    assert_eq!(test.shop.invited(&link).await.unwrap(), None, "a link to a new password ends as well");
    let error = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap_err();
    assert!(matches!(error, AdminError::NotRecognised), "{error}");
    // The browser is known by what it was given, whatever strangers at its network try.
    for _ in 0..6 {
        test.shop.log_in("mia@example.org", "a guess or two", &home()).await.unwrap_err();
    }
    test.shop.log_in("mia@example.org", "another horse", &from("192.0.2.1", Some(&device))).await.unwrap();
}

#[tokio::test]
async fn present_passwords_are_not_guessed_by_whoever_finds_a_session() {
    let test = with_mia().await;
    let Entered { session, .. } = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
    let change = async |present: &str| {
        test.shop.change_password("mia@example.org", (present, "another horse"), &session).await
    };
    for _ in 0..5 {
        let error = change("a guess or two").await.unwrap_err();
        assert!(matches!(error, AdminError::WrongPassword), "{error}");
    }
    let error = change(PASSWORD).await.unwrap_err();
    assert!(matches!(error, AdminError::TooManyAttempts), "{error}");
    test.environment.wait(Duration::minutes(15));
    change(PASSWORD).await.unwrap();
}

#[tokio::test]
async fn tokens_are_not_in_the_database() {
    let test = with_mia().await;
    let token = test.shop.invite("ben@example.org").await.unwrap();
    let Entered { session, .. } = test.shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
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
        shop.log_in("mia@example.org", PASSWORD, &home()).await.unwrap();
    }
}
