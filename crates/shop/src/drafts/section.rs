//! The parts of a draft that one form each edits, and which fields of a product they have.

use super::fields::{FIELDS, LISTS, List, Row};

/// A part of a draft that one form edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Section {
    /// Name, summary, base price, lead time, language, currency.
    Basics,
    /// The groups of attributes.
    Steps,
    /// Another attribute.
    Attributes,
    /// The attribute with this code, and its options.
    Attribute(String),
    /// The rules.
    Rules,
    /// The rule that forms call so, which is a table.
    Table(String),
    /// The texts in the language of this tag.
    Texts(String),
    /// The standard design.
    Standard,
    /// Surcharges and discounts beyond the prices of options.
    Prices,
    /// Discounts on several pieces.
    Tiers,
    /// Why designs can't be returned.
    NoReturns,
    /// What options are good for.
    Benefits,
    /// The question about use.
    Uses,
    /// The budget.
    Budget,
    /// What the picture is drawn of.
    Layers,
    /// Ready-made designs.
    Designs,
    /// Test designs.
    Tests,
}

impl Section {
    /// Every part but single attributes, by the name that its form is sent to.
    pub const NAMED: [(&'static str, Self); 14] = [
        ("basics", Self::Basics),
        ("steps", Self::Steps),
        ("new_attribute", Self::Attributes),
        ("rules", Self::Rules),
        ("standard", Self::Standard),
        ("prices", Self::Prices),
        ("tiers", Self::Tiers),
        ("no_returns", Self::NoReturns),
        ("benefits", Self::Benefits),
        ("uses", Self::Uses),
        ("budget", Self::Budget),
        ("layers", Self::Layers),
        ("designs", Self::Designs),
        ("tests", Self::Tests),
    ];

    /// The part whose form is sent to this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|(known, _)| *known == name).map(|(_, section)| section)
    }

    /// The list that its form adds to, moves in and removes from as the table of fields says.
    pub(super) fn list(&self) -> Option<&'static List> {
        let place = match self {
            Self::Attribute(_) => "attributes.*.options",
            Self::Uses => "uses.answers",
            Self::Attributes => "attributes",
            other => Self::NAMED.iter().find(|(_, section)| section == other)?.0,
        };
        LISTS.iter().find(|list| list.place == place)
    }

    /// The pattern of the entries that its form has fields of.
    pub(super) fn entries(&self) -> Option<&'static str> {
        match self {
            Self::Standard => Some("attributes"),
            _ => self.list().map(|list| list.place),
        }
    }

    /// The fields of the table that its form has.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'static Row> {
        FIELDS.iter().filter(|row| self.has(row))
    }

    fn has(&self, row: &Row) -> bool {
        let first = row.segments().next().unwrap_or_default();
        match (self, row.place) {
            (Self::Standard, place) => place == "attributes.*.standard",
            (Self::Attributes, place) => {
                ["attributes.*.label", "attributes.*.kind", "attributes.*.step"].contains(&place)
            }
            (Self::Attribute(_), "attributes.*.standard" | "attributes.*.kind") => false,
            (Self::Attribute(_), _) => first == "attributes",
            (Self::Basics, _) => first != "attributes" && !Self::NAMED.iter().any(|(name, _)| *name == first),
            (other, _) => Self::NAMED.iter().any(|(name, section)| section == other && *name == first),
        }
    }
}
