//! The shop itself; its use cases lie in the folders of their capabilities.

use std::sync::Arc;

use configurator::{Calendar, RevisionNumber, Slug};
use quick_cache::sync::Cache;
use time::{Duration, OffsetDateTime};
use tokio::sync::Semaphore;

use crate::access::log_in_limits::LogInLimits;
use crate::catalogue::revision::{Revisions, revisions};
use crate::customers::sign_in_limits::SignInLimits;
use crate::designs::names::{FormerNames, former_names};
use crate::drafts::looked::{LookedAt, looked_at};
use crate::drafts::studied::{Studies, studies};
use crate::environment::Environment;
use crate::executor::Executor;
use crate::experiments::alarmed::Alarmed;
use crate::experiments::running::RunningExperiments;
use crate::group_menus::store::GroupMenus;
use crate::insight::buffer::Buffer;
use crate::lately::Lately;
use crate::learning::lately_worth::{LatelyWorth, lately_worth};
use crate::learning::learnt::{StartingDesigns, starting_designs};
use crate::learning::models::Models;
use crate::orders::in_hand::InHand;
use crate::products::store::StandingRow;
use crate::shop_file::current::CurrentProfile;
use crate::shop_file::profile::Profile;
use crate::stock::left::{Left, SoldOutOfAll, left};
use crate::store::Store;

/// Of how many products it is remembered which revision was live.
const MOST_LATELY: usize = 4_000;

/// The shop: every use case is one of its methods.
pub struct Shop {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) executor: Executor,
    pub(crate) revisions: Revisions,
    /// Making what answers for a product takes a core and more memory than anything else: one at a time, whoever asks for it.
    pub(crate) compiling: Semaphore,
    pub(crate) starting_designs: StartingDesigns,
    pub(crate) models: Models,
    /// What options were worth when somebody looked lately.
    pub(crate) lately_worth: LatelyWorth,
    pub(crate) former_names: FormerNames,
    /// Which revision was live when it was last asked for.
    pub(crate) lately_live: Cache<Slug, (RevisionNumber, OffsetDateTime)>,
    /// How products stood when it was last asked for.
    pub(crate) lately_standing: Cache<Slug, (StandingRow, OffsetDateTime)>,
    /// What was sold out of products when it was last asked for.
    pub(crate) lately_sold_out: Lately<SoldOutOfAll>,
    /// Menus of groups when they were last asked for.
    pub(crate) lately_group_menus: Lately<GroupMenus>,
    /// Experiments that ran when it was last asked for.
    pub(crate) lately_running: Lately<RunningExperiments>,
    /// Experiments that showed nothing when they were looked after last, by code.
    pub(crate) alarmed: Alarmed,
    /// Visitors who were counted in an experiment lately: by its code and the hash of their id.
    pub(crate) entered: Cache<(String, String), ()>,
    /// What is left of revisions of which something is sold out.
    pub(crate) left: Left,
    /// Drafts that somebody looked at lately as the gate does.
    pub(crate) looked_at: LookedAt,
    /// Drafts that somebody looked into lately.
    pub(crate) studies: Studies,
    /// Drafts of a product are looked into one at a time beside what is done with them, so that saving them is not kept waiting.
    pub(crate) beside: Cache<Slug, Arc<Semaphore>>,
    pub(crate) profile: CurrentProfile,
    /// Hashing a password takes 19 MiB and a core; more at once would let a flood of log-ins exhaust both.
    pub(crate) hashing: Arc<Semaphore>,
    pub(crate) log_in_limits: LogInLimits,
    pub(crate) sign_in_limits: SignInLimits,
    /// What was counted and is not in the store yet.
    pub(crate) counts: Buffer,
    pub(crate) orders_in_hand: InHand,
}

impl Shop {
    /// A shop on this store.
    pub fn new(store: Arc<dyn Store>, environment: Arc<dyn Environment>) -> Self {
        Self {
            store,
            environment,
            executor: Executor::default(),
            revisions: revisions(),
            compiling: Semaphore::new(1),
            starting_designs: starting_designs(),
            models: Models::default(),
            lately_worth: lately_worth(),
            former_names: former_names(),
            lately_live: Cache::new(MOST_LATELY),
            lately_standing: Cache::new(MOST_LATELY),
            lately_sold_out: Lately::default(),
            lately_group_menus: Lately::default(),
            lately_running: Lately::default(),
            alarmed: Alarmed::default(),
            entered: Cache::new(MOST_LATELY),
            left: left(),
            looked_at: looked_at(),
            studies: studies(),
            beside: Cache::new(MOST_LATELY),
            profile: CurrentProfile::default(),
            hashing: Arc::new(Semaphore::new(2)),
            log_in_limits: LogInLimits::default(),
            sign_in_limits: SignInLimits::default(),
            counts: Buffer::default(),
            orders_in_hand: InHand::default(),
        }
    }

    /// The same shop, thinking on this executor.
    #[must_use]
    pub fn with_executor(self, executor: Executor) -> Self {
        Self { executor, ..self }
    }

    /// The same shop, run as its file says until somebody saves other settings.
    #[must_use]
    pub fn with_profile(self, profile: Profile) -> Self {
        Self { profile: profile.into(), ..self }
    }

    /// Who runs the shop and how, at this moment.
    #[must_use]
    pub fn profile(&self) -> Arc<Profile> {
        self.profile.get()
    }

    /// How the shop counts days from now on.
    #[must_use]
    pub fn calendar(&self) -> Calendar {
        self.profile().calendar(self.environment.now())
    }

    /// For how long a saved design is kept after its last change.
    #[must_use]
    pub fn designs_kept(&self) -> Duration {
        self.profile().designs_kept
    }

    /// The same shop, with these limits on attempts to log in.
    #[must_use]
    pub fn with_log_in_limits(self, log_in_limits: LogInLimits) -> Self {
        Self { log_in_limits, ..self }
    }

    /// The same shop, with these limits on links to sign in.
    #[must_use]
    pub fn with_sign_in_limits(self, sign_in_limits: SignInLimits) -> Self {
        Self { sign_in_limits, ..self }
    }

    /// The same shop, which takes at most so many orders at once: whoever comes beyond that is told to come again.
    #[must_use]
    pub fn with_orders_in_hand(self, most: u32) -> Self {
        Self { orders_in_hand: InHand::new(most), ..self }
    }

    /// What everything that thinks runs on: use cases here, and the rendering of pages that ask the engine.
    #[must_use]
    pub fn executor(&self) -> &Executor {
        &self.executor
    }

    /// The time, in the whole milliseconds that the store keeps.
    pub(crate) fn now(&self) -> OffsetDateTime {
        let now = self.environment.now().to_offset(time::UtcOffset::UTC);
        now.replace_millisecond(now.millisecond()).unwrap_or(now)
    }
}
