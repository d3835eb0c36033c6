//! What is good enough for a use: of some attributes only these options.

use crate::attribute::Attribute;
use crate::design::Design;
use crate::ids::{AttributeId, OptionId};
use crate::known::Complete;
use crate::product::{Product, Use};
use crate::rule::syntax::Condition;
use crate::value::Value;

/// Attributes with the options that are good enough; of all others everything is.
pub type Enough = Vec<(AttributeId, Vec<OptionId>)>;

impl Product {
    /// What is good enough for whoever gives this answer about use.
    #[must_use]
    pub fn enough_for(&self, answer: &Use) -> Enough {
        answer.enough.as_ref().and_then(|enough| parts(enough, &self.attributes)).unwrap_or_default()
    }
}

/// What a condition leaves of each attribute. `None` where a part of it is not about one choice alone.
pub(crate) fn parts(condition: &Condition, attributes: &[Attribute]) -> Option<Enough> {
    let mut found = Enough::new();
    for part in joined(condition) {
        let id = alone(part)?;
        let attribute = attributes.get(id.index()).filter(|attribute| attribute.kind.is_choice())?;
        let holds = |option: OptionId| {
            let nothing = Design::new(vec![Value::Absent; attributes.len()]);
            part.truth(&Complete { design: &nothing.with(id, Value::Option(option)) }) == Some(true)
        };
        match found.iter_mut().find(|(known, _)| *known == id) {
            Some((_, left)) => left.retain(|option| holds(*option)),
            None => {
                let options = attribute.option_ids().map(|(option, _)| option);
                found.push((id, options.filter(|option| holds(*option)).collect()));
            }
        }
    }
    Some(found)
}

/// The parts that have to hold together.
fn joined(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::And(left, right) => [joined(left), joined(right)].concat(),
        part => vec![part],
    }
}

/// The one attribute that a condition mentions.
fn alone(condition: &Condition) -> Option<AttributeId> {
    let mut mentioned = Vec::new();
    condition.attributes(&mut |id| mentioned.push(id));
    let first = *mentioned.first()?;
    mentioned.iter().all(|id| *id == first).then_some(first)
}
