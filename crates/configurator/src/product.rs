//! A checked product: attributes, options, rules, prices and layers that are known to fit together.

use std::collections::BTreeMap;

use words::{Engine, Words};

use crate::design::Design;
use crate::ids::{AttributeId, OptionId, RuleId};
use crate::money::{Currency, Money};
use crate::rule::syntax::{Condition, Number};
use crate::value::Value;

/// Largest amount in minor units, and largest number. They keep every sum of a product far away from overflow.
pub(crate) const LARGEST_AMOUNT: i64 = 1_000_000_000_000;
pub(crate) const LARGEST_NUMBER: i64 = 1_000_000_000;
/// Most values of a number attribute.
pub(crate) const MOST_VALUES: i64 = 2_000;

/// A product that shoppers can configure. Made by [`Product::check`].
#[derive(Clone, Debug, PartialEq)]
pub struct Product {
    /// Name shown to shoppers.
    pub name: String,
    /// One sentence for the product list.
    pub summary: String,
    /// A paragraph for the product's page.
    pub description: String,
    /// BCP 47 tag of the language of its texts.
    pub language: String,
    /// Currency of every amount.
    pub currency: Currency,
    /// Price before any option, in minor units.
    pub base_price: i64,
    /// Days to dispatch before any option.
    pub lead_time_days: u32,
    /// The question about use.
    pub uses: Option<Uses>,
    /// The customisation budget.
    pub budget: Option<Budget>,
    /// Width and height of the picture.
    pub picture: [u32; 2],
    /// Groups of attributes, in order.
    pub steps: Vec<Step>,
    /// What there is to decide, in order.
    pub attributes: Vec<Attribute>,
    /// Conditions that every valid design meets.
    pub rules: Vec<Rule>,
    /// Surcharges and discounts.
    pub prices: Vec<Price>,
    /// The picture, from back to front.
    pub layers: Vec<Layer>,
    pub(crate) standard: Design,
    /// What is said of it in its reader's language, which need not be that of its texts.
    pub(crate) words: &'static Words,
}

/// The question about use, and its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uses {
    /// The question as the shopper reads it.
    pub question: String,
    /// Its answers.
    pub answers: Vec<Use>,
}

/// One answer to the question about use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Code, unique among the answers.
    pub code: String,
    /// The answer as the shopper reads it.
    pub label: String,
    /// How these shoppers are called.
    pub people: String,
}

/// How far a design may depart from the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The most points a design may cost.
    pub ceiling: u32,
}

/// A group of attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Code, unique among the steps.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
}

/// One thing to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Code, unique among the attributes.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
    /// One sentence of advice, or nothing.
    pub help: String,
    /// Index of its step in [`Product::steps`].
    pub step: usize,
    /// Keeps its standard value.
    pub locked: bool,
    /// What values it takes.
    pub kind: Kind,
}

/// What values an attribute takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Exactly one option.
    Choice {
        /// What there is to choose from.
        options: Vec<Opt>,
    },
    /// A set of options.
    MultiChoice {
        /// What there is to choose from, at most [`crate::OptionSet::MOST`].
        options: Vec<Opt>,
        /// Fewest options in the set.
        min: u32,
        /// Most options in the set.
        max: u32,
    },
    /// A whole number.
    Number {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
        /// Distance between values.
        step: i64,
        /// Unit shown behind the value.
        unit: String,
        /// Minor units per unit above `min`.
        price: i64,
        /// Points when it is not standard.
        points: u32,
    },
    /// A line of text.
    Text {
        /// Most characters.
        max_length: u32,
        /// Which characters it may have.
        allowed: Characters,
        /// Minor units when it is not empty.
        price: i64,
        /// Points when it is not standard.
        points: u32,
    },
}

/// One option of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// Code, unique within its attribute.
    pub code: String,
    /// Name shown to shoppers.
    pub label: String,
    /// One sentence, or nothing.
    pub description: String,
    /// Its colour.
    pub swatch: Option<Colour>,
    /// Minor units it adds to the price.
    pub price: i64,
    /// Days it adds to the lead time.
    pub lead_time_days: u32,
    /// Weight in grams.
    pub weight: i64,
    /// Points when it is not standard.
    pub points: u32,
    /// Whether it is on the menu.
    pub available: bool,
    /// How well it serves a benefit, 0 to 5.
    pub benefits: BTreeMap<String, i64>,
    /// Further numbers for rules and prices.
    pub values: BTreeMap<String, i64>,
}

impl Opt {
    /// A property by the name rules use; 0 where the option has none.
    #[must_use]
    pub fn property(&self, name: &str) -> i64 {
        match name {
            "price" => self.price,
            "weight" => self.weight,
            "lead_time_days" => i64::from(self.lead_time_days),
            _ => self.values.get(name).copied().unwrap_or(0),
        }
    }
}

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
}

