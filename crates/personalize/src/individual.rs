//! A shopper's own past as the narrowest level: what their orders had most often, the last of equals. How far that can be trusted is told by
//! others who came back: for each attribute, whether their last order had what those before it had. Where no order of theirs says anything,
//! what they chose in designs that they keep is named and never chosen: no order shows how often such a design is bought.

use std::collections::BTreeMap;

use configurator::{AttributeId, Choices, Product, Value};

use crate::gate::{Gate, HeldOut, Promise};
use crate::{Asker, Evidence, Level};

/// What somebody had before, who agreed that it may speak.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnPast {
    /// Their orders, the oldest first.
    pub orders: Vec<Choices>,
    /// What they chose in designs that they keep and did not order, the oldest first.
    pub kept: Vec<Choices>,
    /// What else is known of them.
    pub asker: Asker,
}

/// What somebody's own orders have of an attribute, or designs that they keep.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnValue {
    /// The value.
    pub value: Value,
    /// How many of them have it.
    pub agreeing: u32,
    /// How many of them have the attribute.
    pub orders: u32,
    /// Whether they are orders.
    pub is_ordered: bool,
}

impl OwnValue {
    /// What orders, the oldest first, have most often of an attribute; of equals what came last. Nothing where none has it, and of
    /// texts.
    #[must_use]
    pub fn of(product: &Product, orders: &[Choices], attribute: AttributeId) -> Option<Self> {
        if matches!(product.initial(attribute), Value::Text(_)) {
            return None;
        }
        let had: Vec<&Value> = orders.iter().filter_map(|order| order.get(attribute)).collect();
        let had: Vec<&Value> = had.into_iter().filter(|value| **value != Value::Absent).collect();
        let counted = |value: &Value| had.iter().filter(|own| **own == value).count();
        // The last of the largest.
        let value = had.iter().max_by_key(|value| counted(value))?;
        let in_u32 = |count| u32::try_from(count).unwrap_or(u32::MAX);
        let (agreeing, orders) = (in_u32(counted(value)), in_u32(had.len()));
        Some(Self { value: (*value).clone(), agreeing, orders, is_ordered: true })
    }

    /// The same of somebody's past: of orders, and of designs that they keep where no order has the attribute.
    #[must_use]
    pub fn of_past(product: &Product, own: &OwnPast, attribute: AttributeId) -> Option<Self> {
        let kept = || Self::of(product, &own.kept, attribute).map(|kept| Self { is_ordered: false, ..kept });
        Self::of(product, &own.orders, attribute).or_else(kept)
    }

    /// How sure that is before anything is known of others: the rule of succession (Laplace 1814), from 0 to 1.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        (f64::from(self.agreeing) + 1.0) / (f64::from(self.orders) + 2.0)
    }

    pub(crate) fn evidence(&self, sure: u8) -> Evidence {
        let agreeing = self.agreeing;
        let orders = if self.is_ordered { self.orders } else { 0 };
        Evidence { level: Level::Individual, orders, synthetic: 0, agreeing, sure }
    }
}

/// Whether those who order again have what they had before, by attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeats {
    gates: BTreeMap<AttributeId, Gate>,
    /// Where nobody came back.
    shut: Gate,
}

impl Default for Repeats {
    fn default() -> Self {
        Self { gates: BTreeMap::new(), shut: Gate::calibrate(Promise::default(), &[]) }
    }
}

impl Repeats {
    /// Learns from buyers who came back, each with their orders, the oldest first. One case a buyer: the last order by those before it.
    #[must_use]
    pub fn of(product: &Product, buyers: &[Vec<Choices>], promise: Promise) -> Self {
        let gate = |id| {
            let cases: Vec<HeldOut> = buyers.iter().filter_map(|orders| case(product, orders, id)).collect();
            (id, Gate::calibrate(promise, &cases))
        };
        let gates = product.ids().map(|(id, _)| gate(id)).collect();
        Self { gates, shut: Gate::calibrate(promise, &[]) }
    }

