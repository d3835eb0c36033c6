//! Decides what is valid, what it costs and why not, for products that are made to order: the same code in the browser
//! and on the server.
//!
//! A [`source::Source`] is a product as people write it. [`Product::check`] turns it into a [`Product`] or into every
//! [`Problem`] it has. For the [`Choices`] a shopper made over a default [`Design`], [`Product::menu`] says which
//! options are available, chosen, implied or blocked, and why; [`Product::complete`] fills in the rest;
//! [`Product::repair`] finds the way to a blocked option; [`Product::quote`] itemises the price and
//! [`Product::validate`] judges a complete design.
//!
//! Pure: no input or output, no clock, no randomness. Equal questions get equal answers everywhere.

pub mod artifact;
mod blame;
mod check;
pub mod cnf;
mod columns;
pub mod compile;
mod compiled;
mod conflict;
mod decision;
mod design;
pub mod diagram;
pub mod dnnf;
pub mod engine;
#[cfg(feature = "file")]
pub mod file;
#[cfg(feature = "import")]
pub mod import;
mod interchange;
mod known;
mod lower;
mod menu;
pub mod model;
mod money;
mod nearest;
pub mod objective;
pub mod optimum;
mod order;
pub mod pass;
mod places;
mod price;
mod product;
mod revision;
pub mod rule;
mod search;
mod sift;
mod solved;
pub mod solver;
pub mod source;
mod validate;
mod words;

pub use check::Problem;
pub use design::{ChoiceError, Choices, Design, OptionSet, Value};
pub use menu::{
    AttributeMenu, Menu, NoCompletion, Obstacle, OptionMenu, Origin, Reason, Repair, ServedBy, State,
};
pub use money::{Currency, Money};
pub use price::{Line, Quote};
pub use product::{
    Attribute, AttributeId, Budget, Characters, Colour, Drawing, Kind, Layer, Opt, OptionId, Price, Product,
    Rule, RuleId, Step, Use, Uses,
};
pub use revision::{InvalidRevision, InvalidSlug, RevisionNumber, Slug};
pub use search::TooComplex;
pub use validate::Violation;

// The random models of the tests speak of the crate as others do.
#[cfg(test)]
extern crate self as configurator;
#[cfg(test)]
#[path = "../tests/models/mod.rs"]
mod models;
