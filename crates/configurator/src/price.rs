//! What a complete design costs, item by item, and when it is ready.

use crate::design::Design;
use crate::ids::AttributeId;
use crate::money::{Money, scaled};
use crate::product::{Price, Product};
use crate::value::Value;

/// The itemised price of a complete design.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// What the total is made of, in the order of the product file; items that cost nothing are left out.
    pub lines: Vec<Line>,
    /// The sum of the lines.
    pub total: Money,
    /// Working days from order to dispatch.
    pub lead_time_days: u32,
    /// Weight of the chosen options in grams.
    pub weight: i64,
    /// Points of the customisation budget it uses.
    pub points: u32,
}

/// One line of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub label: String,
    /// The attribute it comes from, if it comes from one.
    pub attribute: Option<AttributeId>,
    /// Its amount.
    pub amount: Money,
}

impl Product {
    /// The itemised price of a design. Amounts saturate at the bounds of `i64`, far beyond what a checked product can
    /// reach; quotients are rounded half away from zero.
    #[must_use]
    pub fn quote(&self, design: &Design) -> Quote {
        let mut lines = vec![Line {
            label: self.words.engine.base_price().to_owned(),
            attribute: None,
            amount: self.money(self.base_price),
        }];
        let mut lead_time_days = self.lead_time_days;
        let mut weight = 0_i64;
        let mut add = |label: String, attribute: Option<AttributeId>, amount: i64| {
            if amount != 0 {
                lines.push(Line { label, attribute, amount: self.money(amount) });
            }
        };
        for (id, attribute) in self.ids() {
            let (label, value) = (&attribute.label, design.value(id));
            for (_, option) in attribute.option_ids().filter(|(option, _)| value.includes(*option)) {
                add(format!("{label}: {}", option.label), Some(id), option.price);
                lead_time_days = lead_time_days.saturating_add(option.lead_time_days);
                weight = weight.saturating_add(option.weight);
            }
            let own = attribute.kind.own_price(value);
            if own != 0 {
                add(format!("{label}: {}", self.describe(id, value)), Some(id), own);
            }
        }
        for price in &self.prices {
            add(price.label.clone(), None, self.amount(price, design));
        }
        let total = lines.iter().fold(0_i64, |sum, line| sum.saturating_add(line.amount.amount));
        let points = design.iter().fold(0_u32, |sum, (id, value)| sum.saturating_add(self.points(id, value)));
        Quote { lines, total: self.money(total), lead_time_days, weight, points }
    }

    /// How many days the options of a value add to the lead time.
    pub(crate) fn days(&self, id: AttributeId, value: &Value) -> i64 {
        let options = self.attribute(id).option_ids().filter(|(option, _)| value.includes(*option));
        options.map(|(_, option)| i64::from(option.lead_time_days)).sum()
    }

    /// How many days all options of a design add.
    pub(crate) fn all_days(&self, design: &Design) -> i64 {
        design.iter().map(|(id, value)| self.days(id, value)).sum()
    }

    /// What one of its prices comes to in a design, in minor units; 0 where its condition does not hold.
    pub(crate) fn amount(&self, price: &Price, design: &Design) -> i64 {
        if price.when.as_ref().is_some_and(|when| !self.holds(when, design)) {
            return 0;
        }
        let each = price.each.as_ref().map_or(1, |each| self.evaluate(each, design));
        scaled(price.amount, each, price.per)
    }
}
