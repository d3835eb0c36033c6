//! Changing a design as a form says. Pure.

use configurator::{AttributeId, NoCompletion, Taken, Value};

use super::notice::Notice;
use super::opened::Opened;

/// A design as a form changed it.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The design, with as much of the form as goes.
    pub opened: Opened,
    /// Codes with values that are blocked.
    pub wanted: Vec<(String, String)>,
}

/// Chooses what a form says otherwise than the design it was rendered with.
pub(super) fn change(mut opened: Opened, form: &[(String, String)]) -> Changed {
    let changes = changes(&mut opened, form);
    let product = &opened.product.clone();
    let defaults = opened.default.design.clone();
    let all = changes
        .iter()
        .fold(opened.choices.clone(), |all, (id, value)| product.choose(all, *id, value.clone(), &defaults));
    let mut wanted = Vec::new();
    if let Ok(Taken { choices, design }) = product.step(&all, &opened.design, &defaults) {
        (opened.choices, opened.design) = (choices, design);
        return Changed { opened, wanted };
    }
    // Not all of it together: as much as goes, and the rest is asked for.
    for (id, value) in changes {
        let more = product.choose(opened.choices.clone(), id, value.clone(), &defaults);
        match product.step(&more, &opened.design, &defaults) {
            Ok(Taken { choices, design }) => (opened.choices, opened.design) = (choices, design),
            Err(NoCompletion::Conflict(_)) => {
                let pair = (product.attribute(id).code.clone(), product.write_value(id, &value));
                opened.unreadable.extend(product.attribute(id).kind.is_typed().then(|| pair.clone()));
                wanted.push(pair);
            }
            Err(NoCompletion::TooComplex(_)) => {
                let pair = (product.attribute(id).code.clone(), product.write_value(id, &value));
                opened.unreadable.extend(product.attribute(id).kind.is_typed().then_some(pair));
                opened.notices.push(Notice::NotChosen {
                    attribute: product.attribute(id).label.clone(),
                    value: product.describe(id, &value),
                    reason: product.undecided().to_owned(),
                });
            }
        }
    }
    Changed { opened, wanted }
}

/// What the form says otherwise; what of it can't be read is noted in the design.
fn changes(opened: &mut Opened, form: &[(String, String)]) -> Vec<(AttributeId, Value)> {
    let mut changes = Vec::new();
    let product = opened.product.clone();
    for (id, attribute) in product.ids().filter(|(_, attribute)| !attribute.locked) {
        let text = form.iter().find(|(code, _)| *code == attribute.code).map(|(_, text)| text.as_str());
        let text = match text {
            Some(text) => text,
            // No box of it was ticked; a form without any value was not sent by our page.
            None if attribute.kind.is_multi_choice()
                && !form.is_empty()
                && *opened.design.value(id) != Value::Absent =>
            {
                ""
            }
            None => continue,
        };
        match product.read_typed(id, text) {
            Ok(value) if value == *opened.design.value(id) => {}
            Ok(value) => changes.push((id, value)),
            Err(error) => {
                // What does not exist can't be shown in its place again.
                if !error.is_unknown() {
                    opened.unreadable.push((attribute.code.clone(), text.to_owned()));
                }
                let is_shown = attribute.kind.is_typed();
                opened.notices.push(if is_shown {
                    Notice::Typed(error.to_string())
                } else {
                    Notice::of(error)
                });
            }
        }
    }
    changes
}
