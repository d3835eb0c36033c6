//! A choice on the menu.

use super::entries::OptionMenu;
use super::question::{Question, Shown};
use crate::ids::AttributeId;
use crate::value::Value;

pub(super) fn menu(question: &mut Question, id: AttributeId, value: &Value) -> Shown {
    let others = question.others(id);
    let mut options = Vec::new();
    for (option, _) in question.configured.attribute(id).option_ids() {
        let offered = question.offers.of_option(id, option);
        let entry = question.option(id, option, Value::Option(option), offered, &others);
        options.push(OptionMenu { selected: value.includes(option), ..entry });
    }
    let open = options.iter().filter(|option| option.state.is_open()).count();
    Shown { options, range: None, blocked: None, is_implied: open <= 1 }
}
