//! What an experiment came to so far, ended by itself where it does harm, and closed.

use configurator::Currency;
use personalize::experiment::{
    Baseline, Findings, Interval, Lift, Outcome, Plan, PlanError, Rail, Reach, Report, Seen, SeenOfArm, Sums,
    WHOLE, evidence_against_shares, judge,
};
use words::Language;

use super::experiment::{EndedBecause, Experiment, Setup};
use super::policy::Policy;
use super::store::{ArmSums, ExperimentRow};
use crate::error::ShopError;
use crate::shop::Shop;

/// The rails' caps, as the store asks for them: the most that counts of one visitor.
fn caps() -> [i64; 4] {
    #[expect(clippy::cast_possible_truncation, reason = "small whole numbers")]
    Rail::ALL.map(|rail| rail.cap() as i64)
}

/// What an experiment came to.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperimentReport {
    /// The experiment.
    pub experiment: Experiment,
    /// Visitors whose time to order is over, by arm.
    pub visitors: Vec<u64>,
    /// On which of its days it is or would be, from 1.
    pub day: i64,
    /// Visitors who came so far, by arm, whether their time to order is over or not; empty once it is closed.
    pub came: Vec<u64>,
    /// Mean order value of a visitor in minor units, by arm.
    pub means: Vec<f64>,
    /// For whom defaults are chosen, by arm.
    pub reaches: Vec<Reach>,
    /// What was found.
    pub findings: Findings,
    /// The same in sentences.
    pub told: Report,
    /// Those who always get the standard; nothing where there were none when it started.
    pub apart: Option<Apart>,
    /// Whether nothing is counted any more.
    pub is_closed: bool,
}

/// What those came to who always get the standard and are in no arm.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// How many came so far; 0 once it is closed.
    pub came: u64,
    /// Those whose time to order is over.
    pub visitors: u64,
    /// Their mean order value in minor units.
    pub mean: f64,
    /// By how much the holdout's order value is more than theirs; nothing where the holdout gets the standard, too, or visitors do not
    /// come in the planned shares.
    pub lift: Option<Interval>,
}

impl Setup {
    /// What was seen, of sums by arm and use.
    fn seen(&self, sums: &[ArmSums]) -> Seen {
        let mut arms = vec![SeenOfArm::default(); self.arms.len()];
        let empty = vec![Sums::default(); self.arms.len()];
        let mut segments: Vec<(String, Vec<Sums>)> =
            self.segments.iter().map(|(_, people)| (people.clone(), empty.clone())).collect();
        for row in sums {
            let Some(arm) = arms.get_mut(row.arm) else { continue };
            add(&mut arm.value, row.visitors, row.value);
            add(&mut arm.at_standard, row.visitors, row.at_standard);
            for (rail, (sums, of)) in arm.rails.iter_mut().zip(row.rails.into_iter().zip(Rail::ALL)) {
                let orderers = row.orderers.filter(|_| of.is_of_orderers());
                add(rail, orderers.unwrap_or(row.visitors), sums);
            }
            let segment = self.segments.iter().position(|(code, _)| *code == row.stated_use);
            if let Some((_, by_arm)) = segment.and_then(|place| segments.get_mut(place))
                && let Some(sums) = by_arm.get_mut(row.arm)
            {
                add(sums, row.visitors, row.value);
            }
        }
        Seen { arms, segments }
    }
}

