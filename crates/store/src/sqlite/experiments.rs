//! Experiments, their visitors and what these ordered.

use async_trait::async_trait;
use shop::access::Note;
use shop::experiments::{
    ArmSums, Counted, EndedBecause, Experiment, ExperimentRow, ExperimentStore, PastOrders, Visitor,
    VisitorsOrder,
};
use shop::{Slug, StoreError};
use sqlx::{query, query_as, query_scalar};
use time::{Duration, OffsetDateTime};

use super::{SqliteStore, note};
use crate::rows::{failed_to, json, milliseconds};
use crate::statements::experiments::*;

#[async_trait]
impl ExperimentStore for SqliteStore {
    async fn experiments(&self) -> Result<Vec<ExperimentRow>, StoreError> {
        let rows = query_as::<_, ExperimentRecord>(EXPERIMENTS).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("list experiments"))?;
        Ok(readable(rows))
    }

    async fn running_experiments(&self) -> Result<Vec<Experiment>, StoreError> {
        let rows = query_as::<_, ExperimentRecord>(RUNNING).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("list experiments"))?;
        Ok(readable(rows).into_iter().map(|row| row.experiment).collect())
    }

    async fn experiment(&self, code: &str) -> Result<Option<ExperimentRow>, StoreError> {
        let row = query_as::<_, ExperimentRecord>(EXPERIMENT).bind(code).fetch_optional(&self.readers);
        row.await.map_err(failed_to("find an experiment"))?.map(ExperimentRow::try_from).transpose()
    }

    async fn start_experiment(&self, experiment: &Experiment) -> Result<bool, StoreError> {
        let setup = json(&experiment.setup, "an experiment")?;
        let Experiment { code, title, slug, started_at, started_by, .. } = experiment;
        let start = query(START).bind(code).bind(title).bind(slug.as_str()).bind(setup);
        let start = start.bind(milliseconds(*started_at)).bind(started_by);
        Ok(self.change_noted("start an experiment", start, starting(experiment)).await? > 0)
    }

    async fn end_experiment(
        &self,
        code: &str,
        why: EndedBecause,
        by: &str,
        at: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let failed = failed_to("end an experiment");
        let mut transaction = self.begin().await.map_err(failed)?;
        let row = query_as::<_, ExperimentRecord>(EXPERIMENT).bind(code).fetch_optional(&mut *transaction);
        let Some(row) = row.await.map_err(failed)?.map(ExperimentRow::try_from).transpose()? else {
            return Ok(false);
        };
        let end = query(END).bind(code).bind(milliseconds(at)).bind(why.code());
        let done = end.execute(&mut *transaction).await.map_err(failed)?.rows_affected() > 0;
        if done {
            let Experiment { slug, title, .. } = &row.experiment;
            let ended = Note { at, by, action: "end experiment", subject: slug.as_str(), detail: title };
            note(&mut transaction, ended).await.map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        Ok(done)
    }

    async fn close_experiment(&self, code: &str, result: &[ArmSums]) -> Result<(), StoreError> {
        let failed = failed_to("close an experiment");
        let result = json(&result, "an experiment's sums")?;
        let mut transaction = self.begin().await.map_err(failed)?;
        let close = query(CLOSE).bind(code).bind(result).execute(&mut *transaction);
        if close.await.map_err(failed)?.rows_affected() > 0 {
            for statement in FORGET_VISITORS {
                query(statement).bind(code).execute(&mut *transaction).await.map_err(failed)?;
            }
        }
        transaction.commit().await.map_err(failed)
    }

    async fn enter_experiment(&self, visitor: &Visitor) -> Result<(), StoreError> {
        let Visitor { experiment, hash, arm, stated_use, at } = visitor;
        let enter = query(ENTER).bind(experiment).bind(hash).bind(i64::try_from(*arm).unwrap_or_default());
        let enter = enter.bind(stated_use).bind(milliseconds(*at));
        self.change("count a visitor of an experiment", enter).await.map(|_| ())
    }

    async fn count_in_experiment(
        &self,
        experiment: &str,
        visitor: &str,
        since: OffsetDateTime,
        counted: Counted,
    ) -> Result<(), StoreError> {
        let Counted { edits, blocked } = counted;
        let count = query(COUNT_IN).bind(experiment).bind(visitor).bind(milliseconds(since));
        let count = count.bind(i64::from(edits)).bind(i64::from(blocked));
        self.change("count what a visitor did", count).await.map(|_| ())
    }

    async fn order_in_experiment(
        &self,
        experiment: &str,
        visitor: &str,
        order: VisitorsOrder,
    ) -> Result<(), StoreError> {
        let VisitorsOrder { number, at_standard, defaults_changed, fits } = order;
        let fits = json(&fits, "what fits an order")?;
        let add = query(ORDER_IN).bind(experiment).bind(visitor).bind(number.get()).bind(at_standard);
        let add = add.bind(i64::from(defaults_changed)).bind(fits);
        self.change("count a visitor's order", add).await.map(|_| ())
    }

    async fn experiment_sums(
        &self,
        code: &str,
        until: OffsetDateTime,
        window: Duration,
        cap: i64,
        rails: [i64; 4],
    ) -> Result<Vec<ArmSums>, StoreError> {
        let sums = query_as::<_, SumsRecord>(SUMS).bind(code).bind(milliseconds(until));
        let sums = sums.bind(window.whole_seconds() * 1_000).bind(cap);
        let sums = rails.into_iter().fold(sums, |sums, rail| sums.bind(rail));
        let rows = sums.fetch_all(&self.readers).await.map_err(failed_to("add up an experiment"))?;
        let fits = query_as::<_, FitsRecord>(FITS).bind(code).bind(milliseconds(until));
        let fits = fits.bind(window.whole_seconds() * 1_000).fetch_all(&self.readers).await;
        let fits = fits.map_err(failed_to("add up what fits the orders of an experiment"))?;
        Ok(sums_of(rows, fits))
    }

    async fn experiment_came(&self, code: &str) -> Result<Vec<(usize, u64)>, StoreError> {
        let rows = query_as::<_, (i64, i64)>(CAME).bind(code).fetch_all(&self.readers);
        let rows = rows.await.map_err(failed_to("count the visitors of an experiment"))?;
        let counted = |(arm, count)| Some((usize::try_from(arm).ok()?, u64::try_from(count).ok()?));
        Ok(rows.into_iter().filter_map(counted).collect())
    }

    async fn past_orders(
        &self,
        slug: &Slug,
        since: OffsetDateTime,
        limit: u32,
    ) -> Result<PastOrders, StoreError> {
        let failed = failed_to("read past orders");
        let orders = query_scalar(PAST_ORDERS).bind(slug.as_str()).bind(milliseconds(since));
        let orders: i64 = orders.fetch_one(&self.readers).await.map_err(failed)?;
        let values = query_scalar(NEWEST_VALUES).bind(slug.as_str()).bind(milliseconds(since));
        let newest = values.bind(i64::from(limit)).fetch_all(&self.readers).await.map_err(failed)?;
        Ok(PastOrders { orders: u64::try_from(orders).unwrap_or_default(), newest })
    }
}
