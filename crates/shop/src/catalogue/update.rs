//! Taking product folders that were edited on disk into a shop that has their products: as drafts, or as new revisions.

use std::path::{Path, PathBuf};

use configurator::{RevisionNumber, Slug};

use super::find_folders::{fit_name, product_folders};
use super::folder::{as_written, read_folder};
use crate::drafts::hold::Agreed;
use crate::error::ShopError;
use crate::products::standing::Standing;
use crate::shop::Shop;

/// What is to become of folders that differ from what is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Update {
    /// They become revisions, live at once; otherwise they become drafts.
    pub publish: bool,
    /// Drafts that others began are replaced.
    pub replace_drafts: bool,
}

/// What became of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Updated {
    /// The shop had no such product, and sells it from now on.
    Added,
    /// It is what is served.
    Unchanged(RevisionNumber),
    /// It is the product's draft now. These lines say what keeps it from being published.
    Draft(Vec<String>),
    /// It is live, as this revision.
    Published(RevisionNumber),
    /// Nothing was done: somebody has a draft of the product.
    DraftInTheWay {
        /// Who.
        by: String,
    },
    /// Nothing was done: this is wrong with it.
    Broken(Vec<String>),
}

/// A folder that is not what is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// The folder.
    pub folder: PathBuf,
    /// The revision that is served instead.
    pub live: RevisionNumber,
    /// Whether it holds a product that can be read.
    pub is_readable: bool,
}

/// Who saves drafts and publishes revisions that come from folders.
const LOADER: &str = "atelier load";

/// Why a folder is not taken whose product was removed.
fn removed(slug: &Slug) -> String {
    format!(
        "the product '{slug}' was begun in the admin and removed; put it back there, or give the folder another name"
    )
}

impl Shop {
    /// Takes a product's folder into the shop where it differs from what is served.
    ///
    /// # Errors
    /// [`ShopError::DraftChanged`] when somebody saved a draft of it at the same moment; the store failed.
    pub async fn update_from(&self, folder: &Path, update: Update) -> Result<Updated, ShopError> {
        let slug = match fit_name(folder) {
            Ok(slug) => slug,
            Err(line) => return Ok(Updated::Broken(vec![line])),
        };
        // A folder keeps the name that its product had first.
        let known = self.standing(&slug).await?;
        if known.as_ref().is_some_and(|row| row.standing == Standing::Removed) {
            return Ok(Updated::Broken(vec![removed(&slug)]));
        }
        let slug = known.and_then(|row| row.moved_to).unwrap_or(slug);
        let Some(live) = self.store.live(&slug).await? else {
            return Ok(match self.add_from(folder, slug).await? {
                Ok(_) => Updated::Added,
                Err(report) => Updated::Broken(report),
            });
        };
        let read = {
            let folder = folder.to_path_buf();
            self.executor
                .run(move || match read_folder(&folder) {
                    Ok((bundle, ..)) => (Some(bundle), Vec::new()),
                    Err(report) => (as_written(&folder), report),
                })
                .await?
        };
        // A draft need not be sound, but what has no place in it can't be kept.
        let (bundle, report) = match read {
            (Some(bundle), report) if report.is_empty() || !update.publish => (bundle, report),
            (_, report) => return Ok(Updated::Broken(report)),
        };
        if bundle == self.bundle(&slug, live).await? {
            return Ok(Updated::Unchanged(live));
        }
        let draft = self.draft(&slug).await?;
        let version = if draft.version > 0 && draft.bundle == bundle {
            draft.version
        } else if draft.version > 0 && draft.changed_by != LOADER && !update.replace_drafts {
            return Ok(Updated::DraftInTheWay { by: draft.changed_by });
        } else {
            self.save_draft(&slug, draft.version, bundle, LOADER).await?.version
        };
        if !update.publish {
            return Ok(Updated::Draft(report));
        }
        // The whole path might be longer than a note may be.
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        let note = format!("Loaded from {}", Path::new(name).display());
        match self.publish(&slug, version, &note, LOADER, Agreed::Unasked).await {
            Ok(number) => Ok(Updated::Published(number)),
            Err(ShopError::NotPublishable(problems)) => {
                Ok(Updated::Broken(problems.iter().map(ToString::to_string).collect()))
            }
            Err(ShopError::StandsOtherwise { slug }) => Ok(Updated::Broken(vec![removed(&slug)])),
            Err(error @ ShopError::Held(_)) => Ok(Updated::Broken(vec![error.to_string()])),
            Err(error) => Err(error),
        }
    }

    /// The folders of a catalogue whose products the shop has, but otherwise than they say.
    ///
    /// # Errors
    /// The catalogue can't be read, or the store failed.
    pub async fn differing_folders(&self, catalogue: &Path) -> Result<Vec<Differing>, ShopError> {
        let mut differing = Vec::new();
        for folder in product_folders(catalogue)? {
            let Ok(slug) = fit_name(&folder) else { continue };
            let slug = self.standing(&slug).await?.and_then(|row| row.moved_to).unwrap_or(slug);
            let Some(live) = self.store.live(&slug).await? else { continue };
            let path = folder.clone();
            let written = self.executor.run(move || as_written(&path)).await?;
            let is_readable = written.is_some();
            if written != Some(self.bundle(&slug, live).await?) {
                differing.push(Differing { folder, live, is_readable });
            }
        }
        Ok(differing)
    }
}
