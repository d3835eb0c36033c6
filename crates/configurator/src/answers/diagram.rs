//! A product's diagram, and what a menu asks of it: which designs are possible, and which is nearest to a reference.

use super::known_conflicts::KnownConflicts;
use super::{Answers, Conflict, Near, Nearest, Offer, Offers, ServedBy, Wanted};
use crate::artifact::error::ArtifactError;
use crate::attribute::Attribute;
use crate::design::{Choices, Design};
use crate::ids::AttributeId;
use crate::layout::Variables;
use crate::product::Product;
use crate::refute::{Blame, MOST_STEPS, Refuter};
use crate::value::{Member, Value};
use engine::bytes::BytesError;
use engine::compile::{Limits, TooLarge};
use engine::diagram::Diagram;
use engine::effort::{Effort, Patience, TooComplex};
use engine::model::{ValueId, VariableId};
use engine::pass::{Bounds, EachPossible, Least, Pass, Possible, Semiring, Totals, Weight};

/// Stands for whatever a shopper may type: rules only ask whether a text is empty.
pub(crate) const ANY_TEXT: &str = "A";
/// The same where that is the standard's text.
const OTHER_TEXT: &str = "B";

/// What departing from the reference weighs for each unit of an attribute's weight: more than all distances of numbers
/// together, which break ties.
const DEPARTURE: i64 = 1 << 24;
/// By how much more it weighs where departing from something else counts among equals: more than a product has variables.
const FIRST: i64 = 1 << 13;

/// Most factors of a diagram that carries the prices which depend on several attributes. One that would be larger is made
/// without them: what a value does to the price is then asked design by design.
const MOST_PRICED: usize = 40_000;
/// Most factors of any product's diagram: every shopper loads it.
const MOST_FACTORS: usize = 400_000;
/// How many orders are tried at first.
const QUICK_ORDERS: usize = 32;
/// Most nodes that are made for an order at first.
const QUICK_WORK: usize = 60_000;
/// Limits of a diagram that is asked a few questions and forgotten.
const ROUGH: Limits = Limits { nodes: QUICK_WORK, orders: 4, steps: 0 };

/// The diagram of a product's valid designs.
#[derive(Debug)]
pub(crate) struct DiagramAnswers {
    diagram: Diagram,
    /// Whether its arcs carry the prices that depend on several attributes.
    priced: bool,
    variables: Variables,
    /// By literal: what it adds to the price; where the arcs carry no prices, what it makes of the standard's.
    prices: Vec<i64>,
    /// What is known of conflicts.
    known: KnownConflicts,
}

impl DiagramAnswers {
    /// The diagram of a product within these limits.
    pub(crate) fn new(product: &Product, limits: Limits) -> Result<Self, TooLarge> {
        let mut model = product.to_model();
        // Products are small: an ordered diagram is made at once, and mostly without more ado.
        let quick = Limits { nodes: limits.nodes.min(QUICK_WORK), orders: QUICK_ORDERS, ..limits };
        let found = model.compile_ordered(quick).ok().filter(|diagram| diagram.factors() <= MOST_PRICED);
        let priced = found.is_some();
        let diagram = match found {
            Some(diagram) => diagram,
            None => {
                let without = if model.prices.is_empty() {
                    Err(TooLarge)
                } else {
                    model.prices.clear();
                    model.compile_ordered(quick)
                };
                let found = without.or_else(|_| model.compile(limits))?;
                if found.factors() > MOST_FACTORS {
                    return Err(TooLarge);
                }
                found
            }
        };
        Ok(Self::from_parts(product, diagram, priced))
    }

    /// The same made with less looking for a small one, with the prices or without them from the start.
    pub(crate) fn roughly(product: &Product, is_priced: bool) -> Result<Self, TooLarge> {
        let mut model = product.to_model();
        if is_priced && let Ok(diagram) = model.compile_ordered(ROUGH) {
            return Ok(Self::from_parts(product, diagram, true));
        }
        model.prices.clear();
        Ok(Self::from_parts(product, model.compile_ordered(ROUGH)?, false))
    }

    /// Reads what [`Answers::to_bytes`] wrote; an error when it is no diagram of this product.
    pub(crate) fn from_bytes(product: &Product, bytes: &[u8]) -> Result<Self, ArtifactError> {
        let Some((&priced @ (0 | 1), rest)) = bytes.split_first() else {
            return Err(BytesError::SomethingElse { expected: "diagram" }.into());
        };
        let diagram = Diagram::from_bytes(rest)?;
        let sizes = |attribute: &Attribute| std::iter::repeat_n(attribute.size(), attribute.kind.variables());
        let model_sizes = product.attributes.iter().flat_map(sizes);
        if !diagram.sizes().eq(model_sizes) {
            return Err(ArtifactError::AnotherProduct);
        }
        Ok(Self::from_parts(product, diagram, priced == 1))
    }

