//! Which choices are in force: one for an attribute that doesn't apply waits until it does.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::design::{Choices, Design};
use crate::ids::AttributeId;
use crate::known::Open;
use crate::product::Product;
use crate::rule::evaluation::Knowledge;
use crate::rule::syntax::Condition;
use crate::value::Value;

impl Product {
    /// The choices that are in force: without those for attributes that surely don't apply, whatever is chosen for the rest.
    /// They wait until they apply again. `wanted` is never left out.
    #[must_use]
    pub fn in_force<'c>(&self, choices: &'c Choices, wanted: Option<AttributeId>) -> Cow<'c, Choices> {
        let may_wait = |id: AttributeId| self.attribute(id).applies.is_some() && Some(id) != wanted;
        if !choices.iter().any(|(id, _)| may_wait(id)) {
            return Cow::Borrowed(choices);
        }
        let known = Open::of(self, |id| choices.get(id));
        let waits = |&id: &AttributeId| may_wait(id) && known.present(id) == Some(false);
        let waiting: Vec<AttributeId> = choices.iter().map(|(id, _)| id).filter(waits).collect();
        if waiting.is_empty() {
            return Cow::Borrowed(choices);
        }
        Cow::Owned(waiting.into_iter().fold(choices.clone(), Choices::without))
    }

    /// The choices after a shopper chose one more: to empty a text that is empty by default is none, unless other choices wait
    /// or don't by it.
    #[must_use]
    pub fn choose(&self, choices: Choices, id: AttributeId, value: Value, defaults: &Design) -> Choices {
        let is_nothing = value == Value::Text(String::new()) && *defaults.value(id) == value;
        if is_nothing && !self.deciding(&choices).contains(&id) {
            choices.without(id)
        } else {
            choices.with(id, value)
        }
    }

    /// The attributes on which it depends whether others apply.
    pub(crate) fn deciding_any(&self) -> BTreeSet<AttributeId> {
        self.behind_all(self.attributes.iter().filter_map(|attribute| attribute.applies.as_ref()))
    }

    /// The attributes on which it depends whether choices are in force.
    pub(crate) fn deciding(&self, choices: &Choices) -> BTreeSet<AttributeId> {
        self.behind_all(choices.iter().filter_map(|(id, _)| self.attribute(id).applies.as_ref()))
    }

    fn behind_all<'c>(&self, conditions: impl Iterator<Item = &'c Condition>) -> BTreeSet<AttributeId> {
        // One by one: collecting brings a sort to the browser.
        let mut found = BTreeSet::new();
        for condition in conditions {
            found.extend(self.behind(condition));
        }
        found
    }
}
