//! The options of a long menu, in pages: which of them the editor shows.

use configurator::source::{AttributeSource, OptionSource, entry_keys};

use super::form::Returned;

/// The most options of a menu that stand on one page of the editor.
pub const MOST_OPTIONS: usize = 60;
/// How many stand on a page where there are more: with all of their fields those are as much as a page can be.
pub const OPTIONS_OF_PAGE: usize = 30;

/// Which options of an attribute are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionsAsked {
    /// The page, from 1.
    pub page: usize,
    /// What their name or code has in it; empty for all.
    pub find: String,
}

impl Default for OptionsAsked {
    fn default() -> Self {
        Self { page: 1, find: String::new() }
    }
}

impl OptionsAsked {
    /// The page of all options that has the one at this place.
    #[must_use]
    pub fn with(place: usize) -> Self {
        Self { page: place / OPTIONS_OF_PAGE + 1, find: String::new() }
    }

    fn has(&self, option: &OptionSource) -> bool {
        let wanted = self.find.to_lowercase();
        option.label.to_lowercase().contains(&wanted) || option.code.to_lowercase().contains(&wanted)
    }
}

/// Which options of an attribute the editor shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionsShown {
    /// Their places among all, from 0, in their order.
    pub places: Vec<usize>,
    /// How many of those that were found stand before the page.
    pub first: usize,
    /// How many were found.
    pub found: usize,
    /// What was asked for, on the page that there is.
    pub asked: OptionsAsked,
}

impl OptionsShown {
    /// Those of the page that is asked for. A form that came back has those that it was sent with, wherever they stand by now.
    #[must_use]
    pub fn of(attribute: &AttributeSource, asked: &OptionsAsked, returned: Option<&Returned>) -> Self {
        let options = attribute.options.iter().enumerate();
        let found: Vec<usize> =
            options.filter(|(_, option)| asked.has(option)).map(|(place, _)| place).collect();
        let most = if is_long(attribute) { OPTIONS_OF_PAGE } else { MOST_OPTIONS };
        let last_page = found.len().saturating_sub(1) / most + 1;
        let page = asked.page.clamp(1, last_page);
        let first = (page - 1) * most;
        let here = found.iter().skip(first).take(most).copied().collect();
        let sent =
            returned.filter(|returned| !returned.entries.is_empty()).map(|Returned { entries, .. }| {
                let keys = entry_keys(attribute.options.iter().map(|option| option.code.as_str()));
                let keys = keys.iter().enumerate();
                keys.filter(|(_, key)| entries.contains(*key)).map(|(place, _)| place).collect()
            });
        Self {
            places: sent.unwrap_or(here),
            first,
            found: found.len(),
            asked: OptionsAsked { page, find: asked.find.clone() },
        }
    }

    /// How many of those that were found stand before the next page.
    pub(super) fn last(&self) -> usize {
        (self.first + OPTIONS_OF_PAGE).min(self.found)
    }
}

/// Whether an attribute's options stand on several pages.
#[must_use]
pub fn is_long(attribute: &AttributeSource) -> bool {
    attribute.options.len() > MOST_OPTIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shades(many: usize) -> AttributeSource {
        let options: Vec<_> = (1..=many)
            .map(|at| serde_json::json!({ "code": format!("shade_{at}"), "label": format!("Shade {at}") }))
            .collect();
        serde_json::from_value(serde_json::json!({
            "code": "shade", "step": "all", "label": "Shade", "kind": "choice", "standard": "shade_1", "options": options,
        }))
        .unwrap()
    }

    fn shown(many: usize, page: usize, find: &str) -> OptionsShown {
        OptionsShown::of(&shades(many), &OptionsAsked { page, find: find.to_owned() }, None)
    }

    #[test]
    fn every_option_is_on_one_page() {
        for many in [0, 1, 60, 61, 90, 1_000] {
            let pages = if many > MOST_OPTIONS { many.div_ceil(OPTIONS_OF_PAGE) } else { 1 };
            let all: Vec<usize> = (1..=pages).flat_map(|page| shown(many, page, "").places).collect();
            assert_eq!(all, (0..many).collect::<Vec<_>>(), "{many}");
            // A page behind the last is the last one.
            assert_eq!(shown(many, pages + 1, ""), shown(many, pages, ""));
        }
        for place in 0..1_000 {
            let asked = OptionsAsked::with(place);
            assert!(shown(1_000, asked.page, "").places.contains(&place), "{place}");
        }
        assert_eq!(shown(1_000, 0, "").asked.page, 1);
    }

    #[test]
    fn options_are_found_by_name_or_code() {
        assert_eq!(
            shown(1_000, 1, "SHADE 99").places,
            [98, 989, 990, 991, 992, 993, 994, 995, 996, 997, 998]
        );
        assert_eq!(shown(1_000, 1, "shade_1000").places, [999]);
        assert_eq!(shown(1_000, 2, "shade").places.first(), Some(&OPTIONS_OF_PAGE));
        let none = shown(1_000, 3, "oak");
        assert_eq!((none.places.len(), none.found, none.asked.page), (0, 0, 1));
    }

    #[test]
    fn a_form_that_came_back_has_the_options_that_it_was_sent_with() {
        let entries = ["shade_70", "shade_3", "gone"].map(str::to_owned).into();
        let returned = Returned { entries, ..Returned::default() };
        let shown = OptionsShown::of(&shades(100), &OptionsAsked::default(), Some(&returned));
        assert_eq!(shown.places, [2, 69]);
    }
}
