//! A text on the menu: whether it can be filled in, and why not.

use engine::effort::TooComplex;

use super::question::{Question, Shown};
use super::reason::Reason;
use crate::answers::diagram::ANY_TEXT;
use crate::ids::AttributeId;
use crate::value::Value;

pub(super) fn menu(question: &Question, id: AttributeId, value: &Value) -> Shown {
    let is_empty = *value == Value::Text(String::new());
    let filled =
        if is_empty && !question.offers.of_text(id) { explain_filled(question, id) } else { Ok(None) };
    let is_implied = matches!(filled, Ok(Some(_)));
    let blocked = filled.unwrap_or_else(|TooComplex| {
        Some(Reason { sentence: question.configured.undecided().to_owned(), ..Reason::default() })
    });
    Shown { options: Vec::new(), range: None, blocked, is_implied }
}

/// Why it cannot be filled in; `None` when it can.
fn explain_filled(question: &Question, id: AttributeId) -> Result<Option<Reason>, TooComplex> {
    let configured = question.configured;
    let others = question.others(id);
    let wanted = others.clone().with(id, Value::Text(ANY_TEXT.to_owned()));
    // Another text than the standard's costs points, so the standard's may be possible where others are not.
    let usual = configured.initial(id);
    let standard = others.with(id, usual.clone());
    let standard_is_filled = *usual != Value::Text(String::new());
    let (wanted, standard) =
        (configured.in_force(&wanted, Some(id)), configured.in_force(&standard, Some(id)));
    let is_possible = |choices| configured.is_possible(choices, question.defaults, &[], &question.finding);
    let typed = is_possible(&wanted);
    if typed == Ok(true) || standard_is_filled && is_possible(&standard)? {
        return Ok(None);
    }
    typed?;
    Ok(Some(configured.explain(&wanted, Some(id), question.defaults, &question.explaining)))
}
