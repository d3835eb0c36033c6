//! The bar that stays in view: total, breakdown, budget, undo and redo, and the way to the order.

use configurator::Product;
use leptos::prelude::*;

use super::desk::{Desk, Shown};
use crate::address;

/// Segments of the budget meter.
const SEGMENTS: u32 = 5;

/// Total with its breakdown, budget meter, undo and redo, order.
#[component]
pub fn Bar(desk: Desk) -> impl IntoView {
    // The total as it is written: on its way to a new one it counts there.
    let counted = RwSignal::new(untrack(|| desk.total()));
    let total = move || desk.product(|product| product.money(counted.get()).to_string());
    let ready = move || desk.read(|_, shown| lead_time(shown.menu.quote.lead_time_days));
    let lines = move || desk.read(breakdown);
    let can_undo = move || desk.can_step().0;
    let can_redo = move || desk.can_step().1;
    // What the last change did to the total, for two seconds.
    let difference = RwSignal::new(None::<String>);
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<i64>| {
        let now = desk.total();
        // The first time it is compared with what is written: what was done before the page came alive may be in it.
        let before = before.unwrap_or_else(|| counted.get_untracked());
        if before != now {
            if calm() {
                counted.set(now)
            } else {
                count(desk, counted, before, now, 1)
            }
            let change = desk.product(|product| product.money(now - before).signed());
            difference.set(Some(change.clone()));
            set_timeout(
                move || {
                    if difference.try_get_untracked().flatten().as_ref() == Some(&change) {
                        difference.set(None);
                    }
                },
                core::time::Duration::from_secs(2),
            );
        }
        now
    });
    view! {
        <div class="bar" data-testid="bar">
            <details class="bar-total">
                <summary>
                    <span class="total display tabular" data-testid="total">{total}</span>
                    <span class="total-change tabular" data-testid="change">{move || difference.get()}</span>
                    <span class="bar-note">"incl. VAT · " {ready}</span>
                </summary>
                <table class="breakdown" data-testid="breakdown">
                    <tbody>{lines}</tbody>
                </table>
            </details>
            <Meter desk=desk />
            <div class="bar-actions">
                <button
                    type="button"
                    class="button button-plain script-only"
                    disabled=move || !can_undo()
                    on:click=move |_| desk.step(true)
                >
                    <span aria-hidden="true">"↶"</span>
                    <span class="button-word">"Undo"</span>
                </button>
                <button
                    type="button"
                    class="button button-plain script-only"
                    disabled=move || !can_redo()
                    on:click=move |_| desk.step(false)
                >
                    <span aria-hidden="true">"↷"</span>
                    <span class="button-word">"Redo"</span>
                </button>
                <button type="submit" class="button" name=address::NEXT value="order" data-testid="order">
                    "Order →"
                </button>
            </div>
            <p class="visually-hidden" role="status" aria-live="polite">{move || desk.announced.get()}</p>
        </div>
    }
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

fn breakdown(product: &Product, shown: &Shown) -> impl IntoView + use<> {
    let line = |label: String, amount: String| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td class="tabular">{amount}</td>
            </tr>
        }
    };
    let lines: Vec<_> =
        shown.menu.quote.lines.iter().map(|item| line(item.label.clone(), item.amount.to_string())).collect();
    let total =
        line("Total, VAT included".to_owned(), product.money(shown.menu.quote.total.amount).to_string());
    (lines, total)
}

/// "Ready in 3 weeks", or in days when that is short.
#[must_use]
pub fn lead_time(days: u32) -> String {
    match days {
        1 => "ready in 1 day".to_owned(),
        0..=13 => format!("ready in {days} days"),
        _ => format!("ready in {} weeks", days.div_ceil(7)),
    }
}

/// How much of the customisation budget the design uses, with a calm sentence.
#[component]
fn Meter(desk: Desk) -> impl IntoView {
    let budget = desk.product(|product| product.budget);
    budget.map(|budget| {
        let points = move || desk.read(|_, shown| shown.menu.quote.points).unwrap_or(0);
        let segments = move || {
            let filled = points().saturating_mul(SEGMENTS).div_ceil(budget.ceiling.max(1));
            (0..SEGMENTS)
                .map(|segment| view! { <span class="segment" class:filled=segment < filled></span> })
                .collect_view()
        };
        let sentence = move || match (points(), budget.ceiling) {
            (0, _) => "As we designed it.".to_owned(),
            (points, ceiling) if points >= ceiling => "Fully yours. You can stop here.".to_owned(),
            (points, ceiling) if points <= ceiling / 4 => "Nearly our standard.".to_owned(),
            (points, ceiling) if points + 1 == ceiling => "Nicely yours. 1 more point fits.".to_owned(),
            (points, ceiling) => format!("Nicely yours. {} more points fit.", ceiling - points),
        };
        let label = move || format!("{} of {} points of customisation", points(), budget.ceiling);
        view! {
            <div class="meter">
                <span class="segments" role="img" aria-label=label>{segments}</span>
                <span class="meter-words" data-testid="budget">{sentence}</span>
            </div>
        }
    })
}
