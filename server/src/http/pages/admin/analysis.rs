//! What is in a draft, and why a design is not valid there.

use std::sync::Arc;
use std::time::Duration;

use app::pages::admin::{
    self, AnalysisPage, Change, FaultItem, Figure, Judged, NOT_LIVE, Nearest, NoChoice, RuleItem, RuleTold,
    Spot, WhyPage,
};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::analysis::{Fault, Matter, Overview};
use configurator::source::Source;
use configurator::{AttributeId, Design, Money, OptionId, Problem, Product, RuleId, ServedBy, Slug, Value};
use shop::drafts::{Blamed, Found, Inside, JudgedDesign, Study, is_tested, written_values};
use shop::{Draft, ShopError};
use words::Language;

use super::super::query;
use super::session::Admin;
use super::words::shown;
use super::{gate, overview, pictured};
use crate::http::failure::Failure;
use crate::http::site::Site;

/// How long a page waits for what is found out behind: most products are done by then.
const WAIT: Duration = Duration::from_millis(150);
/// How often it looks.
const LOOK: Duration = Duration::from_millis(10);

/// Tells of a draft in somebody's language.
#[derive(Clone, Copy)]
pub(super) struct Teller<'t> {
    pub(super) language: Language,
    pub(super) slug: &'t Slug,
    pub(super) product: &'t Product,
    pub(super) source: &'t Source,
}

/// The page.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    match query::value(&sent, "beside") {
        Some("picture") => {
            let part = query::value(&sent, "show").unwrap_or_default();
            return pictured::alone(&site, &admin, &slug, part).await;
        }
        Some(_) => return overview::alone(&site, &admin, &slug).await,
        None => {}
    }
    let draft = site.shop.draft(&slug).await?;
    // An address alone is believed nothing: the test may be gone again.
    let kept = query::value(&sent, "kept");
    let kept = kept.is_some_and(|kept| draft.bundle.source.tests.iter().any(|test| test.code == kept));
    page(&site, &admin, draft, (kept, None), StatusCode::OK).await
}

