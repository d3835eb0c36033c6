//! A product's diagram, and what a menu asks of it: which designs are possible, and which is nearest to a reference.

use crate::artifact::ArtifactError;
use crate::blame::Conflicts;
use crate::design::{Choices, Design, Member, Value};
use crate::lower::{STANDARD, TYPED, Variables, read_design, value_of};
use crate::product::{AttributeId, Kind, OptionId, Product};
use engine::bytes::BytesError;
use engine::compile::{Limits, TooLarge};
use engine::diagram::Diagram;
use engine::model::{ValueId, VariableId};
use engine::pass::{Bounds, EachPossible, Least, Pass, Possible, Totals, Weight};

/// What departing from the reference weighs for each unit of an attribute's weight: more than all distances of numbers
/// together, which break ties.
const DEPARTURE: i64 = 1 << 24;

/// Most factors of a diagram that carries the prices which depend on several attributes. One that would be larger is made
/// without them: what a value does to the price is then asked design by design.
const MOST_PRICED: usize = 40_000;
/// Most factors of any product's diagram: every shopper loads it.
const MOST_FACTORS: usize = 400_000;
/// How many orders are tried at first.
const QUICK_ORDERS: usize = 32;
/// Most nodes that are made for an order at first.
const QUICK_WORK: usize = 60_000;

/// The diagram of a product's valid designs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compiled {
    diagram: Diagram,
    /// Whether its arcs carry the prices that depend on several attributes.
    priced: bool,
    variables: Variables,
    /// By literal: what it adds to the price; where the arcs carry no prices, what it makes of the standard's.
    prices: Vec<i64>,
    /// What is known of conflicts.
    conflicts: Conflicts,
}

impl Compiled {
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

    /// Reads what [`Compiled::to_bytes`] wrote; an error when it is no diagram of this product.
    pub(crate) fn from_bytes(product: &Product, bytes: &[u8]) -> Result<Self, ArtifactError> {
        let Some((&priced @ (0 | 1), rest)) = bytes.split_first() else {
            return Err(BytesError::SomethingElse { expected: "diagram" }.into());
        };
        let diagram = Diagram::from_bytes(rest)?;
        let model_sizes = product.attributes.iter().flat_map(|attribute| match &attribute.kind {
            Kind::Choice { options } => vec![options.len()],
            Kind::MultiChoice { options, .. } => vec![2; options.len()],
            Kind::Number { min, max, step, .. } => vec![usize::try_from((max - min) / step).unwrap_or(0) + 1],
            Kind::Text { .. } => vec![3],
        });
        if !diagram.sizes().eq(model_sizes) {
            return Err(ArtifactError::AnotherProduct);
        }
        Ok(Self::from_parts(product, diagram, priced == 1))
    }

    fn from_parts(product: &Product, diagram: Diagram, priced: bool) -> Self {
        let prices = if priced { product.literal_prices() } else { product.prices_beside_standard() };
        let variables = Variables::of(product);
        Self { diagram, priced, variables, prices, conflicts: Conflicts::default() }
    }

