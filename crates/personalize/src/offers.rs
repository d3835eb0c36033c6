//! What is offered as choices come in: the most probable valid completion of what is open, and a few that are really others. What
//! is shown stays as it is until an offer is taken.

use configurator::{AttributeId, Choices, Configured, Design, OptionId, Product, Value};
use engine::Diagram;
use engine::model::{ValueId, VariableId};
use engine::pass::Weight;

use crate::completion::score;
use crate::learn::Cell;
use crate::learnt::{Learnt, hundredths};
use crate::orders::{PastOrders, Spans, use_place};
use crate::{Evidence, Level, Part, StartingDesign};

/// A value is in the first offer where it is more probable than the one that is shown, and at least this probable.
const LIKELY: f64 = 0.3;
/// A value that leads to another offer is at least this probable, about one in seven.
const POSSIBLE: f64 = 0.15;
/// Most values that are tried as beginnings of other offers, the most probable first: each asks the model and takes a pass
/// over the diagram.
const MOST_TRIED: usize = 12;
/// Offers differ in at least so many attributes from each other.
const LEAST_DIFFERENT: usize = 2;
/// A choice is named as a reason where it makes a value commoner by at least a twentieth of the orders.
pub(crate) const TELLING: f64 = 0.05;

/// A design that is offered beside the one that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The design, valid, with all choices as they are.
    pub design: Design,
    /// What it has otherwise than the design shown, in the product's order.
    pub changes: Vec<Change>,
}

/// An attribute that an offer has otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The attribute.
    pub attribute: AttributeId,
    /// Its value in the offer.
    pub value: Value,
    /// What speaks for the value; nothing where it only follows from the others.
    pub evidence: Option<Evidence>,
    /// The choice of the shopper with which others had the value so often, where one makes a difference.
    pub with: Option<AttributeId>,
}

impl Change {
    /// Why it is offered; nothing where it only follows from the others.
    #[must_use]
    pub fn reason(&self, product: &Product, choices: &Choices) -> Option<String> {
        let evidence = self.evidence.as_ref()?;
        let reason = evidence.sentence(&evidence.level.people(product), product.words());
        let with = self.with.and_then(|id| Some((id, choices.get(id)?)));
        Some(match with {
            Some((id, own)) => product.words().studio.with_the_same(
                &reason,
                &product.attribute(id).label,
                &product.describe(id, own),
            ),
            None => reason,
        })
    }
}

/// A value that others with the same choices have, which one choice takes.
#[derive(Clone, Debug, PartialEq)]
pub struct LikelierValue {
    /// The attribute, its value, and what speaks for it.
    pub change: Change,
    /// The option that is chosen, or added or taken away where an attribute has several.
    pub option: OptionId,
    /// The choices with it.
    pub choices: Choices,
    /// What it does to the total, in minor units.
    pub price_change: i64,
}

/// What tells what is usual.
pub trait Usual {
    /// By variable of a product: how probable each value is, with what is known, by variable, and of the stated use. Of what is
    /// known it says nothing.
    fn chances(&self, known: &[Cell]) -> Vec<Vec<f64>>;

    /// What can be told of a value: by orders of the same use, else by everybody's; nothing where too few had it. With `given`
    /// only those orders speak that have that value, too.
    fn told(
        &self,
        product: &Product,
        stated_use: Option<&str>,
        had: (AttributeId, &Value),
        given: Option<(AttributeId, &Value)>,
    ) -> Option<Evidence>;
}

impl Usual for Learnt {
    fn chances(&self, known: &[Cell]) -> Vec<Vec<f64>> {
        self.chances_of(known.len().saturating_sub(1), known)
    }

    fn told(
        &self,
        product: &Product,
        stated_use: Option<&str>,
        had: (AttributeId, &Value),
        given: Option<(AttributeId, &Value)>,
    ) -> Option<Evidence> {
        self.past.told(product, stated_use, had, given)
    }
}

/// A design that is shown, beside which something is offered.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'a> {
    /// The product.
    pub product: &'a Configured,
    /// The use that the shopper agreed to be known by.
    pub stated_use: Option<&'a str>,
    /// What they chose.
    pub choices: &'a Choices,
    /// The design shown, which has these choices.
    pub shown: &'a Design,
}

