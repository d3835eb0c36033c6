//! Queries and forms as pairs, and what of a query is a design.

use app::address;
use axum::http::StatusCode;
use personalize::Start;
use shop::DesignAddress;

use crate::http::failure::Failure;

/// Most entries that could not be taken.
const MOST_TYPED: usize = 16;
/// Most pairs of a query that are read, and most fields of a shopper's form.
const MOST_PAIRS: usize = 2_000;

/// The pairs of a query, which forgives what is too much.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().take(MOST_PAIRS).collect()
}

/// All fields of a shopper's form.
///
/// # Errors
/// There are more than any form of ours has; nothing of it is taken then.
pub(super) fn form(body: &str) -> Result<Vec<(String, String)>, Failure> {
    let mut fields = form_urlencoded::parse(body.as_bytes()).into_owned();
    let taken: Vec<_> = fields.by_ref().take(MOST_PAIRS).collect();
    if fields.next().is_some() { Err(Failure::Refused(StatusCode::PAYLOAD_TOO_LARGE)) } else { Ok(taken) }
}

/// All fields of an editor's form, of which there may be as many as its body holds, without the one that ends it.
///
/// # Errors
/// The last field is missing: the form was cut on its way, and nothing of it is taken.
pub(super) fn whole(body: &str) -> Result<Vec<(String, String)>, Failure> {
    let mut fields: Vec<_> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    match fields.pop() {
        Some((name, _)) if name == address::END => Ok(fields),
        _ => Err(Failure::Cut),
    }
}

/// The value of one pair; empty values count as absent.
pub(super) fn value<'p>(pairs: &'p [(String, String)], key: &str) -> Option<&'p str> {
    pairs.iter().find(|(name, value)| name == key && !value.is_empty()).map(|(_, value)| value.as_str())
}

/// The design that a query writes. Pairs of our own begin with `_`; several values of one code are joined by commas.
pub(super) fn design(pairs: &[(String, String)]) -> DesignAddress {
    let start = value(pairs, address::START).map(|start| match start {
        "needs" => Start::Needs {
            asked: value(pairs, address::NEEDS).unwrap_or_default().to_owned(),
            base: self::pairs(value(pairs, address::BASE).unwrap_or_default()),
        },
        "personal" => Start::Personal {
            stated_use: value(pairs, address::USE).map(str::to_owned),
            // Also an empty one is a design: the standard.
            base: pairs.iter().find(|(key, _)| key == address::BASE).map(|(_, base)| self::pairs(base)),
        },
        _ => Start::Standard,
    });
    let mut choices: Vec<(String, String)> = Vec::new();
    for (code, value) in pairs.iter().filter(|(code, _)| !code.starts_with('_')) {
        match choices.iter_mut().find(|(known, _)| known == code) {
            Some((_, joined)) => {
                joined.push(',');
                joined.push_str(value);
            }
            None => choices.push((code.clone(), value.clone())),
        }
    }
    choices.extend(pairs.iter().filter(|(key, _)| key == address::KEPT).cloned());
    let revision = value(pairs, address::REVISION).and_then(|number| number.parse().ok());
    let from = value(pairs, address::FROM).and_then(|number| number.parse().ok());
    let typed = pairs.iter().filter(|(key, _)| key == address::TYPED);
    let typed = typed.filter_map(|(_, typed)| typed.split_once(':'));
    let mut typed: Vec<_> = typed.map(|(code, text)| (code.to_owned(), text.to_owned())).collect();
    // No page has two for one attribute, or many.
    typed.truncate(MOST_TYPED);
    typed.sort();
    typed.dedup_by(|one, other| one.0 == other.0);
    DesignAddress { revision, start, from, choices, typed }
}
