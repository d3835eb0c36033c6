//! The menu of a partial design: the state of every option, why blocked ones are blocked, what each would change in
//! price, and how to have a blocked one all the same.

use crate::design::{Choices, Design, Value};
use crate::price::Quote;
use crate::product::{AttributeId, Kind, OptionId, Product, RuleId};
use crate::search::{Goal, TooComplex, over_budget, search};

/// Everything a page shows for one set of choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// The valid complete design that keeps the choices and departs least from the defaults.
    pub design: Design,
    /// Its price.
    pub quote: Quote,
    /// The attributes, in the product's order.
    pub attributes: Vec<AttributeMenu>,
}

/// One attribute on the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeMenu {
    /// Where its value comes from.
    pub source: Origin,
    /// Its options, in the product's order; empty for numbers and texts.
    pub options: Vec<OptionMenu>,
    /// For a number: the smallest and largest value that can be chosen.
    pub range: Option<(i64, i64)>,
    /// For a text: why it cannot be filled in, if it cannot.
    pub blocked: Option<Reason>,
}

/// Where the value of an attribute comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The shopper chose it.
    Chosen,
    /// The choices leave nothing else, or the attribute is locked.
    Implied,
    /// It is the default.
    Default,
    /// It departs from the default because the choices need it to.
    Adjusted,
}

/// One option on the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionMenu {
    /// Whether the design has it.
    pub selected: bool,
    /// Whether it can be chosen (for a member of a multi-choice: added or removed).
    pub state: State,
    /// What choosing it does to the total, in minor units; 0 when blocked.
    pub price_change: i64,
}

/// Whether an option can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can.
    Available,
    /// The shopper chose it.
    Chosen,
    /// It is the only one left.
    Implied,
    /// It cannot, for this reason.
    Blocked(Reason),
}

/// Why an option cannot be chosen: a minimal set of choices and of rules that cannot hold together with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The shopper's choices in the conflict. Without any of them the option could be chosen.
    pub choices: Vec<AttributeId>,
    /// The rules in the conflict.
    pub rules: Vec<RuleId>,
    /// The reason in words.
    pub sentence: String,
}

/// A change of choices that makes a wanted value possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The choices after it, with the wanted one.
    pub choices: Choices,
    /// The choices that change, with their new values.
    pub changes: Vec<(AttributeId, Value)>,
    /// What it does to the total, in minor units.
    pub price_change: i64,
    /// What it does to the lead time, in days.
    pub lead_time_change: i64,
}

/// No valid design has these choices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCompletion {
    /// The choices contradict each other.
    #[error("{}", .0.sentence)]
    Conflict(Reason),
    /// The search gave up.
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
}

impl Product {
    /// The valid complete design that keeps the choices and departs from the defaults in as few attributes as possible.
    ///
    /// # Errors
    /// There is none, or the search gave up.
    pub fn complete(&self, choices: &Choices, defaults: &Design) -> Result<Design, NoCompletion> {
        match self.nearest(choices, defaults)? {
            Some(design) => Ok(design),
            None => Err(NoCompletion::Conflict(self.explain(choices, None)?)),
        }
    }

    /// The menu for these choices over these defaults.
    ///
    /// # Errors
    /// As [`Product::complete`].
    pub fn menu(&self, choices: &Choices, defaults: &Design) -> Result<Menu, NoCompletion> {
        let design = self.complete(choices, defaults)?;
        let quote = self.quote(&design);
        let mut attributes = Vec::with_capacity(self.attributes.len());
        for (id, _) in self.ids() {
            attributes.push(self.attribute_menu(id, choices, defaults, &design, quote.total.amount)?);
        }
        Ok(Menu { design, quote, attributes })
    }

    /// Why a value cannot be chosen beside the choices for other attributes; `None` when it can.
    ///
    /// # Errors
    /// The search gave up.
    pub fn explain_blocked(
        &self,
        choices: &Choices,
        attribute: AttributeId,
        value: &Value,
    ) -> Result<Option<Reason>, TooComplex> {
        let wanted = choices.clone().with(attribute, value.clone());
        if self.nearest(&wanted, self.standard())?.is_some() {
            return Ok(None);
        }
        Ok(Some(self.explain(&wanted, Some(attribute))?))
    }

    /// The change of as few choices as possible that makes a value possible, with as few changes of defaults as
    /// possible among those; `None` when no valid design has the value.
    ///
    /// # Errors
    /// The search gave up.
    pub fn repair(
        &self,
        choices: &Choices,
        defaults: &Design,
        attribute: AttributeId,
        value: &Value,
    ) -> Result<Option<Repair>, TooComplex> {
        let wanted = Choices::new().with(attribute, value.clone());
        let reference = choices.iter().fold(defaults.clone(), |design, (id, value)| design.with(id, value.clone()));
        let weights: Vec<u32> = self.ids().map(|(id, _)| if choices.get(id).is_some() { 1_000 } else { 1 }).collect();
        let Some(design) = search(self, &self.goal(&wanted, &reference, &weights, &self.every_rule()))? else {
            return Ok(None);
        };
        let mut repaired = choices.clone().with(attribute, value.clone());
        let mut changes = Vec::new();
        for (id, chosen) in choices.iter().filter(|(id, _)| *id != attribute) {
            if design.value(id) != chosen {
                changes.push((id, design.value(id).clone()));
                repaired = repaired.with(id, design.value(id).clone());
            }
        }
        let before = self.nearest(choices, defaults)?.map_or_else(|| self.quote(defaults), |design| self.quote(&design));
        let after = self.nearest(&repaired, defaults)?.map_or_else(|| self.quote(&design), |design| self.quote(&design));
        Ok(Some(Repair {
            choices: repaired,
            changes,
            price_change: after.total.amount - before.total.amount,
            lead_time_change: i64::from(after.lead_time_days) - i64::from(before.lead_time_days),
        }))
    }

