//! What suits a shopper best: of all valid designs with what they chose by hand, those that no cheaper one serves as well, by
//! how much each benefit matters to them. Exact, by the diagram.

pub(crate) mod measured;
mod reason;

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use engine::Diagram;
use engine::compile::Limits;
use engine::model::{ConstraintKind, Formula, ValueId};
use engine::pass::{Merit, Staircase as DiagramStaircase};

use crate::attribute::Attribute;
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::enough::Enough;
use crate::ids::{AttributeId, OptionId};
use crate::kind::{Kind, Opt};
use crate::layout::Variables;
use crate::product::{Product, Use};
use crate::value::{Value, ValueShape};

pub use reason::Why;

/// What matters to a shopper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// How much each benefit matters, by code: 0 to [`Needs::MOST`]. What is not named does not.
    pub weights: BTreeMap<String, u8>,
    /// What stays as it was chosen by hand.
    pub kept: Choices,
    /// Most days from order to dispatch; fewer than none where nothing is quick enough.
    pub most_days: Option<i64>,
    /// What is good enough, where not everything is. What was chosen by hand is.
    pub enough: Enough,
    /// Numbers that may change, too, though a size serves no benefit.
    pub free: Vec<AttributeId>,
    /// Whether attributes that serve nothing of what matters stay as they are, too.
    pub stays_near: bool,
}

impl Needs {
    /// The most that a benefit can matter.
    pub const MOST: u8 = Use::MOST_WEIGHT;

    /// What an option is worth: how well it serves each benefit, times how much that matters.
    fn worth(&self, option: &Opt) -> i64 {
        option.benefits.iter().map(|(code, &served)| self.weight(code).saturating_mul(served)).sum()
    }

    /// Whether an option is good enough for its attribute.
    fn is_enough(&self, id: AttributeId, option: OptionId) -> bool {
        let mut known = self.enough.iter().filter(|(attribute, _)| *attribute == id);
        known.all(|(_, options)| options.contains(&option)) || self.kept.get(id).is_some()
    }

    /// Whether an attribute stays as it is, without having been chosen.
    fn stays(&self, id: AttributeId, attribute: &Attribute) -> bool {
        match is_kept(&attribute.kind) {
            true => !self.free.contains(&id),
            false => self.stays_near && attribute.options().iter().all(|option| self.worth(option) == 0),
        }
    }

    fn weight(&self, code: &str) -> i64 {
        self.weights.get(code).map_or(0, |&weight| i64::from(weight.min(Self::MOST)))
    }
}

/// Limits of the diagram of designs with the present measures, made where the product's own carries no prices.
const WITH_MEASURES: Limits = Limits { nodes: 100_000, orders: 16, steps: 1_000_000 };
/// Most factors of a diagram that is asked.
const MOST_FACTORS: usize = 60_000;
/// Most that a design may be worth: no step of a staircase is worth as much as another one.
const MOST_WORTH: i64 = 4_000;
/// The same times the days that options can add, where those count: no step is worth as much and takes as long as another one.
const MOST_WORTH_AND_DAYS: i64 = 60_000;

/// Answers what suits best, beside a design whose numbers and texts stay as they are: a size or a name serves no benefit.
#[derive(Clone, Debug)]
pub struct Advisor<'c> {
    configured: &'c Configured,
    /// Its arcs carry the prices that depend on several attributes.
    diagram: Priced<'c>,
    present: &'c Design,
}

/// A diagram that carries prices: the product's own, or one with the present measures.
#[derive(Clone, Debug)]
enum Priced<'c> {
    Own(&'c Diagram),
    Measured(Arc<Diagram>),
}

impl Deref for Priced<'_> {
    type Target = Diagram;

    fn deref(&self) -> &Diagram {
        match self {
            Self::Own(diagram) => diagram,
            Self::Measured(diagram) => diagram,
        }
    }
}

