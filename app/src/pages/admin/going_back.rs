//! What making an earlier revision live again does, before it is done.

use configurator::{RevisionNumber, Slug};
use leptos::prelude::*;

use super::gate::{self, EffectView, ReplayView};
use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths::{self, file};
use crate::ui::form::Post;
use crate::ui::{button, link, text};

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct GoingBackPage {
    /// The product's address.
    pub slug: Slug,
    /// The product's name.
    pub name: String,
    /// The draft's state.
    pub state: DraftState,
    /// The earlier revision.
    pub number: RevisionNumber,
    /// The live one.
    pub live: RevisionNumber,
    /// What changes for shoppers, in words.
    pub changes: Vec<String>,
    /// What it does to prices.
    pub effect: Option<EffectView>,
    /// What becomes of orders and saved designs.
    pub replay: Option<ReplayView>,
    /// How many of them were judged, of how many, and that in words, where it goes on.
    pub replaying: Option<((u64, u64), String)>,
    /// What becomes of what rests on the live revision, in sentences.
    pub resting: Vec<String>,
}

/// The page on which somebody decides to go back to an earlier revision.
#[must_use]
pub fn going_back(frame: Frame, back: &GoingBackPage) -> String {
    let (say, language, number) = (frame.say(), frame.language, back.number);
    let title = say.make_revision_live(&number);
    page(frame, &title, Rail::Products, || {
        let path = paths::admin::make_live(&back.slug, number);
        let found = gate::found(
            language.gate(),
            &path,
            back.replay.as_ref(),
            back.replaying.as_ref().map(|(far, told)| (*far, told.as_str())),
        );
        let goes_on = back.replaying.is_some();
        let script = goes_on.then(|| view! { <script r#type="module" src=file::ANALYSIS_SCRIPT></script> });
        view! {
            {bar(say, &back.slug, &back.name, back.state, Tab::Revisions)}
            <div class=SINGLE>
                <h1 class=text::TITLE_SMALL>{title.clone()}</h1>
                <p class=text::LEAD>{say.live_now(&back.live)} " " {back.resting.join(" ")}</p>
                {Post::to(path.clone()).form(|| view! {
                    <div class=button::ROW>
                        <button type="submit" class=button::PRIMARY data-testid="roll-back">{say.make_live()}</button>
                        <a class=link::STANDING href=paths::admin::revisions(&back.slug)>{say.revisions()}</a>
                    </div>
                }.into_any())}
                <section class="mt-8" aria-labelledby="changes-title">
                    <h2 id="changes-title" class=text::HEADING>{say.changes_against(&back.live)}</h2>
                    {gate::changes(say, &back.changes)}
                    {back.effect.as_ref().map(|effect| gate::effect(language, effect))}
                    {found}
                </section>
            </div>
            {script}
        }
        .into_any()
    })
}
