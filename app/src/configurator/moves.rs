//! What else a choice moves, in words.

use configurator::{AttributeId, Choices, Design, Numbers, Product, Taken, Value};
use leptos::prelude::*;
use words::Studio;

use super::desk::{Desk, Shown};
use super::said::Said;

/// How many numbers are tried for one that moves nothing else.
const MOST_TRIED: i64 = 200;

/// What else a change moved, and what it left.
#[derive(Clone)]
pub struct Moved {
    /// The attribute that the change was made at.
    pub at: AttributeId,
    /// In words.
    pub words: String,
    /// What stays though what brought it along is gone, and the words of the button that takes it back; nothing where nothing does.
    pub stays: Option<(Vec<AttributeId>, String)>,
    /// What others were moved for, where nobody chose it.
    pub instead: Option<Instead>,
}

/// A number that nobody chose and for which others were moved, and one with which they would not have been: the first on the way to an
/// end of its numbers with which they are not, or that end where the first is far.
#[derive(Clone)]
pub struct Instead {
    /// That it stays, in words.
    pub words: String,
    /// What takes the other one, in words.
    pub way: String,
    id: AttributeId,
    value: Value,
    /// The design with it.
    design: Design,
}

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
pub fn change(
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

/// A number that nobody chose and that stayed through a change which moved others for it: its attribute, the nearest number with which
/// the change moves nothing else, and the design with that.
#[must_use]
pub fn number_instead(
    product: &Product,
    at: AttributeId,
    before: &Design,
    after: &Design,
    choices: &Choices,
) -> Option<(AttributeId, i64, Design)> {
    let wanted = product.fitted(before.clone().with(at, after.value(at).clone()));
    if product.validate(&wanted).is_empty() {
        return None;
    }
    let with = |id, number| product.fitted(wanted.clone().with(id, Value::Number(number)));
    product.ids().find_map(|(id, attribute)| {
        let value = after.value(id);
        let (Value::Number(now), Numbers { min, max, step }) = (value, attribute.kind.numbers()?) else {
            return None;
        };
        let is_free = id != at && !attribute.locked && choices.get(id).is_none();
        let fits = |number: &i64| product.validate(&with(id, *number)).is_empty();
        let end = [min, max].into_iter().find(|end| is_free && value == before.value(id) && fits(end))?;
        let step = if end < *now { -step } else { step };
        let nearer = (1..MOST_TRIED).map(|steps| now + steps * step);
        let nearest = nearer.take_while(|number| (min..=max).contains(number)).find(fits).unwrap_or(end);
        Some((id, nearest, with(id, nearest)))
    })
}

impl Desk {
    /// What is otherwise than before, but for the attribute where the change was made: values that nobody chose, and attributes
    /// that came to apply or don't any more; and what stays that followed from what was there.
    pub(super) fn moved_since(&self, at: AttributeId, before: &Design) -> Option<Moved> {
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
                    let is_new = *was == Value::Absent;
                    let list = if is_new { &mut come } else { &mut moved };
                    let tell = if is_new { Studio::attribute_becomes } else { Studio::changed_to };
                    list.push(change(product, id, was, value, tell));
                }
            }
        });
        let left = self.left_over(at, before, &after);
        let fixed = self.fixed();
        let defaults = &fixed.default.design;
        let stays: Vec<String> = self.product(|product| {
            let told = |id: &AttributeId| {
                change(product, *id, defaults.value(*id), after.value(*id), Studio::attribute_becomes)
            };
            left.iter().map(told).collect()
        });
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
        let stays = (!left.is_empty()).then(|| {
            let words = self.way_back(&after, &left);
            (left, words)
        });
        let instead = if moved.is_empty() { None } else { self.moved_for(at, before, &after) };
        (!told.is_empty()).then(|| Moved { at, words: told.join(" "), stays, instead })
    }

    /// What nobody chose and stays all the same, though another value of it would have left everything else as it was.
    fn moved_for(&self, at: AttributeId, before: &Design, after: &Design) -> Option<Instead> {
        let (fixed, say) = (self.fixed(), self.say());
        let product = &fixed.product;
        let choices = untrack(|| self.choices());
        let (id, nearest, design) = number_instead(product, at, before, after, &choices)?;
        let value = Value::Number(nearest);
        let total = |design: &Design| product.quote(design).total.amount;
        let price = product.price_change(total(&design).saturating_sub(total(after)));
        let stays = product.describe(id, after.value(id));
        let words = say.not_given_up(&product.attribute(id).label, &stays);
        let way = say.in_a_row(&[say.take_instead(&product.describe(id, &value)), price]);
        Some(Instead { words, way, id, value, design })
    }

    /// Takes the number with which nothing else is moved; the change was made at another attribute.
    pub fn take_instead(&self, at: AttributeId, instead: &Instead) {
        let Instead { id, value, design, .. } = instead.clone();
        let now = self.history.with_untracked(|history| history.now.clone());
        let next = Said { choices: now.choices.with(id, value), entries: now.entries };
        self.change_from(Some(at), next, Some(design));
    }

    /// A design with the defaults of some attributes.
    fn without_all(&self, design: Design, ids: &[AttributeId]) -> Design {
        let fixed = self.fixed();
        let default = |id: &AttributeId| fixed.default.design.value(*id).clone();
        ids.iter().fold(design, |design, id| design.with(*id, default(id)))
    }

    /// What taking back what stays is called, with what it does to the price.
    fn way_back(&self, after: &Design, ids: &[AttributeId]) -> String {
        let fixed = self.fixed();
        let product = &fixed.product;
        let choices = untrack(|| self.choices());
        let taken = product.step(&choices, &self.without_all(after.clone(), ids), &fixed.default.design);
        let price = taken.map(|Taken { design, .. }| {
            let total = |design: &Design| product.quote(design).total.amount;
            product.price_change(total(&design).saturating_sub(total(after)))
        });
        self.say().in_a_row(&[self.say().take_back().to_owned(), price.unwrap_or_default()])
    }

    /// Takes back what stays of attributes that nobody chose; the change was made at another.
    pub fn take_back(&self, at: AttributeId, ids: &[AttributeId]) {
        let shown = untrack(|| self.design()).map(|shown| self.without_all(shown, ids));
        self.change_from(Some(at), self.history.with_untracked(|history| history.now.clone()), shown);
    }

    /// What followed from what is no longer chosen and stays all the same, though the defaults have something else.
    fn left_over(&self, at: AttributeId, before: &Design, after: &Design) -> Vec<AttributeId> {
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
            history.now.choices.kept().filter(stays).map(|(id, _)| id).collect()
        })
    }
}
