//! Choosing what a group is shown first, and looking at what was chosen.

use std::sync::Arc;

use configurator::{Attribute, AttributeId, OptionId, Slug};
use personalize::Asker;
use personalize::asker::Group as LearntGroup;
use personalize::first_options::ShortMenus;

use super::group::Group;
use super::store::{GroupMenu, GroupMenuRow};
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::shop::Shop;

/// Fewest options of a menu that is worth shortening.
pub const LEAST_OPTIONS: usize = 5;

/// Why a menu is not kept.
#[derive(Debug, thiserror::Error)]
pub enum GroupMenuError {
    /// The live revision has no such menu, or a shorter one.
    #[error(
        "the product that is on sale has no menu '{attribute}' of five options or more; choose another one"
    )]
    NoMenu {
        /// What came for the attribute's code.
        attribute: String,
    },
    /// There is no such use of the product, segment or campaign link to it.
    #[error("there is no group '{group}'; choose another one")]
    NoGroup {
        /// The group.
        group: Group,
    },
    /// Nothing was chosen, or everything.
    #[error("choose one option at least, and not all {count}")]
    Count {
        /// How many there are.
        count: usize,
    },
    /// Somebody changed it meanwhile.
    #[error("this menu was changed meanwhile; look at it again")]
    Changed,
    /// The shop is busy, or the store failed.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

/// How many a group are, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// So many orders, of which so many are examples, stated the use.
    Orders(u64, u64),
    /// So many customers are in the segment.
    Customers(u64),
    /// The link was opened so often.
    Opened(u64),
}

/// A group menu with what is to be told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuOfGroup {
    /// As it is kept.
    pub row: GroupMenuRow,
    /// The attribute, and those of its options that are shown first; nothing where the live revision has no such menu.
    pub shown: Option<(AttributeId, Vec<OptionId>)>,
    /// Codes of options that the live revision does not have.
    pub gone: Vec<String>,
    /// How many the group are; nothing where there is no such group any more.
    pub size: Option<Size>,
}

/// Whether some of an attribute's options may be shown first.
pub(super) fn has_menu(attribute: &Attribute) -> bool {
    !attribute.locked && attribute.option_ids().count() >= LEAST_OPTIONS
}

/// Those of an attribute's options with these codes, in the order of the menu.
pub(super) fn known(attribute: &Attribute, codes: &[String]) -> Vec<OptionId> {
    attribute.option_ids().filter(|(_, option)| codes.contains(&option.code)).map(|(id, _)| id).collect()
}

impl Shop {
    /// Attributes of a revision of whose options some may be shown first.
    #[must_use]
    pub fn menus_to_shorten(revision: &Revision) -> Vec<AttributeId> {
        revision.product.ids().filter(|(_, attribute)| has_menu(attribute)).map(|(id, _)| id).collect()
    }

    /// The groups that a menu of a product may be for, with how many they are: campaign links to it that have not ended, segments, its uses.
    ///
    /// # Errors
    /// The store failed.
    pub async fn groups(&self, revision: &Arc<Revision>) -> Result<Vec<(Group, Size)>, ShopError> {
        let mut groups = Vec::new();
        for (campaign, days) in self.campaigns().await? {
            if campaign.slug == revision.slug && campaign.ended_at.is_none() {
                let opened = days.iter().map(|day| u64::from(day.opened)).sum();
                groups.push((Group::Campaign(campaign.code), Size::Opened(opened)));
            }
        }
        for (segment, count) in self.segments().await? {
            groups.push((Group::Segment(segment.name), Size::Customers(count)));
        }
        let past = self.store.past_designs(&revision.slug).await?;
        for answer in revision.product.uses.iter().flat_map(|uses| &uses.answers) {
            let of_use = past.iter().filter(|row| row.stated_use.as_deref() == Some(&*answer.code));
            let (orders, examples) = of_use.fold((0, 0), |(orders, examples), row| {
                (orders + u64::from(row.count), examples + u64::from(row.synthetic))
            });
            groups.push((Group::Use(answer.code.clone()), Size::Orders(orders, examples)));
        }
        Ok(groups)
    }

