//! The bar that stays in view: total, breakdown, budget, undo and redo, and the way to the order.

use configurator::{OpenPrices, Product};
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use words::{Studio, Words};

use super::budget::Spent;
use super::closures::{Flag, flag, handler, maybe_words, words};
use super::desk::{Desk, Shown};
use crate::address;
use crate::paths;
use crate::ui::{bar, button, link, meter, values};

/// Segments of the budget meter.
const SEGMENTS: u32 = meter::COUNT;
/// The meter; on phones it is there once the bar is open.
const METER: &str = "grid gap-1 max-desk:not-group-has-[details[open]]/bar:hidden";

/// Total with its breakdown, budget meter, undo and redo, order.
#[component]
pub fn Bar(desk: Desk) -> impl IntoView {
    // The total as it is written: on its way to a new one it counts there.
    let counted = RwSignal::new(untrack(|| desk.total()));
    // What the last change did to the total, for two seconds at most.
    let difference = RwSignal::new(None::<String>);
    #[cfg(feature = "hydrate")]
    follow_total(desk, counted, difference);
    let say = desk.say();
    let total = words(move || desk.product(|product| product.price(counted.get())));
    let ready = words(move || {
        let days = desk.read(|_, shown| shown.menu.quote.lead_time_days).unwrap_or_default();
        say.one_and_next(&say.incl_vat(), &desk.state().terms.arrival(say, days))
    });
    let notes = words(move || desk.read(|product, shown| notes(desk, product, shown)).unwrap_or_default());
    let lines = move || desk.read(breakdown).unwrap_or_default();
    view! {
        <div class=bar::BAR data-testid="bar">
            {desk.state().learns.then(|| others(desk))}
            <details class=bar::MAIN>
                <summary class=bar::SUMMARY>
                    <span class=bar::TOTAL data-testid="total">{total}</span>
                    <span class=bar::CHANGE data-testid="change">{maybe_words(move || difference.get())}</span>
                    <span class=bar::NOTE>{ready}</span>
                </summary>
                // Where it is higher than its place, keys scroll it.
                <div class=bar::SHEET role="group" aria-label=say.total_incl_vat() tabindex="0">
                    <table class=values::BREAKDOWN data-testid="breakdown">
                        <tbody>{lines}</tbody>
                    </table>
                    <p class=values::NOTES data-testid="terms">{notes}</p>
                    <Spent desk=desk />
                </div>
            </details>
            <Meter desk=desk />
            <div class=bar::ACTIONS>
                <StepButton desk=desk back=true sign="↶" word=say.undo() off=flag(move || !desk.can_step().0) />
                <StepButton desk=desk back=false sign="↷" word=say.redo() off=flag(move || !desk.can_step().1) />
                <button
                    type="submit"
                    class=button::PRIMARY
                    name=address::NEXT
                    value="order"
                    on:click=handler(move |event: MouseEvent| if desk.stop_order() { event.prevent_default() })
                    data-testid="order"
                >
                    {say.order()}
                </button>
            </div>
            <p class="sr-only" role="status" aria-live="polite">{words(move || desk.announced.get().unwrap_or_default())}</p>
        </div>
    }
}

/// The way to what others with the same choices have. A script (`public/offers.js`) offers one such value in the same row.
fn others(desk: Desk) -> impl IntoView {
    let path = paths::offers(&desk.state().slug);
    let place = path.clone();
    let class = if untrack(|| desk.pairs()).is_empty() { bar::ASIDE_LATER } else { bar::ASIDE };
    view! {
        <div class=class id="offer" data-offers=place data-testid="offer-line">
            <a class=link::SUBTLE href=move || format!("{path}?{}", desk.query()) rel="nofollow" data-testid="offers">
                {desk.say().what_fits()}
            </a>
        </div>
    }
}

/// Undo or redo.
#[component]
fn StepButton(desk: Desk, back: bool, sign: &'static str, word: &'static str, off: Flag) -> impl IntoView {
    view! {
        <button
            type="button"
            class=button::SCRIPTED
            disabled=off
            on:click=handler(move |_| desk.step(back))
        >
            <span class="rtl:mirrored" aria-hidden="true">{sign}</span>
            <span class=button::WORD>{word}</span>
        </button>
    }
}

