//! Who asks, and who ordered, beyond a stated use: what they said matters to them, and the segments of customers they are in. It is
//! learnt from and looked at as far as they agreed to that.

use std::collections::BTreeMap;

use configurator::Product;
use serde::{Deserialize, Serialize};

use crate::evidence::Level;
use crate::gate::Speaker;

/// What is known of somebody; nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Asker {
    /// How much each benefit of the product matters to them, by code; empty where they did not say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub needs: BTreeMap<String, u8>,
    /// Names of the segments that they are in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<String>,
}

impl Asker {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.needs.is_empty() && self.segments.is_empty()
    }

    /// Whether a benefit matters more to them than the product's benefits do on average. Nothing where they did not say, and where all
    /// matter alike.
    #[must_use]
    pub fn wants(&self, product: &Product, benefit: &str) -> Option<bool> {
        let weight = |code: &str| u64::from(self.needs.get(code).copied().unwrap_or(0));
        let weights = product.benefits.iter().map(|benefit| weight(&benefit.code));
        let (mut all, mut count, mut least, mut most) = (0, 0, u64::MAX, 0);
        for weight in weights {
            (all, count) = (all + weight, count + 1);
            (least, most) = (weight.min(least), weight.max(most));
        }
        (count > 0 && least < most).then(|| weight(benefit) * count > all)
    }
}

/// Whose orders speak together. In this order they are from narrow to wide.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Customers of a segment, by its name.
    Segment(String),
    /// Those to whom a benefit matters more than others, by its code.
    Wanting(String),
    /// Those who stated a use, by its code.
    Use(String),
    /// All.
    Everybody,
}

impl Group {
    /// What an order of theirs is as evidence.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Self::Segment(_) => Level::SameSegment,
            Self::Wanting(benefit) => Level::SameNeed { benefit: benefit.clone() },
            Self::Use(stated_use) => Level::SameUse { stated_use: stated_use.clone() },
            Self::Everybody => Level::Everybody,
        }
    }

    pub(crate) fn speaker(&self) -> Speaker {
        match self {
            Self::Segment(_) => Speaker::CUSTOMERS,
            Self::Wanting(_) => Speaker::NEED,
            Self::Use(_) => Speaker::SEGMENT,
            Self::Everybody => Speaker::EVERYBODY,
        }
    }

    /// Whether somebody is of it, where that is known: of uses it is not told here.
    pub(crate) fn includes(&self, product: &Product, asker: &Asker) -> Option<bool> {
        match self {
            Self::Segment(name) => {
                (!asker.segments.is_empty()).then(|| asker.segments.iter().any(|known| known == name))
            }
            Self::Wanting(benefit) => asker.wants(product, benefit),
            Self::Use(_) => None,
            Self::Everybody => Some(true),
        }
    }
}

#[cfg(test)]
mod tests;
