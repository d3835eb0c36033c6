//! Which options of a menu a group of shoppers is shown first, as merchandisers chose. It lies beside the products: groups are the
//! shop's, come and go without publishing, and mean nothing in another shop that loads the same product file.

mod group;
mod keep;
mod lately;
mod shown;
pub(crate) mod store;

pub use group::{Group, InvalidGroup};
pub use keep::{GroupMenuError, LEAST_OPTIONS, MenuOfGroup, Size};
pub use shown::{Because, ShownFirst, ShownMenu, Visit};
pub use store::{GroupMenu, GroupMenuRow, GroupMenuStore};
