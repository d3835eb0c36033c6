//! Planning an experiment, and starting it.

use configurator::Slug;
use personalize::experiment::{
    Baseline, Plan, PlanError, SameTwice, Visit, WHOLE, same_twice, visitors_needed,
};
use time::Date;

use super::attribute_order::most_changed_first;
use super::experiment::{ArmSetup, Experiment, Setup};
use super::policy::{Policy, Presentable, Presentation};
use super::store::PastOrders;
use crate::catalogue::revision::Revision;
use crate::error::ShopError;
use crate::insight::count::{Count, CountKind};
use crate::insight::period::Period;
use crate::secret::token;
use crate::shop::Shop;
use crate::short_text::needed_text;

/// What somebody wants to find out.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The policies that are compared with the product's own, with their shares in hundredths of a percent.
    pub policies: Vec<(Policy, u16)>,
    /// What is shown otherwise with the product's own policy, with shares as there.
    pub presentations: Vec<(Presentation, u16)>,
    /// A menu of more options is long.
    pub longest_menu: usize,
    /// The lift that is worth seeing, in percent.
    pub worth_seeing: u32,
    /// Of 100 visitors how many order, as is expected; of visits, where that is taken from the past.
    pub orders_in_hundred: f64,
    /// Mean value of an order, in minor units.
    pub order_value: i64,
    /// The greatest order value of a visitor that counts, in minor units.
    pub cap: i64,
    /// For how many days after their first visit somebody's orders count.
    pub window_days: u32,
}

/// An experiment to be started.
#[derive(Clone, Debug, PartialEq)]
pub struct NewExperiment {
    /// Its name.
    pub title: String,
    /// The product.
    pub slug: Slug,
    /// What it is to find out.
    pub wanted: Wanted,
}

/// What an experiment takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What is fixed once it starts.
    pub setup: Setup,
    /// What past visits tell, where there were orders: whether experiments with nothing to find claim too much.
    pub same_twice: Option<SameTwice>,
}