/// Keeps what a rule alone forbids as a test design.
pub(super) async fn keep(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::form(&body)?;
    let version = query::value(&sent, "version").and_then(|version| version.parse().ok());
    let rule = query::value(&sent, "rule").ok_or(Failure::Form)?;
    match site.shop.keep_as_test(&slug, version.ok_or(Failure::Form)?, rule, &admin.email).await {
        Ok(kept) => {
            let here = paths::analysis(&slug);
            let here = kept.map_or(here.clone(), |code| format!("{here}?kept={code}"));
            Ok(Redirect::to(&here).into_response())
        }
        Err(error @ ShopError::DraftChanged { .. }) => {
            let status = Failure::from(error).status();
            let refused = Some(admin.language.analysis().not_kept());
            page(&site, &admin, site.shop.draft(&slug).await?, (false, refused), status).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    site: &Site,
    admin: &Admin,
    draft: Draft,
    (kept, refused): (bool, Option<&'static str>),
    status: StatusCode,
) -> Result<Response, Failure> {
    let (state, study) = site.shop.study(&draft).await?;
    wait(&study).await;
    let (slug, source) = (draft.slug, draft.bundle.source);
    let mut page = AnalysisPage {
        state: shown(state),
        version: draft.version,
        problems: study.problems.clone(),
        figures: Vec::new(),
        figures_told: Vec::new(),
        nothing_valid: None,
        faults: Vec::new(),
        is_certain: false,
        no_choice: Vec::new(),
        rules: Vec::new(),
        progress: (0, 0),
        is_over: true,
        too_large: false,
        no_choice_told: None,
        kept,
        refused,
        slug: slug.clone(),
        source: source.clone(),
    };
    if let Some(inside) = &study.inside {
        let (language, product) = (admin.language, inside.product.product());
        let teller = Teller { language, slug: &slug, product, source: &source };
        let found = inside.found();
        page.figures = teller.figures(inside);
        page.figures_told = teller.figures_told(inside);
        page.is_certain = inside.overview.served_by == ServedBy::Diagram;
        page.nothing_valid = teller.nothing_valid(&inside.overview, &found);
        page.faults = teller.faults(&inside.overview, &found);
        page.no_choice = teller.no_choice(&inside.overview, &found);
        page.rules = (0..product.rules.len()).map(|index| teller.rule(index, &found)).collect();
        page.progress = inside.progress();
        page.is_over = found.is_over;
        page.too_large = found.too_large;
        page.no_choice_told = teller.no_choice_told(&inside.overview, &found);
    }
    Ok((status, Html(admin::analysis(admin.frame(site), &page))).into_response())
}

/// Places of the rules of a draft that never matter beside the others, as far as that is known after a moment.
pub(super) async fn idle_rules(site: &Site, draft: &Draft) -> Result<Vec<usize>, Failure> {
    let (_, study) = site.shop.study(draft).await?;
    wait(&study).await;
    let found = study.inside.as_ref().map(|inside| inside.found()).unwrap_or_default();
    let never = |(place, matter): (usize, &Matter)| matches!(matter, Matter::Never(_)).then_some(place);
    Ok(found.rules.iter().enumerate().filter_map(never).collect())
}

/// That no design of a draft is valid, where it is so and known within a moment, and what is behind it. Only where rules stand against the
/// standard design can that be: nothing is looked into otherwise.
pub(super) async fn nothing_valid(
    site: &Site,
    language: Language,
    draft: &Draft,
    problems: &[Problem],
) -> Result<Option<FaultItem>, Failure> {
    let may_be = |problem: &Problem| {
        problem.span.is_none()
            && (problem.place.starts_with("rules.") || problem.place.ends_with(".standard"))
    };
    if !problems.iter().any(may_be) {
        return Ok(None);
    }
    if site.shop.study_within(draft, overview::MOMENT).await?.is_none() {
        return Ok(None);
    }
    let (_, study) = site.shop.study(draft).await?;
    wait(&study).await;
    let Some(inside) = &study.inside else { return Ok(None) };
    let (product, source) = (inside.product.product(), &draft.bundle.source);
    let teller = Teller { language, slug: &draft.slug, product, source };
    Ok(teller.nothing_valid(&inside.overview, &inside.found()))
}

/// Waits a moment for what is found out behind.
pub(super) async fn wait(study: &Arc<Study>) {
    let until = tokio::time::Instant::now() + WAIT;
    while !study.is_over() && tokio::time::Instant::now() < until {
        tokio::time::sleep(LOOK).await;
    }
}

/// Why a design is not valid; the standard where none is asked for.
pub(super) async fn why(
    admin: Admin,
    State(site): State<Site>,
    Path(slug): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let slug = site.shop.slug(&slug).await?;
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let draft = site.shop.draft(&slug).await?;
    let (state, study) = site.shop.study(&draft).await?;
    let Some(inside) = &study.inside else {
        return Ok(Redirect::to(&paths::analysis(&slug)).into_response());
    };
    let product = inside.product.product();
    let asked = query::value(&sent, "judge").is_some();
    let judged = match asked {
        true => site.shop.judge_design(&draft, values(product, &sent)).await?,
        false => None,
    };
    let design = judged.as_ref().map_or(product.standard(), |judged| &judged.design);
    let source = &draft.bundle.source;
    let teller = Teller { language: admin.language, slug: &slug, product, source };
    let page = WhyPage {
        state: shown(state),
        values: product
            .ids()
            .map(|(id, _)| match design.value(id) {
                Value::Absent => product.initial(id).clone(),
                value => value.clone(),
            })
            .collect(),
        judged: judged.as_ref().map(|judged| teller.judged(&draft, judged)),
        slug: slug.clone(),
        product,
    };
    Ok(Html(admin::why(admin.frame(&site), &page)).into_response())
}

/// The values of a form: what is not ticked of a set is not sent.
fn values(product: &Product, sent: &[(String, String)]) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = Vec::new();
    for (_, attribute) in product.ids() {
        let name = format!(".{}", attribute.code);
        let own: Vec<&str> =
            sent.iter().filter(|(key, _)| *key == name).map(|(_, value)| value.as_str()).collect();
        if !own.is_empty() || attribute.kind.is_multi_choice() {
            values.push((attribute.code.clone(), own.join(",")));
        }
    }
    values
}

impl Teller<'_> {
    fn amount(self, amount: i64) -> String {
        Money::new(amount, self.product.currency).written(&self.language.words().locale)
    }

    /// Where something is changed in the editor.
    fn field(self, anchor: &str) -> String {
        format!("{}#{anchor}", paths::product(self.slug))
    }

    fn attribute(self, id: AttributeId) -> Spot {
        let attribute = self.product.attribute(id);
        let words = self.language.marked(attribute.label.clone());
        Spot { words, href: self.field(&format!("attribute-{}", attribute.code)) }
    }

    fn option(self, (id, option): (AttributeId, OptionId)) -> Spot {
        let attribute = self.product.attribute(id);
        let words = self.language.gate().option_of(&attribute.label, &attribute.option(option).label);
        Spot { words, href: self.field(&format!("attributes.{}.options.{}", id.index(), option.index())) }
    }

    fn rule_spot(self, id: RuleId) -> Spot {
        let sentence = &self.product.rule(id).sentence;
        let number = self.language.admin().rule(&(id.index() + 1));
        Spot {
            words: format!("{number}: {sentence}"),
            href: self.field(&format!("rules.{}.rule", id.index())),
        }
    }

    /// Designs and prices, of what is live and of the draft.
    pub(super) fn figures(self, inside: &Inside) -> Vec<Figure> {
        let say = self.language.analysis();
        let none = || say.none().to_owned();
        let before = |tell: &dyn Fn(&Overview) -> String| {
            inside.before.as_ref().map_or_else(|| NOT_LIVE.to_owned(), tell)
        };
        let count = |overview: &Overview| match (overview.designs, overview.has_designs) {
            (Some(count), _) => gate::count_in_words(count, self.language),
            (None, Some(false)) => none(),
            (None, _) => say.not_counted().to_owned(),
        };
        let price = |overview: &Overview, of: fn((i64, i64)) -> i64| match overview.prices {
            Some(prices) if prices.is_exact => self.amount(of((prices.low, prices.high))),
            Some(prices) => say.bound(&self.amount(of((prices.low, prices.high)))),
            None if overview.has_designs == Some(false) => none(),
            None => say.not_known().to_owned(),
        };
        let standard = |overview: &Overview| self.amount(overview.standard);
        let row = |what: &str, tell: &dyn Fn(&Overview) -> String| Figure {
            what: what.to_owned(),
            was: before(tell),
            now: tell(&inside.overview),
        };
        vec![
            row(say.designs(), &count),
            row(say.lowest(), &|overview| price(overview, |(low, _)| low)),
            row(say.standard(), &standard),
            row(say.highest(), &|overview| price(overview, |(_, high)| high)),
        ]
    }

    /// What is good to know of those.
    pub(super) fn figures_told(self, inside: &Inside) -> Vec<String> {
        let say = self.language.analysis();
        let both = || [Some(&inside.overview), inside.before.as_ref()].into_iter().flatten();
        let is_bound = both().any(|overview| overview.prices.is_some_and(|prices| !prices.is_exact));
        let is_solved = both().any(|overview| overview.served_by == ServedBy::Solver);
        let told = [(is_bound, say.bounds_hint()), (is_solved, say.solver_hint())];
        told.into_iter().filter(|(so, _)| *so).map(|(_, told)| told.to_owned()).collect()
    }

    /// What can't be: a standard that breaks rules, no design at all, dead options; those of the budget come first, and under one name.
    fn faults(self, overview: &Overview, found: &Found) -> Vec<FaultItem> {
        let say = self.language.analysis();
        let mut items = Vec::new();
        if !overview.violations.is_empty() {
            let sentences: Vec<&str> =
                overview.violations.iter().map(|violation| violation.sentence.as_str()).collect();
            let rules = overview.violations.iter().filter_map(|violation| violation.rule);
            items.push(FaultItem {
                told: say.standard_breaks(&sentences.join(" ")),
                at_fault: rules.map(|rule| self.rule_spot(rule)).collect(),
                ..FaultItem::default()
            });
        }
        items.extend(self.dead(overview, found));
        items
    }

    /// Options that no valid design has, and what is at fault as far as it is known.
    pub(super) fn dead(self, overview: &Overview, found: &Found) -> Vec<FaultItem> {
        let say = self.language.analysis();
        let mut items = Vec::new();
        let others = found.faults.iter().filter(|(blamed, _)| *blamed != Blamed::NoDesign);
        let mut blamed: Vec<_> = others.collect();
        blamed.sort_by_key(|(_, fault)| !fault.as_ref().is_some_and(|fault| fault.budget));
        items.extend(blamed.into_iter().map(|(blamed, fault)| self.fault(blamed, fault.as_ref())));
        let named = found.faults.iter().flat_map(|(blamed, _)| match blamed {
            Blamed::Dead(options) => options.as_slice(),
            Blamed::NoDesign => &[],
        });
        let named: Vec<_> = named.collect();
        let left: Vec<Spot> = overview
            .dead
            .iter()
            .filter(|option| !named.contains(option))
            .map(|option| self.option(*option))
            .collect();
        if !left.is_empty() {
            let told = say.dead_of(left.len() as u64);
            items.push(FaultItem { told, options: left, note: self.behind(found), ..FaultItem::default() });
        }
        items
    }

    /// That no design is valid, where it is so.
    fn nothing_valid(self, overview: &Overview, found: &Found) -> Option<FaultItem> {
        if overview.has_designs != Some(false) {
            return None;
        }
        let told = self.language.editing().no_design().to_owned();
        let known = found.faults.iter().find(|(blamed, _)| *blamed == Blamed::NoDesign);
        Some(match known {
            Some((blamed, fault)) => {
                let item = self.fault(blamed, fault.as_ref());
                let is_budget = fault.as_ref().is_some_and(|fault| fault.budget);
                let told = if is_budget { format!("{told} {}", item.told) } else { told };
                FaultItem { told, ..item }
            }
            None => FaultItem { told, note: self.behind(found), ..FaultItem::default() },
        })
    }

    /// Why nothing is named yet.
    fn behind(self, found: &Found) -> String {
        let say = self.language.analysis();
        if found.is_over { say.no_time().to_owned() } else { say.behind_going_on().to_owned() }
    }

    fn fault(self, blamed: &Blamed, fault: Option<&Fault>) -> FaultItem {
        let say = self.language.analysis();
        let is_budget = fault.is_some_and(|fault| fault.budget);
        let (told, options) = match blamed {
            Blamed::NoDesign if is_budget => (say.budget_none().to_owned(), Vec::new()),
            Blamed::NoDesign => (say.no_design().to_owned(), Vec::new()),
            Blamed::Dead(options) => {
                let count = options.len() as u64;
                let told = if is_budget { say.budget_of(count) } else { say.dead_of(count) };
                (told, options.iter().map(|option| self.option(*option)).collect())
            }
        };
        let Some(fault) = fault else {
            return FaultItem { told, options, note: say.no_time().to_owned(), ..FaultItem::default() };
        };
        let at_fault = self.at_fault(fault);
        let note = match (at_fault.is_empty(), fault.is_smallest) {
            (true, _) => say.no_rule(),
            (false, true) => say.fewest(),
            (false, false) => say.as_far(),
        };
        FaultItem { told, options, at_fault, note: note.to_owned() }
    }

    fn at_fault(self, fault: &Fault) -> Vec<Spot> {
        let budget = self.product.budget.filter(|_| fault.budget).map(|budget| Spot {
            words: self.language.analysis().the_budget(&budget.ceiling),
            href: self.field("budget"),
        });
        budget.into_iter().chain(fault.rules.iter().map(|rule| self.rule_spot(*rule))).collect()
    }

    fn no_choice(self, overview: &Overview, found: &Found) -> Vec<NoChoice> {
        let say = self.language.analysis();
        let fixed = overview.fixed.iter().map(|(id, value)| NoChoice {
            attribute: self.attribute(*id),
            told: match value {
                Value::Absent => say.never_applies().to_owned(),
                value => say.always_is(&self.product.describe(*id, value)),
            },
        });
        let follows = found.follows.iter().map(|follows| {
            let from: Vec<&str> =
                follows.from.iter().map(|id| self.product.attribute(*id).label.as_str()).collect();
            let mut told = match from.is_empty() {
                true => say.always_same().to_owned(),
                false => say.follows_from(&from.join(", ")),
            };
            if !follows.is_smallest {
                told = format!("{told} {}", say.as_far());
            }
            NoChoice { attribute: self.attribute(follows.attribute), told }
        });
        let open = found
            .open
            .iter()
            .map(|id| NoChoice { attribute: self.attribute(*id), told: say.follows_open().to_owned() });
        fixed.chain(follows).chain(open).collect()
    }

    /// What there is to say of attributes without a choice beside those that are named.
    fn no_choice_told(self, overview: &Overview, found: &Found) -> Option<&'static str> {
        let say = self.language.analysis();
        let is_empty = overview.fixed.is_empty() && found.follows.is_empty() && found.open.is_empty();
        match (overview.has_designs, found.is_over) {
            (Some(false), _) => Some(say.no_choice_no_design()),
            (_, true) if found.pairs_too_large => Some(say.no_choice_too_large()),
            (_, true) => is_empty.then(|| say.no_choice_none()),
            (_, false) => is_empty.then(|| say.no_choice_yet()),
        }
    }

    fn rule(self, index: usize, found: &Found) -> RuleItem {
        let rule = &self.product.rules[index];
        let told = match found.rules.get(index) {
            None if !found.too_large => RuleTold::Waiting,
            None | Some(Matter::Undecided) => RuleTold::Undecided,
            Some(Matter::Matters(None)) => RuleTold::Somewhere,
            Some(Matter::Matters(Some(witness))) => {
                let values = written_values(self.product, &witness.design);
                RuleTold::Matters {
                    changes: self.changes(self.product.standard(), &witness.design),
                    count: witness.changes,
                    is_nearest: witness.is_nearest,
                    price: self.amount(self.product.quote(&witness.design).total.amount),
                    query: self.query(&witness.design),
                    is_kept: is_tested(&self.source.tests, &values),
                }
            }
            Some(Matter::Never(fault)) => {
                let by = self.at_fault(fault);
                let say = self.language.analysis();
                let note = match (by.is_empty(), fault.is_smallest) {
                    (true, _) => "",
                    (false, true) => say.fewest(),
                    (false, false) => say.as_far(),
                };
                RuleTold::Never { by, note: note.to_owned() }
            }
        };
        let number = self.language.admin().rule(&(index + 1));
        RuleItem {
            code: rule.code.clone(),
            spot: Spot { words: number, href: self.field(&format!("rules.{index}.rule")) },
            sentence: self.language.marked(rule.sentence.clone()),
            told,
        }
    }

    /// What of a design is other than in another one.
    fn changes(self, from: &Design, to: &Design) -> Vec<Change> {
        let differs = self.product.ids().filter(|(id, _)| from.value(*id) != to.value(*id));
        differs
            .map(|(id, attribute)| Change {
                attribute: attribute.label.clone(),
                was: self.product.describe(id, from.value(id)),
                now: self.product.describe(id, to.value(id)),
            })
            .collect()
    }

    /// A design as the form of [`why`] sends it.
    fn query(self, design: &Design) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("judge", "on");
        for (id, attribute) in self.product.ids() {
            let name = format!(".{}", attribute.code);
            match design.value(id) {
                Value::Absent => {}
                Value::Options(set) => {
                    for option in set.iter() {
                        query.append_pair(&name, &attribute.option(option).code);
                    }
                }
                value => {
                    query.append_pair(&name, &self.product.write_value(id, value));
                }
            }
        }
        query.finish()
    }

    fn judged(self, draft: &Draft, judged: &JudgedDesign) -> Judged {
        let picture = |design: &Design| preview::compose(self.product, &draft.bundle.drawings, design);
        let price = |design: &Design| self.amount(self.product.quote(design).total.amount);
        let reason = |violation: &configurator::Violation| {
            (violation.sentence.clone(), violation.rule.map(|rule| self.rule_number(rule)))
        };
        Judged {
            unreadable: judged.unreadable.iter().map(|(_, why)| why.clone()).collect(),
            reasons: judged.violations.iter().map(reason).collect(),
            price: price(&judged.design),
            picture: picture(&judged.design),
            nearest: judged.nearest.as_ref().map(|nearest| Nearest {
                changes: self.changes(&judged.design, &nearest.design),
                price: price(&nearest.design),
                picture: picture(&nearest.design),
                is_proven: nearest.is_proven,
            }),
            is_open: judged.is_open,
        }
    }

    /// A rule by its number alone: its sentence stands beside it.
    fn rule_number(self, id: RuleId) -> Spot {
        let words = self.language.admin().rule(&(id.index() + 1));
        Spot { words, href: self.field(&format!("rules.{}.rule", id.index())) }
    }
}
