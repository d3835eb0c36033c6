//! The shop file as people write it: the types of `shop.toml`. Field by field reference: `docs/shop-file.md`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::topic::Topic;
use crate::orders::state::OrderState;

/// A shop file: who runs the shop, how it counts days, and what its pages say.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileSource {
    /// The shop's name, over every page.
    pub name: String,
    /// Language of the texts as written: a BCP 47 tag such as `en`.
    #[serde(default = "english")]
    pub language: String,
    /// Who runs the shop.
    #[serde(default)]
    pub company: CompanySource,
    /// How it is reached.
    #[serde(default)]
    pub contact: ContactSource,
    /// Where the shop's days begin and end: a name of the IANA database such as `Europe/Berlin`.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// The days of the week on which it works.
    #[serde(default)]
    pub working_days: Option<Vec<WeekdaySource>>,
    /// Days on which it does not: `12-25` every year, `2026-12-24` once, `2026-12-24/2027-01-06` from the first to the last.
    #[serde(default)]
    pub holidays: Vec<String>,
    /// Working days from dispatch to the door.
    #[serde(default)]
    pub delivery_days: Option<u32>,
    /// The VAT rate within all prices, such as `19 %`.
    #[serde(default)]
    pub vat: Option<String>,
    /// For how many days a revision's prices hold once another one is live.
    #[serde(default)]
    pub price_hold_days: Option<u32>,
    /// Days within which what can be returned is taken back.
    #[serde(default)]
    pub return_days: Option<u32>,
    /// Full years after the year of an order for which its buyer is kept, as the law asks for invoices.
    #[serde(default)]
    pub retention_years: Option<u32>,
    /// For how many months daily sums of what happens on products' pages are kept.
    #[serde(default)]
    pub insight_months: Option<u32>,
    /// For how many days a saved design is kept after its last change, and one under a name after it was kept.
    #[serde(default)]
    pub designs_kept_days: Option<u32>,
    /// By how many percent a price may change before whoever publishes is asked twice.
    #[serde(default)]
    pub large_price_change: Option<u32>,
    /// What a default that is wrong costs, in what one that is right gains: more than that share has to be right before one is chosen for
    /// shoppers, and 95 of 100 at least.
    #[serde(default)]
    pub wrong_default_costs: Option<u32>,
    /// Percent of the visitors who agreed to personal starts for whom nothing is chosen all the same.
    #[serde(default)]
    pub always_standard: Option<u32>,
    /// Whether a second person has to agree to what is published.
    #[serde(default)]
    pub approval: Option<bool>,
    /// The states of an order that its buyer gets a mail about.
    #[serde(default)]
    pub order_mails: Option<Vec<MailedStateSource>>,
    /// What the shop says itself on its pages: paragraphs with an empty line between them; one that begins with `# ` is a heading.
    #[serde(default)]
    pub pages: PagesSource,
    /// The texts in further languages by BCP 47 tag.
    #[serde(default)]
    pub translations: BTreeMap<String, ProfileTextsSource>,
}

fn english() -> String {
    "en".to_owned()
}

/// Who runs the shop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompanySource {
    /// The name it is registered under.
    #[serde(default)]
    pub legal_name: Option<String>,
    /// Its postal address in several lines.
    #[serde(default)]
    pub address: Option<String>,
    /// Who speaks for it.
    #[serde(default)]
    pub represented_by: Option<String>,
    /// Where and under which number it is registered.
    #[serde(default)]
    pub register: Option<String>,
    /// Its VAT identification number.
    #[serde(default)]
    pub vat_id: Option<String>,
}

/// How the shop is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactSource {
    /// E-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// When somebody answers.
    #[serde(default)]
    pub hours: Option<String>,
}

/// What the shop says itself, by page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PagesSource {
    /// Who runs the shop.
    #[serde(default)]
    pub company: Option<String>,
    /// How it is reached.
    #[serde(default)]
    pub contact: Option<String>,
    /// How and when things come.
    #[serde(default)]
    pub delivery: Option<String>,
    /// How they are paid.
    #[serde(default)]
    pub payment: Option<String>,
    /// What can be returned.
    #[serde(default)]
    pub returns: Option<String>,
    /// What is kept of a person.
    #[serde(default)]
    pub privacy: Option<String>,
}

impl PagesSource {
    /// What it says about a topic.
    #[must_use]
    pub fn about(&self, topic: Topic) -> Option<&str> {
        let text = match topic {
            Topic::Company => &self.company,
            Topic::Contact => &self.contact,
            Topic::Delivery => &self.delivery,
            Topic::Payment => &self.payment,
            Topic::Returns => &self.returns,
            Topic::Privacy => &self.privacy,
        };
        text.as_deref()
    }

    /// The name of each text and the text, as far as it is there.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let names = ["delivery", "returns", "payment", "contact", "company", "privacy"];
        names.into_iter().zip(Topic::ALL).filter_map(|(name, topic)| Some((name, self.about(topic)?)))
    }
}

/// The texts in one further language. What is absent is shown as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileTextsSource {
    /// When somebody answers.
    #[serde(default)]
    pub hours: Option<String>,
    /// What the shop says itself, by page.
    #[serde(default)]
    pub pages: PagesSource,
}

/// A state of an order that its buyer can get a mail about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailedStateSource {
    /// The shop has said yes.
    Confirmed,
    /// It is being made.
    InProduction,
    /// It is on its way.
    Shipped,
    /// The buyer has it.
    Delivered,
    /// It is not made, or not sent.
    Cancelled,
    /// It came back.
    Returned,
}

impl MailedStateSource {
    /// All of them, in the order of an order's way.
    pub const ALL: [Self; 6] = [
        Self::Confirmed,
        Self::InProduction,
        Self::Shipped,
        Self::Delivered,
        Self::Cancelled,
        Self::Returned,
    ];

    /// The state.
    #[must_use]
    pub const fn state(self) -> OrderState {
        match self {
            Self::Confirmed => OrderState::Confirmed,
            Self::InProduction => OrderState::InProduction,
            Self::Shipped => OrderState::Shipped,
            Self::Delivered => OrderState::Delivered,
            Self::Cancelled => OrderState::Cancelled,
            Self::Returned => OrderState::Returned,
        }
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WeekdaySource {
    /// Monday.
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}
