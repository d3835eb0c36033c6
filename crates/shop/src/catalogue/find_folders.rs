//! Where product folders lie on disk, and the addresses that their names are.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use configurator::Slug;

use crate::error::ShopError;

/// Names the folders that come first, one a line.
const ORDER: &str = "order.txt";

/// The product folders that a path names: itself, or those in it.
///
/// # Errors
/// The folder can't be read.
pub fn folders_at(path: &Path) -> Result<Vec<PathBuf>, ShopError> {
    let unreadable = |reason: String| ShopError::Catalogue { folder: path.to_path_buf(), reason };
    let folder = product_folder(path).map_err(|_| unreadable("there is no such folder".to_owned()))?;
    // Its name is its product's address, also where it was called `.`.
    let folder = folder.canonicalize().map_err(|error| unreadable(error.to_string()))?;
    if folder.join("product.toml").is_file() { Ok(vec![folder]) } else { product_folders(&folder) }
}

/// The folder of a product, which may be named by a file in it.
///
/// # Errors
/// There is no such folder, as a line ready to print.
pub fn product_folder(path: &Path) -> Result<PathBuf, String> {
    let parent = path.parent().filter(|parent| *parent != Path::new(""));
    if path.is_dir() {
        Ok(path.to_path_buf())
    } else if path.is_file() {
        Ok(parent.unwrap_or(Path::new(".")).to_path_buf())
    } else {
        let advice = "Name the folder that holds the product's product.toml, such as catalogs/trainer.";
        Err(format!("{}: there is no such folder. {advice}", path.display()))
    }
}

/// The folders in a catalogue, those named in `order.txt` first and the others by name; hidden ones are none of its.
pub(super) fn product_folders(catalogue: &Path) -> Result<Vec<PathBuf>, ShopError> {
    let unreadable = |error: std::io::Error| ShopError::Catalogue {
        folder: catalogue.to_path_buf(),
        reason: error.to_string(),
    };
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(catalogue).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.path().is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            folders.push(entry.path());
        }
    }
    let order = match std::fs::read_to_string(catalogue.join(ORDER)) {
        Ok(order) => order,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(unreadable(error)),
    };
    folders.sort_by_key(|folder| {
        let place = order.lines().position(|line| folder.file_name().is_some_and(|name| name == line.trim()));
        (place.unwrap_or(usize::MAX), folder.clone())
    });
    Ok(folders)
}

/// The address of a folder's product, or as a line ready to print what keeps its name from being one.
pub(super) fn fit_name(folder: &Path) -> Result<Slug, String> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.parse().map_err(|_| {
        let advice =
            "Name it in lower-case letters and digits with hyphens between them, such as travel-bike.";
        format!("{}: this folder's name can't be a product's address. {advice}", folder.display())
    })
}

/// What keeps a folder's name from being its product's address, as a line ready to print.
#[must_use]
pub fn unfit_name(folder: &Path) -> Option<String> {
    fit_name(folder).err()
}
