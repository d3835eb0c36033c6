//! Publishing a draft.

use configurator::completeness::Finding;
use configurator::source::Source;
use configurator::{FailedTest, Problem, RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Admin, Assortment, Gate, Language};

use super::form::{end, tick};
use super::gate::{self, EffectView, ReplayView};
use super::kept::{keeping, kept_once};
use super::problems::problem_list;
use super::releases::{ReleaseLine, lines};
use super::shell::{DraftState, FORM, Frame, Rail, SINGLE, Tab, bar, page};
use super::take_over::{self, TakeOverView};
use crate::paths::{self, file, route};
use crate::ui::field::{ERROR, Field};
use crate::ui::form::{Post, act, may_send};
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
    /// Number of the live revision; where the product was never published, of what its draft began as.
    pub live: RevisionNumber,
    /// Whether the product was never published.
    pub is_first: bool,
    /// What another revision means for the draft than the one that it was begun from.
    pub other: Option<TakeOverView>,
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
    /// Places of rules that never matter beside the others.
    pub idle_rules: Vec<usize>,
    /// What publishing does to prices, where the draft is sound.
    pub effect: Option<EffectView>,
    /// What becomes of orders and saved designs.
    pub replay: Option<ReplayView>,
    /// How many of them were judged, of how many, and that in words, where it goes on.
    pub replaying: Option<((u64, u64), String)>,
    /// What was agreed to.
    pub agreement: Agreement,
    /// The link that shows the draft.
    pub preview: PreviewView,
    /// Whether a second person has to agree.
    pub asks: bool,
    /// What releases mean for the product.
    pub releases: Vec<ReleaseLine>,
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
        let at = (&publish.slug, publish.version);
        let other = publish.other.as_ref();
        let other = other.map(|other| take_over::told(language.releases(), at, other));
        let body = if publish.state == DraftState::Unchanged {
            unchanged(say, publish, &product)
        } else {
            changes(language, publish, &product)
        };
        let goes_on = publish.replaying.is_some();
        let script = goes_on.then(|| view! { <script r#type="module" src=file::ANALYSIS_SCRIPT></script> });
        view! {
            {bar(say, &publish.slug, &publish.source.name, publish.state, Tab::Publish)}
            <div class=SINGLE>
                {refused} {act(&paths::admin::publish(&publish.slug), || keeping(frame, false))} {lines(&publish.releases)} {other}
                {body}
            </div>
            {script}
        }
        .into_any()
    })
}

/// Says that there is nothing to publish.
fn unchanged(say: &Admin, publish: &PublishPage, product: &str) -> AnyView {
    let edit = view! { <a class=link::LINK href=product.to_owned()>{say.edit_product()}</a> }.into_any();
    let told = match publish.is_first {
        true => say.nothing_begun(&text::HERE),
        false => say.nothing_to_publish(&publish.live, &text::HERE),
    };
    let words = view! { <p>{text::around(&told, edit)}</p> };
    empty::empty(words.into_any(), Some("empty"))
}

/// What publishing changes, what keeps the draft from it, and the ways on.
fn changes(language: Language, publish: &PublishPage, product: &str) -> AnyView {
    let say = language.admin();
    // Where there are none, what follows says what else there is to settle.
    let is_told = !publish.problems.is_empty();
    let against = if publish.is_first { first(language.gate()) } else { against(say, publish) };
    let far = publish.replaying.as_ref().map(|(far, told)| (*far, told.as_str()));
    let path = paths::admin::publish(&publish.slug);
    let found = gate::found(language.gate(), &path, publish.replay.as_ref(), far);
    let leaves = match publish.is_first {
        true => paths::admin::standing(&publish.slug),
        false => paths::admin::discard(&publish.slug),
    };
    view! {
        <div class="grid gap-8 desk:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] desk:gap-x-14">
            <section class="min-w-0" aria-labelledby="changes-title">
                {against}
                {publish.effect.as_ref().map(|effect| gate::effect(language, effect))}
                {found}
            </section>
            <section class="min-w-0" aria-labelledby="ready-title">
                <h2 id="ready-title" class=text::HEADING>{say.ready()}</h2>
                {is_told.then(|| problem_list(language, &publish.problems, &publish.source, (&publish.slug, product)))}
                {gate::failed_tests(language, &publish.failed, &publish.source, (&publish.slug, product))}
                {gate::findings(language, &publish.findings, &publish.source, (&publish.slug, publish.version, gate::Back::Publish))}
                {settled(language.gate(), publish)}
                {idle(language.gate(), publish)}
                {act(&paths::admin::publish(&publish.slug), || go(language, publish, product))}
                {preview(language.gate(), publish)}
            </section>
            {act(&leaves, || if publish.is_first { remove(language.assortment(), publish) } else { discard(say, publish) })}
        </div>
    }
    .into_any()
}

