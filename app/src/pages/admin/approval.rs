//! A release that waits for a second person: what it does, and the ways to agree, refuse or take it back.

use configurator::Slug;
use leptos::prelude::*;
use words::Language;

use super::gate::{self, EffectView, ReplayView};
use crate::paths;
use crate::ui::field::Field;
use crate::ui::form::{Post, act};
use crate::ui::{button, notice, text};

/// What a product of a release that waits does to the shop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedProduct {
    /// Its name in the draft.
    pub name: String,
    /// What changes for shoppers, in words.
    pub changes: Vec<String>,
    /// What it does to prices.
    pub effect: Option<EffectView>,
    /// What becomes of orders and saved designs.
    pub replay: Option<ReplayView>,
    /// Whether something else is live by now than what it was compared with.
    pub is_outdated: bool,
}

/// What a second person is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedView {
    /// Whether the reader asked for it themselves.
    pub is_own: bool,
    /// Its products by their addresses.
    pub products: Vec<(Slug, AskedProduct)>,
    /// A reason as typed.
    pub reason: String,
    /// What is wrong with it.
    pub reason_problem: Option<String>,
}

/// What is asked, and what the reader can say to it.
pub(super) fn asked(language: Language, number: i64, asked: &AskedView) -> AnyView {
    let products = asked.products.iter().map(|(slug, product)| shown(language, slug, product));
    let ways = if asked.is_own { own(language, number) } else { decide(language, number, asked) };
    view! {
        {products.collect_view()}
        <section class="mt-6 border-t border-line pt-5 max-w-[30rem]" data-testid="decide">{ways}</section>
    }
    .into_any()
}

fn shown(language: Language, slug: &Slug, product: &AskedProduct) -> AnyView {
    let say = language.releases();
    let changes = product.changes.iter().cloned();
    let changes =
        changes.map(|change| view! { <li class="border-b border-line py-1.5 wrap-anywhere">{change}</li> });
    let outdated = product.is_outdated.then(
        || view! { <p class=notice::CAUTION data-testid=format!("outdated-{slug}")>{say.is_outdated()}</p> },
    );
    view! {
        <section class="mt-6 border-t border-line pt-5" aria-labelledby=format!("of-{slug}") data-testid="asked">
            <h2 class=text::HEADING id=format!("of-{slug}")>{say.what_it_does(&product.name)}</h2>
            {outdated}
            <ul>{changes.collect_view()}</ul>
            {product.effect.as_ref().map(|effect| gate::effect(language, effect))}
            {product.replay.as_ref().map(|replay| gate::replay(language.gate(), replay))}
        </section>
    }
    .into_any()
}

/// Who asked can take it back.
fn own(language: Language, number: i64) -> AnyView {
    let (say, address) = (language.releases(), paths::admin::release(number));
    let hint = act(&address, || view! { <p>{say.is_own()}</p> }.into_any());
    view! {
        {hint}
        {Post::to(address).class("mt-3").form(|| view! {
            <button type="submit" class=button::QUIET name="do" value="cancel" data-testid="take-back">{say.take_back()}</button>
            <p class=text::HINT>{say.cancel_hint()}</p>
        }.into_any())}
    }
    .into_any()
}

/// Everybody else who may publish agrees or refuses.
fn decide(language: Language, number: i64, asked: &AskedView) -> AnyView {
    let (say, address) = (language.releases(), paths::admin::release(number));
    let reason = Field {
        id: "reason".to_owned(),
        name: "reason".to_owned(),
        label: say.reason().to_owned(),
        value: asked.reason.clone(),
        placeholder: say.reason_example().to_owned(),
        autocomplete: "off",
        autofocus: asked.reason_problem.is_some(),
        errors: asked.reason_problem.clone().into_iter().collect(),
        error_test: Some("reason-error"),
        ..Field::default()
    };
    view! {
        {Post::to(address.clone()).form(|| view! {
            <button type="submit" class=button::PRIMARY name="do" value="approve" data-testid="approve">{say.approve()}</button>
            <p class=text::HINT>{say.approve_hint()}</p>
        }.into_any())}
        {Post::to(address).class("mt-6").judged_here().form(|| view! {
            {reason.text("text")}
            <button type="submit" class=button::QUIET name="do" value="refuse" data-testid="refuse">{say.refuse()}</button>
            <p class=text::HINT>{say.refuse_hint()}</p>
        }.into_any())}
    }
    .into_any()
}
