//! Products begun in the admin: from nothing, from another one, from a product's file, from a feature model. Each is a draft that
//! nobody sees before it is published.

use std::collections::HashSet;

use configurator::source::Source;
use configurator::{Currency, Slug, TextFault, TextPlace, line_fault};
use preview::Drawings;

use super::empty;
use super::feature_model::{self, ModelError, Unsaid};
use super::store::NewlyBegun;
use crate::catalogue::prepared::Prepared;
use crate::catalogue::{Bundle, inspect};
use crate::drafts::ArchiveError;
use crate::drafts::previewed::is_preview;
use crate::error::ShopError;
use crate::shop::Shop;

/// What a new product is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// Nothing.
    Fresh(Fresh),
    /// The draft of another product.
    Copy(Slug),
    /// A product's file.
    Archive(String),
    /// A feature model: the file's name and text.
    Model {
        /// Its ending tells the format.
        name: String,
        /// What is in it.
        text: String,
        /// ISO 4217 code of the prices.
        currency: String,
    },
}

/// A product that begins from nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fresh {
    /// ISO 4217 code of its prices.
    pub currency: String,
    /// What is decided first.
    pub attribute: String,
    /// Its options, one to a line; the first is standard.
    pub options: String,
}

/// What can't be taken of a form, by its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldFault {
    /// There is nothing to see in it, or too much.
    Empty,
    /// It has signs that nobody sees, or that change how others are read.
    Hidden,
    /// It is no address that a product can have.
    NoAddress,
    /// Nothing was typed, and the name has nothing that an address is made of.
    NoneOfName,
    /// Another product has or had this address.
    Taken,
    /// It is no currency in use.
    NoCurrency,
    /// There are fewer than two options.
    FewOptions,
    /// Two options have one name, capitals aside.
    OptionTwice,
}

