//! Test designs: those of a product file of which something else comes than it says.

use std::collections::BTreeMap;

use crate::design::Design;
use crate::money::Money;
use crate::product::Product;
use crate::source::{ExpectSource, Source, TestSource, ValueSource};

/// A test design of which something else comes than was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedTest {
    /// Its position.
    pub index: usize,
    /// What comes of it.
    pub failure: Failure,
}

/// What comes of a design that was expected to be something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It is not valid: why, as sentences.
    Invalid(Vec<String>),
    /// It is valid.
    Valid,
    /// It costs something else.
    Price {
        /// What it was to cost.
        expected: Money,
        /// What it costs.
        actual: Money,
    },
}

impl Product {
    /// The design with these values; what is not named is as in the standard design. Nothing where one can't be read.
    #[must_use]
    pub fn design_with(&self, values: &BTreeMap<String, ValueSource>) -> Option<Design> {
        let mut design = self.initial.clone();
        for (code, value) in values {
            let (id, value) = self.read_choice(code, &value.to_string()).ok()?;
            design = design.with(id, value);
        }
        Some(self.fitted(design))
    }

    /// The test designs of which something else comes than the product as written says. Those that can't be read are for
    /// [`Product::check`] to find.
    #[must_use]
    pub fn failed_tests(&self, source: &Source) -> Vec<FailedTest> {
        let tests = source.tests.iter().enumerate();
        let failed =
            tests.filter_map(|(index, test)| self.failure(test).map(|failure| FailedTest { index, failure }));
        failed.collect()
    }

    fn failure(&self, test: &TestSource) -> Option<Failure> {
        let design = self.design_with(&test.values)?;
        let violations = self.validate(&design);
        match (test.expects, violations.is_empty()) {
            (ExpectSource::Invalid, true) => Some(Failure::Valid),
            (ExpectSource::Invalid, false) => None,
            (ExpectSource::Valid, false) => {
                Some(Failure::Invalid(violations.into_iter().map(|violation| violation.sentence).collect()))
            }
            (ExpectSource::Valid, true) => {
                let (expected, actual) = (self.money(test.price?), self.quote(&design).total);
                (expected != actual).then_some(Failure::Price { expected, actual })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn source(tests: serde_json::Value) -> Source {
        serde_json::from_value(json!({
            "name": "Mug", "summary": "A mug.", "currency": "EUR", "base_price": 900, "lead_time_days": 3,
            "steps": [{ "code": "all", "label": "All" }],
            "attributes": [
                { "code": "glaze", "step": "all", "label": "Glaze", "kind": "choice", "standard": "red", "options": [
                    { "code": "red", "label": "Red" }, { "code": "blue", "label": "Blue", "price": 150 },
                ]},
                { "code": "height", "step": "all", "label": "Height", "kind": "number", "standard": 9, "min": 7, "max": 12 },
            ],
            "rules": [{ "code": "one", "rule": "glaze = blue implies height < 12", "sentence": "Blue ones are small." }],
            "tests": tests,
        }))
        .unwrap()
    }

    #[test]
    fn tests_pass_and_fail_as_they_say() {
        let tests = json!([
            { "code": "a", "label": "Standard", "price": 900 },
            { "code": "b", "label": "Blue", "values": { "glaze": "blue" }, "expects": "valid", "price": 1050 },
            { "code": "c", "label": "Tall", "values": { "glaze": "blue", "height": 12 }, "expects": "invalid" },
            { "code": "d", "label": "Tall", "values": { "glaze": "blue", "height": 12 } },
            { "code": "e", "label": "Low", "values": { "height": 7 }, "expects": "invalid" },
            { "code": "f", "label": "Cheap", "values": { "glaze": "blue" }, "price": 1000 },
        ]);
        let source = source(tests);
        let product = Product::check(&source).unwrap();
        let failed = product.failed_tests(&source);
        let money = |amount| product.money(amount);
        let expected = [
            (3, Failure::Invalid(vec!["Blue ones are small.".to_owned()])),
            (4, Failure::Valid),
            (5, Failure::Price { expected: money(1000), actual: money(1050) }),
        ];
        assert_eq!(failed.into_iter().map(|test| (test.index, test.failure)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_a_test_can_not_be_is_a_problem_at_its_field() {
        for (test, place) in [
            (json!({ "code": "a", "label": " " }), "tests.0.label"),
            (json!({ "code": "a", "label": "A", "values": { "glaze": "pink" } }), "tests.0.values.glaze"),
            (json!({ "code": "a", "label": "A", "values": { "sole": "red" } }), "tests.0.values.sole"),
            (json!({ "code": "a", "label": "A", "expects": "invalid", "price": 5 }), "tests.0.price"),
            (json!({ "code": "A", "label": "A" }), "tests.0.code"),
        ] {
            let problems = Product::check(&source(json!([test]))).unwrap_err();
            assert_eq!(problems.iter().map(|problem| problem.place.as_str()).collect::<Vec<_>>(), [place]);
        }
    }
}
