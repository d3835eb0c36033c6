//! Keys by which other programs ask the API: making one, which is shown once, and ending them.

use leptos::prelude::*;
use words::People;

use super::people::RoleChoice;
use super::shell::{CRUMB, Frame, Rail, SINGLE, page};
use crate::paths::route;
use crate::ui::field::Field;
use crate::ui::form::{Post, act};
use crate::ui::table::{self, Column, table};
use crate::ui::text::{self, Tone};
use crate::ui::{button, disclosure, empty, notice};

/// A key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyItem {
    /// By what it is ended, and what histories call whoever has it.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// Its role, in words.
    pub role: &'static str,
    /// When it was made by whom, in words.
    pub made: String,
    /// Whether whoever made it does not look after the shop any more.
    pub has_left: bool,
    /// When it was used last, in words.
    pub used: String,
    /// Until when it holds, in words.
    pub ends: String,
    /// Whether its time is over.
    pub is_over: bool,
}

/// What was done just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeysDone {
    /// A key was made, which is shown once.
    Made {
        /// Its name.
        name: String,
        /// What a program sends.
        key: String,
    },
    /// Anything else, in a sentence.
    Said(String),
    /// Nothing was done, and why.
    Refused(String),
}

/// What was typed where it could not be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedKey {
    /// The name.
    pub name: String,
    /// What is wrong with it.
    pub name_wrong: Option<String>,
    /// The last day.
    pub until: String,
    /// What is wrong with it.
    pub until_wrong: Option<String>,
}

/// Everything the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeysPage {
    /// By their names.
    pub keys: Vec<KeyItem>,
    /// What was done just now.
    pub done: Option<KeysDone>,
    /// What was typed where it could not be taken.
    pub typed: TypedKey,
    /// The role of the key to be made.
    pub role: RoleChoice,
}

/// The page of API keys.
#[must_use]
pub fn keys(frame: Frame, shown: &KeysPage) -> String {
    let (admin, say) = (frame.say(), frame.language.people());
    page(frame, say.keys(), Rail::People, || {
        let columns = [
            Column::words(say.key_name()),
            Column::words(say.role()),
            Column::words(say.key_holds()),
            Column::quiet(admin.ways()),
        ];
        let list = if shown.keys.is_empty() {
            empty::empty(
                view! { <p>{say.no_keys()}</p> <p class=text::META>{say.no_keys_hint()}</p> }.into_any(),
                Some("no-keys"),
            )
        } else {
            let rows = shown.keys.iter().map(|key| row(say, key)).collect_view().into_any();
            table(&columns, rows)
        };
        view! {
            <div class=SINGLE>
                <a class=CRUMB href=route::admin::PEOPLE>{admin.people()}</a>
                <h1 class=text::TITLE_SMALL>{say.keys()}</h1>
                <p class=text::LEAD>{say.keys_hint()} " " {say.keys_roles_hint()}</p>
                {shown.done.as_ref().map(|done| told(say, done))}
                {make(say, shown)}
                <div class="mt-6">{list}</div>
            </div>
        }
        .into_any()
    })
}

fn told(say: &'static People, done: &KeysDone) -> AnyView {
    match done {
        KeysDone::Made { name, key } => {
            // Pressed into, it can be marked as a whole and copied.
            let field = Field {
                id: "key".to_owned(),
                label: say.key().to_owned(),
                value: key.clone(),
                readonly: true,
                tight: true,
                autocomplete: "off",
                hint: say.key_once().to_owned(),
                ..Field::default()
            };
            view! {
                <div class=notice::GOOD role="status" data-testid="made">
                    <p>{say.key_made(name)}</p>
                    {field.text("text")}
                </div>
            }
            .into_any()
        }
        KeysDone::Said(said) => {
            view! { <p class=notice::GOOD role="status" data-testid="done">{said.clone()}</p> }.into_any()
        }
        KeysDone::Refused(why) => notice::alert(view! { <p>{why.clone()}</p> }.into_any(), "refused"),
    }
}

fn make(say: &'static People, shown: &KeysPage) -> Option<AnyView> {
    let TypedKey { name, name_wrong, until, until_wrong } = shown.typed.clone();
    let field = |id: &str, label: &str, hint: &str| Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
        autocomplete: "off",
        ..Field::default()
    };
    let name = Field {
        value: name,
        required: true,
        autofocus: name_wrong.is_some(),
        errors: name_wrong.into_iter().collect(),
        error_test: Some("name-error"),
        ..field("name", say.key_name(), say.key_name_hint())
    };
    let until = Field {
        value: until,
        autofocus: until_wrong.is_some(),
        errors: until_wrong.into_iter().collect(),
        error_test: Some("until-error"),
        ..field("until", say.key_until(), say.key_until_hint())
    };
    let role = shown.role.select(field("role", say.role(), say.key_role_hint()));
    Post::to(route::admin::KEYS).class("max-w-[30rem]").judged_here().form(|| view! {
        {name.text("text")}
        {role}
        {until.text("date")}
        <button type="submit" class=button::PRIMARY_SMALL name="do" value="make" data-testid="make">{say.make_key()}</button>
    }.into_any())
}

fn row(say: &'static People, key: &KeyItem) -> AnyView {
    let KeyItem { actor, name, role, made, has_left, used, ends, is_over } = key.clone();
    let left =
        has_left.then(|| view! { <p class=text::META data-testid="maker-left">{say.key_maker_left()}</p> });
    let ends = if is_over {
        text::mark(Tone::Stop, &ends, Some("key-over"))
    } else {
        view! { <p>{ends}</p> }.into_any()
    };
    let summary = say.end_key_of(&name);
    let end = act(route::admin::KEYS, || {
        view! {
            <details class=disclosure::MORE>
                <summary class=disclosure::SUMMARY aria-label=summary data-testid="end">{say.end_key()}</summary>
                <p class="mb-3">{say.end_key_hint()}</p>
                {Post::to(route::admin::KEYS).form(|| view! {
                    <input type="hidden" name="key" value=actor />
                    <button type="submit" class=button::QUIET name="do" value="end" data-testid="end-now">{say.end_key_now()}</button>
                }.into_any())}
            </details>
        }
        .into_any()
    });
    view! {
        <tr class=table::ROW data-testid="api-key">
            <th scope="row" class=table::NAME>{name}</th>
            <td class=table::LABELLED data-label=say.role()>{role}</td>
            <td class=table::LABELLED data-label=say.key_holds()>
                <div class="min-w-0">{ends} <p class=text::META>{used}</p> <p class=text::META>{made}</p> {left}</div>
            </td>
            <td class=table::ACT>{end}</td>
        </tr>
    }
    .into_any()
}
