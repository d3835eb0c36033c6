//! A product as people write it: the types of `product.toml`, of drafts in the admin and of published revisions, and
//! those of `past-orders.toml`.
//!
//! Nothing here is checked yet; [`crate::Product::check`] turns a [`Source`] into a [`crate::Product`] or into the
//! list of everything that is wrong with it. Field by field reference: `docs/product-file.md`.

mod texts;
mod value;

use std::collections::{BTreeMap, HashMap};

pub(crate) use texts::speaks;
pub use texts::{
    AttributeTextsSource, DesignTextsSource, OptionTextsSource, StaleSource, TextsSource, UseTextsSource,
    UsesTextsSource,
};
pub use value::ValueSource;

use serde::{Deserialize, Serialize};

use crate::value::ValueShape;

/// A product file: one made-to-order product with its menu, rules, prices and picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name shown to shoppers.
    pub name: String,
    /// One sentence for the product list.
    pub summary: String,
    /// A paragraph for the product's page.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Further words that shoppers find it by, such as what else it is called: nobody reads them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub search_words: String,
    /// Language of the texts as written: a BCP 47 tag such as `en` or `de-AT`.
    #[serde(default = "english", skip_serializing_if = "is_english")]
    pub language: String,
    /// ISO 4217 code of the currency of every amount in the file.
    pub currency: String,
    /// Price before any option, in minor units (cents), VAT included; not negative.
    pub base_price: i64,
    /// Working days from order to dispatch before any option adds to them.
    pub lead_time_days: u32,
    /// What of the product as a whole is so on purpose: `price` for a standard design that costs nothing, `lead_time` for one that is
    /// ready at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meant: Vec<String>,
    /// The question about use that personal defaults are learnt from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<UsesSource>,
    /// What options are good for, in the order in which shoppers are asked what matters to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub benefits: Vec<BenefitSource>,
    /// The customisation budget; without it any valid design may be ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<BudgetSource>,
    /// Size of the picture in its own units, as `[width, height]`.
    #[serde(default = "default_picture")]
    pub picture: [u32; 2],
    /// Groups of attributes, in the order in which they are shown.
    pub steps: Vec<StepSource>,
    /// What there is to decide, in the order in which it is shown.
    pub attributes: Vec<AttributeSource>,
    /// Conditions that every valid design meets.
    #[serde(default)]
    pub rules: Vec<RuleSource>,
    /// Surcharges and discounts beyond the prices of options.
    #[serde(default)]
    pub prices: Vec<PriceSource>,
    /// Discounts on several pieces of one design, from the fewest pieces to the most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<TierSource>,
    /// Why designs can't be returned; those to which none applies can be, as the shop has it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub no_returns: Vec<NoReturnSource>,
    /// The picture, from back to front.
    #[serde(default)]
    pub layers: Vec<LayerSource>,
    /// Ready-made designs, at most four, in the order in which they are shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub designs: Vec<DesignSource>,
    /// Designs that must be valid, invalid or cost so much before the product is published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<TestSource>,
    /// The texts in further languages by BCP 47 tag.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<String, TextsSource>,
}

fn english() -> String {
    "en".to_owned()
}
fn is_english(language: &str) -> bool {
    language == "en"
}

fn default_picture() -> [u32; 2] {
    [1200, 900]
}

/// One question about use per product, such as "What will you mostly ride?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UsesSource {
    /// The question as the shopper reads it.
    pub question: String,
    /// The possible answers, two or more.
    pub answers: Vec<UseSource>,
    /// What shoppers start from who answered.
    #[serde(default, skip_serializing_if = "StartPolicy::is_usual")]
    pub start: StartPolicy,
}

/// What shoppers start from who agreed to a personal start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum StartPolicy {
    /// What is learnt: only what is nearly sure is preselected, attribute by attribute.
    #[default]
    Learnt,
    /// The most frequent whole design, with no promise that it is right.
    Frequent,
    /// The standard, as everybody.
    Standard,
}

impl StartPolicy {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// One answer to the question about use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UseSource {
    /// Code, unique among the answers.
    pub code: String,
    /// The answer as the shopper reads it.
    pub label: String,
    /// How these shoppers are called in an explanation: "most *touring riders* chose this".
    pub people: String,
    /// How much each benefit matters to them, by its code: 0 to 3. What is not named does not.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub matters: BTreeMap<String, i64>,
    /// What is good enough for them: a condition as in rules, each part of it about one choice. What suits them is never less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enough: Option<String>,
}

/// Something that options are more or less good for, such as comfort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BenefitSource {
    /// Code, unique among the benefits; options say by it how good they are.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
}

