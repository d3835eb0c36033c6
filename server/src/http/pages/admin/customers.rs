//! Customers in the admin: who orders here, segments of them, and everything between the shop and one of them.

use app::address;
use app::pages::admin::{
    self, CustomerFilter, CustomerItem, CustomerSheet, CustomersPage, SegmentItem, TouchPoint,
};
use app::paths::admin as paths;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::Slug;
use shop::customers::{Account, Customer, KeptNeed, OwnDesign, SentMail};
use shop::mail::MailKind;
use shop::orders::DeskOrder;
use shop::segments::{BuyerStanding, BuyerSummary, Rule, Segment};
use time::Date;
use time::format_description::well_known::Iso8601;
use words::Language;

use super::super::page::{Times, day_in_words, money, pieces_of};
use super::super::query;
use super::orders::products;
use super::session::Admin;
use super::stated_uses::StatedUses;
use super::words::unfit;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Customers of a page.
const PAGE: u32 = 50;
/// Decimals of a value that is typed.
const DECIMALS: u8 = 2;

/// What is asked for. What can't be read is left out, and told of by [`unread`] where somebody types it.
fn read(pairs: &[(String, String)], language: Language) -> (String, Rule) {
    let value = |name| query::value(pairs, name).map(str::trim).filter(|value| !value.is_empty());
    let amount = |typed: &str| language.words().locale.read(typed, DECIMALS.into(), &[]).ok();
    let day = |name| value(name).and_then(|day| Date::parse(day, &Iso8601::DATE).ok());
    let rule = Rule {
        value: value("value").and_then(amount),
        orders: value("orders").and_then(|orders| orders.parse().ok()),
        since: day("since"),
        before: day("before"),
        product: value("product").and_then(|slug| slug.parse().ok()),
        stated_use: value("use").and_then(|code| format!("use={code}").parse::<Rule>().ok()?.stated_use),
    };
    (value("q").unwrap_or_default().to_owned(), rule)
}

/// Fields of numbers that can't be read, with what was typed.
fn unread(pairs: &[(String, String)], rule: &Rule) -> Vec<(&'static str, String)> {
    let fields = [("value", rule.value.is_some()), ("orders", rule.orders.is_some())];
    let typed = fields.into_iter().filter(|(_, is_read)| !is_read).filter_map(|(name, _)| {
        let typed = query::value(pairs, name).map(str::trim).filter(|typed| !typed.is_empty())?;
        Some((name, typed.to_owned()))
    });
    typed.collect()
}

/// The same as an address has it: a rule as it is typed.
fn written(text: &str, rule: &Rule, language: Language, page: u32) -> String {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            pairs.append_pair(name, &value);
        }
    };
    add("q", Some(text.to_owned()));
    add("value", rule.value.map(|value| amount(value, language)));
    add("orders", rule.orders.map(|orders| orders.to_string()));
    add("since", rule.since.map(|day| day.to_string()));
    add("before", rule.before.map(|day| day.to_string()));
    add("product", rule.product.as_ref().map(ToString::to_string));
    add("use", rule.stated_use.clone());
    add("page", (page > 1).then(|| page.to_string()));
    pairs.finish()
}

/// An amount as it is typed.
fn amount(value: i64, language: Language) -> String {
    let decimal = language.words().locale.decimal;
    let (whole, rest) = (value / 100, value.unsigned_abs() % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}{decimal}{rest:02}") }
}

/// An amount as it is read: of no one currency.
fn grouped(value: i64, language: Language) -> String {
    language.words().locale.money(value, DECIMALS.into(), "").trim().to_owned()
}

/// The list.
pub(super) async fn list(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let pairs = query::pairs(sent.as_deref().unwrap_or_default());
    show(&site, &admin, &pairs, CustomersPage::default()).await
}

