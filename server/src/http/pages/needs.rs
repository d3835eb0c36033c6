//! What suits a shopper best: the page that asks what matters and proposes.

use std::collections::BTreeMap;

use app::pages::{self, NeedsPage, Proposed, UseAsked, Weighed};
use app::terms::Terms;
use app::{address, paths};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use configurator::needs::{Needs, Why};
use configurator::{AttributeId, Configured, KEPT, Use, Value, ValueShape};
use personalize::Start;
use shop::designs::PriceStep;
use shop::{Advice, Asked, Consent, Opened, Proposal};
use time::Date;
use time::macros::format_description;
use words::{Language, Locale, NumberError};

use super::asked::{self, Ways};
use super::beside;
use super::otherwise;
use super::page::PRIVATE;
use super::personal::Personal;
use super::products;
use super::query;
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

pub(super) type Pairs = Vec<(String, String)>;

/// How much everything matters to whoever did not say.
const USUAL: u8 = 1;
/// Most changes that the step up names.
const MOST_NAMED: usize = 3;

/// The page. A product that can't be asked has none: then the design's own page is shown.
pub(super) async fn show(
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    Reads(reader): Reads,
) -> Result<Response, Failure> {
    let request = asked::Asked::read(&site, &slug, query.as_deref(), &headers).await?;
    let came = request.open(&site, reader.language).await?;
    let opened = for_use(&site, &request, came, &headers, reader.language).await?;
    let used = used(&opened, &request.consent).cloned();
    let (pairs, campaign) = (request.pairs, request.campaign);
    let terms = site.terms();
    let asked = asked(&opened, &pairs, &terms, used.as_ref().map(|used| &*used.code));
    let back = Ways::of(&opened, &campaign).back;
    let Some(advice) = site.shop.advise(&opened, asked.clone()).await? else {
        if opened.product.benefits.is_empty() {
            return Ok(Redirect::to(&back).into_response());
        }
        let told = vec![reader.language.shop().too_large_to_weigh().to_owned()];
        let menu = site.shop.menu(&opened).await?;
        let shown = products::Shown::new(reader, opened, menu, request.consent).telling(told);
        return shown.page(&site, StatusCode::OK).await;
    };
    let say = reader.language.shop();
    let consent = request.consent.given;
    let shown = Shown {
        opened: &opened,
        asked: &asked,
        used: used.as_ref(),
        campaign: &campaign,
        advice,
        say,
        or: reader.language.phrases().or(),
        terms,
        consent,
        by: day(&pairs).and_then(Result::ok),
    };
    let page = shown.page(&pairs, back);
    let html = Html(pages::needs(&site.assets, &reader, &page));
    Ok((PRIVATE, html).into_response())
}

/// Keeps an answer about use from now on, and shows the page for it. One that the form had is not given again: it may have been
/// withdrawn meanwhile.
pub(super) async fn answer(
    State(site): State<Site>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Reads(reader): Reads,
    body: String,
) -> Result<Response, Failure> {
    let fields = query::form(&body)?;
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = asked::Asked::read(&site, &slug, Some(&query), &headers).await?;
    let opened = request.open(&site, reader.language).await?;
    // What the form's design starts from is the answer that it had, whether or not that is agreed to any more.
    let had = query::value(&request.pairs, address::USE);
    let given = said_use(&opened, &request.pairs).filter(|answer| had != Some(*answer));
    let jar = match given {
        Some(answer) => Personal::read(&site, &headers).answering(&site, &headers, &request.slug, answer),
        None => CookieJar::new(),
    };
    let page = format!("{}?{query}", paths::needs(&request.slug));
    Ok((jar, Redirect::to(&page)).into_response())
}

/// The answer about use that is said, where it is one.
fn said_use<'o>(opened: &'o Opened, pairs: &[(String, String)]) -> Option<&'o str> {
    let mut answers = opened.product.uses.iter().flat_map(|uses| &uses.answers);
    let said = query::value(pairs, address::FOR)?;
    answers.find(|answer| answer.code == said).map(|answer| answer.code.as_str())
}