/// Why there is no such experiment.
#[derive(Debug, thiserror::Error)]
pub enum ExperimentError {
    /// What was wanted is no plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// It would take more visitors than any shop has.
    #[error("no number of visitors would show this; look for a larger lift, or give the arms larger shares")]
    NeverSeen,
    /// A number is out of its range.
    #[error("{field} has to be from {least} to {most}")]
    OutOfRange {
        /// Which.
        field: &'static str,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// It has no name.
    #[error("an experiment needs a name; write one")]
    NoTitle,
    /// A policy that can't be compared with what the product does.
    #[error("'{0}' can't be compared with what the product does; choose another policy")]
    NotBeside(&'static str),
    /// One runs already.
    #[error("an experiment with this product runs already; end it first")]
    Running,
    /// Anything else.
    #[error(transparent)]
    Shop(#[from] ShopError),
}

/// With what chance a lift that is there is seen.
const CHANCE: f64 = 0.9;
/// Days that are looked back on.
const PAST_DAYS: u16 = 90;
/// How often past visits are put into arms.
const TIMES: u32 = 100;
/// Most past visits that are.
const MOST_PAST: u32 = 20_000;
/// Order values are spread: the mean of their squares is so many times the square of their mean, where nothing is known.
const SPREAD: f64 = 1.5;

/// What is known of a product's visits and orders in the same days. Who comes twice is two visits.
#[derive(Clone, Debug, PartialEq)]
pub struct PastVisits {
    /// The first of the days: visits were counted from then on, and it is 90 days ago at most.
    pub since: Date,
    /// How many days those are, today included.
    pub days: u64,
    /// Visits that were counted, orders at least.
    pub visits: u64,
    /// Orders, all of them.
    pub orders: u64,
    /// Values of the newest orders, in minor units.
    pub values: Vec<i64>,
}

impl PastVisits {
    /// Of 100 visits how many led to an order, and the mean value of an order in minor units; nothing while nobody ordered.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "orders of a shop fit")]
    pub fn expected(&self) -> Option<(f64, i64)> {
        let newest = i64::try_from(self.values.len()).ok()?;
        let value = self.values.iter().sum::<i64>().checked_div(newest)?;
        let in_hundred = 100.0 * self.orders as f64 / self.visits.max(1) as f64;
        Some(((in_hundred * 100.0).round() / 100.0, value))
    }
}

impl Wanted {
    /// The holdout and what is compared with it; what is changed most comes first in this `order`.
    fn arms(&self, revision: &Revision, order: Option<&[String]>) -> Result<Vec<ArmSetup>, ExperimentError> {
        let beside = Policy::beside(revision.start_policy());
        if let Some((policy, _)) = self.policies.iter().find(|(policy, _)| !beside.contains(policy)) {
            return Err(ExperimentError::NotBeside(policy.code()));
        }
        let shown_otherwise = presentations(revision, self.longest_menu, order);
        let unknown =
            self.presentations.iter().find(|(presentation, _)| !shown_otherwise.contains(presentation));
        if let Some((presentation, _)) = unknown {
            return Err(ExperimentError::NotBeside(presentation.code()));
        }
        let arm = |share, policy, presentation: Option<Presentation>| {
            let order = order.filter(|_| presentation == Some(Presentation::MostChangedFirst));
            ArmSetup { share, policy, presentation, order: order.unwrap_or_default().to_vec() }
        };
        let chosen = self.policies.iter().map(|(policy, share)| arm(*share, Some(*policy), None));
        let shown = self.presentations.iter().map(|(shown, share)| arm(*share, None, Some(*shown)));
        let others: Vec<ArmSetup> = chosen.chain(shown).collect();
        let given: u32 = others.iter().map(|arm| u32::from(arm.share)).sum();
        let holdout = u16::try_from(u32::from(WHOLE).saturating_sub(given)).unwrap_or_default();
        Ok(std::iter::once(arm(holdout, None, None)).chain(others).collect())
    }

    /// What is fixed once it starts.
    fn setup(&self, revision: &Revision, order: Option<&[String]>) -> Result<Setup, ExperimentError> {
        in_range("the lift in percent", self.worth_seeing, 1, 100)?;
        in_range("the days", self.window_days, 1, 90)?;
        let arms = self.arms(revision, order)?;
        let share = self.orders_in_hundred / 100.0;
        #[expect(clippy::cast_precision_loss, reason = "amounts of orders fit")]
        let value = self.order_value as f64;
        let product = revision.product.product();
        let answers = product.uses.iter().flat_map(|uses| &uses.answers);
        let segments = answers.map(|answer| (answer.code.clone(), answer.people.clone())).collect();
        let setup = Setup {
            arms,
            holdout: Policy::of_setting(revision.start_policy()),
            cap: self.cap,
            mean: share * value,
            mean_of_squares: share * value * value * SPREAD,
            visitors: 1,
            worth_seeing: self.worth_seeing,
            window_days: self.window_days,
            currency: product.currency.code().to_owned(),
            always_standard: 0,
            segments,
        };
        // That it is one, before it is asked how large.
        let plan = setup.plan("plan")?;
        Ok(Setup { visitors: needed(&setup, &plan)?, ..setup })
    }
}

/// What can be shown otherwise of a revision, where what is changed most would come first in this order.
fn presentations(revision: &Revision, longest_menu: usize, order: Option<&[String]>) -> Vec<Presentation> {
    Presentation::beside(Presentable {
        setting: revision.start_policy(),
        has_long_menu: has_long_menu(revision, longest_menu),
        has_other_order: order.is_some(),
    })
}

/// Whether a revision has a menu of more than so many options that shoppers choose from.
fn has_long_menu(revision: &Revision, longest: usize) -> bool {
    revision.product.ids().any(|(_, attribute)| !attribute.locked && attribute.option_ids().count() > longest)
}

fn in_range(field: &'static str, value: u32, least: u32, most: u32) -> Result<(), ExperimentError> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        Err(ExperimentError::OutOfRange { field, least, most })
    }
}

/// Visitors of all arms together, so many that each policy's lift would be seen.
fn needed(setup: &Setup, plan: &Plan) -> Result<u64, ExperimentError> {
    let shares = plan.shares();
    let baseline = Baseline { mean: setup.mean, mean_of_squares: setup.mean_of_squares };
    #[expect(clippy::cast_precision_loss, reason = "a few arms, and amounts of orders")]
    let (policies, cap) = ((shares.len() - 1) as f64, setup.cap as f64);
    let confidence = 1.0 - (1.0 - Plan::CONFIDENCE) / policies;
    let lift = f64::from(setup.worth_seeing) / 100.0;
    let mut most = 1;
    for policy in &shares[1..] {
        let both = (shares[0], *policy);
        let visitors = visitors_needed(cap, both, baseline, lift, CHANCE, confidence);
        let visitors = visitors.ok_or(ExperimentError::NeverSeen)?;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most a thousand million, and some times that"
        )]
        let all = (visitors as f64 / (both.0 + both.1)).ceil() as u64;
        most = most.max(all);
    }
    Ok(most)
}

