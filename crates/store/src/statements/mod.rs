//! What both databases are asked in the same words, and what rows they answer with; a file a slice. What each says in its
//! own words stands with its own code.

pub(crate) mod access;
pub(crate) mod campaigns;
pub(crate) mod catalogue;
pub(crate) mod customers;
pub(crate) mod designs;
pub(crate) mod desk;
pub(crate) mod drafts;
pub(crate) mod experiments;
pub(crate) mod gate;
pub(crate) mod group_menus;
pub(crate) mod insight;
pub(crate) mod keys;
pub(crate) mod learning;
pub(crate) mod mail;
pub(crate) mod offers;
pub(crate) mod orders;
pub(crate) mod personal_data;
pub(crate) mod prepared;
pub(crate) mod products;
pub(crate) mod releases;
pub(crate) mod second_factors;
pub(crate) mod segments;
pub(crate) mod settings;
pub(crate) mod stock;
