//! Releases, as they lie in the database.

use std::collections::BTreeMap;

use shop::releases::{
    ApprovalRow, Beginning, EndOutcome, FrozenDraft, Obstacle, Planning, ReleaseId, ReleaseRow, ReleaseState,
    ReleasedRow, UnknownCode,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::FromRow;

use super::catalogue::revision_number;
use super::products::StandingRecord;
use crate::rows::{MaybeMoment, Moment};

pub(crate) const DRAFTED: &str = "\
    SELECT drafts.slug FROM drafts JOIN products ON products.slug = drafts.slug
    WHERE standing NOT IN ('removed', 'moved') ORDER BY position";
pub(crate) const PLAN: &str = "\
    INSERT INTO releases (id, name, made_at, made_by, starts_at, ends_at, note, state, approval, at_once, hold_days)
    SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6,
        CASE WHEN $7 = 1 THEN 'cancelled' ELSE 'planned' END, CASE WHEN $7 = 1 THEN 'waiting' END, $8, CAST($9 AS BIGINT)
    FROM releases RETURNING id";
pub(crate) const FREEZE: &str = "\
    INSERT INTO release_products (release, slug, name, draft_version, bundle, hash, beside, twice)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub(crate) const RELEASE: &str = "\
    SELECT id, name, made_at, made_by, starts_at, ends_at,
        CASE WHEN approval IN ('waiting', 'refused') THEN approval ELSE state END AS state, begun_at, over_at, over_by, obstacle,
        note, approval, at_once, decided_at, decided_by, reason, hold_days
    FROM releases WHERE id = $1";
/// The newest releases, and those whose start or end is to come.
macro_rules! listed {
    () => {
        "state = 'planned' OR approval = 'waiting' OR (state = 'live' AND ends_at IS NOT NULL)
            OR id IN (SELECT id FROM releases ORDER BY id DESC LIMIT 200)"
    };
}
/// The same of one product, `$1`.
macro_rules! listed_of {
    () => {
        "id IN (SELECT release FROM release_products WHERE slug = $1)
            AND (state = 'planned' OR approval = 'waiting' OR (state = 'live' AND ends_at IS NOT NULL)
                OR id IN (SELECT release FROM release_products WHERE slug = $1 ORDER BY release DESC LIMIT 20))"
    };
}
/// Releases that are such ones.
macro_rules! releases {
    ($such:expr) => {
        concat!(
            "SELECT id, name, made_at, made_by, starts_at, ends_at,
                CASE WHEN approval IN ('waiting', 'refused') THEN approval ELSE state END AS state, begun_at, over_at, over_by,
                obstacle, note, approval, at_once, decided_at, decided_by, reason, hold_days
            FROM releases WHERE ",
            $such,
            " ORDER BY id DESC"
        )
    };
}
/// The products of such releases.
macro_rules! released {
    ($such:expr) => {
        concat!(
            "SELECT release, release_products.slug, name, release_products.draft_version, beside, twice, published, outcome,
                obstacle, published IS NOT NULL AND published = live_revision AS is_live
            FROM release_products JOIN products ON products.slug = release_products.slug WHERE release IN (",
            $such,
            ") ORDER BY release, release_products.slug"
        )
    };
}
pub(crate) const RELEASES: &str = releases!(listed!());
pub(crate) const RELEASES_OF: &str = releases!(listed_of!());
/// The products of one release, of those that are listed, and of those that are listed of a product.
pub(crate) const RELEASED: &str = released!("$1");
pub(crate) const RELEASED_OF_LISTED: &str = released!(concat!("SELECT id FROM releases WHERE ", listed!()));
pub(crate) const RELEASED_OF_LISTED_OF: &str =
    released!(concat!("SELECT id FROM releases WHERE ", listed_of!()));
/// A release that changes what is live of a product, `$1`, before one from `$2` to `$3`, or while that one is live: the one to come
/// would fail at its time, or make the other one fail. By the end of one that is live, what it replaced is live again.
pub(crate) const IN_THE_WAY: &str = "\
    SELECT releases.name FROM releases
    JOIN release_products ON release = releases.id JOIN products ON products.slug = release_products.slug
    WHERE release_products.slug = $1 AND (
        ((state = 'planned' OR approval = 'waiting') AND (ends_at IS NULL OR ends_at > $2)
            AND (CAST($3 AS BIGINT) IS NULL OR starts_at < CAST($3 AS BIGINT)))
        OR (state = 'live' AND published = live_revision AND ends_at <= $2))
    ORDER BY releases.id DESC LIMIT 1";
pub(crate) const FROZEN: &str = "\
    SELECT slug, name, draft_version, bundle, hash, beside, twice FROM release_products
    WHERE release = $1 ORDER BY slug";
pub(crate) const DUE: &str = "\
    SELECT id, state FROM releases
    WHERE (state = 'planned' AND starts_at <= $1) OR (state = 'live' AND ends_at <= $1)
    ORDER BY CASE WHEN state = 'live' THEN ends_at ELSE starts_at END, state, id";
pub(crate) const DROP_DRAFT: &str = "DELETE FROM drafts WHERE slug = $1 AND bundle = $2 RETURNING version";
pub(crate) const PUBLISHED: &str =
    "UPDATE release_products SET published = $3 WHERE release = $1 AND slug = $2";
pub(crate) const BEGUN: &str = "UPDATE releases SET state = 'live', begun_at = $2 WHERE id = $1";
pub(crate) const WAITING: &str = "SELECT COUNT(*) FROM releases WHERE approval = 'waiting'";
/// Of several who do so at a time one does, and never who asked for it.
pub(crate) const APPROVE: &str = "\
    UPDATE releases SET state = 'planned', approval = 'approved', decided_by = $2, decided_at = $3,
        starts_at = CASE WHEN at_once = 1 THEN $3 ELSE starts_at END
    WHERE id = $1 AND approval = 'waiting' AND made_by <> $2 RETURNING name";
pub(crate) const REFUSE: &str = "\
    UPDATE releases SET approval = 'refused', decided_by = $2, decided_at = $3, reason = $4
    WHERE id = $1 AND approval = 'waiting' AND made_by <> $2 RETURNING name";
/// Calls a release off that is planned or waits, or says that it failed.
pub(crate) const CALL_OFF: &str = "\
    UPDATE releases SET state = $2, over_at = $3, over_by = $4, obstacle = $5,
        approval = CASE WHEN approval = 'waiting' THEN 'over' ELSE approval END
    WHERE id = $1 AND (state = 'planned' OR approval = 'waiting') RETURNING name";
pub(crate) const HINDER: &str = "UPDATE release_products SET obstacle = $3 WHERE release = $1 AND slug = $2";
pub(crate) const CAME_OUT: &str = "UPDATE release_products SET outcome = $3 WHERE release = $1 AND slug = $2";
pub(crate) const ENDED: &str =
    "UPDATE releases SET state = 'ended', over_at = $2, over_by = $3 WHERE id = $1";
/// What a revision had replaced, where its own release ended while something newer was live.
pub(crate) const REPLACED: &str = "\
    SELECT beside FROM release_products JOIN releases ON releases.id = release
    WHERE slug = $1 AND published = $2 AND outcome = 'newer' AND over_at >= $3";

/// Why a draft that was agreed to is not planned on a product that stands like this, if it is not.
pub(crate) fn refusal(
    product: Option<&StandingRecord>,
    version: i64,
    draft: &FrozenDraft,
) -> Option<Refusal> {
    match product.map(|product| (product.obstacle(), product.live())) {
        Some((None, live)) if version != draft.draft_version => {
            Some(if live == draft.beside { Refusal::AnotherDraft } else { Refusal::AnotherLive })
        }
        Some((None, live)) => (live != draft.beside).then_some(Refusal::AnotherLive),
        Some((Some(_), _)) | None => Some(Refusal::StandsOtherwise),
    }
}

/// Why a draft is not planned.
pub(crate) enum Refusal {
    AnotherDraft,
    AnotherLive,
    StandsOtherwise,
    /// By the release of this name.
    InTheWay(String),
}

/// What stands against publishing a draft that was compared with a revision, on a product that stands like this.
pub(crate) fn obstacle(product: Option<&StandingRecord>, beside: RevisionNumber) -> Option<Obstacle> {
    let Some(product) = product else { return Some(Obstacle::Removed) };
    product.obstacle().or((product.live() != beside).then_some(Obstacle::AnotherLive))
}

#[derive(FromRow)]
pub(crate) struct ReleaseRecord {
    #[sqlx(try_from = "i64")]
    pub(crate) id: ReleaseId,
    pub(crate) name: String,
    #[sqlx(try_from = "i64")]
    made_at: Moment,
    pub(crate) made_by: String,
    #[sqlx(try_from = "i64")]
    starts_at: Moment,
    #[sqlx(try_from = "Option<i64>")]
    ends_at: MaybeMoment,
    #[sqlx(try_from = "String")]
    pub(crate) state: ReleaseState,
    #[sqlx(try_from = "Option<i64>")]
    pub(crate) begun_at: MaybeMoment,
    #[sqlx(try_from = "Option<i64>")]
    over_at: MaybeMoment,
    over_by: Option<String>,
    obstacle: Option<String>,
    note: String,
    approval: Option<String>,
    at_once: i64,
    #[sqlx(try_from = "Option<i64>")]
    decided_at: MaybeMoment,
    decided_by: Option<String>,
    reason: String,
    hold_days: Option<i64>,
}

impl ReleaseRecord {
    /// What is noted in the histories of its products.
    pub(crate) fn noted(&self) -> &str {
        if self.note.is_empty() { &self.name } else { &self.note }
    }
}

#[derive(FromRow)]
pub(crate) struct ReleasedRecord {
    release: i64,
    #[sqlx(try_from = "String")]
    pub(crate) slug: Slug,
    name: String,
    draft_version: i64,
    #[sqlx(try_from = "i64")]
    pub(crate) beside: RevisionNumber,
    twice: i64,
    pub(crate) published: Option<i64>,
    is_live: bool,
    obstacle: Option<String>,
    outcome: Option<String>,
}

#[derive(FromRow)]
pub(crate) struct FrozenRecord {
    #[sqlx(try_from = "String")]
    pub(crate) slug: Slug,
    name: String,
    draft_version: i64,
    pub(crate) bundle: String,
    pub(crate) hash: String,
    #[sqlx(try_from = "i64")]
    pub(crate) beside: RevisionNumber,
    twice: i64,
}

#[derive(FromRow)]
pub(crate) struct DueRecord {
    #[sqlx(try_from = "i64")]
    pub(crate) id: ReleaseId,
    #[sqlx(try_from = "String")]
    pub(crate) state: ReleaseState,
}

impl From<FrozenRecord> for FrozenDraft {
    fn from(row: FrozenRecord) -> Self {
        let FrozenRecord { slug, name, draft_version, bundle, hash, beside, twice } = row;
        Self { slug, name, draft_version, bundle, hash, beside, twice: twice != 0 }
    }
}

/// What became of publishing a release.
pub(crate) enum Begun {
    Live(Vec<(Slug, i64)>),
    NotPlanned,
    JudgedOtherwise,
    Hindered(Vec<(Slug, Obstacle)>),
}

fn unreadable(error: &impl ToString) -> StoreError {
    StoreError::Unreadable { what: "a release".to_owned(), reason: error.to_string() }
}

fn coded<T: TryFrom<String, Error = UnknownCode>>(code: Option<String>) -> Result<Option<T>, StoreError> {
    code.map(T::try_from).transpose().map_err(|error| unreadable(&error))
}

/// Releases with their products.
pub(crate) fn whole(
    releases: Vec<ReleaseRecord>,
    products: Vec<ReleasedRecord>,
) -> Result<Vec<ReleaseRow>, StoreError> {
    let mut by_release: BTreeMap<i64, Vec<ReleasedRow>> = BTreeMap::new();
    for product in products {
        by_release.entry(product.release).or_default().push(product.try_into()?);
    }
    let mut whole = Vec::with_capacity(releases.len());
    for row in releases {
        let own = by_release.remove(&row.id.get()).unwrap_or_default();
        let approval = row.approval.is_some().then(|| ApprovalRow {
            at_once: row.at_once != 0,
            decided: row.decided_at.0.zip(row.decided_by),
            reason: row.reason,
        });
        whole.push(ReleaseRow {
            id: row.id,
            name: row.name,
            made_at: row.made_at.0,
            made_by: row.made_by,
            starts_at: row.starts_at.0,
            ends_at: row.ends_at.0,
            state: row.state,
            begun_at: row.begun_at.0,
            over_at: row.over_at.0,
            over_by: row.over_by,
            obstacle: coded::<Obstacle>(row.obstacle)?,
            note: row.note,
            hold_days: row.hold_days.and_then(|days| u32::try_from(days).ok()),
            approval,
            products: own,
        });
    }
    Ok(whole)
}

impl TryFrom<ReleasedRecord> for ReleasedRow {
    type Error = StoreError;

    fn try_from(row: ReleasedRecord) -> Result<Self, StoreError> {
        let published = row.published.map(RevisionNumber::try_from).transpose();
        Ok(Self {
            slug: row.slug,
            name: row.name,
            draft_version: row.draft_version,
            beside: row.beside,
            twice: row.twice != 0,
            published: published.map_err(|error| unreadable(&error))?,
            is_live: row.is_live,
            obstacle: coded::<Obstacle>(row.obstacle)?,
            outcome: coded::<EndOutcome>(row.outcome)?,
        })
    }
}

fn release_id(id: i64) -> Result<ReleaseId, StoreError> {
    ReleaseId::try_from(id).map_err(|error| unreadable(&error))
}

/// Addresses as the database has them.
pub(crate) fn slugs(rows: Vec<String>) -> Result<Vec<Slug>, StoreError> {
    rows.into_iter().map(|slug| slug.parse().map_err(|error| unreadable(&error))).collect()
}

/// Numbers of revisions as the database has them.
pub(crate) fn numbered(rows: Vec<(Slug, i64)>) -> Result<Vec<(Slug, RevisionNumber)>, StoreError> {
    rows.into_iter().map(|(slug, number)| Ok((slug, revision_number(number)?))).collect()
}

/// Writes the mail that tells whoever made a release that it failed.
pub(crate) const TELL_FAILED: &str = "\
    INSERT INTO outbox (key, kind, recipient, language, secret, written_at, due_at)
    SELECT $1, $2, made_by, $3, CAST(id AS TEXT), $5, $5 FROM releases WHERE id = $4
    ON CONFLICT (key) DO NOTHING";

/// The mail that tells that a release failed: no other has its key.
pub(crate) fn failed_key(release: i64) -> String {
    format!("release-failed-{release}")
}

/// The mail that tells somebody of a release that waits: no other has its key.
pub(crate) fn approval_key(release: i64, place: usize) -> String {
    format!("approval-{release}-{place}")
}

/// What became of a plan.
pub(crate) fn planning(planned: Result<i64, (Slug, Refusal)>) -> Result<Planning, StoreError> {
    Ok(match planned {
        Ok(id) => Planning::Planned(release_id(id)?),
        Err((slug, Refusal::AnotherDraft)) => Planning::AnotherDraft(slug),
        Err((slug, Refusal::AnotherLive)) => Planning::AnotherLive(slug),
        Err((slug, Refusal::StandsOtherwise)) => Planning::StandsOtherwise(slug),
        Err((slug, Refusal::InTheWay(name))) => Planning::InTheWay { slug, name },
    })
}

/// What became of publishing.
pub(crate) fn beginning(begun: Begun) -> Result<Beginning, StoreError> {
    Ok(match begun {
        Begun::Live(published) => Beginning::Live(numbered(published)?),
        Begun::NotPlanned => Beginning::NotPlanned,
        Begun::JudgedOtherwise => Beginning::JudgedOtherwise,
        Begun::Hindered(obstacles) => Beginning::Hindered(obstacles),
    })
}
