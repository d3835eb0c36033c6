//! What answers questions about a product: its diagram, or its solver where that would be too large. Behind a trait, so that a
//! page which never solves anything does not carry a solver.

pub(crate) mod diagram;
mod known_conflicts;
pub(crate) mod solver;

use std::fmt::Debug;

use engine::Diagram;
use engine::effort::{Effort, Patience, TooComplex};
use engine::model::VariableId;

use crate::design::{Choices, Design};
use crate::ids::{AttributeId, OptionId};
use crate::layout::{FILLED, Literal, Variables};
use crate::product::Product;
use crate::refute::Blame;
use crate::value::Member;

/// What answers questions about a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServedBy {
    /// Its diagram: everything is exact.
    Diagram,
    /// Its solver: what is possible and conflicts are exact as with the diagram, where it does not leave open what would take
    /// too long to find out ([`State::Undecided`](crate::State::Undecided)). The design on a menu and repairs are the nearest
    /// as far as patience goes, and otherwise only near.
    Solver,
}

/// A design that comes near to a reference.
#[derive(Debug)]
pub(crate) struct Nearest {
    pub design: Design,
    /// Whether none comes nearer for certain.
    pub is_proven: bool,
}

/// What a design is to be near to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Near<'n> {
    /// The reference, from which it departs as little as possible.
    pub reference: &'n Design,
    /// Among those that depart equally, from what it departs as little as possible, but for numbers, which stay near the
    /// reference. The solver doesn't ask.
    pub then: Option<&'n Design>,
}

impl<'n> From<&'n Design> for Near<'n> {
    fn from(reference: &'n Design) -> Self {
        Self { reference, then: None }
    }
}

/// A design to look for: with these values, without the attributes whose value is to be absent, and near to a reference, from
/// which departing weighs so much by attribute. What is absent `there` may be so without departing; where it is not, it is as in
/// the reference.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'w> {
    pub fixed: &'w Choices,
    pub members: &'w [Member],
    pub near: Near<'w>,
    pub there: &'w Design,
    pub weights: &'w [u32],
}

/// Choices that no valid design has, each needed for that as far as effort went to find out, and what forbids them, where
/// that was found.
#[derive(Debug)]
pub(crate) struct Conflict {
    pub kept: Choices,
    pub blame: Option<Blame>,
}

/// Answers questions about one product, or says that it would take too long. A text that nobody typed is the reference's, the
/// standard's or none.
pub(crate) trait Answers: Debug + Send + Sync {
    fn served_by(&self) -> ServedBy;

    /// How far it goes for an answer.
    fn patience(&self) -> Patience;

    /// Whether some valid design has these choices and members.
    fn is_possible(
        &self,
        product: &Product,
        fixed: &Choices,
        reference: &Design,
        members: &[Member],
        effort: &Effort,
    ) -> Result<bool, TooComplex>;

    /// The valid design that is wanted, the one that departs least from the reference, or one that comes near to that. Any is
    /// looked for with the effort of `finding`, and a nearer one as far as patience goes, whatever is left of `effort`, of
    /// which what that took is taken off: the same question always gets the same design, if it gets one.
    fn nearest(
        &self,
        product: &Product,
        wanted: &Wanted,
        finding: u64,
        effort: &Effort,
    ) -> Result<Option<Nearest>, TooComplex>;

    /// What each value would lead to beside the choices. `design` is a valid one with the choices, if there is one at hand.
    fn offers(
        &self,
        product: &Product,
        fixed: &Choices,
        near: Near<'_>,
        design: Option<&Design>,
        effort: &Effort,
    ) -> Offers<'_>;

    /// Which values some valid design has.
    fn alive(&self, product: &Product, reference: &Design, effort: &Effort) -> Offers<'_> {
        self.offers(product, &Choices::new(), reference.into(), None, effort)
    }

    /// Whether the prices of [`Offers`] are those of whole designs.
    fn is_priced(&self) -> bool;

    /// For each of `alone`, a value which no valid design has together with the choices for other attributes (or nothing,
    /// where these are impossible themselves): it with a part of these choices that is impossible already, while it is
    /// possible without any one of that part, and the rules behind that; those that come first are kept if there is a choice.
    /// `None` where it would take too long to find out.
    fn conflicts(
        &self,
        product: &Product,
        choices: &Choices,
        alone: &[Choices],
        reference: &Design,
        effort: &Effort,
    ) -> Vec<Option<Conflict>>;

    /// The lowest and the highest price of a design with these choices, but for the base price; `None` when that can't be told,
    /// or not to the last unit, or when there is none.
    fn price_range(&self, product: &Product, choices: &Choices) -> Option<(i64, i64)>;

    /// The diagram, where that is what answers.
    fn diagram(&self) -> Option<&Diagram>;

    /// What answers as bytes, where it has such a form.
    fn to_bytes(&self) -> Option<Vec<u8>>;
}

/// What a value would lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Offer {
    /// Some valid design has it.
    Possible {
        /// The price of the nearest one, but for the base price. The solver names none.
        price: i64,
        /// Whether that one is the reference in everything else, where it is known to be.
        alone: bool,
    },
    /// No valid design has it.
    Impossible,
    /// It would take too long to find out.
    Undecided,
}

impl Offer {
    /// Whether a valid design is known to have it.
    pub(crate) fn is_possible(self) -> bool {
        matches!(self, Self::Possible { .. })
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

    /// Takes what another one offers for a literal of an attribute.
    pub(crate) fn take(&mut self, id: AttributeId, literal: Literal, from: &Offers) {
        let (variable, value) = literal.of(self.variables.whole(id));
        let at = self.first[variable.index()] as usize + value;
        if let (Some(own), Some(other)) = (self.by_literal.get_mut(at), from.by_literal.get(at)) {
            *own = *other;
        }
    }

    fn of(&self, variable: VariableId, value: usize) -> Offer {
        let literal = self.first[variable.index()] as usize + value;
        self.by_literal.get(literal).copied().unwrap_or(Offer::Impossible)
    }

    /// Which values of an attribute's variable are not known to be impossible, by their place.
    pub(crate) fn left_of(&self, variable: VariableId) -> impl Iterator<Item = usize> {
        let size = self.first[variable.index() + 1] - self.first[variable.index()];
        (0..size as usize).filter(move |&value| self.of(variable, value) != Offer::Impossible)
    }

    /// The variables of an attribute.
    pub(crate) fn variables_of(&self, id: AttributeId) -> impl Iterator<Item = VariableId> + use<> {
        self.variables.all(id)
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
        FILLED.iter().any(|&filled| self.of(variable, filled).is_possible())
    }
}
