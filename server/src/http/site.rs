//! What every handler can reach.

use std::sync::Arc;

use app::pages::Assets;
use shop::Shop;
use words::Language;

/// How a site is served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether cookies may travel over https only.
    pub secure: bool,
    /// The languages that pages are offered in; the first where a reader asks for none of them.
    pub languages: Vec<Language>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { secure: false, languages: Language::ALL.to_vec() }
    }
}

/// What every handler can reach.
#[derive(Clone)]
pub struct Site {
    /// The use cases.
    pub shop: Arc<Shop>,
    /// Addresses of built files.
    pub assets: Arc<Assets>,
    /// Whether cookies may travel over https only.
    pub secure: bool,
    /// The languages that pages are offered in; the first where a reader asks for none of them.
    pub languages: Arc<[Language]>,
}
