//! Loading product folders from disk into the catalogue.

use std::path::{Path, PathBuf};

use configurator::Slug;
use personalize::Asker;

use super::find_folders::{fit_name, product_folders};
use super::folder::read_folder;
use super::prepared::Prepared;
use super::store::NewProduct;
use crate::error::ShopError;
use crate::learning::store::PastDesignRow;
use crate::shop::Shop;

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
            asker: Asker::default(),
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
