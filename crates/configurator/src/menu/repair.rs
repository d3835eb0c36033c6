//! How to have a blocked value all the same: the changes of choices that make it possible.

use engine::effort::{Effort, TooComplex};

use crate::answers::{Nearest, Wanted};
use crate::attribute::Attribute;
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, OptionId};
use crate::stay::Taken;
use crate::value::{Member, Value};

/// What changing a default weighs in a repair: more than as many texts as any product has.
const DEFAULT_WEIGHT: u32 = 16;
/// What changing a shopper's choice weighs in a repair: more than all defaults, also those that are moved last.
const CHOICE_WEIGHT: u32 = 16_000_000;
/// How many ways to a value are looked at, to find different ones.
const MOST_TRIED: usize = 24;
/// The last of the tiers in which members of a wanted set are asked for.
const LAST_TIER: usize = 2;
/// What changing a text weighs in a repair besides: among equals, what was typed stays.
const TEXT_WEIGHT: u32 = 1;

/// A change of choices that makes a wanted value possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The choices after it, with the wanted value or as much of it as goes. Where a choice has to wait that the others would not
    /// let wait, what it waits for is among them though nobody chose it.
    pub choices: Choices,
    /// The choices that change, with their new values, or with none where they are let go; also the wanted attribute when it takes fewer of the wanted options.
    pub changes: Vec<(AttributeId, Value)>,
    /// What becomes another than it is now though nobody chose it, with its new value; also a choice that waits from now on.
    pub moves: Vec<(AttributeId, Value)>,
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
    /// Whether everything stays near that design, not near the defaults.
    stays: bool,
    /// What a way departs from as little as it can: the choices with the wanted value, and for the rest what that stays near.
    reference: &'b Design,
    /// The same as it is now: what is absent here may be so without departing.
    there: &'b Design,
    /// The value that is wanted of an attribute.
    wanted: (AttributeId, &'b Value),
    /// How much may still be done.
    effort: &'b Effort,
}

/// A part of what the shopper has that a way can give up: a choice, or an option that comes to a set or goes.
type Part = (AttributeId, Option<OptionId>);

/// A way to the value.
struct Way {
    design: Design,
    /// What it gives up, in the product's order.
    given_up: Vec<Part>,
    /// How much that is: parts, defaults, texts among the parts; and what the design costs.
    cost: (usize, usize, usize, i64),
    is_proven: bool,
}

/// What a way leads to.
struct Followed {
    taken: Taken,
    /// The choices that it lets go.
    let_go: Vec<AttributeId>,
    /// The attributes that it makes choices of though nobody did, so that others wait.
    pinned: Vec<AttributeId>,
}

/// Ways that keep some parts: the nearest of them.
struct Branch {
    nearest: Way,
    kept: Vec<Kept>,
}

/// What a way is not to give up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    /// A part, by having it.
    Part(Part),
    /// A part of an attribute without which it is not given up, by being without that.
    Absent(AttributeId),
}

impl Configured {
    /// The change of as few choices as possible that makes a value possible, with as few changes of defaults as
    /// possible among those; `None` when no valid design has the value. In a multi-choice each option that comes or goes
    /// counts as a change. A set of options that no valid design has is wanted for what it adds to those that are there, or where
    /// it adds none, for what it leaves out: the way leads to the largest part of it with that, and where there is none to the
    /// nearest set.
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

