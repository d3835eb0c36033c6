//! Publishing a draft.

use configurator::completeness::Finding;
use configurator::source::Source;
use configurator::{FailedTest, Problem, RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Admin, Gate, Language};

use super::form::{end, tick};
use super::gate::{self, EffectView, ReplayView};
use super::problems::problem_list;
use super::shell::{DraftState, FORM, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths;
use crate::ui::field::{ERROR, Field};
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
    /// Test designs that fail.
    pub failed: Vec<FailedTest>,
    /// What looks forgotten.
    pub findings: Vec<Finding>,
    /// What publishing does to prices, where the draft is sound.
    pub effect: Option<EffectView>,
    /// What becomes of orders and saved designs.
    pub replay: Option<ReplayView>,
    /// What was agreed to.
    pub agreement: Agreement,
    /// The link that shows the draft.
    pub preview: PreviewView,
    /// The note as typed.
    pub note: String,
    /// What is wrong with it.
    pub note_problem: Option<String>,
    /// Why nothing was published or discarded just now.
    pub refused: Option<Refused>,
}

/// What somebody agreed to who publishes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// That they looked at what it does.
    pub seen: bool,
    /// That large changes are meant.
    pub twice: bool,
    /// Whether it was sent, so that what is not ticked is told.
    pub is_sent: bool,
}

/// The link that shows a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PreviewView {
    /// Who made it when, in a sentence; nothing where there is none.
    pub made: Option<String>,
    /// The link itself, when it was made just now.
    pub link: Option<String>,
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
    // That nothing keeps it from being published is true only where nothing else does.
    let is_told = !publish.problems.is_empty() || (publish.failed.is_empty() && publish.findings.is_empty());
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
                {publish.effect.as_ref().map(|effect| gate::effect(language.gate(), effect))}
                {publish.replay.as_ref().map(|replay| gate::replay(language.gate(), replay))}
            </section>
            <section class="min-w-0" aria-labelledby="ready-title">
                <h2 id="ready-title" class=text::HEADING>{say.ready()}</h2>
                {is_told.then(|| problem_list(language, &publish.problems, &publish.source, product))}
                {gate::failed_tests(language, &publish.failed, &publish.source, product)}
                {gate::findings(language, &publish.findings, &publish.source, (&publish.slug, publish.version))}
                {settled(language.gate(), publish)}
                {go(language, publish, product)}
                {preview(language.gate(), publish)}
            </section>
            {discard(say, publish)}
        </div>
    }
    .into_any()
}

/// Says that tests pass and nothing looks forgotten.
fn settled(say: &'static Gate, publish: &PublishPage) -> Option<AnyView> {
    let is_settled = publish.problems.is_empty() && publish.failed.is_empty() && publish.findings.is_empty();
    is_settled.then(|| {
        view! { <p class="my-3 font-medium text-accent" data-testid="settled">{say.all_settled()}</p> }
            .into_any()
    })
}

/// Makes, shows and ends the link that shows the draft.
fn preview(say: &'static Gate, publish: &PublishPage) -> Option<AnyView> {
    if publish.version == 0 || !publish.problems.is_empty() {
        return None;
    }
    let PreviewView { made, link } = publish.preview.clone();
    let (action, has_link) = (paths::admin::preview(&publish.slug), made.is_some());
    let shown = link.map(|link| {
        view! {
            <p class=notice::GOOD role="status">
                {say.preview_is()} " "
                <a href=link.clone() data-testid="preview-link">{link.clone()}</a>
            </p>
        }
    });
    let end_link = has_link.then(|| {
        view! {
            <button type="submit" class=button::PLAIN name="do" value="end" data-testid="end-preview">
                {say.end_preview()}
            </button>
        }
    });
    let words = if has_link { say.make_preview_anew() } else { say.make_preview() };
    Some(
        view! {
            <div class="mt-6">
                <h2 class=text::HEADING>{say.preview()}</h2>
                {shown}
                <p class=text::HINT>{say.preview_hint()}</p>
                {made.map(|made| view! { <p class=text::HINT data-testid="preview-made">{made}</p> })}
                <form method="post" action=action class="mt-3">
                    <div class=button::ROW>
                        <button type="submit" class=button::QUIET name="do" value="make" data-testid="make-preview">{words}</button>
                        {end_link}
                    </div>
                    {end()}
                </form>
            </div>
        }
        .into_any(),
    )
}

/// The boxes by which somebody agrees to what publishing does.
fn agree(say: &'static Gate, publish: &PublishPage) -> AnyView {
    let Agreement { seen, twice, is_sent } = publish.agreement;
    let missing = |ticked: bool, test: &'static str| {
        (is_sent && !ticked).then(|| view! { <p class=ERROR data-testid=test>{say.tick_to_publish()}</p> })
    };
    let large = publish.effect.as_ref().filter(|effect| effect.is_large).map(|effect| {
        view! {
            {tick("twice", &say.agree_large(&effect.threshold), twice, None)}
            {missing(twice, "twice-missing")}
        }
    });
    view! {
        <div class="my-4">
            {tick("seen", say.agree_seen(), seen, None)}
            {missing(seen, "seen-missing")}
            {large}
        </div>
    }
    .into_any()
}

fn go(language: Language, publish: &PublishPage, product: &str) -> AnyView {
    let say = language.admin();
    if !publish.problems.is_empty() || !publish.failed.is_empty() || !publish.findings.is_empty() {
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
            <input type="hidden" name="live" value=publish.live.to_string() />
            <div class="max-w-[30rem]">{note.text("text")}</div>
            {agree(language.gate(), publish)}
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