impl Configured {
    /// Advice beside the present design, which is valid. `None` where the solver answers for the product, where its options
    /// serve no named benefits, or where it is too large.
    #[must_use]
    pub fn advisor<'c>(&'c self, present: &'c Design) -> Option<Advisor<'c>> {
        let own = self.diagram().filter(|_| !self.benefits.is_empty())?;
        let diagram = if self.answers().is_priced() {
            Priced::Own(own)
        } else {
            Priced::Measured(self.diagram_with_measures(present)?)
        };
        (diagram.factors() <= MOST_FACTORS).then_some(Advisor { configured: self, diagram, present })
    }

    /// The diagram of designs with the numbers and texts of this one: with those, prices by measure are prices of options.
    fn diagram_with_measures(&self, present: &Design) -> Option<Arc<Diagram>> {
        let kept = || self.ids().filter(|(_, attribute)| is_kept(&attribute.kind));
        let pick =
            |(id, attribute): (_, &Attribute)| attribute.pick(0, self.usual(id, present), self.initial(id));
        let measures = kept().map(pick).collect::<Option<Vec<usize>>>()?;
        self.measured().or_make(measures, |measures| {
            let variables = Variables::of(self);
            let mut model = self.to_model();
            for ((id, attribute), &value) in kept().zip(measures) {
                let values = std::iter::once(value).chain(attribute.absent());
                let only = Formula::In(variables.whole(id), values.map(ValueId::new).collect());
                model.add_constraint(&attribute.code, ConstraintKind::Formula(only));
            }
            model.compile_ordered(WITH_MEASURES).ok()
        })
    }
}

/// How many days options can add.
fn most_days(product: &Product) -> i64 {
    let days = product.attributes.iter().map(|attribute| {
        let days = attribute.options().iter().map(|option| i64::from(option.lead_time_days));
        if attribute.kind.is_choice() { days.max().unwrap_or(0) } else { days.sum() }
    });
    days.sum()
}

/// Whether advice leaves such an attribute alone.
fn is_kept(kind: &Kind) -> bool {
    kind.options().is_empty()
}