async fn show(
    site: &Site,
    admin: &Admin,
    pairs: &[(String, String)],
    shown: CustomersPage,
) -> Result<Response, Failure> {
    let language = admin.language;
    let (text, rule) = read(pairs, language);
    let page = query::value(pairs, "page").and_then(|page| page.parse().ok()).unwrap_or(1_u32).max(1);
    let offset = (page - 1).saturating_mul(PAGE);
    let (found, count) = site.shop.buyers(&text, &rule, offset, PAGE).await?;
    let at = |page| paths::customers(&written(&text, &rule, language, page));
    let segments = site.shop.segments().await?;
    let segment = segment_of(&segments, &rule, query::value(pairs, "segment"));
    let uses = StatedUses::of(site, language).await?;
    let stated_use = rule.stated_use.as_deref().unwrap_or_default();
    let shown = CustomersPage {
        known: if count == 0 { known(site, &text).await? } else { None },
        before: (page > 1).then(|| at(page - 1)),
        after: (found.len() == PAGE as usize).then(|| at(page + 1)),
        items: found.into_iter().map(|buyer| item(buyer, Times::of(site, language))).collect(),
        count,
        segments: segments.into_iter().map(|segment| segment_item(segment, &rule, &uses, language)).collect(),
        asked: CustomerFilter {
            value: rule.value.map(|value| amount(value, language)).unwrap_or_default(),
            orders: rule.orders.map(|orders| orders.to_string()).unwrap_or_default(),
            since: rule.since.map(|day| day.to_string()).unwrap_or_default(),
            before: rule.before.map(|day| day.to_string()).unwrap_or_default(),
            products: products(site, rule.product.as_ref(), language).await?,
            uses: uses.entries(stated_use, rule.product.as_ref()),
            use_problem: use_problem(&uses, &rule, language),
            unread: unread(pairs, &rule),
            rule: written("", &rule, language, 1),
            segment,
            text,
        },
        ..shown
    };
    let is_unread = !shown.asked.unread.is_empty();
    let status =
        if shown.problem.is_some() || is_unread { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(admin::customers(admin.frame(site), &shown))).into_response())
}

/// The address of somebody who is known to the shop and ordered nothing, where a text is all of it.
async fn known(site: &Site, text: &str) -> Result<Option<String>, Failure> {
    if !text.contains('@') {
        return Ok(None);
    }
    let (customer, account) = site.shop.touch_points(text).await?;
    let is_known = customer.is_some() || !account.orders.is_empty() || !account.mails.is_empty();
    Ok(is_known.then(|| customer.map_or_else(|| text.trim().to_lowercase(), |customer| customer.email)))
}

/// The name of the segment with a rule, or of the one that was shown before the rule was changed, if it is still there.
fn segment_of(segments: &[(Segment, u64)], rule: &Rule, changed: Option<&str>) -> String {
    let shown = segments.iter().find(|(segment, _)| segment.rule == *rule);
    let changes = || segments.iter().find(|(segment, _)| changed == Some(segment.name.as_str()));
    shown.or_else(changes).map(|(segment, _)| segment.name.clone()).unwrap_or_default()
}

fn item(buyer: BuyerSummary, times: Times<'_>) -> CustomerItem {
    CustomerItem {
        value: money(&buyer.currency, buyer.value, times.language),
        last: times.date(buyer.last),
        email: buyer.email,
        name: buyer.name,
        orders: buyer.orders,
    }
}

/// That nobody is found by a use, where that is so.
fn use_problem(uses: &StatedUses, rule: &Rule, language: Language) -> Option<String> {
    let (say, code) = (language.customers(), rule.stated_use.as_deref()?);
    if !uses.has(code) {
        return Some(say.use_gone_hint().to_owned());
    }
    let asks = rule.product.as_ref().is_none_or(|product| uses.asks(product, code));
    (!asks).then(|| say.use_of_another().to_owned())
}

