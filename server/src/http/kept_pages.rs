//! Pages that are the same for everybody, kept as they go out: rendered and compressed once for each revision, language, day
//! and settings of the shop. Of orders they have no more than the address of what was learnt, so they are good for that day, for as
//! long as their revision is live and nothing else is learnt.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use axum::response::Response;
use configurator::{RevisionNumber, Slug};
use quick_cache::sync::{Cache, DefaultLifecycle, PlaceholderGuard};
use quick_cache::{DefaultHashBuilder, Weighter};
use shop::stock::SoldOut;
use time::Date;

use super::packed::Packed;

/// How many bytes they may take together.
const ROOM: u64 = 32 << 20;
/// About how many pages that are.
const MANY: usize = 512;

/// A page of a revision's standard design.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub slug: Slug,
    pub revision: RevisionNumber,
    /// The language's tag.
    pub language: &'static str,
    /// The shop's day: the page says by when an order of that day is there.
    pub day: Date,
    /// The version of the shop's settings, which the page is made by.
    pub settings: i64,
    /// What is sold out.
    pub sold_out: Arc<[SoldOut]>,
    /// The hash of what browsers may have of what was learnt.
    pub habits: Option<String>,
}

#[derive(Clone)]
pub(super) struct InBytes;

impl Weighter<Key, Packed> for InBytes {
    fn weight(&self, _: &Key, page: &Packed) -> u64 {
        page.bytes() as u64
    }
}

/// Pages that were asked for. The least used make room for others.
#[derive(Clone)]
pub(super) struct KeptPages(Arc<Cache<Key, Packed, InBytes>>);

impl Default for KeptPages {
    fn default() -> Self {
        Self(Arc::new(Cache::with_weighter(MANY, ROOM, InBytes)))
    }
}

impl KeptPages {
    /// The page, or the turn to make it: others who ask meanwhile wait for that.
    pub(super) async fn get(&self, key: &Key) -> Result<Packed, Turn<'_>> {
        self.0.get_value_or_guard_async(key).await
    }
}

/// The turn to make a page. Given up, it goes to the next who waits.
pub(super) type Turn<'k> =
    PlaceholderGuard<'k, Key, Packed, InBytes, DefaultHashBuilder, DefaultLifecycle<Key, Packed>>;

/// The page for a browser that asked with these headers.
pub(super) fn answer(page: Packed, asked: &HeaderMap) -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "private, no-store")];
    page.answer(asked, headers)
}
