//! Whole pages, each a pure function from data to an HTML document.

mod account;
pub mod admin;
mod away;
mod basket;
mod buyer;
mod compare;
mod defaults;
mod document;
mod information;
mod kept;
mod list;
mod needs;
mod offers;
mod order;
mod problem;
mod product;
mod replace;
mod snapshots;
#[cfg(debug_assertions)]
mod ui;

pub use account::{
    AccountPage, ConsentShown, DataPage, DataRow, OwnItem, SignInForm, account, account_data, account_erase,
    sign_in, sign_in_link,
};
pub use basket::{BasketLine, BasketPage, basket};
pub use buyer::{BuyerForm, FieldMessage};
pub use compare::{Cell, Column, ComparePage, Group, Row, compare};
pub use defaults::{DefaultShown, DefaultsPage, defaults};
pub use document::{Assets, LinkCard, Reader, Storefront};
pub use information::{Fact, Information, Section, information};
pub use kept::{DesignLink, design_link, design_link_part};
pub use list::{ListItem, ListPage, PAGE, SEARCHED, list};
pub use needs::{Kept, NeedsPage, Proposed, UseAsked, Way, Weighed, needs};
pub use offers::{OfferShown, OffersPage, offer_line, offers};
pub use order::{
    BASKET, OrderForm, PlacedOrder, QUANTITY, REPLACE, SHOWN, TogetherOrder, UPDATE, order_form, placed_order,
};
pub use problem::problem;
pub use product::{LeftDesign, MovedAlong, ProductPage, product};
pub use replace::{ReplacePage, replace, replace_part};
pub use snapshots::{Naming, Snapshot, SnapshotsPage, snapshots, snapshots_part};
#[cfg(debug_assertions)]
pub use ui::ui;
