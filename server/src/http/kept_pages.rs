//! Pages that are the same for everybody, kept as they go out: rendered and compressed once for each revision, language and day
//! of the shop. Nothing in them depends on orders, so they are good for that day, for as long as their revision is live.

use std::io::Read;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use configurator::{RevisionNumber, Slug};
use quick_cache::sync::{Cache, DefaultLifecycle, PlaceholderGuard};
use quick_cache::{DefaultHashBuilder, Weighter};
use time::Date;

/// How many bytes they may take together.
const ROOM: u64 = 32 << 20;
/// About how many pages that are.
const MANY: usize = 512;
/// Brotli's quality, of 11: more takes much longer and saves little.
const QUALITY: u32 = 9;
/// The logarithm of Brotli's window.
const WINDOW: u32 = 22;
const BUFFER: usize = 4096;

/// A page of a revision's standard design.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub slug: Slug,
    pub revision: RevisionNumber,
    /// The language's tag.
    pub language: &'static str,
    /// The shop's day: the page says by when an order of that day is there.
    pub day: Date,
}

/// A page, ready to be sent.
#[derive(Clone, Debug)]
pub(super) struct Page {
    html: Bytes,
    brotli: Bytes,
}

#[derive(Clone)]
pub(super) struct InBytes;

impl Weighter<Key, Page> for InBytes {
    fn weight(&self, _: &Key, page: &Page) -> u64 {
        (page.html.len() + page.brotli.len()) as u64
    }
}

/// Pages that were asked for. The least used make room for others.
#[derive(Clone)]
pub(super) struct KeptPages(Arc<Cache<Key, Page, InBytes>>);

impl Default for KeptPages {
    fn default() -> Self {
        Self(Arc::new(Cache::with_weighter(MANY, ROOM, InBytes)))
    }
}

impl KeptPages {
    /// The page, or the turn to make it: others who ask meanwhile wait for that.
    pub(super) async fn get(&self, key: &Key) -> Result<Page, Turn<'_>> {
        self.0.get_value_or_guard_async(key).await
    }
}

/// The turn to make a page. Given up, it goes to the next who waits.
pub(super) type Turn<'k> =
    PlaceholderGuard<'k, Key, Page, InBytes, DefaultHashBuilder, DefaultLifecycle<Key, Page>>;

impl Page {
    /// Compresses a page; takes some milliseconds.
    ///
    /// # Errors
    /// Only should there be no memory left.
    pub(super) fn of(html: String) -> std::io::Result<Self> {
        let mut brotli = Vec::new();
        brotli::CompressorReader::new(html.as_bytes(), BUFFER, QUALITY, WINDOW).read_to_end(&mut brotli)?;
        Ok(Self { html: html.into(), brotli: brotli.into() })
    }

    /// The page for a browser that takes Brotli or does not.
    pub(super) fn answer(self, takes_brotli: bool) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "private, no-store"),
            (header::VARY, "accept-encoding"),
        ];
        if takes_brotli {
            return (headers, [(header::CONTENT_ENCODING, "br")], self.brotli).into_response();
        }
        (headers, self.html).into_response()
    }
}
