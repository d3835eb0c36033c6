//! What is learnt of products, made behind requests: one model at a time, kept while it is asked for, and made anew when enough
//! orders came. Until it is there, and while it is made anew, what was known before answers.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use configurator::{RevisionNumber, Slug};
use personalize::gate::Promise;
use personalize::learn::choose::candidates;
use personalize::learnt::Learnt;
use quick_cache::sync::Cache;
use time::{Duration, OffsetDateTime};
use tokio::sync::Semaphore;

use super::past::past_designs;
use super::store::PastDesignRow;
use crate::catalogue::revision::Revision;
use crate::client::for_all;
use crate::error::ShopError;
use crate::executor::Executor;
use crate::store::Store;

/// How many models are kept. One of 5 000 orders with sixty variables takes a few megabytes.
const MOST_MODELS: usize = 32;
/// How long a model is used before the orders are looked at again.
const LOOK_AGAIN: Duration = Duration::minutes(1);
/// A model is made anew when one order in so many is another: fewer hardly move a share, or what passes a gate.
const ONE_IN: u64 = 20;
/// How old a model gets at most where any order is another, so that what was taken back or left out is forgotten by then.
const OLDEST: Duration = Duration::hours(1);

pub(crate) type Subject = (Slug, RevisionNumber);

/// What is learnt, and what is being learnt.
#[derive(Clone)]
pub(crate) struct Models {
    known: Arc<Cache<Subject, Arc<Model>>>,
    under_way: Arc<Mutex<HashSet<Subject>>>,
    /// Learning takes a thread for seconds: one at a time leaves the others to those who wait.
    turn: Arc<Semaphore>,
}

impl Default for Models {
    fn default() -> Self {
        Self {
            known: Arc::new(Cache::new(MOST_MODELS)),
            under_way: Arc::default(),
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

/// What was learnt of a revision's orders.
pub(crate) struct Model {
    pub learnt: Learnt,
    /// How many orders were alike, by what they were.
    rows: HashMap<u64, u32>,
    made_at: OffsetDateTime,
    /// When the orders were looked at last, in milliseconds.
    looked_at: AtomicI64,
}

impl Model {
    fn of(revision: &Revision, rows: &[PastDesignRow], now: OffsetDateTime) -> Self {
        let past = past_designs(&revision.product, rows);
        let learnt = Learnt::from_orders(&revision.product, &past, &candidates(), Promise::default());
        let looked_at = AtomicI64::new(milliseconds(now));
        Self { learnt, rows: counted(rows), made_at: now, looked_at }
    }

    fn is_to_be_looked_at(&self, now: OffsetDateTime) -> bool {
        let since = milliseconds(now).abs_diff(self.looked_at.load(Ordering::Relaxed));
        since >= LOOK_AGAIN.whole_milliseconds().unsigned_abs().try_into().unwrap_or(u64::MAX)
    }

    /// Whether orders are others than those it was made of, by so many that it is to be made anew.
    fn is_outdated(&self, rows: &[PastDesignRow], now: OffsetDateTime) -> bool {
        let others = difference(&self.rows, &counted(rows));
        let all: u64 = self.rows.values().map(|count| u64::from(*count)).sum();
        others > 0 && (others.saturating_mul(ONE_IN) >= all || (now - self.made_at).abs() >= OLDEST)
    }
}

fn milliseconds(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

fn counted(rows: &[PastDesignRow]) -> HashMap<u64, u32> {
    let mut counted = HashMap::with_capacity(rows.len());
    for row in rows {
        let mut hasher = DefaultHasher::new();
        (&row.stated_use, &row.choices).hash(&mut hasher);
        let count: &mut u32 = counted.entry(hasher.finish()).or_default();
        *count = count.saturating_add(row.count);
    }
    counted
}

/// How many orders came, and how many went.
fn difference(before: &HashMap<u64, u32>, after: &HashMap<u64, u32>) -> u64 {
    let of = |rows: &HashMap<u64, u32>, key| rows.get(key).copied().unwrap_or(0);
    let keys: HashSet<&u64> = before.keys().chain(after.keys()).collect();
    keys.into_iter().map(|key| u64::from(of(before, key).abs_diff(of(after, key)))).sum()
}

/// What learning works with.
pub(crate) struct Workshop {
    pub models: Models,
    pub store: Arc<dyn Store>,
    pub executor: Executor,
    pub now: OffsetDateTime,
}

/// A subject that is being learnt, until dropped.
struct UnderWay(Models, Subject);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.1);
    }
}

impl Workshop {
    /// The model of a revision if there is one; where there is none, or its orders were not looked at lately, that begins behind.
    pub fn model(self, revision: &Arc<Revision>) -> Option<Arc<Model>> {
        let subject = (revision.slug.clone(), revision.number);
        let known = self.models.known.get(&subject);
        let is_due = known.as_ref().is_none_or(|model| model.is_to_be_looked_at(self.now));
        if is_due {
            let is_first =
                self.models.under_way.lock().unwrap_or_else(PoisonError::into_inner).insert(subject.clone());
            if is_first {
                let (guard, revision) = (UnderWay(self.models.clone(), subject), Arc::clone(revision));
                tokio::spawn(async move {
                    if let Err(error) = self.learn(&revision).await {
                        let (slug, number) = (&revision.slug, revision.number);
                        tracing::warn!(%slug, %number, %error, "orders are not learnt from yet");
                    }
                    drop(guard);
                });
            }
        }
        known
    }

