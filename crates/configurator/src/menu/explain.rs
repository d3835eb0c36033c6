//! Why something cannot be had: a minimal conflict of choices and rules, and what of them is in the way.

use engine::effort::{Effort, TooComplex};

use super::question::Unexplained;
use super::reason::{Causes, Obstacle, Reason};
use crate::answers::{Conflict, ServedBy};
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, OptionId, RuleId};
use crate::refute::Blame;
use crate::value::{OptionSet, Value};

/// How far behind what says least of a reason stands.
const MOST_RANK: usize = 5;

impl Configured {
    /// Why a value cannot be chosen beside the choices for other attributes; `None` when it can.
    ///
    /// # Errors
    /// It would take too long to find out.
    pub fn explain_blocked(
        &self,
        choices: &Choices,
        attribute: AttributeId,
        value: &Value,
    ) -> Result<Option<Reason>, TooComplex> {
        let wanted = choices.clone().with(attribute, value.clone());
        let wanted = self.in_force(&wanted, Some(attribute));
        let effort = self.effort();
        if self.is_possible(&wanted, self.standard(), &[], &effort)? {
            return Ok(None);
        }
        Ok(Some(self.explain(&wanted, Some(attribute), self.standard(), &effort)))
    }

    /// The same part by part and in full: with every cause, what says most first, and by how much the choices miss a rule.
    ///
    /// # Errors
    /// As [`Configured::explain_blocked`].
    pub fn causes(
        &self,
        choices: &Choices,
        attribute: AttributeId,
        value: &Value,
    ) -> Result<Option<Causes>, TooComplex> {
        let Some(mut reason) = self.explain_blocked(choices, attribute, value)? else { return Ok(None) };
        let all = choices.clone().with(attribute, value.clone());
        let all = self.in_force(&all, Some(attribute));
        let in_conflict = |id: &AttributeId| *id == attribute || reason.choices.contains(id);
        let kept: Choices = all.iter().filter(|(id, _)| in_conflict(id)).collect();
        reason.rules = self.most_telling_first(&reason, attribute, &all);
        let causes = self.reason_in_words(&kept, Some(attribute), &reason, Some(&all));
        let is_empty = causes == Causes::default();
        Ok(Some(if is_empty { Causes { causes: vec![reason.sentence], ..causes } } else { causes }))
    }

    /// The rules of a reason: first those that name what is wanted and what was chosen against it, then those that name what was chosen;
    /// of these each time first what the standard with all these choices breaks, before what would come of another part of it.
    fn most_telling_first(&self, reason: &Reason, wanted: AttributeId, all: &Choices) -> Vec<RuleId> {
        let chosen = |id: &AttributeId| reason.choices.contains(id);
        let design =
            all.iter().fold(self.standard().clone(), |design, (id, value)| design.with(id, value.clone()));
        let rank = |rule: &RuleId| {
            let condition = &self.rule(*rule).condition;
            let (mut names_wanted, mut names_chosen) = (false, false);
            condition.attributes(&mut |id| {
                names_wanted |= id == wanted;
                names_chosen |= chosen(&id);
            });
            let names = usize::from(!names_chosen) * 2 + usize::from(!(names_chosen && names_wanted)) * 2;
            names + usize::from(self.holds(condition, &design))
        };
        // A sort would be one more thing for the browser to load.
        let ranked: Vec<(usize, RuleId)> = reason.rules.iter().map(|rule| (rank(rule), *rule)).collect();
        let of_rank = |place| ranked.iter().filter(move |(rank, _)| *rank == place).map(|(_, rule)| *rule);
        (0..=MOST_RANK).flat_map(of_rank).collect()
    }

    /// Why no valid design has these choices, all of them in force: a minimal conflict among them, from which later ones are left out first, so that
    /// what was there first is named. What is chosen for `wanted` is kept.
    pub(crate) fn explain(
        &self,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
        effort: &Effort,
    ) -> Reason {
        let wanted_value = wanted.and_then(|id| Some((id, choices.get(id)?)));
        let alone =
            wanted_value.map_or_else(Choices::new, |(id, value)| Choices::new().with(id, value.clone()));
        let reference = &with_texts(choices, reference);
        let conflict = self.answers().conflicts(self, choices, &[alone], reference, effort).pop().flatten();
        self.reason(conflict, choices, wanted, reference, effort)
    }

    /// The reason for each option that is blocked beside these choices.
    pub(super) fn explain_each(
        &self,
        choices: &Choices,
        blocked: &[Unexplained],
        reference: &Design,
        effort: &Effort,
    ) -> Vec<Reason> {
        let alone = |option: &Unexplained| Choices::new().with(option.attribute, option.value.clone());
        // What is in force beside it: texts that wait are not there to stay either.
        let beside = |of: &Unexplained| {
            let all = choices.clone().with(of.attribute, of.value.clone());
            self.in_force(&all, Some(of.attribute)).into_owned()
        };
        let conflicts = |beside: &Choices, alone: &[Choices]| {
            self.answers().conflicts(self, beside, alone, &with_texts(beside, reference), effort)
        };
        let by_itself = |of: &Unexplained| conflicts(&beside(of), &[alone(of)]).pop().flatten();
        let reason = |(conflict, of): (Option<Conflict>, &Unexplained)| {
            let all = beside(of);
            self.reason(conflict, &all, Some(of.attribute), &with_texts(&all, reference), effort)
        };
        match self.served_by() {
            // All in one go but for those beside which other choices are in force.
            ServedBy::Diagram => {
                let now = self.in_force(choices, None);
                let is_like_now = |of: &Unexplained| {
                    beside(of).without(of.attribute) == now.clone().into_owned().without(of.attribute)
                };
                let likes: Vec<bool> = blocked.iter().map(is_like_now).collect();
                let alike = blocked.iter().zip(&likes).filter(|(_, like)| **like).map(|(of, _)| alone(of));
                let mut alike = conflicts(&now, &alike.collect::<Vec<_>>()).into_iter();
                let each = blocked.iter().zip(likes).map(|(of, like)| match like {
                    true => alike.next().flatten(),
                    false => by_itself(of),
                });
                each.zip(blocked).map(reason).collect()
            }
            // One after the other with its obstacles, as far as effort goes.
            ServedBy::Solver => blocked.iter().map(|of| reason((by_itself(of), of))).collect(),
        }
    }

