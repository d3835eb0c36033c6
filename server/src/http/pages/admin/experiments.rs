//! Experiments in the admin: planned, started, looked at, ended.

use app::configurator::LONGEST_MENU;
use app::pages::admin::{
    self, ArmItem, ExperimentItem, ExperimentPage, ExperimentsPage, NewExperimentPage, PolicyShare, RailItem,
};
use app::paths::admin as paths;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use configurator::{AttributeId, Currency, Money, Product, Slug, StartPolicy};
use personalize::experiment::{Plan, PlanError, Reach};
use shop::experiments::{
    ArmSetup, EndedBecause, Experiment, ExperimentError, ExperimentReport, NewExperiment, PastVisits,
    Planned, Policy, Presentation, Wanted,
};
use words::{Experiments, Language};

use super::super::page::{Times, day_in_words, money};
use super::super::query;
use super::orders::products;
use super::session::Admin;
use super::words::unfit;
use crate::http::failure::Failure;
use crate::http::site::Site;

/// Hundredths of a percent in a percent.
const HUNDREDTHS: u32 = 2;
/// Most days in which it is said how long an experiment takes.
const MOST_DAYS: u64 = 730;
/// Percent of lift and days that a form begins with.
const USUAL_LIFT: &str = "8";
const USUAL_DAYS: &str = "14";

/// All experiments.
pub(super) async fn list(admin: Admin, State(site): State<Site>) -> Result<Response, Failure> {
    let language = admin.language;
    let say = language.experiments();
    let names = products(&site, None, language).await?;
    let products: Vec<_> = names.into_iter().filter(|entry| !entry.value.is_empty()).collect();
    let name = |slug: &Slug| {
        let known = products.iter().find(|entry| entry.value == slug.as_str());
        known.map_or_else(|| slug.to_string(), |entry| entry.words.clone())
    };
    let experiments = site.shop.experiments().await?;
    let runs = |slug: &str| experiments.iter().any(|one| one.ended.is_none() && one.slug.as_str() == slug);
    let free = products.iter().filter(|entry| !runs(&entry.value)).cloned().collect();
    let item = |experiment: &Experiment| ExperimentItem {
        state: state(say, experiment).to_owned(),
        runs: experiment.ended.is_none(),
        since: say.since(&Times::of(&site, language).date(experiment.started_at)),
        product: name(&experiment.slug),
        title: experiment.title.clone(),
        code: experiment.code.clone(),
    };
    let page = ExperimentsPage { items: experiments.iter().map(item).collect(), products: free };
    Ok(Html(admin::experiments(admin.frame(&site), &page)).into_response())
}

fn state(say: &'static Experiments, experiment: &Experiment) -> &'static str {
    match experiment.ended {
        None => say.runs(),
        Some((_, EndedBecause::Asked)) => say.ended_by_asking(),
        Some((_, EndedBecause::Harm)) => say.ended_by_harm(),
    }
}

/// A product's new experiment, with what is known of its visitors filled in.
pub(super) async fn form(
    admin: Admin,
    State(site): State<Site>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let about = About::find(&site, &sent, admin.language).await?;
    let page = about.page(&about.usual(), Outcome::default());
    Ok(Html(admin::new_experiment(admin.frame(&site), &page)).into_response())
}

/// Says what an experiment takes, or starts it, as the button says.
pub(super) async fn start(admin: Admin, State(site): State<Site>, body: String) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    let about = About::find(&site, &sent, admin.language).await?;
    let does_start = match query::value(&sent, "do") {
        Some("start") => true,
        Some("plan") => false,
        _ => return Err(Failure::Form),
    };
    let (wanted, mut outcome) = about.read(&sent);
    let title = query::value(&sent, "title").unwrap_or_default().trim().to_owned();
    if does_start && title.is_empty() {
        outcome.title = Some(about.say.needs_name().to_owned());
    }
    if let Some(wanted) = wanted.filter(|_| !outcome.is_wrong()) {
        let slug = about.slug.clone();
        let done = if does_start {
            site.shop.start_experiment(NewExperiment { title, slug, wanted }, &admin.email).await.map(Err)
        } else {
            site.shop.plan_experiment(&slug, &wanted).await.map(Ok)
        };
        match done {
            Ok(Err(code)) => return Ok(Redirect::to(&paths::experiment(&code)).into_response()),
            Ok(Ok(planned)) => about.tell(&planned, &mut outcome),
            Err(error) => about.refuse(error, &mut outcome)?,
        }
    }
    let status = if outcome.is_wrong() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = about.page(&sent, Outcome { came_back: true, ..outcome });
    Ok((status, Html(admin::new_experiment(admin.frame(&site), &page))).into_response())
}

