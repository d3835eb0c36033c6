//! A page that says what went wrong and where to go from here.

use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document};

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
                    <a class="link" href=href>{label}</a>
                </li>
            }
        });
        view! {
            <section class="problem">
                <h1 class="display">{title.to_owned()}</h1>
                <p>{message.to_owned()}</p>
                <ul class="problem-links">{links.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}
