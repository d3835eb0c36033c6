//! What values an attribute takes, and what everything else asks of that.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::bytes::cases;
use crate::characters::Characters;
use crate::colour::Colour;
use crate::ids::OptionId;
use crate::limits::{LARGEST_NUMBER, MOST_VALUES, is_amount, is_number};
use crate::value::{OptionSet, Value, ValueShape};

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

// The numbers stand in artifacts: none is given to another kind.
cases! {
    Kind {
        0 Choice { options },
        1 MultiChoice { options, min, max },
        2 Number { min, max, step, unit, price, points },
        3 Text { max_length, allowed, price, points },
    }
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

/// The numbers from one to another in equal steps.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    /// The smallest.
    pub min: i64,
    /// The largest.
    pub max: i64,
    /// Distance between two of them.
    pub step: i64,
}

/// What a text may be.
#[derive(Clone, Copy, Debug)]
pub struct TextLimits<'k> {
    /// Most characters.
    pub max_length: u32,
    /// Which characters it may have.
    pub allowed: &'k Characters,
    /// Minor units when it is not empty.
    pub price: i64,
}

impl Numbers {
    pub(crate) fn count(self) -> usize {
        usize::try_from((self.max - self.min) / self.step).unwrap_or(0) + 1
    }

    /// The number at a place, of which the first is 0.
    pub(crate) fn at(self, place: usize) -> i64 {
        self.min.saturating_add(self.step.saturating_mul(i64::try_from(place).unwrap_or(0)))
    }

    /// The place of a number; `None` where it is not one of them.
    pub(crate) fn place_of(self, number: i64) -> Option<usize> {
        let is_one = self.contains(number);
        is_one.then(|| usize::try_from((number - self.min) / self.step).ok()).flatten()
    }

    pub(crate) fn contains(self, number: i64) -> bool {
        (self.min..=self.max).contains(&number) && (number - self.min) % self.step == 0
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = i64> {
        (0..self.count()).map(move |place| self.at(place))
    }
}

impl Kind {
    /// What its values look like.
    #[must_use]
    pub fn shape(&self) -> ValueShape {
        match self {
            Self::Choice { .. } => ValueShape::Option,
            Self::MultiChoice { .. } => ValueShape::Options,
            Self::Number { .. } => ValueShape::Number,
            Self::Text { .. } => ValueShape::Text,
        }
    }

    /// Any value of this kind, though it may be out of bounds.
    pub(crate) fn placeholder(&self) -> Value {
        match self {
            Self::Choice { .. } => Value::Option(OptionId::new(0)),
            Self::MultiChoice { .. } => Value::Options(OptionSet::default()),
            Self::Number { min, .. } => Value::Number(*min),
            Self::Text { .. } => Value::Text(String::new()),
        }
    }

    /// The fields of a product file that decide which values it takes.
    pub(crate) fn deciding_fields(&self) -> &'static [&'static str] {
        match self {
            Self::Choice { .. } => &["kind", "options.*.code"],
            Self::MultiChoice { .. } => &["kind", "options.*.code", "min", "max"],
            Self::Number { .. } => &["kind", "min", "max", "step_size"],
            Self::Text { .. } => &["kind", "max_length", "allowed"],
        }
    }

    /// Whether it takes exactly one option.
    #[must_use]
    pub fn is_choice(&self) -> bool {
        matches!(self, Self::Choice { .. })
    }

    /// Whether it takes a set of options.
    #[must_use]
    pub fn is_multi_choice(&self) -> bool {
        matches!(self, Self::MultiChoice { .. })
    }

