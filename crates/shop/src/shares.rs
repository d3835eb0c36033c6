//! Each client's share of the executor: how much of one client's work runs and waits at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::client::Client;
use crate::error::ShopError;

/// The shares of all clients that have work in hand.
#[derive(Clone, Debug)]
pub(crate) struct Shares {
    running: usize,
    waiting: usize,
    clients: Arc<Mutex<HashMap<Client, Share>>>,
}

#[derive(Debug)]
struct Share {
    turns: Arc<Semaphore>,
    in_hand: usize,
}

/// A client's leave to have a piece of work in hand; given back when dropped.
pub(crate) struct Leave {
    shares: Shares,
    client: Client,
    turn: Option<OwnedSemaphorePermit>,
}

impl Shares {
    /// Of one client at most `running` pieces run, and `waiting` more wait.
    pub(crate) fn new(running: usize, waiting: usize) -> Self {
        Self { running: running.max(1), waiting, clients: Arc::default() }
    }

    /// A turn within the client's share, which comes before `until`.
    ///
    /// # Errors
    /// [`ShopError::OverShare`] where too much waits already, or the turn does not come in time.
    pub(crate) async fn turn(&self, client: Client, until: Instant) -> Result<Leave, ShopError> {
        let (mut leave, turns) = self.enter(client)?;
        match timeout_at(until, turns.acquire_owned()).await {
            Ok(Ok(turn)) => leave.turn = Some(turn),
            Ok(Err(_)) | Err(_) => return Err(ShopError::OverShare),
        }
        Ok(leave)
    }

    fn enter(&self, client: Client) -> Result<(Leave, Arc<Semaphore>), ShopError> {
        let turns = self.change(|clients| {
            let share = clients
                .entry(client.clone())
                .or_insert_with(|| Share { turns: Arc::new(Semaphore::new(self.running)), in_hand: 0 });
            if share.in_hand >= self.running.saturating_add(self.waiting) {
                return Err(ShopError::OverShare);
            }
            share.in_hand += 1;
            Ok(Arc::clone(&share.turns))
        })?;
        Ok((Leave { shares: self.clone(), client, turn: None }, turns))
    }

    /// Whether nobody has work in hand.
    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.change(|clients| clients.is_empty())
    }

    fn change<T>(&self, change: impl FnOnce(&mut HashMap<Client, Share>) -> T) -> T {
        change(&mut self.clients.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        // Before the share may be forgotten.
        self.turn = None;
        self.shares.change(|clients| {
            let Some(share) = clients.get_mut(&self.client) else { return };
            share.in_hand = share.in_hand.saturating_sub(1);
            if share.in_hand == 0 {
                clients.remove(&self.client);
            }
        });
    }
}
