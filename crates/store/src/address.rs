//! Where a database is, as operators write it; and opening what is there.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use shop::{Store, StoreError};
use sqlx::postgres::PgConnectOptions;

use crate::postgres::{PostgresStore, displayed};
use crate::sqlite::SqliteStore;

/// Where a database is. Shown without user and password.
#[derive(Clone)]
pub enum Address {
    /// An SQLite file.
    File(PathBuf),
    /// A database of a PostgreSQL server.
    Server(Box<PgConnectOptions>),
}

impl Address {
    /// Opens the database and brings its tables up to date; a file is made when it is not there.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the address and the reason.
    pub async fn open(&self) -> Result<Arc<dyn Store>, StoreError> {
        Ok(match self {
            Self::File(path) => Arc::new(SqliteStore::open(path).await?),
            Self::Server(options) => Arc::new(PostgresStore::open(options).await?),
        })
    }
}

impl FromStr for Address {
    type Err = StoreError;

    /// Reads `postgres://user:password@host:5432/database`, `sqlite://file` or the path of a file.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unreadable = |reason: String| StoreError::Open {
            database: "of this address".to_owned(),
            reason,
            advice: "Write postgres://user:password@host:5432/database, sqlite://file, or a file's path.",
        };
        let Some((scheme, rest)) = text.split_once("://") else { return Ok(Self::File(text.into())) };
        match scheme {
            "postgres" | "postgresql" => match PgConnectOptions::from_str(text) {
                Ok(options) => Ok(Self::Server(Box::new(options))),
                Err(error) => Err(unreadable(error.to_string())),
            },
            "sqlite" if rest.is_empty() || rest.contains('?') => {
                Err(unreadable("a file's path follows sqlite://, and nothing else".to_owned()))
            }
            "sqlite" => Ok(Self::File(rest.into())),
            _ => Err(unreadable("a shop is kept in SQLite or PostgreSQL".to_owned())),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(formatter, "{}", path.display()),
            Self::Server(options) => formatter.write_str(&displayed(options)),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_shown_without_their_secrets() {
        for (text, shown) in [
            ("atelier.db", "atelier.db"),
            ("/var/lib/atelier/shop.db", "/var/lib/atelier/shop.db"),
            ("sqlite://shop.db", "shop.db"),
            ("sqlite:///var/shop.db", "/var/shop.db"),
            ("postgres://mia:sesame@db.example.org/shop", "postgres://db.example.org:5432/shop"),
            ("postgresql://mia:sesame@[::1]:6432/shop?sslmode=require", "postgres://[::1]:6432/shop"),
            (
                "postgres://mia:sesame@localhost/shop?host=/run/postgresql",
                "postgres:///shop?host=/run/postgresql",
            ),
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.to_string(), shown);
            assert_eq!(format!("{address:?}"), format!("Address({shown})"));
        }
    }

    #[test]
    fn what_is_no_address_is_told_without_its_secrets() {
        for text in [
            "mysql://mia:sesame@host/shop",
            "postgres://mia:sesame@host:port/shop",
            "sqlite://",
            "sqlite://a?mode=rw",
        ] {
            let message = text.parse::<Address>().unwrap_err().to_string();
            assert!(message.contains("Write postgres://") && !message.contains("sesame"), "{message}");
        }
    }
}