/// What changes against what is live.
fn against(say: &'static Admin, publish: &PublishPage) -> AnyView {
    view! {
        <h2 id="changes-title" class=text::HEADING>{say.changes_against(&publish.live)}</h2>
        {gate::changes(say, &publish.changes)}
        <p class=text::HINT>{say.orders_keep()}</p>
    }
    .into_any()
}

/// Says that nothing is live yet.
fn first(say: &'static Gate) -> AnyView {
    view! {
        <h2 id="changes-title" class=text::HEADING>{say.first_time()}</h2>
        <p data-testid="first">{say.first_time_hint()}</p>
    }
    .into_any()
}

/// Says that nothing looks forgotten, and that tests pass where there are any.
fn settled(say: &'static Gate, publish: &PublishPage) -> Option<AnyView> {
    let is_settled = publish.problems.is_empty() && publish.failed.is_empty() && publish.findings.is_empty();
    let told = if publish.source.tests.is_empty() { say.untested() } else { say.all_settled() };
    let no_picture = publish.source.layers.is_empty().then(|| say.no_picture());
    is_settled.then(|| {
        view! { <p class="my-3 font-medium text-accent" data-testid="settled">{told} {no_picture}</p> }
            .into_any()
    })
}

/// Names the rules that never matter, which stops nothing.
fn idle(say: &'static Gate, publish: &PublishPage) -> AnyView {
    let analysis = paths::admin::analysis(&publish.slug);
    let link = |place: &usize| {
        let rule = publish.source.rules.get(*place)?;
        let words = say.idle_rule(&(place + 1));
        Some(view! {
            <p class=text::HINT data-testid="idle-rule">
                {words} " " <a class=link::LINK href=format!("{analysis}#rule-{}", rule.code)>{say.idle_rule_why(&(place + 1))}</a>
            </p>
        })
    };
    publish.idle_rules.iter().filter_map(link).collect_view().into_any()
}