/// What became of a form.
#[derive(Default)]
struct Outcome {
    title: Option<String>,
    /// By the codes of policies and the names of numbers.
    fields: Vec<(String, String)>,
    problems: Vec<String>,
    takes: Vec<String>,
    is_unsound: bool,
    /// Whether there was a form.
    came_back: bool,
}

impl Outcome {
    fn is_wrong(&self) -> bool {
        self.title.is_some() || !self.fields.is_empty() || !self.problems.is_empty()
    }

    fn of(&self, field: &str) -> Option<String> {
        let found = self.fields.iter().find(|(name, _)| name == field);
        found.map(|(_, why)| why.clone())
    }
}

/// What a new experiment is about.
struct About {
    slug: Slug,
    product: String,
    setting: StartPolicy,
    /// What can be shown otherwise.
    presentations: Vec<Presentation>,
    /// The attributes in the order in which what is changed most comes first, by steps, in words; empty where that is their own.
    order: String,
    currency: Currency,
    past: Option<PastVisits>,
    language: Language,
    say: &'static Experiments,
}

impl About {
    async fn find(site: &Site, sent: &[(String, String)], language: Language) -> Result<Self, Failure> {
        let slug = site.shop.slug(query::value(sent, "product").unwrap_or_default()).await?;
        let revision = site.shop.published(&slug).await?;
        let product = revision.product.product();
        let (presentations, order) = site.shop.presentations(&slug, LONGEST_MENU).await?;
        Ok(Self {
            product: product.name.clone(),
            setting: revision.start_policy(),
            order: order_in_words(product, &order),
            presentations,
            currency: product.currency,
            past: site.shop.past_visits(&slug).await?,
            slug,
            language,
            say: language.experiments(),
        })
    }

    /// The fields of numbers with their labels, in the order of the page.
    fn numbers(&self) -> [(&'static str, &'static str); 5] {
        let say = self.say;
        [
            ("lift", say.worth_seeing()),
            ("orders", say.orders_in_hundred()),
            ("value", say.order_value()),
            ("cap", say.cap()),
            ("window", say.window()),
        ]
    }

