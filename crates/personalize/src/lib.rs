//! Learns which design to start a shopper from, and says where each default comes from. Pure.
//!
//! Levels of learning sit behind [`DefaultPolicy`]. The first one, [`MostFrequent`], takes whole designs: the most
//! frequent valid one among the orders of shoppers with the same use, backed off to everybody's and to the standard
//! when there are too few.

pub mod asker;
pub mod asks;
pub mod bounds;
pub mod completion;
mod evidence;
pub mod experiment;
pub mod first_options;
pub mod gate;
pub mod habits;
pub mod individual;
pub mod learn;
pub mod learnt;
pub mod offers;
pub mod orders;
pub mod part_worths;
pub mod random;
pub mod simulate;

use std::borrow::Cow;
use std::cmp::Reverse;

pub use asker::Asker;
use configurator::{AttributeId, Design, Product, Value};
pub use evidence::{Evidence, Level, Part};
use orders::tellable;
use serde::{Deserialize, Serialize};

/// A design that was ordered, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct PastDesign {
    /// The use the shopper stated, if any.
    pub stated_use: Option<String>,
    /// What else is known of the shopper, and was agreed to be learnt from.
    pub asker: Asker,
    /// What was ordered, read against the product it is to be a default for. It need not be valid there.
    pub design: Design,
    /// How many orders had it.
    pub count: u32,
    /// How many of those are synthetic: examples to learn first defaults from.
    pub synthetic: u32,
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
        /// The design, where it departs from the standard: attributes' codes and values. Nothing stands for what is learnt by
        /// now.
        #[serde(default)]
        base: Option<Vec<(String, String)>>,
    },
    /// The design that was proposed for what matters to the shopper.
    Needs {
        /// What matters to them, as addresses have it.
        asked: String,
        /// The design, where it departs from the standard: attributes' codes and values.
        base: Vec<(String, String)>,
    },
}

/// The design a shopper starts from, with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct StartingDesign {
    /// The design; valid.
    pub design: Design,
    /// The narrowest level that something of it comes from.
    pub level: Level,
    /// By attribute: what its default rests on.
    pub evidence: Vec<Evidence>,
    /// Other values that are probable and not sure enough to be preselected.
    pub suggested: Vec<(AttributeId, Value, Evidence)>,
    /// Attributes of which what is suggested would be chosen for the shopper, and is only recommended as an experiment has it.
    pub recommended: Vec<AttributeId>,
}

impl StartingDesign {
    /// The standard design, resting on nothing.
    #[must_use]
    pub fn standard(product: &Product) -> Self {
        Self {
            design: product.standard().clone(),
            level: Level::Standard,
            evidence: vec![Evidence::STANDARD; product.attributes.len()],
            suggested: Vec::new(),
            recommended: Vec::new(),
        }
    }

    /// The same with nothing chosen for the shopper: the standard, and what would have been chosen is recommended by what speaks for it.
    #[must_use]
    pub fn only_recommended(self, product: &Product) -> Self {
        let standard = Self::standard(product);
        let other = |(id, value): &(AttributeId, &Value)| {
            **value != Value::Absent && standard.design.value(*id) != *value
        };
        let recommended = self.design.iter().filter(other);
        let recommended =
            recommended.map(|(id, value)| (id, value.clone(), self.evidence(id))).collect::<Vec<_>>();
        let ids: Vec<AttributeId> = recommended.iter().map(|(id, ..)| *id).collect();
        let suggested = self.suggested.iter().filter(|(id, ..)| !ids.contains(id)).cloned();
        let suggested = recommended.iter().cloned().chain(suggested).collect();
        Self { suggested, recommended: ids, ..standard }
    }

    /// What the default of one attribute rests on.
    #[must_use]
    pub fn evidence(&self, attribute: AttributeId) -> Evidence {
        self.evidence.get(attribute.index()).cloned().unwrap_or(Evidence::STANDARD)
    }

    /// What the level of the whole rests on: the evidence of an attribute that comes from it.
    #[must_use]
    pub fn rests_on(&self) -> &Evidence {
        let of_level = self.evidence.iter().filter(|evidence| evidence.level == self.level);
        of_level.max_by_key(|evidence| evidence.orders).unwrap_or(&Evidence::STANDARD)
    }

    /// Where the default of one attribute comes from, in a line: "Chosen by 8 in 10 touring riders"; with what most others had
    /// where that is probable.
    #[must_use]
    pub fn reason(&self, product: &Product, attribute: AttributeId) -> String {
        let words = product.words();
        let told = |evidence: &Evidence| evidence.sentence(&evidence.level.people(product), words);
        let reason = told(&self.evidence(attribute));
        match self.suggested.iter().find(|(id, ..)| *id == attribute) {
            Some((id, value, evidence)) => {
                words.studio.with_suggestion(&reason, &product.describe(*id, value), &told(evidence))
            }
            None => reason,
        }
    }

    /// Whose orders it rests on.
    #[must_use]
    pub fn people<'p>(&self, product: &'p Product) -> Cow<'p, str> {
        self.level.people(product)
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
        let all = past.iter().fold(0_u32, |sum, past| sum.saturating_add(past.count));
        let synthetic = past.iter().fold(0_u32, |sum, past| sum.saturating_add(past.synthetic));
        if all < self.least.max(1) {
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
        let orders = tellable(all, synthetic);
        let told = |past: &PastDesign| if orders < all { past.synthetic } else { past.count };
        let of_value = |(id, value): (AttributeId, &Value)| {
            let same = past.iter().filter(|past| past.design.value(id) == value);
            let agreeing = same.fold(0_u32, |sum, past| sum.saturating_add(told(past)));
            // Ordered by too few to say so.
            if agreeing == 0 && product.standard().value(id) != value {
                return Evidence {
                    level: Level::Proposal,
                    agreeing: Part::COMES_ALONG,
                    ..Evidence::STANDARD
                };
            }
            Evidence { level: level.clone(), orders, synthetic, agreeing, sure: 0 }
        };
        let evidence = design.iter().map(of_value).collect();
        Some(StartingDesign { design, level, evidence, suggested: Vec::new(), recommended: Vec::new() })
    }
}

#[cfg(test)]
mod tests;
