//! Designs: the choices a shopper made, and complete designs with a value for every attribute.

use std::collections::BTreeMap;

use crate::ids::AttributeId;
use crate::value::Value;

/// The name of a value that is kept, where choices are written as pairs of code and value. No attribute's code begins with `_`.
pub const KEPT: &str = "_kept";
/// In a form, before the code of an attribute whose choice is taken back.
pub const RELEASED: &str = "_release";

/// What the shopper decided so far; everything else follows from the default design. What he chose for an attribute that doesn't
/// apply waits until it does.
///
/// Values get in through [`Product::read_choice`](crate::Product::read_choice) or from a menu, so each of them fits its attribute.
///
/// Beside what was chosen there may be what stays as it is shown though nobody chose it ([`Choices::kept`]): where a fresh
/// completion would have another value. It counts as no choice, gives way to choices, and is dropped where its attribute doesn't apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Choices {
    chosen: BTreeMap<AttributeId, Value>,
    kept: BTreeMap<AttributeId, Value>,
}

impl Choices {
    /// No choice at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The value chosen for an attribute.
    #[must_use]
    pub fn get(&self, attribute: AttributeId) -> Option<&Value> {
        self.chosen.get(&attribute)
    }

    /// These choices with one more, or another value for an attribute already chosen.
    #[must_use]
    pub fn with(mut self, attribute: AttributeId, value: Value) -> Self {
        self.kept.remove(&attribute);
        self.chosen.insert(attribute, value);
        self
    }

    /// These choices without the one for this attribute, and without what is kept for it.
    #[must_use]
    pub fn without(mut self, attribute: AttributeId) -> Self {
        self.chosen.remove(&attribute);
        self.kept.remove(&attribute);
        self
    }

    /// What stays as it is shown though nobody chose it, in the product's order.
    pub fn kept(&self) -> impl Iterator<Item = (AttributeId, &Value)> {
        self.kept.iter().map(|(attribute, value)| (*attribute, value))
    }

    /// Whether an attribute keeps a value that nobody chose.
    #[must_use]
    pub fn keeps(&self, attribute: AttributeId) -> bool {
        self.kept.contains_key(&attribute)
    }

    /// The same choices with these values kept, and no others. What is chosen is not kept besides.
    #[must_use]
    pub fn keeping(mut self, kept: impl IntoIterator<Item = (AttributeId, Value)>) -> Self {
        let chosen = &self.chosen;
        let kept = kept.into_iter().filter(|(id, _)| !chosen.contains_key(id));
        self.kept = inserted(kept);
        self
    }

    /// The chosen attributes and their values, in the product's order.
    pub fn iter(&self) -> impl Iterator<Item = (AttributeId, &Value)> {
        self.chosen.iter().map(|(attribute, value)| (*attribute, value))
    }

    /// How many attributes are chosen.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    /// Whether nothing is chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }
}

impl<'v> FromIterator<(AttributeId, &'v Value)> for Choices {
    fn from_iter<I: IntoIterator<Item = (AttributeId, &'v Value)>>(pairs: I) -> Self {
        pairs.into_iter().map(|(id, value)| (id, value.clone())).collect()
    }
}

impl FromIterator<(AttributeId, Value)> for Choices {
    fn from_iter<I: IntoIterator<Item = (AttributeId, Value)>>(pairs: I) -> Self {
        Self { chosen: inserted(pairs), kept: BTreeMap::new() }
    }
}

/// Inserted one by one: collecting sorts them first, and would bring a sort for each kind of iterator to the browser.
fn inserted(pairs: impl IntoIterator<Item = (AttributeId, Value)>) -> BTreeMap<AttributeId, Value> {
    let mut values = BTreeMap::new();
    values.extend(pairs);
    values
}

/// A complete design: a value for every attribute, [`Value::Absent`] for those that don't apply. Whether it is valid is for
/// [`Product::validate`](crate::Product::validate) to say.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Design(Vec<Value>);

impl Design {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    /// The value of an attribute.
    ///
    /// # Panics
    /// With an id of another product that this one has no attribute for.
    #[must_use]
    pub fn value(&self, attribute: AttributeId) -> &Value {
        &self.0[attribute.index()]
    }

    /// Attributes and values, in the product's order.
    pub fn iter(&self) -> impl Iterator<Item = (AttributeId, &Value)> {
        self.0.iter().enumerate().map(|(index, value)| (AttributeId::new(index), value))
    }

    /// The design with another value for one attribute.
    #[must_use]
    pub fn with(mut self, attribute: AttributeId, value: Value) -> Self {
        self.0[attribute.index()] = value;
        self
    }

    /// Gives one attribute another value and returns the one it had.
    pub(crate) fn set(&mut self, attribute: AttributeId, value: Value) -> Value {
        std::mem::replace(&mut self.0[attribute.index()], value)
    }

    /// The same values as choices; an attribute that doesn't apply is none.
    #[must_use]
    pub fn to_choices(&self) -> Choices {
        self.iter().filter(|(_, value)| **value != Value::Absent).collect()
    }
}
