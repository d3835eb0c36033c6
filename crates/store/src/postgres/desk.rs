//! The orders desk.

use async_trait::async_trait;
use shop::access::Note;
use shop::mail::MailKind;
use shop::orders::{
    Changing, DeskOrder, DeskQuery, DeskStore, DeskSum, Findable, NewChange, OrderEvent, OrderNumber, View,
    What,
};
use shop::{Slug, StoreError};
use sqlx::PgConnection;

use super::PostgresStore;
use super::query::{note, query, query_as};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::desk::*;
use crate::statements::mail::{ADD_STATE_MAIL, END_STATE_MAILS, state_key};
use crate::statements::orders::ADD_TOKEN;

/// The values of an order, a row each.
const PAIRS: &str = "JSONB_ARRAY_ELEMENTS(CAST(choices AS jsonb)) AS pair(value)";
/// Whoever changes an order waits here for its row.
const PROGRESS: &str =
    "SELECT state, state_at, is_test, left_out, is_locked FROM orders WHERE number = $1 FOR UPDATE";
const ADD_WORDS: &str = "\
    INSERT INTO order_words (word, number) SELECT value ->> 0, (value ->> 1)::bigint FROM JSONB_ARRAY_ELEMENTS($1::jsonb)
    ON CONFLICT DO NOTHING";

/// Changes an order, and tells what the audit has of it.
async fn change(
    connection: &mut PgConnection,
    change: &NewChange,
) -> sqlx::Result<(Changing, Option<(&'static str, String)>)> {
    let number = change.number.get();
    let now = query_as::<ProgressRecord>(PROGRESS).bind(number).fetch_optional(&mut *connection).await?;
    let last = match change.what {
        What::Back { .. } => {
            query_as::<StepRecord>(LAST_STEPS).bind(number).fetch_all(&mut *connection).await?
        }
        _ => Vec::new(),
    };
    let written = match written(now, &last, change) {
        Ok(written) => written,
        Err(otherwise) => return Ok((otherwise, None)),
    };
    let noted = written.noted();
    let update = match written.update {
        Some(Update::State(state, at)) => {
            Some(query(SET_STATE).bind(number).bind(state.code()).bind(at.map(milliseconds)))
        }
        Some(Update::Mark(statement, is)) => Some(query(statement).bind(number).bind(i64::from(is))),
        None => None,
    };
    if let Some(update) = update {
        update.execute(&mut *connection).await?;
    }
    let mut event = query(ADD_EVENT).bind(number).bind(milliseconds(change.at)).bind(&change.by);
    for part in written.event {
        event = event.bind(part);
    }
    event.execute(&mut *connection).await?;
    tell_buyer(connection, change).await?;
    Ok((Changing::Done, noted))
}

/// Ends what was not told yet, and writes the mail about a change.
async fn tell_buyer(connection: &mut PgConnection, change: &NewChange) -> sqlx::Result<()> {
    let number = change.number.get();
    if ends_mails(change) {
        query(END_STATE_MAILS).bind(number).execute(&mut *connection).await?;
    }
    let Some((mail, state)) = state_mail(change) else { return Ok(()) };
    let add = query(ADD_STATE_MAIL).bind(number).bind(state_key(change.number, state, change.at));
    let add = add.bind(MailKind::OrderState(state).as_str()).bind(&mail.token);
    let add = add.bind(milliseconds(change.at)).bind(milliseconds(mail.due_at));
    if add.execute(&mut *connection).await?.rows_affected() > 0 {
        query(ADD_TOKEN).bind(&mail.token_hash).bind(number).execute(connection).await?;
    }
    Ok(())
}

#[async_trait]
impl DeskStore for PostgresStore {
    async fn change_orders(&self, changes: &[NewChange]) -> Result<Vec<Changing>, StoreError> {
        writing!(self.database, "change orders", |connection| {
            let mut outcomes = vec![Changing::NoOrder; changes.len()];
            // By number, so that nobody waits for somebody who waits for them.
            let mut places: Vec<_> = (0..changes.len()).collect();
            places.sort_by_key(|place| changes.get(*place).map(|wanted| wanted.number));
            let mut done = Vec::new();
            for place in places {
                if let (Some(wanted), Some(outcome)) = (changes.get(place), outcomes.get_mut(place)) {
                    let (changing, noted) = change(connection, wanted).await?;
                    *outcome = changing;
                    done.extend(noted.map(|noted| (wanted, noted)));
                }
            }
            for (NewChange { number, at, by, .. }, (action, detail)) in done {
                let (subject, detail) = (number.to_string(), detail.as_str());
                note(connection, Note { at: *at, by, action, subject: &subject, detail }).await?;
            }
            Ok(outcomes)
        })
    }

    async fn order_events(&self, number: OrderNumber) -> Result<Vec<OrderEvent>, StoreError> {
        let rows = reading!(self.database, "read an order's history", |connection| {
            query_as::<EventRecord>(EVENTS).bind(number.get()).fetch_all(connection).await
        });
        rows?.into_iter().map(OrderEvent::try_from).collect()
    }

    async fn desk_orders(&self, query: &DeskQuery) -> Result<Vec<DeskOrder>, StoreError> {
        let rows = reading!(self.database, "list orders", |connection| {
            let mut statement = list::<sqlx::Postgres>(query, PAIRS);
            statement.build_query_as::<DeskRecord>().persistent(false).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(DeskOrder::from).collect())
    }

    async fn desk_sums(&self, query: &DeskQuery) -> Result<Vec<DeskSum>, StoreError> {
        let rows = reading!(self.database, "add up orders", |connection| {
            let mut statement = sums::<sqlx::Postgres>(query, PAIRS);
            statement.build_query_as::<SumRecord>().persistent(false).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(DeskSum::from).collect())
    }

    async fn orders_by_product(&self, query: &DeskQuery) -> Result<Vec<(Slug, u64)>, StoreError> {
        let rows = reading!(self.database, "count the orders of each product", |connection| {
            let mut statement = by_product::<sqlx::Postgres>(query, PAIRS);
            statement.build_query_as::<OrdersOfRecord>().persistent(false).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(|row| (row.slug, row.orders)).collect())
    }

    async fn orders_without_words(&self, limit: u32) -> Result<Vec<Findable>, StoreError> {
        let rows = reading!(self.database, "find new orders", |connection| {
            query_as::<FindableRecord>(WITHOUT_WORDS).bind(i64::from(limit)).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(Findable::from).collect())
    }

    async fn add_order_words(&self, words: &[(OrderNumber, Vec<String>)]) -> Result<(), StoreError> {
        let words = words_as_json(words)?;
        let done = writing!(self.database, "let orders be found", |connection| {
            query(ADD_WORDS).bind(&words).execute(connection).await
        });
        done.map(|_| ())
    }

    async fn desk_views(&self, email: &str) -> Result<Vec<View>, StoreError> {
        let rows = reading!(self.database, "read views of orders", |connection| {
            query_as::<ViewRecord>(VIEWS).bind(email).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(View::from).collect())
    }

    async fn keep_desk_view(&self, email: &str, view: &View) -> Result<(), StoreError> {
        let done = writing!(self.database, "keep a view of orders", |connection| {
            query(KEEP_VIEW).bind(email).bind(&view.name).bind(&view.filter).execute(connection).await
        });
        done.map(|_| ())
    }

    async fn remove_desk_view(&self, email: &str, name: &str) -> Result<(), StoreError> {
        let done = writing!(self.database, "remove a view of orders", |connection| {
            query(REMOVE_VIEW).bind(email).bind(name).execute(connection).await
        });
        done.map(|_| ())
    }
}
