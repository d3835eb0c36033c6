//! What every handler can reach.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use app::pages::{Assets, Storefront};
use app::terms::Terms;
use shop::Shop;
use words::Language;

use super::access::Addresses;
use super::kept_pages::KeptPages;
use super::limits::Counts;
use super::posters::{Pictures, Posters};
use crate::metrics::Metrics;
use crate::readiness::Readiness;
use crate::settings::{DesignLimits, OrderLimits, Proxies};

/// How a site is served.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether cookies may travel over https only.
    pub secure: bool,
    /// The languages that pages are offered in; the first where a reader asks for none of them.
    pub languages: Vec<Language>,
    /// Whom to believe who a client is.
    pub proxies: Proxies,
    /// How often one client may order.
    pub orders: OrderLimits,
    /// How often one client may keep designs.
    pub designs: DesignLimits,
    /// Where the shop is reached from outside, without a slash at its end.
    pub url: String,
    /// Whether the shop is ready.
    pub readiness: Arc<Readiness>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Folders of files that former releases built for browsers.
    pub former_sites: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            secure: false,
            languages: Language::ALL.to_vec(),
            proxies: Proxies::default(),
            orders: OrderLimits::default(),
            designs: DesignLimits::default(),
            url: "http://127.0.0.1:3000".to_owned(),
            readiness: Arc::default(),
            metrics: Arc::default(),
            former_sites: Vec::new(),
        }
    }
}

/// What every handler can reach. Each layer of each request has it, so it is one pointer.
#[derive(Clone)]
pub struct Site(pub(super) Arc<AtHand>);

impl Deref for Site {
    type Target = AtHand;

    fn deref(&self) -> &AtHand {
        &self.0
    }
}

/// What is behind a [`Site`].
pub struct AtHand {
    /// The use cases.
    pub shop: Arc<Shop>,
    /// Addresses of built files.
    pub assets: Arc<Assets>,
    /// Whether cookies may travel over https only.
    pub secure: bool,
    /// The languages that pages are offered in; the first where a reader asks for none of them.
    pub languages: Arc<[Language]>,
    /// Whom to believe who a client is.
    pub proxies: Arc<Proxies>,
    /// Counts the orders of each client.
    pub orders: Arc<Counts>,
    /// Counts the designs that each client keeps.
    pub designs: Arc<Counts>,
    /// Counts the wrong API keys that each client sends.
    pub wrong_keys: Arc<Counts>,
    /// Counts how often each client is counted for opening campaign links.
    pub campaigns: Arc<Counts>,
    /// Counts how often each client is counted for visits to products' pages.
    pub visits: Arc<Counts>,
    /// Where the shop is reached from outside.
    pub url: Arc<str>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Whether the shop is ready.
    pub readiness: Arc<Readiness>,
    /// Pages that are the same for everybody.
    pub(super) pages: KeptPages,
    /// Pictures of designs, for where links are shown.
    pub(super) posters: Posters,
    /// The same as files.
    pub(super) pictures: Pictures,
    /// What the addresses of the admin take.
    pub(super) access: Arc<Addresses>,
}

impl Site {
    /// What every page says of the shop itself.
    pub(super) fn storefront(&self) -> Arc<Storefront> {
        let profile = self.shop.profile();
        let company = profile.company.legal_name.clone().unwrap_or_default();
        Arc::new(Storefront { name: profile.name.clone(), company })
    }

    /// What is promised with a design at this moment.
    pub(super) fn terms(&self) -> Terms {
        let profile = self.shop.profile();
        Terms { calendar: self.shop.calendar(), vat: profile.vat, return_days: profile.return_days }
    }
}
