//! The menu of a partial design: the state of every option, why blocked ones are blocked, what each would change in
//! price, and how to have a blocked one all the same.

use std::sync::Arc;

use crate::artifact::ArtifactError;
use crate::blame::Blame;
use crate::compiled::{Compiled, Offer, Offers};
use crate::design::{Choices, Design, Member, OptionSet, Value};
use crate::price::Quote;
use crate::product::{AttributeId, Kind, OptionId, Product, RuleId};
use crate::search::{Goal, MOST_STEPS, Refutation, refute, search};
use crate::solved::{Nearest, Wanted};
use crate::validate::over_budget;
use crate::words::{around, between};
use engine::compile::{Limits, TooLarge};
use engine::diagram::Diagram;
use engine::effort::{Effort, Patience, TooComplex};

/// Stands for whatever a shopper may type: rules only ask whether a text is empty.
const ANY_TEXT: &str = "A";
/// The same where that is the standard's text.
const OTHER_TEXT: &str = "B";

/// What changing a default weighs in a repair: more than as many texts as any product has.
const DEFAULT_WEIGHT: u32 = 16;
/// What changing a shopper's choice weighs in a repair: more than all defaults.
const CHOICE_WEIGHT: u32 = 16_000_000;
/// How many ways to a value are looked at, to find different ones.
const MOST_TRIED: usize = 24;
/// What changing a text weighs in a repair besides: among equals, what was typed stays.
const TEXT_WEIGHT: u32 = 1;

/// What answers questions about a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServedBy {
    /// Its diagram: everything is exact.
    Diagram,
    /// Its solver: what is possible and conflicts are exact as with the diagram, where it does not leave open what would take
    /// too long to find out ([`State::Undecided`]). The design on a menu and repairs are the nearest as far as patience goes,
    /// and otherwise only near.
    Solver,
    /// The search: exact, too, but it gives up where a question takes too many steps.
    Search,
}

/// Everything a page shows for one set of choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    /// What answered.
    pub served_by: ServedBy,
    /// The valid complete design that keeps the choices and departs least from the defaults.
    pub design: Design,
    /// Whether no valid design departs less for certain; otherwise this one only comes near ([`ServedBy::Solver`]).
    pub is_nearest: bool,
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
    /// For a number: the smallest and largest value that are known to be possible.
    pub range: Option<(i64, i64)>,
    /// For a text: why it cannot be filled in, if it cannot or if it would take too long to find out.
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
    /// What choosing it does to the total, in minor units; `None` when it cannot be chosen, or when it would take too long to
    /// find out ([`ServedBy::Solver`]).
    pub price_change: Option<i64>,
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
    /// It would take too long to find out ([`ServedBy::Solver`]). [`Product::undecided`] says so in words.
    Undecided,
}

impl State {
    /// Whether it is certain that the option can be chosen.
    #[must_use]
    pub fn is_offered(&self) -> bool {
        matches!(self, Self::Available | Self::Chosen | Self::Implied)
    }
}

/// Why an option cannot be chosen: a set of choices and of rules that cannot hold together with it, minimal as far as the
/// solver goes to find out ([`ServedBy::Solver`]), and otherwise always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// The shopper's choices in the conflict. Where it is minimal, the option could be chosen without any of them.
    pub choices: Vec<AttributeId>,
    /// The rules in the conflict.
    pub rules: Vec<RuleId>,
    /// What of those choices is in the way; for an option of a multi-choice also what of that multi-choice is.
    pub obstacles: Vec<Obstacle>,
    /// The reason in words.
    pub sentence: String,
}

/// A part of the design that is in the way of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The attribute.
    pub attribute: AttributeId,
    /// Its value; of a multi-choice only the options that matter.
    pub value: Value,
    /// Whether these options are in the way because they are missing.
    pub missing: bool,
}

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

/// No valid design has these choices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCompletion {
    /// The choices contradict each other.
    #[error("{}", .0.sentence)]
    Conflict(Reason),
    /// It would take too long to find out.
    #[error(transparent)]
    TooComplex(#[from] TooComplex),
}

/// An option that cannot be chosen, and what the attribute would be with it.
struct Unexplained {
    attribute: AttributeId,
    option: OptionId,
    value: Value,
}

/// What choosing a value comes to.
enum Outcome {
    /// This total of the nearest design, in minor units.
    Total(i64),
    /// A valid design, at a price that would take too long to find out.
    Unpriced,
    /// No valid design has it.
    Impossible,
    /// It would take too long to find out.
    Undecided,
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

/// What a menu is made for, and what was found out so far.
struct Now<'n> {
    choices: &'n Choices,
    defaults: &'n Design,
    /// The design the menu shows, and its total in minor units.
    design: &'n Design,
    total: i64,
    /// What each value would lead to, when the product is compiled.
    offers: Option<&'n Offers<'n>>,
    /// How much may still be done to find out what is possible, what options do to the total, and why others are blocked
    /// ([`Patience::menu`]).
    finding: Effort,
    pricing: Effort,
    explaining: Effort,
}

