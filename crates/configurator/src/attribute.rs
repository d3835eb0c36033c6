//! What there is to decide, and its options by id, code and property.

use crate::ids::{AttributeId, OptionId};
use crate::kind::{Kind, Opt};
use crate::rule::syntax::Condition;

/// What it weighs to move an attribute that is moved last: as much as that many others, more than ever move together.
const MOVED_LAST: u32 = 64;

/// One thing to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Code, unique among the attributes.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
    /// One sentence of advice, or nothing.
    pub help: String,
    /// Index of its step in [`Product::steps`](crate::Product::steps).
    pub step: usize,
    /// Keeps its standard value.
    pub locked: bool,
    /// Where nobody chose it, others move before it does.
    pub moved_last: bool,
    /// When it is there at all; always when absent. Where this does not hold it has no value ([`Value::Absent`](crate::Value)).
    pub applies: Option<Condition>,
    /// What values it takes.
    pub kind: Kind,
}

impl Attribute {
    /// What departing from what it is weighs, where nobody chose that.
    pub(crate) fn departure(&self) -> u32 {
        if self.moved_last { MOVED_LAST } else { 1 }
    }

    /// The options of a choice or multi-choice; empty for other kinds.
    #[must_use]
    pub fn options(&self) -> &[Opt] {
        self.kind.options()
    }

    /// Ids and options, in order.
    pub fn option_ids(&self) -> impl Iterator<Item = (OptionId, &Opt)> {
        self.options().iter().enumerate().map(|(index, option)| (OptionId::new(index), option))
    }

    /// The option with this id.
    ///
    /// # Panics
    /// With an id that another attribute gave out and this one has no option for.
    #[must_use]
    pub fn option(&self, id: OptionId) -> &Opt {
        &self.options()[id.index()]
    }

    /// The option with this code.
    #[must_use]
    pub fn option_by_code(&self, code: &str) -> Option<OptionId> {
        self.option_ids().find(|(_, option)| option.code == code).map(|(id, _)| id)
    }

    /// Names of the properties that rules may use of its options.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &str> {
        let fixed: &[&str] =
            if self.options().is_empty() { &[] } else { &["price", "weight", "lead_time_days"] };
        fixed
            .iter()
            .copied()
            .chain(self.options().iter().flat_map(|option| option.values.keys().map(String::as_str)))
    }
}

/// The attributes of a circle of conditions, each of which applies by the next, if there is one.
pub(crate) fn circle(attributes: &[Attribute]) -> Option<Vec<AttributeId>> {
    let follows = |index: usize| -> Vec<usize> {
        let mut found = Vec::new();
        if let Some(applies) = &attributes[index].applies {
            applies.attributes(&mut |id| found.push(id.index()));
        }
        found
    };
    let mut done = vec![false; attributes.len()];
    for start in 0..attributes.len() {
        // What is being followed, with what of each is still to be followed.
        let mut path = vec![(start, follows(start))];
        while let Some((here, rest)) = path.last_mut() {
            let (here, next) = (*here, rest.pop());
            match next {
                Some(next) if done[next] => {}
                Some(next) => {
                    if let Some(at) = path.iter().position(|(index, _)| *index == next) {
                        return Some(path[at..].iter().map(|(index, _)| AttributeId::new(*index)).collect());
                    }
                    path.push((next, follows(next)));
                }
                None => {
                    done[here] = true;
                    path.pop();
                }
            }
        }
    }
    None
}
