//! The store on SQLite: one connection that writes, each transaction `BEGIN IMMEDIATE` and durable on return; several
//! that read beside it (WAL).

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Row, Sqlite, SqliteConnection, Transaction};
use time::OffsetDateTime;

use crate::orders::Order;
use crate::publishing::RevisionInfo;
use crate::store::{
    AcceptedInvite, AuditEntry, DraftRow, NewDraft, NewInvite, NewProduct, NewRevision, PastDesignRow,
    ProductRow, RevisionRow, SessionRow, Store, StoreError,
};

/// The first release without the bug that could corrupt a database when its log was reset.
const OLDEST_SQLITE: [u32; 3] = [3, 51, 3];
const READERS: u32 = 4;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A store in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens a database file, makes it when it is not there, and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the file's name and the reason.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let failed = |reason: String, advice| StoreError::Open {
            database: path.display().to_string(),
            reason,
            advice,
        };
        let no_access = |error: sqlx::Error| {
            let reason = match &error {
                sqlx::Error::Database(error) => error.message().to_owned(),
                other => other.to_string(),
            };
            failed(reason, "Name a database of this shop, or a new file in a folder that may be written to.")
        };
        let options =
            SqliteConnectOptions::new().filename(path).foreign_keys(true).busy_timeout(BUSY_TIMEOUT);
        let writing = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool =
            || SqlitePoolOptions::new().test_before_acquire(false).idle_timeout(None).max_lifetime(None);
        let writer = pool().max_connections(1).connect_with(writing).await.map_err(no_access)?;
        let version: String = sqlx::query_scalar(VERSION).fetch_one(&writer).await.map_err(no_access)?;
        if !is_recent(&version) {
            let advice = "Build the shop with the SQLite that comes with it.";
            return Err(failed(format!("SQLite {version} may corrupt it"), advice));
        }
        sqlx::migrate!("../../migrations/sqlite").run(&writer).await.map_err(|error| match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => no_access(error),
            MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => {
                failed(error.to_string(), "Start the release of the shop that wrote it, or a newer one.")
            }
            other => failed(other.to_string(), "Restore a copy of it."),
        })?;
        let reading = options.read_only(true);
        let readers = pool().max_connections(READERS).connect_with(reading).await.map_err(no_access)?;
        Ok(Self { writer, readers })
    }

    /// Closes the file once everything under way is done.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// A transaction that has the right to write from its beginning on.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

const VERSION: &str = "SELECT sqlite_version()";

fn is_recent(version: &str) -> bool {
    let parts: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    parts.as_slice() >= OLDEST_SQLITE.as_slice()
}

const PRODUCTS: &str = "SELECT slug, live_revision FROM products ORDER BY position";
const LIVE: &str = "SELECT live_revision FROM products WHERE slug = $1";
const REVISION: &str = "\
    SELECT slug, number, bundle, hash, published_at, published_by, note
    FROM revisions WHERE slug = $1 AND number = $2";
const REVISIONS: &str = "\
    SELECT number, published_at, published_by, note,
        CASE WHEN number = products.live_revision THEN 1 ELSE 0 END AS live,
        (SELECT COUNT(*) FROM orders WHERE orders.slug = revisions.slug AND orders.revision = revisions.number) AS orders
    FROM revisions JOIN products ON products.slug = revisions.slug
    WHERE revisions.slug = $1 ORDER BY number DESC";
const ADD_PRODUCT: &str = "\
    INSERT INTO products (slug, position, live_revision)
    SELECT $1, COALESCE(MAX(position), 0) + 1, 1 FROM products";
const ADD_REVISION: &str = "\
    INSERT INTO revisions (slug, number, bundle, hash, published_at, published_by, note)
    SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5, $6 FROM revisions WHERE slug = $1
    RETURNING number";
const ADD_PAST_DESIGN: &str = "\
    INSERT INTO past_designs (slug, stated_use, choices, count, synthetic) VALUES ($1, $2, $3, $4, 1)";