fn segment_item(
    (segment, count): (Segment, u64),
    shown: &Rule,
    uses: &StatedUses,
    language: Language,
) -> SegmentItem {
    let Segment { name, rule } = segment;
    let (say, texts, locale) = (language.admin(), language.customers(), &language.words().locale);
    let parts = [
        rule.value.map(|value| format!("{} {}", texts.value_over(), grouped(value, language))),
        rule.orders.map(|orders| format!("{} {}", texts.orders_over(), locale.count(orders.into()))),
        rule.since.map(|day| format!("{} {}", texts.ordered_since(), day_in_words(language, day))),
        rule.before.map(|day| format!("{} {}", texts.last_ordered_before(), day_in_words(language, day))),
        rule.product.as_ref().map(|slug| format!("{} {slug}", say.product())),
        rule.stated_use.as_ref().map(|code| format!("{} {}", texts.stated_use(), uses.told(code))),
    ];
    SegmentItem {
        name,
        query: written("", &rule, language, 1),
        rule: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        count,
        is_shown: rule == *shown,
    }
}

/// Keeps a rule under a name, or removes one.
pub(super) async fn change(
    admin: Admin,
    State(site): State<Site>,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let asked = query::pairs(query::value(&sent, "rule").unwrap_or_default());
    let (_, rule) = read(&asked, admin.language);
    let back = Redirect::to(&paths::customers(&written("", &rule, admin.language, 1)));
    if let Some(name) = query::value(&sent, "remove") {
        let segments = site.shop.segments().await?;
        let removed = segments.into_iter().find(|(segment, _)| segment.name == name);
        site.shop.remove_segment(name, &admin.email).await?;
        let Some((Segment { name, rule }, _)) = removed else { return Ok(back.into_response()) };
        let removed = Some((name, written("", &rule, admin.language, 1)));
        return show(&site, &admin, &asked, CustomersPage { removed, ..CustomersPage::default() }).await;
    }
    let typed = query::value(&sent, "name").unwrap_or_default().to_owned();
    match site.shop.keep_segment(&typed, rule, &admin.email).await {
        Ok(()) => Ok(back.into_response()),
        Err(error) => match unfit(&error, admin.language) {
            Some(problem) => {
                let shown = CustomersPage { problem: Some(problem), typed, ..CustomersPage::default() };
                show(&site, &admin, &asked, shown).await
            }
            None => Err(error.into()),
        },
    }
}

/// Everything between the shop and somebody.
pub(super) async fn one(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let email = query::value(&sent, "email").unwrap_or_default();
    let (customer, account) = site.shop.touch_points(email).await?;
    if customer.is_none() && account.orders.is_empty() && account.mails.is_empty() {
        return Err(Failure::NoPage);
    }
    let standing = site.shop.buyer_standing(email).await?;
    let times = Times::of(&site, admin.language);
    let email = customer.as_ref().map_or_else(|| email.trim().to_lowercase(), |known| known.email.clone());
    let sheet = CustomerSheet {
        facts: [standing_facts(&standing, times), facts(customer.as_ref(), &account, times)].concat(),
        orders: account.orders.iter().map(|order| order_point(order, times)).collect(),
        designs: account.designs.iter().map(|design| design_point(design, times)).collect(),
        needs: need_points(&site, &account.needs, times).await,
        mails: account.mails.iter().map(|mail| mail_point(mail, times)).collect(),
        email,
    };
    Ok(Html(admin::customer(admin.frame(&site), &sheet)).into_response())
}

/// How lately and how often somebody ordered, what it comes to, and which segments they are in: by the figures of the list.
fn standing_facts(standing: &BuyerStanding, times: Times<'_>) -> Vec<(String, String)> {
    let language = times.language;
    let (say, texts) = (language.admin(), language.customers());
    let BuyerStanding { sums, segments } = standing;
    let last = sums.iter().map(|sum| sum.last).max().map(|last| times.date(last));
    let orders: u32 = sums.iter().map(|sum| sum.orders).sum();
    let values = sums.iter().map(|sum| money(&sum.currency, sum.value, language));
    let facts = [
        (texts.last_order(), last.unwrap_or_default()),
        (say.orders(), if sums.is_empty() { String::new() } else { orders.to_string() }),
        (say.value(), values.collect::<Vec<_>>().join(" · ")),
        (texts.segments(), segments.join(" · ")),
    ];
    let known = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
    known.map(|(name, fact)| (name.to_owned(), fact)).collect()
}

