//! What the shop is handed instead of reaching for it.

use time::OffsetDateTime;

/// Clock and randomness, handed in.
pub trait Environment: Send + Sync {
    /// The time.
    fn now(&self) -> OffsetDateTime;
    /// Fills from the operating system's generator.
    fn random(&self, bytes: &mut [u8]);
}
