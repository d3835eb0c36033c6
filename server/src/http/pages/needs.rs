//! What suits a shopper best: the page that asks what matters and proposes.

use app::pages::{self, Kept, NeedsPage, Proposed, Way, Weighed};
use app::terms::Terms;
use app::{address, paths};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::needs::{Needs, Why};
use configurator::{AttributeId, Configured};
use personalize::Start;
use shop::{Advice, Asked, Opened, Proposal};
use words::{Locale, NumberError};

use super::asked::{self, Ways};
use super::beside;
use super::page::PRIVATE;
use super::products;
use super::query;
use crate::http::failure::Failure;
use crate::http::language::Reads;
use crate::http::site::Site;

type Pairs = Vec<(String, String)>;

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
    let opened = request.open(&site, reader.language).await?;
    let (pairs, campaign) = (request.pairs, request.campaign);
    let asked = asked(&opened, &pairs);
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
    let shown =
        Shown { opened: &opened, asked: &asked, campaign: &campaign, advice, say, terms: site.terms() };
    let page = shown.page(&pairs, back);
    let html = Html(pages::needs(&site.assets, &reader, &page));
    Ok((PRIVATE, html).into_response())
}

/// What is asked for: what the form says, else what was asked for when the design was proposed.
fn asked(opened: &Opened, pairs: &[(String, String)]) -> Asked {
    let said = pairs.iter().filter_map(|(key, value)| {
        let code = key.strip_prefix(address::MATTERS)?;
        Some((code.to_owned(), value.parse::<u8>().ok()?.min(Needs::MOST)))
    });
    let mut weights: std::collections::BTreeMap<String, u8> = said.collect();
    if weights.is_empty() {
        weights = match &opened.start {
            Start::Needs { asked, .. } => Asked::read_weights(asked),
            _ => opened.product.benefits.iter().map(|benefit| (benefit.code.clone(), USUAL)).collect(),
        };
    }
    let locale = &opened.product.words().locale;
    let symbol = opened.product.currency.symbol();
    let number = |key| read_limit(pairs, key, locale, symbol).and_then(Result::ok);
    let let_go = pairs.iter().filter(|(key, _)| key == address::LET_GO).map(|(_, code)| code.clone());
    let minor = opened.product.currency.minor_units();
    Asked {
        weights,
        let_go: let_go.collect(),
        most: number(address::UP_TO).map(|most| most.saturating_mul(minor)),
        most_days: number(address::DAYS).and_then(|days| u32::try_from(days).ok()),
    }
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
struct Shown<'s> {
    opened: &'s Opened,
    asked: &'s Asked,
    /// The code of the campaign link that the shopper came by; empty for none.
    campaign: &'s str,
    advice: Advice,
    say: &'static words::Shop,
    terms: Terms,
}

