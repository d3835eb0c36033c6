//! A bar for each of some things with its number, or where each lies and how far it may be off, over a table that has more of them.

use leptos::prelude::*;

/// Pixels from one bar to the next: a line of words and the bar under it.
const ROW: usize = 34;
/// Where the words stand, and where the bar begins.
const WORDS: usize = 14;
const BAR: usize = 20;
const THICKNESS: usize = 8;
const RADIUS: usize = THICKNESS / 2;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How long it is, beside the others.
    pub value: u32,
    /// How much that is, in words.
    pub told: String,
}

/// A chart of bars, the longest as wide as there is room; `name` says what it shows to those who can't see it.
#[must_use]
pub fn chart(name: &str, bars: &[Bar]) -> AnyView {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or_default().max(1);
    let each = bars.iter().enumerate().map(|(index, bar)| {
        let width = format!("{:.1}%", 100.0 * f64::from(bar.value) / f64::from(most));
        let top = index * ROW;
        view! {
            <text x="0" y=top + WORDS fill="currentColor" font-size="13">
                {bar.label.clone()} " · " <tspan class="font-semibold">{bar.told.clone()}</tspan>
            </text>
            <rect class="text-accent" x="0" y=top + BAR width=width height=THICKNESS rx="2" fill="currentColor"></rect>
        }
    });
    let height = bars.len() * ROW;
    view! {
        <svg width="100%" height=height role="img" aria-label=name.to_owned()>{each.collect_view()}</svg>
    }
    .into_any()
}

/// Where something lies, and within what.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// What it is.
    pub label: String,
    /// Where it lies.
    pub at: f64,
    /// How far it may lie to each side.
    pub within: f64,
    /// Where that is, in words.
    pub told: String,
}

/// A chart of spans beside a line at 0; `name` says what it shows to those who can't see it.
#[must_use]
pub fn spans(name: &str, spans: &[Span]) -> AnyView {
    let least = spans.iter().map(|span| span.at - span.within).fold(0.0, f64::min);
    let most = spans.iter().map(|span| span.at + span.within).fold(0.0, f64::max);
    let room = (most - least).max(f64::EPSILON);
    let place = |value: f64| format!("{:.1}%", 1.0 + 98.0 * (value - least) / room);
    let zero = place(0.0);
    let each = spans.iter().enumerate().map(|(index, span)| {
        let (top, line) = (index * ROW, index * ROW + BAR + RADIUS);
        view! {
            <text x="0" y=top + WORDS fill="currentColor" font-size="13">
                {span.label.clone()} " · " <tspan class="font-semibold">{span.told.clone()}</tspan>
            </text>
            <line x1=zero.clone() x2=zero.clone() y1=top + BAR y2=top + BAR + THICKNESS stroke="currentColor" stroke-width="1"></line>
            <g class="text-accent">
                <line x1=place(span.at - span.within) x2=place(span.at + span.within) y1=line y2=line stroke="currentColor" stroke-width="2"></line>
                <circle cx=place(span.at) cy=line r=RADIUS fill="currentColor"></circle>
            </g>
        }
    });
    let height = spans.len() * ROW;
    view! {
        <svg width="100%" height=height role="img" aria-label=name.to_owned()>{each.collect_view()}</svg>
    }
    .into_any()
}
