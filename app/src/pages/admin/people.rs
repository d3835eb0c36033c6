//! Who looks after the shop: inviting them, ending their sessions, and removing those who leave; and what was done by whom.

use leptos::prelude::*;
use words::{Language, People};

use super::audit::{DoneItem, done_table};
use super::shell::{Frame, Rail, SINGLE, page};
use crate::paths::route;
use crate::ui::field::{Entry, Field};
use crate::ui::form::Post;
use crate::ui::table::{self, Column, table};
use crate::ui::text::{self, Tone};
use crate::ui::{button, disclosure, link, notice};

/// Somebody who looks after the shop, or was invited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonItem {
    /// Their e-mail address.
    pub email: String,
    /// Whether it is who looks at the page.
    pub is_reader: bool,
    /// What they may do.
    pub role: RoleChoice,
    /// Whether they set a password.
    pub has_password: bool,
    /// How many sessions of theirs last.
    pub sessions: u64,
    /// Whether log-in asks them for a second factor.
    pub has_second_factor: bool,
    /// Until when an invitation of theirs can be accepted, in words.
    pub invited_until: Option<String>,
}

/// A role in a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleChoice {
    /// The role that is had, as forms write it.
    pub code: String,
    /// All there are: as forms write them, and as people read them.
    pub all: Vec<(&'static str, &'static str)>,
}

impl RoleChoice {
    pub(super) fn select(&self, field: Field) -> AnyView {
        let entry = |(code, words): &(&'static str, &'static str)| Entry {
            value: (*code).to_owned(),
            words: (*words).to_owned(),
            selected: *code == self.code,
        };
        field.select(self.all.iter().map(entry).collect())
    }
}

/// What was done just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleDone {
    /// Somebody was invited; their link is shown once.
    Invited {
        /// Whom.
        email: String,
        /// The whole address.
        link: String,
    },
    /// Anything else, in a sentence.
    Said(String),
    /// Nothing was done, and why.
    Refused(String),
}

/// Everything the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeoplePage {
    /// By their addresses.
    pub people: Vec<PersonItem>,
    /// What was done just now.
    pub done: Option<PeopleDone>,
    /// The address that was to be invited, where it can't be, and what is wrong with it.
    pub typed: (String, Option<String>),
    /// The role of whoever is invited.
    pub role: RoleChoice,
    /// What was done lately, newest first.
    pub log: Vec<DoneItem>,
}

/// The page of those who look after the shop.
#[must_use]
pub fn people(frame: Frame, shown: &PeoplePage) -> String {
    let (admin, say) = (frame.say(), frame.language.people());
    page(frame, admin.people(), Rail::People, || {
        let columns =
            [Column::words(admin.e_mail()), Column::words(say.access()), Column::quiet(admin.ways())];
        let rows = shown
            .people
            .iter()
            .enumerate()
            .map(|(index, person)| row(frame.language, index, person))
            .collect_view()
            .into_any();
        view! {
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{admin.people()}</h1>
                <p class=text::LEAD>{say.people_hint()} " " {say.roles_hint()}</p>
                {shown.done.as_ref().map(|done| told(say, done))}
                {invite(frame.language, &shown.typed, &shown.role)}
                <div class="mt-6">{table(&columns, rows)}</div>
                <p class="mt-3"><a class=link::LINK href=route::admin::KEYS data-testid="keys">{say.keys()}</a></p>
                {log(frame.language, &shown.log)}
            </div>
        }
        .into_any()
    })
}

fn told(say: &People, done: &PeopleDone) -> AnyView {
    match done {
        PeopleDone::Invited { email, link } => view! {
            <div class=notice::GOOD role="status" data-testid="done">
                <p>{say.invited_now(email)}</p>
                <p><code class=text::CODE data-testid="invitation">{link.clone()}</code></p>
            </div>
        }
        .into_any(),
        PeopleDone::Said(said) => {
            view! { <p class=notice::GOOD role="status" data-testid="done">{said.clone()}</p> }.into_any()
        }
        PeopleDone::Refused(why) => {
            view! { <p class=notice::STOP role="alert" data-testid="refused">{why.clone()}</p> }.into_any()
        }
    }
}

