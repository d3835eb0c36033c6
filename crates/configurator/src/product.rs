//! A checked product: attributes, options, rules, prices and layers that are known to fit together.

use std::collections::{BTreeMap, BTreeSet};

use words::Words;

use crate::attribute::Attribute;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, RuleId};
use crate::money::{Currency, Money};
use crate::rule::syntax::{Condition, Number};
use crate::value::Value;

/// A product that shoppers can configure. Made by [`Product::check`].
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Name shown to shoppers.
    pub name: String,
    /// One sentence for the product list.
    pub summary: String,
    /// A paragraph for the product's page.
    pub description: String,
    /// BCP 47 tag of the language of its texts.
    pub language: String,
    /// Currency of every amount.
    pub currency: Currency,
    /// Price before any option, in minor units.
    pub base_price: i64,
    /// Working days to dispatch before any option.
    pub lead_time_days: u32,
    /// The question about use.
    pub uses: Option<Uses>,
    /// What options are good for.
    pub benefits: Vec<Benefit>,
    /// The customisation budget.
    pub budget: Option<Budget>,
    /// Width and height of the picture.
    pub picture: [u32; 2],
    /// Groups of attributes, in order.
    pub steps: Vec<Step>,
    /// What there is to decide, in order.
    pub attributes: Vec<Attribute>,
    /// Conditions that every valid design meets.
    pub rules: Vec<Rule>,
    /// Surcharges and discounts.
    pub prices: Vec<Price>,
    /// Discounts on several pieces, from the fewest on.
    pub tiers: Vec<Tier>,
    /// Why designs can't be returned; the first that applies is told.
    pub no_returns: Vec<NoReturn>,
    /// The picture, from back to front.
    pub layers: Vec<Layer>,
    /// Ready-made designs, in order.
    pub designs: Vec<ReadyMade>,
    /// The standard design as written: also what an attribute starts with that comes to apply.
    pub(crate) initial: Design,
    pub(crate) standard: Design,
    /// What is said of it in its reader's language, which need not be that of its texts.
    pub(crate) words: &'static Words,
}

/// The question about use, and its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uses {
    /// The question as the shopper reads it.
    pub question: String,
    /// Its answers.
    pub answers: Vec<Use>,
}

/// One answer to the question about use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Code, unique among the answers.
    pub code: String,
    /// The answer as the shopper reads it.
    pub label: String,
    /// How these shoppers are called.
    pub people: String,
    /// How much each benefit matters to them, by code.
    pub matters: BTreeMap<String, i64>,
    /// What is good enough for them: each part of it is about one choice.
    pub enough: Option<Condition>,
}

impl Use {
    /// The most that a benefit can matter.
    pub const MOST_WEIGHT: u8 = 3;
}

/// Something that options are more or less good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Benefit {
    /// Code, unique among the benefits.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
}

/// A design that has a name of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyMade {
    /// Code, unique among the ready-made designs.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
    /// One sentence.
    pub summary: String,
    /// The design. It is valid.
    pub design: Design,
}

/// How far a design may depart from the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The most points a design may cost.
    pub ceiling: u32,
}

/// A group of attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Code, unique among the steps.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
}

/// A condition every valid design meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Code, unique among the rules.
    pub code: String,
    /// The same for people.
    pub sentence: String,
    /// The condition.
    pub condition: Condition,
}

/// A surcharge or discount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Name on the breakdown.
    pub label: String,
    /// When it applies; always when absent.
    pub when: Option<Condition>,
    /// Minor units.
    pub amount: i64,
    /// Multiplies the amount.
    pub each: Option<Number>,
    /// Divides the product, at least 1.
    pub per: i64,
}

/// A discount on several pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tier {
    /// From how many pieces on.
    pub from: u32,
    /// Hundredths of a percent off all of them.
    pub discount: u32,
}

/// Why a design can't be returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoReturn {
    /// When that is so; always when absent.
    pub when: Option<Condition>,
    /// The reason for people.
    pub reason: String,
}

/// One layer of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// What it draws.
    pub drawing: Drawing,
    /// When it is shown; always when absent.
    pub when: Option<Condition>,
    /// Tint names and the choice attributes whose swatch they take.
    pub tint: Vec<(String, AttributeId)>,
}

/// What a layer draws.
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::large_enum_variant, reason = "a product has few layers, most of them boxed")
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// A drawing over the whole picture.
    Full {
        /// Its file's name.
        file: String,
    },
    /// A drawing stretched into a box, possibly several times.
    Boxed {
        /// Its file's name.
        file: String,
        /// Left edge, top edge, width and height of the box.
        area: [Number; 4],
        /// How often, how far to the right and how far down each time.
        repeat: [Number; 3],
    },
    /// A text the shopper typed.
    Text {
        /// The text attribute.
        attribute: AttributeId,
        /// Its anchor (middle of the baseline).
        at: [Number; 2],
        /// Height of the letters.
        font_size: u32,
        /// Degrees clockwise.
        rotate: i32,
    },
}

