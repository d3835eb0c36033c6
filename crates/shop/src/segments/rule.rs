//! The rule of a segment.

use std::fmt;
use std::str::FromStr;

use configurator::Slug;
use time::Date;
use time::format_description::well_known::Iso8601;

/// Whom a segment is about. Everything that is set has to hold; orders that are tests, cancelled or returned count for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Their orders come to this much at least, in minor units of one currency.
    pub value: Option<i64>,
    /// They ordered so often at least.
    pub orders: Option<u32>,
    /// They ordered on this day or later.
    pub since: Option<Date>,
    /// They ordered nothing on this day or later.
    pub before: Option<Date>,
    /// They ordered this product.
    pub product: Option<Slug>,
    /// They ordered something for this use: its code.
    pub stated_use: Option<String>,
}

/// A text that is no rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{part}' is no part of a rule; there are value, orders, since, before, product and use")]
pub struct InvalidRule {
    /// The part that can't be read.
    pub part: String,
}

impl fmt::Display for Rule {
    /// As it is kept: `value=100000&orders=2&since=2026-01-01&before=2026-07-01&product=trainer&use=running`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("value", self.value.map(|value| value.to_string())),
            ("orders", self.orders.map(|orders| orders.to_string())),
            ("since", self.since.map(|since| since.to_string())),
            ("before", self.before.map(|before| before.to_string())),
            ("product", self.product.as_ref().map(ToString::to_string)),
            ("use", self.stated_use.clone()),
        ];
        let parts = parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        f.write_str(&parts.collect::<Vec<_>>().join("&"))
    }
}

impl FromStr for Rule {
    type Err = InvalidRule;

    fn from_str(text: &str) -> Result<Self, InvalidRule> {
        let mut rule = Self::default();
        for part in text.split('&').filter(|part| !part.is_empty()) {
            let invalid = || InvalidRule { part: part.to_owned() };
            let (name, value) = part.split_once('=').ok_or_else(invalid)?;
            match name {
                "value" => rule.value = Some(value.parse().map_err(|_| invalid())?),
                "orders" => rule.orders = Some(value.parse().map_err(|_| invalid())?),
                "since" => rule.since = Some(Date::parse(value, &Iso8601::DATE).map_err(|_| invalid())?),
                "before" => rule.before = Some(Date::parse(value, &Iso8601::DATE).map_err(|_| invalid())?),
                "product" => rule.product = Some(value.parse().map_err(|_| invalid())?),
                "use" if is_code(value) => rule.stated_use = Some(value.to_owned()),
                _ => return Err(invalid()),
            }
        }
        Ok(rule)
    }
}

impl TryFrom<String> for Rule {
    type Error = InvalidRule;

    fn try_from(text: String) -> Result<Self, InvalidRule> {
        text.parse()
    }
}

/// Whether a text can be the code of a use.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_come_back_as_they_were_written() {
        let all = "value=1&orders=2&since=2026-01-31&before=2026-07-01&product=mug&use=tea";
        for text in ["", "value=100000", "before=2026-01-31", all] {
            assert_eq!(text.parse::<Rule>().unwrap().to_string(), text);
        }
        for text in [
            "value",
            "value=x",
            "orders=-1",
            "since=2026-13-01",
            "before=2026-02-30",
            "before=",
            "use=",
            "use=a%26b",
            "mood=good",
        ] {
            assert!(text.parse::<Rule>().is_err(), "{text}");
        }
    }
}