/// Counts to every new total, and shows how far it is from the one before: for a while, and no longer than until something else is done.
#[cfg(feature = "hydrate")]
fn follow_total(desk: Desk, counted: RwSignal<i64>, difference: RwSignal<Option<String>>) {
    Effect::new(move |before: Option<i64>| {
        let now = desk.total();
        desk.wanted.track();
        // The first time it is compared with what is written: what was done before the page came alive may be in it.
        let before = before.unwrap_or_else(|| counted.get_untracked());
        if before != now {
            if calm() {
                counted.set(now)
            } else {
                count(desk, counted, before, now, 1)
            }
            let change = desk.product(|product| product.price_change(now - before));
            difference.set(Some(change.clone()));
            set_timeout(
                move || {
                    if difference.try_get_untracked().flatten().as_ref() == Some(&change) {
                        difference.set(None);
                    }
                },
                core::time::Duration::from_secs(2),
            );
        } else if difference.with_untracked(Option::is_some) {
            difference.set(None);
        }
        now
    });
}

/// Frames that counting to a new total takes, about 200 ms.
#[cfg(feature = "hydrate")]
const FRAMES: i64 = 12;

/// Writes a total on the way from one to another, in whole units, and goes on in the next frame.
#[cfg(feature = "hydrate")]
fn count(desk: Desk, counted: RwSignal<i64>, from: i64, to: i64, frame: i64) {
    if untrack(|| desk.total()) != to {
        return;
    }
    let between = from + (to - from) / FRAMES * frame;
    counted.set(if frame == FRAMES { to } else { between - between % 100 });
    if frame < FRAMES {
        request_animation_frame(move || count(desk, counted, from, to, frame + 1));
    }
}

/// Whether the shopper asked for less motion.
#[cfg(feature = "hydrate")]
fn calm() -> bool {
    let query =
        |window: web_sys::Window| window.match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    web_sys::window().and_then(query).is_none_or(|query| query.matches())
}

/// The lines of the quote, and last the total.
fn breakdown(product: &Product, shown: &Shown) -> Vec<impl IntoView + use<>> {
    let quote = &shown.menu.quote;
    let total = (product.words().studio.total_incl_vat().to_owned(), quote.total);
    let lines = quote.lines.iter().map(|item| (item.label.clone(), item.amount));
    let row = |(label, amount): (String, configurator::Money)| {
        view! {
            <tr class=values::LINE>
                <th scope="row" class=values::LINE_NAME>{label}</th>
                <td class=values::LINE_AMOUNT>{amount.written(&product.words().locale)}</td>
            </tr>
        }
    };
    lines.chain([total]).map(row).collect()
}

/// What is agreed with the design, a line each.
fn notes(desk: Desk, product: &Product, shown: &Shown) -> String {
    let (quote, no_return) = (&shown.menu.quote, product.no_return(&shown.menu.design));
    let mut notes = desk.state().terms.notes(product.words(), quote.total, quote.weight, no_return);
    notes.extend(open_prices(product.words(), &desk.open_prices(&shown.menu)));
    notes.extend(desk.state().tiers.clone());
    notes.join("\n")
}

/// Between which totals the design lies, as long as something is open that makes a difference.
fn open_prices(words: &Words, prices: &OpenPrices) -> Option<String> {
    let [low, high] = [prices.low, prices.high].map(|price| price.written(&words.locale));
    let say = &words.studio;
    let told =
        if prices.is_exact { say.still_open(&low, &high) } else { say.still_open_at_most(&low, &high) };
    (prices.low != prices.high).then_some(told)
}

/// "ready in 9 working days".
#[must_use]
pub fn lead_time(say: &Studio, days: u32) -> String {
    say.ready_in_days(u64::from(days))
}

/// How much of the customisation budget the design uses, with a calm sentence.
#[component]
fn Meter(desk: Desk) -> impl IntoView {
    let say = desk.say();
    let ceiling = desk.product(|product| product.budget.as_ref().map(|budget| budget.ceiling));
    ceiling.map(|ceiling| {
        let points = move || desk.read(|_, shown| shown.menu.quote.points).unwrap_or(0);
        let filled = move || points().saturating_mul(SEGMENTS).div_ceil(ceiling.max(1));
        let segments = (0..SEGMENTS).map(
            |segment| view! { <span class=meter::SEGMENT class:filled=flag(move || segment < filled())></span> },
        );
        view! {
            <div class=METER>
                <span
                    class=meter::SEGMENTS
                    role="img"
                    aria-label=words(move || say.points_of(u64::from(points()), &ceiling))
                >
                    {segments.collect_view()}
                </span>
                <span class=meter::WORDS data-testid="budget">{words(move || used(say, points(), ceiling))}</span>
            </div>
        }
    })
}

/// How much of a budget is used, in a sentence.
fn used(say: &Studio, points: u32, ceiling: u32) -> String {
    match points {
        0 => say.as_designed().to_owned(),
        points if points >= ceiling => say.fully_yours().to_owned(),
        points if points <= ceiling / 4 => say.nearly_standard().to_owned(),
        points => say.more_points_fit(u64::from(ceiling - points)),
    }
}
