//! What the admin's pages have in common: the document, the rail on the left, the bar that always shows the draft's state.

use configurator::Slug;
use leptos::prelude::*;

use super::words::counted;
use crate::pages::document::{Assets, Script, head, render};
use crate::paths::{self, route};

/// What every page behind the log-in needs.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'f> {
    /// Addresses of built files.
    pub assets: &'f Assets,
    /// E-mail address of who is logged in.
    pub administrator: &'f str,
}

/// What stands between a draft and the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// The draft equals the live revision.
    Unchanged,
    /// The draft can be published.
    Ready,
    /// The draft has this many problems.
    Problems(usize),
}

impl DraftState {
    /// The state in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Unchanged => "No changes".to_owned(),
            Self::Ready => "Draft · ready to publish".to_owned(),
            Self::Problems(count) => format!("Draft · {}", counted(count, "problem", "problems")),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Unchanged => "admin-state",
            Self::Ready => "admin-state admin-state-ready",
            Self::Problems(_) => "admin-state admin-state-stop",
        }
    }

    /// The state as a mark that does not rest on colour alone.
    pub(super) fn mark(self) -> AnyView {
        view! { <span class=self.class() data-testid="draft-state">{self.words()}</span> }.into_any()
    }
}

/// Entries of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rail {
    Products,
    Orders,
}

/// A page behind the log-in.
pub(super) fn page(frame: Frame, title: &str, current: Rail, content: impl FnOnce() -> AnyView) -> String {
    let administrator = frame.administrator.to_owned();
    let here = move |entry: Rail| (entry == current).then_some("page");
    let body = render(move || {
        view! {
            <div class="admin">
                <header class="admin-rail">
                    <a class="admin-wordmark display" href=route::admin::PRODUCTS>"Atelier"</a>
                    <nav class="admin-nav" aria-label="Admin">
                        <a href=route::admin::PRODUCTS aria-current=here(Rail::Products)>"Products"</a>
                        <a href=route::admin::ORDERS aria-current=here(Rail::Orders)>"Orders"</a>
                    </nav>
                    <div class="admin-who">
                        <span class="admin-email" title=administrator.clone()>{administrator.clone()}</span>
                        <form method="post" action=route::admin::LOG_OUT>
                            <button type="submit" class="admin-plain" data-testid="log-out">"Log out"</button>
                        </form>
                    </div>
                </header>
                <main id="main" class="admin-main" tabindex="-1">{content()}</main>
            </div>
        }
        .into_any()
    });
    whole(frame.assets, title, &body)
}

/// A page before the log-in.
pub(super) fn gate(assets: &Assets, title: &str, content: impl FnOnce() -> AnyView) -> String {
    let body = render(move || {
        view! {
            <div class="admin admin-gate">
                <main id="main" class="admin-gate-card" tabindex="-1">
                    <a class="admin-wordmark display" href=route::LIST>"Atelier"</a>
                    {content()}
                </main>
            </div>
        }
        .into_any()
    });
    whole(assets, title, &body)
}

fn whole(assets: &Assets, title: &str, body: &str) -> String {
    let head = head(assets, &format!("{title} · Admin · Atelier"), Script::None);
    format!(
        r##"<!DOCTYPE html><html lang="en"><head>{head}</head><body class="admin-body"><a class="skip" href="#main">Skip to the content</a>{body}</body></html>"##
    )
}

/// Pages of one product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Draft,
    Publish,
    Revisions,
}

/// The bar over a product's pages: name, pages, and the draft's state.
pub(super) fn bar(slug: &Slug, name: &str, state: DraftState, tab: Tab) -> AnyView {
    let here = move |entry: Tab| (entry == tab).then_some("page");
    let (publish_path, revisions_path) = (paths::admin::publish(slug), paths::admin::revisions(slug));
    let publish = (tab != Tab::Publish && state != DraftState::Unchanged).then(|| {
        view! {
            <a class="button admin-bar-publish" href=publish_path.clone() data-testid="to-publish">
                "Publish…"
            </a>
        }
    });
    view! {
        <div class="admin-bar">
            <div class="admin-bar-name">
                <a class="admin-crumb" href=route::admin::PRODUCTS>"Products"</a>
                <h1 class="display admin-title">{name.to_owned()}</h1>
            </div>
            <div class="admin-bar-state">{state.mark()} {publish}</div>
            <nav class="admin-tabs" aria-label="This product">
                <a href=paths::admin::product(slug) aria-current=here(Tab::Draft)>"Draft"</a>
                <a href=publish_path.clone() aria-current=here(Tab::Publish)>"Changes"</a>
                <a href=revisions_path aria-current=here(Tab::Revisions)>"Revisions"</a>
                <a href=paths::product(slug)>"In the shop"</a>
            </nav>
        </div>
    }
    .into_any()
}
