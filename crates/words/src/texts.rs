//! Groups of texts: a field and a method for each, so that a language that lacks one does not compile, and neither does
//! a page that leaves a gap open.

use std::fmt::{Display, Write};

use crate::plural::Plural;

/// A text with its gaps, `{name}`, filled. Not inlined: a page loads it once.
#[inline(never)]
pub(crate) fn fill(text: &str, gaps: &[(&str, &dyn Display)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        if let Some((_, gap)) = gaps.iter().find(|(known, _)| *known == name) {
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

/// Declares a group of texts: `name;` for one as it is, `name(gap, other);` for one with gaps, `name[count](gap);` for one
/// whose form depends on a count, which is a gap, too.
macro_rules! texts {
    (
        $(#[$about:meta])* $group:ident {
            $($(#[$doc:meta])* $name:ident $([$count:ident])? $(($($gap:ident),*))?;)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $group {
            pub(crate) plural: $crate::plural::Plural,
            $(pub(crate) $name: &'static str,)*
        }

        #[expect(missing_docs, reason = "what a text says stands in the languages")]
        impl $group {
            $($crate::texts::text! { $(#[$doc])* $name $([$count])? $(($($gap),*))? })*

            /// Every text in the order of declaration.
            #[must_use]
            pub fn all(&self) -> Vec<&'static str> {
                vec![$(self.$name),*]
            }

            /// Takes texts in the order of [`Self::all`].
            pub(crate) fn take(plural: $crate::plural::Plural, texts: &mut dyn Iterator<Item = &'static str>) -> Self {
                Self { plural, $($name: texts.next().unwrap_or_default(),)* }
            }

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
    };
}

/// The method of one text.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> &'static str {
            self.$name
        }
    };
    ($(#[$doc:meta])* $name:ident ($($gap:ident),*)) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self, $($gap: &dyn std::fmt::Display),*) -> String {
            $crate::texts::fill(self.$name, &[$((stringify!($gap), $gap)),*])
        }
    };
    ($(#[$doc:meta])* $name:ident [$count:ident] $(($($gap:ident),*))?) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self, $count: u64 $($(, $gap: &dyn std::fmt::Display)*)?) -> String {
            let form = $crate::texts::form(self.$name, self.plural, $count);
            $crate::texts::fill(form, &[(stringify!($count), &$count) $($(, (stringify!($gap), $gap))*)?])
        }
    };
}

pub(crate) use {text, texts};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_wherever_they_stand() {
        assert_eq!(fill("{a} of {b}", &[("a", &1), ("b", &"two")]), "1 of two");
        assert_eq!(fill("{b}, {a}, {b}", &[("a", &"x"), ("b", &"{a}")]), "{a}, x, {a}");
        assert_eq!(fill("none", &[]), "none");
    }

    #[test]
    fn a_form_is_chosen_by_its_count() {
        let texts = "{n} day|{n} days";
        assert_eq!(form(texts, Plural::One, 1), "{n} day");
        assert_eq!(form(texts, Plural::One, 0), "{n} days");
        assert_eq!(form(texts, Plural::None, 1), "{n} day");
    }
}
