//! What of a revision is sold out, and what is left of it.

use configurator::{AttributeId, Configured, Design, Money, OptionId, Product, SoldOutOption};
use words::Language;

use super::store::SoldOut;
use crate::catalogue::low_price::low_price;

/// What of a revision is sold out, and the standard design that it has meanwhile.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    pub(super) options: Vec<(AttributeId, OptionId, SoldOut)>,
    pub(super) standard: Design,
    /// The year it is: days of others are told with theirs.
    pub(super) year: i32,
    /// The lowest, the standard and the highest price of what is left, as a list says them.
    pub(crate) prices: Prices,
}

/// Prices of what is left of a revision.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prices {
    /// The lowest price of a valid design.
    pub(crate) low: Money,
    /// The price of the standard design.
    pub(crate) standard: Money,
    /// The highest price of a valid design, where that is known.
    pub(crate) high: Option<Money>,
    /// Days from order to dispatch of the standard design.
    pub(crate) lead_time_days: u32,
}

impl Prices {
    pub(super) fn of(product: &Configured) -> Self {
        let standard = product.quote(product.standard());
        Self {
            low: low_price(product),
            standard: standard.total,
            high: product.price_range().map(|(_, high)| product.money(high)),
            lead_time_days: standard.lead_time_days,
        }
    }
}

impl Missing {
    /// The options.
    pub(crate) fn sold_out(&self) -> Vec<SoldOut> {
        self.options.iter().map(|(_, _, sold_out)| sold_out.clone()).collect()
    }

    /// A product without it, told in the language.
    pub(crate) fn taken_off(&self, product: Product, language: Language) -> Product {
        let options = told(&self.options, &product, language, self.year);
        product.without_options(&options, &self.standard)
    }
}

/// The same with what people read.
pub(super) fn told(
    options: &[(AttributeId, OptionId, SoldOut)],
    product: &Product,
    language: Language,
    year: i32,
) -> Vec<SoldOutOption> {
    let say = language.words();
    let told = options.iter().map(|(attribute, option, sold_out)| {
        let label = &product.attribute(*attribute).option(*option).label;
        let sentence = match sold_out.until {
            None => say.engine.sold_out(label),
            Some(day) => {
                let other = Some(day.year()).filter(|other| *other != year);
                let day = say.studio.written_day(day.day(), day.month().into(), other);
                say.engine.sold_out_until(label, &day)
            }
        };
        SoldOutOption { attribute: *attribute, option: *option, sentence }
    });
    told.collect()
}
