//! Experiments, their visitors and what these ordered.

use async_trait::async_trait;
use shop::access::Note;
use shop::experiments::{
    ArmSums, Counted, EndedBecause, Experiment, ExperimentRow, ExperimentStore, PastOrders, Visitor,
    VisitorsOrder,
};
use shop::{Slug, StoreError};
use time::{Duration, OffsetDateTime};

use super::PostgresStore;
use super::query::{change_noted, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::{json, milliseconds};
use crate::statements::experiments::*;

#[async_trait]
impl ExperimentStore for PostgresStore {
    async fn experiments(&self) -> Result<Vec<ExperimentRow>, StoreError> {
        let rows = reading!(self.database, "list experiments", |connection| {
            query_as::<ExperimentRecord>(EXPERIMENTS).fetch_all(connection).await
        });
        Ok(readable(rows?))
    }

    async fn running_experiments(&self) -> Result<Vec<Experiment>, StoreError> {
        let rows = reading!(self.database, "list experiments", |connection| {
            query_as::<ExperimentRecord>(RUNNING).fetch_all(connection).await
        });
        Ok(readable(rows?).into_iter().map(|row| row.experiment).collect())
    }

    async fn experiment(&self, code: &str) -> Result<Option<ExperimentRow>, StoreError> {
        let row = reading!(self.database, "find an experiment", |connection| {
            query_as::<ExperimentRecord>(EXPERIMENT).bind(code).fetch_optional(connection).await
        });
        row?.map(ExperimentRow::try_from).transpose()
    }

    async fn start_experiment(&self, experiment: &Experiment) -> Result<bool, StoreError> {
        let setup = json(&experiment.setup, "an experiment")?;
        let Experiment { code, title, slug, started_at, started_by, .. } = experiment;
        let done = writing!(self.database, "start an experiment", |connection| {
            let start = query(START).bind(code).bind(title).bind(slug.as_str()).bind(&setup);
            let start = start.bind(milliseconds(*started_at)).bind(started_by);
            change_noted(connection, start, starting(experiment)).await
        });
        Ok(done? > 0)
    }

    async fn end_experiment(
        &self,
        code: &str,
        why: EndedBecause,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let Some(ExperimentRow { experiment, .. }) = self.experiment(code).await? else { return Ok(false) };
        let Experiment { slug, title, .. } = &experiment;
        let done = writing!(self.database, "end an experiment", |connection| {
            let end = query(END).bind(code).bind(milliseconds(at)).bind(why.code());
            let ended = Note { at, by, action: "end experiment", subject: slug.as_str(), detail: title };
            change_noted(connection, end, ended).await
        });
        Ok(done? > 0)
    }

    async fn close_experiment(&self, code: &str, result: &[ArmSums]) -> Result<(), StoreError> {
        let result = json(&result, "an experiment's sums")?;
        writing!(self.database, "close an experiment", |connection| {
            let close = query(CLOSE).bind(code).bind(&result).execute(&mut *connection).await?;
            if close.rows_affected() > 0 {
                for statement in FORGET_VISITORS {
                    query(statement).bind(code).execute(&mut *connection).await?;
                }
            }
            Ok(())
        })
    }

    async fn enter_experiment(&self, visitor: &Visitor) -> Result<(), StoreError> {
        let Visitor { experiment, hash, arm, stated_use, at } = visitor;
        let arm = i64::try_from(*arm).unwrap_or_default();
        let done = writing!(self.database, "count a visitor of an experiment", |connection| {
            let enter = query(ENTER).bind(experiment).bind(hash).bind(arm);
            enter.bind(stated_use).bind(milliseconds(*at)).execute(connection).await
        });
        done.map(|_| ())
    }

    async fn count_in_experiment(
        &self,
        experiment: &str,
        visitor: &str,
        since: OffsetDateTime,
        counted: Counted,
    ) -> Result<(), StoreError> {
        let Counted { edits, blocked } = counted;
        let done = writing!(self.database, "count what a visitor did", |connection| {
            let count = query(COUNT_IN).bind(experiment).bind(visitor).bind(milliseconds(since));
            let count = count.bind(i64::from(edits)).bind(i64::from(blocked));
            count.execute(connection).await
        });
        done.map(|_| ())
    }

    async fn order_in_experiment(
        &self,
        experiment: &str,
        visitor: &str,
        order: VisitorsOrder,
    ) -> Result<(), StoreError> {
        let VisitorsOrder { number, at_standard, defaults_changed, fits } = order;
        let fits = json(&fits, "what fits an order")?;
        let done = writing!(self.database, "count a visitor's order", |connection| {
            let add = query(ORDER_IN).bind(experiment).bind(visitor).bind(number.get());
            add.bind(at_standard).bind(i64::from(defaults_changed)).bind(&fits).execute(connection).await
        });
        done.map(|_| ())
    }

    async fn experiment_sums(
        &self,
        code: &str,
        until: OffsetDateTime,
        window: Duration,
        cap: i64,
        rails: [i64; 4],
    ) -> Result<Vec<ArmSums>, StoreError> {
        let rows = reading!(self.database, "add up an experiment", |connection| {
            let sums = query_as::<SumsRecord>(SUMS).bind(code).bind(milliseconds(until));
            let sums = sums.bind(window.whole_seconds() * 1_000).bind(cap);
            let sums = rails.into_iter().fold(sums, |sums, rail| sums.bind(rail));
            let rows = sums.fetch_all(&mut *connection).await?;
            let fits = query_as::<FitsRecord>(FITS).bind(code).bind(milliseconds(until));
            let fits = fits.bind(window.whole_seconds() * 1_000).fetch_all(connection).await?;
            Ok((rows, fits))
        });
        let (rows, fits) = rows?;
        Ok(sums_of(rows, fits))
    }

    async fn experiment_came(&self, code: &str) -> Result<Vec<(usize, u64)>, StoreError> {
        let rows = reading!(self.database, "count the visitors of an experiment", |connection| {
            query_as::<(i64, i64)>(CAME).bind(code).fetch_all(connection).await
        });
        let rows = rows?;
        let counted = |(arm, count)| Some((usize::try_from(arm).ok()?, u64::try_from(count).ok()?));
        Ok(rows.into_iter().filter_map(counted).collect())
    }

    async fn past_orders(
        &self,
        slug: &Slug,
        since: OffsetDateTime,
        limit: u32,
    ) -> Result<PastOrders, StoreError> {
        reading!(self.database, "read past orders", |connection| {
            let orders = query_scalar(PAST_ORDERS).bind(slug.as_str()).bind(milliseconds(since));
            let orders: i64 = orders.fetch_one(&mut *connection).await?;
            let values = query_scalar(NEWEST_VALUES).bind(slug.as_str()).bind(milliseconds(since));
            let newest = values.bind(i64::from(limit)).fetch_all(connection).await?;
            Ok(PastOrders { orders: u64::try_from(orders).unwrap_or_default(), newest })
        })
    }
}
