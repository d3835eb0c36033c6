//! The group menus of all products, asked of the store once a second at most.

use std::collections::HashMap;
use std::sync::Arc;

use configurator::Slug;

use super::store::{GroupMenu, GroupMenus};
use crate::error::ShopError;
use crate::shop::Shop;

impl Shop {
    /// A product's group menus, at most a second old where another shop on the same database changed them.
    pub(super) async fn group_menus_lately(&self, slug: &Slug) -> Result<Arc<[GroupMenu]>, ShopError> {
        let ask = self.by_product();
        let all = self.lately_group_menus.get_or_ask(self.environment.as_ref(), ask).await?;
        Ok(all.get(slug).cloned().unwrap_or_default())
    }

    async fn by_product(&self) -> Result<GroupMenus, ShopError> {
        let mut by_product = HashMap::<Slug, Vec<GroupMenu>>::new();
        for (slug, menu) in self.store.all_group_menus().await? {
            by_product.entry(slug).or_default().push(menu);
        }
        Ok(by_product.into_iter().map(|(slug, menus)| (slug, menus.into())).collect())
    }
}