/// How far a design may depart from the standard, counted in points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BudgetSource {
    /// The most points a design may cost.
    pub ceiling: u32,
    /// Points of an attribute that departs from the standard where its option does not say otherwise.
    #[serde(default = "one")]
    pub per_deviation: u32,
}

fn one() -> u32 {
    1
}

/// A ready-made design: a valid one that has a name of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DesignSource {
    /// Code, unique among the ready-made designs.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
    /// One sentence that says whom it suits.
    pub summary: String,
    /// Values by attribute, written as standard values are; what is not named is as in the standard design.
    pub values: BTreeMap<String, ValueSource>,
}

/// A design of which it is known beforehand what must come of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TestSource {
    /// Code, unique among the tests.
    pub code: String,
    /// Name by which a failure is told.
    pub label: String,
    /// Values by attribute, written as standard values are; what is not named is as in the standard design.
    #[serde(default)]
    pub values: BTreeMap<String, ValueSource>,
    /// What must come of it.
    #[serde(default)]
    pub expects: ExpectSource,
    /// What one piece must cost, in minor units; not asked when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
}

/// What must come of a test design.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ExpectSource {
    /// It can be ordered.
    #[default]
    Valid,
    /// A rule or the budget forbids it.
    Invalid,
}

/// A group of attributes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StepSource {
    /// Code, unique among the steps.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
}

/// What kind of value an attribute takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KindSource {
    /// Exactly one of the options.
    #[default]
    Choice,
    /// Between `min` and `max` of the options.
    MultiChoice,
    /// A whole number between `min` and `max` in steps of `step`.
    Number,
    /// A line of text.
    Text,
}

impl KindSource {
    /// What its values look like.
    #[must_use]
    pub fn shape(self) -> ValueShape {
        match self {
            Self::Choice => ValueShape::Option,
            Self::MultiChoice => ValueShape::Options,
            Self::Number => ValueShape::Number,
            Self::Text => ValueShape::Text,
        }
    }

    /// The fields of an attribute of this kind which not every kind has.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Choice => &["options", "successors"],
            Self::MultiChoice => &["options", "successors", "min", "max"],
            Self::Number => &["min", "max", "step_size", "unit", "price", "points"],
            Self::Text => &["price", "points", "max_length", "allowed"],
        }
    }
}

/// One thing to decide. Which fields apply depends on `kind`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AttributeSource {
    /// Code, unique among the attributes: a lower-case letter, then letters, digits and `_`.
    pub code: String,
    /// Code of the step it belongs to.
    pub step: String,
    /// Name shown to shoppers.
    pub label: String,
    /// One sentence of advice shown under the name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// What kind of value it takes.
    pub kind: KindSource,
    /// Its value in the standard design: an option's code, a list of codes, a number or a text.
    pub standard: ValueSource,
    /// A locked attribute always keeps its standard value.
    #[serde(default, skip_serializing_if = "is_false")]
    pub locked: bool,
    /// What nobody chose here becomes another only where no change elsewhere makes the design valid: for what the piece is for,
    /// and what would be missed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub moved_last: bool,
    /// A condition in the rule language over other attributes: where it does not hold this attribute is not there, and has no
    /// value. Always there when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applies: Option<String>,
    /// The options of a choice or multi-choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionSource>,
    /// Options that were retired, by code, with the code of the one that stands for each in designs made before.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub successors: BTreeMap<String, String>,
    /// multi-choice: fewest options; number: smallest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// multi-choice: most options; number: largest value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// number: distance between allowed values, counted from `min`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_size: Option<i64>,
    /// number: unit shown behind the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// number: minor units per unit above `min`; text: minor units when it is not empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<i64>,
    /// number, text: points when it departs from the standard; the budget's `per_deviation` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    /// text: most characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// text: allowed characters, with ranges and letters by script: `{LATIN}0-9 .&`. Without it, any printable character.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<String>,
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// One option of a choice or multi-choice.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OptionSource {
    /// Code, unique within the attribute: a lower-case letter, then letters, digits and `_`.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
    /// One sentence shown with the option.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Colour of its swatch and of the layers it tints, as `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub swatch: Option<String>,
    /// Minor units added to the price; negative for a reduction.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub price: i64,
    /// Days added to the lead time.
    #[serde(default, skip_serializing_if = "is_zero_u32")]
    pub lead_time_days: u32,
    /// Weight in grams.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub weight: i64,
    /// Points in the customisation budget when it is not standard; the budget's `per_deviation` when absent,
    /// or 0 for an option with the code `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    /// An option that is not available stays on the menu of old designs only.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub available: bool,
    /// How well it serves a benefit such as `comfort`, 0 to 5. Where the product names its benefits, it is one of those.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub benefits: BTreeMap<String, i64>,
    /// Further whole numbers that rules and prices may use, such as `volume`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, i64>,
    /// Codes of the parts that production picks for it, each as often as it is needed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// What it costs the shop, in minor units; not known when absent. Shoppers are never told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<i64>,
    /// What differs from the other options on purpose: codes of findings such as `price` or `weight`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meant: Vec<String>,
}

