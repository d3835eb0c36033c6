//! Where everything that thinks runs: the engine, drawing, whole pages. Few at a time, on threads that serve no
//! requests.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::error::ShopError;

/// Fewest threads: one question that takes long shall not hold up all others where there are few cores.
const FEWEST_THREADS: usize = 4;
/// How long work waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs work that takes long enough to hold up other requests. Copies share the same threads.
///
/// Work must not wait for other work of the same executor: with every thread waiting, none would be left to answer.
#[derive(Clone, Debug)]
pub struct Executor {
    turns: Arc<Semaphore>,
    patience: Duration,
}

impl Default for Executor {
    /// A thread for every core, at least four; work waits for ten seconds.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self::new(cores.max(FEWEST_THREADS), PATIENCE)
    }
}

impl Executor {
    /// An executor with so many threads, where work waits for its turn for at most `patience`.
    #[must_use]
    pub fn new(threads: usize, patience: Duration) -> Self {
        Self { turns: Arc::new(Semaphore::new(threads)), patience }
    }

    /// How long work waits for its turn.
    #[must_use]
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// Runs work, and returns what it returns. Work that was begun is done even if nobody waits for it any more.
    ///
    /// # Errors
    /// [`ShopError::Busy`] when its turn did not come in time; [`ShopError::Failed`] when it panicked.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ShopError> {
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(ShopError::Busy) };
        let done = tokio::task::spawn_blocking(move || {
            let answer = work();
            drop(turn);
            answer
        });
        done.await.map_err(|error| ShopError::Failed(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        release.send(()).unwrap();
        long.await.unwrap().unwrap();
        assert_eq!(executor.run(|| 1).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_turn_back() {
        let executor = Executor::new(1, Duration::from_millis(20));
        let failed = executor.run(|| assert!(std::hint::black_box(false), "broken off")).await;
        assert!(matches!(failed, Err(ShopError::Failed(_))));
        assert_eq!(executor.run(|| 1).await.unwrap(), 1);
    }
}
