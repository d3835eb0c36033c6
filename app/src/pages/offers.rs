//! What others with the same choices have: offers beside a design, none of which moves anything until it is taken.

use configurator::Slug;
use leptos::prelude::*;

use super::away::AWAY_WORDS;
use super::document::{Assets, Reader, Script, Switch, document, render};
use crate::paths;
use crate::ui::values::{GIVEN, TERM, VALUE, VALUES};
use crate::ui::{button, card, link, notice, text};

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct OffersPage {
    /// The product's page with the design.
    pub back: String,
    /// What is used of the shopper.
    pub used: String,
    /// What is offered, the most usual first.
    pub offers: Vec<OfferShown>,
    /// Why nothing is offered; empty where something is.
    pub nothing: String,
    /// The link to more or fewer offers, with its words; nothing where nothing is offered.
    pub other: Option<(String, String)>,
    /// What to tell the shopper of the design that they came with.
    pub notices: Vec<String>,
}

/// An offer, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferShown {
    /// What it is called.
    pub name: String,
    /// Its picture, as SVG.
    pub picture: String,
    /// Its total.
    pub total: String,
    /// What it costs more or less than the present design, and when it is there.
    pub difference: String,
    /// What it has otherwise: code, name, value and reason.
    pub changes: Vec<(String, String, String, String)>,
    /// The page with this design.
    pub take: String,
    /// The page that puts it beside the present design.
    pub compare: String,
}

/// A value that is offered beside the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferLine {
    /// The attribute's code.
    pub attribute: String,
    /// The code of the option that takes it.
    pub option: String,
    /// Its name.
    pub label: String,
    /// The value, in words.
    pub value: String,
    /// What it does to the price, in words.
    pub price: String,
    /// Why it is offered.
    pub reason: String,
    /// The product's page with it.
    pub take: String,
}

/// Over the bar, where nothing moves when it comes or goes; where the screen is low, under the configurator.
const LINE: &str =
    "pointer-events-none fixed inset-x-0 bottom-0 z-10 flex justify-center p-3 short:static print:hidden";

/// The place where a script (`public/offers.js`) shows what is offered beside the choices.
pub(super) fn place(slug: &Slug) -> AnyView {
    view! {
        <div class=LINE id="offer" aria-live="polite" data-offers=paths::offers(slug) data-testid="offer-line"></div>
        <script r#type="module" src=paths::file::OFFERS_SCRIPT></script>
    }
    .into_any()
}

/// What is offered beside the choices, to be shown there.
#[must_use]
pub fn offer_line(reader: &Reader, line: &OfferLine) -> String {
    let say = reader.say();
    let OfferLine { attribute, option, label, value, price, reason, take } = line.clone();
    render(|| {
        view! {
            <div
                class=AWAY_WORDS
                role="group"
                aria-label=reader.language.words().studio.what_fits()
                data-offered=attribute
                data-value=option
            >
                <p>
                    {label} ": " <bdi class="font-medium">{value}</bdi> " "
                    <span class="text-s text-soft tabular">{price}</span>
                    <span class="block text-s text-soft">{reason}</span>
                </p>
                <p class="flex flex-wrap items-center gap-x-5">
                    <a class=button::QUIET_SMALL href=take rel="nofollow" data-take="">{say.take_it()}</a>
                    <button class=link::SUBTLE type="button">{say.no_more_offers()}</button>
                </p>
            </div>
        }
        .into_any()
    })
}

/// The page.
#[must_use]
pub fn offers(assets: &Assets, reader: &Reader, page: &OffersPage) -> String {
    let (say, title) = (reader.say(), reader.studio().what_fits());
    document(assets, reader, title, Script::None, Switch::Link, || {
        let notices = page.notices.iter().map(|words| {
            view! { <p class=notice::CAUTION role="status">{words.clone()}</p> }
        });
        let nothing = (!page.nothing.is_empty()).then(|| {
            view! { <p class=notice::GOOD role="status" data-testid="no-offer">{page.nothing.clone()}</p> }
        });
        let other = page.other.clone().map(|(href, words)| {
            view! {
                <p class="mt-6">
                    <a class=link::STANDING href=href rel="nofollow" data-testid="other-offers">{words}</a>
                </p>
            }
        });
        let shown = page.offers.iter().map(|offer| view! { <li>{shown(reader, offer)}</li> });
        view! {
            <section class="mx-auto max-w-[1200px] px-5 pt-8 pb-24 desk:px-10">
                {notices.collect_view()}
                <p class="mb-2">
                    <a class=link::STANDING href=page.back.clone()>{say.back_to_design()}</a>
                </p>
                <h1 class=text::TITLE>{title}</h1>
                <p class=text::LEAD>{say.offers_line()} " " {page.used.clone()}</p>
                {nothing}
                <ul class=format!("{} list-none! ps-0!", card::GRID)>{shown.collect_view()}</ul>
                {other}
            </section>
        }
        .into_any()
    })
}

fn shown(reader: &Reader, offer: &OfferShown) -> AnyView {
    let say = reader.say();
    let OfferShown { name, picture, total, difference, changes, take, compare } = offer.clone();
    let changes = changes.into_iter().map(|(code, label, value, reason)| {
        view! {
            <div class=VALUE data-change=code>
                <dt class=TERM>{label}</dt>
                <dd class=GIVEN>
                    <bdi class="font-medium">{value}</bdi>
                    <span class="block text-s text-soft">{reason}</span>
                </dd>
            </div>
        }
    });
    view! {
        <article data-testid="offer">
            <h2 class=text::PART>{name}</h2>
            <div class=card::PICTURE inner_html=picture></div>
            <p>
                <span class="font-display text-2xl font-medium tabular" data-testid="total">{total}</span>
                " "
                <span class="text-s text-soft tabular">{difference}</span>
            </p>
            <dl class=VALUES>{changes.collect_view()}</dl>
            <p class="flex flex-wrap items-center gap-x-5">
                <a class=button::PRIMARY href=take rel="nofollow" data-testid="take">{say.take_it()}</a>
                <a class=link::STANDING href=compare rel="nofollow">{say.compare_proposal()}</a>
            </p>
        </article>
    }
    .into_any()
}
