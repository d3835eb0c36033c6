//! What suits best: a shopper says what matters and how much to pay, and sees the best design for that, with its reasons.

use std::collections::HashMap;

use configurator::Slug;
use leptos::prelude::*;
use serde::Serialize;

use super::document::{Assets, Reader, Script, Switch, document};
use crate::address;
use crate::paths;
use crate::ui::field::{TICK, TICK_BOX};
use crate::ui::values::values;
use crate::ui::{button, field, link, notice, slider, text};

/// The form's id.
const FORM: &str = "needs";
const SHEET: &str = concat!(
    "mx-auto mb-24 max-w-[1200px] px-5 desk:grid desk:items-start ",
    "desk:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] desk:grid-rows-[auto_1fr] desk:gap-x-16 desk:px-10 desk:pt-6"
);
/// What is proposed. Where there is little room, what is in it stays in view while the page under it scrolls.
const PROPOSAL: &str = "max-desk:contents";
/// On phones a strip stays of it, as of a product's.
const PICTURE: &str = concat!(
    "motion-safe:aria-busy:animate-pulse desk:rounded-l bg-stage bg-lit p-[6%] max-desk:p-[3%] [&>svg]:size-full [&>svg]:max-h-[46vh] ",
    "max-desk:h-(--height) max-desk:[--height:min(68vw,56vh)] single-step:[--height:min(58vw,34vh)] max-desk:not-short:strip single-step:-mx-5"
);
/// What stays in view under the strip.
const ANSWER: &str = concat!(
    "sticky top-0 z-10 bg-paper short:static max-desk:supports-[animation-timeline:scroll()]:top-24 ",
    "single-step:-mx-5 single-step:px-5 single-step:border-b single-step:border-line"
);
/// The same where there is no picture.
const NOTHING: &str = "sticky top-0 z-10 bg-paper pt-2 short:static";
/// The price and the way to the design, in one row.
const PRICE: &str = "flex items-center justify-between gap-x-6 py-2";
/// How the price stands beside the present one, and when it is ready.
const BESIDE: &str = "block text-s text-soft tabular max-desk:text-[0.72rem] max-desk:leading-tight";
/// A benefit, and how much it matters.
const BENEFIT: &str = "grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-center gap-x-4";
/// The best for every price, as bars.
const STAIRCASE: &str = "rtl:mirrored block px-2 h-14 w-full";
const BAR: &str = "fill-edge data-within:fill-accent";

/// A benefit, and how much it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// From 0 to `most`.
    pub weight: u8,
}

/// A choice made by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its attribute's code.
    pub code: String,
    /// Attribute and value, in words.
    pub words: String,
    /// Whether it may change.
    pub let_go: bool,
}

/// The question about use, which is answered here or on the product's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseAsked {
    /// The question.
    pub question: String,
    /// Code and words of each answer.
    pub answers: Vec<(String, String)>,
    /// The code of the answer that was given.
    pub stated: Option<String>,
    /// Whether it may be kept.
    pub consent: bool,
    /// The page that says what is done with it, and has the switch.
    pub defaults: String,
}

/// What is proposed, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    /// The total in minor units.
    pub price: i64,
    /// Its total.
    pub total: String,
    /// What it costs more or less than the present design.
    pub difference: String,
    /// When it is ready.
    pub ready: String,
    /// Attribute, and value with the reason.
    pub values: Vec<(String, String)>,
    /// The page with this design.
    pub take: String,
    /// What the next step up has, and what that costs in whole units of the currency.
    pub next: Option<(String, i64)>,
}

/// A way out, or a step up: what it is, and the address that asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// In words.
    pub words: String,
    /// This page, asked for that.
    pub href: String,
}

/// Everything the page shows.
#[derive(Clone, Debug)]
pub struct NeedsPage {
    /// The product's address.
    pub slug: Slug,
    /// Fields that say the present design.
    pub design: Vec<(String, String)>,
    /// The product's page with the present design.
    pub back: String,
    /// What may matter.
    pub benefits: Vec<Weighed>,
    /// The most that anything can matter.
    pub most_weight: u8,
    /// The most to pay, its lowest and highest, in whole units of the currency.
    pub up_to: (i64, i64, i64),
    /// Whether somebody set it.
    pub is_up_to_set: bool,
    /// The lowest and the highest of them as they are written.
    pub ends: (String, String),
    /// The currency's sign.
    pub currency: String,
    /// The currency's code, of ISO 4217.
    pub currency_code: String,
    /// The most to pay, as it is written.
    pub amount: String,
    /// How many of its minor units are a whole one.
    pub minor_units: i64,
    /// The question about use, where the product has one.
    pub asks_use: Option<UseAsked>,
    /// The day by which it has to be there, and today, as ISO 8601 writes them.
    pub by: (String, String),
    /// What was typed as the most to pay and what is wrong with it; what is wrong with the day.
    pub unread: (Option<(String, String)>, Option<String>),
    /// Choices by hand.
    pub kept: Vec<Kept>,
    /// By step: how far up its price and its worth are, in thousandths, and whether it is within the price.
    pub steps: Vec<(u32, u32, bool)>,
    /// What the best for each of these prices is, the cheapest first; none where those are too many to tell.
    pub proposals: Vec<Proposed>,
    /// What is proposed, if anything is, with its picture as SVG.
    pub proposed: Option<(Proposed, String)>,
    /// The address that asks for the next step up.
    pub next: Option<String>,
    /// The file with the picture of a design, to which its query is added.
    pub picture: String,
    /// The page that puts a proposal beside the present design, to which its query is added.
    pub compare: String,
    /// Why nothing is proposed.
    pub nothing: String,
    /// What to do then.
    pub ways: Vec<Way>,
    /// What to tell the shopper of the design that they came with.
    pub notices: Vec<String>,
}

