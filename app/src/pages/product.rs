//! A product's page: the configurator, and what belongs around it.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use configurator::{Configured, Menu, RevisionNumber};
use leptos::prelude::*;
use preview::Drawings;

use super::away::{AWAY, AWAY_WORDS};
use super::document::{Assets, LinkCard, Reader, Script, Switch, document, render};
use super::needs::Way;
use super::offers;
use crate::configurator::{Configurator, FORM, ROOT, STATE, WORDS};
use crate::state::PageState;
use crate::ui::{button, dialog, link, notice, text};
use crate::{address, paths};

/// Under the configurator.
const ABOUT: &str = "mx-auto max-w-[1440px] px-5 py-8 desk:px-10";

/// Where the link of a design is shown.
const KEPT: &str = "kept";

/// Everything a product's page shows.
pub struct ProductPage {
    /// The product at the revision the design is pinned to.
    pub product: Configured,
    /// Its drawings.
    pub drawings: Arc<Drawings>,
    /// Address of the artifact the browser loads; nothing when only the server can answer for the product.
    pub artifact: Option<String>,
    /// Address of what was learnt of its orders, for the browser to propose from; nothing where nothing was, or it may not.
    pub habits: Option<String>,
    /// Where it tells what is counted of a visit; nothing where nothing is counted.
    pub counts: Option<String>,
    /// The page's state.
    pub state: PageState,
    /// The menu of its design.
    pub menu: Menu,
    /// The revision that the design goes on from, where that is another one.
    pub from: Option<RevisionNumber>,
    /// How many pieces are to be ordered, as far as that is known.
    pub pieces: u32,
    /// Designs of this product that this browser may go on with, the newest first.
    pub left: Vec<LeftDesign>,
    /// What a form without scripts moved besides what it said.
    pub moved: Option<MovedAlong>,
    /// What is shown where a link to the page is.
    pub card: LinkCard,
    /// For how many days they are kept.
    pub kept_days: i64,
}

/// A design that somebody left here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftDesign {
    /// The token of its link.
    pub token: String,
    /// The name that it was kept under; empty for one that saved itself.
    pub name: String,
    /// Where it goes on.
    pub href: String,
    /// The day it was left, in words.
    pub date: String,
    /// The time of that day, as clocks of the shop show it; empty for one with a name.
    pub time: String,
    /// What it cost then, as it is written.
    pub total: String,
}

/// What a change moved besides what it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedAlong {
    /// In words.
    pub words: String,
    /// What takes it back.
    pub ways: Vec<Way>,
}

/// The page of a product.
#[must_use]
pub fn product(assets: &Assets, reader: &Reader, page: ProductPage) -> String {
    let (title, slug) = (page.product.name.clone(), page.state.slug.clone());
    let description = page.product.description.clone();
    // What is not translated is read out in the language that it is in.
    let written_in = page.product.language.clone();
    let other = written_in.split('-').next() != Some(reader.language.tag());
    let written_in = other.then_some(written_in);
    let state = STANDARD.encode(page.state.to_bytes());
    let is_alive = page.artifact.is_some();
    let script = if is_alive { Script::Configurator } else { Script::Form };
    let offers = page.state.learns.then(|| offers::script(reader, page.habits));
    let studio = render(|| {
        let (product, drawings, state, menu) = (page.product, page.drawings, page.state, Some(page.menu));
        view! { <Configurator product=product drawings=drawings state=state menu=menu /> }.into_any()
    });
    // The words for a count of each kind: zero, one, two, few, many, others.
    let found = [0, 1, 2, 3, 11, 100].map(|count| reader.studio().options_found(count)).join("|");
    let words = reader.language.words().to_text();
    let (save, from) = (paths::save(&slug), page.from);
    let carried = [
        (address::FROM, from.map(|from| from.to_string())),
        (address::PIECES, (page.pieces > 1).then(|| page.pieces.to_string())),
    ];
    let carried = carried.map(|(name, value)| {
        value.map(|value| view! { <input type="hidden" form=FORM name=name value=value /> })
    });
    let moved = page.moved.as_ref().map(moved_along);
    let left = (!page.left.is_empty()).then(|| left_here(reader, &page.left, page.kept_days));
    // Nothing of a draft is saved or shared.
    let switch = match reader.is_preview {
        true => Switch::Form(FORM),
        false => Switch::Design { form: FORM, share: paths::share(&slug), card: page.card },
    };
    document(assets, reader, &title, script, switch, || {
        view! {
            <script r#type="text/plain" id=STATE inner_html=state></script>
            {is_alive.then(|| view! { <script r#type="text/plain" id=WORDS inner_html=words></script> })}
            {left}
            {moved}
            {elsewhere(reader)}
            <div id=ROOT data-artifact=page.artifact data-save=save data-counts=page.counts data-more=reader.say().tell_more() data-found=found data-nearest=reader.studio().nearest() data-keeps=reader.studio().keep_design() inner_html=studio></div>
            {offers}
            {carried.into_iter().collect_view()}
            <dialog class=dialog::DIALOG id=KEPT closedby="any"></dialog>
            <section class=ABOUT>
                <p class="max-w-[62ch] text-l text-soft wrap-anywhere" lang=written_in>{description}</p>
            </section>
        }
        .into_any()
    })
}

/// What was moved besides; a script (`public/form.js`) shows it where the change was made.
fn moved_along(moved: &MovedAlong) -> AnyView {
    let ways = moved.ways.iter().map(|way| {
        view! {
            " "
            <a class=link::LINK href=way.href.clone() rel="nofollow">{way.words.clone()}</a>
        }
    });
    view! {
        <div class="mx-auto max-w-[1440px] px-5 desk:px-10">
            <p class=notice::CAUTION role="status" data-testid="moved">
                {moved.words.clone()} {ways.collect_view()}
            </p>
        </div>
    }
    .into_any()
}

/// That another device saved something else behind the design's link; a script (`public/keep.js`) shows it.
fn elsewhere(reader: &Reader) -> AnyView {
    let say = reader.say();
    view! {
        <div class=AWAY aria-live="polite" id="elsewhere" data-testid="elsewhere">
            <div class=AWAY_WORDS hidden>
                <p>{say.changed_elsewhere()}</p>
                <a class=link::STANDING>{say.show_the_other()}</a>
                <button class=button::QUIET_SMALL type="button">{say.close()}</button>
            </div>
        </div>
    }
    .into_any()
}

/// The designs to go on with.
fn left_here(reader: &Reader, left: &[LeftDesign], days: i64) -> AnyView {
    let say = reader.say();
    let designs = left.iter().map(|design| {
        let LeftDesign { date, time, total, .. } = design;
        let (told, go) = match design.name.as_str() {
            "" => (say.left_here(date, time, total), say.go_on()),
            name => (say.left_named(&name, date, total), say.open_design()),
        };
        view! {
            <li>
                {told} " " <a class=link::LINK href=design.href.clone()>{go}</a>
            </li>
        }
    });
    view! {
        <aside class="mx-auto max-w-[1440px] px-5 desk:px-10" aria-label=say.left_designs() data-testid="left">
            <div class=notice::GOOD>
                <ul class="list-none! ps-0!">{designs.collect_view()}</ul>
                <p class=text::HINT>{say.kept_how(u64::try_from(days).unwrap_or_default())}</p>
            </div>
        </aside>
    }
    .into_any()
}
