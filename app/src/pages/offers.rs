//! What others with the same choices have: offers beside a design, none of which moves anything until it is taken.

use leptos::prelude::*;

use super::document::{Assets, Reader, Script, Switch, document, render};
use crate::configurator::OfferLine;
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

/// An offer in the bar's row; the place of its words, which are all of them once they are asked for; and one line of them.
const LINE: &str = "flex min-w-0 flex-1 items-center gap-x-2";
const DETAILS: &str = "min-w-0 flex-1";
const SUMMARY: &str = "cursor-pointer py-2 text-s";
/// What it is, what it costs and why.
const TOLD: &str = "inline-flex gap-x-2";
/// Its first two parts: where there is no room for both, the name is cut, never the price. The reason has what room is left.
const NAME_AND_PRICE: &str = "inline-flex max-w-full shrink-0 gap-x-2";
/// Beside the sign that there is more.
const BESIDE_SIGN: &str = "max-width:calc(100% - 1.25em);vertical-align:bottom";

/// The script that offers a value in the bar, and the place where it is told to who hears the page. With the address of what was
/// learnt, the offer is found and written in the browser.
pub(super) fn script(reader: &Reader, habits: Option<String>) -> AnyView {
    let line = habits.is_some().then(|| {
        view! { <template id="offer-line" inner_html=offer_line(reader, &OfferLine::gaps())></template> }
    });
    view! {
        <p class="sr-only" aria-live="polite" id="offered" data-habits=habits></p>
        {line}
        <script r#type="module" src=paths::file::OFFERS_SCRIPT></script>
    }
    .into_any()
}

/// What is offered beside the choices, to be shown there: a line, the rest of it on request, and two buttons.
#[must_use]
pub fn offer_line(reader: &Reader, line: &OfferLine) -> String {
    let (say, studio) = (reader.say(), reader.studio());
    let OfferLine { attribute, option, label, value, price, reason, take } = line.clone();
    let whole = say.offered_beside(&label, &value, &price, &reason);
    let (told, name) = (whole.clone(), format!("{label}: {value}"));
    render(|| {
        view! {
            <div
                class=LINE
                role="group"
                aria-label=studio.what_fits()
                data-offered=attribute
                data-value=option
                data-told=told
            >
                <details class=DETAILS>
                    <summary class=SUMMARY>
                        <span class=TOLD style=BESIDE_SIGN>
                            <span class=NAME_AND_PRICE>
                                <bdi class="min-w-0 truncate font-medium">{name}</bdi>
                                " "
                                <bdi class="shrink-0 text-soft whitespace-nowrap tabular">{price}</bdi>
                            </span>
                            <span class="min-w-0 truncate text-soft max-desk:hidden">" " {reason}</span>
                        </span>
                    </summary>
                    <p class="max-w-[70ch] pb-2 text-s text-soft">{whole}</p>
                </details>
                <a class=button::QUIET_SMALL href=take rel="nofollow" data-take="">{say.take_it()}</a>
                <button class=button::PLAIN type="button">
                    <span aria-hidden="true">"✕"</span>
                    <span class=button::WORD>{say.no_more_offers()}</span>
                </button>
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
                <span class="block text-s text-soft tabular">{difference}</span>
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
