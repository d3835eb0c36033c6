//! The audit, as a page and as a file.

use std::collections::{BTreeMap, BTreeSet};

use app::pages::admin::{self, AuditEntryPage, AuditPage, Checked, DoneItem};
use app::paths::admin as paths;
use app::paths::route::admin as route;
use axum::body::{Body, Bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use shop::access::{AuditEntry, AuditFault, AuditFaultKind, AuditKind, AuditQuery, AuditReport};
use shop::drafts::{GOES_ON, Noted};
use shop::orders::OrderState;
use shop::{ShopError, Slug};
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};
use words::{Admin as AdminWords, Language};

use super::super::page::Times;
use super::super::query;
use super::desk_words::state;
use super::insight::read_day;
use super::orders_csv::{harmless, lines};
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;
use crate::roles;

/// Entries of a page.
const AT_ONCE: u32 = 50;
/// Entries that a file takes at a time.
const BATCH: u32 = 500;
/// Lines of what was changed that a list shows.
const FEW_LINES: usize = 3;
/// Faults that the page names.
const MOST_FAULTS: usize = 10;
/// The names of the file's columns.
const COLUMNS: [&str; 7] = ["id", "at", "by", "action", "subject", "detail", "hash"];

/// What products are called, by their addresses.
pub(super) type Names = BTreeMap<String, String>;

/// The names of all products, where what is asked about may be one; none else.
async fn names_asked(site: &Site, sent: &[(String, String)]) -> Result<Names, Failure> {
    if query::value(sent, "about").is_none_or(|about| about.trim().is_empty()) {
        return Ok(Names::new());
    }
    let all = site.shop.managed_names().await?.into_iter();
    Ok(all.map(|(slug, name)| (slug.to_string(), name)).collect())
}

/// The names of the products that entries tell of.
pub(super) async fn names(site: &Site, entries: &[AuditEntry]) -> Result<Names, Failure> {
    let mut slugs = BTreeSet::new();
    for AuditEntry { action, subject, detail, .. } in entries {
        if matches!(&**action, "plan release" | "ask for release") {
            slugs.extend(detail.split(", ").filter_map(|slug| slug.parse::<Slug>().ok()));
        } else if AuditKind::of_action(action) == AuditKind::Products {
            slugs.extend(subject.parse::<Slug>().ok());
        }
    }
    let named = site.shop.names_of(&slugs.into_iter().collect::<Vec<_>>()).await?.into_iter();
    Ok(named.map(|(slug, name)| (slug.to_string(), name)).collect())
}

/// What an address asks for.
struct Asked {
    query: AuditQuery,
    days: (String, String),
    is_wrong: bool,
}

impl Asked {
    fn read(site: &Site, sent: &[(String, String)], names: &Names) -> Self {
        let text = |name| query::value(sent, name).map(|text| text.trim().to_owned());
        let day = |name| text(name).map(|text| (read_day(&text), text));
        let (from, to) = (day("from"), day("to"));
        let is_wrong = [&from, &to].into_iter().flatten().any(|(day, _)| day.is_none());
        let profile = site.shop.profile();
        let start = |day: Date| profile.beginning_of(day);
        let asked = AuditQuery {
            before: query::value(sent, "before").and_then(|id| id.parse().ok()),
            by: text("by").map(|by| by.to_lowercase()),
            subject: text("about").map(|about| subject_of(&about.to_lowercase(), names)),
            kind: query::value(sent, "kind").and_then(AuditKind::of_code),
            since: from.as_ref().and_then(|(day, _)| *day).map(start),
            until: to.as_ref().and_then(|(day, _)| day.and_then(Date::next_day)).map(start),
            limit: AT_ONCE,
        };
        let typed = |day: Option<(Option<Date>, String)>| day.map(|(_, text)| text).unwrap_or_default();
        Self { query: asked, days: (typed(from), typed(to)), is_wrong }
    }