/// What those came to who always get the standard.
fn apart(setup: &Setup, plan: &Plan, sums: &[ArmSums], came: &[(usize, u64)]) -> Option<Apart> {
    let place = setup.arms.len();
    let (share, holdout) = (f64::from(setup.always_standard), f64::from(setup.arms.first()?.share));
    if setup.always_standard == 0 {
        return None;
    }
    // Of those who are not apart so many are in the holdout.
    let whole = f64::from(WHOLE);
    let shares = [share / whole, (whole - share) / whole * holdout / whole];
    let both = shares[0] + shares[1];
    let of_arm = |arm| {
        let mut found = Sums::default();
        sums.iter().filter(|row| row.arm == arm).for_each(|row| add(&mut found, row.visitors, row.value));
        found
    };
    let (standard, holdout) = (of_arm(place), of_arm(0));
    let baseline = Baseline { mean: setup.mean, mean_of_squares: setup.mean_of_squares };
    #[expect(clippy::cast_precision_loss, reason = "visitors of a shop fit")]
    let visitors = setup.visitors_in_all() as f64 * both;
    let evidence =
        evidence_against_shares(&[standard.visitors, holdout.visitors], &shares.map(|share| share / both));
    let is_told = setup.holdout != Policy::Standard && evidence < -Plan::ALARM.ln();
    let lift = Lift::new(plan.cap(), (shares[0], shares[1]), baseline, visitors, Plan::CONFIDENCE);
    Some(Apart {
        came: came.iter().find(|(arm, _)| *arm == place).map_or(0, |(_, came)| *came),
        visitors: standard.visitors,
        mean: standard.mean(),
        lift: is_told.then(|| lift.interval(&standard, &holdout)),
    })
}

/// Whether visitors do not come as they were to, so that it shows nothing.
fn is_alarming(findings: &Findings) -> bool {
    findings.arms.iter().any(|arm| matches!(arm.outcome, Outcome::Unsound | Outcome::SameDiffers))
}

fn add(sums: &mut Sums, visitors: u64, [sum, squares]: [f64; 2]) {
    sums.visitors += visitors;
    sums.sum += sum;
    sums.squares += squares;
}

/// Counts of all arms, of those that have any.
fn by_arm(counted: &[(usize, u64)], arms: usize) -> Vec<u64> {
    let count = |arm| counted.iter().find(|(known, _)| *known == arm).map_or(0, |(_, count)| *count);
    if counted.is_empty() { Vec::new() } else { (0..arms).map(count).collect() }
}

/// For whom defaults are chosen, by arm: where it has no policy of its own, the holdout's chooses.
fn reaches(plan: &Plan, holdout: Policy) -> Vec<Reach> {
    plan.arms().iter().map(|arm| arm.treatment.reach.unwrap_or(holdout.reach())).collect()
}

fn judged(experiment: &Experiment, sums: &[ArmSums]) -> Result<(Plan, Seen, Findings), PlanError> {
    let plan = experiment.setup.plan(&experiment.code)?;
    let seen = experiment.setup.seen(sums);
    let findings = judge(&plan, &seen, f64::from(experiment.setup.worth_seeing) / 100.0);
    Ok((plan, seen, findings))
}

impl Shop {
    /// All experiments, the newest first.
    ///
    /// # Errors
    /// The store failed.
    pub async fn experiments(&self) -> Result<Vec<Experiment>, ShopError> {
        Ok(self.store.experiments().await?.into_iter().map(|row| row.experiment).collect())
    }

    /// What an experiment came to so far; nothing where there is none with this code.
    ///
    /// # Errors
    /// The shop is busy, or the store failed.
    pub async fn experiment_report(
        &self,
        code: &str,
        language: Language,
    ) -> Result<Option<ExperimentReport>, ShopError> {
        let Some(ExperimentRow { experiment, result }) = self.store.experiment(code).await? else {
            return Ok(None);
        };
        let (is_closed, is_over) = (result.is_some(), experiment.ended.is_some());
        let came = if is_closed { Vec::new() } else { self.store.experiment_came(code).await? };
        let today = self.profile().day(self.now());
        let day = (today - self.profile().day(experiment.started_at)).whole_days() + 1;
        let sums = match result {
            Some(sums) => sums,
            None => self.experiment_sums(&experiment).await?,
        };
        let tell = move || {
            let (plan, seen, findings) =
                judged(&experiment, &sums).map_err(|error| ShopError::Failed(error.to_string()))?;
            let worth_seeing = f64::from(experiment.setup.worth_seeing) / 100.0;
            let currency = Currency::new(&experiment.setup.currency);
            let wrong_default = experiment.setup.wrong_default(&sums);
            let money = currency.as_ref().map_or((2, ""), |currency| (currency.digits(), currency.symbol()));
            Ok(ExperimentReport {
                told: Report::new(
                    &plan,
                    &findings,
                    worth_seeing,
                    wrong_default.as_ref(),
                    money,
                    language,
                    is_over,
                ),
                day,
                apart: apart(&experiment.setup, &plan, &sums, &came),
                came: by_arm(&came, seen.arms.len()),
                visitors: seen.arms.iter().map(|arm| arm.value.visitors).collect(),
                means: seen.arms.iter().map(|arm| arm.value.mean()).collect(),
                reaches: reaches(&plan, experiment.setup.holdout),
                experiment,
                findings,
                is_closed,
            })
        };
        self.executor.run(tell).await?.map(Some)
    }

