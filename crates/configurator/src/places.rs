//! Places of a product as written that can't be relied on, so that one fault is not reported as many.

use std::collections::BTreeSet;

/// Places such as `attributes.2.code`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(BTreeSet<String>);

impl Places {
    pub(crate) fn insert(&mut self, place: impl Into<String>) {
        self.0.insert(place.into());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this place or one around it is among them.
    pub(crate) fn cover(&self, place: &str) -> bool {
        let mut around = Some(place);
        while let Some(here) = around {
            if self.0.contains(here) {
                return true;
            }
            around = here.rsplit_once('.').map(|(outer, _)| outer);
        }
        false
    }

    /// Whether this place, one around it or one within it is among them; `*` stands for every entry of a list.
    pub(crate) fn touch(&self, pattern: &str) -> bool {
        let (list, rest) = pattern.split_once(".*").unwrap_or((pattern, ""));
        let agrees = |inner: &str| {
            let wanted = rest.split('.').skip(1);
            inner.split('.').skip(1).zip(wanted).all(|(one, other)| one == other || other == "*")
        };
        self.cover(list) || self.within(list).any(agrees)
    }

    /// What is among them within a place, as seen from there.
    fn within(&self, place: &str) -> impl Iterator<Item = &str> {
        let outer = format!("{place}.");
        let from = self.0.range(outer.clone()..);
        from.map_while(move |inner| inner.strip_prefix(outer.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn places_lie_within_one_another() {
        let mut places = Places::default();
        for place in ["attributes.1.code", "attributes.10.options.0", "steps", "rules.2"] {
            places.insert(place);
        }
        for (place, covered, touched) in [
            ("attributes.1.code", true, true),
            ("attributes.1.code.deeper", true, true),
            ("attributes.1", false, true),
            ("attributes.1.codes", false, false),
            ("attributes.10.options.0.price", true, true),
            ("attributes.10.options.1", false, false),
            ("attributes.100", false, false),
            ("steps.0.label", true, true),
            ("name", false, false),
        ] {
            assert_eq!((places.cover(place), places.touch(place)), (covered, touched), "{place}");
        }
        for (pattern, touched) in [
            ("attributes.*.code", true),
            ("attributes.*.kind", false),
            ("attributes.*.options", true),
            ("attributes.*.options.*.code", true),
            ("attributes.10.options.*.code", true),
            ("attributes.1.options.*.code", false),
            ("rules.*.rule", true),
            ("steps.*.code", true),
            ("layers.*.file", false),
        ] {
            assert_eq!(places.touch(pattern), touched, "{pattern}");
        }
    }
}
