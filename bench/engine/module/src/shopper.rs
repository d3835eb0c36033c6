//! A shopper who decides one attribute of a product after the other, each time for something that the menu offers.

use configurator::{AttributeId, Choices, Configured, Menu, NoCompletion, OptionId, Product, State, Value};

use crate::random::Random;
use crate::session::Session;

/// A shopper on the way.
#[derive(Debug)]
pub struct Shopper {
    product: Option<Configured>,
    random: Random,
    choices: Choices,
    open: Vec<AttributeId>,
    answer: Option<Result<Menu, NoCompletion>>,
}

impl Shopper {
    /// A shopper before anything is decided. There is nothing to decide of a model that is no product.
    #[must_use]
    pub fn new(session: &Session, seed: u64) -> Self {
        let product = session.product.clone();
        let open = product.iter().flat_map(|product| product.ids().map(|(id, _)| id)).collect();
        Self { product, random: Random::new(seed), choices: Choices::new(), open, answer: None }
    }

    /// Asks for the menu as a page does; false when nothing is left to decide.
    pub fn ask(&mut self) -> bool {
        self.answer = match &self.product {
            Some(product) if !self.open.is_empty() => Some(product.menu(&self.choices, product.standard())),
            _ => None,
        };
        self.answer.is_some()
    }

    /// The menu asked for last.
    #[must_use]
    pub fn answer(&self) -> Option<&Result<Menu, NoCompletion>> {
        self.answer.as_ref()
    }

    /// Decides for something on that menu; nothing is left to decide after a menu that could not be had.
    pub fn decide(&mut self) {
        let (Some(product), Some(Ok(menu))) = (&self.product, &self.answer) else {
            self.open.clear();
            return;
        };
        let id = self.open.swap_remove(self.random.below(self.open.len()));
        let value = offered(product, menu, id, &mut self.random);
        self.choices = std::mem::take(&mut self.choices).with(id, value);
    }
}

/// A value that the menu offers for an attribute.
fn offered(product: &Product, menu: &Menu, id: AttributeId, random: &mut Random) -> Value {
    let (entry, attribute) = (&menu.attributes[id.index()], product.attribute(id));
    let offered = attribute.option_ids().zip(&entry.options);
    let offered = offered.filter(|(_, option)| !matches!(option.state, State::Blocked(_)));
    let free: Vec<OptionId> = offered.map(|((option, _), _)| option).collect();
    let own = menu.design.value(id).clone();
    match (own, random.one_of(&free)) {
        (Value::Option(_), Some(option)) => Value::Option(option),
        (Value::Options(set), Some(option)) => Value::Options(set.toggled(option)),
        // The ends of the range: what lies between may have holes.
        (Value::Number(own), _) => {
            let ends = entry.range.map_or([own; 2], |(low, high)| [low, high]);
            Value::Number(ends[random.below(2)])
        }
        (own, _) => own,
    }
}
