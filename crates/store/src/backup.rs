//! Backups: a shop copied into one SQLite file while it serves, from either kind of database, and back into an empty one.

use std::io;
use std::path::{Path, PathBuf};

use shop::StoreError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{Connection, SqliteConnection};
use tempfile::{PathPersistError, TempDir, TempPath};

use crate::address::Address;
use crate::copy::{Copied, CopyError, copy};
use crate::sqlite::{SqliteStore, log_of};

/// What the file is called before it is where it belongs.
const UNFINISHED: &str = "unfinished.db";
/// Every page and index, up to the first fault.
const CHECK: &str = "PRAGMA integrity_check(1)";
const SOUND: &str = "ok";

/// Why no backup was made, or none restored. What was there is as before.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The copy did not succeed.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// Something of this name is there.
    #[error("{} is there already; name another file, or replace it with --replace", .file.display())]
    Exists {
        /// The file.
        file: PathBuf,
    },
    /// The file is a database that a shop works with, so it has rows in a log beside it.
    #[error(
        "{} is a database in use, or was copied from one without care: it has a log beside it, {}-wal; name a backup",
        .file.display(), .file.display()
    )]
    InUse {
        /// The file.
        file: PathBuf,
    },
    /// A backup would take the place of what it is a backup of.
    #[error("{} is the shop's own database; name another file", .file.display())]
    Itself {
        /// The file.
        file: PathBuf,
    },
    /// It is no sound database: one that was written just now, or one that is to be restored.
    #[error("{} is damaged ({fault}); it was neither kept nor restored; take another backup, and have a look at the disk", .file.display())]
    Damaged {
        /// The backup.
        file: PathBuf,
        /// What SQLite says of it.
        fault: String,
    },
    /// The written file can't be read.
    #[error("what was written can't be read: {0}; nothing was kept")]
    Unread(#[from] sqlx::Error),
    /// The operating system refused.
    #[error("can't {what} {}: {reason}", .file.display())]
    File {
        /// What was to be done.
        what: &'static str,
        /// The file or folder.
        file: PathBuf,
        /// Why it was refused.
        reason: io::Error,
    },
}

/// Copies a shop, as it is at one moment, into one file that holds all of it, for its owner alone to read. Shops may go on
/// meanwhile. The file appears when it is whole, compared with its source and on the disk; one of this name is replaced then
/// if that is wanted, and refused otherwise.
///
/// # Errors
/// Then no file of this name is new.
pub async fn back_up(source: &Address, file: &Path, replace: bool) -> Result<Copied, BackupError> {
    refuse_in_the_way(source, file, replace)?;
    let folder = match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let workshop = private_folder(folder).map_err(failed("write into", folder))?;
    let unfinished = workshop.path().join(UNFINISHED);
    let copied = copy(source, &Address::File(unfinished.clone())).await?;
    seal(&unfinished, file).await?;
    sync(&unfinished).await?;
    put(&unfinished, file, replace)?;
    sync(folder).await?;
    Ok(copied)
}

/// Copies a backup into a database that holds nothing yet. A backup of an older release is brought up to date on the way, in
/// a copy in the folder for temporary files; the file itself is left as it is.
///
/// # Errors
/// Then the database holds nothing, as before.
pub async fn restore(file: &Path, target: &Address) -> Result<Copied, BackupError> {
    if has_log(file) {
        return Err(BackupError::InUse { file: file.to_owned() });
    }
    let temporary = std::env::temp_dir();
    let workshop = private_folder(&temporary).map_err(failed("write into", &temporary))?;
    let unfinished = workshop.path().join(UNFINISHED);
    tokio::fs::copy(file, &unfinished).await.map_err(failed("copy", file))?;
    // A backup may be kept where nobody may write to it.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = std::fs::Permissions::from_mode(0o600);
        tokio::fs::set_permissions(&unfinished, private).await.map_err(failed("write to", &unfinished))?;
    }
    // What can't be read at all is told below.
    if let Ok(Some(fault)) = fault(&SqliteConnectOptions::new().filename(&unfinished)).await {
        return Err(BackupError::Damaged { file: file.to_owned(), fault });
    }
    // By the name that its owner knows.
    let opened = SqliteStore::open(&unfinished).await.map_err(|error| match error {
        StoreError::Open { reason, advice, .. } => {
            CopyError::Open(StoreError::Open { database: file.display().to_string(), reason, advice })
        }
        error => CopyError::Open(error),
    })?;
    opened.close().await;
    Ok(copy(&Address::File(unfinished), target).await?)
}

fn refuse_in_the_way(source: &Address, file: &Path, replace: bool) -> Result<(), BackupError> {
    if let Address::File(database) = source
        && let (Ok(database), Ok(there)) = (database.canonicalize(), file.canonicalize())
        && database == there
    {
        return Err(BackupError::Itself { file: file.to_owned() });
    }
    if has_log(file) {
        return Err(BackupError::InUse { file: file.to_owned() });
    }
    if !replace && file.symlink_metadata().is_ok() {
        return Err(BackupError::Exists { file: file.to_owned() });
    }
    Ok(())
}

/// Whether there is more to a database than its file.
fn has_log(file: &Path) -> bool {
    log_of(file).exists()
}

/// A folder that is gone with all that is in it when it is dropped.
fn private_folder(within: &Path) -> io::Result<TempDir> {
    let mut folder = tempfile::Builder::new();
    folder.prefix(".atelier-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        folder.permissions(std::fs::Permissions::from_mode(0o700));
    }
    folder.tempdir_in(within)
}

/// Makes the database one file that needs no other, and looks at all of it. `name` is what it will be called.
async fn seal(database: &Path, name: &Path) -> Result<(), BackupError> {
    let options = SqliteConnectOptions::new().filename(database).journal_mode(SqliteJournalMode::Delete);
    match fault(&options).await? {
        None => Ok(()),
        Some(fault) => Err(BackupError::Damaged { file: name.to_owned(), fault }),
    }
}

/// What SQLite finds wrong with a database that it can read.
async fn fault(options: &SqliteConnectOptions) -> sqlx::Result<Option<String>> {
    let mut connection = SqliteConnection::connect_with(options).await?;
    let told: String = sqlx::query_scalar(CHECK).fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(Some(told).filter(|told| told != SOUND))
}

/// Waits until a file, or the names in a folder, are on the disk.
async fn sync(file: &Path) -> Result<(), BackupError> {
    let opened = tokio::fs::File::open(file).await.map_err(failed("open", file))?;
    opened.sync_all().await.map_err(failed("write out", file))
}

/// Gives a finished file its name, in one step.
fn put(finished: &Path, file: &Path, replace: bool) -> Result<(), BackupError> {
    let name_it = || {
        let finished = TempPath::try_from_path(finished)?;
        let named = if replace { finished.persist(file) } else { finished.persist_noclobber(file) };
        named.map_err(|PathPersistError { error, .. }| error)
    };
    name_it().map_err(|reason| match reason.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists { file: file.to_owned() },
        _ => BackupError::File { what: "write", file: file.to_owned(), reason },
    })
}

fn failed(what: &'static str, file: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let file = file.to_owned();
    move |reason| BackupError::File { what, file, reason }
}
