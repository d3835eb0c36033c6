//! Addresses of designs: [`crate::paths`] with a query. A design travels in the query: one pair per choice, and pairs of our own that begin
//! with `_`, which no attribute's code does.

use std::fmt::Write;

use configurator::{RevisionNumber, Slug};
use personalize::Start;

use crate::paths;

/// The revision a design is pinned to.
pub const REVISION: &str = "_revision";
/// What the design starts from: `standard` or `personal`.
pub const START: &str = "_start";
/// The use a personal start was learnt for.
pub const USE: &str = "_use";
/// The answer that switches personal starts off.
pub const SWITCH: &str = "_switch";
/// The choices a form was rendered with, as a query of their own.
pub const WAS: &str = "_was";
/// A blocked value the shopper asked for, as `attribute:value`.
pub const WANT: &str = "_want";
/// What was typed for a number or text and could not be taken, as `attribute:text`.
pub const TYPED: &str = "_typed";
/// The language of the page, as a tag of BCP 47.
pub const LANGUAGE: &str = "_lang";
/// Where a form goes on to: `order`, or back to the product.
pub const NEXT: &str = "_next";
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

/// The picture of the standard design of a revision.
#[must_use]
pub fn picture(slug: &Slug, revision: RevisionNumber) -> String {
    format!("{}?{REVISION}={revision}", paths::picture(slug))
}

/// The query that stands for a design.
#[must_use]
pub fn design_query(revision: RevisionNumber, start: &Start, choices: &[(String, String)]) -> String {
    let mut query = format!("{REVISION}={revision}");
    let mut pair = |key: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = write!(query, "&{key}={}", encode(value));
    };
    match start {
        Start::Standard => pair(START, "standard"),
        Start::Personal { stated_use } => {
            pair(START, "personal");
            if let Some(stated_use) = stated_use {
                pair(USE, stated_use);
            }
        }
    }
    for (code, value) in choices {
        pair(code, value);
    }
    query
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
