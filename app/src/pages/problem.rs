//! A page that says what went wrong and where to go from here.

use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};
use crate::ui::{link, text};

/// A page with a title, what happened, and links that help.
#[must_use]
pub fn problem(
    assets: &Assets,
    reader: &Reader,
    title: &str,
    message: &str,
    links: &[(String, String)],
) -> String {
    document(assets, reader, title, Script::None, Switch::Link, || {
        let links = links.iter().cloned().map(|(label, href)| {
            view! {
                <li>
                    <a class=link::STANDING href=href>{label}</a>
                </li>
            }
        });
        view! {
            <section class="mx-auto max-w-[62ch] px-5 pt-12 pb-24">
                <h1 class=text::TITLE>{title.to_owned()}</h1>
                <p class="mt-4 wrap-anywhere">{message.to_owned()}</p>
                <ul class="mt-4 grid">{links.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
