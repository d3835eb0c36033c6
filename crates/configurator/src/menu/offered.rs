//! What each value would lead to, where choices wait for some: those in force with a value are not always those in force now.

use engine::effort::Effort;

use crate::answers::{Near, Offers};
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::AttributeId;
use crate::value::Value;

impl Configured {
    /// What each value would lead to beside the choices for other attributes, as far as they are in force with it. `design` is
    /// the nearest with the choices, if there is one; `wanted` never waits.
    pub(crate) fn offers(
        &self,
        choices: &Choices,
        wanted: Option<AttributeId>,
        near: Near<'_>,
        design: Option<&Design>,
        effort: &Effort,
    ) -> Offers<'_> {
        let now = self.in_force(choices, wanted);
        let mut offers = self.answers().offers(self, &now, near, design, effort);
        // Offers beside other choices than those in force now, by what these are.
        let mut others: Vec<(Choices, Offers)> = Vec::new();
        for id in self.deciding(choices) {
            let attribute = self.attribute(id);
            let own =
                now.get(id).or_else(|| Some(design?.value(id)).filter(|value| **value != Value::Absent));
            // A member comes or goes beside the others as they are.
            let others_of_it = if attribute.kind.is_multi_choice() { own } else { Some(self.initial(id)) };
            let Some(others_of_it) = others_of_it else { continue };
            for literal in attribute.literals() {
                let value = attribute.value_with(literal, others_of_it);
                if value == Value::Absent {
                    continue;
                }
                let with = choices.clone().with(id, value);
                let beside = self.in_force(&with, wanted).into_owned().without(id);
                if beside == now.clone().into_owned().without(id) {
                    continue;
                }
                let beside = now.get(id).iter().fold(beside, |all, value| all.with(id, (*value).clone()));
                let known = others.iter().position(|(known, _)| *known == beside);
                let at = known.unwrap_or_else(|| {
                    let found = self.answers().offers(self, &beside, near, None, effort);
                    others.push((beside, found));
                    others.len() - 1
                });
                offers.take(id, literal, &others[at].1);
            }
        }
        offers
    }
}
