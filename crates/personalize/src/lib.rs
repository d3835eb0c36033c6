//! Learns which design to start a shopper from, and says where each default comes from. Pure.
//!
//! Levels of learning sit behind [`DefaultPolicy`]. The first one, [`MostFrequent`], takes whole designs: the most
//! frequent valid one among the orders of shoppers with the same use, backed off to everybody's and to the standard
//! when there are too few.

pub mod bounds;
pub mod completion;
pub mod experiment;
pub mod gate;
pub mod learn;
pub mod learnt;
pub mod part_worths;
pub mod random;
pub mod simulate;

use std::cmp::Reverse;

use configurator::{AttributeId, Design, Product, Value};
use serde::{Deserialize, Serialize};
use words::Words;

/// A design that was ordered, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct PastDesign {
    /// The use the shopper stated, if any.
    pub stated_use: Option<String>,
    /// What was ordered, read against the product it is to be a default for. It need not be valid there.
    pub design: Design,
    /// How many orders had it.
    pub count: u32,
    /// How many of those are synthetic: examples to learn first defaults from.
    pub synthetic: u32,
}

/// Where a default design comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// Orders of shoppers with the same use.
    SameUse {
        /// The use's code.
        stated_use: String,
    },
    /// All orders.
    Everybody,
    /// What the shopper said that matters to them. `agreeing` says by [`Part`] what each attribute has to do with it.
    Needs {
        /// Names of these benefits, the most important first.
        benefits: Vec<String>,
    },
    /// The merchandiser's standard.
    Standard,
}

/// What a design starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// The merchandiser's standard.
    Standard,
    /// Learnt from other shoppers' orders, with this shopper's consent.
    Personal {
        /// The code of the use the shopper stated; learning from an order is agreed to by stating one.
        stated_use: Option<String>,
    },
    /// The design that was proposed for what matters to the shopper.
    Needs {
        /// What matters to them, as addresses have it.
        asked: String,
        /// The design, where it departs from the standard: attributes' codes and values.
        base: Vec<(String, String)>,
    },
}

/// What the default of one attribute rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where the default comes from.
    pub level: Level,
    /// How many orders that level has; 0 for the standard.
    pub orders: u32,
    /// How many of those are synthetic.
    pub synthetic: u32,
    /// How many of those orders have the default's value.
    pub agreeing: u32,
}

impl Evidence {
    /// The evidence in a line: "Chosen by 8 in 10 touring riders". `people` are those whose orders they are.
    #[must_use]
    pub fn sentence(&self, people: &str, words: &Words) -> String {
        let Words { studio: words, engine, .. } = words;
        let Self { orders, agreeing, .. } = *self;
        if let Level::Needs { benefits } = &self.level {
            return match agreeing {
                Part::STANDARD => words.our_standard().to_owned(),
                Part::SERVES if !benefits.is_empty() => {
                    words.because_you_asked_for(&benefits.join(engine.comma()))
                }
                _ => words.part_of_the_proposal().to_owned(),
            };
        }
        if self.level == Level::Standard || agreeing == 0 || orders == 0 {
            return words.our_standard().to_owned();
        }
        let (all, some) = (u64::from(orders), u64::from(agreeing));
        let tenths = (some * 20 + all) / (all * 2);
        // Nobody is said to have chosen what only examples have.
        if self.synthetic >= orders {
            return match tenths {
                10 if agreeing == orders => words.in_all_examples(all, &people),
                10 => words.in_nearly_all_examples(&people),
                _ => words.in_some_examples(some, &orders, &people),
            };
        }
        match tenths {
            0 => words.chosen_by_some(some, &orders, &people),
            10 if agreeing == orders => words.chosen_by_all(all, &people),
            10 => words.chosen_by_nearly_all(&people),
            tenths => words.chosen_by_tenths(&tenths, &people),
        }
    }
}

/// What an attribute has to do with what matters to a shopper.
#[derive(Debug)]
pub struct Part;

impl Part {
    /// It is the standard.
    pub const STANDARD: u32 = 0;
    /// It came with the proposal.
    pub const COMES_ALONG: u32 = 1;
    /// It serves what matters.
    pub const SERVES: u32 = 2;
}

/// The design a shopper starts from, with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct StartingDesign {
    /// The design; valid.
    pub design: Design,
    /// Where it comes from.
    pub level: Level,
    /// How many orders that level has; 0 for the standard.
    pub orders: u32,
    /// How many of those are synthetic.
    pub synthetic: u32,
    /// By attribute: how many of those orders have the default's value.
    pub agreeing: Vec<u32>,
}

