//! English.

mod account;
mod admin;
mod analysis;
mod assortment;
mod audit;
mod customers;
mod desk;
mod editing;
mod engine;
mod experiments;
mod gate;
mod group_menus;
mod insight;
mod people;
mod phrases;
mod pictures;
mod releases;
mod sentences;
mod settings;
mod shop;
mod studio;
mod tables;
mod today;
mod translations;

pub(crate) use phrases::PHRASES;
pub(crate) use shop::SHOP;

use crate::languages::Back;
use crate::locale::Locale;
use crate::{Plural, Words};

const PLURAL: Plural = Locale::ENGLISH.plural;

pub(crate) const WORDS: Words =
    Words { locale: Locale::ENGLISH, engine: engine::ENGINE, studio: studio::STUDIO };

pub(crate) const BACK: Back = Back {
    account: account::ACCOUNT,
    admin: admin::ADMIN,
    analysis: analysis::ANALYSIS,
    assortment: assortment::ASSORTMENT,
    audit: audit::AUDIT,
    customers: customers::CUSTOMERS,
    desk: desk::DESK,
    editing: editing::EDITING,
    experiments: experiments::EXPERIMENTS,
    gate: gate::GATE,
    group_menus: group_menus::GROUP_MENUS,
    insight: insight::INSIGHT,
    people: people::PEOPLE,
    pictures: pictures::PICTURES,
    releases: releases::RELEASES,
    sentences: sentences::SENTENCES,
    settings: settings::SETTINGS,
    tables: tables::TABLES,
    today: today::TODAY,
    translations: translations::TRANSLATIONS,
};
