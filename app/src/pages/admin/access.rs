//! Log-in and invitations.

use leptos::prelude::*;
use words::Language;

use super::shell::gate;
use crate::pages::document::Assets;
use crate::paths::file::UNSENT_SCRIPT;
use crate::paths::{self, route};
use crate::ui::field::Field;
use crate::ui::{button, link, notice, text};

const TITLE: &str = "display mb-4 text-2xl wrap-anywhere";
const STACK: &str = "mt-4 grid";
/// The fewest characters of a password.
pub(super) const LEAST_CHARACTERS: u32 = 10;
const AFTER: &str = "mt-3 text-s text-muted";

/// The log-in form as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogInForm {
    /// Where to go on to.
    pub next: String,
    /// The e-mail address typed.
    pub email: String,
    /// Why nobody was let in.
    pub message: Option<String>,
}

/// The log-in page.
#[must_use]
pub fn log_in(assets: &Assets, language: Language, form: LogInForm) -> String {
    let say = language.admin();
    gate(assets, language, say.log_in(), || {
        let alert = form.message.map(|message| {
            view! { <p class=notice::STOP role="alert" data-testid="log-in-error">{message}</p> }
        });
        let (wrong, known) = (alert.is_some(), !form.email.is_empty());
        let email = Field {
            value: form.email,
            required: true,
            autocomplete: "username",
            autofocus: !known,
            wrong,
            ..field("email", say.e_mail())
        };
        let password = Field {
            required: true,
            autocomplete: "current-password",
            autofocus: known,
            wrong,
            ..field("password", say.password())
        };
        let command = view! { <code class=text::CODE>"atelier admin invite EMAIL"</code> }.into_any();
        view! {
            <h1 class=TITLE>{say.log_in()}</h1>
            {alert}
            <form method="post" action=route::admin::LOG_IN class=STACK novalidate>
                <input type="hidden" name="next" value=form.next />
                {email.text("email")}
                {password.text("password")}
                <button type="submit" class=button::PRIMARY data-testid="log-in">{say.log_in()}</button>
            </form>
            <p class=AFTER>{text::around(&say.no_password_yet(&text::HERE), command)}</p>
            <script r#type="module" src=UNSENT_SCRIPT></script>
        }
        .into_any()
    })
}

/// The page that asks for the second factor; of the form it shows where to go on to, and what was wrong.
#[must_use]
pub fn enter_code(assets: &Assets, language: Language, form: LogInForm) -> String {
    let texts = language.account();
    gate(assets, language, texts.enter_code(), || {
        let code = Field {
            required: true,
            autocomplete: "one-time-code",
            autofocus: true,
            errors: form.message.into_iter().collect(),
            error_test: Some("code-error"),
            ..field("code", texts.code_or_recovery())
        };
        let anew = format!("{}?anew=1", route::admin::LOG_IN);
        view! {
            <h1 class=TITLE>{texts.enter_code()}</h1>
            <p class=text::HINT>{texts.enter_code_hint()}</p>
            <form method="post" action=route::admin::LOG_IN class=STACK novalidate>
                <input type="hidden" name="next" value=form.next />
                {code.text("text")}
                <button type="submit" class=button::PRIMARY data-testid="enter-code">{texts.go_on()}</button>
            </form>
            <p class=AFTER><a class=link::LINK href=anew data-testid="log-in-anew">{texts.log_in_anew()}</a></p>
        }
        .into_any()
    })
}

/// The form of an invitation as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordForm {
    /// The invitation.
    pub token: String,
    /// Who is invited.
    pub email: String,
    /// What is wrong with the password.
    pub password: Option<String>,
    /// What is wrong with its repetition.
    pub again: Option<String>,
}

/// The page where an invited person sets a password.
#[must_use]
pub fn invite(assets: &Assets, language: Language, form: PasswordForm) -> String {
    let say = language.admin();
    gate(assets, language, say.set_your_password(), || {
        let email = Field {
            value: form.email,
            readonly: true,
            autocomplete: "username",
            ..field("email", say.e_mail())
        };
        view! {
            <h1 class=TITLE>{say.set_your_password()}</h1>
            <p class=text::HINT>{say.welcome()}</p>
            <form method="post" action=paths::admin::invite(&form.token) class=STACK novalidate>
                {email.text("email")}
                {password("password", &say.new_password(&LEAST_CHARACTERS), form.password, true)}
                {password("again", say.password_again(), form.again, false)}
                <button type="submit" class=button::PRIMARY data-testid="set-password">{say.set_password()}</button>
            </form>
        }
        .into_any()
    })
}

/// A field for a new password.
pub(super) fn password(name: &'static str, label: &str, message: Option<String>, is_first: bool) -> AnyView {
    let password = Field {
        required: true,
        autocomplete: "new-password",
        autofocus: message.is_some() || is_first,
        min_length: Some(LEAST_CHARACTERS),
        errors: message.into_iter().collect(),
        error_test: Some("password-error"),
        ..field(name, label)
    };
    password.text("password")
}

/// A field whose id is its name.
fn field(name: &str, label: &str) -> Field {
    Field { id: name.to_owned(), name: name.to_owned(), label: label.to_owned(), ..Field::default() }
}

/// The page of an invitation that was used, has ended or was never made.
#[must_use]
pub fn invite_over(assets: &Assets, language: Language) -> String {
    let say = language.admin();
    gate(assets, language, say.invitation_over(), || {
        view! {
            <h1 class=TITLE>{say.invitation_over()}</h1>
            <p class=AFTER>{say.invitation_works_once()}</p>
            <p class=AFTER>
                <code class="block rounded-s border border-transparent bg-stage px-3.5 py-2.5 font-mono text-[0.9em] wrap-anywhere">"atelier admin invite EMAIL"</code>
            </p>
            <p class=AFTER>
                <a class=link::LINK href=route::admin::LOG_IN>{say.have_password()}</a>
            </p>
        }
        .into_any()
    })
}
