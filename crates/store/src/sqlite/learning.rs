//! What was ordered, to learn from.

use async_trait::async_trait;
use shop::learning::{LearningStore, PastDesignRow};
use shop::{Slug, StoreError};
use sqlx::FromRow;

use super::{SqliteStore, failed_to};

const PAST_DESIGNS: &str = "\
    SELECT stated_use, choices, CAST(SUM(count) AS BIGINT) AS count, CAST(SUM(synthetic) AS BIGINT) AS synthetic FROM (
        SELECT stated_use, choices, 1 AS count, 0 AS synthetic FROM (
            SELECT stated_use, choices FROM orders
            WHERE slug = $1 AND stated_use IS NOT NULL ORDER BY number DESC LIMIT 5000
        ) AS recent
        UNION ALL SELECT stated_use, choices, count, count * synthetic FROM past_designs WHERE slug = $1
    ) AS past
    GROUP BY stated_use, choices ORDER BY 3 DESC, stated_use, choices";

#[derive(FromRow)]
struct PastDesignRecord {
    stated_use: Option<String>,
    #[sqlx(json)]
    choices: Vec<(String, String)>,
    #[sqlx(try_from = "i64")]
    count: u32,
    #[sqlx(try_from = "i64")]
    synthetic: u32,
}

#[async_trait]
impl LearningStore for SqliteStore {
    async fn past_designs(&self, slug: &Slug) -> Result<Vec<PastDesignRow>, StoreError> {
        let query = sqlx::query_as::<_, PastDesignRecord>(PAST_DESIGNS).bind(slug.as_str());
        let rows = query.fetch_all(&self.readers).await.map_err(failed_to("read what was ordered"))?;
        let row = |row: PastDesignRecord| {
            let PastDesignRecord { stated_use, choices, count, synthetic } = row;
            PastDesignRow { stated_use, choices, count, synthetic }
        };
        Ok(rows.into_iter().map(row).collect())
    }
}