    /// The address of this, without what is not said.
    fn address(&self, path: &str, before: Option<i64>) -> String {
        let AuditQuery { by, subject, kind, .. } = &self.query;
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        let kind = kind.map(|kind| kind.code().to_owned());
        let (from, to) = self.days.clone();
        let said = [
            ("by", by.clone()),
            ("about", subject.clone()),
            ("kind", kind),
            ("from", Some(from)),
            ("to", Some(to)),
            ("before", before.map(|id| id.to_string())),
        ];
        for (name, value) in said {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                pairs.append_pair(name, &value);
            }
        }
        let pairs = pairs.finish();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{pairs}") }
    }

    fn is_filtered(&self) -> bool {
        let AuditQuery { by, subject, kind, .. } = &self.query;
        by.is_some() || subject.is_some() || kind.is_some() || self.days != Default::default()
    }
}

/// What is asked about: a product by its name, too.
fn subject_of(about: &str, names: &Names) -> String {
    let named = names.iter().find(|(_, name)| name.to_lowercase() == about);
    named.filter(|_| !names.contains_key(about)).map_or_else(|| about.to_owned(), |(slug, _)| slug.clone())
}

/// The page.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let asked = Asked::read(&site, &sent, &names_asked(&site, &sent).await?);
    let language = admin.language;
    let times = Times::of(&site, language);
    let checked = match query::value(&sent, "check") {
        Some(_) => Some(in_words(times, &site.shop.verify_audit(None).await?)),
        None => None,
    };
    // One more tells whether there are older ones.
    let one_more = AuditQuery { limit: AT_ONCE + 1, ..asked.query.clone() };
    let mut entries = if asked.is_wrong { Vec::new() } else { site.shop.audit(&one_more).await? };
    let has_older = entries.len() > AT_ONCE as usize;
    entries.truncate(AT_ONCE as usize);
    let names = names(&site, &entries).await?;
    let last = entries.last().map(|entry| entry.id).filter(|_| has_older);
    let kind = |kind: AuditKind| (kind.code(), kind_words(language, kind), asked.query.kind == Some(kind));
    let page = AuditPage {
        by: asked.query.by.clone().unwrap_or_default(),
        about: query::value(&sent, "about").unwrap_or_default().trim().to_owned(),
        kinds: AuditKind::ALL.map(kind).to_vec(),
        days: asked.days.clone(),
        is_wrong: asked.is_wrong,
        is_filtered: asked.is_filtered(),
        items: folded(entries).into_iter().map(|entry| done(times, &names, entry)).collect(),
        older: last.map(|id| asked.address(route::AUDIT, Some(id))),
        newest: asked.query.before.map(|_| asked.address(route::AUDIT, None)),
        csv: asked.address(route::AUDIT_CSV, None),
        checked,
    };
    let status = if page.is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(admin::audit(admin.frame(&site), &page))).into_response())
}

/// One entry with all that it says was changed.
pub(super) async fn entry(
    admin: Admin,
    State(site): State<Site>,
    Path(entry): Path<String>,
) -> Result<Response, Failure> {
    let id: i64 = entry.parse().map_err(|_| Failure::NoPage)?;
    let asked = AuditQuery { before: id.checked_add(1), ..AuditQuery::newest(1) };
    let found = site.shop.audit(&asked).await?.into_iter().find(|entry| entry.id == id);
    let entry = found.ok_or(Failure::NoPage)?;
    let hash = entry.hash.clone().unwrap_or_default();
    let times = Times::of(&site, admin.language);
    let names = names(&site, std::slice::from_ref(&entry)).await?;
    let item = told(times, &names, entry, usize::MAX);
    Ok(Html(admin::audit_entry(admin.frame(&site), &AuditEntryPage { item, hash })).into_response())
}

