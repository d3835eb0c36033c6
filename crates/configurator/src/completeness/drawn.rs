//! Which options of an attribute make a difference to the picture and to surcharges, whatever else is chosen.

use crate::ids::{AttributeId, OptionId};
use crate::known::{Open, Partial};
use crate::product::Product;
use crate::rule::syntax::{Condition, Number};
use crate::value::{OptionSet, ValueShape};

/// What surcharges and layers make of an attribute's options, by option.
pub(super) struct Drawn {
    surcharge: Vec<bool>,
    layer: Vec<bool>,
    is_tint: bool,
}

impl Drawn {
    pub(super) fn of(product: &Product, id: AttributeId) -> Self {
        let count = product.attribute(id).options().len();
        let (mut surcharge, mut layer) = (vec![false; count], vec![false; count]);
        let options: Vec<Open<'_>> = (0..count).filter_map(|at| chosen(product, id, at)).collect();
        for price in &product.prices {
            let depends =
                price.when.as_ref().is_some_and(|when| mentions(when, id)) || uses(price.each.as_ref(), id);
            if depends {
                let is_due = |known: &Open<'_>| {
                    let is_zero = price.each.as_ref().map(|each| each.range(known));
                    may(price.when.as_ref(), known)
                        && is_zero.is_none_or(|each| (each.low, each.high) != (0, 0))
                };
                mark(&mut surcharge, options.iter().map(is_due), count);
            }
        }
        for drawn in
            product.layers.iter().filter(|layer| layer.when.as_ref().is_some_and(|w| mentions(w, id)))
        {
            // What is drawn for most of them is the picture without the others, and tells nothing of one.
            mark(&mut layer, options.iter().map(|known| may(drawn.when.as_ref(), known)), count.div_ceil(2));
        }
        let is_tint = product.layers.iter().flat_map(|layer| &layer.tint).any(|(_, tint)| *tint == id);
        Self { surcharge, layer, is_tint }
    }

    /// Whether some surcharge or discount may be due for it.
    pub(super) fn has_surcharge(&self, option: OptionId) -> bool {
        self.surcharge.get(option.index()).copied().unwrap_or(false)
    }

    /// Whether something is drawn for it: a layer, or its colour.
    pub(super) fn has_layer(&self, option: OptionId, swatched: bool) -> bool {
        self.layer.get(option.index()).copied().unwrap_or(false) || (self.is_tint && swatched)
    }

    /// Whether the picture takes its colours.
    pub(super) fn is_tint(&self) -> bool {
        self.is_tint
    }
}

/// Marks what holds, where it holds for some and for at most so many.
fn mark(all: &mut [bool], holds: impl Iterator<Item = bool>, most: usize) {
    let holds: Vec<bool> = holds.collect();
    let count = holds.iter().filter(|holds| **holds).count();
    if count > 0 && count <= most && count < all.len().max(2) {
        all.iter_mut().zip(holds).for_each(|(all, holds)| *all |= holds);
    }
}

/// What is known where this option is chosen, and nothing else.
fn chosen(product: &Product, id: AttributeId, at: usize) -> Option<Open<'_>> {
    let option = OptionId::new(at);
    let mut partial: Vec<Partial> = product.attributes.iter().map(Partial::open).collect();
    let attribute = product.attribute(id);
    *partial.get_mut(id.index())? = match attribute.kind.shape() {
        ValueShape::Option => Partial::Choice(Some(option)),
        ValueShape::Options => {
            let alone: OptionSet = std::iter::once(option).collect();
            Partial::Options {
                decided: attribute.option_ids().map(|(option, _)| option).collect(),
                chosen: alone,
            }
        }
        ValueShape::Number | ValueShape::Text => return None,
    };
    Some(Open { product, partial })
}

fn may(when: Option<&Condition>, known: &Open<'_>) -> bool {
    when.is_none_or(|when| when.truth(known) != Some(false))
}

fn mentions(condition: &Condition, id: AttributeId) -> bool {
    let mut found = false;
    condition.attributes(&mut |mentioned| found |= mentioned == id);
    found
}

fn uses(number: Option<&Number>, id: AttributeId) -> bool {
    let mut found = false;
    if let Some(number) = number {
        number.attributes(&mut |mentioned| found |= mentioned == id);
    }
    found
}
