//! The product list.

use configurator::Slug;
use leptos::prelude::*;

use super::{Assets, Script, document};

/// A product on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// Its address.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// One sentence.
    pub summary: String,
    /// The lowest price known, ready to show.
    pub from: String,
    /// Address of the standard's picture.
    pub picture: String,
    /// When a standard one is ready, in words.
    pub ready: String,
}

/// The page with all products.
#[must_use]
pub fn list(assets: &Assets, items: Vec<ListItem>) -> String {
    document(assets, "Made to order", Script::None, || {
        let cards = items.iter().cloned().map(|item| {
            let href = format!("/products/{}", item.slug);
            view! {
                <li class="card">
                    <a href=href class="card-link">
                        <span class="card-picture">
                            <img src=item.picture alt="" width="1200" height="900" />
                        </span>
                        <span class="card-name display">{item.name}</span>
                        <span class="card-summary">{item.summary}</span>
                        <span class="card-foot tabular">"From " {item.from} " · " {item.ready}</span>
                    </a>
                </li>
            }
        });
        let empty = items.is_empty().then(|| {
            view! {
                <p class="notice">
                    "There is nothing to order yet. Put a product into the folder of catalogues and start the shop again."
                </p>
            }
        });
        view! {
            <section class="hero">
                <h1 class="display hero-title">"Begin with something good. Make it yours."</h1>
                <p class="hero-line">
                    "Every piece starts from a design that already works. Change what matters to you; we keep the rest right."
                </p>
            </section>
            {empty}
            <ul class="cards">{cards.collect_view()}</ul>
        }
        .into_any()
    })
}