/// The page.
#[must_use]
pub fn needs(assets: &Assets, reader: &Reader, page: &NeedsPage) -> String {
    let say = reader.say();
    document(assets, reader, say.what_matters(), Script::Needs, Switch::Form(FORM), || {
        view! {
            <div class=SHEET>
                {page.notices.iter().map(|notice| told(notice)).collect_view()}
                <section class=PROPOSAL aria-label=say.proposal() data-fresh="proposal">{proposal(reader, page)}</section>
                <form method="get" id=FORM action=paths::needs(&page.slug) class="min-w-0 desk:row-span-2">
                    <p class="mb-2" data-fresh="back">
                        <a class=link::STANDING href=page.back.clone()>{say.back_to_menu()}</a>
                    </p>
                    <h1 class=text::TITLE>{say.what_matters()}</h1>
                    <p class="mt-2 mb-6 max-w-[62ch] text-soft wrap-anywhere">{say.what_matters_line()}</p>
                    <div data-fresh="design" hidden>{page.design.iter().map(hidden).collect_view()}</div>
                    {page.asks_use.as_ref().map(|asked| uses(reader, asked))}
                    {weights(reader, page)}
                    {money(reader, page)}
                    {by(reader, page)}
                    <div data-fresh="kept">{kept(reader, page)}</div>
                    <noscript>
                        // An answer about use is kept by this alone.
                        <button class=button::QUIET type="submit" formmethod="post">{reader.studio().update()}</button>
                    </noscript>
                    <p class=notice::STOP data-offline hidden>{say.not_reached()}</p>
                    // What the answer is now is said here alone, once nothing is being moved any more.
                    <p class="sr-only" role="status" id="answer"></p>
                </form>
                <section aria-label=say.reasons() data-fresh="reasons">
                    {page.proposed.as_ref().map(|(proposed, _)| values(&proposed.values))}
                </section>
                // What is shown for another price, without asking for it.
                <template id="proposed">{best(reader, page, Proposed::default(), "")}</template>
                <template id="reasoned">{values(&[Default::default()])}</template>
                <script r#type="application/json" data-fresh="data" inner_html=data(reader, page)></script>
            </div>
        }
        .into_any()
    })
}

fn told(notice: &str) -> AnyView {
    view! { <p class=format!("{} desk:col-span-full", notice::CAUTION) role="status">{notice.to_owned()}</p> }
        .into_any()
}

fn hidden((name, value): &(String, String)) -> AnyView {
    view! { <input type="hidden" name=name.clone() value=value.clone() /> }.into_any()
}

/// How much each benefit matters.
fn weights(reader: &Reader, page: &NeedsPage) -> AnyView {
    let words = |weight: u8| reader.say().matters_so_much(&weight, &page.most_weight);
    let texts = (0..=page.most_weight).map(words).collect::<Vec<_>>().join("|");
    let row = |benefit: &Weighed| {
        let id = format!("matters-{}", benefit.code);
        view! {
            <div class=BENEFIT>
                <label for=id.clone() class="font-medium wrap-anywhere">{benefit.label.clone()}</label>
                <input
                    class="h-11 w-full min-w-0 accent-accent"
                    type="range"
                    id=id
                    name=format!("{}{}", address::MATTERS, benefit.code)
                    min="0"
                    max=page.most_weight.to_string()
                    step="1"
                    aria-valuetext=words(benefit.weight)
                    data-texts=texts.clone()
                    value=benefit.weight.to_string()
                />
            </div>
        }
    };
    let [least, most] = [reader.say().matters_least(), reader.say().matters_most()];
    view! {
        <div class="mb-6 grid">
            // A screen reader is told how much with each slider.
            <div class=BENEFIT aria-hidden="true" data-testid="slider-ends">
                <span></span>
                {ends(least, most)}
            </div>
            {page.benefits.iter().map(row).collect_view()}
        </div>
    }
    .into_any()
}

