//! Campaign links and how often they were opened.

use async_trait::async_trait;
use shop::access::Note;
use shop::campaigns::{Campaign, CampaignStore, Counted};
use shop::{RevisionNumber, StoreError};
use time::{Date, OffsetDateTime};

use super::PostgresStore;
use super::query::{change_noted, query, query_as};
use super::transaction::{reading, writing};
use crate::rows::{json, julian_day, milliseconds};
use crate::statements::campaigns::*;

#[async_trait]
impl CampaignStore for PostgresStore {
    async fn campaign(&self, code: &str) -> Result<Option<Campaign>, StoreError> {
        let row = reading!(self.database, "find a campaign link", |connection| {
            query_as::<CampaignRecord>(CAMPAIGN).bind(code).fetch_optional(connection).await
        });
        Ok(row?.map(Campaign::from))
    }

    async fn campaigns(&self) -> Result<Vec<(Campaign, Vec<Counted>)>, StoreError> {
        let rows = reading!(self.database, "list campaign links", |connection| {
            let rows = query_as::<CampaignRecord>(CAMPAIGNS).fetch_all(&mut *connection).await?;
            Ok((rows, query_as::<DayRecord>(DAYS).fetch_all(connection).await?))
        });
        let (rows, days) = rows?;
        Ok(with_days(rows, &days))
    }

    async fn add_campaign(&self, campaign: &Campaign, by: &str) -> Result<bool, StoreError> {
        let (start, choices) = (json(&campaign.start, "a start")?, json(&campaign.choices, "choices")?);
        let done = writing!(self.database, "add a campaign link", |connection| {
            let add = query(ADD_CAMPAIGN).bind(&campaign.code).bind(&campaign.greeting);
            let add = add.bind(campaign.slug.as_str()).bind(campaign.revision.map(RevisionNumber::get));
            let add = add.bind(&start).bind(&choices).bind(milliseconds(campaign.made_at));
            change_noted(connection, add, making(campaign, by)).await
        });
        Ok(done? > 0)
    }

    async fn end_campaign(&self, code: &str, by: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        let done = writing!(self.database, "end a campaign link", |connection| {
            let end = query(END_CAMPAIGN).bind(code).bind(milliseconds(at));
            let note = Note { at, by, action: "end campaign", subject: code, detail: "" };
            change_noted(connection, end, note).await
        });
        Ok(done? > 0)
    }

    async fn count_campaign(&self, code: &str, day: Date) -> Result<(), StoreError> {
        let done = writing!(self.database, "count a campaign link", |connection| {
            query(COUNT).bind(code).bind(julian_day(Some(day))).execute(connection).await
        });
        done.map(|_| ())
    }
}
