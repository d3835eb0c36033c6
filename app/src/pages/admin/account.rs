//! One's own account: the password, the second factor at log-in, and sessions.

use leptos::prelude::*;
use words::{Account, Language};

use super::access::{LEAST_CHARACTERS, password};
use super::shell::{Frame, Rail, SINGLE, page};
use crate::paths::route;
use crate::ui::field::Field;
use crate::ui::form::Post;
use crate::ui::table::{self, Column, table};
use crate::ui::text::{self, Tone};
use crate::ui::{button, notice};

/// How the second factor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondFactorState {
    /// There is none.
    Off,
    /// It is being set up.
    Proposed {
        /// The secret as letters.
        secret: String,
        /// The same as a QR code, drawn.
        picture: String,
    },
    /// It is asked for.
    On {
        /// Since when, in words.
        since: String,
        /// How many recovery codes are left.
        recovery_codes: u32,
    },
}

/// A session of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionItem {
    /// By what it is ended.
    pub key: String,
    /// What kind of browser it is in, in words.
    pub browser: String,
    /// When it began; nothing where that is not known.
    pub begun: Option<String>,
    /// When it was last used.
    pub used: Option<String>,
    /// Whether the page is shown in it.
    pub is_this: bool,
}

/// What is wrong with a password that was to be another one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordProblems {
    /// With the present one.
    pub present: Option<String>,
    /// With the new one.
    pub new: Option<String>,
    /// With its repetition.
    pub again: Option<String>,
}

/// Everything that the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// The reader's sessions, the one that was used last first.
    pub sessions: Vec<SessionItem>,
    /// How the second factor stands.
    pub state: SecondFactorState,
    /// What was done just now.
    pub done: Option<String>,
    /// Why it was not done.
    pub problem: Option<String>,
    /// Why the password was not changed.
    pub password: PasswordProblems,
    /// Recovery codes, which are shown once.
    pub recovery_codes: Vec<String>,
}

/// The page of one's own account.
#[must_use]
pub fn account(frame: Frame, shown: &AccountPage) -> String {
    let texts = frame.language.account();
    page(frame, texts.title(), Rail::Account, || {
        let done = shown.done.clone().map(|done| {
            view! { <p class=notice::GOOD role="status" data-testid="done">{done}</p> }
        });
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{texts.title()}</h1>
                {done}
                {recovery(texts, &shown.recovery_codes)}
                {change_password(frame, &shown.password)}
                <section class="mt-5">
                    <h2 class=text::HEADING>{texts.second_factor()}</h2>
                    <p class=text::LEAD>{texts.hint()}</p>
                    {second_factor(texts, shown)}
                </section>
                {sessions(texts, frame.language, &shown.sessions)}
            </div>
        }
        .into_any()
    })
}

/// The form that sets another password.
fn change_password(frame: Frame<'_>, problems: &PasswordProblems) -> AnyView {
    let (texts, say) = (frame.language.account(), frame.language.admin());
    let present = Field {
        id: "present".to_owned(),
        name: "present".to_owned(),
        label: texts.present_password().to_owned(),
        autocomplete: "current-password",
        required: true,
        autofocus: problems.present.is_some(),
        errors: problems.present.clone().into_iter().collect(),
        error_test: Some("password-error"),
        ..Field::default()
    };
    // A password manager has to know whose it is.
    let owner = frame.administrator.to_owned();
    let form = Post::to(route::admin::ACCOUNT).class("max-w-[30rem]").judged_here().form(|| {
        view! {
            <input type="text" name="username" value=owner autocomplete="username" hidden readonly />
            {present.text("password")}
            {password("password", &say.new_password(&LEAST_CHARACTERS), problems.new.clone(), false)}
            {password("again", say.password_again(), problems.again.clone(), false)}
            {act(texts.change_password(), "change-password", button::PRIMARY_SMALL)}
        }
        .into_any()
    });
    view! {
        <section class="mt-5" aria-labelledby="password-title">
            <h2 class=text::HEADING id="password-title">{texts.password()}</h2>
            <p class=text::LEAD>{texts.password_hint()}</p>
            {form}
        </section>
    }
    .into_any()
}