    /// What a form begins with.
    fn usual(&self) -> Vec<(String, String)> {
        let locale = &self.language.in_admin().words().locale;
        let amount = |amount: i64| Money::new(amount, self.currency).decimal();
        let mut usual = vec![("lift".to_owned(), USUAL_LIFT.to_owned())];
        usual.push(("window".to_owned(), USUAL_DAYS.to_owned()));
        if let Some((in_hundred, value)) = self.past.as_ref().and_then(PastVisits::expected) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "orders in a hundred visits"
            )]
            let hundredths = (in_hundred * 100.0).round() as u32;
            usual.push(("orders".to_owned(), locale.hundredths(hundredths.max(1))));
            usual.push(("value".to_owned(), amount(value)));
            usual.push(("cap".to_owned(), amount(value.saturating_mul(3))));
        }
        usual
    }

    /// What is wanted; nothing, and what is wrong, where that can't be read.
    fn read(&self, sent: &[(String, String)]) -> (Option<Wanted>, Outcome) {
        let (say, mut outcome) = (self.say, Outcome::default());
        let locale = &self.language.in_admin().words().locale;
        let field = |name: &str| query::value(sent, name).unwrap_or_default().trim();
        let (mut policies, mut presentations) = (Vec::new(), Vec::new());
        for compared in self.compared() {
            let typed = field(compared.code());
            let share =
                locale.read(typed, HUNDREDTHS, &["%"]).ok().and_then(|share| u16::try_from(share).ok());
            match share {
                Some(share) if (1..10_000).contains(&share) => match compared {
                    Compared::Policy(policy) => policies.push((policy, share)),
                    Compared::Shown(presentation) => presentations.push((presentation, share)),
                },
                None | Some(_) if !typed.is_empty() => {
                    outcome.fields.push((compared.code().to_owned(), say.not_share(&compared.words(say))));
                }
                _ => {}
            }
        }
        let shares = policies.iter().map(|(_, share)| *share);
        let shares = shares.chain(presentations.iter().map(|(_, share)| *share));
        let given: i64 = shares.map(i64::from).sum();
        if given == 0 && outcome.fields.is_empty() {
            outcome.problems.push(say.needs_policy().to_owned());
        } else if given > 9_500 {
            let left = locale.tenths((10_000 - given).max(0) / 10);
            outcome.problems.push(say.holdout_too_small(&left));
        }
        let amount = |text: &str| {
            let read = Money::read(text, self.currency, locale).ok();
            read.map(|money| money.amount).filter(|amount| *amount > 0)
        };
        let whole =
            |text: &str| locale.read(text, 0, &["%"]).ok().and_then(|number| u32::try_from(number).ok());
        let in_hundred =
            locale.read(field("orders"), HUNDREDTHS, &["%"]).ok().filter(|read| (1..=10_000).contains(read));
        let (value, cap) = (amount(field("value")), amount(field("cap")));
        let lift = whole(field("lift")).filter(|lift| (1..=100).contains(lift));
        let days = whole(field("window")).filter(|days| (1..=90).contains(days));
        let [lift_label, orders_label, value_label, cap_label, days_label] =
            self.numbers().map(|(_, label)| label);
        let mut wrong = |is_wrong: bool, name: &str, why: String| {
            if is_wrong {
                outcome.fields.push((name.to_owned(), why));
            }
        };
        wrong(lift.is_none(), "lift", say.out_of_range(&lift_label, &1, &100));
        wrong(in_hundred.is_none(), "orders", say.not_number(&orders_label));
        wrong(value.is_none(), "value", say.not_number(&value_label));
        wrong(cap.is_none(), "cap", say.not_number(&cap_label));
        wrong(days.is_none(), "window", say.out_of_range(&days_label, &1, &90));
        let wanted = (|| {
            #[expect(clippy::cast_precision_loss, reason = "at most ten thousand")]
            let orders_in_hundred = in_hundred? as f64 / 100.0;
            Some(Wanted {
                policies,
                presentations,
                longest_menu: LONGEST_MENU,
                worth_seeing: lift?,
                orders_in_hundred,
                order_value: value?,
                cap: cap?,
                window_days: days?,
            })
        })();
        (wanted, outcome)
    }

    /// Says what an experiment takes.
    fn tell(&self, planned: &Planned, outcome: &mut Outcome) {
        let (say, setup) = (self.say, &planned.setup);
        let locale = &self.language.in_admin().words().locale;
        let visitors = locale.number(i64::try_from(setup.visitors).unwrap_or(i64::MAX));
        outcome.takes.push(say.takes(&visitors, &setup.worth_seeing));
        if let Some(past) = self.past.as_ref().filter(|past| past.visits > 0) {
            let days = setup.visitors_in_all().saturating_mul(past.days).div_ceil(past.visits);
            outcome.takes.push(match days {
                0..=MOST_DAYS => say.takes_days(days, &locale.count(days)),
                _ => say.takes_years(&locale.count(days / 365)),
            });
        }
        if let (Some(found), Ok(plan)) = (planned.same_twice, setup.plan("same-twice")) {
            outcome.is_unsound = found.is_unsound(&plan);
            outcome.takes.push(match outcome.is_unsound {
                true => say.same_twice_unsound(found.times.into(), &found.claimed),
                false => say.same_twice_sound(found.times.into(), &found.claimed),
            });
        }
    }

    /// Says why there is no such experiment.
    fn refuse(&self, error: ExperimentError, outcome: &mut Outcome) -> Result<(), Failure> {
        let say = self.say;
        let problem = match error {
            ExperimentError::NeverSeen => say.never_seen().to_owned(),
            ExperimentError::Running => say.one_runs().to_owned(),
            ExperimentError::NotBeside(_) => say.not_beside().to_owned(),
            ExperimentError::Plan(PlanError::SmallHoldout { share, .. }) => {
                say.holdout_too_small(&(share / 100))
            }
            ExperimentError::NoTitle => {
                outcome.title = Some(say.needs_name().to_owned());
                return Ok(());
            }
            ExperimentError::Shop(error) => match unfit(&error, self.language) {
                Some(problem) => {
                    outcome.title = Some(problem);
                    return Ok(());
                }
                None => return Err(error.into()),
            },
            other @ (ExperimentError::Plan(_) | ExperimentError::OutOfRange { .. }) => {
                self.language.marked(other.to_string())
            }
        };
        outcome.problems.push(problem);
        Ok(())
    }

    /// What can be compared with what the product does.
    fn compared(&self) -> Vec<Compared> {
        let policies = Policy::beside(self.setting).into_iter().map(Compared::Policy);
        let shown = self.presentations.iter().copied().map(Compared::Shown);
        policies.chain(shown).collect()
    }

    /// What the product does now, and at which level.
    fn setting_in_words(&self) -> String {
        let say = self.say;
        let setting = match self.setting {
            StartPolicy::Standard => say.setting_standard(),
            StartPolicy::Frequent => say.setting_frequent(),
            StartPolicy::Learnt => say.setting_learnt(),
        };
        format!("{setting} ({})", level(say, Policy::of_setting(self.setting).reach()))
    }

    fn page(&self, sent: &[(String, String)], outcome: Outcome) -> NewExperimentPage {
        let say = self.say;
        let typed = |name: &str| query::value(sent, name).unwrap_or_default().to_owned();
        let policies = self.compared().into_iter().map(|compared| PolicyShare {
            code: compared.code().to_owned(),
            words: compared.words(say).to_owned(),
            hint: match compared {
                Compared::Shown(Presentation::MostChangedFirst) => say.order_would_be(&self.order),
                Compared::Shown(Presentation::Same) => say.same_hint().to_owned(),
                Compared::Shown(_) => String::new(),
                Compared::Policy(policy) => say.level_is(&level(say, policy.reach())),
            },
            share: typed(compared.code()),
            problem: outcome.of(compared.code()),
        });
        let known = match self.past.as_ref().filter(|past| past.orders > 0) {
            None => say.unknown_hint().to_owned(),
            Some(past) => say.known_hint(past.visits, &past.orders, &day_in_words(self.language, past.since)),
        };
        NewExperimentPage {
            slug: self.slug.to_string(),
            product: self.product.clone(),
            setting: self.setting_in_words(),
            title: typed("title"),
            policies: policies.collect(),
            numbers: self.numbers().map(|(name, _)| (typed(name), outcome.of(name))),
            known,
            currency: self.currency.code().to_owned(),
            takes: outcome.takes,
            is_unsound: outcome.is_unsound,
            problems: outcome.problems,
            title_problem: outcome.title,
            came_back: outcome.came_back,
        }
    }
}