    /// The menus of groups of a product, against its live revision.
    ///
    /// # Errors
    /// As [`Shop::published`].
    pub async fn menus_of_groups(&self, revision: &Arc<Revision>) -> Result<Vec<MenuOfGroup>, ShopError> {
        let groups = self.groups(revision).await?;
        let rows = self.store.group_menus(&revision.slug).await?;
        let told = |row: GroupMenuRow| {
            let size = groups.iter().find(|(group, _)| *group == row.menu.group).map(|(_, size)| *size);
            let at = revision.product.by_code(&row.menu.attribute);
            let at = at.filter(|id| has_menu(revision.product.attribute(*id)));
            let shown = at.map(|id| (id, known(revision.product.attribute(id), &row.menu.options)));
            let has = |code: &&String| {
                at.is_some_and(|id| revision.product.attribute(id).option_by_code(code).is_some())
            };
            let gone = row.menu.options.iter().filter(|code| !has(code)).cloned().collect();
            MenuOfGroup { shown, gone, size, row }
        };
        Ok(rows.into_iter().map(told).collect())
    }

    /// What those who stated a use have most of a menu, as a proposal for what they are shown first; empty where too little is learnt.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn likely_options(
        &self,
        revision: &Arc<Revision>,
        stated_use: &str,
        attribute: AttributeId,
        menus: ShortMenus,
    ) -> Result<Vec<OptionId>, ShopError> {
        let Some(model) = self.model(revision).await? else { return Ok(Vec::new()) };
        let (revision, stated_use) = (Arc::clone(revision), stated_use.to_owned());
        let work = move || {
            let (product, none) = (&revision.product, configurator::Choices::new());
            let most = menus.most.min(product.attribute(attribute).option_ids().count() / 2);
            let (nobody, stated_use) = (Asker::default(), Some(stated_use.as_str()));
            let likely = model.learnt.first_options(product, stated_use, &nobody, &none, attribute, most);
            let own = likely.filter(|(_, group, _)| matches!(group, LearntGroup::Use(_)));
            own.map(|(options, ..)| options).unwrap_or_default()
        };
        self.executor.run(work).await
    }

    /// Keeps what a group is shown first of a menu of the live revision. `was` are the options that it had when somebody looked.
    ///
    /// # Errors
    /// See [`GroupMenuError`].
    pub async fn keep_group_menu(
        &self,
        slug: &Slug,
        menu: GroupMenu,
        was: Option<&[String]>,
        by: &str,
    ) -> Result<(), GroupMenuError> {
        let revision = self.published(slug).await?;
        let id = revision.product.by_code(&menu.attribute);
        let id = id.filter(|id| has_menu(revision.product.attribute(*id)));
        let Some(attribute) = id.map(|id| revision.product.attribute(id)) else {
            return Err(GroupMenuError::NoMenu { attribute: menu.attribute });
        };
        if self.groups(&revision).await?.iter().all(|(group, _)| *group != menu.group) {
            return Err(GroupMenuError::NoGroup { group: menu.group });
        }
        let (chosen, count) = (known(attribute, &menu.options), attribute.option_ids().count());
        if chosen.is_empty() || chosen.len() == count {
            return Err(GroupMenuError::Count { count });
        }
        let options = chosen.into_iter().map(|option| attribute.option(option).code.clone()).collect();
        let menu = GroupMenu { options, ..menu };
        let row = GroupMenuRow { menu, at: self.now(), by: by.to_owned() };
        let kept = self.store.keep_group_menu(slug, &row, was).await.map_err(ShopError::from)?;
        self.lately_group_menus.forget();
        if kept { Ok(()) } else { Err(GroupMenuError::Changed) }
    }

    /// Forgets a group's menu.
    ///
    /// # Errors
    /// [`GroupMenuError::Changed`] where it isn't this menu any more, or the store failed.
    pub async fn remove_group_menu(
        &self,
        slug: &Slug,
        menu: &GroupMenu,
        by: &str,
    ) -> Result<(), GroupMenuError> {
        let done = self.store.remove_group_menu(slug, menu, by, self.now()).await.map_err(ShopError::from)?;
        self.lately_group_menus.forget();
        if done { Ok(()) } else { Err(GroupMenuError::Changed) }
    }
}
