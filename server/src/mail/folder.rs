//! Mails in a folder, a file each, for a shop without an SMTP server and for another program that sends them.

use std::io::ErrorKind;
use std::path::PathBuf;

use tokio::fs;
use tokio::io::AsyncWriteExt;

/// A folder of mails. It is made with the first of them; only who runs the shop may read it.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// Writes a mail, whole or not at all; one with this key is replaced.
    ///
    /// # Errors
    /// Why it could not be written, without what it says.
    pub(super) async fn put(&self, key: &str, mail: &[u8]) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("{} can't be written: {error}", self.0.display());
        private_folder().create(&self.0).await.map_err(failed)?;
        let [file, new] = self.files(key);
        let mut written = private_file().open(&new).await.map_err(failed)?;
        written.write_all(mail).await.map_err(failed)?;
        written.sync_all().await.map_err(failed)?;
        fs::rename(new, file).await.map_err(failed)
    }

    /// Removes the mails with these keys that are there, also what a crash left half-written.
    ///
    /// # Errors
    /// Why one could not be removed.
    pub(super) async fn remove(&self, keys: &[String]) -> Result<(), String> {
        for file in keys.iter().flat_map(|key| self.files(key)) {
            match fs::remove_file(&file).await {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(format!("{} can't be removed: {error}", file.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A mail, and what is written of it until it is whole.
    fn files(&self, key: &str) -> [PathBuf; 2] {
        [self.0.join(format!("{key}.eml")), self.0.join(format!("{key}.new"))]
    }
}

fn private_folder() -> fs::DirBuilder {
    let mut folder = fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    folder.mode(0o700);
    folder
}

fn private_file() -> fs::OpenOptions {
    let mut file = fs::OpenOptions::new();
    file.write(true).create(true).truncate(true);
    #[cfg(unix)]
    file.mode(0o600);
    file
}
