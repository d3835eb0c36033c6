//! For how long revisions are offered.

use shop::catalogue::{Offer, Withdrawal};
use shop::{RevisionNumber, Slug};
use sqlx::{FromRow, SqliteConnection};
use time::OffsetDateTime;

use super::rows::{Moment, milliseconds};
use super::{Note, SqliteStore, note};

const OFFER: &str = "\
    SELECT superseded_at, withdrawn_at, withdrawn_by, reason FROM offers WHERE slug = $1 AND revision = $2";
const SUPERSEDE: &str = "\
    INSERT INTO offers (slug, revision, superseded_at)
    SELECT slug, live_revision, $3 FROM products WHERE slug = $1 AND live_revision <> $2
    ON CONFLICT (slug, revision) DO UPDATE SET superseded_at = excluded.superseded_at";
const IS_LIVE: &str = "UPDATE offers SET superseded_at = NULL WHERE slug = $1 AND revision = $2";
const WITHDRAW: &str = "\
    INSERT INTO offers (slug, revision, withdrawn_at, withdrawn_by, reason)
    SELECT slug, number, $3, $4, $5 FROM revisions WHERE slug = $1 AND number = $2
        AND NOT EXISTS (SELECT 1 FROM products WHERE slug = $1 AND live_revision = $2)
    ON CONFLICT (slug, revision) DO UPDATE SET withdrawn_at = excluded.withdrawn_at,
        withdrawn_by = excluded.withdrawn_by, reason = excluded.reason";
const OFFER_AGAIN: &str = "\
    UPDATE offers SET withdrawn_at = NULL, withdrawn_by = NULL, reason = NULL
    WHERE slug = $1 AND revision = $2 AND withdrawn_at IS NOT NULL";

/// An offer's columns; all empty where nothing is kept of it.
#[derive(FromRow)]
pub(super) struct OfferRecord {
    superseded_at: Option<i64>,
    withdrawn_at: Option<i64>,
    withdrawn_by: Option<String>,
    reason: Option<String>,
}

impl TryFrom<OfferRecord> for Offer {
    type Error = time::error::ComponentRange;

    fn try_from(row: OfferRecord) -> Result<Self, Self::Error> {
        let moment = |at: i64| Moment::try_from(at).map(|moment| moment.0);
        let withdrawal = row.withdrawn_at.map(|at| {
            let (by, reason) = (row.withdrawn_by.unwrap_or_default(), row.reason.unwrap_or_default());
            moment(at).map(|at| Withdrawal { at, by, reason })
        });
        Ok(Self {
            superseded_at: row.superseded_at.map(moment).transpose()?,
            withdrawal: withdrawal.transpose()?,
        })
    }
}

impl SqliteStore {
    pub(super) async fn kept_offer(&self, slug: &Slug, number: RevisionNumber) -> sqlx::Result<Offer> {
        let query = sqlx::query_as::<_, OfferRecord>(OFFER).bind(slug.as_str()).bind(number.get());
        let record = query.fetch_optional(&self.readers).await?;
        Ok(record
            .map(Offer::try_from)
            .transpose()
            .map_err(|error| sqlx::Error::Decode(error.into()))?
            .unwrap_or_default())
    }

    pub(super) async fn keep_withdrawal(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        withdrawal: &Withdrawal,
    ) -> sqlx::Result<bool> {
        let Withdrawal { at, by, reason } = withdrawal;
        let mut transaction = self.begin().await?;
        let query = sqlx::query(WITHDRAW).bind(slug.as_str()).bind(number.get()).bind(milliseconds(*at));
        let done = query.bind(by).bind(reason).execute(&mut *transaction).await?;
        let detail = format!("revision {number}: {reason}");
        let noted = Note { at: *at, by, action: "withdraw", subject: slug.as_str(), detail: &detail };
        note(&mut transaction, noted).await?;
        // Not committed, nothing is written.
        if done.rows_affected() > 0 {
            transaction.commit().await?;
        }
        Ok(done.rows_affected() > 0)
    }

    pub(super) async fn forget_withdrawal(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        by: &str,
        at: OffsetDateTime,
    ) -> sqlx::Result<bool> {
        let mut transaction = self.begin().await?;
        let query = sqlx::query(OFFER_AGAIN).bind(slug.as_str()).bind(number.get());
        let done = query.execute(&mut *transaction).await?;
        let detail = format!("revision {number}");
        let noted = Note { at, by, action: "offer again", subject: slug.as_str(), detail: &detail };
        note(&mut transaction, noted).await?;
        if done.rows_affected() > 0 {
            transaction.commit().await?;
        }
        Ok(done.rows_affected() > 0)
    }
}

/// Notes from when on the prices of the revision that was live are held for a while only.
pub(super) async fn supersede(
    connection: &mut SqliteConnection,
    slug: &Slug,
    live: i64,
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    let query = sqlx::query(SUPERSEDE).bind(slug.as_str()).bind(live).bind(milliseconds(at));
    query.execute(&mut *connection).await?;
    sqlx::query(IS_LIVE).bind(slug.as_str()).bind(live).execute(connection).await?;
    Ok(())
}
