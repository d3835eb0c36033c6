//! Changing a design as a form says. Pure.

use configurator::{AttributeId, NoCompletion, RELEASED, Taken, Value};

use super::notice::Notice;
use super::opened::Opened;

/// A design as a form changed it.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The design, with as much of the form as goes.
    pub opened: Opened,
    /// Codes with values that are blocked.
    pub wanted: Vec<(String, String)>,
    /// The design that the form was rendered with.
    pub before: Opened,
}

/// Chooses what a form says otherwise than the design it was rendered with, and takes back what it lets go of.
pub(super) fn change(mut opened: Opened, form: &[(String, String)]) -> Changed {
    let product = &opened.product;
    let released =
        form.iter().filter(|(key, _)| key == RELEASED).filter_map(|(_, code)| product.by_code(code));
    let released: Vec<AttributeId> = released.collect();
    let before = opened.clone();
    let changes = changes(&mut opened, form, &released);
    let (mut opened, wanted) = choose(opened, changes);
    for id in released {
        release(&mut opened, id);
    }
    Changed { opened, wanted, before }
}

/// Takes a choice back, or what stayed without one; everything else stays near what is shown.
fn release(opened: &mut Opened, id: AttributeId) {
    let defaults = &opened.default.design;
    let choices = opened.choices.clone().without(id);
    let shown = opened.design.clone().with(id, defaults.value(id).clone());
    // With less chosen there is always a design.
    if let Ok(Taken { choices, design }) = opened.product.step(&choices, &shown, defaults) {
        (opened.choices, opened.design) = (choices, design);
    }
}

/// Chooses as much as goes, beside which is the rest, by code, to be asked for.
fn choose(mut opened: Opened, changes: Vec<(AttributeId, Value)>) -> (Opened, Vec<(String, String)>) {
    let product = &opened.product.clone();
    let defaults = opened.default.design.clone();
    let all = changes
        .iter()
        .fold(opened.choices.clone(), |all, (id, value)| product.choose(all, *id, value.clone(), &defaults));
    let mut wanted = Vec::new();
    if let Ok(Taken { choices, design }) = product.step(&all, &opened.design, &defaults) {
        (opened.choices, opened.design) = (choices, design);
        return (opened, wanted);
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
    (opened, wanted)
}

/// What the form says otherwise, but for what it lets go of; what of it can't be read is noted in the design.
fn changes(
    opened: &mut Opened,
    form: &[(String, String)],
    released: &[AttributeId],
) -> Vec<(AttributeId, Value)> {
    let mut changes = Vec::new();
    let product = opened.product.clone();
    let is_read = |id: &AttributeId| !product.attribute(*id).locked && !released.contains(id);
    for (id, attribute) in product.ids().filter(|(id, _)| is_read(id)) {
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
