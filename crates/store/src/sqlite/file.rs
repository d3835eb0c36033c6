//! The file of a database: whose it is to read, and whether it is still there.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sqlx::sqlite::SqliteConnectOptions;

/// A database file as it was opened.
#[derive(Clone, Debug)]
pub(super) struct DatabaseFile(Arc<Opened>);

#[derive(Debug)]
struct Opened {
    path: PathBuf,
    /// SQLite writes here first.
    log: PathBuf,
    identity: Identity,
}

/// That a database file is not where it was, so that whatever is written now would be lost.
#[derive(Debug, thiserror::Error)]
#[error("{} was deleted or replaced while it was open; put it back and restart the server", .0.display())]
struct Gone(PathBuf);

impl DatabaseFile {
    /// Makes the file where there is none. It holds names and addresses: a new one is its owner's alone, and so is an old one that
    /// others may look at: then nobody chose who may, and its group has no more right to it than everybody. One that is for a group
    /// and for nobody else, which somebody made so, stays as it is.
    pub(super) fn prepare(path: &Path) -> io::Result<Self> {
        let file = open_private(path)?;
        // SQLite keeps the log beside the file that a link leads to.
        let path = path.canonicalize()?;
        let log = log_of(&path);
        let identity = Identity::of(&file.metadata()?);
        Ok(Self(Arc::new(Opened { path, log, identity })))
    }

    pub(super) fn options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new().filename(&self.0.path)
    }

    /// Fails when the file is not where it was.
    pub(super) fn is_there(&self) -> sqlx::Result<()> {
        let found = fs::metadata(&self.0.path);
        self.is_kept(found.is_ok_and(|found| Identity::of(&found) == self.0.identity))
    }

    /// The same, also of the log that belongs to it, which is there while somebody writes.
    pub(super) fn is_there_with_log(&self) -> sqlx::Result<()> {
        self.is_there()?;
        self.is_kept(self.0.log.exists())
    }

    fn is_kept(&self, kept: bool) -> sqlx::Result<()> {
        if kept {
            return Ok(());
        }
        let error = io::Error::new(io::ErrorKind::NotFound, Gone(self.0.path.clone()));
        tracing::error!(%error, "nothing is written any more");
        Err(error.into())
    }
}

/// The log that belongs to a database file.
pub(crate) fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

#[cfg(unix)]
fn open_private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    const OTHERS: u32 = 0o007;
    const OWNER: u32 = 0o700;
    let exists = path.exists();
    let file = OpenOptions::new().read(true).write(!exists).create(!exists).mode(0o600).open(path)?;
    let mode = file.metadata()?.permissions().mode();
    if mode & OTHERS != 0 && file.metadata()?.is_file() {
        match file.set_permissions(fs::Permissions::from_mode(mode & OWNER)) {
            Ok(()) => {
                tracing::info!(path = %path.display(), "everybody could read the database; it is its owner's alone now")
            }
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "everybody may read the database; take that right away");
            }
        }
    }
    Ok(file)
}

#[cfg(not(unix))]
fn open_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// What tells a file from another one of its name.
#[derive(Debug, PartialEq, Eq)]
struct Identity(u64, u64);

impl Identity {
    #[cfg(unix)]
    fn of(metadata: &fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(metadata.dev(), metadata.ino())
    }

    /// Where an open file can't be deleted.
    #[cfg(not(unix))]
    fn of(_: &fs::Metadata) -> Self {
        Self(0, 0)
    }
}
