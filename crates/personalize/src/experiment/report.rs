//! What experiments found, in words: whether personalising pays, for whom, and what a wrong default costs here.

use words::{Experiments, Language, Locale};

use super::judge::{ArmFinding, Findings, Outcome, Rail, RailFinding, SegmentFinding};
use super::lift::Interval;
use super::plan::{ArmId, Plan};
use super::wrong_default::WrongDefault;

/// Sentences for the admin's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many visitors were seen, and of how many.
    pub visitors: String,
    /// By policy: what it came to, the lift and what it rests on.
    pub policies: Vec<Vec<String>>,
    /// By policy: what must not rise. Empty where nothing can be said of it.
    pub rails: Vec<Vec<RailTold>>,
    /// For whom it pays: a sentence for each segment and policy, and one about them together. Empty without segments.
    pub segments: Vec<String>,
    /// What a wrong default costs.
    pub wrong_default: String,
}

/// What must not rise, beside the holdout's. Values are for 100 visitors, or for 100 of them who ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RailTold {
    /// What it is.
    pub rail: &'static str,
    /// Its value in the holdout.
    pub holdout: String,
    /// Its value under the policy.
    pub policy: String,
    /// By how much it changes: the interval.
    pub change: String,
    /// Whether it holds.
    pub state: &'static str,
    /// Whether it certainly rises by more than may be.
    pub is_breached: bool,
}

/// Whose words they are.
struct Teller {
    say: Experiments,
    locale: Locale,
    /// Whether nothing is counted any more.
    is_over: bool,
}

impl Report {
    /// Tells what was found, of an experiment that runs or `is_over`. `worth_seeing` is the lift that was looked for; amounts are of a currency, by its sign or code, of whose
    /// minor units `digits` are decimals.
    #[must_use]
    pub fn new(
        plan: &Plan,
        findings: &Findings,
        worth_seeing: f64,
        wrong_default: Option<&WrongDefault>,
        (digits, currency): (u32, &str),
        language: Language,
        is_over: bool,
    ) -> Self {
        let locale = language.in_admin().words().locale;
        let teller = Teller { say: *language.experiments(), locale, is_over };
        let Teller { say, locale, .. } = &teller;
        let number = |count: u64| locale.number(i64::try_from(count).unwrap_or(i64::MAX));
        let money = |amount: f64| locale.money(rounded(amount), digits, currency);
        let wrong_default = wrong_default.map_or_else(
            || match is_over {
                true => say.wrong_default_was_unknown().to_owned(),
                false => say.wrong_default_unknown().to_owned(),
            },
            |WrongDefault { gain, cost, cost_within }| {
                let (least, most) = (money(cost - cost_within), money(cost + cost_within));
                say.wrong_default_costs(&money(*cost), &least, &most, &money(*gain))
            },
        );
        Self {
            visitors: say.visitors_seen(&number(findings.visitors), &number(plan.visitors())),
            policies: findings.arms.iter().map(|arm| teller.policy(plan, arm, worth_seeing)).collect(),
            rails: findings.arms.iter().map(|arm| teller.rails(arm)).collect(),
            segments: teller.segments(plan, &findings.segments),
            wrong_default,
        }
    }
}

