//! The catalogue: products, their revisions, and the designs that shoppers start from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use configurator::artifact::Artifact;
use configurator::{Money, Product, ServedBy};
use personalize::{DefaultPolicy, MostFrequent, PastDesign};
use time::{Duration, OffsetDateTime};

use crate::bundle::Bundle;
use crate::error::ShopError;
use crate::folder::read_folder;
use crate::low_price::low_price;
use crate::secret::short_hash;
use crate::store::{NewProduct, PastDesignRow, RevisionRow, StoreError};
use crate::{Shop, in_background};

/// One immutable published state of a product.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The product's address in the shop.
    pub slug: String,
    /// Counts from 1 for each product.
    pub number: i64,
    /// What it holds.
    pub bundle: Bundle,
    /// The product, checked, and compiled unless it is too large for that.
    pub product: Product,
    /// What the browser loads: an [`Artifact`] as bytes.
    pub artifact: Vec<u8>,
    /// First 16 hexadecimal digits of the artifact's SHA-256.
    pub hash: String,
    /// The lowest price of a valid design; of a product without an exact price range, the lowest that was found.
    pub low_price: Money,
    /// When it was published.
    pub published_at: OffsetDateTime,
    /// Who published it.
    pub published_by: String,
}

impl Revision {
    /// The stated use if it is one of the product's answers: others are not learnt from and not remembered.
    pub(crate) fn known_use<'u>(&self, stated_use: Option<&'u str>) -> Option<&'u str> {
        let mut answers = self.product.uses.iter().flat_map(|uses| &uses.answers);
        stated_use.filter(|stated| answers.any(|answer| answer.code == *stated))
    }
}

/// What became of the folders of a catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Slugs of products that were added.
    pub added: Vec<String>,
    /// Slugs of products that the store had already; their folders were not read.
    pub known: Vec<String>,
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

/// What the shop keeps in memory so that a page view costs one look-up in the store.
#[derive(Default)]
pub(crate) struct Memory {
    /// Revisions never change.
    revisions: Mutex<HashMap<(String, i64), Arc<Revision>>>,
    defaults: Mutex<HashMap<DefaultKey, Learnt>>,
}

/// Slug, revision, stated use.
type DefaultKey = (String, i64, Option<String>);

struct Learnt {
    at: OffsetDateTime,
    default: personalize::Default,
}

/// Entries beyond which a memory starts anew; a shop with fewer live products never does.
const MOST_REMEMBERED: usize = 256;
/// For how long a default stays before it is learnt anew.
const DEFAULTS_LAST: Duration = Duration::minutes(1);
/// Fewest orders that a default is learnt from.
const LEAST_ORDERS: u32 = 20;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn remember<K: std::hash::Hash + Eq, V>(memory: &Mutex<HashMap<K, V>>, key: K, value: V) {
    let mut memory = lock(memory);
    if memory.len() >= MOST_REMEMBERED {
        memory.clear();
    }
    memory.insert(key, value);
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
            let slug = name(&folder);
            if self.store.live(&slug).await?.is_some() {
                loaded.known.push(slug);
                continue;
            }
            let read = {
                let folder = folder.clone();
                in_background(move || match unfit_name(&folder) {
                    None => read_folder(&folder),
                    Some(line) => Err(vec![line]),
                })
                .await?
            };
            let (bundle, _, past) = match read {
                Ok(read) => read,
                Err(report) => {
                    loaded.broken.push(BrokenFolder { folder, report });
                    continue;
                }
            };
            let past = past.into_iter().map(|past| PastDesignRow {
                stated_use: past.stated_use,
                choices: past.choices,
                count: past.count,
                synthetic: past.count,
            });
            let (text, hash) = bundle.write()?;
            let product = NewProduct {
                slug: slug.clone(),
                bundle: text,
                hash,
                at: self.now(),
                by: "atelier".to_owned(),
                note: format!("Loaded from {}", folder.display()),
                past: past.collect(),
            };
            let added = self.store.add_product(&product).await?;
            if added { &mut loaded.added } else { &mut loaded.known }.push(slug);
        }
        Ok(loaded)
    }

    /// The live revisions of all products, in the order in which the products were added. One that is not sound for
    /// this release is left out and logged.
    ///
    /// # Errors
    /// The store failed.
    pub async fn products(&self) -> Result<Vec<Arc<Revision>>, ShopError> {
        let mut live = Vec::new();
        for row in self.store.products().await? {
            match self.find_revision(&row.slug, row.live).await {
                Ok(revision) => live.extend(revision),
                Err(error @ ShopError::BrokenRevision { .. }) => {
                    tracing::error!(%error, "a product is left out")
                }
                Err(error) => return Err(error),
            }
        }
        Ok(live)
    }

    /// The revision of a product that shoppers see.
    ///
    /// # Errors
    /// There is no such product, its live revision is not sound for this release, or the store failed.
    pub async fn live(&self, slug: &str) -> Result<Arc<Revision>, ShopError> {
        let number = self.live_number(slug).await?;
        self.revision(slug, number).await
    }

    /// A revision by its number.
    ///
    /// # Errors
    /// There is no such product or revision, it is not sound for this release, or the store failed.
    pub async fn revision(&self, slug: &str, number: i64) -> Result<Arc<Revision>, ShopError> {
        match self.find_revision(slug, number).await? {
            Some(revision) => Ok(revision),
            None => {
                self.live_number(slug).await?;
                Err(ShopError::UnknownRevision { slug: slug.to_owned(), number })
            }
        }
    }

    /// The design that a shopper with this stated use starts from, learnt from past orders within the last minute. A
    /// use that is none of the product's answers counts as none.
    ///
    /// # Errors
    /// The store failed.
    pub async fn default_design(
        &self,
        revision: &Revision,
        stated_use: Option<&str>,
    ) -> Result<personalize::Default, ShopError> {
        let stated_use = revision.known_use(stated_use);
        let key = (revision.slug.clone(), revision.number, stated_use.map(str::to_owned));
        let now = self.now();
        if let Some(learnt) = lock(&self.memory.defaults).get(&key)
            && (now - learnt.at).abs() < DEFAULTS_LAST
        {
            return Ok(learnt.default.clone());
        }
        let rows = self.store.past_designs(&revision.slug).await?;
        let (revision, stated_use) = (self.revision(&revision.slug, revision.number).await?, key.2.clone());
        let default = in_background(move || {
            let product = &revision.product;
            let past: Vec<PastDesign> = rows.iter().filter_map(|row| past_design(product, row)).collect();
            MostFrequent { least: LEAST_ORDERS }.default_design(product, stated_use.as_deref(), &past)
        })
        .await?;
        remember(&self.memory.defaults, key, Learnt { at: now, default: default.clone() });
        Ok(default)
    }

    async fn find_revision(&self, slug: &str, number: i64) -> Result<Option<Arc<Revision>>, ShopError> {
        let key = (slug.to_owned(), number);
        if let Some(revision) = lock(&self.memory.revisions).get(&key) {
            return Ok(Some(Arc::clone(revision)));
        }
        let Some(row) = self.store.revision(slug, number).await? else { return Ok(None) };
        let revision = Arc::new(in_background(move || checked(row)).await??);
        remember(&self.memory.revisions, key, Arc::clone(&revision));
        Ok(Some(revision))
    }

    /// Number of a product's live revision.
    pub(crate) async fn live_number(&self, slug: &str) -> Result<i64, ShopError> {
        if let Some(number) = self.store.live(slug).await? {
            return Ok(number);
        }
        let products = self.products().await?;
        let known =
            products.iter().map(|revision| (revision.slug.clone(), revision.product.name.clone())).collect();
        Err(ShopError::UnknownProduct { slug: slug.to_owned(), known })
    }
}