/// What is asked for as a file for spreadsheets, in pieces, so that a long audit takes no memory.
pub(super) async fn csv(
    _: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let asked = Asked::read(&site, &sent, &names_asked(&site, &sent).await?);
    if asked.is_wrong {
        return Err(Failure::Form);
    }
    let first = AuditQuery { limit: BATCH, before: None, ..asked.query };
    let rest = stream::try_unfold(Some(first), move |asked| {
        let site = site.clone();
        async move {
            let Some(asked) = asked else { return Ok::<_, ShopError>(None) };
            let entries = site.shop.audit(&asked).await?;
            let Some(last) = entries.last() else { return Ok(None) };
            let next = AuditQuery { before: Some(last.id), ..asked };
            Ok(Some((Bytes::from(lines(entries.iter().map(line))?), Some(next))))
        }
    });
    let head = stream::iter([lines([COLUMNS.map(str::to_owned)]).map(Bytes::from)]);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, Body::from_stream(head.chain(rest))).into_response())
}

fn line(entry: &AuditEntry) -> [String; 7] {
    let AuditEntry { id, at, by, action, subject, detail, hash } = entry;
    [
        id.to_string(),
        at.format(&Rfc3339).unwrap_or_default(),
        harmless(by),
        action.clone(),
        harmless(subject),
        harmless(detail),
        hash.clone().unwrap_or_default(),
    ]
}

fn kind_words(language: Language, kind: AuditKind) -> &'static str {
    let texts = language.audit();
    match kind {
        AuditKind::LogIns => texts.log_ins(),
        AuditKind::People => texts.people(),
        AuditKind::Products => texts.products(),
        AuditKind::Customers => texts.customers_data(),
        AuditKind::Campaigns => texts.campaigns(),
        AuditKind::Orders => texts.orders(),
        AuditKind::Settings => texts.settings(),
    }
}

fn in_words(times: Times<'_>, report: &AuditReport) -> Checked {
    let language = times.language;
    let texts = language.audit();
    let hashed = report.entries.saturating_sub(report.older);
    let outcome = if report.is_whole() {
        texts.is_whole(hashed, &report.last.as_deref().unwrap_or("—"))
    } else {
        texts.is_not_whole(report.fault_count)
    };
    let fault = |fault: &AuditFault| {
        let at = times.moment(fault.at);
        match fault.kind {
            AuditFaultKind::Changed => texts.fault_changed(&at),
            AuditFaultKind::Unhashed => texts.fault_unhashed(&at),
        }
    };
    let mut more: Vec<String> = report.faults.iter().take(MOST_FAULTS).map(fault).collect();
    let unnamed = report.fault_count.saturating_sub(more.len() as u64);
    more.extend((unnamed > 0).then(|| texts.more_faults(unnamed)));
    more.extend((!report.is_whole()).then(|| texts.what_now().to_owned()));
    more.extend((report.older > 0).then(|| texts.older_than_hashes(report.older)));
    Checked { outcome, more, is_whole: report.is_whole() }
}

/// A change of an order as it was noted (`placed → confirmed`), in the reader's words.
fn order_change(language: Language, detail: &str, state: fn(Language, OrderState) -> &'static str) -> String {
    let told =
        |code: &str| code.parse().map_or_else(|_| code.to_owned(), |known| state(language, known).to_owned());
    detail.split(" → ").map(told).collect::<Vec<_>>().join(" → ")
}

/// A mark of an order as it was noted, in the reader's words.
fn order_mark(say: &AdminWords, detail: &str) -> String {
    let told = match detail {
        "test yes" => say.marked_test(),
        "test no" => say.marked_no_test(),
        "left_out yes" => say.marked_left_out(),
        "left_out no" => say.marked_taken_in(),
        other => return other.to_owned(),
    };
    told.to_owned()
}

/// A key that was made, as it was noted (`production until 2027-01-20`), in the reader's words.
fn made_key(language: Language, key: &str, detail: &str) -> String {
    let (detail, ending) = detail.split_once(" ending ").unwrap_or((detail, ""));
    let key = ended_key(language, key, ending);
    let (role, until) = detail.split_once(" until ").unwrap_or((detail, ""));
    let role = role.parse().map_or(role, |known| roles::name(language, known));
    let say = language.people();
    if until.is_empty() { say.did_make_key(&key, &role) } else { say.did_make_key_until(&key, &role, &until) }
}