/// What is asked about.
struct Asked<'a> {
    usual: &'a dyn Usual,
    product: &'a Configured,
    diagram: &'a Diagram,
    stated_use: Option<&'a str>,
    choices: &'a Choices,
    shown: &'a Design,
    /// By variable: what is chosen.
    chosen: Vec<Option<ValueId>>,
    /// The same without texts, and the use.
    known: Vec<Cell>,
}

/// The most probable completion, with how probable each value of each variable was.
struct Probable {
    assignment: Vec<ValueId>,
    chances: Vec<Vec<f64>>,
}

/// Where an offer begins with a value of its own.
struct Beginning<'b> {
    at: usize,
    value: ValueId,
    /// How probable the values of its variable are without it.
    chances: &'b [f64],
}

impl<'a> Beside<'a> {
    fn ask<T>(self, usual: &'a dyn Usual, answer: impl FnOnce(&Asked<'_>) -> T) -> Option<T> {
        let Self { product, stated_use, choices, shown } = self;
        let diagram = product.diagram()?;
        let in_force = product.in_force(choices, None);
        let chosen = product.to_chosen(&in_force);
        let mut known: Vec<Cell> = Spans::of(product).cells(product, &in_force);
        known.push(use_place(product, stated_use).and_then(|place| u16::try_from(place).ok()));
        let choices = &*in_force;
        Some(answer(&Asked { usual, product, diagram, stated_use, choices, shown, chosen, known }))
    }

    /// Of what others with these choices have, the one value that most of them have and that is taken by one choice which moves
    /// nothing else. Nothing where nothing is clearly likelier than what is shown, over which `default` stands.
    #[must_use]
    pub fn likelier_value(self, usual: &dyn Usual, default: &Design) -> Option<LikelierValue> {
        let wanted = self.ask(usual, |asked| Some(asked.wanted(&asked.most_probable(None)?, true)))?;
        // Of equals the first in the product's order.
        let mut best: Option<(f64, LikelierValue)> = None;
        for change in wanted? {
            let share = change.evidence.as_ref().map_or(0.0, share);
            if best.as_ref().is_none_or(|(most, _)| share > *most)
                && let Some(value) = self.taken_alone(change, default)
            {
                best = Some((share, value));
            }
        }
        best.map(|(_, value)| value)
    }

    /// At most so many offers by what is usual, as [`Learnt::offers`] has them.
    pub(crate) fn offers(self, usual: &dyn Usual, most: usize) -> Vec<Offer> {
        self.ask(usual, |asked| asked.offers(most)).unwrap_or_default()
    }

    /// The option whose choice takes a change that orders speak for, where that moves nothing else.
    fn taken_alone(self, change: Change, default: &Design) -> Option<LikelierValue> {
        let Self { product, choices, shown, .. } = self;
        change.evidence.as_ref()?;
        let option = match (shown.value(change.attribute), &change.value) {
            (Value::Option(_), Value::Option(option)) => *option,
            (Value::Options(before), Value::Options(after)) => {
                let mut others = product.attribute(change.attribute).option_ids().map(|(option, _)| option);
                let differs = |option: &OptionId| before.contains(*option) != after.contains(*option);
                let option = others.by_ref().find(differs)?;
                if others.any(|option| differs(&option)) {
                    return None;
                }
                option
            }
            _ => return None,
        };
        let choices = choices.clone().with(change.attribute, change.value.clone());
        let design = product.complete(&choices, default).ok()?;
        let moves = design.iter().any(|(id, value)| id != change.attribute && shown.value(id) != value);
        if moves || *design.value(change.attribute) != change.value {
            return None;
        }
        let price_change = product.quote(&design).total.amount - product.quote(shown).total.amount;
        Some(LikelierValue { change, option, choices, price_change })
    }
}

/// Of those who are told of, the share who have it.
fn share(evidence: &Evidence) -> f64 {
    f64::from(evidence.agreeing) / f64::from(evidence.orders.max(1))
}

impl Learnt {
    /// At most so many offers beside a design, the most probable first: it has its choices, and is what is shown otherwise. None
    /// where nothing was learnt, and where nothing else is probable.
    #[must_use]
    pub fn offers(&self, beside: Beside<'_>, most: usize) -> Vec<Offer> {
        if self.model.is_none() {
            return Vec::new();
        }
        beside.offers(self, most)
    }

