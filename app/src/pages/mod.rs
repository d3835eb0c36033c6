//! Whole pages, each a pure function from data to an HTML document.

pub mod admin;
mod away;
mod document;
mod kept;
mod list;
mod order;
mod problem;
mod product;
#[cfg(debug_assertions)]
mod ui;

pub use document::{Assets, LinkCard, Reader};
pub use kept::{DesignLink, design_link, design_link_part};
pub use list::{ListItem, ListPage, PAGE, SEARCHED, list};
pub use order::{FieldMessage, OrderForm, PlacedOrder, order_form, placed_order};
pub use problem::problem;
pub use product::{LeftDesign, ProductPage, product};
#[cfg(debug_assertions)]
pub use ui::ui;
