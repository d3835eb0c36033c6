//! A product that answers: the product with its diagram, or with its solver where that would be too large.

use std::ops::Deref;
use std::sync::Arc;

use engine::Diagram;
use engine::effort::{Effort, Patience, TooComplex};
use engine::pass::{Count, Pass};
use engine::{cnf, compile};

use crate::answers::diagram::{ANY_TEXT, DiagramAnswers};
use crate::answers::solver::SolverAnswers;
use crate::answers::{Answers, Near, Nearest, ServedBy, Wanted};
use crate::artifact::error::ArtifactError;
use crate::attribute::Attribute;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, OptionId};
use crate::menu::reason::NoCompletion;
use crate::needs::measured::Measured;
use crate::product::Product;
use crate::value::{Member, Value};

/// Limits of a diagram that a shop makes when it starts: what takes longer is left to the solver.
const SHOP: compile::Limits = compile::Limits { nodes: 200_000, orders: 4, steps: 2_000_000 };
/// Limits of the solver there, which is copied for many a question.
const SHOP_CLAUSES: cnf::Limits = cnf::Limits { clauses: 2_000_000, states: 500_000 };

/// A product and what answers for it: menus, completions, repairs, reasons. Copies share both.
#[derive(Clone, Debug)]
pub struct Configured {
    product: Arc<Product>,
    answers: Arc<dyn Answers>,
    measured: Arc<Measured>,
}

impl Deref for Configured {
    type Target = Product;

    fn deref(&self) -> &Product {
        &self.product
    }
}

impl Configured {
    /// A product with its diagram, or with its solver where that would be too large for a shop.
    ///
    /// # Errors
    /// The rules are too large for both.
    pub fn new(product: Product) -> Result<Self, cnf::TooLarge> {
        match DiagramAnswers::new(&product, SHOP) {
            Ok(answers) => Ok(Self::of(product, Arc::new(answers))),
            Err(compile::TooLarge) => Self::with_solver(product),
        }
    }

    /// The same for a look at a product that nobody is sold: made in a fraction of the time, of a size that nobody has to load. `like` is
    /// one that is much the same, such as what is live of a draft: what didn't serve there is not tried.
    ///
    /// # Errors
    /// As [`Configured::new`].
    pub fn to_look_into(product: Product, like: Option<&Self>) -> Result<Self, cnf::TooLarge> {
        if like.is_some_and(|like| like.served_by() == ServedBy::Solver) {
            return Self::with_solver(product);
        }
        let is_priced = like.is_none_or(|like| like.answers.is_priced());
        match DiagramAnswers::roughly(&product, is_priced) {
            Ok(answers) => Ok(Self::of(product, Arc::new(answers))),
            Err(compile::TooLarge) => Self::new(product),
        }
    }

    fn of(product: Product, answers: Arc<dyn Answers>) -> Self {
        Self { product: Arc::new(product), answers, measured: Arc::default() }
    }

    /// A product whose diagram is known to be too large for a shop, with its solver.
    ///
    /// # Errors
    /// The rules are too large for that.
    pub fn with_solver(product: Product) -> Result<Self, cnf::TooLarge> {
        Self::solved(product, &SHOP_CLAUSES, Patience::default())
    }

    /// A product with its diagram.
    ///
    /// # Errors
    /// The diagram would not stay within the limits.
    pub fn compiled(product: Product, limits: compile::Limits) -> Result<Self, compile::TooLarge> {
        let answers = Arc::new(DiagramAnswers::new(&product, limits)?);
        Ok(Self::of(product, answers))
    }

    /// A product with its solver.
    ///
    /// # Errors
    /// The rules outgrow a limit as clauses.
    pub fn solved(product: Product, limits: &cnf::Limits, patience: Patience) -> Result<Self, cnf::TooLarge> {
        let answers = Arc::new(SolverAnswers::new(&product, limits, patience)?);
        Ok(Self::of(product, answers))
    }

    /// A product with a diagram that was made of it elsewhere ([`Configured::write_diagram`]).
    ///
    /// # Errors
    /// The bytes are no diagram, a damaged one, or one of another product.
    pub fn with_diagram(product: Product, bytes: &[u8]) -> Result<Self, ArtifactError> {
        let answers = Arc::new(DiagramAnswers::from_bytes(&product, bytes)?);
        Ok(Self::of(product, answers))
    }

    /// The same with other texts: a product that differs in what people read alone, as one in another language does.
    #[must_use]
    pub fn with_texts(&self, product: Product) -> Self {
        Self { product: Arc::new(product), ..self.clone() }
    }

    /// The product.
    #[must_use]
    pub fn product(&self) -> &Arc<Product> {
        &self.product
    }

    /// What answers.
    #[must_use]
    pub fn served_by(&self) -> ServedBy {
        self.answers.served_by()
    }

    /// The diagram, where that is what answers.
    #[must_use]
    pub fn diagram(&self) -> Option<&Diagram> {
        self.answers.diagram()
    }

    /// The diagram as bytes for [`Configured::with_diagram`], where that is what answers.
    #[must_use]
    pub fn write_diagram(&self) -> Option<Vec<u8>> {
        self.answers.to_bytes()
    }

    /// Lowest and highest total of all valid designs in minor units; `None` when the solver answers, or when there are too
    /// many different prices for that.
    #[must_use]
    pub fn price_range(&self) -> Option<(i64, i64)> {
        self.price_range_with(&Choices::new())
    }

