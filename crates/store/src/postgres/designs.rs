//! Designs that are kept behind links.

use async_trait::async_trait;
use shop::designs::{DesignStore, Expected, KeptDesign};
use shop::{OrderNumber, Slug, StoreError};
use time::OffsetDateTime;

use super::PostgresStore;
use super::query::{query, query_as};
use super::transaction::{reading, writing};
use crate::rows::{json, milliseconds};
use crate::statements::designs::*;

#[async_trait]
impl DesignStore for PostgresStore {
    async fn kept_design(&self, token_hash: &str) -> Result<Option<KeptDesign>, StoreError> {
        let row = reading!(self.database, "read a kept design", |connection| {
            query_as::<DesignRecord>(KEPT_DESIGN).bind(token_hash).fetch_optional(connection).await
        });
        Ok(row?.map(KeptDesign::from))
    }

    async fn keep_design(&self, token_hash: &str, design: &KeptDesign) -> Result<(), StoreError> {
        let (start, choices) = (start_text(&design.start)?, json(&design.choices, "choices")?);
        writing!(self.database, "keep a design", |connection| {
            let keep = query(KEEP_DESIGN).bind(token_hash).bind(design.slug.as_str());
            let keep = keep.bind(design.revision.get()).bind(&start).bind(&choices);
            let keep = keep.bind(design.keeping.as_str()).bind(design.total).bind(&design.currency);
            let keep = keep.bind(i64::from(design.lead_time_days)).bind(milliseconds(design.kept_at));
            keep.bind(&design.name).execute(connection).await
        })?;
        Ok(())
    }

    async fn replace_design(
        &self,
        token_hash: &str,
        expected: Expected<'_>,
        design: &KeptDesign,
    ) -> Result<bool, StoreError> {
        let (start, choices) = (start_text(&design.start)?, json(&design.choices, "choices")?);
        let ([was, before], were) = (start_texts(expected.start)?, json(&expected.choices, "choices")?);
        let done = writing!(self.database, "save a design", |connection| {
            let replace = query(REPLACE_DESIGN).bind(token_hash).bind(design.slug.as_str());
            let replace = replace.bind(design.revision.get()).bind(&start).bind(&choices).bind(design.total);
            let replace = replace.bind(&design.currency).bind(i64::from(design.lead_time_days));
            let replace = replace.bind(milliseconds(design.kept_at)).bind(expected.revision.get());
            replace.bind(&was).bind(&were).bind(&before).execute(connection).await
        });
        Ok(done?.rows_affected() > 0)
    }

    async fn design_ordered(
        &self,
        token_hash: &str,
        slug: &Slug,
        ordered: Expected<'_>,
        number: OrderNumber,
    ) -> Result<(), StoreError> {
        let ([start, before], choices) = (start_texts(ordered.start)?, json(&ordered.choices, "choices")?);
        writing!(self.database, "note that a design was ordered", |connection| {
            let note = query(DESIGN_ORDERED).bind(token_hash).bind(slug.as_str());
            let note = note.bind(ordered.revision.get()).bind(&start).bind(&choices).bind(number.get());
            note.bind(&before).execute(connection).await
        })?;
        Ok(())
    }

    async fn rename_design(&self, token_hash: &str, name: &str) -> Result<bool, StoreError> {
        let done = writing!(self.database, "rename a design", |connection| {
            query(RENAME_DESIGN).bind(token_hash).bind(name).execute(connection).await
        });
        Ok(done?.rows_affected() > 0)
    }

    async fn forget_designs(&self, before: OffsetDateTime) -> Result<u64, StoreError> {
        let done = writing!(self.database, "forget designs", |connection| {
            query(FORGET_DESIGNS).bind(milliseconds(before)).execute(connection).await
        });
        Ok(done?.rows_affected())
    }
}
