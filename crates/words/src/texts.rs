//! Groups of texts: a method for each, so that a language that lacks one does not compile, and neither does a page that leaves
//! a gap open. In the browser a group is a list that the page brings along, so that it takes no code of its own.

use std::fmt::{Display, Write};

use crate::plural::Plural;

/// A text with its gaps, `{name}`, filled; `names` are those of the gaps with commas between. Not inlined: a page loads it
/// once.
#[inline(never)]
pub(crate) fn fill(text: &str, names: &str, gaps: &[&dyn Display]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        let place = names.split(',').position(|known| known == name);
        if let Some(gap) = place.and_then(|place| gaps.get(place)) {
            // Writing to a String can't fail.
            let _ = write!(filled, "{gap}");
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The form of a text for a count. Forms stand one after the other with `|` between them, in the order of
/// [`Plural::form`]; one alone serves for all.
#[inline(never)]
pub(crate) fn form(texts: &'static str, plural: Plural, count: u64) -> &'static str {
    let mut forms = texts.split('|');
    let last = forms.clone().next_back().unwrap_or_default();
    forms.nth(plural.form(count)).unwrap_or(last)
}

/// A text of a list; nothing where the list ends before.
#[inline(never)]
pub(crate) fn at(texts: &'static [&'static str], place: usize) -> &'static str {
    texts.get(place).copied().unwrap_or_default()
}

/// Declares a group of texts: `name;` for one as it is, `name(gap, other);` for one with gaps, `name[count](gap);` for one
/// whose form depends on a count, which is a gap, too.
macro_rules! texts {
    (
        $(#[$about:meta])* $group:ident, as written in $written:ident {
            $($(#[$doc:meta])* $name:ident $([$count:ident])? $(($($gap:ident),*))?;)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $group {
            pub(crate) plural: $crate::plural::Plural,
            pub(crate) texts: &'static [&'static str],
        }

        /// The places of the texts in the list.
        #[expect(non_camel_case_types, reason = "they are called as the texts are")]
        enum Place {
            $($name,)*
        }

        #[expect(missing_docs, reason = "what a text says stands in the languages")]
        impl $group {
            /// How many texts there are.
            pub(crate) const COUNT: usize = [$(stringify!($name)),*].len();

            $($crate::texts::text! { $(#[$doc])* $name $([$count])? $(($($gap),*))? })*

            /// By text: its name, its gaps, and whether its form depends on a count.
            #[cfg(test)]
            pub(crate) fn declared() -> Vec<(&'static str, Vec<&'static str>, bool)> {
                vec![$({
                    let counted: &[&str] = &[$(stringify!($count))?];
                    let gaps: &[&str] = &[$($(stringify!($gap)),*)?];
                    (stringify!($name), [counted, gaps].concat(), !counted.is_empty())
                }),*]
            }
        }

        /// The texts as a language writes them, none of which may be missing.
        #[cfg(feature = "languages")]
        pub(crate) struct $written {
            $(pub(crate) $name: &'static str,)*
        }

        #[cfg(feature = "languages")]
        impl $written {
            pub(crate) const fn list(self) -> [&'static str; $group::COUNT] {
                [$(self.$name),*]
            }
        }
    };
}

/// The method of one text.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> &'static str {
            $crate::texts::at(self.texts, Place::$name as usize)
        }
    };
    ($(#[$doc:meta])* $name:ident ($($gap:ident),*)) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self, $($gap: &dyn std::fmt::Display),*) -> String {
            let text = $crate::texts::at(self.texts, Place::$name as usize);
            $crate::texts::fill(text, concat!($(stringify!($gap), ","),*), &[$($gap),*])
        }
    };
    ($(#[$doc:meta])* $name:ident [$count:ident] $(($($gap:ident),*))?) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self, $count: u64 $($(, $gap: &dyn std::fmt::Display)*)?) -> String {
            let texts = $crate::texts::at(self.texts, Place::$name as usize);
            let form = $crate::texts::form(texts, self.plural, $count);
            let names = concat!(stringify!($count), "," $($(, stringify!($gap), ",")*)?);
            $crate::texts::fill(form, names, &[&$count $($(, $gap)*)?])
        }
    };
}

pub(crate) use {text, texts};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_wherever_they_stand() {
        assert_eq!(fill("{a} of {b}", "a,b,", &[&1, &"two"]), "1 of two");
        assert_eq!(fill("{b}, {a}, {b}", "a,b", &[&"x", &"{a}"]), "{a}, x, {a}");
        assert_eq!(fill("none", "", &[]), "none");
    }

    #[test]
    fn a_form_is_chosen_by_its_count() {
        let texts = "{n} day|{n} days";
        assert_eq!(form(texts, Plural::One, 1), "{n} day");
        assert_eq!(form(texts, Plural::One, 0), "{n} days");
        assert_eq!(form(texts, Plural::None, 1), "{n} day");
    }
}