    /// Makes the model of a revision where there is none, or enough orders are others.
    pub async fn learn(&self, revision: &Arc<Revision>) -> Result<(), ShopError> {
        let subject = (revision.slug.clone(), revision.number);
        let turn = self.models.turn.acquire().await.map_err(|_| ShopError::Busy)?;
        let rows = self.store.past_designs(&revision.slug).await?;
        if let Some(known) = self.models.known.get(&subject)
            && !known.is_outdated(&rows, self.now)
        {
            known.looked_at.store(milliseconds(self.now), Ordering::Relaxed);
            return Ok(());
        }
        let (now, made_of) = (self.now, Arc::clone(revision));
        let made = for_all(self.executor.run(move || Model::of(&made_of, &rows, now))).await?;
        self.models.known.insert(subject, Arc::new(made));
        drop(turn);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(stated_use: &str, value: &str, count: u32) -> PastDesignRow {
        let choices = vec![("shade".to_owned(), value.to_owned())];
        PastDesignRow { stated_use: Some(stated_use.to_owned()), choices, count, synthetic: 0 }
    }

    #[test]
    fn orders_that_came_and_went_are_both_others() {
        let before = counted(&[row("reading", "linen", 40), row("drawing", "linen", 10)]);
        assert_eq!(difference(&before, &before), 0);
        let after = counted(&[row("reading", "linen", 38), row("drawing", "brass", 10)]);
        assert_eq!(difference(&before, &after), 22);
    }

    #[test]
    fn a_model_is_made_anew_for_a_twentieth_of_its_orders_or_within_the_hour() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let rows = counted(&[row("reading", "linen", 100)]);
        let model = Model { learnt: Learnt::default(), rows, made_at: now, looked_at: AtomicI64::new(0) };
        assert!(!model.is_outdated(&[row("reading", "linen", 104)], now));
        assert!(model.is_outdated(&[row("reading", "linen", 105)], now));
        assert!(model.is_outdated(&[row("reading", "linen", 95)], now));
        assert!(model.is_outdated(&[row("reading", "linen", 99)], now + OLDEST));
        assert!(!model.is_outdated(&[row("reading", "linen", 100)], now + OLDEST));
        assert!(!model.is_to_be_looked_at(now + Duration::seconds(59)));
        assert!(model.is_to_be_looked_at(now + LOOK_AGAIN));
    }
}