    fn from_parts(product: &Product, diagram: Diagram, priced: bool) -> Self {
        let prices = if priced { product.literal_prices() } else { product.prices_beside_standard() };
        let variables = Variables::of(product);
        Self { diagram, priced, variables, prices, known: KnownConflicts::default() }
    }

    fn literal(&self, variable: VariableId, value: usize) -> usize {
        self.diagram.literal(variable, ValueId::new(value))
    }

    /// By literal: what choosing it weighs when these choices stand and everything else departs from the reference as
    /// little as possible, by these weights or by those of the attributes. What is absent `there` may be so without departing. A
    /// text that nobody typed is the reference's, the standard's or none.
    fn weights(
        &self,
        product: &Product,
        fixed: &Choices,
        (near, there): (Near<'_>, &Design),
        weights: Option<&[u32]>,
    ) -> Vec<Weight> {
        let mut found: Vec<Weight> = self.prices.iter().map(|&price| Weight { weight: 0, price }).collect();
        let then_there = near.then.map(|then| product.fitted(then.clone()));
        for (id, attribute) in product.ids() {
            let departure = weights.map_or_else(|| attribute.departure(), |weights| weights[id.index()]);
            let departure = i64::from(departure) * DEPARTURE;
            let is_open = fixed.get(id).is_none();
            self.weigh(product, id, fixed.get(id), near, departure, &mut found);
            if is_open && *there.value(id) == Value::Absent {
                self.lighten_absence(product, id, &mut found);
            }
            if let Some((then, then_there)) = near.then.filter(|_| is_open).zip(then_there.as_ref()) {
                let may_be_absent = *then_there.value(id) == Value::Absent;
                self.add_departures(product, id, (then, may_be_absent), &mut found);
            }
        }
        found
    }

    /// The same for the literals of one attribute, which weigh nothing yet. `departure` is what departing from the reference
    /// weighs.
    fn weigh(
        &self,
        product: &Product,
        id: AttributeId,
        wanted: Option<&Value>,
        near: Near<'_>,
        departure: i64,
        found: &mut [Weight],
    ) {
        let (attribute, standard) = (product.attribute(id), product.initial(id));
        let usual = wanted.unwrap_or_else(|| product.usual(id, near.reference));
        let typed = attribute.kind.typed();
        let departure = near.then.map_or(departure, |_| departure.saturating_mul(FIRST));
        for (place, variable) in self.variables.all(id).enumerate() {
            let usual = attribute.pick(place, usual, standard);
            for (value, literal) in self.diagram.literals_of(variable).enumerate() {
                let is_usual = Some(value) == usual;
                if !is_usual && (wanted.is_some() || Some(value) == typed) {
                    found[literal] = Weight::IMPOSSIBLE;
                    continue;
                }
                if departs(attribute, value, usual) {
                    let distance = usual.map_or(0, |usual| attribute.distance(value, usual));
                    found[literal].weight = departure.saturating_add(i64::from(distance));
                }
            }
        }
    }

    /// Adds what departing from a second reference weighs for the literals of an attribute, by which equals are told apart.
    /// `may_be_absent`: whether it may be so without departing.
    fn add_departures(
        &self,
        product: &Product,
        id: AttributeId,
        (reference, may_be_absent): (&Design, bool),
        found: &mut [Weight],
    ) {
        let (attribute, standard) = (product.attribute(id), product.initial(id));
        if attribute.kind.is_number() {
            return;
        }
        let absent = attribute.absent().filter(|_| may_be_absent);
        for (place, variable) in self.variables.all(id).enumerate() {
            let usual = attribute.pick(place, product.usual(id, reference), standard);
            for (value, literal) in self.diagram.literals_of(variable).enumerate() {
                let own = &mut found[literal];
                if Some(value) != absent && departs(attribute, value, usual) && own.is_possible() {
                    own.weight = own.weight.saturating_add(DEPARTURE);
                }
            }
        }
    }

    /// Lets an attribute be absent without departing.
    fn lighten_absence(&self, product: &Product, id: AttributeId, found: &mut [Weight]) {
        let absent = product.attribute(id).absent().into_iter();
        for (absent, variable) in
            absent.flat_map(|absent| self.variables.all(id).map(move |own| (absent, own)))
        {
            found[self.literal(variable, absent)].weight = 0;
        }
    }

    /// By literal: whether a design with these choices may have it.
    fn allowed(&self, product: &Product, fixed: &Choices, reference: &Design) -> Vec<bool> {
        let near = (reference.into(), reference);
        self.weights(product, fixed, near, None).iter().map(Weight::is_possible).collect()
    }

    /// For each of `alone` it with the part of the choices that is in conflict with it: see [`Answers::conflicts`]. One choice
    /// after the other is left out, the last first, of 64 conflicts in one pass.
    fn kept(
        &self,
        product: &Product,
        choices: &Choices,
        alone: &[Choices],
        reference: &Design,
    ) -> Vec<Choices> {
        let with = self.allowed(product, choices, reference);
        let without = self.allowed(product, &Choices::new(), reference);
        let mut pass = Pass::<EachPossible>::default();
        let mut weights = vec![Weight { weight: 0, price: 0 }; self.diagram.literals()];
        let mut conflicts = alone.to_vec();
        // Each conflict has one bit of every word.
        for (conflicts, alone) in conflicts.chunks_mut(64).zip(alone.chunks(64)) {
            let mut allowed: Vec<u64> = with.iter().map(|&with| if with { u64::MAX } else { 0 }).collect();
            for (lane, alone) in alone.iter().enumerate() {
                for (id, value) in alone.iter() {
                    let own = self.literals_of(product, id);
                    weights[own.clone()].fill(Weight { weight: 0, price: 0 });
                    self.weigh(product, id, Some(value), reference.into(), DEPARTURE, &mut weights);
                    own.for_each(|literal| {
                        set(&mut allowed[literal], 1 << lane, weights[literal].is_possible());
                    });
                }
            }
            let given: Vec<(AttributeId, &Value)> = choices.iter().collect();
            for (id, value) in given.into_iter().rev() {
                let others = alone.iter().enumerate().filter(|(_, alone)| alone.get(id).is_none());
                let tried = others.fold(0, |tried, (lane, _)| tried | 1 << lane);
                let own = self.literals_of(product, id);
                own.clone().for_each(|literal| set(&mut allowed[literal], tried, without[literal]));
                pass.upwards(&self.diagram, &allowed);
                let needed = pass.total(&self.diagram) & tried;
                own.for_each(|literal| set(&mut allowed[literal], needed, with[literal]));
                for (lane, conflict) in conflicts.iter_mut().enumerate() {
                    if needed >> lane & 1 == 1 {
                        *conflict = std::mem::take(conflict).with(id, value.clone());
                    }
                }
            }
        }
        conflicts
    }

    /// The rules behind a minimal conflict of choices; `None` where they are too many to find out which.
    fn blame(&self, product: &Product, kept: &Choices, reference: &Design) -> Option<Blame> {
        // Nothing of the reference makes a difference to what is possible but its texts.
        let like = reference.iter().filter(|(_, value)| matches!(value, Value::Text(_)));
        let like =
            like.fold(product.initial.clone(), |like, (id, text)| like.with(id, any_like(product, id, text)));
        let own = kept.iter().map(|(id, value)| (id, any_like(product, id, value))).collect();
        self.known.or_find((own, like), |own, like| {
            Refuter { product, reference: like, steps: MOST_STEPS }.rules_behind(own).ok()
        })
    }

    /// The literals of an attribute's variables.
    fn literals_of(&self, product: &Product, id: AttributeId) -> std::ops::Range<usize> {
        let attribute = product.attribute(id);
        let first = self.literal(self.variables.whole(id), 0);
        first..first + attribute.kind.variables() * attribute.size()
    }

    /// Visits the literals that a member is not to be.
    fn without(&self, product: &Product, (id, option, inside): Member, mut visit: impl FnMut(usize)) {
        let variable = self.variables.member(id, option);
        visit(self.literal(variable, usize::from(!inside)));
        product.attribute(id).absent().into_iter().for_each(|absent| visit(self.literal(variable, absent)));
    }

    /// For every literal the lightest design with it, by these weights.
    fn lightest(&self, weights: &[Weight]) -> Offers<'_> {
        let mut pass = Pass::<Least>::default();
        pass.run(&self.diagram, weights);
        let others = pass.others(&self.diagram).iter().zip(&self.prices);
        let price = |(least, &price): (&Weight, &i64)| {
            if least.is_possible() {
                let alone = least.weight < DEPARTURE.saturating_mul(FIRST);
                Offer::Possible { price: least.price.saturating_add(price), alone }
            } else {
                Offer::Impossible
            }
        };
        Offers::new(&self.variables, self.diagram.first(), others.map(price).collect())
    }
}

