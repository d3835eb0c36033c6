//! An order as it is kept: a snapshot that says what was ordered and at which price whatever becomes of the product.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use configurator::{RevisionNumber, Slug};
use personalize::{Evidence, Level};
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use super::buyer::Buyer;
use super::state::Progress;

/// The number of an order. Counts from 1001.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct OrderNumber(i64);

/// A number or text that no order can have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is no order's number; they count from 1001")]
pub struct InvalidOrderNumber {
    /// What it was instead.
    pub text: String,
}

impl OrderNumber {
    /// The number.
    #[must_use]
    pub fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for OrderNumber {
    type Error = InvalidOrderNumber;

    fn try_from(number: i64) -> Result<Self, InvalidOrderNumber> {
        if number > 0 { Ok(Self(number)) } else { Err(InvalidOrderNumber { text: number.to_string() }) }
    }
}

impl FromStr for OrderNumber {
    type Err = InvalidOrderNumber;

    fn from_str(text: &str) -> Result<Self, InvalidOrderNumber> {
        let invalid = || InvalidOrderNumber { text: text.to_owned() };
        text.parse::<i64>().map_err(|_| invalid())?.try_into().map_err(|_| invalid())
    }
}

impl From<OrderNumber> for i64 {
    fn from(number: OrderNumber) -> Self {
        number.0
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A placed order. It reads as its content.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Counts from 1001.
    pub number: OrderNumber,
    /// How far it is.
    pub progress: Progress,
    /// What the orders of one basket have in common ([`crate::Shop::ordered_together`]); nothing where it was ordered alone, or is about
    /// nobody any more.
    pub basket: Option<String>,
    /// Everything else, which never changes.
    pub content: OrderContent,
}

impl Deref for Order {
    type Target = OrderContent;

    fn deref(&self) -> &OrderContent {
        &self.content
    }
}

/// An order that was placed, for whoever placed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    /// The order.
    pub order: Order,
    /// 128 random bits as 32 hexadecimal digits: opens the order's page. The shop keeps no more than its hash.
    pub token: String,
    /// Whether this request placed it, rather than the same one before.
    pub is_new: bool,
}

/// Everything an order says but its number, which it has once it is placed.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderContent {
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// The product.
    pub slug: Slug,
    /// The revision it was made from.
    pub revision: RevisionNumber,
    /// The product's name then.
    pub product_name: String,
    /// Every attribute, in the product's order.
    pub design: Vec<OrderedValue>,
    /// The itemised price.
    pub lines: Vec<OrderedLine>,
    /// The sum of the lines in minor units.
    pub total: i64,
    /// ISO 4217 code of all amounts.
    pub currency: String,
    /// How many pieces.
    pub quantity: u32,
    /// Working days from order to dispatch.
    pub lead_time_days: u32,
    /// The day by which it is promised at the buyer's door; not kept by older releases, as the two that follow.
    pub arrival: Option<Date>,
    /// The VAT rate within all amounts, in hundredths of a percent, where the shop says one.
    pub vat: Option<u32>,
    /// Days within which it can be returned; 0 where it can't be.
    pub return_days: Option<u32>,
    /// Weight of the chosen options in grams.
    pub weight: i64,
    /// Points of the customisation budget it used.
    pub points: u32,
    /// The design's picture as an SVG document.
    pub picture: String,
    /// The use the shopper stated.
    pub stated_use: Option<String>,
    /// Who ordered.
    pub buyer: Buyer,
}

/// A part that production picks, and how many of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickedPart {
    /// Its code.
    pub code: String,
    /// How many, for all pieces of the order.
    pub count: u64,
}

impl PickedPart {
    /// What is picked for so many pieces of a design, in the order in which its attributes name it.
    #[must_use]
    pub fn of(design: &[OrderedValue], quantity: u32) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for code in design.iter().flat_map(|value| &value.parts) {
            match found.iter_mut().find(|known| known.code == *code) {
                Some(known) => known.count += u64::from(quantity),
                None => found.push(Self { code: code.clone(), count: u64::from(quantity) }),
            }
        }
        found
    }
}

/// One attribute of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderedValue {
    /// The attribute's code.
    pub code: String,
    /// The attribute's name.
    pub label: String,
    /// The value as [`configurator::Product::write_value`] writes it.
    pub value: String,
    /// The value for people.
    pub words: String,
    /// Where it came from.
    pub origin: ValueOrigin,
    /// Codes of the parts that production picks for it, each as often as one piece needs it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// The default in whose place it is, where that was chosen for the shopper by what is learnt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced: Option<ReplacedDefault>,
}

