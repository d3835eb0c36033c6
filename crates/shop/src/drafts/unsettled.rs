//! What a sound draft has to settle before it is published: test designs that fail, and what looks forgotten.

use configurator::completeness::{Finding, findings};
use configurator::source::Source;
use configurator::{FailedTest, Product};

/// What a draft has to settle before it is published, as far as it is sound in itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unsettled {
    /// Test designs of which something else comes than they say.
    pub(super) failed: Vec<FailedTest>,
    /// What the product and its options lack, and nobody marked as meant.
    pub(super) findings: Vec<Finding>,
}

impl Unsettled {
    pub(super) fn of(source: &Source, product: &Product) -> Self {
        Self { failed: product.failed_tests(source), findings: findings(source, product) }
    }

    pub(super) fn count(&self) -> usize {
        self.failed.len() + self.findings.len()
    }
}
