//! The catalogue: products and their revisions.

pub(crate) mod bundle;
mod find_folders;
mod find_revision;
mod folder;
mod hidden_texts;
mod history;
mod list;
mod load;
pub(crate) mod low_price;
pub(crate) mod offer;
mod prepare;
pub(crate) mod prepared;
pub(crate) mod revision;
pub(crate) mod spoken;
pub(crate) mod store;
mod update;
mod withdraw;

pub use bundle::{Bundle, inspect};
pub use find_folders::{folders_at, product_folder, unfit_name};
#[cfg(test)]
pub(crate) use folder::as_written;
pub use folder::{PastOrders, read_folder};
pub use list::{Listing, ProductList, folded};
pub use load::{BrokenFolder, Loaded};
pub use offer::{Offer, Reasons, Withdrawal};
pub use prepared::{FORMAT, KeptArtifactError, ListingTexts, PackedArtifact, Prepared};
pub use revision::Revision;
pub use spoken::Spoken;
pub use store::{
    CatalogueStore, EndingPrices, ListQuery, ListingRow, NewProduct, ProductRow, RevisionInfo, RevisionRow,
};
pub use update::{Differing, Update, Updated};
pub use withdraw::LONGEST_REASON;
