//! The use cases of the shop, one folder for each capability: the catalogue, designs, orders, drafts, the life of products, access to
//! the admin, and learning from orders. Knows no HTTP, no screen and no SQL. What is valid and what it costs is decided by
//! `configurator` alone; no price from outside is read.
//!
//! [`Shop`] is the way in. It works on any [`Store`], and gets its clock and randomness from an [`Environment`]. Each
//! capability says in a trait of its own what it asks of the store.

pub mod access;
pub mod campaigns;
pub mod catalogue;
mod client;
pub mod customers;
pub mod designs;
pub mod drafts;
mod environment;
mod error;
mod executor;
pub mod experiments;
pub mod group_menus;
pub mod insight;
mod lately;
pub mod learning;
pub mod mail;
pub mod orders;
pub mod products;
pub mod releases;
mod secret;
pub mod segments;
mod shares;
mod shop;
pub mod shop_file;
mod short_text;
pub mod stock;
mod store;
mod store_error;

pub use access::{AdminError, Administrator, Entered, LogInLimits, Visitor};
pub use catalogue::{
    BrokenFolder, Bundle, Differing, Listing, Loaded, Offer, PastOrders, ProductList, Revision, RevisionInfo,
    Spoken, Update, Updated, folded, folders_at, inspect, product_folder, read_folder, unfit_name,
};
pub use client::{Client, for_client};
pub use configurator::{InvalidRevision, RevisionNumber, Slug};
pub use customers::{SignInError, SignInLimits};
pub use designs::{
    Advice, Asked, Changed, Consent, DesignAddress, DesignError, Keeping, KeptDesign, Notice, Opened,
    PriceChange, Proposal, Repairs,
};
pub use drafts::{
    Agreed, Analysis, ArchiveError, Draft, DraftEdit, DraftState, EditError, Effect, FieldControl, FormField,
    Hold, Look, Loss, MOST_BYTES as MOST_ARCHIVE_BYTES, Outcome, PriceOf, Replay, Repriced, Section, Step,
    Tally, UnreadableField, changes, form_fields,
};
pub use environment::Environment;
pub use error::ShopError;
pub use executor::{Executor, Load};
pub use orders::{
    BasketError, BasketLine, BasketOrder, Buyer, DeskError, FieldError, FieldProblem, OpenedOrder, Order,
    OrderContent, OrderError, OrderInHand, OrderNumber, OrderRequest, OrderState, OrderedLine, OrderedValue,
    Progress, Receipt, ValueOrigin, normal_email,
};
pub use personalize::{Asker, Start};
pub use products::Standing;
pub use shop::Shop;
pub use shop_file::{LocalTimeError, Profile, ProfileText, Topic, check_shop_file, read_shop_file};
pub use store::{DatabaseStore, Store};
pub use store_error::StoreError;