    /// Whether it takes a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number { .. })
    }

    /// Whether it takes a line of text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text { .. })
    }

    /// Whether its values are typed, and stay in their field where they can't be taken.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        self.is_number() || self.is_text()
    }

    /// What there is to choose from; empty for numbers and texts.
    #[must_use]
    pub fn options(&self) -> &[Opt] {
        match self {
            Self::Choice { options } | Self::MultiChoice { options, .. } => options,
            Self::Number { .. } | Self::Text { .. } => &[],
        }
    }

    fn available(&self) -> impl Iterator<Item = OptionId> {
        let options = self.options().iter().enumerate().filter(|(_, option)| option.available);
        options.map(|(index, _)| OptionId::new(index))
    }

    /// How many options a set of them may have; `None` for what is no multi-choice.
    #[must_use]
    pub fn set_bounds(&self) -> Option<RangeInclusive<u32>> {
        match self {
            Self::MultiChoice { min, max, .. } => Some(*min..=*max),
            Self::Choice { .. } | Self::Number { .. } | Self::Text { .. } => None,
        }
    }

    /// The numbers it takes, if it takes numbers.
    #[must_use]
    pub fn numbers(&self) -> Option<Numbers> {
        match *self {
            Self::Number { min, max, step, .. } => Some(Numbers { min, max, step }),
            Self::Choice { .. } | Self::MultiChoice { .. } | Self::Text { .. } => None,
        }
    }

    /// What a text of it may be, if it takes texts.
    #[must_use]
    pub fn text_limits(&self) -> Option<TextLimits<'_>> {
        match self {
            Self::Text { max_length, allowed, price, .. } => {
                Some(TextLimits { max_length: *max_length, allowed, price: *price })
            }
            Self::Choice { .. } | Self::MultiChoice { .. } | Self::Number { .. } => None,
        }
    }

    /// The unit of its numbers; empty for other kinds.
    #[must_use]
    pub fn unit(&self) -> &str {
        match self {
            Self::Number { unit, .. } => unit,
            Self::Choice { .. } | Self::MultiChoice { .. } | Self::Text { .. } => "",
        }
    }

    /// What people read of it: names and descriptions of options, a unit.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let (options, unit): (&mut [Opt], _) = match self {
            Self::Choice { options } | Self::MultiChoice { options, .. } => (options, None),
            Self::Number { unit, .. } => (&mut [], Some(unit)),
            Self::Text { .. } => (&mut [], None),
        };
        options.iter_mut().flat_map(|option| [&mut option.label, &mut option.description]).chain(unit)
    }

    /// Whether a value is of this kind and names options that there are, though it may be out of bounds.
    pub(crate) fn is_value(&self, value: &Value) -> bool {
        let is_there = |option: OptionId| option.index() < self.options().len();
        match (self, value) {
            (Self::Choice { .. }, Value::Option(option)) => is_there(*option),
            (Self::MultiChoice { .. }, Value::Options(set)) => set.iter().all(is_there),
            (Self::Number { .. }, Value::Number(_)) | (Self::Text { .. }, Value::Text(_)) => true,
            (
                Self::Choice { .. } | Self::MultiChoice { .. } | Self::Number { .. } | Self::Text { .. },
                Value::Option(_) | Value::Options(_) | Value::Number(_) | Value::Text(_) | Value::Absent,
            ) => false,
        }
    }

    /// Whether a value of this kind is within its bounds, and no option that is gone: defaults may be of another time. Of
    /// a set only how many it has is judged, of a text nothing.
    pub(crate) fn takes(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Choice { options }, Value::Option(option)) => options[option.index()].available,
            (Self::MultiChoice { min, max, .. }, Value::Options(set)) => (*min..=*max).contains(&set.len()),
            (&Self::Number { min, max, step, .. }, &Value::Number(number)) => {
                Numbers { min, max, step }.contains(number)
            }
            (
                Self::Choice { .. } | Self::MultiChoice { .. } | Self::Number { .. } | Self::Text { .. },
                Value::Option(_) | Value::Options(_) | Value::Number(_) | Value::Text(_) | Value::Absent,
            ) => true,
        }
    }

    /// Points of a value where this is the standard's: 0 for that itself. A set costs the points of every option it adds: leaving
    /// something off costs nothing, and neither does a text that is taken away.
    pub(crate) fn points(&self, value: &Value, standard: &Value) -> u32 {
        if value == standard || *value == Value::Absent {
            return 0;
        }
        match (self, value, standard) {
            (Self::Choice { options }, Value::Option(option), _) => options[option.index()].points,
            (Self::MultiChoice { options, .. }, Value::Options(chosen), Value::Options(standard)) => chosen
                .difference(*standard)
                .iter()
                .fold(0, |sum, id| sum.saturating_add(options[id.index()].points)),
            (Self::Text { .. }, Value::Text(text), _) if text.is_empty() => 0,
            (Self::Number { points, .. } | Self::Text { points, .. }, ..) => *points,
            (Self::Choice { .. } | Self::MultiChoice { .. }, ..) => 0,
        }
    }

    /// The least that any of its values counts: `counts` says what each option does, of a number what each unit does.
    pub(crate) fn least(&self, counts: &[i64]) -> i64 {
        let offered = || self.options().iter().zip(counts).filter(|(option, _)| option.available);
        match self {
            Self::Choice { .. } => offered().map(|(_, &count)| count).min().unwrap_or(0),
            Self::MultiChoice { min, max, .. } => {
                let mut counts: Vec<i64> = offered().map(|(_, &count)| count).collect();
                let mut sum = 0_i64;
                // The smallest first: as many as it needs, then what is below 0.
                for taken in 0..*max {
                    let Some(at) = (0..counts.len()).min_by_key(|&at| counts[at]) else { break };
                    if taken >= *min && counts[at] >= 0 {
                        break;
                    }
                    sum = sum.saturating_add(counts.swap_remove(at));
                }
                sum
            }
            Self::Number { min, max, .. } => {
                let count = counts.first().copied().unwrap_or(0);
                count.saturating_mul(*min).min(count.saturating_mul(*max))
            }
            Self::Text { .. } => 0,
        }
    }

    /// What a value does to the price in minor units, apart from its options.
    #[must_use]
    pub fn own_price(&self, value: &Value) -> i64 {
        match (self, value) {
            (Self::Number { min, price, .. }, Value::Number(number)) => price.saturating_mul(number - min),
            (Self::Text { price, .. }, Value::Text(text)) if !text.is_empty() => *price,
            (
                Self::Choice { .. } | Self::MultiChoice { .. } | Self::Number { .. } | Self::Text { .. },
                Value::Option(_) | Value::Options(_) | Value::Number(_) | Value::Text(_) | Value::Absent,
            ) => 0,
        }
    }

    /// The same of numbers between these, and of a text of which it may be known whether it is filled: both ends.
    pub(crate) fn own_prices(&self, numbers: [i64; 2], filled: Option<bool>) -> [i64; 2] {
        match self {
            Self::Number { .. } => numbers.map(|number| self.own_price(&Value::Number(number))),
            Self::Text { price, .. } => {
                [false, true].map(|end| if filled.unwrap_or(end) { *price } else { 0 })
            }
            Self::Choice { .. } | Self::MultiChoice { .. } => [0, 0],
        }
    }

    /// The most that comes to, in either direction.
    pub(crate) fn farthest_own_price(&self) -> i64 {
        match self {
            Self::Number { min, max, price, .. } => price.saturating_mul(max.saturating_sub(*min)),
            Self::Text { price, .. } => *price,
            Self::Choice { .. } | Self::MultiChoice { .. } => 0,
        }
    }

    /// Its values as far as rules tell them apart, without options that are gone; none where each option is decided for
    /// itself.
    pub(crate) fn told_apart(&self, standard: &Value) -> Vec<Value> {
        match self {
            Self::Choice { .. } => self.available().map(Value::Option).collect(),
            Self::MultiChoice { .. } => Vec::new(),
            &Self::Number { min, max, step, .. } => {
                Numbers { min, max, step }.iter().map(Value::Number).collect()
            }
            Self::Text { .. } => vec![standard.clone(), Value::Text(String::new())],
        }
    }

    /// How many others a value has beside it, as far as rules tell them apart.
    pub(crate) fn others(&self) -> u64 {
        match self {
            Self::Choice { options } => options.len() as u64 - 1,
            &Self::Number { min, max, step, .. } => Numbers { min, max, step }.count() as u64 - 1,
            Self::MultiChoice { .. } | Self::Text { .. } => 1,
        }
    }

    /// The values worth trying beside the one it has: other options, one option more or fewer, the ends of a range, no
    /// text.
    #[must_use]
    pub fn neighbours(&self, current: &Value) -> Vec<Value> {
        match (self, current) {
            (Self::Choice { .. }, _) => {
                self.available().map(Value::Option).filter(|value| value != current).collect()
            }
            (Self::MultiChoice { .. }, Value::Options(set)) => {
                let sets = self.available().map(|option| Value::Options(set.toggled(option)));
                sets.filter(|set| self.takes(set)).collect()
            }
            (Self::Number { min, max, .. }, Value::Number(number)) => {
                [*min, *max].into_iter().filter(|end| end != number).map(Value::Number).collect()
            }
            (Self::Text { .. }, Value::Text(text)) if !text.is_empty() => vec![Value::Text(String::new())],
            (Self::MultiChoice { .. } | Self::Number { .. } | Self::Text { .. }, _) => Vec::new(),
        }
    }

    /// Whether it is as [`Product::check`](crate::Product::check) makes it, as far as going through its values relies on
    /// that.
    pub(crate) fn is_sound(&self) -> bool {
        let options = self.options();
        let options_are_sound = !options.is_empty()
            && options.len() <= OptionId::MOST
            && options.iter().all(|option| is_amount(option.price) && is_number(option.weight));
        match self {
            Self::Choice { .. } => options_are_sound,
            Self::MultiChoice { min, max, .. } => {
                options_are_sound && options.len() <= OptionSet::MOST && min <= max
            }
            Self::Number { min, max, step, price, .. } => {
                is_number(*min)
                    && is_number(*max)
                    && min <= max
                    && (1..=LARGEST_NUMBER).contains(step)
                    && (max - min) % step == 0
                    && (max - min) / step < MOST_VALUES
                    && is_amount(self.farthest_own_price())
                    && is_amount(*price)
            }
            Self::Text { price, .. } => is_amount(*price),
        }
    }
}