impl Now<'_> {
    /// The state of an option with this outcome, and what it does to the total. When it is blocked the reason is still to be
    /// found.
    fn offer(
        &self,
        outcome: Outcome,
        option: Unexplained,
        unexplained: &mut Vec<Unexplained>,
    ) -> (State, Option<i64>) {
        match outcome {
            Outcome::Total(total) => (State::Available, Some(total.saturating_sub(self.total))),
            Outcome::Unpriced => (State::Available, None),
            Outcome::Impossible => {
                unexplained.push(option);
                (State::Blocked(Reason::default()), None)
            }
            Outcome::Undecided => (State::Undecided, None),
        }
    }
}

impl Product {
    /// Makes the product's diagram, which from then on answers every question exactly and quickly. Without it the solver
    /// answers ([`Product::solve`]), or else a search.
    ///
    /// # Errors
    /// The diagram would not stay within the limits; the product is as before.
    pub fn compile(&mut self, limits: Limits) -> Result<(), TooLarge> {
        self.compiled = Some(Arc::new(Compiled::new(self, limits)?));
        Ok(())
    }

    /// What answers for the product.
    #[must_use]
    pub fn served_by(&self) -> ServedBy {
        match (&self.compiled, &self.solved) {
            (Some(_), _) => ServedBy::Diagram,
            (None, Some(_)) => ServedBy::Solver,
            (None, None) => ServedBy::Search,
        }
    }

    /// The diagram, if the product was compiled.
    #[must_use]
    pub fn diagram(&self) -> Option<&Diagram> {
        self.compiled.as_ref().map(|compiled| compiled.diagram())
    }

    /// The diagram as bytes for [`Product::with_diagram`], if the product was compiled.
    #[must_use]
    pub fn write_diagram(&self) -> Option<Vec<u8>> {
        self.compiled.as_ref().map(|compiled| compiled.to_bytes())
    }

    /// The product with a diagram that was made of it elsewhere.
    ///
    /// # Errors
    /// The bytes are no diagram, a damaged one, or one of another product.
    pub fn with_diagram(mut self, bytes: &[u8]) -> Result<Self, ArtifactError> {
        self.compiled = Some(Arc::new(Compiled::from_bytes(&self, bytes)?));
        Ok(self)
    }

    /// Lowest and highest total of all valid designs in minor units; `None` when the product is not compiled, or has too
    /// many different prices for that.
    #[must_use]
    pub fn price_range(&self) -> Option<(i64, i64)> {
        let (low, high) = self.compiled.as_ref()?.price_range()?;
        Some((self.base_price.saturating_add(low), self.base_price.saturating_add(high)))
    }

    /// The valid complete design that keeps the choices and departs from the defaults in as few attributes as possible.
    ///
    /// # Errors
    /// There is none, or it would take too long to find out.
    pub fn complete(&self, choices: &Choices, defaults: &Design) -> Result<Design, NoCompletion> {
        Ok(self.completion(choices, defaults)?.design)
    }

    fn completion(&self, choices: &Choices, defaults: &Design) -> Result<Nearest, NoCompletion> {
        match self.nearest(choices, defaults, self.patience().design(), &self.effort())? {
            Some(nearest) => Ok(nearest),
            None => Err(NoCompletion::Conflict(self.explain(choices, None, defaults, &self.effort())?)),
        }
    }

    /// The menu for these choices over these defaults.
    ///
    /// # Errors
    /// As [`Product::complete`].
    pub fn menu(&self, choices: &Choices, defaults: &Design) -> Result<Menu, NoCompletion> {
        let Nearest { design, is_proven } = self.completion(choices, defaults)?;
        let quote = self.quote(&design);
        let finding = self.effort();
        let offers = self.offers(choices, defaults, Some(&design), &finding);
        let now = Now {
            choices,
            defaults,
            design: &design,
            total: quote.total.amount,
            offers: offers.as_ref(),
            finding,
            pricing: self.effort(),
            explaining: self.effort(),
        };
        let mut unexplained = Vec::new();
        let attributes = self.ids().map(|(id, _)| self.attribute_menu(id, &now, &mut unexplained));
        let mut attributes = attributes.collect::<Result<Vec<_>, _>>()?;
        let reasons = self.explain_each(choices, &unexplained, defaults, &now.explaining)?;
        for (Unexplained { attribute, option, value }, mut reason) in unexplained.into_iter().zip(reasons) {
            if reason.choices.is_empty() && matches!(value, Value::Options(_)) {
                let chosen = Choices::new().with(attribute, value);
                // Where it takes too long to find out, the rule alone has to do.
                let own =
                    self.members_in_the_way(attribute, &chosen, Some(option), defaults, &now.explaining);
                reason.obstacles.extend(own.unwrap_or(None));
            }
            attributes[attribute.index()].options[option.index()].state = State::Blocked(reason);
        }
        Ok(Menu { served_by: self.served_by(), design, is_nearest: is_proven, quote, attributes })
    }