impl Colour {
    /// Reads `#rrggbb`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        Some(Self { red: channel(0)?, green: channel(2)?, blue: channel(4)? })
    }

    /// This colour with `percent` of another mixed in, channel by channel.
    #[must_use]
    pub fn mix(self, other: Self, percent: u8) -> Self {
        let channel = |own: u8, other: u8| {
            let (own, other, percent) = (u32::from(own), u32::from(other), u32::from(percent.min(100)));
            u8::try_from((own * (100 - percent) + other * percent + 50) / 100).unwrap_or(u8::MAX)
        };
        Self {
            red: channel(self.red, other.red),
            green: channel(self.green, other.green),
            blue: channel(self.blue, other.blue),
        }
    }
}

/// `#rrggbb`.
impl std::fmt::Display for Colour {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// A set of characters as ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Characters {
    /// As written, such as `A-Z0-9 .&`; empty for every printable character.
    pub text: String,
    pub(crate) ranges: Vec<(char, char)>,
}

impl Characters {
    /// Whether the character belongs to it. Control characters never do.
    #[must_use]
    pub fn contains(&self, character: char) -> bool {
        !character.is_control()
            && (self.ranges.is_empty()
                || self.ranges.iter().any(|&(first, last)| (first..=last).contains(&character)))
    }

    /// The character as a capital or small letter, or as a typewriter has it, where only that belongs to the set; else as
    /// it is. Of letters only A to Z: the tables for all others would be as large as the engine.
    pub(crate) fn fitted(&self, character: char) -> char {
        let plain = match character {
            '’' | '‘' => '\'',
            '“' | '”' | '„' => '"',
            '–' | '—' => '-',
            '\u{a0}' => ' ',
            other => other,
        };
        let cases = [character, plain, character.to_ascii_uppercase(), character.to_ascii_lowercase()];
        cases.into_iter().find(|case| self.contains(*case)).unwrap_or(character)
    }

    /// The set in words: "capital letters, digits, spaces and . &".
    #[must_use]
    pub fn in_words(&self, words: &Engine) -> String {
        if self.ranges.is_empty() {
            return words.printable_characters().to_owned();
        }
        let all = |letters| self.ranges.contains(&letters);
        let letters = if all(('A', 'Z')) && all(('a', 'z')) { words.letters() } else { "" };
        let (mut kinds, mut signs) = (Vec::new(), Vec::new());
        for range in &self.ranges {
            kinds.push(match range {
                ('A', 'Z') | ('a', 'z') if !letters.is_empty() => letters,
                ('A', 'Z') => words.capital_letters(),
                ('a', 'z') => words.small_letters(),
                ('0', '9') => words.digits(),
                (' ', ' ') => words.spaces(),
                (first, last) if first < last && *first >= 'À' && *last <= 'ɏ' => words.accented_letters(),
                (first, last) if first < last => {
                    signs.push(format!("{first}–{last}"));
                    continue;
                }
                (sign, _) => {
                    signs.push(sign.to_string());
                    continue;
                }
            });
        }
        let mut told = Vec::new();
        kinds.retain(|kind| {
            !told.contains(kind) && {
                told.push(*kind);
                true
            }
        });
        let signs = signs.join(" ");
        kinds.extend((!signs.is_empty()).then_some(signs.as_str()));
        match kinds.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, first)) => [&first.join(", "), words.and(), last].concat(),
            None => String::new(),
        }
    }
}

/// A condition every valid design meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Code, unique among the rules.
    pub code: String,
    /// The same for people.
    pub sentence: String,
    /// The condition.
    pub condition: Condition,
}

/// A surcharge or discount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Name on the breakdown.
    pub label: String,
    /// When it applies; always when absent.
    pub when: Option<Condition>,
    /// Minor units.
    pub amount: i64,
    /// Multiplies the amount.
    pub each: Option<Number>,
    /// Divides the product, at least 1.
    pub per: i64,
}

/// One layer of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// What it draws.
    pub drawing: Drawing,
    /// When it is shown; always when absent.
    pub when: Option<Condition>,
    /// Tint names and the choice attributes whose swatch they take.
    pub tint: Vec<(String, AttributeId)>,
}

/// What a layer draws.
#[cfg_attr(
    target_pointer_width = "64",
    expect(clippy::large_enum_variant, reason = "a product has few layers, most of them boxed")
)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// A drawing over the whole picture.
    Full {
        /// Its file's name.
        file: String,
    },
    /// A drawing stretched into a box, possibly several times.
    Boxed {
        /// Its file's name.
        file: String,
        /// Left edge, top edge, width and height of the box.
        area: [Number; 4],
        /// How often, how far to the right and how far down each time.
        repeat: [Number; 3],
    },
    /// A text the shopper typed.
    Text {
        /// The text attribute.
        attribute: AttributeId,
        /// Its anchor (middle of the baseline).
        at: [Number; 2],
        /// Height of the letters.
        font_size: u32,
        /// Degrees clockwise.
        rotate: i32,
    },
}

