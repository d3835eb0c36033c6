//! What releases ask of the store.

use async_trait::async_trait;
use configurator::{RevisionNumber, Slug};
use time::OffsetDateTime;

use super::release::{EndOutcome, Obstacle, ReleaseId, ReleaseState};
use crate::catalogue::prepared::Prepared;
use crate::store_error::StoreError;

/// A release as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseRow {
    /// Its number.
    pub id: ReleaseId,
    /// What it is called.
    pub name: String,
    /// When it was planned.
    pub made_at: OffsetDateTime,
    /// Who planned it.
    pub made_by: String,
    /// When it is published.
    pub starts_at: OffsetDateTime,
    /// When what it replaced returns.
    pub ends_at: Option<OffsetDateTime>,
    /// How it stands.
    pub state: ReleaseState,
    /// When it was published.
    pub begun_at: Option<OffsetDateTime>,
    /// When it ended, was cancelled, or failed.
    pub over_at: Option<OffsetDateTime>,
    /// Who ended or cancelled it; nobody where its time had come.
    pub over_by: Option<String>,
    /// What stood against it as a whole.
    pub obstacle: Option<Obstacle>,
    /// What is noted in its products' histories; its name where it is empty.
    pub note: String,
    /// For how many days designs can be ordered at its prices once something else is live; as the shop's settings say where it is none.
    pub hold_days: Option<u32>,
    /// What a second person said, where one was asked.
    pub approval: Option<ApprovalRow>,
    /// Its products by their addresses.
    pub products: Vec<ReleasedRow>,
}

/// What a second person was asked, and said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalRow {
    /// Whether it is published as soon as it is approved.
    pub at_once: bool,
    /// Who approved or refused it, and when.
    pub decided: Option<(OffsetDateTime, String)>,
    /// Why it was refused.
    pub reason: String,
}

/// A product of a release as stored, without its draft's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedRow {
    /// The product.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The version of the draft that was agreed to.
    pub draft_version: i64,
    /// The live revision that it was compared with.
    pub beside: RevisionNumber,
    /// Whether large changes were agreed to.
    pub twice: bool,
    /// The revision that it became.
    pub published: Option<RevisionNumber>,
    /// Whether that is live now.
    pub is_live: bool,
    /// What stood against it.
    pub obstacle: Option<Obstacle>,
    /// What became of it at the end.
    pub outcome: Option<EndOutcome>,
}

/// A release to be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRelease {
    /// What it is called.
    pub name: String,
    /// When it is planned.
    pub at: OffsetDateTime,
    /// Who plans it.
    pub by: String,
    /// When it is published.
    pub starts_at: OffsetDateTime,
    /// When what it replaced returns.
    pub ends_at: Option<OffsetDateTime>,
    /// What is noted in its products' histories; its name where it is empty.
    pub note: String,
    /// See [`ReleaseRow::hold_days`].
    pub hold_days: Option<u32>,
    /// Whether a second person has to agree first, and who is asked.
    pub approval: Option<NewApproval>,
    /// Its products.
    pub products: Vec<FrozenDraft>,
}

/// What a second person is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApproval {
    /// Whether it is published as soon as it is approved.
    pub at_once: bool,
    /// The e-mail addresses of those who are told.
    pub tell: Vec<String>,
}

/// What a second person says to a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Which.
    pub id: ReleaseId,
    /// Who says it.
    pub by: String,
    /// When.
    pub at: OffsetDateTime,
}

/// What became of an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approving {
    /// It is planned.
    Approved,
    /// Nothing was written: it does not wait any more, or who approves it asked for it.
    NotWaiting,
    /// Nothing was written: this stands against it.
    Hindered(Vec<(Slug, Obstacle)>),
}

/// A draft as it was agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenDraft {
    /// The product.
    pub slug: Slug,
    /// Its name in the draft.
    pub name: String,
    /// The draft's version.
    pub draft_version: i64,
    /// The bundle as JSON.
    pub bundle: String,
    /// First 16 hexadecimal digits of the bundle's SHA-256.
    pub hash: String,
    /// The live revision that it was compared with.
    pub beside: RevisionNumber,
    /// Whether large changes were agreed to.
    pub twice: bool,
}

/// What became of a release that was to be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planning {
    /// It is planned.
    Planned(ReleaseId),
    /// Nothing was written: this product has another draft, or none.
    AnotherDraft(Slug),
    /// Nothing was written: another revision of this product is live than the one that its draft was compared with.
    AnotherLive(Slug),
    /// Nothing was written: this product was removed, archived, has another address now, or there is none.
    StandsOtherwise(Slug),
    /// Nothing was written: another release changes what is live of this product before this one, or while it is live.
    InTheWay {
        /// The product.
        slug: Slug,
        /// What the other release is called.
        name: String,
    },
}

