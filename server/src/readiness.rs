//! Whether the shop is ready: what the process knows of it, and those who watch ask.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Whether the shop is ready, as far as the process knows.
#[derive(Debug, Default)]
pub struct Readiness {
    preparing: watch::Sender<bool>,
    leaving: AtomicBool,
    /// Cancelled when no more connections are taken.
    pub stop: CancellationToken,
}

impl Readiness {
    /// Of a shop whose live revisions are being prepared.
    #[must_use]
    pub fn preparing() -> Arc<Self> {
        Arc::new(Self { preparing: watch::Sender::new(true), ..Self::default() })
    }

    /// The live revisions are prepared, as far as they can be.
    pub fn prepared(&self) {
        self.preparing.send_replace(false);
    }

    /// Waits until they are.
    pub async fn until_prepared(&self) {
        // It ends only with what it waits for.
        let _ = self.preparing.subscribe().wait_for(|is_preparing| !is_preparing).await;
    }

    /// The process was asked to stop: whoever watches shall send shoppers elsewhere, while those who come are served.
    pub fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub(crate) fn is_stopping(&self) -> bool {
        self.leaving.load(Ordering::Relaxed) || self.stop.is_cancelled()
    }

    /// Whether live revisions are still being prepared.
    pub(crate) fn is_preparing(&self) -> bool {
        *self.preparing.borrow()
    }
}
