//! Planning a release: which products, what it does to each, from when until when.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Language, Releases};

use super::form::{Form, Returned, end, tick};
use super::gate::{self, EffectView, ReplayView};
use super::kept::{keeping, kept_once};
use super::publish::Agreement;
use super::shell::{CRUMB, FORM, Frame, Rail, SINGLE, page};
use crate::paths::{self, route};
use crate::ui::field::{ERROR, Entry, Field};
use crate::ui::form::{Post, act};
use crate::ui::{button, disclosure, empty, field, link, notice, text};

/// A product that was chosen for a release.
#[derive(Clone, Debug)]
pub struct ChosenProduct {
    /// Its address.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's version.
    pub version: i64,
    /// The live revision that it is compared with.
    pub live: RevisionNumber,
    /// Whether it can be published.
    pub is_ready: bool,
    /// What changes for shoppers, in words.
    pub changes: Vec<String>,
    /// What it does to prices.
    pub effect: Option<EffectView>,
    /// What becomes of orders and saved designs.
    pub replay: Option<ReplayView>,
    /// What was agreed to.
    pub agreement: Agreement,
    /// Why it was refused.
    pub problem: Option<String>,
}

/// Everything that the page shows.
#[derive(Clone, Debug, Default)]
pub struct NewReleasePage {
    /// The shop's time zone.
    pub zone: String,
    /// Products that have drafts: address, name, whether it is chosen.
    pub choices: Vec<(Slug, String, bool)>,
    /// Those that were chosen.
    pub chosen: Vec<ChosenProduct>,
    /// The form, where it could not be taken.
    pub returned: Option<Returned>,
    /// For how many days designs can be ordered at a release's prices after its end.
    pub hold_days: u64,
    /// Whether a second person has to agree.
    pub asks: bool,
    /// Whether it was sent without a product.
    pub is_empty: bool,
}

/// The page.
#[must_use]
pub fn new_release(frame: Frame, shown: &NewReleasePage) -> String {
    let language = frame.language;
    let say = language.releases();
    page(frame, say.new_release(), Rail::Releases, || {
        let is_ready = shown.chosen.iter().any(|product| product.is_ready);
        let refused = shown.returned.is_some().then(|| {
            view! { <p class=notice::STOP role="alert" data-testid="refused">{say.not_planned()}</p> }
        });
        let unchosen = shown.is_empty.then(|| {
            view! { <p class=notice::STOP role="alert" data-testid="not-chosen">{say.not_chosen()}</p> }
        });
        view! {
            <div class=SINGLE>
                <p><a class=CRUMB href=route::admin::RELEASES>{say.title()}</a></p>
                <h1 class=format!("{} mb-3", text::TITLE_SMALL)>{say.new_release()}</h1>
                {refused} {unchosen}
                {act(route::admin::NEW_RELEASE, || keeping(frame, false))}
                {if shown.chosen.is_empty() { choose(say, shown) } else { again(say, shown) }}
                {shown.chosen.iter().filter(|product| !product.is_ready).map(|product| unready(say, product)).collect_view()}
                {is_ready.then(|| plan(language, shown))}
            </div>
        }
        .into_any()
    })
}

/// The form that says which products.
fn choose(say: &'static Releases, shown: &NewReleasePage) -> AnyView {
    if shown.choices.is_empty() {
        return empty::empty(view! { <p>{say.no_drafts()}</p> }.into_any(), Some("empty"));
    }
    let choices = shown.choices.iter().map(|(slug, name, is_chosen)| {
        view! { <li>{field::tick("product", slug.as_str(), name, *is_chosen, None)}</li> }
    });
    view! {
        <form method="get" action=route::admin::NEW_RELEASE class="mt-3">
            <fieldset>
                <legend class=text::HEADING>{say.choose()}</legend>
                <p class=text::HINT>{say.choose_hint()}</p>
                <ul class="mt-3">{choices.collect_view()}</ul>
            </fieldset>
            <p class="mt-3"><button type="submit" class=button::PRIMARY data-testid="go-on">{say.go_on()}</button></p>
        </form>
    }
    .into_any()
}

/// The same, folded away.
fn again(say: &'static Releases, shown: &NewReleasePage) -> AnyView {
    view! {
        <details class=disclosure::MORE>
            <summary class=disclosure::SUMMARY>{say.choose_again()}</summary>
            {choose(say, shown)}
        </details>
    }
    .into_any()
}

