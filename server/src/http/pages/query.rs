//! Queries and forms as pairs, and what of a query is a design.

use app::address;
use personalize::Start;
use shop::DesignAddress;

/// Most pairs that are read; the largest form of ours has a few hundred.
const MOST_PAIRS: usize = 2_000;

/// The pairs of a query or of a form's body.
pub(super) fn pairs(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().take(MOST_PAIRS).collect()
}

/// The value of one pair; empty values count as absent.
pub(super) fn value<'p>(pairs: &'p [(String, String)], key: &str) -> Option<&'p str> {
    pairs.iter().find(|(name, value)| name == key && !value.is_empty()).map(|(_, value)| value.as_str())
}

/// The design that a query writes. Pairs of our own begin with `_`; several values of one code are joined by commas.
pub(super) fn design(pairs: &[(String, String)]) -> DesignAddress {
    let start = value(pairs, address::START).map(|start| match start {
        "personal" => Start::Personal { stated_use: value(pairs, address::USE).map(str::to_owned) },
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
    let revision = value(pairs, address::REVISION).and_then(|number| number.parse().ok());
    DesignAddress { revision, start, choices }
}
