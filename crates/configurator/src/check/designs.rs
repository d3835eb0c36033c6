//! Checks of ready-made designs: that they are valid, each another one, and within the budget; and of test designs: that they
//! can be read.

use std::collections::BTreeMap;

use super::Checker;
use crate::design::Design;
use crate::product::{Product, ReadyMade};
use crate::source::{DesignSource, ExpectSource, Source, ValueSource};
use crate::value::Value;

/// Most ready-made designs of a product.
const MOST_DESIGNS: usize = 4;
/// Most test designs of a product.
const MOST_TESTS: usize = 500;

impl Checker<'_> {
    /// The ready-made designs of a product that has none yet. What one does not name is as in the standard design.
    pub(super) fn designs(&mut self, source: &Source, product: &Product) -> Vec<ReadyMade> {
        self.length("designs", source.designs.len(), MOST_DESIGNS);
        self.codes("designs", source.designs.iter().map(|design| design.code.as_str()));
        let mut made: Vec<ReadyMade> = Vec::new();
        for (index, written) in source.designs.iter().enumerate() {
            let place = format!("designs.{index}");
            self.filled(&format!("{place}.label"), &written.label);
            self.filled(&format!("{place}.summary"), &written.summary);
            let design = self.design(&place, &written.values, product);
            if let Some(design) = &design {
                self.valid(&place, design, product);
            }
            let DesignSource { code, label, summary, .. } = written.clone();
            if let Some(design) = &design {
                let twin = made.iter().find(|other| other.design == *design);
                let twin = twin.map(|other| other.code.as_str());
                if let Some(twin) = twin.or((design == product.standard()).then_some("standard")) {
                    let advice = "Give it a value of its own, or remove it.";
                    self.report(&place, format!("this is the same design as '{twin}'"), advice);
                }
            }
            let design = design.unwrap_or_else(|| product.standard().clone());
            made.push(ReadyMade { code, label, summary, design });
        }
        made
    }

    /// The test designs of a product: what comes of them is for [`Product::failed_tests`] to find.
    pub(super) fn tests(&mut self, source: &Source, product: &Product) {
        self.length("tests", source.tests.len(), MOST_TESTS);
        self.codes("tests", source.tests.iter().map(|test| test.code.as_str()));
        for (index, test) in source.tests.iter().enumerate() {
            let place = format!("tests.{index}");
            self.filled(&format!("{place}.label"), &test.label);
            self.amount(&format!("{place}.price"), test.price.unwrap_or(0));
            if test.price.is_some() && test.expects == ExpectSource::Invalid {
                let advice = "Leave the price out, or expect the design to be valid.";
                self.report(format!("{place}.price"), "what can't be ordered has no price", advice);
            }
            self.design(&place, &test.values, product);
        }
    }

    /// The design with these values, where all of it is known.
    fn design(
        &mut self,
        place: &str,
        values: &BTreeMap<String, ValueSource>,
        product: &Product,
    ) -> Option<Design> {
        let mut design = Some(product.initial.clone());
        let mut named = Vec::new();
        for (code, value) in values {
            let place = format!("{place}.values.{code}");
            let known = match product.by_code(code) {
                Some(id) => self.values_are_known(id, product.attribute(id)),
                None => !self.attribute_may_exist(code),
            };
            if self.faulty.touch(&place) || !known {
                design = None;
                continue;
            }
            match product.read_choice(code, &value.to_string()) {
                Ok((id, value)) => {
                    named.push(id);
                    design = design.map(|design| design.with(id, value));
                }
                Err(error) => {
                    let text = error.to_string();
                    let message = text.trim_end_matches(error.advice()).trim_end_matches(". ");
                    self.report(&place, message, error.advice());
                    design = None;
                }
            }
        }
        let design = product.fitted(design.filter(|_| self.faulty.is_empty())?);
        let mut is_read = true;
        for id in named.into_iter().filter(|id| *design.value(*id) == Value::Absent) {
            let code = &product.attribute(id).code;
            let message = format!("'{code}' does not apply in this design");
            self.report(
                format!("{place}.values.{code}"),
                message,
                "Leave it out, or change what it applies by.",
            );
            is_read = false;
        }
        is_read.then_some(design)
    }

    fn valid(&mut self, place: &str, design: &Design, product: &Product) {
        for violation in product.validate(design) {
            let message = format!("this design is not valid: {}", violation.sentence.trim_end_matches('.'));
            self.report(place, message, "Change its values, or what they are measured by.");
        }
    }
}