    /// The diagram as bytes, after one that says whether it carries prices.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![u8::from(self.priced)];
        bytes.extend(self.diagram.to_bytes());
        bytes
    }

    /// Whether the prices of [`Offers`] are whole: not only those of single values.
    pub(crate) fn is_priced(&self) -> bool {
        self.priced
    }

    pub(crate) fn diagram(&self) -> &Diagram {
        &self.diagram
    }

    fn literal(&self, variable: VariableId, value: usize) -> usize {
        self.diagram.literal(variable, ValueId::new(value))
    }

    /// By literal: what choosing it weighs when these choices stand and everything else departs from the reference as
    /// little as possible. A text that nobody typed is the reference's, the standard's or none.
    pub(crate) fn weights(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        weights: Option<&[u32]>,
    ) -> Vec<Weight> {
        let mut found: Vec<Weight> = self.prices.iter().map(|&price| Weight { weight: 0, price }).collect();
        for (id, _) in product.ids() {
            let departure = weights.map_or(1, |weights| i64::from(weights[id.index()])) * DEPARTURE;
            self.weigh(product, id, fixed.get(id), reference, departure, &mut found);
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
        reference: &Design,
        departure: i64,
        found: &mut [Weight],
    ) {
        let attribute = product.attribute(id);
        let usual = wanted.unwrap_or_else(|| reference.value(id));
        if let (Kind::MultiChoice { .. }, Value::Options(set)) = (&attribute.kind, usual) {
            for (option, _) in attribute.option_ids() {
                let other = usize::from(!set.contains(option));
                let literal = self.literal(self.variables.member(id, option), other);
                if wanted.is_some() {
                    found[literal] = Weight::IMPOSSIBLE;
                } else {
                    found[literal].weight = departure;
                }
            }
            return;
        }
        let variable = self.variables.whole(id);
        let usual = value_of(attribute, product.standard().value(id), usual);
        for (value, literal) in self.diagram.literals_of(variable).enumerate() {
            if Some(value) == usual {
                continue;
            }
            if wanted.is_some() || matches!(attribute.kind, Kind::Text { .. }) && value == TYPED {
                found[literal] = Weight::IMPOSSIBLE;
            } else {
                let distance = match (&attribute.kind, usual) {
                    (Kind::Number { .. }, Some(usual)) => i64::try_from(value.abs_diff(usual)).unwrap_or(0),
                    _ => 0,
                };
                found[literal].weight = departure.saturating_add(distance);
            }
        }
    }

    /// The valid design with these choices and members that departs least from the reference, the cheapest of these; where
    /// the arcs carry no prices, cheapest by what each value would make of the standard's price.
    pub(crate) fn nearest(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        weights: Option<&[u32]>,
        members: &[Member],
    ) -> Option<Design> {
        let mut weights = self.weights(product, fixed, reference, weights);
        for &(id, option, inside) in members {
            weights[self.literal(self.variables.member(id, option), usize::from(!inside))] =
                Weight::IMPOSSIBLE;
        }
        let (_, assignment) = self.diagram.lightest(&weights)?;
        let typed =
            fixed.iter().fold(reference.clone(), |design, (id, value)| design.with(id, value.clone()));
        Some(read_design(product, &self.variables, &assignment, &typed))
    }

    /// Whether some valid design has these choices.
    pub(crate) fn is_possible(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        member: Option<Member>,
    ) -> bool {
        let mut allowed = self.allowed(product, fixed, reference);
        if let Some((id, option, inside)) = member {
            allowed[self.literal(self.variables.member(id, option), usize::from(!inside))] = false;
        }
        let mut pass = Pass::<Possible>::default();
        pass.upwards(&self.diagram, &allowed);
        pass.total(&self.diagram)
    }

    /// By literal: whether a design with these choices may have it.
    fn allowed(&self, product: &Product, fixed: &Choices, reference: &Design) -> Vec<bool> {
        self.weights(product, fixed, reference, None).iter().map(Weight::is_possible).collect()
    }

    /// For each of `alone`, which together with the choices for other attributes no valid design has: it with a part of
    /// these choices that is impossible already, while it is possible without any one of that part; those that come first
    /// are kept if there is a choice. One after the other is left out, the last first, of 64 conflicts in one pass.
    pub(crate) fn conflicts(
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
                    self.weigh(product, id, Some(value), reference, DEPARTURE, &mut weights);
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

    /// What is known of conflicts.
    pub(crate) fn known(&self) -> &Conflicts {
        &self.conflicts
    }

    /// The literals of an attribute's variables.
    fn literals_of(&self, product: &Product, id: AttributeId) -> std::ops::Range<usize> {
        match &product.attribute(id).kind {
            Kind::MultiChoice { options, .. } => {
                let first = self.literal(self.variables.whole(id), 0);
                first..first + 2 * options.len()
            }
            _ => self.diagram.literals_of(self.variables.whole(id)),
        }
    }

    /// For every literal the lightest design with it, by these weights.
    pub(crate) fn offers(&self, weights: &[Weight]) -> Offers<'_> {
        let mut pass = Pass::<Least>::default();
        pass.run(&self.diagram, weights);
        let others = pass.others(&self.diagram).iter().zip(&self.prices);
        let price = |(least, &price): (&Weight, &i64)| {
            if least.is_possible() {
                Offer::Price(least.price.saturating_add(price))
            } else {
                Offer::Impossible
            }
        };
        Offers::new(&self.variables, self.diagram.first(), others.map(price).collect())
    }

    /// The lowest and the highest price of a design that a shopper can have, but for the base price; `None` when the
    /// diagram can't tell, or not to the last unit.
    pub(crate) fn price_range(&self) -> Option<(i64, i64)> {
        if !self.priced || self.diagram.largest_sum(&self.prices) > Totals::LARGEST {
            return None;
        }
        let weights: Vec<Totals> = self.prices.iter().map(|&price| Totals::of(price)).collect();
        let mut pass = Pass::<Bounds>::default();
        pass.upwards(&self.diagram, &weights);
        let total = pass.total(&self.diagram);
        total.is_possible().then_some((total.low(), total.high()))
    }

    /// By literal: whether some valid design has it.
    pub(crate) fn alive(&self) -> Offers<'_> {
        self.offers(&self.prices.iter().map(|&price| Weight { weight: 0, price }).collect::<Vec<_>>())
    }
}

