//! Where everything that thinks runs: the engine, drawing, whole pages. Few at a time, on threads that serve no
//! requests.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::client::Client;
use crate::error::ShopError;
use crate::shares::{Leave, Shares};

/// Fewest threads: one question that takes long shall not hold up all others where there are few cores.
const FEWEST_THREADS: usize = 4;
/// How long work waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of one client's work waits.
const WAITING: usize = 64;

/// Runs work that takes long enough to hold up other requests. Copies share the same threads.
///
/// A client's work takes half of the threads at most, so that others find one: within its share a client waits for itself.
///
/// Work must not wait for other work of the same executor: with every thread waiting, none would be left to answer.
#[derive(Clone, Debug)]
pub struct Executor {
    turns: Arc<Semaphore>,
    threads: usize,
    patience: Duration,
    shares: Shares,
    tally: Arc<Tally>,
}

/// How much an executor has to do, and what it refused since it began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Pieces of work that run.
    pub running: usize,
    /// Pieces of work that wait for their turn.
    pub waiting: usize,
    /// Pieces of work whose turn did not come in time.
    pub refused_busy: u64,
    /// Pieces of work whose client had too much in hand.
    pub refused_over_share: u64,
}

#[derive(Debug, Default)]
struct Tally {
    waiting: AtomicUsize,
    refused_busy: AtomicU64,
    refused_over_share: AtomicU64,
}

/// One who waits, until dropped: also where nobody waits for the answer any more.
struct Waiting<'t>(&'t AtomicUsize);

