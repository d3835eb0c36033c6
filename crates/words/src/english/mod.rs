//! English.

mod admin;
mod engine;
mod gate;
mod shop;
mod studio;

pub(crate) use admin::ADMIN;
pub(crate) use gate::GATE;
pub(crate) use shop::SHOP;

use crate::locale::Locale;
use crate::{Plural, Words};

const PLURAL: Plural = Locale::ENGLISH.plural;

pub(crate) const WORDS: Words =
    Words { locale: Locale::ENGLISH, engine: engine::ENGINE, studio: studio::STUDIO };