/// Which of the keys that had a name it is, where that is known.
fn ended_key(language: Language, key: &str, ending: &str) -> String {
    let ending = ending.trim_start_matches("ending ");
    if ending.is_empty() { key.to_owned() } else { language.people().key_with_ending(&key, &ending) }
}

/// Entries, the newest first, of which those are one that tell how somebody went on in the same field of a draft. The file has each.
pub(super) fn folded(entries: Vec<AuditEntry>) -> Vec<AuditEntry> {
    let mut kept: Vec<AuditEntry> = Vec::with_capacity(entries.len());
    // When the earliest of those was noted that became the last one kept.
    let mut since = None;
    for entry in entries {
        let joined = kept.last().zip(since).and_then(|(later, since): (&AuditEntry, OffsetDateTime)| {
            let is_one = (&*later.action, &*entry.action) == ("edit", "edit")
                && (&later.by, &later.subject) == (&entry.by, &entry.subject)
                && since - entry.at <= GOES_ON;
            let (head, changed) = later.detail.split_once('\n').filter(|_| is_one)?;
            let (_, before) = entry.detail.split_once('\n')?;
            let what = Noted::read(changed).following(&Noted::read(before))?;
            Some(format!("{head}\n{}", what.written()))
        });
        since = Some(entry.at);
        let Some(detail) = joined else {
            kept.push(entry);
            continue;
        };
        if let Some(later) = kept.last_mut() {
            later.detail = detail;
        }
    }
    kept
}

/// Something that was done, in words, with the first lines of what it changed.
pub(super) fn done(times: Times<'_>, names: &Names, entry: AuditEntry) -> DoneItem {
    told(times, names, entry, FEW_LINES)
}

/// The same with so many lines. Saves say what they changed in the lines below the first one of what was noted.
fn told(times: Times<'_>, names: &Names, mut entry: AuditEntry, most: usize) -> DoneItem {
    let language = times.language;
    let mut noted = Noted::default();
    if matches!(&*entry.action, "edit" | "import" | "settings")
        && let Some((first, changed)) = entry.detail.split_once('\n')
    {
        noted = Noted::read(changed);
        entry.detail = first.to_owned();
    }
    let (id, href) = (entry.id, leads_to(&entry));
    let is_told = !noted.lines.is_empty();
    // Releases have names of their own.
    if AuditKind::of_action(&entry.action) == AuditKind::Products
        && !entry.action.ends_with(" release")
        && let Some(name) = names.get(&entry.subject)
    {
        entry.subject = language.marked(name.clone());
    }
    if matches!(&*entry.action, "plan release" | "ask for release") {
        let named = |slug: &str| names.get(slug).map_or(slug, String::as_str).to_owned();
        entry.detail = language.marked(entry.detail.split(", ").map(named).collect::<Vec<_>>().join(", "));
    }
    let what = in_sentence(language, &entry, is_told);
    let more = noted.more + noted.lines.len().saturating_sub(most) as u64;
    let at = times.moment(entry.at);
    DoneItem {
        at,
        by: done_by(language, entry),
        what,
        href,
        lines: noted.lines.into_iter().take(most).map(|line| language.marked(line)).collect(),
        more: (more > 0).then(|| language.audit().more_changes(more)),
        whole: (more > 0 && most < usize::MAX).then(|| paths::audit_entry(id)),
    }
}

