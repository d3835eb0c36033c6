//! Asks before another design takes the place of one's own. A page of its own, or a part that a script shows within another.

use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document, render};
use crate::ui::values::values;
use crate::ui::{button, dialog, text};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplacePage {
    /// The question.
    pub title: String,
    /// What is given up: attributes, with what they have then in place of what they have now.
    pub given_up: Vec<(String, String)>,
    /// What it costs then, beside now.
    pub costs: String,
    /// The product's page with the other design.
    pub take: String,
    /// The product's page with one's own.
    pub keep: String,
}

/// The page.
#[must_use]
pub fn replace(assets: &Assets, reader: &Reader, page: &ReplacePage) -> String {
    document(assets, reader, &page.title, Script::None, Switch::Link, || {
        view! {
            <section class="mx-auto max-w-[62ch] px-5 pt-8 pb-24">
                <h1 class=text::TITLE>{page.title.clone()}</h1>
                {content(reader, page)}
                <p class=dialog::ACTIONS>
                    <a class=button::QUIET href=page.keep.clone() rel="nofollow" data-testid="keep-mine">{reader.studio().keep_design()}</a>
                    {take(reader, page)}
                </p>
            </section>
        }
        .into_any()
    })
}

/// The same to be shown within another page.
#[must_use]
pub fn replace_part(reader: &Reader, page: &ReplacePage) -> String {
    render(|| {
        view! {
            <h2 class=dialog::TITLE id="kept-title">{page.title.clone()}</h2>
            {content(reader, page)}
            <form method="dialog" class=dialog::ACTIONS>
                <button type="submit" class=button::QUIET data-testid="keep-mine">{reader.studio().keep_design()}</button>
                {take(reader, page)}
            </form>
        }
        .into_any()
    })
}

fn content(reader: &Reader, page: &ReplacePage) -> AnyView {
    view! {
        <p class="mt-2">{reader.say().replaces_yours()}</p>
        <div data-testid="given-up">{values(&page.given_up)}</div>
        <p class=text::META data-testid="costs-then">{page.costs.clone()}</p>
    }
    .into_any()
}

fn take(reader: &Reader, page: &ReplacePage) -> AnyView {
    view! {
        <a class=button::PRIMARY href=page.take.clone() rel="nofollow" data-goes="" data-testid="take">{reader.say().take_it()}</a>
    }
    .into_any()
}
