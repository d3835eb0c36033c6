//! Where defaults come from, as data and in a line.

use std::borrow::Cow;
use std::collections::BTreeMap;

use configurator::Product;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use words::Words;

/// Where a default design comes from. What is kept of orders is read by every release: a level that it does not know is [`Level::Other`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub enum Level {
    /// The shopper's own orders; where `orders` is 0, no order of theirs but designs that they keep.
    Individual,
    /// Orders of customers who are in a segment that the shopper is in. Its name is the merchandiser's, and not told.
    SameSegment,
    /// Orders of shoppers to whom the same matters.
    SameNeed {
        /// The benefit's code.
        benefit: String,
    },
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
    /// The design of a proposal that was taken, or of a start that has become another one since. `agreeing` is a [`Part`].
    Proposal,
    /// A level of another release, by its code.
    Other(String),
}

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Other(code) if serializer.is_human_readable() => serializer.serialize_str(code),
            known => Self::serialize(known, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// As texts have it: a code, or a code with what belongs to it.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Known(#[serde(with = "Level")] Level),
            Code(String),
            With(BTreeMap<String, IgnoredAny>),
        }
        // Pages are of this very release.
        if !deserializer.is_human_readable() {
            return Self::deserialize(deserializer);
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Known(level) => level,
            Written::Code(code) => Self::Other(code),
            Written::With(codes) => Self::Other(codes.into_keys().next().unwrap_or_default()),
        })
    }
}

impl Level {
    /// How narrow it is among those that speak by orders: the smallest is the shopper's own.
    pub(crate) fn width(&self) -> u8 {
        match self {
            Self::Individual => 0,
            Self::SameSegment => 1,
            Self::SameNeed { .. } => 2,
            Self::SameUse { .. } => 3,
            Self::Everybody => 4,
            Self::Needs { .. } | Self::Standard | Self::Proposal | Self::Other(_) => 5,
        }
    }

    /// Whose orders it is.
    #[must_use]
    pub fn people<'p>(&self, product: &'p Product) -> Cow<'p, str> {
        let words = &product.words().studio;
        let known = match self {
            Self::SameUse { stated_use } => {
                let mut answers = product.uses.iter().flat_map(|uses| &uses.answers);
                let answer = answers.find(|answer| answer.code == *stated_use);
                answer.map(|answer| Cow::Borrowed(answer.people.as_str()))
            }
            Self::SameNeed { benefit } => {
                let benefit = product.benefits.iter().find(|known| known.code == *benefit);
                benefit.map(|benefit| Cow::Owned(words.shoppers_who_wanted(&benefit.label)))
            }
            Self::SameSegment => Some(Cow::Borrowed(words.customers_like_you())),
            _ => None,
        };
        known.unwrap_or(Cow::Borrowed(words.shoppers()))
    }
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
    /// How sure the learner is of the value, in hundredths; 0 where none was asked.
    #[serde(default)]
    pub sure: u8,
}

impl Evidence {
    /// The standard, which rests on nothing.
    pub const STANDARD: Self = Self { level: Level::Standard, orders: 0, synthetic: 0, agreeing: 0, sure: 0 };

    /// Whether a learner was sure enough of the value to choose it for shoppers.
    #[must_use]
    pub fn is_chosen_for_shoppers(&self) -> bool {
        let is_learnt = matches!(
            self.level,
            Level::Individual
                | Level::SameSegment
                | Level::SameNeed { .. }
                | Level::SameUse { .. }
                | Level::Everybody
        );
        self.sure > 0 && is_learnt
    }

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
        if self.level == Level::Individual && agreeing > 0 {
            return match agreeing >= orders {
                true if orders == 0 => words.as_in_a_design_you_keep().to_owned(),
                true => words.as_you_ordered_before().to_owned(),
                false => words.as_in_some_of_yours(&agreeing, &orders),
            };
        }
        if self.level == Level::Proposal && agreeing != Part::STANDARD {
            return words.part_of_the_proposal().to_owned();
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
                _ => words.in_some_examples(some, &orders, &people),
            };
        }
        let reason = match tenths {
            0 => words.chosen_by_some(some, &orders, &people),
            10 if agreeing == orders => words.chosen_by_all(all, &people),
            // Ten in ten would be all of them.
            10 => words.chosen_by_share(&(some * 100 / all), &100, &people),
            tenths => words.chosen_by_share(&tenths, &10, &people),
        };
        match self.synthetic {
            0 => reason,
            examples => words.partly_examples(&reason, &examples, &orders),
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