    /// Options that no valid design has, though they are on the menu.
    ///
    /// # Errors
    /// The search gave up.
    pub fn dead_options(&self) -> Result<Vec<(AttributeId, OptionId)>, TooComplex> {
        let mut dead = Vec::new();
        for (id, attribute) in self.ids().filter(|(_, attribute)| !attribute.locked) {
            for (option, _) in attribute.option_ids().filter(|(_, option)| option.available) {
                let reachable = match &attribute.kind {
                    Kind::Choice { .. } => {
                        let wanted = Choices::new().with(id, Value::Option(option));
                        self.nearest(&wanted, self.standard())?.is_some()
                    }
                    _ => self.with_member(id, option)?,
                };
                if !reachable {
                    dead.push((id, option));
                }
            }
        }
        Ok(dead)
    }

    /// Whether some valid design has this member of a multi-choice.
    fn with_member(&self, id: AttributeId, option: OptionId) -> Result<bool, TooComplex> {
        let weights = vec![0; self.attributes.len()];
        let (choices, rules) = (Choices::new(), self.every_rule());
        let goal = Goal { member: Some((id, option)), ..self.goal(&choices, self.standard(), &weights, &rules) };
        Ok(search(self, &goal)?.is_some())
    }

    fn attribute_menu(
        &self,
        id: AttributeId,
        choices: &Choices,
        defaults: &Design,
        design: &Design,
        total: i64,
    ) -> Result<AttributeMenu, TooComplex> {
        let attribute = self.attribute(id);
        let value = design.value(id);
        let others = choices.clone().without(id);
        let mut options = Vec::with_capacity(attribute.options().len());
        let mut range = None;
        let mut blocked = None;
        let mut open = 0;
        match &attribute.kind {
            Kind::Choice { .. } => {
                for (option, _) in attribute.option_ids() {
                    let wanted = Value::Option(option);
                    let (state, price_change) = self.offer(id, &wanted, &others, defaults, total)?;
                    open += u32::from(state == State::Available);
                    options.push(OptionMenu { selected: value.includes(option), state, price_change });
                }
            }
            Kind::MultiChoice { min, max, .. } => {
                let Value::Options(set) = *value else { return Err(TooComplex) };
                for (option, opt) in attribute.option_ids() {
                    let wanted = set.toggled(option);
                    let bound = if wanted.len() > *max { Some(("at most", max)) } else if wanted.len() < *min { Some(("at least", min)) } else { None };
                    let (state, price_change) = match bound {
                        Some((which, count)) => {
                            let sentence = format!("{} takes {which} {count}.", attribute.label);
                            (State::Blocked(Reason { choices: Vec::new(), rules: Vec::new(), sentence }), 0)
                        }
                        None => self.offer(id, &Value::Options(wanted), &others, defaults, total)?,
                    };
                    open += u32::from(state == State::Available && opt.available);
                    options.push(OptionMenu { selected: set.contains(option), state, price_change });
                }
            }
            Kind::Number { min, max, step, .. } => {
                let Value::Number(now) = *value else { return Err(TooComplex) };
                let low = self.outermost(id, *min, now, *step, &others, defaults)?;
                let high = self.outermost(id, *max, now, -*step, &others, defaults)?;
                open += u32::from(low < high) * 2;
                range = Some((low, high));
            }
            Kind::Text { .. } => {
                let filled = if *value == Value::Text(String::new()) { self.explain_filled(&others, id)? } else { None };
                open += u32::from(filled.is_none()) * 2;
                blocked = filled;
            }
        }
        let source = if attribute.locked {
            Origin::Implied
        } else if choices.get(id).is_some() {
            Origin::Chosen
        } else if open <= 1 && !matches!(attribute.kind, Kind::MultiChoice { .. }) || open == 0 {
            Origin::Implied
        } else if value == defaults.value(id) {
            Origin::Default
        } else {
            Origin::Adjusted
        };
        for option in options.iter_mut().filter(|option| option.selected && option.state == State::Available) {
            match source {
                Origin::Chosen => option.state = State::Chosen,
                Origin::Implied => option.state = State::Implied,
                Origin::Default | Origin::Adjusted => {}
            }
        }
        Ok(AttributeMenu { source, options, range, blocked })
    }