/// What a group may have otherwise than the holdout.
#[derive(Clone, Copy)]
enum Compared {
    Policy(Policy),
    Shown(Presentation),
}

impl Compared {
    fn code(self) -> &'static str {
        match self {
            Self::Policy(policy) => policy.code(),
            Self::Shown(presentation) => presentation.code(),
        }
    }

    fn words(self, say: &'static Experiments) -> &'static str {
        match self {
            Self::Policy(policy) => words(say, policy),
            Self::Shown(Presentation::Badge) => say.presentation_badge(),
            Self::Shown(Presentation::ReasonFirst) => say.presentation_reason_first(),
            Self::Shown(Presentation::AllOptions) => say.presentation_all_options(),
            Self::Shown(Presentation::MostChangedFirst) => say.presentation_most_changed_first(),
            Self::Shown(Presentation::Same) => say.presentation_same(),
        }
    }

    /// Of an arm; nothing for the holdout.
    fn of(arm: &ArmSetup) -> Option<Self> {
        arm.policy.map(Self::Policy).or(arm.presentation.map(Self::Shown))
    }
}

/// Attributes in another order, by the steps in which it is another.
fn order_in_words(product: &Product, order: &[String]) -> String {
    let comma = product.words().engine.comma();
    let ids: Vec<AttributeId> = order.iter().filter_map(|code| product.by_code(code)).collect();
    let steps = product.steps.iter().enumerate().filter_map(|(index, step)| {
        let is_of_step = |id: &AttributeId| product.attribute(*id).step == index;
        let now: Vec<AttributeId> = ids.iter().copied().filter(is_of_step).collect();
        let own = product.ids().map(|(id, _)| id).filter(is_of_step);
        let names = now.iter().map(|id| product.attribute(*id).label.as_str());
        (!own.eq(now.iter().copied()))
            .then(|| format!("{}: {}", step.label, names.collect::<Vec<_>>().join(comma)))
    });
    steps.collect::<Vec<_>>().join("; ")
}

