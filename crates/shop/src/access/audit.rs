//! The audit: who did what when. Each entry carries a hash over itself and the entry before it, so that whoever changes one
//! later, or takes one out, has to change every one after it; the last hash, noted somewhere else, tells that too.

use serde::Serialize;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::roles::Role;
use super::store::OnPerson;

/// Most faults that are named.
const MOST_FAULTS: usize = 100;

/// Something done, to be noted. Every capability's store notes what it did in the transaction in which it does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note<'n> {
    /// When; milliseconds are kept.
    pub at: OffsetDateTime,
    /// Who; nobody where it was somebody unknown.
    pub by: &'n str,
    /// What, such as `publish`.
    pub action: &'n str,
    /// To what: a product's slug, an administrator's e-mail address, an API key, a customer's identifier, a campaign's code, a segment's name.
    pub subject: &'n str,
    /// Further facts, such as the revision's number.
    pub detail: &'n str,
}

impl<'n> Note<'n> {
    /// Something done to somebody.
    #[must_use]
    pub fn on(of: &'n OnPerson, action: &'n str) -> Self {
        Self { at: of.at, by: &of.by, action, subject: &of.email, detail: "" }
    }

    /// A role given to somebody.
    #[must_use]
    pub fn role(of: &'n OnPerson, role: Role) -> Self {
        Self { detail: role.code(), ..Self::on(of, "role") }
    }

    /// The hash that is noted with it: SHA-256, in hexadecimal digits, over a JSON list of the hash before it (an empty text for the first),
    /// the time in milliseconds since 1970, and the four texts.
    #[must_use]
    pub fn hash(&self, before: &str) -> String {
        #[derive(Serialize)]
        struct Hashed<'h>(&'h str, i128, &'h str, &'h str, &'h str, &'h str);
        let milliseconds = self.at.unix_timestamp_nanos().div_euclid(1_000_000);
        let hashed = Hashed(before, milliseconds, self.by, self.action, self.subject, self.detail);
        // A list of texts and a number can be written.
        const_hex::encode(Sha256::digest(serde_json::to_vec(&hashed).unwrap_or_default()))
    }
}

/// Who did what when, as noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Grows from entry to entry, with gaps.
    pub id: i64,
    /// When.
    pub at: OffsetDateTime,
    /// Who; empty where it was somebody unknown.
    pub by: String,
    /// What, such as `publish`.
    pub action: String,
    /// To what, see [`Note::subject`].
    pub subject: String,
    /// Further facts, such as the revision's number.
    pub detail: String,
    /// See [`Note::hash`]; none for what releases noted that knew of no hashes.
    pub hash: Option<String>,
}

impl AuditEntry {
    /// What was noted.
    #[must_use]
    pub fn note(&self) -> Note<'_> {
        let Self { at, by, action, subject, detail, .. } = self;
        Note { at: *at, by, action, subject, detail }
    }
}

/// What entries are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditKind {
    /// Log-ins, and those that failed.
    LogIns,
    /// People who look after the shop.
    People,
    /// Products: drafts, revisions, how they stand.
    Products,
    /// Customers' data.
    Customers,
    /// Campaign links, segments and experiments.
    Campaigns,
    /// Orders: their states and marks.
    Orders,
    /// The shop's settings.
    Settings,
}

impl AuditKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::LogIns,
        Self::People,
        Self::Products,
        Self::Orders,
        Self::Customers,
        Self::Campaigns,
        Self::Settings,
    ];

    /// As addresses write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LogIns => "log-ins",
            Self::People => "people",
            Self::Products => "products",
            Self::Customers => "customers",
            Self::Campaigns => "campaigns",
            Self::Orders => "orders",
            Self::Settings => "settings",
        }
    }

    /// The kind of this code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The kind of an action; what no other kind has is done to products.
    #[must_use]
    pub fn of_action(action: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.actions().contains(&action)).unwrap_or(Self::Products)
    }

    /// Its actions; none for products, which have all that no other kind has.
    #[must_use]
    pub const fn actions(self) -> &'static [&'static str] {
        match self {
            Self::LogIns => &["log in", "log-in failed", "log out", "second factor on", "second factor off"],
            Self::People => &[
                "invite",
                "password link",
                "accept invitation",
                "change password",
                "end session",
                "end sessions",
                "remove",
                "role",
                "make key",
                "end key",
            ],
            Self::Customers => &["erase customer"],
            Self::Campaigns => &[
                "make campaign",
                "end campaign",
                "keep segment",
                "remove segment",
                "start experiment",
                "end experiment",
            ],
            Self::Orders => &["order state", "order mark"],
            Self::Settings => &["settings"],
            Self::Products => &[],
        }
    }
}

/// Which entries are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Those before this one only.
    pub before: Option<i64>,
    /// What one person did, by their e-mail address.
    pub by: Option<String>,
    /// What was done to one subject.
    pub subject: Option<String>,
    /// What is about this.
    pub kind: Option<AuditKind>,
    /// From then on.
    pub since: Option<OffsetDateTime>,
    /// Before then.
    pub until: Option<OffsetDateTime>,
    /// How many at most.
    pub limit: u32,
}

impl AuditQuery {
    /// The newest entries.
    #[must_use]
    pub fn newest(limit: u32) -> Self {
        Self { limit, ..Self::default() }
    }
}