    /// Whether a value can be chosen beside the other choices, and what it does to the total.
    fn offer(
        &self,
        id: AttributeId,
        value: &Value,
        others: &Choices,
        defaults: &Design,
        total: i64,
    ) -> Result<(State, i64), TooComplex> {
        let wanted = others.clone().with(id, value.clone());
        Ok(match self.nearest(&wanted, defaults)? {
            Some(design) => (State::Available, self.quote(&design).total.amount.saturating_sub(total)),
            None => (State::Blocked(self.explain(&wanted, Some(id))?), 0),
        })
    }

    /// The first value from `from` in steps of `step` that can be chosen; `now` can.
    fn outermost(
        &self,
        id: AttributeId,
        from: i64,
        now: i64,
        step: i64,
        others: &Choices,
        defaults: &Design,
    ) -> Result<i64, TooComplex> {
        let mut number = from;
        while number != now {
            let wanted = others.clone().with(id, Value::Number(number));
            if self.nearest(&wanted, defaults)?.is_some() {
                return Ok(number);
            }
            number += step;
        }
        Ok(now)
    }

    /// Why a text cannot be filled in; `None` when it can.
    fn explain_filled(&self, others: &Choices, id: AttributeId) -> Result<Option<Reason>, TooComplex> {
        self.explain_blocked(others, id, &Value::Text("A".to_owned()))
    }

    fn nearest(&self, choices: &Choices, defaults: &Design) -> Result<Option<Design>, TooComplex> {
        let weights = vec![1; self.attributes.len()];
        search(self, &self.goal(choices, defaults, &weights, &self.every_rule()))
    }

    fn every_rule(&self) -> Vec<bool> {
        vec![true; self.rules.len()]
    }

    fn goal<'g>(
        &self,
        fixed: &'g Choices,
        reference: &'g Design,
        weights: &'g [u32],
        rules: &'g [bool],
    ) -> Goal<'g> {
        Goal { fixed, reference, weights, rules, budget: true, member: None }
    }

    /// A minimal conflict among choices that no valid design has: drops choices, then rules, as long as the rest still
    /// contradicts itself. Later choices go first, so what was there first is named. `wanted` is never dropped.
    fn explain(&self, choices: &Choices, wanted: Option<AttributeId>) -> Result<Reason, TooComplex> {
        let weights = vec![0; self.attributes.len()];
        let possible = |choices: &Choices, rules: &[bool], budget: bool| {
            let goal = Goal { fixed: choices, reference: self.standard(), weights: &weights, rules, budget, member: None };
            search(self, &goal).map(|design| design.is_some())
        };
        let mut rules = self.every_rule();
        let mut kept = choices.clone();
        let given: Vec<AttributeId> = choices.iter().map(|(id, _)| id).filter(|id| Some(*id) != wanted).collect();
        for &id in given.iter().rev() {
            let without = kept.clone().without(id);
            if !possible(&without, &rules, true)? {
                kept = without;
            }
        }
        let budget = possible(&kept, &rules, false)?;
        for index in (0..rules.len()).rev() {
            rules[index] = false;
            if possible(&kept, &rules, budget)? {
                rules[index] = true;
            }
        }
        let rules: Vec<RuleId> = (0..rules.len()).filter(|&index| rules[index]).map(RuleId::new).collect();
        let blamed: Vec<AttributeId> = kept.iter().map(|(id, _)| id).filter(|id| Some(*id) != wanted).collect();
        let sentence = self.reason_in_words(&kept, wanted, &blamed, &rules, budget);
        Ok(Reason { choices: blamed, rules, sentence })
    }

    fn reason_in_words(
        &self,
        kept: &Choices,
        wanted: Option<AttributeId>,
        blamed: &[AttributeId],
        rules: &[RuleId],
        budget: bool,
    ) -> String {
        for (id, value) in kept.iter() {
            let attribute = self.attribute(id);
            if attribute.locked && value != self.standard().value(id) {
                let standard = self.describe(id, self.standard().value(id));
                return format!("{} is always {standard}.", attribute.label);
            }
            if let Some((_, gone)) = attribute.option_ids().find(|(option, opt)| !opt.available && value.includes(*option)) {
                return format!("{} is not available at the moment.", gone.label);
            }
        }
        let named: Vec<String> = blamed
            .iter()
            .filter_map(|&id| {
                let value = kept.get(id)?;
                Some(format!("{}: {}", self.attribute(id).label, self.describe(id, value)))
            })
            .collect();
        let mut words = match (named.is_empty(), wanted) {
            (true, _) => String::new(),
            (false, Some(_)) => format!("Not with {}. ", named.join(" and ")),
            (false, None) => format!("{} do not go together. ", named.join(" and ")),
        };
        let mut sentences: Vec<String> = rules.iter().map(|&rule| self.rule(rule).sentence.clone()).collect();
        if let (true, Some(limit)) = (budget, self.budget) {
            let points = kept.iter().map(|(id, value)| u64::from(self.points(id, value))).sum();
            sentences.push(if points > u64::from(limit.ceiling) {
                over_budget(points, limit.ceiling)
            } else {
                "It would go beyond the customisation budget. Set something back to the standard first.".to_owned()
            });
        }
        words.push_str(&sentences.join(" "));
        words.trim_end().to_owned()
    }
}