/// A default that was chosen for a shopper and did not stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplacedDefault {
    /// Its value as [`configurator::Product::write_value`] writes it.
    pub value: String,
    /// The level that spoke for it.
    pub level: Level,
}

/// Where a value of an order came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueOrigin {
    /// The attribute is locked: every design has this value.
    AlwaysSo,
    /// The shopper chose it.
    Chosen,
    /// It is what the design started from.
    Default {
        /// What the default rested on when the order was placed.
        #[serde(flatten)]
        evidence: Evidence,
        /// Whose orders those were, in the product's words then.
        people: String,
    },
    /// The choices needed it.
    Adjusted,
    /// A sentence: how releases before this one kept it.
    #[serde(untagged)]
    Sentence(String),
}

/// One line of an order's price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderedLine {
    /// What it is for.
    pub label: String,
    /// Minor units.
    pub amount: i64,
}

#[cfg(test)]
mod tests {
    use personalize::Level;

    use super::*;

    #[test]
    fn origins_are_data_and_come_back() {
        let evidence = Evidence {
            level: Level::SameUse { stated_use: "touring".to_owned() },
            orders: 40,
            synthetic: 3,
            agreeing: 32,
            sure: 97,
        };
        let default = ValueOrigin::Default { evidence, people: "touring riders".to_owned() };
        for (origin, json) in [
            (ValueOrigin::AlwaysSo, r#""always_so""#),
            (ValueOrigin::Chosen, r#""chosen""#),
            (ValueOrigin::Adjusted, r#""adjusted""#),
            (
                default,
                r#"{"default":{"level":{"SameUse":{"stated_use":"touring"}},"orders":40,"synthetic":3,"agreeing":32,"sure":97,"people":"touring riders"}}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&origin).unwrap(), json);
            assert_eq!(serde_json::from_str::<ValueOrigin>(json).unwrap(), origin);
        }
    }

    #[test]
    fn evidence_of_older_orders_says_of_no_learner_how_sure_it_was() {
        let json = r#"{"default":{"level":"Everybody","orders":40,"synthetic":3,"agreeing":32,"people":"shoppers"}}"#;
        let ValueOrigin::Default { evidence, .. } = serde_json::from_str(json).unwrap() else {
            panic!("it is a default");
        };
        assert_eq!((evidence.agreeing, evidence.sure), (32, 0));
    }

    #[test]
    fn levels_of_later_releases_are_read_by_their_codes() {
        for (level, code) in
            [(r#""Household""#, "Household"), (r#"{"Lookalike":{"like":["ana"],"share":0.4}}"#, "Lookalike")]
        {
            let json = format!(
                r#"{{"default":{{"level":{level},"orders":40,"synthetic":3,"agreeing":32,"sure":97,"people":"x"}}}}"#
            );
            let ValueOrigin::Default { evidence, .. } = serde_json::from_str(&json).unwrap() else {
                panic!("it is a default");
            };
            assert_eq!(evidence.level, Level::Other(code.to_owned()));
            // Nothing is learnt about a way to choose that is not known here.
            assert!(!evidence.is_chosen_for_shoppers());
            let replaced = format!(r#"{{"value":"brass","level":{level}}}"#);
            let replaced: ReplacedDefault = serde_json::from_str(&replaced).unwrap();
            let again = serde_json::to_string(&replaced).unwrap();
            assert_eq!(serde_json::from_str::<ReplacedDefault>(&again).unwrap(), replaced);
            assert_eq!(again, format!(r#"{{"value":"brass","level":"{code}"}}"#));
        }
        assert!(serde_json::from_str::<Level>("4").is_err());
    }

    /// As orders were written before origins were data.
    #[test]
    fn sentences_of_older_orders_are_read_as_they_are() {
        for sentence in [
            "Always so",
            "Chosen",
            "Default: Our standard",
            "Default: Chosen by 8 in 10 touring riders",
            "Adjusted to the choices",
        ] {
            let json = format!(
                r#"{{"code":"shade","label":"Shade","value":"brass","words":"Brass","origin":"{sentence}"}}"#
            );
            let value: OrderedValue = serde_json::from_str(&json).unwrap();
            assert_eq!(value.origin, ValueOrigin::Sentence(sentence.to_owned()));
            assert_eq!(serde_json::to_string(&value).unwrap(), json);
        }
    }

    #[test]
    fn numbers_are_positive() {
        assert_eq!("1001".parse::<OrderNumber>().unwrap().get(), 1_001);
        for wrong in ["", "0", "-1", "x", "99999999999999999999"] {
            assert_eq!(wrong.parse::<OrderNumber>().unwrap_err().text, wrong);
        }
    }
}
