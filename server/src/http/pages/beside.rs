//! How designs that are to stand side by side are written into addresses, and the addresses that put them there.

use app::address;
use configurator::RevisionNumber;
use shop::designs::Compared;
use shop::{DesignAddress, Opened};

use super::query;

/// Most designs of an address that are looked at.
const MOST_NAMED: usize = 12;
/// How a design is written that is asked for beside others: these, and what follows them.
const OWN: &str = "mine.";
const PROPOSED: &str = "proposal.";
const LINK: &str = "link.";
const READY_MADE: &str = "ready.";
const STANDARD: &str = "standard";

/// The page that puts a design, as it is written, beside what it is best seen beside.
pub(super) fn beside(opened: &Opened, written: String) -> String {
    let companions = opened.companions();
    let others = companions.iter().map(write);
    let with: Vec<String> = std::iter::once(written).chain(others).collect();
    address::compare(&opened.revision.slug, with.iter().map(String::as_str), false)
}

/// The page that puts a proposal beside one's own design.
pub(super) fn beside_own(opened: &Opened, proposal: &str) -> String {
    let from = opened.from.as_ref().map(|(number, _)| *number);
    let with = [own(opened, from), format!("{PROPOSED}{}", proposal.split_once('?').unwrap_or_default().1)];
    address::compare(&opened.revision.slug, with.iter().map(String::as_str), false)
}

/// One's own design, as it is written, with the revision that it goes on from.
pub(super) fn own(opened: &Opened, from: Option<RevisionNumber>) -> String {
    let query = address::design_query(opened.revision.number, &opened.start, &opened.pairs());
    format!("{OWN}{}", address::going_on(query, from))
}

/// The design behind a link, as it is written.
pub(super) fn link(token: &str) -> String {
    format!("{LINK}{token}")
}

/// A design as an address of a comparison has it.
pub(super) fn write(compared: &Compared) -> String {
    match compared {
        Compared::Own(address) => format!("{OWN}{}", written(address)),
        Compared::Proposed(address) => format!("{PROPOSED}{}", written(address)),
        Compared::Link(token) => link(token),
        Compared::ReadyMade(code) => format!("{READY_MADE}{code}"),
        Compared::Standard => STANDARD.to_owned(),
    }
}

fn written(design: &DesignAddress) -> String {
    let start = design.start.as_ref().unwrap_or(&shop::Start::Standard);
    match design.revision {
        Some(number) => address::going_on(address::design_query(number, start, &design.choices), design.from),
        None => address::query(&design.choices),
    }
}

/// Reads what [`write`] wrote; nothing where it is none of that.
pub(super) fn read(text: &str) -> Option<Compared> {
    let design = |query: &str| query::design(&query::pairs(query));
    match text.split_once('.') {
        None => (text == STANDARD).then_some(Compared::Standard),
        Some((kind, rest)) => match &text[..=kind.len()] {
            OWN => Some(Compared::Own(design(rest))),
            PROPOSED => Some(Compared::Proposed(design(rest))),
            LINK => Some(Compared::Link(rest.to_owned())),
            READY_MADE => Some(Compared::ReadyMade(rest.to_owned())),
            _ => None,
        },
    }
}

/// The designs of an address, each once, with how it is written; and how many can't be read.
pub(super) fn named(pairs: &[(String, String)]) -> (Vec<(String, Compared)>, usize) {
    let mut named: Vec<(String, Compared)> = Vec::new();
    let mut unreadable = 0;
    for (_, text) in pairs.iter().filter(|(key, _)| key == address::WITH).take(MOST_NAMED) {
        match read(text) {
            Some(_) if named.iter().any(|(known, _)| known == text) => {}
            Some(compared) => named.push((text.clone(), compared)),
            None => unreadable += 1,
        }
    }
    (named, unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for text in [
            "standard",
            "ready.commuter",
            "link.0f",
            "mine._revision=1&_start=standard&glaze=blue&_from=2",
            "proposal._revision=1&_start=standard&glaze=blue",
        ] {
            assert_eq!(read(text).map(|compared| write(&compared)).as_deref(), Some(text));
        }
        for text in ["", "standard.", "other.1", "mine", "ä.b"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
