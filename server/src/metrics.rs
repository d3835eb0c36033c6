//! What is counted and measured, for Prometheus. Nothing here tells of a person, and no label takes more values than this
//! program has routes, codes and outcomes.

use std::fmt;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use shop::Load;

/// What all names begin with.
const PREFIX: &str = "atelier";
/// Bounds of the times that are told apart, in seconds.
const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What is counted and measured. Copies count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    requests: Family<Answered, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    orders: Counter,
    refused_orders: Family<Code, Counter>,
    log_ins: Family<Outcome, Counter>,
    connections: Gauge,
    kept_pages: Counter,
}

/// How a request was answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
    /// The route as the router writes it, with names in braces.
    pub route: String,
    /// The method, or OTHER.
    pub method: &'static str,
    /// The first digit of the status, such as 2xx.
    pub status: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Code {
    code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Build {
    version: &'static str,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(BOUNDS)),
            orders: Counter::default(),
            refused_orders: Family::default(),
            log_ins: Family::default(),
            connections: Gauge::default(),
            kept_pages: Counter::default(),
        }
    }
}

impl Metrics {
    /// A request was answered, that long after its head had come.
    pub(crate) fn answered(&self, answered: Answered, took: Duration) {
        let route = Route { route: answered.route.clone() };
        self.durations.get_or_create(&route).observe(took.as_secs_f64());
        self.requests.get_or_create(&answered).inc();
    }

    /// An order was placed.
    pub(crate) fn order_placed(&self) {
        self.orders.inc();
    }

    /// An order was refused, or went wrong.
    pub(crate) fn order_refused(&self, code: &'static str) {
        self.refused_orders.get_or_create(&Code { code }).inc();
    }

    /// Somebody tried to log in.
    pub(crate) fn log_in(&self, outcome: &'static str) {
        self.log_ins.get_or_create(&Outcome { outcome }).inc();
    }

    /// A page that everybody sees was made, to be kept.
    pub(crate) fn page_made(&self) {
        self.kept_pages.inc();
    }

    /// How many connections are open.
    #[must_use]
    pub fn connections(&self) -> Gauge {
        self.connections.clone()
    }

    /// All of it as OpenMetrics has it, with what there is to think about.
    ///
    /// # Errors
    /// There is no memory left to write to.
    pub(crate) fn text(&self, load: Load) -> Result<String, fmt::Error> {
        let mut all = Registry::with_prefix(PREFIX);
        all.register(
            "build",
            "The release that runs",
            Info::new(Build { version: env!("CARGO_PKG_VERSION") }),
        );
        all.register(
            "requests",
            "Requests answered, by route, method and kind of status",
            self.requests.clone(),
        );
        all.register_with_unit(
            "request_duration",
            "Time from a request's head to its answer's, by route",
            Unit::Seconds,
            self.durations.clone(),
        );
        all.register("connections", "Connections of shoppers that are open", self.connections.clone());
        all.register("orders_placed", "Orders placed", self.orders.clone());
        all.register(
            "kept_pages_made",
            "Pages that everybody sees which were made, to be kept",
            self.kept_pages.clone(),
        );
        all.register(
            "orders_refused",
            "Orders not placed, by the code of the reason",
            self.refused_orders.clone(),
        );
        all.register("log_ins", "Attempts to log in, by what came of them", self.log_ins.clone());
        let gauge = |count: usize| ConstGauge::new(i64::try_from(count).unwrap_or(i64::MAX));
        all.register("thinking_running", "Pieces of work that run", gauge(load.running));
        all.register("thinking_waiting", "Pieces of work that wait for a thread", gauge(load.waiting));
        let refused = Family::<Reason, Counter>::default();
        refused.get_or_create(&Reason { reason: "busy" }).inc_by(load.refused_busy);
        refused.get_or_create(&Reason { reason: "over_share" }).inc_by(load.refused_over_share);
        all.register(
            "thinking_refused",
            "Pieces of work that found no thread in time, or whose client had too much in hand",
            refused,
        );
        let mut text = String::new();
        encode(&mut text, &all)?;
        Ok(text)
    }
}
