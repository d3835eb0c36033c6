//! The shop through its router: what each address answers, over SQLite and, where it matters, PostgreSQL.
//!
//! One program for all of them: each program would be linked with the whole server again, half a gigabyte at a time.

#![expect(clippy::unwrap_used, reason = "a story that can't go on has failed")]

mod account;
mod addresses;
mod admin;
mod analysis;
mod api;
mod applies;
mod approval;
mod archive;
mod audit;
mod beside;
mod campaigns;
mod common;
mod compare;
mod connections;
mod defaults;
mod desk;
mod desk_api;
mod drafts;
mod drawings;
mod editor;
mod enter;
mod erasing;
mod experiments;
mod fields;
mod gate;
mod going_back;
mod group_menus;
mod habits;
mod headers;
mod health;
mod insight;
mod kept;
mod keys;
mod languages;
mod large;
mod limits;
mod metrics;
mod needs;
mod option_pages;
mod order_form;
mod parts;
mod people;
mod products;
mod releases;
mod replace;
mod replicas;
mod retire;
mod roles;
mod second_factor;
mod segments;
mod sentences;
mod sessions;
mod settings;
mod shop;
mod snapshots;
mod sold_out;
mod spellings;
mod table_rules;
mod tables;
mod texts;
mod trust;
