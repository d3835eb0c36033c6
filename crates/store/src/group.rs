//! Placing orders in groups. Waiting for the disk is what an order costs most, so one task writes all that wait in one
//! transaction, and answers once they are on the disk: while it does, the next ones gather. How a group is written is each
//! database's own: [`GroupWriter`]. What is ordered with one form is a basket, all of it or nothing; most have one order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use shop::StoreError;
use shop::orders::{InvalidOrderNumber, NewOrder, Order, Placing, Progress};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use crate::statements::orders::{Basket, ReadyOrder};

/// Most orders of a group.
const MOST: usize = 64;
/// How long an order waits until it is begun to be written: whoever waits longer is better told to come again.
const PATIENCE: Duration = Duration::from_secs(3);

/// What became of an order.
pub(crate) enum Written {
    /// It has this number.
    New(i64),
    /// Nothing is written: this is why.
    Nothing(Box<Placing>),
}

/// Writes orders that come at the same time.
pub(crate) trait GroupWriter: Send + Sync + 'static {
    /// Writes a group in one transaction, in the order in which they come, and returns once it is on the disk: what became of each
    /// order. No two have the same idempotency key. A basket is written whole or not at all. When it fails, none is written.
    fn write(&self, baskets: &[Basket]) -> impl Future<Output = Result<Vec<Written>, StoreError>> + Send;
}

/// Where orders wait to be written.
#[derive(Debug, Clone)]
pub(crate) struct Queue(mpsc::Sender<Message>);

/// What became of each order of a basket.
type Outcome = Result<Vec<Placing>, StoreError>;

#[derive(Debug)]
enum Message {
    Basket(Waiting),
    /// Answered once everything that waited before it is written.
    Finish(oneshot::Sender<()>),
}

#[derive(Debug)]
struct Waiting {
    basket: Basket,
    answer: oneshot::Sender<Outcome>,
    fate: Fate,
}

/// Whether a basket is written or given up: whoever decides first decides for both.
#[derive(Clone, Debug, Default)]
struct Fate(Arc<AtomicBool>);

impl Fate {
    /// Whether it is this one's to decide.
    fn decide(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

impl Waiting {
    /// Whether any of its orders has the idempotency key of one of the other's.
    fn has_key_of(&self, other: &Self) -> bool {
        self.keys().any(|own| other.keys().any(|other| own == other))
    }

    fn keys(&self) -> impl Iterator<Item = &str> {
        self.basket.iter().filter_map(|order| Some(order.request.as_ref()?.key.as_str()))
    }
}

impl Queue {
    /// Begins to write orders, for as long as the queue is there.
    pub(crate) fn start(writer: impl GroupWriter) -> Self {
        let (queue, waiting) = mpsc::channel(MOST);
        tokio::spawn(write_groups(Arc::new(writer), waiting));
        Self(queue)
    }

    /// Writes an order, as [`Queue::place_all`] does.
    pub(crate) async fn place(&self, order: NewOrder) -> Result<Placing, StoreError> {
        self.place_all(vec![order]).await?.pop().ok_or_else(no_outcome)
    }

    /// Writes all of these orders, or none, and returns them once they are on the disk. They are written even if nobody waits for that
    /// any more, but not where their turn does not come in time.
    pub(crate) async fn place_all(&self, orders: Vec<NewOrder>) -> Outcome {
        if orders.is_empty() {
            return Ok(Vec::new());
        }
        let basket = orders.into_iter().map(ReadyOrder::new).collect::<Result<_, _>>()?;
        let (answer, mut answered) = oneshot::channel();
        let stopped = || StoreError::Failed { what: ReadyOrder::WHAT, source: "the store was closed".into() };
        let (until, fate) = (Instant::now() + PATIENCE, Fate::default());
        let waiting = Waiting { basket, answer, fate: fate.clone() };
        let Ok(sent) = timeout_at(until, self.0.send(Message::Basket(waiting))).await else {
            return Err(too_late());
        };
        sent.map_err(|_| stopped())?;
        let answered = match timeout_at(until, &mut answered).await {
            Ok(answered) => answered,
            Err(_) if fate.decide() => return Err(too_late()),
            // It is being written, which has an end of its own.
            Err(_) => answered.await,
        };
        answered.map_err(|_| stopped())?
    }

    /// Returns once everything that waits now is written.
    pub(crate) async fn finish(&self) {
        let (answer, finished) = oneshot::channel();
        if self.0.send(Message::Finish(answer)).await.is_ok() {
            // It ends only with the task, and then nothing waits.
            let _ = finished.await;
        }
    }
}

/// That a basket was given up.
fn too_late() -> StoreError {
    let source = format!("its turn did not come within {} seconds", PATIENCE.as_secs());
    StoreError::Unavailable { what: ReadyOrder::WHAT, source: source.into() }
}

async fn write_groups(writer: Arc<impl GroupWriter>, mut waiting: mpsc::Receiver<Message>) {
    let mut put_off = None;
    while let Some(first) = next_of(&mut put_off, &mut waiting).await {
        let (mut group, mut finishing) = (Vec::new(), Vec::new());
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Basket(basket) if group.iter().any(|other: &Waiting| other.has_key_of(&basket)) => {
                    // Its group finds what becomes of the first one.
                    put_off = Some(Message::Basket(basket));
                    break;
                }
                Message::Basket(basket) if basket.fate.decide() => group.push(basket),
                // Given up meanwhile.
                Message::Basket(_) => {}
                Message::Finish(answer) => finishing.push(answer),
            }
            let orders: usize = group.iter().map(|waiting| waiting.basket.len()).sum();
            next = if orders < MOST && finishing.is_empty() { waiting.try_recv().ok() } else { None };
        }
        let (baskets, answers): (Vec<_>, Vec<_>) =
            group.into_iter().map(|waiting| (waiting.basket, waiting.answer)).unzip();
        let outcomes = if baskets.is_empty() { Vec::new() } else { write(&writer, baskets).await };
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // Whoever does not wait any more finds the order by its idempotency key.
            let _ = answer.send(outcome);
        }
        for answer in finishing {
            let _ = answer.send(());
        }
    }
}

