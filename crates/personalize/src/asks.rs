//! What is usual for somebody of whom more is known than a stated use.

use configurator::{AttributeId, Design, Product, Value};

use crate::Evidence;
use crate::asker::{Asker, Group};
use crate::learn::{Cell, Model};
use crate::learnt::Learnt;
use crate::offers::{Beside, LikelierValue, Offer, Usual};

/// What was learnt, for somebody of whom this is known.
#[derive(Debug)]
pub struct KnownAs<'l> {
    learnt: &'l Learnt,
    /// As the model's columns have it.
    cells: Vec<Cell>,
    /// The groups that they are of, from narrow to wide.
    like: Vec<Group>,
}

impl Learnt {
    /// What was learnt for somebody of whom this is known, as far as the product's orders have shown that it tells anything.
    #[must_use]
    pub fn known_as(&self, product: &Product, asker: &Asker) -> KnownAs<'_> {
        let like = self.groups_of(product, asker);
        let cells = if self.asks() { self.past.cells_of(product, asker) } else { Vec::new() };
        KnownAs { learnt: self, cells, like }
    }

    /// The groups that somebody is of, from narrow to wide: the first of their segments, and what they want most, of equals the product's
    /// first. None where the model doesn't ask.
    #[must_use]
    pub fn groups_of(&self, product: &Product, asker: &Asker) -> Vec<Group> {
        if !self.asks() || asker.is_unknown() {
            return Vec::new();
        }
        let of: Vec<&Group> =
            self.past.like().iter().filter(|group| group.includes(product, asker) == Some(true)).collect();
        let segment = of.iter().find(|group| matches!(group, Group::Segment(_)));
        let weight = |group: &Group| match group {
            Group::Wanting(code) => asker.needs.get(code).copied(),
            Group::Segment(_) | Group::Use(_) | Group::Everybody => None,
        };
        // Reversed, since the last of equals is taken.
        let wanted = of.iter().rev().filter(|group| weight(group).is_some());
        let wanted = wanted.max_by_key(|group| weight(group));
        segment.into_iter().chain(wanted).map(|group| (*group).clone()).collect()
    }

    /// Names of the segments that the model asks about.
    #[must_use]
    pub fn segments(&self) -> Vec<&str> {
        let like = if self.asks() { self.past.like() } else { &[] };
        let mut names = Vec::new();
        for group in like {
            if let Group::Segment(name) = group {
                names.push(name.as_str());
            }
        }
        names
    }

    /// By variable of a product: how probable each value is of what is not known. What is known of who asks comes after the variables.
    pub(crate) fn chances_of(&self, variables: usize, known: &[Cell]) -> Vec<Vec<f64>> {
        let mut found = vec![Vec::new(); variables];
        let open: Vec<usize> = (0..variables).filter(|at| known[*at].is_none()).collect();
        let chances = self.model.as_ref().map(|model| model.predict(known, &open)).unwrap_or_default();
        for (at, chances) in open.into_iter().zip(chances) {
            found[at] = chances;
        }
        found
    }
}

impl KnownAs<'_> {
    /// As [`Learnt::offers`].
    #[must_use]
    pub fn offers(&self, beside: Beside<'_>, most: usize) -> Vec<Offer> {
        if self.learnt.model.is_none() { Vec::new() } else { beside.offers(self, most) }
    }

    /// As [`Learnt::likelier_value`].
    #[must_use]
    pub fn likelier_value(&self, beside: Beside<'_>, default: &Design) -> Option<LikelierValue> {
        self.learnt.model.as_ref()?;
        beside.likelier_value(self, default)
    }

    /// The groups whose orders speak before those of their use.
    #[must_use]
    pub fn like(&self) -> &[Group] {
        &self.like
    }
}

impl Usual for KnownAs<'_> {
    fn chances(&self, known: &[Cell]) -> Vec<Vec<f64>> {
        let all = [known, self.cells.as_slice()].concat();
        self.learnt.chances_of(known.len().saturating_sub(1), &all)
    }

    fn told(
        &self,
        product: &Product,
        stated_use: Option<&str>,
        had: (AttributeId, &Value),
        given: Option<(AttributeId, &Value)>,
    ) -> Option<Evidence> {
        let past = &self.learnt.past;
        let told = self.like.iter().find_map(|group| past.told_by(product, group, had, given));
        told.or_else(|| past.told(product, stated_use, had, given))
    }
}

#[cfg(test)]
mod tests;
