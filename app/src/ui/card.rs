//! A thing among others: picture, name, a sentence, what it costs. The whole card is its link. Space keeps cards apart, no
//! border. `RAISED` is a sheet that floats, such as a log-in.

use leptos::prelude::*;

/// Cards side by side, as many as there is room for.
pub const GRID: &str = "grid grid-cols-[repeat(auto-fill,minmax(min(100%,340px),1fr))] gap-x-6 gap-y-10";
/// The link that is the card.
pub const LINK: &str = "group grid min-w-0 gap-1 rounded-l";
/// The place of the picture.
pub const PICTURE: &str = "mb-3 block overflow-hidden rounded-l bg-stage bg-lit p-[8%]";
/// The place of the picture of a card with room for two.
pub const PICTURE_WIDE: &str =
    "mb-3 block overflow-hidden rounded-l bg-stage bg-lit p-[8%] tablet:px-[12%] tablet:py-[2%]";
/// The picture.
pub const IMAGE: &str = "aspect-4/3 h-auto w-full object-contain eased group-hover:[scale:1.02]";
/// The name.
pub const NAME: &str = "display line-clamp-4 pb-0.5 text-2xl wrap-anywhere";
/// A sentence.
pub const SUMMARY: &str = "line-clamp-6 max-w-[48ch] text-soft wrap-anywhere";
/// Price and delivery.
pub const FOOT: &str = "mt-1 text-s font-semibold tabular";
/// A sheet that floats.
pub const RAISED: &str = "rounded-l border border-transparent bg-raised floating";

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
        self.with(PICTURE)
    }

    /// The card where it has room for two.
    #[must_use]
    pub fn wide_view(self) -> AnyView {
        self.with(PICTURE_WIDE)
    }

    fn with(self, place: &'static str) -> AnyView {
        view! {
            <a href=self.href class=LINK>
                <span class=place>
                    <img class=IMAGE src=self.picture alt="" width="1200" height="900" />
                </span>
                <span class=NAME><bdi>{self.name}</bdi></span>
                <span class=SUMMARY><bdi>{self.summary}</bdi></span>
                <span class=FOOT>{self.foot}</span>
            </a>
        }
        .into_any()
    }
}
