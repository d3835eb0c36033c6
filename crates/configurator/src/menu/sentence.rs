//! Reasons in words.

use super::reason::{Causes, Obstacle, Reason};
use crate::design::Choices;
use crate::ids::{AttributeId, RuleId};
use crate::miss::{Measure, Miss};
use crate::product::Product;
use crate::value::Value;

impl Causes {
    /// One after the other.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut sentence = self.obstacles.clone();
        for cause in &self.causes {
            sentence.extend([if sentence.is_empty() { "" } else { " " }, cause]);
        }
        sentence
    }
}

impl Product {
    /// A minimal conflict of choices and rules in the reader's language. Beside a rule stands by how much `all` miss it, where they
    /// are given.
    pub(super) fn reason_in_words(
        &self,
        kept: &Choices,
        wanted: Option<AttributeId>,
        reason: &Reason,
        all: Option<&Choices>,
    ) -> Causes {
        let words = &self.words.engine;
        if let Some(only) = kept.iter().find_map(|(id, value)| self.never(id, value)) {
            return Causes { obstacles: String::new(), causes: vec![only] };
        }
        let told = |&rule: &RuleId| {
            let sentence = &self.rule(rule).sentence;
            match all.and_then(|all| self.miss(rule, all)) {
                // An amount of what has no unit says nothing.
                Some(Miss { measure: Measure::Plain, .. }) | None => sentence.clone(),
                Some(miss) if miss.is_too_much => words.too_much(&self.measured(&miss), sentence),
                Some(miss) => words.too_little(&self.measured(&miss), sentence),
            }
        };
        let mut causes: Vec<String> = reason.rules.iter().map(told).collect();
        if let (true, Some(limit)) = (reason.budget, self.budget) {
            let points = |choices: &Choices| -> u64 {
                choices.iter().map(|(id, value)| u64::from(self.points(id, value))).sum()
            };
            let points = points(all.unwrap_or(kept));
            causes.push(if points > u64::from(limit.ceiling) {
                words.over_budget(&points, &limit.ceiling)
            } else {
                words.beyond_budget().to_owned()
            });
        }
        Causes { obstacles: self.obstacles_in_words(&reason.obstacles, wanted), causes }
    }

    /// Why no design at all has a value of an attribute.
    fn never(&self, id: AttributeId, value: &Value) -> Option<String> {
        let (words, attribute) = (&self.words.engine, self.attribute(id));
        if attribute.locked && value != self.initial(id) {
            return Some(words.always(&attribute.label, &self.describe(id, self.initial(id))));
        }
        let mut options = attribute.option_ids();
        if let Some((_, gone)) = options.find(|(option, opt)| !opt.available && value.includes(*option)) {
            return Some(words.unavailable(&gone.label));
        }
        self.out_of_bounds(id, value)
    }

    /// That a set has more or fewer options than it may.
    pub(super) fn out_of_bounds(&self, id: AttributeId, value: &Value) -> Option<String> {
        let (words, attribute) = (&self.words.engine, self.attribute(id));
        let (Some(bounds), Value::Options(set)) = (attribute.kind.set_bounds(), value) else { return None };
        if set.len() > *bounds.end() {
            Some(words.at_most(&attribute.label, bounds.end()))
        } else if set.len() < *bounds.start() {
            Some(words.at_least(&attribute.label, bounds.start()))
        } else {
            None
        }
    }

    /// "Not with Rear wheel: 20″. "
    fn obstacles_in_words(&self, obstacles: &[Obstacle], wanted: Option<AttributeId>) -> String {
        let words = &self.words.engine;
        let name = |obstacle: &Obstacle| {
            let label = &self.attribute(obstacle.attribute).label;
            match &obstacle.value {
                Value::Text(text) if text.is_empty() => label.clone(),
                value => format!("{label}: {}", self.describe(obstacle.attribute, value)),
            }
        };
        let named = |missing| {
            let named = obstacles.iter().filter(|obstacle| obstacle.missing == missing);
            named.map(name).collect::<Vec<_>>().join(words.and())
        };
        let (there, missing) = (named(false), named(true));
        let told = match (there.is_empty(), missing.is_empty(), wanted) {
            (true, true, _) => String::new(),
            (false, true, Some(_)) => words.not_with(&there),
            (false, true, None) => words.not_together(&there),
            (true, false, _) => words.not_without(&missing),
            (false, false, Some(_)) => words.not_with_nor_without(&there, &missing),
            (false, false, None) => words.together_not_without(&there, &missing),
        };
        told.trim_end().to_owned()
    }

    /// What changed of an attribute, in words: "Rear wheel: 26″", "Bags: Duffel, no Trunk".
    #[must_use]
    pub fn describe_change(&self, id: AttributeId, before: &Value, after: &Value) -> String {
        let label = &self.attribute(id).label;
        if *after == Value::Absent {
            return self.words.engine.without(label);
        }
        let (Value::Options(before), Value::Options(after)) = (before, after) else {
            return format!("{label}: {}", self.describe(id, after));
        };
        let options = |set| self.describe(id, &Value::Options(set));
        let (added, gone) = (after.difference(*before), before.difference(*after));
        let without = || self.words.engine.without(&options(gone));
        match (added.is_empty(), gone.is_empty()) {
            (false, true) => format!("{label}: {}", options(added)),
            (true, _) => without(),
            (false, false) => {
                format!("{label}: {}{}{}", options(added), self.words.engine.comma(), without())
            }
        }
    }
}
