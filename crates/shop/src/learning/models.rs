//! What is learnt of products, made behind requests: one model at a time, kept while it is asked for, and made anew when enough
//! orders came. Until it is there, and while it is made anew, what was known before answers.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use configurator::{RevisionNumber, Slug};
use personalize::gate::Promise;
use personalize::habits::{Habits, LEAST};
use personalize::learn::choose::candidates;
use personalize::learnt::Learnt;
use quick_cache::sync::Cache;
use quick_cache::{OptionsBuilder, Weighter};
use time::{Duration, OffsetDateTime};
use tokio::sync::Semaphore;

use super::past::{outcomes, own_choices, past_designs};
use super::store::{OrderedChoices, PastDesignRow};
use crate::catalogue::prepared::PackedArtifact;
use crate::catalogue::revision::Revision;
use crate::client::for_all;
use crate::error::ShopError;
use crate::executor::Executor;
use crate::orders::order::OrderedValue;
use crate::store::Store;
use crate::store_error::StoreError;

/// How many cells (orders by variables) the models in memory are of: 32 of 5 000 orders with sixty variables, which take a few
/// megabytes each, or thousands of small ones.
const ROOM: u64 = 32 * 5_000 * 60;
/// About how many models that are.
const MANY: usize = 512;
/// For so many is remembered when they were learnt. It takes a hundred bytes each.
const MOST_REMEMBERED: usize = 16_384;
/// How long a model is used before the orders are looked at again.
const LOOK_AGAIN: Duration = Duration::minutes(1);
/// A model is made anew when one order in so many is another: fewer hardly move a share, or what passes a gate.
const ONE_IN: u64 = 20;
/// For how long it counts what shoppers did with defaults that were chosen for them: a gate that they shut opens again then.
const OUTCOMES_COUNT: Duration = Duration::days(90);
/// How old a model gets at most where any order is another, so that what was taken back or left out is forgotten by then.
const OLDEST: Duration = Duration::hours(1);

pub(crate) type Subject = (Slug, RevisionNumber);

/// What is learnt, and what is being learnt.
#[derive(Clone)]
pub(crate) struct Models {
    known: Arc<Cache<Subject, Arc<Model>, InCells>>,
    /// When a model was made last, also of one that had to make room: it is not made again and again.
    made: Arc<Cache<Subject, OffsetDateTime>>,
    under_way: Arc<Mutex<HashSet<Subject>>>,
    /// Learning takes a thread for seconds: one at a time leaves the others to those who wait.
    turn: Arc<Semaphore>,
}

#[derive(Clone)]
pub(crate) struct InCells;

impl Weighter<Subject, Arc<Model>> for InCells {
    fn weight(&self, _: &Subject, model: &Arc<Model>) -> u64 {
        model.cells
    }
}

impl Models {
    fn with_room(room: u64) -> Self {
        // In one piece, so that a large model fits.
        let options =
            OptionsBuilder::new().shards(1).estimated_items_capacity(MANY).weight_capacity(room).build();
        let known = match options {
            Ok(options) => Cache::with_options(options, InCells, Default::default(), Default::default()),
            Err(_) => Cache::with_weighter(MANY, room, InCells),
        };
        Self {
            known: Arc::new(known),
            made: Arc::new(Cache::new(MOST_REMEMBERED)),
            under_way: Arc::default(),
            turn: Arc::new(Semaphore::new(1)),
        }
    }

    /// The model of a subject, and whether its orders are to be looked at.
    pub fn find(&self, subject: &Subject, now: OffsetDateTime) -> (Option<Arc<Model>>, bool) {
        let known = self.known.get(subject);
        let is_due = match &known {
            Some(model) => model.is_to_be_looked_at(now),
            None => self.made.get(subject).is_none_or(|made_at| (now - made_at).abs() >= OLDEST),
        };
        (known, is_due)
    }

    fn keep(&self, subject: Subject, model: Model) {
        self.made.insert(subject.clone(), model.made_at);
        // Pages that were made before have the address of the former ones.
        let model = match self.known.get(&subject) {
            Some(known) => model.beside(&known),
            None => model,
        };
        self.known.insert(subject, Arc::new(model));
    }
}

