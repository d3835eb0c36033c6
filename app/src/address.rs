//! Addresses of designs: [`crate::paths`] with a query. A design travels in the query: one pair per choice, and pairs of our own that begin
//! with `_`, which no attribute's code does.

use std::fmt::Write;

use configurator::{RevisionNumber, Slug};
use personalize::Start;

use crate::paths;

/// The revision a design is pinned to.
pub const REVISION: &str = "_revision";
/// What the design starts from: `standard`, `personal` or `needs`.
pub const START: &str = "_start";
/// The use a personal start was learnt for.
pub const USE: &str = "_use";
/// What matters to the shopper, whose start is the design that was proposed for it.
pub const NEEDS: &str = "_needs";
/// The design of a personal start or of such a proposal, as a query of its own.
pub const BASE: &str = "_base";
/// What follows are a benefit's code and how much it matters.
pub const MATTERS: &str = "_matters.";
/// The most to pay, in whole units of the currency.
pub const UP_TO: &str = "_up_to";
/// The most to pay that a form shows though nobody set one.
pub const UP_TO_UNSET: &str = "_up_to_unset";
/// The day by which it has to be there, as ISO 8601 writes it.
pub const BY: &str = "_by";
/// An answer to the question about use, where what suits best is asked for.
pub const FOR: &str = "_for";
/// The answer about use that the weights of a form are those of.
pub const ANSWERED: &str = "_answered";
/// That up to three offers are asked for.
pub const SEVERAL: &str = "_several";
/// A choice that may change.
pub const LET_GO: &str = "_let_go";
/// Switches personal starts `off` or `on`.
pub const SWITCH: &str = "_switch";
/// The choices a form was rendered with, as a query of their own.
pub const WAS: &str = "_was";
/// The design before an answer about use, as a query of its own: what that changed is told.
pub const BEFORE: &str = "_before";
/// A blocked value the shopper asked for, as `attribute:value`.
pub const WANT: &str = "_want";
/// What was typed for a number or text and could not be taken, as `attribute:text`.
pub const TYPED: &str = "_typed";
/// A value that stays as it is shown though nobody chose it, as `attribute:value`.
pub use configurator::KEPT;
/// The attribute whose choice a form takes back.
pub use configurator::RELEASED;
/// The language of the page, as a tag of BCP 47.
pub const LANGUAGE: &str = "_lang";
/// Where a form goes on to: `order`, [`COMPARE`], or back to the product.
pub const NEXT: &str = "_next";
/// The designs side by side.
pub const COMPARE: &str = "compare";
/// The revision that a design goes on from: what differs is told.
pub const FROM: &str = "_from";
/// What a design is now, as a query of its own, where it saves itself.
pub const NOW: &str = "_now";
/// The design that is to take the place of the present one: the code of a ready-made one, [`STANDARD`] or [`RESET`].
pub const TAKE: &str = "_take";
/// The standard as a design, from what the present one starts from.
pub const STANDARD: &str = "_standard";
/// The standard, from itself.
pub const RESET: &str = "_reset";
/// Why a design is to have a link: `save`, `share`, or [`SNAPSHOT`].
pub const AS: &str = "_as";
/// The design is to be kept under a name.
pub const SNAPSHOT: &str = "snapshot";
/// What to do with a design that is kept under a name: `keep`, `rename`, `remove`, or `undo`.
pub const DO: &str = "_do";
/// The link's token of a design that something is done with.
pub const TOKEN: &str = "_token";
/// The code of the campaign link that somebody came by.
pub const CAMPAIGN: &str = "_campaign";
/// How many pieces an order form starts with; a product's page takes them along.
pub const PIECES: &str = "_pieces";
/// What was done with it.
pub const DONE: &str = "_done";
/// What is done with a draft that is previewed: nothing.
pub const NOTHING_OF_A_DRAFT: &str = "nothing";
/// The name of a design.
pub const NAMED: &str = "_name";
/// That a part of a page is asked for, to be shown within another.
pub const PART: &str = "_part";
/// A design of a comparison, one pair for each.
pub const WITH: &str = "_with";
/// That a comparison shows what is the same in all designs, too.
pub const ALL: &str = "_all";
/// The last field of a form that is taken whole or not at all: without it the form was cut on its way.
pub const END: &str = "_end";

/// A product's page with these choices.
#[must_use]
pub fn product(slug: &Slug, revision: RevisionNumber, start: &Start, choices: &[(String, String)]) -> String {
    format!("{}?{}", paths::product(slug), design_query(revision, start, choices))
}

