//! Publishing a draft, and a product's history.

use configurator::source::Source;
use configurator::{Problem, RevisionNumber, Slug};
use leptos::prelude::*;

use super::problems::problem_list;
use super::shell::{DraftState, Frame, Rail, Tab, bar, page};
use crate::paths;

/// Everything the publish page shows.
#[derive(Clone, Debug)]
pub struct PublishPage {
    /// The product's address.
    pub slug: Slug,
    /// The draft's version.
    pub version: i64,
    /// The draft.
    pub source: Source,
    /// Number of the live revision.
    pub live: RevisionNumber,
    /// Number of the live revision when the draft was begun.
    pub base: RevisionNumber,
    /// Number the draft will have as a revision.
    pub next: RevisionNumber,
    /// The draft's state.
    pub state: DraftState,
    /// What publishing changes for shoppers, in words.
    pub changes: Vec<String>,
    /// Everything that keeps the draft from being published.
    pub problems: Vec<Problem>,
    /// The note as typed.
    pub note: String,
    /// Why nothing was published just now.
    pub refused: Option<String>,
}

/// The page that leads a draft into the shop.
#[must_use]
pub fn publish(frame: Frame, publish: &PublishPage) -> String {
    let title = format!("{} · Changes", publish.source.name);
    page(frame, &title, Rail::Products, || {
        let product = paths::admin::product(&publish.slug);
        let refused = publish.refused.clone().map(|refused| {
            view! { <p class="notice notice-stop" role="alert" data-testid="refused">{refused}</p> }
        });
        let moved = (publish.version > 0 && publish.base != publish.live).then(|| {
            view! {
                <p class="notice">
                    {format!(
                        "This draft was begun from revision {}, and revision {} is live now. Publishing brings back what the draft has: the list below shows it all.",
                        publish.base,
                        publish.live,
                    )}
                </p>
            }
        });
        let body = if publish.state == DraftState::Unchanged {
            unchanged(publish, &product)
        } else {
            changes(publish, &product)
        };
        view! {
            {bar(&publish.slug, &publish.source.name, publish.state, Tab::Publish)}
            <div class="admin-single">{refused} {moved} {body}</div>
        }
        .into_any()
    })
}

/// Says that there is nothing to publish.
fn unchanged(publish: &PublishPage, product: &str) -> AnyView {
    view! {
        <div class="notice" data-testid="empty">
            <p>
                "The draft equals revision "
                {publish.live.to_string()}
                ", which is live. "
                <a class="link" href=product.to_owned()>"Edit the product"</a>
                ", and what changes is listed here before shoppers see it."
            </p>
        </div>
    }
    .into_any()
}

/// What publishing changes, what keeps the draft from it, and the ways on.
fn changes(publish: &PublishPage, product: &str) -> AnyView {
    let changes = publish.changes.iter().cloned();
    let changes = changes.map(|change| view! { <li data-testid="change">{change}</li> });
    view! {
        <div class="admin-publish">
            <section aria-labelledby="changes-title">
                <h2 id="changes-title" class="admin-heading">
                    {format!("What changes against revision {}", publish.live)}
                </h2>
                <ul class="admin-changes">{changes.collect_view()}</ul>
                <p class="hint">"Orders already placed keep their revision, price and picture."</p>
            </section>
            <section aria-labelledby="ready-title">
                <h2 id="ready-title" class="admin-heading">"Ready?"</h2>
                {problem_list(&publish.problems, &publish.source, product)}
                {go(publish, product)}
            </section>
            {discard(publish)}
        </div>
    }
    .into_any()
}

fn go(publish: &PublishPage, product: &str) -> AnyView {
    if !publish.problems.is_empty() {
        return view! {
            <p>
                <a class="button" href=product.to_owned()>"Back to the draft"</a>
            </p>
        }
        .into_any();
    }
    view! {
        <form method="post" action=paths::admin::publish(&publish.slug) class="admin-form">
            <input type="hidden" name="version" value=publish.version.to_string() />
            <div class="field">
                <label for="note">"Note for the history (optional)"</label>
                <input
                    id="note"
                    name="note"
                    type="text"
                    maxlength="200"
                    autocomplete="off"
                    value=publish.note.clone()
                    placeholder="Spring prices"
                />
            </div>
            <button type="submit" class="button" data-testid="publish">
                {format!("Publish as revision {}", publish.next)}
            </button>
            <p class="hint">"Live at once. You can make an earlier revision live again at any time."</p>
        </form>
    }
    .into_any()
}

fn discard(publish: &PublishPage) -> AnyView {
    view! {
        <details class="admin-discard">
            <summary class="link">"Discard the draft…"</summary>
            <form method="post" action=paths::admin::discard(&publish.slug)>
                <p>{format!("Everything listed above is forgotten, and the draft is revision {} again.", publish.live)}</p>
                <button type="submit" class="button button-quiet" data-testid="discard">"Discard all changes"</button>
            </form>
        </details>
    }
    .into_any()
}

/// A revision in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionItem {
    /// Its number.
    pub number: RevisionNumber,
    /// When it was published, in words.
    pub published: String,
    /// Who published it.
    pub by: String,
    /// What they wrote about it.
    pub note: String,
    /// Whether shoppers see it.
    pub live: bool,
    /// How many orders it has.
    pub orders: i64,
}

/// Everything the history shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionsPage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The revision that became live just now, in a sentence.
    pub done: Option<String>,
    /// Newest first.
    pub revisions: Vec<RevisionItem>,
}

/// The page with a product's history.
#[must_use]
pub fn revisions(frame: Frame, history: &RevisionsPage) -> String {
    page(frame, &format!("{} · Revisions", history.name), Rail::Products, || {
        let done = history.done.clone().map(|done| {
            view! { <p class="notice admin-done" role="status" data-testid="done">{done}</p> }
        });
        let only = (history.revisions.len() == 1).then(|| {
            view! { <p class="hint">"This is the first revision. Publish a draft, and both are listed here to go back to."</p> }
        });
        let rows = history.revisions.iter().cloned().map(|revision| {
            let act = if revision.live {
                view! { <span class="admin-state admin-state-ready" data-testid="live">"Live"</span> }.into_any()
            } else {
                let action = paths::admin::make_live(&history.slug, revision.number);
                view! {
                    <form method="post" action=action>
                        <button
                            type="submit"
                            class="button button-quiet admin-small"
                            data-testid=format!("roll-back-{}", revision.number)
                            aria-label=format!("Make revision {} live again", revision.number)
                        >
                            "Make live again"
                        </button>
                    </form>
                }
                .into_any()
            };
            let note = if revision.note.is_empty() { "—".to_owned() } else { revision.note };
            view! {
                <tr data-testid="revision">
                    <th scope="row" class="tabular">{revision.number.to_string()}</th>
                    <td data-label="Published"><span>{revision.published} <span class="admin-meta">" by " {revision.by}</span></span></td>
                    <td data-label="Note">{note}</td>
                    <td data-label="Orders" class="tabular admin-number">{revision.orders}</td>
                    <td class="admin-act">{act}</td>
                </tr>
            }
        });
        view! {
            {bar(&history.slug, &history.name, history.state, Tab::Revisions)}
            <div class="admin-single">
                {done}
                <table class="admin-table">
                    <thead>
                        <tr>
                            <th scope="col">"Revision"</th>
                            <th scope="col">"Published"</th>
                            <th scope="col">"Note"</th>
                            <th scope="col" class="admin-number">"Orders"</th>
                            <th scope="col"><span class="visually-hidden">"Live"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
                {only}
            </div>
        }
        .into_any()
    })
}