impl Answers for DiagramAnswers {
    fn served_by(&self) -> ServedBy {
        ServedBy::Diagram
    }

    fn patience(&self) -> Patience {
        Patience::default()
    }

    fn is_possible(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        members: &[Member],
        _: &Effort,
    ) -> Result<bool, TooComplex> {
        let mut allowed = self.allowed(product, fixed, reference);
        for &(id, option, inside) in members {
            self.without(product, (id, option, inside), |literal| allowed[literal] = false);
        }
        let mut pass = Pass::<Possible>::default();
        pass.upwards(&self.diagram, &allowed);
        Ok(pass.total(&self.diagram))
    }

    /// The cheapest of those that depart least; where the arcs carry no prices, cheapest by what each value would make of the
    /// standard's price.
    fn nearest(
        &self,
        product: &Product,
        &Wanted { fixed, members, near, there, weights }: &Wanted,
        _: u64,
        _: &Effort,
    ) -> Result<Option<Nearest>, TooComplex> {
        let mut weights = self.weights(product, fixed, (near, there), Some(weights));
        for &(id, option, inside) in members {
            self.without(product, (id, option, inside), |literal| weights[literal] = Weight::IMPOSSIBLE);
        }
        let typed = || {
            fixed.iter().fold(near.reference.clone(), |design, (id, value)| design.with(id, value.clone()))
        };
        Ok(self.diagram.lightest(&weights).map(|(_, assignment)| Nearest {
            design: self.variables.read(product, &assignment, &typed()),
            is_proven: true,
        }))
    }