/// The answer about use that a design starts from.
fn stated_use(opened: &Opened) -> Option<&str> {
    match &opened.start {
        Start::Personal { stated_use, .. } => stated_use.as_deref(),
        Start::Standard | Start::Needs { .. } => None,
    }
}

/// The answer about use that holds here: what the design starts from, or else what was agreed to be remembered.
fn used<'o>(opened: &'o Opened, consent: &Consent) -> Option<&'o Use> {
    let remembered = || consent.stated_use.as_deref().filter(|_| consent.given);
    let code = stated_use(opened).or_else(remembered)?;
    let mut answers = opened.product.uses.iter().flat_map(|uses| &uses.answers);
    answers.find(|answer| answer.code == code)
}

/// How much each benefit matters to whoever gave an answer about use, and to others.
fn usual_weights(product: &Configured, answer: Option<&str>) -> BTreeMap<String, u8> {
    let mut answers = product.uses.iter().flat_map(|uses| &uses.answers);
    let given = answers.find(|known| Some(&*known.code) == answer).filter(|known| !known.matters.is_empty());
    let weight = |code: &str| match given {
        Some(known) => {
            known.matters.get(code).map_or(0, |weight| u8::try_from(*weight).unwrap_or(Needs::MOST))
        }
        None => USUAL,
    };
    product.benefits.iter().map(|benefit| (benefit.code.clone(), weight(&benefit.code))).collect()
}

/// The design for an answer about use, on this page alone: where the answer was agreed to before, or a page of the shop asks. Else
/// the design as it is.
async fn for_use(
    site: &Site,
    request: &asked::Asked,
    opened: Opened,
    headers: &HeaderMap,
    language: Language,
) -> Result<Opened, Failure> {
    let Some(answer) =
        said_use(&opened, &request.pairs).filter(|answer| stated_use(&opened) != Some(*answer))
    else {
        return Ok(opened);
    };
    let is_known = request.consent.given && request.consent.stated_use.as_deref() == Some(answer);
    if !is_known && !is_sent_by_us(site, headers) {
        return Ok(opened);
    }
    let consent = Consent { given: true, stated_use: Some(answer.to_owned()), ..request.consent.clone() };
    let start = site.shop.personal_start(&opened.revision, Some(answer), None, &consent).await?.0;
    let mut design = query::design(&request.pairs);
    // From another start nothing of this one is kept.
    design.choices.retain(|(code, _)| code != KEPT);
    design.revision = Some(opened.revision.number);
    design.start = Some(start);
    Ok(site.shop.open_design(&request.slug, &design, &consent, language).await?)
}

/// Whether a form or link of the shop's own pages asks. Browsers say so; older ones, and those without a secure line, name the page.
fn is_sent_by_us(site: &Site, headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let is_own = |page: &str| page.strip_prefix(&*site.url).is_some_and(|rest| rest.starts_with('/'));
    text(HeaderName::from_static("sec-fetch-site"))
        .map_or_else(|| text(header::REFERER).is_some_and(is_own), |from| from == "same-origin")
}

