//! Designs that are kept behind links.

use async_trait::async_trait;
use shop::designs::{DesignStore, Expected, KeptDesign};
use shop::{OrderNumber, Slug, StoreError};
use sqlx::query;
use time::OffsetDateTime;

use super::SqliteStore;
use crate::rows::{failed_to, json, milliseconds};
use crate::statements::designs::*;

#[async_trait]
impl DesignStore for SqliteStore {
    async fn kept_design(&self, token_hash: &str) -> Result<Option<KeptDesign>, StoreError> {
        let query = sqlx::query_as::<_, DesignRecord>(KEPT_DESIGN).bind(token_hash);
        let row = query.fetch_optional(&self.readers).await.map_err(failed_to("read a kept design"))?;
        Ok(row.map(KeptDesign::from))
    }

    async fn keep_design(&self, token_hash: &str, design: &KeptDesign) -> Result<(), StoreError> {
        let (start, choices) = (start_text(&design.start)?, json(&design.choices, "choices")?);
        let keep = query(KEEP_DESIGN).bind(token_hash).bind(design.slug.as_str()).bind(design.revision.get());
        let keep = keep.bind(start).bind(choices).bind(design.keeping.as_str()).bind(design.total);
        let keep = keep.bind(&design.currency).bind(i64::from(design.lead_time_days));
        let keep = keep.bind(milliseconds(design.kept_at)).bind(&design.name);
        self.change("keep a design", keep).await?;
        Ok(())
    }

    async fn replace_design(
        &self,
        token_hash: &str,
        expected: Expected<'_>,
        design: &KeptDesign,
    ) -> Result<bool, StoreError> {
        let (start, choices) = (start_text(&design.start)?, json(&design.choices, "choices")?);
        let replace = query(REPLACE_DESIGN).bind(token_hash).bind(design.slug.as_str());
        let replace = replace.bind(design.revision.get()).bind(start).bind(choices).bind(design.total);
        let replace = replace.bind(&design.currency).bind(i64::from(design.lead_time_days));
        let replace = replace.bind(milliseconds(design.kept_at)).bind(expected.revision.get());
        let [was, before] = start_texts(expected.start)?;
        let replace = replace.bind(was).bind(json(&expected.choices, "choices")?).bind(before);
        Ok(self.change("save a design", replace).await? > 0)
    }

    async fn design_ordered(
        &self,
        token_hash: &str,
        slug: &Slug,
        ordered: Expected<'_>,
        number: OrderNumber,
    ) -> Result<(), StoreError> {
        let ([start, before], choices) = (start_texts(ordered.start)?, json(&ordered.choices, "choices")?);
        let ordered = query(DESIGN_ORDERED).bind(token_hash).bind(slug.as_str()).bind(ordered.revision.get());
        let ordered = ordered.bind(start).bind(choices).bind(number.get()).bind(before);
        self.change("note that a design was ordered", ordered).await?;
        Ok(())
    }

    async fn rename_design(&self, token_hash: &str, name: &str) -> Result<bool, StoreError> {
        let rename = query(RENAME_DESIGN).bind(token_hash).bind(name);
        Ok(self.change("rename a design", rename).await? > 0)
    }

    async fn forget_designs(&self, before: OffsetDateTime) -> Result<u64, StoreError> {
        self.change("forget designs", query(FORGET_DESIGNS).bind(milliseconds(before))).await
    }
}
