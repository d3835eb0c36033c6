//! What requests and answers of the API look like, as far as several routes share it.

use std::collections::BTreeMap;
use std::fmt;

use configurator::{AttributeId, Choices, Design, Product, RevisionNumber, Slug, Value};
use personalize::Start;
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use shop::{DesignAddress, Opened, OrderState};
use utoipa::ToSchema;

/// An amount of money.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq, ToSchema)]
pub(super) struct Money {
    /// Whole minor units (cents), VAT included.
    #[schema(example = 129_900)]
    pub amount: i64,
    /// Code of ISO 4217.
    #[schema(example = "EUR")]
    pub currency: String,
}

impl From<configurator::Money> for Money {
    fn from(money: configurator::Money) -> Self {
        Self { amount: money.amount, currency: money.currency.code().to_owned() }
    }
}

/// A value: an option's code, a text, a whole number, or codes of several options.
#[derive(Clone, Debug, Serialize, PartialEq, Eq, ToSchema)]
#[serde(untagged)]
pub(super) enum ChoiceValue {
    /// An option's code, or a text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Codes of options.
    Options(Vec<String>),
}

impl<'de> Deserialize<'de> for ChoiceValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;
        impl<'de> Visitor<'de> for AnyValue {
            type Value = ChoiceValue;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an option's code, a whole number, a text or a list of codes")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ChoiceValue, E> {
                Ok(ChoiceValue::Text(text.to_owned()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<ChoiceValue, E> {
                Ok(ChoiceValue::Number(number))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<ChoiceValue, E> {
                // No attribute takes numbers as large as those that don't fit.
                Ok(ChoiceValue::Number(i64::try_from(number).unwrap_or(i64::MAX)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut codes: A) -> Result<ChoiceValue, A::Error> {
                let mut options = Vec::new();
                while let Some(code) = codes.next_element()? {
                    options.push(code);
                }
                Ok(ChoiceValue::Options(options))
            }
        }
        deserializer.deserialize_any(AnyValue)
    }
}

impl ChoiceValue {
    pub(super) fn of(product: &Product, id: AttributeId, value: &Value) -> Self {
        match value {
            // Nobody is told of what doesn't apply.
            Value::Option(_) | Value::Text(_) | Value::Absent => Self::Text(product.write_value(id, value)),
            Value::Number(number) => Self::Number(*number),
            Value::Options(set) => {
                let attribute = product.attribute(id);
                Self::Options(set.iter().map(|option| attribute.option(option).code.clone()).collect())
            }
        }
    }

    /// As the product reads it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Options(codes) => codes.join(","),
        }
    }
}

/// Values by the codes of their attributes.
pub(super) type ChoiceMap = BTreeMap<String, ChoiceValue>;

pub(super) fn choice_map(product: &Product, choices: &Choices) -> ChoiceMap {
    let pair = |(id, value): (AttributeId, &Value)| {
        (product.attribute(id).code.clone(), ChoiceValue::of(product, id, value))
    };
    choices.iter().map(pair).collect()
}

fn pairs(values: &ChoiceMap) -> Vec<(String, String)> {
    values.iter().map(|(code, value)| (code.clone(), value.text())).collect()
}

/// What a design starts from.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, PartialEq, Eq, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StartKind {
    /// The standard design.
    #[default]
    Standard,
    /// The design most often ordered for the same use.
    Personal,
}

/// A design: choices over what it starts from.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DesignRequest {
    /// Values by the codes of their attributes; the rest is completed from the start.
    #[serde(default)]
    #[schema(example = json!({ "glaze": "blue", "height": 9, "extras": ["lid", "spoon"] }))]
    pub choices: ChoiceMap,
    /// The revision it is made for; the live one when absent.
    #[serde(default)]
    #[schema(value_type = Option<i64>, minimum = 1)]
    pub revision: Option<RevisionNumber>,
    /// What it starts from.
    #[serde(default)]
    pub start: StartKind,
    /// The use that a personal start is for, as one of the product's answers.
    #[serde(default, rename = "use")]
    pub stated_use: Option<String>,
    /// The design that a personal start is, where it departs from the standard, as an answer named it; what is learnt by now
    /// when absent.
    #[serde(default)]
    #[schema(example = json!({ "glaze": "green" }))]
    pub base: Option<ChoiceMap>,
}

impl DesignRequest {
    pub(super) fn start(&self) -> Start {
        match self.start {
            StartKind::Standard => Start::Standard,
            StartKind::Personal => {
                Start::Personal { stated_use: self.stated_use.clone(), base: self.base.as_ref().map(pairs) }
            }
        }
    }

    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        pairs(&self.choices)
    }

    pub(super) fn address(&self) -> DesignAddress {
        DesignAddress {
            revision: self.revision,
            start: Some(self.start()),
            choices: self.pairs(),
            ..DesignAddress::default()
        }
    }
}