impl Default for Models {
    fn default() -> Self {
        Self::with_room(ROOM)
    }
}

/// What a model is made of.
struct Read {
    rows: Vec<PastDesignRow>,
    returning: Vec<Vec<OrderedChoices>>,
    designs: Vec<Vec<OrderedValue>>,
}

impl Read {
    async fn of(
        store: &dyn Store,
        slug: &Slug,
        rows: Vec<PastDesignRow>,
        now: OffsetDateTime,
    ) -> Result<Self, StoreError> {
        let returning = store.returning_buyers(slug).await?;
        let designs = store.learnt_from(slug, now.saturating_sub(OUTCOMES_COUNT)).await?;
        Ok(Self { rows, returning, designs })
    }
}

/// What was learnt of a revision's orders.
pub(crate) struct Model {
    pub learnt: Learnt,
    /// What of it browsers may have: [`Habits`] as bytes, compressed. Nothing where too few orders are there.
    pub habits: Option<PackedArtifact>,
    /// What they had before it was made anew.
    former_habits: Option<PackedArtifact>,
    /// How many orders were alike, by what they were.
    rows: HashMap<u64, u32>,
    /// The same of those that [`Model::habits`] are of.
    habits_of: HashMap<u64, u32>,
    /// What a wrong default cost, in gains of a right one, when it was made.
    cost: u32,
    /// How many orders it is of, times the product's variables.
    cells: u64,
    made_at: OffsetDateTime,
    /// When the orders were looked at last, in milliseconds.
    looked_at: AtomicI64,
}

impl Model {
    fn of(revision: &Revision, read: &Read, cost: u32, now: OffsetDateTime) -> Self {
        let (product, rows) = (&revision.product, read.rows.as_slice());
        let past = past_designs(product, rows);
        let buyers: Vec<_> = read.returning.iter().map(|orders| own_choices(product, orders)).collect();
        let promise = Promise::default().at_cost(cost);
        let learnt = Learnt::from_orders(product, &past, &candidates(), promise);
        let learnt = learnt.with_buyers(product, &buyers, promise);
        let learnt = learnt.with_outcomes(product, &outcomes(product, &read.designs));
        let habits = Habits::of(product, learnt.past());
        let habits = habits.map(|habits| PackedArtifact::pack(&habits.to_bytes()));
        let looked_at = AtomicI64::new(milliseconds(now));
        let orders = u64::from(learnt.past().count());
        let variables = u64::try_from(revision.product.variables().len()).unwrap_or(u64::MAX);
        let cells = orders.saturating_mul(variables).max(1);
        // Browsers are given nothing of who asks but the use.
        let habits_of = counted(rows, use_and_choices);
        let (former_habits, rows) = (None, counted(rows, all_of));
        Self { learnt, habits, former_habits, rows, habits_of, cost, cells, made_at: now, looked_at }
    }

    /// The same with what browsers had of the model before: as long as fewer orders are others than are told of, browsers keep that,
    /// since whoever compares two would read those orders.
    fn beside(self, known: &Self) -> Self {
        if known.habits.is_some() && difference(&known.habits_of, &self.habits_of) < LEAST {
            let (habits, former_habits) = (known.habits.clone(), known.former_habits.clone());
            return Self { habits, former_habits, habits_of: known.habits_of.clone(), ..self };
        }
        let former_habits = known.habits.clone().filter(|former| self.habits.as_ref() != Some(former));
        Self { former_habits, ..self }
    }

    /// When the orders were counted that it is of.
    pub fn made_at(&self) -> OffsetDateTime {
        self.made_at
    }

    /// What browsers may have of it by this hash, or had lately.
    pub fn habits_of_hash(&self, hash: &str) -> Option<&PackedArtifact> {
        let mut habits = self.habits.iter().chain(&self.former_habits);
        habits.find(|habits| habits.hash == hash)
    }

    fn is_to_be_looked_at(&self, now: OffsetDateTime) -> bool {
        let since = milliseconds(now).abs_diff(self.looked_at.load(Ordering::Relaxed));
        since >= LOOK_AGAIN.whole_milliseconds().unsigned_abs().try_into().unwrap_or(u64::MAX)
    }

