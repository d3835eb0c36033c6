//! Which level speaks for an attribute: the narrowest that may, from the shopper's own past over their segment and everybody to
//! the standard.

use std::borrow::Cow;

use super::{Gate, Tried, Verdict};

/// Whose past a default rests on. An open list: these are the usual ones, from narrow to wide.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Speaker(pub Cow<'static, str>);

impl Speaker {
    /// The shopper's own past.
    pub const INDIVIDUAL: Self = Self(Cow::Borrowed("individual"));
    /// Customers of a segment that they are in.
    pub const CUSTOMERS: Self = Self(Cow::Borrowed("customers"));
    /// Shoppers to whom the same matters.
    pub const NEED: Self = Self(Cow::Borrowed("need"));
    /// Shoppers with the same use.
    pub const SEGMENT: Self = Self(Cow::Borrowed("segment"));
    /// All shoppers.
    pub const EVERYBODY: Self = Self(Cow::Borrowed("everybody"));
    /// The merchandiser.
    pub const STANDARD: Self = Self(Cow::Borrowed("standard"));
}

/// What a level would have for an attribute.
#[derive(Clone, Debug)]
pub struct Proposal<'g, V> {
    /// The level.
    pub speaker: Speaker,
    /// Its value.
    pub value: V,
    /// How sure its learner is, from 0 to 1.
    pub confidence: f64,
    /// The attribute's gate at this level.
    pub gate: &'g Gate,
}

/// What is done with an attribute, and on what evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<V> {
    /// What is done.
    pub verdict: Verdict,
    /// The level that spoke.
    pub speaker: Speaker,
    /// Its value; nothing where the standard stands.
    pub value: Option<V>,
    /// How sure its learner was; 0 for the standard.
    pub confidence: f64,
    /// The cases that it was held to: of the threshold that opened, or of the one at which trying ended.
    pub tried: Option<Tried>,
}

/// Decides by the levels' proposals, the narrowest first: the first that may preselects. A wider level preselects nothing that
/// a narrower one would rather have otherwise; then the narrower one's value is suggested. Where none has anything to say, the
/// standard stands.
#[must_use]
pub fn decide<V: Clone + PartialEq>(proposals: &[Proposal<'_, V>]) -> Decision<V> {
    let mut suggested: Option<&Proposal<'_, V>> = None;
    for proposal in proposals {
        match proposal.gate.verdict(proposal.confidence) {
            Verdict::Preselect if suggested.is_none_or(|narrower| narrower.value == proposal.value) => {
                return told(proposal, Verdict::Preselect);
            }
            Verdict::Preselect => break,
            Verdict::Suggest => suggested = suggested.or(Some(proposal)),
            Verdict::Silent => {}
        }
    }
    suggested.map_or(
        Decision {
            verdict: Verdict::Silent,
            speaker: Speaker::STANDARD,
            value: None,
            confidence: 0.0,
            tried: None,
        },
        |proposal| told(proposal, Verdict::Suggest),
    )
}

fn told<V: Clone>(proposal: &Proposal<'_, V>, verdict: Verdict) -> Decision<V> {
    Decision {
        verdict,
        speaker: proposal.speaker.clone(),
        value: Some(proposal.value.clone()),
        confidence: proposal.confidence,
        tried: proposal.gate.opening().or(proposal.gate.last_tried()),
    }
}
