//! Planning a release.

use app::pages::FieldMessage;
use app::pages::admin::{self, Agreement, ChosenProduct, NewReleasePage, Returned};
use app::paths::admin as paths;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{RevisionNumber, Slug};
use shop::releases::{LONGEST_HOLD, NewPlan, PlanError, PlannedProduct};
use shop::{LocalTimeError, ShopError, changes};
use time::OffsetDateTime;
use words::Language;

use super::super::query;
use super::gate::{self, Amounts};
use super::publish::held;
use super::session::Admin;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Most products of a release, each of which is judged on the whole.
const MOST_PRODUCTS: usize = 50;

type Sent = [(String, String)];

/// The products that can be chosen; what those do that were.
pub(super) async fn form(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(asked): RawQuery,
) -> Result<Response, Failure> {
    let asked = query::pairs(asked.as_deref().unwrap_or_default());
    let mut chosen = Vec::new();
    for (_, slug) in asked.iter().filter(|(name, _)| name == "product").take(MOST_PRODUCTS) {
        let slug = site.shop.slug(slug).await?;
        if !chosen.contains(&slug) {
            chosen.push(slug);
        }
    }
    show(&site, &admin, &chosen, NewReleasePage::default(), &[]).await
}

async fn show(
    site: &Site,
    admin: &Admin,
    chosen: &[Slug],
    shown: NewReleasePage,
    sent: &Sent,
) -> Result<Response, Failure> {
    let mut choices = Vec::new();
    for slug in site.shop.drafted().await? {
        let draft = site.shop.draft(&slug).await?;
        let is_chosen = chosen.contains(&slug);
        // What equals what is live is nothing to publish.
        if is_chosen || !site.shop.equals_live(&draft).await? {
            choices.push((slug, draft.bundle.source.name, is_chosen));
        }
    }
    let refused = shown.returned.is_some() || shown.is_empty;
    let mut products = Vec::new();
    for slug in chosen {
        let mut product = judged(site, slug, admin.language).await?;
        if let Some(agreed) = agreed(sent, slug) {
            // What changed since has to be looked at again.
            let is_same = (agreed.version, agreed.beside) == (product.version, Some(product.live));
            let (seen, twice) = (is_same && ticked(sent, "seen", slug), is_same && agreed.twice);
            product.agreement = Agreement { seen, twice, is_sent: true };
        }
        let told = shown.chosen.iter().find(|told| told.slug == *slug);
        product.problem = told.and_then(|told| told.problem.clone());
        products.push(product);
    }
    let zone = site.shop.profile().zone().to_owned();
    let asks = site.shop.needs_approval();
    let hold_days = u64::try_from(site.shop.price_hold().whole_days()).unwrap_or_default();
    let page = NewReleasePage { zone, choices, chosen: products, hold_days, asks, ..shown };
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, Html(admin::new_release(admin.frame(site), &page))).into_response())
}

/// What publishing a product's draft does, as its publish page tells it.
async fn judged(site: &Site, slug: &Slug, language: Language) -> Result<ChosenProduct, Failure> {
    let live = site.shop.compared_with(slug).await?;
    let draft = site.shop.draft(slug).await?;
    let look = site.shop.look(&draft, live.as_ref()).await?;
    let amounts = Amounts::new(&draft.bundle.source.currency, language);
    let is_sound = look.analysis.state.is_sound() && look.analysis.failed.is_empty();
    let changes = live.as_ref().map(|live| changes(&live.bundle, &draft.bundle, language));
    Ok(ChosenProduct {
        name: language.marked(draft.bundle.source.name.clone()),
        version: draft.version,
        live: live.as_ref().map_or(draft.base, |live| live.number),
        is_ready: is_sound && look.analysis.findings.is_empty(),
        changes: changes.unwrap_or_default(),
        effect: look.effect.as_ref().map(|effect| gate::effect(effect, live.is_some(), amounts)),
        replay: look.replay.as_ref().map(|replay| gate::replay(replay, (slug, ""), amounts)),
        agreement: Agreement::default(),
        problem: None,
        slug: draft.slug,
    })
}

fn ticked(sent: &Sent, name: &str, slug: &Slug) -> bool {
    query::value(sent, &format!("{name}-{slug}")) == Some("on")
}

/// The products of a form, each with the version of its draft and the revision that it was shown beside.
fn products(sent: &Sent) -> Result<Vec<PlannedProduct>, Failure> {
    let product = |(_, value): &(String, String)| {
        let mut parts = value.split('/');
        let slug: Slug = parts.next()?.parse().ok()?;
        let version = parts.next()?.parse().ok()?;
        let live: RevisionNumber = parts.next()?.parse().ok()?;
        let beside = Some(live).filter(|_| ticked(sent, "seen", &slug));
        let twice = ticked(sent, "twice", &slug);
        Some(PlannedProduct { slug, version, beside, twice })
    };
    let products = sent.iter().filter(|(name, _)| name == "product").take(MOST_PRODUCTS);
    products.map(|sent| product(sent).ok_or(Failure::Form)).collect()
}

fn agreed(sent: &Sent, slug: &Slug) -> Option<PlannedProduct> {
    products(sent).ok()?.into_iter().find(|product| product.slug == *slug)
}

