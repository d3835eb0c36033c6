//! Queries and forms as pairs, and what of a query is a design.

use app::address;
use configurator::RevisionNumber;
use personalize::Start;

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

/// Whether a pair is none of the design's: our own begin with `_`, the others are what links from mails and
/// advertisements carry.
fn is_of_others(code: &str) -> bool {
    code.starts_with('_')
        || code.starts_with("utm_")
        || matches!(code, "fbclid" | "gclid" | "msclkid" | "ref")
}

/// A design as a query writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DesignQuery {
    pub revision: Option<RevisionNumber>,
    pub start: Option<Start>,
    /// Codes and values; several values of one code are joined by commas.
    pub choices: Vec<(String, String)>,
}

impl DesignQuery {
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let start = value(pairs, address::START).map(|start| match start {
            "personal" => Start::Personal { stated_use: value(pairs, address::USE).map(str::to_owned) },
            _ => Start::Standard,
        });
        let mut choices: Vec<(String, String)> = Vec::new();
        for (code, value) in pairs.iter().filter(|(code, _)| !is_of_others(code)) {
            match choices.iter_mut().find(|(known, _)| known == code) {
                Some((_, joined)) => {
                    joined.push(',');
                    joined.push_str(value);
                }
                None => choices.push((code.clone(), value.clone())),
            }
        }
        Self {
            revision: value(pairs, address::REVISION).and_then(|number| number.parse().ok()),
            start,
            choices,
        }
    }
}