fn words(say: &'static Experiments, policy: Policy) -> &'static str {
    match policy {
        Policy::Standard => say.policy_standard(),
        Policy::FrequentForAll => say.policy_frequent_for_all(),
        Policy::FrequentByUse => say.policy_frequent_by_use(),
        Policy::LearntForAll => say.policy_learnt_for_all(),
        Policy::LearntByUse => say.policy_learnt_by_use(),
        Policy::LearntForEach => say.policy_learnt_for_each(),
    }
}

fn level(say: &'static Experiments, reach: Reach) -> &'static str {
    match reach {
        Reach::OneToAll => say.level_one_to_all(),
        Reach::OneToN => say.level_one_to_n(),
        Reach::OneToOne => say.level_one_to_one(),
    }
}

/// What an experiment came to.
pub(super) async fn show(
    admin: Admin,
    State(site): State<Site>,
    Path(code): Path<String>,
    RawQuery(sent): RawQuery,
) -> Result<Response, Failure> {
    let sent = query::pairs(sent.as_deref().unwrap_or_default());
    let report = site.shop.experiment_report(&code, admin.language).await?.ok_or(Failure::NoPage)?;
    let order =
        report.experiment.setup.arms.iter().find_map(|arm| (!arm.order.is_empty()).then_some(&arm.order));
    // It may be gone from the shop by now.
    let (product, order) = match site.shop.published(&report.experiment.slug).await {
        Ok(revision) => {
            let order = order.map(|order| order_in_words(&revision.product, order));
            (revision.product.name.clone(), order.filter(|order| !order.is_empty()))
        }
        Err(_) => (report.experiment.slug.to_string(), None),
    };
    let mut page = page(&report, product, Times::of(&site, admin.language));
    page.facts.extend(order.map(|order| admin.language.experiments().order_is(&order)));
    let asks_end = page.runs && query::value(&sent, "ask") == Some("end");
    let page = ExperimentPage { asks_end, ..page };
    Ok(Html(admin::experiment(admin.frame(&site), &page)).into_response())
}

fn page(report: &ExperimentReport, product: String, times: Times<'_>) -> ExperimentPage {
    let (say, experiment) = (times.language.experiments(), &report.experiment);
    let setup = &experiment.setup;
    let mut facts = vec![say.started_by(&times.date(experiment.started_at), &experiment.started_by)];
    if let Some((at, because)) = experiment.ended {
        facts.push(match because {
            EndedBecause::Asked => say.ended_on(&times.date(at)),
            EndedBecause::Harm => format!("{} {}.", say.ended_on(&times.date(at)), say.ended_by_harm()),
        });
        facts.push(say.left_out(setup.window_days.into()));
    }
    let nobody = report.findings.visitors == 0;
    let nobody_yet = match experiment.ended {
        Some(_) => say.nobody_counted().to_owned(),
        None => say.nobody_yet(setup.window_days.into()),
    };
    let open = report.came.iter().sum::<u64>().saturating_sub(report.findings.visitors);
    ExperimentPage {
        code: experiment.code.clone(),
        title: experiment.title.clone(),
        product,
        facts,
        arms: arms(report, times.language),
        seen: report.told.visitors.clone(),
        found: report.told.policies.iter().cloned().chain(apart_in_words(report, times.language)).collect(),
        rails: rails(report, say),
        segments: report.told.segments.clone(),
        wrong_default: report.told.wrong_default.clone(),
        nobody_yet: nobody.then_some(nobody_yet),
        runs: experiment.ended.is_none(),
        state: match experiment.ended {
            None => say.day_of(&report.day),
            Some(_) => state(say, experiment).to_owned(),
        },
        asks_end: false,
        left_out: (open > 0).then(|| say.end_leaves_out(open)),
    }
}

/// What must not rise, by group of which something can be said.
fn rails(report: &ExperimentReport, say: &'static Experiments) -> Vec<(String, Vec<RailItem>)> {
    let policies = report.experiment.setup.arms.iter().filter_map(Compared::of);
    let told = policies.zip(&report.told.rails).filter(|(_, rails)| !rails.is_empty());
    let groups = told.map(|(policy, rails)| {
        let items = rails.iter().map(|told| RailItem {
            what: told.rail.to_owned(),
            holdout: told.holdout.clone(),
            here: told.policy.clone(),
            change: told.change.clone(),
            state: told.state.to_owned(),
            is_breached: told.is_breached,
        });
        (policy.words(say).to_owned(), items.collect())
    });
    groups.collect()
}

/// What choosing for shoppers brings beside those who always get the standard.
fn apart_in_words(report: &ExperimentReport, language: Language) -> Option<Vec<String>> {
    let (say, apart) = (language.experiments(), report.apart.as_ref()?);
    let locale = &language.in_admin().words().locale;
    let share = locale.tenths(i64::from(report.experiment.setup.always_standard) / 10);
    let mut told = vec![say.always_standard_beside(&share)];
    #[expect(clippy::cast_possible_truncation, reason = "a share, or what is not told")]
    let percent = |share: f64| locale.tenths((share * 1_000.0).round() as i64);
    told.extend(apart.lift.map(|lift| match lift.low > -1.0 && lift.high.is_finite() {
        true => {
            say.always_standard_between(&percent(lift.low), &percent(lift.high), &percent(Plan::CONFIDENCE))
        }
        false => say.always_standard_unknown().to_owned(),
    }));
    Some(told)
}

fn arms(report: &ExperimentReport, language: Language) -> Vec<ArmItem> {
    let (say, setup) = (language.experiments(), &report.experiment.setup);
    let locale = &language.in_admin().words().locale;
    let runs = report.experiment.ended.is_none();
    let number = |count: u64| locale.number(i64::try_from(count).unwrap_or(i64::MAX));
    let item = |words: &str, level: String, share: u16, came: u64, visitors: u64, mean: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "amounts of orders fit")]
        let mean = mean.round() as i64;
        ArmItem {
            words: words.to_owned(),
            level,
            share: format!("{} %", locale.tenths(i64::from(share) / 10)),
            came: runs.then(|| number(came)),
            visitors: number(visitors),
            mean: (u32::try_from(mean).unwrap_or_default(), money(&setup.currency, mean, language)),
        }
    };
    let seen = report.visitors.iter().zip(&report.means).zip(&report.reaches).enumerate();
    let groups = setup.arms.iter().zip(seen).map(|(arm, (place, ((visitors, mean), reach)))| {
        let words = Compared::of(arm).map_or(say.holdout(), |compared| compared.words(say));
        let came = report.came.get(place).copied().unwrap_or_default();
        item(words, say.level_is(&level(say, *reach)), arm.share, came, *visitors, *mean)
    });
    let apart = report.apart.iter().map(|apart| {
        let (share, words) = (setup.always_standard, say.always_standard());
        item(words, String::new(), share, apart.came, apart.visitors, apart.mean)
    });
    groups.chain(apart).collect()
}

/// Ends an experiment.
pub(super) async fn end(
    admin: Admin,
    State(site): State<Site>,
    Path(code): Path<String>,
    body: String,
) -> Result<Response, Failure> {
    let sent = query::form(&body)?;
    if query::value(&sent, "do") != Some("end") {
        return Err(Failure::Form);
    }
    site.shop.end_experiment(&code, &admin.email).await?;
    Ok(Redirect::to(&paths::experiment(&code)).into_response())
}