/// What is asked for: what the form says, else what was asked for when the design was proposed. Another answer about use brings its
/// own weights, unless some were set by hand.
fn asked(opened: &Opened, pairs: &[(String, String)], terms: &Terms, used: Option<&str>) -> Asked {
    let before = query::value(pairs, address::ANSWERED);
    let said = pairs.iter().filter_map(|(key, value)| {
        let code = key.strip_prefix(address::MATTERS)?;
        Some((code.to_owned(), value.parse::<u8>().ok()?.min(Needs::MOST)))
    });
    let mut weights: BTreeMap<String, u8> = said.collect();
    let let_go = pairs.iter().filter(|(key, _)| key == address::LET_GO).map(|(_, code)| code.clone());
    let mut let_go: Vec<String> = let_go.collect();
    if weights.is_empty() {
        weights = match &opened.start {
            Start::Needs { asked, .. } => {
                let taken = Asked::read(asked);
                // What was chosen since is kept.
                let is_chosen = |code: &String| {
                    let id = opened.product.by_code(code);
                    id.is_some_and(|id| opened.choices.get(id).is_some())
                };
                let_go.extend(taken.let_go.into_iter().filter(|code| !is_chosen(code)));
                taken.weights
            }
            _ => usual_weights(&opened.product, used),
        };
    } else if before != used && weights == usual_weights(&opened.product, before) {
        weights = usual_weights(&opened.product, used);
    }
    let locale = &opened.product.words().locale;
    let symbol = opened.product.currency.symbol();
    let number = |key| read_limit(pairs, key, locale, symbol).and_then(Result::ok);
    let minor = opened.product.currency.minor_units();
    Asked {
        weights,
        let_go,
        // What the form had by itself, nobody set.
        most: number(address::UP_TO)
            .filter(|most| number(address::UP_TO_UNSET) != Some(*most))
            .map(|most| most.saturating_mul(minor)),
        most_days: day(pairs).and_then(Result::ok).map(|day| terms.calendar.lead_time_until(day)),
        stated_use: used.map(str::to_owned),
    }
}

/// The day by which it has to be there, where one is said; or what was said in its place.
fn day(pairs: &[(String, String)]) -> Option<Result<Date, &str>> {
    let said = query::value(pairs, address::BY)?;
    Some(Date::parse(said, format_description!("[year]-[month]-[day]")).map_err(|_| said))
}

/// A limit that was typed, where there is one.
fn read_limit(
    pairs: &[(String, String)],
    key: &str,
    locale: &Locale,
    symbol: &str,
) -> Option<Result<i64, NumberError>> {
    let number = locale.read(query::value(pairs, key)?, 0, &[symbol]);
    Some(number.and_then(|number| if number < 0 { Err(NumberError::NotANumber) } else { Ok(number) }))
}

/// What the page shows.
pub(super) struct Shown<'s> {
    pub(super) opened: &'s Opened,
    pub(super) asked: &'s Asked,
    /// The answer about use that holds.
    pub(super) used: Option<&'s Use>,
    /// The code of the campaign link that the shopper came by; empty for none.
    pub(super) campaign: &'s str,
    pub(super) advice: Advice,
    pub(super) say: &'static words::Shop,
    /// Between the last two of what one is enough of.
    pub(super) or: &'static str,
    pub(super) terms: Terms,
    /// Whether answers about use may be kept.
    pub(super) consent: bool,
    /// The day by which it has to be there.
    pub(super) by: Option<Date>,
}

