//! A customer's own page: signing in by a mailed link, what the shop knows of them, what it may remember, and how they take
//! it along or have it forgotten.

use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};
use crate::paths::route;
use crate::ui::field::Field;
use crate::ui::table::{self, Column, table};
use crate::ui::{button, link, notice, text, values};

/// The page.
const PAGE: &str = "mx-auto max-w-[62ch] px-5 pt-8 pb-24";
/// The title of a part.
const PART: &str = "mt-10 mb-2 font-display text-xl font-medium wrap-anywhere";
/// A paragraph.
const PARAGRAPH: &str = "mt-3 whitespace-pre-line wrap-anywhere";

/// The form that asks for a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInForm {
    /// What was typed.
    pub email: String,
    /// Why no link was sent.
    pub message: Option<String>,
}

/// The page where somebody asks for a link.
#[must_use]
pub fn sign_in(assets: &Assets, reader: &Reader, form: &SignInForm) -> String {
    let say = reader.say();
    document(assets, reader, say.sign_in(), Script::None, Switch::Link, || {
        let email = Field {
            id: "email".to_owned(),
            name: "email".to_owned(),
            label: say.email().to_owned(),
            value: form.email.clone(),
            required: true,
            autocomplete: "email",
            errors: form.message.clone().into_iter().collect(),
            error_test: Some("email-error"),
            ..Field::default()
        };
        view! {
            <section class=PAGE>
                <h1 class=text::TITLE>{say.sign_in()}</h1>
                <p class="mt-4 mb-6 wrap-anywhere">{say.sign_in_hint()}</p>
                <form method="post" action=route::ACCOUNT novalidate>
                    {email.text("email")}
                    <button type="submit" class=button::PRIMARY data-testid="mail-link">{say.mail_me_link()}</button>
                </form>
            </section>
        }
        .into_any()
    })
}

/// The page behind a mailed link: one button, so that what only looks at links uses none up.
#[must_use]
pub fn sign_in_link(assets: &Assets, reader: &Reader, action: &str, email: &str) -> String {
    let say = reader.say();
    document(assets, reader, say.sign_in(), Script::None, Switch::Link, || {
        view! {
            <section class=PAGE>
                <h1 class=text::TITLE>{say.sign_in()}</h1>
                <form method="post" action=action.to_owned() class="mt-4">
                    <button type="submit" class=button::PRIMARY data-testid="sign-in">{say.sign_in_as(&email)}</button>
                </form>
            </section>
        }
        .into_any()
    })
}

/// The question whether things may be remembered, and its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConsentShown {
    /// The day on which they agreed, in words; nothing where they have not.
    pub since: Option<String>,
    /// Whether they agreed when less was asked for.
    pub is_outdated: bool,
    /// Whether somebody is signed in, who alone can agree.
    pub is_signed_in: bool,
}

/// The part of a page that asks whether things may be remembered.
#[must_use]
pub(super) fn consent(reader: &Reader, shown: &ConsentShown) -> AnyView {
    let say = reader.say();
    let title = view! { <h2 class=PART id="remember">{say.remember_title()}</h2> };
    if !shown.is_signed_in {
        return view! {
            <section data-testid="consent">
                {title} <p class=PARAGRAPH>{say.remember_sign_in()}</p>
                <p>
                    <a class=link::STANDING href=route::ACCOUNT>{say.sign_in()}</a>
                </p>
            </section>
        }
        .into_any();
    }
    let (state, value, words) = match &shown.since {
        Some(date) => (say.remember_is_on(date), "no", say.remember_no()),
        None => (say.remember_is_off().to_owned(), "yes", say.remember_yes()),
    };
    let more = shown.is_outdated.then(|| {
        view! {
            <p class=PARAGRAPH>{say.remember_asks_more()}</p>
            <p class="mt-4">
                <button type="submit" class=button::QUIET name="answer" value="yes" data-testid="remember-yes">{say.remember_yes_orders()}</button>
            </p>
        }
    });
    view! {
        <section data-testid="consent">
            {title} <p class=PARAGRAPH>{say.remember_question()}</p> <p class=text::META>{state}</p>
            <form method="post" action=route::ACCOUNT_CONSENT class="mt-4">
                {more}
                <button type="submit" class=button::QUIET name="answer" value=value data-testid=format!("remember-{value}")>{words}</button>
            </form>
        </section>
    }
    .into_any()
}

/// A thing in a list that leads somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnItem {
    /// What it is called by in forms.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
    /// What is said of it, such as a price and a day.
    pub about: String,
}

/// Everything that a customer's page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountPage {
    /// Their e-mail address.
    pub email: String,
    /// Their orders: name, link, and how far each is.
    pub orders: Vec<OwnItem>,
    /// Their designs.
    pub designs: Vec<OwnItem>,
    /// What they stated for products.
    pub needs: Vec<OwnItem>,
    /// Whether things may be remembered.
    pub consent: ConsentShown,
    /// What is known of them and why, each a sentence.
    pub known: Vec<String>,
}

