//! How to have a blocked value all the same: the changes of choices that make it possible.

use engine::effort::{Effort, TooComplex};

use crate::answers::{Nearest, Wanted};
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, OptionId};
use crate::value::{Member, Value};

/// What changing a default weighs in a repair: more than as many texts as any product has.
const DEFAULT_WEIGHT: u32 = 16;
/// What changing a shopper's choice weighs in a repair: more than all defaults.
const CHOICE_WEIGHT: u32 = 16_000_000;
/// How many ways to a value are looked at, to find different ones.
const MOST_TRIED: usize = 24;
/// What changing a text weighs in a repair besides: among equals, what was typed stays.
const TEXT_WEIGHT: u32 = 1;

/// A change of choices that makes a wanted value possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The choices after it, with the wanted value or as much of it as goes.
    pub choices: Choices,
    /// The choices that change, with their new values; also the wanted attribute when it takes fewer of the wanted options.
    pub changes: Vec<(AttributeId, Value)>,
    /// Whether no other way changes less for certain, but for those before it ([`ServedBy::Solver`]).
    pub is_nearest: bool,
    /// What it does to the total, in minor units.
    pub price_change: i64,
    /// What it does to the lead time, in days.
    pub lead_time_change: i64,
}

/// What a repair starts from.
struct Before<'b> {
    choices: &'b Choices,
    defaults: &'b Design,
    /// The design they make, if there is one.
    design: Option<&'b Design>,
    /// How much may still be done.
    effort: &'b Effort,
}

impl Configured {
    /// The change of as few choices as possible that makes a value possible, with as few changes of defaults as
    /// possible among those; `None` when no valid design has the value. In a multi-choice each option that comes or goes
    /// counts as a change. A set of options that no valid design has is wanted for what it adds to those that are there:
    /// the way leads to the largest part of it that holds these, and where there is none to the nearest set that does.
    ///
    /// # Errors
    /// It would take too long to find out.
    pub fn repair(
        &self,
        choices: &Choices,
        defaults: &Design,
        attribute: AttributeId,
        value: &Value,
    ) -> Result<Option<Repair>, TooComplex> {
        Ok(self.repairs(choices, defaults, attribute, value, 1)?.pop())
    }

    /// As [`Configured::repair`], and after it further ways, at most so many in all: each keeps some choice of those that any way
    /// before it changes (E. L. Lawler, "A procedure for computing the k best solutions to discrete optimization problems",
    /// 1972). Of those that do, the one that changes the fewest attributes comes first, the cheapest among equals.
    ///
    /// # Errors
    /// It would take too long to find out.
    pub fn repairs(
        &self,
        choices: &Choices,
        defaults: &Design,
        attribute: AttributeId,
        value: &Value,
        most: usize,
    ) -> Result<Vec<Repair>, TooComplex> {
        if self.attribute(attribute).locked && value != self.initial(attribute) {
            return Ok(Vec::new());
        }
        let effort = self.effort();
        let before = self.nearest(choices, defaults, self.patience().design(), &self.effort())?;
        let before = before.map(|nearest| nearest.design);
        let from = Before { choices, defaults, design: before.as_ref(), effort: &effort };
        let wanted = (attribute, value);
        let Some((first, members)) = self.first_repair(&from, wanted)? else {
            return Ok(Vec::new());
        };
        // A way is surely the nearest only where no nearer one may have been missed before it or beside it.
        let mut is_nearest = true;
        let mut open = vec![(first, Choices::new())];
        let mut found: Vec<Repair> = Vec::new();
        for _ in 0..MOST_TRIED {
            let cost = |(repair, _): &(Repair, Choices)| (repair.changes.len(), repair.price_change);
            let Some(best) = (0..open.len()).min_by_key(|&at| cost(&open[at])) else { break };
            is_nearest &= open.iter().all(|(repair, _)| repair.is_nearest);
            let (mut repair, kept) = open.remove(best);
            repair.is_nearest = is_nearest;
            if found.iter().all(|other| other.choices != repair.choices) {
                found.push(repair.clone());
            }
            if found.len() >= most {
                break;
            }
            for (id, _) in &repair.changes {
                let Some(own) = choices.get(*id).filter(|_| *id != attribute) else { continue };
                let more = kept.clone().with_firm(*id, own.clone());
                let further = if effort.is_spent() {
                    Err(TooComplex)
                } else {
                    self.repair_to(&from, wanted, &members, &more)
                };
                match further {
                    Ok(Some(other)) => open.push((other, more)),
                    Ok(None) => {}
                    // What was found stays; a nearer one may be missing among those to come.
                    Err(TooComplex) => is_nearest = false,
                }
            }
        }
        Ok(found)
    }

