//! What is offered as choices come in: the most probable valid completion of what is open, and a few that are really others. What
//! is shown stays as it is until an offer is taken.

use configurator::{AttributeId, Choices, Configured, Design, Value};
use engine::Diagram;
use engine::model::{ValueId, VariableId};
use engine::pass::Weight;

use crate::completion::score;
use crate::learn::blend::Blend;
use crate::learn::{Cell, Model};
use crate::learnt::{Learnt, hundredths};
use crate::orders::PastOrders;
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
const TELLING: f64 = 0.05;

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

/// What is asked about.
struct Asked<'a> {
    learnt: &'a Learnt,
    model: &'a Blend,
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

impl Learnt {
    /// At most so many offers beside the design shown, the most probable first: it has these choices, and is what `shown` says
    /// otherwise. None where nothing was learnt, and where nothing else is probable.
    #[must_use]
    pub fn offers(
        &self,
        product: &Configured,
        stated_use: Option<&str>,
        choices: &Choices,
        shown: &Design,
        most: usize,
    ) -> Vec<Offer> {
        let (Some(model), Some(diagram)) = (&self.model, product.diagram()) else { return Vec::new() };
        let in_force = product.in_force(choices, None);
        let chosen = product.to_chosen(&in_force);
        let mut known: Vec<Cell> = self.past.cells(product, &in_force);
        known.push(self.past.use_cell(stated_use));
        let choices = &*in_force;
        let asked =
            Asked { learnt: self, model, product, diagram, stated_use, choices, shown, chosen, known };
        asked.offers(most)
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
        for beginning in self.beginnings(&best) {
            if found.len() >= most {
                break;
            }
            let other = self.most_probable(Some(beginning));
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
            if self.chosen.get(at).copied().flatten().is_some() || self.is_text(*id) {
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
    fn most_probable(&self, with: Option<(usize, ValueId)>) -> Option<Probable> {
        let mut known = self.known.clone();
        if let Some((at, value)) = with
            && let Some(cell) = known.get_mut(at)
        {
            *cell = u16::try_from(value.index()).ok();
        }
        let open: Vec<usize> = (0..self.chosen.len()).collect();
        let chances = self.model.predict(&known, &open);
        let shown = self.product.to_chosen(&self.shown.to_choices());
        let attributes = self.product.variables();
        let mut weights = vec![Weight { weight: 0, price: 0 }; self.diagram.literals()];
        for (at, (chances, id)) in chances.iter().zip(&attributes).enumerate() {
            let fixed = with.filter(|(place, _)| *place == at).map(|(_, value)| value);
            let fixed = fixed.or(self.chosen.get(at).copied().flatten());
            let is_shown =
                |value: usize| shown.get(at).copied().flatten().is_some_and(|own| own.index() == value);
            for (value, literal) in self.diagram.literals_of(VariableId::new(at)).enumerate() {
                let weight = match fixed {
                    Some(fixed) if fixed.index() == value => Weight { weight: 0, price: 0 },
                    Some(_) => Weight::IMPOSSIBLE,
                    None => {
                        let probability = match self.is_text(*id) {
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

    /// The design shown with what an assignment has otherwise, as far as it is this probable and can be told of.
    fn offer(&self, probable: &Probable, is_first: bool) -> Option<Offer> {
        let from = if is_first { LIKELY } else { POSSIBLE };
        let Probable { assignment, chances } = probable;
        let probable = self.product.read_assignment(assignment);
        let sure = self.sure(chances, |at| assignment.get(at).copied());
        let shown = self.product.to_chosen(&self.shown.to_choices());
        let sure_shown = self.sure(chances, |at| shown.get(at).copied().flatten());
        let mut wanted: Vec<Change> = Vec::new();
        for (id, value) in probable.iter() {
            let confidence = sure.get(id.index()).copied().unwrap_or(0.0);
            let is_open = self.choices.get(id).is_none() && !self.is_text(id) && *value != Value::Absent;
            let shown = sure_shown.get(id.index()).copied().unwrap_or(0.0);
            let least = if is_first { shown.max(from) } else { from };
            if !is_open || self.shown.value(id) == value || confidence < least {
                continue;
            }
            let Some((evidence, with)) = self.reason(id, value) else { continue };
            let evidence = Some(Evidence { sure: hundredths(confidence), ..evidence });
            wanted.push(Change { attribute: id, value: value.clone(), evidence, with });
        }
        let with = |choices: Choices, change: &Change| choices.with(change.attribute, change.value.clone());
        let choices = wanted.iter().fold(self.choices.clone(), with);
        let design = self.product.complete(&choices, self.shown).ok()?;
        let changes =
            design.iter().filter(|(id, value)| self.shown.value(*id) != *value).map(|(id, value)| {
                let known = wanted.iter().find(|change| change.attribute == id && change.value == *value);
                let follows = || Change { attribute: id, value: value.clone(), evidence: None, with: None };
                known.cloned().unwrap_or_else(follows)
            });
        let changes: Vec<Change> = changes.collect();
        changes.iter().any(|change| change.evidence.is_some()).then_some(Offer { design, changes })
    }

    /// What speaks for a value: how often others had it, with the one choice of the shopper that makes the most of it.
    fn reason(&self, id: AttributeId, value: &Value) -> Option<(Evidence, Option<AttributeId>)> {
        let past = &self.learnt.past;
        let told = |given| past.told(self.product, self.stated_use, (id, value), given);
        let alone = told(None)?;
        let share = |evidence: &Evidence| f64::from(evidence.agreeing) / f64::from(evidence.orders.max(1));
        let least = share(&alone) + TELLING;
        let with = self.choices.iter().filter_map(|(other, own)| Some((told(Some((other, own)))?, other)));
        let with = with.filter(|(evidence, _)| evidence.level == alone.level && share(evidence) >= least);
        let best = with.max_by(|one, other| share(&one.0).total_cmp(&share(&other.0)));
        Some(best.map_or((alone, None), |(evidence, other)| (evidence, Some(other))))
    }

    fn is_text(&self, id: AttributeId) -> bool {
        matches!(self.product.initial(id), Value::Text(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::Promise;
    use crate::learn::choose::candidates;
    use crate::tests::{past, product};

    fn learnt(orders: &[(&str, [&str; 3], u32)]) -> (Configured, Learnt) {
        let product = Configured::new(product()).unwrap();
        let past = past(&product, orders);
        let learnt = Learnt::from_orders(&product, &past, &candidates(), Promise::default());
        (product, learnt)
    }

    /// What is offered for choices over the standard, as attribute and value.
    fn offered(
        (product, learnt): &(Configured, Learnt),
        stated_use: Option<&str>,
        chosen: &[(&str, &str)],
        most: usize,
    ) -> Vec<Vec<String>> {
        let choices = product.read_choices(chosen.iter().copied()).unwrap();
        let shown = product.complete(&choices, product.standard()).unwrap();
        let offers = learnt.offers(product, stated_use, &choices, &shown, most);
        let told = |offer: &Offer| {
            assert_eq!(product.validate(&offer.design), []);
            assert!(choices.iter().all(|(id, value)| offer.design.value(id) == value), "choices stay");
            let change = |change: &Change| {
                let code = &product.attribute(change.attribute).code;
                format!("{code} {}", product.write_value(change.attribute, &change.value))
            };
            offer.changes.iter().map(change).collect()
        };
        offers.iter().map(told).collect()
    }

    /// Who has a green bike has large wheels; the others have small ones.
    const TASTES: [(&str, [&str; 3], u32); 3] = [
        ("touring", ["green", "large", ""], 120),
        ("touring", ["red", "small", "ANA"], 150),
        ("town", ["blue", "small", ""], 130),
    ];

    #[test]
    fn the_most_probable_completion_of_what_is_open_follows_the_choices() {
        let known = learnt(&TASTES);
        let touring = Some("touring");
        assert_eq!(offered(&known, touring, &[("wheel", "large")], 1), [["colour green"]]);
        assert_eq!(offered(&known, touring, &[("wheel", "small")], 1), Vec::<Vec<String>>::new());
        assert_eq!(offered(&known, Some("town"), &[("wheel", "small")], 1), [["colour blue"]]);
        // What is chosen stays, whatever others have.
        assert_eq!(
            offered(&known, touring, &[("colour", "red"), ("wheel", "large")], 1),
            Vec::<Vec<String>>::new()
        );
        assert_eq!(offered(&learnt(&[]), touring, &[("wheel", "large")], 3), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_reason_names_the_choice_that_makes_the_difference_and_no_small_group() {
        let (product, learnt) = learnt(&TASTES);
        let choices = product.read_choices([("wheel", "large")]).unwrap();
        let shown = product.complete(&choices, product.standard()).unwrap();
        let offers = learnt.offers(&product, Some("touring"), &choices, &shown, 1);
        let change = offers[0].changes.first().unwrap();
        assert_eq!(change.with, product.by_code("wheel"));
        let evidence = change.evidence.clone().unwrap();
        assert_eq!((evidence.agreeing, evidence.orders), (120, 120));
        assert!(evidence.sure >= 50);
        let few = learnt_of_few();
        assert_eq!(offered(&few, Some("touring"), &[("wheel", "large")], 3), Vec::<Vec<String>>::new());
    }

    fn learnt_of_few() -> (Configured, Learnt) {
        learnt(&[("touring", ["green", "large", ""], 12), ("town", ["red", "small", ""], 60)])
    }

    #[test]
    fn several_offers_are_really_others() {
        let known = learnt(&[
            ("touring", ["green", "large", ""], 100),
            ("touring", ["blue", "small", ""], 100),
            ("touring", ["red", "large", ""], 80),
        ]);
        let offers = offered(&known, Some("touring"), &[], 3);
        assert!(offers.len() >= 2, "{offers:?}");
        assert!(offers.iter().all(|offer| !offer.is_empty()));
    }

    #[test]
    fn a_carried_design_opens_as_it_was_whatever_is_learnt_since() {
        let (product, learnt) = learnt(&TASTES);
        let base = product.read_choices([("colour", "blue")]).unwrap();
        let start = learnt.carried(&product, Some("touring"), &base);
        let colour = product.by_code("colour").unwrap();
        assert_eq!(start.design, product.complete(&base, product.standard()).unwrap());
        // Of touring riders nobody had it; of everybody 130 had.
        assert_eq!(start.evidence(colour).agreeing, 130);
        assert_eq!((start.evidence(colour).level, start.level), (Level::Everybody, Level::Proposal));
        let few = learnt_of_few();
        let base = few.0.read_choices([("colour", "blue")]).unwrap();
        let start = few.1.carried(&few.0, None, &base);
        assert_eq!(start.reason(&few.0, colour), "Part of the proposal");
    }
}
