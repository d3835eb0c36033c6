//! For how long revisions are offered.

use shop::access::Note;
use shop::catalogue::{Offer, Withdrawal};
use shop::{RevisionNumber, Slug};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::query::{note, query, query_as};
use crate::rows::milliseconds;
use crate::statements::offers::*;

pub(super) async fn kept_offer(
    connection: &mut PgConnection,
    slug: &Slug,
    number: RevisionNumber,
) -> sqlx::Result<Offer> {
    let query = query_as::<OfferRecord>(OFFER).bind(slug.as_str()).bind(number.get());
    Ok(query.fetch_optional(connection).await?.map(Offer::from).unwrap_or_default())
}

pub(super) async fn keep_withdrawal(
    connection: &mut PgConnection,
    slug: &Slug,
    number: RevisionNumber,
    withdrawal: &Withdrawal,
    by_language: &str,
) -> sqlx::Result<bool> {
    let Withdrawal { at, by, reasons } = withdrawal;
    let reason = &reasons.otherwise;
    let query = query(WITHDRAW).bind(slug.as_str()).bind(number.get()).bind(milliseconds(*at));
    let done = query.bind(by).bind(reason).bind(by_language).execute(&mut *connection).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = format!("revision {number}: {reason}");
    note(connection, Note { at: *at, by, action: "withdraw", subject: slug.as_str(), detail: &detail })
        .await?;
    Ok(true)
}

pub(super) async fn forget_withdrawal(
    connection: &mut PgConnection,
    slug: &Slug,
    number: RevisionNumber,
    (by, at): (&str, OffsetDateTime),
) -> sqlx::Result<bool> {
    let query = query(OFFER_AGAIN).bind(slug.as_str()).bind(number.get());
    if query.execute(&mut *connection).await?.rows_affected() == 0 {
        return Ok(false);
    }
    let detail = format!("revision {number}");
    note(connection, Note { at, by, action: "offer again", subject: slug.as_str(), detail: &detail }).await?;
    Ok(true)
}

/// Notes from when on the prices of the revision that was live are held for a while only.
pub(super) async fn supersede(
    connection: &mut PgConnection,
    slug: &Slug,
    live: i64,
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    let superseded = query(SUPERSEDE).bind(slug.as_str()).bind(live).bind(milliseconds(at));
    superseded.execute(&mut *connection).await?;
    query(IS_LIVE).bind(slug.as_str()).bind(live).execute(connection).await?;
    Ok(())
}
