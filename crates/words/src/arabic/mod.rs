//! Arabic, as the CLDR has it for the language without a country: the Gregorian months by their common names, and digits 0 to 9.
//! Readers who type ٠ to ٩ are understood.

mod engine;
mod phrases;
mod shop;
mod studio;

pub(crate) use phrases::PHRASES;
pub(crate) use shop::SHOP;

use crate::locale::Locale;
use crate::{Plural, Words};

const PLURAL: Plural = Plural::Arabic;

pub(crate) const WORDS: Words = Words {
    locale: Locale {
        tag: "ar",
        name: "العربية",
        dir: "rtl",
        decimal: ".",
        group: ",",
        money: "{amount}\u{a0}{sign}",
        gram: "غ",
        kilogram: "كغم",
        plural: PLURAL,
    },
    engine: engine::ENGINE,
    studio: studio::STUDIO,
};
