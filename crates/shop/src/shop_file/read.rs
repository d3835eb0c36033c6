//! Reads a shop file from disk.

use std::path::Path;

use configurator::file::{Located, TomlFile};

use super::check::check;
use super::profile::Profile;
use super::source::ProfileSource;

/// Reads a shop file.
///
/// # Errors
/// Everything that is wrong with it, as lines ready to print: `shop.toml:12:3: message. advice`.
pub fn read_shop_file(path: &Path) -> Result<Profile, Vec<String>> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        vec![format!("{}: the shop file can't be read: {error}. Name a text file in UTF-8.", path.display())]
    })?;
    check_shop_file(&text)
        .map_err(|found| found.iter().map(|problem| format!("{}:{problem}", path.display())).collect())
}

/// What the text of a shop file says.
///
/// # Errors
/// Everything that is wrong with it, in the file's order.
pub fn check_shop_file(text: &str) -> Result<Profile, Vec<Located>> {
    let file = TomlFile::<ProfileSource>::read(text)?;
    match check(&file.source) {
        Ok(profile) if file.faults.is_empty() => Ok(profile),
        outcome => {
            let mut found = file.locate(&outcome.err().unwrap_or_default());
            found.extend(file.faults);
            found.sort();
            Err(found)
        }
    }
}