    /// What to say of what may be possible or not ([`State::Undecided`], [`TooComplex`]), in the product's language.
    #[must_use]
    pub fn undecided(&self) -> &'static str {
        self.words().undecided
    }

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
        let effort = self.effort();
        if self.possible(&wanted, self.standard(), None, &effort)? {
            return Ok(None);
        }
        Ok(Some(self.explain(&wanted, Some(attribute), self.standard(), &effort)?))
    }

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

    /// As [`Product::repair`], and after it further ways, at most so many in all: each keeps some choice of those that any way
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
        if self.attribute(attribute).locked && value != self.standard().value(attribute) {
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
                let more = kept.clone().with(*id, own.clone());
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
            value => kept.clone().with(attribute, value.clone()),
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
        let Some(Nearest { design, is_proven }) =
            self.nearest_by(&fixed, &reference, &weights, members, self.patience().finding, effort)?
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
            if design.value(id) != chosen {
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
            price_change: after.total.amount - before.total.amount,
            lead_time_change: i64::from(after.lead_time_days) - i64::from(before.lead_time_days),
        }))
    }

    /// Options that no valid design has, though they are on the menu. A design may have any text. Those of which the solver
    /// leaves it open are not among them.
    ///
    /// # Errors
    /// It would take the search too long to find out.
    pub fn dead_options(&self) -> Result<Vec<(AttributeId, OptionId)>, TooComplex> {
        let any_text = Value::Text(ANY_TEXT.to_owned());
        let texts = self.ids().filter(|(_, attribute)| matches!(attribute.kind, Kind::Text { .. }));
        let reference =
            texts.fold(self.standard().clone(), |design, (id, _)| design.with(id, any_text.clone()));
        let mut dead = Vec::new();
        let effort = self.effort();
        let alive = match &self.compiled {
            Some(compiled) => Some(compiled.alive()),
            None => self.offers(&Choices::new(), &reference, None, &effort),
        };
        for (id, attribute) in self.ids().filter(|(_, attribute)| !attribute.locked) {
            for (option, _) in attribute.option_ids().filter(|(_, option)| option.available) {
                let is_choice = matches!(attribute.kind, Kind::Choice { .. });
                let is_alive = alive.as_ref().is_some_and(|alive| {
                    let offer = if is_choice {
                        alive.of_option(id, option)
                    } else {
                        alive.of_member(id, option, true)
                    };
                    offer.is_possible()
                });
                let possible = || {
                    if is_choice {
                        let alone = Choices::new().with(id, Value::Option(option));
                        self.possible(&alone, &reference, None, &effort)
                    } else {
                        self.possible(&Choices::new(), &reference, Some((id, option, true)), &effort)
                    }
                };
                if !is_alive && self.settle(possible())? == Some(false) {
                    dead.push((id, option));
                }
            }
        }
        Ok(dead)
    }

    /// One attribute's part of the menu. What is blocked has no reason yet, and is added to `unexplained`.
    fn attribute_menu(
        &self,
        id: AttributeId,
        now: &Now,
        unexplained: &mut Vec<Unexplained>,
    ) -> Result<AttributeMenu, TooComplex> {
        let attribute = self.attribute(id);
        let words = self.words();
        let value = now.design.value(id);
        let others = now.choices.clone().without(id);
        let mut options = Vec::with_capacity(attribute.options().len());
        let mut range = None;
        let mut blocked = None;
        let mut open = 0;
        match &attribute.kind {
            Kind::Choice { .. } => {
                for (option, _) in attribute.option_ids() {
                    let wanted = Value::Option(option);
                    let offered = now.offers.map(|offers| offers.of_option(id, option));
                    let total = self.total_with(offered, id, &wanted, &others, now)?;
                    let option_of = Unexplained { attribute: id, option, value: wanted };
                    let (state, price_change) = now.offer(total, option_of, unexplained);
                    open += u32::from(matches!(state, State::Available | State::Undecided));
                    options.push(OptionMenu { selected: value.includes(option), state, price_change });
                }
            }
            Kind::MultiChoice { min, max, .. } => {
                let Value::Options(set) = *value else { return Err(TooComplex) };
                // Each option comes or goes beside the others as they are, whether the shopper chose those or not.
                let chosen = others.clone().with(id, value.clone());
                let is_open = now.choices.get(id).is_none();
                let own = is_open
                    .then(|| self.offers(&chosen, now.defaults, Some(now.design), &now.finding))
                    .flatten();
                let offers = own.as_ref().or(now.offers);
                for (option, opt) in attribute.option_ids() {
                    let wanted = set.toggled(option);
                    let bound = if wanted.len() > *max {
                        Some((&words.at_most, max))
                    } else if wanted.len() < *min {
                        Some((&words.at_least, min))
                    } else {
                        None
                    };
                    let (state, price_change) = match bound {
                        Some((phrase, count)) => {
                            let sentence = between(phrase, &attribute.label, &format!("{count}"));
                            (State::Blocked(Reason { sentence, ..Reason::default() }), None)
                        }
                        None => {
                            let inside = !set.contains(option);
                            let wanted = Value::Options(wanted);
                            let offered = offers.map(|offers| offers.of_member(id, option, inside));
                            let total = self.total_with(offered, id, &wanted, &others, now)?;
                            let option_of = Unexplained { attribute: id, option, value: wanted };
                            now.offer(total, option_of, unexplained)
                        }
                    };
                    open += u32::from(matches!(state, State::Available | State::Undecided) && opt.available);
                    options.push(OptionMenu { selected: set.contains(option), state, price_change });
                }
            }
            Kind::Number { min, max, step, .. } => {
                let Value::Number(number) = *value else { return Err(TooComplex) };
                let (low, high, is_decided) = match now.offers {
                    Some(offers) => {
                        // The design's own is one of them.
                        let values = (0..).map(|place| min + place * step).zip(offers.of_numbers(id));
                        let known = values.filter(|(value, offer)| offer.is_possible() || *value == number);
                        let (low, high) = known.fold((number, number), |(low, high), (value, _)| {
                            (low.min(value), high.max(value))
                        });
                        (low, high, offers.of_numbers(id).all(|offer| offer != Offer::Undecided))
                    }
                    None => (
                        self.outermost(id, (*min, number, *step), &others, now)?,
                        self.outermost(id, (*max, number, -*step), &others, now)?,
                        true,
                    ),
                };
                open += u32::from(low < high || !is_decided) * 2;
                range = Some((low, high));
            }
            Kind::Text { .. } => {
                let empty = *value == Value::Text(String::new());
                let possible = now.offers.is_some_and(|offers| offers.of_text(id));
                let filled = if empty && !possible {
                    self.settle(self.explain_filled(&others, id, now))?
                } else {
                    Some(None)
                };
                open += u32::from(!matches!(filled, Some(Some(_)))) * 2;
                blocked = filled.unwrap_or_else(|| {
                    Some(Reason { sentence: self.undecided().to_owned(), ..Reason::default() })
                });
            }
        }
        let source = if attribute.locked {
            Origin::Implied
        } else if now.choices.get(id).is_some() {
            Origin::Chosen
        } else if match &attribute.kind {
            Kind::MultiChoice { .. } => {
                let another = || self.has_another_set(id, value, &others, now);
                open == 0 && !self.settle(another())?.unwrap_or(true)
            }
            _ => open <= 1,
        } {
            Origin::Implied
        } else if value == now.defaults.value(id) {
            Origin::Default
        } else {
            Origin::Adjusted
        };
        for option in options.iter_mut().filter(|option| option.selected && option.state == State::Available)
        {
            match source {
                Origin::Chosen => option.state = State::Chosen,
                Origin::Implied => option.state = State::Implied,
                Origin::Default | Origin::Adjusted => {}
            }
        }
        Ok(AttributeMenu { source, options, range, blocked })
    }

    /// An answer, or none where the solver leaves it open. Where a search gives up, so does what asked for it.
    fn settle<T>(&self, answer: Result<T, TooComplex>) -> Result<Option<T>, TooComplex> {
        match answer {
            Err(TooComplex) if self.served_by() == ServedBy::Solver => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// What choosing a value beside the other choices comes to. `offered` is what the diagram or the solver says of it, if
    /// there is one.
    fn total_with(
        &self,
        offered: Option<Offer>,
        id: AttributeId,
        value: &Value,
        others: &Choices,
        now: &Now,
    ) -> Result<Outcome, TooComplex> {
        let priced = self.compiled.as_ref().is_some_and(|compiled| compiled.is_priced());
        match offered {
            // The design has it.
            _ if matches!(value, Value::Option(_)) && value == now.design.value(id) => {
                Ok(Outcome::Total(now.total))
            }
            Some(Offer::Impossible) => Ok(Outcome::Impossible),
            Some(Offer::Undecided) => Ok(Outcome::Undecided),
            Some(Offer::Price(price)) if priced => Ok(Outcome::Total(self.base_price.saturating_add(price))),
            Some(Offer::Price(_)) if now.pricing.is_spent() => Ok(Outcome::Unpriced),
            _ => {
                let wanted = others.clone().with(id, value.clone());
                let finding = self.patience().finding;
                Ok(match self.settle(self.nearest(&wanted, now.defaults, finding, &now.pricing))? {
                    Some(Some(Nearest { design, .. })) => Outcome::Total(self.quote(&design).total.amount),
                    Some(None) => Outcome::Impossible,
                    // The solver knows that there is one.
                    None => Outcome::Unpriced,
                })
            }
        }
    }

    /// Whether a multi-choice can have another set of options beside the other choices.
    fn has_another_set(
        &self,
        id: AttributeId,
        value: &Value,
        others: &Choices,
        now: &Now,
    ) -> Result<bool, TooComplex> {
        for (option, _) in self.attribute(id).option_ids().filter(|(_, option)| option.available) {
            let other = (id, option, !value.includes(option));
            if self.possible(others, now.defaults, Some(other), &now.finding)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The first value on the way from one number to another, in such steps, that can be chosen; the last can.
    fn outermost(
        &self,
        id: AttributeId,
        (from, to, step): (i64, i64, i64),
        others: &Choices,
        now: &Now,
    ) -> Result<i64, TooComplex> {
        let mut number = from;
        while number != to {
            let wanted = others.clone().with(id, Value::Number(number));
            if self.possible(&wanted, now.defaults, None, &now.finding)? {
                return Ok(number);
            }
            number += step;
        }
        Ok(to)
    }

    /// Why a text cannot be filled in; `None` when it can.
    fn explain_filled(
        &self,
        others: &Choices,
        id: AttributeId,
        now: &Now,
    ) -> Result<Option<Reason>, TooComplex> {
        let wanted = others.clone().with(id, Value::Text(ANY_TEXT.to_owned()));
        // Another text than the standard's costs points, so the standard's may be possible where others are not.
        let standard = others.clone().with(id, self.standard().value(id).clone());
        let standard_is_filled = self.standard().value(id) != &Value::Text(String::new());
        let possible = |choices: &Choices| self.possible(choices, now.defaults, None, &now.finding);
        let typed = self.settle(possible(&wanted))?;
        if typed == Some(true) || standard_is_filled && possible(&standard)? {
            return Ok(None);
        }
        if typed.is_none() {
            return Err(TooComplex);
        }
        Ok(Some(self.explain(&wanted, Some(id), now.defaults, &now.explaining)?))
    }

    /// Whether some valid design has these choices and this member of a multi-choice.
    fn possible(
        &self,
        choices: &Choices,
        reference: &Design,
        member: Option<Member>,
        effort: &Effort,
    ) -> Result<bool, TooComplex> {
        if let Some(compiled) = &self.compiled {
            return Ok(compiled.is_possible(self, choices, reference, member));
        }
        if let Some(solved) = &self.solved {
            return solved.is_possible(self, choices, reference, member.as_slice(), effort);
        }
        let rules = self.every_rule();
        let goal = Goal { members: member.as_slice(), ..self.goal(choices, reference, None, &rules) };
        Ok(search(self, &goal)?.is_some())
    }

    fn nearest(
        &self,
        choices: &Choices,
        defaults: &Design,
        finding: u64,
        effort: &Effort,
    ) -> Result<Option<Nearest>, TooComplex> {
        self.nearest_by(choices, defaults, &vec![1; self.attributes.len()], &[], finding, effort)
    }

    /// The valid design with these choices and members that departs least from a reference, each attribute by its weight.
    /// The solver looks for any with the effort of `finding`; what it took in all is taken off `effort`.
    fn nearest_by(
        &self,
        choices: &Choices,
        reference: &Design,
        weights: &[u32],
        members: &[Member],
        finding: u64,
        effort: &Effort,
    ) -> Result<Option<Nearest>, TooComplex> {
        let design = match (&self.compiled, &self.solved) {
            (Some(compiled), _) => compiled.nearest(self, choices, reference, Some(weights), members),
            (None, Some(solved)) => {
                let wanted = Wanted { fixed: choices, members, reference, weights };
                return solved.nearest(self, &wanted, finding, effort);
            }
            (None, None) => {
                let rules = self.every_rule();
                search(self, &Goal { members, ..self.goal(choices, reference, Some(weights), &rules) })?
            }
        };
        Ok(design.map(|design| Nearest { design, is_proven: true }))
    }

    /// What each value would lead to beside the choices for other attributes; `None` when only a search can tell.
    /// `design` is a valid one with the choices, if there is one at hand.
    fn offers(
        &self,
        choices: &Choices,
        defaults: &Design,
        design: Option<&Design>,
        effort: &Effort,
    ) -> Option<Offers<'_>> {
        match &self.compiled {
            Some(compiled) => Some(compiled.offers(&compiled.weights(self, choices, defaults, None))),
            None => self.solved.as_ref().map(|solved| solved.offers(self, choices, defaults, design, effort)),
        }
    }

    fn every_rule(&self) -> Vec<bool> {
        vec![true; self.rules.len()]
    }

    fn goal<'g>(
        &self,
        fixed: &'g Choices,
        reference: &'g Design,
        weights: Option<&'g [u32]>,
        rules: &'g [bool],
    ) -> Goal<'g> {
        Goal { fixed, reference, weights, rules, budget: true, members: &[], steps: MOST_STEPS }
    }

    /// A minimal conflict among choices that no valid design has: drops choices, then rules, as long as the rest still
    /// contradicts itself. Later choices go first, so what was there first is named. `wanted` is never dropped.
    fn explain(
        &self,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
        effort: &Effort,
    ) -> Result<Reason, TooComplex> {
        let alone: Choices = choices.iter().filter(|(id, _)| Some(*id) == wanted).collect();
        let reference = &with_texts(choices, reference);
        match &self.compiled {
            Some(compiled) => {
                let kept = compiled.conflicts(self, choices, &[alone], reference);
                Ok(self.reason_of(compiled, kept.first().unwrap_or(choices), wanted, reference, effort))
            }
            None => self.explain_without(choices, wanted, reference, effort),
        }
    }

    /// How much may be done for one answer, or for one part of a menu.
    fn effort(&self) -> Effort {
        Effort::new(self.patience().menu)
    }

    fn patience(&self) -> Patience {
        self.solved.as_ref().map_or_else(Patience::default, |solved| solved.patience)
    }

    /// The reason for each option that is blocked beside these choices.
    fn explain_each(
        &self,
        choices: &Choices,
        blocked: &[Unexplained],
        reference: &Design,
        effort: &Effort,
    ) -> Result<Vec<Reason>, TooComplex> {
        let reference = &with_texts(choices, reference);
        let Some(compiled) = &self.compiled else {
            let explain = |Unexplained { attribute, value, .. }: &Unexplained| {
                let wanted = choices.clone().with(*attribute, value.clone());
                self.explain_without(&wanted, Some(*attribute), reference, effort)
            };
            return blocked.iter().map(explain).collect();
        };
        let alone = |option: &Unexplained| Choices::new().with(option.attribute, option.value.clone());
        let alone: Vec<Choices> = blocked.iter().map(alone).collect();
        let conflicts = compiled.conflicts(self, choices, &alone, reference);
        let reason = |(kept, of): (&Choices, &Unexplained)| {
            self.reason_of(compiled, kept, Some(of.attribute), reference, effort)
        };
        Ok(conflicts.iter().zip(blocked).map(reason).collect())
    }

    /// The reason that these choices make a minimal conflict. The search finds the rules behind it; where they are too many
    /// to find out which, the choices alone have to do.
    fn reason_of(
        &self,
        compiled: &Compiled,
        kept: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
        effort: &Effort,
    ) -> Reason {
        // Nothing of the reference makes a difference to what is possible but its texts.
        let texts = self.ids().filter(|(_, attribute)| matches!(attribute.kind, Kind::Text { .. }));
        let like = texts.fold(self.standard().clone(), |like, (id, _)| {
            like.with(id, self.any_like(id, reference.value(id)))
        });
        let own = kept.iter().fold(Choices::new(), |own, (id, value)| own.with(id, self.any_like(id, value)));
        let blame = compiled.known().or_find((own, like), |own, like| {
            let refuted = self.refuted(own, &self.every_rule(), true, like, MOST_STEPS).ok()?;
            self.blame(own, refuted.unwrap_or_default(), like, MOST_STEPS).ok()
        });
        self.told(kept, wanted, blame, reference, effort)
    }

    /// A value that is as good as another to all rules: what somebody typed makes no difference, but that it is not the
    /// standard's.
    fn any_like(&self, id: AttributeId, value: &Value) -> Value {
        let standard = self.standard().value(id);
        match value {
            Value::Text(text) if !text.is_empty() && value != standard => {
                let other = if *standard == Value::Text(ANY_TEXT.to_owned()) { OTHER_TEXT } else { ANY_TEXT };
                Value::Text(other.to_owned())
            }
            value => value.clone(),
        }
    }

    /// The reason when there is no diagram, of choices that are known to be impossible. Where the solver takes too long to find
    /// out which of them, it is all of them.
    fn explain_without(
        &self,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
        effort: &Effort,
    ) -> Result<Reason, TooComplex> {
        let Some(solved) = &self.solved else {
            return self.explain_by_search(choices, wanted, reference, MOST_STEPS, effort);
        };
        let steps = solved.patience.steps;
        self.explain_by_search(choices, wanted, reference, steps, effort).or_else(|TooComplex| {
            Ok(match solved.conflict(self, choices, wanted, reference, effort) {
                Ok(conflict) => self.told(&conflict.kept, wanted, conflict.blame, reference, effort),
                Err(TooComplex) => Reason {
                    choices: choices.iter().map(|(id, _)| id).filter(|id| Some(*id) != wanted).collect(),
                    sentence: self.words().not_with_the_rest.to_owned(),
                    ..Reason::default()
                },
            })
        })
    }

    fn explain_by_search(
        &self,
        choices: &Choices,
        wanted: Option<AttributeId>,
        reference: &Design,
        steps: u32,
        effort: &Effort,
    ) -> Result<Reason, TooComplex> {
        let every = self.every_rule();
        let mut refutation = self.refuted(choices, &every, true, reference, steps)?.unwrap_or_default();
        let mut kept = self.involved(choices, wanted, &refutation);
        let given: Vec<AttributeId> =
            kept.iter().map(|(id, _)| id).filter(|id| Some(*id) != wanted).collect();
        for &id in given.iter().rev() {
            if kept.get(id).is_some()
                && let Some(simpler) =
                    self.refuted(&kept.clone().without(id), &every, true, reference, steps)?
            {
                kept = self.involved(&kept.without(id), wanted, &simpler);
                refutation = simpler;
            }
        }
        let blame = self.blame(&kept, refutation, reference, steps)?;
        Ok(self.told(&kept, wanted, Some(blame), reference, effort))
    }

    /// Why no valid design has these choices, as far as these rules and the budget go; `None` when one has.
    fn refuted(
        &self,
        choices: &Choices,
        rules: &[bool],
        budget: bool,
        reference: &Design,
        steps: u32,
    ) -> Result<Option<Refutation>, TooComplex> {
        refute(self, &Goal { budget, steps, ..self.goal(choices, reference, None, rules) })
    }

    /// The rules behind a conflict of choices: those of a refutation but for what is not needed.
    fn blame(
        &self,
        kept: &Choices,
        refutation: Refutation,
        reference: &Design,
        steps: u32,
    ) -> Result<Blame, TooComplex> {
        let Refutation { mut rules, mut budget, .. } = refutation;
        if budget && let Some(simpler) = self.refuted(kept, &self.every_rule(), false, reference, steps)? {
            (budget, rules) = (false, simpler.rules);
        }
        for index in (0..rules.len()).rev() {
            if !rules[index] {
                continue;
            }
            rules[index] = false;
            match self.refuted(kept, &rules, budget, reference, steps)? {
                Some(simpler) => rules = simpler.rules,
                None => rules[index] = true,
            }
        }
        let rules = (0..rules.len()).filter(|&index| rules[index]).map(RuleId::new).collect();
        Ok(Blame { rules, budget })
    }

    /// A minimal conflict of choices and rules with its obstacles and in words. Where it was too much to find out which rules,
    /// the choices alone have to do.
    fn told(
        &self,
        kept: &Choices,
        wanted: Option<AttributeId>,
        blame: Option<Blame>,
        reference: &Design,
        effort: &Effort,
    ) -> Reason {
        let is_blamed = blame.is_some();
        let Blame { rules, budget } = blame.unwrap_or_default();
        let blamed: Vec<AttributeId> =
            kept.iter().map(|(id, _)| id).filter(|id| Some(*id) != wanted).collect();
        let obstacles = self.obstacles(kept, &blamed, reference, effort);
        let mut sentence = self.reason_in_words(kept, wanted, &obstacles, &rules, budget);
        if sentence.is_empty() && !is_blamed {
            self.words().impossible.clone_into(&mut sentence);
        }
        Reason { choices: blamed, rules, obstacles, sentence }
    }

    /// What of these choices for some attributes is in the way of the others.
    fn obstacles(
        &self,
        kept: &Choices,
        blamed: &[AttributeId],
        reference: &Design,
        effort: &Effort,
    ) -> Vec<Obstacle> {
        let obstacle = |&attribute: &AttributeId| {
            let value = kept.get(attribute)?.clone();
            let missing = value == Value::Text(String::new());
            let whole = Obstacle { attribute, value, missing };
            // Where it takes too long to find out which options matter, all are named.
            let members = self.members_in_the_way(attribute, kept, None, reference, effort);
            Some(members.unwrap_or(None).unwrap_or(whole))
        };
        blamed.iter().filter_map(obstacle).collect()
    }

    /// The options of a multi-choice without each of which these impossible choices are possible; when there are none, the
    /// first option with which they are; when there is none either, some that are impossible by themselves. `wanted` is
    /// not looked at. `None` for other attributes, and when no option matters.
    fn members_in_the_way(
        &self,
        attribute: AttributeId,
        choices: &Choices,
        wanted: Option<OptionId>,
        reference: &Design,
        effort: &Effort,
    ) -> Result<Option<Obstacle>, TooComplex> {
        let (Kind::MultiChoice { min, max, .. }, Some(&Value::Options(set))) =
            (&self.attribute(attribute).kind, choices.get(attribute))
        else {
            return Ok(None);
        };
        let with = |set| choices.clone().with(attribute, Value::Options(set));
        let offers = self.offers(choices, reference, None, effort);
        let (mut there, mut missing) = (OptionSet::default(), None);
        for (option, _) in
            self.attribute(attribute).option_ids().filter(|(option, _)| Some(*option) != wanted)
        {
            let (toggled, inside) = (set.toggled(option), set.contains(option));
            let helps = (*min..=*max).contains(&toggled.len())
                && match &offers {
                    Some(offers) => offers.of_member(attribute, option, !inside).is_possible(),
                    None => self.possible(&with(toggled), reference, None, effort)?,
                };
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
                if fewer.len() >= *min && !self.possible(&with(fewer), reference, None, effort)? {
                    rest = fewer;
                }
            }
            there = rest.iter().filter(|option| Some(*option) != wanted).collect();
        }
        let value = Value::Options(there);
        Ok((!there.is_empty()).then_some(Obstacle { attribute, value, missing: false }))
    }

    /// The choices that a refutation is about, with the wanted one. Any choice may count for the budget.
    fn involved(&self, choices: &Choices, wanted: Option<AttributeId>, refutation: &Refutation) -> Choices {
        let mut involved: Vec<AttributeId> = wanted.into_iter().chain(refutation.value).collect();
        for (rule, _) in self.rules.iter().zip(&refutation.rules).filter(|(_, blamed)| **blamed) {
            rule.condition.attributes(&mut |attribute| involved.push(attribute));
        }
        let keeps = |id: &AttributeId| refutation.budget || involved.contains(id);
        choices
            .iter()
            .filter(|(id, _)| keeps(id))
            .fold(Choices::new(), |kept, (id, value)| kept.with(id, value.clone()))
    }

    fn reason_in_words(
        &self,
        kept: &Choices,
        wanted: Option<AttributeId>,
        obstacles: &[Obstacle],
        rules: &[RuleId],
        budget: bool,
    ) -> String {
        let words = self.words();
        for (id, value) in kept.iter() {
            let attribute = self.attribute(id);
            if attribute.locked && value != self.standard().value(id) {
                let standard = self.describe(id, self.standard().value(id));
                return between(&words.always, &attribute.label, &standard);
            }
            if let Some((_, gone)) =
                attribute.option_ids().find(|(option, opt)| !opt.available && value.includes(*option))
            {
                return around(&words.unavailable, &gone.label);
            }
        }
        let name = |obstacle: &Obstacle| {
            let label = &self.attribute(obstacle.attribute).label;
            match &obstacle.value {
                Value::Text(text) if text.is_empty() => label.clone(),
                value => format!("{label}: {}", self.describe(obstacle.attribute, value)),
            }
        };
        let named = |missing| {
            let named = obstacles.iter().filter(|obstacle| obstacle.missing == missing);
            named.map(name).collect::<Vec<_>>().join(words.and)
        };
        let (there, missing) = (named(false), named(true));
        let mut told = match (there.is_empty(), missing.is_empty(), wanted) {
            (true, true, _) => String::new(),
            (false, true, Some(_)) => around(&words.not_with, &there),
            (false, true, None) => around(&words.not_together, &there),
            (true, false, _) => around(&words.not_without, &missing),
            (false, false, Some(_)) => between(&words.not_with_nor_without, &there, &missing),
            (false, false, None) => between(&words.together_not_without, &there, &missing),
        };
        let mut sentences: Vec<String> = rules.iter().map(|&rule| self.rule(rule).sentence.clone()).collect();
        if let (true, Some(limit)) = (budget, self.budget) {
            let points = kept.iter().map(|(id, value)| u64::from(self.points(id, value))).sum();
            sentences.push(if points > u64::from(limit.ceiling) {
                over_budget(words, points, limit.ceiling)
            } else {
                words.beyond_budget.to_owned()
            });
        }
        told.push_str(&sentences.join(" "));
        told.trim_end().to_owned()
    }
}

/// The reference with the texts that were typed: where the choice of one is left out, it may still stay.
fn with_texts(choices: &Choices, reference: &Design) -> Design {
    let typed = choices.iter().filter(|(_, value)| matches!(value, Value::Text(text) if !text.is_empty()));
    typed.fold(reference.clone(), |design, (id, value)| design.with(id, value.clone()))
}
