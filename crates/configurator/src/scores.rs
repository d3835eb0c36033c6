//! A product's values scored for a named objective: by the benefits that matter, by agreement with a design, by how near
//! numbers are. [`Engine::best`] finds what is worth most together.

use std::collections::{BTreeMap, BTreeSet};

use engine::Chosen;
use engine::model::ValueId;
use engine::objective::Scores;

use crate::design::Choices;
use crate::lower::value_of;
use crate::product::{Kind, Opt, Product};
use crate::value::Value;

impl Product {
    /// Names of the benefits that its options have.
    #[must_use]
    pub fn benefits(&self) -> BTreeSet<&str> {
        let options = self.attributes.iter().flat_map(|attribute| attribute.options());
        options.flat_map(|option| option.benefits.keys().map(String::as_str)).collect()
    }

    /// By value of each variable of [`Product::to_model`]: the benefits of its option, each times its weight. Numbers and
    /// texts score nothing.
    #[must_use]
    pub fn utility(&self, weights: &BTreeMap<String, i32>) -> Scores {
        let worth = |option: &Opt| {
            let own = option.benefits.iter().map(|(name, &benefit)| {
                weights.get(name).map_or(0, |&weight| benefit.saturating_mul(i64::from(weight)))
            });
            let sum = own.fold(0, i64::saturating_add);
            i32::try_from(sum).unwrap_or(if sum < 0 { i32::MIN } else { i32::MAX })
        };
        let mut scores = Vec::new();
        for attribute in &self.attributes {
            match &attribute.kind {
                Kind::Choice { options } => scores.extend(options.iter().map(worth)),
                Kind::MultiChoice { options, .. } => {
                    options.iter().for_each(|option| scores.extend([0, worth(option)]));
                }
                Kind::Number { min, max, step, .. } => scores.extend((0..=(max - min) / step).map(|_| 0)),
                Kind::Text { .. } => scores.extend([0; 3]),
            }
        }
        Scores::new(scores)
    }

    /// By value of each variable of [`Product::to_model`]: how many steps it lies from this design's, for numbers that the
    /// design has; 0 for everything else. With [`Scores::agreement`] the design is found that agrees most, and of those
    /// the one whose numbers are nearest.
    #[must_use]
    pub fn distances(&self, design: &Chosen) -> Vec<u32> {
        let mut wanted = design.iter().copied().chain(std::iter::repeat(None));
        let mut distances = Vec::new();
        for attribute in &self.attributes {
            match &attribute.kind {
                Kind::Number { min, max, step, .. } => {
                    let own = wanted.next().flatten();
                    let steps = u32::try_from((max - min) / step).unwrap_or(0);
                    distances.extend((0..=steps).map(|value| own.map_or(0, |own| own.0.abs_diff(value))));
                }
                Kind::Choice { options } => {
                    wanted.next();
                    distances.extend(options.iter().map(|_| 0));
                }
                Kind::MultiChoice { options, .. } => options.iter().for_each(|_| {
                    wanted.next();
                    distances.extend([0; 2]);
                }),
                Kind::Text { .. } => {
                    wanted.next();
                    distances.extend([0; 3]);
                }
            }
        }
        distances
    }

    /// The choices as values of the variables of [`Product::to_model`].
    #[must_use]
    pub fn to_chosen(&self, choices: &Choices) -> Vec<Option<ValueId>> {
        let mut chosen = Vec::new();
        for (id, attribute) in self.ids() {
            let value = choices.get(id);
            if let Kind::MultiChoice { .. } = attribute.kind {
                let member = |(option, _)| match value {
                    Some(Value::Options(set)) => Some(ValueId(u32::from(set.contains(option)))),
                    _ => None,
                };
                chosen.extend(attribute.option_ids().map(member));
            } else {
                let standard = self.standard().value(id);
                let value = value.and_then(|value| value_of(attribute, standard, value));
                chosen.push(value.map(ValueId::new));
            }
        }
        chosen
    }
}
