//! A thing among others: picture, name, a sentence, what it costs. The whole card is its link. Space keeps cards apart, no
//! border. `RAISED` is a sheet that floats, such as a log-in.

use leptos::prelude::*;

/// Cards side by side, as many as there is room for.
pub const GRID: &str = "grid grid-cols-[repeat(auto-fill,minmax(min(100%,340px),1fr))] gap-x-6 gap-y-10";
/// The link that is the card.
pub const LINK: &str = "group grid gap-1 rounded-l";
/// The place of the picture.
pub const PICTURE: &str = "mb-3 block overflow-hidden rounded-l bg-stage bg-lit p-[8%]";
/// The picture.
pub const IMAGE: &str = "aspect-4/3 h-auto w-full object-contain transition-transform group-hover:scale-102";
/// The name.
pub const NAME: &str = "display text-2xl wrap-anywhere";
/// A sentence.
pub const SUMMARY: &str = "max-w-[45ch] text-soft wrap-anywhere";
/// Price and delivery.
pub const FOOT: &str = "mt-1 text-s font-semibold tabular-nums";
/// A sheet that floats.
pub const RAISED: &str = "rounded-l border border-transparent bg-raised shadow-float";

/// A card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Where it leads.
    pub href: String,
    /// Address of the picture.
    pub picture: String,
    /// The name.
    pub name: String,
    /// A sentence.
    pub summary: String,
    /// Price and delivery.
    pub foot: String,
}

impl Card {
    /// The card, to stand in a list.
    #[must_use]
    pub fn view(self) -> AnyView {
        view! {
            <a href=self.href class=LINK>
                <span class=PICTURE>
                    <img class=IMAGE src=self.picture alt="" width="1200" height="900" />
                </span>
                <span class=NAME>{self.name}</span>
                <span class=SUMMARY>{self.summary}</span>
                <span class=FOOT>{self.foot}</span>
            </a>
        }
        .into_any()
    }
}