impl StartingDesign {
    /// The standard design, resting on nothing.
    #[must_use]
    pub fn standard(product: &Product) -> Self {
        Self {
            design: product.standard().clone(),
            level: Level::Standard,
            orders: 0,
            synthetic: 0,
            agreeing: vec![0; product.attributes.len()],
        }
    }

    /// What the default of one attribute rests on.
    #[must_use]
    pub fn evidence(&self, attribute: AttributeId) -> Evidence {
        Evidence {
            level: self.level.clone(),
            orders: self.orders,
            synthetic: self.synthetic,
            agreeing: self.agreeing.get(attribute.index()).copied().unwrap_or(0),
        }
    }

    /// Where the default of one attribute comes from, in a line: "Chosen by 8 in 10 touring riders".
    #[must_use]
    pub fn reason(&self, product: &Product, attribute: AttributeId) -> String {
        self.evidence(attribute).sentence(self.people(product), product.words())
    }

    /// Whose orders it rests on.
    #[must_use]
    pub fn people<'p>(&self, product: &'p Product) -> &'p str {
        let shoppers = product.words().studio.shoppers();
        let Level::SameUse { stated_use } = &self.level else { return shoppers };
        let answers = product.uses.iter().flat_map(|uses| &uses.answers);
        answers
            .filter(|answer| answer.code == *stated_use)
            .map(|answer| answer.people.as_str())
            .next()
            .unwrap_or(shoppers)
    }
}

/// A way to choose the design a shopper starts from.
pub trait DefaultPolicy {
    /// The default for a shopper with this stated use. Its design is valid; equal input gives equal output.
    fn default_design(
        &self,
        product: &Product,
        stated_use: Option<&str>,
        past: &[PastDesign],
    ) -> StartingDesign;
}

/// The most frequent valid design, backed off while a level has fewer than `least` orders with a valid design.
#[derive(Clone, Copy, Debug)]
pub struct MostFrequent {
    /// Fewest valid orders a level needs to speak.
    pub least: u32,
}

impl DefaultPolicy for MostFrequent {
    fn default_design(
        &self,
        product: &Product,
        stated_use: Option<&str>,
        past: &[PastDesign],
    ) -> StartingDesign {
        let valid: Vec<&PastDesign> =
            past.iter().filter(|past| product.validate(&past.design).is_empty()).collect();
        let same_use = stated_use.and_then(|wanted| {
            let same: Vec<_> =
                valid.iter().copied().filter(|past| past.stated_use.as_deref() == Some(wanted)).collect();
            self.at_level(product, &same, Level::SameUse { stated_use: wanted.to_owned() })
        });
        same_use
            .or_else(|| self.at_level(product, &valid, Level::Everybody))
            .unwrap_or_else(|| StartingDesign::standard(product))
    }
}

impl MostFrequent {
    fn at_level(&self, product: &Product, past: &[&PastDesign], level: Level) -> Option<StartingDesign> {
        let orders = past.iter().fold(0_u32, |sum, past| sum.saturating_add(past.count));
        if orders < self.least.max(1) {
            return None;
        }
        // Texts are personal: a name somebody had embroidered is nobody else's default.
        let general = |design: &Design| {
            let texts = design.iter().filter(|(_, value)| matches!(value, Value::Text(_))).map(|(id, _)| id);
            product
                .fitted(texts.fold(design.clone(), |design, id| design.with(id, product.initial(id).clone())))
        };
        let mut tally: Vec<(Design, u32)> = Vec::new();
        for past in past {
            let design = general(&past.design);
            match tally.iter_mut().find(|(known, _)| *known == design) {
                Some((_, count)) => *count = count.saturating_add(past.count),
                None => tally.push((design, past.count)),
            }
        }
        tally.retain(|(design, _)| product.validate(design).is_empty());
        // Among equals the one nearest to the standard, then by its values' codes: whatever order the orders come in.
        let (design, _) = tally.into_iter().min_by_key(|(design, count)| {
            let unusual = design.iter().filter(|(id, value)| product.standard().value(*id) != *value).count();
            (Reverse(*count), unusual, product.write_choices(&design.to_choices()))
        })?;
        let agreeing = design
            .iter()
            .map(|(id, value)| {
                past.iter()
                    .filter(|past| past.design.value(id) == value)
                    .fold(0_u32, |sum, past| sum.saturating_add(past.count))
            })
            .collect();
        let synthetic = past.iter().fold(0_u32, |sum, past| sum.saturating_add(past.synthetic));
        Some(StartingDesign { design, level, orders, synthetic, agreeing })
    }
}

#[cfg(test)]
mod tests;
