//! What group menus ask of the store.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use configurator::Slug;
use time::OffsetDateTime;

use super::group::Group;
use crate::store_error::StoreError;

/// Options that a group is shown first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMenu {
    /// Code of the attribute.
    pub attribute: String,
    /// The group.
    pub group: Group,
    /// Codes of the options, in the order of the product's menu when they were chosen.
    pub options: Vec<String>,
}

/// Group menus, by product.
pub(crate) type GroupMenus = HashMap<Slug, Arc<[GroupMenu]>>;

/// A group menu, with who kept it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupMenuRow {
    /// The menu.
    pub menu: GroupMenu,
    /// When it was kept.
    pub at: OffsetDateTime,
    /// Who kept it.
    pub by: String,
}

/// Menus of groups, beside products.
#[async_trait]
pub trait GroupMenuStore: Send + Sync {
    /// The menus of a product, by attribute and group.
    async fn group_menus(&self, slug: &Slug) -> Result<Vec<GroupMenuRow>, StoreError>;
    /// The menus of all products.
    async fn all_group_menus(&self) -> Result<Vec<(Slug, GroupMenu)>, StoreError>;
    /// Keeps a menu, in place of the one of that attribute and group, and notes it in the audit; `false`, and nothing written, where that
    /// one does not have the options of `was`: nothing stands for no such menu.
    async fn keep_group_menu(
        &self,
        slug: &Slug,
        row: &GroupMenuRow,
        was: Option<&[String]>,
    ) -> Result<bool, StoreError>;
    /// Forgets a menu and notes it in the audit; `false`, and nothing done, where there is none or it has other options by now.
    async fn remove_group_menu(
        &self,
        slug: &Slug,
        menu: &GroupMenu,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError>;
}
