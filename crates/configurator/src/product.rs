//! A checked product: attributes, options, rules, prices and layers that are known to fit together.

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

    /// Points of giving an attribute this value: 0 when it is standard. A multi-choice costs the points of every
    /// option it adds.
    #[must_use]
    pub fn points(&self, id: AttributeId, value: &Value) -> u32 {
        self.attribute(id).kind.points(value, self.standard.value(id))
    }

    /// How many choices differ between two designs: of a set each option that comes or goes.
    #[must_use]
    pub fn differences(&self, one: &Design, other: &Design) -> usize {
        let count = |(own, other): (&Value, &Value)| match (own, other) {
            (Value::Options(own), Value::Options(other)) => own.symmetric_difference(*other).len() as usize,
            _ => usize::from(own != other),
        };
        one.iter().zip(other.iter()).map(|((_, own), (_, other))| count((own, other))).sum()
    }

    /// The ready-made design that differs in the fewest choices; the first of several.
    #[must_use]
    pub fn nearest_ready_made(&self, design: &Design) -> Option<&ReadyMade> {
        self.designs.iter().min_by_key(|ready| self.differences(design, &ready.design))
    }

    /// What to choose to have a design where these are the defaults: what differs from them.
    #[must_use]
    pub fn choices_for(&self, design: &Design, defaults: &Design) -> Choices {
        design.iter().filter(|(id, value)| defaults.value(*id) != *value).collect()
    }
}
