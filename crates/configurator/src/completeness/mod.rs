//! What an option lacks that the options beside it have: a price, a weight, a description and the like; and a product that costs
//! nothing or is ready at once. Pure.
//!
//! An option lacks something when three of four options beside it have it, and more than one does; a price, a surcharge and parts also
//! when the only one beside it has it; a drawing or a colour of the picture as soon as any other has one, the standard too; a lead time and points,
//! which are often left out, when all others have one. What is meant is written into the product file ([`OptionSource::meant`], [`Source::meant`]) and is
//! no finding any more. Options off the menu, and one with the code `none`, lack nothing. A language that the product has lacks each text that shoppers
//! would read as written: that is one finding.

mod drawn;
#[cfg(test)]
mod tests;
mod translated;

use std::collections::{BTreeMap, BTreeSet};

use crate::ids::{AttributeId, OptionId};
use crate::language_tag::usual_tag;
use crate::letters::folded;
use crate::product::Product;
use crate::source::{AttributeSource, OptionSource, Source, ValueSource};

/// The code of an option that leaves something off.
const NONE: &str = "none";

/// Something that a shop may have forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// It has the name of another option.
    SameName,
    /// It has the colour of another option.
    SameSwatch,
    /// The others cost something; of a product: its standard design costs nothing.
    Price,
    /// The others have a surcharge or discount.
    Surcharge,
    /// The others are drawn.
    Layer,
    /// The others have a colour, which the picture takes.
    Swatch,
    /// The others weigh something.
    Weight,
    /// The others take longer; of a product: its standard design is ready at once.
    LeadTime,
    /// The others have this value.
    Values,
    /// The others say their points.
    Points,
    /// Production picks parts for the others.
    Parts,
    /// The others serve some benefit.
    Benefits,
    /// The others have a description.
    Description,
    /// A language of the product lacks texts; an option that has it as meant needs none.
    Translation,
    /// Translations of the product were made of texts that say something else now.
    Stale,
    /// No valid design has it.
    Dead,
}

impl Gap {
    /// Every one that can be meant: stale translations are taken for right one by one, so that the next are told again.
    pub const ALL: [Self; 15] = [
        Self::SameName,
        Self::SameSwatch,
        Self::Price,
        Self::Surcharge,
        Self::Layer,
        Self::Swatch,
        Self::Weight,
        Self::LeadTime,
        Self::Values,
        Self::Points,
        Self::Parts,
        Self::Benefits,
        Self::Description,
        Self::Translation,
        Self::Dead,
    ];

    /// What a product as a whole can lack.
    pub const OF_PRODUCT: [Self; 2] = [Self::Price, Self::LeadTime];

    /// Its code, by which product files say that it is meant.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SameName => "same_name",
            Self::SameSwatch => "same_swatch",
            Self::Price => "price",
            Self::Surcharge => "surcharge",
            Self::Layer => "layer",
            Self::Swatch => "swatch",
            Self::Weight => "weight",
            Self::LeadTime => "lead_time",
            Self::Values => "values",
            Self::Points => "points",
            Self::Parts => "parts",
            Self::Benefits => "benefits",
            Self::Description => "description",
            Self::Translation => "translation",
            Self::Stale => "stale",
            Self::Dead => "dead",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gap| gap.code() == code)
    }

    /// The field of an option in which it is filled; nothing where that is elsewhere.
    fn field(self) -> Option<&'static str> {
        match self {
            Self::SameName => Some("label"),
            Self::Price => Some("price"),
            Self::SameSwatch | Self::Swatch => Some("swatch"),
            Self::Weight => Some("weight"),
            Self::LeadTime => Some("lead_time_days"),
            Self::Values => Some("values"),
            Self::Points => Some("points"),
            Self::Parts => Some("parts"),
            Self::Description => Some("description"),
            Self::Surcharge | Self::Layer | Self::Benefits => None,
            Self::Translation | Self::Stale | Self::Dead => None,
        }
    }

    /// How a product says that it is meant as a whole; nothing where it can't be. `about` is the language of what is not translated.
    #[must_use]
    pub fn meant_of_product(self, about: &str) -> Option<String> {
        if self == Self::Translation {
            return usual_tag(about).map(|tag| format!("{}.{tag}", self.code()));
        }
        Self::OF_PRODUCT.contains(&self).then(|| self.code().to_owned())
    }

    /// Whether this says of a product as a whole that something is meant.
    pub(crate) fn is_of_product(code: &str) -> bool {
        let mut known = Self::OF_PRODUCT.into_iter().chain([Self::Translation]);
        let about = code.split_once('.').map_or("", |(_, about)| about);
        known.any(|gap| gap.meant_of_product(about).as_deref() == Some(code))
    }
}

