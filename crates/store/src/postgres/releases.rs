//! Releases: publishing several products in one transaction, and ending them in one.

use async_trait::async_trait;
use shop::access::Note;
use shop::mail::MailKind;
use shop::releases::{
    Approving, Beginning, BegunProduct, BegunRelease, Decision, EndOutcome, Ended, Ending, Failing,
    FrozenDraft, NewApproval, NewRelease, Obstacle, Planning, ReleaseId, ReleaseRow, ReleaseState,
    ReleaseStore, Returning,
};
use shop::{RevisionNumber, Slug, StoreError};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::PostgresStore;
use super::catalogue::{add_revision, make_live, wait_for_product};
use super::query::{Turn, note, query, query_as, query_scalar};
use super::transaction::{reading, writing};
use crate::rows::milliseconds;
use crate::statements::catalogue::Published;
use crate::statements::customers::ADD_MAIL;
use crate::statements::drafts::{DRAFT_VERSION, FORGET_VERSIONS};
use crate::statements::gate::END_PREVIEW;
use crate::statements::products::{STANDING, StandingRecord};
use crate::statements::releases::*;

const TAKE: &str = "\
    SELECT id, name, made_at, made_by, starts_at, ends_at,
        CASE WHEN approval IN ('waiting', 'refused') THEN approval ELSE state END AS state, begun_at, over_at, over_by, obstacle,
        note, approval, at_once, decided_at, decided_by, reason, hold_days
    FROM releases WHERE id = $1 FOR UPDATE";

/// Notes something that was done to a release.
async fn note_release(
    connection: &mut PgConnection,
    (at, by): (OffsetDateTime, &str),
    action: &str,
    (name, detail): (&str, &str),
) -> sqlx::Result<()> {
    note(connection, Note { at, by, action, subject: name, detail }).await
}

async fn standing(connection: &mut PgConnection, slug: &Slug) -> sqlx::Result<Option<StandingRecord>> {
    wait_for_product(connection, slug).await?;
    query_as::<StandingRecord>(STANDING).bind(slug.as_str()).fetch_optional(connection).await
}

/// Plans a release; otherwise which product keeps it from being planned, and why.
async fn plan(
    connection: &mut PgConnection,
    release: &NewRelease,
) -> sqlx::Result<Result<i64, (Slug, Refusal)>> {
    let NewRelease { name, at, by, starts_at, ends_at, note, hold_days, approval, products } = release;
    Turn::Products.wait(connection).await?;
    let mut sorted: Vec<&FrozenDraft> = products.iter().collect();
    sorted.sort_by(|one, other| one.slug.cmp(&other.slug));
    for draft in &sorted {
        let product = standing(connection, &draft.slug).await?;
        let version = query_scalar(DRAFT_VERSION).bind(draft.slug.as_str());
        let version: Option<i64> = version.fetch_optional(&mut *connection).await?;
        if let Some(refusal) = refusal(product.as_ref(), version.unwrap_or(0), draft) {
            return Ok(Err((draft.slug.clone(), refusal)));
        }
        let other = query_scalar(IN_THE_WAY).bind(draft.slug.as_str()).bind(milliseconds(*starts_at));
        let other: Option<String> =
            other.bind(ends_at.map(milliseconds)).fetch_optional(&mut *connection).await?;
        if let Some(name) = other {
            return Ok(Err((draft.slug.clone(), Refusal::InTheWay(name))));
        }
    }
    let plan = query_scalar(PLAN).bind(name).bind(milliseconds(*at)).bind(by);
    let at_once = approval.as_ref().is_some_and(|asked| asked.at_once);
    let plan = plan.bind(milliseconds(*starts_at)).bind(ends_at.map(milliseconds)).bind(note);
    let plan = plan.bind(i64::from(approval.is_some())).bind(i64::from(at_once));
    let plan = plan.bind(hold_days.map(i64::from));
    let id: i64 = plan.fetch_one(&mut *connection).await?;
    for draft in &sorted {
        let FrozenDraft { slug, name, draft_version, bundle, hash, beside, twice } = draft;
        let freeze = query(FREEZE).bind(id).bind(slug.as_str()).bind(name).bind(draft_version).bind(bundle);
        let freeze = freeze.bind(hash).bind(beside.get()).bind(i64::from(*twice));
        freeze.execute(&mut *connection).await?;
    }
    let names: Vec<&str> = sorted.iter().map(|draft| draft.slug.as_str()).collect();
    if let Some(asked) = approval {
        tell(connection, id, asked, *at).await?;
    }
    let action = if approval.is_some() { "ask for release" } else { "plan release" };
    note_release(connection, (*at, by), action, (name, &names.join(", "))).await?;
    Ok(Ok(id))
}

