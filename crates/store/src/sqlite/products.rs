//! How products begin, stand, are ordered and called.

use async_trait::async_trait;
use shop::access::Note;
use shop::drafts::{NewDraft, Way};
use shop::products::{ManagedRow, NewStanding, NewlyBegun, ProductStore, Standing, StandingRow, UsesRow};
use shop::{Slug, StoreError};
use sqlx::SqliteConnection;
use time::OffsetDateTime;

use super::catalogue::add_revision;
use super::drafts::save;
use super::{SqliteStore, note};
use crate::rows::{failed_to, milliseconds};
use crate::statements::catalogue::Published;
use crate::statements::gate::END_PREVIEW;
use crate::statements::products::*;

const MANAGED_NAMES: &str = managed_names!("json_extract(bundle, '$.source.name')");
const SOME_NAMES: &str =
    managed_names!("json_extract(bundle, '$.source.name')", "SELECT value FROM JSON_EACH($1)");
const PRODUCT_USES: &str =
    product_uses!("json_extract(bundle, '$.source.name')", "json_extract(bundle, '$.source.uses')");

/// Adds a product that nobody sees, with its draft; `false` when its address is taken.
async fn begin(connection: &mut SqliteConnection, begun: &NewlyBegun) -> sqlx::Result<bool> {
    let NewlyBegun { slug, empty, hash, prepared, draft, at, by, from } = begun;
    let known = sqlx::query_as::<_, StandingRecord>(STANDING).bind(slug.as_str());
    let known = known.fetch_optional(&mut *connection).await?;
    if known.as_ref().is_some_and(|known| !known.was_removed()) {
        return Ok(false);
    }
    if known.is_some() {
        sqlx::query(END_PREVIEW).bind(slug.as_str()).execute(&mut *connection).await?;
        sqlx::query(BEGIN_AGAIN).bind(slug.as_str()).execute(&mut *connection).await?;
    } else {
        sqlx::query(BEGIN_PRODUCT).bind(slug.as_str()).execute(&mut *connection).await?;
        let revision = Published { slug, bundle: empty, hash, at: *at, by, note: "", prepared };
        add_revision(connection, revision).await?;
        let never = sqlx::query(NEVER_OFFERED).bind(slug.as_str()).bind(milliseconds(*at)).bind(by);
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
async fn stand(connection: &mut SqliteConnection, change: &NewStanding) -> sqlx::Result<bool> {
    let NewStanding { slug, was, becomes, at, by } = change;
    let done = sqlx::query(CHANGE_STANDING).bind(slug.as_str()).bind(was.name()).bind(becomes.name());
    if done.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    if *becomes == Standing::Removed {
        sqlx::query(END_PREVIEW).bind(slug.as_str()).execute(&mut *connection).await?;
    }
    let detail = format!("{was} to {becomes}");
    let done = Note { at: *at, by, action: "standing", subject: slug.as_str(), detail: &detail };
    note(connection, done).await?;
    Ok(true)
}

/// Moves a listed product among the listed ones; `false` when it is not listed.
async fn rearrange(
    connection: &mut SqliteConnection,
    slug: &Slug,
    place: u32,
    (by, at): (&str, OffsetDateTime),
) -> sqlx::Result<bool> {
    let rows = sqlx::query_as::<_, PositionRecord>(POSITIONS).fetch_all(&mut *connection).await?;
    let Some(changed) = rearranged(&rows, slug, place) else { return Ok(false) };
    let positions = || changed.iter().map(|(_, position)| *position);
    if let (Some(first), Some(last)) = (positions().min(), positions().max()) {
        sqlx::query(LEAVE_POSITIONS).bind(first).bind(last).execute(&mut *connection).await?;
        for (slug, position) in &changed {
            sqlx::query(TAKE_POSITION).bind(slug).bind(position).execute(&mut *connection).await?;
        }
        let detail = format!("to place {place}");
        note(connection, Note { at, by, action: "order", subject: slug.as_str(), detail: &detail }).await?;
    }
    Ok(true)
}

/// The position of a product among all.
async fn position(connection: &mut SqliteConnection, slug: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar(POSITION).bind(slug).fetch_optional(connection).await
}

/// Gives a product another address; `false` when that can't be.
async fn readdress(
    connection: &mut SqliteConnection,
    slug: &Slug,
    to: &Slug,
    (by, at): (&str, OffsetDateTime),
) -> sqlx::Result<bool> {
    let (from, to) = (slug.as_str(), to.as_str());
    let Some(place) = position(&mut *connection, from).await? else { return Ok(false) };
    let had = sqlx::query_as::<_, StandingRecord>(STANDING).bind(to).fetch_optional(&mut *connection).await?;
    let begin = match had {
        None => ADD_MOVED,
        Some(had) if had.moved_to() == Some(from) => TAKE_BACK,
        Some(_) => return Ok(false),
    };
    let copies = [begin, COPY_REVISIONS, COPY_LISTINGS];
    for statement in MAKE_ROOM.into_iter().chain(copies).chain(FOLLOWING).chain([MOVED]) {
        sqlx::query(statement).bind(from).bind(to).execute(&mut *connection).await?;
    }
    let other = position(&mut *connection, to).await?;
    for (slug, position) in [(from, 0), (to, place), (from, other.unwrap_or_default())] {
        sqlx::query(TAKE_POSITION).bind(slug).bind(position).execute(&mut *connection).await?;
    }
    let detail = format!("from {from}");
    note(connection, Note { at, by, action: "address", subject: to, detail: &detail }).await?;
    Ok(true)
}

#[async_trait]
impl ProductStore for SqliteStore {
    async fn standing(&self, slug: &Slug) -> Result<Option<StandingRow>, StoreError> {
        let query = sqlx::query_as::<_, StandingRecord>(STANDING).bind(slug.as_str());
        let row = query.fetch_optional(&self.readers).await.map_err(failed_to("find a product"))?;
        row.map(StandingRow::try_from).transpose()
    }

    async fn managed(&self, format: u8, offset: u32, limit: u32) -> Result<Vec<ManagedRow>, StoreError> {
        let query = sqlx::query_as::<_, ManagedRecord>(MANAGED).bind(format).bind(limit).bind(offset);
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("list all products"))?;
        rows.into_iter().map(ManagedRow::try_from).collect()
    }

    async fn managed_names(&self) -> Result<Vec<(Slug, Option<String>)>, StoreError> {
        let query = sqlx::query_as::<_, NameRecord>(MANAGED_NAMES).fetch_all(&self.readers);
        let rows = query.await.map_err(failed_to("list the names of all products"))?;
        Ok(rows.into_iter().map(|row| (row.slug, row.name)).collect())
    }

    async fn names_of(&self, slugs: &[Slug]) -> Result<Vec<(Slug, Option<String>)>, StoreError> {
        let query = sqlx::query_as::<_, NameRecord>(SOME_NAMES).bind(slugs_as_json(slugs));
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("list the names of products"))?;
        Ok(rows.into_iter().map(|row| (row.slug, row.name)).collect())
    }

    async fn product_uses(&self) -> Result<Vec<UsesRow>, StoreError> {
        let query = sqlx::query_as::<_, UsesRecord>(PRODUCT_USES).fetch_all(&self.readers);
        let rows = query.await.map_err(failed_to("list what products ask about use"))?;
        Ok(rows.into_iter().map(UsesRow::from).collect())
    }

    async fn count_managed(&self) -> Result<u32, StoreError> {
        let query = sqlx::query_scalar(COUNT_MANAGED).fetch_one(&self.readers);
        query.await.map_err(failed_to("count all products"))
    }

    async fn place(&self, slug: &Slug) -> Result<Option<u32>, StoreError> {
        let query = sqlx::query_scalar(PLACE).bind(slug.as_str()).fetch_one(&self.readers);
        let place: u32 = query.await.map_err(failed_to("find a product's place"))?;
        Ok((place > 0).then_some(place))
    }

    async fn begin_product(&self, begun: &NewlyBegun) -> Result<bool, StoreError> {
        let failed = failed_to("begin a product");
        let mut transaction = self.begin().await.map_err(failed)?;
        let done = begin(&mut transaction, begun).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done)
    }

    async fn change_standing(&self, change: &NewStanding) -> Result<bool, StoreError> {
        let failed = failed_to("change how a product stands");
        let mut transaction = self.begin().await.map_err(failed)?;
        let done = stand(&mut transaction, change).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done)
    }

    async fn move_product(
        &self,
        slug: &Slug,
        place: u32,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let failed = failed_to("order the products");
        let mut transaction = self.begin().await.map_err(failed)?;
        let done = rearrange(&mut transaction, slug, place, (by, at)).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done)
    }

    async fn change_address(
        &self,
        slug: &Slug,
        to: &Slug,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let failed = failed_to("change a product's address");
        let mut transaction = self.begin().await.map_err(failed)?;
        let done = readdress(&mut transaction, slug, to, (by, at)).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done)
    }
}
