//! Menus of groups, as they lie in the database.

use shop::Slug;
use shop::group_menus::{Group, GroupMenu, GroupMenuRow};
use sqlx::FromRow;

use crate::rows::Moment;

pub(crate) const GROUP_MENUS: &str = "\
    SELECT attribute, audience, options, kept_at, kept_by FROM group_menus WHERE slug = $1
    ORDER BY attribute, audience";
pub(crate) const ALL_GROUP_MENUS: &str = "\
    SELECT slug, attribute, audience, options, kept_at, kept_by FROM group_menus
    ORDER BY slug, attribute, audience";
pub(crate) const OPTIONS_OF_GROUP: &str =
    "SELECT options FROM group_menus WHERE slug = $1 AND attribute = $2 AND audience = $3";
pub(crate) const KEEP_GROUP_MENU: &str = "\
    INSERT INTO group_menus (slug, attribute, audience, options, kept_at, kept_by) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (slug, attribute, audience)
    DO UPDATE SET options = EXCLUDED.options, kept_at = EXCLUDED.kept_at, kept_by = EXCLUDED.kept_by";
pub(crate) const REMOVE_GROUP_MENU: &str =
    "DELETE FROM group_menus WHERE slug = $1 AND attribute = $2 AND audience = $3 AND options = $4";

#[derive(FromRow)]
pub(crate) struct GroupMenuRecord {
    attribute: String,
    #[sqlx(try_from = "String")]
    audience: Group,
    options: String,
    #[sqlx(try_from = "i64")]
    kept_at: Moment,
    kept_by: String,
}

#[derive(FromRow)]
pub(crate) struct GroupMenuOfRecord {
    #[sqlx(try_from = "String")]
    slug: Slug,
    #[sqlx(flatten)]
    row: GroupMenuRecord,
}

impl From<GroupMenuOfRecord> for (Slug, GroupMenu) {
    fn from(GroupMenuOfRecord { slug, row }: GroupMenuOfRecord) -> Self {
        (slug, GroupMenuRow::from(row).menu)
    }
}

impl From<GroupMenuRecord> for GroupMenuRow {
    fn from(row: GroupMenuRecord) -> Self {
        let options = row.options.split(',').map(str::to_owned).collect();
        let menu = GroupMenu { attribute: row.attribute, group: row.audience, options };
        Self { menu, at: row.kept_at.0, by: row.kept_by }
    }
}

/// Options as they are kept.
pub(crate) fn options(codes: &[String]) -> String {
    codes.join(",")
}

/// What the audit says of a menu: `colour for use:touring: red,blue`.
pub(crate) fn detail(menu: &GroupMenu) -> String {
    format!("{} for {}: {}", menu.attribute, menu.group, options(&menu.options))
}