/// Writes the mails that tell of a release that waits.
async fn tell(
    connection: &mut PgConnection,
    release: i64,
    asked: &NewApproval,
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    for (place, email) in asked.tell.iter().enumerate() {
        let mail = query(ADD_MAIL).bind(approval_key(release, place)).bind(MailKind::Approval.as_str());
        let mail = mail.bind(email).bind("en").bind(release.to_string()).bind(milliseconds(at));
        mail.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Plans a release that waits, where nothing stands against it.
async fn approve(connection: &mut PgConnection, decision: &Decision) -> sqlx::Result<Approving> {
    let Decision { id, by, at } = decision;
    let release = taken(connection, *id).await?;
    let is_others =
        |release: &ReleaseRecord| release.state == ReleaseState::Waiting && release.made_by != *by;
    if !release.as_ref().is_some_and(is_others) {
        return Ok(Approving::NotWaiting);
    }
    let mut obstacles = Vec::new();
    for draft in query_as::<FrozenRecord>(FROZEN).bind(id.get()).fetch_all(&mut *connection).await? {
        let product = standing(connection, &draft.slug).await?;
        obstacles.extend(obstacle(product.as_ref(), draft.beside).map(|found| (draft.slug, found)));
    }
    if !obstacles.is_empty() {
        return Ok(Approving::Hindered(obstacles));
    }
    let approve = query_scalar(APPROVE).bind(id.get()).bind(by).bind(milliseconds(*at));
    let name: Option<String> = approve.fetch_optional(&mut *connection).await?;
    let Some(name) = name else { return Ok(Approving::NotWaiting) };
    note_release(connection, (*at, by), "approve release", (&name, "")).await?;
    Ok(Approving::Approved)
}

async fn refuse(connection: &mut PgConnection, decision: &Decision, reason: &str) -> sqlx::Result<bool> {
    let Decision { id, by, at } = decision;
    let refuse = query_scalar(REFUSE).bind(id.get()).bind(by).bind(milliseconds(*at)).bind(reason);
    let name: Option<String> = refuse.fetch_optional(&mut *connection).await?;
    let Some(name) = name else { return Ok(false) };
    note_release(connection, (*at, by), "refuse release", (&name, reason)).await?;
    Ok(true)
}

/// A release, which nobody else changes until this transaction is over.
async fn taken(connection: &mut PgConnection, id: ReleaseId) -> sqlx::Result<Option<ReleaseRecord>> {
    query_as::<ReleaseRecord>(TAKE).bind(id.get()).fetch_optional(connection).await
}

/// Publishes a product of a release; its number.
async fn publish(
    connection: &mut PgConnection,
    (release, draft): (&ReleaseRecord, &FrozenRecord),
    product: &BegunProduct,
    at: OffsetDateTime,
) -> sqlx::Result<i64> {
    let (slug, by) = (&draft.slug, &release.made_by);
    let published = Published {
        slug,
        bundle: &draft.bundle,
        hash: &draft.hash,
        at,
        by,
        note: release.noted(),
        prepared: &product.prepared,
    };
    let number = add_revision(connection, published).await?;
    make_live(connection, slug, number, at).await?;
    // A draft that was edited since stays as it is.
    let dropped = query_scalar(DROP_DRAFT).bind(slug.as_str()).bind(&draft.bundle);
    let dropped: Option<i64> = dropped.fetch_optional(&mut *connection).await?;
    if let Some(version) = dropped {
        query(FORGET_VERSIONS).bind(slug.as_str()).bind(version).execute(&mut *connection).await?;
        query(END_PREVIEW).bind(slug.as_str()).execute(&mut *connection).await?;
    }
    let done = query(PUBLISHED).bind(release.id.get()).bind(slug.as_str()).bind(number);
    done.execute(&mut *connection).await?;
    let detail = format!("revision {number}");
    note(connection, Note { at, by, action: "publish", subject: slug.as_str(), detail: &detail }).await?;
    Ok(number)
}

async fn frozen(connection: &mut PgConnection, id: ReleaseId) -> sqlx::Result<Vec<FrozenRecord>> {
    query_as::<FrozenRecord>(FROZEN).bind(id.get()).fetch_all(connection).await
}

/// Waits until nobody else changes these products, which come by their addresses: in the same order for everybody, and before any
/// turn.
async fn wait_for_all(connection: &mut PgConnection, slugs: &[Slug]) -> sqlx::Result<()> {
    for slug in slugs {
        wait_for_product(connection, slug).await?;
    }
    Ok(())
}

async fn begin(connection: &mut PgConnection, begun: &BegunRelease) -> sqlx::Result<Begun> {
    let release = taken(connection, begun.id).await?;
    let Some(release) = release.filter(|release| release.state == ReleaseState::Planned) else {
        return Ok(Begun::NotPlanned);
    };
    // Those that got another address before this could wait for them are under it by then.
    let slugs: Vec<Slug> = frozen(connection, begun.id).await?.into_iter().map(|draft| draft.slug).collect();
    wait_for_all(connection, &slugs).await?;
    let drafts = frozen(connection, begun.id).await?;
    if drafts.iter().any(|draft| !slugs.contains(&draft.slug)) {
        return Ok(Begun::JudgedOtherwise);
    }
    let mut obstacles = Vec::new();
    for draft in &drafts {
        let product = standing(connection, &draft.slug).await?;
        obstacles.extend(obstacle(product.as_ref(), draft.beside).map(|found| (draft.slug.clone(), found)));
    }
    if !obstacles.is_empty() {
        return Ok(Begun::Hindered(obstacles));
    }
    // Nothing is written before it is known that all was judged as it is.
    let judged = drafts.iter().map(|draft| begun.products.iter().find(|product| product.slug == draft.slug));
    let Some(judged) = judged.collect::<Option<Vec<_>>>() else { return Ok(Begun::JudgedOtherwise) };
    let mut published = Vec::new();
    for (draft, product) in drafts.iter().zip(judged) {
        let number = publish(connection, (&release, draft), product, begun.at).await?;
        published.push((draft.slug.clone(), number));
    }
    query(BEGUN).bind(begun.id.get()).bind(milliseconds(begun.at)).execute(&mut *connection).await?;
    let by = (begun.at, &*release.made_by);
    note_release(connection, by, "begin release", (&release.name, "")).await?;
    Ok(Begun::Live(published))
}

/// Calls a planned release off, or says that it failed; its name, where it was planned.
async fn call_off(
    connection: &mut PgConnection,
    (id, state): (ReleaseId, ReleaseState),
    (at, by): (OffsetDateTime, Option<&str>),
    obstacle: Option<Obstacle>,
) -> sqlx::Result<Option<String>> {
    let off = query_scalar(CALL_OFF).bind(id.get()).bind(state.code()).bind(milliseconds(at)).bind(by);
    off.bind(obstacle.map(Obstacle::code)).fetch_optional(connection).await
}

async fn fail(connection: &mut PgConnection, failing: &Failing) -> sqlx::Result<bool> {
    let Failing { id, at, obstacle, products } = failing;
    let failed = (*id, ReleaseState::Failed);
    let Some(name) = call_off(connection, failed, (*at, None), *obstacle).await? else { return Ok(false) };
    for (slug, obstacle) in products {
        let hinder = query(HINDER).bind(id.get()).bind(slug.as_str()).bind(obstacle.code());
        hinder.execute(&mut *connection).await?;
    }
    let why = products.iter().map(|(slug, obstacle)| format!("{slug}: {}", obstacle.code()));
    let why: Vec<String> = obstacle.map(|whole| whole.code().to_owned()).into_iter().chain(why).collect();
    note_release(connection, (*at, ""), "fail release", (&name, &why.join(", "))).await?;
    let tell = query(TELL_FAILED).bind(failed_key(id.get())).bind(MailKind::ReleaseFailed.as_str());
    tell.bind("en").bind(id.get()).bind(milliseconds(*at)).execute(&mut *connection).await?;
    Ok(true)
}

async fn cancel(
    connection: &mut PgConnection,
    id: ReleaseId,
    (by, at): (&str, OffsetDateTime),
) -> sqlx::Result<bool> {
    let cancelled = (id, ReleaseState::Cancelled);
    let Some(name) = call_off(connection, cancelled, (at, Some(by)), None).await? else { return Ok(false) };
    note_release(connection, (at, by), "cancel release", (&name, "")).await?;
    Ok(true)
}

/// What a product of a release returns to.
async fn target(
    connection: &mut PgConnection,
    release: &ReleaseRecord,
    product: &ReleasedRecord,
) -> sqlx::Result<i64> {
    let begun = release.begun_at.0.map(milliseconds);
    let mut target = product.beside.get();
    loop {
        let replaced = query_scalar(REPLACED).bind(product.slug.as_str()).bind(target).bind(begun);
        let replaced: Option<i64> = replaced.fetch_optional(&mut *connection).await?;
        match replaced {
            // Numbers grow, so this comes to an end.
            Some(before) if before < target => target = before,
            _ => return Ok(target),
        }
    }
}

async fn released(connection: &mut PgConnection, id: ReleaseId) -> sqlx::Result<Vec<ReleasedRecord>> {
    let released = query_as::<ReleasedRecord>(RELEASED).bind(id.get());
    released.fetch_all(connection).await
}

async fn targets(connection: &mut PgConnection, id: ReleaseId) -> sqlx::Result<Vec<(Slug, i64)>> {
    let release = query_as::<ReleaseRecord>(RELEASE).bind(id.get()).fetch_optional(&mut *connection).await?;
    let Some(release) = release else { return Ok(Vec::new()) };
    let mut targets = Vec::new();
    for product in released(connection, id).await? {
        let target = target(connection, &release, &product).await?;
        targets.push((product.slug, target));
    }
    Ok(targets)
}

/// Makes what a product was before its release live again, where that can be.
async fn give_back(
    connection: &mut PgConnection,
    product: &ReleasedRecord,
    to: &Returning,
    (at, by): (OffsetDateTime, &str),
) -> sqlx::Result<EndOutcome> {
    let live = standing(connection, &product.slug).await?.map(|product| product.live().get());
    if live != product.published {
        return Ok(EndOutcome::Newer);
    }
    if let Some(why) = to.stays {
        return Ok(why);
    }
    if !make_live(connection, &product.slug, to.to.get(), at).await? {
        return Ok(EndOutcome::NothingBefore);
    }
    let detail = format!("revision {}", to.to);
    let done = Note { at, by, action: "roll back", subject: product.slug.as_str(), detail: &detail };
    note(connection, done).await?;
    Ok(EndOutcome::Returned)
}

/// The products of a release with what they return to, where that is as it was judged.
async fn returning<'r>(
    connection: &mut PgConnection,
    release: &ReleaseRecord,
    judged: &'r [Returning],
) -> sqlx::Result<Option<Vec<(ReleasedRecord, &'r Returning)>>> {
    let mut returning = Vec::new();
    for product in released(connection, release.id).await? {
        let to = target(connection, release, &product).await?;
        let is_so = |judged: &&Returning| judged.slug == product.slug && judged.to.get() == to;
        let Some(judged) = judged.iter().find(is_so) else { return Ok(None) };
        returning.push((product, judged));
    }
    Ok(Some(returning))
}

async fn end(connection: &mut PgConnection, ending: &Ending) -> sqlx::Result<Ended> {
    let Ending { id, at, by, products } = ending;
    let release = taken(connection, *id).await?;
    let Some(release) = release.filter(|release| release.state == ReleaseState::Live) else {
        return Ok(Ended::NotLive);
    };
    let before: Vec<Slug> =
        released(connection, *id).await?.into_iter().map(|product| product.slug).collect();
    wait_for_all(connection, &before).await?;
    let returning = returning(connection, &release, products).await?;
    // One that got another address before this could wait for it is under it by now.
    let Some(returning) = returning.filter(|all| all.iter().all(|(own, _)| before.contains(&own.slug)))
    else {
        return Ok(Ended::JudgedOtherwise);
    };
    // Nobody, where its time has come.
    let who = by.as_deref().unwrap_or_default();
    for (product, to) in returning {
        let outcome = give_back(connection, &product, to, (*at, who)).await?;
        let done = query(CAME_OUT).bind(id.get()).bind(product.slug.as_str()).bind(outcome.code());
        done.execute(&mut *connection).await?;
    }
    let ended = query(ENDED).bind(id.get()).bind(milliseconds(*at)).bind(by.as_deref());
    ended.execute(&mut *connection).await?;
    note_release(connection, (*at, who), "end release", (&release.name, "")).await?;
    Ok(Ended::Done)
}

#[async_trait]
impl ReleaseStore for PostgresStore {
    async fn drafted(&self) -> Result<Vec<Slug>, StoreError> {
        let rows = reading!(self.database, "find the products with drafts", |connection| {
            query_scalar(DRAFTED).fetch_all(connection).await
        });
        slugs(rows?)
    }

    async fn plan_release(&self, release: &NewRelease) -> Result<Planning, StoreError> {
        let done = writing!(self.database, "plan a release", |connection| plan(connection, release).await)?;
        planning(done)
    }

    async fn release(&self, id: ReleaseId) -> Result<Option<ReleaseRow>, StoreError> {
        let rows = reading!(self.database, "read a release", |connection| {
            let releases =
                query_as::<ReleaseRecord>(RELEASE).bind(id.get()).fetch_all(&mut *connection).await?;
            let products = released(connection, id).await?;
            Ok((releases, products))
        });
        let (releases, products) = rows?;
        Ok(whole(releases, products)?.pop())
    }

    async fn releases(&self) -> Result<Vec<ReleaseRow>, StoreError> {
        let rows = reading!(self.database, "list the releases", |connection| {
            let releases = query_as::<ReleaseRecord>(RELEASES).fetch_all(&mut *connection).await?;
            let products = query_as::<ReleasedRecord>(RELEASED_OF_LISTED);
            let products = products.fetch_all(connection).await?;
            Ok((releases, products))
        });
        let (releases, products) = rows?;
        whole(releases, products)
    }

    async fn releases_of(&self, slug: &Slug) -> Result<Vec<ReleaseRow>, StoreError> {
        let rows = reading!(self.database, "list a product's releases", |connection| {
            let of = query_as::<ReleaseRecord>(RELEASES_OF).bind(slug.as_str());
            let releases = of.fetch_all(&mut *connection).await?;
            let products = query_as::<ReleasedRecord>(RELEASED_OF_LISTED_OF).bind(slug.as_str());
            let products = products.fetch_all(connection).await?;
            Ok((releases, products))
        });
        let (releases, products) = rows?;
        whole(releases, products)
    }

    async fn frozen_drafts(&self, id: ReleaseId) -> Result<Vec<FrozenDraft>, StoreError> {
        let rows =
            reading!(self.database, "read a release's drafts", |connection| frozen(connection, id).await);
        Ok(rows?.into_iter().map(FrozenDraft::from).collect())
    }

    async fn due_releases(&self, now: OffsetDateTime) -> Result<Vec<(ReleaseId, ReleaseState)>, StoreError> {
        let rows = reading!(self.database, "find releases whose time has come", |connection| {
            query_as::<DueRecord>(DUE).bind(milliseconds(now)).fetch_all(connection).await
        });
        Ok(rows?.into_iter().map(|row| (row.id, row.state)).collect())
    }

    async fn begin_release(&self, begun: &BegunRelease) -> Result<Beginning, StoreError> {
        let done = writing!(self.database, "publish a release", |connection| begin(connection, begun).await)?;
        beginning(done)
    }

    async fn waiting_releases(&self) -> Result<u64, StoreError> {
        let count = reading!(self.database, "count the releases that wait", |connection| {
            query_scalar::<i64>(WAITING).fetch_one(connection).await
        });
        Ok(count?.unsigned_abs())
    }

    async fn approve_release(&self, decision: &Decision) -> Result<Approving, StoreError> {
        let done =
            writing!(self.database, "approve a release", |connection| approve(connection, decision).await)?;
        Ok(done)
    }

    async fn refuse_release(&self, decision: &Decision, reason: &str) -> Result<bool, StoreError> {
        let done = writing!(self.database, "refuse a release", |connection| {
            refuse(connection, decision, reason).await
        })?;
        Ok(done)
    }

    async fn fail_release(&self, failing: &Failing) -> Result<bool, StoreError> {
        let done =
            writing!(self.database, "note why a release failed", |connection| fail(connection, failing)
                .await)?;
        Ok(done)
    }

    async fn cancel_release(&self, id: ReleaseId, by: &str, at: OffsetDateTime) -> Result<bool, StoreError> {
        let done =
            writing!(self.database, "cancel a release", |connection| cancel(connection, id, (by, at)).await)?;
        Ok(done)
    }

    async fn return_targets(&self, id: ReleaseId) -> Result<Vec<(Slug, RevisionNumber)>, StoreError> {
        let rows = reading!(self.database, "find what a release replaced", |connection| {
            targets(connection, id).await
        });
        numbered(rows?)
    }

    async fn end_release(&self, ending: &Ending) -> Result<Ended, StoreError> {
        let done = writing!(self.database, "end a release", |connection| end(connection, ending).await)?;
        Ok(done)
    }
}
