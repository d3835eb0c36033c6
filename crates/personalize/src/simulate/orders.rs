//! Made-up orders of a product by shoppers with known preferences, to see a learner at work before anybody has ordered. What they
//! like is taken from a few examples; how firmly they like it is drawn once for each attribute.

use configurator::{AttributeId, Choices, Configured, Design, Value};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::random::{chance, pick};
use crate::{Asker, PastDesign};

/// How firmly shoppers of a use hold to what is usual among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Firmness {
    /// 995 of 1 000 have what most examples of their use have.
    Firm,
    /// 85 of 100 have what their example has; the others anything.
    Leaning,
    /// 30 of 100 have what their example has; the others anything.
    Taste,
}

impl Firmness {
    fn share(self) -> f64 {
        match self {
            Self::Firm => 0.995,
            Self::Leaning => 0.85,
            Self::Taste => 0.3,
        }
    }
}

/// Shoppers of a product.
#[derive(Debug)]
pub struct MadeUp<'p> {
    product: &'p Configured,
    examples: &'p [PastDesign],
    firmness: Vec<Firmness>,
    random: Xoshiro256PlusPlus,
}

impl<'p> MadeUp<'p> {
    /// Shoppers who like what these examples have. The same seed makes the same shoppers.
    #[must_use]
    pub fn new(product: &'p Configured, examples: &'p [PastDesign], seed: u64) -> Self {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let drawn = |random: &mut Xoshiro256PlusPlus| match random.next_u64() % 3 {
            0 => Firmness::Firm,
            1 => Firmness::Leaning,
            _ => Firmness::Taste,
        };
        let firmness = product.attributes.iter().map(|_| drawn(&mut random)).collect();
        Self { product, examples, firmness, random }
    }

    /// How firmly they like what they like of an attribute.
    #[must_use]
    pub fn firmness(&self, attribute: AttributeId) -> Firmness {
        self.firmness.get(attribute.index()).copied().unwrap_or(Firmness::Taste)
    }

    /// So many orders, all valid, equal ones counted; none where there is no example.
    #[must_use]
    pub fn orders(&mut self, count: u32) -> Vec<PastDesign> {
        let mut orders: Vec<PastDesign> = Vec::new();
        for _ in 0..count {
            let Some((stated_use, design)) = self.order() else { continue };
            match orders.iter_mut().find(|known| known.stated_use == stated_use && known.design == design) {
                Some(known) => {
                    known.count = known.count.saturating_add(1);
                    known.synthetic = known.count;
                }
                None => {
                    let asker = Asker::default();
                    orders.push(PastDesign { stated_use, asker, design, count: 1, synthetic: 1 });
                }
            }
        }
        orders
    }

    fn order(&mut self) -> Option<(Option<String>, Design)> {
        let own = self.example()?;
        let mut wish = own.design.clone();
        for (id, attribute) in self.product.ids() {
            let is_text = matches!(self.product.initial(id), Value::Text(_));
            if attribute.locked || is_text || *wish.value(id) == Value::Absent {
                continue;
            }
            let firmness = self.firmness(id);
            let value = if chance(&mut self.random) >= firmness.share() {
                self.any(id)?
            } else if firmness == Firmness::Firm {
                self.usual(own.stated_use.as_deref(), id)?
            } else {
                continue;
            };
            if value != Value::Absent {
                wish = wish.with(id, value);
            }
        }
        // What can't be had together gives way, as it does where somebody chooses.
        let design = self.product.complete(&Choices::new(), &self.product.fitted(wish)).ok()?;
        Some((own.stated_use.clone(), design))
    }

    /// An example, as often as it is said to have been ordered.
    fn example(&mut self) -> Option<&'p PastDesign> {
        let all: u64 = self.examples.iter().map(|example| u64::from(example.count)).sum();
        let mut place = self.random.next_u64().checked_rem(all)?;
        self.examples.iter().find(|example| {
            let own = u64::from(example.count);
            let is_here = place < own;
            place = place.saturating_sub(own);
            is_here
        })
    }

    /// The value that most examples of a use have; of equals the first.
    fn usual(&self, stated_use: Option<&str>, id: AttributeId) -> Option<Value> {
        let mut counted: Vec<(&Value, u32)> = Vec::new();
        for example in self.examples.iter().filter(|example| example.stated_use.as_deref() == stated_use) {
            let value = example.design.value(id);
            match counted.iter_mut().find(|(known, _)| *known == value) {
                Some((_, count)) => *count = count.saturating_add(example.count),
                None => counted.push((value, example.count)),
            }
        }
        counted.reverse();
        counted.into_iter().max_by_key(|(_, count)| *count).map(|(value, _)| value.clone())
    }

    /// Any value: of options one of those on the menu, else what some example has.
    fn any(&mut self, id: AttributeId) -> Option<Value> {
        if let Value::Option(_) = self.product.initial(id) {
            let attribute = self.product.attribute(id);
            let on_the_menu: Vec<_> = attribute.option_ids().filter(|(_, option)| option.available).collect();
            let place = pick(on_the_menu.len(), &mut self.random);
            return on_the_menu.get(place).map(|(option, _)| Value::Option(*option));
        }
        self.example().map(|example| example.design.value(id).clone())
    }
}