    /// The gate of what no order speaks for: it is shut.
    pub(crate) fn never(&self) -> &Gate {
        &self.shut
    }

    pub(crate) fn gate_mut(&mut self, attribute: AttributeId) -> Option<&mut Gate> {
        self.gates.get_mut(&attribute)
    }

    /// The gate of an attribute.
    #[must_use]
    pub fn gate(&self, attribute: AttributeId) -> &Gate {
        self.gates.get(&attribute).unwrap_or(&self.shut)
    }
}

fn case(product: &Product, orders: &[Choices], attribute: AttributeId) -> Option<HeldOut> {
    let (last, before) = orders.split_last()?;
    let had = last.get(attribute)?;
    let own = OwnValue::of(product, before, attribute)?;
    Some(HeldOut { confidence: own.confidence(), right: own.value == *had })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::product;

    fn orders(product: &Product, wheels: &[&str]) -> Vec<Choices> {
        wheels
            .iter()
            .map(|wheel| product.read_choices([("wheel", *wheel), ("name", "ANA")]).unwrap())
            .collect()
    }

    #[test]
    fn the_most_frequent_of_ones_own_orders_speaks_and_of_equals_the_last() {
        let product = product();
        let [wheel, name, colour] = ["wheel", "name", "colour"].map(|code| product.by_code(code).unwrap());
        let of = |wheels: &[&str]| {
            let own = OwnValue::of(&product, &orders(&product, wheels), wheel)?;
            Some((product.write_value(wheel, &own.value), own.agreeing, own.orders))
        };
        assert_eq!(of(&["large", "small", "large", "small"]), Some(("small".to_owned(), 2, 4)));
        assert_eq!(of(&["large", "large", "small"]), Some(("large".to_owned(), 2, 3)));
        assert_eq!(of(&[]), None);
        let own = orders(&product, &["large"]);
        assert_eq!(OwnValue::of(&product, &own, name), None, "a text is no default");
        assert_eq!(OwnValue::of(&product, &own, colour), None, "the order had none");
        let sure = OwnValue::of(&product, &own, wheel).unwrap().confidence();
        assert!((sure - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn designs_that_are_kept_speak_where_no_order_does() {
        let product = product();
        let [wheel, colour] = ["wheel", "colour"].map(|code| product.by_code(code).unwrap());
        let blue = product.read_choices([("colour", "blue"), ("wheel", "small")]).unwrap();
        let own = OwnPast { orders: orders(&product, &["large"]), kept: vec![blue], ..OwnPast::default() };
        let of = |id| {
            let own = OwnValue::of_past(&product, &own, id).unwrap();
            (product.write_value(id, &own.value), own.is_ordered, own.evidence(66).orders)
        };
        assert_eq!(of(wheel), ("large".to_owned(), true, 1), "an order says otherwise");
        assert_eq!(of(colour), ("blue".to_owned(), false, 0));
    }

    #[test]
    fn whoever_came_back_is_one_case_and_the_gate_holds_them_to_the_promise() {
        let product = product();
        let wheel = product.by_code("wheel").unwrap();
        let buyers = |kept: usize, changed: usize| {
            let kept = (0..kept).map(|_| orders(&product, &["large", "large"]));
            let changed = (0..changed).map(|_| orders(&product, &["large", "small"]));
            kept.chain(changed).collect::<Vec<_>>()
        };
        let opens = |buyers: &[Vec<Choices>]| {
            Repeats::of(&product, buyers, Promise::default()).gate(wheel).opening().is_some()
        };
        assert!(opens(&buyers(120, 0)));
        assert!(!opens(&buyers(58, 0)), "too few");
        assert!(!opens(&buyers(100, 20)), "one in six has something else");
        let once: Vec<_> = (0..200).map(|_| orders(&product, &["large"])).collect();
        assert!(!opens(&once), "nobody came back");
        assert!(Repeats::default().gate(wheel).opening().is_none());
    }
}
