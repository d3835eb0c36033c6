//! Log-in and invitations.

use leptos::prelude::*;

use super::shell::gate;
use crate::pages::document::Assets;
use crate::paths::{self, route};

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
pub fn log_in(assets: &Assets, form: LogInForm) -> String {
    gate(assets, "Log in", || {
        let alert = form.message.map(|message| {
            view! { <p class="notice notice-stop" role="alert" data-testid="log-in-error">{message}</p> }
        });
        let wrong = alert.is_some().then_some("true");
        let known = !form.email.is_empty();
        view! {
            <h1 class="display admin-title">"Log in"</h1>
            {alert}
            <form method="post" action=route::admin::LOG_IN class="admin-stack" novalidate>
                <input type="hidden" name="next" value=form.next />
                <div class="field">
                    <label for="email">"E-mail"</label>
                    <input
                        id="email"
                        name="email"
                        type="email"
                        autocomplete="username"
                        required
                        value=form.email
                        autofocus=!known
                        aria-invalid=wrong
                    />
                </div>
                <div class="field">
                    <label for="password">"Password"</label>
                    <input
                        id="password"
                        name="password"
                        type="password"
                        autocomplete="current-password"
                        required
                        autofocus=known
                        aria-invalid=wrong
                    />
                </div>
                <button type="submit" class="button" data-testid="log-in">"Log in"</button>
            </form>
            <p class="hint">
                "No password yet, or forgotten it? Whoever runs this shop makes you a link with " <code>"atelier admin invite EMAIL"</code> "."
            </p>
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
pub fn invite(assets: &Assets, form: PasswordForm) -> String {
    gate(assets, "Set your password", || {
        view! {
            <h1 class="display admin-title">"Set your password"</h1>
            <p class="hint">
                "Welcome. With it and your e-mail address you look after this shop's products and orders."
            </p>
            <form method="post" action=paths::admin::invite(&form.token) class="admin-stack" novalidate>
                <div class="field">
                    <label for="email">"E-mail"</label>
                    <input id="email" name="email" type="email" autocomplete="username" value=form.email readonly />
                </div>
                {password("password", "Password, at least 10 characters", form.password)}
                {password("again", "The same again", form.again)}
                <button type="submit" class="button" data-testid="set-password">"Set password and log in"</button>
            </form>
        }
        .into_any()
    })
}

fn password(name: &'static str, label: &'static str, message: Option<String>) -> AnyView {
    let error = format!("{name}-error");
    let wrong = message.is_some();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                name=name
                type="password"
                autocomplete="new-password"
                required
                minlength="10"
                autofocus=wrong || name == "password"
                aria-invalid=wrong.then_some("true")
                aria-describedby=wrong.then(|| error.clone())
            />
            {message.map(|message| view! { <p class="field-error" id=error data-testid="password-error">{message}</p> })}
        </div>
    }
    .into_any()
}

/// The page of an invitation that was used, has ended or was never made.
#[must_use]
pub fn invite_over(assets: &Assets) -> String {
    gate(assets, "This invitation is over", || {
        view! {
            <h1 class="display admin-title">"This invitation is over"</h1>
            <p>
                "A link works once, within 48 hours. Ask whoever runs this shop for a new one; they make it on the server with"
            </p>
            <p>
                <code class="admin-command">"atelier admin invite EMAIL"</code>
            </p>
            <p>
                <a class="link" href=route::admin::LOG_IN>"I have a password"</a>
            </p>
        }
        .into_any()
    })
}