/// What stands at the two ends of a slider.
fn ends(least: &str, most: &str) -> AnyView {
    view! {
        <span class="flex justify-between gap-x-4 text-xs text-muted tabular">
            <span>{least.to_owned()}</span>
            <span class="text-end">{most.to_owned()}</span>
        </span>
    }
    .into_any()
}

/// The question about use, with what happens to an answer.
fn uses(reader: &Reader, asked: &UseAsked) -> AnyView {
    let answers = asked.answers.iter().map(|(code, words)| {
        view! {
            <label class=TICK>
                <input
                    class=TICK_BOX
                    type="radio"
                    name=address::FOR
                    value=code.clone()
                    checked=asked.stated.as_ref() == Some(code)
                />
                <span class="min-w-0 wrap-anywhere">{words.clone()}</span>
            </label>
        }
    });
    let say = reader.studio();
    let told = if asked.consent { say.consent_given() } else { say.consent_asked() };
    view! {
        <fieldset class="mb-6 grid min-w-0" aria-describedby="use-kept">
            <legend class="font-medium">{asked.question.clone()}</legend>
            {answers.collect_view()}
            <p class="max-w-[70ch] text-xs text-muted" id="use-kept" data-fresh="use">
                {told} " " <a class=link::LINK href=asked.defaults.clone() rel="nofollow">{say.why_defaults()}</a>
            </p>
        </fieldset>
    }
    .into_any()
}

/// The most to pay.
fn money(reader: &Reader, page: &NeedsPage) -> AnyView {
    let say = reader.say();
    let (value, min, max) = page.up_to;
    let [value, min, max] = [value, min, max].map(|amount| amount.to_string());
    let (typed, unread) = page.unread.0.clone().unzip();
    let unset = if page.is_up_to_set { String::new() } else { value.clone() };
    view! {
        <fieldset class="mb-6 min-w-0">
            <input type="hidden" name=address::UP_TO_UNSET value=unset />
            <legend class="float-start font-medium">{say.at_most_to_pay()}</legend>
            <span class=format!("{} justify-end", slider::BOX)>
                <input
                    class=slider::INPUT
                    type="text"
                    inputmode="numeric"
                    name=address::UP_TO
                    aria-label=say.at_most_to_pay()
                    autocomplete="off"
                    aria-invalid=unread.is_some().then_some("true")
                    aria-describedby="amount-unread"
                    value=typed.unwrap_or_else(|| value.clone())
                />
                <span class=slider::UNIT>{page.currency.clone()}</span>
            </span>
            <input
                class="mt-2 h-11 w-full min-w-0 accent-accent noscript:hidden"
                type="range"
                aria-label=say.at_most_to_pay()
                aria-valuetext=page.amount.clone()
                data-currency=page.currency_code.clone()
                min=min
                max=max
                step="1"
                value=value
            />
            <div aria-hidden="true" class="noscript:hidden" data-testid="price-ends">{ends(&page.ends.0, &page.ends.1)}</div>
            {unread_note("amount-unread", unread)}
            <div data-fresh="staircase">{staircase(page)}</div>
        </fieldset>
    }
    .into_any()
}

/// The day by which it has to be there.
fn by(reader: &Reader, page: &NeedsPage) -> AnyView {
    let (by, today) = page.by.clone();
    let late = page.unread.1.clone();
    view! {
        <div class=field::FIELD>
            <label class=field::LABEL for="by">{reader.say().with_me_by()}</label>
            <input
                class=field::INPUT_ALONE
                type="date"
                id="by"
                name=address::BY
                min=today
                value=by
                aria-invalid=late.is_some().then_some("true")
                aria-describedby="day-unread"
            />
            {unread_note("day-unread", late)}
        </div>
    }
    .into_any()
}

/// What is wrong with a limit; its place where nothing is.
fn unread_note(name: &'static str, error: Option<String>) -> impl IntoView {
    let is_read = error.is_none();
    view! {
        <p id=name class=field::ERROR role="status" data-fresh=name hidden=is_read>{error}</p>
    }
}

/// The best for every price, as bars: wider apart where a step costs more, higher where it is worth more.
fn staircase(page: &NeedsPage) -> AnyView {
    let ends = page.steps.iter().skip(1).map(|step| step.0).chain([1_000]);
    let bars = page.steps.iter().zip(ends).map(|(&(from, height, within), to)| {
        let height = 6 + height * 50 / 1_000;
        view! {
            <rect
                class=BAR
                data-within=within.then_some("")
                x=from.to_string()
                y=(56 - height).to_string()
                width=to.saturating_sub(from).max(3).to_string()
                height=height.to_string()
            ></rect>
        }
    });
    view! {
        <svg class=STAIRCASE viewBox="0 0 1003 56" preserveAspectRatio="none" aria-hidden="true">
            {bars.collect_view()}
        </svg>
    }
    .into_any()
}

