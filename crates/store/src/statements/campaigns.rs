//! Campaign links as they lie in the database.

use shop::access::Note;
use shop::campaigns::{Campaign, Counted};
use shop::{RevisionNumber, Slug, Start};
use sqlx::FromRow;
use time::Date;

use crate::rows::{MaybeDay, MaybeMoment, Moment, Parsed};

pub(crate) const CAMPAIGN: &str = "\
    SELECT code, greeting, slug, revision, start, choices, made_at, ended_at FROM campaigns WHERE code = $1";
pub(crate) const CAMPAIGNS: &str = "\
    SELECT code, greeting, slug, revision, start, choices, made_at, ended_at FROM campaigns
    ORDER BY made_at DESC, code";
pub(crate) const DAYS: &str = "SELECT code, day, opened FROM campaign_days ORDER BY code, day DESC";
pub(crate) const ADD_CAMPAIGN: &str = "\
    INSERT INTO campaigns (code, greeting, slug, revision, start, choices, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (code) DO NOTHING";
pub(crate) const END_CAMPAIGN: &str =
    "UPDATE campaigns SET ended_at = $2 WHERE code = $1 AND ended_at IS NULL";
pub(crate) const COUNT: &str = "\
    INSERT INTO campaign_days (code, day, opened) VALUES ($1, $2, 1)
    ON CONFLICT (code, day) DO UPDATE SET opened = campaign_days.opened + 1";

/// What the audit says of a link that is made.
pub(crate) fn making<'n>(campaign: &'n Campaign, by: &'n str) -> Note<'n> {
    let (subject, detail) = (&*campaign.code, campaign.slug.as_str());
    Note { at: campaign.made_at, by, action: "make campaign", subject, detail }
}

#[derive(FromRow)]
pub(crate) struct CampaignRecord {
    code: String,
    greeting: String,
    #[sqlx(try_from = "String")]
    slug: Slug,
    revision: Option<i64>,
    #[sqlx(try_from = "String")]
    start: Parsed<Start>,
    #[sqlx(try_from = "String")]
    choices: Parsed<Vec<(String, String)>>,
    #[sqlx(try_from = "i64")]
    made_at: Moment,
    #[sqlx(try_from = "Option<i64>")]
    ended_at: MaybeMoment,
}

impl From<CampaignRecord> for Campaign {
    fn from(row: CampaignRecord) -> Self {
        Self {
            code: row.code,
            greeting: row.greeting,
            slug: row.slug,
            revision: row.revision.and_then(|number| RevisionNumber::try_from(number).ok()),
            start: row.start.0,
            choices: row.choices.0,
            made_at: row.made_at.0,
            ended_at: row.ended_at.0,
        }
    }
}

#[derive(FromRow)]
pub(crate) struct DayRecord {
    code: String,
    #[sqlx(try_from = "Option<i64>")]
    day: MaybeDay,
    #[sqlx(try_from = "i64")]
    opened: u32,
}

/// Links with their days.
pub(crate) fn with_days(campaigns: Vec<CampaignRecord>, days: &[DayRecord]) -> Vec<(Campaign, Vec<Counted>)> {
    let counted = |day: &DayRecord| Counted { day: day.day.0.unwrap_or(Date::MIN), opened: day.opened };
    let each = campaigns.into_iter().map(Campaign::from).map(|campaign| {
        let own = days.iter().filter(|day| day.code == campaign.code).map(counted).collect();
        (campaign, own)
    });
    each.collect()
}
