//! A product as written and its texts in further languages, as bytes: every field of every type in the order in which it is named here.

use engine::bytes::{Binary, BytesError, Reader};

use super::Language;
use crate::source::{
    AttributeSource, BudgetSource, KindSource, LayerSource, OptionSource, PriceSource, RuleSource, Source,
    StepSource, UseSource, UsesSource, ValueSource,
};

/// Writes and reads a type's fields one after the other. A field that is not named does not compile; one behind a
/// semicolon is left out, and empty when the rest is read.
macro_rules! fields {
    ($($name:ident { $($field:ident),* $(; $without:ident)? })*) => {$(
        impl Binary for $name {
            fn write(&self, bytes: &mut Vec<u8>) {
                let Self { $($field,)* $($without: _)? } = self;
                $($field.write(bytes);)*
            }

            fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
                Ok(Self { $($field: Binary::read(reader)?,)* $($without: Default::default())? })
            }
        }
    )*};
}

fields! {
    Source {
        name, summary, description, language, currency, base_price, lead_time_days, uses, budget, picture, steps,
        attributes, rules, prices, layers; translations
    }
    Language { tag, texts }
    UsesSource { question, answers }
    UseSource { code, label, people }
    BudgetSource { ceiling, per_deviation }
    StepSource { code, label }
    AttributeSource {
        code, step, label, help, kind, standard, locked, options, min, max, step_size, unit, price, points, max_length,
        allowed
    }
    OptionSource {
        code, label, description, swatch, price, lead_time_days, weight, points, available, benefits, values
    }
    RuleSource { code, rule, sentence }
    PriceSource { label, when, amount, each, per }
    LayerSource {
        file, text, when, tint, x, y, width, height, repeat, dx, dy, font_size, rotate
    }
}

impl Binary for KindSource {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(match self {
            Self::Choice => 0,
            Self::MultiChoice => 1,
            Self::Number => 2,
            Self::Text => 3,
        });
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        match reader.byte()? {
            0 => Ok(Self::Choice),
            1 => Ok(Self::MultiChoice),
            2 => Ok(Self::Number),
            3 => Ok(Self::Text),
            _ => Err(reader.damaged()),
        }
    }
}

impl Binary for ValueSource {
    fn write(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Number(number) => {
                bytes.push(0);
                number.write(bytes);
            }
            Self::Text(text) => {
                bytes.push(1);
                text.write(bytes);
            }
            Self::List(codes) => {
                bytes.push(2);
                codes.write(bytes);
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, BytesError> {
        match reader.byte()? {
            0 => i64::read(reader).map(Self::Number),
            1 => String::read(reader).map(Self::Text),
            2 => Vec::read(reader).map(Self::List),
            _ => Err(reader.damaged()),
        }
    }
}