impl Teller {
    fn policy(&self, plan: &Plan, finding: &ArmFinding, worth_seeing: f64) -> Vec<String> {
        let (say, arm) = (&self.say, code(plan, finding.arm));
        let outcome = match finding.outcome {
            // Nothing else is worth saying then.
            Outcome::Unsound => return vec![say.experiment_unsound().to_owned()],
            Outcome::Doubted => return vec![say.experiment_doubted(&arm)],
            Outcome::SameDiffers => say.experiment_same_differs(&arm),
            Outcome::Same => say.experiment_same(&arm),
            Outcome::Harms => say.experiment_harms(&arm),
            Outcome::MayBeDearer if self.is_over => say.experiment_was_dearer(&arm),
            Outcome::MayBeDearer => say.experiment_may_be_dearer(&arm),
            Outcome::AtACost => say.experiment_at_a_cost(&arm),
            Outcome::Pays => say.experiment_pays(&arm),
            Outcome::TooLittle => say.experiment_too_little(&arm, &self.percent(worth_seeing)),
            Outcome::Open if self.is_over => say.experiment_was_open(&arm),
            Outcome::Open => say.experiment_open(&arm),
        };
        let mut told = vec![outcome];
        match self.ends(finding.lift) {
            Some((low, high)) => told.push(say.lift_between(&low, &high, &self.percent(plan.confidence))),
            None if self.is_over => told.push(say.lift_was_unknown().to_owned()),
            None => told.push(say.lift_unknown().to_owned()),
        }
        if let Some((low, high)) = self.ends(finding.at_standard) {
            told.push(say.at_standard_between(&low, &high));
        }
        let breached = finding.rails.iter().filter(|rail| rail.breached);
        told.extend(
            breached.map(|rail| say.rail_rises(&self.rail(rail.rail), &self.percent(rail.change.low))),
        );
        told
    }

    fn segments(&self, plan: &Plan, findings: &[SegmentFinding]) -> Vec<String> {
        let say = &self.say;
        let one = |finding: &SegmentFinding| {
            let (segment, arm) = (&finding.segment, code(plan, finding.arm));
            let Some((low, high)) = self.ends(finding.lift) else {
                return match self.is_over {
                    true => say.segment_was_open(segment, &arm),
                    false => say.segment_open(segment, &arm),
                };
            };
            match finding.lift {
                Interval { low: above, .. } if above > 0.0 => say.segment_gains(segment, &arm, &low, &high),
                Interval { high: below, .. } if below < 0.0 => say.segment_loses(segment, &arm, &low, &high),
                _ => say.segment_between(segment, &arm, &low, &high),
            }
        };
        let mut told: Vec<String> = findings.iter().map(one).collect();
        if !told.is_empty() {
            let count = u64::try_from(told.len()).unwrap_or(u64::MAX);
            told.push(say.segments_together(count, &self.percent(plan.confidence)));
        }
        told
    }

    fn rails(&self, finding: &ArmFinding) -> Vec<RailTold> {
        if matches!(finding.outcome, Outcome::Unsound | Outcome::Doubted) {
            return Vec::new();
        }
        let told = finding.rails.iter().map(|found| RailTold {
            rail: self.rail(found.rail),
            holdout: self.in_hundred(found.holdout),
            policy: self.in_hundred(found.policy),
            change: self.change(found.change),
            state: self.state(found),
            is_breached: found.breached,
        });
        told.collect()
    }

    fn in_hundred(&self, of_each: Option<f64>) -> String {
        of_each.map_or_else(
            || self.say.rail_of_nobody().to_owned(),
            |of_each| self.locale.tenths(rounded(of_each * 1_000.0)),
        )
    }

    /// What is known of an interval: one end may be open.
    fn change(&self, Interval { low, high, .. }: Interval) -> String {
        let say = &self.say;
        match (low > -1.0, high.is_finite()) {
            (true, true) => say.rail_between(&self.percent(low), &self.percent(high)),
            (true, false) => say.rail_at_least(&self.percent(low)),
            (false, true) => say.rail_at_most(&self.percent(high)),
            (false, false) if self.is_over => say.rail_was_unknown().to_owned(),
            (false, false) => say.rail_unknown().to_owned(),
        }
    }

