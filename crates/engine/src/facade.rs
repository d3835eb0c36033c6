//! The engine: a model and its diagram, and the questions a configurator asks of them.

use crate::compile::{Limits, TooLarge};
use crate::conflict::minimal_conflict;
use crate::diagram::Diagram;
use crate::model::{Model, ValueId, Variable, VariableId};
use crate::objective::Scores;
use crate::pass::{Assignment, Bounds, Count, Pass, Possible, Semiring, Totals, Weight};

/// A compiled model.
#[derive(Clone, Debug)]
pub struct Engine {
    model: Model,
    diagram: Diagram,
    /// By literal: its own price.
    prices: Vec<i64>,
    /// How many assignments are valid; at most the largest `u128`.
    valid: u128,
}

/// Why a diagram does not go with a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnfitDiagram {
    /// It has other variables than the model, or other domains.
    #[error("the diagram is one of another model")]
    AnotherModel,
    /// Prices may add up to more than passes can tell exactly ([`Totals::LARGEST`]).
    #[error("the prices may add up to more than can be told exactly")]
    PricesTooLarge,
}

/// What was chosen so far, by variable.
pub type Chosen = [Option<ValueId>];

/// A change of choices that makes a wanted value possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The choices that change, with their new values.
    pub changes: Vec<(VariableId, ValueId)>,
    /// What they weigh together.
    pub weight: i64,
    /// A valid assignment after the change, the cheapest of all.
    pub assignment: Assignment,
    /// Its total in minor units.
    pub total: i64,
}

/// The assignment that scores most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Best {
    /// A value for each variable.
    pub assignment: Assignment,
    /// What they score together.
    pub score: i64,
    /// Its total in minor units.
    pub total: i64,
}

impl Engine {
    /// Compiles a model.
    ///
    /// # Errors
    /// Its diagram would not stay within the limits, or prices may add up to more than passes can tell exactly
    /// ([`Totals::LARGEST`]).
    pub fn new(model: Model, limits: Limits) -> Result<Self, TooLarge> {
        let diagram = model.compile(limits)?;
        Self::from_parts(model, diagram).ok_or(TooLarge)
    }

    /// A model with a diagram made elsewhere. Whether it says the same as the model is not looked at.
    ///
    /// # Errors
    /// The diagram has other variables than the model, or other domains, or prices may add up to more than passes can tell
    /// exactly ([`Totals::LARGEST`]).
    pub fn with_diagram(model: Model, diagram: Diagram) -> Result<Self, UnfitDiagram> {
        if diagram.sizes().eq(model.variables.iter().map(Variable::size)) {
            Self::from_parts(model, diagram).ok_or(UnfitDiagram::PricesTooLarge)
        } else {
            Err(UnfitDiagram::AnotherModel)
        }
    }

    /// Nothing when passes could not tell totals exactly.
    fn from_parts(model: Model, diagram: Diagram) -> Option<Self> {
        let prices: Vec<i64> =
            model.variables.iter().flat_map(|variable| variable.prices.iter().copied()).collect();
        let largest = diagram.largest_sum(&prices).saturating_add(model.base_price.unsigned_abs());
        if largest > Totals::LARGEST {
            return None;
        }
        let mut pass = Pass::<Count>::default();
        pass.upwards(&diagram, &vec![1; diagram.literals()]);
        let valid = pass.total(&diagram);
        Some(Self { model, diagram, prices, valid })
    }

    /// What was compiled.
    #[must_use]
    #[inline]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What it was compiled into.
    #[must_use]
    #[inline]
    pub fn diagram(&self) -> &Diagram {
        &self.diagram
    }

    /// By literal: whether the choices let it through.
    pub fn allowed<'e>(&'e self, chosen: &'e Chosen) -> impl Iterator<Item = bool> + 'e {
        self.model.variables.iter().zip(chosen).flat_map(|(variable, &chosen)| {
            (0..variable.size()).map(move |value| chosen.is_none_or(|chosen| chosen.index() == value))
        })
    }

    /// How many valid assignments have these choices; saturates at the largest `u128`.
    #[must_use]
    pub fn count(&self, chosen: &Chosen) -> u128 {
        let weights: Vec<u128> = self.allowed(chosen).map(u128::from).collect();
        let mut pass = Pass::<Count>::default();
        pass.upwards(&self.diagram, &weights);
        pass.total(&self.diagram)
    }

    /// How many valid assignments have these choices, however many.
    #[cfg(feature = "bignum")]
    #[must_use]
    pub fn count_wide(&self, chosen: &Chosen) -> num_bigint::BigUint {
        let weights: Vec<num_bigint::BigUint> =
            self.allowed(chosen).map(|allowed| u8::from(allowed).into()).collect();
        let mut pass = Pass::<crate::pass::WideCount>::default();
        pass.upwards(&self.diagram, &weights);
        pass.total(&self.diagram)
    }

    /// By literal: how many valid assignments have that value and the choices for other variables, however many.
    #[cfg(feature = "bignum")]
    #[must_use]
    pub fn completions(&self, chosen: &Chosen) -> Vec<num_bigint::BigUint> {
        if self.valid < u128::MAX {
            let weights: Vec<u128> = self.allowed(chosen).map(u128::from).collect();
            let mut pass = Pass::<Count>::default();
            pass.run(&self.diagram, &weights);
            return pass.others(&self.diagram).iter().map(|&count| count.into()).collect();
        }
        let weights: Vec<num_bigint::BigUint> =
            self.allowed(chosen).map(|allowed| u8::from(allowed).into()).collect();
        let mut pass = Pass::<crate::pass::WideCount>::default();
        pass.run(&self.diagram, &weights);
        pass.others(&self.diagram).to_vec()
    }

