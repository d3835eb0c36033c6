//! Campaign links and how often they were opened.

use async_trait::async_trait;
use shop::access::Note;
use shop::campaigns::{Campaign, CampaignStore, Counted};
use shop::{RevisionNumber, StoreError};
use sqlx::{query, query_as};
use time::{Date, OffsetDateTime};

use super::SqliteStore;
use crate::rows::{failed_to, json, julian_day, milliseconds};
use crate::statements::campaigns::*;

#[async_trait]
impl CampaignStore for SqliteStore {
    async fn campaign(&self, code: &str) -> Result<Option<Campaign>, StoreError> {
        let row = query_as::<_, CampaignRecord>(CAMPAIGN).bind(code).fetch_optional(&self.readers);
        Ok(row.await.map_err(failed_to("find a campaign link"))?.map(Campaign::from))
    }

    async fn campaigns(&self) -> Result<Vec<(Campaign, Vec<Counted>)>, StoreError> {
        let failed = failed_to("list campaign links");
        let rows = query_as::<_, CampaignRecord>(CAMPAIGNS).fetch_all(&self.readers).await.map_err(failed)?;
        let days = query_as::<_, DayRecord>(DAYS).fetch_all(&self.readers).await.map_err(failed)?;
        Ok(with_days(rows, &days))
    }

    async fn add_campaign(&self, campaign: &Campaign, by: &str) -> Result<bool, StoreError> {
        let (start, choices) = (json(&campaign.start, "a start")?, json(&campaign.choices, "choices")?);
        let add = query(ADD_CAMPAIGN).bind(&campaign.code).bind(&campaign.greeting);
        let add = add.bind(campaign.slug.as_str()).bind(campaign.revision.map(RevisionNumber::get));
        let add = add.bind(start).bind(choices).bind(milliseconds(campaign.made_at));
        Ok(self.change_noted("add a campaign link", add, making(campaign, by)).await? > 0)
    }

    async fn end_campaign(&self, code: &str, by: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        let end = query(END_CAMPAIGN).bind(code).bind(milliseconds(at));
        let note = Note { at, by, action: "end campaign", subject: code, detail: "" };
        Ok(self.change_noted("end a campaign link", end, note).await? > 0)
    }

    async fn count_campaign(&self, code: &str, day: Date) -> Result<(), StoreError> {
        self.change("count a campaign link", query(COUNT).bind(code).bind(julian_day(Some(day)))).await?;
        Ok(())
    }
}