/// Why no product was begun.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// Fields can't be taken.
    #[error("some of what was typed can't be taken")]
    Fields(Vec<(&'static str, FieldFault)>),
    /// The file can't be taken.
    #[error(transparent)]
    Archive(ArchiveError),
    /// The model can't be read, or is none that a product can be made of.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

/// Longest name of a product, in characters.
const LONGEST_NAME: usize = 200;

impl Shop {
    /// Begins a product under an address that is free; the name is that of what it is made of where none is given. Returns where it is,
    /// and what a model says that a product can't.
    ///
    /// # Errors
    /// See [`BeginError`]; nothing is changed then.
    pub async fn begin_product(
        &self,
        name: &str,
        address: &str,
        beginning: Beginning,
        by: &str,
    ) -> Result<(Slug, Vec<Unsaid>), BeginError> {
        let name = name.trim().to_owned();
        let slug = self.free_address(&name, address, &beginning).await?;
        let (bundle, from, unsaid) = self.beginning(&name, beginning).await?;
        // Also that of a file: lists show it at once.
        if line_fault(&bundle.source.name).is_some() {
            return Err(BeginError::Fields(vec![("name", FieldFault::Hidden)]));
        }
        let write = move || {
            let empty = empty::unseen();
            let prepared = Prepared::of(&empty, &inspect(&empty).map_err(ShopError::NotPublishable)?);
            let (empty, hash) = empty.write()?;
            Ok::<_, ShopError>((empty, hash, prepared, bundle.write()?.0))
        };
        let (empty, hash, prepared, draft) = self.executor.run(write).await??;
        let (at, by) = (self.now(), by.to_owned());
        let begun = NewlyBegun { slug: slug.clone(), empty, hash, prepared, draft, at, by, from };
        if !self.store.begin_product(&begun).await.map_err(ShopError::from)? {
            return Err(BeginError::Fields(vec![("address", FieldFault::Taken)]));
        }
        self.forget_standing(&slug);
        tracing::info!(product = %slug, "a product was begun");
        Ok((slug, unsaid))
    }

    /// The address of a new product, when it and what else was typed can be taken.
    async fn free_address(
        &self,
        name: &str,
        address: &str,
        beginning: &Beginning,
    ) -> Result<Slug, BeginError> {
        let mut faults = Vec::new();
        let fault = match name.chars().count() {
            // A file has one.
            0 if matches!(beginning, Beginning::Archive(_)) => None,
            ..=LONGEST_NAME => name_fault(name),
            _ => Some(FieldFault::Empty),
        };
        faults.extend(fault.map(|fault| ("name", fault)));
        let typed = address.trim();
        let address = if typed.is_empty() { address_of(name) } else { typed.to_owned() };
        let slug = address.parse::<Slug>().ok();
        match &slug {
            None if !typed.is_empty() => faults.push(("address", FieldFault::NoAddress)),
            // Without a name there is nothing to make it of: the name is asked for alone.
            None if fault.is_some() => {}
            None => faults.push(("address", FieldFault::NoneOfName)),
            // Those are made of links.
            Some(slug) if is_preview(slug) => faults.push(("address", FieldFault::NoAddress)),
            Some(slug) => {
                let known = self.store.standing(slug).await.map_err(ShopError::from)?;
                if known.is_some_and(|known| known.standing != super::Standing::Removed) {
                    faults.push(("address", FieldFault::Taken));
                }
            }
        }
        let currency = match beginning {
            Beginning::Fresh(Fresh { currency, .. }) | Beginning::Model { currency, .. } => Some(currency),
            Beginning::Copy(_) | Beginning::Archive(_) => None,
        };
        let in_use = |code: &String| Currency::new(code).is_some_and(|currency| currency.is_in_use());
        if currency.is_some_and(|code| !in_use(code)) {
            faults.push(("currency", FieldFault::NoCurrency));
        }
        if let Beginning::Fresh(fresh) = beginning {
            faults.extend(name_fault(fresh.attribute.trim()).map(|fault| ("attribute", fault)));
            faults.extend(options_fault(options(&fresh.options)).map(|fault| ("options", fault)));
        }
        match slug {
            Some(slug) if faults.is_empty() => Ok(slug),
            _ => Err(BeginError::Fields(faults)),
        }
    }

    /// What the draft of a new product holds, where that is from, and what of it can't be said.
    async fn beginning(
        &self,
        name: &str,
        beginning: Beginning,
    ) -> Result<(Bundle, String, Vec<Unsaid>), BeginError> {
        let drawn = |source: Source| Bundle { source, drawings: Drawings::new() };
        let today = self.profile().day(self.now());
        let named = |mut bundle: Bundle| {
            if !name.is_empty() && bundle.source.name != name {
                let before = bundle.source.clone();
                name.clone_into(&mut bundle.source.name);
                bundle.source.follow_originals(&before, &before, today);
            }
            bundle
        };
        Ok(match beginning {
            Beginning::Fresh(fresh) => {
                let options = options(&fresh.options);
                let source = empty::product(name, &fresh.currency, fresh.attribute.trim(), &options);
                (drawn(source), "from nothing".to_owned(), Vec::new())
            }
            Beginning::Copy(slug) => {
                let bundle = self.draft(&slug).await?.bundle;
                let mut bundle = named(bundle);
                // Its names in other languages are those of the other product.
                for texts in bundle.source.translations.values_mut() {
                    texts.set(&TextPlace::Name, None);
                }
                (bundle, format!("copy of {slug}"), Vec::new())
            }
            Beginning::Archive(text) => {
                let bundle = self.read_archive(text).await.map_err(|error| match error {
                    ArchiveError::Shop(error) => BeginError::Shop(error),
                    error => BeginError::Archive(error),
                })?;
                (named(bundle), "from a file".to_owned(), Vec::new())
            }
            Beginning::Model { name: file, text, currency } => {
                let name = name.to_owned();
                let read = move || feature_model::read(&name, &file, &text, &currency);
                let (source, unsaid) = self.executor.run(read).await??;
                (drawn(source), "from a feature model".to_owned(), unsaid)
            }
        })
    }
}

/// The address that a name suggests: small letters, digits and hyphens.
fn address_of(name: &str) -> String {
    let folded = crate::catalogue::folded(name);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-").chars().take(40).collect()
}

/// What is wrong with a name as it was typed.
fn name_fault(name: &str) -> Option<FieldFault> {
    match line_fault(name) {
        None => name.is_empty().then_some(FieldFault::Empty),
        Some(TextFault::Unseen) => Some(FieldFault::Empty),
        Some(TextFault::Hidden(_)) => Some(FieldFault::Hidden),
    }
}

/// Options as they were typed, one to a line.
fn options(typed: &str) -> Vec<&str> {
    typed.lines().map(str::trim).filter(|line| name_fault(line) != Some(FieldFault::Empty)).collect()
}

/// What is wrong with options that somebody typed, a line each.
fn options_fault(options: Vec<&str>) -> Option<FieldFault> {
    if options.iter().any(|option| name_fault(option).is_some()) {
        return Some(FieldFault::Hidden);
    }
    let many = options.len();
    let names: HashSet<String> = options.into_iter().map(str::to_lowercase).collect();
    match (many, names.len()) {
        (0 | 1, _) => Some(FieldFault::FewOptions),
        (many, names) => (names < many).then_some(FieldFault::OptionTwice),
    }
}