    /// A conflict of choices and rules with its obstacles and in words. Where it takes too long to find out which of the
    /// choices, it is all of them; where it was too much to find out which rules, the choices alone have to do.
    fn reason(
        &self,
        conflict: Option<Conflict>,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
        effort: &Effort,
    ) -> Reason {
        let others = |choices: &Choices| -> Vec<AttributeId> {
            choices.iter().map(|(id, _)| id).filter(|id| Some(*id) != wanted).collect()
        };
        let Some(Conflict { kept, blame }) = conflict else {
            let sentence = self.words().engine.not_with_the_rest().to_owned();
            return Reason { choices: others(choices), sentence, ..Reason::default() };
        };
        let is_blamed = blame.is_some();
        let Blame { rules, budget } = blame.unwrap_or_default();
        let blamed = others(&kept);
        let obstacles = self.obstacles(&kept, &blamed, wanted, reference, effort);
        let mut reason = Reason { choices: blamed, rules, budget, obstacles, sentence: String::new() };
        reason.sentence = self.reason_in_words(&kept, wanted, &reason, None).sentence();
        if reason.sentence.is_empty() {
            let words = &self.words().engine;
            let applying = || wanted.into_iter().chain(reason.choices.iter().copied());
            let applying =
                applying().map(|id| self.attribute(id)).find(|attribute| attribute.applies.is_some());
            reason.sentence = match applying {
                Some(attribute) if is_blamed => words.does_not_apply(&attribute.label),
                _ => words.impossible().to_owned(),
            };
        }
        reason
    }

    /// What of these choices for some attributes is in the way of the others.
    fn obstacles(
        &self,
        kept: &Choices,
        blamed: &[AttributeId],
        wanted: Option<AttributeId>,
        reference: &Design,
        effort: &Effort,
    ) -> Vec<Obstacle> {
        let obstacle = |&attribute: &AttributeId| {
            let value = kept.get(attribute)?.clone();
            let missing = value == Value::Text(String::new());
            let whole = Obstacle { attribute, value, missing };
            // Where it takes too long to find out which options matter, all are named.
            let members = self.members_in_the_way((attribute, wanted), kept, None, reference, effort);
            Some(members.unwrap_or(None).unwrap_or(whole))
        };
        blamed.iter().filter_map(obstacle).collect()
    }

    /// The options of a multi-choice without each of which these impossible choices are possible; when there are none, the
    /// first option with which they are; when there is none either, some that are impossible by themselves. `wanted` is
    /// not looked at, and `kept` never waits. `None` for other attributes, and when no option matters.
    pub(super) fn members_in_the_way(
        &self,
        (attribute, kept): (AttributeId, Option<AttributeId>),
        choices: &Choices,
        wanted: Option<OptionId>,
        reference: &Design,
        effort: &Effort,
    ) -> Result<Option<Obstacle>, TooComplex> {
        let (Some(bounds), Some(&Value::Options(set))) =
            (self.attribute(attribute).kind.set_bounds(), choices.get(attribute))
        else {
            return Ok(None);
        };
        let with = |set| choices.clone().with(attribute, Value::Options(set));
        let offers = self.offers(choices, kept, reference.into(), None, effort);
        let (mut there, mut missing) = (OptionSet::default(), None);
        for (option, _) in
            self.attribute(attribute).option_ids().filter(|(option, _)| Some(*option) != wanted)
        {
            let (toggled, inside) = (set.toggled(option), set.contains(option));
            let helps =
                bounds.contains(&toggled.len()) && offers.of_member(attribute, option, !inside).is_possible();
            if helps && inside {
                there = there.toggled(option);
            } else if helps {
                missing = missing.or(Some(option));
            }
        }
        if there.is_empty()
            && let Some(option) = missing
        {
            let value = Value::Options(core::iter::once(option).collect());
            return Ok(Some(Obstacle { attribute, value, missing: true }));
        }
        if there.is_empty() {
            let mut rest = set;
            for option in set.iter().filter(|option| Some(*option) != wanted) {
                let fewer = rest.toggled(option);
                if fewer.len() >= *bounds.start()
                    && !self.is_possible(&self.in_force(&with(fewer), kept), reference, &[], effort)?
                {
                    rest = fewer;
                }
            }
            there = rest.iter().filter(|option| Some(*option) != wanted).collect();
        }
        let value = Value::Options(there);
        Ok((!there.is_empty()).then_some(Obstacle { attribute, value, missing: false }))
    }
}

/// The reference with the texts that were typed: where the choice of one is left out, it may still stay.
fn with_texts(choices: &Choices, reference: &Design) -> Design {
    let typed = choices.iter().filter(|(_, value)| matches!(value, Value::Text(text) if !text.is_empty()));
    typed.fold(reference.clone(), |design, (id, value)| design.with(id, value.clone()))
}