    /// Ends an experiment; `false` where none of this code runs.
    ///
    /// # Errors
    /// The store failed.
    pub async fn end_experiment(&self, code: &str, by: &str) -> Result<bool, ShopError> {
        self.end(code, EndedBecause::Asked, by).await
    }

    async fn end(&self, code: &str, why: EndedBecause, by: &str) -> Result<bool, ShopError> {
        let done = self.store.end_experiment(code, why, by, self.now()).await?;
        self.lately_running.forget();
        Ok(done)
    }

    /// Ends experiments that do harm, and closes those that ended: the sums are kept, and the visitors forgotten. Returns how many were
    /// ended and closed. One that can't be looked after hinders no other.
    ///
    /// # Errors
    /// The first error: the shop is busy, or the store failed. Those experiments wait for the next time.
    pub async fn look_after_experiments(&self) -> Result<(u32, u32), ShopError> {
        let (mut ended, mut closed, mut failed) = (0, 0, None);
        for row in self.store.experiments().await?.into_iter().filter(|row| row.result.is_none()) {
            let experiment = row.experiment;
            let done = match experiment.ended {
                Some(_) => self.close(&experiment).await.map(|()| closed += 1),
                None => self.end_where_harmful(&experiment).await.map(|done| ended += u32::from(done)),
            };
            if let Err(error) = done {
                failed = failed.or(Some(error));
            }
        }
        failed.map_or(Ok((ended, closed)), Err)
    }

    /// Whether a running experiment showed nothing when this process looked after it last.
    #[must_use]
    pub fn was_alarming(&self, code: &str) -> bool {
        self.alarmed.has(code)
    }

    async fn close(&self, experiment: &Experiment) -> Result<(), ShopError> {
        let sums = self.experiment_sums(experiment).await?;
        Ok(self.store.close_experiment(&experiment.code, &sums).await?)
    }

    async fn end_where_harmful(&self, experiment: &Experiment) -> Result<bool, ShopError> {
        let sums = self.experiment_sums(experiment).await?;
        let judge = {
            let experiment = experiment.clone();
            move || judged(&experiment, &sums).map(|(_, _, findings)| findings)
        };
        let found = self.executor.run(judge).await?;
        self.alarmed.note(&experiment.code, found.as_ref().is_ok_and(is_alarming));
        let does_harm = found.is_ok_and(|found| found.arms.iter().any(|arm| arm.outcome == Outcome::Harms));
        if !does_harm {
            return Ok(false);
        }
        tracing::warn!(product = %experiment.slug, "an experiment lowered order value and was ended");
        self.end(&experiment.code, EndedBecause::Harm, "atelier").await
    }

    /// Sums over those whose time to order is over, and was before it ended: later nothing was counted.
    async fn experiment_sums(&self, experiment: &Experiment) -> Result<Vec<ArmSums>, ShopError> {
        let window = experiment.setup.window();
        let until = experiment.ended.map_or(self.now(), |(at, _)| at) - window;
        let (code, cap) = (&experiment.code, experiment.setup.cap);
        Ok(self.store.experiment_sums(code, until, window, cap, caps()).await?)
    }
}
