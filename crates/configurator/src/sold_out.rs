//! A product some of whose options can't be had for now: they stay on the menu, and no valid design has them.

use crate::design::Design;
use crate::ids::{AttributeId, OptionId};
use crate::product::{Product, Rule};
use crate::rule::syntax::Condition;
use crate::value::Value;

/// An option that can't be had for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoldOutOption {
    /// Its attribute, a choice or a multi-choice.
    pub attribute: AttributeId,
    /// The option.
    pub option: OptionId,
    /// What people read where it is asked for.
    pub sentence: String,
}

impl Product {
    /// The same product without these options: a rule for each, with its sentence, and another standard design, which has to
    /// be valid then. Ready-made designs that no longer are, or are that standard, are left out.
    ///
    /// Points are counted from the new standard. The budget grows by what the former one would cost, so that every valid
    /// design without these options stays valid.
    #[must_use]
    pub fn without_options(mut self, sold_out: &[SoldOutOption], standard: &Design) -> Self {
        for SoldOutOption { attribute, option, sentence } in sold_out {
            let has = if self.attribute(*attribute).kind.is_choice() {
                Condition::In(*attribute, vec![*option])
            } else {
                Condition::Has(*attribute, *option)
            };
            let code = self.free_rule_code();
            // Where the attribute doesn't apply, the rule holds.
            let condition = Condition::Not(Box::new(has));
            self.rules.push(Rule { code, sentence: sentence.clone(), condition });
        }
        let mut points = 0_u32;
        for (index, attribute) in self.attributes.iter().enumerate() {
            let id = AttributeId::new(index);
            let after = standard.value(id);
            if *after != Value::Absent {
                let before = still_had(self.initial.value(id), id, sold_out);
                points =
                    points.saturating_add(before.map_or(0, |value| attribute.kind.points(&value, after)));
                self.initial.set(id, after.clone());
            }
        }
        if let Some(budget) = &mut self.budget {
            budget.ceiling = budget.ceiling.saturating_add(points);
        }
        self.standard = standard.clone();
        let designs = std::mem::take(&mut self.designs);
        let is_had = |design: &Design| design != standard && self.validate(design).is_empty();
        let designs = designs.into_iter().filter(|ready| is_had(&ready.design)).collect();
        Self { designs, ..self }
    }

    fn free_rule_code(&self) -> String {
        let is_free = |code: &String| self.rules.iter().all(|rule| rule.code != *code);
        let codes = std::iter::once("sold-out".to_owned());
        let mut codes = codes.chain((2_u32..).map(|number| format!("sold-out-{number}")));
        codes.find(is_free).unwrap_or_default()
    }
}

/// What of a value can be had; nothing where that is none.
fn still_had(value: &Value, id: AttributeId, sold_out: &[SoldOutOption]) -> Option<Value> {
    let mut gone = sold_out.iter().filter(|gone| gone.attribute == id && value.includes(gone.option));
    match value {
        Value::Options(set) => Some(Value::Options(gone.fold(*set, |set, gone| set.toggled(gone.option)))),
        value => gone.next().is_none().then(|| value.clone()),
    }
}