fn facts(customer: Option<&Customer>, account: &Account, times: Times<'_>) -> Vec<(String, String)> {
    let language = times.language;
    let texts = language.customers();
    let agreed = account.consent.as_ref().filter(|consent| consent.is_given);
    let facts = [
        (texts.signed_in_since(), customer.map(|customer| times.date(customer.since))),
        (texts.sessions(), customer.map(|_| account.sessions.to_string())),
        (
            language.shop().remember_title(),
            customer.map(|_| {
                agreed.map_or_else(
                    || texts.not_agreed().to_owned(),
                    |consent| texts.agreed_on(&times.date(consent.at), &consent.wording),
                )
            }),
        ),
    ];
    facts.into_iter().filter_map(|(name, fact)| Some((name.to_owned(), fact?))).collect()
}

fn order_point(order: &DeskOrder, times: Times<'_>) -> TouchPoint {
    let language = times.language;
    let product = pieces_of(order.quantity, language.marked(order.product_name.clone()));
    let total = money(&order.currency, order.total, language);
    let state = super::desk_words::state(language, order.progress.state);
    TouchPoint {
        what: format!("{}: {product}", language.shop().order_number(&order.number)),
        href: paths::order(order.number.get()),
        about: format!("{} · {total} · {state}", times.date(order.placed_at)),
    }
}

fn design_point(own: &OwnDesign, times: Times<'_>) -> TouchPoint {
    let design = &own.design;
    let total = money(&design.currency, design.total, times.language);
    TouchPoint {
        what: design.name.clone().unwrap_or_else(|| design.slug.to_string()),
        href: address::product(&design.slug, design.revision, &design.start, &design.choices),
        about: format!("{} · {total}", times.date(design.kept_at)),
    }
}

/// What somebody stated, in the words of the product's question as it is now; by its codes where it has none of them any more.
async fn need_points(site: &Site, needs: &[KeptNeed], times: Times<'_>) -> Vec<TouchPoint> {
    let mut points = Vec::with_capacity(needs.len());
    for need in needs {
        let published = match need.slug.parse::<Slug>() {
            Ok(slug) => site.shop.published(&slug).await.ok(),
            Err(_) => None,
        };
        let product = published.as_ref().map(|revision| revision.product.product());
        let mut answers = product.iter().flat_map(|product| &product.uses).flat_map(|uses| &uses.answers);
        let answer = answers.find(|answer| answer.code == need.stated_use);
        let name = product.map_or(need.slug.as_str(), |product| product.name.as_str());
        let stated = answer.map_or(need.stated_use.as_str(), |answer| answer.label.as_str());
        points.push(TouchPoint {
            what: times.language.marked(format!("{name}: {stated}")),
            href: String::new(),
            about: times.date(need.at),
        });
    }
    points
}

fn mail_point(mail: &SentMail, times: Times<'_>) -> TouchPoint {
    let language = times.language;
    let (say, texts) = (language.admin(), language.customers());
    let what = match (mail.kind, mail.number) {
        (MailKind::SignIn | MailKind::Invite | MailKind::Approval | MailKind::ReleaseFailed, _) => {
            texts.mail_with_link().to_owned()
        }
        (MailKind::OrderState(to), Some(number)) => {
            format!("{}: {}", language.shop().order_number(&number), super::desk_words::state(language, to))
        }
        (MailKind::Order, Some(number)) => language.shop().order_number(&number),
        (MailKind::Order | MailKind::OrderState(_), None) => say.orders().to_owned(),
    };
    let sent = mail.sent_at.map_or_else(|| texts.mail_waits().to_owned(), |at| times.moment(at));
    let href = mail.number.map(|number| paths::order(number.get())).unwrap_or_default();
    TouchPoint { what, href, about: sent }
}
