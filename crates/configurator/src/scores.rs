//! A product's values scored for a named objective: by the benefits that matter, by agreement with a design, by how near
//! numbers are. [`Engine::best`] finds what is worth most together.

use std::collections::{BTreeMap, BTreeSet};

use engine::Chosen;
use engine::model::ValueId;
use engine::objective::Scores;

use crate::design::{Choices, Design};
use crate::ids::AttributeId;
use crate::kind::Opt;
use crate::layout::Variables;
use crate::product::Product;
use crate::value::Value;

impl Product {
    /// Names of the benefits that its options have.
    #[must_use]
    pub fn benefits(&self) -> BTreeSet<&str> {
        let options = self.attributes.iter().flat_map(|attribute| attribute.options());
        options.flat_map(|option| option.benefits.keys().map(String::as_str)).collect()
    }

    /// How well a design serves a benefit: the points of all its options.
    #[must_use]
    pub fn serves(&self, design: &Design, benefit: &str) -> i64 {
        let of = |(id, value): (AttributeId, &Value)| {
            let attribute = self.attribute(id);
            let taken = attribute.option_ids().filter(|(option, _)| value.includes(*option));
            taken
                .filter_map(|(_, option)| option.benefits.get(benefit))
                .fold(0, |sum: i64, own| sum.saturating_add(*own))
        };
        design.iter().map(of).fold(0, i64::saturating_add)
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
            let options = attribute.literals().map(|literal| attribute.option_of(literal));
            scores.extend(options.map(|option| option.map_or(0, |option| worth(attribute.option(option)))));
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
            for own in wanted.by_ref().take(attribute.kind.variables()) {
                let distance = |value| own.map_or(0, |own: ValueId| attribute.distance(own.index(), value));
                distances.extend((0..attribute.size()).map(distance));
            }
        }
        distances
    }

    /// The choices as values of the variables of [`Product::to_model`].
    #[must_use]
    pub fn to_chosen(&self, choices: &Choices) -> Vec<Option<ValueId>> {
        let mut chosen = Vec::new();
        for (id, attribute) in self.ids() {
            let standard = self.initial(id);
            let pick = |variable| choices.get(id).and_then(|value| attribute.pick(variable, value, standard));
            chosen.extend((0..attribute.kind.variables()).map(|variable| pick(variable).map(ValueId::new)));
        }
        chosen
    }

    /// By variable of [`Product::to_model`]: the attribute that it stands for, alone or with others.
    #[must_use]
    pub fn variables(&self) -> Vec<AttributeId> {
        self.ids().flat_map(|(id, attribute)| std::iter::repeat_n(id, attribute.kind.variables())).collect()
    }

    /// The design that an assignment to the variables of [`Product::to_model`] stands for. A text that somebody would have to
    /// type is the standard's.
    #[must_use]
    pub fn read_assignment(&self, assignment: &[ValueId]) -> Design {
        Variables::of(self).read(self, assignment, self.standard())
    }
}