impl Product {
    /// Everything that people read of it, in the same order in every language.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let mut texts = vec![&mut self.name, &mut self.summary, &mut self.description];
        if let Some(uses) = &mut self.uses {
            texts.push(&mut uses.question);
            for answer in &mut uses.answers {
                texts.extend([&mut answer.label, &mut answer.people]);
            }
        }
        texts.extend(self.steps.iter_mut().map(|step| &mut step.label));
        for attribute in &mut self.attributes {
            texts.extend([&mut attribute.label, &mut attribute.help]);
            match &mut attribute.kind {
                Kind::Choice { options } | Kind::MultiChoice { options, .. } => {
                    for option in options {
                        texts.extend([&mut option.label, &mut option.description]);
                    }
                }
                Kind::Number { unit, .. } => texts.push(unit),
                Kind::Text { .. } => {}
            }
        }
        texts.extend(self.rules.iter_mut().map(|rule| &mut rule.sentence));
        texts.extend(self.prices.iter_mut().map(|price| &mut price.label));
        texts.into_iter()
    }

    /// The attribute with this id.
    ///
    /// # Panics
    /// With an id that another product gave out and this one has no attribute for.
    #[must_use]
    pub fn attribute(&self, id: AttributeId) -> &Attribute {
        &self.attributes[id.index()]
    }

    /// Ids and attributes, in order.
    pub fn ids(&self) -> impl Iterator<Item = (AttributeId, &Attribute)> {
        self.attributes.iter().enumerate().map(|(index, attribute)| (AttributeId::new(index), attribute))
    }

    /// The attribute with this code.
    #[must_use]
    pub fn by_code(&self, code: &str) -> Option<AttributeId> {
        self.ids().find(|(_, attribute)| attribute.code == code).map(|(id, _)| id)
    }

    /// The rule with this id.
    ///
    /// # Panics
    /// As [`Product::attribute`].
    #[must_use]
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id.index()]
    }

    /// The standard design. It meets every rule and costs no points.
    #[must_use]
    pub fn standard(&self) -> &Design {
        &self.standard
    }

    /// What is said in its reader's language.
    #[must_use]
    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// The product for a reader of another language; its texts stay.
    #[must_use]
    pub fn with_words(mut self, words: &'static Words) -> Self {
        self.words = words;
        self
    }

    /// Minor units as its reader writes an amount of money.
    #[must_use]
    pub fn price(&self, amount: i64) -> String {
        self.money(amount).written(&self.words.locale)
    }

    /// Minor units as a change of price, with its sign; nothing for none.
    #[must_use]
    pub fn price_change(&self, amount: i64) -> String {
        self.money(amount).signed(&self.words.locale)
    }

    /// An amount in the product's currency.
    #[must_use]
    pub fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.currency)
    }

    /// Points of giving an attribute this value: 0 when it is standard. A multi-choice costs the points of every
    /// option it adds or leaves out.
    #[must_use]
    pub fn points(&self, id: AttributeId, value: &Value) -> u32 {
        let standard = self.standard.value(id);
        match (&self.attribute(id).kind, value, standard) {
            (_, value, standard) if value == standard => 0,
            (Kind::Choice { options }, Value::Option(option), _) => options[option.index()].points,
            (Kind::MultiChoice { options, .. }, Value::Options(chosen), Value::Options(standard)) => chosen
                .symmetric_difference(*standard)
                .iter()
                .fold(0, |sum, id| sum.saturating_add(options[id.index()].points)),
            (Kind::Number { points, .. } | Kind::Text { points, .. }, ..) => *points,
            (Kind::Choice { .. } | Kind::MultiChoice { .. }, ..) => 0,
        }
    }
}

impl Attribute {
    /// The options of a choice or multi-choice; empty for other kinds.
    #[must_use]
    pub fn options(&self) -> &[Opt] {
        match &self.kind {
            Kind::Choice { options } | Kind::MultiChoice { options, .. } => options,
            Kind::Number { .. } | Kind::Text { .. } => &[],
        }
    }

    /// Ids and options, in order.
    pub fn option_ids(&self) -> impl Iterator<Item = (OptionId, &Opt)> {
        self.options().iter().enumerate().map(|(index, option)| (OptionId::new(index), option))
    }

    /// The option with this id.
    ///
    /// # Panics
    /// With an id that another attribute gave out and this one has no option for.
    #[must_use]
    pub fn option(&self, id: OptionId) -> &Opt {
        &self.options()[id.index()]
    }

    /// The option with this code.
    #[must_use]
    pub fn option_by_code(&self, code: &str) -> Option<OptionId> {
        self.option_ids().find(|(_, option)| option.code == code).map(|(id, _)| id)
    }

    /// Names of the properties that rules may use of its options.
    pub(crate) fn properties(&self) -> impl Iterator<Item = &str> {
        let fixed: &[&str] =
            if self.options().is_empty() { &[] } else { &["price", "weight", "lead_time_days"] };
        fixed
            .iter()
            .copied()
            .chain(self.options().iter().flat_map(|option| option.values.keys().map(String::as_str)))
    }
}
