//! What making an earlier revision live again does, before it is done.

use configurator::source::Source;
use configurator::{Problem, RevisionNumber, Slug};
use leptos::prelude::*;
use words::{Admin, Language};

use super::gate::{self, EffectView, ReplayView};
use super::problems::problems_told;
use super::shell::{DraftState, Frame, Rail, SINGLE, Tab, bar, page};
use crate::paths::{self, file};
use crate::ui::form::Post;
use crate::ui::{button, link, notice, text};

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
    /// Why it can't be, where that is so.
    pub hinders: Option<Hindrance>,
    /// What it does to prices.
    pub effect: Option<EffectView>,
    /// What becomes of orders and saved designs.
    pub replay: Option<ReplayView>,
    /// How many of them were judged, of how many, and that in words, where it goes on.
    pub replaying: Option<((u64, u64), String)>,
    /// What becomes of what rests on the live revision, in sentences.
    pub resting: Vec<String>,
}

/// Why an earlier revision can't be live again.
#[derive(Clone, Debug, PartialEq)]
pub enum Hindrance {
    /// It is not sound for this release of the software: what is wrong with it, and the product in it.
    NotSound(Vec<Problem>, Box<Source>),
    /// So much is sold out that nothing of it could be ordered.
    NothingLeft,
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
                {match &back.hinders {
                    Some(hindrance) => hinders(language, back, hindrance),
                    None => button(say, &path, &back.slug),
                }}
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

fn button(say: &'static Admin, path: &str, slug: &Slug) -> AnyView {
    view! {
        {Post::to(path.to_owned()).form(|| view! {
            <div class=button::ROW>
                <button type="submit" class=button::PRIMARY data-testid="roll-back">{say.make_live()}</button>
                <a class=link::STANDING href=paths::admin::revisions(slug)>{say.revisions()}</a>
            </div>
        }.into_any())}
    }
    .into_any()
}

/// Why it can't be done, and what to do.
fn hinders(language: Language, back: &GoingBackPage, hindrance: &Hindrance) -> AnyView {
    let (say, number) = (language.gate(), back.number);
    let told = match hindrance {
        Hindrance::NotSound(problems, source) => {
            let file = view! {
                <a class=link::LINK href=paths::admin::archive_of(&back.slug, number) download="" data-testid="revision-file">{say.revision_file(&number)}</a>
            };
            let draft = view! {
                <a class=link::LINK href=paths::admin::import(&back.slug)>{say.draft_from_file()}</a>
            };
            let how = say.back_not_sound_how(&text::HERE, &text::HERE);
            let (first, rest) = how.split_once(text::HERE).unwrap_or((how.as_str(), ""));
            view! {
                <p>{say.back_not_sound(&number)}</p>
                <p class="mt-1">{first.to_owned()} {file} {text::around(rest, draft.into_any())}</p>
                {problems_told(language, problems, source, &back.slug)}
            }
            .into_any()
        }
        Hindrance::NothingLeft => view! {
            <p>{say.back_nothing_left(&number)}</p>
            <p class="mt-1"><a class=link::LINK href=paths::admin::sold_out(&back.slug)>{say.to_sold_out()}</a></p>
        }
        .into_any(),
    };
    view! {
        <div class=notice::STOP data-testid="hinders">{told}</div>
        <p><a class=link::STANDING href=paths::admin::revisions(&back.slug)>{language.admin().revisions()}</a></p>
    }
    .into_any()
}