/// Something that an option lacks, or the product as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub gap: Gap,
    /// Position of the attribute, and of the option in it; nothing for the product as a whole.
    pub option: Option<(usize, usize)>,
    /// The value or the language that is lacking or stale, or the name of the other option; empty for the rest.
    pub about: String,
    /// How many options beside it have it, and of how many; of texts not translated or stale how many there are, and of how many.
    pub beside: (usize, usize),
}

impl Finding {
    /// The field it is about, as problems name it.
    #[must_use]
    pub fn place(&self) -> String {
        if matches!(self.gap, Gap::Stale | Gap::Translation) {
            return format!("translations.{}", self.about);
        }
        let Some((attribute, option)) = self.option else {
            return if self.gap == Gap::Price { "base_price" } else { "lead_time_days" }.to_owned();
        };
        let option = format!("attributes.{attribute}.options.{option}");
        self.gap.field().map_or_else(|| option.clone(), |field| format!("{option}.{field}"))
    }
}

/// Everything that a sound product and its options lack and that is not marked as meant, in the order of the product file.
#[must_use]
pub fn findings(source: &Source, product: &Product) -> Vec<Finding> {
    let mut found = of_product(product);
    for (index, attribute) in source.attributes.iter().enumerate() {
        let drawn = drawn::Drawn::of(product, AttributeId::new(index));
        Siblings { source, attribute, index, drawn }.findings(&mut found);
    }
    found.extend(translated::untranslated(source));
    found.retain(|finding| {
        let (meant, mark) = match finding.option {
            Some((attribute, option)) => {
                (&source.attributes[attribute].options[option].meant, Some(finding.gap.code().to_owned()))
            }
            None => (&source.meant, finding.gap.meant_of_product(&finding.about)),
        };
        !meant.iter().any(|code| Some(code) == mark.as_ref())
    });
    found.extend(stale(source));
    found
}

/// Languages with translations that were made of what is said otherwise now.
fn stale(source: &Source) -> impl Iterator<Item = Finding> {
    let originals = source.originals();
    source.translations.iter().filter(|(_, texts)| !texts.stale.is_empty()).map(move |(tag, texts)| {
        let translated = originals.iter().filter(|(place, _)| texts.get(place).is_some()).count();
        let beside = (texts.stale.len(), translated);
        Finding { gap: Gap::Stale, option: None, about: tag.clone(), beside }
    })
}

/// What the product as a whole lacks.
fn of_product(product: &Product) -> Vec<Finding> {
    let quote = product.quote(product.standard());
    let lacks = [(Gap::Price, quote.total.amount == 0), (Gap::LeadTime, quote.lead_time_days == 0)];
    let finding = |gap| Finding { gap, option: None, about: String::new(), beside: (0, 0) };
    lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(gap, _)| finding(gap)).collect()
}

/// The options of an attribute.
struct Siblings<'s> {
    source: &'s Source,
    attribute: &'s AttributeSource,
    index: usize,
    drawn: drawn::Drawn,
}

