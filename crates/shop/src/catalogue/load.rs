//! Loading product folders from disk into the catalogue.

use std::path::{Path, PathBuf};

use configurator::Slug;

use super::folder::read_folder;
use super::{NewProduct, Prepared};
use crate::Shop;
use crate::error::ShopError;
use crate::learning::PastDesignRow;

/// What became of the folders of a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Slugs of products that were added.
    pub added: Vec<Slug>,
    /// Slugs of products that the store had already; their folders were not read.
    pub known: Vec<Slug>,
    /// Folders that hold no sound product.
    pub broken: Vec<BrokenFolder>,
}

/// A folder that holds no sound product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenFolder {
    /// The folder.
    pub folder: PathBuf,
    /// Everything that is wrong with it: `file:line:column: message. advice`.
    pub report: Vec<String>,
}

impl Shop {
    /// Loads every product folder that the store has no product for yet, in the order of the catalogue: its first
    /// revision and its synthetic past orders. A broken one stops no other.
    ///
    /// # Errors
    /// The folder can't be read, or the store failed.
    pub async fn load_catalogue(&self, folder: &Path) -> Result<Loaded, ShopError> {
        let mut loaded = Loaded::default();
        for folder in product_folders(folder)? {
            let slug = match fit_name(&folder) {
                Ok(slug) => slug,
                Err(line) => {
                    loaded.broken.push(BrokenFolder { folder, report: vec![line] });
                    continue;
                }
            };
            if self.store.live(&slug).await?.is_some() {
                loaded.known.push(slug);
                continue;
            }
            match self.add_from(&folder, slug.clone()).await? {
                Ok(true) => loaded.added.push(slug),
                Ok(false) => loaded.known.push(slug),
                Err(report) => loaded.broken.push(BrokenFolder { folder, report }),
            }
        }
        Ok(loaded)
    }

    /// Adds the product of a folder; `false` when the store has it already, and everything that is wrong with the folder
    /// when it holds no sound product.
    pub(super) async fn add_from(
        &self,
        folder: &Path,
        slug: Slug,
    ) -> Result<Result<bool, Vec<String>>, ShopError> {
        let path = folder.to_path_buf();
        let read = move || {
            let (bundle, product, past) = read_folder(&path)?;
            Ok((Prepared::of(&bundle, &product), bundle, past))
        };
        let (prepared, bundle, past) = match self.executor.run(read).await? {
            Ok(read) => read,
            Err(report) => return Ok(Err(report)),
        };
        let past = past.into_iter().map(|past| PastDesignRow {
            stated_use: past.stated_use,
            choices: past.choices,
            count: past.count,
            synthetic: past.count,
        });
        let (text, hash) = bundle.write()?;
        let product = NewProduct {
            slug,
            bundle: text,
            hash,
            at: self.now(),
            by: "atelier".to_owned(),
            note: format!("Loaded from {}", folder.display()),
            past: past.collect(),
            prepared,
        };
        Ok(Ok(self.store.add_product(&product).await?))
    }
}

/// Names the folders that come first, one a line.
const ORDER: &str = "order.txt";

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
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
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
