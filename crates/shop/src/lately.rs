//! Something that is asked of the store once a second at most, however often it is needed.

use std::sync::{Arc, PoisonError, RwLock};

use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

use crate::environment::Environment;

/// How old may be what a page is shown of, such as the number of a live revision. Other shops on the same database publish, too.
pub(crate) const LATELY: Duration = Duration::SECOND;

/// What it was when it was last asked for.
pub(crate) struct Lately<T> {
    kept: RwLock<Kept<T>>,
    /// One asks; the others wait for its answer.
    asking: Mutex<()>,
}

struct Kept<T> {
    known: Option<(Arc<T>, OffsetDateTime)>,
    /// How often it was to be asked for anew.
    forgotten: u64,
}

impl<T> Default for Lately<T> {
    fn default() -> Self {
        Self { kept: RwLock::new(Kept { known: None, forgotten: 0 }), asking: Mutex::default() }
    }
}

impl<T> Lately<T> {
    /// What it was a moment ago, or else what `ask` answers. An answer to what was asked before it was forgotten is not kept.
    ///
    /// # Errors
    /// Those of `ask`.
    pub(crate) async fn get_or_ask<E>(
        &self,
        environment: &dyn Environment,
        ask: impl Future<Output = Result<T, E>>,
    ) -> Result<Arc<T>, E> {
        if let Some(known) = self.at(environment.now()) {
            return Ok(known);
        }
        let turn = self.asking.try_lock();
        if turn.is_err() {
            drop(self.asking.lock().await);
        }
        let now = environment.now();
        // Where who asked came to no answer, the others ask at once: one after the other they would wait for ever.
        if let Some(known) = self.at(now) {
            return Ok(known);
        }
        let forgotten = self.kept.read().unwrap_or_else(PoisonError::into_inner).forgotten;
        let known = Arc::new(ask.await?);
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if kept.forgotten == forgotten {
            kept.known = Some((Arc::clone(&known), now));
        }
        Ok(known)
    }

    fn at(&self, now: OffsetDateTime) -> Option<Arc<T>> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner);
        let (known, _) = kept.known.as_ref().filter(|(_, since)| (now - *since).abs() < LATELY)?;
        Some(Arc::clone(known))
    }

    /// Has it asked for anew.
    pub(crate) fn forget(&self) {
        let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        kept.known = None;
        kept.forgotten += 1;
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    struct Still;

    impl Environment for Still {
        fn now(&self) -> OffsetDateTime {
            OffsetDateTime::UNIX_EPOCH
        }

        fn random(&self, _bytes: &mut [u8]) {}
    }

    #[tokio::test]
    async fn an_answer_from_before_it_was_forgotten_is_not_kept() {
        let lately = Lately::default();
        let before = async {
            lately.forget();
            Ok::<_, Infallible>("before")
        };
        assert_eq!(lately.get_or_ask(&Still, before).await.map(|known| *known), Ok("before"));
        for answer in ["after", "not asked"] {
            let ask = async { Ok::<_, Infallible>(answer) };
            assert_eq!(lately.get_or_ask(&Still, ask).await.map(|known| *known), Ok("after"));
        }
    }

    #[tokio::test]
    async fn of_all_who_need_it_at_once_one_asks() {
        let (lately, times) = (Lately::<u32>::default(), AtomicU32::new(0));
        let fail = async || {
            let ask = async {
                tokio::task::yield_now().await;
                Err(times.fetch_add(1, Ordering::Relaxed))
            };
            lately.get_or_ask(&Still, ask).await.map(|known| *known)
        };
        assert_eq!(tokio::join!(fail(), fail(), fail()), (Err(0), Err(1), Err(2)));
        let ask = async || {
            let ask = async {
                tokio::task::yield_now().await;
                Ok::<_, Infallible>(times.fetch_add(1, Ordering::Relaxed))
            };
            lately.get_or_ask(&Still, ask).await.map(|known| *known)
        };
        let answers: [Result<u32, Infallible>; 3] = tokio::join!(ask(), ask(), ask()).into();
        assert_eq!((answers, times.load(Ordering::Relaxed)), ([Ok(3); 3], 4));
    }
}