    fn offers(
        &self,
        product: &Product,
        fixed: &Choices,
        near: Near<'_>,
        _: Option<&Design>,
        _: &Effort,
    ) -> Offers<'_> {
        let there = product.fitted(near.reference.clone());
        self.lightest(&self.weights(product, fixed, (near, &there), None))
    }

    fn alive(&self, _: &Product, _: &Design, _: &Effort) -> Offers<'_> {
        self.lightest(&self.prices.iter().map(|&price| Weight { weight: 0, price }).collect::<Vec<_>>())
    }

    fn is_priced(&self) -> bool {
        self.priced
    }

    fn conflicts(
        &self,
        product: &Product,
        choices: &Choices,
        alone: &[Choices],
        reference: &Design,
        _: &Effort,
    ) -> Vec<Option<Conflict>> {
        let kept = self.kept(product, choices, alone, reference).into_iter();
        kept.map(|kept| {
            let blame = self.blame(product, &kept, reference);
            Some(Conflict { kept, blame })
        })
        .collect()
    }

    fn price_range(&self, product: &Product, choices: &Choices) -> Option<(i64, i64)> {
        if !self.priced || self.diagram.largest_sum(&self.prices) > Totals::LARGEST {
            return None;
        }
        let mut weights: Vec<Totals> = self.prices.iter().map(|&price| Totals::of(price)).collect();
        for (id, chosen) in choices.iter() {
            let (attribute, standard) = (product.attribute(id), product.initial(id));
            for (place, variable) in self.variables.all(id).enumerate() {
                let chosen = attribute.pick(place, chosen, standard);
                for (value, literal) in self.diagram.literals_of(variable).enumerate() {
                    if Some(value) != chosen {
                        weights[literal] = Bounds::zero();
                    }
                }
            }
        }
        let mut pass = Pass::<Bounds>::default();
        pass.upwards(&self.diagram, &weights);
        let total = pass.total(&self.diagram);
        total.is_possible().then_some((total.low(), total.high()))
    }

    fn diagram(&self) -> Option<&Diagram> {
        Some(&self.diagram)
    }

    /// The diagram, after a byte that says whether it carries prices.
    fn to_bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = vec![u8::from(self.priced)];
        bytes.extend(self.diagram.to_bytes());
        Some(bytes)
    }
}

/// Whether a value of a variable departs from another one of it: a set that is absent does from each option that it had.
fn departs(attribute: &Attribute, value: usize, usual: Option<usize>) -> bool {
    let is_absent = Some(value) == attribute.absent();
    Some(value) != usual && !(is_absent && attribute.kind.is_multi_choice() && usual != Some(1))
}

/// A value that is as good as another to all rules: what somebody typed makes no difference, but that it is not the
/// standard's.
fn any_like(product: &Product, id: AttributeId, value: &Value) -> Value {
    let standard = product.initial(id);
    match value {
        Value::Text(text) if !text.is_empty() && value != standard => {
            let other = if *standard == Value::Text(ANY_TEXT.to_owned()) { OTHER_TEXT } else { ANY_TEXT };
            Value::Text(other.to_owned())
        }
        value => value.clone(),
    }
}

/// Sets or clears some bits.
fn set(bits: &mut u64, which: u64, on: bool) {
    *bits = if on { *bits | which } else { *bits & !which };
}
