//! Bringing the tables up to date: all that is missing in one transaction. Of several that try it at once one succeeds, and
//! the others find that nothing is left to do.

use sqlx::migrate::Migrator;
use sqlx::{PgConnection, SqlStr};

use super::query::{query, query_as, query_scalar};
use super::transaction::{Database, can_be_tried_again, repeating};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// Altering a large table may take long, and others wait for that.
const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
const IS_THERE: &str = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL";
/// As sqlx would make it.
const CREATE: &str = "\
    CREATE TABLE _sqlx_migrations (
        version BIGINT PRIMARY KEY,
        description TEXT NOT NULL,
        installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
        success BOOLEAN NOT NULL,
        checksum BYTEA NOT NULL,
        execution_time BIGINT NOT NULL
    )";
const APPLIED: &str = "SELECT version, checksum FROM _sqlx_migrations ORDER BY version";
const APPLY: &str = "\
    INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
    VALUES ($1, $2, TRUE, $3, -1)";

/// What is wrong, and what to do.
type Reason = (String, &'static str);

/// Brings the tables up to date.
pub(super) async fn run(database: &Database) -> Result<(), Reason> {
    let migrated = repeating!(database, BEGIN, lost_the_race, |connection| migrate(connection).await)
        .map_err(no_access)?;
    migrated.map_err(|reason| (reason, "Start the release of the shop that wrote it, or a newer one."))
}

/// The inner error says why this release can't work with what is there; then nothing was changed.
async fn migrate(connection: &mut PgConnection) -> sqlx::Result<Result<(), String>> {
    if !query_scalar::<bool>(IS_THERE).fetch_one(&mut *connection).await? {
        query(CREATE).execute(&mut *connection).await?;
    }
    let applied: Vec<(i64, Vec<u8>)> = query_as(APPLIED).fetch_all(&mut *connection).await?;
    for (version, checksum) in &applied {
        match MIGRATIONS.iter().find(|known| known.version == *version) {
            Some(known) if *known.checksum == **checksum => {}
            Some(_) => return Ok(Err(format!("its step {version} is not the one that this release knows"))),
            None => {
                return Ok(Err(format!(
                    "it was brought to step {version}, which this release does not know"
                )));
            }
        }
    }
    let missing =
        MIGRATIONS.iter().filter(|step| applied.iter().all(|(version, _)| *version != step.version));
    for step in missing {
        // Said first: whoever applies the same step waits here.
        let said = query(APPLY).bind(step.version).bind(step.description.to_string());
        said.bind(step.checksum.to_vec()).execute(&mut *connection).await?;
        let statements: SqlStr = step.sql.clone();
        sqlx::raw_sql(statements).execute(&mut *connection).await?;
    }
    Ok(Ok(()))
}

/// Whether another process made the same tables meanwhile: unique keys, tables, columns, objects that are there.
fn lost_the_race(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    can_be_tried_again(error)
        || code.is_some_and(|code| ["23505", "42P07", "42701", "42710", "42P06", "42723"].contains(&&*code))
}

fn no_access(error: sqlx::Error) -> Reason {
    let advice = "Is PostgreSQL running there, and may this user make tables in that database?";
    match &error {
        sqlx::Error::Database(error) => (error.message().to_owned(), advice),
        sqlx::Error::PoolTimedOut => ("it does not answer".to_owned(), advice),
        other => (other.to_string(), advice),
    }
}
