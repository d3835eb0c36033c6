//! What a connection is doing, and until when it may.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How long connections may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    pub(super) head: Duration,
    pub(super) body: Duration,
    pub(super) idle: Duration,
    pub(super) write: Duration,
    pub(super) stop: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing of a request has come.
    Idle,
    /// A part of a request's head has come.
    Head,
    /// The head has come, and its body not all.
    Body,
    /// The request is here; its answer is being made.
    Busy,
    /// The answer is made, and not all of it with the operating system.
    Sending,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    since: Instant,
    /// Since when the client takes nothing of what is to be sent.
    stalled: Option<Instant>,
}

impl State {
    fn unused_since(&self) -> Option<Instant> {
        let since = match self.phase {
            Phase::Idle | Phase::Head | Phase::Body => Some(self.since),
            Phase::Busy | Phase::Sending => None,
        };
        self.stalled.or(since)
    }
}

/// A connection as it is watched from outside.
#[derive(Debug)]
pub(super) struct Watch {
    state: Mutex<State>,
    /// Asks the connection to make room.
    pub(super) close: CancellationToken,
}

impl Watch {
    /// Of a connection that was opened now.
    pub(super) fn new() -> Self {
        let state = State { phase: Phase::Idle, since: Instant::now(), stalled: None };
        Self { state: Mutex::new(state), close: CancellationToken::new() }
    }

    /// A panic elsewhere leaves nothing half done here.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, phase: Phase) {
        let mut state = self.state();
        (state.phase, state.since) = (phase, Instant::now());
    }

    /// Bytes came.
    pub(super) fn read(&self) {
        if self.state().phase == Phase::Idle {
            self.enter(Phase::Head);
        }
    }

    /// A request's head is here.
    pub(super) fn begun(&self, has_body: bool) {
        self.enter(if has_body { Phase::Body } else { Phase::Busy });
    }

    /// The request's body is here, or nobody wants more of it.
    pub(super) fn received(&self) {
        if self.state().phase == Phase::Body {
            self.enter(Phase::Busy);
        }
    }

    /// The answer is made and handed on.
    pub(super) fn answered(&self) {
        self.enter(Phase::Sending);
    }

    /// All that was handed on is with the operating system.
    pub(super) fn sent(&self) {
        if self.state().phase == Phase::Sending {
            self.enter(Phase::Idle);
        }
    }

    /// The client did not take bytes, or took some.
    pub(super) fn wrote(&self, some: bool) {
        let mut state = self.state();
        state.stalled = if some { None } else { state.stalled.or_else(|| Some(Instant::now())) };
    }

    /// Whether no request was read that is not answered, so that what is written now answers what could not be read.
    pub(super) fn is_unasked(&self) -> bool {
        matches!(self.state().phase, Phase::Idle | Phase::Head)
    }

    /// Whether nothing was accepted that is not answered.
    pub(super) fn is_waiting(&self) -> bool {
        let state = self.state();
        matches!(state.phase, Phase::Idle | Phase::Head) && state.stalled.is_none()
    }

    /// Whether an answer is being made, or is on its way to a client that takes it.
    pub(super) fn is_busy(&self) -> bool {
        let state = self.state();
        matches!(state.phase, Phase::Busy | Phase::Sending) && state.stalled.is_none()
    }

    /// Since when it keeps its place without using it; `None` while it is being answered. One that was asked to make room
    /// is not asked again.
    pub(super) fn unused_since(&self) -> Option<Instant> {
        self.state().unused_since().filter(|_| !self.close.is_cancelled())
    }

    /// Whether it was asked to make room and has nothing else to do.
    pub(super) fn is_going(&self) -> bool {
        self.close.is_cancelled() && self.state().unused_since().is_some()
    }

    /// Until when it may go on like this. `stopping` is when the server was asked to stop.
    pub(super) fn deadline(&self, patience: &Patience, stopping: Option<Instant>) -> Option<Instant> {
        let state = self.state();
        let phase = match state.phase {
            Phase::Idle => Some(patience.idle),
            Phase::Head => Some(patience.head),
            Phase::Body => Some(patience.body),
            Phase::Busy | Phase::Sending => None,
        };
        let unsent = stopping.filter(|_| state.phase == Phase::Body).map(|at| at + patience.stop / 4);
        let bounds = [
            phase.map(|longest| state.since + longest),
            state.stalled.map(|since| since + patience.write),
            stopping.map(|at| at + patience.stop),
            unsent,
        ];
        bounds.into_iter().flatten().min()
    }
}
