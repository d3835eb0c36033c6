//! A number on the menu: between which values it can be chosen.

use super::question::{Question, Shown};
use crate::answers::Offer;
use crate::ids::AttributeId;
use crate::kind::Numbers;

/// `min` and `step` are the attribute's.
pub(super) fn menu(question: &Question, id: AttributeId, number: i64, (min, step): (i64, i64)) -> Shown {
    // The last value of an attribute that may not apply is none.
    let count = question.configured.attribute(id).kind.numbers().map_or(0, Numbers::count);
    let offers = || question.offers.of_numbers(id).take(count);
    // The design's own is one of them.
    let values = (0..).map(|place| min + place * step).zip(offers());
    let known = values.filter(|(value, offer)| offer.is_possible() || *value == number);
    let (low, high) =
        known.fold((number, number), |(low, high), (value, _)| (low.min(value), high.max(value)));
    let is_decided = offers().all(|offer| offer != Offer::Undecided);
    Shown {
        options: Vec::new(),
        range: Some((low, high)),
        blocked: None,
        is_implied: low == high && is_decided,
    }
}