impl<'t> Waiting<'t> {
    fn among(waiting: &'t AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A thread to think on, given back when dropped.
struct Turn {
    _thread: OwnedSemaphorePermit,
    _leave: Option<Leave>,
}

impl Tally {
    fn count(&self, refusal: &ShopError) {
        match refusal {
            ShopError::OverShare => self.refused_over_share.fetch_add(1, Ordering::Relaxed),
            _ => self.refused_busy.fetch_add(1, Ordering::Relaxed),
        };
    }
}

impl Default for Executor {
    /// A thread for every core, at least four; work waits for ten seconds.
    fn default() -> Self {
        Self::new(Self::default_threads(), PATIENCE)
    }
}

impl Executor {
    /// A thread for every core, at least four.
    #[must_use]
    pub fn default_threads() -> usize {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        cores.max(FEWEST_THREADS)
    }

    /// An executor with so many threads, where work waits for its turn for at most `patience`.
    #[must_use]
    pub fn new(threads: usize, patience: Duration) -> Self {
        let shares = Shares::new(threads.div_ceil(2), WAITING);
        Self { turns: Arc::new(Semaphore::new(threads)), threads, patience, shares, tally: Arc::default() }
    }

    /// The same, where at most `running` pieces of one client's work run at once and `waiting` more wait.
    #[must_use]
    pub fn with_shares(self, running: usize, waiting: usize) -> Self {
        Self { shares: Shares::new(running, waiting), ..self }
    }

    /// How long work waits for its turn.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// How much there is to do.
    #[must_use]
    pub fn load(&self) -> Load {
        Load {
            running: self.threads.saturating_sub(self.turns.available_permits()),
            waiting: self.tally.waiting.load(Ordering::Relaxed),
            refused_busy: self.tally.refused_busy.load(Ordering::Relaxed),
            refused_over_share: self.tally.refused_over_share.load(Ordering::Relaxed),
        }
    }

    /// Runs work, and returns what it returns. Work that was begun is done even if nobody waits for it any more.
    ///
    /// # Errors
    /// [`ShopError::Busy`] when its turn did not come in time; [`ShopError::OverShare`] when it did not come because its client
    /// has too much in hand; [`ShopError::Failed`] when it panicked.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ShopError> {
        let turn = self.turn().await.inspect_err(|error| self.tally.count(error))?;
        let done = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(turn);
            answer
        });
        done.await.map_err(|error| ShopError::Failed(error.to_string()))
    }

    async fn turn(&self) -> Result<Turn, ShopError> {
        let _waiting = Waiting::among(&self.tally.waiting);
        let until = Instant::now() + self.patience;
        let leave = match Client::asking() {
            Some(client) => Some(self.shares.turn(client, until).await?),
            None => None,
        };
        match timeout_at(until, Arc::clone(&self.turns).acquire_owned()).await {
            Ok(Ok(thread)) => Ok(Turn { _thread: thread, _leave: leave }),
            Ok(Err(_)) | Err(_) => Err(ShopError::Busy),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::task::Poll;

    use super::*;
    use crate::client::{for_all, for_client};

    #[tokio::test]
    async fn is_busy_when_no_turn_comes_in_time() {
        let executor = Executor::new(1, Duration::from_millis(20));
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (release, released) = std::sync::mpsc::channel::<()>();
        let long = tokio::spawn({
            let executor = executor.clone();
            async move {
                executor
                    .run(move || {
                        begun.send(()).unwrap();
                        released.recv().unwrap();
                    })
                    .await
            }
        });
        has_begun.await.unwrap();
        assert!(matches!(executor.run(|| ()).await, Err(ShopError::Busy)));
        assert_eq!(executor.load(), Load { running: 1, refused_busy: 1, ..Load::default() });
        release.send(()).unwrap();
        long.await.unwrap().unwrap();
        assert_eq!(executor.run(|| 1).await.unwrap(), 1);
        assert_eq!(executor.load().running, 0);
    }

    /// Occupies a thread for a client, until what is returned is dropped.
    async fn occupy(executor: &Executor, client: &Client) -> std::sync::mpsc::Sender<()> {
        let (release, released) = std::sync::mpsc::channel::<()>();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (executor, client) = (executor.clone(), client.clone());
        tokio::spawn(for_client(client, async move {
            let work = move || {
                begun.send(()).unwrap();
                released.recv().unwrap_or_default();
            };
            executor.run(work).await.unwrap();
        }));
        has_begun.await.unwrap();
        release
    }

    #[tokio::test]
    async fn one_client_leaves_threads_to_others() {
        let executor = Executor::new(4, Duration::from_millis(20));
        let (one, other) = (Client::new("one"), Client::new("other"));
        let held = [occupy(&executor, &one).await, occupy(&executor, &one).await];
        let refused = for_client(one.clone(), executor.run(|| ())).await;
        assert!(matches!(refused, Err(ShopError::OverShare)));
        assert_eq!(for_client(other.clone(), executor.run(|| 1)).await.unwrap(), 1);
        assert_eq!(for_client(one.clone(), for_all(executor.run(|| 2))).await.unwrap(), 2);
        let all = [occupy(&executor, &other).await, occupy(&executor, &other).await];
        let full = for_client(Client::new("third"), executor.run(|| ())).await;
        assert!(matches!(full, Err(ShopError::Busy)));
        drop((held, all));
    }

    #[tokio::test]
    async fn a_clients_work_waits_its_turn_and_not_more_than_its_share() {
        let executor = Executor::new(4, Duration::from_secs(60)).with_shares(1, 2);
        let one = Client::new("one");
        let held = occupy(&executor, &one).await;
        let waiting = || Box::pin(for_client(one.clone(), executor.run(|| 1)));
        let (mut first, mut second) = (waiting(), waiting());
        for work in [&mut first, &mut second] {
            assert!(
                std::future::poll_fn(|context| Poll::Ready(work.as_mut().poll(context).is_pending())).await
            );
        }
        assert!(matches!(waiting().await, Err(ShopError::OverShare)));
        assert_eq!(executor.load(), Load { running: 1, waiting: 2, refused_busy: 0, refused_over_share: 1 });
        drop(held);
        assert_eq!((first.await.unwrap(), second.await.unwrap()), (1, 1));
        assert_eq!(waiting().await.unwrap(), 1);
        assert!(executor.shares.is_empty(), "nothing is kept of who has nothing in hand");
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_turn_back() {
        let executor = Executor::new(1, Duration::from_millis(20));
        let failed = executor.run(|| assert!(std::hint::black_box(false), "broken off")).await;
        assert!(matches!(failed, Err(ShopError::Failed(_))));
        assert_eq!(executor.run(|| 1).await.unwrap(), 1);
    }
}
