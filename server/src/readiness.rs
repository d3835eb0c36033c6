//! Whether the shop is ready: what the process knows of it, and those who watch ask.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio_util::sync::CancellationToken;

/// Whether the shop is ready, as far as the process knows.
#[derive(Debug, Default)]
pub struct Readiness {
    preparing: AtomicBool,
    /// Cancelled once the process is asked to stop.
    pub stop: CancellationToken,
}

impl Readiness {
    /// Of a shop whose live revisions are being prepared.
    #[must_use]
    pub fn preparing() -> Arc<Self> {
        Arc::new(Self { preparing: AtomicBool::new(true), stop: CancellationToken::new() })
    }

    /// The live revisions are prepared, as far as they can be.
    pub fn prepared(&self) {
        self.preparing.store(false, Ordering::Relaxed);
    }

    /// Whether live revisions are still being prepared.
    pub(crate) fn is_preparing(&self) -> bool {
        self.preparing.load(Ordering::Relaxed)
    }
}