impl Product {
    /// Everything that people read of it, in the same order in every language.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let mut texts = vec![&mut self.name, &mut self.summary, &mut self.description];
        if let Some(uses) = &mut self.uses {
            texts.push(&mut uses.question);
            for answer in &mut uses.answers {
                texts.extend([&mut answer.label, &mut answer.people]);
            }
        }
        texts.extend(self.benefits.iter_mut().map(|benefit| &mut benefit.label));
        texts.extend(self.steps.iter_mut().map(|step| &mut step.label));
        for attribute in &mut self.attributes {
            texts.extend([&mut attribute.label, &mut attribute.help]);
            texts.extend(attribute.kind.texts());
        }
        texts.extend(self.rules.iter_mut().map(|rule| &mut rule.sentence));
        texts.extend(self.prices.iter_mut().map(|price| &mut price.label));
        texts.extend(self.no_returns.iter_mut().map(|why| &mut why.reason));
        for design in &mut self.designs {
            texts.extend([&mut design.label, &mut design.summary]);
        }
        texts.into_iter()
    }

    /// The attribute with this id.
    ///
    /// # Panics
    /// With an id that another product gave out and this one has no attribute for.
    #[must_use]
    pub fn attribute(&self, id: AttributeId) -> &Attribute {
        &self.attributes[id.index()]
    }

    /// Ids and attributes, in order.
    pub fn ids(&self) -> impl Iterator<Item = (AttributeId, &Attribute)> {
        self.attributes.iter().enumerate().map(|(index, attribute)| (AttributeId::new(index), attribute))
    }

    /// The attribute with this code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<AttributeId> {
        self.ids().find(|(_, attribute)| attribute.code == code).map(|(id, _)| id)
    }

    /// The rule with this id.
    ///
    /// # Panics
    /// As [`Product::attribute`].
    #[must_use]
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    /// The standard design. It meets every rule and costs no points.
    #[must_use]
    pub fn standard(&self) -> &Design {
        &self.standard
    }

    /// The standard value of an attribute as written: what it starts with where it applies, also where the standard design has
    /// none.
    #[must_use]
    pub fn initial(&self, id: AttributeId) -> &Value {
        self.initial.value(id)
    }

    /// What an attribute is in a design, or starts with where that has none.
    pub(crate) fn usual<'d>(&'d self, id: AttributeId, design: &'d Design) -> &'d Value {
        match design.value(id) {
            Value::Absent => self.initial(id),
            value => value,
        }
    }

    /// The attributes that a condition depends on: those it mentions, and those by which these apply. Each once, in order.
    pub(crate) fn behind(&self, condition: &Condition) -> BTreeSet<AttributeId> {
        let (mut found, mut open) = (BTreeSet::new(), vec![condition]);
        while let Some(condition) = open.pop() {
            condition.attributes(&mut |id| {
                if found.insert(id) {
                    open.extend(&self.attribute(id).applies);
                }
            });
        }
        found
    }

    /// A design whose attributes have a value exactly where they apply: those that come to apply the one they start with.
    #[must_use]
    pub fn fitted(&self, mut design: Design) -> Design {
        let conditions = || self.ids().filter_map(|(id, attribute)| Some((id, attribute.applies.as_ref()?)));
        let values: Vec<(AttributeId, &Condition, Value)> =
            conditions().map(|(id, applies)| (id, applies, self.usual(id, &design).clone())).collect();
        // Conditions lead to others without circles, so each round settles at least one more.
        for _ in 0..values.len() {
            let mut is_settled = true;
            for (id, applies, value) in &values {
                let value = if self.holds(applies, &design) { value } else { &Value::Absent };
                if design.value(*id) != value {
                    design.set(*id, value.clone());
                    is_settled = false;
                }
            }
            if is_settled {
                break;
            }
        }
        design
    }

    /// What is said in its reader's language.
    #[must_use]
    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// The product for a reader of another language; its texts stay.
    #[must_use]
    pub fn with_words(mut self, words: &'static Words) -> Self {
        self.words = words;
        self
    }

    /// Minor units as its reader writes an amount of money.
    #[must_use]
    pub fn price(&self, amount: i64) -> String {
        self.money(amount).written(&self.words.locale)
    }

    /// Minor units as a change of price, with its sign; nothing for none.
    #[must_use]
    pub fn price_change(&self, amount: i64) -> String {
        self.money(amount).signed(&self.words.locale)
    }

    /// An amount in the product's currency.
    #[must_use]
    pub fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.currency)
    }

    /// Points of giving an attribute this value: 0 when it is standard, or what it starts with where the standard has none. A
    /// multi-choice costs the points of every option it adds.
    #[must_use]
    pub fn points(&self, id: AttributeId, value: &Value) -> u32 {
        self.attribute(id).kind.points(value, self.initial(id))
    }

    /// How many choices differ between two designs: of a set each option that comes or goes. What an attribute starts with where
    /// it comes to apply is no choice.
    #[must_use]
    pub fn differences(&self, one: &Design, other: &Design) -> usize {
        let count = |id: AttributeId| match (self.usual(id, one), self.usual(id, other)) {
            (Value::Options(own), Value::Options(other)) => own.symmetric_difference(*other).len() as usize,
            (own, other) => usize::from(own != other),
        };
        self.ids().map(|(id, _)| count(id)).sum()
    }

    /// The values of a design that are others than another one's, as far as they are there and not what an attribute starts with
    /// that is not there in the other one.
    pub fn differing<'d>(
        &'d self,
        design: &'d Design,
        from: &'d Design,
    ) -> impl Iterator<Item = (AttributeId, &'d Value)> {
        let is_other =
            |(id, value): &(AttributeId, &Value)| **value != Value::Absent && self.usual(*id, from) != *value;
        design.iter().filter(is_other)
    }

    /// The ready-made design that differs in the fewest choices; the first of several.
    #[must_use]
    pub fn nearest_ready_made(&self, design: &Design) -> Option<&ReadyMade> {
        self.designs.iter().min_by_key(|ready| self.differences(design, &ready.design))
    }

    /// What to choose to have a design where these are the defaults: what differs from them.
    #[must_use]
    pub fn choices_for(&self, design: &Design, defaults: &Design) -> Choices {
        let differs =
            |(id, value): &(AttributeId, &Value)| **value != Value::Absent && defaults.value(*id) != *value;
        design.iter().filter(differs).collect()
    }
}
