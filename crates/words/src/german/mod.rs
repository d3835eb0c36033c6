//! German.

mod engine;
mod phrases;
mod shop;
mod studio;

pub(crate) use phrases::PHRASES;
pub(crate) use shop::SHOP;

use crate::locale::Locale;
use crate::{Plural, Words};

const PLURAL: Plural = Plural::One;

pub(crate) const WORDS: Words = Words {
    locale: Locale {
        tag: "de",
        name: "Deutsch",
        dir: "ltr",
        decimal: ",",
        group: ".",
        money: "{amount}\u{a0}{sign}",
        gram: "g",
        kilogram: "kg",
        plural: PLURAL,
    },
    engine: engine::ENGINE,
    studio: studio::STUDIO,
};