/// A release whose time has come, with what was made of each draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunRelease {
    /// Which.
    pub id: ReleaseId,
    /// When it is published.
    pub at: OffsetDateTime,
    /// All its products.
    pub products: Vec<BegunProduct>,
}

/// A product of a release that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BegunProduct {
    /// The product.
    pub slug: Slug,
    /// What was made of its draft.
    pub prepared: Prepared,
}

/// What became of a release that was to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// All of it is live, as these revisions.
    Live(Vec<(Slug, RevisionNumber)>),
    /// Nothing was written: it is planned no more.
    NotPlanned,
    /// Nothing was written: a product has another address by now than it was judged under. It is to be judged again.
    JudgedOtherwise,
    /// Nothing was written: this stands against it.
    Hindered(Vec<(Slug, Obstacle)>),
}

/// A release that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Which.
    pub id: ReleaseId,
    /// When.
    pub at: OffsetDateTime,
    /// What stands against it as a whole.
    pub obstacle: Option<Obstacle>,
    /// What stands against its products.
    pub products: Vec<(Slug, Obstacle)>,
}

/// A live release that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Which.
    pub id: ReleaseId,
    /// When.
    pub at: OffsetDateTime,
    /// Who ends it; nobody where its time has come.
    pub by: Option<String>,
    /// What returns.
    pub products: Vec<Returning>,
}

/// A product of a release that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returning {
    /// The product.
    pub slug: Slug,
    /// The revision that it returns to.
    pub to: RevisionNumber,
    /// Why the release's revision stays, where it is known before.
    pub stays: Option<EndOutcome>,
}

/// What became of a release that was to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It ended.
    Done,
    /// Nothing was written: it is not live.
    NotLive,
    /// Nothing was written: a product has another address by now, or returns to another revision than was judged. It is to be judged
    /// again.
    JudgedOtherwise,
}

/// Releases.
#[async_trait]
pub trait ReleaseStore: Send + Sync {
    /// The products that have a draft, in the shop's order.
    async fn drafted(&self) -> Result<Vec<Slug>, StoreError>;
    /// Plans a release, or has it wait for a second person and writes the mails that tell of it, and notes it in the audit.
    async fn plan_release(&self, release: &NewRelease) -> Result<Planning, StoreError>;
    /// A release.
    async fn release(&self, id: ReleaseId) -> Result<Option<ReleaseRow>, StoreError>;
    /// The newest 200 releases, and those whose start or end is to come, the newest first.
    async fn releases(&self) -> Result<Vec<ReleaseRow>, StoreError>;
    /// The newest 20 releases that a product is in, and those whose start or end is to come, the newest first.
    async fn releases_of(&self, slug: &Slug) -> Result<Vec<ReleaseRow>, StoreError>;
    /// The drafts of a release as they were agreed to, by their products' addresses.
    async fn frozen_drafts(&self, id: ReleaseId) -> Result<Vec<FrozenDraft>, StoreError>;
    /// Planned releases whose time has come, and live ones whose end has, in the order of those times; ends come first.
    async fn due_releases(&self, now: OffsetDateTime) -> Result<Vec<(ReleaseId, ReleaseState)>, StoreError>;
    /// Publishes all products of a planned release, or none; forgets the drafts that equal what is published, and notes each in the
    /// audit.
    async fn begin_release(&self, begun: &BegunRelease) -> Result<Beginning, StoreError>;
    /// How many releases wait for a second person.
    async fn waiting_releases(&self) -> Result<u64, StoreError>;
    /// Plans a release that waits, unless who approves it asked for it, and notes it in the audit.
    async fn approve_release(&self, decision: &Decision) -> Result<Approving, StoreError>;
    /// Refuses a release that waits and notes it in the audit; `false`, and nothing written, when it does not wait any more or who
    /// refuses it asked for it.
    async fn refuse_release(&self, decision: &Decision, reason: &str) -> Result<bool, StoreError>;
    /// Notes what stood against a release that is planned or waits, in the audit too; `false`, and nothing written, when it does neither.
    async fn fail_release(&self, failing: &Failing) -> Result<bool, StoreError>;
    /// Calls a release off that is planned or waits, and notes it in the audit; `false`, and nothing written, when it does neither.
    async fn cancel_release(&self, id: ReleaseId, by: &str, at: OffsetDateTime) -> Result<bool, StoreError>;
    /// What a release's products return to: what was live before, or what that had replaced where its own release ended meanwhile.
    async fn return_targets(&self, id: ReleaseId) -> Result<Vec<(Slug, RevisionNumber)>, StoreError>;
    /// Makes those live again where the release's revisions are live still, and notes each in the audit.
    async fn end_release(&self, ending: &Ending) -> Result<Ended, StoreError>;
}