    /// What one choice takes of that, as [`Beside::likelier_value`] has it.
    #[must_use]
    pub fn likelier_value(&self, beside: Beside<'_>, default: &Design) -> Option<LikelierValue> {
        self.model.as_ref()?;
        beside.likelier_value(self, default)
    }

    /// The design that an address carries, of a start or an offer that was taken, with what speaks for its values by now.
    #[must_use]
    pub fn carried(&self, product: &Configured, stated_use: Option<&str>, base: &Choices) -> StartingDesign {
        let current = self.start(stated_use).map(|start| &start.starting_design);
        carried(&self.past, current, product, stated_use, base)
    }
}

/// The design that an address carries, of a start or an offer that was taken, with what speaks for its values by now: as in
/// the present start where that has them, else by the orders there are.
#[must_use]
pub fn carried(
    past: &PastOrders,
    current: Option<&StartingDesign>,
    product: &Configured,
    stated_use: Option<&str>,
    base: &Choices,
) -> StartingDesign {
    let standard = StartingDesign::standard(product);
    let Ok(design) = product.complete(base, product.standard()) else { return standard };
    let by_now = |(id, value): (AttributeId, &Value)| {
        let start = current.filter(|start| start.design.value(id) == value);
        if let Some(start) = start {
            return start.evidence(id);
        }
        if product.standard().value(id) == value {
            return Evidence::STANDARD;
        }
        let told = past.told(product, stated_use, (id, value), None);
        told.unwrap_or(Evidence { level: Level::Proposal, agreeing: Part::COMES_ALONG, ..Evidence::STANDARD })
    };
    let evidence: Vec<Evidence> = design.iter().map(by_now).collect();
    // A design that is no start by now was taken or learnt before: of the whole, nobody is said to have chosen it.
    let level = match current.filter(|start| start.design == design) {
        Some(start) => start.level.clone(),
        None if design == *product.standard() => Level::Standard,
        None => Level::Proposal,
    };
    let suggested = current.map(|start| start.suggested.clone()).unwrap_or_default();
    let suggested = suggested.into_iter().filter(|(id, value, _)| design.value(*id) != value);
    let suggested: Vec<_> = suggested.collect();
    let recommended = current.map(|start| start.recommended.clone()).unwrap_or_default();
    let is_open = |id: &AttributeId| suggested.iter().any(|(known, ..)| known == id);
    let recommended = recommended.into_iter().filter(is_open).collect();
    StartingDesign { design, level, evidence, suggested, recommended }
}

