//! Menus of groups.

use async_trait::async_trait;
use shop::access::Note;
use shop::group_menus::{GroupMenu, GroupMenuRow, GroupMenuStore};
use shop::{Slug, StoreError};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::PostgresStore;
use super::catalogue::WAIT_FOR_PRODUCT;
use super::query::{change_noted, note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::group_menus::*;

async fn keep(
    connection: &mut PgConnection,
    slug: &Slug,
    row: &GroupMenuRow,
    was: Option<&[String]>,
) -> sqlx::Result<bool> {
    query(WAIT_FOR_PRODUCT).bind(slug.as_str()).execute(&mut *connection).await?;
    let GroupMenuRow { menu, at, by } = row;
    let (attribute, group) = (&menu.attribute, menu.group.to_string());
    let kept = query_scalar::<String>(OPTIONS_OF_GROUP).bind(slug.as_str()).bind(attribute).bind(&group);
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
impl GroupMenuStore for PostgresStore {
    async fn group_menus(&self, slug: &Slug) -> Result<Vec<GroupMenuRow>, StoreError> {
        let rows = reading!(self.database, "find the menus of groups", |connection| {
            query_as::<GroupMenuRecord>(GROUP_MENUS).bind(slug.as_str()).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(GroupMenuRow::from).collect())
    }

    async fn all_group_menus(&self) -> Result<Vec<(Slug, GroupMenu)>, StoreError> {
        let rows = reading!(self.database, "find the menus of groups", |connection| {
            query_as::<GroupMenuOfRecord>(ALL_GROUP_MENUS).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Into::into).collect())
    }

    async fn keep_group_menu(
        &self,
        slug: &Slug,
        row: &GroupMenuRow,
        was: Option<&[String]>,
    ) -> Result<bool, StoreError> {
        writing!(self.database, "keep the menu of a group", |connection| {
            keep(connection, slug, row, was).await
        })
    }

    async fn remove_group_menu(
        &self,
        slug: &Slug,
        menu: &GroupMenu,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let (group, was, detail) = (menu.group.to_string(), options(&menu.options), detail(menu));
        let done = writing!(self.database, "remove the menu of a group", |connection| {
            let remove =
                query(REMOVE_GROUP_MENU).bind(slug.as_str()).bind(&menu.attribute).bind(&group).bind(&was);
            let note = Note { at, by, action: "remove group menu", subject: slug.as_str(), detail: &detail };
            change_noted(connection, remove, note).await
        });
        Ok(done? > 0)
    }
}
