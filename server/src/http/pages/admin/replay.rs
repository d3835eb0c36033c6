//! What becomes of every order and saved design: in pages by the size of the change, and as a file.

use std::sync::Arc;

use app::pages::admin::{self, ReplayLine, ReplayList, ReplayPage};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::source::Source;
use configurator::{RevisionNumber, Slug};
use shop::drafts::ReplayedDesign;
use shop::releases::ReleaseId;
use shop::{Loss, OrderNumber, Outcome, Profile, Replay, ShopError};
use time::format_description::well_known::Rfc3339;

use super::super::query;
use super::gate::{self, Amounts};
use super::orders_csv::{harmless, lines};
use super::session::Admin;
use super::words::shown;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Lines on a page.
const PAGE: usize = 100;

/// What is compared with what is live.
#[derive(Clone, Copy)]
enum Whose {
    Draft,
    /// An earlier revision.
    Back(RevisionNumber),
    /// The draft as a release keeps it.
    Release(ReleaseId),
}

impl Whose {
    fn read(sent: &[(String, String)]) -> Result<Self, Failure> {
        match (query::value(sent, "back"), query::value(sent, "release")) {
            (Some(number), _) => Ok(Self::Back(number.parse()?)),
            (None, Some(id)) => Ok(Self::Release(id.parse().map_err(|_| Failure::NoPage)?)),
            (None, None) => Ok(Self::Draft),
        }
    }

    /// As addresses have it.
    fn query(self) -> String {
        match self {
            Self::Draft => String::new(),
            Self::Back(number) => back(number),
            Self::Release(id) => format!("release={id}"),
        }
    }

    /// Where it is decided.
    fn page(self, slug: &Slug) -> String {
        match self {
            Self::Draft => paths::publish(slug),
            Self::Back(number) => paths::make_live(slug, number),
            Self::Release(id) => paths::release(id.get()),
        }
    }

    /// The product as it would be sold, and what becomes of orders and designs; nothing where that can't be sold.
    async fn found(self, site: &Site, slug: &Slug) -> Result<Option<(Source, Arc<Replay>)>, Failure> {
        match self {
            Self::Draft => {
                let (live, draft) = (site.shop.compared_with(slug).await?, site.shop.draft(slug).await?);
                let replay = site.shop.last_replay(&draft, live.as_ref()).await?;
                Ok(replay.map(|replay| (draft.bundle.source, replay)))
            }
            Self::Back(number) => Ok(site.shop.replay_back(slug, number).await?),
            Self::Release(id) => {
                let mut looks = site.shop.look_at_release(id).await?.into_iter();
                let found = looks.find(|found| found.draft.slug == *slug);
                Ok(found.and_then(|found| Some((found.draft.bundle.source, found.look.replay?))))
            }
        }
    }
}

/// The query of what going back to a revision does.
pub(super) fn back(number: RevisionNumber) -> String {
    format!("back={number}")
}

/// A page of it.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let whose = Whose::read(&sent)?;
    let Some((source, replay)) = whose.found(&site, &slug).await? else {
        return Ok(Redirect::to(&whose.page(&slug)).into_response());
    };
    let draft = site.shop.draft(&slug).await?;
    let (language, amounts) = (admin.language, Amounts::new(&source.currency, admin.language));
    let (say, locale) = (language.gate(), &language.words().locale);
    let is_designs = query::value(&sent, "of") == Some("designs");
    let all = if is_designs { replay.touched_designs.len() } else { replay.touched.len() };
    let page = query::value(&sent, "page").and_then(|page| page.parse().ok()).unwrap_or(1_usize);
    let page = page.clamp(1, all.div_ceil(PAGE).max(1));
    let first = (page - 1) * PAGE;
    let lines = told(&replay, is_designs, first, (&slug, amounts));
    let at = |of: &str, page: usize| paths::replay(&slug, &address(whose, of, page));
    let of = if is_designs { "designs" } else { "orders" };
    let counted = |count: usize| locale.count(count as u64);
    let list = |name: &'static str, of: &str, count: usize| ReplayList {
        name: say.list_of(&name, &counted(count)),
        href: at(of, 1),
        is_shown: is_designs == (of == "designs"),
    };
    let page = ReplayPage {
        name: draft.bundle.source.name.clone(),
        state: shown(site.shop.draft_state(&draft).await?),
        is_back: matches!(whose, Whose::Back(_)),
        hint: match whose {
            Whose::Back(number) => say.replay_hint_back(&number),
            Whose::Draft | Whose::Release(_) => say.replay_hint().to_owned(),
        },
        decided: (say.touched_decide().to_owned(), whose.page(&slug)),
        lists: vec![
            list(say.touched_orders(), "orders", replay.touched.len()),
            list(say.touched_designs(), "designs", replay.touched_designs.len()),
        ],
        note: is_designs.then(|| say.typed_left_out()),
        place: match all {
            0 => String::new(),
            all => say.lines_of(&counted(first + 1), &counted(first + lines.len()), &counted(all)),
        },
        before: (page > 1).then(|| at(of, page - 1)),
        after: (first + PAGE < all).then(|| at(of, page + 1)),
        file: paths::replay_csv(&slug, &whose.query()),
        lines,
        slug: slug.clone(),
    };
    Ok(Html(admin::replay(admin.frame(&site), &page)).into_response())
}

