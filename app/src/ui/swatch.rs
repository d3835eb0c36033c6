//! A colour to choose, where the name stands beside the row: a disc with a ring when it is chosen and a stroke through it
//! when it is blocked. States and input as in [`super::choice`]. The colour is data: the style `--dot` of the disc.

use leptos::prelude::*;

use super::choice::{INPUT, Standing};

/// Swatches side by side.
pub const SWATCHES: &str = concat!(
    "mt-2 -ms-1.5 grid grid-flow-row-dense grid-cols-[repeat(auto-fill,minmax(3.25rem,max-content))] gap-1 ",
    "named:grid-cols-[repeat(auto-fill,6rem)]"
);
/// The label.
pub const SWATCH: &str = "swatch group";
/// The disc.
pub const DOT: &str = concat!(
    "block size-9 rounded-full border border-rim bg-(--dot) eased group-hover:[scale:1.08] ",
    "group-has-checked:outline-2 group-has-checked:outline-offset-3 group-has-checked:outline-accent ",
    "group-blocked:not-group-has-checked:opacity-45 ",
    "forced-color-adjust-none forced-colors:border-[CanvasText] forced-colors:group-has-checked:outline-[Highlight]"
);
/// The disc within a tile or a line of words.
pub const SMALL_DOT: &str = "inline-block size-5 shrink-0 rounded-full border border-rim bg-(--dot) forced-color-adjust-none forced-colors:border-[CanvasText]";
/// The colour's name, which the disc shows to those who see it; in a long list that is open, and by touch, it can be read.
pub const NAME: &str =
    "sr-only text-center text-xs leading-tight wrap-anywhere hyphens-auto named:not-sr-only";
/// What choosing it does; why it is blocked is told in the panel and to screen readers.
pub const EFFECT: &str = "text-xs text-muted tabular group-blocked:sr-only";

/// One colour of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swatch {
    /// The field's name.
    pub name: String,
    /// What is sent when it is chosen.
    pub value: String,
    /// The colour's name.
    pub label: String,
    /// The colour as CSS writes it.
    pub colour: String,
    /// What choosing it does; empty for nothing.
    pub effect: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// How it stands.
    pub standing: Standing,
}

impl Swatch {
    /// The swatch.
    #[must_use]
    pub fn view(self) -> AnyView {
        let title = self.label.clone();
        view! {
            <label class=format!("{SWATCH}{}", self.standing.class()) title=title>
                <input class=INPUT type="radio" name=self.name value=self.value checked=self.chosen />
                <span class=DOT style=format!("--dot:{}", self.colour)></span>
                <span class=NAME>{self.label}</span>
                <span class=EFFECT>{self.effect}</span>
            </label>
        }
        .into_any()
    }
}