const PAST_DESIGNS: &str = "\
    SELECT stated_use, choices, CAST(SUM(count) AS BIGINT) AS count, CAST(SUM(synthetic) AS BIGINT) AS synthetic FROM (
        SELECT stated_use, choices, 1 AS count, 0 AS synthetic FROM (
            SELECT stated_use, choices FROM orders
            WHERE slug = $1 AND stated_use IS NOT NULL ORDER BY number DESC LIMIT 5000
        ) AS recent
        UNION ALL SELECT stated_use, choices, count, count * synthetic FROM past_designs WHERE slug = $1
    ) AS past
    GROUP BY stated_use, choices ORDER BY 3 DESC, stated_use, choices";

const PLACE_ORDER: &str = "\
    INSERT INTO orders (number, token, request_key, placed_at, slug, revision, product_name, choices, design, lines,
        total, currency, lead_time_days, weight, points, picture, stated_use, buyer)
    SELECT COALESCE(MAX(number), 1000) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
    FROM orders
    RETURNING number";

/// A statement that reads orders, with what follows `FROM orders`.
macro_rules! select_orders {
    ($rest:literal) => {
        concat!(
            "SELECT number, token, placed_at, slug, revision, product_name, design, lines, total, currency,
                lead_time_days, weight, points, picture, stated_use, buyer
            FROM orders ",
            $rest
        )
    };
}

const ORDER_BY_REQUEST: &str = select_orders!("WHERE request_key = $1");
const ORDER_BY_TOKEN: &str = select_orders!("WHERE token = $1");
const ORDER_BY_NUMBER: &str = select_orders!("WHERE number = $1");
const ORDERS: &str = select_orders!("WHERE number < $1 ORDER BY number DESC LIMIT $2");

const DRAFT: &str = "SELECT slug, version, base, bundle, changed_at, changed_by FROM drafts WHERE slug = $1";
const DRAFT_VERSION: &str = "SELECT version FROM drafts WHERE slug = $1";
const COUNT_DRAFT: &str = "UPDATE products SET draft_version = draft_version + 1 WHERE slug = $1";
const SAVE_DRAFT: &str = "\
    INSERT INTO drafts (slug, version, base, bundle, changed_at, changed_by)
    SELECT slug, draft_version, live_revision, $2, $3, $4 FROM products WHERE slug = $1
    ON CONFLICT (slug) DO UPDATE SET version = excluded.version, bundle = excluded.bundle,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by
    RETURNING slug, version, base, bundle, changed_at, changed_by";
const DISCARD_DRAFT: &str = "DELETE FROM drafts WHERE slug = $1";
const MAKE_LIVE: &str = "\
    UPDATE products SET live_revision = $2
    WHERE slug = $1 AND EXISTS (SELECT 1 FROM revisions WHERE slug = $1 AND number = $2)";

const ADD_ADMINISTRATOR: &str =
    "INSERT INTO administrators (email) VALUES ($1) ON CONFLICT (email) DO NOTHING";
const ADD_INVITE: &str = "INSERT INTO invites (token_hash, email, expires_at) VALUES ($1, $2, $3)";
const INVITED: &str = "SELECT email FROM invites WHERE token_hash = $1 AND expires_at > $2";
const SET_PASSWORD: &str = "UPDATE administrators SET password_hash = $2 WHERE email = $1";
const END_INVITES: &str = "DELETE FROM invites WHERE email = $1";
const END_SESSIONS: &str = "DELETE FROM sessions WHERE email = $1";
const PASSWORD_HASH: &str = "\
    SELECT password_hash FROM administrators WHERE email = $1 AND password_hash IS NOT NULL";
const FORGET_OLD_FAILURES: &str = "DELETE FROM login_failures WHERE failed_at <= $1";
const COUNT_FAILURES: &str = "SELECT COUNT(*) FROM login_failures WHERE email = $1";
const ADD_FAILURE: &str = "INSERT INTO login_failures (email, failed_at) VALUES ($1, $2)";
const FORGET_FAILURES: &str = "DELETE FROM login_failures WHERE email = $1";
const FORGET_OLD_SESSIONS: &str = "DELETE FROM sessions WHERE expires_at <= $1";
const START_SESSION: &str = "INSERT INTO sessions (token_hash, email, expires_at) VALUES ($1, $2, $3)";
const SESSION: &str =
    "SELECT token_hash, email, expires_at FROM sessions WHERE token_hash = $1 AND expires_at > $2";
