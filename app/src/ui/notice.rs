//! Something to know before going on. `STOP` when it was not done, `CAUTION` when it was done otherwise than asked, `GOOD` when
//! it was done.

use leptos::prelude::*;

macro_rules! notice {
    ($ground:literal) => {
        concat!(
            "mb-4 max-w-[70ch] rounded-s border border-transparent px-4 py-3 wrap-anywhere ",
            "[&_a]:underline [&_ul]:list-disc [&_ul]:ps-5 ",
            $ground
        )
    };
}

/// It went otherwise than asked.
pub const CAUTION: &str = notice!("bg-caution-soft");
/// It was not done.
pub const STOP: &str = notice!("bg-stop-soft");
/// It was done.
pub const GOOD: &str = notice!("bg-accent-soft");

/// A notice that is read out as soon as it is there.
#[must_use]
pub fn alert(content: AnyView, test: &'static str) -> AnyView {
    view! { <div class=STOP role="alert" data-testid=test>{content}</div> }.into_any()
}