async fn next_of(put_off: &mut Option<Message>, waiting: &mut mpsc::Receiver<Message>) -> Option<Message> {
    match put_off.take() {
        None => waiting.recv().await,
        message => message,
    }
}

async fn write(writer: &Arc<impl GroupWriter>, baskets: Vec<Basket>) -> Vec<Outcome> {
    let (many, writer) = (baskets.len(), Arc::clone(writer));
    // In a task of its own: should it panic, the orders after it are written all the same.
    let written = tokio::spawn(async move {
        match writer.write(&baskets).await {
            Ok(written) => {
                let mut written = written.into_iter();
                baskets.into_iter().map(|basket| placed(basket, &mut written)).collect()
            }
            // One may be at fault, and hinders no other.
            Err(StoreError::Failed { .. }) if many > 1 => write_each(&*writer, baskets).await,
            Err(error) => (0..many).map(|_| Err(alike(&error))).collect(),
        }
    });
    written.await.unwrap_or_else(|error| {
        let failed = StoreError::Failed { what: ReadyOrder::WHAT, source: error.into() };
        (0..many).map(|_| Err(alike(&failed))).collect()
    })
}

/// Writes each basket in a transaction of its own.
async fn write_each(writer: &impl GroupWriter, baskets: Vec<Basket>) -> Vec<Outcome> {
    let mut outcomes = Vec::with_capacity(baskets.len());
    for basket in baskets {
        let written = writer.write(std::slice::from_ref(&basket)).await;
        outcomes.push(written.and_then(|written| placed(basket, &mut written.into_iter())));
    }
    outcomes
}

fn no_outcome() -> StoreError {
    StoreError::Failed { what: ReadyOrder::WHAT, source: "nobody said what became of it".into() }
}

/// The same error for another basket of the group.
fn alike(error: &StoreError) -> StoreError {
    let what = ReadyOrder::WHAT;
    match error {
        StoreError::Unavailable { source, .. } => {
            StoreError::Unavailable { what, source: source.to_string().into() }
        }
        StoreError::Failed { source, .. } => StoreError::Failed { what, source: source.to_string().into() },
        other => StoreError::Failed { what, source: other.to_string().into() },
    }
}

/// What became of the orders of a basket; the next outcomes are theirs.
fn placed(basket: Basket, written: &mut impl Iterator<Item = Written>) -> Outcome {
    // All of the basket's are taken, so that those that follow are the next one's.
    let own: Vec<Written> = written.take(basket.len()).collect();
    if own.len() < basket.len() {
        return Err(no_outcome());
    }
    basket.into_iter().zip(own).map(|(order, written)| placing(order, written)).collect()
}

fn placing(ready: ReadyOrder, written: Written) -> Result<Placing, StoreError> {
    let number = match written {
        Written::Nothing(placing) => return Ok(*placing),
        Written::New(number) => number,
    };
    let unreadable = |error: InvalidOrderNumber| StoreError::Unreadable {
        what: "an order's number".to_owned(),
        reason: error.to_string(),
    };
    let number = number.try_into().map_err(unreadable)?;
    let ReadyOrder { content, basket, .. } = ready;
    Ok(Placing::Placed(Order { number, progress: Progress::default(), basket, content }))
}
