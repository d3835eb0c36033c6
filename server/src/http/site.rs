//! What every handler can reach.

use std::sync::Arc;

use app::pages::Assets;
use shop::Shop;

/// What every handler can reach.
#[derive(Clone)]
pub struct Site {
    /// The use cases.
    pub shop: Arc<Shop>,
    /// Addresses of built files.
    pub assets: Arc<Assets>,
    /// Whether cookies may travel over https only.
    pub secure: bool,
}
