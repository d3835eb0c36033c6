//! The orders desk.

use async_trait::async_trait;
use shop::access::Note;
use shop::mail::MailKind;
use shop::orders::{
    Changing, DeskOrder, DeskQuery, DeskStore, DeskSum, Findable, NewChange, OrderEvent, OrderNumber, View,
    What,
};
use shop::{Slug, StoreError};
use sqlx::SqliteConnection;

use super::{SqliteStore, note};
use crate::rows::{failed_to, milliseconds};
use crate::statements::desk::*;
use crate::statements::mail::{ADD_STATE_MAIL, END_STATE_MAILS, state_key};
use crate::statements::orders::ADD_TOKEN;

/// The values of an order, a row each.
const PAIRS: &str = "JSON_EACH(choices) AS pair";
const PROGRESS: &str = "SELECT state, state_at, is_test, left_out, is_locked FROM orders WHERE number = $1";
const ADD_WORDS: &str = "\
    INSERT INTO order_words (word, number) SELECT value ->> 0, value ->> 1 FROM JSON_EACH($1) WHERE TRUE
    ON CONFLICT DO NOTHING";

/// Changes an order, and tells what the audit has of it.
async fn change(
    connection: &mut SqliteConnection,
    change: &NewChange,
) -> sqlx::Result<(Changing, Option<(&'static str, String)>)> {
    let number = change.number.get();
    let now =
        sqlx::query_as::<_, ProgressRecord>(PROGRESS).bind(number).fetch_optional(&mut *connection).await?;
    let last = match change.what {
        What::Back { .. } => {
            sqlx::query_as::<_, StepRecord>(LAST_STEPS).bind(number).fetch_all(&mut *connection).await?
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
            Some(sqlx::query(SET_STATE).bind(number).bind(state.code()).bind(at.map(milliseconds)))
        }
        Some(Update::Mark(statement, is)) => Some(sqlx::query(statement).bind(number).bind(i64::from(is))),
        None => None,
    };
    if let Some(update) = update {
        update.execute(&mut *connection).await?;
    }
    let mut event = sqlx::query(ADD_EVENT).bind(number).bind(milliseconds(change.at)).bind(&change.by);
    for part in written.event {
        event = event.bind(part);
    }
    event.execute(&mut *connection).await?;
    tell_buyer(connection, change).await?;
    Ok((Changing::Done, noted))
}

/// Ends what was not told yet, and writes the mail about a change.
async fn tell_buyer(connection: &mut SqliteConnection, change: &NewChange) -> sqlx::Result<()> {
    let number = change.number.get();
    if ends_mails(change) {
        sqlx::query(END_STATE_MAILS).bind(number).execute(&mut *connection).await?;
    }
    let Some((mail, state)) = state_mail(change) else { return Ok(()) };
    let add = sqlx::query(ADD_STATE_MAIL).bind(number).bind(state_key(change.number, state, change.at));
    let add = add.bind(MailKind::OrderState(state).as_str()).bind(&mail.token);
    let add = add.bind(milliseconds(change.at)).bind(milliseconds(mail.due_at));
    if add.execute(&mut *connection).await?.rows_affected() > 0 {
        sqlx::query(ADD_TOKEN).bind(&mail.token_hash).bind(number).execute(connection).await?;
    }
    Ok(())
}

#[async_trait]
impl DeskStore for SqliteStore {
    async fn change_orders(&self, changes: &[NewChange]) -> Result<Vec<Changing>, StoreError> {
        let failed = failed_to("change orders");
        let mut transaction = self.begin().await.map_err(failed)?;
        let mut outcomes = Vec::with_capacity(changes.len());
        let mut done = Vec::new();
        for wanted in changes {
            let (outcome, noted) = change(&mut transaction, wanted).await.map_err(failed)?;
            outcomes.push(outcome);
            done.extend(noted.map(|noted| (wanted, noted)));
        }
        for (NewChange { number, at, by, .. }, (action, detail)) in done {
            let (subject, detail) = (number.to_string(), detail.as_str());
            let noted = Note { at: *at, by, action, subject: &subject, detail };
            note(&mut transaction, noted).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        Ok(outcomes)
    }

    async fn order_events(&self, number: OrderNumber) -> Result<Vec<OrderEvent>, StoreError> {
        let query = sqlx::query_as::<_, EventRecord>(EVENTS).bind(number.get());
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read an order's history"))?;
        rows.into_iter().map(OrderEvent::try_from).collect()
    }

    async fn desk_orders(&self, query: &DeskQuery) -> Result<Vec<DeskOrder>, StoreError> {
        let mut statement = list::<sqlx::Sqlite>(query, PAIRS);
        let rows = statement.build_query_as::<DeskRecord>().fetch_all(&self.readers).await;
        Ok(rows.map_err(failed_to("list orders"))?.into_iter().map(DeskOrder::from).collect())
    }

    async fn desk_sums(&self, query: &DeskQuery) -> Result<Vec<DeskSum>, StoreError> {
        let mut statement = sums::<sqlx::Sqlite>(query, PAIRS);
        let rows = statement.build_query_as::<SumRecord>().fetch_all(&self.readers).await;
        Ok(rows.map_err(failed_to("add up orders"))?.into_iter().map(DeskSum::from).collect())
    }

    async fn orders_by_product(&self, query: &DeskQuery) -> Result<Vec<(Slug, u64)>, StoreError> {
        let mut statement = by_product::<sqlx::Sqlite>(query, PAIRS);
        let rows = statement.build_query_as::<OrdersOfRecord>().fetch_all(&self.readers).await;
        let rows = rows.map_err(failed_to("count the orders of each product"))?;
        Ok(rows.into_iter().map(|row| (row.slug, row.orders)).collect())
    }

    async fn orders_without_words(&self, limit: u32) -> Result<Vec<Findable>, StoreError> {
        let query = sqlx::query_as::<_, FindableRecord>(WITHOUT_WORDS).bind(limit);
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("find new orders"))?;
        Ok(rows.into_iter().map(Findable::from).collect())
    }

    async fn add_order_words(&self, words: &[(OrderNumber, Vec<String>)]) -> Result<(), StoreError> {
        let failed = failed_to("let orders be found");
        let words = words_as_json(words)?;
        let mut transaction = self.begin().await.map_err(failed)?;
        sqlx::query(ADD_WORDS).bind(words).execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn desk_views(&self, email: &str) -> Result<Vec<View>, StoreError> {
        let query = sqlx::query_as::<_, ViewRecord>(VIEWS).bind(email);
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read views of orders"))?;
        Ok(rows.into_iter().map(View::from).collect())
    }

    async fn keep_desk_view(&self, email: &str, view: &View) -> Result<(), StoreError> {
        let failed = failed_to("keep a view of orders");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(KEEP_VIEW).bind(email).bind(&view.name).bind(&view.filter);
        query.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }

    async fn remove_desk_view(&self, email: &str, name: &str) -> Result<(), StoreError> {
        let failed = failed_to("remove a view of orders");
        let mut transaction = self.begin().await.map_err(failed)?;
        let query = sqlx::query(REMOVE_VIEW).bind(email).bind(name);
        query.execute(&mut *transaction).await.map_err(failed)?;
        transaction.commit().await.map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use shop::orders::{Cursor, Filter, OrderState, Sort, States};
    use sqlx::{AssertSqlSafe, Row};
    use time::macros::date;

    use super::*;

    fn filters() -> [Filter; 7] {
        let (day, none) = (Some(date!(2026 - 12 - 01)), Filter::default);
        [
            none(),
            Filter { text: "lima 1001".to_owned(), ..none() },
            Filter { states: Some(States::Open), ..none() },
            Filter { states: Some(States::One(OrderState::Placed)), ..none() },
            Filter { product: Some("lamp".parse().unwrap()), from: day, to: day, ..none() },
            Filter { due_before: day, is_test: Some(true), left_out: Some(false), ..none() },
            Filter { option: Some(("shade".to_owned(), "linen".to_owned())), ..none() },
        ]
    }

    /// However the list is asked for, with ten thousand orders as with ten.
    #[tokio::test]
    async fn no_list_of_orders_goes_through_all_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("shop.db")).await.unwrap();
        for filter in filters() {
            for sort in Sort::ALL {
                for backwards in [false, true] {
                    let from = Some(Cursor { key: 1_500, number: 1_500.try_into().unwrap(), backwards });
                    let query =
                        DeskQuery { filter: filter.clone(), sort, from, limit: 26, ..DeskQuery::default() };
                    let plan =
                        format!("EXPLAIN QUERY PLAN {}", list::<sqlx::Sqlite>(&query, PAIRS).into_string());
                    let steps = sqlx::query(AssertSqlSafe(plan)).fetch_all(&store.readers).await.unwrap();
                    let steps: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
                    assert!(steps.iter().any(|step| step.starts_with("SEARCH orders")), "{steps:?}");
                    assert!(steps.iter().all(|step| !step.contains("SCAN orders")), "{query:?}: {steps:?}");
                }
            }
        }
    }
}
