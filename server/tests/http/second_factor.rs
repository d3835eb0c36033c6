//! The second factor at log-in, through the router: set up, asked for, lost.

use axum::http::StatusCode;
use totp_rs::{Builder, Secret};

use crate::common::{Answer, PASSWORD, Studio};

const ACCOUNT: &str = "/admin/account";
const LOG_IN: &str = "/admin/login";

/// The code that an app shows so many steps from now.
fn code(secret: &str, ahead: u64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).with_account_name("ana").build().unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    app.generate(now + ahead * 30).to_string()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

/// Waits until a code lasts for a while: a test's steps are all within one.
async fn early_in_a_step() {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() % 30;
    if now > 20 {
        tokio::time::sleep(std::time::Duration::from_secs(31 - now)).await;
    }
}

/// Turns Ana's second factor on; returns the secret and the recovery codes.
async fn turn_on(studio: &Studio) -> (String, Vec<String>) {
    early_in_a_step().await;
    studio.get(ACCOUNT).await.shows("It is off: your password alone lets you in.");
    let proposed = studio.post(ACCOUNT, &[("do", "set-up")]).await;
    proposed.shows("<svg");
    let secret = between(&proposed.text, "takes this key instead: ", "<").replace(' ', "");
    let wrong = studio.post(ACCOUNT, &[("do", "turn-on"), ("code", "000 00")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.shows("This code is wrong or was used before.");
    wrong.shows(&secret[..4]);
    let on = studio.post(ACCOUNT, &[("do", "turn-on"), ("code", &code(&secret, 0))]).await;
    on.shows("The second factor is on.");
    let list = between(&on.text, "data-testid=\"recovery-codes\"", "</section>");
    let codes: Vec<String> =
        list.split("<li>").skip(1).map(|code| code.split('<').next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 10);
    studio.get(ACCOUNT).await.shows_not(&codes[0]);
    studio.get(ACCOUNT).await.shows("10 recovery codes are left.");
    (secret, codes)
}

/// Ana's password alone, typed into a browser that was never logged in.
async fn password(studio: &mut Studio) -> Answer {
    studio.session = None;
    let form = [("email", "ana@example.org"), ("password", PASSWORD), ("next", "/admin/orders")];
    let answer = studio.post(LOG_IN, &form).await;
    studio.session = Some(answer.session());
    answer
}

async fn enter(studio: &Studio, code: &str) -> Answer {
    studio.post(LOG_IN, &[("code", code), ("next", "/admin/orders")]).await
}

#[tokio::test]
async fn a_password_alone_lets_nobody_in_any_more() {
    let mut studio = Studio::with_ana().await;
    let (secret, codes) = turn_on(&studio).await;

    password(&mut studio).await.leads_to("/admin/orders");
    assert!(studio.get("/admin/orders").await.location.starts_with(LOG_IN));
    assert!(studio.post("/admin/people", &[("do", "invite")]).await.location.starts_with(LOG_IN));
    let asked = studio.get("/admin/login?next=/admin/orders").await;
    asked.shows("Type the code that your authenticator app shows.");
    asked.shows("value=\"/admin/orders\"");
    studio.get("/admin/login?anew=1").await.shows("name=\"password\"");
    let used = enter(&studio, &code(&secret, 0)).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "it was shown when it was turned on");
    enter(&studio, &code(&secret, 1)).await.leads_to("/admin/orders");
    studio.get("/admin/orders").await.shows("ana@example.org");

    password(&mut studio).await;
    let again = enter(&studio, &code(&secret, 1)).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a code is good for once");
    let typed = codes[3].to_uppercase().replace('-', " ");
    enter(&studio, &typed).await.leads_to("/admin/orders");
    studio.get(ACCOUNT).await.shows("9 recovery codes are left.");
    let audit = studio.get("/admin/people/audit").await;
    for done in
        ["Logged in with a recovery code", "Logged in with a second factor", "Turned the second factor on"]
    {
        audit.shows(done);
    }
}

#[tokio::test]
async fn codes_are_not_guessed() {
    let mut studio = Studio::with_ana().await;
    let (secret, codes) = turn_on(&studio).await;
    password(&mut studio).await;
    for guess in ["111111", "222222", "aaaa-bbbb-cccc-dddd", "1"] {
        assert_eq!(enter(&studio, guess).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{guess}");
    }
    assert_eq!(enter(&studio, "333333").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = enter(&studio, &code(&secret, 1)).await;
    let told = (refused.status, refused.retry_after.as_str());
    assert_eq!(told, (StatusCode::TOO_MANY_REQUESTS, "900"), "also the right one");
    assert_eq!(enter(&studio, &codes[0]).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(studio.get("/admin").await.location.starts_with(LOG_IN));
}

#[tokio::test]
async fn codes_are_not_guessed_by_who_is_logged_in() {
    let studio = Studio::with_ana().await;
    let (_, codes) = turn_on(&studio).await;
    let turn_off = async |code: &str| studio.post(ACCOUNT, &[("do", "turn-off"), ("code", code)]).await;
    for guess in ["111111", "222222", "333333", "444444", "1"] {
        let wrong = turn_off(guess).await;
        assert_eq!((wrong.status, wrong.retry_after.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, ""));
    }
    let refused = turn_off(&codes[0]).await;
    assert_eq!((refused.status, refused.retry_after.as_str()), (StatusCode::TOO_MANY_REQUESTS, "900"));
    refused.shows("Too many attempts failed");
}

#[tokio::test]
async fn a_new_password_does_not_go_round_the_second_factor() {
    let mut studio = Studio::with_ana().await;
    turn_on(&studio).await;
    let link = studio.post("/admin/people", &[("email", "ana@example.org"), ("do", "invite")]).await;
    let path = format!("/admin/invite/{}", between(&link.text, "/admin/invite/", "<").trim_end_matches('"'));
    let path: String =
        path.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '/').collect();
    studio.session = None;
    let set = studio.post(&path, &[("password", PASSWORD), ("again", PASSWORD)]).await;
    studio.session = Some(set.session());
    assert!(studio.get("/admin").await.location.starts_with(LOG_IN));
}

#[tokio::test]
async fn it_is_turned_off_by_a_code_or_taken_by_somebody_else() {
    let mut studio = Studio::with_ana().await;
    let (secret, codes) = turn_on(&studio).await;
    let used = studio.post(ACCOUNT, &[("do", "turn-off"), ("code", &code(&secret, 0))]).await;
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "a code that was shown turns nothing off");
    let refused = studio.post(ACCOUNT, &[("do", "turn-off"), ("code", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused =
        studio.post("/admin/people", &[("email", "ana@example.org"), ("do", "take-second-factor")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "nobody takes their own without it");
    studio.post(ACCOUNT, &[("do", "turn-off"), ("code", &codes[0])]).await.shows("The second factor is off.");
    password(&mut studio).await;
    studio.get("/admin/orders").await.shows("ana@example.org");

    studio.post(ACCOUNT, &[("do", "set-up")]).await;
    studio.post(ACCOUNT, &[("do", "give-up")]).await.shows("It is off: your password alone lets you in.");

    // Ben, also an administrator, helps Ana who lost her phone.
    turn_on(&studio).await;
    let form = [("email", "ben@example.org"), ("role", "administrator"), ("do", "invite")];
    let invited = studio.post("/admin/people", &form).await;
    let token: String = invited
        .text
        .split_once("/admin/invite/")
        .unwrap()
        .1
        .chars()
        .take_while(char::is_ascii_hexdigit)
        .collect();
    let set =
        studio.post(&format!("/admin/invite/{token}"), &[("password", PASSWORD), ("again", PASSWORD)]).await;
    studio.session = Some(set.session());
    studio.get("/admin/people").await.shows("data-testid=\"take-second-factor\"");
    let form = [("email", "ana@example.org"), ("do", "take-second-factor")];
    studio.post("/admin/people", &form).await.leads_to("/admin/people?taken=ana%40example.org");
    let people = studio.get("/admin/people?taken=ana%40example.org").await;
    people.shows("ana@example.org is asked for no second factor any more.");
    password(&mut studio).await;
    studio.get("/admin/orders").await.shows("ana@example.org");
}