impl Shown<'_> {
    fn product(&self) -> &Configured {
        &self.opened.product
    }

    fn page(&self, sent: &[(String, String)], back: String) -> NeedsPage {
        let (product, advice, opened) = (self.product(), &self.advice, self.opened);
        let typed = address::typed(&opened.unreadable);
        let now = [opened.pairs(), typed].concat();
        let mut design = address::design_pairs(opened.revision.number, &opened.start, &now);
        design.extend(opened.from.as_ref().map(|(number, _)| (address::FROM.to_owned(), number.to_string())));
        let campaign = Some(self.campaign.to_owned()).filter(|code| !code.is_empty());
        design.extend(campaign.map(|code| (address::CAMPAIGN.to_owned(), code)));
        let told =
            opened.notices.iter().map(|notice| notice.sentence(self.say)).chain(opened.goes_on(self.say));
        let benefits = product.benefits.iter().map(|benefit| Weighed {
            code: benefit.code.clone(),
            label: benefit.label.clone(),
            weight: self.asked.weights.get(&benefit.code).copied().unwrap_or(0),
        });
        let now = product.quote(&self.opened.design).total.amount;
        let lowest = advice.steps.first().map_or(now, |(price, _)| *price);
        let highest = advice.steps.last().map_or(now, |(price, _)| *price);
        NeedsPage {
            slug: self.opened.revision.slug.clone(),
            product: product.name.clone(),
            benefits: benefits.collect(),
            most_weight: Needs::MOST,
            up_to: (self.whole(advice.most), self.whole(lowest.min(now)), self.whole(highest.max(now))),
            currency: product.currency.symbol().to_owned(),
            currency_code: product.currency.code().to_owned(),
            amount: product.price(advice.most),
            days: query::value(sent, address::DAYS).unwrap_or_default().to_owned(),
            unread: [address::UP_TO, address::DAYS].map(|key| self.unread(sent, key)),
            kept: self.kept(),
            steps: self.steps(),
            proposed: advice.proposal.as_ref().map(|proposal| self.proposed(proposal, now)),
            next: self.next(&design),
            nothing: self.nothing(),
            ways: self.ways(&design),
            notices: told.collect(),
            design,
            back,
        }
    }

    /// What was typed as a limit and is none, with what to do.
    fn unread(&self, sent: &[(String, String)], key: &str) -> Option<(String, String)> {
        let (locale, currency) = (&self.product().words().locale, self.product().currency);
        read_limit(sent, key, locale, currency.symbol())?.err()?;
        let example = locale.number(if key == address::DAYS { 10 } else { self.whole(self.advice.most) });
        let typed = query::value(sent, key).unwrap_or_default();
        Some((typed.to_owned(), self.say.limit_not_read(&example)))
    }

    /// Minor units in whole units of the currency, no less.
    fn whole(&self, amount: i64) -> i64 {
        let minor = self.product().currency.minor_units();
        amount.div_euclid(minor) + i64::from(amount.rem_euclid(minor) > 0)
    }

    fn kept(&self) -> Vec<Kept> {
        let in_force = self.product().in_force(&self.opened.choices, None);
        let kept = in_force.iter().filter(|(id, _)| !self.product().attribute(*id).options().is_empty());
        kept.map(|(id, value)| {
            let attribute = self.product().attribute(id);
            let words = self.attribute(id, value);
            Kept { let_go: self.asked.let_go.contains(&attribute.code), code: attribute.code.clone(), words }
        })
        .collect()
    }

    fn steps(&self) -> Vec<(u32, u32, bool)> {
        let steps = &self.advice.steps;
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return Vec::new() };
        let share = |from: i64, to: i64, at: i64| {
            let thousandths = (at - from).saturating_mul(1_000).checked_div(to - from);
            thousandths.and_then(|share| u32::try_from(share).ok()).unwrap_or(1_000)
        };
        let step = |&(price, worth): &(i64, i64)| {
            (share(first.0, last.0, price).min(999), share(0, last.1, worth), price <= self.advice.most)
        };
        steps.iter().map(step).collect()
    }

    fn proposed(&self, proposal: &Proposal, now: i64) -> Proposed {
        let (product, say) = (self.product(), self.say);
        let values = proposal.reasons.iter().map(|(id, why)| {
            let value = product.describe(*id, proposal.design.value(*id));
            (product.attribute(*id).label.clone(), format!("{value}\n{}", self.reason(why)))
        });
        let difference = product.price_change(proposal.quote.total.amount - now);
        let difference =
            if difference.is_empty() { say.costs_as_now().to_owned() } else { say.beside_now(&difference) };
        let take = self.take(proposal);
        Proposed {
            picture: proposal.picture.clone(),
            total: proposal.quote.total.written(&product.words().locale),
            difference,
            ready: self.terms.arrival(&product.words().studio, proposal.quote.lead_time_days),
            values: values.collect(),
            compare: beside::beside_own(self.opened, &take),
            take,
        }
    }

    /// The product's page with the proposal: what was chosen by hand stays so, and the rest is where the design starts.
    fn take(&self, proposal: &Proposal) -> String {
        let (product, kept) = (self.product(), &self.advice.needs.kept);
        // All of it, so that completing it comes to nothing else.
        let base = product.choices_for(&proposal.design, product.standard());
        let asked = Asked::write_weights(&self.advice.needs.weights);
        let start = Start::Needs { asked, base: product.write_choices(&base) };
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
            Why::CostsLess => say.costs_less().to_owned(),
            Why::Follows => say.goes_with_the_rest().to_owned(),
        }
    }

    fn next(&self, design: &Pairs) -> Option<Way> {
        let (next, proposal) = (self.advice.next.as_ref()?, self.advice.proposal.as_ref()?);
        let product = self.product();
        let more = product.price_change(next.price - proposal.quote.total.amount);
        let named = next.changes.iter().take(MOST_NAMED).map(|(id, value)| self.attribute(*id, value));
        let changes = named.collect::<Vec<_>>().join(product.words().engine.comma());
        Some(Way {
            words: self.say.next_step(&more, &changes),
            href: self.href(design, Some(next.price), None),
        })
    }

    fn attribute(&self, id: AttributeId, value: &configurator::Value) -> String {
        let product = self.product();
        format!("{}: {}", product.attribute(id).label, product.describe(id, value))
    }

    fn nothing(&self) -> String {
        let price = |amount| self.product().price(amount);
        match self.advice.steps.first() {
            Some((lowest, _)) => self.say.none_within(&price(self.advice.most), &price(*lowest)),
            None => self.say.none_in_time().to_owned(),
        }
    }

    fn ways(&self, design: &Pairs) -> Vec<Way> {
        if self.advice.proposal.is_some() {
            return Vec::new();
        }
        let product = self.product();
        let lowest = self.advice.steps.first().map(|(price, _)| Way {
            words: self.say.show_for(&product.price(*price)),
            href: self.href(design, Some(*price), None),
        });
        let without = self.advice.without.iter().map(|(id, price)| {
            let attribute = product.attribute(*id);
            let value = self.advice.needs.kept.get(*id).map(|value| product.describe(*id, value));
            Way {
                words: self.say.without_choice(
                    &attribute.label,
                    &value.unwrap_or_default(),
                    &product.price(*price),
                ),
                href: self.href(design, Some((*price).max(self.advice.most)), Some(&attribute.code)),
            }
        });
        let unhurried = self.asked.most_days.filter(|_| self.advice.steps.is_empty()).map(|_| {
            let asked = Asked { most_days: None, ..self.asked.clone() };
            let href =
                Shown { asked: &asked, advice: self.advice.clone(), terms: self.terms.clone(), ..*self };
            Way { words: self.say.without_limit().to_owned(), href: href.href(design, None, None) }
        });
        lowest.into_iter().chain(without).chain(unhurried).collect()
    }

    /// This page, asked for another price or with one more choice let go.
    fn href(&self, design: &Pairs, most: Option<i64>, let_go: Option<&str>) -> String {
        let mut pairs = design.clone();
        let weights = self.asked.weights.iter();
        pairs.extend(
            weights.map(|(code, weight)| (format!("{}{code}", address::MATTERS), weight.to_string())),
        );
        let most = self.whole(most.unwrap_or(self.advice.most));
        pairs.push((address::UP_TO.to_owned(), most.to_string()));
        pairs.extend(self.asked.most_days.map(|days| (address::DAYS.to_owned(), days.to_string())));
        let let_go = self.asked.let_go.iter().map(String::as_str).chain(let_go);
        pairs.extend(let_go.map(|code| (address::LET_GO.to_owned(), code.to_owned())));
        format!("{}?{}", paths::needs(&self.opened.revision.slug), address::query(&pairs))
    }
}
