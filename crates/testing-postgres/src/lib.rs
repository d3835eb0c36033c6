//! A PostgreSQL server for tests, made when the first test asks for a database and removed a few seconds after the last;
//! a database of its own for each test; a pooler. On a machine without PostgreSQL a test that asks for it fails and says
//! what to install.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that can't be set up has failed")]

mod cluster;
mod pooler;
mod programs;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use store::PostgresStore;

use cluster::Cluster;

/// A database for one test, gone with this.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    socket: PathBuf,
}

impl TestDatabase {
    /// One with the shop's tables, which are empty.
    pub async fn new() -> Self {
        let cluster = Cluster::get();
        let template = template(cluster).await;
        Self::made(cluster, &format!("TEMPLATE {template}")).await
    }

    /// One that holds nothing at all.
    pub async fn empty() -> Self {
        Self::made(Cluster::get(), "").await
    }

    async fn made(cluster: &Cluster, template: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        // One of a process before, which had the same number and was killed.
        administer(cluster, &format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
        administer(cluster, &format!("CREATE DATABASE {name} {template}")).await.unwrap();
        Self { name, socket: cluster.socket().to_path_buf() }
    }

    /// Where it is reached.
    #[must_use]
    pub fn address(&self) -> String {
        address(&self.socket, &self.name)
    }

    /// Where it is reached through a PgBouncer that gives out its connections for a transaction.
    #[must_use]
    pub fn pooled_address(&self) -> String {
        address(pooler::socket(&self.socket), &self.name)
    }

    /// A store on it.
    pub async fn store(&self) -> PostgresStore {
        open(&self.address()).await
    }

    /// From now on every tenth transaction that writes fails when it is to be committed, as if another were in its way.
    pub async fn disturb(&self) {
        sqlx::raw_sql(DISTURB).execute(&mut self.connection().await).await.unwrap();
    }

    /// How many transactions failed so.
    pub async fn disturbances(&self) -> i64 {
        let query =
            sqlx::query_scalar("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM disturbances");
        query.fetch_one(&mut self.connection().await).await.unwrap()
    }

    /// Changes what holds for it, such as `ALLOW_CONNECTIONS false`, and ends the connections to it, for which something else held.
    pub async fn alter(&self, change: &str) {
        let cluster = Cluster::get();
        administer(cluster, &format!("ALTER DATABASE {} {change}", self.name)).await.unwrap();
        // It waits until they have ended.
        let end = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname";
        administer(cluster, &format!("{end} = '{}'", self.name)).await.unwrap();
    }

    /// A connection to it beside the store's.
    pub async fn connection(&self) -> PgConnection {
        PgConnection::connect(&self.address()).await.unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (server, name) = (address(&self.socket, "postgres"), self.name.clone());
        // Test runtimes can't be waited on here.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect(&server).await.map_err(std::io::Error::other)?;
                let statement = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                let dropped = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await;
                dropped.map(drop).map_err(std::io::Error::other)
            })
        });
        // What is left over goes with the server.
        let _ = dropping.join();
    }
}

/// Triggers that fire at the end of a transaction. What a sequence gave out is not taken back.
const DISTURB: &str = "
    CREATE SEQUENCE disturbances;
    CREATE FUNCTION disturb() RETURNS TRIGGER LANGUAGE plpgsql AS $$
    BEGIN
        -- Hashed, for savepoints take numbers, too.
        IF hashint8(txid_current()) % 10 = 0 THEN
            PERFORM nextval('disturbances');
            RAISE EXCEPTION 'another transaction was in the way' USING ERRCODE = '40001';
        END IF;
        RETURN NULL;
    END;
    $$;
    DO $$
    DECLARE
        name TEXT;
    BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('CREATE CONSTRAINT TRIGGER disturbed AFTER INSERT OR UPDATE OR DELETE ON %I
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION disturb()', name);
        END LOOP;
    END;
    $$";

fn address(socket: &std::path::Path, database: &str) -> String {
    format!("postgres://postgres@localhost/{database}?host={}", socket.display())
}

async fn open(address: &str) -> PostgresStore {
    PostgresStore::open(&address.parse().unwrap()).await.unwrap()
}

async fn administer(cluster: &Cluster, statement: &str) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(&address(cluster.socket(), "postgres")).await?;
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut connection).await?;
    connection.close().await
}

/// The name of a database with the tables of these migrations, of which the others are copies: that is quicker than to
/// make the tables each time.
async fn template(cluster: &Cluster) -> String {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/postgres"));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file).unwrap());
    }
    let name = format!("template_{}", &const_hex::encode(hash.finalize())[..16]);
    let _alone = cluster.alone();
    let found: Option<i32> = {
        let mut connection = PgConnection::connect(&address(cluster.socket(), "postgres")).await.unwrap();
        let known = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate");
        known.bind(&name).fetch_optional(&mut connection).await.unwrap()
    };
    if found.is_none() {
        // Half of one, whose maker was killed.
        administer(cluster, &format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
        administer(cluster, &format!("CREATE DATABASE {name}")).await.unwrap();
        open(&address(cluster.socket(), &name)).await.close().await;
        administer(cluster, &format!("ALTER DATABASE {name} IS_TEMPLATE true")).await.unwrap();
    }
    name
}
