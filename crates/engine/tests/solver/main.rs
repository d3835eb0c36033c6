//! The clauses of random models, and the solver that answers for them, judged by trying everything.
//!
//! `PROPTEST_CASES=20000 cargo test -p engine --test solver` looks longer.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod clauses;
#[cfg(test)]
mod walks;
