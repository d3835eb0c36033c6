//! Pictures of designs, kept as they go out. Drawing one for where links are shown takes tens of milliseconds, and a link that is sent
//! around is looked at by many; one as a file is compressed once, and is looked at by everybody who sees the list.

use std::sync::Arc;

use axum::body::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use shop::{Opened, Shop};

use super::failure::Failure;
use super::packed::Packed;

/// How many bytes those of a kind may take together.
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

impl Weighter<String, Packed> for InBytes {
    fn weight(&self, _: &String, picture: &Packed) -> u64 {
        picture.bytes() as u64
    }
}

/// Pictures for where links are shown that were asked for. The least used make room for others.
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
        let key = key(&opened);
        let draw = async { Ok(shop.poster(opened).await?.ok_or(Failure::NoPage)?.into()) };
        self.0.get_or_insert_async(&key, draw).await
    }
}

/// Pictures as files that were asked for. The least used make room for others.
#[derive(Clone)]
pub(super) struct Pictures(Arc<Cache<String, Packed, InBytes>>);

impl Default for Pictures {
    fn default() -> Self {
        Self(Arc::new(Cache::with_weighter(MANY, ROOM, InBytes)))
    }
}

impl Pictures {
    /// The picture of a design as an SVG file.
    ///
    /// # Errors
    /// The shop is busy.
    pub(super) async fn get(&self, shop: &Shop, opened: Opened) -> Result<Packed, Failure> {
        let key = key(&opened);
        let draw = async {
            let svg = shop.picture(opened).await?;
            shop.executor().run(move || Packed::of(svg)).await?.map_err(|error| {
                tracing::error!(%error, "a picture can't be compressed");
                Failure::BrokenOff
            })
        };
        self.0.get_or_insert_async(&key, draw).await
    }
}

/// What a picture is of: the revision and the design. It shows the same in every language.
fn key(opened: &Opened) -> String {
    let revision = &opened.revision;
    let design = opened.product.write_choices(&opened.design.to_choices());
    format!("{} {} {}", revision.slug, revision.number, app::address::query(&design))
}
