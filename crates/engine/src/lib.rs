//! Finite-domain models, and exact answers to the questions a configurator asks of them: what is possible beside what was
//! chosen, what it costs at least and at most, how many ways lead on, which is best, and why not.
//!
//! A [`Model`] has variables with values and prices, constraints between them, and prices that depend on several. An
//! [`Engine`] compiles it into a [`Diagram`]; every question is then one pass over that, or a handful:
//!
//! ```
//! use engine::compile::Limits;
//! use engine::model::{ConstraintKind, Formula, Model, ValueId, Variable};
//! use engine::Engine;
//!
//! let mut model = Model::default();
//! let wheel = model.add_variable(Variable::new("wheel", vec!["20″".to_owned(), "26″".to_owned()]));
//! let bag = model.add_variable(Variable::boolean("bag".to_owned()));
//! let small = Formula::In(wheel, vec![ValueId(0)]);
//! let no_bag = Formula::In(bag, vec![ValueId(0)]);
//! model.add_constraint("small wheels carry no bag", ConstraintKind::Formula(Formula::Or(vec![small.negated(), no_bag])));
//!
//! let engine = Engine::new(model, Limits::default())?;
//! assert_eq!(engine.count(&[None, None]), 3);
//! let conflict = engine.conflict(&[(bag, ValueId(1))], (wheel, ValueId(0)));
//! assert_eq!(conflict, Some(vec![(bag, ValueId(1))]));
//! # Ok::<(), engine::compile::TooLarge>(())
//! ```
//!
//! A model that is too large for a diagram is answered by a [`Solver`], which tells the same and says where it tells less.
//!
//! Pure: no input or output, no clock, no randomness. Equal questions get equal answers on every machine.

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
