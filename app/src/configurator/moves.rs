//! What else a choice moves, in words.

use configurator::{AttributeId, Design, Product, Value};
use leptos::prelude::*;
use words::Studio;

use super::desk::{Desk, Shown};

/// What becomes another with a choice, in words.
pub fn moves(desk: Desk, also: &[(AttributeId, Value)]) -> Vec<String> {
    let told = |product: &Product, shown: &Shown| {
        let change = |(id, value): &(AttributeId, Value)| {
            change(product, *id, shown.menu.design.value(*id), value, Studio::attribute_becomes)
        };
        also.iter().map(change).collect()
    };
    desk.read_drawn(told).unwrap_or_default()
}

/// What becomes of an attribute: of several options those that come and go, else its new value, told with its name.
fn change(
    product: &Product,
    id: AttributeId,
    before: &Value,
    value: &Value,
    tell: fn(&Studio, &dyn std::fmt::Display, &dyn std::fmt::Display) -> String,
) -> String {
    match value {
        Value::Options(_) | Value::Absent => product.describe_change(id, before, value),
        _ => tell(&product.words().studio, &product.attribute(id).label, &product.describe(id, value)),
    }
}

impl Desk {
    /// What is otherwise than before, but for the attribute where the change was made: values that nobody chose, and attributes
    /// that came to apply or don't any more; and what stays that followed from what was there.
    pub(super) fn moved_since(&self, at: AttributeId, before: &Design) -> Option<String> {
        let after = untrack(|| self.design())?;
        let say = self.say();
        let [mut moved, mut come, mut gone] = [const { Vec::new() }; 3];
        self.product(|product| {
            let chosen = |id| self.history.with_untracked(|history| history.now.choices.get(id).is_some());
            for (id, value) in after.iter().filter(|(id, value)| *id != at && before.value(*id) != *value) {
                let was = before.value(id);
                if *value == Value::Absent {
                    gone.push(product.attribute(id).label.clone());
                } else if *was == Value::Absent || !chosen(id) {
                    let told = change(product, id, was, value, Studio::changed_to);
                    let list = if *was == Value::Absent { &mut come } else { &mut moved };
                    list.push(told);
                }
            }
        });
        let stays = self.left_over(at, before, &after);
        let told = |list: &[String], tell: &dyn Fn(&str) -> String| {
            (!list.is_empty()).then(|| tell(&list.join(self.semicolon())))
        };
        let told = [
            told(&moved, &|list| say.also_changed(&list)),
            told(&come, &|list| say.now_to_choose(&list)),
            told(&gone, &|list| say.no_longer_to_choose(&list)),
            told(&stays, &|list| say.still_there(&list)),
        ];
        let told: Vec<String> = told.into_iter().flatten().collect();
        (!told.is_empty()).then(|| told.join(" "))
    }

    /// What followed from what is no longer chosen and stays all the same, though the defaults have something else.
    fn left_over(&self, at: AttributeId, before: &Design, after: &Design) -> Vec<String> {
        let fixed = self.fixed();
        let defaults = &fixed.default.design;
        self.history.with_untracked(|history| {
            let Some(was) = history.past.last().filter(|_| before.value(at) != after.value(at)) else {
                return Vec::new();
            };
            let followed = |id| was.choices.get(id).is_none() && !was.choices.keeps(id);
            let stays = |(id, value): &(AttributeId, &Value)| {
                followed(*id) && before.value(*id) == *value && defaults.value(*id) != *value
            };
            let told = |(id, value)| {
                change(&fixed.product, id, defaults.value(id), value, Studio::attribute_becomes)
            };
            history.now.choices.kept().filter(stays).map(told).collect()
        })
    }
}
