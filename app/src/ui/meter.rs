//! How much of an allowance is used, in segments with a sentence: no precise gauge, no scolding.

use leptos::prelude::*;

/// Segments of a meter.
pub const COUNT: u32 = 5;
/// Segments and words.
pub const METER: &str = "grid gap-1";
/// The segments.
pub const SEGMENTS: &str = "grid grid-cols-[repeat(5,28px)] gap-1";
/// A segment; the class `filled` marks a used one.
pub const SEGMENT: &str = "h-1.5 rounded-[3px] bg-line eased filled:bg-accent forced-color-adjust-none forced-colors:border forced-colors:border-[CanvasText] forced-colors:bg-[Canvas] forced-colors:filled:bg-[Highlight]";
/// The words.
pub const WORDS: &str = "text-xs text-muted";

/// A meter; `exact` is what a screen reader says of it.
#[must_use]
pub fn meter(filled: u32, exact: &str, words: &str) -> AnyView {
    let segments = (0..COUNT).map(|segment| {
        let class = if segment < filled { format!("{SEGMENT} filled") } else { SEGMENT.to_owned() };
        view! { <span class=class></span> }
    });
    view! {
        <div class=METER>
            <span class=SEGMENTS role="img" aria-label=exact.to_owned()>{segments.collect_view()}</span>
            <span class=WORDS>{words.to_owned()}</span>
        </div>
    }
    .into_any()
}
