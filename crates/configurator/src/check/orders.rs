//! Checks of past orders.

use super::Checker;
use super::Problem;
use crate::places::Places;
use crate::product::Product;
use crate::source::{PastOrderSource, PastOrdersSource, Source};

/// Checks past orders against a product of which some fields could not be read.
pub(crate) fn check_orders(orders: &PastOrdersSource, source: &Source, unread: &Places) -> Vec<Problem> {
    let (product, mut checker) = Checker::run(source, unread);
    checker.problems.clear();
    for (index, order) in orders.orders.iter().enumerate() {
        checker.order(&format!("orders.{index}"), order, &product);
    }
    checker.problems
}

impl Checker<'_> {
    /// An order of the past: its use, its count, and every choice on its own.
    fn order(&mut self, place: &str, order: &PastOrderSource, product: &Product) {
        if order.count == 0 {
            let advice = "Write how many orders had this design, at least 1.";
            self.report(format!("{place}.count"), "the count is 0", advice);
        }
        if let Some(stated) = &order.r#use {
            let mut answers = product.uses.iter().flat_map(|uses| &uses.answers);
            if !answers.any(|answer| answer.code == *stated) && !self.faulty.touch("uses.answers.*.code") {
                let advice = "Take the code of an answer in [uses] of product.toml.";
                self.report(format!("{place}.use"), format!("there is no use '{stated}'"), advice);
            }
        }
        for (code, value) in &order.choices {
            let known = match product.by_code(code) {
                Some(id) => self.values_are_known(id, product.attribute(id)),
                None => !self.attribute_may_exist(code),
            };
            if let (true, Err(error)) = (known, product.read_choice(code, &value.to_string())) {
                let text = error.to_string();
                let message = text.trim_end_matches(error.advice()).trim_end_matches(". ");
                self.report(format!("{place}.choices.{code}"), message, error.advice());
            }
        }
    }
}