    /// The nearest way to a value, and for a multi-choice which of its members that is about.
    fn first_repair(
        &self,
        from: &Before,
        (attribute, value): (AttributeId, &Value),
    ) -> Result<Option<(Repair, Vec<Member>)>, TooComplex> {
        let repair_to = |members: Vec<Member>| {
            if from.effort.is_spent() {
                return Err(TooComplex);
            }
            let found = self.repair_to(from, (attribute, value), &members, &Choices::new());
            found.map(|found| found.map(|repair| (repair, members)))
        };
        let Value::Options(wanted) = value else { return repair_to(Vec::new()) };
        let every = |inside: &dyn Fn(OptionId) -> Option<bool>| -> Vec<Member> {
            let options = self.attribute(attribute).option_ids();
            options.filter_map(|(option, _)| Some((attribute, option, inside(option)?))).collect()
        };
        let exactly = every(&|option| Some(wanted.contains(option)));
        let exact = repair_to(exactly)?;
        if exact.is_some() {
            return Ok(exact);
        }
        let Some(Value::Options(now)) = from.design.map(|design| design.value(attribute)) else {
            return Ok(None);
        };
        let added = wanted.difference(*now);
        if added.is_empty() {
            return Ok(None);
        }
        let at_most = every(&|option| {
            if added.contains(option) { Some(true) } else { (!wanted.contains(option)).then_some(false) }
        });
        let part = repair_to(at_most)?;
        if part.is_some() {
            return Ok(part);
        }
        let at_least = every(&|option| added.contains(option).then_some(true));
        repair_to(at_least)
    }

    /// The nearest way to a value, or for a multi-choice to a set with these members in or out, beside what is kept.
    fn repair_to(
        &self,
        &Before { choices, defaults, design: before, effort }: &Before,
        (attribute, value): (AttributeId, &Value),
        members: &[Member],
        kept: &Choices,
    ) -> Result<Option<Repair>, TooComplex> {
        let fixed = match value {
            Value::Options(_) => kept.clone(),
            value => kept.clone().with_firm(attribute, value.clone()),
        };
        let reference = choices
            .iter()
            .fold(defaults.clone(), |design, (id, value)| design.with(id, value.clone()))
            .with(attribute, value.clone());
        let weight = |(id, _)| match choices.get(id) {
            Some(Value::Text(_)) => CHOICE_WEIGHT + TEXT_WEIGHT,
            None if id != attribute => DEFAULT_WEIGHT,
            _ => CHOICE_WEIGHT,
        };
        let weights: Vec<u32> = self.ids().map(weight).collect();
        let wanted = Wanted { fixed: &fixed, members, reference: &reference, weights: &weights };
        let Some(Nearest { design, is_proven }) =
            self.answers().nearest(self, &wanted, self.patience().finding, effort)?
        else {
            return Ok(None);
        };
        let reached = design.value(attribute);
        let mut repaired = choices.clone().with(attribute, reached.clone());
        let mut changes = Vec::new();
        if reached != value {
            changes.push((attribute, reached.clone()));
        }
        for (id, chosen) in choices.iter().filter(|(id, _)| *id != attribute) {
            // What doesn't apply any more waits until it does.
            if design.value(id) != chosen && *design.value(id) != Value::Absent {
                changes.push((id, design.value(id).clone()));
                repaired = repaired.with(id, design.value(id).clone());
            }
        }
        let before = self.quote(before.unwrap_or(defaults));
        let after = self
            .nearest(&repaired, defaults, self.patience().design(), effort)?
            .map_or_else(|| self.quote(&design), |nearest| self.quote(&nearest.design));
        Ok(Some(Repair {
            choices: repaired,
            changes,
            is_nearest: is_proven,
            price_change: after.total.amount.saturating_sub(before.total.amount),
            lead_time_change: i64::from(after.lead_time_days) - i64::from(before.lead_time_days),
        }))
    }
}
