//! Placing orders in groups. Waiting for the disk is what an order costs most, so one task writes all that wait in one
//! transaction, each within a savepoint of its own, and answers once they are on the disk.

use std::time::Duration;

use shop::StoreError;
use shop::orders::{NewOrder, Placing};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout_at};

use super::order_records::{ReadyOrder, place};
use super::writing::Writer;

/// For how long the first order of a group waits for others.
const WINDOW: Duration = Duration::from_millis(1);
/// Most orders of a group.
const MOST: usize = 64;
const WHAT: &str = "place an order";

/// Where orders wait to be written.
#[derive(Debug, Clone)]
pub(super) struct Queue(mpsc::Sender<Message>);

#[derive(Debug)]
enum Message {
    Order(Box<Waiting>),
    /// Answered once everything that waited before it is written.
    Finish(oneshot::Sender<()>),
}

#[derive(Debug)]
struct Waiting {
    order: ReadyOrder,
    answer: oneshot::Sender<Result<Placing, StoreError>>,
}

impl Queue {
    /// Begins to write orders with this connection, for as long as the queue is there.
    pub(super) fn start(writer: Writer) -> Self {
        let (queue, waiting) = mpsc::channel(MOST);
        tokio::spawn(write_groups(writer, waiting));
        Self(queue)
    }

    /// Writes an order and returns it once it is on the disk. It is written even if nobody waits for that any more.
    pub(super) async fn place(&self, order: NewOrder) -> Result<Placing, StoreError> {
        let (answer, answered) = oneshot::channel();
        let stopped = || StoreError::Failed { what: WHAT, source: "the store was closed".into() };
        let waiting = Waiting { order: ReadyOrder::new(order)?, answer };
        self.0.send(Message::Order(Box::new(waiting))).await.map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }

    /// Returns once everything that waits now is written.
    pub(super) async fn finish(&self) {
        let (answer, finished) = oneshot::channel();
        if self.0.send(Message::Finish(answer)).await.is_ok() {
            // It ends only with the task, and then nothing waits.
            let _ = finished.await;
        }
    }
}

async fn write_groups(writer: Writer, mut waiting: mpsc::Receiver<Message>) {
    while let Some(first) = waiting.recv().await {
        let (mut group, mut finishing) = (Vec::new(), Vec::new());
        let mut next = Some(first);
        let until = Instant::now() + WINDOW;
        while let Some(message) = next {
            match message {
                Message::Order(order) => group.push(*order),
                Message::Finish(answer) => finishing.push(answer),
            }
            next = if group.len() < MOST && finishing.is_empty() {
                timeout_at(until, waiting.recv()).await.ok().flatten()
            } else {
                None
            };
        }
        let (orders, answers): (Vec<_>, Vec<_>) =
            group.into_iter().map(|waiting| (waiting.order, waiting.answer)).unzip();
        let many = orders.len();
        let failed = |reason: String| -> Vec<Result<Placing, StoreError>> {
            (0..many).map(|_| Err(StoreError::Failed { what: WHAT, source: reason.clone().into() })).collect()
        };
        // In a task of its own: should it panic, the orders after it are written all the same.
        let outcomes = match tokio::spawn(write(writer.clone(), orders)).await {
            Ok(Ok(outcomes)) => outcomes,
            Ok(Err(error)) => failed(error.to_string()),
            Err(error) => failed(error.to_string()),
        };
        for (answer, outcome) in answers.into_iter().zip(outcomes) {
            // Whoever does not wait any more finds the order by its idempotency key.
            let _ = answer.send(outcome);
        }
        for answer in finishing {
            let _ = answer.send(());
        }
    }
}

/// Writes a group in one transaction. One that can't be written hinders no other; when the transaction fails, none is.
async fn write(writer: Writer, orders: Vec<ReadyOrder>) -> sqlx::Result<Vec<Result<Placing, StoreError>>> {
    let mut transaction = writer.begin().await?;
    let mut outcomes = Vec::with_capacity(orders.len());
    for order in orders {
        transaction.begin_part().await?;
        let outcome = place(&mut transaction, order).await;
        if outcome.is_ok() {
            transaction.keep_part().await?;
        } else {
            transaction.take_part_back().await?;
        }
        outcomes.push(outcome);
    }
    transaction.commit().await?;
    Ok(outcomes)
}
