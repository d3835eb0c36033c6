//! Models of variables with finitely many values, and exact answers to the questions a configurator asks of them.
#![doc = include_str!("../README.md")]

pub mod bytes;
pub mod cnf;
pub mod compile;
mod conflict;
pub mod diagram;
pub mod effort;
mod facade;
pub mod model;
pub mod names;
pub mod objective;
pub mod pass;
pub mod solver;

pub use diagram::Diagram;
pub use facade::{Best, Change, Chosen, Engine, UnfitDiagram};
pub use model::Model;
pub use solver::Solver;
