//! The clauses of random models, and the solver that answers for them, judged by trying everything.
//!
//! `PROPTEST_CASES=20000 cargo test -p configurator --test solver` looks longer.

#[cfg(test)]
mod clauses;
#[cfg(test)]
mod fallback;
#[cfg(test)]
#[path = "../models/mod.rs"]
mod models;
#[cfg(test)]
mod walks;