/// Makes, shows and ends the link that shows the draft.
fn preview(say: &'static Gate, publish: &PublishPage) -> Option<AnyView> {
    let may = may_send(&paths::admin::preview(&publish.slug));
    if publish.version == 0 || !publish.problems.is_empty() || !may {
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
                {Post::to(action).class("mt-3").form(|| view! {
                    <div class=button::ROW>
                        <button type="submit" class=button::QUIET name="do" value="make" data-testid="make-preview">{words}</button>
                        {end_link}
                    </div>
                    {end()}
                }.into_any())}
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
    let words = if publish.is_first { say.agree_first() } else { say.agree_seen() };
    let large = publish.effect.as_ref().filter(|effect| effect.is_large).map(|effect| {
        view! {
            {tick("twice", &say.agree_large(&effect.threshold), twice, None)}
            {missing(twice, "twice-missing")}
        }
    });
    view! {
        <div class="my-4">
            {tick("seen", words, seen, None)}
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
    let gate = language.gate();
    // What it does to orders and designs is looked at first; what is typed and ticked meanwhile stays.
    let waits = publish.replaying.is_some();
    let told = waits.then(|| {
        view! { <p class=text::HINT data-testid="publish-waits" data-waits="on">{gate.publish_waits()}</p> }
    });
    let live_at_once = match publish.is_first {
        _ if publish.asks => language.releases().ask_hint().to_owned(),
        true => gate.first_number(&publish.next, &publish.live),
        false => say.live_at_once().to_owned(),
    };
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
        {Post::to(paths::admin::publish(&publish.slug)).class(FORM).form(|| view! {
            <input type="hidden" name="version" value=publish.version.to_string() />
            <input type="hidden" name="live" value=publish.live.to_string() />
            {kept_once("publish", !publish.note.is_empty())}
            <div class="max-w-[30rem]">{note.text("text")}</div>
            {agree(gate, publish)}
            {told}
            <button type="submit" class=button::PRIMARY data-testid="publish" disabled=waits data-waits=waits.then_some("on")>
                {if publish.asks { language.releases().ask().to_owned() } else { say.publish_as(&publish.next) }}
            </button>
            <p class=text::HINT>{live_at_once}</p>
            {end()}
        }.into_any())}
        {act(route::admin::NEW_RELEASE, || view! {
            <p class="mt-3"><a class=link::STANDING href=paths::admin::new_release(&publish.slug) data-testid="with-others">{language.releases().with_others()}</a></p>
        }.into_any())}
    }
    .into_any()
}

/// Takes a product that was never published off the list; it has nothing that a discarded draft could go back to.
fn remove(say: &'static Assortment, publish: &PublishPage) -> AnyView {
    view! {
        {Post::to(paths::admin::standing(&publish.slug)).form(|| view! {
            <input type="hidden" name="was" value="begun" />
            <button type="submit" class=button::QUIET name="do" value="removed" data-testid="remove">{say.remove_draft()}</button>
            <p class=text::HINT>{say.remove_draft_hint()}</p>
        }.into_any())}
    }
    .into_any()
}

fn discard(say: &Admin, publish: &PublishPage) -> AnyView {
    view! {
        <details class=disclosure::MORE>
            <summary class=disclosure::SUMMARY>{say.discard_draft()}</summary>
            {Post::to(paths::admin::discard(&publish.slug)).form(|| view! {
                <input type="hidden" name="version" value=publish.version.to_string() />
                <p class="mt-1 mb-3">{say.discard_warning(&publish.live)}</p>
                <button type="submit" class=button::QUIET data-testid="discard">{say.discard_all()}</button>
            }.into_any())}
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page of a draft of which it is not yet known what becomes of orders, after somebody was refused.
    fn waiting() -> PublishPage {
        let source = serde_json::json!({
            "name": "Mug", "summary": "", "currency": "EUR", "base_price": 900, "lead_time_days": 3, "steps": [], "attributes": [],
        });
        let (live, slug) = (RevisionNumber::FIRST, "mug".parse::<Slug>().unwrap());
        PublishPage {
            slug,
            version: 4,
            source: serde_json::from_value(source).unwrap(),
            live,
            is_first: false,
            other: None,
            next: live.next(),
            state: DraftState::Ready,
            changes: Vec::new(),
            problems: Vec::new(),
            failed: Vec::new(),
            findings: Vec::new(),
            idle_rules: Vec::new(),
            effect: None,
            replay: None,
            replaying: Some(((3, 9), "3 of 9".to_owned())),
            agreement: Agreement { seen: true, ..Agreement::default() },
            preview: PreviewView { made: None, link: Some("https://shop.example/preview/one".to_owned()) },
            asks: false,
            releases: Vec::new(),
            note: "Dearer handles".to_owned(),
            note_problem: None,
            refused: None,
        }
    }

    #[test]
    fn what_is_typed_and_shown_once_stands_beside_what_comes_anew() {
        let page =
            Owner::new().with(|| changes(Language::ENGLISH, &waiting(), "/admin/products/mug").to_html());
        let (before, rest) = page.split_once("id=\"found\"").unwrap();
        let (found, after) = rest.split_once("aria-labelledby=\"ready-title\"").unwrap();
        assert!(
            found.contains("data-from=\"/admin/products/mug/publish\"") && found.contains("data-going-on")
        );
        assert!(found.contains("data-testid=\"replaying\""), "{found}");
        assert!(!before.contains("<form"));
        for kept in ["value=\"Dearer handles\"", "preview/one", "name=\"seen\""] {
            assert!(after.contains(kept) && !found.contains(kept), "{kept}: {after}");
        }
        let (_, button) = after.split_once("data-testid=\"publish\"").unwrap();
        let (button, _) = button.split_once('>').unwrap();
        assert!(button.contains("disabled") && button.contains("data-waits=\"on\""), "{button}");
        let known = PublishPage { replaying: None, ..waiting() };
        let page = Owner::new().with(|| changes(Language::ENGLISH, &known, "/admin/products/mug").to_html());
        assert!(!page.contains("data-waits") && !page.contains("data-going-on"));
    }
}