/// Something that was done, in words. What is no action of ours is told as it was noted.
fn in_sentence(language: Language, entry: &AuditEntry, is_told: bool) -> String {
    let (say, texts, people) = (language.admin(), language.audit(), language.people());
    let account = language.account();
    let (subject, detail) = (&entry.subject, &entry.detail);
    match &*entry.action {
        "log in" => match &**detail {
            "code" => account.did_log_in_with_code().to_owned(),
            "recovery code" => account.did_log_in_with_recovery_code().to_owned(),
            _ => texts.did_log_in().to_owned(),
        },
        "second factor on" => account.did_turn_on().to_owned(),
        "second factor off" => account.did_turn_off(subject),
        "log out" => texts.did_log_out().to_owned(),
        "log-in failed" if detail == "code" => texts.did_type_wrong_code(subject),
        "log-in failed" => texts.did_fail_to_log_in(subject),
        "order state" => texts.did_move_order(subject, &order_change(language, detail, state)),
        "order mark" => texts.did_mark_order(subject, &order_mark(say, detail)),
        "erase customer" => texts.did_erase(subject),
        "make campaign" => texts.did_make_campaign(subject, detail),
        "end campaign" => texts.did_end_campaign(subject),
        "keep segment" => texts.did_keep_segment(subject, detail),
        "start experiment" => language.experiments().did_start(detail, subject),
        "end experiment" => language.experiments().did_end(detail, subject),
        "remove segment" => texts.did_remove_segment(subject),
        "invite" => people.did_invite(subject),
        "password link" => people.did_make_link(subject),
        "change password" => account.did_change_password().to_owned(),
        "accept invitation" => people.did_accept().to_owned(),
        "end session" => account.did_end_session().to_owned(),
        "end sessions" if detail == "others" => account.did_end_others().to_owned(),
        "end sessions" => people.did_end_sessions(subject),
        "remove" => people.did_remove(subject),
        "role" => {
            let role = detail.parse().map_or(&**detail, |role| roles::name(language, role));
            people.did_give_role(subject, &role)
        }
        "make key" => made_key(language, subject, detail),
        "end key" => people.did_end_key(&ended_key(language, subject, detail)),
        "settings" => language.settings().did_change(&language.marked(detail.clone())),
        _ => of_product(language, entry, is_told).unwrap_or_else(|| {
            language.marked([&*entry.action, subject, detail].join(" ").trim().to_owned())
        }),
    }
}

/// What was done to a product, its draft and its releases.
fn of_product(language: Language, entry: &AuditEntry, is_told: bool) -> Option<String> {
    let (texts, assortment, releases) = (language.audit(), language.assortment(), language.releases());
    let (subject, detail) = (&entry.subject, &entry.detail);
    Some(match &*entry.action {
        "edit" if !detail.is_empty() && !is_told => texts.did_edit_from(subject, detail),
        "edit" => texts.did_edit(subject),
        "add" => texts.did_add(subject),
        "discard" if !detail.is_empty() => texts.did_discard_at(subject, detail),
        "discard" => texts.did_discard(subject),
        "import" => texts.did_import(subject),
        "begin" => assortment.did_begin(subject),
        "sold out" => assortment.did_sell_out(subject, detail),
        "keep group menu" => language.group_menus().did_keep(subject, detail),
        "remove group menu" => language.group_menus().did_remove(subject, detail),
        "on sale" => assortment.did_put_on_sale(subject, detail),
        "standing" => assortment.did_standing(subject),
        "order" => assortment.did_order(subject),
        "address" => assortment.did_address(subject),
        "preview" => texts.did_preview(subject),
        "end preview" => texts.did_end_preview(subject),
        "publish" => texts.did_publish(subject, detail),
        "roll back" => texts.did_roll_back(subject, detail),
        "ask for release" => releases.did_ask(subject, detail),
        "approve release" => releases.did_approve(subject),
        "refuse release" => releases.did_refuse(subject, &language.marked(detail.clone())),
        "plan release" => releases.did_plan(subject, detail),
        "begin release" => releases.did_begin(subject),
        "end release" => releases.did_end(subject),
        "cancel release" => releases.did_cancel(subject),
        "fail release" => releases.did_fail(subject, detail),
        "withdraw" => texts.did_withdraw(subject, detail),
        "offer again" => texts.did_offer_again(subject, detail),
        _ => return None,
    })
}

/// Who did something: whoever is not known, or the shop, which keeps to what was planned.
fn done_by(language: Language, entry: AuditEntry) -> String {
    let texts = language.audit();
    if !entry.by.is_empty() {
        return entry.by;
    }
    match &*entry.action {
        "log-in failed" => texts.somebody().to_owned(),
        "begin release" | "end release" | "fail release" => {
            texts.by_schedule(&language.marked(entry.subject))
        }
        _ => texts.by_shop().to_owned(),
    }
}

