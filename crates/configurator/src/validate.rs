//! Whether a complete design is valid, and everything that keeps it from being so.

use crate::design::Design;
use crate::ids::RuleId;
use crate::product::Product;
use crate::value::Value;

/// One reason why a design is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule it breaks, if it is a rule.
    pub rule: Option<RuleId>,
    /// What is wrong, for people.
    pub sentence: String,
}

impl Product {
    /// Everything that keeps a complete design from being valid; nothing for a valid one.
    #[must_use]
    pub fn validate(&self, design: &Design) -> Vec<Violation> {
        let words = &self.words.engine;
        let mut violations = Vec::new();
        let mut report = |rule, sentence: String| violations.push(Violation { rule, sentence });
        for (id, attribute) in self.ids() {
            let value = design.value(id);
            let label = &attribute.label;
            let is_there = *value != Value::Absent;
            match &attribute.applies {
                Some(applies) if is_there && !self.holds(applies, design) => {
                    report(None, words.does_not_apply(label));
                }
                Some(applies) if !is_there && !self.holds(applies, design) => continue,
                _ if !is_there => {
                    report(None, words.is_missing(label));
                    continue;
                }
                _ => {}
            }
            if attribute.locked && value != self.initial(id) {
                report(None, words.always(label, &self.describe(id, self.initial(id))));
            }
            for (_, gone) in
                attribute.option_ids().filter(|(option, opt)| !opt.available && value.includes(*option))
            {
                report(None, words.unavailable(&gone.label));
            }
            if let Err(error) = self.read_value(id, &self.write_value(id, value)) {
                report(None, error.to_string());
            }
        }
        for (index, rule) in self.rules.iter().enumerate() {
            if !self.holds(&rule.condition, design) {
                report(Some(RuleId::new(index)), rule.sentence.clone());
            }
        }
        let points: u64 = design.iter().map(|(id, value)| u64::from(self.points(id, value))).sum();
        if let Some(budget) = self.budget.filter(|budget| points > u64::from(budget.ceiling)) {
            report(None, words.over_budget(&points, &budget.ceiling));
        }
        violations
    }
}
