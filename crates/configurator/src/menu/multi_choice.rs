//! A multi-choice on the menu: each option comes or goes beside the others as they are.

use engine::effort::TooComplex;

use super::entries::{OptionMenu, State};
use super::question::{Question, Shown};
use super::reason::Reason;
use crate::design::Choices;
use crate::ids::AttributeId;
use crate::value::{OptionSet, Value};

pub(super) fn menu(question: &mut Question, id: AttributeId, set: OptionSet) -> Shown {
    let configured = question.configured;
    let attribute = configured.attribute(id);
    let others = question.others(id);
    let is_chosen = question.choices.get(id).is_some();
    // What is offered is beside the choices; where this one is none yet, that is not enough.
    let own = (!is_chosen).then(|| {
        let chosen = others.clone().with(id, Value::Options(set));
        let (near, design) = (question.near, Some(question.design));
        configured.offers(&chosen, Some(id), near, design, &question.finding)
    });
    let (mut options, mut open) = (Vec::new(), 0);
    for (option, opt) in attribute.option_ids() {
        let wanted = set.toggled(option);
        let broken = configured.out_of_bounds(id, &Value::Options(wanted));
        let entry = match broken {
            Some(sentence) => OptionMenu::of(State::Blocked(Reason { sentence, ..Reason::default() })),
            None => {
                let offers = own.as_ref().unwrap_or(&question.offers);
                let offered = offers.of_member(id, option, !set.contains(option));
                question.option(id, option, Value::Options(wanted), offered, &others)
            }
        };
        open += u32::from(entry.state.is_open() && opt.available);
        options.push(OptionMenu { selected: set.contains(option), ..entry });
    }
    let is_implied = !attribute.locked
        && !is_chosen
        && open == 0
        && has_another_set(question, id, set, &others) == Ok(false);
    Shown { options, range: None, blocked: None, is_implied }
}

/// Whether it can have another set of options beside the other choices.
fn has_another_set(
    question: &Question,
    id: AttributeId,
    set: OptionSet,
    others: &Choices,
) -> Result<bool, TooComplex> {
    let configured = question.configured;
    for (option, _) in configured.attribute(id).option_ids().filter(|(_, option)| option.available) {
        let other = (id, option, !set.contains(option));
        let with = others.clone().with(id, Value::Options(set.toggled(option)));
        let beside = configured.in_force(&with, Some(id)).into_owned().without(id);
        if configured.is_possible(&beside, question.defaults, &[other], &question.finding)? {
            return Ok(true);
        }
    }
    Ok(false)
}
