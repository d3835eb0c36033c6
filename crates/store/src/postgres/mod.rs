//! The store on PostgreSQL, which several shops may share: nothing is kept on a connection beyond its transaction, and who
//! writes waits for the row that decides. Orders that come at the same time share a transaction.

mod access;
mod asked;
mod campaigns;
mod catalogue;
mod customers;
mod designs;
mod desk;
mod drafts;
mod experiments;
mod gate;
mod group;
mod group_menus;
mod insight;
mod keys;
mod learning;
mod mail;
mod migrate;
mod offers;
mod orders;
mod personal_data;
mod prepared;
mod products;
mod query;
mod releases;
mod second_factors;
mod segments;
mod settings;
mod stock;
mod transaction;

use async_trait::async_trait;
use shop::{DatabaseStore, StoreError};
use sqlx::postgres::PgConnectOptions;

use crate::group::Queue;
use crate::statements::products::WRITE_NOTHING;
use transaction::{Database, writing};

/// A store in a PostgreSQL database.
#[derive(Debug)]
pub struct PostgresStore {
    database: Database,
    /// Orders wait here to be written in groups.
    orders: Queue,
}

impl PostgresStore {
    /// Opens a database and brings its tables up to date. Several shops may do so at the same time.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the database's address, without its password, and the reason.
    pub async fn open(options: &PgConnectOptions) -> Result<Self, StoreError> {
        let database = Database::new(through_poolers(options));
        migrate::run(&database).await.map_err(|(reason, advice)| StoreError::Open {
            database: displayed(options),
            reason,
            advice,
        })?;
        Ok(Self { orders: Queue::start(group::Writer(database.clone())), database })
    }

    /// Closes its connections once everything under way is done.
    pub async fn close(&self) {
        self.orders.finish().await;
        self.database.close().await;
    }
}

#[async_trait]
impl DatabaseStore for PostgresStore {
    /// A server's database is where it was: whether it answers, everything that is asked of it tells.
    async fn is_there(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn can_be_written(&self) -> Result<(), StoreError> {
        let tried = writing!(self.database, "keep anything", |connection| {
            query::query(WRITE_NOTHING).execute(connection).await
        });
        tried.map(drop)
    }
}

/// Without what a pooler can't keep for a connection.
pub(crate) fn through_poolers(options: &PgConnectOptions) -> PgConnectOptions {
    let options = options.clone().extra_float_digits(None).statement_cache_capacity(0);
    options.application_name("atelier")
}

/// A database's address without user and password.
pub(crate) fn displayed(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or(options.get_username());
    match options.get_socket() {
        Some(socket) => format!("postgres:///{database}?host={}", socket.display()),
        None => format!("postgres://{}:{}/{database}", options.get_host(), options.get_port()),
    }
}