const END_SESSION: &str = "DELETE FROM sessions WHERE token_hash = $1";

const NOTE: &str =
    "INSERT INTO audit (done_at, done_by, action, subject, detail) VALUES ($1, $2, $3, $4, $5)";
const AUDIT: &str = "SELECT done_at, done_by, action, subject, detail FROM audit ORDER BY id DESC LIMIT $1";

#[async_trait]
impl Store for SqliteStore {
    async fn products(&self) -> Result<Vec<ProductRow>, StoreError> {
        let rows = sqlx::query(PRODUCTS).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| Ok(ProductRow { slug: row.try_get("slug")?, live: row.try_get("live_revision")? }))
            .collect()
    }

    async fn live(&self, slug: &str) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar(LIVE).bind(slug).fetch_optional(&self.readers).await?)
    }

    async fn revision(&self, slug: &str, number: i64) -> Result<Option<RevisionRow>, StoreError> {
        let row = sqlx::query(REVISION).bind(slug).bind(number).fetch_optional(&self.readers).await?;
        row.map(|row| {
            Ok(RevisionRow {
                slug: row.try_get("slug")?,
                number: row.try_get("number")?,
                bundle: row.try_get("bundle")?,
                hash: row.try_get("hash")?,
                published_at: moment(&row, "published_at")?,
                published_by: row.try_get("published_by")?,
                note: row.try_get("note")?,
            })
        })
        .transpose()
    }

    async fn revisions(&self, slug: &str) -> Result<Vec<RevisionInfo>, StoreError> {
        let rows = sqlx::query(REVISIONS).bind(slug).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                Ok(RevisionInfo {
                    number: row.try_get("number")?,
                    published_at: moment(row, "published_at")?,
                    published_by: row.try_get("published_by")?,
                    note: row.try_get("note")?,
                    live: row.try_get::<i64, _>("live")? == 1,
                    orders: row.try_get("orders")?,
                })
            })
            .collect()
    }

    async fn add_product(&self, product: &NewProduct) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        let known: Option<i64> =
            sqlx::query_scalar(LIVE).bind(&product.slug).fetch_optional(&mut *transaction).await?;
        if known.is_some() {
            return Ok(false);
        }
        sqlx::query(ADD_PRODUCT).bind(&product.slug).execute(&mut *transaction).await?;
        sqlx::query(ADD_REVISION)
            .bind(&product.slug)
            .bind(&product.bundle)
            .bind(&product.hash)
            .bind(milliseconds(product.at))
            .bind(&product.by)
            .bind(&product.note)
            .execute(&mut *transaction)
            .await?;
        for past in &product.past {
            sqlx::query(ADD_PAST_DESIGN)
                .bind(&product.slug)
                .bind(&past.stated_use)
                .bind(write(&past.choices, "past choices")?)
                .bind(past.count)
                .execute(&mut *transaction)
                .await?;
        }
        note(&mut transaction, product.at, &product.by, "add", &product.slug, "revision 1").await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn past_designs(&self, slug: &str) -> Result<Vec<PastDesignRow>, StoreError> {
        let rows = sqlx::query(PAST_DESIGNS).bind(slug).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                Ok(PastDesignRow {
                    stated_use: row.try_get("stated_use")?,
                    choices: read(row, "choices")?,
                    count: small(row, "count")?,
                    synthetic: small(row, "synthetic")?,
                })
            })
            .collect()
    }

    async fn place_order(&self, order: Order, request_key: Option<&str>) -> Result<Order, StoreError> {
        let choices: Vec<_> = order.design.iter().map(|value| (&value.code, &value.value)).collect();
        let (choices, design) = (write(&choices, "choices")?, write(&order.design, "a design")?);
        let (lines, buyer) = (write(&order.lines, "a price")?, write(&order.buyer, "a buyer")?);
        let mut transaction = self.begin().await?;
        if let Some(key) = request_key
            && let Some(row) =
                sqlx::query(ORDER_BY_REQUEST).bind(key).fetch_optional(&mut *transaction).await?
        {
            return read_order(&row);
        }
        let number = sqlx::query_scalar(PLACE_ORDER)
            .bind(&order.token)
            .bind(request_key)
            .bind(milliseconds(order.placed_at))
            .bind(&order.slug)
            .bind(order.revision)
            .bind(&order.product_name)
            .bind(choices)
            .bind(design)
            .bind(lines)
            .bind(order.total)
            .bind(&order.currency)
            .bind(order.lead_time_days)
            .bind(order.weight)
            .bind(order.points)
            .bind(&order.picture)
            .bind(&order.stated_use)
            .bind(buyer)
            .fetch_one(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(Order { number, ..order })
    }

    async fn order_by_request(&self, request_key: &str) -> Result<Option<Order>, StoreError> {
        let row = sqlx::query(ORDER_BY_REQUEST).bind(request_key).fetch_optional(&self.readers).await?;
        row.as_ref().map(read_order).transpose()
    }

    async fn order_by_token(&self, token: &str) -> Result<Option<Order>, StoreError> {
        let row = sqlx::query(ORDER_BY_TOKEN).bind(token).fetch_optional(&self.readers).await?;
        row.as_ref().map(read_order).transpose()
    }

    async fn order_by_number(&self, number: i64) -> Result<Option<Order>, StoreError> {
        let row = sqlx::query(ORDER_BY_NUMBER).bind(number).fetch_optional(&self.readers).await?;
        row.as_ref().map(read_order).transpose()
    }

    async fn orders(&self, before: Option<i64>, limit: u32) -> Result<Vec<Order>, StoreError> {
        let before = before.unwrap_or(i64::MAX);
        let rows = sqlx::query(ORDERS).bind(before).bind(limit).fetch_all(&self.readers).await?;
        rows.iter().map(read_order).collect()
    }

    async fn draft(&self, slug: &str) -> Result<Option<DraftRow>, StoreError> {
        let row = sqlx::query(DRAFT).bind(slug).fetch_optional(&self.readers).await?;
        row.as_ref().map(read_draft).transpose()
    }

    async fn save_draft(&self, draft: &NewDraft) -> Result<Option<DraftRow>, StoreError> {
        let mut transaction = self.begin().await?;
        if draft_version(&mut transaction, &draft.slug).await? != draft.version {
            return Ok(None);
        }
        sqlx::query(COUNT_DRAFT).bind(&draft.slug).execute(&mut *transaction).await?;
        let row = sqlx::query(SAVE_DRAFT)
            .bind(&draft.slug)
            .bind(&draft.bundle)
            .bind(milliseconds(draft.at))
            .bind(&draft.by)
            .fetch_optional(&mut *transaction)
            .await?;
        transaction.commit().await?;
        row.as_ref().map(read_draft).transpose()
    }

    async fn discard_draft(&self, slug: &str) -> Result<(), StoreError> {
        sqlx::query(DISCARD_DRAFT).bind(slug).execute(&self.writer).await?;
        Ok(())
    }

    async fn publish(&self, revision: &NewRevision) -> Result<Option<i64>, StoreError> {
        let mut transaction = self.begin().await?;
        let version = draft_version(&mut transaction, &revision.slug).await?;
        if version == 0 || version != revision.draft_version {
            return Ok(None);
        }
        let number: i64 = sqlx::query_scalar(ADD_REVISION)
            .bind(&revision.slug)
            .bind(&revision.bundle)
            .bind(&revision.hash)
            .bind(milliseconds(revision.at))
            .bind(&revision.by)
            .bind(&revision.note)
            .fetch_one(&mut *transaction)
            .await?;
        sqlx::query(MAKE_LIVE).bind(&revision.slug).bind(number).execute(&mut *transaction).await?;
        sqlx::query(DISCARD_DRAFT).bind(&revision.slug).execute(&mut *transaction).await?;
        let detail = format!("revision {number}");
        note(&mut transaction, revision.at, &revision.by, "publish", &revision.slug, &detail).await?;
        transaction.commit().await?;
        Ok(Some(number))
    }

    async fn roll_back(
        &self,
        slug: &str,
        number: i64,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        let done = sqlx::query(MAKE_LIVE).bind(slug).bind(number).execute(&mut *transaction).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        note(&mut transaction, at, by, "roll back", slug, &format!("revision {number}")).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn invite(&self, invite: &NewInvite) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        sqlx::query(ADD_ADMINISTRATOR).bind(&invite.email).execute(&mut *transaction).await?;
        sqlx::query(ADD_INVITE)
            .bind(&invite.token_hash)
            .bind(&invite.email)
            .bind(milliseconds(invite.expires_at))
            .execute(&mut *transaction)
            .await?;
        note(&mut transaction, invite.at, "atelier", "invite", &invite.email, "").await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn invited(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<String>, StoreError> {
        let query = sqlx::query_scalar(INVITED).bind(token_hash).bind(milliseconds(now));
        Ok(query.fetch_optional(&self.readers).await?)
    }

    async fn accept_invite(&self, accepted: &AcceptedInvite) -> Result<Option<String>, StoreError> {
        let mut transaction = self.begin().await?;
        let invited = sqlx::query_scalar(INVITED).bind(&accepted.token_hash).bind(milliseconds(accepted.at));
        let Some(email): Option<String> = invited.fetch_optional(&mut *transaction).await? else {
            return Ok(None);
        };
        sqlx::query(SET_PASSWORD)
            .bind(&email)
            .bind(&accepted.password_hash)
            .execute(&mut *transaction)
            .await?;
        for statement in [END_INVITES, END_SESSIONS, FORGET_FAILURES] {
            sqlx::query(statement).bind(&email).execute(&mut *transaction).await?;
        }
        sqlx::query(START_SESSION)
            .bind(&accepted.session_hash)
            .bind(&email)
            .bind(milliseconds(accepted.session_expires_at))
            .execute(&mut *transaction)
            .await?;
        note(&mut transaction, accepted.at, &email, "accept invitation", &email, "").await?;
        transaction.commit().await?;
        Ok(Some(email))
    }

    async fn password_hash(&self, email: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar(PASSWORD_HASH).bind(email).fetch_optional(&self.readers).await?)
    }

    async fn attempt_log_in(
        &self,
        email: &str,
        now: OffsetDateTime,
        since: OffsetDateTime,
        most: u32,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.begin().await?;
        sqlx::query(FORGET_OLD_FAILURES).bind(milliseconds(since)).execute(&mut *transaction).await?;
        let failures: i64 =
            sqlx::query_scalar(COUNT_FAILURES).bind(email).fetch_one(&mut *transaction).await?;
        let allowed = failures < i64::from(most);
        if allowed {
            sqlx::query(ADD_FAILURE).bind(email).bind(milliseconds(now)).execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        Ok(allowed)
    }

    async fn start_session(&self, session: &SessionRow, now: OffsetDateTime) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        sqlx::query(FORGET_OLD_SESSIONS).bind(milliseconds(now)).execute(&mut *transaction).await?;
        sqlx::query(FORGET_FAILURES).bind(&session.email).execute(&mut *transaction).await?;
        sqlx::query(START_SESSION)
            .bind(&session.token_hash)
            .bind(&session.email)
            .bind(milliseconds(session.expires_at))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn session(&self, token_hash: &str, now: OffsetDateTime) -> Result<Option<SessionRow>, StoreError> {
        let query = sqlx::query(SESSION).bind(token_hash).bind(milliseconds(now));
        let row = query.fetch_optional(&self.readers).await?;
        row.map(|row| {
            Ok(SessionRow {
                token_hash: row.try_get("token_hash")?,
                email: row.try_get("email")?,
                expires_at: moment(&row, "expires_at")?,
            })
        })
        .transpose()
    }

    async fn end_session(&self, token_hash: &str) -> Result<(), StoreError> {
        sqlx::query(END_SESSION).bind(token_hash).execute(&self.writer).await?;
        Ok(())
    }

    async fn audit(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let rows = sqlx::query(AUDIT).bind(limit).fetch_all(&self.readers).await?;
        rows.iter()
            .map(|row| {
                Ok(AuditEntry {
                    at: moment(row, "done_at")?,
                    by: row.try_get("done_by")?,
                    action: row.try_get("action")?,
                    subject: row.try_get("subject")?,
                    detail: row.try_get("detail")?,
                })
            })
            .collect()
    }
}

/// The version of a product's draft; 0 when it has none.
async fn draft_version(connection: &mut SqliteConnection, slug: &str) -> Result<i64, StoreError> {
    let version = sqlx::query_scalar(DRAFT_VERSION).bind(slug).fetch_optional(connection).await?;
    Ok(version.unwrap_or(0))
}

async fn note(
    connection: &mut SqliteConnection,
    at: OffsetDateTime,
    by: &str,
    action: &str,
    subject: &str,
    detail: &str,
) -> Result<(), StoreError> {
    let query = sqlx::query(NOTE).bind(milliseconds(at)).bind(by).bind(action).bind(subject).bind(detail);
    query.execute(connection).await?;
    Ok(())
}

fn read_order(row: &SqliteRow) -> Result<Order, StoreError> {
    Ok(Order {
        number: row.try_get("number")?,
        token: row.try_get("token")?,
        placed_at: moment(row, "placed_at")?,
        slug: row.try_get("slug")?,
        revision: row.try_get("revision")?,
        product_name: row.try_get("product_name")?,
        design: read(row, "design")?,
        lines: read(row, "lines")?,
        total: row.try_get("total")?,
        currency: row.try_get("currency")?,
        lead_time_days: small(row, "lead_time_days")?,
        weight: row.try_get("weight")?,
        points: small(row, "points")?,
        picture: row.try_get("picture")?,
        stated_use: row.try_get("stated_use")?,
        buyer: read(row, "buyer")?,
    })
}

fn read_draft(row: &SqliteRow) -> Result<DraftRow, StoreError> {
    Ok(DraftRow {
        slug: row.try_get("slug")?,
        version: row.try_get("version")?,
        base: row.try_get("base")?,
        bundle: row.try_get("bundle")?,
        changed_at: moment(row, "changed_at")?,
        changed_by: row.try_get("changed_by")?,
    })
}

fn milliseconds(at: OffsetDateTime) -> i64 {
    at.unix_timestamp() * 1_000 + i64::from(at.millisecond())
}

fn moment(row: &SqliteRow, column: &str) -> Result<OffsetDateTime, StoreError> {
    let milliseconds: i64 = row.try_get(column)?;
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000)
        .map_err(|error| unreadable(column, &error))
}

fn small(row: &SqliteRow, column: &str) -> Result<u32, StoreError> {
    u32::try_from(row.try_get::<i64, _>(column)?).map_err(|error| unreadable(column, &error))
}

fn read<T: DeserializeOwned>(row: &SqliteRow, column: &str) -> Result<T, StoreError> {
    serde_json::from_str(row.try_get(column)?).map_err(|error| unreadable(column, &error))
}

fn write<T: Serialize>(value: &T, what: &str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable(what, &error))
}

fn unreadable(what: &str, error: &dyn std::error::Error) -> StoreError {
    StoreError::Unreadable { what: what.to_owned(), reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_releases_of_sqlite_are_refused() {
        for (version, recent) in [
            ("3.51.3", true),
            ("3.52.0", true),
            ("4.0", true),
            ("3.51.2", false),
            ("3.6.20", false),
            ("", false),
        ] {
            assert_eq!(is_recent(version), recent, "{version}");
        }
    }

    #[test]
    fn times_before_1970_come_back_too() {
        let at = OffsetDateTime::UNIX_EPOCH - Duration::from_millis(1);
        assert_eq!(OffsetDateTime::UNIX_EPOCH + time::Duration::milliseconds(milliseconds(at)), at);
    }
}
