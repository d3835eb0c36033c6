//! Why a design that suits has what it has, attribute by attribute.

use crate::configured::Configured;
use crate::design::Design;
use crate::ids::AttributeId;
use crate::value::Value;

use super::Needs;

/// Most benefits that one reason names.
const MOST_NAMED: usize = 2;

/// Why an attribute has its value in a design that suits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The shopper chose it.
    Chosen,
    /// It stays as it is: a measure or a text.
    AsItWas,
    /// It serves these benefits, by code, better than another option would: the most important first.
    Serves(Vec<String>),
    /// What is enough for the use leaves this, and not the standard.
    Enough,
    /// It is the standard.
    Standard,
    /// It costs less than the standard.
    CostsLess,
    /// It goes with the rest.
    Follows,
}

impl Configured {
    /// Why an attribute has its value in a design that suits these needs.
    #[must_use]
    pub fn why(&self, needs: &Needs, design: &Design, id: AttributeId) -> Why {
        let (attribute, value) = (self.attribute(id), design.value(id));
        if needs.kept.get(id) == Some(value) {
            return Why::Chosen;
        }
        if needs.stays(id, attribute) {
            return Why::AsItWas;
        }
        let serves = self.serves(needs, id, value);
        let price = |value: &Value| {
            let own = attribute.option_ids().filter(|(option, _)| value.includes(*option));
            own.map(|(_, option)| option.price).sum::<i64>()
        };
        let standard = self.initial(id);
        let lacks = attribute
            .option_ids()
            .any(|(option, _)| standard.includes(option) && !needs.is_enough(id, option));
        match (serves.is_empty(), value == standard) {
            (false, _) if !attribute.locked => Why::Serves(serves),
            (_, true) => Why::Standard,
            _ if lacks => Why::Enough,
            _ if price(value) < price(standard) => Why::CostsLess,
            _ => Why::Follows,
        }
    }

    /// The benefits that matter and that this value serves better than some other one would.
    fn serves(&self, needs: &Needs, id: AttributeId, value: &Value) -> Vec<String> {
        let attribute = self.attribute(id);
        let is_choice = attribute.kind.is_choice();
        let mut gains: Vec<(i64, &str)> = Vec::new();
        for benefit in &self.benefits {
            let served = |option: &crate::kind::Opt| option.benefits.get(&benefit.code).copied().unwrap_or(0);
            let own = attribute.option_ids().filter(|(option, _)| value.includes(*option));
            let own: i64 = own.map(|(_, option)| served(option)).sum();
            // Without an option of several, nothing of it is served.
            let least = if is_choice {
                let offered = attribute.options().iter().filter(|option| option.available);
                offered.map(served).min().unwrap_or(0)
            } else {
                0
            };
            let gain = needs.weight(&benefit.code).saturating_mul(own.saturating_sub(least));
            if gain > 0 {
                gains.push((gain, &benefit.code));
            }
        }
        gains.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
        gains.into_iter().take(MOST_NAMED).map(|(_, code)| code.to_owned()).collect()
    }
}
