//! Options that are sold out.

use async_trait::async_trait;
use shop::access::Note;
use shop::stock::{SoldOut, SoldOutRow, StockStore};
use shop::{Slug, StoreError};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::PostgresStore;
use super::catalogue::WAIT_FOR_PRODUCT;
use super::query::{note, query, query_as};
use super::transaction::{reading, writing};
use crate::rows::{julian_day, milliseconds};
use crate::statements::stock::*;

async fn mark(
    connection: &mut PgConnection,
    slug: &Slug,
    row: &SoldOutRow,
    beside: &[SoldOutRow],
) -> sqlx::Result<bool> {
    query(WAIT_FOR_PRODUCT).bind(slug.as_str()).execute(&mut *connection).await?;
    let marked = query_as::<SoldOutRecord>(SOLD_OUT).bind(slug.as_str()).fetch_all(&mut *connection).await?;
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
    connection: &mut PgConnection,
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
impl StockStore for PostgresStore {
    async fn sold_out(&self, slug: &Slug) -> Result<Vec<SoldOutRow>, StoreError> {
        let rows = reading!(self.database, "find what is sold out", |connection| {
            query_as::<SoldOutRecord>(SOLD_OUT).bind(slug.as_str()).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(SoldOutRow::from).collect())
    }

    async fn all_sold_out(&self) -> Result<Vec<(Slug, SoldOut)>, StoreError> {
        let rows = reading!(self.database, "find what is sold out", |connection| {
            query_as::<SoldOutOfRecord>(ALL_SOLD_OUT).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Into::into).collect())
    }

    async fn mark_sold_out(
        &self,
        slug: &Slug,
        row: &SoldOutRow,
        beside: &[SoldOutRow],
    ) -> Result<bool, StoreError> {
        writing!(self.database, "mark an option as sold out", |connection| {
            mark(connection, slug, row, beside).await
        })
    }

    async fn put_on_sale(
        &self,
        slug: &Slug,
        option: (&str, &str),
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        writing!(self.database, "put an option on sale", |connection| {
            unmark(connection, slug, option, (by, at)).await
        })
    }
}
