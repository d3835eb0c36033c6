//! What is said about one's own account: the second factor at log-in.

use super::PLURAL;
use crate::account::{Account, AccountTexts};

pub(crate) const ACCOUNT: Account = Account { plural: PLURAL, texts: &TEXTS.list() };

const TEXTS: AccountTexts = AccountTexts {
    title: "Your account",
    second_factor: "Second factor",
    hint: "Beside your password, log-in asks for a code of six digits that an authenticator app on your phone shows, a new one every 30 seconds. Whoever learns your password alone gets no further.",
    is_off: "It is off: your password alone lets you in.",
    set_up: "Set up an app",
    is_on: "It is on since {since}.",
    codes_left: "1 recovery code is left.|{count} recovery codes are left.",
    scan: "Scan this with the app, then type the code that it shows.",
    picture_of_secret: "QR code for the app",
    type_it: "An app without a camera takes this key instead: {secret}",
    app_code: "Code from the app",
    app_code_hint: "Six digits",
    turn_on: "Turn on",
    give_up: "Not now",
    turn_off: "Turn off",
    turn_off_hint: "To turn it off, type the code that the app shows now, or a recovery code. Set it up anew for another phone, or for new recovery codes.",
    turned_on: "The second factor is on. From now on log-in asks for a code.",
    turned_off: "The second factor is off.",
    recovery_codes: "Recovery codes",
    recovery_hint: "Each lets you in once without the phone. They are shown only now: print them or keep them in a password manager.",
    enter_code: "One more step",
    enter_code_hint: "Type the code that your authenticator app shows. Without the phone, one of your recovery codes does.",
    code_or_recovery: "Code or recovery code",
    go_on: "Go on",
    log_in_anew: "Log in as somebody else",
    wrong_code: "This code is wrong or was used before. Wait for the next one in your app, and check that the phone’s clock is right.",
    no_second_factor: "The second factor stands otherwise than this page showed. This is how it is now.",
    has_second_factor: "Second factor",
    take_second_factor: "Take second factor",
    take_second_factor_of: "Take the second factor of {email}, who lost it",
    took_second_factor: "{email} is asked for no second factor any more.",
    did_log_in_with_code: "Logged in with a second factor",
    did_log_in_with_recovery_code: "Logged in with a recovery code",
    did_turn_on: "Turned the second factor on",
    did_turn_off: "Turned the second factor of {email} off",
};
