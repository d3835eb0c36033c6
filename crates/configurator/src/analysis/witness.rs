//! A design that one rule alone forbids, the nearest to the standard: a valid one of the product in which that rule is turned round.

use crate::answers::{Near, ServedBy};
use crate::configured::Configured;
use crate::design::{Choices, Design};
use crate::ids::{AttributeId, RuleId};
use crate::product::Product;
use crate::rule::syntax::Condition;
use crate::value::Value;
use engine::compile::Limits;

/// Limits of a diagram that is made for one rule.
const LIMITS: Limits = Limits { nodes: 60_000, orders: 4, steps: 500_000 };
/// Most texts of which it is tried what becomes of filling them in.
const MOST_TEXTS: usize = 4;
/// Characters with which a text is made up, the first that an attribute takes.
const LETTERS: &str = "A1a0-";

/// A design that one rule alone forbids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The design.
    pub design: Design,
    /// In how many values it departs from the standard; each option of a set counts, and what is no longer there.
    pub changes: u64,
    /// Whether none that the rule alone forbids departs in fewer for certain.
    pub is_nearest: bool,
    /// How many designs it alone forbids, where that is counted; the largest number stands for more.
    pub forbidden: Option<u128>,
}

/// One that is near the standard, if one is found in time.
pub(super) fn witness(product: &Product, rule: RuleId, served_by: ServedBy) -> Option<Witness> {
    let mut turned = product.clone();
    let own = turned.rules.get_mut(rule.index())?;
    own.condition = Condition::Not(Box::new(own.condition.clone()));
    // Nobody reads what is not sold: designs with a name would be checked for nothing.
    turned.designs.clear();
    let compiled = match served_by {
        ServedBy::Diagram => Configured::compiled(turned.clone(), LIMITS).ok(),
        ServedBy::Solver => None,
    };
    let turned = match compiled {
        Some(compiled) => compiled,
        None => Configured::with_solver(turned).ok()?,
    };
    let texts: Vec<AttributeId> = filled_by_rules(product).collect();
    let tried = texts.len().min(MOST_TEXTS);
    let mut best: Option<(u64, i64, Design)> = None;
    let mut is_proven = tried == texts.len();
    for filled in 0..1_u32 << tried {
        let own = texts.iter().enumerate().filter(|(place, _)| filled >> place & 1 == 1);
        let typed: Option<Choices> = own.map(|(_, &id)| Some((id, any_text(product, id)?))).collect();
        let Some(typed) = typed else { continue };
        let near = Near { reference: product.standard(), then: None };
        match turned.nearest(&typed, near, turned.patience().design(), &turned.effort()) {
            Ok(Some(found)) => {
                is_proven &= found.is_proven;
                let changes = departures(product, &found.design);
                let price = product.quote(&found.design).total.amount;
                if best.as_ref().is_none_or(|(least, cheapest, _)| (changes, price) < (*least, *cheapest)) {
                    best = Some((changes, price, found.design));
                }
            }
            Ok(None) => {}
            Err(_) => is_proven = false,
        }
    }
    let (changes, _, design) = best?;
    Some(Witness { design, changes, is_nearest: is_proven, forbidden: turned.count_designs() })
}

/// The texts on which rules, or by which attributes apply, depend: any other is as well left as it is.
fn filled_by_rules(product: &Product) -> impl Iterator<Item = AttributeId> {
    let mut mentioned = std::collections::BTreeSet::new();
    let applies = product.attributes.iter().filter_map(|attribute| attribute.applies.as_ref());
    for condition in product.rules.iter().map(|rule| &rule.condition).chain(applies) {
        condition.attributes(&mut |id| {
            mentioned.insert(id);
        });
    }
    mentioned.into_iter().filter(|&id| {
        let attribute = product.attribute(id);
        attribute.kind.is_text() && !attribute.locked
    })
}

/// A text that the attribute takes and that is not the standard's.
fn any_text(product: &Product, id: AttributeId) -> Option<Value> {
    let limits = product.attribute(id).kind.text_limits()?;
    let mut letters = LETTERS.chars().chain('!'..='~').chain('À'..='ʯ').chain('Α'..='ϒ').chain('А'..='я');
    letters.find_map(|letter| {
        let text = Value::Text(letter.to_string());
        (limits.allowed.contains(letter)
            && text != *product.initial(id)
            && product.read_value(id, &letter.to_string()).as_ref() == Ok(&text))
        .then_some(text)
    })
}

/// In how many values a design departs from the standard: what is no longer there does, what it comes with does not.
fn departures(product: &Product, design: &Design) -> u64 {
    let standard = product.standard();
    let own = |id: AttributeId| match (design.value(id), standard.value(id)) {
        (Value::Absent, Value::Absent) => 0,
        (Value::Absent, Value::Options(set)) => u64::from(set.len()),
        (Value::Options(own), _) => match product.usual(id, standard) {
            Value::Options(usual) => u64::from(own.symmetric_difference(*usual).len()),
            _ => 1,
        },
        (own, _) => u64::from(own != product.usual(id, standard)),
    };
    product.ids().map(|(id, _)| own(id)).sum()
}