/// The revision that an answer is about.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Pinned {
    /// The product's slug.
    #[schema(value_type = String)]
    pub product: Slug,
    /// The revision.
    #[schema(value_type = i64)]
    pub revision: RevisionNumber,
    /// The revision that is live now.
    #[schema(value_type = i64)]
    pub live_revision: RevisionNumber,
    /// The design that a personal start is, where it departs from the standard. Sent along, the design stays the same whatever
    /// is learnt since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base: Option<ChoiceMap>,
}

impl Pinned {
    pub(super) fn of(opened: &Opened) -> Self {
        let revision = &opened.revision;
        let base = match &opened.start {
            Start::Personal { base: Some(base), .. } => {
                Some(choice_map(&revision.product, &revision.product.read_design(base)))
            }
            Start::Personal { base: None, .. } | Start::Standard | Start::Needs { .. } => None,
        };
        Self { product: revision.slug.clone(), revision: revision.number, live_revision: opened.live, base }
    }
}

/// The value of one attribute.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct DesignValue {
    /// The attribute's code.
    pub attribute: String,
    /// The attribute's name.
    pub label: String,
    /// The value; null where the attribute doesn't apply any more, or a choice for it is let go, which only changes tell.
    pub value: Option<ChoiceValue>,
    /// The value for people.
    pub words: String,
}

impl DesignValue {
    pub(super) fn of(product: &Product, id: AttributeId, value: &Value) -> Self {
        let attribute = product.attribute(id);
        Self {
            attribute: attribute.code.clone(),
            label: attribute.label.clone(),
            value: (*value != Value::Absent).then(|| ChoiceValue::of(product, id, value)),
            words: product.describe(id, value),
        }
    }

    /// Those of a design, without attributes that don't apply.
    pub(super) fn all(product: &Product, design: &Design) -> Vec<Self> {
        let there = design.iter().filter(|(_, value)| **value != Value::Absent);
        there.map(|(id, value)| Self::of(product, id, value)).collect()
    }
}

/// The itemised price of a complete design.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Quote {
    /// What the total is made of.
    pub lines: Vec<Line>,
    /// The sum of the lines.
    pub total: Money,
    /// Working days from order to dispatch.
    pub lead_time_days: u32,
    /// Weight of the chosen options in grams.
    pub weight_grams: i64,
    /// Points of the customisation budget it uses.
    pub points: u32,
}

/// One line of a price.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Line {
    /// What it is for.
    pub label: String,
    /// Code of the attribute it comes from, if it comes from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// Its amount.
    pub amount: Money,
}

impl Quote {
    pub(super) fn of(product: &Product, quote: &configurator::Quote) -> Self {
        let line = |line: &configurator::Line| Line {
            label: line.label.clone(),
            attribute: line.attribute.map(|id| product.attribute(id).code.clone()),
            amount: line.amount.into(),
        };
        Self {
            lines: quote.lines.iter().map(line).collect(),
            total: quote.total.into(),
            lead_time_days: quote.lead_time_days,
            weight_grams: quote.weight,
            points: quote.points,
        }
    }
}

/// Why something is not possible: choices and rules that can't all hold.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Reason {
    /// The reason in words.
    pub sentence: String,
    /// Codes of the attributes whose choices are in the way.
    pub choices: Vec<String>,
    /// The rules that are in the way.
    pub rules: Vec<Rule>,
}

/// A condition that every valid design meets.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Rule {
    /// Its code.
    pub code: String,
    /// The same for people.
    pub sentence: String,
}

impl Reason {
    pub(super) fn of(product: &Product, reason: &configurator::Reason) -> Self {
        Self {
            sentence: reason.sentence.clone(),
            choices: reason.choices.iter().map(|id| product.attribute(*id).code.clone()).collect(),
            rules: reason.rules.iter().map(|id| Rule::of(product.rule(*id))).collect(),
        }
    }
}

impl Rule {
    pub(super) fn of(rule: &configurator::Rule) -> Self {
        Self { code: rule.code.clone(), sentence: rule.sentence.clone() }
    }
}

/// Where an order is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StateCode {
    /// It came in.
    Placed,
    /// The shop has said yes.
    Confirmed,
    /// It is being made.
    InProduction,
    /// It is on its way to the buyer.
    Shipped,
    /// The buyer has it.
    Delivered,
    /// It is not made, or not sent.
    Cancelled,
    /// It came back.
    Returned,
}

impl From<OrderState> for StateCode {
    fn from(state: OrderState) -> Self {
        match state {
            OrderState::Placed => Self::Placed,
            OrderState::Confirmed => Self::Confirmed,
            OrderState::InProduction => Self::InProduction,
            OrderState::Shipped => Self::Shipped,
            OrderState::Delivered => Self::Delivered,
            OrderState::Cancelled => Self::Cancelled,
            OrderState::Returned => Self::Returned,
        }
    }
}

impl From<StateCode> for OrderState {
    fn from(state: StateCode) -> Self {
        match state {
            StateCode::Placed => Self::Placed,
            StateCode::Confirmed => Self::Confirmed,
            StateCode::InProduction => Self::InProduction,
            StateCode::Shipped => Self::Shipped,
            StateCode::Delivered => Self::Delivered,
            StateCode::Cancelled => Self::Cancelled,
            StateCode::Returned => Self::Returned,
        }
    }
}