/// A chosen product that can't be published.
fn unready(say: &'static Releases, product: &ChosenProduct) -> AnyView {
    let address = paths::admin::publish(&product.slug);
    view! {
        <section class="mt-6 border-t border-line pt-5" data-testid="not-ready">
            <h2 class=text::HEADING>{product.name.clone()}</h2>
            <p class="mt-1">{say.not_ready()} " " <a class=link::LINK href=address>{say.see_why()}</a></p>
        </section>
    }
    .into_any()
}

/// The form that plans.
fn plan(language: Language, shown: &NewReleasePage) -> Option<AnyView> {
    let say = language.releases();
    let form = Form::new("release", shown.returned.as_ref(), language);
    let ready = shown.chosen.iter().filter(|product| product.is_ready);
    let products = ready.map(|product| chosen(language, product)).collect_view();
    let (words, hint) = if shown.asks { (say.ask(), say.ask_hint()) } else { (say.plan(), say.plan_hint()) };
    Post::to(route::admin::NEW_RELEASE).class(FORM).judged_here().form(|| {
        view! {
            {kept_once("release", form.came_back())}
            {products}
            <section class="mt-6 border-t border-line pt-5 max-w-[30rem]" aria-labelledby="times-title">
                <h2 class=text::HEADING id="times-title">{say.when()}</h2>
                {times(form, say, shown)}
                <button type="submit" class=button::PRIMARY data-testid="plan">{words}</button>
                <p class=text::HINT>{hint}</p>
            </section>
            {end()}
        }
        .into_any()
    })
}

fn times(form: Form, say: &'static Releases, shown: &NewReleasePage) -> AnyView {
    let zone = &shown.zone;
    let field = |id: &str, label: String| Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label,
        value: form.text(id, ""),
        errors: form.message(id).into_iter().collect(),
        autofocus: form.message(id).is_some(),
        autocomplete: "off",
        ..Field::default()
    };
    let when = form.text("when", "now");
    let entry = |value: &str, words: &str| Entry {
        value: value.to_owned(),
        words: words.to_owned(),
        selected: when == value,
    };
    let entries = vec![entry("now", say.when_now()), entry("at", say.when_at())];
    let name = Field {
        placeholder: say.name_example().to_owned(),
        required: true,
        ..field("name", say.name().to_owned())
    };
    let ends = Field { hint: say.end_hint().to_owned(), ..field("end", say.end(zone)) };
    let as_said = say.hold_days_hint(&shown.hold_days);
    let held = match shown.hold_days {
        0 => say.not_held().to_owned(),
        days => format!("{} {}", say.held_after(days), say.hold_hint()),
    };
    let hold = Field {
        hint: format!("{as_said} {held}"),
        keyboard: "numeric",
        ..field("hold", say.hold_days().to_owned())
    };
    view! {
        {name.text("text")}
        {field("when", say.when().to_owned()).select(entries)}
        {field("start", say.start(zone)).text("datetime-local")}
        {ends.text("datetime-local")}
        {hold.text("text")}
    }
    .into_any()
}

/// What a chosen product's draft does, and the boxes by which somebody agrees.
fn chosen(language: Language, product: &ChosenProduct) -> AnyView {
    let (say, gate_say) = (language.releases(), language.gate());
    let ChosenProduct { slug, name, version, live, agreement, .. } = product.clone();
    let changes = product.changes.iter().cloned();
    let changes =
        changes.map(|change| view! { <li class="border-b border-line py-1.5 wrap-anywhere">{change}</li> });
    let missing = |ticked: bool| {
        (agreement.is_sent && !ticked)
            .then(|| view! { <p class=ERROR data-testid=format!("missing-{slug}")>{gate_say.tick_to_publish()}</p> })
    };
    let large = product.effect.as_ref().filter(|effect| effect.is_large).map(|effect| {
        view! {
            {tick(&format!("twice-{slug}"), &gate_say.agree_large(&effect.threshold), agreement.twice, None)}
            {missing(agreement.twice)}
        }
    });
    let problem = product.problem.clone();
    let problem =
        problem.map(|why| view! { <p class=notice::STOP data-testid=format!("problem-{slug}")>{why}</p> });
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby=format!("of-{slug}") data-testid="chosen">
            <h2 class=text::HEADING id=format!("of-{slug}")>{name.clone()}</h2>
            {problem}
            <input type="hidden" name="product" value=format!("{slug}/{version}/{live}") />
            <ul>{changes.collect_view()}</ul>
            {product.effect.as_ref().map(|effect| gate::effect(language, effect))}
            {product.replay.as_ref().map(|replay| gate::replay(gate_say, replay))}
            <div class="my-4 grid justify-items-start gap-2">
                {tick(&format!("seen-{slug}"), &say.agree(&name), agreement.seen, None)}
                {missing(agreement.seen)}
                {large}
            </div>
        </section>
    }
    .into_any()
}