/// The reader's sessions, each with a button that ends it.
fn sessions(texts: &'static Account, language: Language, sessions: &[SessionItem]) -> AnyView {
    let columns = [
        Column::words(texts.browser()),
        Column::words(language.releases().times()),
        Column::quiet(language.admin().ways()),
    ];
    let rows = sessions.iter().cloned().map(|item| session(texts, language, item)).collect_view().into_any();
    let others = (sessions.len() > 1).then(|| {
        Post::to(route::admin::ACCOUNT)
            .class("mt-3")
            .form(|| act(texts.end_others(), "end-others", button::QUIET))
    });
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby="sessions-title">
            <h2 class=text::HEADING id="sessions-title">{texts.sessions()}</h2>
            <p class=text::LEAD>{texts.sessions_hint()}</p>
            {table(&columns, rows)}
            {others}
        </section>
    }
    .into_any()
}

fn session(texts: &'static Account, language: Language, item: SessionItem) -> AnyView {
    let SessionItem { key, browser, begun, used, is_this } = item;
    let name = texts.end_session_of(&browser, &begun.clone().unwrap_or_else(|| "—".to_owned()));
    let begun = begun.map(|at| view! { <p>{texts.begun(&at)}</p> });
    let used = used.map(|at| view! { <p class=text::META>{texts.used(&at)}</p> });
    let way = match is_this {
        true => Some(text::mark(Tone::Good, texts.this_one(), Some("this-session"))),
        false => Post::to(route::admin::ACCOUNT).form(|| view! {
            <input type="hidden" name="session" value=key />
            <button type="submit" class=button::QUIET_SMALL name="do" value="end-session" aria-label=name data-testid="end-session">{texts.end_session()}</button>
        }.into_any()),
    };
    view! {
        <tr class=table::ROW data-testid="session">
            <th scope="row" class=table::NAME>{browser}</th>
            <td class=table::LABELLED data-label=language.releases().times()><div class="min-w-0">{begun} {used}</div></td>
            <td class=table::ACT>{way}</td>
        </tr>
    }
    .into_any()
}

fn recovery(texts: &'static Account, codes: &[String]) -> Option<AnyView> {
    let each = codes.iter().map(|code| view! { <li>{code.clone()}</li> }).collect_view();
    let shown = view! {
        <section class=notice::CAUTION data-testid="recovery-codes">
            <h2 class=text::HEADING>{texts.recovery_codes()}</h2>
            <p>{texts.recovery_hint()}</p>
            <ul class="mt-3 font-mono">{each}</ul>
        </section>
    };
    (!codes.is_empty()).then(|| shown.into_any())
}

/// A button that does what its value says.
fn act(words: &'static str, value: &'static str, class: &'static str) -> AnyView {
    view! { <button type="submit" class=class name="do" value=value data-testid=value>{words}</button> }
        .into_any()
}

fn second_factor(texts: &'static Account, shown: &AccountPage) -> AnyView {
    let code = Field {
        id: "code".to_owned(),
        name: "code".to_owned(),
        label: texts.app_code().to_owned(),
        hint: texts.app_code_hint().to_owned(),
        autocomplete: "one-time-code",
        keyboard: "numeric",
        required: true,
        autofocus: shown.problem.is_some(),
        errors: shown.problem.clone().into_iter().collect(),
        error_test: Some("code-error"),
        ..Field::default()
    };
    let content = match &shown.state {
        SecondFactorState::Off => view! {
            <p>{texts.is_off()}</p>
            <div class="mt-3">{act(texts.set_up(), "set-up", button::PRIMARY_SMALL)}</div>
        }
        .into_any(),
        SecondFactorState::Proposed { secret, picture } => view! {
            <p>{texts.scan()}</p>
            <div class="my-3 max-w-[30rem] bg-white" role="img" aria-label=texts.picture_of_secret() data-testid="secret-picture" inner_html=picture.clone()></div>
            <p class="wrap-anywhere" data-testid="secret">{texts.type_it(secret)}</p>
            <div class="mt-3">{code.text("text")}</div>
            <div class="flex flex-wrap gap-2">
                {act(texts.turn_on(), "turn-on", button::PRIMARY_SMALL)}
                {act(texts.give_up(), "give-up", button::QUIET_SMALL)}
            </div>
        }
        .into_any(),
        SecondFactorState::On { since, recovery_codes } => view! {
            <p data-testid="is-on">{texts.is_on(since)} " " {texts.codes_left((*recovery_codes).into())}</p>
            <p class="mt-3">{texts.turn_off_hint()}</p>
            {code.text("text")}
            {act(texts.turn_off(), "turn-off", button::QUIET_SMALL)}
        }
        .into_any(),
    };
    Post::to(route::admin::ACCOUNT).class("max-w-[30rem]").judged_here().sheet(|| content)
}