/// The lines of a page.
fn told(
    replay: &Replay,
    is_designs: bool,
    first: usize,
    (slug, amounts): (&Slug, Amounts),
) -> Vec<ReplayLine> {
    let say = amounts.language().gate();
    if is_designs {
        let designs = replay.touched_designs.iter().skip(first).take(PAGE);
        let line = |(design, outcome): &(ReplayedDesign, Outcome)| {
            let named = (say.design_named(&design.id), gate::design_address(slug, design));
            gate::line(named, outcome, amounts)
        };
        return designs.map(line).collect();
    }
    let orders = replay.touched.iter().skip(first).take(PAGE);
    let line = |(order, outcome): &(OrderNumber, Outcome)| {
        gate::line((say.order_number(order), paths::order(order.get())), outcome, amounts)
    };
    orders.map(line).collect()
}

fn address(whose: Whose, of: &str, page: usize) -> String {
    let page = (page > 1).then(|| format!("page={page}"));
    let parts = [whose.query(), format!("of={of}"), page.unwrap_or_default()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
}

/// All of it, as a file for spreadsheets.
pub(super) async fn csv(
    _: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let whose = Whose::read(&query::pairs(sent.as_deref().unwrap_or_default()))?;
    let (source, replay) = whose.found(&site, &slug).await?.ok_or(Failure::NoPage)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"replay-{slug}.csv\"")),
    ];
    let file = file(&replay, (&slug, &site.url), &source.currency, &site.shop.profile())?;
    Ok((headers, file).into_response())
}

/// The names of the columns.
const COLUMNS: [&str; 10] = [
    "what",
    "id",
    "kept",
    "outcome",
    "before_minor",
    "before_currency",
    "after_minor",
    "after_currency",
    "reason",
    "address",
];

/// Every order and saved design of which something else becomes.
fn file(
    replay: &Replay,
    (slug, shop): (&Slug, &str),
    currency: &str,
    profile: &Profile,
) -> Result<Vec<u8>, ShopError> {
    let orders = replay.touched.iter().map(|(order, outcome)| {
        let address = format!("{shop}{}", paths::order(order.get()));
        record(["order".to_owned(), order.to_string(), String::new()], outcome, currency, address)
    });
    let designs = replay.touched_designs.iter().map(|(design, outcome)| {
        let kept = profile.local(design.kept_at).0.format(&Rfc3339).unwrap_or_default();
        let address = format!("{shop}{}", gate::design_address(slug, design));
        record(["design".to_owned(), design.id.clone(), kept], outcome, currency, address)
    });
    lines(std::iter::once(COLUMNS.map(str::to_owned)).chain(orders).chain(designs))
}

fn record([what, id, kept]: [String; 3], outcome: &Outcome, currency: &str, address: String) -> [String; 10] {
    let (mut before, mut after, mut reason) = Default::default();
    let amount = |amount: i64, currency: &str| (amount.to_string(), currency.to_owned());
    let outcome = match outcome {
        Outcome::Lost(loss) => {
            reason = harmless(&match loss {
                Loss::Forbidden(sentence) => sentence.clone(),
                Loss::Gone { attribute, value } => format!("{attribute}: {value}"),
            });
            "invalid"
        }
        Outcome::Repriced(was, now) => {
            (before, after) = (amount(*was, currency), amount(*now, currency));
            if now > was { "dearer" } else { "cheaper" }
        }
        Outcome::OtherCurrency(was, now) => {
            let [was, now] = [was, now].map(|money| amount(money.amount, money.currency.code()));
            (before, after) = (was, now);
            "other_currency"
        }
        Outcome::Gained => "valid",
        Outcome::Same | Outcome::LostBefore => "same",
    };
    let ((before, before_currency), (after, after_currency)): ((String, String), (String, String)) =
        (before, after);
    let outcome = outcome.to_owned();
    [what, id, kept, outcome, before, before_currency, after, after_currency, reason, address]
}