/// Choices by hand, each to be let go.
fn kept(reader: &Reader, page: &NeedsPage) -> Option<AnyView> {
    let boxes = page.kept.iter().map(|kept| {
        view! {
            <label class=TICK>
                <input
                    class=TICK_BOX
                    type="checkbox"
                    name=address::LET_GO
                    value=kept.code.clone()
                    checked=kept.let_go
                />
                <span class="min-w-0 wrap-anywhere">{kept.words.clone()}</span>
            </label>
        }
    });
    let boxes: Vec<_> = boxes.collect();
    (!boxes.is_empty()).then(|| {
        view! {
            <fieldset class="mb-6 grid min-w-0">
                <legend class="font-medium">{reader.say().may_change()}</legend>
                {boxes}
            </fieldset>
        }
        .into_any()
    })
}

/// What is proposed, or why nothing is.
fn proposal(reader: &Reader, page: &NeedsPage) -> AnyView {
    let ways = page.ways.iter().map(|way| {
        view! {
            <li>
                <a class=link::STANDING href=way.href.clone() rel="nofollow">{way.words.clone()}</a>
            </li>
        }
    });
    let Some((proposed, picture)) = page.proposed.clone() else {
        return view! {
            <div class=NOTHING>
                <div class=notice::CAUTION data-told=page.nothing.clone() data-testid="nothing">
                    <p>{page.nothing.clone()}</p>
                    <ul>{ways.collect_view()}</ul>
                </div>
            </div>
        }
        .into_any();
    };
    best(reader, page, proposed, &picture)
}

/// The best design for a price.
fn best(reader: &Reader, page: &NeedsPage, proposed: Proposed, picture: &str) -> AnyView {
    let say = reader.say();
    let compare = format!("{}{}", page.compare, address::encode(query_of(&proposed.take)));
    let next = proposed.next.as_ref().map(|(words, _)| words.clone());
    let is_last = next.is_none();
    let told = say.fits_best_now(&proposed.total, &proposed.difference);
    view! {
        <div class=PICTURE data-testid="picture" inner_html=picture.to_owned()></div>
        <div class=ANSWER>
            <div class=PRICE>
                <p class="min-w-0" data-told=told>
                    <span class="font-display text-2xl font-medium tabular" data-testid="total">{proposed.total}</span>
                    " "
                    <span class=BESIDE data-testid="beside">{proposed.difference} " " {proposed.ready}</span>
                </p>
                <a class=button::PRIMARY href=proposed.take rel="nofollow" data-testid="take">{say.take_it()}</a>
            </div>
        </div>
        <a class=link::STANDING href=compare rel="nofollow" data-testid="compare">{say.compare_proposal()}</a>
        <p class="mb-6 text-s text-soft wrap-anywhere" data-testid="next" hidden=is_last>
            <span>{next}</span> " " <a class=link::LINK href=page.next.clone() rel="nofollow">{say.look_at_it()}</a>
        </p>
    }
    .into_any()
}

/// The query of an address.
fn query_of(address: &str) -> &str {
    address.split_once('?').unwrap_or_default().1
}

/// What a script shows of the proposals, once each.
#[derive(Serialize)]
struct Data<'p> {
    minor: i64,
    picture: &'p str,
    compare: &'p str,
    /// Terms and values.
    rows: Vec<&'p (String, String)>,
    steps: Vec<StepData<'p>>,
}

#[derive(Serialize)]
struct StepData<'p> {
    price: i64,
    total: &'p str,
    beside: String,
    told: String,
    take: &'p str,
    next: &'p Option<(String, i64)>,
    /// Places of its rows.
    rows: Vec<usize>,
}

/// The proposals as JSON.
fn data(reader: &Reader, page: &NeedsPage) -> String {
    let mut places = HashMap::new();
    let mut rows = Vec::new();
    let steps = page.proposals.iter().map(|proposed| {
        let place = |row| {
            *places.entry(row).or_insert_with(|| {
                rows.push(row);
                rows.len() - 1
            })
        };
        StepData {
            price: proposed.price,
            total: &proposed.total,
            beside: format!("{} {}", proposed.difference, proposed.ready),
            told: reader.say().fits_best_now(&proposed.total, &proposed.difference),
            take: &proposed.take,
            next: &proposed.next,
            rows: proposed.values.iter().map(place).collect(),
        }
    });
    let steps = steps.collect();
    let data = Data { minor: page.minor_units, picture: &page.picture, compare: &page.compare, rows, steps };
    // Nothing in it ends the element.
    serde_json::to_string(&data).unwrap_or_default().replace('<', "\\u003c")
}