/// A customer's page.
#[must_use]
pub fn account(assets: &Assets, reader: &Reader, page: &AccountPage) -> String {
    let say = reader.say();
    document(assets, reader, say.account(), Script::None, Switch::Link, || {
        let known = page.known.iter().cloned().map(|known| view! { <li class="mt-3">{known}</li> });
        let may_remember = page.consent.since.is_some();
        let take = may_remember.then(|| {
            view! {
                <form method="post" action=route::ACCOUNT_REMEMBER class="mt-4">
                    <button type="submit" class=button::QUIET data-testid="take-from-browser">{say.take_from_browser()}</button>
                    <p class=text::HINT>{say.take_from_browser_hint()}</p>
                </form>
            }
        });
        view! {
            <article class=PAGE>
                <h1 class=text::TITLE>{say.account()}</h1>
                <p class="mt-4 wrap-anywhere" data-testid="who">{say.signed_in_as(&page.email)}</p>
                <form method="post" action=route::ACCOUNT_SIGN_OUT class="mt-4 flex flex-wrap items-center gap-2">
                    <button type="submit" class=button::QUIET data-testid="sign-out">{say.sign_out()}</button>
                    <button type="submit" class=button::PLAIN name="everywhere" value="yes" data-testid="sign-out-everywhere">{say.sign_out_everywhere()}</button>
                </form>
                <section>
                    <h2 class=PART>{say.your_orders()}</h2>
                    {list(reader, &page.orders, say.no_orders_here(), None)}
                </section>
                {consent(reader, &page.consent)}
                <section>
                    <h2 class=PART>{say.your_designs()}</h2>
                    {list(reader, &page.designs, say.no_designs_here(), Some("design"))} {take}
                </section>
                {(!page.needs.is_empty()).then(|| view! {
                    <section>
                        <h2 class=PART>{say.your_needs()}</h2>
                        {list(reader, &page.needs, "", Some("need"))}
                    </section>
                })}
                <section data-testid="known">
                    <h2 class=PART>{say.known_title()}</h2>
                    <ul>{known.collect_view()}</ul>
                    <p class="mt-4 flex flex-wrap gap-x-5">
                        <a class=link::STANDING href=route::ACCOUNT_DATA>{say.look_at_data()}</a>
                        <a class=link::STANDING href=route::ACCOUNT_EXPORT download="my-data.json">{say.download_data()}</a>
                        <a class=link::STANDING href=route::ACCOUNT_ERASE>{say.erase_data()}</a>
                    </p>
                </section>
            </article>
        }
        .into_any()
    })
}

/// Things with their links; `forget` names the field by which one of them is forgotten.
fn list(reader: &Reader, items: &[OwnItem], none: &'static str, forget: Option<&'static str>) -> AnyView {
    let say = reader.say();
    if items.is_empty() {
        return view! { <p class=text::META>{none}</p> }.into_any();
    }
    let row = |item: &OwnItem| {
        let OwnItem { key, name, href, about } = item.clone();
        let title = match href.as_str() {
            "" => view! { <span><bdi>{name.clone()}</bdi></span> }.into_any(),
            _ => view! { <a class=link::LINK href=href><bdi>{name.clone()}</bdi></a> }.into_any(),
        };
        let forget = forget.map(|field| {
            view! {
                <form method="post" action=route::ACCOUNT_FORGET>
                    <button type="submit" class=button::PLAIN name=field value=key aria-label=format!("{}: {name}", say.forget_it())>{say.forget_it()}</button>
                </form>
            }
        });
        view! {
            <tr class=table::ROW>
                <th scope="row" class=table::NAME>{title} <p class=text::META>{about}</p></th>
                <td class=table::ACT>{forget}</td>
            </tr>
        }
    };
    let columns = [Column::quiet(say.name()), Column::quiet(say.forget_it())];
    table(&columns, items.iter().map(row).collect_view().into_any())
}

/// Everything about somebody, by part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataPage {
    /// Title of each part, with its rows: columns and values.
    pub parts: Vec<(String, Vec<DataRow>)>,
}

/// A row: columns and values.
pub type DataRow = Vec<(String, String)>;

/// Everything that the shop has of somebody.
#[must_use]
pub fn account_data(assets: &Assets, reader: &Reader, page: &DataPage) -> String {
    let say = reader.say();
    document(assets, reader, say.data_title(), Script::None, Switch::Link, || {
        let part = |(title, rows): &(String, Vec<DataRow>)| {
            let rows = rows.iter().map(|row| values::values(row)).collect_view();
            view! {
                <section>
                    <h2 class=PART>{title.clone()}</h2>
                    {rows}
                </section>
            }
        };
        view! {
            <article class=PAGE>
                <h1 class=text::TITLE>{say.data_title()}</h1>
                <p class=text::LEAD>{say.data_hint()}</p>
                {page.parts.iter().map(part).collect_view()}
                <p class="mt-6">
                    <a class=link::STANDING href=route::ACCOUNT>{say.back_to_account()}</a>
                </p>
            </article>
        }
        .into_any()
    })
}

/// The page that says what erasing means, and does it.
#[must_use]
pub fn account_erase(assets: &Assets, reader: &Reader, kept: &[String]) -> String {
    let say = reader.say();
    document(assets, reader, say.erase_data(), Script::None, Switch::Link, || {
        let kept: Vec<_> = kept.iter().cloned().map(|kept| view! { <li>{kept}</li> }).collect();
        let kept = (!kept.is_empty())
            .then(|| view! { <ul class=notice::CAUTION data-testid="kept-orders">{kept}</ul> });
        view! {
            <section class=PAGE>
                <h1 class=text::TITLE>{say.erase_data()}</h1>
                <p class="mt-4 mb-6 wrap-anywhere">{say.erase_text()}</p>
                {kept}
                <form method="post" action=route::ACCOUNT_ERASE class="flex flex-wrap items-center gap-2">
                    <button type="submit" class=button::PRIMARY data-testid="erase">{say.erase_now()}</button>
                    <a class=link::STANDING href=route::ACCOUNT>{say.back_to_account()}</a>
                </form>
            </section>
        }
        .into_any()
    })
}