impl Siblings<'_> {
    fn findings(&self, found: &mut Vec<Finding>) {
        let from = found.len();
        self.twins(found);
        self.lacking(Gap::Price, "", found, |_, option| option.price != 0);
        self.lacking(Gap::Surcharge, "", found, |at, _| self.drawn.has_surcharge(OptionId::new(at)));
        let drawn = if self.drawn.is_tint() { Gap::Swatch } else { Gap::Layer };
        self.lacking(drawn, "", found, |at, option| {
            self.drawn.has_layer(OptionId::new(at), option.swatch.is_some())
        });
        self.lacking(Gap::Weight, "", found, |_, option| option.weight != 0);
        self.lacking(Gap::LeadTime, "", found, |_, option| option.lead_time_days != 0);
        let options = self.attribute.options.iter();
        let names: BTreeSet<&String> = options.flat_map(|option| option.values.keys()).collect();
        for name in names {
            self.lacking(Gap::Values, name, found, |_, option| option.values.contains_key(name));
        }
        if self.source.budget.is_some() {
            self.lacking(Gap::Points, "", found, |_, option| option.points.is_some());
        }
        self.lacking(Gap::Parts, "", found, |_, option| !option.parts.is_empty());
        self.lacking(Gap::Benefits, "", found, |_, option| !option.benefits.is_empty());
        self.lacking(Gap::Description, "", found, |_, option| !option.description.trim().is_empty());
        found[from..].sort_by_key(|finding| finding.option);
    }

    fn is_standard(&self, code: &str) -> bool {
        match &self.attribute.standard {
            ValueSource::Text(standard) => standard == code,
            ValueSource::List(standard) => standard.iter().any(|standard| standard == code),
            ValueSource::Number(_) => false,
        }
    }

    /// The options that are compared. What costs, weighs or takes more does so beside the standard, which is left out there.
    fn compared(&self, gap: Gap) -> impl Iterator<Item = (usize, &OptionSource)> {
        let beside_standard = match gap {
            Gap::Price | Gap::Surcharge | Gap::LeadTime | Gap::Weight | Gap::Points => true,
            Gap::Layer | Gap::Swatch => false,
            Gap::SameName | Gap::SameSwatch | Gap::Values | Gap::Benefits | Gap::Parts => false,
            Gap::Description | Gap::Translation | Gap::Stale | Gap::Dead => false,
        };
        let options = self.attribute.options.iter().enumerate();
        options.filter(move |(_, option)| {
            option.available && option.code != NONE && !(beside_standard && self.is_standard(&option.code))
        })
    }

    /// Finds the options without something that three of four of those beside them have.
    fn lacking(
        &self,
        gap: Gap,
        about: &str,
        found: &mut Vec<Finding>,
        has: impl Fn(usize, &OptionSource) -> bool,
    ) {
        let compared: Vec<(usize, bool)> =
            self.compared(gap).map(|(at, option)| (at, has(at, option))).collect();
        let having = compared.iter().filter(|(_, has)| *has).count();
        let beside = compared.len().saturating_sub(1);
        let is_usual = match gap {
            Gap::LeadTime | Gap::Points => having == beside && having > 1,
            // What one other option has says little; but what costs nothing, or is not picked, by mistake is expensive.
            Gap::Price | Gap::Surcharge | Gap::Parts => having > 0 && having * 4 >= beside * 3,
            // What one other shows, this one would show as well; a shopper sees that it does not.
            Gap::Layer | Gap::Swatch => having > 0,
            _ => having > 1 && having * 4 >= beside * 3,
        };
        if !is_usual {
            return;
        }
        // The picture is drawn of the standard: what others show more may be drawn over it.
        let is_drawn = matches!(gap, Gap::Layer | Gap::Swatch);
        let is_right = |at: usize| {
            let option = self.attribute.options.get(at);
            is_drawn && option.is_some_and(|option| self.is_standard(&option.code))
        };
        for (at, _) in compared.into_iter().filter(|(at, has)| !has && !is_right(*at)) {
            found.push(Finding {
                gap,
                option: Some((self.index, at)),
                about: about.to_owned(),
                beside: (having, beside),
            });
        }
    }

    /// Options with the name of an earlier one, and those with its colour.
    fn twins(&self, found: &mut Vec<Finding>) {
        let (mut names, mut swatches) = (BTreeMap::new(), BTreeMap::new());
        for (at, option) in self.attribute.options.iter().enumerate().filter(|(_, option)| option.available) {
            let mut report = |gap, other: &str| {
                let (option, about) = (Some((self.index, at)), other.to_owned());
                found.push(Finding { gap, option, about, beside: (1, 1) });
            };
            let name = folded(option.label.trim());
            if let Some(other) = names.insert(name, option.label.as_str()) {
                report(Gap::SameName, other);
            }
            let swatch = option.swatch.as_ref().map(|swatch| swatch.to_ascii_lowercase());
            if let Some(other) = swatch.and_then(|swatch| swatches.insert(swatch, option.label.as_str())) {
                report(Gap::SameSwatch, other);
            }
        }
    }
}
