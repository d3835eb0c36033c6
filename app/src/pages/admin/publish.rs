//! Publishing a draft.

use configurator::source::Source;
use configurator::{Problem, RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Admin, Language};

use super::form::end;
use super::problems::problem_list;
use super::shell::{DraftState, FORM, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::field::Field;
use crate::ui::text;
use crate::ui::{button, disclosure, empty, link, notice};

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
    /// What is wrong with it.
    pub note_problem: Option<String>,
    /// Why nothing was published or discarded just now.
    pub refused: Option<Refused>,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why, as sentences.
    pub words: String,
    /// Whether the draft is another than the page showed before, and worth a look.
    pub look: bool,
}

/// The page that leads a draft into the shop.
#[must_use]
pub fn publish(frame: Frame, publish: &PublishPage) -> String {
    let (say, language) = (frame.say(), frame.language);
    page(frame, &say.changes_of(&publish.source.name), Rail::Products, || {
        let product = paths::admin::product(&publish.slug);
        let refused = publish.refused.clone().map(|refused| {
            let look = refused.look.then(|| {
                view! { " " <a class=link::LINK href=product.clone()>{say.look_at_draft()}</a> }
            });
            view! { <p class=notice::STOP role="alert" data-testid="refused">{refused.words} {look}</p> }
        });
        let moved = (publish.version > 0 && publish.base != publish.live).then(|| {
            view! {
                <p class=notice::CAUTION>{say.begun_from(&publish.base, &publish.live)}</p>
            }
        });
        let body = if publish.state == DraftState::Unchanged {
            unchanged(say, publish, &product)
        } else {
            changes(language, publish, &product)
        };
        view! {
            {bar(say, &publish.slug, &publish.source.name, publish.state, Tab::Publish)}
            <div class=SINGLE>{refused} {moved} {body}</div>
        }
        .into_any()
    })
}

/// Says that there is nothing to publish.
fn unchanged(say: &Admin, publish: &PublishPage, product: &str) -> AnyView {
    let edit = view! { <a class=link::LINK href=product.to_owned()>{say.edit_product()}</a> }.into_any();
    let words = view! { <p>{text::around(&say.nothing_to_publish(&publish.live, &text::HERE), edit)}</p> };
    empty::empty(words.into_any(), Some("empty"))
}

/// What publishing changes, what keeps the draft from it, and the ways on.
fn changes(language: Language, publish: &PublishPage, product: &str) -> AnyView {
    let say = language.admin();
    let changes = publish.changes.iter().cloned();
    let changes = changes.map(|change| view! { <li class="border-b border-line py-1.5 wrap-anywhere" data-testid="change">{change}</li> });
    view! {
        <div class="grid gap-8 desk:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] desk:gap-x-14">
            <section class="min-w-0" aria-labelledby="changes-title">
                <h2 id="changes-title" class=text::HEADING>
                    {say.changes_against(&publish.live)}
                </h2>
                <ul>{changes.collect_view()}</ul>
                <p class=text::HINT>{say.orders_keep()}</p>
            </section>
            <section class="min-w-0" aria-labelledby="ready-title">
                <h2 id="ready-title" class=text::HEADING>{say.ready()}</h2>
                {problem_list(language, &publish.problems, &publish.source, product)}
                {go(say, publish, product)}
            </section>
            {discard(say, publish)}
        </div>
    }
    .into_any()
}

fn go(say: &Admin, publish: &PublishPage, product: &str) -> AnyView {
    if !publish.problems.is_empty() {
        return view! {
            <p>
                <a class=button::PRIMARY href=product.to_owned()>{say.back_to_draft()}</a>
            </p>
        }
        .into_any();
    }
    let note = Field {
        id: "note".to_owned(),
        name: "note".to_owned(),
        label: say.note_for_history().to_owned(),
        value: publish.note.clone(),
        placeholder: say.note_example().to_owned(),
        autocomplete: "off",
        errors: publish.note_problem.clone().into_iter().collect(),
        autofocus: publish.note_problem.is_some(),
        ..Field::default()
    };
    view! {
        <form method="post" action=paths::admin::publish(&publish.slug) class=FORM>
            <input type="hidden" name="version" value=publish.version.to_string() />
            <div class="max-w-[30rem]">{note.text("text")}</div>
            <button type="submit" class=button::PRIMARY data-testid="publish">
                {say.publish_as(&publish.next)}
            </button>
            <p class=text::HINT>{say.live_at_once()}</p>
            {end()}
        </form>
    }
    .into_any()
}

fn discard(say: &Admin, publish: &PublishPage) -> AnyView {
    view! {
        <details class=disclosure::MORE>
            <summary class=disclosure::SUMMARY>{say.discard_draft()}</summary>
            <form method="post" action=paths::admin::discard(&publish.slug)>
                <input type="hidden" name="version" value=publish.version.to_string() />
                <p class="mt-1 mb-3">{say.discard_warning(&publish.live)}</p>
                <button type="submit" class=button::QUIET data-testid="discard">{say.discard_all()}</button>
            </form>
        </details>
    }
    .into_any()
}