fn invite(language: Language, (typed, wrong): &(String, Option<String>), role: &RoleChoice) -> AnyView {
    let say = language.people();
    let role = role.select(Field {
        id: "role".to_owned(),
        name: "role".to_owned(),
        label: say.role().to_owned(),
        ..Field::default()
    });
    let email = Field {
        id: "email".to_owned(),
        name: "email".to_owned(),
        label: language.admin().e_mail().to_owned(),
        value: typed.clone(),
        required: true,
        autocomplete: "off",
        errors: wrong.clone().into_iter().collect(),
        error_test: Some("email-error"),
        ..Field::default()
    };
    view! {
        {Post::to(route::admin::PEOPLE).class("max-w-[30rem]").judged_here().form(|| view! {
            {email.text("email")}
            {role}
            <button type="submit" class=button::PRIMARY_SMALL name="do" value="invite" data-testid="invite">{say.invite_person()}</button>
        }.into_any())}
    }
    .into_any()
}

fn row(language: Language, index: usize, person: &PersonItem) -> AnyView {
    let (say, account) = (language.people(), language.account());
    let PersonItem { email, is_reader, role, has_password, sessions, has_second_factor, invited_until } =
        person.clone();
    let factor = has_second_factor.then(|| view! { <p class=text::META>{account.has_second_factor()}</p> });
    let take = (has_second_factor && !is_reader).then(|| {
        let name = account.take_second_factor_of(&email);
        view! { <button type="submit" class=button::QUIET_SMALL name="do" value="take-second-factor" aria-label=name data-testid="take-second-factor">{account.take_second_factor()}</button> }
    });
    let you = is_reader.then(|| view! { " " <span class=text::META>{say.its_you()}</span> });
    let state = if sessions > 0 {
        text::mark(Tone::Good, &say.logged_in_at(sessions), None)
    } else if has_password {
        view! { <span>{say.not_logged_in()}</span> }.into_any()
    } else {
        text::mark(Tone::Calm, say.without_password(), None)
    };
    let invited = invited_until.map(|until| view! { <p class=text::META>{say.invited_until(&until)}</p> });
    let end = (sessions > 0).then(|| {
        let name = say.end_sessions_of(&email);
        view! { <button type="submit" class=button::QUIET_SMALL name="do" value="end-sessions" aria-label=name data-testid="end-sessions">{say.end_sessions()}</button> }
    });
    let again = view! { <button type="submit" class=button::QUIET_SMALL name="do" value="invite" aria-label=say.new_link_for(&email) data-testid="new-link">{say.new_link()}</button> };
    let role = role.select(Field {
        id: format!("role-{index}"),
        name: "role".to_owned(),
        label: say.role_of(&email),
        hide_label: true,
        tight: true,
        ..Field::default()
    });
    let give = view! { <button type="submit" class=button::QUIET_SMALL name="do" value="role" aria-label=say.give_role_of(&email) data-testid="give-role">{say.give_role()}</button> };
    let leave = (!is_reader).then(|| {
        view! {
            <details class=disclosure::MORE>
                <summary class=disclosure::SUMMARY aria-label=say.remove_person_of(&email) data-testid="remove">{say.remove_person()}</summary>
                <p class="mb-3">{say.remove_person_hint(&email)}</p>
                <button type="submit" class=button::QUIET name="do" value="remove" data-testid="remove-now">{say.remove_person_now()}</button>
            </details>
        }
    });
    view! {
        <tr class=table::ROW data-testid="person">
            <th scope="row" class=table::NAME>{email.clone()} {you}</th>
            <td class=table::LABELLED data-label=say.access()><div class="min-w-0">{state} {factor} {invited}</div></td>
            <td class=table::ACT>
                {Post::to(route::admin::PEOPLE).class("flex flex-wrap items-center gap-2 tablet:justify-end").form(|| view! {
                    <input type="hidden" name="email" value=email.clone() />
                    {role} {give} {end} {take} {again} {leave}
                }.into_any())}
            </td>
        </tr>
    }
    .into_any()
}

fn log(language: Language, done: &[DoneItem]) -> AnyView {
    let (say, audit) = (language.people(), language.audit());
    view! {
        <section class="mt-6">
            <h2 class=text::HEADING>{say.done_lately()}</h2>
            {done_table(language, done)}
            <p class="mt-3"><a class=link::LINK href=route::admin::AUDIT data-testid="audit">{audit.whole_audit()}</a></p>
        </section>
    }
    .into_any()
}
