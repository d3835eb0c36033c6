//! The web server: translates between HTTP and the use cases in `shop`. The binary `atelier` runs it.

// Views are deeply nested types.
#![recursion_limit = "512"]

mod after_order;
pub mod environment;
pub mod handles;
pub mod http;
pub mod mail;
pub mod metrics;
pub mod readiness;
mod roles;
pub mod settings;
