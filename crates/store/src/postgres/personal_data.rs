//! Everything about a person: read as a whole, and forgotten.

use async_trait::async_trait;
use shop::StoreError;
use shop::access::Note;
use shop::customers::{Customer, Erasure, PersonalDataStore, Retention, Table};
use sqlx::{AssertSqlSafe, PgConnection};
use time::OffsetDateTime;

use super::PostgresStore;
use super::asked::forget_told;
use super::query::{Turn, note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::personal_data::*;

const COLUMNS: &str = "\
    SELECT column_name::text, data_type = 'bytea' FROM information_schema.columns
    WHERE table_schema = CURRENT_SCHEMA() AND table_name = $1 ORDER BY ordinal_position";

async fn read(
    connection: &mut PgConnection,
    customer: &Customer,
) -> sqlx::Result<Vec<(&'static str, Vec<String>)>> {
    let mut tables = Vec::new();
    for (table, by, condition) in PERSONAL {
        let columns = query_as::<(String, bool)>(COLUMNS).bind(table).fetch_all(&mut *connection).await?;
        let hex = |bytes: &str| format!("ENCODE({bytes}, 'hex')");
        let select = select((table, condition), &columns, "JSON_BUILD_OBJECT", hex);
        let rows =
            sqlx::query_scalar(AssertSqlSafe(select)).persistent(false).bind(by.of(customer).to_owned());
        tables.push((table, rows.fetch_all(&mut *connection).await?));
    }
    Ok(tables)
}

/// Takes what these orders counted out of the daily sums.
async fn take_out(connection: &mut PgConnection, orders: Vec<CountedRecord>) -> sqlx::Result<()> {
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

async fn erase(connection: &mut PgConnection, erasure: &Erasure) -> sqlx::Result<u64> {
    let (id, email, at) = (erasure.customer.as_str(), &erasure.email, milliseconds(erasure.at));
    // No order is placed meanwhile that has one of the pictures.
    Turn::Orders.wait(&mut *connection).await?;
    for statement in FORGET_WORDS_OF {
        query(statement).bind(email).execute(&mut *connection).await?;
    }
    let counted =
        query_as::<CountedRecord>(TAKEN_OUT_OF).bind(email).bind(milliseconds(erasure.orders_before));
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

async fn retain(connection: &mut PgConnection, retention: Retention) -> sqlx::Result<u64> {
    let (now, before) = (milliseconds(retention.now), milliseconds(retention.orders_before));
    Turn::Orders.wait(&mut *connection).await?;
    for statement in [FORGET_OLD_SIGN_INS, FORGET_OLD_SESSIONS] {
        query(statement).bind(now).execute(&mut *connection).await?;
    }
    for statement in FORGET_WORDS_BEFORE {
        query(statement).bind(before).execute(&mut *connection).await?;
    }
    let counted =
        query_as::<CountedRecord>(TAKEN_OUT_BEFORE).bind(before).fetch_all(&mut *connection).await?;
    take_out(&mut *connection, counted).await?;
    let orders = query(FREE_ORDERS_BEFORE).bind(before).execute(&mut *connection).await?.rows_affected();
    let over = query_scalar::<String>(OVER).bind(milliseconds(retention.customers_before));
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
impl PersonalDataStore for PostgresStore {
    async fn personal_data(&self, customer: &Customer) -> Result<Vec<Table>, StoreError> {
        let what = "read everything about a customer";
        let tables = reading!(self.database, what, |connection| read(connection, customer).await)?;
        gathered(&tables)
    }

    async fn erase(&self, erasure: &Erasure) -> Result<u64, StoreError> {
        writing!(self.database, "erase a customer", |connection| erase(connection, erasure).await)
    }

    async fn retain(&self, retention: Retention) -> Result<u64, StoreError> {
        let what = "forget whose time is over";
        writing!(self.database, what, |connection| retain(connection, retention).await)
    }

    /// The server's own vacuum overwrites it in time.
    async fn scrub(&self, now: OffsetDateTime) -> Result<bool, StoreError> {
        let done = writing!(self.database, "note what is overwritten", |connection| {
            query(SCRUBBED).bind(milliseconds(now)).execute(connection).await
        });
        Ok(done?.rows_affected() > 0)
    }
}
