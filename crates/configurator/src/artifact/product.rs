//! A checked product as bytes: every field of every type in the order in which it is named here, rules as syntax trees, names
//! as ids.

use engine::bytes::{Binary, BytesError, Reader};

use super::Language;
use crate::attribute::Attribute;
use crate::bytes::{cases, fields};
use crate::characters::Characters;
use crate::colour::Colour;
use crate::design::Design;
use crate::ids::{AttributeId, OptionId};
use crate::kind::Opt;
use crate::letters::{Letters, Script};
use crate::money::Currency;
use crate::product::{
    Benefit, Budget, Drawing, Layer, NoReturn, Price, Product, ReadyMade, Rule, Step, Tier, Use, Uses,
};
use crate::rule::syntax::{Comparison, Condition, Number, Property};
use crate::value::{OptionSet, Value};

fields! {
    Product {
        name, summary, description, language, currency, base_price, lead_time_days, uses, benefits, budget, picture,
        steps, attributes, rules, prices, tiers, no_returns, layers, designs, initial, standard; words = words::of("")
    }
    Language { tag, texts }
    Uses { question, answers }
    Use { code, label, people, matters, enough }
    Benefit { code, label }
    ReadyMade { code, label, summary, design }
    Budget { ceiling }
    Step { code, label }
    Attribute { code, label, help, step, locked, moved_last, applies, kind }
    Opt {
        code, label, description, swatch, price, lead_time_days, weight, points, available, benefits, values
    }
    Colour { red, green, blue }
    Characters { text, ranges, letters }
    Letters { script, capitals }
    Rule { code, sentence, condition }
    Price { label, when, amount, each, per }
    Tier { from, discount }
    NoReturn { when, reason }
    Layer { drawing, when, tint }
    Property { name, values }
}

cases! {
    Value {
        0 Option(option),
        1 Options(set),
        2 Number(number),
        3 Text(text),
        4 Absent,
    }
    Condition {
        0 In(attribute, options),
        1 Has(attribute, option),
        2 Filled(attribute),
        3 Compare(left, comparison, right),
        4 Not(inner),
        5 And(left, right),
        6 Or(left, right),
        7 Implies(left, right),
        8 Iff(left, right),
        9 NotIn(attribute, options),
    }
    Number {
        0 Constant(number),
        1 Attribute(attribute),
        2 Property(attribute, property),
        3 Count(attribute),
        4 Sum(name, parts),
        5 Add(left, right),
        6 Subtract(left, right),
        7 Multiply(left, right),
        8 Divide(number, divisor),
    }
    Script {
        0 Latin,
        1 Greek,
        2 Cyrillic,
    }
    Comparison {
        0 Equal,
        1 NotEqual,
        2 Less,
        3 AtMost,
        4 Greater,
        5 AtLeast,
    }
    Drawing {
        0 Full { file },
        1 Boxed { file, area, repeat },
        2 Text { attribute, at, font_size, rotate },
    }
}

macro_rules! ids {
    ($($name:ident),*) => {$(
        impl Binary for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                self.index().write(bytes);
            }

            fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
                Ok(Self::new(reader.number(Self::MOST)?))
            }
        }
    )*};
}
ids!(AttributeId, OptionId);

impl Binary for OptionSet {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.bits().write(bytes);
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        u64::read(reader).map(Self::from_bits)
    }
}

impl Binary for Design {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.iter().count().write(bytes);
        self.iter().for_each(|(_, value)| value.write(bytes));
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        Vec::read(reader).map(Self::new)
    }
}

impl Binary for Currency {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.code().as_bytes());
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        let code = <[u8; 3]>::read(reader)?;
        let code = std::str::from_utf8(&code).ok().and_then(Self::new);
        code.ok_or_else(|| reader.damaged())
    }
}
