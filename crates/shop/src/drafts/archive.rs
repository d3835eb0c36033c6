//! A product as one file: written from a draft, and read to become one. The same product is the same bytes: names are codes,
//! everything has one order. Drawings that no layer names yet go along.

use configurator::source::Source;
use configurator::{Problem, Slug};
use preview::Drawings;
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::store::Way;
use crate::catalogue::bundle::Bundle;
use crate::error::ShopError;
use crate::shop::Shop;
use crate::store_error::StoreError;

/// Most bytes of such a file.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// How files are written now. It grows when what older releases wrote can't be read as it is.
const FORMAT: u32 = 1;

#[derive(Serialize)]
struct Written<'b> {
    atelier_product: u32,
    source: &'b Source,
    drawings: &'b Drawings,
}

/// Only what says how the rest is written.
#[derive(Deserialize)]
struct Head {
    atelier_product: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "atelier_product")]
    _format: u32,
    source: Source,
    drawings: Drawings,
}

/// Why a file became no draft. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It is larger than a product can be.
    #[error(
        "this file has {length} bytes, a product at most {MOST_BYTES}; choose the file that the shop wrote"
    )]
    TooLarge {
        /// Its bytes.
        length: usize,
    },
    /// It is no product of a shop.
    #[error("this is no file of a product; choose one that a shop wrote")]
    NoArchive,
    /// A later release wrote it.
    #[error(
        "a later release wrote this file (format {format}, this one reads {FORMAT}); update this shop first"
    )]
    Later {
        /// How it is written.
        format: u32,
    },
    /// Some field can't be read.
    #[error("{message}, at {place} (line {line}, column {column})")]
    Field {
        /// What is wrong.
        message: String,
        /// The field, such as `source.attributes[2].min`.
        place: String,
        /// Counts from 1.
        line: usize,
        /// Counts from 1.
        column: usize,
    },
    /// Its drawings are more than plain drawings, or missing.
    #[error("its drawings can't be taken: {}", .0.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; "))]
    Drawings(Vec<Problem>),
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

impl Bundle {
    /// The product as one file, the same bytes for equal products.
    ///
    /// # Errors
    /// It can't be written as JSON.
    pub fn to_archive(&self) -> Result<String, ShopError> {
        let Self { source, drawings } = self;
        let written = Written { atelier_product: FORMAT, source, drawings };
        let text = serde_json::to_string_pretty(&written).map_err(|error| StoreError::Unreadable {
            what: "the product".to_owned(),
            reason: error.to_string(),
        })?;
        Ok(text + "\n")
    }

    /// Reads what [`Bundle::to_archive`] wrote. The product need not be sound, its drawings are.
    ///
    /// # Errors
    /// It is no such file, or not as this release writes it; its drawings do more than draw.
    pub fn from_archive(text: &str) -> Result<Self, ArchiveError> {
        if text.len() > MOST_BYTES {
            return Err(ArchiveError::TooLarge { length: text.len() });
        }
        // A list would be read as a type's fields one after the other.
        if !text.trim_start().starts_with('{') {
            return Err(ArchiveError::NoArchive);
        }
        let head: Head = serde_json::from_str(text).map_err(|_| ArchiveError::NoArchive)?;
        match head.atelier_product {
            Some(FORMAT) => {}
            Some(format) if format > FORMAT => return Err(ArchiveError::Later { format }),
            Some(_) | None => return Err(ArchiveError::NoArchive),
        }
        let mut reader = serde_json::Deserializer::from_str(text);
        let read: Read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let place = error.path().to_string();
            let inner = error.into_inner();
            let (line, column) = (inner.line(), inner.column());
            let message = inner.to_string();
            // Where it is stands in fields of its own.
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            ArchiveError::Field { message, place, line, column }
        })?;
        let problems = preview::check(&read.source, &read.drawings);
        if !problems.is_empty() {
            return Err(ArchiveError::Drawings(problems));
        }
        Ok(Self { source: read.source, drawings: read.drawings })
    }
}

impl Shop {
    /// Reads a product's file, to be looked at before it is taken.
    ///
    /// # Errors
    /// See [`Bundle::from_archive`]; the shop is busy.
    pub async fn read_archive(&self, text: String) -> Result<Bundle, ArchiveError> {
        self.executor.run(move || Bundle::from_archive(&text)).await?
    }

    /// Makes a file the draft of a product, in place of the one there is, if nobody saved that since `version`.
    ///
    /// # Errors
    /// See [`Bundle::from_archive`] and [`Shop::save_draft`]; nothing is changed then.
    pub async fn take_archive(
        &self,
        slug: &Slug,
        version: i64,
        text: String,
        by: &str,
    ) -> Result<Draft, ArchiveError> {
        let bundle = self.read_archive(text).await?;
        Ok(self.save_draft_as(slug, version, bundle, by, Way::Imported).await?)
    }
}