impl<'c> Advisor<'c> {
    /// The valid designs that nothing cheaper serves as well. `None` where they could be worth so much that there would be too
    /// many.
    #[must_use]
    pub fn staircase(&self, needs: &Needs) -> Option<Staircase<'_>> {
        let product = self.configured.product();
        let most = product.attributes.iter().map(|attribute| {
            let worth = attribute.options().iter().map(|option| needs.worth(option));
            if attribute.kind.is_choice() {
                worth.max().map_or(0, |most| most.max(0))
            } else {
                worth.map(|worth| worth.max(0)).sum()
            }
        });
        let days = needs.most_days.map_or(0, |_| most_days(product));
        let most = most.sum::<i64>();
        if most > MOST_WORTH || most.saturating_mul(days) > MOST_WORTH_AND_DAYS {
            return None;
        }
        let found = self.diagram.staircase(&self.merits(needs));
        let days = needs.most_days.map(|most| most - i64::from(product.lead_time_days));
        let (mut steps, mut best) = (Vec::new(), None);
        for merit in found.steps().iter().copied() {
            if days.is_none_or(|most| merit.time <= most) && best.is_none_or(|best| merit.worth > best) {
                best = Some(merit.worth);
                let price = product.base_price.saturating_add(merit.price);
                // For the same price it is only less near to the present design.
                steps.pop_if(|step: &mut Step| step.price == price);
                steps.push(Step { price, worth: merit.worth, merit });
            }
        }
        Some(Staircase { advisor: self, found, steps })
    }

    /// The cheapest valid design that keeps what these needs keep, whatever matters, and its price in minor units.
    #[must_use]
    pub fn cheapest(&self, needs: &Needs) -> Option<(i64, Design)> {
        let needs = Needs { weights: BTreeMap::new(), stays_near: false, ..needs.clone() };
        let staircase = self.staircase(&needs)?;
        let step = *staircase.steps.first()?;
        Some((step.price, staircase.design(&step)?))
    }

    /// Numbers that stay as they are and can be let go of: those of a product whose diagram has all their prices.
    pub fn measures(&self) -> impl Iterator<Item = AttributeId> {
        let has_all = matches!(self.diagram, Priced::Own(_));
        let is_number = |attribute: &Attribute| attribute.kind.shape() == ValueShape::Number;
        let numbers = self.configured.ids().filter(move |(_, attribute)| is_number(attribute));
        numbers.filter(move |_| has_all).map(|(id, _)| id)
    }

    /// The fewest days from order to dispatch of a valid design that keeps what these needs keep. `None` where none is valid.
    #[must_use]
    pub fn fewest_days(&self, needs: &Needs) -> Option<u32> {
        let needs =
            Needs { weights: BTreeMap::new(), most_days: Some(i64::MAX), stays_near: false, ..needs.clone() };
        let found = self.diagram.staircase(&self.merits(&needs));
        let added = found.steps().iter().map(|merit| merit.time).min()?;
        u32::try_from(added.saturating_add(i64::from(self.configured.lead_time_days))).ok()
    }

    /// By literal of the diagram; `None` for what shall not change.
    fn merits(&self, needs: &Needs) -> Vec<Option<Merit>> {
        let product = self.configured.product();
        let kept = product.in_force(&needs.kept, None);
        let mut merits = Vec::with_capacity(self.diagram.literals());
        for (id, attribute) in product.ids() {
            let (standard, present) = (product.initial(id), self.present.value(id));
            let stays = || needs.stays(id, attribute).then(|| product.usual(id, self.present));
            let may_leave = kept.get(id).is_none();
            let fixed = kept.get(id).or_else(stays);
            let literals: Vec<_> = attribute.literals().collect();
            for (place, own) in literals.chunks(attribute.size()).enumerate() {
                let pick = |value: &Value| attribute.pick(place, value, standard);
                let (fixed, usual) = (fixed.map(pick), pick(present));
                let absent = attribute.absent().filter(|_| may_leave);
                for (value, &literal) in own.iter().enumerate() {
                    let chosen = attribute.option_of(literal);
                    let is_enough = chosen.is_none_or(|option| needs.is_enough(id, option));
                    let option = chosen.map(|option| attribute.option(option));
                    let days = option.filter(|_| needs.most_days.is_some());
                    let merit = Merit {
                        price: attribute.literal_price(literal),
                        tie: i64::from(usual != Some(value)),
                        time: days.map_or(0, |option| i64::from(option.lead_time_days)),
                        worth: option.map_or(0, |option| needs.worth(option)),
                    };
                    let is_allowed = fixed.is_none_or(|fixed| fixed == Some(value)) || absent == Some(value);
                    merits.push((is_allowed && is_enough).then_some(merit));
                }
            }
        }
        merits
    }
}

/// A design that no cheaper one serves as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its total in minor units.
    pub price: i64,
    /// What it is worth by the shopper's weights.
    pub worth: i64,
    merit: Merit,
}

/// The best for every price, the cheapest first: each step costs more than the one before and is worth more.
#[derive(Clone, Debug)]
pub struct Staircase<'a> {
    advisor: &'a Advisor<'a>,
    found: DiagramStaircase<'a>,
    steps: Vec<Step>,
}

impl Staircase<'_> {
    /// Its steps.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The best step within a price in minor units: its place.
    #[must_use]
    pub fn within(&self, most: i64) -> Option<usize> {
        self.steps.partition_point(|step| step.price <= most).checked_sub(1)
    }

    /// The design of a step, as near to the present one as its price allows.
    #[must_use]
    pub fn design(&self, step: &Step) -> Option<Design> {
        let advisor = self.advisor;
        let assignment = self.found.assignment(step.merit)?;
        let product = advisor.configured.product();
        Some(Variables::of(product).read(product, &assignment, advisor.present))
    }
}
