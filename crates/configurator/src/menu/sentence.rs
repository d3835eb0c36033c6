//! Reasons in words.

use super::reason::Obstacle;
use crate::design::Choices;
use crate::ids::{AttributeId, RuleId};
use crate::product::Product;
use crate::value::Value;

impl Product {
    /// A minimal conflict of choices and rules in the reader's language.
    pub(super) fn reason_in_words(
        &self,
        kept: &Choices,
        wanted: Option<AttributeId>,
        obstacles: &[Obstacle],
        rules: &[RuleId],
        budget: bool,
    ) -> String {
        let words = &self.words.engine;
        for (id, value) in kept.iter() {
            let attribute = self.attribute(id);
            let may_wait = attribute.applies.is_some() && Some(id) != wanted;
            if may_wait {
                continue;
            }
            if attribute.locked && value != self.initial(id) {
                let standard = self.describe(id, self.initial(id));
                return words.always(&attribute.label, &standard);
            }
            if let Some((_, gone)) =
                attribute.option_ids().find(|(option, opt)| !opt.available && value.includes(*option))
            {
                return words.unavailable(&gone.label);
            }
        }
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
        let mut told = match (there.is_empty(), missing.is_empty(), wanted) {
            (true, true, _) => String::new(),
            (false, true, Some(_)) => words.not_with(&there),
            (false, true, None) => words.not_together(&there),
            (true, false, _) => words.not_without(&missing),
            (false, false, Some(_)) => words.not_with_nor_without(&there, &missing),
            (false, false, None) => words.together_not_without(&there, &missing),
        };
        let mut sentences: Vec<String> = rules.iter().map(|&rule| self.rule(rule).sentence.clone()).collect();
        if let (true, Some(limit)) = (budget, self.budget) {
            let points: u64 = kept.iter().map(|(id, value)| u64::from(self.points(id, value))).sum();
            sentences.push(if points > u64::from(limit.ceiling) {
                words.over_budget(&points, &limit.ceiling)
            } else {
                words.beyond_budget().to_owned()
            });
        }
        told.push_str(&sentences.join(" "));
        told.trim_end().to_owned()
    }
}
