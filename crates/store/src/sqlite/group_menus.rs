//! Menus of groups.

use async_trait::async_trait;
use shop::access::Note;
use shop::group_menus::{GroupMenu, GroupMenuRow, GroupMenuStore};
use shop::{Slug, StoreError};
use sqlx::{SqliteConnection, query, query_as, query_scalar};
use time::OffsetDateTime;

use super::{SqliteStore, note};
use crate::rows::{failed_to, milliseconds};
use crate::statements::group_menus::*;

async fn keep(
    connection: &mut SqliteConnection,
    slug: &Slug,
    row: &GroupMenuRow,
    was: Option<&[String]>,
) -> sqlx::Result<bool> {
    let GroupMenuRow { menu, at, by } = row;
    let (attribute, group) = (&menu.attribute, menu.group.to_string());
    let kept = query_scalar::<_, String>(OPTIONS_OF_GROUP).bind(slug.as_str()).bind(attribute).bind(&group);
    if kept.fetch_optional(&mut *connection).await? != was.map(options) {
        return Ok(false);
    }
    let keep = query(KEEP_GROUP_MENU).bind(slug.as_str()).bind(attribute).bind(&group);
    let keep = keep.bind(options(&menu.options)).bind(milliseconds(*at)).bind(by);
    keep.execute(&mut *connection).await?;
    let detail = detail(menu);
    let done = Note { at: *at, by, action: "keep group menu", subject: slug.as_str(), detail: &detail };
    note(connection, done).await?;
    Ok(true)
}

#[async_trait]
impl GroupMenuStore for SqliteStore {
    async fn group_menus(&self, slug: &Slug) -> Result<Vec<GroupMenuRow>, StoreError> {
        let rows = query_as::<_, GroupMenuRecord>(GROUP_MENUS).bind(slug.as_str()).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("find the menus of groups"))?;
        Ok(rows.into_iter().map(GroupMenuRow::from).collect())
    }

    async fn all_group_menus(&self) -> Result<Vec<(Slug, GroupMenu)>, StoreError> {
        let rows = query_as::<_, GroupMenuOfRecord>(ALL_GROUP_MENUS).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("find the menus of groups"))?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn keep_group_menu(
        &self,
        slug: &Slug,
        row: &GroupMenuRow,
        was: Option<&[String]>,
    ) -> Result<bool, StoreError> {
        let failed = failed_to("keep the menu of a group");
        let mut transaction = self.begin().await.map_err(failed)?;
        let done = keep(&mut transaction, slug, row, was).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done)
    }

    async fn remove_group_menu(
        &self,
        slug: &Slug,
        menu: &GroupMenu,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let (group, was, detail) = (menu.group.to_string(), options(&menu.options), detail(menu));
        let remove =
            query(REMOVE_GROUP_MENU).bind(slug.as_str()).bind(&menu.attribute).bind(&group).bind(&was);
        let note = Note { at, by, action: "remove group menu", subject: slug.as_str(), detail: &detail };
        Ok(self.change_noted("remove the menu of a group", remove, note).await? > 0)
    }
}
