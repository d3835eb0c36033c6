//! An option to choose, as a tile with its name and what choosing it does. A `label` around a radio button or a box to tick
//! that covers it. Chosen: ring and tick, from the input itself. The class `implied` marks what follows from other choices,
//! `blocked` what can't be chosen as it stands: still readable, hatched.

use leptos::prelude::*;

macro_rules! tiles {
    ($more:literal) => {
        concat!(
            "mt-2 grid grid-flow-row-dense grid-cols-[repeat(auto-fill,minmax(min(100%,max(136px,34%)),1fr))] gap-2",
            $more
        )
    };
}

/// Tiles side by side, two in a row where there is room; one that is left over takes the row.
pub const TILES: &str = tiles!(" [&>label:last-of-type:nth-of-type(odd)]:col-span-full");
/// The same where some of them are not shown, so that none is known to be left over.
pub const SOME_TILES: &str = tiles!("");
/// What opens right below the row of a tile or swatch: it has the same `order`, and those after it fill that row.
pub const BELOW: &str = "col-span-full min-w-0";
/// The label.
pub const TILE: &str = "tile group";
/// The input: it covers the tile or swatch, so that all of it can be clicked.
pub const INPUT: &str = "absolute inset-0 m-0 size-full cursor-pointer opacity-0 disabled:cursor-default";
/// The option's name.
pub const NAME: &str =
    "line-clamp-6 pe-4 leading-[1.3] font-medium hyphens-auto wrap-anywhere [hyphenate-limit-chars:10_4_4]";
/// A line about the option.
pub const NOTE: &str = "line-clamp-6 text-xs leading-[1.35] text-muted hyphens-auto wrap-anywhere [hyphenate-limit-chars:10_4_4]";
/// What choosing it does.
pub const EFFECT: &str = "mt-auto text-s text-muted tabular wrap-anywhere";

/// How an option stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It can be chosen.
    #[default]
    Offered,
    /// It follows from other choices.
    Implied,
    /// It can't be chosen as it stands.
    Blocked,
}

impl Standing {
    /// Its word in the class of a tile or swatch, with a space before it.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Offered => "",
            Self::Implied => " implied",
            Self::Blocked => " blocked",
        }
    }
}

/// One option of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tile {
    /// The field's name.
    pub name: String,
    /// What is sent when it is chosen.
    pub value: String,
    /// The option's name.
    pub label: String,
    /// A line about it; empty for none.
    pub note: String,
    /// What choosing it does; empty for nothing.
    pub effect: String,
    /// Its colour; nothing for an option without.
    pub colour: Option<String>,
    /// Whether others may be chosen with it.
    pub many: bool,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether it can't be used now.
    pub disabled: bool,
    /// How it stands.
    pub standing: Standing,
}

impl Tile {
    /// The tile.
    #[must_use]
    pub fn view(self) -> AnyView {
        let note = (!self.note.is_empty()).then(|| view! { <span class=NOTE>{self.note}</span> });
        let colour = self.colour.map(|colour| {
            view! { <span class=super::swatch::SMALL_DOT style=format!("--dot:{colour}")></span> }
        });
        view! {
            <label class=format!("{TILE}{}", self.standing.class())>
                <input
                    class=INPUT
                    type=if self.many { "checkbox" } else { "radio" }
                    name=self.name
                    value=self.value
                    checked=self.chosen
                    disabled=self.disabled
                />
                {colour}
                <span class=NAME>{self.label}</span>
                {note}
                <span class=EFFECT>{self.effect}</span>
            </label>
        }
        .into_any()
    }
}
