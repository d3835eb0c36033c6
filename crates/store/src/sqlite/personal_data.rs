//! Everything about a person: read as a whole, and forgotten.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::Note;
use shop::customers::{Customer, Erasure, PersonalDataStore, Retention, Table};
use sqlx::{AssertSqlSafe, SqliteConnection, query, query_as, query_scalar};
use time::OffsetDateTime;

use super::asked::forget_told;
use super::transaction::{READ, Transaction};
use super::{SqliteStore, note};
use crate::rows::{failed_to, milliseconds};
use crate::statements::personal_data::*;

const COLUMNS: &str = "SELECT name, type = 'BLOB' FROM pragma_table_info($1)";

async fn read(
    connection: &mut SqliteConnection,
    customer: &Customer,
) -> sqlx::Result<Vec<(&'static str, Vec<String>)>> {
    let mut tables = Vec::new();
    for (table, by, condition) in PERSONAL {
        let columns: Vec<(String, bool)> = query_as(COLUMNS).bind(table).fetch_all(&mut *connection).await?;
        let select = select((table, condition), &columns, "JSON_OBJECT", |bytes| format!("HEX({bytes})"));
        let rows = query_scalar(AssertSqlSafe(select)).persistent(false).bind(by.of(customer).to_owned());
        tables.push((table, rows.fetch_all(&mut *connection).await?));
    }
    Ok(tables)
}

/// Takes what these orders counted out of the daily sums.
async fn take_out(connection: &mut SqliteConnection, orders: Vec<CountedRecord>) -> sqlx::Result<()> {
    for order in orders {
        for count in order.counts() {
            let subtract =
                query(SUBTRACT_COUNT).bind(&order.slug).bind(order.counted_on).bind(count.kind.code());
            let subtract = subtract.bind(&count.subject).bind(&count.option).bind(&count.rule);
            subtract.execute(&mut *connection).await?;
        }
    }
    Ok(())
}

async fn erase(connection: &mut SqliteConnection, erasure: &Erasure) -> sqlx::Result<u64> {
    let (id, email, at) = (erasure.customer.as_str(), &erasure.email, milliseconds(erasure.at));
    for statement in FORGET_WORDS_OF {
        query(statement).bind(email).execute(&mut *connection).await?;
    }
    let counted =
        query_as::<_, CountedRecord>(TAKEN_OUT_OF).bind(email).bind(milliseconds(erasure.orders_before));
    let counted = counted.fetch_all(&mut *connection).await?;
    take_out(&mut *connection, counted).await?;
    let free = query(FREE_ORDERS_OF).bind(email).bind(milliseconds(erasure.orders_before));
    free.execute(&mut *connection).await?;
    let kept = query(LOCK_ORDERS_OF).bind(email).execute(&mut *connection).await?.rows_affected();
    forget_told(&mut *connection, id).await?;
    query(FORGET_PICTURES).execute(&mut *connection).await?;
    query(FORGET_DESIGNS_OF).bind(id).execute(&mut *connection).await?;
    for statement in [FORGET_MAILS_TO, FORGET_SIGN_INS_OF] {
        query(statement).bind(email).execute(&mut *connection).await?;
    }
    query(FORGET_CUSTOMER).bind(id).execute(&mut *connection).await?;
    let add = query(ADD_ERASURE).bind(id).bind(at).bind(i64::try_from(kept).unwrap_or(i64::MAX));
    add.execute(&mut *connection).await?;
    let detail = format!("orders kept: {kept}");
    let done = Note { at: erasure.at, by: id, action: "erase customer", subject: id, detail: &detail };
    note(connection, done).await?;
    Ok(kept)
}

async fn retain(connection: &mut SqliteConnection, retention: Retention) -> sqlx::Result<u64> {
    let (now, before) = (milliseconds(retention.now), milliseconds(retention.orders_before));
    for statement in [FORGET_OLD_SIGN_INS, FORGET_OLD_SESSIONS] {
        query(statement).bind(now).execute(&mut *connection).await?;
    }
    for statement in FORGET_WORDS_BEFORE {
        query(statement).bind(before).execute(&mut *connection).await?;
    }
    let counted =
        query_as::<_, CountedRecord>(TAKEN_OUT_BEFORE).bind(before).fetch_all(&mut *connection).await?;
    take_out(&mut *connection, counted).await?;
    let orders = query(FREE_ORDERS_BEFORE).bind(before).execute(&mut *connection).await?.rows_affected();
    let over = query_scalar::<_, String>(OVER).bind(milliseconds(retention.customers_before));
    let over = over.fetch_all(&mut *connection).await?;
    for id in &over {
        forget_told(&mut *connection, id).await?;
        for statement in [FORGET_DESIGNS_OF, FORGET_ASKERS, FORGET_CUSTOMER] {
            query(statement).bind(id).execute(&mut *connection).await?;
        }
    }
    if orders > 0 || !over.is_empty() {
        query(FORGET_PICTURES).execute(&mut *connection).await?;
        query(ADD_ERASURE).bind(BY_TIME).bind(now).bind(0_i64).execute(connection).await?;
    }
    Ok(orders)
}

#[async_trait]
impl PersonalDataStore for SqliteStore {
    async fn personal_data(&self, customer: &Customer) -> Result<Vec<Table>, StoreError> {
        let failed = failed_to("read everything about a customer");
        let mut transaction = Transaction::begin(&self.readers, READ).await.map_err(failed)?;
        let tables = read(&mut transaction, customer).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        gathered(&tables)
    }

    async fn erase(&self, erasure: &Erasure) -> Result<u64, StoreError> {
        let failed = failed_to("erase a customer");
        let mut transaction = self.begin().await.map_err(failed)?;
        let kept = erase(&mut transaction, erasure).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(kept)
    }

    async fn retain(&self, retention: Retention) -> Result<u64, StoreError> {
        let failed = failed_to("forget whose time is over");
        let mut transaction = self.begin().await.map_err(failed)?;
        let orders = retain(&mut transaction, retention).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        Ok(orders)
    }

    async fn scrub(&self, now: OffsetDateTime) -> Result<bool, StoreError> {
        let failed = failed_to("overwrite what was forgotten");
        let to_scrub = query_scalar::<_, i64>(IS_TO_SCRUB).bind(milliseconds(now));
        if to_scrub.fetch_one(&self.readers).await.map_err(failed)? == 0 {
            return Ok(false);
        }
        // Where somebody reads from the log, it is done the next time.
        if !self.writer.scrub().await.map_err(failed)? {
            return Ok(false);
        }
        self.change("note that it is overwritten", query(SCRUBBED).bind(milliseconds(now))).await?;
        Ok(true)
    }
}