    /// Whether fewer than 2⁶⁴ assignments are valid, so that [`Engine::totals`] counts them exactly.
    #[must_use]
    pub fn is_counted_with_totals(&self) -> bool {
        self.valid <= u128::from(u64::MAX)
    }

    /// The totals of all valid assignments with these choices, and by literal those of the assignments with that value
    /// instead of what was chosen for its variable.
    pub fn totals(
        &self,
        chosen: &Chosen,
        pass: &mut Pass<Bounds>,
        weights: &mut Vec<Totals>,
    ) -> (Totals, Vec<Totals>) {
        weights.clear();
        weights.extend(
            self.allowed(chosen)
                .zip(&self.prices)
                .map(|(allowed, &price)| if allowed { Totals::of(price) } else { Bounds::zero() }),
        );
        pass.run(&self.diagram, weights);
        let base = self.model.base_price;
        let others = pass.others(&self.diagram).iter().zip(&self.prices);
        let by_literal = others.map(|(others, &price)| others.plus(price.saturating_add(base))).collect();
        (pass.total(&self.diagram).plus(base), by_literal)
    }

    /// The valid assignment with these choices that scores most, the cheapest of these (of the nearest, where the scores
    /// have distances); `None` when there is none. Without scores it is the cheapest of all.
    #[must_use]
    pub fn best(&self, chosen: &Chosen, scores: &Scores) -> Option<Best> {
        let weights = self.allowed(chosen).zip(&self.prices).zip(scores.iter());
        let weights: Vec<Weight> = weights
            .map(
                |((allowed, &price), score)| {
                    if allowed { Weight { weight: -score, price } } else { Weight::IMPOSSIBLE }
                },
            )
            .collect();
        let (least, assignment) = self.diagram.lightest(&weights)?;
        let total = least.price.saturating_add(self.model.base_price);
        Some(Best { assignment, score: scores.worth(-least.weight), total })
    }

    /// The changes of choices that make a value possible, the lightest first, the cheapest among equals, at most `most`.
    /// `weights` says for each variable what changing its choice weighs, at least 1.
    #[must_use]
    pub fn repairs(
        &self,
        chosen: &Chosen,
        weights: &[u32],
        wanted: (VariableId, ValueId),
        most: usize,
    ) -> Vec<Change> {
        let mut literals = Vec::with_capacity(self.prices.len());
        let mut changeable = Vec::new();
        for (index, variable) in self.model.variables.iter().enumerate() {
            let id = VariableId::new(index);
            if id != wanted.0 && chosen[index].is_some() {
                changeable.push(id);
            }
            for (value, &price) in variable.prices.iter().enumerate() {
                let kept = chosen[index].is_none_or(|chosen| chosen.index() == value);
                literals.push(if id == wanted.0 {
                    if wanted.1.index() == value { Weight { weight: 0, price } } else { Weight::IMPOSSIBLE }
                } else {
                    Weight { weight: if kept { 0 } else { i64::from(weights[index]) }, price }
                });
            }
        }
        let found = self.diagram.lightest_several(&literals, &changeable, most);
        let change = |(weight, assignment): (Weight, Assignment)| Change {
            changes: changeable
                .iter()
                .map(|&variable| (variable, assignment[variable.index()]))
                .filter(|&(variable, value)| chosen[variable.index()] != Some(value))
                .collect(),
            weight: weight.weight,
            total: weight.price.saturating_add(self.model.base_price),
            assignment,
        };
        found.into_iter().map(change).collect()
    }

    /// A smallest part of the choices that no valid assignment has together with a wanted value: without any of them one
    /// does. Choices come in the order in which they matter; where there is a choice, those that matter less are in the
    /// conflict. Empty when the value is impossible by itself; `None` when the choices allow it.
    #[must_use]
    pub fn conflict(
        &self,
        choices: &[(VariableId, ValueId)],
        wanted: (VariableId, ValueId),
    ) -> Option<Vec<(VariableId, ValueId)>> {
        let others: Vec<_> = choices.iter().copied().filter(|(variable, _)| *variable != wanted.0).collect();
        let mut question = Question { engine: self, pass: Pass::default(), weights: Vec::new(), wanted };
        if question.allows(&others) {
            return None;
        }
        if !question.allows(&[]) {
            return Some(Vec::new());
        }
        // The conflict is found among the first of a list: here those that matter least.
        let least_first: Vec<_> = others.iter().rev().copied().collect();
        let mut conflict = minimal_conflict(&least_first, &mut |choices| question.allows(choices));
        conflict.sort_by_key(|choice| others.iter().position(|other| other == choice));
        Some(conflict)
    }
}

/// Whether a value goes with different sets of choices.
struct Question<'e> {
    engine: &'e Engine,
    pass: Pass<Possible>,
    weights: Vec<bool>,
    wanted: (VariableId, ValueId),
}

impl Question<'_> {
    fn allows(&mut self, choices: &[(VariableId, ValueId)]) -> bool {
        let diagram = &self.engine.diagram;
        self.weights.clear();
        self.weights.resize(diagram.literals(), true);
        for (variable, value) in choices.iter().copied().chain([self.wanted]) {
            for literal in diagram.literals_of(variable) {
                self.weights[literal] &= literal == diagram.literal(variable, value);
            }
        }
        self.pass.upwards(diagram, &self.weights);
        self.pass.total(diagram)
    }
}
