//! The question about use: its answers, what matters to whoever gives one, and what is good enough for them.

use engine::names::nearest;

use super::Checker;
use crate::attribute::Attribute;
use crate::enough::parts;
use crate::product::{Use, Uses};
use crate::rule::syntax::Condition;
use crate::source::{Source, UseSource};

impl Checker<'_> {
    pub(super) fn uses(&mut self, source: &Source, attributes: &[Attribute]) -> Option<Uses> {
        let uses = source.uses.as_ref()?;
        self.filled("uses.question", &uses.question);
        self.codes("uses.answers", uses.answers.iter().map(|answer| answer.code.as_str()));
        if uses.answers.len() < 2 {
            self.report(
                "uses.answers",
                "a question needs at least two answers",
                "Add answers, or remove [uses].",
            );
        }
        let answers = uses.answers.iter().enumerate().map(|(index, written)| {
            let place = format!("uses.answers.{index}");
            self.filled(&format!("{place}.label"), &written.label);
            self.filled(&format!("{place}.people"), &written.people);
            self.matters(&place, written, source);
            Use {
                code: written.code.clone(),
                label: written.label.clone(),
                people: written.people.clone(),
                matters: written.matters.clone(),
                enough: self.enough(&format!("{place}.enough"), written, attributes),
            }
        });
        Some(Uses { question: uses.question.clone(), answers: answers.collect() })
    }

    fn matters(&mut self, place: &str, written: &UseSource, source: &Source) {
        let codes = || source.benefits.iter().map(|benefit| benefit.code.as_str());
        for (code, weight) in &written.matters {
            let place = format!("{place}.matters.{code}");
            if codes().all(|known| known != code) && !self.faulty.touch("benefits.*.code") {
                self.report(&place, format!("there is no benefit '{code}'"), nearest(code, codes()));
            }
            if !(0..=i64::from(Use::MOST_WEIGHT)).contains(weight) {
                let advice = format!("Use 0 to {}.", Use::MOST_WEIGHT);
                self.report(&place, format!("'{code}' can't matter that much"), advice);
            }
        }
    }

    fn enough(&mut self, place: &str, written: &UseSource, attributes: &[Attribute]) -> Option<Condition> {
        let text = written.enough.as_ref()?;
        let known = self.problems.len();
        let condition = self.condition(place, text, attributes);
        if known < self.problems.len() {
            return None;
        }
        // What has faults of its own may be none yet.
        let unclear = ["attributes.*.code", "attributes.*.kind", "attributes.*.options"];
        if unclear.iter().any(|pattern| self.faulty.touch(pattern)) {
            return None;
        }
        if parts(&condition, attributes).is_none() {
            let advice =
                "Join tests of one choice each by 'and', such as `memory in (m32, m64) and screen != small`.";
            self.report(place, "what is enough is said of choices, each for itself", advice);
            return None;
        }
        Some(condition)
    }
}
