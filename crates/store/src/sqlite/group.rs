//! Placing orders in groups. Waiting for the disk is what an order costs most, so one task writes all that wait in one
//! transaction, each within a savepoint of its own, and answers once they are on the disk.

use std::time::Duration;

use shop::StoreError;
use shop::orders::{InvalidOrderNumber, NewOrder, Order};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use super::order_records::{ReadyOrder, find_by_request, insert};
use super::rows::failed_to;

/// For how long the first order of a group waits for others.
const WINDOW: Duration = Duration::from_millis(1);
/// Most orders of a group.
const MOST: usize = 64;
const WHAT: &str = "place an order";

/// Where orders wait to be written.
#[derive(Debug, Clone)]
pub(super) struct Queue(mpsc::Sender<Waiting>);

#[derive(Debug)]
struct Waiting {
    order: ReadyOrder,
    answer: oneshot::Sender<Result<Order, StoreError>>,
}

impl Queue {
    /// Begins to write orders with this connection, for as long as the queue is there.
    pub(super) fn start(writer: SqlitePool) -> Self {
        let (queue, waiting) = mpsc::channel(MOST);
        tokio::spawn(write_groups(writer, waiting));
        Self(queue)
    }

    /// Writes an order and returns it once it is on the disk. It is written even if nobody waits for that any more.
    pub(super) async fn place(&self, order: NewOrder) -> Result<Order, StoreError> {
        let (answer, answered) = oneshot::channel();
        let stopped = || StoreError::Failed { what: WHAT, source: "the store was closed".into() };
        self.0.send(Waiting { order: ReadyOrder::new(order)?, answer }).await.map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }
}

async fn write_groups(writer: SqlitePool, mut waiting: mpsc::Receiver<Waiting>) {
    while let Some(first) = waiting.recv().await {
        let mut group = vec![first];
        let until = Instant::now() + WINDOW;
        while group.len() < MOST
            && let Ok(Some(next)) = timeout_at(until, waiting.recv()).await
        {
            group.push(next);
        }
        let (orders, answers): (Vec<_>, Vec<_>) =
            group.into_iter().map(|waiting| (waiting.order, waiting.answer)).unzip();
        let many = orders.len();
        let outcomes = match write(&writer, orders).await {
            Ok(outcomes) => outcomes,
            Err(error) => {
                let reason = error.to_string();
                let failed = || StoreError::Failed { what: WHAT, source: reason.clone().into() };
                (0..many).map(|_| Err(failed())).collect()
            }
        };
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // Whoever does not wait any more finds the order by its idempotency key.
            let _ = answer.send(outcome);
        }
    }
}

/// Writes a group in one transaction. One that can't be written hinders no other; when the transaction fails, none is.
async fn write(writer: &SqlitePool, orders: Vec<ReadyOrder>) -> sqlx::Result<Vec<Result<Order, StoreError>>> {
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let mut outcomes = Vec::with_capacity(orders.len());
    for order in orders {
        let mut savepoint = transaction.begin().await?;
        let outcome = place(&mut savepoint, order).await;
        if outcome.is_ok() {
            savepoint.commit().await?;
        } else {
            savepoint.rollback().await?;
        }
        outcomes.push(outcome);
    }
    transaction.commit().await?;
    Ok(outcomes)
}

/// Writes an order under the next number, unless one with its key is there.
async fn place(connection: &mut SqliteConnection, ready: ReadyOrder) -> Result<Order, StoreError> {
    let failed = failed_to(WHAT);
    if let Some(key) = &ready.order.request_key
        && let Some(known) = find_by_request(connection, key).await.map_err(failed)?
    {
        return Ok(known);
    }
    let number = insert(connection, &ready).await.map_err(failed)?;
    let unreadable = |error: InvalidOrderNumber| StoreError::Unreadable {
        what: "an order's number".to_owned(),
        reason: error.to_string(),
    };
    Ok(ready.order.placed(number.try_into().map_err(unreadable)?))
}
