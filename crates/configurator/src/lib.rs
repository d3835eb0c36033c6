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

pub mod analysis;
mod answers;
pub mod artifact;
mod attribute;
mod bytes;
mod calendar;
mod characters;
mod check;
mod codes;
mod colour;
pub mod completeness;
mod configured;
mod design;
mod enough;
#[cfg(feature = "file")]
pub mod file;
mod ids;
mod in_force;
mod kind;
mod known;
mod language_tag;
mod layout;
mod letters;
mod limits;
mod lower;
mod menu;
mod miss;
mod money;
pub mod needs;
mod places;
mod price;
mod product;
mod refute;
#[cfg(feature = "file")]
mod rename;
mod revision;
pub mod rule;
mod scores;
mod sold_out;
pub mod source;
mod stale;
mod stay;
mod successors;
mod terms;
mod test_designs;
mod text_place;
mod units;
mod validate;
mod value;

pub use answers::ServedBy;
pub use attribute::Attribute;
pub use calendar::Calendar;
pub use characters::{Characters, TextFault, is_hidden, line_fault, text_fault};
pub use check::{MOST_ENTRIES, Problem, percent};
pub use codes::ChoiceError;
pub use colour::Colour;
pub use configured::Configured;
pub use design::{Choices, Design, KEPT, RELEASED};
pub use engine::effort::{Patience, TooComplex};
pub use enough::Enough;
pub use ids::{AttributeId, OptionId, RuleId};
pub use kind::{Kind, Numbers, Opt, TextLimits};
pub use language_tag::usual_tag;
pub use letters::folded;
pub use menu::entries::{AttributeMenu, Menu, OptionMenu, Origin, State};
pub use menu::open_prices::OpenPrices;
pub use menu::reason::{Causes, NoCompletion, Obstacle, Reason};
pub use menu::repair::Repair;
pub use miss::{Measure, Miss};
pub use money::{Currency, Money};
pub use price::{Line, Quote};
pub use product::{
    Benefit, Budget, Drawing, Layer, NoReturn, Price, Product, ReadyMade, Rule, Step, Tier, Use, Uses,
};
#[cfg(feature = "file")]
pub use rename::RenameError;
pub use revision::{InvalidRevision, InvalidSlug, RevisionNumber, Slug};
pub use sold_out::SoldOutOption;
pub use source::StartPolicy;
pub use stay::Taken;
pub use successors::Succession;
pub use terms::Quantity;
pub use test_designs::{FailedTest, Failure};
pub use text_place::TextPlace;
pub use validate::Violation;
pub use value::{OptionSet, Value, ValueShape};
pub use words;