/// Puts past orders, spread evenly over as many visits, into the arms of a plan again and again: whatever is claimed then is
/// false.
fn check(setup: &Setup, past: &PastVisits) -> Option<SameTwice> {
    if past.values.is_empty() {
        return None;
    }
    let plan = setup.plan("same-twice").ok()?;
    let visits = past.visits.min(MOST_PAST.into());
    let every = past.visits.checked_div(past.orders)?.max(1);
    let visit = |index: u64| {
        let order = usize::try_from(index / every).ok().filter(|_| index.is_multiple_of(every));
        let value = order.and_then(|order| past.values.get(order)).copied().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "amounts of orders fit")]
        let value = value as f64;
        Visit { unit: index.to_string(), value }
    };
    Some(same_twice(&plan, &(0..visits).map(visit).collect::<Vec<_>>(), TIMES))
}

impl Shop {
    /// What is known of a product's visits and orders of the last 90 days, as far back as visits were counted; nothing where none were.
    ///
    /// # Errors
    /// The store failed.
    pub async fn past_visits(&self, slug: &Slug) -> Result<Option<PastVisits>, ShopError> {
        self.keep_counts().await?;
        let Some(counted) = self.store.counted_since(slug).await? else { return Ok(None) };
        let Period { from, to } = self.last_days(PAST_DAYS);
        let since = from.max(counted);
        let sums = self.store.sums(slug, since, to).await?;
        let begins = self.profile().beginning_of(since);
        let PastOrders { orders, newest } = self.store.past_orders(slug, begins, MOST_PAST).await?;
        let visits = u64::from(sums.of(&Count::of(CountKind::Visit))).max(orders);
        let days = u64::try_from((to - since).whole_days() + 1).unwrap_or(1);
        Ok(Some(PastVisits { since, days, visits, orders, values: newest }))
    }

    /// What an experiment with a product can show otherwise than the product does; a menu of more options than this is long. With it
    /// the order in which what is changed most comes first: codes of all attributes.
    ///
    /// # Errors
    /// There is no such product, or the store failed.
    pub async fn presentations(
        &self,
        slug: &Slug,
        longest_menu: usize,
    ) -> Result<(Vec<Presentation>, Vec<String>), ShopError> {
        let revision = self.published(slug).await?;
        let order = self.most_changed_first(&revision).await?;
        Ok((presentations(&revision, longest_menu, order.as_deref()), order.unwrap_or_default()))
    }

    /// The order of a product's attributes by how often they were changed in the last 90 days; nothing where that is its own.
    async fn most_changed_first(&self, revision: &Revision) -> Result<Option<Vec<String>>, ShopError> {
        self.keep_counts().await?;
        let Period { from, to } = self.last_days(PAST_DAYS);
        let sums = self.store.sums(&revision.slug, from, to).await?;
        Ok(most_changed_first(&revision.product, &sums))
    }

    /// What an experiment would take.
    ///
    /// # Errors
    /// It is none, see [`ExperimentError`].
    pub async fn plan_experiment(&self, slug: &Slug, wanted: &Wanted) -> Result<Planned, ExperimentError> {
        let revision = self.published(slug).await?;
        let past = self.past_visits(slug).await?;
        let order = self.most_changed_first(&revision).await?;
        let wanted = wanted.clone();
        let always_standard = self.always_standard();
        let plan = move || {
            let setup = Setup { always_standard, ..wanted.setup(&revision, order.as_deref())? };
            Ok(Planned { same_twice: past.and_then(|past| check(&setup, &past)), setup })
        };
        self.executor.run(plan).await?
    }

    /// Starts an experiment, and returns its code. It does not change any more.
    ///
    /// # Errors
    /// It is none, or one with the product runs; see [`ExperimentError`].
    pub async fn start_experiment(&self, new: NewExperiment, by: &str) -> Result<String, ExperimentError> {
        /// Most characters of a name.
        const LONGEST_TITLE: usize = 80;
        let title = needed_text(&new.title, LONGEST_TITLE)?.ok_or(ExperimentError::NoTitle)?;
        let Planned { setup, .. } = self.plan_experiment(&new.slug, &new.wanted).await?;
        let experiment = Experiment {
            code: token::<8>(self.environment.as_ref()),
            title,
            slug: new.slug,
            setup,
            started_at: self.now(),
            started_by: by.to_owned(),
            ended: None,
        };
        if !self.store.start_experiment(&experiment).await.map_err(ShopError::from)? {
            return Err(ExperimentError::Running);
        }
        self.lately_running.forget();
        tracing::info!(product = %experiment.slug, "an experiment was started");
        Ok(experiment.code)
    }
}
