//! The real clock and the operating system's randomness.

use shop::Environment;
use time::OffsetDateTime;

/// The machine the shop runs on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Machine;

impl Environment for Machine {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }

    fn random(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            // Without randomness no secret can be made; going on would hand out predictable ones.
            tracing::error!(%error, "the operating system gives no randomness");
            std::process::abort();
        }
    }
}