    /// Whether orders are others than those it was made of, by so many that it is to be made anew, or a wrong default costs otherwise.
    fn is_outdated(&self, rows: &[PastDesignRow], cost: u32, now: OffsetDateTime) -> bool {
        if cost != self.cost {
            return true;
        }
        let others = difference(&self.rows, &counted(rows, all_of));
        let all: u64 = self.rows.values().map(|count| u64::from(*count)).sum();
        others > 0 && (others.saturating_mul(ONE_IN) >= all || (now - self.made_at).abs() >= OLDEST)
    }
}

fn milliseconds(at: OffsetDateTime) -> i64 {
    i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// All that tells orders apart.
fn all_of(row: &PastDesignRow) -> impl Hash {
    (&row.stated_use, &row.choices, &row.asker)
}

/// What of orders browsers may be told of.
fn use_and_choices(row: &PastDesignRow) -> impl Hash {
    (&row.stated_use, &row.choices)
}

/// How many orders are alike by these of their properties.
fn counted<'r, H: Hash>(rows: &'r [PastDesignRow], of: impl Fn(&'r PastDesignRow) -> H) -> HashMap<u64, u32> {
    let mut counted = HashMap::with_capacity(rows.len());
    for row in rows {
        let mut hasher = DefaultHasher::new();
        of(row).hash(&mut hasher);
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
    /// What a wrong default costs, in gains of a right one.
    pub cost: u32,
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
        let (known, is_due) = self.models.find(&subject, self.now);
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
            && !known.is_outdated(&rows, self.cost, self.now)
        {
            known.looked_at.store(milliseconds(self.now), Ordering::Relaxed);
            return Ok(());
        }
        let read = Read::of(self.store.as_ref(), &revision.slug, rows, self.now).await?;
        let (now, cost, made_of) = (self.now, self.cost, Arc::clone(revision));
        let made = move || Model::of(&made_of, &read, cost, now);
        let made = for_all(self.executor.run(made)).await?;
        self.models.keep(subject, made);
        drop(turn);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use personalize::Asker;

    use super::*;

    fn row(stated_use: &str, value: &str, count: u32) -> PastDesignRow {
        let choices = vec![("shade".to_owned(), value.to_owned())];
        let (stated_use, asker) = (Some(stated_use.to_owned()), Asker::default());
        PastDesignRow { stated_use, asker, choices, count, synthetic: 0 }
    }

    fn model(cells: u64, now: OffsetDateTime) -> Model {
        let looked_at = AtomicI64::new(milliseconds(now));
        Model {
            learnt: Learnt::default(),
            habits: None,
            former_habits: None,
            rows: HashMap::new(),
            habits_of: HashMap::new(),
            cost: 5,
            cells,
            made_at: now,
            looked_at,
        }
    }

    #[test]
    fn many_small_models_have_room_and_what_made_room_is_not_made_again_at_once() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let subject = |place: usize| (format!("lamp-{place}").parse().unwrap(), RevisionNumber::FIRST);
        let kept =
            |models: &Models| (0..200).filter(|place| models.find(&subject(*place), now).0.is_some()).count();
        let small = Models::default();
        (0..200).for_each(|place| small.keep(subject(place), model(40_000, now)));
        assert_eq!(kept(&small), 200);
        let tight = Models::with_room(40);
        (0..200).for_each(|place| tight.keep(subject(place), model(1, now)));
        assert!((1..=40).contains(&kept(&tight)), "{}", kept(&tight));
        let due = |at| (0..200).filter(|place| tight.find(&subject(*place), at).1).count();
        assert_eq!(due(now), 0);
        assert_eq!(due(now + OLDEST), 200);
        assert!(tight.find(&subject(200), now).1, "one that was never made");
    }

    #[test]
    fn what_browsers_had_before_is_there_until_it_is_made_anew_once_more() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let (models, subject) = (Models::default(), ("lamp".parse().unwrap(), RevisionNumber::FIRST));
        let of = |bytes: &[u8], orders: u32| {
            let rows = counted(&[row("reading", "linen", orders)], all_of);
            let habits_of = rows.clone();
            Model { habits: Some(PackedArtifact::pack(bytes)), rows, habits_of, ..model(1, now) }
        };
        let made = |bytes: &[u8]| of(bytes, 13 * u32::from(bytes[0]));
        let known = |bytes: &[u8]| {
            let (model, _) = models.find(&subject, now);
            model.unwrap().habits_of_hash(&PackedArtifact::pack(bytes).hash).is_some()
        };
        models.keep(subject.clone(), made(b"first"));
        models.keep(subject.clone(), made(b"second"));
        assert_eq!((known(b"first"), known(b"second")), (true, true));
        models.keep(subject.clone(), made(b"third"));
        let known = [&b"first"[..], b"second", b"third", b"fourth"].map(known);
        assert_eq!(known, [false, true, true, false]);
    }

    #[test]
    fn what_browsers_have_changes_for_as_many_orders_as_are_told_of_and_not_for_fewer() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let (models, subject) = (Models::default(), ("lamp".parse().unwrap(), RevisionNumber::FIRST));
        let after = |orders: u32| {
            let rows = counted(&[row("reading", "linen", orders)], all_of);
            let (bytes, habits_of) = (orders.to_string(), rows.clone());
            let habits = Some(PackedArtifact::pack(bytes.as_bytes()));
            models.keep(subject.clone(), Model { habits, rows, habits_of, ..model(1, now) });
            let (model, _) = models.find(&subject, now);
            (20..=orders).find(|of| {
                let hash = PackedArtifact::pack(of.to_string().as_bytes()).hash;
                model
                    .as_ref()
                    .and_then(|model| model.habits.as_ref())
                    .is_some_and(|habits| habits.hash == hash)
            })
        };
        let found: Vec<_> = (20..=46).map(after).collect();
        let kept = |of: u32, times| std::iter::repeat_n(Some(of), times);
        assert_eq!(found, kept(20, 13).chain(kept(33, 13)).chain(kept(46, 1)).collect::<Vec<_>>());
    }

    #[test]
    fn orders_that_came_and_went_are_both_others() {
        let before = counted(&[row("reading", "linen", 40), row("drawing", "linen", 10)], all_of);
        assert_eq!(difference(&before, &before), 0);
        let after = counted(&[row("reading", "linen", 38), row("drawing", "brass", 10)], all_of);
        assert_eq!(difference(&before, &after), 22);
    }

    /// Else whoever compares what browsers had before and after reads what was forgotten of a few.
    #[test]
    fn what_is_known_of_who_ordered_makes_another_model_and_nothing_else_for_browsers() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let segments = vec!["Regulars".to_owned()];
        let plain = row("reading", "linen", 100);
        let known = PastDesignRow { asker: Asker { segments, ..Asker::default() }, ..plain.clone() };
        let model = Model { rows: counted(std::slice::from_ref(&known), all_of), ..model(1, now) };
        assert!(model.is_outdated(std::slice::from_ref(&plain), 5, now));
        assert_eq!(counted(&[known], use_and_choices), counted(&[plain], use_and_choices));
    }

    #[test]
    fn a_model_is_made_anew_for_a_twentieth_of_its_orders_or_within_the_hour() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let rows = counted(&[row("reading", "linen", 100)], all_of);
        let model = Model { rows, ..model(1, now) };
        assert!(!model.is_outdated(&[row("reading", "linen", 104)], 5, now));
        assert!(model.is_outdated(&[row("reading", "linen", 105)], 5, now));
        assert!(model.is_outdated(&[row("reading", "linen", 95)], 5, now));
        assert!(model.is_outdated(&[row("reading", "linen", 99)], 5, now + OLDEST));
        assert!(!model.is_outdated(&[row("reading", "linen", 100)], 5, now + OLDEST));
        assert!(model.is_outdated(&[row("reading", "linen", 100)], 19, now), "a wrong default costs more");
        assert!(!model.is_to_be_looked_at(now + Duration::seconds(59)));
        assert!(model.is_to_be_looked_at(now + LOOK_AGAIN));
    }
}