/// Something that is wrong with the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFault {
    /// At which entry.
    pub id: i64,
    /// When it is said to have been noted.
    pub at: OffsetDateTime,
    /// What is wrong.
    pub kind: AuditFaultKind,
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditFaultKind {
    /// Its hash is not the one over itself and the entry before: it was changed, or one before it was taken out or put in.
    Changed,
    /// It has no hash, and entries before it have: the shop did not note it, or a release did that knew of no hashes.
    Unhashed,
}

/// What reading the whole audit showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditReport {
    /// How many entries there are.
    pub entries: u64,
    /// How many of them are older than hashes.
    pub older: u64,
    /// The hash of the last one: noted elsewhere, it proves later that nothing up to it was changed.
    pub last: Option<String>,
    /// Whether the hash that was asked for is that of an entry; nothing where none was.
    pub has_expected: Option<bool>,
    /// How many faults there are.
    pub fault_count: u64,
    /// The first of them.
    pub faults: Vec<AuditFault>,
}

impl AuditReport {
    /// Whether everything is as it was noted.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.fault_count == 0 && self.has_expected != Some(false)
    }

    /// Reads on; entries come in the order in which they were noted.
    pub(super) fn read(&mut self, entry: &AuditEntry, expected: Option<&str>) {
        self.entries += 1;
        let kind = match (&entry.hash, &self.last) {
            (None, None) => {
                self.older += 1;
                None
            }
            (None, Some(_)) => Some(AuditFaultKind::Unhashed),
            (Some(hash), before) => {
                let is_right = *hash == entry.note().hash(before.as_deref().unwrap_or_default());
                (!is_right).then_some(AuditFaultKind::Changed)
            }
        };
        if let Some(hash) = &entry.hash {
            if expected == Some(hash) {
                self.has_expected = Some(true);
            }
            self.last = Some(hash.clone());
        }
        let Some(kind) = kind else { return };
        self.fault_count += 1;
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(AuditFault { id: entry.id, at: entry.at, kind });
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn chain(count: i64) -> Vec<AuditEntry> {
        let mut before = String::new();
        let entry = |id| {
            let mut entry = AuditEntry {
                id,
                at: datetime!(2026-11-29 10:00 UTC),
                by: "ada@example.org".to_owned(),
                action: "publish".to_owned(),
                subject: "mug".to_owned(),
                detail: id.to_string(),
                hash: None,
            };
            before = entry.note().hash(&before);
            entry.hash = Some(before.clone());
            entry
        };
        (1..=count).map(entry).collect()
    }

    fn read(entries: &[AuditEntry], expected: Option<&str>) -> AuditReport {
        let mut report = AuditReport { has_expected: expected.map(|_| false), ..AuditReport::default() };
        for entry in entries {
            report.read(entry, expected);
        }
        report
    }

    fn faults(entries: &[AuditEntry]) -> Vec<(i64, AuditFaultKind)> {
        read(entries, None).faults.iter().map(|fault| (fault.id, fault.kind)).collect()
    }

    #[test]
    fn what_is_changed_taken_out_put_in_or_moved_is_told() {
        let whole = chain(6);
        assert_eq!(faults(&whole), []);
        for id in 0..6_usize {
            let told = i64::try_from(id).unwrap() + 1;
            for change in [
                |entry: &mut AuditEntry| entry.by = "bo@example.org".to_owned(),
                |entry: &mut AuditEntry| entry.action = "withdraw".to_owned(),
                |entry: &mut AuditEntry| entry.subject = "cup".to_owned(),
                |entry: &mut AuditEntry| entry.detail = "7".to_owned(),
                |entry: &mut AuditEntry| entry.at += time::Duration::milliseconds(1),
            ] {
                let mut changed = whole.clone();
                change(&mut changed[id]);
                assert_eq!(faults(&changed), [(told, AuditFaultKind::Changed)]);
            }
            let mut without = whole.clone();
            without.remove(id);
            let expected = (id < 5).then_some((told + 1, AuditFaultKind::Changed));
            assert_eq!(faults(&without), Vec::from_iter(expected));
        }
        let mut unhashed = whole.clone();
        unhashed[3].hash = None;
        assert_eq!(faults(&unhashed), [(4, AuditFaultKind::Unhashed), (5, AuditFaultKind::Changed)]);
        let mut moved = whole.clone();
        moved.swap(2, 3);
        assert!(!faults(&moved).is_empty());
    }

    #[test]
    fn texts_that_run_together_are_not_taken_for_each_other() {
        let at = datetime!(2026-11-29 10:00 UTC);
        let note = |by, action| Note { at, by, action, subject: "", detail: "" }.hash("");
        assert_ne!(note("a\",\"b", "c"), note("a", "b\",\"c"));
        assert_ne!(note("ab", "c"), note("a", "bc"));
    }

    #[test]
    fn an_end_that_was_cut_off_is_told_by_a_hash_that_was_kept() {
        let whole = chain(6);
        let kept = whole[5].hash.clone().unwrap();
        assert!(read(&whole, Some(&kept)).is_whole());
        assert!(read(&whole[..5], None).is_whole());
        assert!(!read(&whole[..5], Some(&kept)).is_whole());
    }

    #[test]
    fn entries_from_before_there_were_hashes_are_counted_and_no_fault() {
        let mut entries = chain(4);
        for (entry, id) in entries.iter_mut().zip(3..) {
            entry.id = id;
        }
        let old = AuditEntry { id: 1, hash: None, ..entries[0].clone() };
        entries.splice(0..0, [old.clone(), AuditEntry { id: 2, ..old }]);
        let report = read(&entries, None);
        assert_eq!((report.entries, report.older, report.is_whole()), (6, 2, true));
        assert_eq!(report.last, entries[5].hash);
    }
}
