//! How products begin, stand, are ordered and called.

use async_trait::async_trait;
use shop::access::Note;
use shop::drafts::{NewDraft, Way};
use shop::products::{ManagedRow, NewStanding, NewlyBegun, ProductStore, Standing, StandingRow, UsesRow};
use shop::{Slug, StoreError};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::PostgresStore;
use super::catalogue::{add_revision, wait_for_product};
use super::drafts::save;
use super::query::{Turn, note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::catalogue::Published;
use crate::statements::gate::END_PREVIEW;
use crate::statements::products::*;

const MANAGED_NAMES: &str = managed_names!("CAST(bundle AS json) #>> '{source,name}'");
const SOME_NAMES: &str = managed_names!(
    "CAST(bundle AS json) #>> '{source,name}'",
    "SELECT JSON_ARRAY_ELEMENTS_TEXT(CAST(CAST($1 AS text) AS json))"
);
const PRODUCT_USES: &str =
    product_uses!("CAST(bundle AS json) #>> '{source,name}'", "CAST(bundle AS json) #>> '{source,uses}'");

/// Adds a product that nobody sees, with its draft; `false` when its address is taken.
async fn begin(connection: &mut PgConnection, begun: &NewlyBegun) -> sqlx::Result<bool> {
    let NewlyBegun { slug, empty, hash, prepared, draft, at, by, from } = begun;
    let known = query_as::<StandingRecord>(STANDING).bind(slug.as_str());
    let known = known.fetch_optional(&mut *connection).await?;
    if known.as_ref().is_some_and(|known| !known.was_removed()) {
        return Ok(false);
    }
    if known.is_some() {
        query(END_PREVIEW).bind(slug.as_str()).execute(&mut *connection).await?;
        query(BEGIN_AGAIN).bind(slug.as_str()).execute(&mut *connection).await?;
    } else {
        query(BEGIN_PRODUCT).bind(slug.as_str()).execute(&mut *connection).await?;
        let revision = Published { slug, bundle: empty, hash, at: *at, by, note: "", prepared };
        add_revision(connection, revision).await?;
        let never = query(NEVER_OFFERED).bind(slug.as_str()).bind(milliseconds(*at)).bind(by);
        never.execute(&mut *connection).await?;
    }
    let way = Way::Stepped { undo_to: None, redo_to: None };
    let (bundle, by_whom) = (draft.clone(), by.clone());
    let what = String::new();
    let draft =
        NewDraft { slug: slug.clone(), version: 0, bundle, at: *at, by: by_whom, way, base: None, what };
    save(connection, &draft).await?;
    note(connection, Note { at: *at, by, action: "begin", subject: slug.as_str(), detail: from }).await?;
    Ok(true)
}

/// Changes how a product stands; `false` when it stands otherwise than was thought.
async fn stand(connection: &mut PgConnection, change: &NewStanding) -> sqlx::Result<bool> {
    let NewStanding { slug, was, becomes, at, by } = change;
    let done = query(CHANGE_STANDING).bind(slug.as_str()).bind(was.name()).bind(becomes.name());
    if done.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    if *becomes == Standing::Removed {
        query(END_PREVIEW).bind(slug.as_str()).execute(&mut *connection).await?;
    }
    let detail = format!("{was} to {becomes}");
    let done = Note { at: *at, by, action: "standing", subject: slug.as_str(), detail: &detail };
    note(connection, done).await?;
    Ok(true)
}

/// Moves a listed product among the listed ones; `false` when it is not listed.
async fn rearrange(
    connection: &mut PgConnection,
    slug: &Slug,
    place: u32,
    (by, at): (&str, OffsetDateTime),
) -> sqlx::Result<bool> {
    let rows = query_as::<PositionRecord>(POSITIONS).fetch_all(&mut *connection).await?;
    let Some(changed) = rearranged(&rows, slug, place) else { return Ok(false) };
    let positions = || changed.iter().map(|(_, position)| *position);
    if let (Some(first), Some(last)) = (positions().min(), positions().max()) {
        query(LEAVE_POSITIONS).bind(first).bind(last).execute(&mut *connection).await?;
        for (slug, position) in &changed {
            query(TAKE_POSITION).bind(slug).bind(position).execute(&mut *connection).await?;
        }
        let detail = format!("to place {place}");
        note(connection, Note { at, by, action: "order", subject: slug.as_str(), detail: &detail }).await?;
    }
    Ok(true)
}

/// The position of a product among all.
async fn position(connection: &mut PgConnection, slug: &str) -> sqlx::Result<Option<i64>> {
    query_scalar(POSITION).bind(slug).fetch_optional(connection).await
}

/// Gives a product another address; `false` when that can't be.
async fn readdress(
    connection: &mut PgConnection,
    slug: &Slug,
    to: &Slug,
    (by, at): (&str, OffsetDateTime),
) -> sqlx::Result<bool> {
    let (from, to) = (slug.as_str(), to.as_str());
    let Some(place) = position(&mut *connection, from).await? else { return Ok(false) };
    let had = query_as::<StandingRecord>(STANDING).bind(to).fetch_optional(&mut *connection).await?;
    let begin = match had {
        None => ADD_MOVED,
        Some(had) if had.moved_to() == Some(from) => TAKE_BACK,
        Some(_) => return Ok(false),
    };
    let copies = [begin, COPY_REVISIONS, COPY_LISTINGS];
    for statement in MAKE_ROOM.into_iter().chain(copies).chain(FOLLOWING).chain([MOVED]) {
        query(statement).bind(from).bind(to).execute(&mut *connection).await?;
    }
    let other = position(&mut *connection, to).await?;
    for (slug, position) in [(from, 0), (to, place), (from, other.unwrap_or_default())] {
        query(TAKE_POSITION).bind(slug).bind(position).execute(&mut *connection).await?;
    }
    let detail = format!("from {from}");
    note(connection, Note { at, by, action: "address", subject: to, detail: &detail }).await?;
    Ok(true)
}

#[async_trait]
impl ProductStore for PostgresStore {
    async fn standing(&self, slug: &Slug) -> Result<Option<StandingRow>, StoreError> {
        let row = reading!(self.database, "find a product", |connection| {
            query_as::<StandingRecord>(STANDING).bind(slug.as_str()).fetch_optional(connection).await
        });
        row?.map(StandingRow::try_from).transpose()
    }

    async fn managed(&self, format: u8, offset: u32, limit: u32) -> Result<Vec<ManagedRow>, StoreError> {
        let rows = reading!(self.database, "list all products", |connection| {
            let query = query_as::<ManagedRecord>(MANAGED).bind(i64::from(format));
            query.bind(i64::from(limit)).bind(i64::from(offset)).fetch_all(connection).await
        });
        rows?.into_iter().map(ManagedRow::try_from).collect()
    }

    async fn managed_names(&self) -> Result<Vec<(Slug, Option<String>)>, StoreError> {
        let rows = reading!(self.database, "list the names of all products", |connection| {
            query_as::<NameRecord>(MANAGED_NAMES).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(|row| (row.slug, row.name)).collect())
    }

    async fn names_of(&self, slugs: &[Slug]) -> Result<Vec<(Slug, Option<String>)>, StoreError> {
        let slugs = slugs_as_json(slugs);
        let rows = reading!(self.database, "list the names of products", |connection| {
            query_as::<NameRecord>(SOME_NAMES).bind(slugs.as_str()).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(|row| (row.slug, row.name)).collect())
    }

    async fn product_uses(&self) -> Result<Vec<UsesRow>, StoreError> {
        let rows = reading!(self.database, "list what products ask about use", |connection| {
            query_as::<UsesRecord>(PRODUCT_USES).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(UsesRow::from).collect())
    }

    async fn count_managed(&self) -> Result<u32, StoreError> {
        let count = reading!(self.database, "count all products", |connection| {
            query_scalar::<i64>(COUNT_MANAGED).fetch_one(connection).await
        });
        Ok(u32::try_from(count?).unwrap_or(u32::MAX))
    }

    async fn place(&self, slug: &Slug) -> Result<Option<u32>, StoreError> {
        let place = reading!(self.database, "find a product's place", |connection| {
            query_scalar::<i64>(PLACE).bind(slug.as_str()).fetch_one(connection).await
        });
        Ok(u32::try_from(place?).ok().filter(|place| *place > 0))
    }

    async fn begin_product(&self, begun: &NewlyBegun) -> Result<bool, StoreError> {
        writing!(self.database, "begin a product", |connection| {
            Turn::Products.wait(connection).await?;
            wait_for_product(connection, &begun.slug).await?;
            begin(connection, begun).await
        })
    }

    async fn change_standing(&self, change: &NewStanding) -> Result<bool, StoreError> {
        writing!(self.database, "change how a product stands", |connection| {
            wait_for_product(connection, &change.slug).await?;
            stand(connection, change).await
        })
    }

    async fn move_product(
        &self,
        slug: &Slug,
        place: u32,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        writing!(self.database, "order the products", |connection| {
            Turn::Products.wait(connection).await?;
            rearrange(connection, slug, place, (by, at)).await
        })
    }

    async fn change_address(
        &self,
        slug: &Slug,
        to: &Slug,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        writing!(self.database, "change a product's address", |connection| {
            Turn::Products.wait(connection).await?;
            wait_for_product(connection, slug).await?;
            readdress(connection, slug, to, (by, at)).await
        })
    }
}