    /// As [`Configured::repair`], and after it further ways, at most so many in all. They differ in what they give up: none
    /// gives up all that another one does, and none of them could give up less. Each branch keeps a part that a way before it
    /// gives up (E. L. Lawler, "A procedure for computing the k best solutions to discrete optimization problems", 1972), so
    /// they come by how much they give up, the cheapest first among equals; ways to a part of a wanted set after those to all
    /// of it.
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
        self.ways(choices, defaults, (attribute, value), most, false)
    }

    /// The same from the design that is shown: what nobody chose stays near that, too, and is kept ([`Configured::step`]).
    ///
    /// # Errors
    /// It would take too long to find out.
    pub fn repairs_of_shown(
        &self,
        choices: &Choices,
        defaults: &Design,
        attribute: AttributeId,
        value: &Value,
        most: usize,
    ) -> Result<Vec<Repair>, TooComplex> {
        self.ways(choices, defaults, (attribute, value), most, true)
    }

    fn ways(
        &self,
        choices: &Choices,
        defaults: &Design,
        (attribute, value): (AttributeId, &Value),
        most: usize,
        stays: bool,
    ) -> Result<Vec<Repair>, TooComplex> {
        if self.attribute(attribute).locked && value != self.initial(attribute) {
            return Ok(Vec::new());
        }
        let effort = self.effort();
        let before = self.shown(choices, defaults)?.map(|nearest| nearest.design);
        let wanted = (attribute, value);
        let in_force = choices.clone().with(attribute, value.clone());
        let in_force = self.in_force(&in_force, Some(attribute));
        let shown = before.as_ref().filter(|_| stays).map(|shown| self.staying(shown, choices, defaults));
        let start = shown.unwrap_or_else(|| defaults.clone());
        let chosen = choices.iter().fold(start.clone(), |design, (id, value)| design.with(id, value.clone()));
        // What is in force is given up where it is absent; what waits may go on waiting.
        let is_there = |(id, value)| (id, in_force.get(id).map_or(Value::Absent, |_| Value::clone(value)));
        let there = choices.iter().map(is_there);
        let from = Before {
            choices,
            defaults,
            design: before.as_ref(),
            stays,
            reference: &chosen.with(attribute, value.clone()),
            there: &there.fold(self.fitted(start), |there, (id, value)| there.with(id, value)),
            wanted,
            effort: &effort,
        };
        let mut found: Vec<Way> = Vec::new();
        let mut is_nearest = true;
        for (tier, members) in self.member_tiers(&from).into_iter().enumerate() {
            let is_enough = found.len() >= most || found.iter().any(|way| way.given_up.is_empty());
            // Sets with more options than are wanted are for where no part of the wanted one goes.
            if is_enough || tier == LAST_TIER && !found.is_empty() {
                break;
            }
            let first = if effort.is_spent() { Err(TooComplex) } else { self.way(&from, &members, &[]) };
            match first {
                Ok(None) => {}
                Ok(Some(nearest)) => {
                    self.branches(&from, &members, nearest, most, (&mut found, &mut is_nearest));
                }
                Err(error) if found.is_empty() => return Err(error),
                Err(TooComplex) => break,
            }
        }
        let mut repairs = Vec::new();
        for way in found {
            match self.to_repair(&from, way) {
                Ok(repair) => repairs.push(repair),
                Err(error) if repairs.is_empty() => return Err(error),
                Err(TooComplex) => break,
            }
        }
        Ok(repairs)
    }

    /// Which members of the wanted set are asked for: all and no others; those that it adds and no others than it has; those that
    /// it adds, or where it adds none, that those are out which it leaves out. One empty list for what is no set.
    fn member_tiers(&self, from: &Before) -> Vec<Vec<Member>> {
        let (attribute, value) = from.wanted;
        let Value::Options(wanted) = value else { return vec![Vec::new()] };
        let every = |inside: &dyn Fn(OptionId) -> Option<bool>| -> Vec<Member> {
            let options = self.attribute(attribute).option_ids();
            options.filter_map(|(option, _)| Some((attribute, option, inside(option)?))).collect()
        };
        let mut tiers = vec![every(&|option| Some(wanted.contains(option)))];
        let Some(Value::Options(now)) = from.design.map(|design| design.value(attribute)) else {
            return tiers;
        };
        let (added, gone) = (wanted.difference(*now), now.difference(*wanted));
        if !added.is_empty() || !gone.is_empty() {
            tiers.push(every(&|option| {
                if added.contains(option) { Some(true) } else { (!wanted.contains(option)).then_some(false) }
            }));
            tiers.push(every(&|option| match added.is_empty() {
                true => gone.contains(option).then_some(false),
                false => added.contains(option).then_some(true),
            }));
        }
        tiers
    }

    /// Adds the ways that follow the nearest one, until there are so many.
    fn branches(
        &self,
        from: &Before,
        members: &[Member],
        nearest: Way,
        most: usize,
        (found, is_nearest): (&mut Vec<Way>, &mut bool),
    ) {
        let mut open = vec![Branch { nearest, kept: Vec::new() }];
        let mut seen: Vec<Vec<Kept>> = Vec::new();
        for _ in 0..MOST_TRIED {
            let Some(best) = (0..open.len()).min_by_key(|&at| open[at].nearest.cost) else { break };
            // A way is surely the nearest only where no nearer one may have been missed before it or beside it.
            *is_nearest &= open.iter().all(|branch| branch.nearest.is_proven);
            let Branch { mut nearest, kept } = open.remove(best);
            nearest.is_proven = *is_nearest;
            let given_up = nearest.given_up.clone();
            if found.iter().all(|other| !contains(&given_up, &other.given_up)) {
                found.push(nearest);
            }
            if found.len() >= most {
                break;
            }
            for keep in given_up.iter().flat_map(|part| self.keeping(from, *part, &kept)) {
                let mut more = kept.clone();
                more.insert(more.partition_point(|other| *other < keep), keep);
                if seen.contains(&more) {
                    continue;
                }
                seen.push(more.clone());
                let further =
                    if from.effort.is_spent() { Err(TooComplex) } else { self.way(from, members, &more) };
                match further {
                    Ok(Some(nearest)) => open.push(Branch { nearest, kept: more }),
                    Ok(None) => {}
                    // What was found stays; a nearer one may be missing among those to come.
                    Err(TooComplex) => *is_nearest = false,
                }
            }
        }
    }

    /// How a way can do without giving up a part, beside what it keeps already: by having it; where the attribute waits now, or
    /// the part is an option that came to a set, also by being without the attribute.
    fn keeping(
        &self,
        from: &Before,
        (id, option): Part,
        kept: &[Kept],
    ) -> impl Iterator<Item = Kept> + use<> {
        let own = from.choices.get(id);
        let is_absent = kept.contains(&Kept::Absent(id));
        let is_there = kept.iter().any(|kept| matches!(kept, Kept::Part((other, _)) if *other == id));
        let joins = option.is_some_and(|option| own.is_some_and(|own| !own.includes(option)));
        let may_leave = id != from.wanted.0
            && self.attribute(id).applies.is_some()
            && (joins || *from.there.value(id) == Value::Absent);
        let leaves = (may_leave && !is_there && !is_absent).then_some(Kept::Absent(id));
        (!is_absent).then_some(Kept::Part((id, option))).into_iter().chain(leaves)
    }

    /// The nearest way to a value, or to a set with these members in or out, that keeps some parts.
    fn way(&self, from: &Before, members: &[Member], kept: &[Kept]) -> Result<Option<Way>, TooComplex> {
        let &Before { choices, reference, there, wanted: (attribute, value), effort, .. } = from;
        let mut fixed = Choices::new();
        if !matches!(value, Value::Options(_)) {
            fixed = fixed.with(attribute, value.clone());
        }
        let mut members = members.to_vec();
        for &kept in kept {
            let (id, option) = match kept {
                Kept::Part(part) => part,
                Kept::Absent(id) => {
                    fixed = fixed.with(id, Value::Absent);
                    continue;
                }
            };
            let own = if id == attribute { Some(value) } else { choices.get(id) };
            match (own, option) {
                (Some(own), Some(option)) => members.push((id, option, own.includes(option))),
                (Some(own), None) => fixed = fixed.with(id, own.clone()),
                (None, _) => {}
            }
        }
        let weight = |(id, own): (AttributeId, &Attribute)| match choices.get(id) {
            Some(Value::Text(_)) => CHOICE_WEIGHT + TEXT_WEIGHT,
            None if id != attribute => DEFAULT_WEIGHT * own.departure(),
            _ => CHOICE_WEIGHT,
        };
        let weights: Vec<u32> = self.ids().map(weight).collect();
        let wanted =
            Wanted { fixed: &fixed, members: &members, near: reference.into(), there, weights: &weights };
        let found = self.answers().nearest(self, &wanted, self.patience().finding, effort)?;
        Ok(found.map(|Nearest { design, is_proven }| {
            let (given_up, defaults, texts) = self.given_up(from, &design);
            let cost = (given_up.len(), defaults, texts, self.quote(&design).total.amount);
            Way { design, given_up, cost, is_proven }
        }))
    }

    /// What of the choices a design gives up, how much it departs otherwise, and how many texts are given up.
    fn given_up(&self, from: &Before, design: &Design) -> (Vec<Part>, usize, usize) {
        let &Before { choices, reference, there, wanted: (attribute, _), .. } = from;
        let (mut given_up, mut texts, mut defaults) = (Vec::new(), 0, 0);
        for (id, now) in design.iter() {
            // What comes to apply starts as it would anywhere.
            let was = if there.value(id) == now { now } else { self.usual(id, reference) };
            let parts = parted(id, was, now);
            match choices.get(id) {
                None if id != attribute => {
                    defaults += parts.len() * self.attribute(id).departure() as usize;
                }
                own => {
                    texts += usize::from(!parts.is_empty() && matches!(own, Some(Value::Text(_))));
                    given_up.extend(parts);
                }
            }
        }
        (given_up, defaults, texts)
    }

    /// What following a way does to choices, design, price and lead time.
    fn to_repair(&self, from: &Before, way: Way) -> Result<Repair, TooComplex> {
        let &Before { choices, defaults, design: before, stays, wanted: (attribute, value), .. } = from;
        let reached = way.design.value(attribute);
        let mut changed = choices.clone().keeping([]).with(attribute, reached.clone());
        let mut changes = Vec::new();
        if reached != value {
            changes.push((attribute, reached.clone()));
        }
        for (id, chosen) in choices.iter().filter(|(id, _)| *id != attribute) {
            let after = way.design.value(id);
            if after != chosen && *after != Value::Absent {
                changes.push((id, after.clone()));
                changed = changed.with(id, after.clone());
            }
        }
        let is_nearest = way.is_proven;
        let Followed { taken: Taken { choices: repaired, design: after }, let_go, pinned } =
            self.follow(from, changed, way)?;
        changes.extend(let_go.into_iter().map(|id| (id, Value::Absent)));
        let before = before.unwrap_or(defaults);
        let now = self.in_force(&repaired, Some(attribute));
        let is_changed = |id| id == attribute || changes.iter().any(|(changed, _)| *changed == id);
        // A choice that waited comes into force unasked.
        let comes = |id| stays && *before.value(id) == Value::Absent;
        let unasked = |id| now.get(id).is_none() || pinned.contains(&id) || comes(id);
        let moved = |id, value: &Value| before.value(id) != value && !is_changed(id) && unasked(id);
        let moves = after.iter().filter(|(id, value)| moved(*id, value));
        let moves = moves.map(|(id, value)| (id, value.clone())).collect();
        let (was, is) = (self.quote(before), self.quote(&after));
        Ok(Repair {
            moves,
            is_nearest,
            price_change: is.total.amount.saturating_sub(was.total.amount),
            lead_time_change: i64::from(is.lead_time_days) - i64::from(was.lead_time_days),
            choices: repaired,
            changes,
        })
    }

    /// Follows a way with the choices that change for it. A choice whose attribute leaves, though no other choice says so, is let
    /// go where a completion of the rest departs no more than the way; else what the attribute leaves by becomes a choice, too,
    /// and the one for it waits.
    fn follow(&self, from: &Before, changed: Choices, way: Way) -> Result<Followed, TooComplex> {
        let (mut rest, mut let_go) = (changed.clone(), Vec::new());
        while let Some(id) = self.gone(from, &rest, &way.design) {
            rest = rest.without(id);
            let_go.push(id);
        }
        let taken = self.taken(from, rest, &way.design)?;
        let (given_up, defaults, _) = self.given_up(from, &taken.design);
        let is_as_near = given_up == way.given_up && defaults == way.cost.1;
        if let_go.is_empty()
            || is_as_near && let_go.iter().all(|id| *taken.design.value(*id) == Value::Absent)
        {
            return Ok(Followed { taken, let_go, pinned: Vec::new() });
        }
        let (choices, pinned) = self.pinned(from, changed, &way.design);
        let taken = self.taken(from, choices, &way.design)?;
        Ok(Followed { taken, let_go: Vec::new(), pinned })
    }

    /// A choice in force beside these for an attribute that a design is without.
    fn gone(&self, from: &Before, choices: &Choices, design: &Design) -> Option<AttributeId> {
        let in_force = self.in_force(choices, Some(from.wanted.0));
        in_force.iter().map(|(id, _)| id).find(|id| *design.value(*id) == Value::Absent)
    }

    /// The choices with as few of a design's values besides as let those wait whose attributes it is without; and of which
    /// attributes these are. First those go that are as they were.
    fn pinned(&self, from: &Before, mut choices: Choices, design: &Design) -> (Choices, Vec<AttributeId>) {
        let mut pinned: Vec<AttributeId> = Vec::new();
        while let Some(gone) = self.gone(from, &choices, design) {
            let applies = self.attribute(gone).applies.iter();
            let is_open =
                |id: &AttributeId| choices.get(*id).is_none() && *design.value(*id) != Value::Absent;
            let more: Vec<AttributeId> =
                applies.flat_map(|applies| self.behind(applies)).filter(is_open).collect();
            if more.is_empty() {
                choices = choices.without(gone);
            }
            for id in more {
                choices = choices.with(id, design.value(id).clone());
                pinned.push(id);
            }
        }
        let before = from.design.unwrap_or(from.defaults);
        let is_pinned = |id: &AttributeId| pinned.contains(id);
        let is_other = |id: &AttributeId| before.value(*id) != design.value(*id);
        let (other, mut pinned): (Vec<_>, Vec<_>) =
            design.iter().map(|(id, _)| id).filter(is_pinned).partition(is_other);
        pinned.extend(other);
        pinned.retain(|id| {
            let fewer = choices.clone().without(*id);
            let is_needed = self.gone(from, &fewer, design).is_some();
            if !is_needed {
                choices = fewer;
            }
            is_needed
        });
        (choices, pinned)
    }

    /// What choices lead to; `otherwise` where there is no completion.
    fn taken(&self, from: &Before, choices: Choices, otherwise: &Design) -> Result<Taken, TooComplex> {
        let &Before { defaults, design: before, stays, wanted: (attribute, _), effort, .. } = from;
        let now = self.in_force(&choices, Some(attribute));
        let fresh = self.nearest(&now, defaults.into(), self.patience().design(), effort)?;
        let fresh = fresh.map_or_else(|| otherwise.clone(), |nearest| nearest.design);
        match before.filter(|_| stays) {
            Some(shown) => self.stay(choices, shown, defaults, &fresh),
            None => Ok(Taken { choices, design: fresh }),
        }
    }
}

/// The parts of a value that are others in another one.
fn parted(id: AttributeId, own: &Value, other: &Value) -> Vec<Part> {
    match (own, other) {
        (Value::Options(own), Value::Options(other)) => {
            own.symmetric_difference(*other).iter().map(|option| (id, Some(option))).collect()
        }
        (Value::Options(own), Value::Absent) => own.iter().map(|option| (id, Some(option))).collect(),
        _ if own == other => Vec::new(),
        _ => vec![(id, None)],
    }
}

/// Whether one of two lists has all that the other one has.
fn contains(one: &[Part], other: &[Part]) -> bool {
    let within = |inner: &[Part], outer: &[Part]| inner.iter().all(|part| outer.contains(part));
    within(one, other) || within(other, one)
}