fn yes() -> bool {
    true
}
fn is_true(value: &bool) -> bool {
    *value
}
fn is_zero(value: &i64) -> bool {
    *value == 0
}
fn is_zero_u32(value: &u32) -> bool {
    *value == 0
}

/// A condition every valid design meets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSource {
    /// Code, unique among the rules.
    pub code: String,
    /// The condition in the rule language.
    pub rule: String,
    /// The same for people: what does not go together, and what to do. Made of the condition and the names when absent.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sentence: String,
}

impl RuleSource {
    /// Its sentence, or its condition where none is written.
    #[must_use]
    pub fn said(&self) -> &str {
        if self.sentence.trim().is_empty() { &self.rule } else { &self.sentence }
    }
}

/// A surcharge (positive) or discount (negative).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PriceSource {
    /// Name on the price breakdown.
    pub label: String,
    /// Condition in the rule language; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Minor units.
    pub amount: i64,
    /// A number expression in the rule language that multiplies `amount`, such as `width * height`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Divides the product of `amount` and `each`, rounded half away from zero.
    #[serde(default = "one_i64", skip_serializing_if = "is_one")]
    pub per: i64,
}

fn one_i64() -> i64 {
    1
}
fn is_one(value: &i64) -> bool {
    *value == 1
}

/// A discount on several pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TierSource {
    /// From how many pieces on, 2 to 999.
    pub from: u32,
    /// What is taken off the price of all of them, such as `5 %`.
    pub discount: String,
}

/// Why a design can't be returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NoReturnSource {
    /// Condition in the rule language; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The reason as the shopper reads it, such as "cut to your measure".
    pub reason: String,
}

/// One layer of the picture: a drawing from a file, or a text the shopper typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LayerSource {
    /// Name of the drawing in `layers/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Code of the text attribute to write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Condition in the rule language; always shown when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Which choice attribute's swatch colours which tint: `{ frame = "colour" }` fills `var(--frame, …)`,
    /// `var(--frame-shade, …)`, `var(--frame-light, …)` and `var(--frame-deep, …)` of the drawing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub tint: BTreeMap<String, String>,
    /// Left edge of the box the drawing is stretched into, or where a text is anchored: a number expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
    /// Top edge of the box, or a text's baseline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
    /// Width of the box.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<String>,
    /// Height of the box.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<String>,
    /// How often the drawing is repeated, a number expression, at most 64; once when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<String>,
    /// How far each repetition is moved to the right of the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dx: Option<String>,
    /// How far each repetition is moved down from the one before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dy: Option<String>,
    /// Text: height of its letters in picture units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font_size: Option<u32>,
    /// Text: degrees it is turned clockwise around its anchor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotate: Option<i32>,
}

impl LayerSource {
    /// The name of its drawing, if it is one of an `.svg` file directly in `layers/`.
    #[must_use]
    pub fn drawing(&self) -> Option<&str> {
        self.file.as_deref().filter(|file| file.ends_with(".svg") && !file.contains(['/', '\\']))
    }

    /// Where the box is written that its drawing is stretched into: the left edge, the top edge, width and height.
    #[must_use]
    pub fn area(&self) -> [Option<&str>; 4] {
        [&self.x, &self.y, &self.width, &self.height].map(Option::as_deref)
    }
}

/// The orders that a new shop learns its first defaults from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PastOrdersSource {
    /// Designs that were ordered.
    #[serde(default)]
    pub orders: Vec<PastOrderSource>,
}

/// A design that was ordered, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "file", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PastOrderSource {
    /// Code of the use these shoppers stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#use: Option<String>,
    /// How many orders, at least 1.
    pub count: u32,
    /// Values by attribute; what is not named is completed from the standard.
    #[serde(default)]
    pub choices: BTreeMap<String, ValueSource>,
}

/// What a form calls the entries of a list that have these codes: by their code, or by their place, from 0, where a code tells nothing.
#[must_use]
pub fn entry_keys<'s>(codes: impl Iterator<Item = &'s str> + Clone) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for code in codes.clone() {
        *seen.entry(code).or_default() += 1;
    }
    let key = |(place, code): (usize, &str)| {
        let tells = code.starts_with(|first: char| !first.is_ascii_digit())
            && !code.contains(['.', ':'])
            && code != "new"
            && seen.get(code) == Some(&1);
        if tells { code.to_owned() } else { place.to_string() }
    };
    codes.enumerate().map(key).collect()
}
