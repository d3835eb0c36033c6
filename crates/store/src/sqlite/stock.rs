//! Options that are sold out.

use async_trait::async_trait;
use shop::access::Note;
use shop::stock::{SoldOut, SoldOutRow, StockStore};
use shop::{Slug, StoreError};
use sqlx::{SqliteConnection, query, query_as};
use time::OffsetDateTime;

use super::{SqliteStore, note};
use crate::rows::{failed_to, julian_day, milliseconds};
use crate::statements::stock::*;

async fn mark(
    connection: &mut SqliteConnection,
    slug: &Slug,
    row: &SoldOutRow,
    beside: &[SoldOutRow],
) -> sqlx::Result<bool> {
    let marked =
        query_as::<_, SoldOutRecord>(SOLD_OUT).bind(slug.as_str()).fetch_all(&mut *connection).await?;
    if !marked.into_iter().map(SoldOutRow::from).eq(beside.iter().cloned()) {
        return Ok(false);
    }
    let SoldOutRow { sold_out, at, by } = row;
    let SoldOut { attribute, option, until } = sold_out;
    let mark = query(MARK).bind(slug.as_str()).bind(attribute).bind(option);
    let mark = mark.bind(julian_day(*until)).bind(milliseconds(*at)).bind(by);
    mark.execute(&mut *connection).await?;
    let detail = detail(sold_out);
    note(connection, Note { at: *at, by, action: "sold out", subject: slug.as_str(), detail: &detail })
        .await?;
    Ok(true)
}

async fn unmark(
    connection: &mut SqliteConnection,
    slug: &Slug,
    (attribute, option): (&str, &str),
    (by, at): (&str, OffsetDateTime),
) -> sqlx::Result<bool> {
    let done = query(UNMARK).bind(slug.as_str()).bind(attribute).bind(option);
    if done.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = format!("{attribute}/{option}");
    note(connection, Note { at, by, action: "on sale", subject: slug.as_str(), detail: &detail }).await?;
    Ok(true)
}

#[async_trait]
impl StockStore for SqliteStore {
    async fn sold_out(&self, slug: &Slug) -> Result<Vec<SoldOutRow>, StoreError> {
        let rows = query_as::<_, SoldOutRecord>(SOLD_OUT).bind(slug.as_str()).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("find what is sold out"))?;
        Ok(rows.into_iter().map(SoldOutRow::from).collect())
    }

    async fn all_sold_out(&self) -> Result<Vec<(Slug, SoldOut)>, StoreError> {
        let rows = query_as::<_, SoldOutOfRecord>(ALL_SOLD_OUT).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("find what is sold out"))?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    async fn mark_sold_out(
        &self,
        slug: &Slug,
        row: &SoldOutRow,
        beside: &[SoldOutRow],
    ) -> Result<bool, StoreError> {
        let failed = failed_to("mark an option as sold out");
        let mut transaction = self.begin().await.map_err(failed)?;
        let done = mark(&mut transaction, slug, row, beside).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done)
    }

    async fn put_on_sale(
        &self,
        slug: &Slug,
        option: (&str, &str),
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let failed = failed_to("put an option on sale");
        let mut transaction = self.begin().await.map_err(failed)?;
        let done = unmark(&mut transaction, slug, option, (by, at)).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(done)
    }
}