impl Shown<'_> {
    pub(super) fn product(&self) -> &Configured {
        &self.opened.product
    }

    fn page(&self, sent: &[(String, String)], back: String) -> NeedsPage {
        let (product, advice, opened) = (self.product(), &self.advice, self.opened);
        let typed = address::typed(&opened.unreadable);
        let now = [opened.pairs(), typed].concat();
        let mut design = address::design_pairs(opened.revision.number, &opened.start, &now);
        design.extend(opened.from.as_ref().map(|(number, _)| (address::FROM.to_owned(), number.to_string())));
        design.extend(self.used.map(|used| (address::ANSWERED.to_owned(), used.code.clone())));
        let campaign = Some(self.campaign.to_owned()).filter(|code| !code.is_empty());
        design.extend(campaign.map(|code| (address::CAMPAIGN.to_owned(), code)));
        let lacks = self.used.filter(|_| advice.lacks_enough);
        let told = opened
            .notices
            .iter()
            .map(|notice| notice.sentence(self.say))
            .chain(opened.goes_on(self.say))
            .chain(lacks.map(|used| self.say.not_enough_for(&used.label)));
        let benefits = product.benefits.iter().map(|benefit| Weighed {
            code: benefit.code.clone(),
            label: benefit.label.clone(),
            weight: self.asked.weights.get(&benefit.code).copied().unwrap_or(0),
        });
        let now = product.quote(&self.opened.design).total.amount;
        let lowest = advice.steps.first().map_or(now, |step| step.price);
        let highest = advice.steps.last().map_or(now, |step| step.price);
        NeedsPage {
            slug: self.opened.revision.slug.clone(),
            benefits: benefits.collect(),
            most_weight: Needs::MOST,
            up_to: (self.whole(advice.most), self.whole(lowest.min(now)), self.whole(highest.max(now))),
            is_up_to_set: self.asked.most.is_some(),
            ends: (product.price(lowest.min(now)), product.price(highest.max(now))),
            currency: product.currency.symbol().to_owned(),
            currency_code: product.currency.code().to_owned(),
            amount: product.price(advice.most),
            minor_units: product.currency.minor_units(),
            asks_use: self.asks_use(),
            by: (
                self.by.map(|day| day.to_string()).unwrap_or_default(),
                self.terms.calendar.today().to_string(),
            ),
            unread: (self.unread_amount(sent), self.unread_day(sent)),
            kept: self.kept(),
            steps: self.steps(),
            proposals: self.proposals(now),
            proposed: advice
                .best
                .as_ref()
                .and_then(|(place, picture)| Some((self.proposed(*place, now)?, picture.clone()))),
            next: advice
                .best
                .as_ref()
                .and_then(|(place, _)| Some(self.href(&design, Some(advice.next(*place)?.0), &[]))),
            picture: paths::picture(&opened.revision.slug),
            compare: beside::beside_own(opened, ""),
            nothing: self.nothing(),
            ways: self.ways(&design),
            notices: told.collect(),
            design,
            back,
        }
    }

    /// The question about use, with the answer that this design starts from.
    fn asks_use(&self) -> Option<UseAsked> {
        let uses = self.product().uses.as_ref()?;
        let defaults = paths::defaults(&self.opened.revision.slug);
        Some(UseAsked {
            question: uses.question.clone(),
            answers: uses.answers.iter().map(|answer| (answer.code.clone(), answer.label.clone())).collect(),
            stated: self.used.map(|used| used.code.clone()),
            consent: self.consent,
            defaults: format!("{defaults}?{}", Ways::of(self.opened, self.campaign).query),
        })
    }

    /// What was typed as the most to pay and is no number, with what to do.
    fn unread_amount(&self, sent: &[(String, String)]) -> Option<(String, String)> {
        let (locale, currency) = (&self.product().words().locale, self.product().currency);
        read_limit(sent, address::UP_TO, locale, currency.symbol())?.err()?;
        let example = locale.number(self.whole(self.advice.most));
        let typed = query::value(sent, address::UP_TO).unwrap_or_default();
        Some((typed.to_owned(), self.say.limit_not_read(&example)))
    }

    /// What is wrong with the day that was said, with what to do.
    fn unread_day(&self, sent: &[(String, String)]) -> Option<String> {
        day(sent)?.err()?;
        Some(self.say.day_not_read(&self.terms.calendar.arrival(self.quickest()).to_string()))
    }

    /// How soon there can be anything.
    pub(super) fn quickest(&self) -> u32 {
        self.advice.fewest_days.unwrap_or_else(|| self.product().quote(&self.opened.design).lead_time_days)
    }

    /// Minor units in whole units of the currency, no less.
    pub(super) fn whole(&self, amount: i64) -> i64 {
        let minor = self.product().currency.minor_units();
        amount.div_euclid(minor) + i64::from(amount.rem_euclid(minor) > 0)
    }

    fn steps(&self) -> Vec<(u32, u32, bool)> {
        let steps = &self.advice.steps;
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return Vec::new() };
        let share = |from: i64, to: i64, at: i64| {
            let thousandths = (at - from).saturating_mul(1_000).checked_div(to - from);
            thousandths.and_then(|share| u32::try_from(share).ok()).unwrap_or(1_000)
        };
        let step = |&PriceStep { price, worth, .. }: &PriceStep| {
            (
                share(first.price, last.price, price).min(999),
                share(0, last.worth, worth),
                price <= self.advice.most,
            )
        };
        steps.iter().map(step).collect()
    }

    /// The best for every price; nothing where those are too many.
    fn proposals(&self, now: i64) -> Vec<Proposed> {
        let all = (0..self.advice.steps.len()).map(|place| self.proposed(place, now));
        all.collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    fn proposed(&self, place: usize, now: i64) -> Option<Proposed> {
        let proposal = self.advice.proposal_at(place)?;
        let (product, say) = (self.product(), self.say);
        let values = self.rows(proposal);
        let difference = product.price_change(proposal.quote.total.amount - now);
        let difference =
            if difference.is_empty() { say.costs_as_now().to_owned() } else { say.beside_now(&difference) };
        Some(Proposed {
            price: proposal.quote.total.amount,
            total: proposal.quote.total.written(&product.words().locale),
            difference,
            ready: self.ready(proposal),
            values,
            take: self.take(proposal),
            next: self.next(place, proposal),
        })
    }

    /// The day by which a proposal is there, and what it weighs where the product has weights.
    fn ready(&self, proposal: &Proposal) -> String {
        let words = self.product().words();
        let arrival = self.terms.arrival(&words.studio, proposal.quote.lead_time_days);
        let weight = Some(proposal.quote.weight).filter(|weight| *weight > 0);
        let weight = weight.map(|weight| words.studio.weight_of(&words.locale.weight(weight)));
        words.studio.in_a_row(&[arrival, weight.unwrap_or_default()])
    }

    /// Attributes with their values and reasons: first those that lack what the present design has, then the others that it has
    /// otherwise.
    fn rows(&self, proposal: &Proposal) -> Vec<(String, String)> {
        let (product, own) = (self.product(), &self.opened.design);
        let row = |id: AttributeId, why: Option<&Why>| {
            let (value, before) = (proposal.design.value(id), own.value(id));
            let lacks = lacking(value, before).map(|gone| product.describe(id, &gone));
            let told = [
                Some(otherwise::described(product, self.say, id, value)),
                lacks.as_ref().map(|gone| self.say.yours_also_has(gone)),
                why.map(|why| self.reason(why)),
            ];
            let told: Vec<String> = told.into_iter().flatten().collect();
            let place = match lacks {
                Some(_) => 0,
                None => 1 + u8::from(value == before),
            };
            (place, (product.attribute(id).label.clone(), told.join("\n")))
        };
        let known = |id: AttributeId| proposal.reasons.iter().any(|(known, _)| *known == id);
        // What the proposal has no place for at all.
        let gone = own.iter().filter(|(id, value)| **value != Value::Absent && !known(*id));
        let mut rows: Vec<(u8, (String, String))> = gone.map(|(id, _)| row(id, None)).collect();
        rows.extend(proposal.reasons.iter().map(|(id, why)| row(*id, Some(why))));
        rows.sort_by_key(|(place, _)| *place);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The product's page with the proposal: what was chosen by hand stays so, and the rest is where the design starts.
    fn take(&self, proposal: &Proposal) -> String {
        let (product, kept) = (self.product(), &self.advice.needs.kept);
        // All of it, so that completing it comes to nothing else.
        let base = product.choices_for(&proposal.design, product.standard());
        let start = Start::Needs { asked: self.asked.write(), base: product.write_choices(&base) };
        let revision = &self.opened.revision;
        let chosen = [product.write_choices(kept), address::typed(&self.opened.unreadable)].concat();
        let page = address::product(&revision.slug, revision.number, &start, &chosen);
        address::by_campaign(page, self.campaign)
    }

    fn reason(&self, why: &Why) -> String {
        let say = self.say;
        match why {
            Why::Chosen => say.you_chose_it().to_owned(),
            Why::AsItWas => say.as_it_was().to_owned(),
            Why::Serves(codes) => {
                let named = |code: &String| {
                    let found = self.product().benefits.iter().find(|benefit| benefit.code == *code);
                    found.map(|benefit| benefit.label.clone())
                };
                let benefits: Vec<String> = codes.iter().filter_map(named).collect();
                say.serves(&benefits.join(self.product().words().engine.comma()))
            }
            Why::Standard => self.product().words().studio.our_standard().to_owned(),
            Why::Enough => say.enough_for(&self.used.map_or("", |used| &used.label)),
            Why::CostsLess => say.costs_less().to_owned(),
            Why::Follows => say.goes_with_the_rest().to_owned(),
        }
    }

    /// What the step after one has, and what that costs in whole units of the currency.
    fn next(&self, place: usize, proposal: &Proposal) -> Option<(String, i64)> {
        let (price, changes) = self.advice.next(place)?;
        let product = self.product();
        let more = product.price_change(price - proposal.quote.total.amount);
        let change = |(id, value): &(AttributeId, &Value)| {
            product.describe_change(*id, proposal.design.value(*id), value)
        };
        let named: Vec<String> = changes.iter().take(MOST_NAMED).map(change).collect();
        let changes = named.join(product.words().engine.semicolon());
        Some((self.say.next_step(&more, &changes), self.whole(price)))
    }

    pub(super) fn attribute(&self, id: AttributeId, value: &Value) -> String {
        let product = self.product();
        format!("{}: {}", product.attribute(id).label, product.describe(id, value))
    }

    fn nothing(&self) -> String {
        let price = |amount| self.product().price(amount);
        match (self.advice.steps.first(), self.by) {
            (None, Some(by)) => {
                let earliest = self.dated(self.terms.calendar.arrival(self.quickest()));
                match by < self.terms.calendar.today() {
                    true => self.say.day_is_past(&self.dated(by), &earliest),
                    false => self.say.none_by(&self.dated(by), &earliest),
                }
            }
            (first, _) => {
                let lowest = first.map_or(self.advice.most, |step| step.price);
                let none = self.say.none_within(&price(self.advice.most), &price(lowest));
                match self.other_measures_count() {
                    true => format!("{none} {}", self.say.other_measures()),
                    false => none,
                }
            }
        }
    }

    /// Whether measures may bring the price down that can't be let go of here.
    fn other_measures_count(&self) -> bool {
        let product = self.product();
        let mut numbers =
            product.ids().filter(|(_, attribute)| matches!(attribute.kind.shape(), ValueShape::Number));
        numbers.any(|(id, _)| !self.advice.measures.contains(&id) && self.advice.needs.kept.get(id).is_none())
    }

    /// A day that was asked for or that answers it, with the year where that is not this one.
    pub(super) fn dated(&self, day: Date) -> String {
        let year = Some(day.year()).filter(|year| *year != self.terms.calendar.today().year());
        self.product().words().studio.written_day(day.day(), day.month().into(), year)
    }
}

/// What a value lacks of another one: options, a text, or all of it.
fn lacking(value: &Value, other: &Value) -> Option<Value> {
    match (value, other) {
        (Value::Options(has), Value::Options(had)) => {
            Some(had.difference(*has)).filter(|gone| !gone.is_empty()).map(Value::Options)
        }
        (Value::Text(has), Value::Text(had)) => (has.is_empty() && !had.is_empty()).then(|| other.clone()),
        (Value::Absent, Value::Options(had)) => (!had.is_empty()).then(|| other.clone()),
        (Value::Absent, Value::Text(had)) => (!had.is_empty()).then(|| other.clone()),
        (Value::Absent, Value::Option(_) | Value::Number(_)) => Some(other.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_or_attribute_that_is_gone_is_lacking_and_another_value_is_not() {
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(lacking(&text(""), &text("Zoë")), Some(text("Zoë")));
        assert_eq!(lacking(&text("Al"), &text("Zoë")), None);
        assert_eq!(lacking(&Value::Absent, &text("Zoë")), Some(text("Zoë")));
        assert_eq!(lacking(&Value::Absent, &text("")), None);
        assert_eq!(lacking(&Value::Absent, &Value::Number(3)), Some(Value::Number(3)));
        assert_eq!(lacking(&Value::Number(4), &Value::Number(3)), None);
        assert_eq!(lacking(&text("Zoë"), &Value::Absent), None);
    }
}