/// The order form for these choices.
#[must_use]
pub fn order_form(
    slug: &Slug,
    revision: RevisionNumber,
    start: &Start,
    choices: &[(String, String)],
) -> String {
    format!("{}?{}", paths::order_form(slug), design_query(revision, start, choices))
}

/// An address of a design that goes on from one of another revision.
#[must_use]
pub fn going_on(address: String, from: Option<RevisionNumber>) -> String {
    match from {
        Some(from) => format!("{address}&{FROM}={from}"),
        None => address,
    }
}

/// An address or query of somebody who came by a campaign link; without a code as it is.
#[must_use]
pub fn by_campaign(address: String, code: &str) -> String {
    if code.is_empty() { address } else { format!("{address}&{CAMPAIGN}={code}") }
}

/// The address of an order form that starts with so many pieces, or of a product's page that leads to one.
#[must_use]
pub fn of_pieces(address: String, pieces: u32) -> String {
    if pieces > 1 { format!("{address}&{PIECES}={pieces}") } else { address }
}

/// The picture of the standard design of a revision.
#[must_use]
pub fn picture(slug: &Slug, revision: RevisionNumber) -> String {
    format!("{}?{REVISION}={revision}", paths::picture(slug))
}

/// The query that stands for a design.
#[must_use]
pub fn design_query(revision: RevisionNumber, start: &Start, choices: &[(String, String)]) -> String {
    query(&design_pairs(revision, start, choices))
}

/// The pairs that stand for a design.
#[must_use]
pub fn design_pairs(
    revision: RevisionNumber,
    start: &Start,
    choices: &[(String, String)],
) -> Vec<(String, String)> {
    let mut pairs = vec![(REVISION.to_owned(), revision.to_string())];
    let mut own = |key: &str, value: &str| pairs.push((key.to_owned(), value.to_owned()));
    match start {
        Start::Standard => own(START, "standard"),
        Start::Needs { asked, base } => {
            own(START, "needs");
            own(NEEDS, asked);
            own(BASE, &query(base));
        }
        Start::Personal { stated_use, base } => {
            own(START, "personal");
            if let Some(stated_use) = stated_use {
                own(USE, stated_use);
            }
            if let Some(base) = base {
                own(BASE, &query(base));
            }
        }
    }
    pairs.extend_from_slice(choices);
    pairs
}

/// Pairs as a query.
#[must_use]
pub fn query(pairs: &[(String, String)]) -> String {
    let mut query = String::new();
    for (key, value) in pairs {
        let and = if query.is_empty() { "" } else { "&" };
        // Writing to a String cannot fail.
        let _ = write!(query, "{and}{key}={}", encode(value));
    }
    query
}

/// A proposal for what matters to the shopper, beside this design.
#[must_use]
pub fn needs(slug: &Slug, design_query: &str) -> String {
    format!("{}?{design_query}", paths::needs(slug))
}

/// What another design would take the place of, which is this one; it leads on where that is nothing of the shopper's own.
#[must_use]
pub fn replace(slug: &Slug, design_query: &str, take: &str) -> String {
    format!("{}?{design_query}&{TAKE}={take}", paths::replace(slug))
}

/// Designs side by side, each as the server writes it, with all that is the same in them or without.
#[must_use]
pub fn compare<'w>(slug: &Slug, with: impl IntoIterator<Item = &'w str>, all: bool) -> String {
    let with = with.into_iter().map(|design| (WITH.to_owned(), design.to_owned()));
    let all = all.then(|| (ALL.to_owned(), "1".to_owned()));
    let pairs: Vec<_> = with.chain(all).collect();
    if pairs.is_empty() {
        paths::compare(slug)
    } else {
        format!("{}?{}", paths::compare(slug), query(&pairs))
    }
}

/// Pairs for what was typed and could not be taken, by code.
#[must_use]
pub fn typed(entries: &[(String, String)]) -> Vec<(String, String)> {
    entries.iter().map(|(code, text)| (TYPED.to_owned(), format!("{code}:{text}"))).collect()
}

/// Percent-encodes everything but letters, digits and `-_.~,` (RFC 3986; the comma joins codes and needs none).
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' => {
                out.push(char::from(byte))
            }
            other => {
                let _ = write!(out, "%{other:02X}");
            }
        }
    }
    out
}