/// Sets or clears some bits.
fn set(bits: &mut u64, which: u64, on: bool) {
    *bits = if on { *bits | which } else { *bits & !which };
}

/// What a value would lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// The price of the nearest design with it, but for the base price. The solver names none.
    Price(i64),
    /// No valid design has it.
    Impossible,
    /// It would take too long to find out.
    Undecided,
}

impl Offer {
    /// Whether a valid design is known to have it.
    pub(crate) fn is_possible(self) -> bool {
        matches!(self, Self::Price(_))
    }
}

/// What each value would lead to beside the choices for other attributes.
#[derive(Debug)]
pub(crate) struct Offers<'o> {
    variables: &'o Variables,
    /// By variable: its first literal.
    first: &'o [u32],
    by_literal: Vec<Offer>,
}

impl<'o> Offers<'o> {
    pub(crate) fn new(variables: &'o Variables, first: &'o [u32], by_literal: Vec<Offer>) -> Self {
        Self { variables, first, by_literal }
    }

    fn of(&self, variable: VariableId, value: usize) -> Offer {
        let literal = self.first[variable.index()] as usize + value;
        self.by_literal.get(literal).copied().unwrap_or(Offer::Impossible)
    }

    /// An option of a choice.
    pub(crate) fn of_option(&self, id: AttributeId, option: OptionId) -> Offer {
        self.of(self.variables.whole(id), option.index())
    }

    /// With or without this option of a multi-choice.
    pub(crate) fn of_member(&self, id: AttributeId, option: OptionId, inside: bool) -> Offer {
        self.of(self.variables.member(id, option), usize::from(inside))
    }

    /// The values of a number, by their place.
    pub(crate) fn of_numbers(&self, id: AttributeId) -> impl Iterator<Item = Offer> {
        let variable = self.variables.whole(id);
        let size = self.first[variable.index() + 1] - self.first[variable.index()];
        (0..size as usize).map(move |value| self.of(variable, value))
    }

    /// Whether a text can be filled in.
    pub(crate) fn of_text(&self, id: AttributeId) -> bool {
        let variable = self.variables.whole(id);
        self.of(variable, TYPED).is_possible() || self.of(variable, STANDARD).is_possible()
    }
}
