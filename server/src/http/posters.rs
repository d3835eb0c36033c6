//! Pictures of designs for where links are shown, kept as they go out: drawing one takes tens of milliseconds, and a link that
//! is sent around is looked at by many.

use std::sync::Arc;

use axum::body::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use shop::{Opened, Shop};

use super::failure::Failure;

/// How many bytes they may take together.
const ROOM: u64 = 16 << 20;
/// About how many pictures that are.
const MANY: usize = 256;

#[derive(Clone)]
struct InBytes;

impl Weighter<String, Bytes> for InBytes {
    fn weight(&self, _: &String, picture: &Bytes) -> u64 {
        picture.len() as u64
    }
}

/// Pictures that were asked for. The least used make room for others.
#[derive(Clone)]
pub(super) struct Posters(Arc<Cache<String, Bytes, InBytes>>);

impl Default for Posters {
    fn default() -> Self {
        Self(Arc::new(Cache::with_weighter(MANY, ROOM, InBytes)))
    }
}

impl Posters {
    /// The picture of a design as a PNG.
    ///
    /// # Errors
    /// The shop is busy, or there is no drawing.
    pub(super) async fn get(&self, shop: &Shop, opened: Opened) -> Result<Bytes, Failure> {
        let revision = &opened.revision;
        let design = opened.product.write_choices(&opened.design.to_choices());
        let key = format!("{} {} {}", revision.slug, revision.number, app::address::query(&design));
        let draw = async { Ok(shop.poster(opened).await?.ok_or(Failure::NoPage)?.into()) };
        self.0.get_or_insert_async(&key, draw).await
    }
}
