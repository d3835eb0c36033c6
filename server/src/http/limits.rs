//! How often one client may order, keep designs, and send wrong API keys.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use shop::Client;

use super::failure::Failure;
use super::site::Site;
use crate::settings::{DesignLimits, OrderLimits};

/// After how many times those are forgotten who may do it as often as anybody again.
const TIDY_AFTER: u32 = 1_000;

/// Counts how often each client does something.
pub struct Counts {
    limiter: DefaultKeyedRateLimiter<Client>,
    counted: AtomicU32,
}

impl Counts {
    /// So often in a minute, in the long run, and so often at once.
    fn new(per_minute: NonZeroU32, at_once: NonZeroU32) -> Self {
        let quota = Quota::per_minute(per_minute).allow_burst(at_once);
        Self { limiter: RateLimiter::keyed(quota), counted: AtomicU32::new(0) }
    }

    /// As often as one person opens campaign links, so that nobody makes a campaign look better than it is.
    pub(super) fn of_campaigns() -> Self {
        Self::new(NonZeroU32::MIN, NonZeroU32::MIN.saturating_add(9))
    }

    /// As often as one client may fail to log in: thirty times in a quarter of an hour.
    pub(super) fn of_wrong_keys() -> Self {
        Self::new(NonZeroU32::MIN.saturating_add(1), NonZeroU32::MIN.saturating_add(29))
    }

    /// As often as some people behind one address leave products' pages, so that nobody makes an option look better than it is.
    pub(super) fn of_visits() -> Self {
        let [per_minute, at_once] = [19, 59].map(|more| NonZeroU32::MIN.saturating_add(more));
        Self::new(per_minute, at_once)
    }

    /// Counts one, or says how long to wait.
    pub(super) fn count(&self, client: &Client) -> Result<(), Duration> {
        if self.counted.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDY_AFTER) {
            self.limiter.retain_recent();
        }
        let counted = self.limiter.check_key(client);
        counted.map_err(|until| until.wait_time_from(DefaultClock::default().now()))
    }
}

impl From<OrderLimits> for Counts {
    fn from(limits: OrderLimits) -> Self {
        Self::new(limits.orders_per_minute, limits.orders_at_once)
    }
}

impl From<DesignLimits> for Counts {
    fn from(limits: DesignLimits) -> Self {
        Self::new(limits.designs_per_minute, limits.designs_at_once)
    }
}

/// The leave to order. As an argument of a handler it is asked for before the body is read.
pub(super) struct MayOrder;

impl MayOrder {
    /// The same once it is known that something is to be ordered: a form is sent for other things, too.
    pub(super) fn ask(site: &Site, client: &Client) -> Result<Self, Failure> {
        site.orders.count(client).map_err(|wait| Failure::TooManyOrders { wait })?;
        Ok(Self)
    }
}

impl FromRequestParts<Site> for MayOrder {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Failure> {
        Self::ask(site, &asking(parts))
    }
}

/// The leave to keep a design, in the same way.
pub(super) struct MayKeep;

impl MayKeep {
    /// The same once it is known that something is to be kept.
    pub(super) fn ask(site: &Site, client: &Client) -> Result<Self, Failure> {
        site.designs.count(client).map_err(|wait| Failure::TooManyDesigns { wait })?;
        Ok(Self)
    }
}

impl FromRequestParts<Site> for MayKeep {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Failure> {
        Self::ask(site, &asking(parts))
    }
}

/// Who asks.
pub(super) struct Asking(pub(super) Client);

impl FromRequestParts<Site> for Asking {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Self::Rejection> {
        Ok(Self(asking(parts)))
    }
}

/// The client that a request comes from.
pub(super) fn asking(parts: &Parts) -> Client {
    parts.extensions.get().cloned().unwrap_or_else(|| Client::new(""))
}