/// Where one sees what came of something: an order, what a draft changes, a product's history, the releases.
fn leads_to(entry: &AuditEntry) -> Option<String> {
    let of_product = |page: fn(&Slug) -> String| entry.subject.parse::<Slug>().ok().map(|slug| page(&slug));
    match AuditKind::of_action(&entry.action) {
        AuditKind::Orders => entry.subject.parse().ok().map(paths::order),
        AuditKind::Settings => Some(route::SETTINGS.to_owned()),
        AuditKind::Products => match &*entry.action {
            "edit" | "import" | "discard" => of_product(paths::saves),
            "publish" | "roll back" | "withdraw" | "offer again" => of_product(paths::revisions),
            action if action.ends_with(" release") => Some(route::RELEASES.to_owned()),
            "sold out" | "on sale" => of_product(paths::sold_out),
            "standing" | "order" | "address" => of_product(paths::standing),
            "keep group menu" | "remove group menu" => of_product(paths::group_menus),
            "add" | "begin" | "preview" | "end preview" => of_product(paths::product),
            _ => None,
        },
        AuditKind::LogIns | AuditKind::People | AuditKind::Customers | AuditKind::Campaigns => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(by: &str, action: &str, subject: &str) -> AuditEntry {
        AuditEntry {
            id: 1,
            at: OffsetDateTime::UNIX_EPOCH,
            by: by.to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: String::new(),
            hash: None,
        }
    }

    #[test]
    fn what_the_shop_does_by_itself_is_done_by_nobody_unknown() {
        for (by, action, told) in [
            ("ana@example.org", "end release", "ana@example.org"),
            ("", "end release", "The shop, by the schedule of Spring"),
            ("", "fail release", "The shop, by the schedule of Spring"),
            ("", "erase customer", "The shop itself"),
            ("", "log-in failed", "Somebody"),
        ] {
            assert_eq!(done_by(Language::ENGLISH, entry(by, action, "Spring")), told, "{action}");
        }
    }

    #[test]
    fn what_somebody_types_in_a_field_is_one_line() {
        let edit = |seconds: i64, by: &str, changed: &str| {
            let at = OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(seconds);
            AuditEntry { at, detail: format!("{seconds}\n{changed}"), ..entry(by, "edit", "mug") }
        };
        let told = |entries: Vec<AuditEntry>| -> Vec<String> {
            folded(entries).into_iter().map(|entry| entry.detail).collect()
        };
        let typed = vec![
            edit(170, "ana", "Name: “Abc” → “Abcd”"),
            edit(90, "ana", "Name: “Ab” → “Abc”"),
            edit(0, "ana", "Name: “A” → “Ab”"),
        ];
        assert_eq!(told(typed), ["170\nName: “A” → “Abcd”"]);
        for other in [
            edit(0, "ben", "Name: “A” → “Ab”"),
            edit(0, "ana", "Label: “A” → “Ab”"),
            edit(-1, "ana", "Name: “A” → “Ab”"),
        ] {
            assert_eq!(told(vec![edit(90, "ana", "Name: “Ab” → “Abc”"), other]).len(), 2);
        }
    }

    #[test]
    fn lines_lead_to_what_came_of_them() {
        for (action, subject, address) in [
            ("order state", "1001", Some("/admin/orders/1001")),
            ("edit", "mug", Some("/admin/products/mug/saves")),
            ("sold out", "mug", Some("/admin/products/mug/sold-out")),
            ("publish", "mug", Some("/admin/products/mug/revisions")),
            ("end release", "Spring", Some("/admin/releases")),
            ("settings", "", Some("/admin/settings")),
            ("publish", "No slug!", None),
            ("log in", "ana@example.org", None),
        ] {
            assert_eq!(leads_to(&entry("ana@example.org", action, subject)).as_deref(), address, "{action}");
        }
    }
}
