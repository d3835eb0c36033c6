//! Words that are no control: titles, hints, codes, marks of a state.

use leptos::prelude::*;

/// A page's title.
pub const TITLE: &str = "display text-3xl wrap-anywhere";
/// A page's title where the page is a tool.
pub const TITLE_SMALL: &str = "display text-2xl wrap-anywhere";
/// The title of a part, in the display face.
pub const PART: &str = "mb-2 line-clamp-4 pb-1 font-display text-xl font-medium wrap-anywhere";
/// The title of a part where the page is a tool.
pub const HEADING: &str =
    "mb-3 flex flex-wrap items-baseline gap-x-4 gap-y-1 text-[1.1rem] font-semibold wrap-anywhere";
/// A sentence that helps, under what it is about.
pub const HINT: &str = "mt-1 text-s text-muted wrap-anywhere";
/// A sentence that introduces a part.
pub const LEAD: &str = "mt-1 mb-4 max-w-[70ch] text-s text-muted";
/// A fact beside the matter.
pub const META: &str = "text-s text-muted wrap-anywhere";
/// Codes and commands.
pub const CODE: &str = "font-mono text-[0.9em] wrap-anywhere";
/// What only a screen reader tells.
pub const HIDDEN: &str = "sr-only";
/// A picture that fills its place.
pub const PICTURE: &str = "[&>svg]:h-auto [&>svg]:w-full";
/// The wall a picture stands before.
pub const STAGE: &str = "rounded-l bg-stage bg-lit";

/// Stands in a sentence for what is more than text, such as a link.
pub const HERE: char = '\u{fffc}';

/// What a mark says, beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to do.
    Calm,
    /// All is well.
    Good,
    /// Something is in the way.
    Stop,
}

/// That something was saved just now, beside what was.
#[must_use]
pub fn saved(words: &str) -> AnyView {
    view! { <span class="text-s font-semibold text-accent" role="status" data-testid="saved">{words.to_owned()}</span> }
        .into_any()
}

/// A state in a word or two. The words say it; the colour agrees.
#[must_use]
pub fn mark(tone: Tone, words: &str, test: Option<&'static str>) -> AnyView {
    let class = match tone {
        Tone::Calm => {
            "inline-block rounded-full wrap-break-word border border-transparent px-2.5 py-0.5 text-s font-medium bg-stage text-soft"
        }
        Tone::Good => {
            "inline-block rounded-full wrap-break-word border border-transparent px-2.5 py-0.5 text-s font-medium bg-accent-soft text-accent"
        }
        Tone::Stop => {
            "inline-block rounded-full wrap-break-word border border-transparent px-2.5 py-0.5 text-s font-medium bg-stop-soft text-stop"
        }
    };
    view! { <span class=class data-testid=test>{words.to_owned()}</span> }.into_any()
}

/// A sentence with what stands at its [`HERE`].
#[must_use]
pub fn around(sentence: &str, inner: AnyView) -> AnyView {
    let (before, after) = sentence.split_once(HERE).unwrap_or((sentence, ""));
    view! { {before.to_owned()} {inner} {after.to_owned()} }.into_any()
}
