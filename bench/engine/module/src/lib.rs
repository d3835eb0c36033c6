//! The engine as a module of its own: the same answers natively and in WebAssembly, to compare and to measure the two.
//!
//! Nothing of the shop uses it. `make test-wasm` compares, `make bench-engine` measures.

#[cfg(feature = "models")]
mod answers;
#[cfg(all(feature = "models", target_arch = "wasm32"))]
mod browser;
#[cfg(not(feature = "models"))]
mod page;
#[cfg(feature = "models")]
mod random;
#[cfg(feature = "models")]
mod session;
#[cfg(feature = "models")]
mod shopper;

#[cfg(feature = "models")]
pub use session::Session;
#[cfg(feature = "models")]
pub use shopper::Shopper;
