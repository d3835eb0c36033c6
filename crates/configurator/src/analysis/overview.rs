//! What can be said of a product at once.

use crate::answers::ServedBy;
use crate::answers::diagram::ANY_TEXT;
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, OptionId};
use crate::layout::Literal;
use crate::validate::Violation;
use crate::value::{OptionSet, Value};

/// Between which totals the valid designs lie, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriceBounds {
    /// None costs less.
    pub low: i64,
    /// None costs more.
    pub high: i64,
    /// Whether there is a design for each of the two; otherwise they are bounds that no design leaves.
    pub is_exact: bool,
}

/// What can be said of a product at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// What answers.
    pub served_by: ServedBy,
    /// Whether there is a valid design; nothing where that takes too long to find out.
    pub has_designs: Option<bool>,
    /// How many there are, where that is counted; the largest number stands for more.
    pub designs: Option<u128>,
    /// Between which totals they lie; nothing where there are none or none was found.
    pub prices: Option<PriceBounds>,
    /// What the standard design costs, in minor units, whether it is valid or not.
    pub standard: i64,
    /// Why the standard design is not valid.
    pub violations: Vec<Violation>,
    /// Options that no valid design has, though they are on the menu; none where there is no valid design at all.
    pub dead: Vec<(AttributeId, OptionId)>,
    /// Attributes that are not locked and the same in every valid design, with what they are: absent for those that never apply.
    pub fixed: Vec<(AttributeId, Value)>,
}

impl Configured {
    /// What can be said of the product at once.
    #[must_use]
    pub fn overview(&self) -> Overview {
        let standard = self.standard();
        let designs = self.count_designs();
        let some = if designs == Some(0) { Ok(None) } else { self.nearest_valid(&self.with_any_texts()) };
        let has_designs = some.as_ref().ok().map(Option::is_some);
        let some = some.ok().flatten().map(|nearest| nearest.design);
        let is_possible = has_designs != Some(false);
        Overview {
            served_by: self.served_by(),
            has_designs,
            designs,
            prices: some.as_ref().and_then(|some| self.price_bounds_of_all(some)),
            standard: self.quote(standard).total.amount,
            violations: self.validate(standard),
            dead: if is_possible { self.dead_options() } else { Vec::new() },
            fixed: if is_possible { self.fixed() } else { Vec::new() },
        }
    }

    /// `some` is a valid design.
    fn price_bounds_of_all(&self, some: &Design) -> Option<PriceBounds> {
        if let Some((low, high)) = self.price_range() {
            return Some(PriceBounds { low, high, is_exact: true });
        }
        let all = Choices::new();
        let open = self.open_prices(&all, &self.menu(&all, some).ok()?);
        Some(PriceBounds { low: open.low.amount, high: open.high.amount, is_exact: open.is_exact })
    }

    /// The standard design as written, with a text wherever one may be.
    fn with_any_texts(&self) -> Design {
        let texts = self.ids().filter(|(_, attribute)| attribute.kind.is_text() && !attribute.locked);
        texts.fold(self.initial.clone(), |design, (id, _)| design.with(id, Value::Text(ANY_TEXT.to_owned())))
    }

    fn fixed(&self) -> Vec<(AttributeId, Value)> {
        let alive = self.answers().alive(self, &self.with_any_texts(), &self.effort());
        let is_open = |(id, _): &(AttributeId, &crate::Attribute)| !self.attribute(*id).locked;
        let mut fixed = Vec::new();
        for (id, attribute) in self.ids().filter(is_open) {
            let mut value = None;
            let mut options = OptionSet::default();
            for (place, variable) in alive.variables_of(id).enumerate() {
                let mut left = alive.left_of(variable);
                let (Some(only), None) = (left.next(), left.next()) else {
                    value = None;
                    break;
                };
                let literal = Literal::at(place, only);
                // Of a text that is filled any can be.
                if attribute.kind.typed() == Some(only) {
                    value = None;
                    break;
                }
                options = attribute.option_of(literal).into_iter().fold(options, OptionSet::toggled);
                value = Some(attribute.value_with(literal, self.initial(id)));
            }
            let value = match value {
                Some(Value::Options(_)) => Some(Value::Options(options)),
                value => value,
            };
            fixed.extend(value.map(|value| (id, value)));
        }
        fixed
    }
}