    fn state(&self, found: &RailFinding) -> &'static str {
        match found.breached {
            true => self.say.rail_breached(),
            false if found.is_kept() => self.say.rail_kept(),
            false if self.is_over => self.say.rail_was_open(),
            false => self.say.rail_open(),
        }
    }

    fn rail(&self, rail: Rail) -> &'static str {
        match rail {
            Rail::DefaultsChanged => self.say.rail_defaults_changed(),
            Rail::Edits => self.say.rail_edits(),
            Rail::Blocked => self.say.rail_blocked(),
            Rail::Returns => self.say.rail_returns(),
        }
    }

    /// Both ends in percent, where both are known.
    fn ends(&self, interval: Interval) -> Option<(String, String)> {
        let is_known = interval.low > -1.0 && interval.high.is_finite();
        is_known.then(|| (self.percent(interval.low), self.percent(interval.high)))
    }

    fn percent(&self, share: f64) -> String {
        self.locale.tenths(rounded(share * 1_000.0))
    }
}

fn code(plan: &Plan, arm: ArmId) -> &str {
    plan.arms().get(arm.index()).map_or("", |arm| arm.code.as_str())
}

/// The nearest whole number; the nearest there is for what is too large.
fn rounded(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "cut to the type's range")]
    let rounded = value.round() as i64;
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Arm, Baseline, Treatment};

    fn plan() -> Plan {
        let arm = |code: &str, share, policy: Option<&str>| Arm {
            code: code.to_owned(),
            share,
            treatment: Treatment { policy: policy.map(str::to_owned), ..Treatment::default() },
        };
        let arms = vec![arm("holdout", 5_000, None), arm("learnt", 5_000, Some("learnt"))];
        Plan::new("spring", arms, 400_000.0, Baseline { mean: 4_000.0, mean_of_squares: 6e8 }, 454_500)
            .expect("a plan")
    }

    fn between(low: f64, high: f64) -> Interval {
        Interval { low, estimate: Some(f64::midpoint(low, high)), high }
    }

    fn rail(rail: Rail, (holdout, policy): (Option<f64>, Option<f64>), change: Interval) -> RailFinding {
        RailFinding { rail, holdout, policy, change, breached: change.low > 0.05 }
    }

    fn found(plan: &Plan, outcome: Outcome) -> Findings {
        let arm = plan.policies().next().expect("a policy");
        let rails = vec![
            rail(Rail::DefaultsChanged, (Some(1.52), None), between(-1.0, f64::INFINITY)),
            rail(Rail::Edits, (Some(5.0), Some(4.5)), between(-0.13, 0.05)),
            rail(Rail::Blocked, (Some(0.08), Some(0.11)), between(0.25, 0.5)),
            rail(Rail::Returns, (Some(0.0), Some(0.004)), between(-0.5, f64::INFINITY)),
        ];
        let (lift, at_standard) = (between(0.012_4, 0.151), between(-0.02, 0.11));
        let segment = |name: &str, lift| SegmentFinding { segment: name.to_owned(), arm, lift };
        let segments = vec![
            segment("touring riders", between(0.1, 0.4)),
            segment("racers", between(-1.0, f64::INFINITY)),
            segment("commuters", between(-0.3, -0.04)),
        ];
        Findings {
            visitors: 120_000,
            arms: vec![ArmFinding { arm, outcome, lift, at_standard, rails }],
            segments,
        }
    }

    fn report(outcome: Outcome, wrong_default: Option<&WrongDefault>) -> Report {
        let plan = plan();
        Report::new(&plan, &found(&plan, outcome), 0.08, wrong_default, (2, "€"), Language::ENGLISH, false)
    }

    #[test]
    fn of_what_is_over_nothing_is_told_later() {
        let plan = plan();
        for outcome in [Outcome::Open, Outcome::MayBeDearer, Outcome::Pays] {
            let mut findings = found(&plan, outcome);
            for lift in [between(0.01, 0.2), between(-1.0, f64::INFINITY)] {
                findings.arms[0].lift = lift;
                let told = Report::new(&plan, &findings, 0.08, None, (2, "€"), Language::ENGLISH, true);
                let rails = told.rails.concat().into_iter();
                let rails: Vec<String> =
                    rails.flat_map(|rail| [rail.change, rail.state.to_owned()]).collect();
                let all = [told.policies.concat(), told.segments, vec![told.wrong_default], rails].concat();
                assert!(all.iter().all(|sentence| !sentence.contains("yet")), "{all:?}");
            }
        }
    }

    #[test]
    fn it_says_whether_personalising_pays_for_whom_and_what_a_wrong_default_costs() {
        let costs = WrongDefault { gain: 400.0, cost: 1_500.0, cost_within: 199.6 };
        let told = report(Outcome::AtACost, Some(&costs));
        assert_eq!(told.visitors, "120,000 of 454,500 planned visitors are seen.");
        assert_eq!(
            told.policies[0],
            [
                "“learnt” lifts order value, and something rises that must not. That is no win.",
                "Order value per visitor changes by 1.2 % to 15.1 %, with 95 % certainty, however often one looks.",
                "With each order at its product's standard price, whatever was chosen: −2 % to 11 %.",
                "Requests for blocked options rise by at least 25 %.",
            ]
        );
        assert_eq!(
            told.segments,
            [
                "touring riders: “learnt” gains, 10 % to 40 %.",
                "racers: what “learnt” does can't be told yet.",
                "commuters: “learnt” loses, −30 % to −4 %.",
                "These 3 intervals hold together with 95 % certainty. Each is wider than it would be alone, for among many groups one looks good by luck.",
            ]
        );
        assert_eq!(
            told.wrong_default,
            "A wrong default costs €15 of order value per visitor here (€13 to €17), a right one gains €4."
        );
        assert!(report(Outcome::Pays, None).wrong_default.contains("can't be told yet"));
    }

    #[test]
    fn what_must_not_rise_is_told_with_its_values_whether_it_holds_or_not() {
        let told = report(Outcome::Pays, None).rails.concat();
        let rows: Vec<_> = told
            .iter()
            .map(|told| [told.rail, &told.holdout, &told.policy, &told.change, told.state])
            .collect();
        assert_eq!(
            rows,
            [
                ["Changed defaults of an order", "152", "nobody", "not known yet", "Not broken so far"],
                ["Edits", "500", "450", "−13 % to 5 %", "Holds"],
                ["Requests for blocked options", "8", "11", "25 % to 50 %", "Broken"],
                ["Returns of an order", "0", "0.4", "−50 % or more", "Not broken so far"],
            ]
        );
        assert_eq!(told.iter().map(|told| told.is_breached).collect::<Vec<_>>(), [false, false, true, false]);
        for silent in [Outcome::Unsound, Outcome::Doubted] {
            assert!(report(silent, None).rails.concat().is_empty(), "nothing can be said");
        }
    }

    #[test]
    fn every_outcome_has_its_words_and_an_unsound_experiment_no_figures() {
        let outcomes = [
            (Outcome::Pays, "“learnt”: personalising pays."),
            (Outcome::Harms, "“learnt” lowers order value: stop it."),
            (Outcome::Open, "It can't be told yet whether “learnt” pays."),
            (Outcome::TooLittle, "Whatever “learnt” does, it is less than the 8 % that were looked for."),
        ];
        for (outcome, words) in outcomes {
            assert_eq!(report(outcome, None).policies[0][0], words);
        }
        assert!(report(Outcome::MayBeDearer, None).policies[0][0].ends_with("That is no win."));
        assert!(report(Outcome::Same, None).policies[0][0].ends_with("which is as it should be."));
        let alarm = &report(Outcome::SameDiffers, None).policies[0];
        assert!(
            alarm[0].starts_with("Alarm: “learnt” gets what the holdout gets") && alarm.len() > 1,
            "{alarm:?}"
        );
        let doubted = &report(Outcome::Doubted, None).policies[0];
        assert_eq!(*doubted, ["Of “learnt” nothing can be said: an alarm was raised."]);
        let unsound = &report(Outcome::Unsound, None).policies[0];
        assert!(unsound.len() == 1 && unsound[0].contains("nothing can be said"), "{unsound:?}");
    }
}
