//! Reading the audit, and checking all of it.

use super::audit::{AuditEntry, AuditQuery, AuditReport};
use crate::error::ShopError;
use crate::shop::Shop;

/// Entries that are read at a time when the whole audit is.
const AT_A_TIME: u32 = 1_000;

impl Shop {
    /// What was done by whom, newest first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn audit(&self, asked: &AuditQuery) -> Result<Vec<AuditEntry>, ShopError> {
        Ok(self.store.audit(asked).await?)
    }

    /// Reads the whole audit and checks every hash. `expected` is a hash that was noted elsewhere: it has to be that of an entry.
    ///
    /// # Errors
    /// The store failed.
    pub async fn verify_audit(&self, expected: Option<&str>) -> Result<AuditReport, ShopError> {
        let expected = expected.map(|hash| hash.trim().to_lowercase());
        let mut report =
            AuditReport { has_expected: expected.as_ref().map(|_| false), ..AuditReport::default() };
        let mut after = i64::MIN;
        loop {
            let entries = self.store.audit_after(after, AT_A_TIME).await?;
            let Some(last) = entries.last() else { return Ok(report) };
            after = last.id;
            for entry in &entries {
                report.read(entry, expected.as_deref());
            }
        }
    }
}
