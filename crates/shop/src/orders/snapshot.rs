//! What an order is made of, and the order made of it: checked, priced and drawn. Pure.

use configurator::source::Source;
use configurator::{
    AttributeId, Calendar, Choices, Configured, Design, NoCompletion, Product, Quantity, RuleId, Value,
};
use personalize::StartingDesign;
use time::OffsetDateTime;
use words::Language;

use super::buyer::Buyer;
use super::order::{OrderContent, OrderedLine, OrderedValue, ReplacedDefault, ValueOrigin};
use super::order_error::OrderError;
use crate::catalogue::revision::Revision;

/// Everything an order is made of.
pub(super) struct Snapshot {
    pub placed_at: OffsetDateTime,
    pub stated_use: Option<String>,
    pub buyer: Buyer,
    pub choices: Choices,
    pub default: StartingDesign,
    pub quantity: Quantity,
    pub terms: Terms,
}

/// What the shop promises with every order.
pub(super) struct Terms {
    pub calendar: Calendar,
    pub vat: Option<u32>,
    pub return_days: u32,
}

/// Whether a rule says of an option that it can't be had.
fn is_sold_out(product: &Product, rule: RuleId) -> bool {
    product.rule(rule).condition.forbids_option()
}

impl Snapshot {
    pub(super) fn complete(&self, product: &Configured) -> Result<Design, OrderError> {
        product.complete(&self.choices, &self.default.design).map_err(|error| {
            let told = match error {
                NoCompletion::Conflict(reason) => {
                    let is_sold_out = reason.rules.iter().any(|rule| is_sold_out(product, *rule));
                    if is_sold_out {
                        return OrderError::SoldOut(vec![reason.sentence]);
                    }
                    reason.sentence
                }
                NoCompletion::TooComplex(_) => Language::ENGLISH.shop().not_completed().to_owned(),
            };
            OrderError::Invalid(vec![told])
        })
    }

    /// What the order of a complete design says, which is checked and priced anew. What is wrong is told in the language of
    /// `told_by`, the revision's product as its reader has it; what is kept is written in the product's own.
    pub(super) fn content(
        self,
        revision: &Revision,
        told_by: &Product,
        design: &Design,
    ) -> Result<OrderContent, OrderError> {
        let violations = told_by.validate(design);
        if !violations.is_empty() {
            let lacks = violations
                .iter()
                .any(|violation| violation.rule.is_some_and(|rule| is_sold_out(told_by, rule)));
            let sentences = violations.into_iter().map(|violation| violation.sentence).collect();
            return Err(if lacks { OrderError::SoldOut(sentences) } else { OrderError::Invalid(sentences) });
        }
        let product = &revision.product;
        let quote = product.quote_for(design, self.quantity);
        let return_days = if product.no_return(design).is_some() { 0 } else { self.terms.return_days };
        Ok(OrderContent {
            design: self.values(product, &revision.bundle.source, design),
            placed_at: self.placed_at,
            slug: revision.slug.clone(),
            revision: revision.number,
            product_name: product.name.clone(),
            lines: quote
                .lines
                .into_iter()
                .map(|line| OrderedLine { label: line.label, amount: line.amount.amount })
                .collect(),
            total: quote.total.amount,
            currency: quote.total.currency.code().to_owned(),
            quantity: self.quantity.get(),
            lead_time_days: quote.lead_time_days,
            arrival: Some(self.terms.calendar.arrival(quote.lead_time_days)),
            vat: self.terms.vat,
            return_days: Some(return_days),
            weight: quote.weight,
            points: quote.points,
            picture: preview::compose(product, &revision.bundle.drawings, design),
            stated_use: self.stated_use,
            buyer: self.buyer,
        })
    }

    fn values(&self, product: &Product, source: &Source, design: &Design) -> Vec<OrderedValue> {
        let mut values = Vec::with_capacity(product.attributes.len());
        for (id, value) in design.iter().filter(|(_, value)| **value != Value::Absent) {
            let attribute = product.attribute(id);
            let origin = if attribute.locked {
                ValueOrigin::AlwaysSo
            } else if self.choices.get(id).is_some() {
                ValueOrigin::Chosen
            } else if value == self.default.design.value(id) {
                let evidence = self.default.evidence(id);
                let people = evidence.level.people(product).into_owned();
                ValueOrigin::Default { evidence, people }
            } else {
                ValueOrigin::Adjusted
            };
            let (default, evidence) = (self.default.design.value(id), self.default.evidence(id));
            let is_replaced = evidence.is_chosen_for_shoppers() && default != value;
            values.push(OrderedValue {
                replaced: is_replaced.then(|| ReplacedDefault {
                    value: product.write_value(id, default),
                    level: evidence.level.clone(),
                }),
                code: attribute.code.clone(),
                label: attribute.label.clone(),
                value: product.write_value(id, value),
                words: product.describe(id, value),
                parts: parts(source, (product, id), value),
                origin,
            });
        }
        values
    }
}

/// The parts of the options that an attribute has, as the product's file says them: the product that shoppers load has none.
fn parts(source: &Source, (product, id): (&Product, AttributeId), value: &Value) -> Vec<String> {
    let options = source.attributes.get(id.index()).map(|attribute| attribute.options.as_slice());
    let options = options.unwrap_or_default();
    let chosen = product.attribute(id).option_ids().filter(|(option, _)| value.includes(*option));
    let written = chosen.filter_map(|(option, _)| options.get(option.index()));
    written.flat_map(|option| option.parts.iter().cloned()).collect()
}
