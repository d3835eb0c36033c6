//! What people see. Pages are pure functions from data to HTML, rendered on the server and complete without a script;
//! the [`configurator`] is the one component that also lives in the browser, where it answers every click itself.

// Views are deeply nested types.
#![recursion_limit = "512"]

pub mod address;
pub mod configurator;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod paths;
pub mod state;
pub mod terms;
pub mod ui;