/// What was ordered, read against a product it was perhaps not ordered from: attributes that are new have their
/// standard value. Nothing when some choice can't be read any more.
fn past_design(product: &Product, row: &PastDesignRow) -> Option<PastDesign> {
    let pairs = row.choices.iter().map(|(code, value)| (code.as_str(), value.as_str()));
    let choices = product.read_choices(pairs).ok()?;
    let design =
        choices.iter().fold(product.standard().clone(), |design, (id, value)| design.with(id, value.clone()));
    Some(PastDesign {
        stated_use: row.stated_use.clone(),
        design,
        count: row.count,
        synthetic: row.synthetic,
    })
}

fn checked(row: RevisionRow) -> Result<Revision, ShopError> {
    let what = || format!("revision {} of '{}'", row.number, row.slug);
    if short_hash(row.bundle.as_bytes()) != row.hash {
        let reason = "it is not what was published: its hash is another".to_owned();
        return Err(StoreError::Unreadable { what: what(), reason }.into());
    }
    let bundle = Bundle::read(&row.bundle, what)?;
    let mut product = Product::check(&bundle.source).map_err(|problems| ShopError::BrokenRevision {
        slug: row.slug.clone(),
        number: row.number,
        problems,
    })?;
    match product.prepare() {
        ServedBy::Diagram => {}
        ServedBy::Solver => tracing::info!(slug = row.slug, "too large for a diagram: the solver answers"),
        ServedBy::Search => {
            tracing::warn!(slug = row.slug, "too large for a diagram and for the solver: the search answers")
        }
    }
    let artifact = Artifact::new(bundle.source.clone(), bundle.drawings.clone(), product.write_diagram());
    let artifact = artifact.to_bytes();
    Ok(Revision {
        hash: short_hash(&artifact),
        low_price: low_price(&product),
        slug: row.slug,
        number: row.number,
        bundle,
        product,
        artifact,
        published_at: row.published_at,
        published_by: row.published_by,
    })
}

/// Names the folders that come first, one a line.
const ORDER: &str = "order.txt";

/// The folders in a catalogue, those named in `order.txt` first and the others by name; hidden ones are none of its.
fn product_folders(catalogue: &Path) -> Result<Vec<PathBuf>, ShopError> {
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

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What keeps a folder's name from being its product's address, as a line ready to print.
#[must_use]
pub fn unfit_name(folder: &Path) -> Option<String> {
    let advice = "Name it in lower-case letters and digits with hyphens between them, such as travel-bike.";
    let unfit = || format!("{}: this folder's name can't be a product's address. {advice}", folder.display());
    (!is_slug(&name(folder))).then(unfit)
}

/// A product's address: lower-case letters, digits and single hyphens between them.
fn is_slug(text: &str) -> bool {
    text.len() <= 60
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::is_slug;

    #[test]
    fn addresses_are_plain() {
        for right in ["bike", "travel-bike", "bike2"] {
            assert!(is_slug(right), "{right}");
        }
        for wrong in ["", "Bike", "travel bike", "-bike", "bike-", "a--b", "räder", "a/b", &"x".repeat(61)] {
            assert!(!is_slug(wrong), "{wrong}");
        }
    }
}