    /// The same of all valid designs with these choices.
    pub(crate) fn price_range_with(&self, choices: &Choices) -> Option<(i64, i64)> {
        let (low, high) = self.answers.price_range(self, choices)?;
        Some((self.base_price.saturating_add(low), self.base_price.saturating_add(high)))
    }

    /// How many valid designs there are, where the diagram tells; a text counts as filled or not. The largest `u128` stands for
    /// more.
    #[must_use]
    pub fn count_designs(&self) -> Option<u128> {
        let diagram = self.answers.diagram()?;
        let weights = vec![1_u128; diagram.sizes().sum()];
        let mut pass = Pass::<Count>::default();
        pass.upwards(diagram, &weights);
        Some(pass.total(diagram))
    }

    /// What to say of what may be possible or not ([`State::Undecided`](crate::State::Undecided), [`TooComplex`]), in the
    /// product's language.
    #[must_use]
    pub fn undecided(&self) -> &'static str {
        self.words.engine.undecided()
    }

    /// The valid complete design that keeps the choices and departs from the defaults in as few attributes as possible, in those
    /// that are moved last only where nothing else will do; where something is kept besides ([`Choices::kept`]), that one with
    /// it, or what comes nearest to it.
    ///
    /// # Errors
    /// There is none, or it would take too long to find out.
    pub fn complete(&self, choices: &Choices, defaults: &Design) -> Result<Design, NoCompletion> {
        Ok(self.completion(choices, defaults)?.design)
    }

    pub(crate) fn completion(&self, choices: &Choices, defaults: &Design) -> Result<Nearest, NoCompletion> {
        match self.shown(choices, defaults)? {
            Some(nearest) => Ok(nearest),
            None => {
                let choices = self.in_force(choices, None);
                Err(NoCompletion::Conflict(self.explain(&choices, None, defaults, &self.effort())))
            }
        }
    }

    /// The values nearest to what was typed for an attribute and can't be taken: numbers that are possible beside the choices
    /// for other attributes, texts with the nearest letters.
    #[must_use]
    pub fn nearest_typed(
        &self,
        choices: &Choices,
        defaults: &Design,
        id: AttributeId,
        text: &str,
    ) -> Vec<Value> {
        let mut possible = Vec::new();
        if let Some(numbers) = self.attribute(id).kind.numbers() {
            let others = choices.clone().without(id);
            let offers = self.offers(&others, Some(id), defaults.into(), None, &self.effort());
            let known = numbers.iter().zip(offers.of_numbers(id));
            possible.extend(known.filter(|(_, offer)| offer.is_possible()).map(|(number, _)| number));
        }
        self.nearest_values(id, text, &possible)
    }

    /// Options that no valid design has, though they are on the menu. A design may have any text. Those of which the solver
    /// leaves it open are not among them.
    #[must_use]
    pub fn dead_options(&self) -> Vec<(AttributeId, OptionId)> {
        let any_text = Value::Text(ANY_TEXT.to_owned());
        let texts = self.ids().filter(|(_, attribute)| attribute.kind.is_text());
        let reference = texts.fold(self.initial.clone(), |design, (id, _)| design.with(id, any_text.clone()));
        let effort = self.effort();
        let alive = self.answers.alive(self, &reference, &effort);
        let mut dead = Vec::new();
        for (id, attribute) in self.ids().filter(|(_, attribute)| !attribute.locked) {
            let is_choice = attribute.kind.is_choice();
            for (option, _) in attribute.option_ids().filter(|(_, option)| option.available) {
                let offer =
                    if is_choice { alive.of_option(id, option) } else { alive.of_member(id, option, true) };
                let is_possible = || {
                    if is_choice {
                        let alone = Choices::new().with(id, Value::Option(option));
                        self.is_possible(&alone, &reference, &[], &effort)
                    } else {
                        self.is_possible(&Choices::new(), &reference, &[(id, option, true)], &effort)
                    }
                };
                if !offer.is_possible() && is_possible() == Ok(false) {
                    dead.push((id, option));
                }
            }
        }
        dead
    }

    /// Whether some valid design has these choices, all of them in force, and members of multi-choices.
    pub(crate) fn is_possible(
        &self,
        choices: &Choices,
        reference: &Design,
        members: &[Member],
        effort: &Effort,
    ) -> Result<bool, TooComplex> {
        self.answers.is_possible(self, choices, reference, members, effort)
    }

    /// The valid design with these choices, all of them in force, that comes nearest. Any is looked for with the effort of
    /// `finding`; what it took in all is taken off `effort`.
    pub(crate) fn nearest(
        &self,
        choices: &Choices,
        near: Near<'_>,
        finding: u64,
        effort: &Effort,
    ) -> Result<Option<Nearest>, TooComplex> {
        let weights: Vec<u32> = self.attributes.iter().map(Attribute::departure).collect();
        let there = self.fitted(near.reference.clone());
        let wanted = Wanted { fixed: choices, members: &[], near, there: &there, weights: &weights };
        self.answers.nearest(self, &wanted, finding, effort)
    }

    pub(crate) fn measured(&self) -> &Measured {
        &self.measured
    }

    pub(crate) fn answers(&self) -> &dyn Answers {
        &*self.answers
    }

    /// How much may be done for one answer, or for one part of a menu.
    pub(crate) fn effort(&self) -> Effort {
        Effort::new(self.patience().menu)
    }

    pub(crate) fn patience(&self) -> Patience {
        self.answers.patience()
    }
}
