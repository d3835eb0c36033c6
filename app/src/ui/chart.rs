//! A bar for each of some things, over a table that has the numbers.

use leptos::prelude::*;

/// Pixels from one bar to the next: a line of words and the bar under it.
const ROW: usize = 34;
/// Where the words stand, and where the bar begins.
const WORDS: usize = 14;
const BAR: usize = 20;
const THICKNESS: usize = 8;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How long it is, beside the others.
    pub value: u32,
}

/// A chart of bars, the longest as wide as there is room; `name` says what it shows to those who can't see it.
#[must_use]
pub fn chart(name: &str, bars: &[Bar]) -> AnyView {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or_default().max(1);
    let each = bars.iter().enumerate().map(|(index, bar)| {
        let width = format!("{:.1}%", 100.0 * f64::from(bar.value) / f64::from(most));
        let top = index * ROW;
        view! {
            <text x="0" y=top + WORDS fill="currentColor" font-size="13">{bar.label.clone()}</text>
            <rect class="text-accent" x="0" y=top + BAR width=width height=THICKNESS rx="2" fill="currentColor"></rect>
        }
    });
    let height = bars.len() * ROW;
    view! {
        <svg width="100%" height=height role="img" aria-label=name.to_owned()>{each.collect_view()}</svg>
    }
    .into_any()
}
