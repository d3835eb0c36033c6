//! What a shopper said, with what was said before and after it: choices, and what was typed and could not be taken.

use configurator::{AttributeId, Choices, Configured, Design, Product, Value};

use crate::address;

/// What the shopper said at one time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Values that were taken.
    pub choices: Choices,
    /// What was typed and could not be taken, by attribute; one each.
    pub entries: Vec<(AttributeId, String)>,
}

impl Said {
    /// What is typed for an attribute and could not be taken.
    pub fn entry(&self, id: AttributeId) -> Option<&str> {
        self.entries.iter().find(|(own, _)| *own == id).map(|(_, text)| text.as_str())
    }

    /// The same without what was typed for an attribute.
    pub fn without_entry(mut self, id: AttributeId) -> Self {
        self.entries.retain(|(own, _)| *own != id);
        self
    }

    /// The same with this typed.
    pub fn typed(self, id: AttributeId, text: &str) -> Self {
        let mut said = self.without_entry(id);
        said.entries.push((id, text.to_owned()));
        said
    }

    /// The same with a value chosen in place of whatever was typed.
    pub fn chosen(self, product: &Product, id: AttributeId, value: Value, defaults: &Design) -> Self {
        let said = self.without_entry(id);
        Self { choices: product.choose(said.choices, id, value, defaults), entries: said.entries }
    }

    /// The same with everything taken that can be by now.
    pub fn settled(mut self, product: &Configured, defaults: &Design) -> Self {
        for (id, text) in core::mem::take(&mut self.entries) {
            let value = product.read_typed(id, &text).ok();
            // Where it doesn't apply it waits as a choice.
            let fits = |value: &Value| {
                let with = self.choices.clone().with(id, value.clone());
                product.in_force(&with, None).get(id).is_none()
                    || product.explain_blocked(&self.choices, id, value) == Ok(None)
            };
            match value.filter(fits) {
                Some(value) => self.choices = product.choose(self.choices, id, value, defaults),
                None => self.entries.push((id, text)),
            }
        }
        self
    }

    /// The same with what stays of a design that was shown.
    pub fn staying(self, product: &Configured, shown: &Design, defaults: &Design) -> Self {
        match product.step(&self.choices, shown, defaults) {
            Ok(taken) => Self { choices: taken.choices, ..self },
            // Choices come from a menu that holds them possible.
            Err(_) => self,
        }
    }

    /// As pairs of an address.
    pub fn to_pairs(&self, product: &Product) -> Vec<(String, String)> {
        let code = |(id, text): &(AttributeId, String)| (product.attribute(*id).code.clone(), text.clone());
        let entries: Vec<(String, String)> = self.entries.iter().map(code).collect();
        [product.write_choices(&self.choices), address::typed(&entries)].concat()
    }

    /// From such pairs, without those that name nothing.
    pub fn from_pairs(product: &Product, pairs: &[(String, String)]) -> Self {
        let mut said = Self::default();
        for (code, value) in pairs {
            if code == address::TYPED {
                let typed = value.split_once(':');
                let typed = typed.and_then(|(code, text)| Some((product.by_code(code)?, text)));
                if let Some((id, text)) = typed.filter(|(id, _)| is_typed(product, *id)) {
                    said = said.typed(id, text);
                }
            } else if let Ok((id, value)) = product.read_choice(code, value) {
                said.choices = said.choices.with(id, value);
            }
        }
        said.choices = said.choices.keeping(product.read_kept(pairs));
        said
    }
}

/// Whether an attribute's values are typed.
fn is_typed(product: &Product, id: AttributeId) -> bool {
    let attribute = product.attribute(id);
    !attribute.locked && attribute.kind.is_typed()
}

/// What was said, with what was before and after it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The last one is the latest.
    pub past: Vec<Said>,
    /// What holds.
    pub now: Said,
    /// What was undone, the last one first to come back.
    pub future: Vec<Said>,
    /// The number that is being dragged, and the design before: its values on the way are one change.
    pub dragged: Option<(AttributeId, Design)>,
}

/// How many steps are kept over a reload.
#[cfg(feature = "hydrate")]
const MOST_KEPT: usize = 50;

/// Between a code and its value, between pairs, and between states: characters that nobody types.
#[cfg(feature = "hydrate")]
const BETWEEN: [char; 3] = ['\u{1}', '\u{2}', '\u{3}'];

#[cfg(feature = "hydrate")]
impl History {
    /// As a text that [`History::take`] reads: the place of the state that holds, and the pairs of all states.
    pub fn to_text(&self, product: &Product) -> String {
        let [value, pair, state] = BETWEEN;
        let past = &self.past[self.past.len().saturating_sub(MOST_KEPT)..];
        let future = &self.future[self.future.len().saturating_sub(MOST_KEPT)..];
        let mut text = past.len().to_string();
        for said in past.iter().chain([&self.now]).chain(future.iter().rev()) {
            text.push(state);
            for (code, own) in said.to_pairs(product) {
                text.extend([pair]);
                text.push_str(&code);
                text.push(value);
                text.push_str(&own);
            }
        }
        text
    }

    /// Takes past and future from such a text, where its state is the one that holds.
    pub fn take(&mut self, product: &Product, text: &str) -> bool {
        let [value, pair, state] = BETWEEN;
        let mut states = text.split(state);
        let at = states.next().and_then(|at| at.parse::<usize>().ok());
        let said = |text: &str| {
            let pairs = text.split(pair).filter_map(|pair| pair.split_once(value));
            let pairs: Vec<_> = pairs.map(|(code, own)| (code.to_owned(), own.to_owned())).collect();
            Said::from_pairs(product, &pairs)
        };
        let mut all: Vec<Said> = states.map(said).collect();
        let Some(at) = at.filter(|at| all.get(*at) == Some(&self.now) && self.past.is_empty()) else {
            return false;
        };
        self.future = all.split_off(at + 1);
        self.future.reverse();
        all.pop();
        self.past = all;
        true
    }
}