impl Asked<'_> {
    fn offers(&self, most: usize) -> Vec<Offer> {
        let Some(best) = self.most_probable(None) else { return Vec::new() };
        let mut found: Vec<Offer> = self.offer(&best, true).into_iter().take(most).collect();
        if most <= 1 {
            return found;
        }
        for (at, value) in self.beginnings(&best) {
            if found.len() >= most {
                break;
            }
            let chances = best.chances.get(at).map(Vec::as_slice).unwrap_or_default();
            let other = self.most_probable(Some(Beginning { at, value, chances }));
            let Some(offer) = other.and_then(|other| self.offer(&other, false)) else { continue };
            let is_new = |known: &Design| {
                known.iter().filter(|(id, value)| offer.design.value(*id) != *value).count()
                    >= LEAST_DIFFERENT
            };
            if found.iter().all(|known| is_new(&known.design)) {
                found.push(offer);
            }
        }
        found
    }

    /// Values that other offers may begin with: probable ones that the best completion does not have.
    fn beginnings(&self, best: &Probable) -> Vec<(usize, ValueId)> {
        let attributes = self.product.variables();
        let mut values: Vec<(f64, usize, ValueId)> = Vec::new();
        for (at, ((chances, own), id)) in
            best.chances.iter().zip(&best.assignment).zip(&attributes).enumerate()
        {
            if self.chosen.get(at).copied().flatten().is_some() || self.stays(*id) {
                continue;
            }
            let probable = chances.iter().enumerate().filter(|(_, chance)| **chance >= POSSIBLE);
            let others = probable.map(|(value, chance)| (*chance, at, ValueId::new(value)));
            values.extend(others.filter(|(_, _, value)| value != own));
        }
        values.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        values.into_iter().take(MOST_TRIED).map(|(_, at, value)| (at, value)).collect()
    }

    /// The valid assignment with all that is chosen, and this value, whose probabilities have the greatest product; of equals the
    /// one nearest to the design shown.
    fn most_probable(&self, with: Option<Beginning<'_>>) -> Option<Probable> {
        let mut known = self.known.clone();
        if let Some(Beginning { at, value, .. }) = &with
            && let Some(cell) = known.get_mut(*at)
        {
            *cell = u16::try_from(value.index()).ok();
        }
        let mut chances = self.usual.chances(&known);
        if let Some(Beginning { at, chances: own, .. }) = &with
            && let Some(place) = chances.get_mut(*at)
        {
            *place = own.to_vec();
        }
        let shown = self.shown_values();
        let attributes = self.product.variables();
        let mut weights = vec![Weight { weight: 0, price: 0 }; self.diagram.literals()];
        for (at, (chances, id)) in chances.iter().zip(&attributes).enumerate() {
            let fixed = with.as_ref().filter(|with| with.at == at).map(|with| with.value);
            let fixed = fixed.or(self.chosen.get(at).copied().flatten());
            let is_shown =
                |value: usize| shown.get(at).copied().flatten().is_some_and(|own| own.index() == value);
            for (value, literal) in self.diagram.literals_of(VariableId::new(at)).enumerate() {
                let weight = match fixed {
                    Some(fixed) if fixed.index() == value => Weight { weight: 0, price: 0 },
                    Some(_) => Weight::IMPOSSIBLE,
                    None => {
                        let probability = match self.stays(*id) {
                            true => f64::from(u8::from(is_shown(value))),
                            false => chances.get(value).copied().unwrap_or(0.0),
                        };
                        Weight { weight: -i64::from(score(probability)), price: i64::from(!is_shown(value)) }
                    }
                };
                if let Some(place) = weights.get_mut(literal) {
                    *place = weight;
                }
            }
        }
        let (_, assignment) = self.diagram.lightest(&weights)?;
        Some(Probable { assignment, chances })
    }

    /// By attribute: how probable the values of its variables are, together.
    fn sure(&self, chances: &[Vec<f64>], value: impl Fn(usize) -> Option<ValueId>) -> Vec<f64> {
        let mut sure = vec![1.0; self.product.attributes.len()];
        for (at, (id, chances)) in self.product.variables().iter().zip(chances).enumerate() {
            let chance = value(at).and_then(|value| chances.get(value.index()).copied());
            if let Some(sure) = sure.get_mut(id.index()) {
                *sure *= chance.unwrap_or(0.0);
            }
        }
        sure
    }

    /// What an assignment has otherwise than the design shown, as far as it is this probable and can be told of.
    fn wanted(&self, probable: &Probable, is_first: bool) -> Vec<Change> {
        let from = if is_first { LIKELY } else { POSSIBLE };
        let Probable { assignment, chances } = probable;
        let probable = self.product.read_assignment(assignment);
        let sure = self.sure(chances, |at| assignment.get(at).copied());
        let shown = self.shown_values();
        let sure_shown = self.sure(chances, |at| shown.get(at).copied().flatten());
        let mut wanted: Vec<Change> = Vec::new();
        for (id, value) in probable.iter() {
            let confidence = sure.get(id.index()).copied().unwrap_or(0.0);
            let is_open = self.choices.get(id).is_none() && !self.stays(id) && *value != Value::Absent;
            let shown = sure_shown.get(id.index()).copied().unwrap_or(0.0);
            let least = if is_first { shown.max(from) } else { from };
            if !is_open || self.shown.value(id) == value || confidence < least {
                continue;
            }
            let Some((evidence, with)) = self.reason(id, value, is_first) else { continue };
            let evidence = Some(Evidence { sure: hundredths(confidence), ..evidence });
            wanted.push(Change { attribute: id, value: value.clone(), evidence, with });
        }
        wanted
    }

    /// The design shown with what is wanted of an assignment.
    fn offer(&self, probable: &Probable, is_first: bool) -> Option<Offer> {
        let wanted = self.wanted(probable, is_first);
        let with = |choices: Choices, change: &Change| choices.with(change.attribute, change.value.clone());
        let choices = wanted.iter().fold(self.choices.clone(), with);
        let design = self.product.complete(&choices, self.shown).ok()?;
        let moves_purpose = |(id, value): (AttributeId, &Value)| {
            self.product.attribute(id).moved_last && self.shown.value(id) != value
        };
        if design.iter().any(moves_purpose) {
            return None;
        }
        let changes =
            design.iter().filter(|(id, value)| self.shown.value(*id) != *value).map(|(id, value)| {
                let known = wanted.iter().find(|change| change.attribute == id && change.value == *value);
                let follows = || Change { attribute: id, value: value.clone(), evidence: None, with: None };
                known.cloned().unwrap_or_else(follows)
            });
        let changes: Vec<Change> = changes.collect();
        changes.iter().any(|change| change.evidence.is_some()).then_some(Offer { design, changes })
    }

    /// By variable: the value in the design shown.
    fn shown_values(&self) -> Vec<Option<ValueId>> {
        let with = |choices: Choices, (id, value): (AttributeId, &Value)| match value {
            Value::Absent => choices,
            value => choices.with(id, value.clone()),
        };
        self.product.to_chosen(&self.shown.iter().fold(Choices::new(), with))
    }

    /// What speaks for a value: how often others had it, with the one choice of the shopper that makes the most of it. A count
    /// speaks for the first offer where more of the same orders had its value than what is shown, and none had another option more
    /// often; for others where so many had theirs as are [`POSSIBLE`].
    fn reason(
        &self,
        id: AttributeId,
        value: &Value,
        is_first: bool,
    ) -> Option<(Evidence, Option<AttributeId>)> {
        let told = |value: &Value, given: Option<(AttributeId, &Value)>| {
            self.usual.told(self.product, self.stated_use, (id, value), given)
        };
        let alone = told(value, None)?;
        let shown = self.shown.value(id);
        let least = share(&alone) + TELLING;
        let level = alone.level.clone();
        let speaks = |evidence: &Evidence, given: Option<(AttributeId, &Value)>| {
            if !is_first {
                return share(evidence) >= POSSIBLE;
            }
            let rival = told(shown, given).or_else(|| told(shown, None));
            let rival = rival.filter(|rival| rival.level == level).map_or(0.0, |rival| share(&rival));
            // Of the same orders no more can have it than are left.
            let is_commoner = share(evidence) > rival.min(1.0 - share(evidence));
            is_commoner && self.is_commonest((id, value), evidence, given)
        };
        let with = self.choices.iter().filter_map(|(other, own)| {
            let evidence = told(value, Some((other, own)))?;
            let is_clear = evidence.level == level && share(&evidence) >= least;
            (is_clear && speaks(&evidence, Some((other, own)))).then_some((evidence, other))
        });
        let best = with.max_by(|one, other| share(&one.0).total_cmp(&share(&other.0)));
        match best {
            Some((evidence, other)) => Some((evidence, Some(other))),
            None => speaks(&alone, None).then_some((alone, None)),
        }
    }

    /// Whether what is shown of it stays: nobody's text is offered to others, and what a piece is for is nobody else's business.
    fn stays(&self, id: AttributeId) -> bool {
        self.product.attribute(id).moved_last || matches!(self.product.initial(id), Value::Text(_))
    }

    /// Whether no other option of the attribute is commoner among the same orders.
    fn is_commonest(
        &self,
        (id, value): (AttributeId, &Value),
        evidence: &Evidence,
        given: Option<(AttributeId, &Value)>,
    ) -> bool {
        let own = share(evidence);
        let is_commoner = |option: OptionId| {
            let told = self.usual.told(self.product, self.stated_use, (id, &Value::Option(option)), given);
            told.is_some_and(|told| told.level == evidence.level && share(&told) > own)
        };
        let is_most = own >= 0.5 || !matches!(value, Value::Option(_));
        is_most || !self.product.attribute(id).option_ids().map(|(option, _)| option).any(is_commoner)
    }
}

#[cfg(test)]
mod tests;