/// Plans or publishes what was sent, or says why not.
pub(super) async fn plan(admin: Admin, State(site): State<Site>, body: String) -> Result<Response, Failure> {
    let sent = query::whole(&body)?;
    let products = products(&sent)?;
    let chosen: Vec<Slug> = products.iter().map(|product| product.slug.clone()).collect();
    if chosen.is_empty() {
        let page = NewReleasePage { is_empty: true, ..NewReleasePage::default() };
        return show(&site, &admin, &[], page, &sent).await;
    }
    let name = query::value(&sent, "name").unwrap_or_default().to_owned();
    let mut messages = Vec::new();
    let mut time = |field| match moment(&site, &sent, field) {
        Ok(at) => at,
        Err(why) => {
            messages.push(message(field, time_problem(why, admin.language)));
            None
        }
    };
    let is_now = query::value(&sent, "when") != Some("at");
    let (start, end) = (if is_now { None } else { time("start") }, time("end"));
    if is_now && query::value(&sent, "start").is_some_and(|start| !start.trim().is_empty()) {
        messages.push(message("start", admin.language.releases().start_beside_now()));
    }
    if !is_now && start.is_none() && messages.iter().all(|known| known.field != "start") {
        messages.push(message("start", admin.language.releases().start_needed()));
    }
    let hold_days = match hold_days(&sent) {
        Ok(days) => days,
        Err(NoDays) => {
            messages.push(message("hold", &admin.language.releases().hold_problem(&LONGEST_HOLD)));
            None
        }
    };
    let mut refused = Vec::new();
    if messages.is_empty() {
        let plan = NewPlan { name, products, start, end, note: String::new(), hold_days };
        match site.shop.plan_release(plan, &admin.email).await {
            Ok(id) => return Ok(Redirect::to(&paths::release(id.get())).into_response()),
            Err(error) => match told(error, admin.language)? {
                Told::Field(field, why) => messages.push(message(field, &why)),
                Told::Product(slug, why) => refused.push((slug, why)),
            },
        }
    }
    let typed = sent.iter().cloned().collect();
    let returned = Some(Returned { form: "release".to_owned(), typed, messages, ..Returned::default() });
    let mut page = NewReleasePage { returned, ..NewReleasePage::default() };
    for (slug, why) in refused {
        let mut product = judged(&site, &slug, admin.language).await?;
        product.problem = Some(why);
        page.chosen.push(product);
    }
    show(&site, &admin, &chosen, page, &sent).await
}

/// What is no number of days that prices hold.
struct NoDays;

/// For how many days its prices hold; nothing where that is not said.
fn hold_days(sent: &Sent) -> Result<Option<u32>, NoDays> {
    match query::value(sent, "hold").map(str::trim) {
        None | Some("") => Ok(None),
        Some(typed) => typed.parse::<u32>().ok().filter(|days| *days <= LONGEST_HOLD).map(Some).ok_or(NoDays),
    }
}

fn message(field: &str, why: &str) -> FieldMessage {
    FieldMessage { field: field.to_owned(), message: why.to_owned() }
}

/// A time of the form, as clocks show it where the shop is.
fn moment(site: &Site, sent: &Sent, field: &str) -> Result<Option<OffsetDateTime>, LocalTimeError> {
    query::value(sent, field).map(|shown| site.shop.profile().moment(shown)).transpose()
}

fn time_problem(error: LocalTimeError, language: Language) -> &'static str {
    let say = language.releases();
    match error {
        LocalTimeError::Unreadable => say.no_time(),
        LocalTimeError::Missing => say.time_missing(),
        LocalTimeError::Twice => say.time_twice(),
    }
}

/// Where it is said why a release is not planned.
enum Told {
    Field(&'static str, String),
    Product(Slug, String),
}

fn told(error: PlanError, language: Language) -> Result<Told, Failure> {
    let (say, admin) = (language.releases(), language.admin());
    Ok(match error {
        PlanError::NobodyElse => Told::Field("name", say.nobody_else().to_owned()),
        PlanError::Name => Told::Field("name", say.name_problem().to_owned()),
        PlanError::Hold => Told::Field("hold", say.hold_problem(&LONGEST_HOLD)),
        PlanError::StartPassed => Told::Field("start", say.start_passed().to_owned()),
        PlanError::EndBeforeStart => Told::Field("end", say.end_before_start().to_owned()),
        PlanError::NothingReturns(slug) => Told::Field("end", say.nothing_returns(&slug)),
        PlanError::InTheWay { slug, name } => {
            let why = say.in_the_way(&slug, &admin.quoted(&name));
            Told::Product(slug, why)
        }
        PlanError::NoProduct => Told::Field("name", say.not_chosen().to_owned()),
        PlanError::Product { slug, error } => {
            let why = match error {
                ShopError::NotPublishable(_) => admin.not_published_problems(),
                ShopError::DraftChanged { .. } => admin.not_published_changed(),
                ShopError::NothingToPublish => admin.not_published_equal(),
                ShopError::StandsOtherwise { .. } => say.stands_otherwise(),
                ShopError::Held(hold) => held(hold, language),
                error => return Err(error.into()),
            };
            Told::Product(slug, why.to_owned())
        }
        PlanError::Note(error) | PlanError::Shop(error) => return Err(error.into()),
    })
}
