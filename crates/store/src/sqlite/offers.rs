//! For how long revisions are offered.

use shop::access::Note;
use shop::catalogue::{Offer, Withdrawal};
use shop::{RevisionNumber, Slug};
use sqlx::SqliteConnection;
use time::OffsetDateTime;

use super::{SqliteStore, note};
use crate::rows::milliseconds;
use crate::statements::offers::*;

impl SqliteStore {
    pub(super) async fn kept_offer(&self, slug: &Slug, number: RevisionNumber) -> sqlx::Result<Offer> {
        let query = sqlx::query_as::<_, OfferRecord>(OFFER).bind(slug.as_str()).bind(number.get());
        let record = query.fetch_optional(&self.readers).await?;
        Ok(record.map(Offer::from).unwrap_or_default())
    }

    pub(super) async fn keep_withdrawal(
        &self,
        slug: &Slug,
        number: RevisionNumber,
        withdrawal: &Withdrawal,
        by_language: &str,
    ) -> sqlx::Result<bool> {
        let Withdrawal { at, by, reasons } = withdrawal;
        let reason = &reasons.otherwise;
        let mut transaction = self.begin().await?;
        let query = sqlx::query(WITHDRAW).bind(slug.as_str()).bind(number.get()).bind(milliseconds(*at));
        let done = query.bind(by).bind(reason).bind(by_language).execute(&mut *transaction).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let detail = format!("revision {number}: {reason}");
        let noted = Note { at: *at, by, action: "withdraw", subject: slug.as_str(), detail: &detail };
        note(&mut transaction, noted).await?;
        transaction.commit().await?;
        Ok(true)
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
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let detail = format!("revision {number}");
        let noted = Note { at, by, action: "offer again", subject: slug.as_str(), detail: &detail };
        note(&mut transaction, noted).await?;
        transaction.commit().await?;
        Ok(true)
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
