//! The audit, as a page and as a file.

use app::pages::admin::{self, AuditPage, Checked, DoneItem};
use app::paths::admin as paths;
use app::paths::route::admin as route;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use shop::access::{AuditEntry, AuditFault, AuditFaultKind, AuditKind, AuditQuery, AuditReport};
use shop::orders::OrderState;
use shop::{ShopError, Slug};
use time::Date;
use time::format_description::well_known::Rfc3339;
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
/// Faults that the page names.
const MOST_FAULTS: usize = 10;
/// The names of the file's columns.
const COLUMNS: [&str; 7] = ["id", "at", "by", "action", "subject", "detail", "hash"];

/// What an address asks for.
struct Asked {
    query: AuditQuery,
    days: (String, String),
    is_wrong: bool,
}

impl Asked {
    fn read(site: &Site, sent: &[(String, String)]) -> Self {
        let text = |name| query::value(sent, name).map(|text| text.trim().to_owned());
        let day = |name| text(name).map(|text| (read_day(&text), text));
        let (from, to) = (day("from"), day("to"));
        let is_wrong = [&from, &to].into_iter().flatten().any(|(day, _)| day.is_none());
        let profile = site.shop.profile();
        let start = |day: Date| profile.beginning_of(day);
        let asked = AuditQuery {
            before: query::value(sent, "before").and_then(|id| id.parse().ok()),
            by: text("by").map(|by| by.to_lowercase()),
            subject: text("about").map(|about| about.to_lowercase()),
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

/// The page.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let asked = Asked::read(&site, &sent);
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
    let last = entries.last().map(|entry| entry.id).filter(|_| has_older);
    let kind = |kind: AuditKind| (kind.code(), kind_words(language, kind), asked.query.kind == Some(kind));
    let page = AuditPage {
        by: asked.query.by.clone().unwrap_or_default(),
        about: asked.query.subject.clone().unwrap_or_default(),
        kinds: AuditKind::ALL.map(kind).to_vec(),
        days: asked.days.clone(),
        is_wrong: asked.is_wrong,
        is_filtered: asked.is_filtered(),
        items: entries.into_iter().map(|entry| done(times, entry)).collect(),
        older: last.map(|id| asked.address(route::AUDIT, Some(id))),
        newest: asked.query.before.map(|_| asked.address(route::AUDIT, None)),
        csv: asked.address(route::AUDIT_CSV, None),
        checked,
    };
    let status = if page.is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(admin::audit(admin.frame(&site), &page))).into_response())
}

/// What is asked for as a file for spreadsheets, in pieces, so that a long audit takes no memory.
pub(super) async fn csv(
    _: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let asked = Asked::read(&site, &query::pairs(sent.as_deref().unwrap_or_default()));
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
    let (role, until) = detail.split_once(" until ").unwrap_or((detail, ""));
    let role = role.parse().map_or(role, |known| roles::name(language, known));
    let say = language.people();
    if until.is_empty() { say.did_make_key(&key, &role) } else { say.did_make_key_until(&key, &role, &until) }
}

/// Something that was done, in words. What is no action of ours is told as it was noted.
pub(super) fn done(times: Times<'_>, entry: AuditEntry) -> DoneItem {
    let language = times.language;
    let (say, texts, people) = (language.admin(), language.audit(), language.people());
    let account = language.account();
    let (subject, detail) = (&entry.subject, &entry.detail);
    let what = match &*entry.action {
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
        "edit" if !detail.is_empty() => texts.did_edit_from(subject, detail),
        "edit" => texts.did_edit(subject),
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
        "end key" => people.did_end_key(subject),
        "settings" => language.settings().did_change(&language.marked(detail.clone())),
        "add" => say.did_add(subject),
        "discard" if !detail.is_empty() => texts.did_discard_at(subject, detail),
        "discard" => say.did_discard(subject),
        "import" => say.did_import(subject),
        "begin" => language.assortment().did_begin(subject),
        "sold out" => language.assortment().did_sell_out(subject, detail),
        "keep group menu" => language.group_menus().did_keep(subject, detail),
        "remove group menu" => language.group_menus().did_remove(subject, detail),
        "on sale" => language.assortment().did_put_on_sale(subject, detail),
        "standing" => language.assortment().did_standing(subject),
        "order" => language.assortment().did_order(subject),
        "address" => language.assortment().did_address(subject),
        "preview" => say.did_preview(subject),
        "end preview" => say.did_end_preview(subject),
        "publish" => say.did_publish(subject, detail),
        "roll back" => say.did_roll_back(subject, detail),
        "ask for release" => language.releases().did_ask(subject, detail),
        "approve release" => language.releases().did_approve(subject),
        "refuse release" => language.releases().did_refuse(subject, &language.marked(detail.clone())),
        "plan release" => language.releases().did_plan(subject, detail),
        "begin release" => language.releases().did_begin(subject),
        "end release" => language.releases().did_end(subject),
        "cancel release" => language.releases().did_cancel(subject),
        "fail release" => language.releases().did_fail(subject, detail),
        "withdraw" => say.did_withdraw(subject, detail),
        "offer again" => say.did_offer_again(subject, detail),
        _ => language.marked([&*entry.action, subject, detail].join(" ").trim().to_owned()),
    };
    let (at, href) = (times.moment(entry.at), leads_to(&entry));
    DoneItem { at, by: done_by(language, entry), what, href }
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
            "edit" | "import" | "discard" => of_product(paths::publish),
            "publish" | "roll back" | "withdraw" | "offer again" => of_product(paths::revisions),
            action if action.ends_with(" release") => Some(route::RELEASES.to_owned()),
            _ => None,
        },
        AuditKind::LogIns | AuditKind::People | AuditKind::Customers | AuditKind::Campaigns => None,
    }
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

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
    fn lines_lead_to_what_came_of_them() {
        for (action, subject, address) in [
            ("order state", "1001", Some("/admin/orders/1001")),
            ("edit", "mug", Some("/admin/products/mug/publish")),
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
